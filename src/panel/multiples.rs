//! Small multiples: the same small drawing for each area, all on one axis, so that their courses can be compared.

use schemars::{Schema, SchemaGenerator};
use serde::Serialize;

use super::options::options;
use super::rows::{Course, Entity};
use super::trend::{self, Chart, Series};
use super::{Draft, Graphic, KINDS, Kind, Reader, finding, kind};
use crate::derive::Wording;
use crate::diagnostic::{map as findings, panel as panel_findings};
use crate::draw::label::{Label, width};
use crate::draw::mark::{Anchor, Hatch, Mark, Plot, Text as PlotText};
use crate::draw::scale::{Band, Ticks, float};
use crate::locale::{Argument, Period, PeriodStyle};
use crate::model::indicator::{self, Indicator};

use rust_decimal::Decimal;

kind! {
    /// The same small drawing for each area, all on one axis.
    ///
    /// ```yaml
    /// kind: multiples
    /// of: trend
    /// indicator: physicians_per_100k
    /// reference: [jp]
    /// ```
    ///
    /// What each area is compared with stands behind it in grey. Where no areas are named, those with the highest last
    /// value come first.
    Multiples
}

options! {
    /// The options of small multiples.
    Options {
        /// The kind of panel that is repeated.
        #[schemars(extend("x-ja" = "くり返すパネルの種類。"))]
        of: Option<String>,
        /// The indicator that is drawn.
        #[schemars(extend("x-ja" = "描く指標の id。"))]
        indicator: Option<String>,
        /// The areas or hospitals, a drawing for each; all of them where nothing is said.
        #[schemars(extend("x-ja" = "一つずつ図にする地域か病院。省けばすべて。"))]
        areas: Option<Vec<String>>,
        /// What stands behind each in grey, at most two.
        #[schemars(extend("x-ja" = "どの図にも灰色で添える地域。二つまで。"))]
        #[schemars(length(max = 2))]
        reference: Option<Vec<String>>,
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

/// The most drawings of a panel.
const MOST: usize = 24;

/// The most areas that stand behind each.
const MOST_REFERENCES: usize = 2;

/// The height of each drawing, in rem.
const HEIGHT: u32 = 6;

/// How far a value is from the end of its line, in em.
const GAP: f64 = 0.5;

/// How a kind is repeated.
#[derive(Clone, Copy)]
pub struct Repeat {
    /// How it draws one area: lines, bars and the like, with the places of its values, without texts or axes.
    pub draw: fn(&One<'_>) -> Vec<Mark>,
    /// Whether its axis has to begin at zero, as lengths need it.
    pub from_zero: bool,
    /// The message that says how estimates look.
    pub estimated: &'static str,
    /// The message that says how revised values look, where they look like no other.
    pub revised: Option<&'static str>,
}

/// One area among several, and what all drawings share.
pub struct One<'m> {
    /// The rows of the panel's table.
    rows: &'m [Series<'m>],
    pub(super) entity: &'m Entity<'m>,
    pub(super) references: &'m [Entity<'m>],
    pub(super) indicator: &'m Indicator,
    pub(super) periods: &'m [Period],
    pub(super) ticks: &'m Ticks,
    pub(super) wording: Wording<'m>,
}

impl One<'_> {
    /// Where the values of the area are drawn, and those of what it is compared with; `across` says how far from the left
    /// a period stands.
    pub(super) fn values(&self, across: impl Fn(usize) -> f64) -> Vec<Mark> {
        let shown = |id: &str| id == self.entity.id || self.references.iter().any(|other| other.id == id);
        let mut marks = Vec::new();
        for (row, series) in self.rows.iter().enumerate().filter(|(_, series)| shown(series.entity.id)) {
            for (index, (_, cell)) in series.cells.iter().enumerate() {
                let Ok(number) = cell.amount else { continue };
                let at = (across(index), self.ticks.scale().from_top(float(number)));
                marks.push(Mark::Value { at, row, column: index + 1 });
            }
        }
        marks
    }
}

/// One of several small drawings.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Small {
    /// Its heading.
    pub heading: String,
    /// The tag for `lang` where the heading is in another language.
    pub lang: Option<String>,
    /// Whether it is the one that matters.
    pub highlight: bool,
    /// SVG that can stand in HTML as it is.
    pub svg: String,
    /// Where the values of the table are drawn, as [`Plot::values`] says it.
    pub values: String,
    /// The classes of the element around it.
    pub classes: String,
}

