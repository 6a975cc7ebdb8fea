//! Findings about files as such, and about YAML and TOML as notations.

use std::path::Path;
use std::sync::Arc;

use super::{Diagnostic, Message, Span, say};

/// A file that is not UTF-8.
pub fn not_utf8(path: &Arc<str>, bytes: &[u8], valid_up_to: usize) -> Diagnostic {
    let (_, failed) = encoding_rs::SHIFT_JIS.decode_without_bom_handling(bytes);
    let message = if failed {
        say("このファイルの文字が読めません", "the characters of this file can't be read")
    } else {
        say("このファイルはシフト JIS で保存されているようです", "this file seems to be saved as Shift_JIS")
    };
    Diagnostic::error("not-utf8", message)
        .at(Span::new(path, valid_up_to, valid_up_to + 1))
        .expected(say("文字コードが UTF-8 のファイル", "a file in the encoding UTF-8"))
        .help(say(
            "メモ帳で開き、「名前を付けて保存」で文字コードに UTF-8 を選んで保存し直してください",
            "open it in an editor, choose “Save as”, and save it with the encoding UTF-8",
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

/// A field as people speak of it: `as_of` for `indicators[0].as_of`, the third value of 潮見市 for `….values.潮見市[2]`.
fn field(path: &str) -> Message {
    let (name, item) = match path.strip_suffix(']').and_then(|path| path.rsplit_once('[')) {
        Some((list, item)) => (list, item.parse::<usize>().ok()),
        None => (path, None),
    };
    let name = name.rsplit('.').next().unwrap_or(name);
    match item {
        Some(item) => say(format!("{name} の {} 番目", item + 1), format!("number {} of {name}", item + 1)),
        None => say(name, name),
    }
}

/// A value of another type than its field takes.
pub fn wrong_type(span: Span, path: &str, found: &str, expected: Message) -> Diagnostic {
    let field = field(path);
    Diagnostic::error(
        "wrong-type",
        say(format!("{} に書けない形の値です", field.ja), format!("{} has a value of the wrong kind", field.en)),
    )
    .at(span)
    .found(found)
    .expected(expected)
    .help(say("「正しい形」に合わせて書き直してください", "write it again as what is expected says"))
}

/// A value that its field can't take, with the cause in words.
pub fn invalid_value(span: Span, path: &str, found: &str, cause: Message) -> Diagnostic {
    let field = field(path);
    let message = say(
        format!("{} の値が正しくありません（{}）", field.ja, cause.ja),
        format!("{} has an invalid value ({})", field.en, cause.en),
    );
    let finding = Diagnostic::error("invalid-value", message).at(span).found(found);
    finding.help(say("値を書き直してください", "write it as the reason above says"))
}

/// A date that is none, or that the calendar does not have.
pub fn invalid_date(span: Span, path: &str, found: &str, cause: Message) -> Diagnostic {
    let field = field(path);
    let message = say(
        format!("{} の日付が正しくありません（{}）", field.ja, cause.ja),
        format!("{} is not a date ({})", field.en, cause.en),
    );
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

/// A wide space where YAML takes narrow ones.
pub fn wide_space_in_yaml(span: Span) -> Diagnostic {
    Diagnostic::error(
        "wide-space-in-yaml",
        say("行の初めに全角の空白があります", "this line begins with a wide (full-width) space"),
    )
    .at(span)
    .expected(say("半角の空白", "ordinary spaces"))
    .help(say(
        "全角の空白を消し、上の行と同じ数の半角の空白を入れてください",
        "delete it and type as many ordinary spaces as the line above has",
    ))
}

/// A wide colon between a field and its value.
pub fn wide_colon_in_yaml(span: Span, key: &str) -> Diagnostic {
    Diagnostic::error(
        "wide-colon-in-yaml",
        say(format!("{key} のあとのコロンが全角です"), format!("the colon after {key} is a wide (full-width) one")),
    )
    .at(span)
    .found("：")
    .expected(say("半角のコロンと半角の空白", "an ordinary colon and a space"))
    .help(say(format!("`{key}: ` と打ち直してください"), format!("type `{key}: ` instead")))
}

/// A value that follows its colon at once.
pub fn colon_without_space(span: Span, key: &str, rest: &str) -> Diagnostic {
    Diagnostic::error(
        "no-space-after-colon",
        say(format!("{key} のコロンのあとに空白がありません"), format!("there is no space after the colon of {key}")),
    )
    .at(span)
    .expected(say("コロンのあとに半角の空白を 1 つ", "one space after the colon"))
    .help(say(format!("`{key}: {rest}` と書いてください"), format!("write `{key}: {rest}`")))
}

/// A text with a colon of its own.
pub fn colon_in_text(span: Span, key: &str, text: &str) -> Diagnostic {
    Diagnostic::error(
        "colon-in-text",
        say("文の中にコロンがあり、項目の名前と区別できません", "a colon within a text looks like the name of a field"),
    )
    .at(span)
    .expected(say("引用符で囲んだ文", "a text between quotation marks"))
    .help(say(format!("`{key}: \"{text}\"` と書いてください"), format!("write `{key}: \"{text}\"`")))
}

/// A quotation mark that is never closed.
pub fn unclosed_quote(span: Span) -> Diagnostic {
    Diagnostic::error("unclosed-quote", say("引用符が閉じられていません", "this quotation mark is never closed"))
        .labelled(span, say("ここで開いています", "it is opened here"))
        .help(say("文の終わりに同じ引用符を足してください", "add the same quotation mark at the end of the text"))
}

/// A line that stands under none of those above it.
pub fn indentation(span: Span) -> Diagnostic {
    Diagnostic::error(
        "bad-indentation",
        say(
            "行の初めの空白の数が、上の行とそろっていません",
            "the spaces at the beginning of this line do not match those of the lines above",
        ),
    )
    .at(span)
    .expected(say(
        "同じまとまりの行には、同じ数の半角の空白",
        "as many spaces as the other lines of the same entry have",
    ))
    .help(say(
        "上下の行と見比べて、左端をそろえてください",
        "compare it with the lines above and below, and align it with them",
    ))
}

/// Lists and groups within each other, more often than data for people ever needs.
pub fn yaml_too_deep(span: Span, deepest: usize) -> Diagnostic {
    Diagnostic::error(
        "yaml-too-deep",
        say("リストやまとまりの入れ子が深すぎます", "lists and groups are nested too deeply"),
    )
    .at(span)
    .expected(say(format!("入れ子は {deepest} 段まで"), format!("at most {deepest} levels")))
    .help(say(
        "かっこの閉じ忘れがないか、行の初めの空白が増え続けていないか確かめてください",
        "look for brackets that are never closed, and for lines that begin with more and more spaces",
    ))
}

/// More values in one file than reading it can take, or aliases that stand for each other again and again.
pub fn yaml_too_large(span: Span, most: usize) -> Diagnostic {
    Diagnostic::error("yaml-too-large", say("値が多すぎます", "there are too many values"))
        .at(span)
        .expected(say(
            format!("1 つのファイルに値は {most} 個まで（`*名前` で繰り返すものも数えます）"),
            format!("at most {most} values in one file, those that `*name` repeats counted each time"),
        ))
        .help(say(
            "ファイルを分けるか、`&名前` と `*名前` の繰り返しを減らしてください",
            "split the file, or repeat less with `&name` and `*name`",
        ))
}

/// What the parser of YAML says, as people would: words of its message, and what they mean. The first that fits counts.
const YAML_REASONS: &[(&str, &str, &str)] = &[
    (
        "',' or '}'",
        "`{ }` の中の項目のあとに「,」か「}」がありません",
        "inside { }, an item is not followed by a comma or by }",
    ),
    (
        "',' or ']'",
        "`[ ]` の中の値のあとに「,」か「]」がありません",
        "inside [ ], a value is not followed by a comma or by ]",
    ),
    ("bracket '{'", "`{` が閉じられていません", "a { is never closed"),
    ("bracket '['", "`[` が閉じられていません", "a [ is never closed"),
    ("misplaced bracket", "開いていないかっこが閉じられています", "a bracket is closed that was never opened"),
    (
        "escape",
        "`\" \"` の中の `\\` のあとに、使えない文字があります",
        "inside \" \", a \\ is followed by what has no meaning there",
    ),
    (
        "illegal placement of ':'",
        "かっこの中の、ここに「:」は置けません（前のかっこの閉じ忘れかもしれません）",
        "there can't be a colon here, between brackets (perhaps one before it is never closed)",
    ),
    ("mapping values", "ここに「:」は置けません", "there can't be a colon here"),
    ("plain text", "項目の名前は、かっこのない文字で書きます", "the name of a field is a text without brackets"),
    ("expected ':'", "項目の名前のあとに「:」がありません", "there is no colon after the name of a field"),
    ("'-' indicator", "リストの項目が「- 」で始まっていません", "an item of a list does not begin with `- `"),
    (
        "expected key",
        "項目の名前があるはずのところに、ほかのものがあります",
        "something else stands where a field should have its name",
    ),
    ("sequence entries", "ここから「- 」のリストは始められません", "a list with `- ` can't begin here"),
    (
        "unexpected character",
        "引用符なしでは、値はこの文字で始められません",
        "without quotation marks, no value can begin with this character",
    ),
    (
        "unknown anchor",
        "`*名前` のもとになる `&名前` がありません",
        "nothing is given with `&name` that `*name` could stand for",
    ),
    ("alphabetic or numeric", "`*` か `&` のあとに名前がありません", "there is no name after * or &"),
    ("block scalar", "`|` か `>` のあとの書き方が読めません", "what follows | or > can't be read"),
    ("node content", "値があるはずのところに値がありません", "there is no value where one should be"),
    ("handle", "引用符なしでは、値は `!` で始められません", "without quotation marks, no value can begin with !"),
    ("tag", "引用符なしでは、値は `!` で始められません", "without quotation marks, no value can begin with !"),
    ("directive", "行は `%` で始められません", "no line can begin with %"),
    ("document", "`---` か `...` のあとに、まだ続きがあります", "something follows after --- or ..."),
    ("separated from other", "`#` の前に空白がありません", "there is no space before #"),
    (
        "trailing content",
        "引用符で閉じた値のあとに、まだ続きがあります",
        "something follows after the closing quotation mark",
    ),
    ("tab", "空白の代わりにタブがあります", "there is a tab instead of spaces"),
    ("indentation", "行の初めの空白が足りません", "there are too few spaces at the beginning of this line"),
    ("EOF", "引用符かかっこが閉じられていません", "a quotation mark or a bracket is never closed"),
];

/// YAML that can't be read. `cause` is what the parser says.
pub fn yaml(span: Span, cause: &str) -> Diagnostic {
    let known = YAML_REASONS.iter().find(|(words, ..)| cause.contains(words));
    let message = match known {
        Some((_, ja, en)) => say(format!("YAML として読めません：{ja}"), format!("this is not valid YAML: {en}")),
        None => say("YAML として読めません", format!("this is not valid YAML ({cause})")),
    };
    Diagnostic::error("yaml-syntax", message).at(span).help(say(
        "この行とその上の行で、行の初めの空白、コロンのあとの空白、引用符とかっこの閉じ忘れを確かめてください",
        "look at this line and the one above: the spaces at their beginning, the space after each colon, and whether every quotation mark and bracket is closed",
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
