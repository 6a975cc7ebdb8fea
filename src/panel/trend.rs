//! Lines over time: one highlighted, the others for comparison, each with its name and last value beside its end.

use rust_decimal::Decimal;

use super::multiples::{One, Repeat};
use super::options::options;
use super::rows::{Course, Entity, cell, dot, entity_head, period_text, value_cell, value_with_unit};
use super::table::with_unit;
use super::{Column, Dataset, Draft, Graphic, Grid, Kind, Line, Reader, finding, join_sentences, kind};
use crate::derive::Wording;
use crate::diagnostic::panel as findings;
use crate::draw::axis::{self, Stop, Tick};
use crate::draw::label::{Label, Wish, spread};
use crate::draw::mark::{Anchor, Dot, Mark, Plot, Point, Text as PlotText, height_for};
use crate::draw::scale::{Linear, Points, Start, Ticks, float};
use crate::draw::{EM, LINE_HEIGHT, NARROWEST};
use crate::locale::{Period, PeriodStyle};
use crate::model::indicator::{self, Cell, Indicator};
use schemars::{Schema, SchemaGenerator};

kind! {
    /// How a measure changed over time, for one area or several.
    ///
    /// ```yaml
    /// kind: trend
    /// indicator: per_100k
    /// areas: [jp, kumamoto, outside]
    /// highlight: outside
    /// ```
    ///
    /// A missing value is a gap in its line. An estimate is a hollow dot. A value that was counted in another way than
    /// those before it is not joined to them, and no change is worked out across it.
    Trend
}

options! {
    /// The options of lines.
    Options {
        /// The indicator that is drawn.
        #[schemars(extend("x-ja" = "描く指標の id。"))]
        indicator: Option<String>,
        /// Its areas or hospitals; all of them where nothing is said.
        #[schemars(extend("x-ja" = "描く地域か病院。省けばすべて。"))]
        areas: Option<Vec<String>>,
        /// The one that matters here.
        #[schemars(extend("x-ja" = "目立たせる地域か病院。"))]
        highlight: Option<String>,
        /// The first period.
        #[schemars(extend("x-ja" = "最初の時点。"))]
        from: Option<Period>,
        /// The last period.
        #[schemars(extend("x-ja" = "最後の時点。"))]
        to: Option<Period>,
        #[serde(default)]
        /// Whether the axis begins at zero.
        #[schemars(extend("x-ja" = "軸を 0 から始めるか。"))]
        zero: bool,
    }
}

/// More lines can't be told apart.
const MOST_SERIES: usize = 16;

/// How wide the labels beside the ends may be, in em, before they take a second line.
const LABEL_LIMIT: f64 = 7.4;

/// How far a label is from the end of its line, in em.
const LABEL_GAP: f64 = 0.6;

/// The room between two labels, in em: names of several lines would run into each other.
const LABEL_SPACE: f64 = 0.25;

/// What distinguishes the lines that are not highlighted, besides their labels.
const DASHES: [&str; 4] = ["", " ds", " dt", " dd"];

