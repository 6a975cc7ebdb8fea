//! Flow matrices: how many go from each area to each other one, with totals and what it comes to for each area.

use std::collections::BTreeSet;

use rust_decimal::Decimal;
use schemars::{Schema, SchemaGenerator};

use super::dataset::bare;
use super::options::options;
use super::rows::{number_cell, period_text};
use super::{
    Column, Common, Dataset, Draft, Graphic, Grid, GridCell, KeyItem, Kind, Line, Reader, Text, join_sentences, kind,
};
use crate::derive::{Wording, flow, rounded, share};
use crate::diagnostic::table_panel as findings;
use crate::model::data::Data;
use crate::model::flow::Flow;
use crate::model::indicator::{Amount, Cell, Missing, Over};

kind! {
    /// Where people come from and where they go: areas down, areas across.
    ///
    /// ```yaml
    /// kind: matrix
    /// flow: outpatients
    /// highlight: kamitosan
    /// ```
    ///
    /// - `flow`: the flow table.
    /// - `areas`: which rows and columns, in this order; without it, all that the table has.
    /// - `highlight`: the area that the panel is about.
    /// - `outside`: areas that stand for everywhere else; without it, groups that are part of no other area. They have no
    ///   totals.
    ///
    /// The shade says how large a part of those who live in an area a number is. A frame marks those who stay. The
    /// coefficient is all whom an area receives, divided by all who live there.
    Matrix
}

options! {
    /// The options of flow matrices.
    Options {
        /// The flow table that is shown.
        #[schemars(extend("x-ja" = "示す流れの表の id。"))]
        flow: Option<String>,
        /// Its areas; all of them where nothing is said.
        #[schemars(extend("x-ja" = "行と列にする地域。省けばすべて。"))]
        areas: Option<Vec<String>>,
        /// The area that matters here.
        #[schemars(extend("x-ja" = "目立たせる地域。"))]
        highlight: Option<String>,
        /// The areas that stand for everywhere else; groups that are part of no area where nothing is said.
        #[schemars(extend("x-ja" = "圏外を表す地域。省けば、どの地域にも属さないまとまり。"))]
        outside: Option<Vec<String>>,
    }
}

/// More areas than a page is wide.
const MOST_AREAS: usize = 60;

/// The decimals of the coefficient, as printed by the prefectures.
const COEFFICIENT_DIGITS: u32 = 3;

/// The bounds between the shades, in per cent of those who live in an area.
const BREAKS: [i64; 3] = [10, 50, 90];

impl Kind for Matrix {
    fn name(&self) -> &'static str {
        "matrix"
    }

    fn schema(&self, generator: &mut SchemaGenerator) -> Schema {
        Options::schema(generator)
    }

    fn manual(&self) -> &'static str {
        Matrix::MANUAL
    }

    fn draft(&self, reader: &mut Reader<'_>) -> Option<Draft> {
        let options: Options = reader.options()?;
        let flow = named(reader, options.flow.as_deref())?;
        let areas = areas(reader, &options, flow)?;
        let highlight = highlight(reader, options.highlight.as_deref(), flow, &areas);
        let chart = Chart { flow, areas: &areas, highlight, data: reader.context.data, wording: reader.wording() };
        if !flow.rows.iter().flatten().any(|cell| cell.amount.is_ok()) {
            reader.report_no_values();
            return None;
        }
        let mut notes = vec![reader.wording().say("matrix-note", &[])];
        notes.extend(chart.hidden_note());
        notes.extend(reader.notes_on(chart.cells()));
        let (lines, classes): (Vec<Line>, Vec<Vec<String>>) = chart.lines().into_iter().unzip();
        Some(Draft {
            common: common(options.common(), flow),
            title: chart.title(),
            subtitle: chart.subtitle(),
            alt: chart.alternative(),
            notes,
            indicators: BTreeSet::new(),
            table: Grid { caption: chart.caption(), columns: chart.columns(), rows: lines },
            dataset: chart.dataset(),
            graphic: Graphic::Matrix { shades: shades(reader.wording()), classes },
        })
    }
}

/// The options, with what the flow table says where they say nothing.
fn common(given: Common, flow: &Flow) -> Common {
    Common {
        source: given.source.or_else(|| Some(flow.source.clone())),
        as_of: given.as_of.or(Some(flow.as_of)),
        note: given.note.or_else(|| flow.note.clone()),
        ..given
    }
}

