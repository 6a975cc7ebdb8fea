//! Bars: areas or hospitals one below the other at one period, from zero, with their ranks.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::Deserialize;

use super::lanes::{self, GAP, Lanes};
use super::multiples::{self, Repeat};
use super::options::options;
use super::rows::{Entity, cell, entity_head, number_cell, period_text, value_cell, value_with_unit};
use super::table::with_unit;
use super::{Column, Dataset, Draft, Graphic, Grid, GridCell, Kind, Line, Reader, finding, kind};
use crate::derive::Wording;
use crate::derive::rank::Ranking;
use crate::diagnostic::bars as findings;
use crate::diagnostic::panel as panel_findings;
use crate::draw::LINE_HEIGHT;
use crate::draw::label::{Label, width};
use crate::draw::mark::{Anchor, Hatch, Mark, Plot};
use crate::draw::scale::{Linear, float};
use crate::locale::{Argument, Period, PeriodStyle};
use crate::model::area::AreaKind;
use crate::model::indicator::{self, Better, Cell, Indicator, Over};
use crate::parse::data::Direction;

kind! {
    /// A ranking: areas or hospitals one below the other, the value at the end of each bar. Bars begin at zero.
    ///
    /// ```yaml
    /// kind: bars
    /// indicator: per_100k
    /// highlight: outside
    /// reference: jp
    /// ```
    ///
    /// - `indicator`: the measure.
    /// - `areas`: which bars; without it all areas of one kind: that of the highlighted one, or that of which there are
    ///   most.
    /// - `period`, or up to three `periods` side by side; without it the latest.
    /// - `highlight`: the bar that the panel is about. `reference`: one that the others are held against, as a line.
    /// - `sort: given` keeps the order of `areas`; without it the best comes first, or the highest where neither is better.
    /// - `better: lower` turns ranks round; without it the indicator says in which direction it is better.
    /// - `limit: 10` shows the first ten, and the highlighted one.
    /// - `rank: false` leaves the ranks out. `ranks` names an indicator with ranks among more areas than are shown, and
    ///   `out_of` says among how many.
    /// - `thirds: true` puts bands behind the upper, the middle and the lower 33.3 per cent of the ranks.
    Bars
}

options! {
    /// The options of bars.
    Options {
        /// The indicator that is drawn.
        #[schemars(extend("x-ja" = "描く指標の id。"))]
        indicator: Option<String>,
        /// Its areas or hospitals; all areas of one kind where nothing is said.
        #[schemars(extend("x-ja" = "棒にする地域か病院。省けば同じ種類の地域すべて。"))]
        areas: Option<Vec<String>>,
        /// The period; the latest where nothing is said.
        #[schemars(extend("x-ja" = "時点。省けば最新。"))]
        period: Option<Period>,
        /// Or two or three periods side by side.
        #[schemars(extend("x-ja" = "または、並べる二つか三つの時点。"))]
        periods: Option<Vec<Period>>,
        /// The one that matters here.
        #[schemars(extend("x-ja" = "目立たせる地域か病院。"))]
        highlight: Option<String>,
        /// The one that the others are held against, drawn as a line.
        #[schemars(extend("x-ja" = "比べる相手。線で示す。"))]
        reference: Option<String>,
        #[serde(default)]
        /// The order of the bars.
        #[schemars(extend("x-ja" = "棒の並べ方。"))]
        sort: Sort,
        /// In which direction values are better; as the indicator says where nothing is said.
        #[schemars(extend("x-ja" = "どちらの向きがよいか。省けば指標のとおり。"))]
        better: Option<Better>,
        /// How many bars, from the first.
        #[schemars(extend("x-ja" = "初めから何本を示すか。"))]
        limit: Option<usize>,
        /// Whether ranks are shown; where three or more are alike if nothing is said.
        #[schemars(extend("x-ja" = "順位を示すか。省けば、同じ種類が三つ以上あるときに示す。"))]
        rank: Option<bool>,
        /// The indicator that holds ranks among more than are shown.
        #[schemars(extend("x-ja" = "示す範囲より広い中での順位を持つ指標の id。"))]
        ranks: Option<String>,
        /// Among how many those are.
        #[schemars(extend("x-ja" = "その順位が、いくつの中の順位か。"))]
        out_of: Option<u32>,
        #[serde(default)]
        /// Whether thirds are banded.
        #[schemars(extend("x-ja" = "上位、中位、下位の33.3％に帯を敷くか。"))]
        thirds: bool,
    }
}

/// The order of bars.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
enum Sort {
    /// By value: the best first, or the highest where neither is better.
    #[default]
    #[schemars(extend("x-ja" = "値の順。よいもの、または大きいものから"))]
    Value,
    /// As they are written.
    #[schemars(extend("x-ja" = "書いた順"))]
    Given,
}

