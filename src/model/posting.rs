//! A posting, with its hospital, area and programme resolved.

use educe::Educe;
use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::Serialize;

use super::freshness::{Freshness, as_text};
use super::programme::Contact;
use crate::diagnostic::Span;
use crate::locale::Localized;
pub use crate::parse::data::{Employment, Per};

/// A place that a hospital offers.
#[derive(Debug, Clone, Educe, Serialize)]
#[educe(PartialEq)]
pub struct Posting {
    /// What other files call it, and the name of its page.
    pub id: String,
    /// What the job is called.
    pub title: Localized,
    /// The title in kana.
    pub reading: Option<String>,
    /// The id of the hospital that employs.
    pub hospital: String,
    /// The id of the training programme that it belongs to.
    pub programme: Option<String>,
    /// The id of the area where the work is: its own, or that of the hospital.
    pub area: Option<String>,
    /// Whether the work is elsewhere than at the hospital.
    pub elsewhere: bool,
    /// The kind of employment.
    pub employment: Vec<Employment>,
    /// How many are taken.
    pub places: Option<u32>,
    /// What is paid.
    pub salary: Option<Salary>,
    /// The day on which it was posted.
    #[serde(serialize_with = "day_as_text")]
    pub posted: Date,
    /// The first day of work.
    #[serde(serialize_with = "as_text")]
    pub begins: Option<Date>,
    /// What applicants must have.
    pub requirements: Vec<Localized>,
    /// How to apply, in words.
    pub how: Option<Localized>,
    /// Where to apply.
    pub url: Option<String>,
    /// Whom to write to.
    pub contact: Option<Contact>,
    /// What the work is.
    pub summary: Localized,
    /// What must be said about it.
    pub note: Option<Localized>,
    /// Where this is from.
    pub source: Option<Localized>,
    /// The day of which this is.
    #[serde(serialize_with = "as_text")]
    pub as_of: Option<Date>,
    /// How long this holds: until the last day for applications.
    #[serde(skip)]
    pub freshness: Freshness,
    /// Whether it is invented, as an example, or its hospital is.
    pub sample: bool,
    /// Where its id stands.
    #[educe(PartialEq(ignore))]
    pub span: Span,
}

fn day_as_text<S: serde::Serializer>(date: &Date, serializer: S) -> Result<S::Ok, S::Error> {
    as_text(&Some(*date), serializer)
}

/// What is paid for a stretch of time.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Salary {
    /// The least.
    pub least: Decimal,
    /// The most, where it is not the same.
    pub most: Option<Decimal>,
    /// The currency by its three letters.
    pub currency: String,
    /// For how long a stretch of work.
    pub per: Per,
    /// What comes on top, in words.
    pub note: Option<Localized>,
}

impl Posting {
    /// The last day for applications.
    pub fn deadline(&self) -> Option<Date> {
        self.freshness.valid_until
    }

    /// Whether nobody can apply any more on the day `today`.
    pub fn is_closed(&self, today: Date) -> bool {
        self.deadline().is_some_and(|last| last < today)
    }
}
