//! Stacks: what a whole is made of, in columns or as areas over time, in numbers or in per cent.

use rust_decimal::Decimal;
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::Deserialize;

use super::options::options;
use super::rows::{Entity, cell, entity_head, number_cell, period_text, value_cell, value_with_unit};
use super::table::with_unit;
use super::trend::places;
use super::{Column as Head, Dataset, Draft, Graphic, Grid, KeyItem, Kind, Line, Reader, Text, join_sentences, kind};
use crate::derive::{Wording, rounded, share};
use crate::diagnostic::{panel as panel_findings, table_panel as findings};
use crate::draw::axis::{self, Stop, Tick};
use crate::draw::label::{Label, Wish, spread, width};
use crate::draw::mark::{Anchor, Hatch, Mark, Plot, Text as PlotText, height_for};
use crate::draw::scale::{Band, Points, Start, Ticks, float};
use crate::draw::{EM, LINE_HEIGHT, NARROWEST, WIDE};
use crate::locale::{Localized, Period, PeriodStyle};
use crate::model::indicator::{self, Amount, Cell, Indicator, Missing};

kind! {
    /// What a whole is made of: columns of segments, or areas over time.
    ///
    /// ```yaml
    /// kind: stack
    /// areas: [tsugaru, hachinohe, shimokita]
    /// columns:
    ///   - {indicator: physicians, period: 2016}
    ///   - {indicator: target, period: 2023, status: target}
    ///   - {indicator: required, period: 2036, status: required}
    /// ```
    ///
    /// - `indicator`: a column for each period, a segment for each area. `periods` chooses among them.
    /// - `columns`: or the columns one by one: `indicator`, `period`, `status` (`actual`, `target`, `required`), `label`.
    /// - `indicators`: or a segment for each indicator; a column for each area, or for each period where there is one area.
    /// - `areas`: which areas, in this order; the first is on top.
    /// - `highlight`: one or two segments that stand out.
    /// - `share: true`: per cent of the whole. `form: area`: areas over time.
    ///
    /// Segments must be parts of a whole: an area can't be stacked on another that it belongs to.
    Stack
}

options! {
    /// The options of stacks.
    Options {
        /// The indicator whose areas are stacked, a column for each period.
        #[schemars(extend("x-ja" = "積み上げる指標の id。時点ごとに一本の柱。"))]
        indicator: Option<String>,
        /// The indicators that are stacked.
        #[schemars(extend("x-ja" = "または、積み上げるいくつかの指標の id。"))]
        indicators: Option<Vec<String>>,
        /// The columns, one by one.
        #[schemars(extend("x-ja" = "または、柱を一本ずつ。"))]
        columns: Option<Vec<ColumnOptions>>,
        /// Its areas or hospitals; all of them where nothing is said.
        #[schemars(extend("x-ja" = "示す地域か病院。省けばすべて。"))]
        areas: Option<Vec<String>>,
        /// Its periods; all of them where nothing is said.
        #[schemars(extend("x-ja" = "示す時点。省けばすべて。"))]
        periods: Option<Vec<Period>>,
        #[serde(default)]
        /// The segments that matter here, at most two.
        #[schemars(extend("x-ja" = "目立たせる部分。二つまで。"))]
        highlight: Vec<String>,
        #[serde(default)]
        /// How it is drawn.
        #[schemars(extend("x-ja" = "描き方。"))]
        form: Form,
        #[serde(default)]
        /// Whether the segments are per cent of the whole.
        #[schemars(extend("x-ja" = "全体に占める割合で描くか。"))]
        share: bool,
    }
}

/// How a stack is drawn.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
enum Form {
    /// As columns.
    #[default]
    #[schemars(extend("x-ja" = "柱"))]
    Column,
    /// As areas over time.
    #[schemars(extend("x-ja" = "面"))]
    Area,
}

/// A column as written.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct ColumnOptions {
    /// The indicator.
    #[schemars(extend("x-ja" = "指標の id。"))]
    indicator: String,
    /// Its period; the latest where nothing is said.
    #[schemars(extend("x-ja" = "時点。省けば最も新しいもの。"))]
    period: Option<Period>,
    /// What its numbers are.
    #[serde(default)]
    #[schemars(extend("x-ja" = "数値の種類。"))]
    status: Status,
    /// What stands below it.
    #[schemars(extend("x-ja" = "柱の下のことば。"))]
    label: Option<Localized>,
}

/// What the numbers of a column are.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
enum Status {
    /// Counted.
    #[default]
    #[schemars(extend("x-ja" = "実績"))]
    Actual,
    /// Aimed at.
    #[schemars(extend("x-ja" = "目標"))]
    Target,
    /// Needed.
    #[schemars(extend("x-ja" = "必要数"))]
    Required,
}

impl Status {
    fn key(self) -> &'static str {
        match self {
            Status::Actual => "status-actual",
            Status::Target => "status-target",
            Status::Required => "status-required",
        }
    }
}

/// More segments can't be told apart.
const MOST_SEGMENTS: usize = 16;

/// More columns than a phone is wide.
const MOST_COLUMNS: usize = 40;

/// How wide the labels beside the last column may be, in em; the narrower, where the columns need the room.
const LABEL_LIMITS: [f64; 3] = [7.4, 6.0, 5.0];

/// How far a label is from the last column, in em.
const LABEL_GAP: f64 = 0.6;

/// The room between two labels, in em.
const LABEL_SPACE: f64 = 0.2;

/// The room between a column and the number above it, and between two numbers, in em.
const ROOM: f64 = 0.3;

/// The part of each step between columns that stays empty.
const GAP: f64 = 0.24;

/// The colours of categories.
const CATEGORIES: [&str; 5] = ["k1", "k2", "k3", "k5", "k6"];

