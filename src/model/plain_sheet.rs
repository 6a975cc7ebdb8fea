//! The rows of a plain table that stand in a CSV file or a workbook.

use super::data::Data;
use super::grid::{Books, Column, Grid, same};
use super::indicator::{Missing, Over};
use super::plain_table::{TableCell, TableColumn};
use super::sheet_table::{Measure, Reading};
use crate::diagnostic::{Checked, Diagnostic, Span, data as findings};
use crate::locale::Localized;
use crate::parse::DataDocument;
use crate::parse::data::{Headings, Named, Take, WrittenPlainSheet, WrittenPlainTable, WrittenSheet};

/// Reads the rows of the plain table at `path` of `document` from its file.
pub(super) fn rows(
    data: &Data,
    (books, document): (&Books, &DataDocument),
    path: &str,
    written: &WrittenPlainTable,
    table: &WrittenPlainSheet,
) -> Checked<(Vec<Vec<TableCell>>, Vec<Span>)> {
    let at = format!("{path}.table");
    let grid = match Grid::of(books, document, table.source(), &at, "file") {
        Ok(grid) => grid,
        Err(finding) => return Checked::new(Default::default(), vec![finding]),
    };
    let mut found = repeat_findings(document, &at, written, table);
    let mut columns = Vec::new();
    for (number, column) in written.columns.iter().enumerate() {
        match place_of(column, &grid, || document.spans.value(&format!("{path}.columns[{number}]"))) {
            Ok(place) => columns.push(place),
            Err(finding) => found.push(finding),
        }
    }
    if columns.len() < written.columns.len() {
        return Checked::new(Default::default(), found);
    }
    let read = written.columns.iter().zip(columns).map(|(column, place)| match &column.unit {
        None => texts(&grid, place, table.repeat.contains(&column.id)),
        Some(unit) => numbers(data, document, (&at, table), unit, (&grid, place)).take(&mut found),
    });
    let mut columns: Vec<std::vec::IntoIter<TableCell>> = read.map(Vec::into_iter).collect();
    let row = |_| columns.iter_mut().filter_map(Iterator::next).collect();
    let rows = grid.rows().map(row).collect();
    let places = grid.rows().map(|row| grid.span(row, grid.body.left)).collect();
    Checked::new((rows, places), found)
}

/// The column of the file that a column of the table is: that of its heading, or of its head in any language.
fn place_of<'g>(column: &TableColumn, grid: &'g Grid<'_>, place: impl Fn() -> Span) -> Result<&'g Column, Diagnostic> {
    if let Some(heading) = &column.heading {
        return grid.column(heading, place);
    }
    let texts: Vec<&str> = column.label.texts().collect();
    let known = |text: &&str| grid.columns.iter().any(|column| same(&column.heading, text));
    let text = texts.iter().copied().find(|text| known(text)).or(texts.first().copied()).unwrap_or(&column.id);
    grid.column(text, place)
}

fn repeat_findings(
    document: &DataDocument,
    at: &str,
    written: &WrittenPlainTable,
    table: &WrittenPlainSheet,
) -> Vec<Diagnostic> {
    let known = || written.columns.iter().map(|column| column.id.as_str());
    let unknown = table.repeat.iter().enumerate().filter(|(_, id)| !known().any(|known| known == id.as_str()));
    let place = |number: usize| document.spans.value(&format!("{at}.repeat[{number}]"));
    unknown.map(|(number, id)| findings::unknown_table_column(place(number), id, known())).collect()
}

fn texts(grid: &Grid<'_>, column: &Column, repeat: bool) -> Vec<TableCell> {
    let mut above = String::new();
    let text = |row: u32| {
        let own = grid.seen(row, column.column);
        let text = if repeat && own.is_empty() { above.clone() } else { own };
        above.clone_from(&text);
        TableCell::Text(Localized::any(&text))
    };
    grid.rows().map(text).collect()
}

/// The numbers of a column, read as those of an indicator are.
fn numbers(
    data: &Data,
    document: &DataDocument,
    (at, table): (&str, &WrittenPlainSheet),
    unit: &Localized,
    (grid, column): (&Grid<'_>, &Column),
) -> Checked<Vec<TableCell>> {
    let sheet = WrittenSheet {
        file: Some(table.file.clone()),
        files: None,
        sheet: None,
        range: None,
        encoding: None,
        header_rows: table.header_rows,
        rows: None,
        area: None,
        row: None,
        columns: None,
        names: Named::default(),
        headings: Headings::Periods,
        skip: Vec::new(),
        marks: table.marks.clone(),
        take: Take::Value,
    };
    let measure = Measure { over: Over::Areas, unit, period: None };
    let mut reading = Reading::new(data, document, measure, (at, "file"), &sheet, grid);
    let cells = grid.rows().map(|row| {
        let name = grid.seen(row, grid.body.left);
        reading.amount(row, &name, column, None).map_err(|finding| reading.findings.push(finding))
    });
    let cells: Vec<TableCell> =
        cells.map(|cell| TableCell::Amount(cell.unwrap_or(Err(Missing::NotAvailable)))).collect();
    Checked::new(cells, reading.findings)
}
