//! Targets: what is there now, what is aimed at, and what is still missing.

use rust_decimal::Decimal;
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::Deserialize;

use super::lanes::{self, Lanes};
use super::options::options;
use super::rows::{Entity, cell, entity_head, number_cell, period_text, value_with_unit};
use super::table::with_unit;
use super::{Column, Dataset, Draft, Graphic, Grid, GridCell, Kind, Line, Reader, Text, join_sentences, kind};
use crate::derive::{Wording, rounded};
use crate::diagnostic::bars as findings;
use crate::diagnostic::panel as panel_findings;
use crate::draw::label::{Label, width};
use crate::draw::mark::{Anchor, Hatch, Mark, Plot};
use crate::draw::scale::{Linear, float};
use crate::locale::{Argument, Localized, Period};
use crate::model::indicator::{self, Amount, Better, Cell, Indicator, Missing, Over};

kind! {
    /// Now and the target: for each area, or for each of several measures, how far it is and what is still missing.
    ///
    /// ```yaml
    /// kind: target
    /// indicator: physicians
    /// target: physicians_target
    /// areas: [kumamoto, aso]
    /// ```
    ///
    /// - `indicator` and `target`: the indicator that holds what is there now and the one that holds what is aimed at.
    /// - `areas`: which rows; without it all that have both.
    /// - `period`, `target_period`: of when they are; without them the latest.
    /// - `highlight`: the row that the panel is about.
    /// - `better: lower` where the target is to be undercut; without it the indicator says so.
    /// - `items`: instead of all these, several measures, each with `indicator`, `target`, and where there are several areas
    ///   `area`. `label` gives it another name. Bars are then drawn as parts of their targets, for the units may differ.
    Target
}

options! {
    /// The options of targets.
    Options {
        /// The indicator that holds what is there now.
        #[schemars(extend("x-ja" = "現状を持つ指標の id。"))]
        indicator: Option<String>,
        /// The indicator that holds what is aimed at.
        #[schemars(extend("x-ja" = "目標を持つ指標の id。"))]
        target: Option<String>,
        /// The areas or hospitals; all that have both where nothing is said.
        #[schemars(extend("x-ja" = "行にする地域か病院。省けば、両方の値を持つものすべて。"))]
        areas: Option<Vec<String>>,
        /// Of when the present values are; the latest where nothing is said.
        #[schemars(extend("x-ja" = "現状の時点。省けば最新。"))]
        period: Option<Period>,
        /// Of when the targets are; the latest where nothing is said.
        #[schemars(extend("x-ja" = "目標の時点。省けば最新。"))]
        target_period: Option<Period>,
        /// In which direction values are better; as the indicator says, else higher.
        #[schemars(extend("x-ja" = "どちらの向きがよいか。省けば指標のとおり、それもなければ多いほうがよい。"))]
        better: Option<Better>,
        /// The row that matters here.
        #[schemars(extend("x-ja" = "目立たせる行。"))]
        highlight: Option<String>,
        /// Several measures, each with its own target.
        #[schemars(extend("x-ja" = "指標と目標の組の一覧。"))]
        items: Option<Vec<Item>>,
    }
}

/// One measure with its target.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Item {
    /// The indicator that holds what is there now.
    #[schemars(extend("x-ja" = "現状を持つ指標の id。"))]
    indicator: String,
    /// The indicator that holds what is aimed at.
    #[schemars(extend("x-ja" = "目標を持つ指標の id。"))]
    target: String,
    /// The area or hospital; needed where there are several.
    #[schemars(extend("x-ja" = "地域か病院。いくつかあるときに書く。"))]
    area: Option<String>,
    /// What it is called; as the indicator where nothing is said.
    #[schemars(extend("x-ja" = "名前。省けば指標の名。"))]
    label: Option<Localized>,
}

/// More than these are a table.
const MOST_GOALS: usize = 30;