impl Kind for Stack {
    fn name(&self) -> &'static str {
        "stack"
    }

    fn schema(&self, generator: &mut SchemaGenerator) -> Schema {
        Options::schema(generator)
    }

    fn manual(&self) -> &'static str {
        Stack::MANUAL
    }

    fn draft(&self, reader: &mut Reader<'_>) -> Option<Draft> {
        let options: Options = reader.options()?;
        let pile = pile(reader, &options)?;
        let most = [(pile.segments.len(), MOST_SEGMENTS), (pile.columns.len(), MOST_COLUMNS)];
        if let Some((found, most)) = most.into_iter().find(|(found, most)| found > most) {
            reader.report(findings::too_many_parts(reader.place(), found, most));
            return None;
        }
        no_negative(reader, &pile)?;
        if options.form == Form::Area && (pile.columns.len() < 2 || !pile.over_time) {
            let known: Vec<String> = pile.columns.iter().map(|column| column.label.text.clone()).collect();
            reader.report(panel_findings::too_few_periods(reader.spans.value("form"), &known));
            return None;
        }
        let highlight = highlights(reader, &options, &pile)?;
        let chart = Chart { pile: &pile, highlight, options: &options, wording: reader.wording() };
        if chart.most().is_none() {
            reader.report_no_values();
            return None;
        }
        let plot = match options.form {
            Form::Column => chart.columns(),
            Form::Area => chart.areas(),
        };
        if let Some(most) = chart.crowded(&plot) {
            reader.report(findings::too_many_parts(reader.place(), pile.columns.len(), most));
            return None;
        }
        let mut notes = chart.notes();
        notes.extend(reader.notes_on(pile.cells()));
        Some(Draft {
            common: options.common(),
            title: chart.title().unwrap_or_else(|| pile.caption.clone()),
            subtitle: chart.subtitle(),
            alt: chart.alternative(),
            notes,
            indicators: pile.cells_of.iter().map(|indicator| indicator.id.clone()).collect(),
            table: chart.table(),
            dataset: chart.dataset(),
            graphic: Graphic::with_key(&plot, plot.classes(), chart.key()),
        })
    }
}

/// A column: where its numbers are from, and what stands below it.
struct Column<'d> {
    label: Text,
    /// What its numbers are, where that is said below it.
    status: Option<Status>,
    period: Period,
    /// For each segment where its number is from.
    parts: Vec<Part<'d>>,
}

/// A segment of a column.
#[derive(Clone)]
struct Part<'d> {
    indicator: &'d Indicator,
    entity: Entity<'d>,
    cell: Cell,
}

impl Column<'_> {
    /// What all segments add up to.
    fn total(&self) -> Amount {
        let add = |sum: Decimal, part: &Part<'_>| sum.checked_add(part.cell.amount?).ok_or(Missing::NotApplicable);
        self.parts.iter().try_fold(Decimal::ZERO, add)
    }

    /// Whether it can't be compared with the one before it.
    fn is_broken(&self) -> bool {
        self.parts.iter().any(|part| part.cell.mark == Some(indicator::Mark::Broken))
    }

    /// Whether its numbers, or one of them, are not counted.
    fn is_hatched(&self, part: &Part<'_>) -> bool {
        self.status.is_some_and(|status| status != Status::Actual) || part.cell.mark == Some(indicator::Mark::Estimated)
    }
}

/// What is stacked.
struct Pile<'d> {
    caption: String,
    /// The head of the column of segments in the table.
    head: &'static str,
    segments: Vec<(String, Text)>,
    columns: Vec<Column<'d>>,
    /// Whether the columns are points in time.
    over_time: bool,
    /// Whether the segments are kinds of one thing, with colours and patterns of their own.
    categories: bool,
    cells_of: Vec<&'d Indicator>,
}

impl<'d> Pile<'d> {
    fn cells(&self) -> impl Iterator<Item = Cell> + '_ {
        self.columns.iter().flat_map(|column| column.parts.iter().map(|part| part.cell))
    }

    fn unit(&self) -> Option<&'d Indicator> {
        self.cells_of.first().copied()
    }
}

fn part<'d>(indicator: &'d Indicator, entity: &Entity<'d>, period: Period) -> Part<'d> {
    Part { indicator, entity: entity.clone(), cell: cell(indicator, entity.id, period) }
}

/// What is stacked, in one of the three ways to say it.
fn pile<'r>(reader: &mut Reader<'r>, options: &Options) -> Option<Pile<'r>> {
    let ids: Vec<(String, String)> = match (&options.columns, &options.indicators, &options.indicator) {
        (Some(columns), ..) => {
            let path = |number: usize| format!("columns[{number}].indicator");
            columns.iter().enumerate().map(|(number, column)| (column.indicator.clone(), path(number))).collect()
        }
        (None, Some(ids), _) => {
            ids.iter().enumerate().map(|(number, id)| (id.clone(), format!("indicators[{number}]"))).collect()
        }
        (None, None, Some(id)) => vec![(id.clone(), "indicator".to_owned())],
        (None, None, None) => Vec::new(),
    };
    if ids.is_empty() {
        reader.report(panel_findings::panel_without_indicator(reader.place()));
        return None;
    }
    let found: Vec<Option<&Indicator>> = ids.iter().map(|(id, path)| reader.indicator(id, path)).collect();
    let indicators: Vec<&'r Indicator> = found.into_iter().collect::<Option<_>>()?;
    one_unit(reader, &indicators, &ids)?;
    let entities = reader.entities(options.areas.as_deref(), &indicators);
    match (&options.columns, &options.indicators) {
        (Some(columns), _) => listed(reader, columns, &indicators, entities),
        (None, Some(_)) => kinds(reader, options, indicators, entities),
        (None, None) => over_time(reader, options, indicators.first().copied()?, entities),
    }
}

/// Whether all indicators are counted in the same and about the same sort of place.
fn one_unit(reader: &mut Reader<'_>, indicators: &[&Indicator], ids: &[(String, String)]) -> Option<()> {
    let first = indicators.first()?;
    for (indicator, (_, path)) in indicators.iter().zip(ids) {
        let span = reader.spans.value(path);
        if indicator.over != first.over {
            reader.report(panel_findings::mixed_rows(span));
            return None;
        }
        let (one, other) = (reader.wording().text(&first.unit), reader.wording().text(&indicator.unit));
        if one != other {
            reader.report(findings::units_differ_in_panel(span, one, other));
            return None;
        }
    }
    Some(())
}

