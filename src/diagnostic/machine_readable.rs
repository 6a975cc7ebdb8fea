//! Findings about source tables that machines can't read as they are.
//!
//! The rules are those of 「行政データにおける機械可読性に関するルール」, decided by the ministries on 31 March 2026, with its
//! numbers and levels. What needs more than a table to be judged (L2-04 beyond spellings, L3-02, L3-03, L3-04, L3-07,
//! L3-08) is asked of the record that names the table, or not at all; the manual says which.

use super::{Diagnostic, say};

/// How much a table is good for once its rules are kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// Machines can read it.
    One,
    /// They can work with its figures.
    Two,
    /// They can join it with other tables.
    Three,
}

/// A rule that a table can break. Some rules have two sorts of breach, each with its own remedy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rule {
    /// L1-01: files that machines take figures from.
    FileFormat,
    /// L1-02: one table in a sheet.
    OneTable,
    /// L1-03: in one piece.
    Divided,
    /// L1-04: nothing around it.
    Unrelated,
    /// L1-05: a head that says something, for every column.
    Heading,
    /// L1-06: nothing is set out with spaces and line breaks.
    Spacing,
    /// L1-07: one datum in a cell.
    OneDatum,
    /// L1-08: no characters that only some machines have.
    Character,
    /// L1-09: what is missing and what is zero are told apart.
    BlankOrZero,
    /// L1-10: no pictures, charts, boxes and comments.
    Object,
    /// L1-11: nothing is said by colour.
    Colour,
    /// L1-12: no merged cells.
    Merged,
    /// L1-13: nothing hidden.
    Hidden,
    /// L1-14: a row of CSV is a line.
    OneLine,
    /// L1-15: commas of CSV stand in quotation marks.
    Comma,
    /// L2-01: a number is only a number.
    PureNumber,
    /// L2-01: its digits are those of machines.
    WideDigit,
    /// L2-02: no cell is left empty to be read as the one above it.
    Continued,
    /// L2-03: no two columns have the same head, and it stands in one row.
    OwnHeading,
    /// L2-04: a word is spelled in one way.
    Spelling,
    /// L2-05: 「その他」 and what it is stand in two columns.
    OtherApart,
    /// L2-06: values and no formulas.
    Formula,
    /// L3-01: the head is the first row.
    HeadFirst,
    /// L3-05: years are Western, too.
    Era,
    /// L3-06: areas by their codes or whole names.
    AreaName,
    /// L3-09: periods in rows and not in columns.
    Tall,
}

/// What there is to say of a rule.
struct Words {
    rule: Rule,
    code: &'static str,
    number: &'static str,
    what: (&'static str, &'static str),
    help: (&'static str, &'static str),
}

impl Rule {
    /// Its number in the national rules: `L1-02`.
    pub fn number(self) -> &'static str {
        words(self).number
    }

    /// The level that it belongs to.
    pub fn level(self) -> Level {
        match self.number().as_bytes().get(1) {
            Some(b'1') => Level::One,
            Some(b'2') => Level::Two,
            _ => Level::Three,
        }
    }
}

/// A table that breaks a rule in `count` places, where `found` stands first.
pub fn broken(rule: Rule, found: &str, count: usize) -> Diagnostic {
    let Words { code, number, what, help, .. } = words(rule);
    let places = say(
        format!("機械で読みにくい書き方です: {}（この表に {count} か所）", what.0),
        format!("hard to read for machines: {} ({count} in this table)", what.1),
    );
    let help = say(format!("{}（ルール {number}）", help.0), format!("{} (rule {number})", help.1));
    Diagnostic::warning(code, places).found(found).help(help)
}

fn words(rule: Rule) -> &'static Words {
    // Every rule is in the list: a test says so.
    WORDS.iter().find(|words| words.rule == rule).unwrap_or(&WORDS[0])
}