/// How many bars a row may have.
const MOST_PERIODS: usize = 3;

/// How wide a name beside its bar may be, in em, and on how many lines.
const BESIDE: (f64, usize) = (7.0, 2);

/// How far a rank is from the value before it, in em.
const RANK_GAP: f64 = 0.7;

/// What tells the bars of a row apart, the last one being solid.
const EARLIER: [Hatch; 2] = [Hatch::Falling, Hatch::Upright];

impl Kind for Bars {
    fn name(&self) -> &'static str {
        "bars"
    }

    fn schema(&self, generator: &mut SchemaGenerator) -> Schema {
        Options::schema(generator)
    }

    fn manual(&self) -> &'static str {
        Bars::MANUAL
    }

    fn repeated(&self) -> Option<Repeat> {
        Some(Repeat { draw: multiples::columns, from_zero: true, estimated: "bars-note-estimated", revised: None })
    }

    fn draft(&self, reader: &mut Reader<'_>) -> Option<Draft> {
        let options: Options = reader.options()?;
        let Some(id) = &options.indicator else {
            reader.report(panel_findings::panel_without_indicator(reader.place()));
            return None;
        };
        let indicator = reader.indicator(id, "indicator")?;
        sound(reader, &options)?;
        let chart = chart(reader, &options, indicator)?;
        let plot = chart.plot();
        if !chart.lanes_fit() {
            let span = reader.spans.value(if options.areas.is_some() { "areas" } else { "indicator" });
            reader.report(findings::too_many_bars(span, chart.rows.len()));
            return None;
        }
        let mut notes = chart.notes();
        notes
            .extend(reader.notes_on(chart.rows.iter().chain(&chart.missing).flat_map(|row| row.cells.iter().copied())));
        Some(Draft {
            common: options.common(),
            title: chart.title(),
            subtitle: chart.subtitle(),
            alt: chart.alternative(),
            notes,
            indicators: std::iter::once(indicator).chain(chart.printed).map(|indicator| indicator.id.clone()).collect(),
            table: chart.table(),
            dataset: chart.dataset(),
            graphic: Graphic::drawing(&plot, plot.classes()),
        })
    }
}

/// Whether the options make sense together.
fn sound(reader: &mut Reader<'_>, options: &Options) -> Option<()> {
    let finding = if options.limit == Some(0) {
        findings::no_bars(reader.spans.value("limit"))
    } else if options.thirds && options.sort == Sort::Given {
        findings::thirds_out_of_order(reader.spans.value("sort"))
    } else if options.out_of.is_some() && options.ranks.is_none() {
        findings::out_of_without_ranks(reader.spans.value("out_of"))
    } else if options.thirds && options.ranks.is_some() && options.out_of.is_none() {
        findings::thirds_of_unknown(reader.spans.value("ranks"))
    } else if options.period.is_some() && options.periods.is_some() {
        findings::period_twice(reader.spans.value("period"))
    } else if options.periods.as_ref().is_some_and(|periods| periods.is_empty() || periods.len() > MOST_PERIODS) {
        let found = options.periods.as_ref().map_or(0, Vec::len);
        findings::wrong_number_of_periods(reader.spans.value("periods"), found, MOST_PERIODS)
    } else {
        return Some(());
    };
    reader.report(finding);
    None
}

