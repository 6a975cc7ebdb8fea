//! Events as written: study sessions, briefings, visits, deadlines.

use std::borrow::Cow;
use std::fmt;

use jiff::civil::{Date, Time};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::{Error, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::diagnostic::{Message, say};
use crate::locale::Localized;
use crate::parse::data::WrittenContact;
use crate::parse::date;
use crate::parse::tree::custom;

/// Something that takes place at a time.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WrittenEvent {
    /// What other files call it, and the name of its page.
    #[schemars(extend("x-ja" = "ほかのファイルから指すときの名。ページの住所にもなる。"))]
    #[schemars(regex(pattern = crate::parse::schema::ID))]
    pub id: String,
    /// Its name.
    #[schemars(extend("x-ja" = "催しの名。"))]
    pub name: Localized,
    /// The name in kana, by which it is found.
    #[schemars(extend("x-ja" = "名の読み（かな）。検索に使う。"))]
    pub reading: Option<String>,
    /// What sort of event it is.
    #[schemars(extend("x-ja" = "催しの種類。"))]
    pub kind: EventKind,
    /// When it begins.
    #[schemars(extend("x-ja" = "始まりの日時。"))]
    pub start: Moment,
    /// When it ends.
    #[schemars(extend("x-ja" = "終わりの日時。"))]
    pub end: Option<Moment>,
    /// When it was to begin before that was changed.
    #[schemars(extend("x-ja" = "変更する前の始まりの日時。"))]
    pub previous_start: Option<Moment>,
    /// The time zone of them: Asia/Tokyo, or an offset such as +09:00.
    #[schemars(extend("x-ja" = "時間帯（Asia/Tokyo か +09:00）。"))]
    pub timezone: Option<String>,
    /// Where it is.
    #[schemars(extend("x-ja" = "場所。"))]
    pub place: Option<Localized>,
    /// The area it is in.
    #[schemars(extend("x-ja" = "地域の id。"))]
    pub area: Option<String>,
    /// The hospital it is at.
    #[schemars(extend("x-ja" = "会場の病院の id。"))]
    pub hospital: Option<String>,
    /// How many can take part.
    #[schemars(extend("x-ja" = "定員。"))]
    pub capacity: Option<u32>,
    /// Who speaks or leads.
    #[serde(default)]
    #[schemars(extend("x-ja" = "話す人や導く人の id。"))]
    pub people: Vec<String>,
    /// Where to read more or to apply.
    #[schemars(extend("x-ja" = "案内や申し込みの住所。"))]
    pub url: Option<String>,
    /// Who holds it, and whom to write to.
    #[schemars(extend("x-ja" = "主催者と連絡先。"))]
    pub contact: Option<WrittenContact>,
    /// Whether it will be as planned.
    #[serde(default)]
    #[schemars(extend("x-ja" = "予定どおりかどうか。"))]
    pub status: EventStatus,
    /// The day of the last change.
    #[serde(default, deserialize_with = "date::optional")]
    #[schemars(schema_with = "date::schema")]
    #[schemars(extend("x-ja" = "最後に変えた日付。"))]
    pub updated: Option<Date>,
    /// Two sentences about it.
    #[schemars(extend("x-ja" = "二文ほどの紹介。"))]
    pub summary: Option<Localized>,
    /// What must be said about it.
    #[schemars(extend("x-ja" = "注意書き。"))]
    pub note: Option<Localized>,
    /// Where this is from.
    #[schemars(extend("x-ja" = "出典。"))]
    pub source: Option<Localized>,
    /// The day of which this is.
    #[serde(default, deserialize_with = "date::optional")]
    #[schemars(schema_with = "date::schema")]
    #[schemars(extend("x-ja" = "いつの情報か（日付）。"))]
    pub as_of: Option<Date>,
    /// The day by which it will be looked at again.
    #[serde(default, deserialize_with = "date::optional")]
    #[schemars(schema_with = "date::schema")]
    #[schemars(extend("x-ja" = "見直す予定の日付。"))]
    pub next_update: Option<Date>,
    /// Whether it is invented, as an example.
    #[serde(default)]
    #[schemars(extend("x-ja" = "見本（架空の行事）かどうか。"))]
    pub sample: bool,
    /// The last day on which this holds.
    #[serde(default, deserialize_with = "date::optional")]
    #[schemars(schema_with = "date::schema")]
    #[schemars(extend("x-ja" = "この情報が有効な最後の日付。"))]
    pub valid_until: Option<Date>,
}

