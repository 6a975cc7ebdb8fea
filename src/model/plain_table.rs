//! A plain table: what an office keeps in columns, for panels and templates to show as it is.

use educe::Educe;
use serde::Serialize;

use crate::diagnostic::Span;
use crate::locale::{Localized, Period};
pub use crate::parse::data::{TableCell, TableColumn};

/// A plain table.
#[derive(Debug, Clone, Educe, Serialize)]
#[educe(PartialEq)]
pub struct Table {
    /// What other files call it.
    pub id: String,
    /// What it shows.
    pub name: Localized,
    /// Where it is from.
    pub source: Localized,
    /// Its state.
    pub as_of: Period,
    /// What must be said about it.
    pub note: Option<Localized>,
    /// Its columns.
    pub columns: Vec<TableColumn>,
    /// Its rows: a cell for each column.
    pub rows: Vec<Vec<TableCell>>,
    /// Where its id stands.
    #[educe(PartialEq(ignore))]
    pub span: Span,
    /// Where each row stands.
    #[serde(skip)]
    #[educe(PartialEq(ignore))]
    pub places: Vec<Span>,
}

impl Table {
    /// Where a column stands.
    pub fn column(&self, id: &str) -> Option<usize> {
        self.columns.iter().position(|column| column.id == id)
    }
}
