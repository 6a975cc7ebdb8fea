//! A grid: the table that a record names, with its headings, before anything is known of what its rows mean.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Span, sheet as findings};
use crate::parse::DataDocument;
use crate::parse::data::{SheetSource, cell};
use crate::parse::sheet::{self, BookDocument, Region, Sheet};

/// CSV files and workbooks by their paths.
pub type Books = BTreeMap<Arc<str>, Arc<BookDocument>>;

/// A table with its place in a sheet.
pub(super) struct Grid<'b> {
    /// The sheet.
    pub(super) sheet: &'b Sheet,
    /// Its columns, as far as they have a heading.
    pub(super) columns: Vec<Column>,
    /// The cells below the heading.
    pub(super) body: Region,
    file: &'b Arc<str>,
    at: Span,
}

/// A column with its heading, of which rows are joined with a space.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Column {
    /// The heading.
    pub(super) heading: String,
    /// The last row of it.
    pub(super) row: u32,
    /// Where the column stands.
    pub(super) column: u32,
}

/// Whether two names are the same to a reader: spaces, line breaks and full width do not matter.
pub(super) fn same(left: &str, right: &str) -> bool {
    squeezed(left) == squeezed(right)
}

/// A name without what a reader does not see.
pub(super) fn squeezed(text: &str) -> String {
    cell::narrowed(text).split_whitespace().collect()
}

impl<'b> Grid<'b> {
    /// The table that `written`, at the path `at` of `document`, names; `field` is where it names the file.
    pub(super) fn of(
        books: &'b Books,
        document: &DataDocument,
        written: SheetSource<'_>,
        at: &str,
        field: &str,
    ) -> Result<Grid<'b>, Diagnostic> {
        let place = |field: &str| document.spans.value(&format!("{at}.{field}"));
        let folder = document.path.rsplit_once('/').map_or("", |(folder, _)| folder);
        let Some((file, book)) = books.get_key_value(&*joined(folder, written.file)) else {
            let near = books.keys().map(|path| path.strip_prefix(folder).unwrap_or(path).trim_start_matches('/'));
            return Err(findings::unknown_table_file(place(field), written.file, near));
        };
        let sheets = book.sheets.as_ref().map_err(Diagnostic::clone)?;
        let sheet = chosen(sheets, written.sheet, &place)?;
        if let (Some(said), Some(found)) = (written.encoding, sheet.encoding)
            && said != found
        {
            return Err(findings::other_encoding(place("encoding"), found.name(), written.file));
        }
        let empty = || findings::empty_table(document.spans.key(at), written.file);
        let extent = sheet.extent().ok_or_else(empty)?;
        let region = match written.range {
            Some(range) => Region::parse(range, &extent).ok_or_else(|| findings::bad_range(place("range"), range))?,
            None => extent,
        };
        // What lies beyond the last cell is empty, however far a range reaches.
        let region =
            Region { bottom: region.bottom.min(extent.bottom), right: region.right.min(extent.right), ..region };
        let top = region.top.saturating_add(written.header_rows);
        let body = Region { top, ..region };
        if top > body.bottom || body.left > body.right {
            return Err(empty());
        }
        let columns = columns(sheet, &Region { bottom: top.saturating_sub(1), ..region }, written.header_rows);
        Ok(Grid { sheet, columns, body, file, at: document.spans.key(at) })
    }

    /// A finding about a cell: at its place in a CSV file, or where the workbook is named, with the name of the cell.
    pub(super) fn finding(&self, row: u32, column: u32, make: impl FnOnce(Span) -> Diagnostic) -> Diagnostic {
        match self.span_of(row, column) {
            Some(span) => make(span),
            None => make(self.at.clone()).in_cell(self.file, &self.sheet.name, &sheet::cell_name(row, column)),
        }
    }

    /// Where a cell stands, or where its workbook is named.
    pub(super) fn span(&self, row: u32, column: u32) -> Span {
        self.span_of(row, column).unwrap_or_else(|| self.at.clone())
    }

    fn span_of(&self, row: u32, column: u32) -> Option<Span> {
        self.sheet.encoding.and_then(|_| self.sheet.span(self.file, row, column))
    }

    /// The rows below the heading that hold anything.
    pub(super) fn rows(&self) -> impl Iterator<Item = u32> {
        (self.body.top..=self.body.bottom).filter(|row| self.sheet.row(*row, &self.body).next().is_some())
    }

    /// The text that a reader sees in a cell: that of the merged region around it.
    pub(super) fn seen(&self, row: u32, column: u32) -> String {
        let (row, column) = self.sheet.seen_at(row, column);
        self.sheet.text(row, column)
    }

    /// The column with that heading.
    pub(super) fn column(&self, name: &str, place: impl Fn() -> Span) -> Result<&Column, Diagnostic> {
        let mut found = self.columns.iter().filter(|column| same(&column.heading, name));
        match (found.next(), found.next()) {
            (Some(column), None) => Ok(column),
            (None, _) => {
                Err(findings::unknown_column(place(), name, self.columns.iter().map(|column| column.heading.as_str())))
            }
            (Some(first), Some(second)) => {
                let name_of = |column: &Column| sheet::cell_name(column.row, column.column);
                Err(findings::column_twice(place(), name, (&name_of(first), &name_of(second))))
            }
        }
    }
}