/// The flow table of that id.
fn named<'r>(reader: &mut Reader<'r>, id: Option<&str>) -> Option<&'r Flow> {
    let data = reader.context.data;
    let known = || data.flows().map(|flow| flow.id.as_str());
    let Some(id) = id else {
        reader.report(findings::panel_without_flow(reader.place(), known()));
        return None;
    };
    let flow = data.flow(id);
    if flow.is_none() {
        reader.report(findings::unknown_flow(reader.spans.value("flow"), id, known()));
    }
    flow
}

/// An area of the matrix.
struct Place<'d> {
    id: &'d str,
    name: Text,
    code: Option<&'d str>,
    /// Whether it stands for everywhere else.
    outside: bool,
}

/// The areas shown: those of the table, what is outside at the end.
fn areas<'r>(reader: &mut Reader<'r>, options: &Options, flow: &'r Flow) -> Option<Vec<Place<'r>>> {
    let mut ids: Vec<&'r str> = Vec::new();
    match &options.areas {
        Some(names) => {
            for (number, name) in names.iter().enumerate() {
                ids.push(area_id(reader, flow, name, &format!("areas[{number}]"))?);
            }
        }
        None => ids.extend(flow.from.iter().chain(&flow.to).map(String::as_str)),
    }
    let mut seen = BTreeSet::new();
    ids.retain(|id| seen.insert(*id));
    if ids.len() > MOST_AREAS {
        let span = reader.spans.value(if options.areas.is_some() { "areas" } else { "flow" });
        reader.report(findings::too_many_parts(span, ids.len(), MOST_AREAS));
        return None;
    }
    let mut outside = Vec::new();
    for (number, name) in options.outside.iter().flatten().enumerate() {
        outside.push(area_id(reader, flow, name, &format!("outside[{number}]"))?);
    }
    let (data, wording) = (reader.context.data, reader.wording());
    let place = |id: &'r str| {
        let (name, code) = data.entity_name(Over::Areas, id)?;
        let outside = if options.outside.is_some() { outside.contains(&id) } else { is_elsewhere(data, id) };
        Some(Place { id, name: Text::of(name, wording), code, outside })
    };
    let mut places: Vec<Place<'r>> = ids.into_iter().filter_map(place).collect();
    places.sort_by_key(|place| place.outside);
    Some(places)
}

/// Whether an area stands for everywhere else: a group that belongs to nothing.
fn is_elsewhere(data: &Data, id: &str) -> bool {
    data.area(id).is_some_and(|area| area.kind == crate::model::area::AreaKind::Group && area.parent.is_none())
}

fn area_id<'r>(reader: &mut Reader<'r>, flow: &'r Flow, name: &str, path: &str) -> Option<&'r str> {
    let span = reader.spans.value(path);
    match reader.context.data.entity(Over::Areas, name, || span.clone()) {
        Err(finding) => {
            reader.report(finding);
            None
        }
        Ok(id) if flow.from.iter().chain(&flow.to).any(|known| known == id) => Some(id),
        Ok(_) => {
            reader.report(findings::area_not_in_flow(span, &flow.id, name, flow.from.iter().map(String::as_str)));
            None
        }
    }
}

fn highlight<'r>(reader: &mut Reader<'r>, given: Option<&str>, flow: &'r Flow, shown: &[Place<'r>]) -> Option<&'r str> {
    let id = area_id(reader, flow, given?, "highlight")?;
    if shown.iter().any(|place| place.id == id) {
        return Some(id);
    }
    let span = reader.spans.value("highlight");
    let shown = shown.iter().map(|place| place.id);
    reader.report(crate::diagnostic::panel::highlight_not_shown(span, id, shown));
    None
}

/// What the shades mean.
fn shades(wording: Wording<'_>) -> Vec<KeyItem> {
    let percent = |number: i64| wording.locale.percent(Decimal::from(number));
    let [low, middle, high] = BREAKS.map(percent);
    let classes = ["q1", "q2", "q3", "q4"];
    let labels = [
        wording.say("shade-below", &[("to", &low)]),
        wording.say("shade-between", &[("from", &low), ("to", &middle)]),
        wording.say("shade-between", &[("from", &middle), ("to", &high)]),
        wording.say("shade-from", &[("from", &high)]),
    ];
    let item = |(class, label): (&str, String)| KeyItem { class: class.to_owned(), label, lang: None };
    classes.into_iter().zip(labels).map(item).collect()
}

