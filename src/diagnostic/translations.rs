//! Findings about translations: what is missing, and what no longer says what its original says.

use std::sync::Arc;

use super::{Diagnostic, Label, Message, Severity, Span, say};

/// The most changes that are shown with their lines; all of them are named.
const MOST_SHOWN: usize = 5;
/// The most changes that are named.
const MOST_NAMED: usize = 12;

/// A field that changed.
pub fn changed_field(name: &str) -> Message {
    say(format!("先頭の項目 {name}"), format!("the field {name}"))
}

/// A paragraph, heading or item that changed or is new.
pub fn changed_block(line: usize, words: &str) -> Message {
    say(format!("{line}行目「{words}」"), format!("line {line} “{words}”"))
}

/// Something that is no longer there.
pub fn gone(line: usize) -> Message {
    say(format!("{line}行目の前後で消えた文"), format!("text gone around line {line}"))
}

/// More changes than can be told.
pub fn somewhere() -> Message {
    say("全体", "all over the text")
}

/// A translation whose original has changed.
pub fn stale_page(span: Span, original: &Arc<str>, changes: &[Label], is_error: bool) -> Diagnostic {
    let message = say(format!("原文が変わっています: {original}"), format!("the original has changed: {original}"));
    let path = span.path.clone();
    let mut finding = Diagnostic::warning("stale-translation", message).at(span);
    finding.severity = severity(is_error);
    for change in changes.iter().filter(|change| change.span.end > 0).take(MOST_SHOWN) {
        finding = finding.related(change.span.clone(), say("変わったところ", "changed"));
    }
    let named = |speak: fn(&Message) -> &String| {
        let names = changes.iter().filter_map(|change| change.message.as_ref()).map(speak);
        names.take(MOST_NAMED).cloned().collect::<Vec<_>>()
    };
    let (ja, en) = (named(|message| &message.ja).join("、"), named(|message| &message.en).join(", "));
    let more = match changes.len().saturating_sub(MOST_NAMED) {
        0 => String::new(),
        more => format!(" … (+{more})"),
    };
    finding.help(say(format!("変わったところ: {ja}{more}"), format!("what changed: {en}{more}"))).help(say(
        format!("訳を直したら `kairan translations --mark {path}` で記録してください"),
        format!("bring the translation up to date, then record it with `kairan translations --mark {path}`"),
    ))
}

/// A record that says nothing.
pub fn unreadable_record(span: Span, found: &str) -> Diagnostic {
    let path = span.path.clone();
    let message =
        say("どの原文から訳したかの記録が読めません", "the record of what this was translated from can't be read");
    Diagnostic::error("unreadable-record", message)
        .at(span)
        .found(found)
        .expected(say(
            "`kairan translations --mark` が書いた行か、原文の言語だけ（ja）",
            "the line that `kairan translations --mark` writes, or only the language of the original (ja)",
        ))
        .help(say(
            format!("この行を消すか、`kairan translations --mark {path}` で書き直してください"),
            format!("delete this line, or have it written anew with `kairan translations --mark {path}`"),
        ))
}

/// A label whose original has changed.
pub fn stale_label(span: Span, language: &str, was: &str, now: &str, is_error: bool) -> Diagnostic {
    let message = say(
        format!("もとの言葉が変わっています（{language}）: {was} → {now}"),
        format!("what this label was translated from has changed ({language}): {was} → {now}"),
    );
    let path = span.path.clone();
    let finding = Diagnostic::warning("stale-label", message).at(span).help(say(
        format!("訳を確かめて、`kairan translations --mark {path}` で記録してください"),
        format!("look at the translation, then record it with `kairan translations --mark {path}`"),
    ));
    Diagnostic { severity: severity(is_error), ..finding }
}

/// A page that is not translated.
pub fn missing_page(span: Span, language: &str) -> Diagnostic {
    let path = translated_path(&span.path, language);
    let message = say(format!("{language} の訳がありません"), format!("there is no translation into {language}"));
    Diagnostic::warning("missing-translation", message)
        .at(span)
        .help(say(format!("{path} に書いてください"), format!("write it in {path}")))
}

/// Where the translation of `original` belongs: `about.en.md` beside `about.md`.
fn translated_path(original: &str, language: &str) -> String {
    let (folder, name) = original.rsplit_once('/').map_or(("", original), |(folder, name)| (folder, name));
    let stem = name.split('.').next().unwrap_or(name);
    format!("{folder}/{stem}.{language}.md")
}

/// A translation of which nobody has said what it was made from.
pub fn untracked_page(span: Span, original: &Arc<str>) -> Diagnostic {
    let path = span.path.clone();
    let message = say(
        format!("どの状態の原文から訳したか、記録がありません: {original}"),
        format!("it is not recorded from which state of its original this was made: {original}"),
    );
    Diagnostic::warning("untracked-translation", message).at(span).help(say(
        format!("訳が原文どおりなら `kairan translations --mark {path}` で記録してください"),
        format!("if it says what the original says, record it with `kairan translations --mark {path}`"),
    ))
}

/// A label that is not translated.
pub fn missing_label(span: Span, language: &str, original: &str) -> Diagnostic {
    let message =
        say(format!("{language} の訳がない言葉です: {original}"), format!("not given in {language}: {original}"));
    Diagnostic::warning("missing-label", message).at(span).help(say(
        format!("`{{ja: {original}, {language}: …}}` のように書いてください"),
        format!("write `{{ja: {original}, {language}: …}}`"),
    ))
}

/// Labels of a file of which nobody has said what they were made from.
pub fn untracked_labels(span: Span, language: &str, count: usize) -> Diagnostic {
    let path = span.path.clone();
    let message = say(
        format!("記録のない訳語が {count} あります（{language}）"),
        format!("translated labels that are not recorded ({language}): {count}"),
    );
    Diagnostic::warning("untracked-labels", message).at(span).help(say(
        format!("確かめてあれば `kairan translations --mark {path}` で記録してください"),
        format!("if they are right, record them with `kairan translations --mark {path}`"),
    ))
}

/// Interface words that a language has from another one.
pub fn untranslated_words(theme: &str, language: &str, ids: &[&str]) -> Diagnostic {
    let (count, names) = (ids.len(), super::shortened(ids));
    let message = say(
        format!("テーマ {theme} の画面の言葉のうち {count} が {language} にありません: {names}"),
        format!("{count} interface words of the theme {theme} are not given in {language}: {names}"),
    );
    Diagnostic::warning("untranslated-words", message).help(say(
        format!("themes/{theme}/locales/{language}.ftl に書いてください。無いあいだは英語で表示します"),
        format!("write them in themes/{theme}/locales/{language}.ftl; until then readers see them in English"),
    ))
}

fn severity(is_error: bool) -> Severity {
    if is_error { Severity::Error } else { Severity::Warning }
}
