//! What tiles and regions have in common: areas with a value each, and the classes that the values fall into.

use rust_decimal::Decimal;

use super::Options;
use crate::derive::{Wording, rounded};
use crate::diagnostic::{map as findings, panel as panel_findings};
use crate::draw::label::Label;
use crate::draw::mark::{Anchor, Mark, Sign, Text as PlotText};
use crate::locale::{Argument, Period};
use crate::model::indicator::{Cell, Indicator};
use crate::panel::rows::{Entity, cell, entity_head, period_text, value_cell, value_with_unit};
use crate::panel::table::with_unit;
use crate::panel::{Column, Dataset, Grid, GridCell, Line, Reader, finding, join_sentences};

/// The most classes: more shades can't be told apart.
const MOST_CLASSES: usize = 4;

/// Areas with their values.
pub(super) struct Valued<'d> {
    pub indicator: &'d Indicator,
    pub period: Period,
    pub rows: Vec<(Entity<'d>, Cell)>,
    pub highlight: Option<&'d str>,
    pub classes: Classes,
}

/// The classes of values.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Classes {
    /// Where each class but the first begins.
    starts: Vec<Decimal>,
    /// Whether the author said so.
    given: bool,
    /// For each class, the least and the most of its values, and how many there are.
    members: Vec<Option<(Decimal, Decimal, usize)>>,
}

impl Classes {
    /// The classes of values with given beginnings.
    fn with_breaks(values: &[Decimal], breaks: &[Decimal]) -> Classes {
        let mut classes = Classes { starts: breaks.to_vec(), given: true, members: Vec::new() };
        classes.count(values);
        classes
    }

    /// Classes of as many values each. Equal values are in one class, so there may be fewer classes than were asked for.
    fn of_equal_count(values: &[Decimal], count: usize) -> Classes {
        let mut sorted = values.to_vec();
        sorted.sort();
        let first = sorted.first().copied();
        let start = |number: usize| sorted.get((number * sorted.len()).div_ceil(count)).copied();
        let mut starts: Vec<Decimal> = (1..count).filter_map(start).collect();
        starts.dedup();
        starts.retain(|start| Some(*start) != first);
        let mut classes = Classes { starts, given: false, members: Vec::new() };
        classes.count(values);
        classes
    }

    fn count(&mut self, values: &[Decimal]) {
        self.members = vec![None; self.starts.len() + 1];
        for value in values {
            let class = self.class(*value);
            if let Some(member) = self.members.get_mut(class) {
                *member = Some(member.map_or((*value, *value, 1), |(least, most, count)| {
                    (least.min(*value), most.max(*value), count + 1)
                }));
            }
        }
    }

    /// The class of a value, from 0.
    pub fn class(&self, value: Decimal) -> usize {
        self.starts.iter().filter(|start| **start <= value).count()
    }

    /// How many classes there are.
    pub fn len(&self) -> usize {
        self.members.len()
    }

    /// The shade of a class, 1 to 4: the lightest for the first, the darkest for the last.
    pub fn shade(&self, class: usize) -> usize {
        const SHADES: [&[usize]; 4] = [&[2], &[1, 4], &[1, 2, 4], &[1, 2, 3, 4]];
        let shades = SHADES.get(self.len().saturating_sub(1)).copied().unwrap_or(&[1]);
        shades.get(class).copied().unwrap_or(4)
    }

    /// What a class is called: where it begins and ends, or what it holds.
    pub fn name(&self, class: usize, indicator: &Indicator, wording: Wording<'_>) -> String {
        self.name_in(wording.text(&indicator.unit), class, indicator, wording)
    }

    /// The same in few words, where the unit stands elsewhere.
    fn short_name(&self, class: usize, indicator: &Indicator, wording: Wording<'_>) -> String {
        self.name_in("", class, indicator, wording)
    }

