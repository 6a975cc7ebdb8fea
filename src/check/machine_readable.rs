//! Source tables should be readable by machines, as the national rules for administrative data ask.
//!
//! A rule is told once for each table: where it is broken first, and how often. What needs to know more than the table
//! (codes and their lists, units, definitions, last year's table) its record holds, and is asked for there.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::diagnostic::machine_readable::{Level, Rule, broken};
use crate::diagnostic::{Diagnostic, Span};
use crate::parse::data::cell::{heading_period, narrowed};
use crate::parse::sheet::{BookDocument, Content, Region, Sheet, cell_name};

mod cell;
mod layout;

use layout::{Column, Layout};

/// A file beside the data that no machine takes figures from.
pub fn file(path: &Arc<str>) -> Option<Diagnostic> {
    const FOR_THE_EYE: [&str; 9] = ["pdf", "doc", "docx", "ppt", "pptx", "xls", "jtd", "png", "jpg"];
    let extension = path.rsplit_once('.')?.1.to_lowercase();
    let is_meant = path.starts_with("content/data/") && FOR_THE_EYE.contains(&extension.as_str());
    is_meant.then(|| broken(Rule::FileFormat, &format!(".{extension}"), 1).at(Span::file(path)))
}

/// One finding for each rule up to `level` that a table of the file breaks. What can't be read at all says so elsewhere.
pub fn book(book: &BookDocument, level: Level) -> Vec<Diagnostic> {
    let sheets = book.sheets.iter().flatten().filter(|sheet| sheet.fault.is_none());
    sheets.flat_map(|sheet| told(&book.path, sheet, level)).collect()
}

fn told(path: &Arc<str>, sheet: &Sheet, level: Level) -> Vec<Diagnostic> {
    let Some(layout) = Layout::of(sheet) else { return Vec::new() };
    let mut report = Report { sheet, broken: BTreeMap::new() };
    report.cells(&layout);
    report.rows(&layout);
    report.heads(&layout);
    report.columns(&layout);
    report.workbook(&layout);
    let broken_rules = report.broken.into_iter().filter(|(rule, _)| rule.level() <= level);
    let finding = |(rule, places): (Rule, Vec<Place>)| {
        let first = places.first()?;
        let found = first.found.trim().lines().next().unwrap_or_default();
        let finding = broken(rule, found, places.len());
        Some(match sheet.encoding {
            Some(_) => finding.at(sheet.span(path, first.row, first.column).unwrap_or_else(|| Span::file(path))),
            None => finding.at(Span::file(path)).in_cell(path, &sheet.name, &cell_name(first.row, first.column)),
        })
    };
    broken_rules.filter_map(finding).collect()
}

/// Where a rule is broken, and what stands there.
struct Place {
    row: u32,
    column: u32,
    found: String,
}

/// What is wrong with a sheet.
struct Report<'s> {
    sheet: &'s Sheet,
    broken: BTreeMap<Rule, Vec<Place>>,
}

