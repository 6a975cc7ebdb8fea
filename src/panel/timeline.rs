//! Timelines: who was there in which year, in groups, with beginnings, ends and totals.

use rust_decimal::Decimal;
use schemars::{Schema, SchemaGenerator};
use serde::Serialize;

use super::options::options;
use super::{Column, Common, Dataset, Draft, Graphic, Grid, GridCell, Kind, Line, Reader, Text, kind};
use crate::derive::Wording;
use crate::diagnostic::{panel as panel_findings, table_panel as findings};
use crate::locale::{Localized, Period, PeriodStyle};
use crate::model::plain_table::{Table, TableCell};

kind! {
    /// Who was there in which year: one row each, in groups, with a sign for the first and the last year.
    ///
    /// ```yaml
    /// kind: timeline
    /// table: adopted_universities
    /// rows: university
    /// group: block
    /// from: first
    /// unit: {ja: 大学, en: universities}
    /// state: {ja: 採択, en: adopted}
    /// ```
    ///
    /// - `table`: a plain table.
    /// - `rows`: its column with the names; `group`: its column with the group of each.
    /// - `from`, `to`: its columns with the first and the last year of each; without a last one it goes on to this day of
    ///   the table.
    /// - Without `from`, the other columns are the years, and what stands in them says who was there: any word, where
    ///   there is a column of names; else the names themselves, with spaces or commas between them.
    /// - `periods`: which of the columns are the years.
    /// - `unit`: what is counted; `state`: what a mark means.
    /// - `highlight`: the name or the group that the panel is about.
    Timeline
}

options! {
    /// The options of timelines.
    Options {
        /// The plain table that is shown.
        #[schemars(extend("x-ja" = "示す表の id。"))]
        table: Option<String>,
        /// Its column with the names; without it, the names stand in the columns of the years.
        #[schemars(extend("x-ja" = "名前の列。省けば、年度の列に名前が並ぶ表とみなす。"))]
        rows: Option<String>,
        /// Its column with the groups.
        #[schemars(extend("x-ja" = "組の列。"))]
        group: Option<String>,
        /// Its column with the first year of each.
        #[schemars(extend("x-ja" = "始まりの年の列。"))]
        from: Option<String>,
        /// Its column with the last year of each.
        #[schemars(extend("x-ja" = "終わりの年の列。"))]
        to: Option<String>,
        /// Its columns that are years; all that are nothing else where nothing is said.
        #[schemars(extend("x-ja" = "年度の列。省けば残りの列すべて。"))]
        periods: Option<Vec<String>>,
        /// What is counted.
        #[schemars(extend("x-ja" = "数える単位。"))]
        unit: Option<Localized>,
        /// What a mark means.
        #[schemars(extend("x-ja" = "印の意味（採択、指定など）。"))]
        state: Option<Localized>,
        /// The name or group that matters here.
        #[schemars(extend("x-ja" = "目立たせる名前か組。"))]
        highlight: Option<String>,
    }
}

/// More years than a row can hold.
const MOST_PERIODS: usize = 60;

/// More rows than a reader goes through.
const MOST_ROWS: usize = 400;

/// A row as templates receive it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Row {
    /// Its group.
    pub group: String,
    /// The tag for `lang` where the group is in another language.
    pub group_lang: Option<String>,
    /// Whether it is the first of its group.
    pub first: bool,
    /// Its name.
    pub name: String,
    /// The tag for `lang` where the name is in another language.
    pub lang: Option<String>,
    /// A cell for each period.
    pub cells: Vec<Mark>,
    /// Whether it is one that matters here.
    pub highlight: bool,
}

/// A cell of a timeline.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Mark {
    /// `f` where it begins, `l` where it ends, `c` between, nothing where there is none.
    pub class: &'static str,
    /// The mark in words.
    pub text: String,
}