    fn name_in(&self, unit: &str, class: usize, indicator: &Indicator, wording: Wording<'_>) -> String {
        let text = |number: Decimal| wording.locale.number(rounded(number, indicator.precision));
        let with_unit = |number: Decimal| wording.with_unit(&text(number), unit);
        if self.given {
            let from = class.checked_sub(1).and_then(|before| self.starts.get(before));
            return match (from, self.starts.get(class)) {
                (None, Some(to)) => wording.say("map-class-below", &[("value", &with_unit(to.normalize()))]),
                (Some(from), None) => wording.say("map-class-above", &[("value", &with_unit(from.normalize()))]),
                (Some(from), Some(to)) => {
                    let (from, to) = (with_unit(from.normalize()), with_unit(to.normalize()));
                    wording.say("map-class-between", &[("from", &from), ("to", &to)])
                }
                (None, None) => String::new(),
            };
        }
        match self.members.get(class).copied().flatten() {
            Some((least, most, _)) if text(least) == text(most) => with_unit(least),
            Some((least, most, _)) => {
                wording.say("map-value-range", &[("from", &text(least)), ("to", &with_unit(most))])
            }
            None => String::new(),
        }
    }

    /// How many areas are in a class.
    pub fn members(&self, class: usize) -> usize {
        self.members.get(class).copied().flatten().map_or(0, |(_, _, count)| count)
    }
}

/// What is said in an interface word with a number in it.
pub(super) fn counted(wording: Wording<'_>, key: &str, texts: &[(&str, &str)], count: usize) -> String {
    let mut arguments: Vec<(&str, Argument)> =
        texts.iter().map(|(name, text)| (*name, Argument::Text((*text).to_owned()))).collect();
    arguments.push(("count", Argument::Number(Decimal::from(count))));
    wording.words.get(key, &arguments).unwrap_or_default()
}

impl<'d> Valued<'d> {
    /// Reads what is shown. `place_of` says where an area is on the map, or that it is on none; `name` is that form's.
    pub fn read(
        reader: &mut Reader<'d>,
        options: &Options,
        form: &str,
        is_on_it: impl Fn(&Reader<'d>, &Entity<'d>) -> bool,
    ) -> Option<Valued<'d>> {
        let Some(id) = &options.indicator else {
            let place = reader.place();
            reader.report(findings::map_without(place, "indicator", form));
            return None;
        };
        let indicator = reader.indicator(id, "indicator")?;
        let period = reader.period(indicator, options.period, "period")?;
        let mut entities = reader.entities(options.areas.as_deref(), &[indicator]);
        // Of a table that also holds the country, or blocks of prefectures, those rows are simply not on the map.
        if options.areas.is_none() {
            entities.retain(|entity| is_on_it(reader, entity));
        }
        let highlight = reader.highlight(options.highlight.as_deref(), indicator.over, &entities);
        let rows: Vec<(Entity<'d>, Cell)> = entities
            .into_iter()
            .map(|entity| {
                let cell = cell(indicator, entity.id, period);
                (entity, cell)
            })
            .collect();
        let values: Vec<Decimal> = rows.iter().filter_map(|(_, cell)| cell.amount.ok()).collect();
        if values.is_empty() {
            reader.report(panel_findings::panel_without_values(reader.place()));
            return None;
        }
        let classes = classes(reader, options, &values)?;
        Some(Valued { indicator, period, rows, highlight, classes })
    }

    /// The class of a cell. `None` where it has no value.
    pub fn class(&self, cell: Cell) -> Option<usize> {
        cell.amount.ok().map(|value| self.classes.class(value))
    }

    /// The highlighted area, else the one with the highest value.
    pub fn title(&self, wording: Wording<'_>) -> String {
        let highlighted = self.rows.iter().find(|(entity, _)| Some(entity.id) == self.highlight);
        if let Some((entity, cell)) = highlighted {
            return finding::single(entity, (self.period, *cell), self.indicator, wording);
        }
        let Some((most, highest)) = self.extreme(true) else { return with_unit(self.indicator, wording) };
        let value = value_with_unit(Ok(most), self.indicator, wording);
        let area = highest.first().map_or("", |entity| entity.name.text.as_str());
        match highest.len() {
            1 => wording.say("finding-highest", &[("area", area), ("value", &value)]),
            count => counted(wording, "map-highest-several", &[("area", area), ("value", &value)], count),
        }
    }