/// A column for each of those that are written.
fn listed<'r>(
    reader: &mut Reader<'r>,
    written: &[ColumnOptions],
    indicators: &[&'r Indicator],
    entities: Vec<Entity<'r>>,
) -> Option<Pile<'r>> {
    no_overlap(reader, &entities)?;
    let with_status = written.iter().any(|column| column.status != Status::Actual);
    let mut columns = Vec::new();
    for (number, (column, indicator)) in written.iter().zip(indicators).enumerate() {
        let period = reader.period(indicator, column.period, &format!("columns[{number}].period"))?;
        let label = match &column.label {
            Some(label) => reader.fill(label, &format!("columns[{number}].label")),
            None => Text { text: period_text(period, reader.wording()), lang: None },
        };
        let parts = entities.iter().map(|entity| part(indicator, entity, period)).collect();
        columns.push(Column { label, status: with_status.then_some(column.status), period, parts });
    }
    let mut names: Vec<String> = Vec::new();
    for indicator in indicators {
        let name = with_unit(indicator, reader.wording());
        if !names.contains(&name) {
            names.push(name);
        }
    }
    Some(Pile {
        caption: reader.wording().locale.list(&names),
        head: entity_head(indicators.first()?.over),
        segments: entities.iter().map(|entity| (entity.id.to_owned(), entity.name.clone())).collect(),
        columns,
        over_time: false,
        categories: false,
        cells_of: indicators.to_vec(),
    })
}

/// A column for each period, a segment for each area.
fn over_time<'r>(
    reader: &mut Reader<'r>,
    options: &Options,
    indicator: &'r Indicator,
    entities: Vec<Entity<'r>>,
) -> Option<Pile<'r>> {
    no_overlap(reader, &entities)?;
    let periods = periods(reader, options, indicator)?;
    let column = |period: Period| Column {
        label: Text { text: period_text(period, reader.wording()), lang: None },
        status: None,
        period,
        parts: entities.iter().map(|entity| part(indicator, entity, period)).collect(),
    };
    Some(Pile {
        caption: with_unit(indicator, reader.wording()),
        head: entity_head(indicator.over),
        segments: entities.iter().map(|entity| (entity.id.to_owned(), entity.name.clone())).collect(),
        columns: periods.into_iter().map(column).collect(),
        over_time: true,
        categories: entities.len() <= CATEGORIES.len(),
        cells_of: vec![indicator],
    })
}

/// A segment for each indicator; a column for each period of one area, or for each area.
fn kinds<'r>(
    reader: &mut Reader<'r>,
    options: &Options,
    indicators: Vec<&'r Indicator>,
    entities: Vec<Entity<'r>>,
) -> Option<Pile<'r>> {
    let wording = reader.wording();
    let mut periods = periods(reader, options, indicators.first()?)?;
    let column = |label: Text, entity: &Entity<'r>, period| Column {
        label,
        status: None,
        period,
        parts: indicators.iter().map(|indicator| part(indicator, entity, period)).collect(),
    };
    let over_time = entities.len() == 1 && periods.len() > 1;
    let columns = if over_time {
        let entity = entities.first()?;
        let label = |period| Text { text: period_text(period, wording), lang: None };
        periods.into_iter().map(|period| column(label(period), entity, period)).collect()
    } else {
        let period = periods.pop()?;
        entities.iter().map(|entity| column(entity.name.clone(), entity, period)).collect()
    };
    let unit = wording.text(&indicators.first()?.unit);
    let names: Vec<String> = indicators.iter().map(|indicator| wording.text(&indicator.name).to_owned()).collect();
    Some(Pile {
        caption: wording.say("text-with-unit", &[("text", &wording.locale.list(&names)), ("unit", unit)]),
        head: "column-item",
        segments: indicators.iter().map(|one| (one.id.clone(), Text::of(&one.name, wording))).collect(),
        columns,
        over_time,
        categories: true,
        cells_of: indicators,
    })
}

/// The periods shown, ascending.
fn periods(reader: &mut Reader<'_>, options: &Options, indicator: &Indicator) -> Option<Vec<Period>> {
    match &options.periods {
        None => Some(indicator.periods.clone()),
        Some(given) => reader.given_periods(indicator, given),
    }
}

/// An area that is part of another can't be stacked on it: it would count twice.
fn no_overlap(reader: &mut Reader<'_>, entities: &[Entity<'_>]) -> Option<()> {
    let data = reader.context.data;
    for entity in entities {
        let Some(area) = data.area(entity.id) else { continue };
        let whole = data.ancestors(area).find_map(|whole| entities.iter().find(|other| other.id == whole.id));
        if let Some(whole) = whole {
            let span =
                if reader.spans.source("areas").is_empty() { reader.place() } else { reader.spans.value("areas") };
            let finding = findings::part_of_another(span, &entity.name.text, &whole.name.text);
            reader.report(finding);
            return None;
        }
    }
    Some(())
}

fn no_negative(reader: &mut Reader<'_>, pile: &Pile<'_>) -> Option<()> {
    for column in &pile.columns {
        for (part, (_, name)) in column.parts.iter().zip(&pile.segments) {
            if part.cell.amount.is_ok_and(|number| number < Decimal::ZERO) {
                reader.report(findings::negative_part(reader.place(), &name.text, &column.label.text));
                return None;
            }
        }
    }
    Some(())
}

/// The places of the segments that stand out.
fn highlights(reader: &mut Reader<'_>, options: &Options, pile: &Pile<'_>) -> Option<Vec<usize>> {
    if options.highlight.len() > 2 {
        reader.report(findings::too_many_highlights(reader.spans.value("highlight"), options.highlight.len()));
        return None;
    }
    let mut places = Vec::new();
    for (number, name) in options.highlight.iter().enumerate() {
        let id = reader.context.data.area(name).map_or(name.as_str(), |area| area.id.as_str());
        let place = pile.segments.iter().position(|(known, text)| known == id || text.text == *name);
        let Some(place) = place else {
            let span = reader.spans.value(&format!("highlight[{number}]"));
            let shown = pile.segments.iter().map(|(id, _)| id.as_str());
            reader.report(panel_findings::highlight_not_shown(span, name, shown));
            return None;
        };
        places.push(place);
    }
    Some(places)
}

