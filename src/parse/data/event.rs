//! Events as written: study sessions, briefings, visits, deadlines.

use std::fmt;

use jiff::civil::{Date, Time};
use serde::de::{Error, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::diagnostic::{Message, say};
use crate::locale::Localized;
use crate::parse::date;
use crate::parse::tree::custom;

/// Something that takes place at a time.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WrittenEvent {
    /// What other files call it, and the name of its page.
    pub id: String,
    /// Its name.
    pub name: Localized,
    /// What sort of event it is.
    pub kind: EventKind,
    /// When it begins.
    pub start: Moment,
    /// When it ends.
    pub end: Option<Moment>,
    /// The time zone of both: Asia/Tokyo, or an offset such as +09:00.
    pub timezone: Option<String>,
    /// Where it is.
    pub place: Option<Localized>,
    /// The area it is in.
    pub area: Option<String>,
    /// The hospital it is at.
    pub hospital: Option<String>,
    /// How many can take part.
    pub capacity: Option<u32>,
    /// Who speaks or leads.
    #[serde(default)]
    pub people: Vec<String>,
    /// Where to read more or to apply.
    pub url: Option<String>,
    /// Whether it will be as planned.
    #[serde(default)]
    pub status: EventStatus,
    /// The day of the last change.
    #[serde(default, deserialize_with = "date::optional")]
    pub updated: Option<Date>,
    /// Two sentences about it.
    pub summary: Option<Localized>,
    /// What must be said about it.
    pub note: Option<Localized>,
    /// Where this is from.
    pub source: Option<Localized>,
    /// The day of which this is.
    #[serde(default, deserialize_with = "date::optional")]
    pub as_of: Option<Date>,
    /// The day by which it will be looked at again.
    #[serde(default, deserialize_with = "date::optional")]
    pub next_update: Option<Date>,
    /// The last day on which this holds.
    #[serde(default, deserialize_with = "date::optional")]
    pub valid_until: Option<Date>,
}

/// What sort of event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum EventKind {
    /// 勉強会
    Session,
    /// 説明会
    Briefing,
    /// 見学
    Visit,
    /// 締め切り
    Deadline,
}

/// Whether an event will be as planned.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum EventStatus {
    /// It will.
    #[default]
    Planned,
    /// Its time or place has changed.
    Changed,
    /// It does not take place.
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
