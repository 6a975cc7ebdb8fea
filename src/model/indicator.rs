//! An indicator: a measure with its unit, its source, and a table of values.

use serde::Serialize;

use super::freshness::{Freshness, Outdated};
use crate::diagnostic::Span;
use crate::locale::{Localized, Period};
pub use crate::parse::data::{Amount, Better, Cell, Mark, Missing, Over};

/// A measure with its values.
#[derive(Debug, Clone, PartialEq, Serialize)]
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
    /// Where its id stands.
    pub span: Span,
}

/// The values of one area or hospital.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Row {
    /// The id of the area or hospital.
    pub entity: String,
    /// A cell for each period.
    pub cells: Vec<Cell>,
    /// Where its name stands.
    pub span: Span,
}

impl Indicator {
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