/// The shade of a number among all who live in an area.
fn shade(amount: Amount, whole: Amount) -> &'static str {
    let Ok(part) = share::share(amount, whole) else { return "" };
    if part <= Decimal::ZERO {
        return "z";
    }
    let [low, middle, high] = BREAKS.map(|per_cent| Decimal::new(per_cent, 2));
    match part {
        part if part >= high => "q4",
        part if part >= middle => "q3",
        part if part >= low => "q2",
        _ => "q1",
    }
}

/// What the flows come to for an area.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Balance {
    residents: Amount,
    received: Amount,
    inflow: Amount,
    outflow: Amount,
    net: Amount,
    coefficient: Amount,
}

/// The columns of the balance, with how many decimals each is printed.
const BALANCE: [&str; 5] = ["flow-residents", "flow-out", "flow-in", "flow-net", "flow-coefficient"];

impl Balance {
    const NONE: [Amount; 5] = [Err(Missing::NotApplicable); 5];

    fn columns(&self) -> [Amount; 5] {
        [self.residents, self.outflow, self.inflow, self.net, self.coefficient]
    }
}

/// What is shown and told.
struct Chart<'c> {
    flow: &'c Flow,
    areas: &'c [Place<'c>],
    highlight: Option<&'c str>,
    data: &'c Data,
    wording: Wording<'c>,
}

impl<'c> Chart<'c> {
    /// A cell; what the table does not have is not available.
    fn cell(&self, from: &str, to: &str) -> Cell {
        self.flow.cell(from, to).unwrap_or(Cell::ABSENT)
    }

    /// The total that is printed beside a row or column; it stands in where a cell is lost.
    fn printed(&self, indicator: Option<&String>, id: &str) -> Option<Amount> {
        let indicator = self.data.indicator(indicator?)?;
        indicator.cell(id, self.flow.as_of).map(|cell| cell.amount)
    }

    fn balance(&self, id: &str) -> Balance {
        let own = [self.cell(id, id).amount];
        let others = |ids: &[String], cell: &dyn Fn(&str) -> Amount| -> Vec<Amount> {
            ids.iter().filter(|other| *other != id).map(|other| cell(other)).collect()
        };
        let away = others(&self.flow.to, &|to| self.cell(id, to).amount);
        let here = others(&self.flow.from, &|from| self.cell(from, id).amount);
        let all = |others: &[Amount]| [&own[..], others].concat();
        let residents = self.printed(self.flow.printed.row_sums.as_ref(), id);
        let received = self.printed(self.flow.printed.column_sums.as_ref(), id);
        let (outflow, inflow) = (flow::beyond(&away, &own, residents), flow::beyond(&here, &own, received));
        let residents = flow::total(&all(&away), residents);
        Balance {
            residents,
            received: flow::total(&all(&here), received),
            inflow,
            outflow,
            net: flow::net(inflow, outflow),
            coefficient: flow::coefficient(residents, inflow, outflow),
        }
    }

    /// The areas that the panel is about, without what is outside.
    fn inner(&self) -> impl Iterator<Item = &'c Place<'c>> {
        self.areas.iter().filter(|place| !place.outside)
    }