fn chart<'r>(reader: &mut Reader<'r>, options: &Options, indicator: &'r Indicator) -> Option<Chart<'r>> {
    let periods = reader.periods(indicator, options.periods.as_deref(), options.period)?;
    let last = *periods.last()?;
    let mut entities = reader.entities(options.areas.as_deref(), &[indicator]);
    let reference = match &options.reference {
        Some(name) => Some(reader.entity_id(indicator.over, name, "reference", &[indicator])?),
        None => None,
    };
    entities.retain(|entity| Some(entity.id) != reference);
    if options.areas.is_none() {
        entities = reader.alike(entities, options.highlight.as_deref());
    }
    let highlight = reader.highlight(options.highlight.as_deref(), indicator.over, &entities);
    let printed = match &options.ranks {
        Some(id) => Some(reader.indicator(id, "ranks")?),
        None => None,
    };
    let lowest_first = options.better.or(indicator.better) == Some(Better::Lower);
    let judge = Judge { reader, indicator, printed, out_of: options.out_of, lowest_first, period: last };
    let row = |entity: Entity<'r>| Row {
        cells: periods.iter().map(|period| cell(indicator, entity.id, *period)).collect(),
        place: judge.place(entity.id),
        kind: judge.kind(entity.id),
        highlight: highlight == Some(entity.id),
        entity,
    };
    let (mut rows, missing): (Vec<Row<'r>>, Vec<Row<'r>>) =
        entities.into_iter().map(row).partition(|row| row.last().amount.is_ok());
    let reference = reference.and_then(|id| reader.entity(indicator.over, id)).map(row);
    if rows.is_empty() {
        reader.report_no_values();
        return None;
    }
    if options.sort == Sort::Value {
        rows.sort_by(|a, b| if lowest_first { a.number().cmp(&b.number()) } else { b.number().cmp(&a.number()) });
    }
    let counted = rows.len();
    if let Some(limit) = options.limit {
        let mut number = 0;
        rows.retain(|row| {
            number += 1;
            number <= limit || row.highlight
        });
    }
    let alike = rows.iter().any(|row| row.place.is_some_and(|place| place.count.is_none_or(|count| count >= 3)));
    Some(Chart {
        indicator,
        printed,
        periods,
        reference,
        counted,
        missing,
        lowest_first,
        ranks: options.rank.unwrap_or(alike) && alike,
        thirds: options.thirds && alike,
        rows,
        wording: reader.wording(),
    })
}

/// Gives ranks.
struct Judge<'j, 'r> {
    reader: &'j Reader<'r>,
    indicator: &'r Indicator,
    printed: Option<&'r Indicator>,
    out_of: Option<u32>,
    lowest_first: bool,
    period: Period,
}

impl Judge<'_, '_> {
    fn kind(&self, id: &str) -> Option<AreaKind> {
        self.reader.context.data.area(id).map(|area| area.kind)
    }

    /// The rank: as printed, or among all of the same kind that the indicator has, shown or not.
    fn place(&self, id: &str) -> Option<Place> {
        if let Some(printed) = self.printed {
            let period = if printed.periods.contains(&self.period) { Some(self.period) } else { printed.latest() };
            let rank = printed.cell(id, period?)?.amount.ok()?.to_u32()?;
            return Some(Place { rank, count: self.out_of });
        }
        let kind = self.kind(id);
        let alike = self.indicator.rows.iter().filter(|row| self.kind(&row.entity) == kind);
        let values = alike.map(|row| cell(self.indicator, &row.entity, self.period).amount);
        let ranking = Ranking::new(values, if self.lowest_first { Direction::Low } else { Direction::High });
        let rank = ranking.rank(cell(self.indicator, id, self.period).amount).ok()?;
        Some(Place { rank: rank.to_u32()?, count: u32::try_from(ranking.count()).ok() })
    }
}

/// A rank, and among how many.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Place {
    rank: u32,
    count: Option<u32>,
}

impl Place {
    /// 1, 2 or 3, by the rule of [`Ranking::third`].
    fn third(self) -> Option<u8> {
        let count = u64::from(self.count?);
        match u64::from(self.rank) * 3 {
            threefold if threefold <= count => Some(1),
            threefold if threefold <= count * 2 => Some(2),
            _ => Some(3),
        }
    }
}

/// A row of bars: one for each period.
struct Row<'d> {
    entity: Entity<'d>,
    cells: Vec<Cell>,
    place: Option<Place>,
    kind: Option<AreaKind>,
    highlight: bool,
}

impl Row<'_> {
    fn last(&self) -> Cell {
        self.cells.last().copied().unwrap_or(Cell::ABSENT)
    }

    /// The value by which the row is sorted.
    fn number(&self) -> Decimal {
        self.last().amount.unwrap_or_default()
    }

    fn class(&self) -> &'static str {
        if self.highlight { "kh" } else { "km" }
    }
}

/// What is drawn and told.
struct Chart<'c> {
    indicator: &'c Indicator,
    /// The indicator that the ranks are from, where they are not worked out.
    printed: Option<&'c Indicator>,
    periods: Vec<Period>,
    rows: Vec<Row<'c>>,
    /// Those that have no value.
    missing: Vec<Row<'c>>,
    reference: Option<Row<'c>>,
    /// How many have a value, shown or not.
    counted: usize,
    lowest_first: bool,
    ranks: bool,
    thirds: bool,
    wording: Wording<'c>,
}

/// How ranks are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Ranks {
    /// `43位/47`
    Full,
    /// `43位`; among how many says the note.
    Short,
}

/// Where names and numbers stand.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Layout {
    /// Whether names stand beside their bars; else above them.
    beside: bool,
    ranks: Ranks,
    left: f64,
    right: f64,
    /// The width of the ranks, with the gap before them.
    rank: f64,
    /// The room for values at the ends of bars below zero.
    below_zero: f64,
}

