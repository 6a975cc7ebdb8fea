//! Derived indicators: formulas worked out for every area and period, into tables like any other.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use crate::derive::formula::{self, At, Bound, Expression, Kind, Trail, bind, units_fit};
use crate::derive::usual_digits;
use crate::diagnostic::{Checked, Diagnostic, data as findings};
use crate::locale::{Localized, Period};
use crate::model::data::Data;
use crate::model::indicator::{Amount, Cell, Derivation, Indicator, Missing, Over, Row};

/// The data with every derived indicator worked out. One that can't be is left out, and the findings say why.
pub fn figures(data: Data) -> Checked<Data> {
    let mut findings = Vec::new();
    let mut data = data;
    let parsed: Vec<Option<Expression>> = data
        .derivations()
        .iter()
        .map(|derivation| {
            let parsed = formula::parse(&derivation.formula).take(&mut findings)?;
            // Filters say how a value is printed, which `unit` and `precision` do for an indicator.
            (!parsed.filters.is_empty())
                .then(|| findings.push(findings::filter_in_indicator(derivation.formula.span.clone())));
            Some(parsed.expression)
        })
        .collect();
    for index in order(data.derivations(), &parsed, &mut findings) {
        let (Some(derivation), Some(Some(expression))) = (data.derivations().get(index), parsed.get(index)) else {
            continue;
        };
        if let Some(indicator) = indicator(derivation, expression, &data).take(&mut findings) {
            data.add_derived(indicator);
        }
    }
    Checked::new(data, findings)
}

/// The derived indicators in an order in which each comes after those that it needs. Those of a cycle are left out.
fn order(derivations: &[Derivation], parsed: &[Option<Expression>], findings: &mut Vec<Diagnostic>) -> Vec<usize> {
    let places: BTreeMap<&str, usize> =
        derivations.iter().enumerate().map(|(index, derivation)| (derivation.id.as_str(), index)).collect();
    let needs: Vec<Vec<usize>> = parsed
        .iter()
        .map(|expression| {
            let names = expression.iter().flat_map(Expression::indicators);
            names.filter_map(|word| places.get(word.text.as_str()).copied()).collect()
        })
        .collect();
    let mut order = Vec::with_capacity(derivations.len());
    let mut state = vec![State::New; derivations.len()];
    for start in 0..derivations.len() {
        visit(start, &needs, &mut state, &mut order, &mut |round: &[usize]| {
            let member = |index: &usize| {
                derivations.get(*index).map(|derivation| (derivation.id.clone(), derivation.formula.span.clone()))
            };
            let members: Vec<_> = round.iter().filter_map(member).collect();
            if let Some((_, span)) = members.first() {
                findings.push(findings::formula_cycle(span.clone(), &members));
            }
        });
    }
    order
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    New,
    OnTrail,
    Done,
    InCycle,
}

/// Walks down from `start` without recursion: a chain of formulas may be as long as a file.
fn visit(
    start: usize,
    needs: &[Vec<usize>],
    state: &mut [State],
    order: &mut Vec<usize>,
    report: &mut dyn FnMut(&[usize]),
) {
    let mut trail: Vec<(usize, usize)> = Vec::new();
    let mut next = Some(start).filter(|start| state[*start] == State::New);
    loop {
        if let Some(index) = next.take() {
            state[index] = State::OnTrail;
            trail.push((index, 0));
        }
        let Some((index, done)) = trail.last_mut() else { return };
        let index = *index;
        match needs[index].get(*done).copied() {
            Some(needed) => {
                *done += 1;
                match state[needed] {
                    State::New => next = Some(needed),
                    State::OnTrail => {
                        let first = trail.iter().position(|(member, _)| *member == needed).unwrap_or_default();
                        let round: Vec<usize> = trail[first..].iter().map(|(member, _)| *member).collect();
                        report(&round);
                        round.iter().for_each(|member| state[*member] = State::InCycle);
                    }
                    State::Done | State::InCycle => {}
                }
            }
            None => {
                if state[index] == State::OnTrail {
                    state[index] = State::Done;
                    order.push(index);
                }
                trail.pop();
            }
        }
    }
}