impl Kind for Target {
    fn name(&self) -> &'static str {
        "target"
    }

    fn schema(&self, generator: &mut SchemaGenerator) -> Schema {
        Options::schema(generator)
    }

    fn manual(&self) -> &'static str {
        Target::MANUAL
    }

    fn draft(&self, reader: &mut Reader<'_>) -> Option<Draft> {
        let options: Options = reader.options()?;
        let goals = match (&options.items, &options.indicator, &options.target) {
            (Some(items), None, None) if !items.is_empty() => of_items(reader, items, &options)?,
            (None, Some(now), Some(target)) => of_areas(reader, now, target, &options)?,
            _ => {
                reader.report(findings::no_targets(reader.place()));
                return None;
            }
        };
        if goals.is_empty() {
            reader.report_no_values();
            return None;
        }
        if goals.len() > MOST_GOALS {
            reader.report(findings::too_many_bars(reader.place(), goals.len()));
            return None;
        }
        let chart = Chart { goals: &goals, parts: options.items.is_some(), wording: reader.wording() };
        if let Some(number) = chart.impossible() {
            reader.report(findings::target_not_above_zero(reader.spans.value(&format!("items[{number}].target"))));
            return None;
        }
        let plot = chart.plot();
        let mut notes = chart.notes();
        notes.extend(reader.notes_on(goals.iter().flat_map(|goal| [goal.now.cell, goal.target.cell])));
        let ids = goals.iter().flat_map(|goal| [goal.now.indicator.id.clone(), goal.target.indicator.id.clone()]);
        Some(Draft {
            common: options.common(),
            title: chart.title(),
            subtitle: chart.subtitle(),
            alt: chart.alternative(),
            notes,
            indicators: ids.collect(),
            table: chart.table(),
            dataset: chart.dataset(),
            graphic: Graphic::drawing(&plot, plot.classes()),
        })
    }
}

/// One measure, the same for several areas.
fn of_areas<'r>(reader: &mut Reader<'r>, now: &str, target: &str, options: &Options) -> Option<Vec<Goal<'r>>> {
    let now = reader.indicator(now, "indicator")?;
    let target = reader.indicator(target, "target")?;
    comparable(reader, now, target, "target")?;
    let period = reader.period(now, options.period, "period")?;
    let target_period = reader.period(target, options.target_period, "target_period")?;
    let mut entities = reader.entities(options.areas.as_deref(), &[now]);
    if options.areas.is_none() {
        entities.retain(|entity| target.row(entity.id).is_some());
    }
    let highlight = reader.highlight(options.highlight.as_deref(), now.over, &entities);
    let goal = |entity: Entity<'r>| Goal {
        name: entity.name.clone(),
        highlight: highlight == Some(entity.id),
        lower: options.better.or(now.better).or(target.better) == Some(Better::Lower),
        now: Value::of(now, entity.id, period),
        target: Value::of(target, entity.id, target_period),
        entity,
    };
    Some(entities.into_iter().map(goal).collect())
}

/// Several measures, each of one area.
fn of_items<'r>(reader: &mut Reader<'r>, items: &[Item], options: &Options) -> Option<Vec<Goal<'r>>> {
    let given = [
        ("areas", options.areas.is_some()),
        ("period", options.period.is_some()),
        ("target_period", options.target_period.is_some()),
        ("highlight", options.highlight.is_some()),
    ];
    if let Some((option, _)) = given.into_iter().find(|(_, given)| *given) {
        reader.report(findings::not_together(reader.spans.key(option), option, "items"));
        return None;
    }
    let goals: Vec<Option<Goal<'r>>> =
        items.iter().enumerate().map(|(number, item)| of_item(reader, number, item, options)).collect();
    goals.into_iter().collect()
}

