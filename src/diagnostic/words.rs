//! Findings about interface words: the Fluent files of themes, and the site's own `[words]`.

use super::{Diagnostic, Message, Span, say};

/// A message that Fluent can't read. It is left out; the others of the file count.
pub fn syntax(span: Span, cause: Message) -> Diagnostic {
    let message =
        say(format!("この言葉は読めません（{}）", cause.ja), format!("this message can't be read ({})", cause.en));
    Diagnostic::error("word-syntax", message).at(span).help(say(
        "1行に `名前 = 文` の形で書き、2行目からは字下げし、{ } の数をそろえてください",
        "write `name = text`, indent further lines, and close every { }",
    ))
}

/// Braces within braces, deeper than any sentence needs.
pub fn too_deep(span: Span, limit: usize) -> Diagnostic {
    Diagnostic::error("word-too-deep", say("{ } の入れ子が深すぎます", "the { } in this message are nested too deeply"))
        .at(span)
        .expected(say(format!("{limit} 段まで"), format!("at most {limit} levels")))
        .help(say(
            "文を分けて、`{ 別の名前 }` で呼んでください",
            "split it into several messages and refer to them as { name }",
        ))
}

/// A reference to a message, a term (`-name`) or a function that does not exist.
pub fn unknown_reference<'a>(span: Span, name: &str, known: impl IntoIterator<Item = &'a str>) -> Diagnostic {
    let message =
        say(format!("この名前の言葉はありません: {name}"), format!("there is no message of this name: {name}"));
    Diagnostic::error("unknown-word", message).at(span).suggest(name, known)
}

/// A word in the site's settings that its theme never uses.
pub fn unused_override<'a>(span: Span, name: &str, known: impl IntoIterator<Item = &'a str>) -> Diagnostic {
    let message =
        say(format!("テーマにない言葉です: {name}"), format!("the theme has no message of this name: {name}"));
    Diagnostic::warning("unused-word", message).at(span).suggest(name, known)
}

/// A value that a message asks for and nobody gives.
pub fn unknown_variable<'a>(span: Span, name: &str, known: impl IntoIterator<Item = &'a str>) -> Diagnostic {
    let known: Vec<&str> = known.into_iter().collect();
    let list = known.iter().map(|name| format!("${name}")).collect::<Vec<_>>().join(", ");
    let expected = match known.is_empty() {
        true => say("値のない文", "a text without values"),
        false => say(format!("使える値: {list}"), format!("only {list}")),
    };
    let message = say(
        format!("この文には渡されない値です: ${name}"),
        format!("this message is not given a value called ${name}"),
    );
    Diagnostic::error("unknown-word-value", message).at(span).expected(expected).suggest(name, known)
}

/// A message that another language of the same theme or site has and `language` lacks.
pub fn untranslated(span: Span, name: &str, language: &str) -> Diagnostic {
    let message =
        say(format!("{name} の訳がありません（{language}）"), format!("{name} has no translation ({language})"));
    Diagnostic::warning("untranslated-word", message).labelled(span, say("元の文", "the original")).help(say(
        format!("locales/{language}.ftl に `{name} = …` の行を足してください"),
        format!("add a line `{name} = …` to locales/{language}.ftl"),
    ))
}
