//! A training programme with its departments and hospitals resolved, and the rules that it is held to.

use educe::Educe;
use jiff::civil::{Date, Weekday};
use serde::Serialize;

use super::freshness::{Freshness, Outdated, as_text};
use crate::diagnostic::Span;
use crate::locale::Localized;
use crate::parse::data::WrittenContact;
pub use crate::parse::data::{Category, PlaceKind, ProgrammeKind, RulePlace, Starts, Unit};

/// A training programme.
#[derive(Debug, Clone, Educe, Serialize)]
#[educe(PartialEq)]
pub struct Programme {
    /// What other files call it, and the name of its page.
    pub id: String,
    /// Its name.
    pub name: Localized,
    /// The name in kana.
    pub reading: Option<String>,
    /// What sort of training it is.
    pub kind: ProgrammeKind,
    /// In what its blocks are counted.
    pub unit: Unit,
    /// The id of the department that offers it.
    pub department: Option<String>,
    /// The id of the hospital that offers it.
    pub hospital: Option<String>,
    /// The year in which its trainees begin.
    pub intake_year: Option<u16>,
    /// On which day of April a year begins.
    pub starts: Starts,
    /// The ids of the rule sets that it is held to.
    pub rule_sets: Vec<String>,
    /// Its courses.
    pub courses: Vec<Course>,
    /// How many trainees it takes a year.
    pub places: Option<u32>,
    /// How many supervising physicians there are.
    pub supervisors: Option<u32>,
    /// What trainees are paid.
    pub pay: Option<Localized>,
    /// Where trainees live.
    pub housing: Option<Localized>,
    /// How often trainees are on duty.
    pub duty: Option<Localized>,
    /// How to apply.
    pub applications: Option<Applications>,
    /// Whom to write to.
    pub contact: Option<Contact>,
    /// How to come and see it.
    pub visits: Option<Localized>,
    /// Where to read more.
    pub url: Option<String>,
    /// Two sentences about it.
    pub summary: Option<Localized>,
    /// What must be said about it.
    pub note: Option<Localized>,
    /// Where this is from.
    pub source: Localized,
    /// The day of which this is.
    #[serde(serialize_with = "day_as_text")]
    pub as_of: Date,
    /// How long this holds.
    #[serde(skip)]
    pub freshness: Freshness,
    /// In which way it is out of date.
    pub outdated: Option<Outdated>,
    /// Whether it is invented, as an example.
    pub sample: bool,
    /// Where its id stands.
    #[educe(PartialEq(ignore))]
    pub span: Span,
}

fn day_as_text<S: serde::Serializer>(date: &Date, serializer: S) -> Result<S::Ok, S::Error> {
    as_text(&Some(*date), serializer)
}

/// How to apply.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Applications {
    /// The first day.
    #[serde(serialize_with = "as_text")]
    pub from: Option<Date>,
    /// The last day.
    #[serde(serialize_with = "as_text")]
    pub until: Option<Date>,
    /// How, in words.
    pub how: Option<Localized>,
    /// Where.
    pub url: Option<String>,
}

/// Whom to write to.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Contact {
    /// The office.
    pub name: Localized,
    /// Its mail address.
    pub email: Option<String>,
    /// Its telephone number.
    pub phone: Option<String>,
}

impl Contact {
    /// As somebody wrote it.
    pub fn of(written: &WrittenContact) -> Contact {
        Contact { name: written.name.clone(), email: written.email.clone(), phone: written.phone.clone() }
    }
}

/// One way through a programme.
#[derive(Debug, Clone, Educe, Serialize)]
#[educe(PartialEq)]
pub struct Course {
    /// What panels call it.
    pub id: String,
    /// Its name.
    pub name: Localized,
    /// For whom it is.
    pub summary: Option<Localized>,
    /// What must be said about it.
    pub note: Option<Localized>,
    /// What of it is a reading and does not stand in the source.
    pub inferred: Option<Localized>,
    /// Its years.
    pub years: Vec<Year>,
    /// Where its id stands.
    #[educe(PartialEq(ignore))]
    pub span: Span,
}

/// A year of a course.
#[derive(Debug, Clone, Educe, Serialize)]
#[educe(PartialEq)]
pub struct Year {
    /// Where it is.
    pub place: Place,
    /// What follows what.
    pub blocks: Vec<Block>,
    /// What runs beside the blocks.
    pub parallel: Vec<Parallel>,
    /// What must be said about it.
    pub note: Option<Localized>,
    /// Where its blocks stand.
    #[educe(PartialEq(ignore))]
    pub span: Span,
}

/// Where training is.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Place {
    /// The ids of the hospitals, one of which it is.
    pub hospitals: Vec<String>,
    /// The place in words.
    pub name: Option<Localized>,
    /// Its part in clinical training.
    pub kind: Option<PlaceKind>,
    /// Whether it lies where physicians are short, as the plan says.
    pub shortage: Option<bool>,
}

/// A shortest and a longest length.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Range {
    /// The shortest.
    pub least: u32,
    /// The longest.
    pub most: u32,
}