fn of_item<'r>(reader: &mut Reader<'r>, number: usize, item: &Item, options: &Options) -> Option<Goal<'r>> {
    let path = |field: &str| format!("items[{number}].{field}");
    let now = reader.indicator(&item.indicator, &path("indicator"))?;
    let target = reader.indicator(&item.target, &path("target"))?;
    comparable(reader, now, target, &path("target"))?;
    let id = match &item.area {
        Some(name) => reader.entity_id(now.over, name, &path("area"), &[now])?,
        None if now.rows.len() == 1 => now.rows.first()?.entity.as_str(),
        None => {
            let known = now.rows.iter().map(|row| row.entity.as_str());
            reader.report(findings::which_row(reader.spans.value(&path("indicator")), &now.id, known));
            return None;
        }
    };
    let entity = reader.entity(now.over, id)?;
    let (period, target_period) = (reader.latest(now)?, reader.latest(target)?);
    let name = match &item.label {
        Some(label) => reader.fill(label, &path("label")),
        None => Text::of(&now.name, reader.wording()),
    };
    Some(Goal {
        name,
        highlight: false,
        lower: options.better.or(now.better).or(target.better) == Some(Better::Lower),
        now: Value::of(now, id, period),
        target: Value::of(target, id, target_period),
        entity,
    })
}

/// Whether the two are of one thing: same rows, same unit.
fn comparable(reader: &mut Reader<'_>, now: &Indicator, target: &Indicator, path: &str) -> Option<()> {
    let wording = reader.wording();
    let (one, other) = (wording.text(&now.unit), wording.text(&target.unit));
    if one != other {
        reader.report(findings::units_differ(reader.spans.value(path), one, other));
        return None;
    }
    if now.over != target.over {
        reader.report(panel_findings::mixed_rows(reader.spans.value(path)));
        return None;
    }
    Some(())
}

/// A value with all that says what it is.
#[derive(Clone, Copy)]
struct Value<'d> {
    indicator: &'d Indicator,
    period: Period,
    cell: Cell,
}

impl<'d> Value<'d> {
    fn of(indicator: &'d Indicator, entity: &str, period: Period) -> Value<'d> {
        Value { indicator, period, cell: cell(indicator, entity, period) }
    }

    fn amount(&self) -> Amount {
        self.cell.amount
    }

    fn text(&self, wording: Wording<'_>) -> String {
        value_with_unit(self.cell.amount, self.indicator, wording)
    }
}

/// What is there now, and what is aimed at.
struct Goal<'d> {
    name: Text,
    entity: Entity<'d>,
    highlight: bool,
    /// Whether the target is to be undercut.
    lower: bool,
    now: Value<'d>,
    target: Value<'d>,
}

impl Goal<'_> {
    /// What is still missing; nothing or less where the target is reached.
    fn missing(&self) -> Amount {
        let (now, target) = (self.now.amount()?, self.target.amount()?);
        Ok(if self.lower { now.saturating_sub(target) } else { target.saturating_sub(now) })
    }

    fn is_reached(&self) -> Option<bool> {
        self.missing().ok().map(|missing| missing <= Decimal::ZERO)
    }

    /// What is there now as a part of the target, in per cent.
    fn part(&self) -> Amount {
        let (now, target) = (self.now.amount()?, self.target.amount()?);
        let part = now.checked_div(target).ok_or(Missing::NotApplicable)?;
        Ok(rounded(part.saturating_mul(Decimal::ONE_HUNDRED), 1))
    }

    fn class(&self) -> &'static str {
        if self.highlight { "kh" } else { "km" }
    }

    /// `あと25人`, `到達`
    fn state(&self, wording: Wording<'_>) -> String {
        match self.missing() {
            Err(_) => wording.say("target-unknown", &[]),
            Ok(missing) if missing <= Decimal::ZERO => wording.say("target-reached", &[]),
            Ok(missing) => {
                let gap = value_with_unit(Ok(missing), self.now.indicator, wording);
                wording.say(if self.lower { "target-above" } else { "target-missing" }, &[("gap", &gap)])
            }
        }
    }
}

/// What is drawn and told.
struct Chart<'c> {
    goals: &'c [Goal<'c>],
    /// Whether bars are parts of their own targets; else all are of one unit.
    parts: bool,
    wording: Wording<'c>,
}