impl Kind for Multiples {
    fn name(&self) -> &'static str {
        "multiples"
    }

    fn schema(&self, generator: &mut SchemaGenerator) -> Schema {
        Options::schema(generator)
    }

    fn manual(&self) -> &'static str {
        Multiples::MANUAL
    }

    fn draft(&self, reader: &mut Reader<'_>) -> Option<Draft> {
        let options: Options = reader.options()?;
        let repeat = repeat(reader, &options)?;
        let Some(id) = &options.indicator else {
            reader.report(panel_findings::panel_without_indicator(reader.place()));
            return None;
        };
        let indicator = reader.indicator(id, "indicator")?;
        let periods = trend::periods(reader, (options.from, options.to), indicator)?;
        let references = references(reader, &options, indicator)?;
        let mut entities = reader.entities(options.areas.as_deref(), &[indicator]);
        if options.areas.is_none() {
            entities.retain(|entity| !references.iter().any(|reference| reference.id == entity.id));
        }
        if entities.len() > MOST {
            let span = reader.spans.value(if options.areas.is_some() { "areas" } else { "indicator" });
            reader.report(findings::too_many_multiples(span, entities.len(), MOST));
            return None;
        }
        let highlight = reader.highlight(options.highlight.as_deref(), indicator.over, &entities);
        if options.areas.is_none() {
            entities.sort_by_cached_key(|entity| {
                std::cmp::Reverse(
                    Series::new(entity.clone(), indicator, &periods, None).last_known().map(|last| last.1),
                )
            });
        }
        let others = references.iter().filter(|other| entities.iter().all(|entity| entity.id != other.id));
        let all = entities.iter().chain(others);
        let all: Vec<Series<'_>> =
            all.map(|entity| Series::new(entity.clone(), indicator, &periods, highlight)).collect();
        let wording = reader.wording();
        let chart =
            Chart { indicator, periods: &periods, series: &all, zero: options.zero || repeat.from_zero, wording };
        let Some(ticks) = chart.ticks() else {
            reader.report_no_values();
            return None;
        };
        let row = Row {
            repeat,
            rows: &all,
            references: &references,
            indicator,
            periods: &periods,
            ticks: &ticks,
            highlight,
            wording,
        };
        let own = all.get(..entities.len()).unwrap_or_default();
        let mut notes = row.notes();
        notes.extend(chart.notes_on_marks(repeat.estimated, repeat.revised));
        notes.extend(reader.notes_on(chart.cells()));
        Some(Draft {
            common: options.common(),
            title: row.title(own),
            subtitle: chart.subtitle(),
            alt: chart.alternative(),
            notes,
            indicators: [indicator.id.clone()].into(),
            table: chart.table(),
            dataset: chart.dataset(),
            graphic: Graphic::Multiples { plots: row.plots(own) },
        })
    }
}

/// A column for each period, from zero: how bars are repeated. What is compared with is a line before them.
pub(super) fn columns(one: &One<'_>) -> Vec<Mark> {
    let (up, band) = (one.ticks.scale(), Band::new(one.periods.len(), 0.3));
    let zero = up.from_top(0.0);
    let middle = |index: usize| band.start(index) + band.width() / 2.0;
    let value = |entity: &Entity<'_>, period: &Period| one.indicator.cell(entity.id, *period);
    let mut marks = one.values(middle);
    for (index, period) in one.periods.iter().enumerate() {
        let Some(cell) = value(one.entity, period) else { continue };
        let Ok(number) = cell.amount else { continue };
        let left = band.start(index);
        let hatch = (cell.mark == Some(indicator::Mark::Estimated)).then_some(Hatch::Rising);
        let to = (left + band.width(), up.from_top(float(number)));
        marks.push(Mark::Rect { from: (left, zero), to, class: "kh".to_owned(), hatch });
    }
    for (reference, dash) in one.references.iter().zip(["ds", "dd"]) {
        let point = |(index, period): (usize, &Period)| {
            let number = value(reference, period)?.amount.ok()?;
            Some((middle(index), up.from_top(float(number))))
        };
        let points = one.periods.iter().enumerate().map(point).collect();
        marks.push(Mark::Line { points, class: format!("km {dash}") });
    }
    marks
}

/// The kind that is repeated.
fn repeat(reader: &mut Reader<'_>, options: &Options) -> Option<Repeat> {
    let able = || KINDS.iter().filter(|kind| kind.repeated().is_some()).map(|kind| kind.name());
    let Some(of) = options.of.as_deref() else {
        let place = reader.place();
        reader.report(findings::multiples_of_nothing(place, able()));
        return None;
    };
    let repeat = KINDS.iter().find(|kind| kind.name() == of).and_then(|kind| kind.repeated());
    if repeat.is_none() {
        reader.report(findings::not_repeatable(reader.spans.value("of"), of, able()));
    }
    repeat
}

/// The areas that stand behind each.
fn references<'r>(reader: &mut Reader<'r>, options: &Options, indicator: &'r Indicator) -> Option<Vec<Entity<'r>>> {
    let Some(names) = &options.reference else { return Some(Vec::new()) };
    if names.len() > MOST_REFERENCES {
        let span = reader.spans.value("reference");
        reader.report(findings::too_many_references(span, names.len(), MOST_REFERENCES));
        return None;
    }
    let mut references = Vec::new();
    for (number, name) in names.iter().enumerate() {
        let span = reader.spans.value(&format!("reference[{number}]"));
        match reader.context.data.entity(indicator.over, name, || span.clone()) {
            Err(finding) => reader.report(finding),
            Ok(id) => references.extend(reader.entity_with_values(id, name, span, indicator)),
        }
    }
    (references.len() == names.len()).then_some(references)
}