/// Works one out. `None` where it gives no value at all.
fn indicator(derivation: &Derivation, expression: &Expression, data: &Data) -> Checked<Option<Indicator>> {
    let mut found = Vec::new();
    let bound = bind(expression, data, Some(derivation.over)).take(&mut found);
    let Some(bound) = bound else { return Checked::new(None, found) };
    let computed = match Computed::new(bound, derivation.over, &derivation.unit) {
        Ok(computed) => computed,
        Err(unit) => {
            let declared = derivation.unit.texts().next().unwrap_or_default();
            let place = derivation.places.value("unit");
            found.push(findings::unit_of_formula(place, derivation.formula.span.clone(), declared, &unit));
            return Checked::new(None, found);
        }
    };
    let periods = match &derivation.periods {
        Some(periods) => periods.clone(),
        None => computed.periods(),
    };
    let mut trail = Trail::default();
    let rows = computed.rows(derivation, &periods, data, &mut trail);
    if let Some(span) = trail.overflow {
        found.push(findings::formula_overflow(span));
    }
    let tables = computed.bound.tables();
    if rows.is_empty() {
        let list = |table: &&Indicator| {
            let periods: Vec<String> = table.periods.iter().map(Period::to_string).collect();
            (table.id.clone(), periods.join(", "))
        };
        let parts: Vec<_> = tables.iter().map(list).collect();
        found.push(findings::formula_without_values(derivation.formula.span.clone(), &parts));
        return Checked::new(None, found);
    }
    let periods = kept(&periods, &rows);
    let rows: Vec<Row> = rows.into_iter().map(|row| narrowed(row, &periods)).collect();
    let periods: Vec<Period> = periods.into_iter().map(|(_, period)| period).collect();
    let precision = derivation.precision.or(computed.bound.nature.precision).unwrap_or_else(|| digits(&rows));
    let flows = computed.bound.flows();
    let of_inputs = tables.iter().map(|table| table.as_of).chain(flows.iter().map(|flow| flow.as_of)).max();
    let as_of = derivation.as_of.or(of_inputs);
    let latest = periods.iter().max().copied();
    let Some(as_of) = as_of.or(latest) else { return Checked::new(None, found) };
    let indicator = Indicator {
        id: derivation.id.clone(),
        name: derivation.name.clone(),
        unit: derivation.unit.clone(),
        source: derivation.source.clone().unwrap_or_else(|| {
            let labels = tables.iter().map(|table| &table.source).chain(flows.iter().map(|flow| &flow.source));
            sources(labels)
        }),
        as_of,
        note: derivation.note.clone(),
        precision,
        better: derivation.better,
        freshness: derivation.freshness,
        // What is made of old figures is old.
        outdated: tables.iter().filter_map(|table| table.outdated).min(),
        small_numbers: false,
        over: derivation.over,
        periods,
        rows: rows.into_iter().map(|row| Row { span: derivation.span.clone(), ..row }).collect(),
        formula: Some(derivation.formula.clone()),
        span: derivation.span.clone(),
        places: derivation.places.clone(),
    };
    Checked::new(Some(indicator), found)
}

/// A formula with the unit in which its results are told.
pub struct Computed<'d> {
    /// The formula.
    pub bound: Bound<'d>,
    over: Over,
    /// A share told in per cent is a hundredfold.
    in_percent: bool,
}