impl Chart<'_> {
    /// The first whose bar can't be drawn as a part of its target.
    fn impossible(&self) -> Option<usize> {
        let below = |goal: &Goal<'_>| {
            goal.target.amount().is_ok_and(|target| target <= Decimal::ZERO)
                || goal.now.amount().is_ok_and(|now| now < Decimal::ZERO)
        };
        self.goals.iter().position(|goal| self.parts && below(goal))
    }

    /// The lengths of a bar and its target on the common scale.
    fn lengths(&self, goal: &Goal<'_>) -> (Option<f64>, Option<f64>) {
        if self.parts {
            return (goal.part().ok().map(float), goal.target.amount().ok().map(|_| 100.0));
        }
        (goal.now.amount().ok().map(float), goal.target.amount().ok().map(float))
    }

    /// Always from zero.
    fn scale(&self) -> Linear {
        let all = self.goals.iter().map(|goal| self.lengths(goal)).flat_map(|(now, target)| [now, target]);
        let (least, most) =
            all.flatten().fold((0.0, 0.0), |(least, most): (f64, f64), it| (least.min(it), most.max(it)));
        Linear { domain: (least, if least == most { 1.0 } else { most }) }
    }

    fn plot(&self) -> Plot {
        let mut lanes = Lanes::default();
        let spans: Vec<Span> = self.goals.iter().map(|goal| self.span(goal, &mut lanes)).collect();
        let scale = self.scale();
        let mut marks = Vec::new();
        for ((row, goal), span) in self.goals.iter().enumerate().zip(&spans) {
            marks.extend(self.bar(goal, span, &lanes, scale));
            marks.extend(self.values((row, goal), span, &lanes, scale));
            marks.extend(self.texts(goal, span, &lanes));
        }
        Plot { marks, left: 0.0, right: 0.0, height: lanes.height() }
    }

    fn span(&self, goal: &Goal<'_>, lanes: &mut Lanes) -> Span {
        let name = Label::new(&goal.name.text, lanes::narrowest());
        let (left, right) = (self.now_text(goal), self.target_text(goal));
        let one_line = width(&left) + width(&right) + 1.5 <= lanes::narrowest();
        let right = Label::new(&right, lanes::narrowest());
        let below = if one_line { 1.3 } else { 1.3 + right.height() };
        let top = lanes.add(name.height() + 0.15);
        let bar = lanes.add(1.25);
        let below = lanes.add(below + 0.1);
        lanes.add(0.75);
        Span { name, top, bar, below, one_line, left, right }
    }

    /// The way to the target, what is there of it, and the target itself.
    fn bar(&self, goal: &Goal<'_>, span: &Span, lanes: &Lanes, scale: Linear) -> Vec<Mark> {
        let (now, target) = self.lengths(goal);
        let zero = scale.position(0.0);
        let (top, bottom) = (lanes.percent(span.bar.0), lanes.percent(span.bar.1));
        let inner = (bottom - top) * 0.18;
        let mut marks = Vec::new();
        if let Some(target) = target {
            marks.push(Mark::Rect {
                from: (zero, top),
                to: (scale.position(target), bottom),
                class: "tw".to_owned(),
                hatch: None,
            });
        }
        if let Some(now) = now {
            let estimated = goal.now.cell.mark == Some(indicator::Mark::Estimated);
            marks.push(Mark::Rect {
                from: (zero, top + inner),
                to: (scale.position(now), bottom - inner),
                class: if goal.highlight || !self.has_highlight() { "kh" } else { "km" }.to_owned(),
                hatch: estimated.then_some(Hatch::Rising),
            });
        }
        if let Some(target) = target {
            let x = scale.position(target);
            marks.push(Mark::Rule { from: (x, top), to: (x, bottom), class: "tm".to_owned() });
        }
        marks
    }

    /// Where the value and the target of the table are drawn.
    fn values(&self, (row, goal): (usize, &Goal<'_>), span: &Span, lanes: &Lanes, scale: Linear) -> Vec<Mark> {
        let (now, target) = self.lengths(goal);
        let middle = lanes.percent((span.bar.0 + span.bar.1) / 2.0);
        let value =
            |length: Option<f64>, column| Some(Mark::Value { at: (scale.position(length?), middle), row, column });
        [value(now, 1), value(target, 3)].into_iter().flatten().collect()
    }

    fn has_highlight(&self) -> bool {
        self.goals.iter().any(|goal| goal.highlight)
    }

    fn texts(&self, goal: &Goal<'_>, span: &Span, lanes: &Lanes) -> Vec<Mark> {
        let middle = |from: f64, height: f64| lanes.percent(from + height / 2.0);
        let mut name = lanes::text(
            (0.0, middle(span.top.0, span.name.height())),
            (0.0, 0.0),
            Anchor::Start,
            span.name.clone(),
            "tt",
        );
        name.lang = goal.name.lang.clone();
        name.class = format!("tt {}", goal.class());
        let first = middle(span.below.0 + 0.1, 1.3);
        let left = Label { lines: vec![span.left.clone()] };
        let mut marks = vec![
            Mark::Text(name),
            Mark::Text(lanes::text((0.0, first), (0.0, 0.0), Anchor::Start, left, goal.class())),
        ];
        let height = span.right.height();
        let right = if span.one_line {
            lanes::text((100.0, first), (0.0, 0.0), Anchor::End, span.right.clone(), goal.class())
        } else {
            let at = middle(span.below.0 + 1.4, height);
            lanes::text((0.0, at), (0.0, 0.0), Anchor::Start, span.right.clone(), goal.class())
        };
        marks.push(Mark::Text(right));
        marks
    }

    /// Whether all rows are of the same two periods, which then stand in the subtitle.
    fn common_periods(&self) -> Option<(Period, Period)> {
        let first = self.goals.first()?;
        let same = |goal: &Goal<'_>| goal.now.period == first.now.period && goal.target.period == first.target.period;
        self.goals.iter().all(same).then_some((first.now.period, first.target.period))
    }

    fn dated(&self, value: &Value<'_>) -> String {
        let text = value.text(self.wording);
        if self.common_periods().is_some() {
            return text;
        }
        self.wording.say("text-with-unit", &[("text", &text), ("unit", &period_text(value.period, self.wording))])
    }

    /// `現状 21人（2019年4月）・45.7％`
    fn now_text(&self, goal: &Goal<'_>) -> String {
        let value = self.dated(&goal.now);
        match goal.part().ok().filter(|_| self.parts) {
            Some(part) => {
                let part = self.wording.locale.percent(part);
                self.wording.say("target-now-part", &[("value", &value), ("part", &part)])
            }
            None => self.wording.say("target-now", &[("value", &value)]),
        }
    }

    /// `目標 46人（2023年度）・あと25人`
    fn target_text(&self, goal: &Goal<'_>) -> String {
        let state = goal.state(self.wording);
        self.wording.say("target-aim", &[("value", &self.dated(&goal.target)), ("state", &state)])
    }
}

