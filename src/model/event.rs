//! An event, with its time zone settled and the people, places and hospitals it names resolved.

use educe::Educe;
use jiff::civil::Date;
use serde::Serialize;

use super::freshness::{Freshness, as_text};
use super::programme::Contact;
use crate::diagnostic::Span;
use crate::locale::Localized;
pub use crate::parse::data::{EventKind, EventStatus, Moment};

/// Something that takes place at a time.
#[derive(Debug, Clone, Educe, Serialize)]
#[educe(PartialEq)]
pub struct Event {
    /// What other files call it, and the name of its page.
    pub id: String,
    /// Its name.
    pub name: Localized,
    /// The name in kana.
    pub reading: Option<String>,
    /// What sort of event it is.
    pub kind: EventKind,
    /// When it begins.
    pub start: Moment,
    /// When it ends.
    pub end: Option<Moment>,
    /// When it was to begin before that was changed.
    pub previous_start: Option<Moment>,
    /// The time zone of them.
    pub zone: Zone,
    /// Where it is.
    pub place: Option<Localized>,
    /// The id of the area it is in.
    pub area: Option<String>,
    /// The id of the hospital it is at.
    pub hospital: Option<String>,
    /// How many can take part.
    pub capacity: Option<u32>,
    /// The ids of those who speak or lead.
    pub people: Vec<String>,
    /// Where to read more or to apply.
    pub url: Option<String>,
    /// Who holds it, and whom to write to.
    pub contact: Option<Contact>,
    /// Whether it will be as planned.
    pub status: EventStatus,
    /// The day of the last change.
    #[serde(serialize_with = "as_text")]
    pub updated: Option<Date>,
    /// Two sentences about it.
    pub summary: Option<Localized>,
    /// What must be said about it.
    pub note: Option<Localized>,
    /// Where this is from.
    pub source: Option<Localized>,
    /// The day of which this is.
    #[serde(serialize_with = "as_text")]
    pub as_of: Option<Date>,
    /// How long this holds.
    #[serde(skip)]
    pub freshness: Freshness,
    /// Whether it is invented, as an example.
    pub sample: bool,
    /// Where its id stands.
    #[educe(PartialEq(ignore))]
    pub span: Span,
    /// Where each of `people` stands.
    #[educe(PartialEq(ignore))]
    pub people_spans: Vec<Span>,
}

/// A time zone: its name and how far it is ahead of UTC.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Zone {
    /// As written: `Asia/Tokyo`, `+09:00`.
    pub name: String,
    /// Minutes ahead of UTC.
    pub minutes: i32,
}

impl Zone {
    /// The zone of that name: Japan's, UTC, or an offset between -12:00 and +14:00. Other places change their clocks,
    /// which takes a list of rules that Kairan does not have.
    pub fn parse(name: &str) -> Option<Zone> {
        let zone = |minutes| Some(Zone { name: name.to_owned(), minutes });
        match name {
            "Asia/Tokyo" | "Japan" | "JST" => return zone(9 * 60),
            "UTC" | "Etc/UTC" | "Z" => return zone(0),
            _ => {}
        }
        let (sign, clock) = match name.strip_prefix('+') {
            Some(clock) => (1, clock),
            None => (-1, name.strip_prefix('-')?),
        };
        let (hours, minutes) = clock.split_once(':')?;
        let digits = |part: &str| part.len() == 2 && part.bytes().all(|byte| byte.is_ascii_digit());
        if !(digits(hours) && digits(minutes)) {
            return None;
        }
        let (hours, minutes): (i32, i32) = (hours.parse().ok()?, minutes.parse().ok()?);
        let offset = sign * (hours * 60 + minutes);
        if minutes < 60 && (-12 * 60..=14 * 60).contains(&offset) { zone(offset) } else { None }
    }

    /// `+09:00`, as dates with a time carry it.
    pub fn offset(&self) -> String {
        let sign = if self.minutes < 0 { '-' } else { '+' };
        format!("{sign}{:02}:{:02}", self.minutes.abs() / 60, self.minutes.abs() % 60)
    }
}

impl Event {
    /// The last day of the event.
    pub fn last_day(&self) -> Date {
        self.end.map_or(self.start.date, |end| end.date)
    }

    /// Whether it has yet to come to its end, so that what is said of it matters.
    pub fn is_coming(&self, today: Date) -> bool {
        self.last_day() >= today && self.status != EventStatus::Cancelled
    }

    /// Whether it is over on the day `today`, or what is said of it no longer holds.
    pub fn is_past(&self, today: Date) -> bool {
        self.last_day() < today || self.freshness.valid_until.is_some_and(|until| until < today)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zones_are_japan_and_fixed_offsets() {
        let minutes = |name| Zone::parse(name).map(|zone| (zone.minutes, zone.offset()));
        assert_eq!(minutes("Asia/Tokyo"), Some((540, "+09:00".into())));
        assert_eq!(minutes("-03:30"), Some((-210, "-03:30".into())));
        for name in ["Asia/Tokio", "+9", "+15:00", "Europe/Berlin", "", "+09:60", "+０9:00"] {
            assert_eq!(minutes(name), None, "{name}");
        }
    }
}
