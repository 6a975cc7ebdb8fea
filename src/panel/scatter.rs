//! Scatter plots: two indicators over the same areas, a point for each.

use rust_decimal::Decimal;
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::Deserialize;

use super::options::options;
use super::rows::{
    Entity, cell, entity_head, note_on_estimates, note_on_revised, period_text, value_cell, value_with_unit,
};
use super::table::with_unit;
use super::{Column, Dataset, Draft, Graphic, Grid, Kind, Line, Reader, join_sentences, kind};
use crate::derive::Wording;
use crate::diagnostic::{map as findings, panel as panel_findings};
use crate::draw::axis::{self, Tick};
use crate::draw::label::Label;
use crate::draw::mark::{Anchor, Mark, Plot, Point, Sign, Text as PlotText};
use crate::draw::place::{Body, Sizes, Wanted, place_all};
use crate::draw::scale::{Linear, Log, Start, Ticks, float};
use crate::draw::{EM, LINE_HEIGHT, NARROWEST, WIDE};
use crate::locale::{Argument, Period};
use crate::model::indicator::{Cell, Indicator};

kind! {
    /// Two indicators over the same areas, a point for each area.
    ///
    /// ```yaml
    /// kind: scatter
    /// x: population
    /// y: physicians_per_100k
    /// highlight: kuma
    /// ```
    ///
    /// Each indicator is shown at one period. Names are written where they cover nothing: first that of the highlighted
    /// area, then those at the edges. How many areas there are is said below.
    Scatter
}

options! {
    /// The options of scatter plots.
    Options {
        /// The indicator across.
        #[schemars(extend("x-ja" = "横軸の指標の id。"))]
        x: Option<String>,
        /// The indicator upwards.
        #[schemars(extend("x-ja" = "縦軸の指標の id。"))]
        y: Option<String>,
        /// The period of the indicator across; its latest where nothing is said.
        #[schemars(extend("x-ja" = "横軸の時点。省けば最新。"))]
        x_period: Option<Period>,
        /// The period of the indicator upwards; its latest where nothing is said.
        #[schemars(extend("x-ja" = "縦軸の時点。省けば最新。"))]
        y_period: Option<Period>,
        /// The areas or hospitals; all of which both indicators have a row where nothing is said.
        #[schemars(extend("x-ja" = "示す地域か病院。省けば、両方の指標にあるものすべて。"))]
        areas: Option<Vec<String>>,
        /// The one that matters here.
        #[schemars(extend("x-ja" = "目立たせる地域か病院。"))]
        highlight: Option<String>,
        /// Lines at the mean or the median of those shown.
        #[schemars(extend("x-ja" = "示した地域の平均か中央値に引く線。"))]
        reference: Option<Reference>,
        /// Axes on which equal factors are equal distances.
        #[schemars(extend("x-ja" = "対数にする軸。"))]
        log: Option<LogAxes>,
    }
}

/// What a line is drawn at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
enum Reference {
    /// The mean of the areas shown, each counted once.
    #[schemars(extend("x-ja" = "示した地域の平均（どの地域も同じ重み）"))]
    Mean,
    /// The value that half of the areas shown are below.
    #[schemars(extend("x-ja" = "示した地域の中央値"))]
    Median,
}

/// Which axes are logarithmic.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
enum LogAxes {
    /// The one across.
    #[schemars(extend("x-ja" = "横軸"))]
    X,
    /// The one upwards.
    #[schemars(extend("x-ja" = "縦軸"))]
    Y,
    /// Both.
    #[schemars(extend("x-ja" = "両方"))]
    Both,
}

/// The most points: more can't be told apart.
const MOST_POINTS: usize = 400;

/// The most points of which all want a name.
const MOST_NAMED: usize = 24;

/// The height of the plot, in rem.
const HEIGHT: u32 = 21;

/// The widest plot for which labels are held apart, in CSS pixels.
const WIDEST: f64 = 1000.0;

