//! Findings about source tables that machines can't read as they are printed.
//!
//! The rules are those of 「統計表における機械判読可能なデータの表記方法の統一ルール」 (Ministry of Internal Affairs and
//! Communications, 18 December 2020), with the numbers of its list of checks.

use super::{Diagnostic, Message, Span, say};

/// A rule that a table can break.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rule {
    /// A cell holds one datum (1-2).
    OneDatum,
    /// A number is only a number (1-3).
    PureNumber,
    /// Its digits are those of machines (1-3).
    WideDigit,
    /// No cell is left empty to be read as the one above it (1-4).
    Continued,
    /// Nothing is set out with spaces and line breaks (1-5).
    Spacing,
    /// Every column has a head of its own (1-6).
    Heading,
    /// No characters that only some machines have (1-10).
    Character,
    /// Years are Western, too (1-11).
    Era,
    /// One table in a sheet, in one piece.
    Divided,
}

/// A table that breaks a rule in `count` places, the first of which is at `span`.
pub fn broken(rule: Rule, span: Span, found: &str, count: usize) -> Diagnostic {
    let (code, what, help) = words(rule);
    let places = say(
        format!("機械で読みにくい書き方です: {}（この表に {count} か所）", what.ja),
        format!("hard to read for machines: {} ({count} in this table)", what.en),
    );
    Diagnostic::warning(code, places).at(span).found(found).help(help)
}

/// The code of a rule, what is wrong where it is broken, and what to do.
fn words(rule: Rule) -> (&'static str, Message, Message) {
    match rule {
        Rule::OneDatum => (
            "table-two-data",
            say("一つのセルに二つ以上の値", "two values in one cell"),
            say("値ごとに列を分けてください（統一ルール 1-2）", "give each value a column of its own (rule 1-2)"),
        ),
        Rule::PureNumber => (
            "table-number",
            say("数値に桁区切りや単位や記号", "separators, units or signs within numbers"),
            say(
                "数字、小数点、負の数の - だけを書き、単位は列見出しに移してください（統一ルール 1-3）",
                "write digits, a decimal point and - only, and the unit in the head of the column (rule 1-3)",
            ),
        ),
        Rule::WideDigit => (
            "table-wide-digit",
            say("全角の数字", "full-width digits"),
            say("半角の数字で書いてください（統一ルール 1-3）", "write ASCII digits (rule 1-3)"),
        ),
        Rule::Continued => (
            "table-continued",
            say("上と同じという意味の空のセル", "cells left empty to be read as the one above"),
            say(
                "セルの結合を解き、どの行にも名前を書いてください（統一ルール 1-4）",
                "undo merged cells and write the name in every row (rule 1-4)",
            ),
        ),
        Rule::Spacing => (
            "table-spacing",
            say("見た目を整える空白や改行", "spaces or line breaks for the looks"),
            say("空白と改行を消してください（統一ルール 1-5）", "remove the spaces and line breaks (rule 1-5)"),
        ),
        Rule::Heading => (
            "table-heading",
            say("空の、または重なった列見出し", "columns without a head of their own"),
            say(
                "一行目で、どの列にも違う見出しを付けてください（統一ルール 1-6）",
                "give every column a different head in the first row (rule 1-6)",
            ),
        ),
        Rule::Character => (
            "table-character",
            say("丸数字などの機種依存文字", "characters that only some machines have, such as circled numbers"),
            say(
                "1、(1)、株式会社 のように書いてください（統一ルール 1-10）",
                "write 1, (1) and whole words (rule 1-10)",
            ),
        ),
        Rule::Era => (
            "table-era",
            say("元号だけの年", "years of an era alone"),
            say(
                "2018 か 2018（平成30年）のように西暦を書いてください（統一ルール 1-11）",
                "write the Western year, alone or beside the era (rule 1-11)",
            ),
        ),
        Rule::Divided => (
            "table-split",
            say("空の行で分かれた表", "a table divided by blank rows"),
            say(
                "空の行を消すか、表ごとにファイルを分けてください",
                "remove the blank rows, or give each table a file of its own",
            ),
        ),
    }
}
