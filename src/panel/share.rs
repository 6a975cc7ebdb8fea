//! Shares: a whole cut into its parts, once or for several periods or areas.

use rust_decimal::Decimal;
use schemars::{Schema, SchemaGenerator};

use super::lanes::{self, GAP, Lanes};
use super::options::options;
use super::rows::{
    Entity, cell, entity_head, note_on_estimates, number_cell, period_text, value_cell, value_with_unit,
};
use super::table::with_unit;
use super::{Column, Dataset, Draft, Graphic, Grid, GridCell, Kind, Line, Reader, Text, join_sentences, kind};
use crate::derive::{Wording, rounded};
use crate::diagnostic::bars as findings;
use crate::diagnostic::panel as panel_findings;
use crate::draw::label::{Label, width};
use crate::draw::mark::{Anchor, Hatch, Mark, Plot};
use crate::draw::scale::float;
use crate::draw::{EM, NARROWEST};
use crate::locale::Period;
use crate::model::indicator::{Amount, Cell, Indicator, Missing};

kind! {
    /// A whole and its parts: one bar, or several of the same length.
    ///
    /// ```yaml
    /// kind: share
    /// indicator: physicians
    /// areas: [city, outside]
    /// whole: kumamoto
    /// ```
    ///
    /// - `indicator` and `areas`: parts that are areas of one measure. `whole` names the area that they are parts of;
    ///   without `areas` its own parts are taken. `period`, or several `periods`, each of which is a bar.
    /// - Or `indicators`: parts that are measures, with a bar for each of the `areas`. `whole` is then an indicator.
    /// - Without `whole` the parts together are the whole; of percentages it is 100.
    /// - `highlight`: the part that the panel is about: an area or an indicator.
    ///
    /// What the parts leave of the whole is shown as such. Parts that are more than the whole are an error, but for what
    /// rounding explains.
    Share
}

options! {
    /// The options of shares.
    Options {
        /// The indicator whose areas are the parts.
        #[schemars(extend("x-ja" = "地域を部分とする指標の id。"))]
        indicator: Option<String>,
        /// Or the indicators that are the parts.
        #[schemars(extend("x-ja" = "または、部分となる指標の id。"))]
        indicators: Option<Vec<String>>,
        /// The areas or hospitals: the parts, or with several indicators the bars.
        #[schemars(extend("x-ja" = "部分となる地域か病院。指標を並べるときは、帯にする地域。"))]
        areas: Option<Vec<String>>,
        /// The whole: an area, or with several indicators an indicator.
        #[schemars(extend("x-ja" = "全体。地域、指標を並べるときは指標の id。省けば部分の合計。"))]
        whole: Option<String>,
        /// The period; the latest where nothing is said.
        #[schemars(extend("x-ja" = "時点。省けば最新。"))]
        period: Option<Period>,
        /// Or several periods, each of which is a bar.
        #[schemars(extend("x-ja" = "または、帯にするいくつかの時点。"))]
        periods: Option<Vec<Period>>,
        /// The part that matters here.
        #[schemars(extend("x-ja" = "目立たせる部分。"))]
        highlight: Option<String>,
    }
}

/// More parts can't be told apart.
const MOST_PARTS: usize = 6;

/// More bars are a table.
const MOST_ROWS: usize = 24;

/// What tells the parts apart: colour, and stripes besides.
const LOOKS: [(&str, Option<Hatch>); MOST_PARTS] = [
    ("k1", None),
    ("k2", Some(Hatch::Rising)),
    ("k3", Some(Hatch::Level)),
    ("k6", None),
    ("k5", Some(Hatch::Falling)),
    ("k1", Some(Hatch::Upright)),
];

/// What the parts leave of the whole.
const REST: (&str, Option<Hatch>) = ("kr", None);