    /// The highest or the lowest value, as printed, with the areas that have it.
    fn extreme(&self, highest: bool) -> Option<(Decimal, Vec<&Entity<'d>>)> {
        let value = |cell: &Cell| cell.amount.ok().map(|value| rounded(value, self.indicator.precision));
        let values = self.rows.iter().filter_map(|(_, cell)| value(cell));
        let extreme = if highest { values.max() } else { values.min() }?;
        let of_it = self.rows.iter().filter(|(_, cell)| value(cell) == Some(extreme));
        Some((extreme, of_it.map(|(entity, _)| entity).collect()))
    }

    pub fn subtitle(&self, wording: Wording<'_>) -> String {
        let (measure, period) = (with_unit(self.indicator, wording), period_text(self.period, wording));
        wording.say("area-and-period", &[("area", &measure), ("period", &period)])
    }

    /// The map in words: its classes, and who is first and last.
    pub fn alternative(&self, wording: Wording<'_>) -> String {
        let mut sentences: Vec<String> = (0..self.classes.len())
            .map(|class| {
                let name = self.classes.name(class, self.indicator, wording);
                counted(wording, "map-class-sentence", &[("class", &name)], self.classes.members(class))
            })
            .collect();
        if let (Some((most, highest)), Some((least, lowest))) = (self.extreme(true), self.extreme(false))
            && let ([highest], [lowest]) = (&highest[..], &lowest[..])
        {
            let value = |number| value_with_unit(Ok(number), self.indicator, wording);
            let texts = [
                ("highest", highest.name.text.as_str()),
                ("most", &value(most)),
                ("lowest", lowest.name.text.as_str()),
                ("least", &value(least)),
            ];
            sentences.push(wording.say("map-extremes", &texts));
        }
        let (name, period) = (wording.text(&self.indicator.name), period_text(self.period, wording));
        let sentences = join_sentences(&sentences, wording);
        let texts = [("indicator", name), ("period", period.as_str()), ("sentences", &sentences)];
        counted(wording, "map-alternative", &texts, self.rows.len())
    }

    /// The areas without a value, as a sentence.
    pub fn note_on_missing(&self, wording: Wording<'_>, further: &[String]) -> Option<String> {
        let missing = self.rows.iter().filter(|(_, cell)| cell.amount.is_err());
        let mut names: Vec<String> = missing.map(|(entity, _)| entity.name.text.clone()).collect();
        names.extend_from_slice(further);
        (!names.is_empty()).then(|| wording.say("map-without-value", &[("areas", &wording.locale.list(&names))]))
    }

    pub fn table(&self, wording: Wording<'_>) -> Grid {
        let column = |key: &str, numeric| Column { label: wording.say(key, &[]), numeric, lang: None };
        let columns = vec![
            column(entity_head(self.indicator.over), false),
            Column { label: period_text(self.period, wording), numeric: true, lang: None },
            column("column-class", false),
        ];
        let row = |(entity, cell): &(Entity<'_>, Cell)| {
            let class = match self.class(*cell) {
                Some(class) => self.classes.name(class, self.indicator, wording),
                None => wording.say("map-no-value", &[]),
            };
            Line {
                label: entity.name.text.clone(),
                lang: entity.name.lang.clone(),
                cells: vec![
                    value_cell(*cell, self.indicator, wording),
                    GridCell { text: class, ..GridCell::default() },
                ],
                highlight: Some(entity.id) == self.highlight,
            }
        };
        Grid { caption: with_unit(self.indicator, wording), columns, rows: self.rows.iter().map(row).collect() }
    }

    pub fn dataset(&self, wording: Wording<'_>) -> Dataset {
        let mut dataset = Dataset::of_values(wording, entity_head(self.indicator.over));
        for (entity, cell) in &self.rows {
            dataset.push_value(self.indicator, entity, self.period, *cell, wording);
        }
        dataset
    }