/// Where the parts of a row stand, in em.
struct Span {
    name: Label,
    top: (f64, f64),
    bar: (f64, f64),
    below: (f64, f64),
    /// Whether both texts below the bar have room on one line.
    one_line: bool,
    left: String,
    right: Label,
}

impl Chart<'_> {
    /// Of the highlighted or the only one what is missing; of several how many are reached.
    fn title(&self) -> String {
        let subject = self.goals.iter().find(|goal| goal.highlight);
        let subject = subject.or(self.goals.first().filter(|_| self.goals.len() == 1));
        if let Some(goal) = subject.filter(|goal| goal.is_reached().is_some()) {
            let target = self.wording.say(
                "text-with-unit",
                &[("text", &goal.target.text(self.wording)), ("unit", &period_text(goal.target.period, self.wording))],
            );
            let gap = goal.missing().map(|gap| value_with_unit(Ok(gap), goal.now.indicator, self.wording));
            let texts = [("name", goal.name.text.as_str()), ("target", &target), ("gap", &gap.unwrap_or_default())];
            let key = match (goal.is_reached(), goal.lower) {
                (Some(true), _) => "target-finding-reached",
                (_, true) => "target-finding-above",
                _ => "target-finding-missing",
            };
            return self.wording.say(key, &texts);
        }
        let known = self.goals.iter().filter_map(Goal::is_reached);
        let (all, reached) = known.fold((0u32, 0u32), |(all, yes), is| (all + 1, yes + u32::from(is)));
        let number = |count: u32| Argument::Number(count.into());
        let arguments = [("all", number(all)), ("reached", number(reached))];
        self.wording.words.get("target-finding-count", &arguments).filter(|_| all > 0).unwrap_or_else(|| self.measure())
    }

    /// What is measured: the indicator where it is one.
    fn measure(&self) -> String {
        match self.goals.first().filter(|_| !self.parts) {
            Some(goal) => with_unit(goal.now.indicator, self.wording),
            None => self.wording.say("target-measures", &[]),
        }
    }

    fn subtitle(&self) -> String {
        let Some((now, target)) = self.common_periods() else { return self.measure() };
        let (now, target) = (period_text(now, self.wording), period_text(target, self.wording));
        let periods = self.wording.say("target-periods", &[("now", &now), ("target", &target)]);
        self.wording.say("area-and-period", &[("area", &self.measure()), ("period", &periods)])
    }

    fn notes(&self) -> Vec<String> {
        let mut notes = vec![self.wording.say(if self.parts { "target-note-parts" } else { "target-note" }, &[])];
        if self.goals.iter().any(|goal| goal.now.cell.mark == Some(indicator::Mark::Estimated)) {
            notes.push(self.wording.say("bars-note-estimated", &[]));
        }
        notes
    }

    fn alternative(&self) -> String {
        let sentence = |goal: &Goal<'_>| {
            let texts = [
                ("name", goal.name.text.as_str()),
                ("now", &goal.now.text(self.wording)),
                ("now-period", &period_text(goal.now.period, self.wording)),
                ("target", &goal.target.text(self.wording)),
                ("target-period", &period_text(goal.target.period, self.wording)),
                ("state", &goal.state(self.wording)),
            ];
            self.wording.say("target-sentence", &texts)
        };
        let sentences: Vec<String> = self.goals.iter().map(sentence).collect();
        self.wording.say("target-alternative", &[("sentences", &join_sentences(&sentences, self.wording))])
    }

    fn table(&self) -> Grid {
        let column = |key: &str, numeric| Column { label: self.wording.say(key, &[]), numeric, lang: None };
        let over = self.goals.first().map(|goal| goal.now.indicator.over).unwrap_or(Over::Areas);
        let columns = vec![
            column(if self.parts { "dataset-indicator" } else { entity_head(over) }, false),
            column("target-column-now", true),
            column("target-column-now-period", false),
            column("target-column-aim", true),
            column("target-column-aim-period", false),
            column("target-column-part", true),
            column("target-column-state", false),
        ];
        Grid { caption: self.measure(), columns, rows: self.goals.iter().map(|goal| self.line(goal)).collect() }
    }

    fn line(&self, goal: &Goal<'_>) -> Line {
        let plain = |text: String| GridCell { text, ..GridCell::default() };
        let value = |value: &Value<'_>| {
            let digits = value.indicator.precision;
            number_cell(value.text(self.wording), value.amount().map(|number| rounded(number, digits)), digits)
        };
        let part = goal.part();
        let part_text = part.map_or_else(|_| self.wording.amount(part, 1), |part| self.wording.locale.percent(part));
        let cells = vec![
            value(&goal.now),
            plain(period_text(goal.now.period, self.wording)),
            value(&goal.target),
            plain(period_text(goal.target.period, self.wording)),
            number_cell(part_text, part, 1),
            plain(goal.state(self.wording)),
        ];
        Line { label: goal.name.text.clone(), lang: goal.name.lang.clone(), cells, highlight: goal.highlight }
    }

    fn dataset(&self) -> Dataset {
        let over = self.goals.first().map(|goal| goal.now.indicator.over).unwrap_or(Over::Areas);
        let mut dataset = Dataset::of_values(self.wording, entity_head(over));
        for goal in self.goals {
            for value in [&goal.now, &goal.target] {
                dataset.push_value(value.indicator, &goal.entity, value.period, value.cell, self.wording);
            }
        }
        dataset
    }
}
