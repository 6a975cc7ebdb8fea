//! Names to tables: the words of a formula looked up in the data, and its units settled before any number is looked at.

use std::cell::RefCell;
use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::flow::{FlowNode, lines};
use super::work::{How, Node, Place, Time};
use super::{Expression, Function, Kind, Operator, Word};
use crate::diagnostic::{Checked, Diagnostic, Span, data as findings, say};
use crate::locale::{Localized, Period};
use crate::model::data::{Data, MOST_DECIMALS};
use crate::model::flow::Flow;
use crate::model::indicator::{Indicator, Over};
use crate::parse::data::{AreaKind, Direction};

/// What sort of number a formula gives, whatever the number.
#[derive(Debug, Clone, PartialEq)]
pub struct Nature {
    /// What it is counted in, where that is one thing.
    pub unit: Option<Localized>,
    /// How many decimals it is known to. A quotient has no precision of its own.
    pub precision: Option<u32>,
    /// What sort of value it is.
    pub kind: Kind,
}

/// A formula whose names are known.
pub struct Bound<'d> {
    /// What is worked out.
    pub(super) node: Node<'d>,
    /// What comes of it.
    pub nature: Nature,
}

/// Looks up the names of an expression. Within an indicator (`over` says of what), names may stand without brackets.
pub fn bind<'d>(expression: &Expression, data: &'d Data, over: Option<Over>) -> Checked<Option<Bound<'d>>> {
    let mut binder = Binder { data, over, found: Vec::new(), in_function: false };
    let bound = binder.expression(expression);
    Checked::new(bound.filter(|_| binder.found.is_empty()), binder.found)
}

struct Binder<'d> {
    data: &'d Data,
    /// What the cell that is worked out is of; nothing in prose.
    over: Option<Over>,
    found: Vec<Diagnostic>,
    /// Within a function, which says itself of which area and period its formula is worked out.
    in_function: bool,
}

impl<'d> Binder<'d> {
    fn fail<T>(&mut self, finding: Diagnostic) -> Option<T> {
        self.found.push(finding);
        None
    }

