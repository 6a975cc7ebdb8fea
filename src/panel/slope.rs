//! Slopes: two periods side by side, a line from one to the other for each area, named at both ends.

use rust_decimal::Decimal;
use schemars::{Schema, SchemaGenerator};

use super::lanes;
use super::options::options;
use super::rows::{Course, Entity, cell, dot, entity_head, number_cell, period_text, value_cell, value_with_unit};
use super::table::with_unit;
use super::{Column, Dataset, Draft, Graphic, Grid, Kind, Line, Reader, finding, join_sentences, kind};
use crate::derive::{Wording, rounded};
use crate::diagnostic::bars as findings;
use crate::diagnostic::panel as panel_findings;
use crate::draw::label::{Label, Wish, spread};
use crate::draw::mark::{Anchor, Dot, Mark, Plot, Point, height_for};
use crate::draw::scale::{Linear, float};
use crate::draw::{EM, LINE_HEIGHT};
use crate::locale::Period;
use crate::model::indicator::{self, Cell, Indicator};

kind! {
    /// Then and now: two periods, and a line from one to the other for each area or hospital.
    ///
    /// ```yaml
    /// kind: slope
    /// indicator: per_100k
    /// highlight: outside
    /// ```
    ///
    /// - `indicator`: the measure.
    /// - `areas`: which lines, at most sixteen; without it all areas of one kind.
    /// - `from`, `to`: the two periods; without them the first and the last that the indicator has.
    /// - `highlight`: the line that the panel is about.
    Slope
}

options! {
    /// The options of slopes.
    Options {
        /// The indicator that is drawn.
        #[schemars(extend("x-ja" = "描く指標の id。"))]
        indicator: Option<String>,
        /// Its areas or hospitals; all areas of one kind where nothing is said.
        #[schemars(extend("x-ja" = "描く地域か病院。省けば同じ種類の地域すべて。"))]
        areas: Option<Vec<String>>,
        /// The period on the left; the first where nothing is said.
        #[schemars(extend("x-ja" = "左の時点。省けば最初。"))]
        from: Option<Period>,
        /// The period on the right; the latest where nothing is said.
        #[schemars(extend("x-ja" = "右の時点。省けば最新。"))]
        to: Option<Period>,
        /// The one that matters here.
        #[schemars(extend("x-ja" = "目立たせる地域か病院。"))]
        highlight: Option<String>,
    }
}

/// More lines can't be told apart.
const MOST_SERIES: usize = 16;

/// How wide the labels may be, in em, before they take a second line.
const LABEL_LIMIT: f64 = 6.4;

/// How far a label is from the end of its line, in em.
const LABEL_GAP: f64 = 0.6;

/// The room between two labels, in em.
const LABEL_SPACE: f64 = 0.25;

impl Kind for Slope {
    fn name(&self) -> &'static str {
        "slope"
    }

    fn schema(&self, generator: &mut SchemaGenerator) -> Schema {
        Options::schema(generator)
    }

    fn manual(&self) -> &'static str {
        Slope::MANUAL
    }

    fn draft(&self, reader: &mut Reader<'_>) -> Option<Draft> {
        let options: Options = reader.options()?;
        let Some(id) = &options.indicator else {
            reader.report(panel_findings::panel_without_indicator(reader.place()));
            return None;
        };
        let indicator = reader.indicator(id, "indicator")?;
        let periods = periods(reader, &options, indicator)?;
        let mut entities = reader.entities(options.areas.as_deref(), &[indicator]);
        if options.areas.is_none() {
            entities = reader.alike(entities, options.highlight.as_deref());
        }
        if entities.len() > MOST_SERIES {
            let span = reader.spans.value(if options.areas.is_some() { "areas" } else { "indicator" });
            reader.report(panel_findings::too_many_series(span, entities.len(), MOST_SERIES));
            return None;
        }
        let highlight = reader.highlight(options.highlight.as_deref(), indicator.over, &entities);
        let series = entities.into_iter().map(|entity| Series {
            cells: periods.map(|period| cell(indicator, entity.id, period)),
            highlight: highlight == Some(entity.id),
            entity,
        });
        let chart = Chart { indicator, periods, series: series.collect(), wording: reader.wording() };
        let Some(scale) = chart.scale() else {
            reader.report_no_values();
            return None;
        };
        let plot = chart.plot(scale);
        let mut notes = chart.notes();
        notes.extend(reader.notes_on(chart.series.iter().flat_map(|series| series.cells)));
        Some(Draft {
            common: options.common(),
            title: chart.title(),
            subtitle: chart.subtitle(),
            alt: chart.alternative(),
            notes,
            indicators: [indicator.id.clone()].into(),
            table: chart.table(),
            dataset: chart.dataset(),
            graphic: Graphic::drawing(&plot, plot.classes()),
        })
    }
}

