//! How a sheet is laid out to the eye: what stands above the table, its head, its rows, and what stands below.

use std::collections::BTreeSet;

use super::cell::{is_amount, is_number};
use crate::parse::sheet::{Content, Region, Sheet};

/// Words that begin a note.
const NOTES: [&str; 12] = ["※", "*", "＊", "注", "(注", "（注", "資料", "出典", "出所", "備考", "Note", "Source"];

/// A sheet taken apart.
pub(super) struct Layout<'s> {
    pub(super) sheet: &'s Sheet,
    /// Everything that is filled.
    pub(super) extent: Region,
    /// The first row of the head.
    pub(super) head: u32,
    /// The last row of the head.
    pub(super) head_end: u32,
    /// The rows of figures, of all tables of the sheet.
    pub(super) body: Vec<u32>,
    /// Rows of notes.
    pub(super) notes: Vec<u32>,
    /// Rows that begin anew after a blank one, in the same table.
    pub(super) resumed: Vec<u32>,
    /// Rows with which another table begins.
    pub(super) tables: Vec<u32>,
    /// Columns in which something stands.
    pub(super) columns: Vec<Column>,
}

/// A column of the table.
pub(super) struct Column {
    pub(super) number: u32,
    /// What its head says, from top to bottom.
    pub(super) heading: String,
    /// Whether it mostly holds numbers.
    pub(super) is_numeric: bool,
}