/// How broad a label or the name of an axis may be, in em.
const LABEL_LIMIT: f64 = 8.0;
const TITLE_LIMIT: f64 = 19.0;

impl Kind for Scatter {
    fn name(&self) -> &'static str {
        "scatter"
    }

    fn schema(&self, generator: &mut SchemaGenerator) -> Schema {
        Options::schema(generator)
    }

    fn manual(&self) -> &'static str {
        Scatter::MANUAL
    }

    fn draft(&self, reader: &mut Reader<'_>) -> Option<Draft> {
        let options: Options = reader.options()?;
        let x = measure(reader, options.x.as_deref(), options.x_period, "x")?;
        let y = measure(reader, options.y.as_deref(), options.y_period, "y")?;
        if x.indicator.over != y.indicator.over {
            reader.report(panel_findings::mixed_rows(reader.spans.value("y")));
            return None;
        }
        let mut entities = reader.entities(options.areas.as_deref(), &[x.indicator, y.indicator]);
        if options.areas.is_none() {
            entities.retain(|entity| x.indicator.row(entity.id).is_some() && y.indicator.row(entity.id).is_some());
        }
        let highlight = reader.highlight(options.highlight.as_deref(), x.indicator.over, &entities);
        let (dots, without) = dots(entities, &x, &y);
        if dots.len() < 3 {
            reader.report(findings::too_few_points(reader.place(), dots.len()));
            return None;
        }
        if dots.len() > MOST_POINTS {
            reader.report(findings::too_many_points(reader.place(), dots.len(), MOST_POINTS));
            return None;
        }
        let across = axis_of(reader, &dots, |dot| dot.x, matches!(options.log, Some(LogAxes::X | LogAxes::Both)))?;
        let up = axis_of(reader, &dots, |dot| dot.y, matches!(options.log, Some(LogAxes::Y | LogAxes::Both)))?;
        let wording = reader.wording();
        let cloud = Cloud { x, y, dots, without, highlight, reference: options.reference, across, up, wording };
        let (plot, unnamed) = cloud.plot();
        let head = cloud.axis_title(&cloud.y, "scatter-up").lines.len().clamp(1, 5);
        let classes = format!("sc {} lg{head}", plot.classes());
        Some(Draft {
            common: options.common(),
            title: cloud.title(),
            subtitle: cloud.subtitle(),
            alt: cloud.alternative(),
            notes: cloud.notes(unnamed),
            indicators: [cloud.x.indicator.id.clone(), cloud.y.indicator.id.clone()].into(),
            table: cloud.table(),
            dataset: cloud.dataset(),
            graphic: Graphic::drawing(&plot, classes),
        })
    }
}

/// An indicator at one period.
#[derive(Clone, Copy)]
struct Measure<'d> {
    indicator: &'d Indicator,
    period: Period,
}

fn measure<'r>(reader: &mut Reader<'r>, id: Option<&str>, period: Option<Period>, axis: &str) -> Option<Measure<'r>> {
    let Some(id) = id else {
        let place = reader.place();
        reader.report(findings::axis_without_indicator(place, axis));
        return None;
    };
    let indicator = reader.indicator(id, axis)?;
    let period = reader.period(indicator, period, &format!("{axis}_period"))?;
    Some(Measure { indicator, period })
}

/// An area with both values.
struct ScatterDot<'d> {
    entity: Entity<'d>,
    x: Decimal,
    y: Decimal,
}

/// The areas with both values, and the names of those without.
fn dots<'d>(entities: Vec<Entity<'d>>, x: &Measure<'_>, y: &Measure<'_>) -> (Vec<ScatterDot<'d>>, Vec<String>) {
    let value = |measure: &Measure<'_>, id: &str| measure.indicator.cell(id, measure.period)?.amount.ok();
    let (mut dots, mut without) = (Vec::new(), Vec::new());
    for entity in entities {
        match (value(x, entity.id), value(y, entity.id)) {
            (Some(x), Some(y)) => dots.push(ScatterDot { entity, x, y }),
            _ => without.push(entity.name.text),
        }
    }
    (dots, without)
}