/// A part of a year.
#[derive(Debug, Clone, Educe, Serialize)]
#[educe(PartialEq)]
pub struct Block {
    /// What it is: one department, or several of which one is chosen.
    pub options: Vec<Assignment>,
    /// What it is called, where that is not the name of the department.
    pub name: Option<Localized>,
    /// How long it is, in the unit of the programme.
    pub length: Range,
    /// With which week or month of the year it says to begin, from 1.
    pub from: Option<u32>,
    /// Whether everybody does it.
    pub category: Category,
    /// Where it is, if not where the year is.
    pub place: Option<Place>,
    /// What must be said about it.
    pub note: Option<Localized>,
    /// Where it stands.
    #[educe(PartialEq(ignore))]
    pub span: Span,
}

/// A department with the parts of it that are meant.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Assignment {
    /// The id of the department.
    pub department: String,
    /// Its parts; none where the whole is meant.
    pub tracks: Vec<Track>,
}

/// A part of a department.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Track {
    /// The id of the department that it is, where there is one.
    pub department: Option<String>,
    /// As written.
    pub text: String,
}

/// Training beside the blocks.
#[derive(Debug, Clone, Educe, Serialize)]
#[educe(PartialEq)]
pub struct Parallel {
    /// What it is.
    pub assignment: Assignment,
    /// As how many half-days it is given.
    pub half_days: Option<u32>,
    /// As how long it is given, in the unit of the programme.
    pub length: Option<Range>,
    /// From which to which week or month of the year it runs.
    pub during: Option<Range>,
    /// What must be said about it.
    pub note: Option<Localized>,
    /// Where it stands.
    #[educe(PartialEq(ignore))]
    pub span: Span,
}

/// A department.
#[derive(Debug, Clone, Educe, Serialize)]
#[educe(PartialEq)]
pub struct Department {
    /// What rules and plans call it.
    pub id: String,
    /// Its name.
    pub name: Localized,
    /// The id of the department that it is a part of.
    pub parent: Option<String>,
    /// Other names.
    pub aliases: Vec<String>,
    /// Where its id stands.
    #[educe(PartialEq(ignore))]
    pub span: Span,
}

/// The department that stands for any that a trainee chooses.
pub const FREE_CHOICE: &str = "free-choice";

/// Rules that programmes are held to.
#[derive(Debug, Clone, Educe, Serialize)]
#[educe(PartialEq)]
pub struct RuleSet {
    /// What programmes call it.
    pub id: String,
    /// Its name.
    pub name: Localized,
    /// The programmes that it is for where they name no rules.
    pub applies_to: Vec<ProgrammeKind>,
    /// The first intake that it is for.
    pub intake_from: Option<u16>,
    /// The last intake that it is for.
    pub intake_until: Option<u16>,
    /// In what its amounts are counted.
    pub unit: Unit,
    /// Where the rules are written.
    pub source: Localized,
    /// Where the text can be read.
    pub url: Option<String>,
    /// What must be said about all of it.
    pub note: Option<Localized>,
    /// The rules.
    pub rules: Vec<Rule>,
    /// Where its id stands.
    #[educe(PartialEq(ignore))]
    pub span: Span,
}

/// One rule.
#[derive(Debug, Clone, Educe, Serialize)]
#[educe(PartialEq)]
pub struct Rule {
    /// What it asks, where the names of its departments do not say it.
    pub name: Option<Localized>,
    /// The ids of the departments whose time counts; all where there are none.
    pub departments: Vec<String>,
    /// What counts too, and up to how much.
    pub also: Option<(String, u32)>,
    /// How much it must be.
    pub at_least: Option<u32>,
    /// How much it may be.
    pub at_most: Option<u32>,
    /// How much it had better be.
    pub desirable: Option<u32>,
    /// The year in which it must be, from 1.
    pub year: Option<u32>,
    /// Where it must be.
    pub at: Option<RulePlace>,
    /// The codes of the prefectures that are meant by a shortage.
    pub prefectures: Vec<String>,
    /// Whether a plan may say nothing of it, because it runs beside other training.
    pub parallel: bool,
    /// Whether it is advice and no condition.
    pub advice: bool,
    /// What the text leaves open.
    pub note: Option<Localized>,
    /// Where it stands.
    #[educe(PartialEq(ignore))]
    pub span: Span,
}

impl Programme {
    /// The course of that id.
    pub fn course(&self, id: &str) -> Option<&Course> {
        self.courses.iter().find(|course| course.id == id)
    }

    /// The first day of a year of training, from 1, where it is known when trainees begin.
    pub fn first_day(&self, year: usize) -> Option<Date> {
        let intake = i16::try_from(self.intake_year?).ok()?;
        let calendar = intake.checked_add(i16::try_from(year).ok()?.checked_sub(1)?)?;
        let first = Date::new(calendar, 4, 1).ok()?;
        match self.starts {
            Starts::FirstOfApril => Some(first),
            Starts::FirstMonday => first.nth_weekday_of_month(1, Weekday::Monday).ok(),
        }
    }
}

impl Range {
    /// A length that is settled.
    pub fn exactly(length: u32) -> Range {
        Range { least: length, most: length }
    }

    /// Whether it is settled.
    pub fn is_exact(&self) -> bool {
        self.least == self.most
    }
}

impl RuleSet {
    /// Whether it is for trainees who begin in `year`; where nobody says when they do, for those who begin now.
    pub fn is_for(&self, year: Option<u16>) -> bool {
        match year {
            Some(year) => {
                self.intake_from.is_none_or(|from| from <= year) && self.intake_until.is_none_or(|until| year <= until)
            }
            None => self.intake_until.is_none(),
        }
    }
}