    /// The key: a line for each class, the highest first, and one for what has no value. `first` is how far the middle of
    /// the first line is from the top of the drawing, in em.
    pub fn key(&self, first: f64, with_missing: bool, stripes: bool, wording: Wording<'_>) -> Vec<Mark> {
        let mut lines: Vec<(String, usize, Sign)> = (0..self.classes.len())
            .rev()
            .map(|class| {
                let name = self.classes.short_name(class, self.indicator, wording);
                let text = counted(wording, "map-key", &[("class", &name)], self.classes.members(class));
                let shade = self.classes.shade(class);
                let level = u8::try_from(shade).unwrap_or(4);
                (text, shade, if stripes { Sign::Stripes(level - 1) } else { Sign::Level(level) })
            })
            .collect();
        if with_missing {
            lines.push((wording.say("map-no-value", &[]), 0, Sign::Level(0)));
        }
        lines
            .into_iter()
            .enumerate()
            .flat_map(|(row, (text, shade, pattern))| {
                key_line(
                    first + row as f64 * KEY_LINE,
                    &text,
                    &[(Sign::Patch, format!("f{shade}")), (pattern, under(if stripes { "lv" } else { "lb" }, shade))],
                )
            })
            .collect()
    }
}

/// The classes of what tells a shade without colour: it is light on dark shades.
pub(super) fn under(class: &str, shade: usize) -> String {
    if shade > 2 { format!("{class} u") } else { class.to_owned() }
}

/// The height of a line of a key, in em.
pub const KEY_LINE: f64 = 1.55;

/// A line of a key: its signs, one over the other, and what they mean.
pub(super) fn key_line(down: f64, text: &str, signs: &[(Sign, String)]) -> Vec<Mark> {
    let em = crate::draw::EM;
    let sign = |(sign, class): &(Sign, String)| Mark::Sign {
        at: (0.0, 0.0),
        offset: (8.0, down * em),
        sign: *sign,
        class: class.clone(),
    };
    let mut marks: Vec<Mark> = signs.iter().map(sign).collect();
    marks.push(Mark::Text(PlotText {
        at: (0.0, 0.0),
        offset: (1.6, down),
        anchor: Anchor::Start,
        label: Label { lines: vec![text.to_owned()] },
        class: "lg".to_owned(),
        lang: None,
    }));
    marks
}

fn classes(reader: &mut Reader<'_>, options: &Options, values: &[Decimal]) -> Option<Classes> {
    match (&options.breaks, options.classes) {
        (Some(breaks), _) => {
            let span = reader.spans.value("breaks");
            if !(1..MOST_CLASSES).contains(&breaks.len()) {
                reader.report(findings::wrong_number_of_classes(span, breaks.len() + 1));
            } else if breaks.windows(2).any(|pair| pair[0] >= pair[1]) {
                reader.report(findings::breaks_not_rising(span));
            } else {
                return Some(Classes::with_breaks(values, breaks));
            }
            None
        }
        (None, Some(count)) if !(2..=MOST_CLASSES).contains(&count) => {
            reader.report(findings::wrong_number_of_classes(reader.spans.value("classes"), count));
            None
        }
        (None, count) => Some(Classes::of_equal_count(values, count.unwrap_or(MOST_CLASSES))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decimals(numbers: &[i64]) -> Vec<Decimal> {
        numbers.iter().copied().map(Decimal::from).collect()
    }

    #[test]
    fn classes_hold_as_many_each_and_equal_values_stay_together() {
        let classes = Classes::of_equal_count(&decimals(&[1, 2, 3, 4, 5, 6, 7, 8, 9]), 3);
        assert_eq!(classes.starts, decimals(&[4, 7]));
        assert_eq!((0..3).map(|class| classes.members(class)).collect::<Vec<_>>(), [3, 3, 3]);
        let classes = Classes::of_equal_count(&decimals(&[0, 0, 0, 0, 0, 0, 2, 7]), 4);
        assert_eq!(classes.starts, decimals(&[2]));
        assert_eq!((classes.len(), classes.members(0), classes.members(1)), (2, 6, 2));
        let classes = Classes::of_equal_count(&decimals(&[5, 5]), 4);
        assert_eq!((classes.len(), classes.class(Decimal::from(5)), classes.shade(0)), (1, 0, 2));
    }

    #[test]
    fn a_value_at_a_break_is_in_the_class_that_begins_there() {
        let classes = Classes::with_breaks(&decimals(&[1, 3, 9]), &decimals(&[3, 6]));
        assert_eq!([1, 3, 5, 6, 9].map(|value| classes.class(Decimal::from(value))), [0, 1, 1, 2, 2]);
        assert_eq!([0, 1, 2].map(|class| classes.shade(class)), [1, 2, 4]);
    }
}
