//! The figures of an indicator that stand in a CSV file or a workbook, as its record says.

use std::collections::BTreeMap;

use super::data::Data;
use super::grid::{Books, Column, Grid, same, squeezed};
use super::indicator::{Amount, Cell, Missing, Over, Row};
use crate::diagnostic::{Checked, Diagnostic, Span, data, sheet as findings};
use crate::locale::{Localized, Period};
use crate::parse::DataDocument;
use crate::parse::data::cell::{self, Fault};
use crate::parse::data::{Headings, Take, WrittenIndicator, WrittenSheet};
use crate::parse::sheet::Content;

/// What a table holds for an indicator.
#[derive(Debug, Default)]
pub(super) struct Figures {
    /// The columns that are read.
    pub(super) periods: Vec<Period>,
    /// The rows.
    pub(super) rows: Vec<Row>,
    /// The most decimals that a value is shown with.
    pub(super) decimals: u32,
}

/// Reads the figures of the indicator at `path` of `document` from its table, or from each of its tables.
pub(super) fn figures(
    data: &Data,
    books: &Books,
    document: &DataDocument,
    path: &str,
    written: &WrittenIndicator,
    table: &WrittenSheet,
) -> Checked<Figures> {
    let at = format!("{path}.table");
    let measure = Measure {
        over: written.over,
        unit: &written.unit,
        period: written.periods.as_ref().and_then(|periods| periods.first()).copied().or(written.as_of),
    };
    let Some(files) = &table.files else {
        return one_file(data, (books, document), (&at, "file"), measure, table);
    };
    let (mut findings, mut all) = (Vec::new(), Figures::default());
    for (area, file) in &files.0 {
        let (file, area_of) = (Some(file.0.clone()), Some(area.clone()));
        let table = WrittenSheet { file, files: None, area: area_of, ..table.clone() };
        let field = format!("files.{area}");
        let read = one_file(data, (books, document), (&at, &field), measure, &table).take(&mut findings);
        all.add(read);
    }
    Checked::new(all, findings)
}

/// Reads one file; `place` is the path of the table in its record, and the field of it that names the file.
fn one_file(
    data: &Data,
    (books, document): (&Books, &DataDocument),
    (at, field): (&str, &str),
    measure: Measure<'_>,
    table: &WrittenSheet,
) -> Checked<Figures> {
    match Grid::of(books, document, table.source(), at, field) {
        Err(finding) => Checked::new(Figures::default(), vec![finding]),
        Ok(grid) => {
            let mut reading = Reading::new(data, document, measure, (at, field), table, &grid);
            let figures = reading.figures();
            Checked::new(figures, reading.findings)
        }
    }
}

impl Figures {
    /// Adds the rows of another table. A period that only one of them has is not available in the other.
    fn add(&mut self, other: Figures) {
        for period in &other.periods {
            if !self.periods.contains(period) {
                self.periods.push(*period);
                self.rows.iter_mut().for_each(|row| {
                    row.cells.push(Cell::ABSENT);
                    row.places.push(row.span.clone());
                });
            }
        }
        for row in other.rows {
            let own = |period: &Period| other.periods.iter().position(|known| known == period);
            let cells = self.periods.iter().map(|period| own(period).and_then(|at| row.cells.get(at).copied()));
            let places = self.periods.iter().map(|period| own(period).and_then(|at| row.places.get(at).cloned()));
            let cells = cells.map(|cell| cell.unwrap_or(Cell::ABSENT)).collect();
            let places = places.map(|place| place.unwrap_or_else(|| row.span.clone())).collect();
            self.rows.push(Row { cells, places, ..row });
        }
        self.decimals = self.decimals.max(other.decimals);
    }
}

/// What is known of the figures of a table before it is read.
#[derive(Clone, Copy)]
pub(super) struct Measure<'w> {
    /// What its names are.
    pub(super) over: Over,
    /// What is counted in.
    pub(super) unit: &'w Localized,
    /// Of when they are, where no heading says it.
    pub(super) period: Option<Period>,
}

/// One reading of one table.
pub(super) struct Reading<'r> {
    data: &'r Data,
    document: &'r DataDocument,
    measure: Measure<'r>,
    table: &'r WrittenSheet,
    /// The path of the table in its document.
    at: String,
    /// The field of it that names the file.
    field: String,
    grid: &'r Grid<'r>,
    /// What the marks of the table mean.
    marks: BTreeMap<String, Amount>,
    pub(super) decimals: u32,
    pub(super) findings: Vec<Diagnostic>,
}