/// The two periods, the earlier one first.
fn periods(reader: &mut Reader<'_>, options: &Options, indicator: &Indicator) -> Option<[Period; 2]> {
    let latest = reader.latest(indicator)?;
    let from = match options.from {
        Some(period) => reader.known_period(indicator, period, "from")?,
        None => indicator.periods.iter().min().copied().unwrap_or(latest),
    };
    let to = match options.to {
        Some(period) => reader.known_period(indicator, period, "to")?,
        None => latest,
    };
    if from >= to {
        let place = if options.from.is_some() { "from" } else { "indicator" };
        reader.report(findings::no_slope(reader.spans.value(place), &from.to_string(), &to.to_string()));
        return None;
    }
    Some([from, to])
}

/// One line: its values then and now.
struct Series<'d> {
    entity: Entity<'d>,
    cells: [Cell; 2],
    highlight: bool,
}

impl Series<'_> {
    fn class(&self) -> &'static str {
        if self.highlight { "kh" } else { "km" }
    }

    fn is_whole(&self) -> bool {
        self.cells.iter().all(|cell| cell.amount.is_ok())
    }

    /// Whether the values of the two ends were counted in different ways.
    fn is_broken(&self) -> bool {
        self.cells[1].mark == Some(indicator::Mark::Broken)
    }
}

/// What is drawn and told.
struct Chart<'c> {
    indicator: &'c Indicator,
    periods: [Period; 2],
    series: Vec<Series<'c>>,
    wording: Wording<'c>,
}

/// The two sides, with where they stand.
const SIDES: [(usize, f64); 2] = [(0, 0.0), (1, 100.0)];