impl Kind for Timeline {
    fn name(&self) -> &'static str {
        "timeline"
    }

    fn schema(&self, generator: &mut SchemaGenerator) -> Schema {
        Options::schema(generator)
    }

    fn manual(&self) -> &'static str {
        Timeline::MANUAL
    }

    fn draft(&self, reader: &mut Reader<'_>) -> Option<Draft> {
        let options: Options = reader.options()?;
        let table = reader.table(options.table.as_deref())?;
        let Some(unit) = &options.unit else {
            reader.report(panel_findings::panel_without_unit(reader.place()));
            return None;
        };
        let unit = reader.fill(unit, "unit").text;
        let state = match &options.state {
            Some(state) => reader.fill(state, "state").text,
            None => reader.wording().say("timeline-state", &[]),
        };
        let spans = spans(reader, &options, table)?;
        if !spans.units.iter().any(|unit| unit.present.contains(&Some(true))) {
            reader.report_no_values();
            return None;
        }
        let highlight = highlight(reader, options.highlight.as_deref(), &spans);
        let chart = Chart { table, spans: &spans, unit, state, highlight, wording: reader.wording() };
        Some(Draft {
            common: reader.of_table(options.common(), table),
            title: chart.title(),
            subtitle: chart.subtitle(),
            alt: chart.alternative(),
            notes: chart.notes(),
            indicators: Default::default(),
            table: chart.grid(),
            dataset: chart.dataset(),
            graphic: chart.graphic(),
        })
    }
}

impl<'r> Reader<'r> {
    /// The plain table that is named at `table`.
    pub(super) fn table(&mut self, id: Option<&str>) -> Option<&'r Table> {
        let data = self.context.data;
        let known = || data.tables().map(|table| table.id.as_str());
        let Some(id) = id else {
            self.report(findings::panel_without_table(self.place(), known()));
            return None;
        };
        let table = data.table(id);
        if table.is_none() {
            self.report(findings::unknown_table(self.spans.value("table"), id, known()));
        }
        table
    }

    /// Where the column of a table stands that is named at `path`.
    pub(super) fn column(&mut self, table: &Table, id: &str, path: &str) -> Option<usize> {
        let index = table.column(id.trim());
        if index.is_none() {
            let known = table.columns.iter().map(|column| column.id.as_str());
            self.report(findings::unknown_table_column(self.spans.value(path), &table.id, id, known));
        }
        index
    }

    /// The options, with what the table says where they say nothing.
    pub(super) fn of_table(&self, given: Common, table: &Table) -> Common {
        Common {
            source: given.source.or_else(|| Some(table.source.clone())),
            as_of: given.as_of.or(Some(table.as_of)),
            note: given.note.or_else(|| table.note.clone()),
            ..given
        }
    }

    /// The text of a cell; a number as it is printed.
    pub(super) fn cell_text(&self, cell: &TableCell) -> Text {
        let wording = self.wording();
        match cell {
            TableCell::Text(text) => Text::of(text, wording),
            TableCell::Amount(Ok(number)) => Text { text: wording.locale.number(*number), lang: None },
            TableCell::Amount(Err(missing)) => Text { text: wording.sign(*missing).to_owned(), lang: None },
        }
    }
}

/// Someone with the periods in which they were there; `None` where that is not known.
#[derive(Debug, Clone, PartialEq)]
struct Unit {
    group: Text,
    name: Text,
    present: Vec<Option<bool>>,
    /// Whether they were there before the first period shown.
    before: bool,
}

/// All of them, with the heads of the periods.
struct Spans {
    /// The head of the column of names.
    name_head: Text,
    /// The head of the column of groups, where there are any.
    group_head: Option<Text>,
    periods: Vec<Text>,
    units: Vec<Unit>,
}

/// The columns that the options name.
struct Columns {
    rows: Option<usize>,
    group: Option<usize>,
    from: Option<usize>,
    to: Option<usize>,
}

fn spans(reader: &mut Reader<'_>, options: &Options, table: &Table) -> Option<Spans> {
    let mut column = |id: &Option<String>, path: &str| match id {
        Some(id) => reader.column(table, id, path).map(Some),
        None => Some(None),
    };
    let columns = Columns {
        rows: column(&options.rows, "rows")?,
        group: column(&options.group, "group")?,
        from: column(&options.from, "from")?,
        to: column(&options.to, "to")?,
    };
    let spans = match columns.from {
        Some(from) => by_years(reader, &columns, from, table)?,
        None => by_columns(reader, options, &columns, table)?,
    };
    let most = [(spans.periods.len(), MOST_PERIODS), (spans.units.len(), MOST_ROWS)];
    if let Some((found, most)) = most.into_iter().find(|(found, most)| found > most) {
        reader.report(findings::too_many_parts(reader.spans.value("table"), found, most));
        return None;
    }
    Some(Spans { units: grouped(spans.units), ..spans })
}