impl Kind for Trend {
    fn name(&self) -> &'static str {
        "trend"
    }

    fn schema(&self, generator: &mut SchemaGenerator) -> Schema {
        Options::schema(generator)
    }

    fn manual(&self) -> &'static str {
        Trend::MANUAL
    }

    fn repeated(&self) -> Option<Repeat> {
        Some(Repeat {
            draw: small,
            from_zero: false,
            estimated: "note-estimated-dots",
            revised: Some("note-revised-dots"),
        })
    }

    fn draft(&self, reader: &mut Reader<'_>) -> Option<Draft> {
        let options: Options = reader.options()?;
        let Some(id) = &options.indicator else {
            reader.report(findings::panel_without_indicator(reader.place()));
            return None;
        };
        let indicator = reader.indicator(id, "indicator")?;
        let periods = periods(reader, (options.from, options.to), indicator)?;
        let entities = reader.entities(options.areas.as_deref(), &[indicator]);
        if entities.len() > MOST_SERIES {
            let span = reader.spans.value(if options.areas.is_some() { "areas" } else { "indicator" });
            reader.report(findings::too_many_series(span, entities.len(), MOST_SERIES));
            return None;
        }
        let highlight = reader.highlight(options.highlight.as_deref(), indicator.over, &entities);
        let highlight = highlight.or(entities.first().map(|entity| entity.id));
        let series: Vec<Series<'_>> =
            entities.into_iter().map(|entity| Series::new(entity, indicator, &periods, highlight)).collect();
        let chart =
            Chart { indicator, periods: &periods, series: &series, zero: options.zero, wording: reader.wording() };
        let Some(ticks) = chart.ticks() else {
            reader.report_no_values();
            return None;
        };
        let plot = chart.plot(&ticks);
        let mut notes = chart.notes(&ticks);
        notes.extend(reader.notes_on(chart.cells()));
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

/// The line of one area before those that it is compared with, on the axis that all drawings of a panel share.
fn small(one: &One<'_>) -> Vec<Mark> {
    let highlight = Some(one.entity.id);
    let shown = one.references.iter().filter(|entity| Some(entity.id) != highlight).chain([one.entity]);
    let series: Vec<Series<'_>> =
        shown.map(|entity| Series::new(entity.clone(), one.indicator, one.periods, highlight)).collect();
    let chart =
        Chart { indicator: one.indicator, periods: one.periods, series: &series, zero: false, wording: one.wording };
    let (up, across) = (one.ticks.scale(), Points::new(&places(one.periods)));
    let mut marks = chart.lines(&across, up);
    marks.extend(one.values(|index| across.position(index)));
    // The dots of what is only compared with would be louder than its line.
    marks.retain(|mark| !matches!(mark, Mark::Dots { class, style: Dot::Full, .. } if class == "km"));
    for mark in &mut marks {
        if let Mark::Line { class, .. } = mark
            && class == "km"
        {
            class.push_str(" dd");
        }
    }
    marks
}

/// The periods shown, ascending.
pub(super) fn periods(
    reader: &mut Reader<'_>,
    (from, to): (Option<Period>, Option<Period>),
    indicator: &Indicator,
) -> Option<Vec<Period>> {
    let mut periods = indicator.periods.clone();
    periods.sort();
    let all: Vec<String> = periods.iter().map(Period::to_string).collect();
    let after = |period: &Period| from.is_none_or(|from| *period >= from);
    let before = |period: &Period| to.is_none_or(|to| *period <= to);
    periods.retain(|period| after(period) && before(period));
    if periods.len() < 2 {
        let place = if from.is_some() { "from" } else { "indicator" };
        reader.report(findings::too_few_periods(reader.spans.value(place), &all));
        return None;
    }
    Some(periods)
}

/// One line.
pub(super) struct Series<'d> {
    pub entity: Entity<'d>,
    pub cells: Vec<(Period, Cell)>,
    pub highlight: bool,
}

impl<'d> Series<'d> {
    pub fn new(entity: Entity<'d>, indicator: &Indicator, periods: &[Period], highlight: Option<&str>) -> Series<'d> {
        let cells = periods.iter().map(|period| (*period, cell(indicator, entity.id, *period))).collect();
        Series { highlight: highlight == Some(entity.id), entity, cells }
    }

    fn class(&self) -> &'static str {
        if self.highlight { "kh" } else { "km" }
    }

    /// The points; between two values that can't be compared there is a gap.
    fn points(&self, across: &Points, up: Linear) -> Vec<Option<Point>> {
        let mut points = Vec::new();
        for (index, (_, cell)) in self.cells.iter().enumerate() {
            if cell.mark == Some(indicator::Mark::Broken) {
                points.push(None);
            }
            points.push(cell.amount.ok().map(|number| (across.position(index), up.from_top(float(number)))));
        }
        points
    }

    /// The points of the cells that `wanted` picks.
    fn dots(&self, across: &Points, up: Linear, wanted: impl Fn(usize, &Cell) -> bool) -> Vec<Point> {
        let dot = |(index, (_, cell)): (usize, &(Period, Cell))| {
            let number = cell.amount.ok().filter(|_| wanted(index, cell))?;
            Some((across.position(index), up.from_top(float(number))))
        };
        self.cells.iter().enumerate().filter_map(dot).collect()
    }

    pub fn last_known(&self) -> Option<(Period, Decimal)> {
        self.cells.iter().rev().find_map(|(period, cell)| cell.amount.ok().map(|number| (*period, number)))
    }
}

/// What is drawn and told.
pub(super) struct Chart<'c> {
    pub indicator: &'c Indicator,
    pub periods: &'c [Period],
    pub series: &'c [Series<'c>],
    pub zero: bool,
    pub wording: Wording<'c>,
}