impl Kind for Share {
    fn name(&self) -> &'static str {
        "share"
    }

    fn schema(&self, generator: &mut SchemaGenerator) -> Schema {
        Options::schema(generator)
    }

    fn manual(&self) -> &'static str {
        Share::MANUAL
    }

    fn draft(&self, reader: &mut Reader<'_>) -> Option<Draft> {
        let options: Options = reader.options()?;
        if options.period.is_some() && options.periods.is_some() {
            reader.report(findings::period_twice(reader.spans.value("period")));
            return None;
        }
        let chart = match (&options.indicator, &options.indicators) {
            (Some(id), None) => of_areas(reader, id, &options)?,
            (None, Some(ids)) => of_indicators(reader, ids, &options)?,
            _ => {
                reader.report(panel_findings::panel_without_indicator(reader.place()));
                return None;
            }
        };
        if chart.rows.is_empty() {
            reader.report_no_values();
            return None;
        }
        if chart.rows.len() > MOST_ROWS {
            reader.report(findings::too_many_bars(reader.place(), chart.rows.len()));
            return None;
        }
        let plot = chart.plot();
        let mut notes = chart.notes();
        let cells = chart.rows.iter().flat_map(|row| row.cells.iter().map(|cell| cell.cell));
        notes.extend(note_on_estimates(cells.clone(), reader.wording()));
        notes.extend(reader.notes_on(cells));
        let used = chart.rows.iter().flat_map(|row| &row.cells).map(|cell| cell.indicator.id.clone());
        let whole = chart.whole_indicator.map(|indicator| indicator.id.clone());
        Some(Draft {
            common: options.common(),
            title: chart.title(),
            subtitle: chart.subtitle(),
            alt: chart.alternative(),
            notes,
            indicators: used.chain(whole).collect(),
            table: chart.table(),
            dataset: chart.dataset(),
            graphic: Graphic::drawing(&plot, plot.classes()),
        })
    }
}

/// Parts that are areas; each period is a bar.
fn of_areas<'r>(reader: &mut Reader<'r>, id: &str, options: &Options) -> Option<Chart<'r>> {
    let indicator = reader.indicator(id, "indicator")?;
    let periods = reader.periods(indicator, options.periods.as_deref(), options.period)?;
    let whole = match &options.whole {
        Some(name) => Some(reader.entity_id(indicator.over, name, "whole", &[indicator])?),
        None => None,
    };
    let entities = parts_of(reader, indicator, whole, options);
    can_be_told_apart(reader, entities.len())?;
    let highlight = reader.highlight(options.highlight.as_deref(), indicator.over, &entities);
    let whole_entity = whole.and_then(|id| reader.entity(indicator.over, id));
    let parts: Vec<Part> = entities
        .iter()
        .map(|entity| Part { name: entity.name.clone(), highlight: highlight == Some(entity.id) })
        .collect();
    let mut rows = Vec::new();
    for period in periods {
        let name = Text { text: period_text(period, reader.wording()), lang: None };
        let valued = |entity: &Entity<'r>| Valued {
            indicator,
            entity: entity.clone(),
            period,
            cell: cell(indicator, entity.id, period),
        };
        let cells: Vec<Valued<'r>> = entities.iter().map(valued).collect();
        let given = whole.map(|id| cell(indicator, id, period).amount);
        rows.push(row(reader, name, cells, &parts, given)?);
    }
    Some(Chart {
        rows_are_periods: true,
        whole_name: whole_entity.as_ref().map(|entity| entity.name.text.clone()),
        whole_entity,
        whole_indicator: whole.map(|_| indicator),
        parts,
        rows,
        measure: with_unit(indicator, reader.wording()),
        wording: reader.wording(),
    })
}

/// Whether so many parts can be told apart.
fn can_be_told_apart(reader: &mut Reader<'_>, parts: usize) -> Option<()> {
    if (1..=MOST_PARTS).contains(&parts) {
        return Some(());
    }
    reader.report(findings::wrong_number_of_parts(reader.place(), parts, MOST_PARTS));
    None
}

