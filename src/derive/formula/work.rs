//! The working out of a formula for one area and one period, and the trail that it leaves.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use rust_decimal::Decimal;

use super::flow::FlowNode;
use super::{Bound, Input, Operator};
use crate::derive::rank::Ranking;
use crate::derive::{average, change, share};
use crate::diagnostic::Span;
use crate::locale::Period;
use crate::model::data::Data;
use crate::model::flow::Flow;
use crate::model::indicator::{Amount, Cell, Indicator, Missing, Over, Row};
use crate::parse::data::{AreaKind, Direction};

/// For what a formula is worked out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct At<'e> {
    /// The area or hospital.
    pub entity: &'e str,
    /// The period.
    pub period: Period,
}

/// What is noted on the way.
#[derive(Debug, Clone, Default)]
pub struct Trail {
    /// The cells that went in, where somebody asks for them.
    pub inputs: Option<BTreeSet<Input>>,
    /// Whether a table had no such row or column.
    pub absent: bool,
    /// Where a number grew beyond all figures.
    pub overflow: Option<Span>,
    /// A cell that is taken to be larger by so much.
    pub shift: Option<(Input, Decimal)>,
}

/// For which area or hospital a part of a formula is worked out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Place<'d> {
    /// That of the cell.
    Own,
    /// Always this one.
    Of(&'d str),
}

/// For which period a part of a formula is worked out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Time {
    /// That of the cell.
    Own,
    /// Always this one.
    At(Period),
    /// So many columns before that of the cell.
    Before { periods: Vec<Period>, back: usize },
}

/// What several values become.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum How {
    Sum,
    Mean,
    Median,
}

/// The rankings that were needed, by kind of area and period.
type Rankings = RefCell<BTreeMap<(Option<AreaKind>, Period), Rc<Ranking>>>;

/// A formula whose names are known.
pub(super) enum Node<'d> {
    Constant(Decimal),
    Cell {
        table: &'d Indicator,
        rows: Option<BTreeMap<&'d str, &'d Row>>,
    },
    /// Something, worked out for another place or time.
    At {
        of: Box<Node<'d>>,
        place: Place<'d>,
        time: Time,
    },
    Negated(Box<Node<'d>>),
    Binary {
        operator: Operator,
        left: Box<Node<'d>>,
        right: Box<Node<'d>>,
        span: Span,
    },
    /// The larger or smaller of two.
    Extreme {
        largest: bool,
        left: Box<Node<'d>>,
        right: Box<Node<'d>>,
    },
    /// Something of a flow table.
    Flow(FlowNode<'d>),
    Change {
        of: Box<Node<'d>>,
        from: Period,
        to: Option<Period>,
        rate: bool,
    },
    Index {
        of: Box<Node<'d>>,
        base: Period,
    },
    Moving {
        of: Box<Node<'d>>,
        count: usize,
        periods: Vec<Period>,
    },
    Share {
        of: Box<Node<'d>>,
        area: Option<&'d str>,
        data: &'d Data,
    },
    Gather {
        of: Box<Node<'d>>,
        how: How,
        areas: Vec<&'d str>,
        data: &'d Data,
    },
    Rank {
        of: Box<Node<'d>>,
        direction: Direction,
        level: Option<AreaKind>,
        third: bool,
        over: Over,
        data: &'d Data,
        cache: Rankings,
    },
}

/// The periods that a formula asks for.
#[derive(Debug, Default)]
pub struct Periods {
    /// Those of tables that are asked for the period of the cell.
    pub own: BTreeSet<Period>,
    /// Those that stand in the formula.
    pub fixed: BTreeSet<Period>,
}

impl<'d> Bound<'d> {
    /// The value for one area and period.
    pub fn cell(&self, at: At<'_>, trail: &mut Trail) -> Cell {
        self.node.cell(at, trail)
    }

    /// The tables that it reads, in the order in which they stand in it.
    pub fn tables(&self) -> Vec<&'d Indicator> {
        self.node.tables()
    }

    /// The flow tables that it reads.
    pub fn flows(&self) -> Vec<&'d Flow> {
        self.node.flows()
    }

    /// The periods that it asks for.
    pub fn periods(&self) -> Periods {
        let mut periods = Periods::default();
        self.node.periods(true, &mut periods);
        periods
    }
}

