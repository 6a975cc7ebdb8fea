//! Calendar dates as people write them in data: `2023-07-07`.

use std::fmt;

use jiff::civil::Date;
use schemars::{Schema, SchemaGenerator, json_schema};
use serde::Deserializer;
use serde::de::{Error, Visitor};

use crate::diagnostic::{Message, say};
use crate::parse::tree::custom;

/// For `#[serde(default, deserialize_with = "date::optional")]`.
///
/// # Errors
/// Where the text is no date of the form `2023-07-07`, or no such day exists.
pub fn optional<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Date>, D::Error> {
    required(deserializer).map(Some)
}

/// For `#[serde(deserialize_with = "date::required")]`.
///
/// # Errors
/// As [`optional`].
pub fn required<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Date, D::Error> {
    deserializer.deserialize_str(DateVisitor)
}

/// For `#[schemars(schema_with = "date::schema")]`: the days there are, leap years counted.
pub fn schema(_: &mut SchemaGenerator) -> Schema {
    json_schema!({ "type": "string", "pattern": pattern("") })
}

/// The pattern of [`date`], with that of what may follow it.
pub fn pattern(further: &str) -> String {
    format!("^\\s*{DAY}{further}\\s*$")
}

const DAY: &str = concat!(
    r"(?:[0-9]{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])|(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)",
    r"|02-(?:0[1-9]|1[0-9]|2[0-8]))",
    r"|(?:[0-9]{2}(?:0[48]|[2468][048]|[13579][26])|(?:[02468][048]|[13579][26])00)-02-29)"
);

struct DateVisitor;

impl Visitor<'_> for DateVisitor {
    type Value = Date;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("日付（例: 2023-07-07）\u{1f}a date such as 2023-07-07")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Date, E> {
        date(text).map_err(custom)
    }
}

/// The date that `text` writes.
///
/// # Errors
/// A sentence about what is wrong with it.
pub fn date(text: &str) -> Result<Date, Message> {
    let parts: Vec<&str> = text.trim().split('-').collect();
    let digits = |part: &str, length| part.len() == length && part.bytes().all(|byte| byte.is_ascii_digit());
    let [year, month, day] = parts[..] else { return Err(not_a_date()) };
    if !(digits(year, 4) && digits(month, 2) && digits(day, 2)) {
        return Err(not_a_date());
    }
    text.trim().parse().map_err(|_| no_such_day())
}

/// Whether a cause is one of those of [`date`].
pub fn is_about_date(cause: &Message) -> bool {
    *cause == not_a_date() || *cause == no_such_day()
}

fn no_such_day() -> Message {
    say("この日付は暦にありません", "there is no such day in the calendar")
}

fn not_a_date() -> Message {
    say("日付は 2023-07-07 の形で書きます", "dates are written like 2023-07-07")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_real_days_are_dates() {
        assert!(date("2024-02-29").is_ok());
        assert_eq!(date("2023-02-29").map_err(|m| m.en), Err("there is no such day in the calendar".to_owned()));
        for text in ["2023-7-7", "2023/07/07", "07-07-2023", "", "2023-07-07T19:00"] {
            assert_eq!(date(text), Err(not_a_date()), "{text}");
        }
    }
}