impl<'d> Computed<'d> {
    /// `unit` is what the results are to be told in.
    ///
    /// # Errors
    /// The unit of the formula, where that is another.
    pub fn new(bound: Bound<'d>, over: Over, unit: &Localized) -> Result<Computed<'d>, String> {
        let named = |unit: &Localized| unit.texts().any(|text| !text.trim().is_empty());
        if let Some(own) = &bound.nature.unit
            && bound.nature.kind == Kind::Quantity
            && named(unit)
            && !units_fit(own, unit)
        {
            return Err(own.texts().next().unwrap_or_default().to_owned());
        }
        let per_cent = unit.texts().any(|text| matches!(text.trim(), "%" | "％" | "percent" | "per cent"));
        let in_percent = per_cent && bound.nature.kind == Kind::Share;
        Ok(Computed { bound, over, in_percent })
    }

    /// The value for one area and period, in that unit.
    pub fn cell(&self, at: At<'_>, trail: &mut Trail) -> Cell {
        let cell = self.bound.cell(at, trail);
        if !self.in_percent {
            return cell;
        }
        let hundredfold = |number: Decimal| number.checked_mul(Decimal::ONE_HUNDRED).ok_or(Missing::NotApplicable);
        Cell { amount: cell.amount.and_then(hundredfold), ..cell }
    }

    /// The periods for which it has values: those of its tables, or the last that stands in it.
    pub fn periods(&self) -> Vec<Period> {
        let periods = self.bound.periods();
        if periods.own.is_empty() {
            return periods.fixed.last().copied().into_iter().collect();
        }
        periods.own.into_iter().collect()
    }

    /// Every area or hospital for which there is something: those of its first table, then the others.
    fn entities(&self, data: &Data) -> Vec<String> {
        let first = self.bound.tables().first().map(|table| table.rows.iter().map(|row| row.entity.clone()).collect());
        let mut entities: Vec<String> = first.unwrap_or_default();
        let known: std::collections::BTreeSet<String> = entities.iter().cloned().collect();
        let all: Vec<&str> = match self.over {
            Over::Areas => data.areas().map(|area| area.id.as_str()).collect(),
            Over::Hospitals => data.hospitals().map(|hospital| hospital.id.as_str()).collect(),
        };
        entities.extend(all.into_iter().filter(|id| !known.contains(*id)).map(str::to_owned));
        entities
    }

    fn rows(&self, derivation: &Derivation, periods: &[Period], data: &Data, trail: &mut Trail) -> Vec<Row> {
        let mut rows = Vec::new();
        for entity in self.entities(data) {
            let mut present = false;
            let cells = periods
                .iter()
                .map(|period| {
                    trail.absent = false;
                    let cell = self.cell(At { entity: &entity, period: *period }, trail);
                    present |= !trail.absent;
                    // Told apart below from a period for which there is nothing in any row.
                    if trail.absent { Cell::ABSENT } else { cell }
                })
                .collect();
            if present {
                rows.push(Row {
                    entity,
                    cells,
                    span: derivation.span.clone(),
                    name: String::new(),
                    places: Vec::new(),
                });
            }
        }
        rows
    }
}

/// The periods for which some row has something, with their columns.
fn kept(periods: &[Period], rows: &[Row]) -> Vec<(usize, Period)> {
    let present =
        |column: usize| rows.iter().any(|row| row.cells.get(column).is_some_and(|cell| *cell != Cell::ABSENT));
    periods.iter().copied().enumerate().filter(|(column, _)| present(*column)).collect()
}

fn narrowed(row: Row, periods: &[(usize, Period)]) -> Row {
    let cells = periods.iter().filter_map(|(column, _)| row.cells.get(*column).copied()).collect();
    Row { cells, ..row }
}

/// So many decimals that the smallest of the larger half still has three digits that count.
fn digits(rows: &[Row]) -> u32 {
    let amounts = rows.iter().flat_map(|row| &row.cells).map(|cell| cell.amount);
    let mut sizes: Vec<Decimal> = amounts.filter_map(Amount::ok).map(|number| number.abs()).collect();
    sizes.sort();
    sizes.get(sizes.len() / 2).map_or(1, |middle| usual_digits(*middle))
}

/// The sources of several tables, each once, in every language that one of them has.
fn sources<'s>(all: impl Iterator<Item = &'s Localized>) -> Localized {
    let mut labels: Vec<&Localized> = Vec::new();
    for source in all {
        if !labels.contains(&source) {
            labels.push(source);
        }
    }
    let [one] = labels[..] else {
        let mut languages = Vec::new();
        for (language, _) in labels.iter().flat_map(|label| &label.by_language) {
            if !languages.contains(language) {
                languages.push(language.clone());
            }
        }
        let joined = |texts: Vec<&str>, between: &str| {
            let mut once: Vec<&str> = Vec::new();
            texts.into_iter().for_each(|text| {
                if !once.contains(&text) {
                    once.push(text)
                }
            });
            once.join(between)
        };
        let text = |language: &crate::locale::Language| {
            let between = if language.is_japanese() { "、" } else { "; " };
            joined(labels.iter().map(|label| label.text(language, language)).collect(), between)
        };
        let any = languages
            .is_empty()
            .then(|| joined(labels.iter().filter_map(|label| label.any.as_deref()).collect(), "; "));
        let by_language = languages.iter().map(|language| (language.clone(), text(language))).collect();
        return Localized { any, by_language };
    };
    one.clone()
}

#[cfg(test)]
mod tests;
