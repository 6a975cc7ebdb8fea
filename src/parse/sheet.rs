//! Sheets: tables as spreadsheets keep them, read from CSV files and XLSX workbooks, each cell with its place.
//!
//! What a sheet means (which row is the heading, which column names areas) its YAML record says, and `model` joins the
//! two. So a file that no record names is nobody's business: what is wrong with it is kept, and told only when asked for.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use jiff::civil::Date;
use rust_decimal::Decimal;

use crate::diagnostic::{Diagnostic, Span};
use crate::read::Source;

pub mod csv;
mod unseen;
mod xlsx;

pub use unseen::Unseen;

/// The most cells of one file. A country's municipalities over fifty years are a tenth of it.
pub const MOST_CELLS: usize = 1_000_000;

/// A CSV file or a workbook.
#[derive(Debug, Clone)]
pub struct BookDocument {
    /// The file.
    pub path: Arc<str>,
    /// Its sheets, or why there are none.
    pub sheets: Result<Vec<Sheet>, Diagnostic>,
}

/// A grid of cells. Rows and columns are counted from 0.
#[derive(Debug, Clone, Default)]
pub struct Sheet {
    /// Its name in the workbook; empty for CSV.
    pub name: String,
    /// Whether it is hidden in the workbook.
    pub hidden: bool,
    /// How a CSV file is written.
    pub encoding: Option<csv::Encoding>,
    /// Why its cells could not be read.
    pub fault: Option<String>,
    /// Regions of cells that are one cell to the eye.
    pub merged: Vec<Region>,
    /// What a workbook keeps beside its cells.
    pub unseen: Unseen,
    cells: BTreeMap<(u32, u32), SheetCell>,
}

/// A cell and where it stands.
#[derive(Debug, Clone, PartialEq)]
pub struct SheetCell {
    /// What stands in it.
    pub content: Content,
    /// Whether a formula of a workbook makes it.
    pub formula: bool,
    /// Whether colours or a line through it say something of it.
    pub marked: bool,
    /// Its bytes in the decoded text of a CSV file.
    pub bytes: Option<Range<usize>>,
}

/// What stands in a cell.
#[derive(Debug, Clone, PartialEq)]
pub enum Content {
    /// Text, as typed; in CSV everything is.
    Text(String),
    /// A number of a workbook.
    Number {
        /// The number; of a cell in per cent, what stands before the sign.
        value: Decimal,
        /// Whether it is shown in per cent.
        percent: bool,
        /// With how many decimals it is shown, where the cell says so.
        decimals: Option<u32>,
    },
    /// A day.
    Date(Date),
    /// A formula that nobody has computed yet.
    Uncomputed,
    /// What a spreadsheet shows where a formula fails: `#DIV/0!`.
    Fault(String),
}

/// A rectangle of cells, both corners within.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Region {
    /// The first row.
    pub top: u32,
    /// The first column.
    pub left: u32,
    /// The last row.
    pub bottom: u32,
    /// The last column.
    pub right: u32,
}

/// Reads a CSV file or a workbook.
pub fn document(source: &Source) -> BookDocument {
    let sheets = match source.extension().as_str() {
        "xlsx" | "xlsm" => xlsx::sheets(source),
        _ => csv::sheet(source).map(|sheet| vec![sheet]),
    };
    BookDocument { path: source.path.clone(), sheets }
}

/// Whether a file is read as sheets.
pub fn is_book(extension: &str) -> bool {
    matches!(extension, "csv" | "tsv" | "xlsx" | "xlsm")
}

impl Sheet {
    /// Puts a cell in its place. `false` where the sheet is full.
    fn put(&mut self, row: u32, column: u32, cell: SheetCell) -> bool {
        self.cells.insert((row, column), cell);
        self.cells.len() <= MOST_CELLS
    }

    /// How many cells there are.
    pub fn len(&self) -> usize {
        self.cells.len()
    }

    /// Whether there is nothing to read.
    pub fn is_empty(&self) -> bool {
        self.cells.values().all(|cell| cell.content.is_blank())
    }

    /// The cell, where something was ever written.
    pub fn cell(&self, row: u32, column: u32) -> Option<&SheetCell> {
        self.cells.get(&(row, column))
    }

    /// What stands in a cell, as text without space around it; empty where nothing does.
    pub fn text(&self, row: u32, column: u32) -> String {
        self.cell(row, column).map(|cell| cell.content.text()).unwrap_or_default()
    }

    /// Whether nothing stands in a cell.
    pub fn is_blank(&self, row: u32, column: u32) -> bool {
        self.cell(row, column).is_none_or(|cell| cell.content.is_blank())
    }

    /// The cells of a row that hold something, within a region.
    pub fn row(&self, row: u32, within: &Region) -> impl Iterator<Item = (u32, &SheetCell)> {
        let cells = self.cells.range((row, within.left)..=(row, within.right));
        cells.filter(|(_, cell)| !cell.content.is_blank()).map(|((_, column), cell)| (*column, cell))
    }