impl<'d> Node<'d> {
    /// What it is made from.
    fn inner(&self) -> Vec<&Node<'d>> {
        match self {
            Node::Constant(_) | Node::Cell { .. } | Node::Flow(_) => Vec::new(),
            Node::Binary { left, right, .. } | Node::Extreme { left, right, .. } => vec![left, right],
            Node::Negated(of)
            | Node::At { of, .. }
            | Node::Change { of, .. }
            | Node::Index { of, .. }
            | Node::Moving { of, .. }
            | Node::Share { of, .. }
            | Node::Gather { of, .. }
            | Node::Rank { of, .. } => vec![of],
        }
    }

    pub(super) fn tables(&self) -> Vec<&'d Indicator> {
        match self {
            Node::Cell { table, .. } => vec![table],
            other => other.inner().into_iter().flat_map(Node::tables).collect(),
        }
    }

    fn flows(&self) -> Vec<&'d Flow> {
        match self {
            Node::Flow(node) => vec![node.flow],
            other => other.inner().into_iter().flat_map(Node::flows).collect(),
        }
    }

    fn periods(&self, own: bool, periods: &mut Periods) {
        match self {
            Node::Cell { table, .. } if own => periods.own.extend(table.periods.iter().copied()),
            Node::Flow(node) if own => _ = periods.own.insert(node.flow.as_of),
            Node::At { of, time: Time::At(period), .. } | Node::Change { of, to: Some(period), .. } => {
                periods.fixed.insert(*period);
                of.periods(false, periods);
            }
            other => other.inner().into_iter().for_each(|inner| inner.periods(own, periods)),
        }
    }

    fn cell(&self, at: At<'_>, trail: &mut Trail) -> Cell {
        match self {
            Node::Constant(number) => unmarked(Ok(*number)),
            Node::Cell { table, rows } => table_cell(table, rows.as_ref(), at, trail),
            Node::At { of, place, time } => of.elsewhere(place, time, at, trail),
            Node::Negated(of) => {
                let cell = of.cell(at, trail);
                Cell { amount: cell.amount.map(|number| -number), ..cell }
            }
            Node::Binary { operator, left, right, span } => {
                let (left, right) = (left.cell(at, trail), right.cell(at, trail));
                let amount = binary(*operator, left.amount, right.amount, span, trail);
                Cell { amount, mark: left.mark.or(right.mark) }
            }
            Node::Extreme { largest, left, right } => {
                let (left, right) = (left.cell(at, trail), right.cell(at, trail));
                let pick = |left: Decimal, right: Decimal| if *largest { left.max(right) } else { left.min(right) };
                let amount = left.amount.and_then(|left| right.amount.map(|right| pick(left, right)));
                Cell { amount, mark: left.mark.or(right.mark) }
            }
            Node::Flow(node) => node.cell(at, trail),
            Node::Change { of, from, to, rate } => {
                let first = of.cell(At { period: *from, ..at }, trail);
                let last = of.cell(At { period: to.unwrap_or(at.period), ..at }, trail);
                let work = if *rate { change::rate } else { change::change };
                Cell { amount: work(first.amount, last.amount), mark: first.mark.or(last.mark) }
            }
            Node::Index { of, base } => {
                let (cell, base) = (of.cell(at, trail), of.cell(At { period: *base, ..at }, trail));
                let share = share::share(cell.amount, base.amount);
                let amount =
                    share.and_then(|share| share.checked_mul(Decimal::ONE_HUNDRED).ok_or(Missing::NotApplicable));
                Cell { amount, mark: cell.mark.or(base.mark) }
            }
            Node::Moving { of, count, periods } => of.moving(*count, periods, at, trail),
            Node::Share { of, area, data } => {
                let cell = of.cell(at, trail);
                let parent = || data.area(at.entity).and_then(|area| area.parent.as_deref());
                let Some(whole) = area.or_else(parent) else {
                    trail.absent = true;
                    return unmarked(Err(Missing::NotApplicable));
                };
                let whole = of.cell(At { entity: whole, ..at }, trail);
                Cell { amount: share::share(cell.amount, whole.amount), mark: cell.mark.or(whole.mark) }
            }
            Node::Gather { of, how, areas, data } => of.gather(*how, areas, data, at, trail),
            Node::Rank { .. } => self.ranked(at, trail),
        }
    }

    fn elsewhere(&self, place: &Place<'d>, time: &Time, at: At<'_>, trail: &mut Trail) -> Cell {
        let entity = match place {
            Place::Own => at.entity,
            Place::Of(id) => id,
        };
        let period = match time {
            Time::Own => Some(at.period),
            Time::At(period) => Some(*period),
            Time::Before { periods, back } => {
                let own = periods.iter().position(|period| *period == at.period);
                trail.absent |= own.is_none();
                own.and_then(|own| own.checked_sub(*back)).and_then(|place| periods.get(place)).copied()
            }
        };
        match period {
            Some(period) => self.cell(At { entity, period }, trail),
            None => self.too_early(at, trail),
        }
    }

    /// No value, for there is no period so far before this one. Whether there is such a row is noted all the same.
    fn too_early(&self, at: At<'_>, trail: &mut Trail) -> Cell {
        self.cell(at, trail);
        unmarked(Err(Missing::NotApplicable))
    }

    /// The mean of a period and of those just before it.
    fn moving(&self, count: usize, periods: &[Period], at: At<'_>, trail: &mut Trail) -> Cell {
        let own = periods.iter().position(|period| *period == at.period);
        trail.absent |= own.is_none();
        let first = own.and_then(|own| (own + 1).checked_sub(count));
        let Some((own, first)) = own.zip(first) else { return self.too_early(at, trail) };
        let window = periods.get(first..=own).unwrap_or_default();
        let cells: Vec<Cell> = window.iter().map(|period| self.cell(At { period: *period, ..at }, trail)).collect();
        of_several(average::mean, &cells)
    }

    /// The given areas, or the parts of the area.
    fn gather(&self, how: How, areas: &[&str], data: &Data, at: At<'_>, trail: &mut Trail) -> Cell {
        let cells: Vec<Cell> = if areas.is_empty() {
            self.parts(data, at, trail)
        } else {
            areas.iter().map(|entity| self.cell(At { entity, ..at }, trail)).collect()
        };
        if cells.is_empty() {
            trail.absent = true;
            return unmarked(Err(Missing::NotApplicable));
        }
        match how {
            How::Sum => of_several(average::sum, &cells),
            How::Mean => of_several(average::mean, &cells),
            How::Median => of_several(average::median, &cells),
        }
    }

    /// The values of the areas below an area: those of the kind of the first that has one. Groups overlap, and are none.
    fn parts(&self, data: &Data, at: At<'_>, trail: &mut Trail) -> Vec<Cell> {
        let mut kind = None;
        let mut cells = Vec::new();
        for child in data.children(at.entity).filter(|child| child.kind != AreaKind::Group) {
            if kind.is_some_and(|kind| kind != child.kind) {
                continue;
            }
            let outer = std::mem::take(&mut trail.absent);
            let cell = self.cell(At { entity: &child.id, ..at }, trail);
            let absent = std::mem::replace(&mut trail.absent, outer);
            if kind.is_none() && absent {
                continue;
            }
            kind = Some(child.kind);
            cells.push(if absent { unmarked(Err(Missing::NotAvailable)) } else { cell });
        }
        cells
    }

    fn ranked(&self, at: At<'_>, trail: &mut Trail) -> Cell {
        let Node::Rank { of, direction, level, third, over, data, cache } = self else {
            return unmarked(Err(Missing::NotApplicable));
        };
        let kind = data.area(at.entity).filter(|_| *over == Over::Areas).map(|area| area.kind);
        if level.is_some() && *level != kind {
            trail.absent = true;
            return unmarked(Err(Missing::NotApplicable));
        }
        let cell = of.cell(at, trail);
        let known = cache.borrow().get(&(kind, at.period)).cloned();
        let ranking = known.unwrap_or_else(|| {
            let entities: Vec<&str> = match over {
                Over::Areas => {
                    data.areas().filter(|area| Some(area.kind) == kind).map(|area| area.id.as_str()).collect()
                }
                Over::Hospitals => data.hospitals().map(|hospital| hospital.id.as_str()).collect(),
            };
            let values = entities.iter().map(|entity| of.cell(At { entity, ..at }, &mut Trail::default()).amount);
            let ranking = Rc::new(Ranking::new(values, *direction));
            cache.borrow_mut().insert((kind, at.period), ranking.clone());
            ranking
        });
        let amount = if *third { ranking.third(cell.amount) } else { ranking.rank(cell.amount) };
        Cell { amount, mark: cell.mark }
    }
}