/// The areas that are named; else those below the whole, of one kind; else all of one kind.
fn parts_of<'r>(
    reader: &mut Reader<'r>,
    indicator: &'r Indicator,
    whole: Option<&str>,
    options: &Options,
) -> Vec<Entity<'r>> {
    let mut entities = reader.entities(options.areas.as_deref(), &[indicator]);
    entities.retain(|entity| Some(entity.id) != whole);
    if options.areas.is_some() {
        return entities;
    }
    if let Some(whole) = whole {
        let data = reader.context.data;
        entities.retain(|entity| data.children(whole).any(|child| child.id == entity.id));
    }
    reader.alike(entities, options.highlight.as_deref())
}

/// Parts that are indicators; each area is a bar.
fn of_indicators<'r>(reader: &mut Reader<'r>, ids: &[String], options: &Options) -> Option<Chart<'r>> {
    can_be_told_apart(reader, ids.len())?;
    if options.periods.is_some() {
        reader.report(findings::not_together(reader.spans.key("periods"), "periods", "indicators"));
        return None;
    }
    let found: Vec<Option<&'r Indicator>> =
        ids.iter().enumerate().map(|(number, id)| reader.indicator(id, &format!("indicators[{number}]"))).collect();
    let indicators: Vec<&'r Indicator> = found.into_iter().collect::<Option<_>>()?;
    let first = *indicators.first()?;
    let whole = match &options.whole {
        Some(id) => Some(reader.indicator(id, "whole")?),
        None => None,
    };
    let wording = reader.wording();
    of_one_unit(reader, &indicators, whole)?;
    let period = reader.period(first, options.period, "period")?;
    if let Some(name) = options.highlight.as_ref().filter(|name| !ids.contains(name)) {
        let span = reader.spans.value("highlight");
        reader.report(panel_findings::highlight_not_shown(span, name, ids.iter().map(String::as_str)));
    }
    let parts: Vec<Part> = indicators
        .iter()
        .map(|indicator| Part {
            name: Text::of(&indicator.name, wording),
            highlight: options.highlight.as_deref() == Some(indicator.id.as_str()),
        })
        .collect();
    let entities = reader.entities(options.areas.as_deref(), &indicators);
    let mut rows = Vec::new();
    for entity in entities {
        let cells = indicators.iter().map(|indicator| Valued {
            indicator,
            entity: entity.clone(),
            period,
            cell: cell(indicator, entity.id, period),
        });
        let given = match whole {
            Some(whole) => Some(cell(whole, entity.id, period).amount),
            None => first.is_in_percent().then_some(Ok(Decimal::ONE_HUNDRED)),
        };
        rows.push(row(reader, entity.name.clone(), cells.collect(), &parts, given)?);
    }
    Some(Chart {
        rows_are_periods: false,
        whole_name: None,
        whole_entity: None,
        whole_indicator: whole,
        measure: whole.map_or_else(
            || wording.locale.list(&parts.iter().map(|part| part.name.text.clone()).collect::<Vec<_>>()),
            |whole| with_unit(whole, wording),
        ),
        parts,
        rows,
        wording,
    })
}

/// Whether the parts and the whole are of one unit, and of areas or of hospitals.
fn of_one_unit(reader: &mut Reader<'_>, indicators: &[&Indicator], whole: Option<&Indicator>) -> Option<()> {
    let wording = reader.wording();
    let first = indicators.first()?;
    let unit = wording.text(&first.unit);
    for (number, indicator) in indicators.iter().copied().chain(whole).enumerate() {
        let path = if number < indicators.len() { format!("indicators[{number}]") } else { "whole".to_owned() };
        let found = wording.text(&indicator.unit);
        if found != unit {
            reader.report(findings::units_differ(reader.spans.value(&path), unit, found));
            return None;
        }
        if indicator.over != first.over {
            reader.report(panel_findings::mixed_rows(reader.spans.value(&path)));
            return None;
        }
    }
    Some(())
}