    /// Every cell shown, with what was worked out, for the legend of signs.
    fn cells(&self) -> impl Iterator<Item = Cell> + '_ {
        let flows = self.areas.iter().flat_map(|from| self.areas.iter().map(|to| self.cell(from.id, to.id)));
        let bare = |amount| Cell { amount, mark: None };
        let whole = std::iter::once(bare(Err(Missing::NotApplicable)));
        flows.chain(self.inner().flat_map(move |place| self.balance(place.id).columns().map(bare))).chain(whole)
    }

    fn digits(&self, key: &str) -> u32 {
        if key == "flow-coefficient" { COEFFICIENT_DIGITS } else { self.flow.precision }
    }

    fn caption(&self) -> String {
        let (name, unit) = (self.wording.text(&self.flow.name), self.wording.text(&self.flow.unit));
        if unit.is_empty() {
            name.to_owned()
        } else {
            self.wording.say("text-with-unit", &[("text", name), ("unit", unit)])
        }
    }

    fn subtitle(&self) -> String {
        let period = period_text(self.flow.as_of, self.wording);
        self.wording.say("area-and-period", &[("area", &self.caption()), ("period", &period)])
    }

    fn columns(&self) -> Vec<Column> {
        let word = |key: &str, numeric| Column { label: self.wording.say(key, &[]), numeric, lang: None };
        let area =
            |place: &Place<'_>| Column { label: place.name.text.clone(), numeric: true, lang: place.name.lang.clone() };
        let mut columns = vec![word("flow-corner", false)];
        columns.extend(self.areas.iter().map(area));
        columns.extend(BALANCE.map(|key| word(key, true)));
        columns
    }

    /// A number as a cell.
    fn number(&self, amount: Amount, digits: u32) -> GridCell {
        let amount = amount.map(|number| rounded(number, digits));
        number_cell(self.wording.amount(amount, digits), amount, digits)
    }

    /// The rows with the classes of their cells: a row for each area, then the totals.
    fn lines(&self) -> Vec<(Line, Vec<String>)> {
        let mut lines: Vec<(Line, Vec<String>)> = self.areas.iter().map(|place| self.line(place)).collect();
        let totals = self.areas.iter().map(|place| {
            let received = if place.outside { Err(Missing::NotApplicable) } else { self.balance(place.id).received };
            self.number(received, self.flow.precision)
        });
        let none = Balance::NONE.map(|amount| self.number(amount, 0));
        let cells: Vec<GridCell> = totals.chain(none).collect();
        let classes = vec!["s".to_owned(); cells.len()];
        let label = self.wording.say("flow-received", &[]);
        lines.push((Line { label, lang: None, cells, highlight: false }, classes));
        lines
    }

    fn line(&self, place: &Place<'_>) -> (Line, Vec<String>) {
        let balance = self.balance(place.id);
        let mut cells = Vec::new();
        let mut classes = Vec::new();
        for to in self.areas {
            let amount = self.cell(place.id, to.id).amount;
            cells.push(self.number(amount, self.flow.precision));
            let own = if to.id == place.id && !place.outside { " sf" } else { "" };
            let shade = if place.outside { "" } else { shade(amount, balance.residents) };
            classes.push(format!("{shade}{own}").trim().to_owned());
        }
        let columns = if place.outside { Balance::NONE } else { balance.columns() };
        for (amount, key) in columns.into_iter().zip(BALANCE) {
            cells.push(self.number(amount, self.digits(key)));
            classes.push("s".to_owned());
        }
        let highlight = self.highlight == Some(place.id);
        (Line { label: place.name.text.clone(), lang: place.name.lang.clone(), cells, highlight }, classes)
    }

    /// That not all areas of the table are shown, though they count.
    fn hidden_note(&self) -> Option<String> {
        let shown = |id: &String| self.areas.iter().any(|place| place.id == id);
        let all = self.flow.from.iter().chain(&self.flow.to).all(shown);
        (!all).then(|| self.wording.say("matrix-note-hidden", &[]))
    }

    /// The highlighted area, or the areas that lose more than they gain.
    fn title(&self) -> String {
        let net = |place: &Place<'_>| {
            let net = self.balance(place.id).net.ok()?;
            Some(rounded(net, self.flow.precision))
        };
        let highlighted = self.inner().find(|place| self.highlight == Some(place.id));
        if let Some(place) = highlighted
            && let Some(net) = net(place)
        {
            return self.net_sentence(place, net);
        }
        let known: Vec<(&Place<'_>, Decimal)> =
            self.inner().filter_map(|place| net(place).map(|net| (place, net))).collect();
        let losing: Vec<String> =
            known.iter().filter(|(_, net)| *net < Decimal::ZERO).map(|(place, _)| place.name.text.clone()).collect();
        if known.len() < self.inner().count() || losing.is_empty() {
            return self.caption();
        }
        if losing.len() <= 3 {
            return self.wording.say("finding-outflow-areas", &[("areas", &self.wording.locale.list(&losing))]);
        }
        let (count, all) = (losing.len().to_string(), known.len().to_string());
        self.wording.say("finding-outflow-count", &[("count", &count), ("all", &all)])
    }

    fn net_sentence(&self, place: &Place<'_>, net: Decimal) -> String {
        let number = self.wording.amount(Ok(net.abs()), self.flow.precision);
        let value = self.wording.with_unit(&number, self.wording.text(&self.flow.unit));
        let key = match net {
            net if net > Decimal::ZERO => "finding-inflow",
            net if net < Decimal::ZERO => "finding-outflow",
            _ => "finding-even",
        };
        self.wording.say(key, &[("area", &place.name.text), ("value", &value)])
    }

    fn alternative(&self) -> String {
        let print = |amount: Amount, digits| self.wording.amount(amount.map(|number| rounded(number, digits)), digits);
        let sentence = |place: &Place<'_>| {
            let balance = self.balance(place.id);
            let digits = self.flow.precision;
            let texts = [
                ("area", place.name.text.clone()),
                ("own", print(self.cell(place.id, place.id).amount, digits)),
                ("out", print(balance.outflow, digits)),
                ("in", print(balance.inflow, digits)),
                ("coefficient", print(balance.coefficient, COEFFICIENT_DIGITS)),
            ];
            let texts: Vec<(&str, &str)> = texts.iter().map(|(key, text)| (*key, text.as_str())).collect();
            self.wording.say("matrix-sentence", &texts)
        };
        let sentences: Vec<String> = self.inner().map(sentence).collect();
        let sentences = join_sentences(&sentences, self.wording);
        self.wording.say("matrix-alternative", &[("name", &self.caption()), ("sentences", &sentences)])
    }

    fn dataset(&self) -> Dataset {
        let say = |key: &str| self.wording.say(key, &[]);
        let heads = [
            "column-item",
            "dataset-from-id",
            "dataset-from-code",
            "dataset-from",
            "dataset-to-id",
            "dataset-to-code",
            "dataset-to",
            "column-value",
            "unit",
            "dataset-note",
        ];
        let mut dataset = Dataset { heads: heads.map(say).to_vec(), rows: Vec::new() };
        let name = self.wording.text(&self.flow.name).to_owned();
        for from in self.areas {
            for to in self.areas {
                let amount = self.cell(from.id, to.id).amount;
                dataset.rows.push(self.record(&name, (Some(from), Some(to)), amount, self.flow.precision));
            }
        }
        for place in self.inner() {
            let balance = self.balance(place.id);
            let (from, to) = ((Some(place), None), (None, Some(place)));
            let digits = self.flow.precision;
            for (key, ends, amount) in [
                ("flow-residents", from, balance.residents),
                ("flow-received", to, balance.received),
                ("flow-out", from, balance.outflow),
                ("flow-in", to, balance.inflow),
                ("flow-net", to, balance.net),
            ] {
                dataset.rows.push(self.record(&say(key), ends, amount, digits));
            }
            let mut coefficient = self.record(&say("flow-coefficient"), to, balance.coefficient, COEFFICIENT_DIGITS);
            if let Some(unit) = coefficient.get_mut(8) {
                unit.clear();
            }
            dataset.rows.push(coefficient);
        }
        dataset
    }

    /// A row of the CSV: what goes from one end to the other; an end that is left open is everywhere.
    fn record(
        &self,
        item: &str,
        (from, to): (Option<&Place<'_>>, Option<&Place<'_>>),
        amount: Amount,
        digits: u32,
    ) -> Vec<String> {
        let end = |place: Option<&Place<'_>>| match place {
            Some(place) => [place.id.to_owned(), place.code.unwrap_or_default().to_owned(), place.name.text.clone()],
            None => Default::default(),
        };
        let remark = match amount {
            Ok(_) => String::new(),
            Err(Missing::NotApplicable) => self.wording.say("value-not-applicable", &[]),
            Err(Missing::NotAvailable) => self.wording.say("value-not-available", &[]),
            Err(Missing::Suppressed) => self.wording.say("value-suppressed", &[]),
        };
        let value = amount.map(|number| bare(number, digits)).unwrap_or_default();
        let unit = self.wording.text(&self.flow.unit).to_owned();
        std::iter::once(item.to_owned()).chain(end(from)).chain(end(to)).chain([value, unit, remark]).collect()
    }
}

#[cfg(test)]
mod tests;
