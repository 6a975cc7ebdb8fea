//! Freshness: what is past the day until which it holds, or by which it was to be renewed.

use jiff::civil::Date;
use serde::Serialize;

use crate::parse::FrontMatter;

/// The dates of a thing that grows old.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Freshness {
    /// The day by which it is to be renewed.
    pub next_update: Option<Date>,
    /// The last day on which it holds.
    pub valid_until: Option<Date>,
}

/// In which way a thing is out of date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Outdated {
    /// It held until that day.
    Expired(Date),
    /// It was to be renewed by that day.
    Due(Date),
}

impl FrontMatter {
    /// The dates of a page, as written on it.
    pub fn freshness(&self) -> Freshness {
        Freshness { next_update: self.next_update, valid_until: self.valid_until }
    }
}

impl Freshness {
    /// What is out of date on the day `today`.
    pub fn on(&self, today: Date) -> Option<Outdated> {
        let past = |date: &Date| *date < today;
        let expired = self.valid_until.filter(past).map(Outdated::Expired);
        expired.or_else(|| self.next_update.filter(past).map(Outdated::Due))
    }
}

impl Outdated {
    /// The day that is past.
    pub fn day(self) -> Date {
        match self {
            Outdated::Expired(day) | Outdated::Due(day) => day,
        }
    }

    /// The name in classes and messages.
    pub fn name(self) -> &'static str {
        match self {
            Outdated::Expired(_) => "expired",
            Outdated::Due(_) => "due",
        }
    }
}

impl Serialize for Outdated {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&format_args!("{} {}", self.name(), self.day()))
    }
}

/// For `#[serde(serialize_with = "freshness::as_text")]`.
///
/// # Errors
/// Those of the serializer.
pub fn as_text<S: serde::Serializer>(date: &Option<Date>, serializer: S) -> Result<S::Ok, S::Error> {
    date.map(|date| date.to_string()).serialize(serializer)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_day_is_past_when_the_next_one_comes() {
        let dates = Freshness { next_update: Some(date(2026, 4, 1)), valid_until: Some(date(2026, 6, 30)) };
        assert_eq!(dates.on(date(2026, 4, 1)), None);
        assert_eq!(dates.on(date(2026, 4, 2)), Some(Outdated::Due(date(2026, 4, 1))));
        assert_eq!(dates.on(date(2026, 6, 30)), Some(Outdated::Due(date(2026, 4, 1))));
        assert_eq!(dates.on(date(2026, 7, 1)), Some(Outdated::Expired(date(2026, 6, 30))));
        assert_eq!(Freshness::default().on(date(9999, 1, 1)), None);
    }
}