fn unmarked(amount: Amount) -> Cell {
    Cell { amount, mark: None }
}

fn of_several(work: fn(&[Amount]) -> Amount, cells: &[Cell]) -> Cell {
    let amounts: Vec<Amount> = cells.iter().map(|cell| cell.amount).collect();
    Cell { amount: work(&amounts), mark: cells.iter().find_map(|cell| cell.mark) }
}

fn table_cell(table: &Indicator, rows: Option<&BTreeMap<&str, &Row>>, at: At<'_>, trail: &mut Trail) -> Cell {
    let row = match rows {
        Some(rows) => rows.get(at.entity).copied(),
        None => table.row(at.entity),
    };
    let column = table.periods.iter().position(|period| *period == at.period);
    let cell = row.zip(column).and_then(|(row, column)| row.cells.get(column)).copied();
    let Some(cell) = cell else {
        trail.absent = true;
        return unmarked(Err(Missing::NotApplicable));
    };
    let input = || Input { indicator: table.id.clone(), entity: at.entity.to_owned(), to: None, period: at.period };
    noted(cell, input, trail)
}

/// A cell that goes in: it is put on the trail, and shifted where it is the one to be.
pub(super) fn noted(cell: Cell, input: impl FnOnce() -> Input, trail: &mut Trail) -> Cell {
    if trail.inputs.is_none() && trail.shift.is_none() {
        return cell;
    }
    let (input, mut cell) = (input(), cell);
    if let Some((_, by)) = trail.shift.as_ref().filter(|(shifted, _)| *shifted == input) {
        cell.amount = cell.amount.and_then(|number| number.checked_add(*by).ok_or(Missing::NotApplicable));
    }
    if let Some(inputs) = &mut trail.inputs {
        inputs.insert(input);
    }
    cell
}

fn binary(operator: Operator, left: Amount, right: Amount, span: &Span, trail: &mut Trail) -> Amount {
    let (left, right) = (left?, right?);
    let result = match operator {
        Operator::Add => left.checked_add(right),
        Operator::Subtract => left.checked_sub(right),
        Operator::Multiply => left.checked_mul(right),
        Operator::Divide if right.is_zero() => return Err(Missing::NotApplicable),
        Operator::Divide => left.checked_div(right),
    };
    result.ok_or_else(|| {
        trail.overflow.get_or_insert_with(|| span.clone());
        Missing::NotApplicable
    })
}