/// What is drawn and told.
struct Chart<'c> {
    pile: &'c Pile<'c>,
    highlight: Vec<usize>,
    options: &'c Options,
    wording: Wording<'c>,
}

/// Where a segment lies between zero and the whole, from the bottom, and its number.
struct Layer {
    bottom: f64,
    top: f64,
    amount: Amount,
}

impl Chart<'_> {
    fn precision(&self) -> u32 {
        if self.options.share { 1 } else { self.pile.unit().map(|indicator| indicator.precision).unwrap_or_default() }
    }

    /// The number that a segment is drawn with: itself, or per cent of the whole.
    fn amount(&self, column: &Column<'_>, part: &Part<'_>) -> Amount {
        if !self.options.share {
            return part.cell.amount;
        }
        let per_cent = |share: Decimal| share.saturating_mul(Decimal::ONE_HUNDRED);
        share::share(part.cell.amount, column.total()).map(per_cent)
    }

    fn print(&self, amount: Amount) -> String {
        let precision = self.precision();
        match amount {
            Ok(number) if self.options.share => self.wording.locale.percent(rounded(number, precision)),
            amount => self.wording.amount(amount, precision),
        }
    }

    /// The height of what is known of a column.
    fn known(&self, column: &Column<'_>) -> Decimal {
        let amounts = column.parts.iter().filter_map(|part| self.amount(column, part).ok());
        amounts.fold(Decimal::ZERO, |sum, amount| sum.saturating_add(amount))
    }

    /// The highest column; `None` where there is no number at all.
    fn most(&self) -> Option<Decimal> {
        let any = self.pile.cells().any(|cell| cell.amount.is_ok());
        let most = self.pile.columns.iter().map(|column| self.known(column)).max()?;
        if self.options.share { any.then_some(Decimal::ONE_HUNDRED) } else { any.then_some(most) }
    }

    /// The segments of a column, the last at the bottom; none goes above the whole.
    fn layers(&self, column: &Column<'_>, whole: f64) -> Vec<Layer> {
        let mut below = Decimal::ZERO;
        let place = |number: Decimal| if whole > 0.0 { (float(number) / whole).clamp(0.0, 1.0) } else { 0.0 };
        let mut layers: Vec<Layer> = column
            .parts
            .iter()
            .rev()
            .map(|part| {
                let amount = self.amount(column, part);
                let bottom = place(below);
                below = below.saturating_add(amount.unwrap_or_default());
                Layer { bottom, top: place(below), amount }
            })
            .collect();
        layers.reverse();
        layers
    }

    /// The class of a segment: what stands out, or its category, or one of many.
    fn class(&self, segment: usize) -> &'static str {
        match self.highlight.iter().position(|place| *place == segment) {
            Some(0) => "kh",
            Some(_) => "k2",
            None if self.by_category() => CATEGORIES.get(segment).copied().unwrap_or("k6"),
            None => "k6",
        }
    }

    fn by_category(&self) -> bool {
        self.pile.categories && self.highlight.is_empty()
    }

    /// The pattern of a category: none for the first.
    fn pattern(&self, segment: usize) -> Option<Hatch> {
        let index = segment.checked_sub(1).filter(|_| self.by_category() && self.options.form == Form::Column)?;
        Hatch::ALL.get(index).copied()
    }

    /// Whether a legend says what the segments are: the columns are no course that ends at labels.
    fn has_key(&self) -> bool {
        self.pile.categories && !self.pile.over_time
    }

    fn key(&self) -> Vec<KeyItem> {
        if !self.has_key() {
            return Vec::new();
        }
        let entry = |(index, (_, name)): (usize, &(String, Text))| {
            let pattern = self.pattern(index).map(|_| format!(" u{index}")).unwrap_or_default();
            let class = format!("{}{pattern}", self.class(index));
            KeyItem { class, label: name.text.clone(), lang: name.lang.clone() }
        };
        self.pile.segments.iter().enumerate().map(entry).collect()
    }

    /// The labels beside the last column: where each wants to be, and what it says.
    fn end_labels(&self, whole: f64, limit: f64) -> Vec<(f64, Label, usize)> {
        let Some(last) = self.pile.columns.last().filter(|_| !self.has_key()) else { return Vec::new() };
        let label = |((index, layer), (_, name)): ((usize, Layer), &(String, Text))| {
            let label = Label::with_value(&name.text, &self.print(layer.amount), limit);
            ((layer.bottom + layer.top) / 2.0, label, index)
        };
        self.layers(last, whole).into_iter().enumerate().zip(&self.pile.segments).map(label).collect()
    }

    /// The labels placed beside the plot, none over another. `place` says where a part of the whole lies.
    fn placed(&self, labels: Vec<(f64, Label, usize)>, height: u32, place: impl Fn(f64) -> f64) -> Vec<Mark> {
        let percent = |em: f64| em * EM / (f64::from(height) * 16.0) * 100.0;
        let wish = |(middle, label, _): &(f64, Label, usize)| Wish {
            middle: place(*middle),
            height: percent(label.height() + LABEL_SPACE),
        };
        let wishes: Vec<Wish> = labels.iter().map(wish).collect();
        let middles = spread(&wishes, (0.0, 100.0));
        let text = |((_, label, index), middle): ((f64, Label, usize), f64)| {
            let lang = self.pile.segments.get(index).and_then(|(_, name)| name.lang.clone());
            let class = if self.highlight.contains(&index) { self.class(index) } else { "km" };
            let (at, offset) = ((100.0, middle), (LABEL_GAP, 0.0));
            Mark::Text(PlotText { at, offset, anchor: Anchor::Start, label, class: format!("{class} sl"), lang })
        };
        labels.into_iter().zip(middles).map(text).collect()
    }

    /// The numbers of the axis as they are printed.
    fn tick_texts(&self, ticks: &Ticks) -> Vec<String> {
        if self.options.share {
            return ticks.values.iter().map(|number| self.wording.locale.percent(*number)).collect();
        }
        axis::numbers(ticks, self.wording.locale)
    }

    /// The drawing as columns: totals above them, what they are below, names beside the last.
    fn columns(&self) -> Plot {
        let most = self.most().unwrap_or_default();
        let ticks = Ticks::around(Decimal::ZERO, most, Start::Zero, 4);
        let limit = self.label_limit();
        let (names, right) = self.beside(float(most), limit);
        let step = |panel: f64, left: f64| self.step(panel, left + right);
        let totals = self.totals();
        let widest = totals.iter().map(|total| width(total)).fold(0.0, f64::max) + ROOM;
        // Totals that have no room on a phone are read off an axis there.
        let with_axis = widest > step(NARROWEST, 0.0);
        let texts = self.tick_texts(&ticks);
        let left = if with_axis { axis_room(&texts) } else { 0.0 };
        let labels = self.column_labels(step(NARROWEST, left));
        let lines = labels.as_ref().and_then(|labels| labels.iter().map(|label| label.lines.len()).max()).unwrap_or(1);
        let text_height: f64 = names.iter().map(|(_, label, _)| label.height() + LABEL_SPACE).sum();
        let height = height_for(text_height.max(18.0), 18);
        let whole = if with_axis { float(ticks.last()) } else { float(most) };
        let drawing = Drawing {
            frame: Frame::new(height, lines),
            band: Band::new(self.pile.columns.len(), GAP),
            whole,
            narrow: step(NARROWEST, left),
            wide: step(WIDE, left),
        };
        let mut marks = Vec::new();
        if with_axis {
            let at = |number: &Decimal| drawing.frame.at(float(*number) / whole);
            let tick = |(number, text): (&Decimal, String)| Tick { from_top: at(number), text };
            let ticks: Vec<Tick> = ticks.values.iter().zip(texts).map(tick).collect();
            marks.extend(axis::vertical(&ticks).0);
        }
        for (index, column) in self.pile.columns.iter().enumerate() {
            marks.extend(self.column(index, column, &drawing));
        }
        marks.push(self.seams(&drawing));
        marks.extend(self.breaks(|index| drawing.sides(index)));
        marks.extend(self.total_marks(&totals, &drawing));
        match labels {
            Some(labels) => marks.extend(self.label_marks(labels, &drawing)),
            None => marks.extend(axis::horizontal(&self.stops(|index| drawing.middle(index)), left + right)),
        }
        marks.extend(self.placed(self.end_labels(whole, limit), height, |part| drawing.frame.at(part)));
        Plot { marks, left, right, height }
    }

    /// The labels beside the last column, and the room that they take, in em.
    fn beside(&self, whole: f64, limit: f64) -> (Vec<(f64, Label, usize)>, f64) {
        let names = self.end_labels(whole, limit);
        let right = names.iter().map(|(_, label, _)| label.width() + LABEL_GAP).fold(0.0, f64::max).ceil();
        (names, right)
    }

    /// How far columns stand apart in a panel, in em, where that much room beside them is taken.
    fn step(&self, panel: f64, taken: f64) -> f64 {
        (panel / EM - taken) / self.pile.columns.len().max(1) as f64
    }

    /// The widest limit of the labels beside the columns that leaves room for those below them.
    fn label_limit(&self) -> f64 {
        let [widest, .., narrowest] = LABEL_LIMITS;
        let fits = |limit: &f64| {
            let step = self.step(NARROWEST, self.beside(1.0, *limit).1);
            self.column_labels(step).is_none_or(|labels| labels.iter().all(|label| label.width() + ROOM <= step))
        };
        if self.pile.over_time { widest } else { LABEL_LIMITS.into_iter().find(fits).unwrap_or(narrowest) }
    }

    /// What stands above the columns.
    fn totals(&self) -> Vec<String> {
        if self.options.share {
            return vec![String::new(); self.pile.columns.len()];
        }
        self.pile.columns.iter().map(|column| self.print(column.total())).collect()
    }

    /// What stands below the columns, where all of it has room; else nothing, and an axis of periods leaves some out.
    fn column_labels(&self, step: f64) -> Option<Vec<Label>> {
        let room = step - ROOM;
        let label = |column: &Column<'_>| {
            let mut lines = Label::new(&column.label.text, room).lines;
            if let Some(status) = column.status {
                lines.extend(Label::new(&self.wording.say(status.key(), &[]), room).lines);
            }
            Label { lines }
        };
        let labels: Vec<Label> = self.pile.columns.iter().map(label).collect();
        let lines = if self.pile.over_time { 2 } else { 5 };
        let fits = |label: &Label| label.width() <= room && label.lines.len() <= lines;
        // Only periods can be left out: the others are known between them.
        (labels.iter().all(fits) || !self.pile.over_time).then_some(labels)
    }

    fn stops(&self, position: impl Fn(usize) -> f64) -> Vec<Stop> {
        let stop = |(index, column): (usize, &Column<'_>)| {
            let long = self.wording.locale.period(column.period, PeriodStyle::Short);
            let short = match column.period {
                Period::Year(year) | Period::FiscalYear(year) => format!("’{:02}", year.rem_euclid(100)),
                _ => long.clone(),
            };
            Stop { position: position(index), long, short }
        };
        self.pile.columns.iter().enumerate().map(stop).collect()
    }

    /// The segments that are drawn of a column: which one, and where it begins and ends from the top.
    fn segments(&self, column: &Column<'_>, drawing: &Drawing) -> Vec<(usize, Amount, (f64, f64))> {
        let shown = |(number, layer): (usize, Layer)| {
            let ends = (drawing.frame.at(layer.top), drawing.frame.at(layer.bottom));
            (layer.amount.is_ok() && layer.top > layer.bottom).then_some((number, layer.amount, ends))
        };
        self.layers(column, drawing.whole).into_iter().enumerate().filter_map(shown).collect()
    }

    /// The lines that part the segments of all columns.
    fn seams(&self, drawing: &Drawing) -> Mark {
        let of = |(index, column): (usize, &Column<'_>)| {
            let (from, to) = drawing.sides(index);
            let seam = move |(_, _, (top, _)): (usize, Amount, (f64, f64))| ((from, top), (to, top));
            self.segments(column, drawing).into_iter().map(seam).collect::<Vec<_>>()
        };
        let strokes = self.pile.columns.iter().enumerate().flat_map(of).collect();
        Mark::Strokes { strokes, class: "sp".to_owned() }
    }

    /// The segments of a column with their numbers.
    fn column(&self, index: usize, column: &Column<'_>, drawing: &Drawing) -> Vec<Mark> {
        let (from, to) = drawing.sides(index);
        let mut marks = Vec::new();
        let last = index + 1 == self.pile.columns.len() && !self.has_key();
        for (number, amount, (top, bottom)) in self.segments(column, drawing) {
            let estimated = column.parts.get(number).is_some_and(|part| column.is_hatched(part));
            let hatch = if estimated { Some(Hatch::Rising) } else { self.pattern(number) };
            let class = self.class(number);
            let middle = (drawing.middle(index), (top + bottom) / 2.0);
            marks.push(Mark::Rect { from: (from, top), to: (to, bottom), class: class.to_owned(), hatch });
            marks.push(Mark::Value { at: middle, row: number, column: index + 1 });
            if let Some(room) = drawing.room(&self.print(amount), bottom - top).filter(|_| !last) {
                let plain = hatch.is_none() && !matches!(class, "k3" | "k5");
                marks.push(Mark::Text(PlotText {
                    at: middle,
                    offset: (0.0, 0.0),
                    anchor: Anchor::Middle,
                    label: Label { lines: vec![self.print(amount)] },
                    class: format!("{}{room}", if plain { "v" } else { "vs" }),
                    lang: None,
                }));
            }
        }
        marks
    }

    /// A dotted line before each column that can't be compared with the one before it; `sides` are those of a column.
    fn breaks(&self, sides: impl Fn(usize) -> (f64, f64)) -> Vec<Mark> {
        let rule = |index: usize| {
            let x = (sides(index.checked_sub(1)?).1 + sides(index).0) / 2.0;
            Some(Mark::Rule { from: (x, 0.0), to: (x, 100.0), class: "r".to_owned() })
        };
        self.broken().filter_map(|(index, _)| rule(index)).collect()
    }

    /// The columns over time that can't be compared with those before them.
    fn broken(&self) -> impl Iterator<Item = (usize, &Column<'_>)> {
        let columns = self.pile.columns.iter().enumerate().skip(1);
        columns.filter(|(_, column)| self.pile.over_time && column.is_broken())
    }

    fn total_marks(&self, totals: &[String], drawing: &Drawing) -> Vec<Mark> {
        let room = |text: &str, step: f64| width(text) + ROOM <= step;
        let all = |step: f64| totals.iter().all(|text| room(text, step));
        let class = match (all(drawing.narrow), all(drawing.wide)) {
            (true, _) => "tt",
            (false, true) => "tt w",
            (false, false) => return Vec::new(),
        };
        let mark = |((index, column), text): ((usize, &Column<'_>), &String)| {
            let top = if drawing.whole > 0.0 { float(self.known(column)) / drawing.whole } else { 0.0 };
            Mark::Text(PlotText {
                at: (drawing.middle(index), drawing.frame.at(top)),
                offset: (0.0, -TOTAL_RISE),
                anchor: Anchor::Middle,
                label: Label { lines: vec![text.clone()] },
                class: class.to_owned(),
                lang: None,
            })
        };
        let columns = self.pile.columns.iter().enumerate().zip(totals);
        columns.filter(|(_, text)| !text.is_empty()).map(mark).collect()
    }

    fn label_marks(&self, labels: Vec<Label>, drawing: &Drawing) -> Vec<Mark> {
        let mark = |((index, column), label): ((usize, &Column<'_>), Label)| {
            let down = BELOW + (label.lines.len().saturating_sub(1)) as f64 * LINE_HEIGHT / 2.0;
            Mark::Text(PlotText {
                at: (drawing.middle(index), drawing.frame.at(0.0)),
                offset: (0.0, down),
                anchor: Anchor::Middle,
                label,
                class: "x".to_owned(),
                lang: column.label.lang.clone(),
            })
        };
        self.pile.columns.iter().enumerate().zip(labels).map(mark).collect()
    }

    /// The drawing as areas over time.
    fn areas(&self) -> Plot {
        let most = self.most().unwrap_or_default();
        let ticks = Ticks::around(Decimal::ZERO, most, Start::Zero, 4);
        let whole = float(ticks.last());
        let (names, right) = self.beside(whole, LABEL_LIMITS[0]);
        let text_height: f64 = names.iter().map(|(_, label, _)| label.height() + LABEL_SPACE).sum();
        let height = height_for(text_height.max(15.0), 15);
        let up = |part: f64| (1.0 - part) * 100.0;
        let tick = |(number, text): (&Decimal, String)| Tick { from_top: up(float(*number) / whole), text };
        let ticks: Vec<Tick> = ticks.values.iter().zip(self.tick_texts(&ticks)).map(tick).collect();
        let (mut marks, left) = axis::vertical(&ticks);
        let periods: Vec<Period> = self.pile.columns.iter().map(|column| column.period).collect();
        let across = Points::new(&places(&periods));
        // Where a number is missing nothing is known of what lies on it: the period is a gap.
        let columns: Vec<Option<Vec<Layer>>> =
            self.pile.columns.iter().map(|column| column.total().ok().map(|_| self.layers(column, whole))).collect();
        let (mut shapes, mut lines) = (Vec::new(), Vec::new());
        for segment in 0..self.pile.segments.len() {
            let layer = |(index, column): (usize, &Option<Vec<Layer>>)| {
                let layer = column.as_ref()?.get(segment)?;
                let x = across.position(index);
                Some(((x, up(layer.top)), (x, up(layer.bottom))))
            };
            let points: Vec<_> = columns.iter().enumerate().map(layer).collect();
            let tops = points.iter().map(|point| point.map(|(top, _)| top)).collect();
            let value = |(index, point): (usize, &Option<((f64, f64), _)>)| {
                Some(Mark::Value { at: (*point)?.0, row: segment, column: index + 1 })
            };
            lines.extend(points.iter().enumerate().filter_map(value));
            shapes.push(Mark::Area { points, class: self.class(segment).to_owned() });
            lines.push(Mark::Line { points: tops, class: "sp".to_owned() });
        }
        marks.extend(shapes.into_iter().chain(lines));
        marks.extend(self.breaks(|index| (across.position(index), across.position(index))));
        marks.extend(axis::horizontal(&self.stops(|index| across.position(index)), left.ceil() + right));
        marks.extend(self.placed(names, height, up));
        Plot { marks, left, right, height }
    }

    /// How many columns have room for what stands below them, where not all have.
    fn crowded(&self, plot: &Plot) -> Option<usize> {
        if self.pile.over_time {
            return None;
        }
        let taken = plot.left.ceil() + plot.right.ceil();
        let labels = self.column_labels(self.step(NARROWEST, taken))?;
        let widest = labels.iter().map(|label| label.width() + ROOM).fold(0.0, f64::max);
        let most = ((NARROWEST / EM - taken) / widest.max(1.0)).floor();
        // At most forty: the number is small and whole.
        (most < self.pile.columns.len() as f64).then_some(most as usize)
    }

    fn notes(&self) -> Vec<String> {
        let mut notes = Vec::new();
        let hatched = |column: &Column<'_>| column.parts.iter().any(|part| column.is_hatched(part));
        if self.options.form == Form::Column && self.pile.columns.iter().any(hatched) {
            notes.push(self.wording.say("stack-note-hatched", &[]));
        }
        notes.extend(
            self.broken().map(|(_, column)| self.wording.say("note-broken", &[("period", &column.label.text)])),
        );
        if self.options.share {
            notes.push(self.wording.say("stack-note-share", &[]));
        } else if self.options.form == Form::Column && self.pile.columns.iter().any(|column| column.total().is_err()) {
            notes.push(self.wording.say("stack-note-missing", &[]));
        }
        notes
    }

    /// What a column is, with what its numbers are: `2036年（必要数）`.
    fn label(&self, column: &Column<'_>) -> String {
        match column.status {
            None => column.label.text.clone(),
            Some(status) => {
                let status = self.wording.say(status.key(), &[]);
                self.wording.say("text-with-unit", &[("text", &column.label.text), ("unit", &status)])
            }
        }
    }

    /// A number with its unit; per cent has none.
    fn value(&self, amount: Amount) -> String {
        match self.pile.unit() {
            Some(indicator) if !self.options.share => value_with_unit(amount, indicator, self.wording),
            _ => self.print(amount),
        }
    }

    /// What became of the highlighted segment or of the whole; of columns that are no course, which is highest.
    fn title(&self) -> Option<String> {
        let (first, last) = (self.pile.columns.first()?, self.pile.columns.last()?);
        let segment = self.highlight.first().copied();
        if self.options.share && segment.is_none() {
            return self.largest_segment(last);
        }
        if self.has_key() && self.pile.columns.len() > 1 && segment.is_none() {
            return self.highest_column();
        }
        let amount = |column: &Column<'_>| match segment {
            Some(place) => column.parts.get(place).map(|part| self.amount(column, part)),
            None => Some(column.total()),
        };
        let name = match segment {
            Some(place) => self.pile.segments.get(place)?.1.text.clone(),
            None => self.wording.say("stack-total", &[]),
        };
        let (from, to) = (amount(first)?.ok()?, amount(last)?.ok()?);
        let (from_value, to_value) = (self.value(Ok(from)), self.value(Ok(to)));
        let (from_label, to_label) = (self.label(first), self.label(last));
        let texts = [
            ("name", name.as_str()),
            ("from", &from_value),
            ("to", &to_value),
            ("from-label", &from_label),
            ("to-label", &to_label),
        ];
        let key = match (self.pile.columns.len(), from_value == to_value) {
            (1, _) => "finding-stack-single",
            (_, true) => "finding-stack-same",
            (_, false) => "finding-stack-course",
        };
        Some(self.wording.say(key, &texts))
    }

    fn largest_segment(&self, column: &Column<'_>) -> Option<String> {
        let known = column.parts.iter().zip(&self.pile.segments);
        let mut ranked: Vec<(Decimal, &Text)> =
            known.filter_map(|(part, (_, name))| Some((self.amount(column, part).ok()?, name))).collect();
        ranked.sort_by_key(|entry| std::cmp::Reverse(entry.0));
        let (first, second) = (ranked.first()?, ranked.get(1)?);
        if first.0 == second.0 || ranked.len() < column.parts.len() {
            return None;
        }
        let (label, value) = (self.label(column), self.value(Ok(first.0)));
        Some(
            self.wording.say("finding-stack-largest", &[("label", &label), ("name", &first.1.text), ("value", &value)]),
        )
    }

    fn highest_column(&self) -> Option<String> {
        let totals: Option<Vec<(Decimal, &Column<'_>)>> =
            self.pile.columns.iter().map(|column| Some((column.total().ok()?, column))).collect();
        let mut ranked = totals?;
        ranked.sort_by_key(|entry| std::cmp::Reverse(entry.0));
        let (first, second) = (ranked.first()?, ranked.get(1)?);
        let value = self.value(Ok(first.0));
        (first.0 != second.0)
            .then(|| self.wording.say("finding-stack-highest", &[("area", &first.1.label.text), ("value", &value)]))
    }

    fn subtitle(&self) -> String {
        let caption = match self.options.share {
            true => self.wording.say("stack-share-of", &[("name", &self.pile.caption)]),
            false => self.pile.caption.clone(),
        };
        let periods = self.pile.columns.iter().map(|column| column.period);
        let (Some(first), Some(last)) = (periods.clone().min(), periods.max()) else { return caption };
        let (from, to) = (period_text(first, self.wording), period_text(last, self.wording));
        let range =
            if first == last { from } else { self.wording.say("period-range", &[("from", &from), ("to", &to)]) };
        self.wording.say("area-and-period", &[("area", &caption), ("period", &range)])
    }

    fn alternative(&self) -> String {
        let sentence = |column: &Column<'_>| {
            let value = |(part, (_, name)): (&Part<'_>, &(String, Text))| {
                let value = self.print(self.amount(column, part));
                self.wording.say("stack-part", &[("name", &name.text), ("value", &value)])
            };
            let parts: Vec<String> = column.parts.iter().zip(&self.pile.segments).map(value).collect();
            let parts = self.wording.locale.list(&parts);
            let (label, total) = (self.label(column), self.pile.unit());
            let total = total.map(|indicator| value_with_unit(column.total(), indicator, self.wording));
            let total = total.unwrap_or_default();
            self.wording.say("stack-sentence", &[("label", &label), ("total", &total), ("parts", &parts)])
        };
        let sentences: Vec<String> = self.pile.columns.iter().map(sentence).collect();
        let sentences = join_sentences(&sentences, self.wording);
        self.wording.say("stack-alternative", &[("name", &self.pile.caption), ("sentences", &sentences)])
    }

    /// The segments down, the columns across, and the whole.
    fn table(&self) -> Grid {
        let word = |key: &str| self.wording.say(key, &[]);
        let head = Head { label: word(self.pile.head), numeric: false, lang: None };
        let column =
            |column: &Column<'_>| Head { label: self.label(column), numeric: true, lang: column.label.lang.clone() };
        let columns = std::iter::once(head).chain(self.pile.columns.iter().map(column)).collect();
        let cell = |column: &Column<'_>, part: &Part<'_>| match self.options.share {
            true => number_cell(self.print(self.amount(column, part)), self.amount(column, part), 1),
            false => value_cell(part.cell, part.indicator, self.wording),
        };
        let line = |(index, (_, name)): (usize, &(String, Text))| Line {
            label: name.text.clone(),
            lang: name.lang.clone(),
            cells: self
                .pile
                .columns
                .iter()
                .filter_map(|column| column.parts.get(index).map(|part| cell(column, part)))
                .collect(),
            highlight: self.highlight.contains(&index),
        };
        let mut rows: Vec<Line> = self.pile.segments.iter().enumerate().map(line).collect();
        let digits = self.pile.unit().map(|indicator| indicator.precision).unwrap_or_default();
        let total = |column: &Column<'_>| {
            let total = column.total().map(|number| rounded(number, digits));
            number_cell(self.wording.amount(total, digits), total, digits)
        };
        let cells = self.pile.columns.iter().map(total).collect();
        let label = self.pile.unit().map(|indicator| self.wording.text(&indicator.unit)).unwrap_or_default();
        let label = match self.options.share {
            true => self.wording.say("text-with-unit", &[("text", &word("stack-total")), ("unit", label)]),
            false => word("stack-total"),
        };
        rows.push(Line { label, lang: None, cells, highlight: false });
        let caption = match self.options.share {
            true => self.wording.say("stack-share-of", &[("name", &self.pile.caption)]),
            false => self.pile.caption.clone(),
        };
        Grid { caption, columns, rows }
    }

    fn dataset(&self) -> Dataset {
        let over = self.pile.unit().map(|indicator| indicator.over).unwrap_or_default();
        let mut dataset = Dataset::of_values(self.wording, entity_head(over));
        for column in &self.pile.columns {
            for part in &column.parts {
                dataset.push_value(part.indicator, &part.entity, column.period, part.cell, self.wording);
            }
        }
        dataset
    }
}