/// A bar, where its parts are parts of its whole.
fn row<'r>(
    reader: &mut Reader<'r>,
    name: Text,
    cells: Vec<Valued<'r>>,
    parts: &[Part],
    given: Option<Amount>,
) -> Option<Row<'r>> {
    let wording = reader.wording();
    let first = cells.first()?.indicator;
    let value = |number: Decimal| value_with_unit(Ok(number), first, wording);
    let mut sum = Decimal::ZERO;
    for (cell, part) in cells.iter().zip(parts) {
        match cell.cell.amount {
            Ok(number) if number < Decimal::ZERO => {
                reader.report(findings::part_below_zero(reader.place(), &name.text, &part.name.text, &value(number)));
                return None;
            }
            Ok(number) => sum = sum.saturating_add(number),
            Err(_) if given.is_none() => {
                reader.report(findings::part_missing(reader.place(), &name.text, &part.name.text));
                return None;
            }
            Err(_) => {}
        }
    }
    let whole = match given {
        None => sum,
        Some(Ok(whole)) => whole,
        Some(Err(_)) => {
            reader.report(findings::no_whole(reader.place(), &name.text));
            return None;
        }
    };
    // Each printed figure may be half a unit of its last digit off, the whole too.
    let halves = Decimal::from(cells.len() + 1) * Decimal::new(5, first.precision + 1);
    if sum > whole && (given.is_none() || sum.saturating_sub(whole) > halves) {
        reader.report(findings::parts_exceed_whole(reader.place(), &name.text, &value(sum), &value(whole)));
        return None;
    }
    if sum.max(whole) <= Decimal::ZERO {
        reader.report(findings::whole_is_zero(reader.place(), &name.text));
        return None;
    }
    let incomplete = cells.iter().any(|cell| cell.cell.amount.is_err());
    Some(Row {
        name,
        cells,
        whole,
        rounded: sum > whole,
        rest: whole.saturating_sub(sum).max(Decimal::ZERO),
        incomplete,
    })
}

/// A part of the whole.
struct Part {
    name: Text,
    highlight: bool,
}

/// The value of a part in one bar, with all that says what it is.
struct Valued<'d> {
    indicator: &'d Indicator,
    entity: Entity<'d>,
    period: Period,
    cell: Cell,
}

/// One bar.
struct Row<'d> {
    name: Text,
    cells: Vec<Valued<'d>>,
    whole: Decimal,
    /// Whether the parts are more than the whole by what rounding explains.
    rounded: bool,
    /// What the parts leave of the whole.
    rest: Decimal,
    /// Whether the rest holds parts that have no value.
    incomplete: bool,
}

impl Row<'_> {
    /// A part of the whole, in per cent.
    fn share(&self, amount: Amount) -> Amount {
        let part = amount?.checked_div(self.whole).ok_or(Missing::NotApplicable)?;
        Ok(rounded(part.saturating_mul(Decimal::ONE_HUNDRED), 1))
    }

    fn shares(&self) -> impl Iterator<Item = Amount> + '_ {
        self.cells.iter().map(|cell| self.share(cell.cell.amount))
    }

    /// The length of the bar in the unit of the parts.
    fn length(&self) -> Decimal {
        total(self.cells.iter().map(|cell| cell.cell.amount)).max(self.whole)
    }

    /// Where the parts begin and end, in percent of the bar; the rest last.
    fn segments(&self) -> Vec<(f64, f64)> {
        let length = float(self.length());
        let mut at = 0.0;
        let amounts = self.cells.iter().map(|cell| cell.cell.amount.unwrap_or_default()).chain([self.rest]);
        amounts
            .map(|number| {
                let from = at;
                at += float(number) / length * 100.0;
                (from, at)
            })
            .collect()
    }
}

/// What is drawn and told.
struct Chart<'c> {
    parts: Vec<Part>,
    rows: Vec<Row<'c>>,
    rows_are_periods: bool,
    whole_name: Option<String>,
    whole_entity: Option<Entity<'c>>,
    whole_indicator: Option<&'c Indicator>,
    /// What is measured, with its unit.
    measure: String,
    wording: Wording<'c>,
}