    /// The smallest region that holds everything.
    pub fn extent(&self) -> Option<Region> {
        let mut filled = self.cells.iter().filter(|(_, cell)| !cell.content.is_blank()).map(|(place, _)| *place);
        let (row, column) = filled.next()?;
        let first = Region { top: row, left: column, bottom: row, right: column };
        Some(filled.fold(first, |region, (row, column)| Region {
            top: region.top.min(row),
            left: region.left.min(column),
            bottom: region.bottom.max(row),
            right: region.right.max(column),
        }))
    }

    /// The first cell of the merged region around a cell, or the cell itself.
    pub fn seen_at(&self, row: u32, column: u32) -> (u32, u32) {
        let around = self.merged.iter().find(|region| region.holds(row, column));
        around.map_or((row, column), |region| (region.top, region.left))
    }

    /// Where a cell of a CSV file stands; for a cell that is not there, the end of what stands before it.
    pub fn span(&self, path: &Arc<str>, row: u32, column: u32) -> Option<Span> {
        if let Some(bytes) = self.cell(row, column).and_then(|cell| cell.bytes.clone()) {
            return Some(Span::new(path, bytes.start, bytes.end));
        }
        let before = self.cells.range(..(row, column)).next_back()?.1;
        before.bytes.as_ref().map(|bytes| Span::new(path, bytes.end, bytes.end))
    }
}

impl Content {
    /// As text without space around it.
    pub fn text(&self) -> String {
        match self {
            Content::Text(text) => text.trim().to_owned(),
            Content::Number { value, percent: false, .. } => value.to_string(),
            Content::Number { value, percent: true, .. } => format!("{value}%"),
            Content::Date(date) => date.to_string(),
            Content::Uncomputed => String::new(),
            Content::Fault(sign) => sign.clone(),
        }
    }

    fn is_blank(&self) -> bool {
        matches!(self, Content::Text(text) if text.trim().is_empty())
    }
}

impl Region {
    /// Whether a cell lies within.
    pub fn holds(&self, row: u32, column: u32) -> bool {
        (self.top..=self.bottom).contains(&row) && (self.left..=self.right).contains(&column)
    }

    /// Reads `B3:H20`, in either order of corners; `B3` alone begins there and ends with `whole`.
    pub fn parse(text: &str, whole: &Region) -> Option<Region> {
        let text = text.trim().replace('$', "").replace('：', ":");
        let Some((first, last)) = text.split_once(':') else {
            let (top, left) = cell_of(&text)?;
            return Some(Region { top, left, bottom: whole.bottom.max(top), right: whole.right.max(left) });
        };
        let ((row, column), (other_row, other_column)) = (cell_of(first.trim())?, cell_of(last.trim())?);
        Some(Region {
            top: row.min(other_row),
            left: column.min(other_column),
            bottom: row.max(other_row),
            right: column.max(other_column),
        })
    }
}

/// Row and column of `B7`.
fn cell_of(name: &str) -> Option<(u32, u32)> {
    let digits = name.find(|letter: char| letter.is_ascii_digit())?;
    let (letters, row) = name.split_at(digits);
    if letters.is_empty() || letters.len() > 3 {
        return None;
    }
    let column = letters.chars().try_fold(0u32, |column, letter| {
        letter.is_ascii_alphabetic().then(|| column * 26 + (letter.to_ascii_uppercase() as u32 - 'A' as u32 + 1))
    })?;
    let row: u32 = row.parse().ok().filter(|row| (1..=1_048_576).contains(row))?;
    Some((row - 1, column - 1))
}

/// `B7`, of a row and a column counted from 0.
pub fn cell_name(row: u32, column: u32) -> String {
    format!("{}{}", column_name(column), row.saturating_add(1))
}

fn column_name(column: u32) -> String {
    let mut letters = Vec::new();
    let mut rest = column;
    loop {
        letters.push(char::from(b'A' + (rest % 26) as u8));
        match rest / 26 {
            0 => break,
            next => rest = next - 1,
        }
    }
    letters.into_iter().rev().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_have_the_names_that_spreadsheets_show() {
        for (name, place) in [("A1", (0, 0)), ("B7", (6, 1)), ("Z9", (8, 25)), ("AA1", (0, 26)), ("XFD3", (2, 16383))] {
            assert_eq!(cell_of(name), Some(place));
            assert_eq!(cell_name(place.0, place.1), name);
        }
        for nonsense in ["", "7", "B", "B0", "ABCD1", "B-1", "あ1", "B99999999999"] {
            assert_eq!(cell_of(nonsense), None, "{nonsense}");
        }
        assert_eq!(cell_name(u32::MAX, u32::MAX), cell_name(u32::MAX, u32::MAX));
    }

    #[test]
    fn ranges_are_read_in_any_order() {
        let whole = Region { top: 0, left: 0, bottom: 9, right: 4 };
        let region = Region { top: 2, left: 1, bottom: 19, right: 7 };
        for text in ["B3:H20", "$B$3:$H$20", "H20:B3", "b3：h20"] {
            assert_eq!(Region::parse(text, &whole), Some(region), "{text}");
        }
        assert_eq!(Region::parse("B3", &whole), Some(Region { top: 2, left: 1, bottom: 9, right: 4 }));
        assert_eq!(Region::parse("B3:", &whole), None);
    }
}