impl<'r> Reading<'r> {
    pub(super) fn new(
        data: &'r Data,
        document: &'r DataDocument,
        measure: Measure<'r>,
        (at, field): (&str, &str),
        table: &'r WrittenSheet,
        grid: &'r Grid<'r>,
    ) -> Reading<'r> {
        let mut reading = Reading {
            data,
            document,
            measure,
            table,
            at: at.to_owned(),
            field: field.to_owned(),
            grid,
            marks: BTreeMap::new(),
            decimals: 0,
            findings: Vec::new(),
        };
        reading.learn_marks();
        reading
    }

    fn figures(&mut self) -> Figures {
        let Some(names) = self.names_column() else { return Figures::default() };
        if self.table.headings == Headings::Areas {
            return self.across(names);
        }
        let columns = self.columns(names);
        if columns.is_empty() {
            return Figures::default();
        }
        let rows = match self.table.area.clone() {
            Some(area) => self.one_row(&area, names, &columns).into_iter().collect(),
            None => self.all_rows(names, &columns),
        };
        Figures { periods: columns.iter().map(|(_, period)| *period).collect(), rows, decimals: self.decimals }
    }

    /// Where a field of the table stands in its record.
    fn place(&self, field: &str) -> Span {
        self.document.spans.value(&format!("{}.{field}", self.at))
    }

    fn key(&self, field: &str) -> Span {
        self.document.spans.key(&format!("{}.{field}", self.at))
    }

    fn in_percent(&self) -> bool {
        self.measure.unit.texts().any(|unit| unit.contains(['%', '％']))
    }

    fn learn_marks(&mut self) {
        for (mark, meaning) in &self.table.marks.0 {
            match cell::amount(&meaning.0, self.in_percent()) {
                Ok(amount) => _ = self.marks.insert(squeezed(mark), amount),
                Err(fault) => {
                    let span = self.place(&format!("marks.{mark}"));
                    self.findings.push(fault.finding(span, &meaning.0));
                }
            }
        }
    }

    /// The column that names the rows.
    fn names_column(&mut self) -> Option<u32> {
        let Some(name) = &self.table.rows else { return Some(self.grid.body.left) };
        let found = self.grid.column(name, || self.place("rows")).map(|column| column.column);
        found.map_err(|finding| self.findings.push(finding)).ok()
    }

    /// The columns that are read, and of when they are.
    fn columns(&mut self, names: u32) -> Vec<(&'r Column, Period)> {
        let grid = self.grid;
        let columns: Vec<(&Column, Period)> = match &self.table.columns {
            Some(named) => {
                let mut columns = Vec::new();
                for (name, period) in &named.0 {
                    match grid.column(name, || self.key(&format!("columns.{name}"))) {
                        Ok(column) => columns.push((column, *period)),
                        Err(finding) => self.findings.push(finding),
                    }
                }
                columns
            }
            None => {
                // The first column names rows, unless the whole table is about one area and it may be a figure.
                let may_be_read = |column: &&Column| column.column != names || self.table.area.is_some();
                let read = grid.columns.iter().filter(may_be_read);
                read.filter_map(|column| Some((column, cell::heading_period(&column.heading)?))).collect()
            }
        };
        if columns.is_empty() && self.findings.is_empty() {
            let headings: Vec<&str> = grid.columns.iter().map(|column| column.heading.as_str()).take(12).collect();
            self.findings.push(findings::no_period_columns(self.key(&self.field), &headings.join(", ")));
        }
        for (index, (column, period)) in columns.iter().enumerate() {
            if columns.iter().take(index).any(|(_, earlier)| earlier == period) {
                let make = |span| data::duplicate_period(span, &period.to_string());
                self.findings.push(grid.finding(column.row, column.column, make));
            }
        }
        columns
    }

    /// The row of a table that is about one area.
    fn one_row(&mut self, area: &str, names: u32, columns: &[(&Column, Period)]) -> Option<Row> {
        let span = if self.field == "file" { self.place("area") } else { self.key(&self.field) };
        let entity = match self.data.entity(self.measure.over, area, || span.clone()) {
            Ok(entity) => entity.to_owned(),
            Err(finding) => {
                self.findings.push(finding);
                return None;
            }
        };
        let (row, name) = self.the_row(names, columns)?;
        let grid = self.grid;
        Some(Row {
            entity,
            cells: self.cells(row, &name, columns),
            span: grid.span(row, columns.first().map_or(names, |(column, _)| column.column)),
            name,
            places: columns.iter().map(|(column, _)| grid.span(row, column.column)).collect(),
        })
    }

    /// The one row that is read.
    fn the_row(&mut self, names: u32, columns: &[(&Column, Period)]) -> Option<(u32, String)> {
        let grid = self.grid;
        let is_read = |row: &u32| !self.is_note(*row, names, columns);
        let rows: Vec<(u32, String)> = grid.rows().filter(is_read).map(|row| (row, self.name_of(row, names))).collect();
        let found = match &self.table.row {
            Some(name) => rows.iter().find(|(_, found)| same(found, name)).ok_or_else(|| {
                findings::unknown_row(self.place("row"), name, rows.iter().map(|(_, found)| found.as_str()))
            }),
            None => match &rows[..] {
                [only] => Ok(only),
                _ => {
                    let list: Vec<&str> = rows.iter().map(|(_, name)| name.as_str()).take(12).collect();
                    let field = if self.table.area.is_some() { "area" } else { "headings" };
                    Err(findings::which_row(self.key(field), &list.join(", ")))
                }
            },
        };
        found.cloned().map_err(|finding| self.findings.push(finding)).ok()
    }

    /// A table whose headings are areas: one row of it, each cell the value of the area above it.
    fn across(&mut self, names: u32) -> Figures {
        let Some(period) = self.measure.period else { return Figures::default() };
        let columns = self.columns_of_areas(names);
        let Some((row, name)) = self.the_row(names, &[]) else { return Figures::default() };
        let mut rows = Vec::new();
        for (column, entity) in columns {
            let cells = self.cells(row, &name, &[(column, period)]);
            let places = vec![self.grid.span(row, column.column)];
            rows.push(Row {
                entity,
                cells,
                span: self.grid.span(column.row, column.column),
                name: column.heading.clone(),
                places,
            });
        }
        Figures { periods: vec![period], rows, decimals: self.decimals }
    }

    /// The columns whose headings are areas, each with its area.
    fn columns_of_areas(&mut self, names: u32) -> Vec<(&'r Column, String)> {
        let grid = self.grid;
        let mut columns: Vec<(&Column, String)> = Vec::new();
        for column in grid.columns.iter().filter(|column| column.column != names) {
            if self.table.skip.iter().any(|skip| same(skip, &column.heading)) {
                continue;
            }
            // What stands before the names of the rows is a heading of rows too.
            if column.column < names {
                continue;
            }
            let Some(entity) = self.entity(&column.heading, column.row, column.column) else { continue };
            if columns.iter().any(|(_, known)| *known == entity) {
                let make = |span| data::duplicate_column(span, &column.heading);
                self.findings.push(grid.finding(column.row, column.column, make));
                continue;
            }
            columns.push((column, entity));
        }
        columns
    }

    /// The cells of a flow table: rows that name areas below headings that name areas.
    pub(super) fn flow(&mut self) -> Vec<FlowCell> {
        let Some(names) = self.names_column() else { return Vec::new() };
        let grid = self.grid;
        let columns = self.columns_of_areas(names);
        let mut said: Vec<String> = grid.columns.iter().map(|column| column.heading.clone()).collect();
        let mut seen: BTreeMap<String, (String, Span)> = BTreeMap::new();
        let mut cells = Vec::new();
        for row in grid.rows() {
            let name = self.name_of(row, names);
            let periods: Vec<(&Column, Period)> =
                columns.iter().filter_map(|(column, _)| Some((*column, self.measure.period?))).collect();
            if self.is_note(row, names, &periods) {
                continue;
            }
            said.push(name.clone());
            if self.table.skip.iter().any(|skip| same(skip, &name)) {
                continue;
            }
            let Some(from) = self.entity(&name, row, names) else { continue };
            let span = grid.span(row, names);
            if let Some((first_name, first)) = seen.insert(from.clone(), (name.clone(), span.clone())) {
                let make = |span| data::duplicate_row(span, &name, first, &first_name);
                self.findings.push(grid.finding(row, names, make));
                continue;
            }
            for ((_, to), (cell, (column, _))) in
                columns.iter().zip(self.cells(row, &name, &periods).into_iter().zip(&periods))
            {
                let span = grid.span(row, column.column);
                cells.push(FlowCell { from: from.clone(), to: to.clone(), cell, span });
            }
        }
        self.check_names(&said);
        cells
    }

    fn all_rows(&mut self, names: u32, columns: &[(&Column, Period)]) -> Vec<Row> {
        let grid = self.grid;
        let mut rows: Vec<Row> = Vec::new();
        let mut seen: BTreeMap<String, (String, Span)> = BTreeMap::new();
        let mut said: Vec<String> = Vec::new();
        let mut name = String::new();
        for row in grid.rows() {
            let written = self.name_of(row, names);
            if self.is_note(row, names, columns) {
                continue;
            }
            // Where a name holds for several rows it stands only in the first.
            if !written.is_empty() {
                name = written;
            }
            said.push(name.clone());
            if self.table.skip.iter().any(|skip| same(skip, &name)) || self.is_too_long(row, &name) {
                continue;
            }
            let Some(entity) = self.entity(&name, row, names) else { continue };
            let span = grid.span(row, names);
            if let Some((first_name, first)) = seen.get(&entity) {
                let finding =
                    grid.finding(row, names, |span| data::duplicate_row(span, &name, first.clone(), first_name));
                self.findings.push(finding);
                continue;
            }
            seen.insert(entity.clone(), (name.clone(), span.clone()));
            let places = columns.iter().map(|(column, _)| grid.span(row, column.column)).collect();
            let cells = self.cells(row, &name, columns);
            rows.push(Row { entity, cells, span, name: name.clone(), places });
        }
        self.check_names(&said);
        rows
    }

    /// The name of a row. Where its own cell is empty and one before it is not, as in a row of totals, it is that one.
    fn name_of(&self, row: u32, names: u32) -> String {
        let own = self.grid.seen(row, names);
        if !own.is_empty() {
            return own;
        }
        let above = |column: u32| row.checked_sub(1).map(|above| self.grid.sheet.seen_at(above, column));
        let is_new = |column: &u32| Some(self.grid.sheet.seen_at(row, *column)) != above(*column);
        let before = (self.grid.body.left..names).rev().filter(is_new).map(|column| self.grid.seen(row, column));
        let mut named = before.filter(|text| !text.is_empty());
        named.next().unwrap_or_default()
    }

    /// Names of the record that no row has: a misspelling would go unnoticed.
    fn check_names(&mut self, said: &[String]) {
        let known = || said.iter().map(String::as_str);
        let named = self.table.names.0.iter().map(|(name, _)| (name, self.key(&format!("names.{name}"))));
        let skipped =
            self.table.skip.iter().enumerate().map(|(index, name)| (name, self.place(&format!("skip[{index}]"))));
        let unknown = named.chain(skipped).filter(|(name, _)| !said.iter().any(|other| same(other, name)));
        let findings: Vec<Diagnostic> =
            unknown.map(|(name, span)| findings::unknown_row(span, name, known())).collect();
        self.findings.extend(findings);
    }

    /// A line below a table that says something about it: its words begin with a mark, and no value stands beside them.
    fn is_note(&self, row: u32, names: u32, columns: &[(&Column, Period)]) -> bool {
        const BEGINNINGS: [&str; 9] = ["※", "*", "＊", "注", "(注", "（注", "資料", "出典", "備考"];
        let name = self.grid.sheet.text(row, names);
        BEGINNINGS.iter().any(|beginning| name.starts_with(beginning))
            && columns.iter().all(|(column, _)| column.column == names || self.grid.sheet.is_blank(row, column.column))
    }

    /// In CSV a comma that is not put in quotation marks makes two cells of one, and moves all that follow.
    fn is_too_long(&mut self, row: u32, name: &str) -> bool {
        let (grid, Some(last)) = (self.grid, self.grid.columns.last()) else { return false };
        let beyond = grid.sheet.row(row, &grid.body).find(|(column, _)| *column > last.column);
        let (Some((column, _)), Some(_)) = (beyond, grid.sheet.encoding) else { return false };
        let width = |column: u32| (column - grid.body.left + 1) as usize;
        self.findings.push(
            grid.finding(row, column, |span| findings::row_too_long(span, name, width(column), width(last.column))),
        );
        true
    }

    /// The area or hospital that a row is about.
    fn entity(&mut self, name: &str, row: u32, names: u32) -> Option<String> {
        let over = self.measure.over;
        let span = self.grid.span(row, names);
        if let Some(id) = self.table.names.get(|known| same(known, name)) {
            let resolved = self.data.entity(over, &id.0, || self.place(&format!("names.{name}"))).map(str::to_owned);
            return resolved.map_err(|finding| self.findings.push(finding)).ok();
        }
        let spaceless = squeezed(name);
        let without_code = spaceless.trim_start_matches(|letter: char| letter.is_ascii_digit());
        let attempts = [name, &spaceless, without_code];
        let found = attempts.iter().find_map(|name| self.data.entity(over, name, || span.clone()).ok());
        if let Some(entity) = found {
            return Some(entity.to_owned());
        }
        let finding = self.grid.finding(row, names, |span| match self.data.entity(over, name, || span.clone()) {
            Err(finding) => findings::unknown_area_in_table(finding, name),
            Ok(_) => data::empty_cell(span),
        });
        self.findings.push(finding);
        None
    }

    pub(super) fn cells(&mut self, row: u32, name: &str, columns: &[(&Column, Period)]) -> Vec<Cell> {
        let mut cells = Vec::with_capacity(columns.len());
        for (column, period) in columns {
            let amount = self.amount(row, name, column, Some(*period)).unwrap_or_else(|finding| {
                self.findings.push(finding);
                Err(Missing::NotAvailable)
            });
            cells.push(Cell { amount, mark: None });
        }
        cells
    }

    /// One cell; where it says itself of when it is, that must be `period`.
    pub(super) fn amount(
        &mut self,
        row: u32,
        name: &str,
        column: &Column,
        period: Option<Period>,
    ) -> Result<Amount, Diagnostic> {
        let grid = self.grid;
        let text = grid.sheet.text(row, column.column);
        if let Some(amount) = self.marks.get(&squeezed(&text)) {
            return Ok(*amount);
        }
        let content = grid.sheet.cell(row, column.column).map(|cell| &cell.content);
        let complain = |make: &dyn Fn(Span) -> Diagnostic| Err(grid.finding(row, column.column, make));
        match content {
            None => complain(&|span| findings::blank_cell(span, name, &column.heading)),
            Some(Content::Text(_)) if text.is_empty() => {
                complain(&|span| findings::blank_cell(span, name, &column.heading))
            }
            Some(Content::Number { percent: true, .. }) if !self.in_percent() => {
                complain(&|span| data::percent_in_cell(span, &text))
            }
            Some(Content::Number { value, decimals, .. }) => {
                self.decimals = self.decimals.max(decimals.unwrap_or(value.scale()));
                Ok(Ok(*value))
            }
            Some(Content::Date(_)) => complain(&|span| findings::date_in_cell(span, &text)),
            Some(Content::Uncomputed) => complain(&findings::uncomputed_formula),
            Some(Content::Fault(sign)) => complain(&|span| findings::fault_in_cell(span, sign)),
            Some(Content::Text(_)) => match self.printed(&text, period) {
                Ok(amount) => Ok(amount),
                Err(Problem::Cell(fault)) => complain(&|span| fault_finding(fault, span, &text)),
                Err(Problem::Rank) => complain(&|span| findings::no_rank(span, &text)),
                Err(Problem::Period) => {
                    let wanted = period.map(|period| period.to_string()).unwrap_or_default();
                    complain(&|span| findings::other_period(span, &text, &wanted))
                }
            },
        }
    }

    fn printed(&mut self, text: &str, period: Option<Period>) -> Result<Amount, Problem> {
        let printed = cell::printed(text, self.measure.unit.texts(), self.in_percent()).map_err(Problem::Cell)?;
        if printed.period.zip(period).is_some_and(|(named, period)| named.year() != period.year()) {
            return Err(Problem::Period);
        }
        let amount = match (self.table.take, printed.amount, printed.rank) {
            (Take::Value, amount, _) | (Take::Rank, amount @ Err(_), _) => amount,
            (Take::Rank, Ok(_), Some(rank)) => Ok(rank),
            (Take::Rank, Ok(_), None) => return Err(Problem::Rank),
        };
        self.decimals = self.decimals.max(amount.map_or(0, |number| number.scale()));
        Ok(amount)
    }
}

/// A cell of a flow table in a file.
pub(super) struct FlowCell {
    /// The area that is left.
    pub(super) from: String,
    /// The area that is gone to.
    pub(super) to: String,
    /// The cell.
    pub(super) cell: Cell,
    /// Where it stands.
    pub(super) span: Span,
}

/// What is wrong with a printed cell.
enum Problem {
    Cell(Fault),
    Rank,
    Period,
}

/// The finding for a text that is no number: a mark asks for its meaning.
fn fault_finding(fault: Fault, span: Span, text: &str) -> Diagnostic {
    let is_mark = text.chars().count() <= 4 && !text.chars().any(char::is_numeric);
    match fault {
        Fault::Empty | Fault::NotANumber if is_mark => findings::mark_without_meaning(span, text),
        Fault::Empty => data::not_a_number(span, text),
        fault => fault.finding(span, text),
    }
}