impl Report<'_> {
    fn note(&mut self, rule: Rule, row: u32, column: u32) {
        let found = match self.sheet.cell(row, column).map(|cell| &cell.content) {
            Some(Content::Text(text)) => text.clone(),
            _ => self.sheet.text(row, column),
        };
        self.note_as(rule, row, column, found);
    }

    fn note_as(&mut self, rule: Rule, row: u32, column: u32, found: String) {
        self.broken.entry(rule).or_default().push(Place { row, column, found });
    }

    /// What cells break by themselves. Notes and titles are told as such and not again.
    fn cells(&mut self, layout: &Layout<'_>) {
        let (sheet, in_csv) = (self.sheet, self.sheet.encoding.is_some());
        let times: BTreeSet<u32> = layout
            .columns
            .iter()
            .filter(|column| cell::is_about_time(&column.heading))
            .map(|column| column.number)
            .collect();
        for row in (layout.head..=layout.head_end).chain(layout.body.iter().copied()) {
            for (column, cell) in sheet.row(row, &layout.extent) {
                if cell.formula {
                    self.note_as(Rule::Formula, row, column, cell_name(row, column));
                }
                if let Content::Text(text) = &cell.content {
                    cell::rules(text, in_csv).into_iter().for_each(|rule| self.note(rule, row, column));
                    if (row <= layout.head_end || times.contains(&column)) && cell::is_short_era(text) {
                        self.note(Rule::Era, row, column);
                    }
                }
            }
        }
    }

    fn rows(&mut self, layout: &Layout<'_>) {
        let (sheet, left) = (self.sheet, layout.extent.left);
        let first_cell = |row: u32| sheet.row(row, &layout.extent).next().map_or(left, |(column, _)| column);
        layout.tables.iter().for_each(|row| self.note(Rule::OneTable, *row, first_cell(*row)));
        layout.resumed.iter().for_each(|row| self.note(Rule::Divided, *row, first_cell(*row)));
        layout.notes.iter().for_each(|row| self.note(Rule::Unrelated, *row, first_cell(*row)));
        if layout.head > 0 {
            let first = layout.extent.top.min(layout.head);
            self.note(Rule::HeadFirst, first, first_cell(first));
        }
        let without_name = |row: &&u32| sheet.is_blank(**row, left) && sheet.seen_at(**row, left) == (**row, left);
        let continued: Vec<u32> = layout.body.iter().filter(without_name).copied().collect();
        continued.into_iter().for_each(|row| self.note(Rule::Continued, row, left));
    }

    fn heads(&mut self, layout: &Layout<'_>) {
        let head = layout.head;
        let beside = self.blank_columns(layout);
        let last = layout.columns.iter().rev().find(|column| !column.heading.is_empty()).map(|column| column.number);
        let mut seen = BTreeSet::new();
        for column in layout.columns.iter().filter(|column| beside.is_none_or(|beside| column.number < beside)) {
            let beyond = self.sheet.encoding.is_some() && last.is_some_and(|last| column.number > last);
            let filled: Vec<u32> = layout.filled_in(column.number);
            if beyond && filled.len() < layout.body.len() {
                // A comma that isn't quoted makes two cells of one.
                filled.into_iter().for_each(|row| self.note(Rule::Comma, row, column.number));
            } else if is_meaningless(&column.heading) {
                self.note_as(Rule::Heading, head, column.number, column.heading.clone());
            } else if !seen.insert(column.heading.as_str()) {
                self.note_as(Rule::OwnHeading, head, column.number, column.heading.clone());
            }
        }
        if layout.head_end > head {
            let second = self.sheet.row(head + 1, &layout.extent).next();
            self.note(Rule::OwnHeading, head + 1, second.map_or(layout.extent.left, |(column, _)| column));
        }
        let is_time = |column: &&Column| heading_period(&column.heading).is_some();
        let mut times = layout.columns.iter().filter(is_time);
        if let (Some(first), Some(_)) = (times.next(), times.next()) {
            self.note_as(Rule::Tall, head, first.number, first.heading.clone());
        }
    }

    /// Blank columns within the table. Where another table begins behind one, it is given.
    fn blank_columns(&mut self, layout: &Layout<'_>) -> Option<u32> {
        let names = layout.columns.first()?.heading.as_str();
        let mut beside = None;
        for blank in layout.blank_columns() {
            let Some(next) = layout.columns.iter().find(|column| column.number == blank + 1) else { continue };
            let rule = if next.heading == names { Rule::OneTable } else { Rule::Divided };
            self.note_as(rule, layout.head, next.number, next.heading.clone());
            beside = beside.or((rule == Rule::OneTable).then_some(next.number));
        }
        beside
    }

    fn columns(&mut self, layout: &Layout<'_>) {
        for column in &layout.columns {
            if column.is_numeric {
                self.blanks(layout, column.number);
                self.numbers_as_text(layout, column.number);
            } else {
                self.spellings(layout, column.number);
                self.short_names(layout, column.number);
            }
        }
    }

    /// Empty cells in a column that has zeros, where no remark behind them says why they are empty.
    fn blanks(&mut self, layout: &Layout<'_>, column: u32) {
        let cells: Vec<(u32, String)> = layout.body_cells(column).collect();
        // `00` is a code.
        let is_zero = |text: &str| text.strip_prefix('0').is_some_and(|rest| rest.is_empty() || is_zeros(rest));
        if column == layout.extent.left || !cells.iter().any(|(_, text)| is_zero(text)) {
            return;
        }
        let sheet = self.sheet;
        let remarks: Vec<u32> = layout
            .columns
            .iter()
            .filter(|other| other.number > column && !other.is_numeric)
            .filter(|other| layout.body.iter().any(|row| sheet.is_blank(*row, other.number)))
            .map(|other| other.number)
            .collect();
        let is_told = |row: u32| remarks.iter().any(|remark| !sheet.is_blank(row, *remark));
        let empty = cells.iter().filter(|(row, text)| text.is_empty() && !is_told(*row));
        empty.for_each(|(row, _)| self.note(Rule::BlankOrZero, *row, column));
    }

    /// Numbers that a workbook keeps as words, beside others that it keeps as numbers.
    fn numbers_as_text(&mut self, layout: &Layout<'_>, column: u32) {
        let sheet = self.sheet;
        let content = |row: u32| sheet.cell(row, column).map(|cell| &cell.content);
        if !layout.body.iter().any(|row| matches!(content(*row), Some(Content::Number { .. }))) {
            return;
        }
        for row in &layout.body {
            let Some(Content::Text(text)) = content(*row) else { continue };
            if cell::is_number(text) && !cell::rules(text, false).contains(&Rule::PureNumber) {
                self.note(Rule::PureNumber, *row, column);
            }
        }
    }

    /// One word, written in two ways.
    fn spellings(&mut self, layout: &Layout<'_>, column: u32) {
        let mut known: BTreeMap<String, String> = BTreeMap::new();
        for (row, text) in layout.body_cells(column) {
            let word: String = narrowed(&text).split_whitespace().collect::<String>().to_lowercase();
            if !word.chars().any(char::is_alphabetic) {
                continue;
            }
            if known.entry(word).or_insert_with(|| text.clone()) != &text {
                self.note(Rule::Spelling, row, column);
            }
        }
    }

    /// `福島` for 福島県: three such names, since one alone is a city, too.
    fn short_names(&mut self, layout: &Layout<'_>, column: u32) {
        let short: Vec<u32> = layout
            .body_cells(column)
            .filter(|(_, text)| PREFECTURES.contains(&text.as_str()))
            .map(|(row, _)| row)
            .collect();
        if short.len() >= 3 {
            short.into_iter().for_each(|row| self.note(Rule::AreaName, row, column));
        }
    }

    /// What only workbooks have.
    fn workbook(&mut self, layout: &Layout<'_>) {
        let sheet = self.sheet;
        for region in &sheet.merged {
            self.note_as(Rule::Merged, region.top, region.left, range_name(region));
        }
        for region in &sheet.unseen.hidden {
            self.note_as(Rule::Hidden, region.top, region.left, range_name(region));
        }
        for kind in &sheet.unseen.objects {
            self.note_as(Rule::Object, layout.extent.top, layout.extent.left, kind.clone());
        }
        let marked = |row: u32, column: u32| sheet.cell(row, column).is_some_and(|cell| cell.marked);
        let numeric: Vec<u32> =
            layout.columns.iter().filter(|column| column.is_numeric).map(|column| column.number).collect();
        for row in &layout.body {
            // A whole row, or a whole column, is coloured for the looks.
            if numeric.iter().all(|column| marked(*row, *column)) && numeric.len() > 1 {
                continue;
            }
            for column in &numeric {
                if marked(*row, *column) && !layout.body.iter().all(|row| marked(*row, *column)) {
                    self.note(Rule::Colour, *row, *column);
                }
            }
        }
    }
}

