//! The rows that a panel shows: which areas or hospitals, in which order, and their cells as readers see them.

use rust_decimal::Decimal;

use super::{GridCell, Reader, Text};
use crate::derive::{Wording, change, rounded};
use crate::diagnostic::{Span, data as data_findings, panel as findings};
use crate::draw::mark::Dot;
use crate::locale::{Period, PeriodStyle};
use crate::model::indicator::{Amount, Cell, Indicator, Mark, Missing, Over};
use crate::panel::dataset::bare;

/// An area or hospital that a panel shows.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Entity<'d> {
    pub id: &'d str,
    pub name: Text,
    pub code: Option<&'d str>,
}

impl<'r> Reader<'r> {
    /// The areas or hospitals that are named at `areas`, or all that the indicators have.
    pub(super) fn entities(&mut self, given: Option<&[String]>, indicators: &[&'r Indicator]) -> Vec<Entity<'r>> {
        let Some(over) = indicators.first().map(|indicator| indicator.over) else { return Vec::new() };
        let mut ids: Vec<&'r str> = Vec::new();
        match given {
            None => ids.extend(indicators.iter().flat_map(|indicator| &indicator.rows).map(|row| row.entity.as_str())),
            Some(names) => {
                for (number, name) in names.iter().enumerate() {
                    ids.extend(self.entity_id(over, name, &format!("areas[{number}]"), indicators));
                }
            }
        }
        let mut seen = std::collections::BTreeSet::new();
        ids.retain(|id| seen.insert(*id));
        ids.into_iter().filter_map(|id| self.entity(over, id)).collect()
    }

    /// The id of the area or hospital that is named at `path`; a finding where no indicator has values of it.
    pub(super) fn entity_id(
        &mut self,
        over: Over,
        name: &str,
        path: &str,
        indicators: &[&'r Indicator],
    ) -> Option<&'r str> {
        match self.context.data.entity(over, name, || self.spans.value(path)) {
            Err(finding) => {
                self.report(finding);
                None
            }
            Ok(id) if indicators.iter().any(|indicator| indicator.row(id).is_some()) => Some(id),
            Ok(_) => {
                let known = indicators.iter().flat_map(|indicator| &indicator.rows).map(|row| row.entity.as_str());
                let first = indicators.first().map(|indicator| indicator.id.as_str()).unwrap_or_default();
                self.report(data_findings::no_row(self.spans.value(path), first, name, known));
                None
            }
        }
    }

    /// The area or hospital of that id; a finding at `span` where the indicator has no values of it.
    pub(super) fn entity_with_values(
        &mut self,
        id: &'r str,
        name: &str,
        span: Span,
        indicator: &'r Indicator,
    ) -> Option<Entity<'r>> {
        if indicator.row(id).is_some() {
            return self.entity(indicator.over, id);
        }
        let known = indicator.rows.iter().map(|row| row.entity.as_str());
        self.report(data_findings::no_row(span, &indicator.id, name, known));
        None
    }

    /// The area or hospital of that id.
    pub(super) fn entity(&self, over: Over, id: &'r str) -> Option<Entity<'r>> {
        let (name, code) = self.context.data.entity_name(over, id)?;
        Some(Entity { id, name: Text::of(name, self.wording()), code })
    }

    /// Of areas of several kinds those of one: the kind of the highlighted one, or that of which there are most. A
    /// country would dwarf its prefectures.
    pub(super) fn alike(&self, entities: Vec<Entity<'r>>, highlight: Option<&str>) -> Vec<Entity<'r>> {
        let kind = |id: &str| self.context.data.area(id).map(|area| area.kind);
        let kinds: Vec<_> = entities.iter().map(|entity| kind(entity.id)).collect();
        let highlighted = highlight.and_then(|name| self.context.data.area(name)).map(|area| Some(area.kind));
        let count = |wanted: &_| kinds.iter().filter(|kind| *kind == wanted).count();
        // Of kinds of which there are equally many, the first.
        let most = kinds.iter().rev().max_by_key(|kind| count(kind)).copied();
        let Some(chosen) = highlighted.filter(|kind| kinds.contains(kind)).or(most) else { return entities };
        entities.into_iter().filter(|entity| kind(entity.id) == chosen).collect()
    }

    /// The latest period; a finding where the indicator has none.
    pub(super) fn latest(&mut self, indicator: &Indicator) -> Option<Period> {
        let latest = indicator.latest();
        if latest.is_none() {
            self.report(findings::panel_without_values(self.place()));
        }
        latest
    }

    /// A period that the indicator has; a finding at `path` where it does not.
    pub(super) fn known_period(&mut self, indicator: &Indicator, period: Period, path: &str) -> Option<Period> {
        if indicator.periods.contains(&period) {
            return Some(period);
        }
        let known: Vec<String> = indicator.periods.iter().map(Period::to_string).collect();
        let span = self.spans.value(path);
        self.report(data_findings::unknown_period(span, &indicator.id, &period.to_string(), &known));
        None
    }

    /// The period asked for at `path`, else the latest.
    pub(super) fn period(&mut self, indicator: &Indicator, given: Option<Period>, path: &str) -> Option<Period> {
        match given {
            Some(period) => self.known_period(indicator, period, path),
            None => self.latest(indicator),
        }
    }

    /// The periods of the option `periods`, ascending, each once.
    pub(super) fn given_periods(&mut self, indicator: &Indicator, given: &[Period]) -> Option<Vec<Period>> {
        let known =
            |(number, period): (usize, &Period)| self.known_period(indicator, *period, &format!("periods[{number}]"));
        let mut periods = given.iter().enumerate().map(known).collect::<Option<Vec<_>>>()?;
        periods.sort();
        periods.dedup();
        Some(periods)
    }

    /// The periods of the option `periods`, else the one of `period`, else the latest.
    pub(super) fn periods(
        &mut self,
        indicator: &Indicator,
        several: Option<&[Period]>,
        one: Option<Period>,
    ) -> Option<Vec<Period>> {
        match several {
            Some(several) => self.given_periods(indicator, several),
            None => self.period(indicator, one, "period").map(|period| vec![period]),
        }
    }

    /// The id of the highlighted one among those shown.
    pub(super) fn highlight(&mut self, given: Option<&str>, over: Over, shown: &[Entity<'r>]) -> Option<&'r str> {
        let name = given?;
        let place = || self.spans.value("highlight");
        match self.context.data.entity(over, name, place) {
            Err(finding) => self.report(finding),
            Ok(id) if shown.iter().any(|entity| entity.id == id) => return Some(id),
            Ok(_) => self.report(findings::highlight_not_shown(place(), name, shown.iter().map(|entity| entity.id))),
        }
        None
    }

    /// What must be said where some of the cells are missing or marked.
    pub(super) fn notes_on(&self, cells: impl Iterator<Item = Cell>) -> Vec<String> {
        let wording = self.wording();
        let cells: Vec<Cell> = cells.collect();
        let missing = cells.iter().any(|cell| cell.amount.is_err());
        let legend = missing.then(|| wording.say("value-legend", &[("suppressed", wording.locale.suppressed())]));
        legend.into_iter().chain(note_on_revised(cells.into_iter(), wording)).collect()
    }
}

/// How the dot of a value looks: `plain`, but for estimates and revised values.
pub(super) fn dot(cell: Cell, plain: Dot) -> Dot {
    match cell.mark {
        Some(Mark::Estimated) => Dot::Hollow,
        Some(Mark::Revised) => Dot::Ringed,
        _ => plain,
    }
}

/// What must be said of revised values.
pub(super) fn note_on_revised(mut cells: impl Iterator<Item = Cell>, wording: Wording<'_>) -> Option<String> {
    cells.any(|cell| cell.mark == Some(Mark::Revised)).then(|| wording.say("note-revised", &[]))
}

/// What must be said of estimates by a kind that draws them like any other value.
pub(super) fn note_on_estimates(mut cells: impl Iterator<Item = Cell>, wording: Wording<'_>) -> Option<String> {
    cells.any(|cell| cell.mark == Some(Mark::Estimated)).then(|| wording.say("note-estimated", &[]))
}

/// A cell. What the indicator does not have is not available.
pub(super) fn cell(indicator: &Indicator, entity: &str, period: Period) -> Cell {
    indicator.cell(entity, period).unwrap_or(Cell::ABSENT)
}

/// The head of the column of names.
pub(super) fn entity_head(over: Over) -> &'static str {
    match over {
        Over::Areas => "column-area",
        Over::Hospitals => "column-hospital",
    }
}

/// A period as the head of a column or in a sentence.
pub(super) fn period_text(period: Period, wording: Wording<'_>) -> String {
    wording.locale.period(period, PeriodStyle::Western)
}

/// A value with its unit: 5,091人.
pub(super) fn value_with_unit(amount: Amount, indicator: &Indicator, wording: Wording<'_>) -> String {
    let text = wording.amount(amount, indicator.precision);
    if amount.is_ok() { wording.with_unit(&text, wording.text(&indicator.unit)) } else { text }
}

/// A cell of a table of values.
pub(super) fn value_cell(cell: Cell, indicator: &Indicator, wording: Wording<'_>) -> GridCell {
    let text = wording.amount(cell.amount, indicator.precision);
    let text = match cell.mark.filter(|_| cell.amount.is_ok()) {
        None => text,
        Some(mark) => {
            let word = match mark {
                Mark::Estimated => "value-estimated",
                Mark::Revised => "value-revised",
                Mark::Broken => "value-broken",
            };
            wording.say("text-with-unit", &[("text", &text), ("unit", &wording.say(word, &[]))])
        }
    };
    number_cell(text, cell.amount.map(|number| rounded(number, indicator.precision)), indicator.precision)
}

/// A cell with a number that is already printed.
pub(super) fn number_cell(text: String, amount: Amount, digits: u32) -> GridCell {
    GridCell {
        text,
        sort: amount.ok().map(|number| bare(number, digits)),
        negative: amount.is_ok_and(|number| number < Decimal::ZERO),
        lang: None,
    }
}

/// The first and the last value of a row, and what became of one in the other.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Course {
    pub first: (Period, Cell),
    pub last: (Period, Cell),
    /// Whether a value between was counted in another way than those before it, so that the two can't be compared.
    pub broken: bool,
}

impl Course {
    /// The course over the cells of ascending periods.
    pub fn of(cells: &[(Period, Cell)]) -> Option<Course> {
        let broken = cells.iter().skip(1).any(|(_, cell)| cell.mark == Some(Mark::Broken));
        Some(Course { first: *cells.first()?, last: *cells.last()?, broken })
    }

    /// The course over those of the cells that have a value.
    pub fn of_known(cells: &[(Period, Cell)]) -> Option<Course> {
        let known: Vec<(Period, Cell)> = cells.iter().filter(|(_, cell)| cell.amount.is_ok()).copied().collect();
        Course::of(&known)
    }

    /// The difference; not applicable across a break.
    pub fn change(&self) -> Amount {
        if self.broken { Err(Missing::NotApplicable) } else { change::change(self.first.1.amount, self.last.1.amount) }
    }

    /// The difference as a part of the first value.
    pub fn rate(&self) -> Amount {
        if self.broken { Err(Missing::NotApplicable) } else { change::rate(self.first.1.amount, self.last.1.amount) }
    }
}