/// A line of the legend: how the part looks, its name, its value where there is one bar.
struct Entry {
    look: (&'static str, Option<Hatch>),
    name: Text,
    value: String,
    highlight: bool,
}

impl Entry {
    /// The entry with its name broken into lines. The value stands at the end of the line where there is room, else below
    /// the name.
    fn placed(mut self) -> (Entry, Label) {
        // The sample of the look takes a little of the line.
        let all = lanes::narrowest() * (1.0 - SAMPLE / 100.0) - GAP;
        let beside = if self.value.is_empty() { all } else { all - width(&self.value) - 2.0 * GAP };
        let label = Label::new(&self.name.text, beside);
        if label.width() <= beside {
            return (self, label);
        }
        let mut label = Label::new(&self.name.text, all);
        label.lines.push(std::mem::take(&mut self.value));
        (self, label)
    }
}

impl Chart<'_> {
    fn plot(&self) -> Plot {
        let mut lanes = Lanes::default();
        let spans: Vec<Span> = self.rows.iter().map(|row| self.span(row, &mut lanes)).collect();
        let entries: Vec<(Entry, Label, (f64, f64))> = self
            .entries()
            .into_iter()
            .map(|entry| {
                let (entry, label) = entry.placed();
                let span = lanes.add(label.height() + 0.3);
                (entry, label, span)
            })
            .collect();
        let mut marks = Vec::new();
        for ((index, row), span) in self.rows.iter().enumerate().zip(&spans) {
            marks.extend(self.bar((index, row), span, &lanes));
        }
        for (entry, label, span) in entries {
            marks.extend(legend(entry, label, span, &lanes));
        }
        Plot { marks, left: 0.0, right: 0.0, height: lanes.height() }
    }

    fn span(&self, row: &Row<'_>, lanes: &mut Lanes) -> Span {
        let name = (self.rows.len() > 1).then(|| Label::new(&row.name.text, lanes::narrowest()));
        let head = name.map(|name| {
            let height = name.height();
            (name, lanes.add(height + 0.1))
        });
        let labels = lanes.add(1.4);
        let bar = lanes.add(1.7);
        lanes.add(0.9);
        Span { head, labels, bar }
    }