/// What all drawings of a panel share.
struct Row<'m> {
    repeat: Repeat,
    rows: &'m [Series<'m>],
    references: &'m [Entity<'m>],
    indicator: &'m Indicator,
    periods: &'m [Period],
    ticks: &'m Ticks,
    highlight: Option<&'m str>,
    wording: Wording<'m>,
}

impl Row<'_> {
    /// What became of the highlighted area; else in how many areas the value rose.
    fn title(&self, series: &[Series<'_>]) -> String {
        let highlighted = series.iter().find(|series| Some(series.entity.id) == self.highlight);
        let course = |series: &Series<'_>| finding::course(&series.entity, &series.cells, self.indicator, self.wording);
        if let Some(title) = highlighted.and_then(course) {
            return title;
        }
        let changes = series.iter().filter_map(|series| Course::of_known(&series.cells)?.change().ok());
        let changes: Vec<Decimal> = changes.collect();
        let rose = changes.iter().filter(|change| **change > Decimal::ZERO).count();
        let number = |count: usize| Argument::Number(Decimal::from(count));
        let key = if rose == changes.len() { "multiples-all-rose" } else { "multiples-rose" };
        let arguments = [("count", number(rose)), ("all", number(changes.len()))];
        self.wording.words.get(key, &arguments).unwrap_or_default()
    }

    fn notes(&self) -> Vec<String> {
        let unit = self.wording.text(&self.indicator.unit);
        let value = |number: Decimal| self.wording.with_unit(&self.wording.locale.number(number), unit);
        let ends = [("from", &*value(self.ticks.first())), ("to", &*value(self.ticks.last()))];
        let mut notes = vec![self.wording.say("multiples-axis", &ends)];
        if !self.references.is_empty() {
            let names: Vec<String> = self.references.iter().map(|entity| entity.name.text.clone()).collect();
            notes.push(self.wording.say("multiples-reference", &[("areas", &self.wording.locale.list(&names))]));
        }
        notes
    }

    fn plots(&self, series: &[Series<'_>]) -> Vec<Small> {
        let ends: Vec<Option<(f64, String)>> = series.iter().map(|series| self.end(series)).collect();
        // As much room beside each as the broadest needs, so that all have the same scale across, too.
        let right = ends.iter().flatten().map(|(_, text)| width(text)).fold(0.0, f64::max) + GAP;
        let plot = |(series, end): (&Series<'_>, &Option<(f64, String)>)| {
            let one = One {
                rows: self.rows,
                entity: &series.entity,
                references: self.references,
                indicator: self.indicator,
                periods: self.periods,
                ticks: self.ticks,
                wording: self.wording,
            };
            self.plot(&one, end.as_ref(), right)
        };
        series.iter().zip(&ends).map(plot).collect()
    }

    /// Where the last value stands, and what is written there.
    fn end(&self, series: &Series<'_>) -> Option<(f64, String)> {
        let (_, number) = series.last_known()?;
        let text = self.wording.amount(Ok(number), self.indicator.precision);
        Some((self.ticks.scale().from_top(float(number)), text))
    }

    fn plot(&self, one: &One<'_>, end: Option<&(f64, String)>, right: f64) -> Small {
        let text = |at, offset, anchor, text: String, class: &str| {
            Mark::Text(PlotText {
                at,
                offset,
                anchor,
                label: Label { lines: vec![text] },
                class: class.to_owned(),
                lang: None,
            })
        };
        let mut marks = vec![Mark::Grid(vec![0.0, 100.0])];
        marks.extend((self.repeat.draw)(one));
        let end = end.map(|(at, value)| text((100.0, *at), (GAP, 0.0), Anchor::Start, value.clone(), "kh"));
        marks.extend(end);
        let short = |period: &Period| match period {
            Period::Year(year) => year.to_string(),
            period => self.wording.locale.period(*period, PeriodStyle::Short),
        };
        let first = self.periods.first().map(|first| text((0.0, 100.0), (0.0, 1.0), Anchor::Start, short(first), "x"));
        let last = self.periods.last().map(|last| text((100.0, 100.0), (0.0, 1.0), Anchor::End, short(last), "x"));
        marks.extend(first.into_iter().chain(last));
        let plot = Plot { marks, left: 0.0, right, height: HEIGHT };
        Small {
            heading: one.entity.name.text.clone(),
            lang: one.entity.name.lang.clone(),
            highlight: Some(one.entity.id) == self.highlight,
            svg: plot.svg(),
            values: plot.values(),
            classes: format!("mr{} h{HEIGHT}", right.clamp(2.0, 12.0).ceil()),
        }
    }
}