impl Chart<'_> {
    fn plot(&self) -> Plot {
        let layout = self.layout();
        let mut lanes = Lanes::default();
        let spans = self.spans(layout, &mut lanes);
        let scale = self.scale();
        let mut marks = self.bands(&spans, &lanes, layout);
        for ((index, row), span) in self.rows.iter().enumerate().zip(&spans.rows) {
            marks.extend(self.bars((index, row), *span, &lanes, layout, scale));
            marks.extend(self.labels(row, *span, &lanes, layout));
        }
        marks.extend(self.upright(scale.position(0.0), "z", &lanes, layout, &spans));
        marks.extend(self.reference_line(scale, &lanes, layout, &spans));
        Plot { marks, left: layout.left, right: layout.right, height: lanes.height() }
    }

    fn lanes_fit(&self) -> bool {
        let mut lanes = Lanes::default();
        self.spans(self.layout(), &mut lanes);
        lanes.fit()
    }

    /// The first of these that leaves room for the bars: beside them names and whole ranks; names and short ranks; names
    /// above the bars.
    fn layout(&self) -> Layout {
        let name =
            self.rows.iter().map(|row| self.name(row, true)).fold((0.0, 0), |(wide, high): (f64, usize), label| {
                (wide.max(label.width()), high.max(label.lines.len()))
            });
        let all = [(true, Ranks::Full), (true, Ranks::Short), (false, Ranks::Full)].map(|(beside, ranks)| {
            let rank = self.rank_width(ranks);
            let below_zero = self.value_width(|number| number < Decimal::ZERO);
            let beside_left = if beside { name.0 + GAP } else { 0.0 };
            let right = self.value_width(|number| number >= Decimal::ZERO);
            let right = if beside { right + rank } else { right };
            Layout { beside, ranks, left: beside_left + below_zero, right, rank, below_zero }
        });
        let fits = |layout: &&Layout| {
            name.0 <= BESIDE.0 && name.1 <= BESIDE.1 && lanes::leaves_room(layout.left, layout.right)
        };
        all.iter().find(fits).copied().unwrap_or(all[2])
    }

    /// The name of a row, broken into lines for the place where it stands.
    fn name(&self, row: &Row<'_>, beside: bool) -> Label {
        let above = lanes::narrowest() - self.rank_width(Ranks::Full) - 2.0 * GAP;
        Label::new(&row.entity.name.text, if beside { BESIDE.0 } else { above })
    }

    fn value_width(&self, wanted: impl Fn(Decimal) -> bool) -> f64 {
        let texts = self.rows.iter().flat_map(|row| {
            let cells = row.cells.iter().enumerate();
            cells.filter(|(_, cell)| cell.amount.is_ok_and(&wanted)).map(|(index, cell)| self.value(index, *cell))
        });
        let widest = texts.map(|text| width(&text)).fold(0.0, f64::max);
        if widest > 0.0 { widest + GAP } else { 0.0 }
    }

    fn rank_width(&self, ranks: Ranks) -> f64 {
        let widest = self.rows.iter().map(|row| width(&self.rank(row, ranks))).fold(0.0, f64::max);
        if widest > 0.0 { widest + RANK_GAP } else { 0.0 }
    }

    /// What stands at the end of a bar. Where there are several, each says of when it is.
    fn value(&self, index: usize, cell: Cell) -> String {
        let text = self.wording.amount(cell.amount, self.indicator.precision);
        match self.periods.get(index).filter(|_| self.periods.len() > 1) {
            Some(period) => {
                let period = self.wording.locale.period(*period, PeriodStyle::Short);
                self.wording.say("text-with-unit", &[("text", &text), ("unit", &period)])
            }
            None => text,
        }
    }

    fn rank(&self, row: &Row<'_>, ranks: Ranks) -> String {
        let Some(place) = row.place.filter(|_| self.ranks) else { return String::new() };
        let rank = self.wording.locale.ordinal(place.rank.into());
        match place.count.filter(|_| ranks == Ranks::Full) {
            Some(count) => {
                let bare = self.wording.locale.number(place.rank.into());
                let count = self.wording.locale.number(count.into());
                self.wording.say("bars-rank-of", &[("rank", &bare), ("count", &count)])
            }
            None => self.wording.say("bars-rank", &[("rank", &rank)]),
        }
    }

    /// From the least to the most, and always from zero.
    fn scale(&self) -> Linear {
        let shown = self.rows.iter().chain(&self.reference).flat_map(|row| &row.cells);
        let numbers: Vec<f64> = shown.filter_map(|cell| cell.amount.ok()).map(float).collect();
        let least = numbers.iter().copied().fold(0.0, f64::min);
        let most = numbers.iter().copied().fold(0.0, f64::max);
        Linear { domain: (least, if least == most { 1.0 } else { most }) }
    }
}