    /// The parts of a bar, and above each for which there is room its share.
    fn bar(&self, (index, row): (usize, &Row<'_>), span: &Span, lanes: &Lanes) -> Vec<Mark> {
        let mut marks = Vec::new();
        if let Some((label, (top, bottom))) = &span.head {
            let at = (0.0, lanes.percent((top + bottom) / 2.0));
            let mut text = lanes::text(at, (0.0, 0.0), Anchor::Start, label.clone(), "tt");
            text.lang = row.name.lang.clone();
            marks.push(Mark::Text(text));
        }
        let (top, bottom) = (lanes.percent(span.bar.0), lanes.percent(span.bar.1));
        let looks = LOOKS.iter().take(self.parts.len()).chain([&REST]);
        let shares = row.shares().chain([row.share(Ok(row.rest))]);
        // In the table each part has its value and its share; what is left of the whole comes after all of them.
        let columns = (1..=self.parts.len()).map(|part| part * 2).chain([self.parts.len() * 2 + 1]);
        let segments = row.segments().into_iter().zip(columns);
        for ((((from, to), column), (class, hatch)), share) in segments.zip(looks).zip(shares) {
            if to - from <= 0.0 {
                continue;
            }
            marks.push(Mark::Value { at: ((from + to) / 2.0, (top + bottom) / 2.0), row: index, column });
            marks.push(Mark::Rect { from: (from, top), to: (to, bottom), class: (*class).to_owned(), hatch: *hatch });
            let Ok(share) = share else { continue };
            let text = self.wording.locale.percent(share);
            if (to - from) / 100.0 * NARROWEST >= (width(&text) + 0.2) * EM {
                let at = ((from + to) / 2.0, lanes.percent((span.labels.0 + span.labels.1) / 2.0));
                let label = Label { lines: vec![text] };
                marks.push(Mark::Text(lanes::text(at, (0.0, 0.0), Anchor::Middle, label, "")));
            }
        }
        marks
    }

    /// What the looks mean. With one bar, also how much each part is.
    fn entries(&self) -> Vec<Entry> {
        let alone = self.rows.first().filter(|_| self.rows.len() == 1);
        let value = |index: usize| -> String {
            let Some(row) = alone else { return self.course(|row| row.shares().nth(index)?.ok()) };
            let Some(cell) = row.cells.get(index) else { return String::new() };
            self.measured(row, cell.cell.amount, cell.indicator)
        };
        let mut entries: Vec<Entry> = self
            .parts
            .iter()
            .zip(LOOKS)
            .enumerate()
            .map(|(index, (part, look))| Entry {
                look,
                name: part.name.clone(),
                value: value(index),
                highlight: part.highlight,
            })
            .collect();
        if self.has_rest() {
            let indicator = self.rows.first().and_then(|row| row.cells.first()).map(|cell| cell.indicator);
            let value = alone.zip(indicator).map(|(row, indicator)| self.measured(row, Ok(row.rest), indicator));
            entries.push(Entry {
                look: REST,
                name: Text { text: self.rest_name(), lang: None },
                value: value.unwrap_or_else(|| self.course(|row| row.share(Ok(row.rest)).ok())),
                highlight: false,
            });
        }
        entries
    }

    /// Of several periods the share in the first and the last: `6.4％→6.5％`
    fn course(&self, share: impl Fn(&Row<'_>) -> Option<Decimal>) -> String {
        let end = |row: Option<&Row<'_>>| row.and_then(&share).map(|share| self.wording.locale.percent(share));
        match (end(self.rows.first()), end(self.rows.last())) {
            (Some(from), Some(to)) if self.rows_are_periods => {
                self.wording.say("share-course", &[("from", &from), ("to", &to)])
            }
            _ => String::new(),
        }
    }

    /// `3,064人（60.2％）`; of percentages only the share.
    fn measured(&self, row: &Row<'_>, amount: Amount, indicator: &Indicator) -> String {
        let value = value_with_unit(amount, indicator, self.wording);
        match row.share(amount) {
            Ok(share) if !indicator.is_in_percent() => {
                self.wording.say("text-with-unit", &[("text", &value), ("unit", &self.wording.locale.percent(share))])
            }
            _ => value,
        }
    }

    fn has_rest(&self) -> bool {
        self.rows.iter().any(|row| row.rest > Decimal::ZERO)
    }

    fn rest_name(&self) -> String {
        let incomplete = self.rows.iter().any(|row| row.incomplete);
        self.wording.say(if incomplete { "share-rest-incomplete" } else { "share-rest" }, &[])
    }
}

/// How much of a line of the legend the sample of a look takes, in percent.
const SAMPLE: f64 = 5.0;

/// Where the parts of a row stand, in em.
struct Span {
    head: Option<(Label, (f64, f64))>,
    labels: (f64, f64),
    bar: (f64, f64),
}

/// A line of the legend.
fn legend(entry: Entry, label: Label, (top, bottom): (f64, f64), lanes: &Lanes) -> Vec<Mark> {
    let middle = (top + bottom) / 2.0;
    let (class, hatch) = entry.look;
    let text_class = if entry.highlight { "kh" } else { "" };
    let mut name = lanes::text((SAMPLE, lanes.percent(middle)), (GAP, 0.0), Anchor::Start, label, text_class);
    name.lang = entry.name.lang;
    let mut marks = vec![
        Mark::Rect {
            from: (0.0, lanes.percent(middle - 0.5)),
            to: (SAMPLE, lanes.percent(middle + 0.5)),
            class: class.to_owned(),
            hatch,
        },
        Mark::Text(name),
    ];
    if !entry.value.is_empty() {
        let value = Label { lines: vec![entry.value] };
        let at = (100.0, lanes.percent(middle));
        marks.push(Mark::Text(lanes::text(at, (0.0, 0.0), Anchor::End, value, text_class)));
    }
    marks
}

impl Chart<'_> {
    /// The part that the panel is about: the highlighted one, else the largest of the last bar, where it is one.
    fn subject(&self) -> Option<usize> {
        let highlighted = self.parts.iter().position(|part| part.highlight);
        highlighted.or_else(|| {
            let shares: Vec<Decimal> = self.rows.last()?.shares().filter_map(Result::ok).collect();
            let most = shares.iter().max()?;
            let mut all = self.rows.last()?.shares().enumerate().filter(|(_, share)| share.as_ref() == Ok(most));
            let (index, _) = all.next()?;
            all.next().is_none().then_some(index)
        })
    }

    fn title(&self) -> String {
        self.subject().and_then(|index| self.finding(index)).unwrap_or_else(|| self.measure.clone())
    }

    /// Of one bar the share of a part; of several periods the first and the last; of several areas the greatest.
    fn finding(&self, index: usize) -> Option<String> {
        let part = self.parts.get(index)?.name.text.as_str();
        let share = |row: &Row<'_>| row.shares().nth(index)?.ok();
        let percent = |share: Decimal| self.wording.locale.percent(share);
        let (first, last) = (self.rows.first()?, self.rows.last()?);
        if self.rows.len() == 1 {
            let share = percent(share(last)?);
            let whole = self.whole_name.clone().or_else(|| (!self.rows_are_periods).then(|| last.name.text.clone()));
            // The name of a percentage already says that it is a share.
            let is_share = last.cells.first().is_some_and(|cell| cell.indicator.is_in_percent());
            let key = if is_share && !self.rows_are_periods { "share-finding-percent" } else { "share-finding-of" };
            return Some(match whole {
                Some(whole) => self.wording.say(key, &[("part", part), ("whole", &whole), ("share", &share)]),
                None => self.wording.say("share-finding", &[("part", part), ("share", &share)]),
            });
        }
        if self.rows_are_periods {
            let (from, to) = (percent(share(first)?), percent(share(last)?));
            let key = if from == to { "share-finding-same" } else { "share-finding-course" };
            let (start, end) = (first.name.text.as_str(), last.name.text.as_str());
            let texts = [("part", part), ("from", &from), ("to", &to), ("from-period", start), ("to-period", end)];
            return Some(self.wording.say(key, &texts));
        }
        let most = self.rows.iter().filter_map(share).max()?;
        let mut rows = self.rows.iter().filter(|row| share(row) == Some(most));
        let (row, None) = (rows.next()?, rows.next()) else { return None };
        let texts = [("part", part), ("row", row.name.text.as_str()), ("share", &percent(most))];
        Some(self.wording.say("share-finding-most", &texts))
    }

    fn subtitle(&self) -> String {
        let mut periods: Vec<Period> =
            self.rows.iter().filter_map(|row| row.cells.first()).map(|cell| cell.period).collect();
        periods.dedup();
        let texts: Vec<String> = periods.iter().map(|period| period_text(*period, self.wording)).collect();
        let period = match &texts[..] {
            [] => return self.measure.clone(),
            [first, _, .., last] if texts.len() > 3 => {
                self.wording.say("period-range", &[("from", first), ("to", last)])
            }
            few => self.wording.locale.list(few),
        };
        self.wording.say("area-and-period", &[("area", &self.measure), ("period", &period)])
    }

    fn notes(&self) -> Vec<String> {
        let tenth = Decimal::new(1, 1);
        let all = |row: &Row<'_>| total(row.shares().chain([row.share(Ok(row.rest))]));
        let uneven = |row: &Row<'_>| all(row).saturating_sub(Decimal::ONE_HUNDRED).abs() >= tenth;
        if self.rows.iter().any(|row| row.rounded || uneven(row)) {
            vec![self.wording.say("share-note-rounded", &[])]
        } else {
            Vec::new()
        }
    }

    fn alternative(&self) -> String {
        let sentence = |row: &Row<'_>| {
            let told = |(part, share): (&Part, Amount)| {
                let share = share.map_or_else(|_| self.wording.amount(share, 1), |it| self.wording.locale.percent(it));
                format!("{} {share}", part.name.text)
            };
            let mut texts: Vec<String> = self.parts.iter().zip(row.shares()).map(told).collect();
            if let (true, Ok(rest)) = (row.rest > Decimal::ZERO, row.share(Ok(row.rest))) {
                texts.push(format!("{} {}", self.rest_name(), self.wording.locale.percent(rest)));
            }
            let parts = self.wording.locale.list(&texts);
            self.wording.say("share-sentence", &[("row", &row.name.text), ("parts", &parts)])
        };
        let sentences: Vec<String> = self.rows.iter().map(sentence).collect();
        let sentences = join_sentences(&sentences, self.wording);
        self.wording.say("share-alternative", &[("indicator", &self.measure), ("sentences", &sentences)])
    }