/// The rules in the order of their numbers.
const WORDS: [Words; 26] = [
    Words {
        rule: Rule::FileFormat,
        code: "table-file-format",
        number: "L1-01",
        what: ("人が見るための形式のファイル", "a file made for the eye"),
        help: (
            "CSV か Excel ブック（.xlsx）にして置き、もとの文書は content/data/ の外に移してください",
            "give the figures as CSV or as a workbook (.xlsx), and move the document out of content/data/",
        ),
    },
    Words {
        rule: Rule::OneTable,
        code: "table-two-tables",
        number: "L1-02",
        what: ("一つのシートに二つ以上の表", "more than one table in a sheet"),
        help: (
            "表ごとに、シート（CSV ならファイル）を分けてください",
            "give each table a sheet of its own, or a file of its own in CSV",
        ),
    },
    Words {
        rule: Rule::Divided,
        code: "table-split",
        number: "L1-03",
        what: ("空の行や列で分かれた表", "a table divided by blank rows or columns"),
        help: ("空の行や列を消してください", "remove the blank rows or columns"),
    },
    Words {
        rule: Rule::Unrelated,
        code: "table-note",
        number: "L1-04",
        what: ("表のそとの注や覚え書き", "notes beside the table"),
        help: (
            "注や出典は、表のファイルから消し、YAML の note と source に移してください",
            "move notes and sources out of the table, into `note` and `source` of its YAML",
        ),
    },
    Words {
        rule: Rule::Heading,
        code: "table-heading",
        number: "L1-05",
        what: ("見出しのない列、意味の分からない見出し", "columns without a head that says what they are"),
        help: (
            "どの列にも、中身が分かる見出しを付けてください",
            "give every column a head that says what stands in it",
        ),
    },
    Words {
        rule: Rule::Spacing,
        code: "table-spacing",
        number: "L1-06",
        what: ("見た目を整える空白や改行", "spaces or line breaks for the looks"),
        help: ("空白と改行を消してください", "remove the spaces and line breaks"),
    },
    Words {
        rule: Rule::OneDatum,
        code: "table-two-data",
        number: "L1-07",
        what: ("一つのセルに二つ以上の値", "two values in one cell"),
        help: ("値ごとに列を分けてください", "give each value a column of its own"),
    },
    Words {
        rule: Rule::Character,
        code: "table-character",
        number: "L1-08",
        what: ("丸数字などの機種依存文字", "characters that only some machines have, such as circled numbers"),
        help: ("1、(1)、株式会社 のように書いてください", "write 1, (1) and whole words"),
    },
    Words {
        rule: Rule::BlankOrZero,
        code: "table-blank",
        number: "L1-09",
        what: ("0 のある列の空のセル", "empty cells in a column that has zeros"),
        help: (
            "値がないなら —、調べていないなら …、本当に0なら 0 と書いてください",
            "write — where there can be no value, … where it isn't known, and 0 where it is zero",
        ),
    },
    Words {
        rule: Rule::Object,
        code: "table-object",
        number: "L1-10",
        what: ("セルの上に載った図、グラフ、コメント", "pictures, charts or comments on top of the cells"),
        help: (
            "要ることはセルに書き、図やコメントは消してください",
            "write what is needed into cells, and remove the rest",
        ),
    },
    Words {
        rule: Rule::Colour,
        code: "table-colour",
        number: "L1-11",
        what: ("色や取り消し線で区別した値", "values told apart by colour or by a line through them"),
        help: (
            "色が表すことを書く列を設けてください（推計、改定 など）",
            "say in a column of its own what the colour means: estimated, revised",
        ),
    },
    Words {
        rule: Rule::Merged,
        code: "table-merged",
        number: "L1-12",
        what: ("結合したセル", "merged cells"),
        help: (
            "結合を解き、どのセルにも同じ内容を書いてください",
            "undo the merging, and write the same into each of the cells",
        ),
    },
    Words {
        rule: Rule::Hidden,
        code: "table-hidden",
        number: "L1-13",
        what: ("非表示の行や列", "hidden rows or columns"),
        help: ("要らなければ消し、要るなら表示してください", "delete them, or show them where they are needed"),
    },
    Words {
        rule: Rule::OneLine,
        code: "table-line-break",
        number: "L1-14",
        what: ("セルの中で改行した CSV", "line breaks within cells of CSV"),
        help: ("改行を消し、一行に一件を書いてください", "remove the line breaks: one row is one line"),
    },
    Words {
        rule: Rule::Comma,
        code: "table-comma",
        number: "L1-15",
        what: ("見出しより多いセルのある行", "rows with more cells than heads"),
        help: (
            "セルの中のカンマは \"…\" で囲んでください。数値なら 5091 のように桁区切りを消してください",
            "put cells that hold commas in \"…\"; write numbers without separators, as in 5091",
        ),
    },
    Words {
        rule: Rule::PureNumber,
        code: "table-number",
        number: "L2-01",
        what: (
            "数値に桁区切りや単位や記号、または文字として入った数値",
            "separators, units or signs within numbers, or numbers kept as words",
        ),
        help: (
            "数字、小数点、負の数の - だけを書き、単位は列見出しに、注は別の列に移してください",
            "write digits, a decimal point and - only; the unit goes to the head of the column, a note to a column of its own",
        ),
    },
    Words {
        rule: Rule::WideDigit,
        code: "table-wide-digit",
        number: "L2-01",
        what: ("全角の数字", "full-width digits"),
        help: ("半角の数字で書いてください", "write ASCII digits"),
    },
    Words {
        rule: Rule::Continued,
        code: "table-continued",
        number: "L2-02",
        what: ("上と同じという意味の空のセル", "cells left empty to be read as the one above"),
        help: ("どの行にも名前を書いてください", "write the name in every row"),
    },
    Words {
        rule: Rule::OwnHeading,
        code: "table-heading-twice",
        number: "L2-03",
        what: ("重なった見出し、二行にわたる見出し", "the same head twice, or heads of more than one row"),
        help: (
            "見出しは一行にし、列ごとに違う名にしてください（「2018年の医師数」のように）",
            "write one row of heads, each different: “physicians 2018”",
        ),
    },
    Words {
        rule: Rule::Spelling,
        code: "table-spelling",
        number: "L2-04",
        what: ("同じ語の違う書き方", "one word written in two ways"),
        help: (
            "一つの書き方にそろえてください（全角と半角、空白、大文字と小文字）",
            "write it in one way (width, spaces, capitals)",
        ),
    },
    Words {
        rule: Rule::OtherApart,
        code: "table-other",
        number: "L2-05",
        what: ("「その他」と一緒に書かれた内容", "“other” together with what it is"),
        help: (
            "「その他」とだけ書き、内容は別の列に書いてください",
            "write “other” alone, and what it is in a column of its own",
        ),
    },
    Words {
        rule: Rule::Formula,
        code: "table-formula",
        number: "L2-06",
        what: ("数式のままのセル", "cells that are formulas"),
        help: ("「値の貼り付け」で値にしてください", "paste them as values"),
    },
    Words {
        rule: Rule::HeadFirst,
        code: "table-title",
        number: "L3-01",
        what: ("見出しの行より上の題名や空の行", "a title or blank rows above the heads"),
        help: (
            "一行目を見出しにし、題名はファイル名か YAML に書いてください",
            "begin with the heads; the title goes to the file's name or its YAML",
        ),
    },
    Words {
        rule: Rule::Era,
        code: "table-era",
        number: "L3-05",
        what: ("元号だけの年", "years of an era alone"),
        help: (
            "2018 か 2018（平成30年）のように西暦を書いてください",
            "write the Western year, alone or beside the era",
        ),
    },
    Words {
        rule: Rule::AreaName,
        code: "table-area-name",
        number: "L3-06",
        what: ("縮めた都道府県名", "shortened names of prefectures"),
        help: (
            "「福島県」のように正式な名を書くか、標準地域コードの列を設けてください",
            "write the whole name (福島県), or add a column of standard area codes",
        ),
    },
    Words {
        rule: Rule::Tall,
        code: "table-wide",
        number: "L3-09",
        what: ("年を横に並べた表", "a table with years side by side"),
        help: ("一行に一つの値とし、年の列を設けてください", "give each value a row of its own, and the year a column"),
    },
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_has_words_and_a_code_of_its_own() {
        let rules: Vec<Rule> = WORDS.iter().map(|words| words.rule).collect();
        let mut sorted = rules.clone();
        sorted.sort();
        sorted.dedup();
        assert_eq!(rules, sorted);
        let numbers: Vec<&str> = WORDS.iter().map(|words| words.number).collect();
        assert!(numbers.is_sorted(), "{numbers:?}");
        let codes: std::collections::BTreeSet<&str> = WORDS.iter().map(|words| words.code).collect();
        assert_eq!(codes.len(), WORDS.len());
        // `words` falls back to the first rule; the last one of the enum is there, and so are all before it.
        assert_eq!((Rule::Tall as usize + 1, Rule::Tall.number()), (WORDS.len(), "L3-09"));
    }
}