/// The band behind a third of the ranks, in em.
struct Band {
    third: u8,
    all: (f64, f64),
    heading: (f64, f64),
}

/// Where the rows stand, in em.
struct Spans {
    /// Where the first begins, below the name of the reference.
    start: f64,
    rows: Vec<(f64, f64)>,
    bands: Vec<Band>,
}

impl Chart<'_> {
    fn spans(&self, layout: Layout, lanes: &mut Lanes) -> Spans {
        const HEADING: f64 = 1.8;
        const BETWEEN_BANDS: f64 = 0.5;
        if let Some(label) = self.reference_label(layout) {
            lanes.add(label.label.height() + 0.3);
        }
        let start = lanes.add(0.0).0;
        let mut spans = Spans { start, rows: Vec::new(), bands: Vec::new() };
        let mut current = None;
        const BELOW_ROWS: f64 = 0.35;
        for (index, row) in self.rows.iter().enumerate() {
            let third = row.place.and_then(Place::third).filter(|_| self.thirds);
            if let Some(third) = third.filter(|_| third != current) {
                if current.is_some() {
                    lanes.add(BETWEEN_BANDS);
                }
                let heading = lanes.add(HEADING);
                spans.bands.push(Band { third, all: heading, heading });
                current = Some(third);
            }
            spans.rows.push(lanes.add(self.row_height(row, layout)));
            let next = self.rows.get(index + 1).and_then(|next| next.place).and_then(Place::third);
            if let Some(band) = spans.bands.last_mut().filter(|_| next != current) {
                band.all.1 = lanes.add(BELOW_ROWS).1;
            }
        }
        spans
    }

    fn row_height(&self, row: &Row<'_>, layout: Layout) -> f64 {
        let name = self.name(row, layout.beside).height();
        let bars = self.slot() * self.periods.len() as f64;
        if layout.beside { name.max(bars) + 0.4 } else { name + bars + 0.5 }
    }

    /// The height of a bar with the space around it.
    fn slot(&self) -> f64 {
        if self.periods.len() > 1 { LINE_HEIGHT } else { 1.4 }
    }

    /// The bands of the thirds. They are wider than the plot, and cut off by the panel.
    fn bands(&self, spans: &Spans, lanes: &Lanes, layout: Layout) -> Vec<Mark> {
        const BEYOND: f64 = 900.0;
        let mut marks = Vec::new();
        for Band { third, all, heading } in &spans.bands {
            marks.push(Mark::Rect {
                from: (-BEYOND, lanes.percent(all.0)),
                to: (100.0 + BEYOND, lanes.percent(all.1)),
                class: format!("t{third}"),
                hatch: None,
            });
            let middle = lanes.percent((heading.0 + heading.1) / 2.0);
            let words = self.wording.say(&format!("bars-third-{third}"), &[]);
            let label = Label { lines: vec![words] };
            marks.push(Mark::Text(lanes::text((0.0, middle), (-layout.left.ceil(), 0.0), Anchor::Start, label, "tt")));
        }
        marks
    }

    /// The bars of a row and the values at their ends.
    fn bars(
        &self,
        (place, row): (usize, &Row<'_>),
        span: (f64, f64),
        lanes: &Lanes,
        layout: Layout,
        scale: Linear,
    ) -> Vec<Mark> {
        let slot = self.slot();
        // Above the bars is the name, or half of what the row is higher than they are.
        let bars = slot * row.cells.len() as f64;
        let space = span.1 - span.0 - bars;
        let top = span.0 + if layout.beside { space / 2.0 } else { self.name(row, false).height() };
        let thick = slot * 0.8;
        let mut marks = Vec::new();
        for (index, cell) in row.cells.iter().enumerate() {
            let Ok(number) = cell.amount else { continue };
            let middle = top + slot * (index as f64 + 0.5);
            let end = scale.position(float(number));
            marks.push(Mark::Value { at: (end, lanes.percent(middle)), row: place, column: index + 1 });
            marks.push(Mark::Rect {
                from: (scale.position(0.0), lanes.percent(middle - thick / 2.0)),
                to: (end, lanes.percent(middle + thick / 2.0)),
                class: row.class().to_owned(),
                hatch: self.hatch(index, *cell),
            });
            let label = Label { lines: vec![self.value(index, *cell)] };
            let at = lanes.percent(middle);
            // Beside a line for reference the values stand in a column: at the ends of bars it would cross them.
            let text = if number < Decimal::ZERO {
                lanes::text((end, at), (-GAP, 0.0), Anchor::End, label, row.class())
            } else if self.reference.is_some() {
                let right = layout.right - if layout.beside { layout.rank } else { 0.0 };
                lanes::text((100.0, at), (right, 0.0), Anchor::End, label, row.class())
            } else {
                lanes::text((end, at), (GAP, 0.0), Anchor::Start, label, row.class())
            };
            marks.push(Mark::Text(text));
        }
        marks
    }

    fn hatch(&self, index: usize, cell: Cell) -> Option<Hatch> {
        if cell.mark == Some(indicator::Mark::Estimated) {
            return Some(Hatch::Rising);
        }
        EARLIER.get(index).copied().filter(|_| index + 1 < self.periods.len())
    }

    /// The name of a row and its rank.
    fn labels(&self, row: &Row<'_>, span: (f64, f64), lanes: &Lanes, layout: Layout) -> Vec<Mark> {
        let name = self.name(row, layout.beside);
        let middle = if layout.beside { (span.0 + span.1) / 2.0 } else { span.0 + name.height() / 2.0 };
        let at = lanes.percent(middle);
        let mut text = if layout.beside {
            lanes::text((0.0, at), (-GAP - layout.below_zero, 0.0), Anchor::End, name, row.class())
        } else {
            lanes::text((0.0, at), (-layout.below_zero, 0.0), Anchor::Start, name, row.class())
        };
        text.lang = row.entity.name.lang.clone();
        let rank = self.rank(row, layout.ranks);
        let mut marks = vec![Mark::Text(text)];
        if !rank.is_empty() {
            let label = Label { lines: vec![rank] };
            marks.push(Mark::Text(lanes::text((100.0, at), (layout.right, 0.0), Anchor::End, label, row.class())));
        }
        marks
    }

    fn reference_value(&self) -> Option<(&Row<'_>, Decimal)> {
        let row = self.reference.as_ref()?;
        Some((row, row.last().amount.ok()?))
    }

    fn reference_label(&self, layout: Layout) -> Option<crate::draw::mark::Text> {
        let (row, number) = self.reference_value()?;
        let value = self.wording.amount(Ok(number), self.indicator.precision);
        let words = format!("{} {value}", row.entity.name.text);
        let x = self.scale().position(float(number));
        let mut text = lanes::along(x, 0.0, &words, (layout.left, layout.right), "rl");
        text.lang = row.entity.name.lang.clone();
        Some(text)
    }

    /// The line of the reference with its name.
    fn reference_line(&self, scale: Linear, lanes: &Lanes, layout: Layout, spans: &Spans) -> Vec<Mark> {
        let (Some((_, number)), Some(mut label)) = (self.reference_value(), self.reference_label(layout)) else {
            return Vec::new();
        };
        label.at.1 = lanes.percent(label.label.height() / 2.0);
        let mut marks = self.upright(scale.position(float(number)), "r", lanes, layout, spans);
        marks.push(Mark::Text(label));
        marks
    }

    /// A line through all rows; where names stand above the bars it passes the bars only.
    fn upright(&self, x: f64, class: &str, lanes: &Lanes, layout: Layout, spans: &Spans) -> Vec<Mark> {
        let line = |(top, bottom): (f64, f64)| Mark::Rule {
            from: (x, lanes.percent(top)),
            to: (x, lanes.percent(bottom)),
            class: class.to_owned(),
        };
        if layout.beside {
            return vec![line((spans.start, lanes.total()))];
        }
        let bars = self.slot() * self.periods.len() as f64;
        let along = |(row, span): (&Row<'_>, &(f64, f64))| {
            let top = span.0 + self.name(row, false).height();
            line((top, top + bars))
        };
        self.rows.iter().zip(&spans.rows).map(along).collect()
    }
}