    fn table(&self) -> Grid {
        let column = |label: String, numeric| Column { label, numeric, lang: None };
        let over = self.rows.first().and_then(|row| row.cells.first()).map(|cell| cell.indicator.over);
        let head = if self.rows_are_periods { "column-period" } else { entity_head(over.unwrap_or_default()) };
        let mut columns = vec![column(self.wording.say(head, &[]), false)];
        for part in &self.parts {
            let name = &part.name;
            columns.push(Column { label: name.text.clone(), numeric: true, lang: name.lang.clone() });
            columns.push(column(self.wording.say("share-column", &[("part", &name.text)]), true));
        }
        if self.has_rest() {
            columns.push(column(self.rest_name(), true));
        }
        columns.push(column(self.wording.say("share-whole", &[]), true));
        Grid { caption: self.measure.clone(), columns, rows: self.rows.iter().map(|row| self.line(row)).collect() }
    }

    fn line(&self, row: &Row<'_>) -> Line {
        let mut cells: Vec<GridCell> = Vec::new();
        for (cell, share) in row.cells.iter().zip(row.shares()) {
            cells.push(value_cell(cell.cell, cell.indicator, self.wording));
            let text = share.map_or_else(|_| self.wording.amount(share, 1), |it| self.wording.locale.percent(it));
            cells.push(number_cell(text, share, 1));
        }
        let digits = row.cells.first().map_or(0, |cell| cell.indicator.precision);
        let number = |number: Decimal| number_cell(self.wording.amount(Ok(number), digits), Ok(number), digits);
        if self.has_rest() {
            cells.push(number(row.rest));
        }
        cells.push(number(row.whole));
        Line { label: row.name.text.clone(), lang: row.name.lang.clone(), cells, highlight: false }
    }

    fn dataset(&self) -> Dataset {
        let over = self.rows.first().and_then(|row| row.cells.first()).map(|cell| cell.indicator.over);
        let mut dataset = Dataset::of_values(self.wording, entity_head(over.unwrap_or_default()));
        for row in &self.rows {
            for value in &row.cells {
                dataset.push_value(value.indicator, &value.entity, value.period, value.cell, self.wording);
            }
            let Some(first) = row.cells.first() else { continue };
            let entity = self.whole_entity.as_ref().unwrap_or(&first.entity);
            if let Some(whole) = self.whole_indicator {
                dataset.push_value(whole, entity, first.period, cell(whole, entity.id, first.period), self.wording);
            }
        }
        dataset
    }
}

/// The sum of what is there. Beyond all figures it stays at the largest.
fn total(amounts: impl Iterator<Item = Amount>) -> Decimal {
    amounts.filter_map(Result::ok).fold(Decimal::ZERO, Decimal::saturating_add)
}