/// The path of a file seen from a folder of the site.
fn joined(folder: &str, file: &str) -> String {
    let file = file.replace('\\', "/");
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in file.split('/') {
        match part {
            "" | "." => {}
            ".." => _ = parts.pop(),
            part => parts.push(part),
        }
    }
    parts.join("/")
}

/// The sheet of that name; without a name, the only one there is to see. `place` knows where `sheet` and `file` are given.
///
/// # Errors
/// Where there is no such sheet, or no telling which.
pub fn chosen<'b>(
    sheets: &'b [Sheet],
    name: Option<&str>,
    place: &dyn Fn(&str) -> Span,
) -> Result<&'b Sheet, Diagnostic> {
    let filled = || sheets.iter().filter(|sheet| !(sheet.hidden || sheet.is_empty() && sheet.fault.is_none()));
    let sheet = match name {
        Some(name) => {
            let mut found = sheets.iter().filter(|sheet| same(&sheet.name, name));
            match (found.next(), found.next()) {
                (Some(sheet), None) => sheet,
                (Some(_), Some(_)) => return Err(findings::sheet_twice(place("sheet"), name)),
                (None, _) => {
                    let known = sheets.iter().map(|sheet| sheet.name.as_str()).filter(|name| !name.is_empty());
                    return Err(findings::unknown_sheet(place("sheet"), name, known));
                }
            }
        }
        None => {
            let names: Vec<&str> = filled().map(|sheet| sheet.name.as_str()).collect();
            match (filled().next().or(sheets.first()), names.len()) {
                (Some(sheet), 0 | 1) => sheet,
                _ => return Err(findings::no_sheet_named(place("file"), &names)),
            }
        }
    };
    match &sheet.fault {
        Some(cause) => Err(findings::unreadable_sheet(place("sheet"), &sheet.name, cause)),
        None => Ok(sheet),
    }
}

/// The columns of a heading that are headed at all.
fn columns(sheet: &Sheet, header: &Region, rows: u32) -> Vec<Column> {
    if rows == 0 {
        return Vec::new();
    }
    let columns = (header.left..=header.right).zip(heading_parts(sheet, header));
    let column = |(column, parts): (u32, Vec<(u32, String)>)| {
        let row = parts.last()?.0;
        let heading = parts.iter().map(|(_, text)| text.as_str()).collect::<Vec<_>>().join(" ");
        Some(Column { heading, row, column })
    };
    columns.filter_map(column).collect()
}

/// What stands in the heading above each column: the texts from top to bottom, each with its row.
pub fn heading_parts(sheet: &Sheet, header: &Region) -> Vec<Vec<(u32, String)>> {
    let mut columns: Vec<Vec<(u32, String)>> = (header.left..=header.right).map(|_| Vec::new()).collect();
    for row in header.top..=header.bottom {
        let mut before = String::new();
        for (column, parts) in (header.left..=header.right).zip(&mut columns) {
            let (seen_row, seen_column) = sheet.seen_at(row, column);
            let mut text = one_line(&sheet.text(seen_row, seen_column));
            // In CSV a heading over several columns stands above the first of them.
            if text.is_empty() && row < header.bottom && !sheet.is_blank(header.bottom, column) {
                text.clone_from(&before);
            }
            before.clone_from(&text);
            if !text.is_empty() && parts.last().is_none_or(|(_, last)| *last != text) {
                parts.push((row, text));
            }
        }
    }
    columns
}

/// The lines of a cell closed up: Japanese headings are broken where the column ends.
fn one_line(text: &str) -> String {
    let mut line = String::new();
    for part in text.split(['\n', '\r']).map(str::trim).filter(|part| !part.is_empty()) {
        if line.ends_with(|last: char| last.is_ascii_alphanumeric())
            && part.starts_with(|first: char| first.is_ascii_alphanumeric())
        {
            line.push(' ');
        }
        line.push_str(part);
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_named_from_the_folder_of_their_record() {
        assert_eq!(joined("content/data", "a.csv"), "content/data/a.csv");
        assert_eq!(joined("content/data/k", "../t/a.csv"), "content/data/t/a.csv");
        assert_eq!(joined("content/data", "./t\\a.csv"), "content/data/t/a.csv");
    }

    #[test]
    fn names_are_the_same_however_they_are_spaced() {
        assert!(same("宇　城", "宇城") && same("患者\n総数", "患者 総数") && same("ＡＢ（人）", "AB(人)"));
        assert!(!same("宇城", "宇土"));
    }
}