impl Chart<'_> {
    fn last_period(&self) -> String {
        self.periods.last().map(|period| period_text(*period, self.wording)).unwrap_or_default()
    }

    /// The highlighted one: its change or its rank; else how many are above the reference, or which is first.
    fn title(&self) -> String {
        let subject = self.rows.iter().find(|row| row.highlight);
        let title = match subject {
            Some(row) if self.periods.len() > 1 => {
                let cells: Vec<(Period, Cell)> = self.periods.iter().copied().zip(row.cells.iter().copied()).collect();
                finding::course(&row.entity, &cells, self.indicator, self.wording)
            }
            Some(row) => self.rank_title(row).or_else(|| self.single_title(row)),
            None => self.reference_title().or_else(|| self.first_title()),
        };
        title.unwrap_or_else(|| {
            self.wording.say("bars-title", &[("indicator", self.wording.text(&self.indicator.name))])
        })
    }

    /// `球磨は335圏域中234位（158.8）`
    fn rank_title(&self, row: &Row<'_>) -> Option<String> {
        let place = row.place.filter(|_| self.ranks)?;
        let among = self.among(place.count?, row.kind)?;
        let rank = self.wording.locale.ordinal(place.rank.into());
        let value = value_with_unit(row.last().amount, self.indicator, self.wording);
        // Of printed ranks it is not known which end they begin at.
        let lowest = self.lowest_first && self.printed.is_none();
        let key = if lowest { "bars-finding-rank-lowest" } else { "bars-finding-rank" };
        let texts = [("area", row.entity.name.text.as_str()), ("among", &among), ("rank", &rank), ("value", &value)];
        Some(self.wording.say(key, &texts))
    }

    fn single_title(&self, row: &Row<'_>) -> Option<String> {
        let period = *self.periods.last()?;
        Some(finding::single(&row.entity, (period, row.last()), self.indicator, self.wording))
    }

    /// `全国を上回るのは10圏域のうち1`
    fn reference_title(&self) -> Option<String> {
        let (reference, value) = self.reference_value()?;
        let all = self.rows.len();
        // Of the first ten it would tell nothing of the others.
        if all < self.counted {
            return None;
        }
        let above = self.rows.iter().filter(|row| row.number() > value).count();
        let kind = self.rows.first()?.kind;
        let kind = kind.filter(|_| self.rows.iter().all(|row| row.kind == kind));
        let among = self.among(u32::try_from(all).ok()?, kind)?;
        let arguments = [
            ("reference", Argument::Text(reference.entity.name.text.clone())),
            ("among", Argument::Text(among)),
            ("count", Argument::Number(Decimal::from(above))),
        ];
        self.wording.words.get("bars-finding-above", &arguments)
    }

    /// Of those that are alike the highest, or the lowest where that is better; nothing where several are.
    fn first_title(&self) -> Option<String> {
        let kind = self.rows.first()?.kind;
        if self.rows.len() < 2 || self.rows.iter().any(|row| row.kind != kind) {
            return None;
        }
        let numbers = || self.rows.iter().map(Row::number);
        let best = if self.lowest_first { numbers().min()? } else { numbers().max()? };
        let mut first = self.rows.iter().filter(|row| row.number() == best);
        let (row, None) = (first.next()?, first.next()) else { return None };
        let value = value_with_unit(Ok(best), self.indicator, self.wording);
        let key = if self.lowest_first { "bars-finding-lowest" } else { "finding-highest" };
        Some(self.wording.say(key, &[("area", &row.entity.name.text), ("value", &value)]))
    }

    /// `10圏域`, `47 prefectures`
    fn among(&self, count: u32, kind: Option<AreaKind>) -> Option<String> {
        let key = match (self.indicator.over, kind) {
            (Over::Hospitals, _) => "count-hospitals",
            (_, Some(AreaKind::Prefecture)) => "count-prefectures",
            (_, Some(AreaKind::SecondaryMedicalArea | AreaKind::PerinatalMedicalArea)) => "count-medical-areas",
            (_, Some(AreaKind::Municipality)) => "count-municipalities",
            _ => "count-areas",
        };
        self.wording.words.get(key, &[("count", Argument::Number(count.into()))])
    }

    fn subtitle(&self) -> String {
        let periods: Vec<String> = self.periods.iter().map(|period| period_text(*period, self.wording)).collect();
        let period = self.wording.locale.list(&periods);
        self.wording.say("area-and-period", &[("area", &with_unit(self.indicator, self.wording)), ("period", &period)])
    }

    fn notes(&self) -> Vec<String> {
        let mut notes = Vec::new();
        if let Some(row) = self.reference.as_ref().filter(|row| row.last().amount.is_ok()) {
            notes.push(self.wording.say("bars-note-reference", &[("area", &row.entity.name.text)]));
        }
        let shared = self.rows.first().and_then(|row| row.place).and_then(|place| place.count);
        if let Some(count) = shared.filter(|_| self.ranks && self.layout().ranks == Ranks::Short) {
            let count = self.wording.locale.number(count.into());
            notes.push(self.wording.say("bars-note-ranks", &[("count", &count)]));
        }
        if self.rows.len() < self.counted {
            let (shown, all) = (self.rows.len(), self.counted);
            let number = |count: usize| self.wording.locale.number(Decimal::from(count));
            notes.push(self.wording.say("bars-note-limit", &[("shown", &number(shown)), ("count", &number(all))]));
        }
        if self.rows.iter().flat_map(|row| &row.cells).any(|cell| cell.mark == Some(indicator::Mark::Estimated)) {
            notes.push(self.wording.say("bars-note-estimated", &[]));
        }
        if !self.missing.is_empty() {
            let names: Vec<String> = self.missing.iter().map(|row| row.entity.name.text.clone()).collect();
            notes.push(self.wording.say("bars-note-missing", &[("areas", &self.wording.locale.list(&names))]));
        }
        notes
    }

    fn alternative(&self) -> String {
        const MOST: usize = 16;
        let told = |(index, row): &(usize, &Row<'_>)| self.rows.len() <= MOST || *index < MOST - 2 || row.highlight;
        let shown: Vec<&Row<'_>> = self.rows.iter().enumerate().filter(told).map(|(_, row)| row).collect();
        let mut texts: Vec<String> = shown.iter().map(|row| self.entry(row)).collect();
        if shown.len() < self.rows.len() {
            let rest = self.wording.locale.number(Decimal::from(self.rows.len() - shown.len()));
            texts.push(self.wording.say("bars-rest", &[("count", &rest)]));
        }
        let indicator = with_unit(self.indicator, self.wording);
        let texts = [
            ("indicator", indicator.as_str()),
            ("period", &self.last_period()),
            ("rows", &self.wording.locale.list(&texts)),
        ];
        let sentence = self.wording.say("bars-alternative", &texts);
        let Some((reference, value)) = self.reference_value() else { return sentence };
        let value = value_with_unit(Ok(value), self.indicator, self.wording);
        let second =
            self.wording.say("bars-alternative-reference", &[("area", &reference.entity.name.text), ("value", &value)]);
        self.wording.say("join-sentences", &[("first", &sentence), ("second", &second)])
    }

    /// A bar in words: `球磨 158.8（234位）`
    fn entry(&self, row: &Row<'_>) -> String {
        let value = self.wording.amount(row.last().amount, self.indicator.precision);
        let text = format!("{} {value}", row.entity.name.text);
        let rank = self.rank(row, Ranks::Short);
        if rank.is_empty() { text } else { self.wording.say("text-with-unit", &[("text", &text), ("unit", &rank)]) }
    }

    fn table(&self) -> Grid {
        let column = |label: String, numeric| Column { label, numeric, lang: None };
        let mut columns = vec![column(self.wording.say(entity_head(self.indicator.over), &[]), false)];
        columns.extend(self.periods.iter().map(|period| column(period_text(*period, self.wording), true)));
        if self.ranks {
            columns.push(column(self.wording.say("bars-column-rank", &[]), true));
        }
        if self.thirds {
            columns.push(column(self.wording.say("bars-column-third", &[]), false));
        }
        Grid {
            caption: with_unit(self.indicator, self.wording),
            columns,
            rows: self.all().map(|row| self.line(row)).collect(),
        }
    }

    fn line(&self, row: &Row<'_>) -> Line {
        let mut cells: Vec<GridCell> =
            row.cells.iter().map(|cell| value_cell(*cell, self.indicator, self.wording)).collect();
        if self.ranks {
            let rank = row.place.map(|place| Decimal::from(place.rank)).ok_or(indicator::Missing::NotApplicable);
            let text = if rank.is_ok() { self.rank(row, Ranks::Full) } else { self.wording.amount(rank, 0) };
            cells.push(number_cell(text, rank, 0));
        }
        if self.thirds {
            let third = row.place.and_then(Place::third);
            let text = third.map(|third| self.wording.say(&format!("bars-third-{third}"), &[])).unwrap_or_default();
            cells.push(GridCell { text, ..GridCell::default() });
        }
        Line {
            label: row.entity.name.text.clone(),
            lang: row.entity.name.lang.clone(),
            cells,
            highlight: row.highlight,
        }
    }

    /// All rows: the bars, what has no value, and the reference.
    fn all(&self) -> impl Iterator<Item = &Row<'_>> {
        self.rows.iter().chain(&self.missing).chain(&self.reference)
    }

    fn dataset(&self) -> Dataset {
        let mut dataset = Dataset::of_values(self.wording, entity_head(self.indicator.over));
        for row in self.all() {
            for (period, cell) in self.periods.iter().zip(&row.cells) {
                dataset.push_value(self.indicator, &row.entity, *period, *cell, self.wording);
            }
        }
        if let Some(printed) = self.printed {
            let period = self.periods.last().copied().filter(|period| printed.periods.contains(period));
            if let Some(period) = period.or(printed.latest()) {
                for row in self.all() {
                    let cell = cell(printed, row.entity.id, period);
                    dataset.push_value(printed, &row.entity, period, cell, self.wording);
                }
            }
        }
        dataset
    }
}
