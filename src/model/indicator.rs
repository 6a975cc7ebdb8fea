//! An indicator: a measure with its unit, its source, and a table of values.

use educe::Educe;
use serde::Serialize;

use super::freshness::{Freshness, Outdated};
use crate::diagnostic::Span;
use crate::locale::{Localized, Period};
use crate::parse::Formula;
pub use crate::parse::data::{Amount, Better, Cell, Mark, Missing, Over};
use crate::parse::tree::Spans;

/// A measure with its values.
#[derive(Debug, Clone, Educe, Serialize)]
#[educe(PartialEq)]
pub struct Indicator {
    /// Its name in formulas.
    pub id: String,
    /// What it measures.
    pub name: Localized,
    /// What it is counted in.
    pub unit: Localized,
    /// Where the values are from.
    pub source: Localized,
    /// The state of the values.
    pub as_of: Period,
    /// What must be said about them.
    pub note: Option<Localized>,
    /// With how many decimals its values are printed: as the file says, or the most that any value was written with.
    pub precision: u32,
    /// In which direction they are better.
    pub better: Option<Better>,
    /// How long the values hold.
    #[serde(skip)]
    pub freshness: Freshness,
    /// In which way they are out of date today.
    pub outdated: Option<Outdated>,
    /// Whether counts below the threshold of the site were kept back.
    pub small_numbers: bool,
    /// What the rows are.
    pub over: Over,
    /// What the columns are, in the order written.
    pub periods: Vec<Period>,
    /// The rows, in the order written.
    pub rows: Vec<Row>,
    /// How the values came about, where they were not written.
    #[educe(PartialEq(method(same_texts)))]
    pub formula: Option<Formula>,
    /// Where its id stands.
    #[educe(PartialEq(ignore))]
    pub span: Span,
    /// Where everything else of it stands.
    #[serde(skip)]
    #[educe(PartialEq(ignore))]
    pub places: Places,
}

/// Where an entry of a data file stands.
#[derive(Debug, Clone, Default)]
pub struct Places {
    /// The places of the file.
    pub spans: Spans,
    /// The entry: `indicators[3]`.
    pub path: String,
}

impl Places {
    /// The value of a field of the entry.
    pub fn value(&self, field: &str) -> Span {
        self.spans.value(&format!("{}.{field}", self.path))
    }

    /// The formula that stands in a field, with its place: without the quotes that YAML may need around it.
    pub fn formula(&self, field: &str, text: &str) -> Formula {
        let (span, path) = (self.value(field), format!("{}.{field}", self.path));
        let text = text.trim();
        let at = self.spans.source(&path).find(text).unwrap_or_default();
        Formula { text: text.to_owned(), span: Span::new(&span.path, span.start + at, span.start + at + text.len()) }
    }
}

/// Whether two formulas are the same, wherever they stand.
fn same_text(one: &Formula, other: &Formula) -> bool {
    one.text == other.text
}

fn same_texts(one: &Option<Formula>, other: &Option<Formula>) -> bool {
    one.as_ref().map(|formula| &formula.text) == other.as_ref().map(|formula| &formula.text)
}

/// An indicator that is still a formula: `derive::figures` makes an [`Indicator`] of it.
#[derive(Debug, Clone, Educe, Serialize)]
#[educe(PartialEq)]
pub struct Derivation {
    /// Its name in formulas.
    pub id: String,
    /// What it measures.
    pub name: Localized,
    /// What it is counted in.
    pub unit: Localized,
    /// Where the values are from, where that is not where those of its inputs are from.
    pub source: Option<Localized>,
    /// The state of the values, where that is not that of its inputs.
    pub as_of: Option<Period>,
    /// What must be said about them.
    pub note: Option<Localized>,
    /// With how many decimals its values are printed.
    pub precision: Option<u32>,
    /// In which direction they are better.
    pub better: Option<Better>,
    /// What the rows are.
    pub over: Over,
    /// Which periods it has, where they are not those of its inputs.
    pub periods: Option<Vec<Period>>,
    /// How long the values hold.
    #[serde(skip)]
    pub freshness: Freshness,
    /// How the values come about.
    #[educe(PartialEq(method(same_text)))]
    pub formula: Formula,
    /// Where its id stands.
    #[educe(PartialEq(ignore))]
    pub span: Span,
    /// Where everything else of it stands.
    #[serde(skip)]
    #[educe(PartialEq(ignore))]
    pub places: Places,
}

/// The values of one area or hospital.
#[derive(Debug, Clone, Educe, Serialize)]
#[educe(PartialEq)]
pub struct Row {
    /// The id of the area or hospital.
    pub entity: String,
    /// A cell for each period.
    pub cells: Vec<Cell>,
    /// Where its name stands; for a derived indicator, where its id does.
    #[educe(PartialEq(ignore))]
    pub span: Span,
    /// The name under which the table has it; nothing for a derived indicator.
    #[serde(skip)]
    pub name: String,
    /// Where each cell stands, for rows of a CSV file or a workbook.
    #[serde(skip)]
    #[educe(PartialEq(ignore))]
    pub places: Vec<Span>,
}

impl Indicator {
    /// Where a value stands: its cell, or the formula that it comes from.
    pub fn place(&self, entity: &str, period: Period) -> Span {
        if let Some(formula) = &self.formula {
            return formula.span.clone();
        }
        let column = self.periods.iter().position(|known| *known == period);
        match (self.row(entity), column) {
            (Some(row), Some(column)) if !row.places.is_empty() => row.places.get(column).unwrap_or(&row.span).clone(),
            (Some(row), Some(column)) => self.places.value(&format!("values.{}[{column}]", row.name)),
            (Some(row), None) => row.span.clone(),
            _ => self.span.clone(),
        }
    }

    /// The values of an area or hospital.
    pub fn row(&self, entity: &str) -> Option<&Row> {
        self.rows.iter().find(|row| row.entity == entity)
    }

    /// One value. `None` where the table has no such row or column.
    pub fn cell(&self, entity: &str, period: Period) -> Option<Cell> {
        let column = self.periods.iter().position(|known| *known == period)?;
        self.row(entity)?.cells.get(column).copied()
    }

    /// The latest period, wherever its column stands.
    pub fn latest(&self) -> Option<Period> {
        self.periods.iter().max().copied()
    }

    /// Whether the values are percentages themselves: what they change by are points, not per cent.
    pub fn is_in_percent(&self) -> bool {
        self.unit.texts().any(|unit| matches!(unit.trim(), "%" | "％" | "percent" | "per cent" | "パーセント"))
    }
}
