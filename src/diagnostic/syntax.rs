//! Findings about files as such, and about YAML and TOML as notations.

use std::path::Path;
use std::sync::Arc;

use super::{Diagnostic, Message, Span, say};

/// A file that is not UTF-8.
pub fn not_utf8(path: &Arc<str>, bytes: &[u8], valid_up_to: usize) -> Diagnostic {
    let byte = bytes.get(valid_up_to).copied().unwrap_or_default();
    Diagnostic::error("not-utf8", say("UTF-8 ではない文字があります", "this file is not UTF-8 text"))
        .at(Span::new(path, valid_up_to, valid_up_to + 1))
        .found(format!("0x{byte:02X}"))
        .expected(say("UTF-8 で保存されたファイル", "a file saved as UTF-8"))
        .help(say(
            "メモ帳や表計算ソフトで開き、文字コードに UTF-8 を選んで保存し直してください",
            "open it in an editor and save it again with the encoding UTF-8",
        ))
}

/// A file name that is not Unicode.
pub fn name_not_utf8(path: &Arc<str>) -> Diagnostic {
    Diagnostic::error("name-not-utf8", say("ファイル名に読めない文字があります", "this file name is not readable text"))
        .at(Span::file(path))
        .help(say("半角の英数字と - で名前を付け直してください", "rename the file with letters, digits and hyphens"))
}

/// A text file beyond all reason.
pub fn too_large(path: &Arc<str>, size: u64, largest: u64) -> Diagnostic {
    let megabytes = |bytes: u64| format!("{:.1} MB", bytes as f64 / 1024.0 / 1024.0);
    Diagnostic::error("too-large", say("ファイルが大きすぎます", "this file is too large"))
        .at(Span::file(path))
        .found(megabytes(size))
        .expected(say(format!("{} まで", megabytes(largest)), format!("at most {}", megabytes(largest))))
        .help(say(
            "写真などを文章に埋め込んでいないか確かめ、ページを分けてください",
            "check that no picture is embedded in the text, and split it into several pages",
        ))
}

/// A symbolic link that leads out of the site folder.
pub fn link_out_of_site(path: &Arc<str>, target: &Path) -> Diagnostic {
    Diagnostic::error(
        "link-out-of-site",
        say("サイトの外を指すリンクは読みません", "this link leads out of the site folder"),
    )
    .at(Span::file(path))
    .found(target.display().to_string())
    .help(say("リンクの先のファイルをサイトのフォルダに入れてください", "copy the file itself into the site folder"))
}

/// A field that the format does not have.
pub fn unknown_field<'a>(span: Span, name: &str, known: impl IntoIterator<Item = &'a str>) -> Diagnostic {
    Diagnostic::error("unknown-field", say(format!("知らない項目です: {name}"), format!("unknown field: {name}")))
        .at(span)
        .suggest(name, known)
}

/// A field that must be there.
pub fn missing_field(span: Span, name: &str) -> Diagnostic {
    let line = if span.path.ends_with(".toml") { format!("{name} = \"…\"") } else { format!("{name}: …") };
    Diagnostic::error("missing-field", say(format!("必要な項目がありません: {name}"), format!("missing field: {name}")))
        .at(span)
        .help(say(format!("`{line}` の行を足してください"), format!("add a line `{line}`")))
}

/// A word that is none of a closed list.
pub fn unknown_choice<'a>(span: Span, found: &str, known: impl IntoIterator<Item = &'a str>) -> Diagnostic {
    let known: Vec<&str> = known.into_iter().collect();
    let list = known.join(", ");
    Diagnostic::error(
        "unknown-choice",
        say(format!("選べない値です: {found}"), format!("not one of the choices: {found}")),
    )
    .at(span)
    .found(found)
    .expected(say(format!("次のどれか: {list}"), format!("one of {list}")))
    .suggest(found, known.iter().copied())
}

/// A value of another type than its field takes.
pub fn wrong_type(span: Span, path: &str, found: &str, expected: Message) -> Diagnostic {
    Diagnostic::error(
        "wrong-type",
        say(format!("{path} の値の形が違います"), format!("{path} has a value of the wrong kind")),
    )
    .at(span)
    .found(found)
    .expected(expected)
}

/// A value that its field can't take, with the cause in words.
pub fn invalid_value(span: Span, path: &str, found: &str, cause: Message) -> Diagnostic {
    let message = say(
        format!("{path} の値が正しくありません（{}）", cause.ja),
        format!("{path} has an invalid value ({})", cause.en),
    );
    let finding = Diagnostic::error("invalid-value", message).at(span).found(found);
    finding.help(say("値を書き直してください", "write it as the reason above says"))
}

/// A date that is none, or that the calendar does not have.
pub fn invalid_date(span: Span, path: &str, found: &str, cause: Message) -> Diagnostic {
    let message =
        say(format!("{path} の日付が正しくありません（{}）", cause.ja), format!("{path} is not a date ({})", cause.en));
    Diagnostic::error("invalid-date", message)
        .at(span)
        .found(found)
        .expected(say("暦にある日（例: 2023-07-07）", "a day of the calendar, such as 2023-07-07"))
        .help(say("年 4 桁、月 2 桁、日 2 桁を - でつなぎます", "four digits for the year, two each for month and day"))
}

/// One key twice in a mapping.
pub fn duplicate_key(span: Span, first: Span, key: &str) -> Diagnostic {
    Diagnostic::error(
        "duplicate-key",
        say(format!("同じ項目が二度あります: {key}"), format!("this key is given twice: {key}")),
    )
    .labelled(span, say("二度目", "the second time"))
    .related(first, say("一度目", "the first time"))
    .help(say("どちらか一方を消してください", "delete one of the two"))
}

/// A tab where YAML takes spaces.
pub fn tab_in_yaml(span: Span) -> Diagnostic {
    Diagnostic::error("tab-in-yaml", say("YAML の字下げにタブは使えません", "YAML can't be indented with tabs"))
        .at(span)
        .found("TAB")
        .expected(say("半角の空白", "spaces"))
        .help(say("タブを半角の空白 2 つに置き換えてください", "replace each tab with two spaces"))
}

/// YAML that can't be read.
pub fn yaml(span: Span, cause: &str) -> Diagnostic {
    Diagnostic::error(
        "yaml-syntax",
        say(format!("YAML として読めません（{cause}）"), format!("this is not valid YAML ({cause})")),
    )
    .at(span)
    .help(say(
        "字下げ、コロンのあとの半角空白、引用符の閉じ忘れを確かめてください",
        "check the indentation, the space after each colon, and that every quote is closed",
    ))
}

/// TOML that can't be read.
pub fn toml(span: Span, cause: &str) -> Diagnostic {
    Diagnostic::error(
        "toml-syntax",
        say(format!("TOML として読めません（{cause}）"), format!("this is not valid TOML ({cause})")),
    )
    .at(span)
    .help(say(
        "文字列は \" \" で囲み、`項目 = 値` の形で書いてください",
        "write `name = value`, with texts between \" \"",
    ))
}