impl Chart<'_> {
    pub fn cells(&self) -> impl Iterator<Item = Cell> + '_ {
        self.series.iter().flat_map(|series| series.cells.iter().map(|(_, cell)| *cell))
    }

    /// The numbers of the vertical axis. `None` where there is no value at all.
    pub fn ticks(&self) -> Option<Ticks> {
        let numbers = || self.cells().filter_map(|cell| cell.amount.ok());
        let (least, most) = (numbers().min()?, numbers().max()?);
        Some(Ticks::around(least, most, if self.zero { Start::Zero } else { Start::Data }, 4))
    }

    fn plot(&self, ticks: &Ticks) -> Plot {
        let (up, across) = (ticks.scale(), Points::new(&places(self.periods)));
        let labels = self.end_labels(up);
        let text_height: f64 = labels.iter().map(|(_, label, _)| label.height() + LABEL_SPACE).sum();
        let height = height_for(text_height, 15);
        let (mut marks, left) = axis::vertical(&self.tick_labels(ticks));
        let right = labels.iter().map(|(_, label, _)| label.width()).fold(0.0, f64::max) + LABEL_GAP;
        marks.extend(axis::horizontal(&self.stops(&across), left.max(2.0).ceil() + right.max(2.0).ceil()));
        marks.extend(self.lines(&across, up));
        marks.extend(self.values(&across, up));
        marks.extend(self.placed(labels, height));
        let plot_width = (NARROWEST - (left + right).ceil() * EM).max(EM);
        marks.extend(self.first_value(&across, up, (plot_width, f64::from(height) * 16.0)));
        Plot { marks, left: left.max(2.0), right: right.max(2.0), height }
    }

    /// The lines and their dots, the highlighted one on top.
    fn lines(&self, across: &Points, up: Linear) -> Vec<Mark> {
        let mut marks = Vec::new();
        let mut dashes = DASHES.iter().cycle();
        let (highlighted, others): (Vec<_>, Vec<_>) = self.series.iter().partition(|series| series.highlight);
        for series in others.into_iter().chain(highlighted) {
            let class = series.class().to_owned();
            let dash = if series.highlight { "" } else { dashes.next().copied().unwrap_or_default() };
            marks.push(Mark::Line { points: series.points(across, up), class: format!("{class}{dash}") });
            let known: Vec<usize> = series
                .cells
                .iter()
                .enumerate()
                .filter(|(_, (_, cell))| cell.amount.is_ok())
                .map(|(index, _)| index)
                .collect();
            let ends = [known.first().copied(), known.last().copied()];
            let plain = if series.highlight { Dot::Rimmed } else { Dot::Full };
            for style in [plain, Dot::Hollow, Dot::Ringed] {
                let at_end = |index: usize| style != plain || ends.contains(&Some(index));
                let points = series.dots(across, up, |index, cell| at_end(index) && dot(*cell, plain) == style);
                marks.push(Mark::Dots { points, class: class.clone(), style });
            }
        }
        marks
    }

    /// Where each value of the table is drawn.
    fn values(&self, across: &Points, up: Linear) -> Vec<Mark> {
        let mut marks = Vec::new();
        for (row, series) in self.series.iter().enumerate() {
            for (index, (_, cell)) in series.cells.iter().enumerate() {
                let Ok(number) = cell.amount else { continue };
                let at = (across.position(index), up.from_top(float(number)));
                marks.push(Mark::Value { at, row, column: index + 1 });
            }
        }
        marks
    }

    /// For each line: where it ends, what stands there, and the line itself.
    fn end_labels(&self, up: Linear) -> Vec<(f64, Label, &Series<'_>)> {
        let label = |series| -> Option<(f64, Label, &Series<'_>)> {
            let series: &Series<'_> = series;
            let (period, number) = series.last_known()?;
            let mut value = self.wording.amount(Ok(number), self.indicator.precision);
            if Some(&period) != self.periods.last() {
                let period = self.wording.locale.period(period, PeriodStyle::Short);
                value = self.wording.say("text-with-unit", &[("text", &value), ("unit", &period)]);
            }
            Some((up.from_top(float(number)), Label::with_value(&series.entity.name.text, &value, LABEL_LIMIT), series))
        };
        self.series.iter().filter_map(label).collect()
    }

    /// The labels beside the ends, nudged apart.
    fn placed(&self, labels: Vec<(f64, Label, &Series<'_>)>, height: u32) -> Vec<Mark> {
        let pixels = f64::from(height) * 16.0;
        let percent = |em: f64| em * EM / pixels * 100.0;
        let wishes: Vec<Wish> = labels
            .iter()
            .map(|(middle, label, _)| Wish { middle: *middle, height: percent(label.height() + LABEL_SPACE) })
            .collect();
        // Half a line may stand out above the plot, where there is room; below are the labels of the axis.
        let middles = spread(&wishes, (-percent(LINE_HEIGHT / 2.0), 100.0));
        let text = |((_, label, series), middle): ((f64, Label, &Series<'_>), f64)| {
            Mark::Text(PlotText {
                at: (100.0, middle),
                offset: (LABEL_GAP, 0.0),
                anchor: Anchor::Start,
                label,
                class: series.class().to_owned(),
                lang: series.entity.name.lang.clone(),
            })
        };
        labels.into_iter().zip(middles).map(text).collect()
    }

    /// The first value of the highlighted line, below or above its beginning, where no line is in the way.
    fn first_value(&self, across: &Points, up: Linear, (width, height): (f64, f64)) -> Option<Mark> {
        let series = self.series.iter().find(|series| series.highlight)?;
        let index = series.cells.iter().position(|(_, cell)| cell.amount.is_ok())?;
        let number = series.cells.get(index).and_then(|(_, cell)| cell.amount.ok())?;
        if series.last_known()?.0 == series.cells.get(index)?.0 {
            return None;
        }
        let at = (across.position(index), up.from_top(float(number)));
        let label = Label { lines: vec![self.wording.amount(Ok(number), self.indicator.precision)] };
        let all: Vec<Vec<Option<Point>>> = self.series.iter().map(|series| series.points(across, up)).collect();
        [1.15, -1.15].into_iter().find_map(|down| {
            let text = PlotText {
                at,
                offset: (0.2, down),
                anchor: Anchor::Start,
                label: label.clone(),
                class: "kh n".to_owned(),
                lang: None,
            };
            let (left, top, right, bottom) = text.bounds(width, height);
            let span = (left / width * 100.0, right / width * 100.0);
            let rows = (top / height * 100.0, bottom / height * 100.0);
            let free = rows.0 >= 0.0 && rows.1 <= 100.0 && !all.iter().any(|points| crosses(points, span, rows));
            free.then_some(Mark::Text(text))
        })
    }

    fn tick_labels(&self, ticks: &Ticks) -> Vec<Tick> {
        let scale = ticks.scale();
        let texts = axis::numbers(ticks, self.wording.locale);
        let tick = |(number, text): (&Decimal, String)| Tick { from_top: scale.from_top(float(*number)), text };
        ticks.values.iter().zip(texts).map(tick).collect()
    }

    fn stops(&self, across: &Points) -> Vec<Stop> {
        let stop = |(index, period): (usize, &Period)| {
            let (long, short) = match period {
                Period::Year(year) => (year.to_string(), format!("’{:02}", year.rem_euclid(100))),
                Period::FiscalYear(year) => {
                    (self.wording.locale.period(*period, PeriodStyle::Short), format!("’{:02}", year.rem_euclid(100)))
                }
                period => {
                    let text = self.wording.locale.period(*period, PeriodStyle::Short);
                    (text.clone(), text)
                }
            };
            Stop { position: across.position(index), long, short }
        };
        self.periods.iter().enumerate().map(stop).collect()
    }

    fn notes(&self, ticks: &Ticks) -> Vec<String> {
        let mut notes = Vec::new();
        if !ticks.first().is_zero() {
            let unit = self.wording.text(&self.indicator.unit);
            let value = self.wording.with_unit(&self.wording.locale.number(ticks.first()), unit);
            notes.push(self.wording.say("axis-starts-at", &[("value", &value)]));
        }
        notes.extend(self.notes_on_marks("note-estimated-dots", Some("note-revised-dots")));
        notes
    }

    /// What must be said of values that are marked; `estimated` and `revised` are the messages on how such values look.
    pub fn notes_on_marks(&self, estimated: &str, revised: Option<&str>) -> Vec<String> {
        let mut notes = Vec::new();
        let marked = |mark: indicator::Mark| self.cells().any(|cell| cell.mark == Some(mark));
        if marked(indicator::Mark::Estimated) {
            notes.push(self.wording.say(estimated, &[]));
        }
        notes.extend(revised.filter(|_| marked(indicator::Mark::Revised)).map(|key| self.wording.say(key, &[])));
        let mut broken: Vec<Period> = self
            .series
            .iter()
            .flat_map(|series| &series.cells)
            .filter(|(_, cell)| cell.mark == Some(indicator::Mark::Broken))
            .map(|(period, _)| *period)
            .collect();
        broken.sort();
        broken.dedup();
        notes.extend(
            broken
                .into_iter()
                .map(|period| self.wording.say("note-broken", &[("period", &period_text(period, self.wording))])),
        );
        notes
    }

    fn title(&self) -> String {
        let highlighted = self.series.iter().find(|series| series.highlight);
        highlighted
            .and_then(|series| finding::course(&series.entity, &series.cells, self.indicator, self.wording))
            .unwrap_or_else(|| {
                self.wording.say("trend-title", &[("indicator", self.wording.text(&self.indicator.name))])
            })
    }

    pub fn subtitle(&self) -> String {
        let measure = with_unit(self.indicator, self.wording);
        let (Some(first), Some(last)) = (self.periods.first(), self.periods.last()) else { return measure };
        let (from, to) = (period_text(*first, self.wording), period_text(*last, self.wording));
        let range = self.wording.say("period-range", &[("from", &from), ("to", &to)]);
        self.wording.say("area-and-period", &[("area", &measure), ("period", &range)])
    }

    pub fn alternative(&self) -> String {
        let sentences: Vec<String> = self.series.iter().map(|series| self.sentence(series)).collect();
        let sentences = join_sentences(&sentences, self.wording);
        let name = self.wording.text(&self.indicator.name);
        self.wording.say("trend-alternative", &[("indicator", name), ("sentences", &sentences)])
    }

    /// A line in words.
    fn sentence(&self, series: &Series<'_>) -> String {
        let area = series.entity.name.text.as_str();
        let Some(course) = Course::of_known(&series.cells) else {
            return self.wording.say("trend-no-values", &[("area", area)]);
        };
        let value = |(_, cell): (Period, Cell)| value_with_unit(cell.amount, self.indicator, self.wording);
        let (first, last) = (value(course.first), value(course.last));
        let (from, to) = (period_text(course.first.0, self.wording), period_text(course.last.0, self.wording));
        let change = match course.change() {
            Ok(change) if course.first.0 != course.last.0 => change,
            _ => return self.wording.say("trend-single", &[("area", area), ("value", &last), ("period", &to)]),
        };
        let key = match change {
            change if change > Decimal::ZERO => "trend-rose",
            change if change < Decimal::ZERO => "trend-fell",
            _ => "trend-unchanged",
        };
        let texts =
            [("area", area), ("from-value", &first), ("from-period", &from), ("to-value", &last), ("to-period", &to)];
        self.wording.say(key, &texts)
    }

    pub fn table(&self) -> Grid {
        let head =
            Column { label: self.wording.say(entity_head(self.indicator.over), &[]), numeric: false, lang: None };
        let period = |period: &Period| Column { label: period_text(*period, self.wording), numeric: true, lang: None };
        let columns = std::iter::once(head).chain(self.periods.iter().map(period)).collect();
        let row = |series: &Series<'_>| Line {
            label: series.entity.name.text.clone(),
            lang: series.entity.name.lang.clone(),
            cells: series.cells.iter().map(|(_, cell)| value_cell(*cell, self.indicator, self.wording)).collect(),
            highlight: series.highlight,
        };
        Grid { caption: with_unit(self.indicator, self.wording), columns, rows: self.series.iter().map(row).collect() }
    }

    pub fn dataset(&self) -> Dataset {
        let mut dataset = Dataset::of_values(self.wording, entity_head(self.indicator.over));
        for series in self.series {
            for (period, cell) in &series.cells {
                dataset.push_value(self.indicator, &series.entity, *period, *cell, self.wording);
            }
        }
        dataset
    }
}

/// Where periods stand on a scale of years: years at their own distance, others by their first day.
pub(super) fn places(periods: &[Period]) -> Vec<f64> {
    let whole = periods.iter().all(|period| matches!(period, Period::Year(_)))
        || periods.iter().all(|period| matches!(period, Period::FiscalYear(_)));
    let place = |period: &Period| {
        let start = period.start();
        let part = f64::from(start.day_of_year() - 1) / f64::from(start.days_in_year());
        f64::from(period.year()) + if whole { 0.0 } else { part }
    };
    periods.iter().map(place).collect()
}

/// Whether a line passes through a box, both in percent of the plot.
fn crosses(points: &[Option<Point>], across: (f64, f64), rows: (f64, f64)) -> bool {
    points.windows(2).any(|pair| {
        let [Some(from), Some(to)] = pair else { return false };
        let (start, end) = (across.0.max(from.0), across.1.min(to.0));
        if start > end {
            return false;
        }
        let at =
            |x: f64| if to.0 == from.0 { from.1 } else { from.1 + (to.1 - from.1) * (x - from.0) / (to.0 - from.0) };
        let (one, other) = (at(start), at(end));
        one.min(other) <= rows.1 && one.max(other) >= rows.0
    })
}
