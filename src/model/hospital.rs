//! A hospital or clinic, with its area resolved.

use educe::Educe;
use jiff::civil::Date;
use serde::Serialize;

use super::freshness::as_text;
use crate::diagnostic::Span;
use crate::locale::Localized;
pub use crate::parse::data::{HospitalKind, Point};

/// A hospital.
#[derive(Debug, Clone, Educe, Serialize)]
#[educe(PartialEq)]
pub struct Hospital {
    /// What the data calls it, and the name of its page.
    pub id: String,
    /// Its name.
    pub name: Localized,
    /// The name in kana.
    pub reading: Option<String>,
    /// Its part in clinical training.
    pub kind: HospitalKind,
    /// The id of the area it stands in.
    pub area: Option<String>,
    /// Its address.
    pub address: Option<Localized>,
    /// Where it stands on the globe.
    pub point: Option<Point>,
    /// How many beds it has.
    pub beds: Option<u32>,
    /// Its departments.
    pub departments: Vec<Localized>,
    /// What it is designated as.
    pub designations: Vec<Localized>,
    /// How many trainees it takes a year.
    pub trainee_places: Option<u32>,
    /// Its website.
    pub url: Option<String>,
    /// Its telephone number.
    pub phone: Option<String>,
    /// Its mail address.
    pub email: Option<String>,
    /// How to come and see it.
    pub visit: Option<Localized>,
    /// Two sentences about it.
    pub summary: Option<Localized>,
    /// What must be said about the figures.
    pub note: Option<Localized>,
    /// Where the figures are from.
    pub source: Option<Localized>,
    /// The day of the figures.
    #[serde(serialize_with = "as_text")]
    pub as_of: Option<Date>,
    /// Whether it is invented, as an example.
    pub sample: bool,
    /// Other names under which tables have it.
    pub aliases: Vec<String>,
    /// Where its id stands.
    #[educe(PartialEq(ignore))]
    pub span: Span,
}