/// A scale with the numbers that are written on it.
struct ScatterAxis {
    scale: Scale,
    ticks: Vec<(f64, String)>,
}

#[derive(Clone, Copy)]
enum Scale {
    Linear(Linear),
    Log(Log),
}

impl ScatterAxis {
    fn position(&self, value: Decimal) -> f64 {
        match self.scale {
            Scale::Linear(scale) => scale.position(float(value)),
            Scale::Log(scale) => scale.position(float(value)),
        }
    }
}

fn axis_of(
    reader: &mut Reader<'_>,
    dots: &[ScatterDot<'_>],
    value: fn(&ScatterDot<'_>) -> Decimal,
    log: bool,
) -> Option<ScatterAxis> {
    let (least, most) = (dots.iter().map(value).min()?, dots.iter().map(value).max()?);
    let locale = reader.wording().locale;
    if !log {
        let ticks = Ticks::around(least, most, Start::Data, 4);
        let scale = ticks.scale();
        let texts = axis::numbers(&ticks, locale);
        let places = ticks.values.iter().map(|number| scale.position(float(*number)));
        return Some(ScatterAxis { scale: Scale::Linear(scale), ticks: places.zip(texts).collect() });
    }
    let Some(numbers) = Log::ticks(least, most) else {
        let below = dots.iter().find(|dot| value(dot) <= Decimal::ZERO).map_or("", |dot| dot.entity.id);
        reader.report(findings::no_logarithm(reader.spans.value("log"), below));
        return None;
    };
    let scale = Log::new(&numbers);
    let tick = |number: &Decimal| (scale.position(float(*number)), locale.number(*number));
    Some(ScatterAxis { scale: Scale::Log(scale), ticks: numbers.iter().map(tick).collect() })
}

/// What is drawn and told.
struct Cloud<'c> {
    x: Measure<'c>,
    y: Measure<'c>,
    dots: Vec<ScatterDot<'c>>,
    without: Vec<String>,
    highlight: Option<&'c str>,
    reference: Option<Reference>,
    across: ScatterAxis,
    up: ScatterAxis,
    wording: Wording<'c>,
}

impl Cloud<'_> {
    fn at(&self, dot: &ScatterDot<'_>) -> Point {
        (self.across.position(dot.x), 100.0 - self.up.position(dot.y))
    }

    fn is_highlighted(&self, dot: &ScatterDot<'_>) -> bool {
        Some(dot.entity.id) == self.highlight
    }

    fn plot(&self) -> (Plot, bool) {
        let tick = |(position, text): &(f64, String)| Tick { from_top: 100.0 - position, text: text.clone() };
        let (mut marks, left) = axis::vertical(&self.up.ticks.iter().map(tick).collect::<Vec<_>>());
        let (left, right) = (left.max(2.0), 2.0);
        marks.extend(axis::below(&self.across.ticks, left.ceil() + right));
        let mut taken: Vec<Body> = self.dots.iter().map(|dot| Body::sign(self.at(dot))).collect();
        let (lines, names) = self.references();
        marks.extend(lines);
        let (highlighted, others): (Vec<_>, Vec<_>) = self.dots.iter().partition(|dot| self.is_highlighted(dot));
        for dot in others.into_iter().chain(highlighted) {
            let highlighted = self.is_highlighted(dot);
            marks.push(Mark::Sign {
                at: self.at(dot),
                offset: (0.0, 0.0),
                sign: if highlighted { Sign::Diamond } else { Sign::Disc },
                class: if highlighted { "kh" } else { "km" }.to_owned(),
            });
        }
        let value = |(row, dot): (usize, &ScatterDot<'_>)| Mark::Value { at: self.at(dot), row, column: 0 };
        marks.extend(self.dots.iter().enumerate().map(value));
        let height = f64::from(HEIGHT) * 16.0;
        let size = |panel: f64| (panel - (left.ceil() + right) * EM, height);
        let narrow = Sizes { least: size(NARROWEST), most: size(WIDEST) };
        let wide = Sizes { least: size(WIDE), ..narrow };
        let wanted = self.wanted();
        let mut placed = place_all(&wanted, &mut taken, narrow, wide);
        let unnamed = self.dots.len() > wanted.len()
            || placed.iter().any(|text| text.as_ref().is_none_or(|text| text.class.contains('w')));
        placed.extend(place_all(&names, &mut taken, narrow, wide));
        marks.extend(placed.into_iter().flatten().map(Mark::Text));
        marks.extend(self.axis_titles(left));
        (Plot { marks, left, right, height: HEIGHT }, unnamed)
    }

    /// The names that want a place: that of the highlighted area, those at the edges, then the others, if they are few.
    fn wanted(&self) -> Vec<Wanted> {
        let mut order: Vec<&ScatterDot<'_>> = self.dots.iter().filter(|dot| self.is_highlighted(dot)).collect();
        let extremes = [
            self.dots.iter().max_by_key(|dot| dot.x),
            self.dots.iter().max_by_key(|dot| dot.y),
            self.dots.iter().min_by_key(|dot| dot.x),
            self.dots.iter().min_by_key(|dot| dot.y),
        ];
        order.extend(extremes.into_iter().flatten());
        if self.dots.len() <= MOST_NAMED {
            order.extend(&self.dots);
        }
        let mut seen = std::collections::BTreeSet::new();
        order.retain(|dot| seen.insert(dot.entity.id));
        let wanted = |dot: &ScatterDot<'_>| Wanted {
            at: self.at(dot),
            label: Label::new(&dot.entity.name.text, LABEL_LIMIT),
            class: if self.is_highlighted(dot) { "h kh" } else { "h" }.to_owned(),
            lang: dot.entity.name.lang.clone(),
            within: false,
        };
        order.into_iter().map(wanted).collect()
    }

    /// The reference of the values on an axis.
    fn reference_of(&self, value: fn(&ScatterDot<'_>) -> Decimal) -> Option<Decimal> {
        let mut values: Vec<Decimal> = self.dots.iter().map(value).collect();
        values.sort();
        let count = Decimal::from(values.len());
        match self.reference? {
            Reference::Mean => {
                let sum = values.iter().try_fold(Decimal::ZERO, |sum, value| sum.checked_add(*value))?;
                sum.checked_div(count)
            }
            Reference::Median => {
                let middle = values.len() / 2;
                let upper = values.get(middle).copied()?;
                if values.len() % 2 == 1 {
                    return Some(upper);
                }
                let lower = values.get(middle.checked_sub(1)?).copied()?;
                lower.checked_add(upper)?.checked_div(Decimal::TWO)
            }
        }
    }

    fn reference_key(&self) -> Option<&'static str> {
        self.reference.map(|reference| match reference {
            Reference::Mean => "scatter-mean",
            Reference::Median => "scatter-median",
        })
    }

    /// The lines of reference, and what wants to stand beside them.
    fn references(&self) -> (Vec<Mark>, Vec<Wanted>) {
        let (Some(x), Some(y), Some(key)) =
            (self.reference_of(|dot| dot.x), self.reference_of(|dot| dot.y), self.reference_key())
        else {
            return (Vec::new(), Vec::new());
        };
        let (across, down) = (self.across.position(x), 100.0 - self.up.position(y));
        let rule = |from, to| Mark::Rule { from, to, class: "rf".to_owned() };
        let marks = vec![rule((across, 0.0), (across, 100.0)), rule((0.0, down), (100.0, down))];
        let name = |at, number: Decimal, measure: &Measure<'_>| {
            let value = self.wording.amount(Ok(number), measure.indicator.precision);
            Wanted {
                at,
                label: Label { lines: vec![self.wording.say(key, &[("value", &value)])] },
                class: "h x".to_owned(),
                lang: None,
                within: false,
            }
        };
        (marks, vec![name((across, 4.0), x, &self.x), name((96.0, down), y, &self.y)])
    }

    /// The name of an axis, with its unit, in as many lines as it needs.
    fn axis_title(&self, measure: &Measure<'_>, key: &str) -> Label {
        Label::new(&self.wording.say(key, &[("measure", &with_unit(measure.indicator, self.wording))]), TITLE_LIMIT)
    }

    fn axis_titles(&self, left: f64) -> Vec<Mark> {
        let text = |at, offset, anchor, label: Label, measure: &Measure<'_>| {
            Mark::Text(PlotText {
                at,
                offset,
                anchor,
                label,
                class: "st".to_owned(),
                lang: self.wording.foreign(&measure.indicator.name),
            })
        };
        let above = self.axis_title(&self.y, "scatter-up");
        let below = self.axis_title(&self.x, "scatter-across");
        let lift = -(above.height() / 2.0) - LINE_HEIGHT / 2.0 - 0.2;
        let drop = below.height() / 2.0 + 2.1;
        vec![
            text((0.0, 0.0), (-left, lift), Anchor::Start, above, &self.y),
            text((100.0, 100.0), (0.0, drop), Anchor::End, below, &self.x),
        ]
    }

    /// Of the highlighted area both values; else who has the most of each.
    fn title(&self) -> String {
        let (x, y) = (self.wording.text(&self.x.indicator.name), self.wording.text(&self.y.indicator.name));
        if let Some(dot) = self.dots.iter().find(|dot| self.is_highlighted(dot)) {
            let (at_x, at_y) = self.values(dot);
            let texts =
                [("area", dot.entity.name.text.as_str()), ("x", x), ("x-value", &at_x), ("y", y), ("y-value", &at_y)];
            return self.wording.say("scatter-one", &texts);
        }
        let first = |value: fn(&ScatterDot<'_>) -> Decimal| {
            let most = self.dots.iter().map(value).max()?;
            let mut with_it = self.dots.iter().filter(|dot| value(dot) == most);
            with_it.next().filter(|_| with_it.next().is_none())
        };
        match (first(|dot| dot.x), first(|dot| dot.y)) {
            (Some(a), Some(b)) if a.entity.id == b.entity.id => {
                self.wording.say("scatter-same-first", &[("area", &a.entity.name.text), ("x", x), ("y", y)])
            }
            (Some(a), Some(b)) => {
                let (a, b) = (&a.entity.name.text, &b.entity.name.text);
                self.wording.say("scatter-firsts", &[("x", x), ("x-area", a), ("y", y), ("y-area", b)])
            }
            _ => self.wording.say("scatter-title", &[("x", x), ("y", y)]),
        }
    }

    /// Both values of an area with their units.
    fn values(&self, dot: &ScatterDot<'_>) -> (String, String) {
        let value = |amount, measure: &Measure<'_>| value_with_unit(Ok(amount), measure.indicator, self.wording);
        (value(dot.x, &self.x), value(dot.y, &self.y))
    }

    fn subtitle(&self) -> String {
        let measure = |measure: &Measure<'_>| {
            let period = period_text(measure.period, self.wording);
            self.wording
                .say("area-and-period", &[("area", &with_unit(measure.indicator, self.wording)), ("period", &period)])
        };
        self.wording.say("scatter-subtitle", &[("x", &measure(&self.x)), ("y", &measure(&self.y))])
    }

    fn alternative(&self) -> String {
        let sentence = |dot: &ScatterDot<'_>| {
            let (x, y) = self.values(dot);
            self.wording.say("scatter-sentence", &[("area", &dot.entity.name.text), ("x", &x), ("y", &y)])
        };
        // Of very many points the table is the better reading.
        let named = self.wanted();
        let few = self.dots.len() <= MOST_NAMED;
        let told = self.dots.iter().filter(|dot| few || named.iter().any(|name| name.at == self.at(dot)));
        let sentences = join_sentences(&told.map(sentence).collect::<Vec<_>>(), self.wording);
        let (x, y) = (self.wording.text(&self.x.indicator.name), self.wording.text(&self.y.indicator.name));
        let mut arguments: Vec<(&str, Argument)> = [("x", x), ("y", y), ("sentences", &sentences)]
            .map(|(name, text)| (name, Argument::Text(text.to_owned())))
            .into();
        arguments.push(("count", Argument::Number(Decimal::from(self.dots.len()))));
        self.wording.words.get("scatter-alternative", &arguments).unwrap_or_default()
    }

    fn notes(&self, unnamed: bool) -> Vec<String> {
        let count = Argument::Number(Decimal::from(self.dots.len()));
        let mut notes: Vec<String> = self.wording.words.get("scatter-count", &[("count", count)]).into_iter().collect();
        if !self.without.is_empty() {
            let areas = self.wording.locale.list(&self.without);
            notes.push(self.wording.say("scatter-without", &[("areas", &areas)]));
        }
        for (axis, scale) in [("scatter-log-x", self.across.scale), ("scatter-log-y", self.up.scale)] {
            if matches!(scale, Scale::Log(_)) {
                notes.push(self.wording.say(axis, &[]));
            }
        }
        // Beside the lines there may be no room for what they stand for.
        if let (Some(key), Some(x), Some(y)) =
            (self.reference_key(), self.reference_of(|dot| dot.x), self.reference_of(|dot| dot.y))
        {
            let value = |number, measure: &Measure<'_>| {
                let value = value_with_unit(Ok(number), measure.indicator, self.wording);
                self.wording.say(key, &[("value", &value)])
            };
            notes.push(self.wording.say("scatter-lines", &[("x", &value(x, &self.x)), ("y", &value(y, &self.y))]));
        }
        if self.reference == Some(Reference::Mean) {
            notes.push(self.wording.say("scatter-mean-note", &[]));
        }
        if unnamed {
            notes.push(self.wording.say("map-unnamed", &[]));
        }
        let cells = || self.dots.iter().flat_map(|dot| [self.cell(dot, &self.x), self.cell(dot, &self.y)]);
        notes.extend(note_on_estimates(cells(), self.wording));
        notes.extend(note_on_revised(cells(), self.wording));
        notes
    }

    fn cell(&self, dot: &ScatterDot<'_>, measure: &Measure<'_>) -> Cell {
        cell(measure.indicator, dot.entity.id, measure.period)
    }

    fn table(&self) -> Grid {
        let head = |measure: &Measure<'_>| Column {
            label: with_unit(measure.indicator, self.wording),
            numeric: true,
            lang: self.wording.foreign(&measure.indicator.name),
        };
        let first =
            Column { label: self.wording.say(entity_head(self.x.indicator.over), &[]), numeric: false, lang: None };
        let cell = |dot: &ScatterDot<'_>, measure: &Measure<'_>| {
            value_cell(self.cell(dot, measure), measure.indicator, self.wording)
        };
        let row = |dot: &ScatterDot<'_>| Line {
            label: dot.entity.name.text.clone(),
            lang: dot.entity.name.lang.clone(),
            cells: vec![cell(dot, &self.x), cell(dot, &self.y)],
            highlight: self.is_highlighted(dot),
        };
        Grid {
            caption: self.subtitle(),
            columns: vec![first, head(&self.x), head(&self.y)],
            rows: self.dots.iter().map(row).collect(),
        }
    }

    fn dataset(&self) -> Dataset {
        let mut dataset = Dataset::of_values(self.wording, entity_head(self.x.indicator.over));
        for dot in &self.dots {
            for measure in [&self.x, &self.y] {
                let cell = self.cell(dot, measure);
                dataset.push_value(measure.indicator, &dot.entity, measure.period, cell, self.wording);
            }
        }
        dataset
    }
}
