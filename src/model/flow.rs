//! A flow table: how many go from each area to each other one.

use educe::Educe;
use serde::Serialize;

use crate::diagnostic::Span;
use crate::locale::{Localized, Period};
pub use crate::parse::data::{Cell, PrintedFlow as Printed};

/// A flow table with its areas resolved.
#[derive(Debug, Clone, Educe, Serialize)]
#[educe(PartialEq)]
pub struct Flow {
    /// Its name in formulas.
    pub id: String,
    /// What it counts.
    pub name: Localized,
    /// What it is counted in.
    pub unit: Localized,
    /// Where the values are from.
    pub source: Localized,
    /// The state of the values.
    pub as_of: Period,
    /// What must be said about them.
    pub note: Option<Localized>,
    /// With how many decimals its values are printed.
    pub precision: u32,
    /// The ids of the areas that people come from, in the order written.
    pub from: Vec<String>,
    /// The ids of the areas that they go to, in the order in which they are first written.
    pub to: Vec<String>,
    /// For each area of `from` a cell for each area of `to`; what the file leaves out is not available.
    pub rows: Vec<Vec<Cell>>,
    /// Whether counts below the threshold of the site were kept back.
    pub small_numbers: bool,
    /// What is printed beside the cells.
    pub printed: Printed,
    /// Where its id stands.
    #[educe(PartialEq(ignore))]
    pub span: Span,
    /// Where each cell of `rows` stands.
    #[serde(skip)]
    #[educe(PartialEq(ignore))]
    pub places: Vec<Vec<Span>>,
}

impl Flow {
    /// How many go from one area to another, by their ids. `None` where the table does not have the one or the other.
    pub fn cell(&self, from: &str, to: &str) -> Option<Cell> {
        let row = self.from.iter().position(|area| area == from)?;
        let column = self.to.iter().position(|area| area == to)?;
        self.rows.get(row)?.get(column).copied()
    }

    /// Where that cell stands; the table, where there is none.
    pub fn place(&self, from: &str, to: &str) -> Span {
        let row = self.from.iter().position(|area| area == from);
        let column = self.to.iter().position(|area| area == to);
        let place = row.zip(column).and_then(|(row, column)| self.places.get(row)?.get(column));
        place.unwrap_or(&self.span).clone()
    }
}