impl<'s> Layout<'s> {
    /// `None` for a sheet without anything in it.
    pub(super) fn of(sheet: &'s Sheet) -> Option<Layout<'s>> {
        let extent = sheet.extent()?;
        let mut layout = Layout {
            sheet,
            extent,
            head: extent.top,
            head_end: extent.top,
            body: Vec::new(),
            notes: Vec::new(),
            resumed: Vec::new(),
            tables: Vec::new(),
            columns: Vec::new(),
        };
        let rows: Vec<u32> = (extent.top..=extent.bottom).filter(|row| layout.filled(*row) > 0).collect();
        let wide = |row: &&u32| extent.left == extent.right || layout.filled(**row) > 1;
        layout.head = match rows.iter().position(|row| wide(&row)) {
            // A row of figures is no head: the one above is, however little of it is filled.
            Some(place) if place > 0 && layout.has_numbers(rows[place]) => rows[place - 1],
            Some(place) => rows[place],
            None => extent.top,
        };
        layout.head_end = layout.end_of_head();
        let below: Vec<u32> = rows.into_iter().filter(|row| *row > layout.head_end).collect();
        layout.sort_rows(&below);
        layout.columns = (extent.left..=extent.right).filter_map(|column| layout.column(column)).collect();
        Some(layout)
    }

    /// How many cells of a row are filled.
    fn filled(&self, row: u32) -> usize {
        self.sheet.row(row, &self.extent).count()
    }

    fn has_numbers(&self, row: u32) -> bool {
        self.sheet.row(row, &self.extent).any(|(_, cell)| is_figure(&cell.content))
    }

    /// A second row belongs to the head where cells are merged into it, or where it names what the first leaves open.
    fn end_of_head(&self) -> u32 {
        let mut end = self.head;
        while end < self.extent.bottom && self.filled(end + 1) > 0 && !self.has_numbers(end + 1) {
            let next = end + 1;
            let merged = self.sheet.merged.iter().any(|region| {
                (region.top..=region.bottom).contains(&end) && (region.bottom > end || region.right > region.left)
            });
            let opens = self.sheet.is_blank(next, self.extent.left) && self.filled(next) > 1;
            if !merged && !opens {
                break;
            }
            end = next;
        }
        end
    }

    fn sort_rows(&mut self, rows: &[u32]) {
        let mut last = self.head_end;
        let mut blocks: Vec<Vec<u32>> = Vec::new();
        for row in rows {
            match blocks.last_mut() {
                Some(block) if *row == last + 1 => block.push(*row),
                _ => blocks.push(vec![*row]),
            }
            last = *row;
        }
        for block in blocks {
            self.sort_block(&block);
        }
    }

    /// A run of rows without a blank one between them.
    fn sort_block(&mut self, block: &[u32]) {
        let Some(first) = block.first().copied() else { return };
        let is_narrow = self.extent.left == self.extent.right;
        let notes_only = !is_narrow && block.iter().all(|row| self.filled(*row) == 1 && !self.has_numbers(*row));
        let apart = first > self.head_end + 1;
        if apart && notes_only {
            self.notes.extend(block);
            return;
        }
        if apart {
            let begins = if self.begins_table(block) { &mut self.tables } else { &mut self.resumed };
            begins.push(first);
        }
        for row in block {
            let is_note = !is_narrow && self.filled(*row) == 1 && self.is_note(*row);
            if is_note { &mut self.notes } else { &mut self.body }.push(*row);
        }
    }

    fn is_note(&self, row: u32) -> bool {
        let first = self.sheet.row(row, &self.extent).next().map(|(_, cell)| cell.content.text()).unwrap_or_default();
        NOTES.iter().any(|note| first.starts_with(note))
    }

    /// Whether a run of rows has a head of its own: words, and numbers only below them.
    fn begins_table(&self, block: &[u32]) -> bool {
        let head = block.iter().position(|row| self.filled(*row) > 1);
        head.is_some_and(|head| {
            !self.has_numbers(block[head])
                && block[..head].iter().all(|row| !self.has_numbers(*row))
                && block[head + 1..].iter().any(|row| self.has_numbers(*row))
        })
    }

    fn column(&self, number: u32) -> Option<Column> {
        let texts: Vec<String> =
            self.body.iter().map(|row| self.sheet.text(*row, number)).filter(|text| !text.is_empty()).collect();
        let mut heading: Vec<String> = Vec::new();
        for row in self.head..=self.head_end {
            let (row, column) = self.sheet.seen_at(row, number);
            let text = self.sheet.text(row, column);
            if !text.is_empty() && heading.last() != Some(&text) {
                heading.push(text);
            }
        }
        if texts.is_empty() && heading.is_empty() {
            return None;
        }
        let numbers = texts.iter().filter(|text| is_amount(text)).count();
        let is_numeric = numbers * 2 > texts.len() && texts.iter().any(|text| is_number(text));
        Some(Column { number, heading: heading.join(" "), is_numeric })
    }

    /// Columns with nothing in them, between others.
    pub(super) fn blank_columns(&self) -> Vec<u32> {
        let filled: BTreeSet<u32> = self.columns.iter().map(|column| column.number).collect();
        let (Some(first), Some(last)) = (filled.first(), filled.last()) else { return Vec::new() };
        (*first..*last).filter(|column| !filled.contains(column)).collect()
    }

    /// The rows of the body in which a column is filled.
    pub(super) fn filled_in(&self, column: u32) -> Vec<u32> {
        self.body.iter().filter(|row| !self.sheet.is_blank(**row, column)).copied().collect()
    }

    /// The cells of the body in a column, blank ones included, apart from those within a merged region.
    pub(super) fn body_cells(&self, column: u32) -> impl Iterator<Item = (u32, String)> {
        let rows = self.body.iter().filter(move |row| self.sheet.seen_at(**row, column) == (**row, column));
        rows.map(move |row| (*row, self.sheet.text(*row, column)))
    }
}

fn is_figure(content: &Content) -> bool {
    match content {
        Content::Number { .. } | Content::Uncomputed => true,
        // Years head columns.
        Content::Text(text) => is_number(text) && !is_year(text),
        Content::Date(_) | Content::Fault(_) => false,
    }
}

fn is_year(text: &str) -> bool {
    crate::locale::Period::parse(text.trim()).is_some()
}