/// The head of a column; that of names that stand in the cells is a word of its own.
fn head(reader: &Reader<'_>, table: &Table, column: Option<usize>) -> Text {
    let column = column.and_then(|index| table.columns.get(index));
    match column {
        Some(column) => Text::of(&column.label, reader.wording()),
        None => Text { text: reader.wording().say("timeline-name", &[]), lang: None },
    }
}

/// Brings together the units of each group, groups and units in the order in which they first come.
fn grouped(units: Vec<Unit>) -> Vec<Unit> {
    let mut groups: Vec<String> = Vec::new();
    for unit in &units {
        if !groups.contains(&unit.group.text) {
            groups.push(unit.group.text.clone());
        }
    }
    let mut units = units;
    units.sort_by_key(|unit| groups.iter().position(|group| *group == unit.group.text));
    units
}

/// Rows with a first year, and perhaps a last.
fn by_years(reader: &mut Reader<'_>, columns: &Columns, from: usize, table: &Table) -> Option<Spans> {
    let mut rows: Vec<(Text, Text, i32, Option<i32>)> = Vec::new();
    let fiscal = matches!(table.as_of, Period::FiscalYear(_));
    for row in &table.rows {
        let text = |index: Option<usize>| {
            index.and_then(|index| row.get(index)).map(|cell| reader.cell_text(cell)).unwrap_or_default()
        };
        let (group, name) = (text(columns.group), text(columns.rows.or(Some(0))));
        let (first, last) = (text(Some(from)).text, text(columns.to).text);
        let Some(first) = year(&first, fiscal) else {
            reader.report(findings::not_a_year(reader.spans.value("from"), &table.id, &first));
            return None;
        };
        let last = match (last.as_str(), year(&last, fiscal)) {
            (text, None) if !is_blank(text) => {
                reader.report(findings::not_a_year(reader.spans.value("to"), &table.id, text));
                return None;
            }
            (_, last) => last,
        };
        rows.push((group, name, first, last));
    }
    let first = rows.iter().map(|row| row.2).min().unwrap_or_default();
    let known = rows.iter().flat_map(|row| [Some(row.2), row.3]).flatten().max().unwrap_or_default();
    let last = known.max(table.as_of.year());
    // Years of other tables may lie ages apart; too many are told by their count, not made.
    let count = usize::try_from(last.saturating_sub(first)).unwrap_or_default();
    if count >= MOST_PERIODS {
        reader.report(findings::too_many_parts(reader.spans.value("from"), count + 1, MOST_PERIODS));
        return None;
    }
    let wording = reader.wording();
    let period_head = |year: i32| {
        let period = if fiscal { Period::FiscalYear(year) } else { Period::Year(year) };
        Text { text: wording.locale.period(period, PeriodStyle::Short), lang: None }
    };
    let unit = |(group, name, from, to): (Text, Text, i32, Option<i32>)| {
        let present = (first..=last).map(|year| Some(year >= from && to.is_none_or(|to| year <= to))).collect();
        Unit { group, name, present, before: false }
    };
    Some(Spans {
        name_head: head(reader, table, columns.rows.or(Some(0))),
        group_head: columns.group.map(|group| head(reader, table, Some(group))),
        periods: (first..=last).map(period_head).collect(),
        units: rows.into_iter().map(unit).collect(),
    })
}

/// A year of the sort that the table has.
fn year(text: &str, fiscal: bool) -> Option<i32> {
    match Period::parse(text)? {
        Period::FiscalYear(year) if fiscal => Some(year),
        Period::Year(year) => Some(year),
        _ => None,
    }
}

/// Whether a cell says that there is nothing.
fn is_blank(text: &str) -> bool {
    text.trim().chars().all(|character| matches!(character, '-' | '‐' | '－' | '—' | '–' | '―' | '−'))
}

