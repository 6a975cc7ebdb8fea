//! A count that is kept back must not be what the other counts leave of their sum.
//!
//! Sums are those of the tree of areas, those that checks declare, formulas that add and subtract, and the totals of
//! flow tables. Where all members of a sum are known but one, that one is given away.

use std::collections::{BTreeMap, BTreeSet};

use crate::derive::formula::{Expression, Operator, parse};
use crate::diagnostic::{Diagnostic, Span, freshness};
use crate::locale::Period;
use crate::model::Site;
use crate::model::area::AreaKind;
use crate::model::check::Check;
use crate::model::data::Data;
use crate::model::flow::Flow;
use crate::model::indicator::{Amount, Indicator, Missing, Over};
use crate::parse::Formula;

/// Counts that can be worked out, and rules that are missing.
pub(super) fn given_away(site: &Site) -> Vec<Diagnostic> {
    let data = &site.data;
    let mut findings = Vec::new();
    let tables = data.indicators().filter(|indicator| indicator.small_numbers);
    let asked = tables.map(|table| (&table.span, &table.id));
    let flows = data.flows().filter(|flow| flow.small_numbers).map(|flow| (&flow.span, &flow.id));
    for (span, id) in asked.chain(flows).filter(|_| site.settings.small_numbers.is_none()) {
        findings.push(freshness::no_threshold(span.clone(), id));
    }
    let mut told = BTreeSet::new();
    for sum in sums(data) {
        let Some(member) = sum.given_away() else { continue };
        if told.insert((member.table.clone(), member.name.clone(), sum.period)) {
            let period = sum.period.to_string();
            findings.push(freshness::given_away(member.span.clone(), &member.table, &member.name, &sum.name, &period));
        }
    }
    findings
}

/// Counts of which any one is what the others leave.
struct Sum {
    /// What it is the sum of.
    name: String,
    period: Period,
    members: Vec<Member>,
}

/// One count of a sum.
struct Member {
    /// The indicator or flow table.
    table: String,
    /// The area or areas.
    name: String,
    amount: Amount,
    span: Span,
}

impl Sum {
    /// The one member that is kept back, where all others are known.
    fn given_away(&self) -> Option<&Member> {
        let mut hidden = self.members.iter().filter(|member| member.amount == Err(Missing::Suppressed));
        let (first, second) = (hidden.next(), hidden.next());
        let known = |amount: &Amount| !matches!(amount, Err(Missing::NotAvailable));
        first.filter(|_| second.is_none() && self.members.iter().all(|member| known(&member.amount)))
    }
}

fn sums(data: &Data) -> Vec<Sum> {
    let kept_back = |indicator: &&Indicator| indicator.small_numbers && indicator.over == Over::Areas;
    let mut sums: Vec<Sum> = data.indicators().filter(kept_back).flat_map(|table| of_tree(data, table)).collect();
    sums.extend(data.checks().iter().flat_map(|check| of_check(data, check)));
    for derivation in data.derivations() {
        if let Some(table) = data.indicator(&derivation.id) {
            sums.extend(of_formula(data, table, &derivation.formula));
        }
    }
    sums.extend(data.flows().filter(|flow| flow.small_numbers).flat_map(|flow| of_flow(data, flow)));
    sums
}

/// The value of one area, as a member of a sum.
fn member(table: &Indicator, entity: &str, period: Period) -> Option<Member> {
    let amount = table.cell(entity, period)?.amount;
    let span = table.row(entity).map_or(&table.span, |row| &row.span).clone();
    Some(Member { table: table.id.clone(), name: entity.to_owned(), amount, span })
}

/// An area and the areas that it consists of: all children of one kind, where the table has each of them.
fn of_tree(data: &Data, table: &Indicator) -> Vec<Sum> {
    let mut groups: BTreeMap<(&str, AreaKind), Vec<&str>> = BTreeMap::new();
    for area in data.areas() {
        if let Some(parent) = &area.parent {
            groups.entry((parent, area.kind)).or_default().push(&area.id);
        }
    }
    groups.into_iter().flat_map(|((whole, _), parts)| of_areas(table, whole, &parts)).collect()
}

