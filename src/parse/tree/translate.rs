//! What serde says of a value that does not fit, taken apart and told in both languages.

use super::bilingual;
use crate::diagnostic::{Message, say};

/// A reason for which a value does not fit its type.
#[derive(Debug, PartialEq)]
pub(super) enum Problem {
    UnknownField { name: String, known: Vec<String> },
    MissingField { name: String },
    UnknownChoice { found: String, known: Vec<String> },
    WrongType { found: String, expected: String },
    Other { cause: Message },
}

/// Takes apart the sentence of a serde error. serde's own errors have had the same wording since version 1.0.
pub(super) fn problem(text: &str) -> Problem {
    if let Some(rest) = text.strip_prefix("unknown field ") {
        return Problem::UnknownField { name: first_quoted(rest), known: known(rest) };
    }
    if let Some(rest) = text.strip_prefix("missing field ") {
        return Problem::MissingField { name: first_quoted(rest) };
    }
    if let Some(rest) = text.strip_prefix("unknown variant ") {
        return Problem::UnknownChoice { found: first_quoted(rest), known: known(rest) };
    }
    for prefix in ["invalid type: ", "invalid value: ", "invalid length "] {
        if let Some((found, expected)) = text.strip_prefix(prefix).and_then(|rest| rest.rsplit_once(", expected ")) {
            return Problem::WrongType { found: found.to_owned(), expected: expected.to_owned() };
        }
    }
    Problem::Other { cause: bilingual(text) }
}

fn first_quoted(text: &str) -> String {
    text.split('`').nth(1).unwrap_or_default().to_owned()
}

/// The names in backquotes after "expected".
fn known(text: &str) -> Vec<String> {
    let list = text.split_once(", expected ").map_or("", |(_, list)| list);
    list.split('`').skip(1).step_by(2).map(str::to_owned).collect()
}

/// What serde expected, in words that need no programming.
pub(super) fn expected(text: &str) -> Message {
    match text {
        "a string" | "string" => say("文字列", "a text"),
        "a boolean" | "bool" => say("true か false", "true or false"),
        "u8" | "u16" | "u32" | "u64" | "usize" => say("0 以上の整数", "a whole number, 0 or more"),
        "i8" | "i16" | "i32" | "i64" | "isize" => say("整数", "a whole number"),
        "f32" | "f64" => say("数値", "a number"),
        "a sequence" => say("一覧（`[a, b]` か、`- ` で始まる行）", "a list (`[a, b]`, or lines that begin with `- `)"),
        "a map" => say("項目の集まり（`項目: 値` の行）", "fields (lines of `name: value`)"),
        "a text or texts by language" => {
            say("文字列、または言語ごとの文字列（`{ja: …, en: …}`）", "a text, or texts by language (`{ja: …, en: …}`)")
        }
        _ if text.starts_with("struct ") || text.starts_with("internally") => {
            say("項目の集まり（`項目: 値` の行）", "fields (lines of `name: value`)")
        }
        other => bilingual(other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn serde_sentences_are_taken_apart() {
        let unknown = problem("unknown field `titel`, expected one of `title`, `date`");
        assert_eq!(unknown, Problem::UnknownField { name: "titel".into(), known: vec!["title".into(), "date".into()] });
        assert_eq!(problem("missing field `id`"), Problem::MissingField { name: "id".into() });
        let wrong = problem("invalid type: string \"三, 百\", expected u32");
        assert_eq!(wrong, Problem::WrongType { found: "string \"三, 百\"".into(), expected: "u32".into() });
        assert_eq!(problem("だめ\u{1f}no"), Problem::Other { cause: say("だめ", "no") });
    }
}