/// Whether a head says nothing of what stands below it.
fn is_meaningless(heading: &str) -> bool {
    let numbered = ["列", "項目", "Column", "column", "Unnamed: ", "Field"];
    let number = numbered.iter().find_map(|word| heading.strip_prefix(word));
    !heading.chars().any(char::is_alphanumeric)
        || number.is_some_and(|number| number.chars().all(|letter| letter.is_ascii_digit()) && !number.is_empty())
}

/// Decimals of zero: `.00`.
fn is_zeros(text: &str) -> bool {
    text.strip_prefix('.').is_some_and(|digits| digits.chars().all(|digit| digit == '0'))
}

fn range_name(region: &Region) -> String {
    format!("{}:{}", cell_name(region.top, region.left), cell_name(region.bottom, region.right))
}

/// Prefectures without 都, 府 or 県.
const PREFECTURES: [&str; 46] = [
    "青森",
    "岩手",
    "宮城",
    "秋田",
    "山形",
    "福島",
    "茨城",
    "栃木",
    "群馬",
    "埼玉",
    "千葉",
    "東京",
    "神奈川",
    "新潟",
    "富山",
    "石川",
    "福井",
    "山梨",
    "長野",
    "岐阜",
    "静岡",
    "愛知",
    "三重",
    "滋賀",
    "京都",
    "大阪",
    "兵庫",
    "奈良",
    "和歌山",
    "鳥取",
    "島根",
    "岡山",
    "広島",
    "山口",
    "徳島",
    "香川",
    "愛媛",
    "高知",
    "福岡",
    "佐賀",
    "長崎",
    "熊本",
    "大分",
    "宮崎",
    "鹿児島",
    "沖縄",
];