impl Chart<'_> {
    /// From the least to the most. There is no axis: every value is written beside its point.
    fn scale(&self) -> Option<Linear> {
        let numbers = || self.series.iter().flat_map(|series| series.cells).filter_map(|cell| cell.amount.ok());
        Some(Linear { domain: (float(numbers().min()?), float(numbers().max()?)) })
    }

    fn plot(&self, scale: Linear) -> Plot {
        let labels = |side: usize| -> Vec<(f64, Label, &Series<'_>)> {
            let label = |series| -> Option<(f64, Label, &Series<'_>)> {
                let series: &Series<'_> = series;
                let number = series.cells[side].amount.ok()?;
                let value = self.wording.amount(Ok(number), self.indicator.precision);
                let label = Label::with_value(&series.entity.name.text, &value, LABEL_LIMIT);
                Some((scale.from_top(float(number)), label, series))
            };
            self.series.iter().filter_map(label).collect()
        };
        let sides = SIDES.map(|(side, _)| labels(side));
        let text = |labels: &[(f64, Label, &Series<'_>)]| -> f64 {
            labels.iter().map(|(_, label, _)| label.height() + LABEL_SPACE).sum()
        };
        let height = height_for(sides.iter().map(|labels| text(labels)).fold(0.0, f64::max), 15);
        let room = |labels: &[(f64, Label, &Series<'_>)]| {
            labels.iter().map(|(_, label, _)| label.width()).fold(1.4, f64::max) + LABEL_GAP
        };
        let (left, right) = (room(&sides[0]), room(&sides[1]));
        let mut marks = vec![Mark::Uprights(vec![0.0, 100.0])];
        marks.extend(self.lines(scale));
        marks.extend(self.values(scale));
        for ((side, x), labels) in SIDES.into_iter().zip(sides) {
            marks.extend(self.placed(labels, x, height));
            marks.push(self.head(side, x));
        }
        Plot { marks, left, right, height }
    }

    /// The period below a side.
    fn head(&self, side: usize, x: f64) -> Mark {
        let label = Label { lines: vec![period_text(self.periods[side], self.wording)] };
        Mark::Text(lanes::text((x, 100.0), (0.0, 1.4), Anchor::Middle, label, "x"))
    }

    /// The lines and their dots, the highlighted one on top.
    fn lines(&self, scale: Linear) -> Vec<Mark> {
        let mut marks = Vec::new();
        let (highlighted, others): (Vec<_>, Vec<_>) = self.series.iter().partition(|series| series.highlight);
        for series in others.into_iter().chain(highlighted) {
            let plain = if series.highlight { Dot::Rimmed } else { Dot::Full };
            let point = |(side, x): (usize, f64)| -> Option<(Point, Dot)> {
                let cell = series.cells[side];
                Some(((x, scale.from_top(float(cell.amount.ok()?))), dot(cell, plain)))
            };
            let points = SIDES.map(point);
            let class = series.class().to_owned();
            if let [Some((from, _)), Some((to, _))] = points
                && !series.is_broken()
            {
                marks.push(Mark::Line { points: vec![Some(from), Some(to)], class: class.clone() });
            }
            for style in [plain, Dot::Hollow, Dot::Ringed] {
                let dots = points.iter().flatten().filter(|(_, look)| *look == style).map(|(point, _)| *point);
                marks.push(Mark::Dots { points: dots.collect(), class: class.clone(), style });
            }
        }
        marks
    }

    /// Where each value of the table is drawn.
    fn values(&self, scale: Linear) -> Vec<Mark> {
        let mut marks = Vec::new();
        for (row, series) in self.series.iter().enumerate() {
            for ((side, x), cell) in SIDES.into_iter().zip(series.cells) {
                let Ok(number) = cell.amount else { continue };
                marks.push(Mark::Value { at: (x, scale.from_top(float(number))), row, column: side + 1 });
            }
        }
        marks
    }

    /// The labels of a side, nudged apart.
    fn placed(&self, labels: Vec<(f64, Label, &Series<'_>)>, x: f64, height: u32) -> Vec<Mark> {
        let pixels = f64::from(height) * 16.0;
        let percent = |em: f64| em * EM / pixels * 100.0;
        let wishes: Vec<Wish> = labels
            .iter()
            .map(|(middle, label, _)| Wish { middle: *middle, height: percent(label.height() + LABEL_SPACE) })
            .collect();
        // Half a line may stand out above the plot, where there is room; below are the periods.
        let middles = spread(&wishes, (-percent(LINE_HEIGHT / 2.0), 100.0));
        let (offset, anchor) = if x > 0.0 { (LABEL_GAP, Anchor::Start) } else { (-LABEL_GAP, Anchor::End) };
        let text = |((_, label, series), middle): ((f64, Label, &Series<'_>), f64)| {
            let mut text = lanes::text((x, middle), (offset, 0.0), anchor, label, series.class());
            text.lang = series.entity.name.lang.clone();
            Mark::Text(text)
        };
        labels.into_iter().zip(middles).map(text).collect()
    }

    fn course(&self, series: &Series<'_>) -> Option<Course> {
        let [from, to] = self.periods;
        Course::of(&[(from, series.cells[0]), (to, series.cells[1])])
    }

    /// The change by which lines are compared: points where the values are percentages, else the rate.
    fn comparable(&self, series: &Series<'_>) -> Option<Decimal> {
        let course = self.course(series)?;
        if self.indicator.is_in_percent() { course.change().ok() } else { course.rate().ok() }
    }

    /// What became of the highlighted one; else which rose most, or fell least.
    fn title(&self) -> String {
        let told = |series: &Series<'_>| {
            let cells = [(self.periods[0], series.cells[0]), (self.periods[1], series.cells[1])];
            finding::course(&series.entity, &cells, self.indicator, self.wording)
        };
        let highlighted = self.series.iter().find(|series| series.highlight);
        let title = match highlighted {
            Some(series) => told(series),
            None => self.steepest().and_then(|series| {
                let sentence = told(series)?;
                Some(self.wording.say("slope-steepest", &[("sentence", &sentence)]))
            }),
        };
        let name = self.wording.text(&self.indicator.name);
        title.unwrap_or_else(|| self.wording.say("slope-title", &[("indicator", name)]))
    }

    /// The one that rose most, where several are compared and it is only one.
    fn steepest(&self) -> Option<&Series<'_>> {
        let mut ranked: Vec<(Decimal, &Series<'_>)> =
            self.series.iter().filter_map(|series| Some((self.comparable(series)?, series))).collect();
        ranked.sort_by_key(|(change, _)| std::cmp::Reverse(*change));
        match ranked[..] {
            [first, second, ..] if first.0 > second.0 && first.0 > Decimal::ZERO => Some(first.1),
            _ => None,
        }
    }

    fn subtitle(&self) -> String {
        let [from, to] = self.periods.map(|period| period_text(period, self.wording));
        let periods = self.wording.say("slope-periods", &[("from", &from), ("to", &to)]);
        self.wording.say("area-and-period", &[("area", &with_unit(self.indicator, self.wording)), ("period", &periods)])
    }

    fn notes(&self) -> Vec<String> {
        let mut notes = Vec::new();
        let marks =
            [(indicator::Mark::Estimated, "note-estimated-dots"), (indicator::Mark::Revised, "note-revised-dots")];
        for (mark, key) in marks {
            if self.series.iter().flat_map(|series| &series.cells).any(|cell| cell.mark == Some(mark)) {
                notes.push(self.wording.say(key, &[]));
            }
        }
        if self.series.iter().any(Series::is_broken) {
            let period = period_text(self.periods[1], self.wording);
            notes.push(self.wording.say("note-broken", &[("period", &period)]));
        }
        let names: Vec<String> = self
            .series
            .iter()
            .filter(|series| !series.is_whole())
            .map(|series| series.entity.name.text.clone())
            .collect();
        if !names.is_empty() {
            notes.push(self.wording.say("slope-note-missing", &[("areas", &self.wording.locale.list(&names))]));
        }
        notes
    }

    fn alternative(&self) -> String {
        let sentences: Vec<String> = self.series.iter().map(|series| self.sentence(series)).collect();
        let sentences = join_sentences(&sentences, self.wording);
        let [from, to] = self.periods.map(|period| period_text(period, self.wording));
        let texts = [
            ("indicator", self.wording.text(&self.indicator.name)),
            ("from", &from),
            ("to", &to),
            ("sentences", &sentences),
        ];
        self.wording.say("slope-alternative", &texts)
    }

    /// A line in words.
    fn sentence(&self, series: &Series<'_>) -> String {
        let area = ("area", series.entity.name.text.as_str());
        let [from, to] = series.cells.map(|cell| value_with_unit(cell.amount, self.indicator, self.wording));
        let change = self.course(series).and_then(|course| course.change().ok());
        let key = match change {
            Some(change) if change > Decimal::ZERO => "slope-rose",
            Some(change) if change < Decimal::ZERO => "slope-fell",
            Some(_) => "slope-unchanged",
            None => "slope-apart",
        };
        self.wording.say(key, &[area, ("from", &from), ("to", &to)])
    }

    fn table(&self) -> Grid {
        let column = |label: String, numeric| Column { label, numeric, lang: None };
        let mut columns = vec![column(self.wording.say(entity_head(self.indicator.over), &[]), false)];
        columns.extend(self.periods.iter().map(|period| column(period_text(*period, self.wording), true)));
        columns.push(column(self.wording.say("change", &[]), true));
        columns.push(column(self.wording.say("rate-of-change", &[]), true));
        let row = |series: &Series<'_>| {
            let mut cells: Vec<_> =
                series.cells.iter().map(|cell| value_cell(*cell, self.indicator, self.wording)).collect();
            let absent = Err(indicator::Missing::NotApplicable);
            let course = self.course(series);
            let change = course.as_ref().map_or(absent, Course::change);
            let rate = course.as_ref().map_or(absent, Course::rate);
            let digits = self.indicator.precision;
            cells.push(number_cell(self.wording.amount(change, digits), change.map(|it| rounded(it, digits)), digits));
            let rate = rate.map(|rate| rounded(rate.saturating_mul(Decimal::ONE_HUNDRED), 1));
            let text = rate.map_or_else(|_| self.wording.amount(rate, 1), |rate| self.wording.locale.percent(rate));
            cells.push(number_cell(text, rate, 1));
            Line {
                label: series.entity.name.text.clone(),
                lang: series.entity.name.lang.clone(),
                cells,
                highlight: series.highlight,
            }
        };
        Grid { caption: with_unit(self.indicator, self.wording), columns, rows: self.series.iter().map(row).collect() }
    }

    fn dataset(&self) -> Dataset {
        let mut dataset = Dataset::of_values(self.wording, entity_head(self.indicator.over));
        for series in &self.series {
            for (period, cell) in self.periods.iter().zip(series.cells) {
                dataset.push_value(self.indicator, &series.entity, *period, cell, self.wording);
            }
        }
        dataset
    }
}