/// How far the middle of a total is above its column, in em.
const TOTAL_RISE: f64 = 0.8;

/// How far the middle of the first line of a label is below its column, in em.
const BELOW: f64 = 1.0;

/// The room that the numbers of an axis take, in em.
fn axis_room(texts: &[String]) -> f64 {
    let ticks: Vec<Tick> = texts.iter().map(|text| Tick { from_top: 0.0, text: text.clone() }).collect();
    axis::vertical(&ticks).1.ceil()
}

/// Where the columns stand between the totals above and the labels below, of which the first line is beside the plot.
struct Frame {
    /// The height of the drawing, in em.
    height: f64,
    /// The room above, in em.
    above: f64,
    /// The room below, in em.
    below: f64,
}

impl Frame {
    fn new(height: u32, lines: usize) -> Frame {
        let below = lines.saturating_sub(1) as f64 * LINE_HEIGHT;
        Frame { height: f64::from(height) * 16.0 / EM, above: TOTAL_RISE + LINE_HEIGHT / 2.0, below }
    }

    /// Where a part of the whole ends, in percent from the top.
    fn at(&self, part: f64) -> f64 {
        let plot = self.height - self.above - self.below;
        (self.above + plot * (1.0 - part)) / self.height * 100.0
    }
}

/// What the columns share.
struct Drawing {
    frame: Frame,
    band: Band,
    /// The number at the top of the frame.
    whole: f64,
    /// How far the columns stand apart on a phone, in em.
    narrow: f64,
    /// How far in a wide panel.
    wide: f64,
}

impl Drawing {
    /// The left and the right side of a column, in percent.
    fn sides(&self, index: usize) -> (f64, f64) {
        (self.band.start(index), self.band.start(index) + self.band.width())
    }

    /// The middle of a column, in percent.
    fn middle(&self, index: usize) -> f64 {
        self.band.start(index) + self.band.width() / 2.0
    }

    /// Whether a number has room in a segment of that height, in percent: the class that says so.
    fn room(&self, text: &str, height: f64) -> Option<&'static str> {
        let lines = height / 100.0 * self.frame.height / LINE_HEIGHT;
        let needed = width(text) / (1.0 - GAP) + ROOM;
        match lines >= 1.0 {
            true if needed <= self.narrow => Some(""),
            true if needed <= self.wide => Some(" w"),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests;