/// A whole and its parts in one table, for each period.
fn of_areas(table: &Indicator, whole: &str, parts: &[&str]) -> Vec<Sum> {
    let all = || parts.iter().copied().chain([whole]);
    let sum = |period: &Period| {
        let members: Option<Vec<Member>> = all().map(|entity| member(table, entity, *period)).collect();
        Some(Sum { name: whole.to_owned(), period: *period, members: members? })
    };
    table.periods.iter().filter_map(sum).collect()
}

/// What a check declares to add up.
fn of_check(data: &Data, check: &Check) -> Vec<Sum> {
    let written = &check.written;
    if let (Some(id), Some(formula)) = (&written.equals, &written.formula) {
        let Some(table) = data.indicator(id) else { return Vec::new() };
        return of_formula(data, table, &check.places.formula("formula", formula));
    }
    let table = written.sum.as_deref().and_then(|id| data.indicator(id)).filter(|table| table.small_numbers);
    let whole = written.whole.as_deref().or(written.children_of.as_deref());
    let whole = whole.and_then(|name| data.area(name));
    let (Some(table), Some(whole)) = (table, whole) else { return Vec::new() };
    let parts: Vec<&str> =
        written.parts.iter().filter_map(|name| data.area(name)).map(|area| area.id.as_str()).collect();
    // Those of `children-of:` are in the tree.
    if parts.len() < written.parts.len() || parts.is_empty() { Vec::new() } else { of_areas(table, &whole.id, &parts) }
}

/// A table that is others added up, area by area: `men + women`, `all - men`.
fn of_formula(data: &Data, table: &Indicator, formula: &Formula) -> Vec<Sum> {
    let Some(parsed) = parse(formula).value else { return Vec::new() };
    let mut names = Vec::new();
    if !adds_up(&parsed.expression, &mut names) {
        return Vec::new();
    }
    let tables: Option<Vec<&Indicator>> = names.iter().map(|name| data.indicator(name)).collect();
    let Some(tables) = tables.filter(|tables| tables.len() > 1) else { return Vec::new() };
    // What is derived from what is kept back is kept back itself, so it need be no member to give anything away.
    if tables.iter().chain([&table]).all(|table| !table.small_numbers) {
        return Vec::new();
    }
    let mut sums = Vec::new();
    for row in &table.rows {
        for period in &table.periods {
            let all = tables.iter().chain([&table]);
            let members: Option<Vec<Member>> = all.map(|table| member(table, &row.entity, *period)).collect();
            sums.extend(members.map(|members| Sum { name: table.id.clone(), period: *period, members }));
        }
    }
    sums
}

/// Whether an expression only adds and subtracts values of the same area and period, and of which indicators.
fn adds_up<'e>(expression: &'e Expression, names: &mut Vec<&'e str>) -> bool {
    match expression {
        Expression::Value { indicator, entity: None, period: None, .. } => {
            names.push(&indicator.text);
            true
        }
        Expression::Negated { operand, .. } => adds_up(operand, names),
        Expression::Binary { operator: Operator::Add | Operator::Subtract, left, right, .. } => {
            adds_up(left, names) && adds_up(right, names)
        }
        Expression::Number { .. } | Expression::Value { .. } | Expression::Call { .. } | Expression::Binary { .. } => {
            false
        }
    }
}

/// The rows and columns of a flow table, with the totals that are printed beside them.
fn of_flow(data: &Data, flow: &Flow) -> Vec<Sum> {
    let total = |id: &Option<String>, line: &str| {
        let table = data.indicator(id.as_deref()?)?;
        member(table, line, flow.as_of)
    };
    let cell = |from: &str, to: &str| Member {
        table: flow.id.clone(),
        name: format!("{from} → {to}"),
        amount: flow.cell(from, to).map_or(Err(Missing::NotAvailable), |cell| cell.amount),
        span: flow.place(from, to),
    };
    let sum = |total: Member, cells: Vec<Member>| Sum {
        name: format!("{} {}", total.table, total.name),
        period: flow.as_of,
        members: cells.into_iter().chain([total]).collect(),
    };
    let row = |from: &String| {
        Some(sum(total(&flow.printed.row_sums, from)?, flow.to.iter().map(|to| cell(from, to)).collect()))
    };
    let column = |to: &String| {
        Some(sum(total(&flow.printed.column_sums, to)?, flow.from.iter().map(|from| cell(from, to)).collect()))
    };
    flow.from.iter().filter_map(row).chain(flow.to.iter().filter_map(column)).collect()
}