/// What sort of event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum EventKind {
    /// A study session.
    #[schemars(extend("x-ja" = "勉強会"))]
    Session,
    /// A briefing.
    #[schemars(extend("x-ja" = "説明会"))]
    Briefing,
    /// A visit.
    #[schemars(extend("x-ja" = "見学"))]
    Visit,
    /// A deadline.
    #[schemars(extend("x-ja" = "締め切り"))]
    Deadline,
}

/// Whether an event will be as planned.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum EventStatus {
    /// It will.
    #[default]
    #[schemars(extend("x-ja" = "予定どおり"))]
    Planned,
    /// Its time or place has changed.
    #[schemars(extend("x-ja" = "時間か場所が変わった"))]
    Changed,
    /// It does not take place.
    #[schemars(extend("x-ja" = "中止"))]
    Cancelled,
}

/// A day, or a minute of a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Moment {
    /// The day.
    pub date: Date,
    /// The time, where one is given.
    pub time: Option<Time>,
}

impl Moment {
    /// Reads `2023-07-07`, `2023-07-07 19:00` and `2023-07-07T19:00`.
    ///
    /// # Errors
    /// A sentence about what is wrong with it.
    pub fn parse(text: &str) -> Result<Moment, Message> {
        let Some((day, clock)) = text.trim().split_once([' ', 'T']) else {
            return Ok(Moment { date: date::date(text)?, time: None });
        };
        let digits = |part: &str| part.len() == 2 && part.bytes().all(|byte| byte.is_ascii_digit());
        let (hour, minute) = clock.trim().split_once(':').ok_or_else(not_a_time)?;
        if !(digits(hour) && digits(minute)) {
            return Err(not_a_time());
        }
        let number = |part: &str| part.parse::<i8>().map_err(|_| not_a_time());
        let time = Time::new(number(hour)?, number(minute)?, 0, 0).map_err(|_| no_such_time())?;
        Ok(Moment { date: date::date(day)?, time: Some(time) })
    }
}

fn not_a_time() -> Message {
    say("日時は 2023-07-07 19:00 の形で書きます", "a day and a time are written like 2023-07-07 19:00")
}

fn no_such_time() -> Message {
    say("時刻は 00:00 から 23:59 です", "times are from 00:00 to 23:59")
}

/// As `datetime` in HTML has it: `2023-07-07T19:00`.
impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.date)?;
        self.time.map_or(Ok(()), |time| write!(f, "T{:02}:{:02}", time.hour(), time.minute()))
    }
}

impl Serialize for Moment {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Moment {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Moment, D::Error> {
        deserializer.deserialize_str(MomentVisitor)
    }
}

impl JsonSchema for Moment {
    fn schema_name() -> Cow<'static, str> {
        "Moment".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "x-ja": "日付、または日時（2023-07-07 19:00）。",
            "description": "A day, or a day and a time (2023-07-07 19:00).",
            "type": "string",
            "pattern": date::pattern("(?:[ T]\\s*(?:[01][0-9]|2[0-3]):[0-5][0-9])?"),
        })
    }
}

struct MomentVisitor;

impl Visitor<'_> for MomentVisitor {
    type Value = Moment;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("日時（例: 2023-07-07 19:00）\u{1f}a day and a time such as 2023-07-07 19:00")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Moment, E> {
        Moment::parse(text).map_err(custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_real_times_are_moments() {
        let text = |text| Moment::parse(text).map(|moment| moment.to_string()).map_err(|message| message.en);
        assert_eq!(text("2023-07-07 19:00"), Ok("2023-07-07T19:00".into()));
        assert_eq!(text("2023-07-07T09:05"), Ok("2023-07-07T09:05".into()));
        assert_eq!(text("2023-07-07"), Ok("2023-07-07".into()));
        assert_eq!(text("2023-07-07 25:00"), Err("times are from 00:00 to 23:59".into()));
        assert!(text("2023-07-07 7pm").is_err_and(|message| message.starts_with("a day and a time")));
        assert!(text("2023-02-30 19:00").is_err() && text("2023-07-07 1９:00").is_err());
    }
}