    fn expression(&mut self, expression: &Expression) -> Option<Bound<'d>> {
        match expression {
            Expression::Number { value, .. } => {
                let nature = Nature { unit: None, precision: Some(value.scale()), kind: Kind::Constant };
                Some(Bound { node: Node::Constant(*value), nature })
            }
            Expression::Value { indicator, entity, period, span } => {
                self.value(indicator, entity.as_ref(), period.as_ref(), span)
            }
            Expression::Negated { operand, .. } => {
                let Bound { node, nature } = self.expression(operand)?;
                Some(Bound { node: Node::Negated(Box::new(node)), nature })
            }
            Expression::Binary { operator, left, right, span } => {
                let (bound_left, bound_right) = (self.expression(left), self.expression(right));
                let sides = (left.span(), right.span());
                self.binary(*operator, bound_left?, bound_right?, span, sides)
            }
            Expression::Call { function, of, words, span, .. } if function.is_of_flow() => {
                self.of_flow(*function, of, words, span)
            }
            Expression::Call { function, of, other, words, span } => match other {
                Some(other) => self.of_two(*function, of, other, words, span),
                None => self.of_series(*function, of, words, span),
            },
        }
    }

    fn binary(
        &mut self,
        operator: Operator,
        left: Bound<'d>,
        right: Bound<'d>,
        span: &Span,
        sides: (&Span, &Span),
    ) -> Option<Bound<'d>> {
        let nature = match operator {
            Operator::Add | Operator::Subtract => match sum(&left.nature, &right.nature, span, sides) {
                Ok(nature) => nature,
                Err(finding) => return self.fail(finding),
            },
            Operator::Multiply => product(&left.nature, &right.nature),
            Operator::Divide => quotient(&left.nature, &right.nature),
        };
        let (left, right) = (Box::new(left.node), Box::new(right.node));
        Some(Bound { node: Node::Binary { operator, left, right, span: span.clone() }, nature })
    }

    fn table(&mut self, indicator: &Word) -> Option<&'d Indicator> {
        let Some(table) = self.data.indicator(&indicator.text) else {
            // What is wrong with the formula of a derived indicator is said there, once.
            if self.data.is_written(&indicator.text) {
                return None;
            }
            if let Some(flow) = self.data.flow(&indicator.text) {
                return self.fail(findings::flow_as_indicator(indicator.span.clone(), &flow.id));
            }
            let known = self.data.indicators().map(|indicator| indicator.id.as_str());
            return self.fail(findings::unknown_indicator(indicator.span.clone(), &indicator.text, known));
        };
        if self.over.is_some_and(|over| over != table.over) {
            return self.fail(findings::areas_and_hospitals(indicator.span.clone(), &table.id));
        }
        Some(table)
    }

    fn value(
        &mut self,
        indicator: &Word,
        entity: Option<&Word>,
        period: Option<&Word>,
        span: &Span,
    ) -> Option<Bound<'d>> {
        let table = self.table(indicator)?;
        if entity.is_none() && self.over.is_none() && !self.in_function {
            return self.fail(findings::bare_indicator(indicator.span.clone(), &indicator.text));
        }
        let place = entity.map(|word| self.entity(table, word));
        let time = self.time(table, period);
        let place = match place {
            None => Place::Own,
            Some(id) => Place::Of(id?),
        };
        if let (Place::Of(id), Some(word)) = (&place, entity)
            && table.row(id).is_none()
        {
            let known = table.rows.iter().map(|row| row.entity.as_str());
            return self.fail(findings::no_row(word.span.clone(), &table.id, &word.text, known));
        }
        let leaf = self.leaf(table);
        let _ = span;
        Some(Bound { node: at(leaf.node, place, time?), nature: leaf.nature })
    }

    fn leaf(&self, table: &'d Indicator) -> Bound<'d> {
        let is_blank = |unit: &Localized| unit.texts().all(|text| text.trim().is_empty());
        let unit = Some(table.unit.clone()).filter(|unit| !is_blank(unit));
        let nature = Nature { unit, precision: Some(table.precision), kind: Kind::Quantity };
        // Many rows are asked for within an indicator, one in prose.
        let rows = self.over.map(|_| table.rows.iter().map(|row| (row.entity.as_str(), row)).collect());
        Bound { node: Node::Cell { table, rows }, nature }
    }

    fn entity(&mut self, table: &Indicator, word: &Word) -> Option<&'d str> {
        match self.data.entity(table.over, &word.text, || word.span.clone()) {
            Ok(id) => Some(id),
            Err(finding) => self.fail(swapped(finding, word)),
        }
    }

    fn time(&mut self, table: &'d Indicator, period: Option<&Word>) -> Option<Time> {
        let own = self.over.is_some() || self.in_function;
        let Some(word) = period else {
            return if own { Some(Time::Own) } else { table.latest().map(Time::At) };
        };
        if own && word.text == "." {
            return Some(Time::Own);
        }
        let back = word.text.replace('−', "-").parse::<isize>().ok().filter(|number| own && (-99..0).contains(number));
        if let Some(back) = back {
            let mut periods = table.periods.clone();
            periods.sort();
            return Some(Time::Before { periods, back: back.unsigned_abs() });
        }
        self.period(word, &[table]).map(Time::At)
    }

    /// A period that all of these tables have.
    fn period(&mut self, word: &Word, tables: &[&Indicator]) -> Option<Period> {
        let Some(period) = Period::parse(&word.text) else {
            return self.fail(findings::not_a_period(word.span.clone(), &word.text));
        };
        match tables.iter().find(|table| !table.periods.contains(&period)) {
            None => Some(period),
            Some(table) => {
                let known: Vec<String> = table.periods.iter().map(Period::to_string).collect();
                let span = word.span.clone();
                let there = table.periods.iter().find(|known| is_other_kind_of_year(period, **known));
                self.fail(match there.map(Period::to_string) {
                    Some(there) => findings::other_kind_of_year(span, &table.id, &word.text, &known, &there),
                    None => findings::unknown_period(span, &table.id, &word.text, &known),
                })
            }
        }
    }

    /// Something of a flow table: `inflow(patients, tsugaru)`.
    fn of_flow(&mut self, function: Function, of: &Expression, words: &[Word], span: &Span) -> Option<Bound<'d>> {
        let Expression::Value { indicator: name, entity: None, period: None, .. } = of else {
            return self.fail(findings::function_arguments(span.clone(), function.name(), function.usage()));
        };
        let Some(flow) = self.data.flow(&name.text) else {
            let known = self.data.flows().map(|flow| flow.id.as_str());
            return self.fail(findings::unknown_flow(name.span.clone(), &name.text, function.name(), known));
        };
        if self.over == Some(Over::Hospitals) {
            return self.fail(findings::areas_and_hospitals(name.span.clone(), &flow.id));
        }
        let prose = self.over.is_none() && !self.in_function;
        let own = |word: &&Word| word.text != ".";
        if prose && words.iter().filter(own).count() < words.len().max(1) {
            return self.fail(findings::flow_without_area(name.span.clone(), function.name(), &flow.id));
        }
        let areas: Vec<Option<Option<&'d str>>> = words.iter().map(|word| self.line(flow, word)).collect();
        let areas: Vec<Option<&'d str>> = areas.into_iter().collect::<Option<_>>()?;
        let place = areas.first().copied().flatten().map_or(Place::Own, Place::Of);
        // A flow table is of one time, which prose need not name.
        let time = if prose { Time::At(flow.as_of) } else { Time::Own };
        let is_ratio = function == Function::Coefficient;
        let unit = Some(flow.unit.clone()).filter(|_| !is_ratio);
        let (precision, kind) = if is_ratio { (3, Kind::Ratio) } else { (flow.precision, Kind::Quantity) };
        let node = Node::Flow(FlowNode { flow, function, to: areas.get(1).copied(), data: self.data });
        Some(Bound { node: at(node, place, time), nature: Nature { unit, precision: Some(precision), kind } })
    }

    /// The area of a word of a flow function; nothing for that of the cell that is worked out.
    fn line(&mut self, flow: &Flow, word: &Word) -> Option<Option<&'d str>> {
        if word.text == "." {
            return Some(None);
        }
        let id = self.named(word, Over::Areas)?;
        if lines(flow, self.data, id).is_empty() {
            let known = flow.from.iter().chain(&flow.to).map(String::as_str);
            return self.fail(findings::not_in_flow(word.span.clone(), &flow.id, &word.text, known));
        }
        Some(Some(id))
    }

    /// `gap` and `per`: arithmetic with a name. `max` and `min`: one of two in the same unit.
    fn of_two(
        &mut self,
        function: Function,
        of: &Expression,
        other: &Expression,
        words: &[Word],
        span: &Span,
    ) -> Option<Bound<'d>> {
        let (first, second) = (self.expression(of), self.expression(other));
        let (first, second) = (first?, second?);
        if function == Function::Gap {
            return self.binary(Operator::Subtract, second, first, span, (other.span(), of.span()));
        }
        if matches!(function, Function::Max | Function::Min) {
            let nature = match sum(&first.nature, &second.nature, span, (of.span(), other.span())) {
                Ok(nature) => nature,
                Err(finding) => return self.fail(finding),
            };
            let (left, right) = (Box::new(first.node), Box::new(second.node));
            return Some(Bound { node: Node::Extreme { largest: function == Function::Max, left, right }, nature });
        }
        let times = words.first().and_then(|word| Decimal::from_str_exact(&word.text).ok());
        let Some(times) = times else {
            return self.fail(findings::function_arguments(span.clone(), function.name(), function.usage()));
        };
        let quotient = self.binary(Operator::Divide, first, second, span, (of.span(), other.span()))?;
        let nature = Nature { unit: None, precision: None, kind: Kind::Ratio };
        let (left, right) = (Box::new(quotient.node), Box::new(Node::Constant(times)));
        Some(Bound { node: Node::Binary { operator: Operator::Multiply, left, right, span: span.clone() }, nature })
    }

    /// A function that looks at other periods or areas of one thing.
    fn of_series(&mut self, function: Function, of: &Expression, words: &[Word], span: &Span) -> Option<Bound<'d>> {
        let (bare, place, time) = match of {
            Expression::Value { indicator, entity, period, .. } => {
                let table = self.table(indicator)?;
                if entity.is_none() && self.over.is_none() && !self.in_function {
                    return self.fail(findings::bare_indicator(indicator.span.clone(), &indicator.text));
                }
                let place = match entity {
                    Some(word) => Place::Of(self.entity(table, word)?),
                    None => Place::Own,
                };
                (self.leaf(table), place, self.time(table, period.as_ref())?)
            }
            _ if self.over.is_none() && !self.in_function => {
                return self.fail(findings::several_places(of.span().clone()));
            }
            _ => {
                let outer = std::mem::replace(&mut self.in_function, true);
                let bound = self.expression(of);
                self.in_function = outer;
                (bound?, Place::Own, Time::Own)
            }
        };
        let Bound { node, nature } = self.function(function, bare, words, span)?;
        Some(Bound { node: at(node, place, time), nature })
    }

    fn function(&mut self, function: Function, of: Bound<'d>, words: &[Word], span: &Span) -> Option<Bound<'d>> {
        let tables = of.node.tables();
        let Bound { node, nature } = of;
        let ratio = |kind: Kind, precision: Option<u32>| Nature { unit: None, precision, kind };
        let of = Box::new(node);
        let over = tables.first().map_or(Over::Areas, |table| table.over);
        Some(match function {
            Function::Change | Function::Rate => {
                let periods: Vec<Option<Period>> = words.iter().map(|word| self.period(word, &tables)).collect();
                let periods: Vec<Period> = periods.into_iter().collect::<Option<_>>()?;
                let (from, to) = (*periods.first()?, periods.get(1).copied());
                let rate = function == Function::Rate;
                let nature = if rate { ratio(Kind::Share, None) } else { nature };
                Bound { node: Node::Change { of, from, to, rate }, nature }
            }
            Function::Index => {
                let base = self.period(words.first()?, &tables)?;
                Bound { node: Node::Index { of, base }, nature: ratio(Kind::Ratio, Some(1)) }
            }
            Function::Moving => {
                let count = words.first().and_then(|word| word.text.parse().ok());
                let Some(count) = count.filter(|count| (2..100).contains(count)) else {
                    return self.fail(findings::function_arguments(span.clone(), "moving", function.usage()));
                };
                let mut periods: Vec<Period> = tables.iter().flat_map(|table| table.periods.clone()).collect();
                periods.sort();
                periods.dedup();
                Bound { node: Node::Moving { of, count, periods }, nature: Nature { precision: None, ..nature } }
            }
            Function::Share => {
                let area = words.first().map(|word| self.whole(word, over, span));
                let area = match area {
                    Some(area) => Some(area?),
                    None => None,
                };
                Bound { node: Node::Share { of, area, data: self.data }, nature: ratio(Kind::Share, None) }
            }
            Function::Sum | Function::Mean | Function::Median => {
                let how = match function {
                    Function::Sum => How::Sum,
                    Function::Mean => How::Mean,
                    _ => How::Median,
                };
                let areas: Vec<Option<&'d str>> = words.iter().map(|word| self.named(word, over)).collect();
                let areas = areas.into_iter().collect::<Option<Vec<_>>>()?;
                let precision = nature.precision.filter(|_| how == How::Sum);
                Bound { node: Node::Gather { of, how, areas, data: self.data }, nature: Nature { precision, ..nature } }
            }
            Function::Rank | Function::Third => {
                let (direction, level) = self.ranking(function, words, span)?;
                let third = function == Function::Third;
                let cache = RefCell::new(BTreeMap::new());
                let node = Node::Rank { of, direction, level, third, over, data: self.data, cache };
                Bound { node, nature: ratio(Kind::Quantity, Some(0)) }
            }
            Function::Gap | Function::Per | Function::Max | Function::Min => return None,
            Function::Cell
            | Function::RowSum
            | Function::ColumnSum
            | Function::Inflow
            | Function::Outflow
            | Function::Net
            | Function::Coefficient => return None,
        })
    }

    fn named(&mut self, word: &Word, over: Over) -> Option<&'d str> {
        match self.data.entity(over, &word.text, || word.span.clone()) {
            Ok(id) => Some(id),
            Err(finding) => self.fail(finding),
        }
    }

    /// `of: kumamoto`
    fn whole(&mut self, word: &Word, over: Over, span: &Span) -> Option<&'d str> {
        let name = word.text.strip_prefix("of").map(str::trim_start).and_then(|rest| rest.strip_prefix([':', '：']));
        let Some(name) = name else {
            let usage = Function::Share.usage();
            return self.fail(findings::function_arguments(span.clone(), "share", usage));
        };
        let text = name.trim().to_owned();
        let end = word.span.end;
        self.named(&Word { span: Span::new(&word.span.path, end - text.len(), end), text }, over)
    }

    fn ranking(&mut self, function: Function, words: &[Word], span: &Span) -> Option<(Direction, Option<AreaKind>)> {
        let direction = match words.first().map(|word| word.text.as_str()) {
            Some("high") => Some(Direction::High),
            Some("low") => Some(Direction::Low),
            _ => None,
        };
        let level = words.get(1).map(|word| serde_yaml::from_str::<AreaKind>(&word.text));
        match (direction, level) {
            (Some(direction), None) => Some((direction, None)),
            (Some(direction), Some(Ok(level))) => Some((direction, Some(level))),
            _ => self.fail(findings::function_arguments(span.clone(), function.name(), function.usage())),
        }
    }
}