/// Columns that are periods: with the names in them, or with any word for those whose name is in a column of its own.
fn by_columns(reader: &mut Reader<'_>, options: &Options, columns: &Columns, table: &Table) -> Option<Spans> {
    let group = columns.group.or(if columns.rows.is_none() { Some(0) } else { None });
    let named = [columns.rows, group];
    let all: Vec<usize> = (0..table.columns.len()).filter(|index| !named.contains(&Some(*index))).collect();
    let mut shown: Vec<usize> = Vec::new();
    for (number, id) in options.periods.iter().flatten().enumerate() {
        shown.push(reader.column(table, id, &format!("periods[{number}]"))?);
    }
    if options.periods.is_none() {
        shown.clone_from(&all);
    }
    // What began before the first period shown does not begin there.
    let first = shown.first().copied().unwrap_or_default();
    let earlier: Vec<usize> = all.into_iter().filter(|index| *index < first).collect();
    let mut units: Vec<Unit> = Vec::new();
    for row in &table.rows {
        let cell = |index: &usize| row.get(*index).map(|cell| reader.cell_text(cell)).unwrap_or_default();
        let group = group.map(|index| cell(&index)).unwrap_or_default();
        let cells: Vec<Text> = shown.iter().map(cell).collect();
        let past: Vec<Text> = earlier.iter().map(cell).collect();
        match columns.rows {
            Some(rows) => {
                let present = cells.iter().map(|cell| presence(&cell.text)).collect();
                let before = past.iter().any(|cell| presence(&cell.text) == Some(true));
                units.push(Unit { group, name: cell(&rows), present, before });
            }
            None => units.extend(listed(&group, &cells, &past)),
        }
    }
    let wording = reader.wording();
    let heads = shown.iter().filter_map(|index| table.columns.get(*index));
    Some(Spans {
        name_head: head(reader, table, columns.rows),
        group_head: group.map(|group| head(reader, table, Some(group))),
        periods: heads.map(|column| Text::of(&column.label, wording)).collect(),
        units,
    })
}

fn presence(text: &str) -> Option<bool> {
    if matches!(text.trim(), "…" | "...") { None } else { Some(!is_blank(text)) }
}

/// The units of a group, from the names that are listed for each period. A group of nobody keeps a row without a name.
fn listed(group: &Text, cells: &[Text], past: &[Text]) -> Vec<Unit> {
    let mut units: Vec<Unit> = Vec::new();
    let unknown: Vec<Option<bool>> = cells.iter().map(|cell| presence(&cell.text).and(Some(false))).collect();
    for (period, cell) in cells.iter().enumerate() {
        if presence(&cell.text) != Some(true) {
            continue;
        }
        for name in names(&cell.text) {
            let index = units.iter().position(|unit| unit.name.text == name).unwrap_or_else(|| {
                let before = past.iter().any(|cell| names(&cell.text).contains(&name));
                let name = Text { text: name, lang: cell.lang.clone() };
                units.push(Unit { group: group.clone(), name, present: unknown.clone(), before });
                units.len() - 1
            });
            if let Some(present) = units.get_mut(index).and_then(|unit| unit.present.get_mut(period)) {
                *present = Some(true);
            }
        }
    }
    if units.is_empty() {
        units.push(Unit { group: group.clone(), name: Text::default(), present: unknown, before: false });
    }
    units
}

/// The names in a list: between commas where there are any; else, in Japanese, between spaces.
fn names(text: &str) -> Vec<String> {
    let comma = |character: char| matches!(character, '、' | ',' | '，' | ';' | '；' | '\n');
    let parts: Vec<&str> = if text.contains(comma) {
        text.split(comma).collect()
    } else if text.is_ascii() {
        vec![text]
    } else {
        text.split_whitespace().collect()
    };
    parts.into_iter().map(str::trim).filter(|name| !name.is_empty()).map(str::to_owned).collect()
}

/// The name or group that stands out, where there is one of that name.
fn highlight(reader: &mut Reader<'_>, given: Option<&str>, spans: &Spans) -> Option<String> {
    let given = given?.trim();
    let known = || spans.units.iter().flat_map(|unit| [unit.group.text.as_str(), unit.name.text.as_str()]);
    if known().any(|name| name == given && !name.is_empty()) {
        return Some(given.to_owned());
    }
    let span = reader.spans.value("highlight");
    reader.report(panel_findings::highlight_not_shown(span, given, known()));
    None
}

/// What is shown and told.
struct Chart<'c> {
    table: &'c Table,
    spans: &'c Spans,
    unit: String,
    state: String,
    highlight: Option<String>,
    wording: Wording<'c>,
}

