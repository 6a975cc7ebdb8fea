//! A table that no record describes: what is heading, what is name, what is figure, found out from the cells.

use crate::locale::Period;
use crate::model::grid;
use crate::parse::data::cell;
use crate::parse::sheet::{Content, Region, Sheet, cell_name};

/// The most rows that a heading has.
const MOST_HEADER_ROWS: u32 = 4;

/// A table, understood as far as it tells.
#[derive(Debug, Default)]
pub(super) struct Table {
    /// The cells that it was taken from.
    pub(super) region: Region,
    /// How many rows of them are the heading.
    pub(super) header_rows: u32,
    /// What stands above it.
    pub(super) title: Option<String>,
    /// What it is counted in, where it says so.
    pub(super) unit: Option<String>,
    /// Where it is from, where it says so.
    pub(super) source: Option<String>,
    /// The lines below it.
    pub(super) notes: Vec<String>,
    /// The heading of the column of names.
    pub(super) names: String,
    /// What its columns measure, each with its periods.
    pub(super) measures: Vec<Measure>,
    /// The names of its rows.
    pub(super) rows: Vec<(u32, String)>,
    /// Headings of columns that were left out: no period, or no figures.
    pub(super) left_out: Vec<String>,
    /// Names of rows that were there twice.
    pub(super) twice: Vec<String>,
    /// Cells in which no figure could be read: name and text.
    pub(super) unread: Vec<(String, String)>,
    /// How many cells were empty.
    pub(super) empty: usize,
}

/// Columns that are one measure over several periods.
#[derive(Debug)]
pub(super) struct Measure {
    /// The part of the heading that is no period; empty where that is all there is.
    pub(super) label: String,
    /// Whether its figures are in per cent.
    pub(super) percent: bool,
    /// Its periods and columns.
    pub(super) columns: Vec<(Period, u32)>,
    /// For each row of the table, what stands in each column: a number, or a sign for its absence.
    pub(super) cells: Vec<Vec<String>>,
}

/// Finds out what a table is made of. `region` is that of the heading and what is below it, where a person gave it.
pub(super) fn understood(
    sheet: &Sheet,
    region: Option<Region>,
    header_rows: Option<u32>,
    period: Option<Period>,
) -> Table {
    let mut table = Table::default();
    let Some(extent) = sheet.extent() else { return table };
    let region = region.unwrap_or_else(|| below_titles(sheet, &extent));
    for row in extent.top..region.top {
        sheet.row(row, &extent).for_each(|(_, cell)| table.read_beside(&cell.content.text(), true));
    }
    table.region = region;
    let most = region.bottom.saturating_sub(region.top).min(MOST_HEADER_ROWS);
    table.header_rows = header_rows.unwrap_or_else(|| heading_height(sheet, &region, most)).clamp(1, most.max(1));
    let header = Region { bottom: region.top + table.header_rows - 1, ..region };
    let body = Region { top: header.bottom + 1, ..region };
    let parts = grid::heading_parts(sheet, &header);
    let names = names_column(sheet, &body);
    let heading = |column: u32| -> Vec<&str> {
        let parts = parts.get((column - region.left) as usize);
        parts.into_iter().flatten().map(|(_, text)| text.as_str()).collect()
    };
    table.names = heading(names).join(" ");
    table.read_rows(sheet, &body, names);
    for column in (region.left..=region.right).filter(|column| *column != names) {
        table.read_column(sheet, column, &heading(column), period);
    }
    table.read_cells(sheet);
    table
}

/// The cells from the first row with several side by side: what is above it are titles.
fn below_titles(sheet: &Sheet, extent: &Region) -> Region {
    let wide = |row: &u32| sheet.row(*row, extent).count() > 1;
    let top = (extent.top..=extent.bottom).find(wide).unwrap_or(extent.top);
    // A title may stand further left than its table.
    let lefts = (top..=extent.bottom).filter_map(|row| Some(sheet.row(row, extent).next()?.0));
    Region { top, left: lefts.min().unwrap_or(extent.left), ..*extent }
}

/// How many rows belong to the heading: those in which no figure stands.
fn heading_height(sheet: &Sheet, region: &Region, most: u32) -> u32 {
    let is_body = |row: &u32| {
        let mut cells = sheet.row(*row, region).filter(|(column, _)| *column > region.left);
        let figures =
            cells.any(|(_, cell)| figure(&cell.content).is_some() && period_of(&cell.content.text()).is_none());
        figures || sheet.row(*row, region).count() <= 1
    };
    (region.top + 1..=region.top + most).find(is_body).map_or(most, |row| row - region.top)
}

fn period_of(text: &str) -> Option<Period> {
    cell::heading_period(text)
}

/// The first column in which more names than figures stand, and a name beside most rows.
fn names_column(sheet: &Sheet, body: &Region) -> u32 {
    let rows = (body.top..=body.bottom).filter(|row| sheet.row(*row, body).count() > 1).count();
    let is_names = |column: &u32| {
        let cells = (body.top..=body.bottom).filter_map(|row| sheet.cell(row, *column));
        let (figures, names): (Vec<_>, Vec<_>) =
            cells.filter(|cell| !cell.content.text().is_empty()).partition(|cell| figure(&cell.content).is_some());
        names.len() > figures.len() && names.len() * 2 > rows
    };
    (body.left..=body.right).find(is_names).unwrap_or(body.left)
}