/// `of`, worked out somewhere else.
fn at<'d>(of: Node<'d>, place: Place<'d>, time: Time) -> Node<'d> {
    if place == Place::Own && time == Time::Own {
        return of;
    }
    Node::At { of: Box::new(of), place, time }
}

/// `physicians[2018, kumamoto]`: the order is the likely mistake.
fn swapped(finding: Diagnostic, entity: &Word) -> Diagnostic {
    if Period::parse(&entity.text).is_none() {
        return finding;
    }
    finding.help(say("順序は [地域, 時点] です", "the order is [area, period]"))
}

/// Whether one is a year and the other the fiscal year of the same number.
fn is_other_kind_of_year(one: Period, other: Period) -> bool {
    let kinds =
        matches!((one, other), (Period::Year(_), Period::FiscalYear(_)) | (Period::FiscalYear(_), Period::Year(_)));
    kinds && one.year() == other.year()
}

/// Units fit where they say the same in any language.
pub fn units_fit(left: &Localized, right: &Localized) -> bool {
    left == right || left.texts().any(|text| right.texts().any(|other| text.trim() == other.trim()))
}

fn sum(left: &Nature, right: &Nature, span: &Span, sides: (&Span, &Span)) -> Result<Nature, Diagnostic> {
    let precision = left.precision.zip(right.precision).map(|(left, right)| left.max(right));
    let fit = match (&left.unit, &right.unit) {
        (Some(left), Some(right)) => units_fit(left, right),
        (None, None) => true,
        _ => false,
    };
    match (left.kind, right.kind) {
        (Kind::Constant, _) => Ok(Nature { precision, ..right.clone() }),
        (_, Kind::Constant) => Ok(Nature { precision, ..left.clone() }),
        _ if fit => Ok(Nature { precision, ..left.clone() }),
        _ => {
            let name = |nature: &Nature| {
                nature.unit.as_ref().and_then(|unit| unit.texts().next()).unwrap_or_default().to_owned()
            };
            let (left, right) = (name(left), name(right));
            Err(findings::units_differ(span.clone(), (sides.0.clone(), &left), (sides.1.clone(), &right)))
        }
    }
}