impl Chart<'_> {
    fn is_highlighted(&self, unit: &Unit) -> bool {
        self.highlight.as_ref().is_some_and(|name| unit.group.text == *name || unit.name.text == *name)
    }

    /// How many of the units that `wanted` picks were there in a period.
    fn count(&self, period: usize, wanted: impl Fn(&Unit) -> bool) -> Option<usize> {
        let units = self.spans.units.iter().filter(|unit| wanted(unit));
        let present: Option<Vec<bool>> = units.map(|unit| unit.present.get(period).copied().flatten()).collect();
        present.map(|present| present.into_iter().filter(|present| *present).count())
    }

    fn number(&self, count: usize) -> String {
        self.wording.locale.number(Decimal::from(count))
    }

    fn counted(&self, count: usize) -> String {
        self.wording.with_unit(&self.number(count), &self.unit)
    }

    /// How many there were at first and at last, of the highlighted group where there is one.
    fn title(&self) -> String {
        let group =
            self.highlight.as_ref().filter(|name| self.spans.units.iter().any(|unit| unit.group.text == **name));
        let wanted = |unit: &Unit| group.is_none_or(|name| unit.group.text == *name);
        let last = self.spans.periods.len().saturating_sub(1);
        let (Some(from), Some(to)) = (self.count(0, wanted), self.count(last, wanted)) else {
            return self.wording.text(&self.table.name).to_owned();
        };
        let state = match group {
            Some(group) => self.wording.say("timeline-of-group", &[("group", group), ("state", &self.state)]),
            None => self.state.clone(),
        };
        let period = |index: usize| self.spans.periods.get(index).map(|head| head.text.clone()).unwrap_or_default();
        let key = if from == to { "finding-timeline-same" } else { "finding-timeline" };
        let (from_period, to_period) = (period(0), period(last));
        let (from, to) = (self.counted(from), self.counted(to));
        let texts = [
            ("state", state.as_str()),
            ("from", &from),
            ("to", &to),
            ("from-period", &from_period),
            ("to-period", &to_period),
        ];
        self.wording.say(key, &texts)
    }

    fn subtitle(&self) -> String {
        let name = self.wording.text(&self.table.name);
        let (Some(first), Some(last)) = (self.spans.periods.first(), self.spans.periods.last()) else {
            return name.to_owned();
        };
        let range = self.wording.say("period-range", &[("from", &first.text), ("to", &last.text)]);
        self.wording.say("area-and-period", &[("area", name), ("period", &range)])
    }

    fn alternative(&self) -> String {
        let counted = |(index, head): (usize, &Text)| {
            let count = self.count(index, |_| true).map_or_else(|| "…".to_owned(), |count| self.counted(count));
            self.wording.say("timeline-count", &[("period", &head.text), ("count", &count)])
        };
        let counts: Vec<String> = self.spans.periods.iter().enumerate().map(counted).collect();
        let counts = self.wording.locale.list(&counts);
        let name = self.wording.text(&self.table.name);
        self.wording.say("timeline-alternative", &[("name", name), ("state", &self.state), ("counts", &counts)])
    }

    fn notes(&self) -> Vec<String> {
        let unknown = self.spans.units.iter().any(|unit| unit.present.contains(&None));
        let legend = || self.wording.say("value-legend", &[("suppressed", self.wording.locale.suppressed())]);
        unknown.then(legend).into_iter().collect()
    }

    /// The cells of a row: where it begins, goes on and ends. What is there in the last period has not ended.
    fn marks(&self, unit: &Unit) -> Vec<Mark> {
        let first = unit.present.iter().position(|present| *present == Some(true)).filter(|_| !unit.before);
        let last = unit.present.iter().rposition(|present| *present == Some(true));
        let last = last.filter(|last| last + 1 < unit.present.len());
        let mark = |(index, present): (usize, &Option<bool>)| match present {
            None => Mark { class: "", text: "…".to_owned() },
            Some(false) => Mark::default(),
            Some(true) => {
                let (class, key) = match (Some(index) == first, Some(index) == last) {
                    (true, true) => ("f", "timeline-only"),
                    (true, false) => ("f", "timeline-first"),
                    (false, true) => ("l", "timeline-last"),
                    (false, false) => ("c", "timeline-continued"),
                };
                let position = self.wording.say(key, &[]);
                let text = self.wording.say("text-with-unit", &[("text", &self.state), ("unit", &position)]);
                Mark { class, text }
            }
        };
        unit.present.iter().enumerate().map(mark).collect()
    }

    fn name(&self, unit: &Unit) -> Text {
        if unit.name.text.is_empty() {
            return Text { text: self.wording.say("timeline-nobody", &[]), lang: None };
        }
        unit.name.clone()
    }

    fn totals(&self) -> Vec<String> {
        let total = |index| self.count(index, |_| true).map_or_else(|| "…".to_owned(), |count| self.number(count));
        (0..self.spans.periods.len()).map(total).collect()
    }

    fn graphic(&self) -> Graphic {
        let mut rows: Vec<Row> = Vec::new();
        for unit in &self.spans.units {
            let name = self.name(unit);
            rows.push(Row {
                first: rows.last().is_none_or(|row| row.group != unit.group.text),
                group: unit.group.text.clone(),
                group_lang: unit.group.lang.clone(),
                name: name.text,
                lang: name.lang,
                cells: self.marks(unit),
                highlight: self.is_highlighted(unit),
            });
        }
        let ended = rows.iter().flat_map(|row| &row.cells).any(|cell| cell.class == "l");
        let mut key = vec![("f", "timeline-first"), ("c", "timeline-continued")];
        key.extend(ended.then_some(("l", "timeline-last")));
        let mark = |(class, key): (&'static str, &str)| Mark { class, text: self.wording.say(key, &[]) };
        let grouped = self.spans.group_head.is_some();
        Graphic::Timeline { grouped, key: key.into_iter().map(mark).collect(), lines: rows }
    }

    /// The heads, the names with their marks in words, and the totals.
    fn grid(&self) -> Grid {
        let Spans { name_head, group_head, periods, .. } = self.spans;
        let column = |head: &Text| Column { label: head.text.clone(), numeric: false, lang: head.lang.clone() };
        let columns = std::iter::once(name_head).chain(group_head).chain(periods).map(column).collect();
        let text = |text: String, lang: Option<String>| GridCell { text, lang, ..GridCell::default() };
        let line = |unit: &Unit| {
            let group = group_head.as_ref().map(|_| text(unit.group.text.clone(), unit.group.lang.clone()));
            let marks = self.marks(unit).into_iter().map(|mark| text(mark.text, None));
            let name = self.name(unit);
            Line {
                label: name.text,
                lang: name.lang,
                cells: group.into_iter().chain(marks).collect(),
                highlight: self.is_highlighted(unit),
            }
        };
        let mut rows: Vec<Line> = self.spans.units.iter().map(line).collect();
        let totals = self.totals().into_iter().map(|total| text(total, None));
        let group = group_head.as_ref().map(|_| GridCell::default());
        let cells = group.into_iter().chain(totals).collect();
        rows.push(Line {
            label: self.wording.say("timeline-total", &[("unit", &self.unit)]),
            lang: None,
            cells,
            highlight: false,
        });
        Grid { caption: self.wording.text(&self.table.name).to_owned(), columns, rows }
    }

    /// A row for each year of each unit.
    fn dataset(&self) -> Dataset {
        let say = |key: &str| self.wording.say(key, &[]);
        let group = self.spans.group_head.as_ref().map_or_else(|| say("timeline-group"), |head| head.text.clone());
        let heads = vec![group, self.spans.name_head.text.clone(), say("column-period"), say("timeline-mark")];
        let mut rows = Vec::new();
        for unit in self.spans.units.iter().filter(|unit| !unit.name.text.is_empty()) {
            for (present, head) in unit.present.iter().zip(&self.spans.periods) {
                let state = match present {
                    Some(true) => self.state.clone(),
                    Some(false) => continue,
                    None => self.wording.say("value-not-available", &[]),
                };
                // Machines read years by the Western calendar, whatever the heads of the table say.
                let period = Period::parse(&head.text).map_or_else(|| head.text.clone(), |period| period.to_string());
                rows.push(vec![unit.group.text.clone(), unit.name.text.clone(), period, state]);
            }
        }
        Dataset { heads, rows }
    }
}

#[cfg(test)]
mod tests;
