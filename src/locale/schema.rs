//! What JSON Schemas say of texts by language and of periods: patterns of exactly what is read.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};

use super::period::ERAS;
use super::{Language, Localized, Period};

/// The pattern of [`Language::parse`].
pub const LANGUAGE: &str = "^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$";

/// Marks a schema whose types are all that is read: a truth value is no text there.
pub const AS_IS: &str = "x-as-is";

impl JsonSchema for Language {
    fn schema_name() -> Cow<'static, str> {
        "Language".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "x-ja": "言語の印（ja、en、pt-br など）。",
            "description": "A language tag such as ja, en or pt-br.",
            "type": "string",
            "pattern": LANGUAGE,
        })
    }
}

impl JsonSchema for Localized {
    fn schema_name() -> Cow<'static, str> {
        "Localized".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "x-ja": "文字列、または言語ごとの文字列（{ja: …, en: …}）。",
            "description": "A text, or texts by language ({ja: …, en: …}).",
            "anyOf": [
                { "type": ["string", "number"], AS_IS: true },
                {
                    "type": "object",
                    "propertyNames": { "pattern": LANGUAGE },
                    "additionalProperties": { "type": "string" },
                },
            ],
        })
    }
}

impl JsonSchema for Period {
    fn schema_name() -> Cow<'static, str> {
        "Period".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "x-ja": "時点。2018、FY2023、2023-07、2023-07-07、平成30年、令和5年度 など。",
            "description": "A period such as 2018, FY2023, 2023-07, 2023-07-07, 平成30年 or 令和5年度.",
            "anyOf": [
                { "type": "integer", "minimum": 1000, "maximum": 9999 },
                { "type": "string", "pattern": period_pattern() },
            ],
        })
    }
}

/// A digit of either width between `from` and `to`.
fn digit(from: u32, to: u32) -> String {
    let wide = |digit: u32| char::from_u32('０' as u32 + digit).unwrap_or('０');
    format!("[{from}-{to}{}-{}]", wide(from), wide(to))
}

/// The pattern of [`Period::parse`], but for what depends on the calendar: the days of a month, the length of an era.
///
/// Spaces count only between digits, so that they may stand anywhere else.
fn period_pattern() -> String {
    let any = digit(0, 9);
    let (zero, one, three) = (digit(0, 0), digit(1, 1), digit(3, 3));
    let (up_to_one, up_to_two, from_one) = (digit(0, 1), digit(0, 2), digit(1, 9));
    let space = "\\s*";
    let month = format!("(?:{one}{up_to_two}|{zero}?{from_one})");
    let day = format!("(?:{three}{up_to_one}|[12１２]{any}|{zero}?{from_one})");
    let hyphen = "[-－‐‑–−]";
    let within = |separators: &[&str]| {
        let plain = separators.iter().map(|sign| format!("{space}{sign}{space}{month}(?:{space}{sign}{space}{day})?"));
        let kanji = format!("{space}年(?:{space}度|{space}{month}{space}月(?:{space}{day}{space}日)?)?");
        format!("(?:{}|{kanji})?", plain.collect::<Vec<_>>().join("|"))
    };
    let western_year = format!("{from_one}{any}{{3}}");
    let fiscal = format!("[FfＦｆ]{space}[YyＹｙ]{space}{western_year}");
    // `2023.7` is a number to most readers, so that dots need a day too.
    let dotted = format!("{space}[.．]{space}{month}{space}[.．]{space}{day}");
    let western = format!("{western_year}(?:{dotted}|{})", within(&[hyphen, "[/／]"]));
    let era_year = format!("(?:元|{zero}{{0,3}}{from_one}|{zero}{{0,2}}{from_one}{any})");
    let era = format!("(?:{}){space}{era_year}{}", era_names(space), within(&[hyphen, "[/／]", "[.．]"]));
    format!("^{space}(?:{fiscal}|{western}|{era}){space}$")
}

/// Every way of writing an era: its two characters, the square one, its letter in either case and width.
fn era_names(space: &str) -> String {
    let wide = |letter: char| char::from_u32(letter as u32 + 0xFEE0).unwrap_or(letter);
    let names = ERAS.iter().map(|era| {
        let kanji: Vec<String> = era.kanji.chars().map(String::from).collect();
        let letters = era.letter.chars().flat_map(|letter| {
            let small = letter.to_ascii_lowercase();
            [letter, small, wide(letter), wide(small)]
        });
        format!("{}|{}|[{}]", kanji.join(space), era.square, letters.collect::<String>())
    });
    names.collect::<Vec<_>>().join("|")
}