fn product(left: &Nature, right: &Nature) -> Nature {
    let unit = match (&left.unit, &right.unit) {
        (Some(unit), None) | (None, Some(unit)) => Some(unit.clone()),
        _ => None,
    };
    let precision = left.precision.zip(right.precision).map(|(left, right)| (left + right).min(MOST_DECIMALS));
    let kind = match (left.kind, right.kind) {
        // A share times a hundred is a number of hundredths, and no share any more.
        (Kind::Constant, Kind::Share) | (Kind::Share, Kind::Constant) => Kind::Ratio,
        (Kind::Constant, kind) | (kind, Kind::Constant) => kind,
        _ => Kind::Ratio,
    };
    Nature { unit, precision, kind }
}

fn quotient(left: &Nature, right: &Nature) -> Nature {
    // Whatever the units, nothing but a plain number below the line leaves the one above it as it is.
    let unit = left.unit.clone().filter(|_| right.unit.is_none());
    let alike = left.unit.as_ref().zip(right.unit.as_ref()).is_some_and(|(left, right)| units_fit(left, right));
    let kind = match (left.kind, right.kind) {
        (Kind::Constant, Kind::Constant) => Kind::Constant,
        (Kind::Share, Kind::Constant) => Kind::Ratio,
        (kind, Kind::Constant) => kind,
        _ if alike => Kind::Share,
        _ => Kind::Ratio,
    };
    Nature { unit, precision: None, kind }
}