/// A figure as it is written into data, and whether it is in per cent.
fn figure(content: &Content) -> Option<(String, bool)> {
    match content {
        Content::Number { value, percent, decimals } => {
            let mut shown = *value;
            // 3 in a column of 3.1 is 3.0; decimals that the cell hides are kept.
            shown.rescale(decimals.unwrap_or_default().max(value.scale()));
            Some((shown.to_string(), *percent))
        }
        Content::Text(text) => {
            let percent = text.trim_end().ends_with(['%', '％']);
            let printed = cell::printed(text, ["人", "件", "施設", "台", "床", "位", "か所", "円"], true).ok()?;
            let amount = printed.amount.map_or_else(|reason| reason.sign().to_owned(), |number| number.to_string());
            Some((amount, percent))
        }
        Content::Date(_) | Content::Uncomputed | Content::Fault(_) => None,
    }
}

impl Table {
    /// A line above or below the table.
    fn read_beside(&mut self, text: &str, above: bool) {
        let plain = cell::narrowed(text);
        let after = |word: &str| {
            let (_, rest) = plain.split_once(word)?;
            let rest = rest.trim_start_matches([':', ' ', '、']).trim_end_matches([')', ']', ' ']).trim();
            (!rest.is_empty()).then(|| rest.to_owned())
        };
        if let Some(unit) = after("単位") {
            self.unit.get_or_insert(unit);
        } else if let Some(source) = ["資料", "出典", "出所"].iter().find_map(|word| after(word)) {
            self.source.get_or_insert(source);
        } else if above && self.title.is_none() {
            self.title = Some(text.trim().to_owned());
        } else {
            self.notes.push(text.trim_start_matches(['※', '*', '＊', ' ', '　']).to_owned());
        }
    }

    fn read_rows(&mut self, sheet: &Sheet, body: &Region, names: u32) {
        let mut seen: Vec<String> = Vec::new();
        for row in body.top..=body.bottom {
            let filled = sheet.row(row, body).count();
            let (seen_row, seen_column) = sheet.seen_at(row, names);
            let name = sheet.text(seen_row, seen_column);
            if filled == 0 {
                continue;
            }
            // A line of one cell below the rows says something about them.
            if filled == 1 {
                let text: Vec<String> = sheet.row(row, body).map(|(_, cell)| cell.content.text()).collect();
                self.read_beside(&text.concat(), false);
                continue;
            }
            let words: Vec<&str> = name.split_whitespace().collect();
            // Spaces between Japanese letters only fill the cell: 宇　城.
            let name = words.join(if name.is_ascii() { " " } else { "" });
            if name.is_empty() || seen.contains(&name) {
                self.twice.push(if name.is_empty() { cell_name(row, names) } else { name });
                continue;
            }
            seen.push(name.clone());
            self.rows.push((row, name));
        }
    }

    fn read_column(&mut self, sheet: &Sheet, column: u32, heading: &[&str], fallback: Option<Period>) {
        let figures: Vec<bool> = self
            .rows
            .iter()
            .filter_map(|(row, _)| sheet.cell(*row, column))
            .filter_map(|cell| figure(&cell.content))
            .map(|(_, percent)| percent)
            .collect();
        let whole = heading.join(" ");
        let period = heading.iter().find_map(|part| period_of(part)).or_else(|| period_of(&whole));
        let label = match period {
            Some(_) => heading.iter().filter(|part| period_of(part).is_none()).copied().collect::<Vec<_>>().join(" "),
            None => whole.clone(),
        };
        let Some(period) = period.or(fallback).filter(|_| !figures.is_empty() && figures.len() * 2 >= self.rows.len())
        else {
            self.left_out.push(if whole.is_empty() { cell_name(self.region.top, column) } else { whole });
            return;
        };
        let percent = figures.iter().filter(|percent| **percent).count() * 2 > figures.len();
        let known = self
            .measures
            .iter_mut()
            .find(|measure| measure.label == label && measure.columns.iter().all(|(other, _)| *other != period));
        match known {
            Some(measure) => measure.columns.push((period, column)),
            None => {
                self.measures.push(Measure { label, percent, columns: vec![(period, column)], cells: Vec::new() });
            }
        }
    }

    fn read_cells(&mut self, sheet: &Sheet) {
        for measure in &mut self.measures {
            for (row, _) in &self.rows {
                let cells = measure.columns.iter().map(|(_, column)| {
                    let Some(cell) = sheet.cell(*row, *column).filter(|cell| !is_blank(&cell.content)) else {
                        self.empty += 1;
                        return "…".to_owned();
                    };
                    match figure(&cell.content).filter(|(_, percent)| !percent || measure.percent) {
                        Some((figure, _)) => figure,
                        None => {
                            self.unread.push((cell_name(*row, *column), cell.content.text()));
                            "…".to_owned()
                        }
                    }
                });
                measure.cells.push(cells.collect());
            }
        }
    }
}

fn is_blank(content: &Content) -> bool {
    matches!(content, Content::Text(text) if text.trim().is_empty())
}
