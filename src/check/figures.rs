//! Figures must agree with each other: the checks that data files ask for.
//!
//! Each rule is a family of its own, and says what, why, an example and what to do:
//!
//! - `sum`: parts add up to the whole. A total and its parts are often typed from different pages. Example:
//!   `{sum: physicians, whole: kumamoto, children-of: kumamoto}`. Correct the part or the total, or accept it.
//! - `equals`: a printed figure is what a formula gives from other printed figures, within the rounding of both.
//!   `{equals: change_printed, formula: "change(physicians, 2008, 2018)"}`.
//! - `rank`: a printed rank is that of the value. `{rank: index_rank, of: index, direction: high}`.
//!   Where the rank is among more than the table has, `n: 335` says among how many; then room and order are checked.
//! - `class`: a mark that says which third an area falls into is that of its rank.
//!   `{class: area_classes, column: many, first: [○], of: index_rank, n: 335}`.
//! - `bounds`: a figure stays where it can be. `{bounds: rate, from: 0, to: 100}`.
//! - `monotone`: a figure only rises or only falls. `{monotone: population, direction: down}`.
//! - `same-as`: one figure given twice is the same twice. `{same-as: [physicians_2018, physicians_again]}`.
//! - `flow`: the totals, differences and coefficients printed beside a flow table are those of its cells.
//!   `{flow: inpatients}`; without it, every flow table that has something `printed:` is held to it all the same.
//! - `no-jump`: a figure does not double from one period to the next. `{no-jump: physicians, factor: 2}`.
//!
//! What fails and stands under `accept:` with a reason is no finding but a known [`Discrepancy`]; an acceptance of
//! something that does not fail is a warning.

use rust_decimal::Decimal;

use crate::derive::Computed;
use crate::derive::explain;
use crate::derive::formula::{self, At, Expression, Function, Input, Trail, Word, bind};
use crate::derive::rounded;
use crate::diagnostic::{Checked, Diagnostic, Message, Span, data, figures as findings, say};
use crate::locale::{Language, Localized, Period};
use crate::model::check::{Accepted, Check, Direction, Ties, WrittenCheck};
use crate::model::data::Data;
use crate::model::indicator::{Indicator, Over, Row};
use crate::parse::Formula;

mod cause;
mod flow;
mod rank;

/// A printed figure that is not what it should be.
#[derive(Debug, Clone, PartialEq)]
pub struct Discrepancy {
    /// The rule that it breaks.
    pub rule: &'static str,
    /// Which figure.
    pub figure: Input,
    /// What is printed.
    pub printed: Decimal,
    /// What it should be.
    pub expected: Decimal,
    /// What it should be, in words, where it is not one number.
    pub demand: Option<Message>,
    /// How it comes about.
    pub formula: Option<String>,
    /// Where it stands.
    pub place: Span,
    /// The figures that it was held against.
    pub others: Vec<(Span, Message)>,
    /// What probably happened.
    pub cause: Option<Message>,
    /// Why it stays.
    pub reason: Option<Localized>,
}

impl Discrepancy {
    /// By how much the printed figure is too large.
    pub fn difference(&self) -> Decimal {
        self.printed.checked_sub(self.expected).unwrap_or_default().normalize()
    }
}

/// Carries out all checks. What is accepted is not among the findings but in the list.
pub fn figures(data: &Data) -> Checked<Vec<Discrepancy>> {
    let mut findings = Vec::new();
    let mut known = Vec::new();
    for check in data.checks() {
        let mut rules = Rules { data, check, found: Vec::new(), failures: Vec::new() };
        rules.carry_out();
        let Rules { mut found, failures, .. } = rules;
        findings.append(&mut found);
        let failures = accepted(check, data, failures, &mut known, &mut findings);
        findings.extend(told(failures, data));
    }
    Checked::new(known, findings)
}

/// Takes the failures that somebody has accepted out of the list; acceptances without a failure are findings.
fn accepted(
    check: &Check,
    data: &Data,
    failures: Vec<Discrepancy>,
    known: &mut Vec<Discrepancy>,
    findings: &mut Vec<Diagnostic>,
) -> Vec<Discrepancy> {
    let mut left = failures;
    for (number, acceptance) in check.written.accept.iter().enumerate() {
        let Accepted { area, period, reason } = acceptance;
        let place = check.places.value(&format!("accept[{number}]"));
        let id = data.find_area(area).found().map(|area| area.id.clone());
        let id = id.or_else(|| data.find_hospital(area).found().map(|hospital| hospital.id.clone()));
        let Some(id) = id else {
            findings.push(data::unknown_area(
                check.places.value(&format!("accept[{number}].area")),
                area,
                data.area_names(),
            ));
            continue;
        };
        let meant = |failure: &Discrepancy| {
            failure.figure.entity == id && period.is_none_or(|period| period == failure.figure.period)
        };
        let (mine, others): (Vec<_>, Vec<_>) = left.into_iter().partition(meant);
        left = others;
        if mine.is_empty() {
            findings.push(findings::stale_acceptance(place));
        }
        known.extend(mine.into_iter().map(|failure| Discrepancy { reason: Some(reason.clone()), ..failure }));
    }
    left
}

/// One finding for each failure; one for a whole row that slipped.
fn told(failures: Vec<Discrepancy>, data: &Data) -> Vec<Diagnostic> {
    let mut findings: Vec<Diagnostic> = Vec::new();
    let mut last: Option<(String, Message)> = None;
    for failure in failures {
        let row = failure.cause.clone().map(|cause| (failure.figure.entity.clone(), cause));
        let also = say(
            format!("{} ここも（計算では {}）", failure.printed, failure.expected),
            format!("{} here too (computed: {})", failure.printed, failure.expected),
        );
        match findings.last_mut() {
            Some(finding) if row.is_some() && row == last => {
                finding.related.push(crate::diagnostic::Label { span: failure.place, message: Some(also) });
            }
            _ => findings.push(finding(&failure, data)),
        }
        last = row;
    }
    findings
}

fn finding(failure: &Discrepancy, data: &Data) -> Diagnostic {
    let whose = named(&failure.figure, data);
    findings::figure_differs(
        &findings::Failure {
            rule: failure.rule,
            whose,
            printed: failure.printed.to_string(),
            expected: failure.demand.clone().unwrap_or_else(|| {
                let number = failure.expected.to_string();
                say(number.clone(), number)
            }),
            difference: failure.demand.is_none().then(|| signed(failure.difference())),
            formula: failure.formula.clone(),
            cause: failure.cause.clone(),
        },
        failure.place.clone(),
        &failure.others,
    )
}

fn signed(number: Decimal) -> String {
    if number.is_sign_negative() { format!("−{}", number.abs()) } else { format!("+{number}") }
}

/// 熊本県 2018 / Kumamoto Prefecture, 2018
fn named(figure: &Input, data: &Data) -> Message {
    let names = |language: &str| {
        let (language, japanese) = (Language::parse(language), Language::japanese());
        let language = language.unwrap_or(japanese.clone());
        let over = data.indicator(&figure.indicator).map_or(Over::Areas, |table| table.over);
        let name = |id: &str| {
            let name = data.entity_name(over, id);
            name.map_or(id, |(name, _)| name.text(&language, &japanese)).to_owned()
        };
        let to = figure.to.as_deref().map(|to| format!(" → {}", name(to))).unwrap_or_default();
        format!("{}{to}", name(&figure.entity))
    };
    say(format!("{}（{}）", names("ja"), figure.period), format!("{}, {}", names("en"), figure.period))
}

/// One check being carried out.
struct Rules<'d> {
    data: &'d Data,
    check: &'d Check,
    found: Vec<Diagnostic>,
    failures: Vec<Discrepancy>,
}

/// What the figures of a table are held against.
struct Demand {
    rule: &'static str,
    formula: Formula,
    /// The same, where it need not be read.
    expression: Option<Expression>,
    /// Only these areas.
    only: Option<Vec<String>>,
}

/// The field that a rule needs and that isn't there. The JSON Schema of a check says the same.
fn missing(rule: &str, written: &WrittenCheck) -> Option<&'static str> {
    let needed = match rule {
        "sum" if written.children_of.is_none() && written.parts.is_empty() => ("parts", false),
        "sum" => ("whole", written.whole.is_some() || written.children_of.is_some()),
        "equals" => ("formula", written.formula.is_some()),
        "rank" => ("of", written.of.is_some()),
        "bounds" => ("from", written.from.is_some() || written.to.is_some()),
        "monotone" => ("direction", written.direction.is_some()),
        "class" if written.column.is_none() => ("column", false),
        "class" if written.of.is_none() => ("of", false),
        "class" => ("first", !written.first.is_empty() || !written.last.is_empty()),
        _ => return None,
    };
    Some(needed).filter(|(_, there)| !there).map(|(field, _)| field)
}

impl<'d> Rules<'d> {
    fn carry_out(&mut self) -> Option<()> {
        let written = &self.check.written;
        let rules = [
            ("sum", written.sum.is_some()),
            ("equals", written.equals.is_some()),
            ("rank", written.rank.is_some()),
            ("bounds", written.bounds.is_some()),
            ("monotone", written.monotone.is_some()),
            ("same-as", !written.same_as.is_empty()),
            ("no-jump", written.no_jump.is_some()),
            ("flow", written.flow.is_some()),
            ("class", written.class.is_some()),
        ];
        let given: Vec<&str> = rules.iter().filter(|(_, given)| *given).map(|(rule, _)| *rule).collect();
        let [rule] = given[..] else {
            self.found.push(findings::one_rule(self.check.span(), &given));
            return None;
        };
        if let Some(field) = missing(rule, written) {
            self.found.push(crate::diagnostic::syntax::missing_field(self.check.span(), field));
            return None;
        }
        match rule {
            "sum" => self.sum(),
            "equals" => self.equals(),
            "rank" => self.rank(),
            "bounds" => self.bounds(),
            "monotone" => self.monotone(),
            "same-as" => self.same_as(),
            "flow" => self.flow(),
            "class" => self.class(),
            _ => self.no_jump(),
        }
    }

    /// The place of a field; that of the check where it is `printed: id`.
    fn place(&self, field: &str) -> Span {
        self.check.places.value(field)
    }

    fn table(&mut self, id: &str, field: &str) -> Option<&'d Indicator> {
        let table = self.data.indicator(id);
        if table.is_none() && !self.data.is_written(id) {
            let known = self.data.indicators().map(|indicator| indicator.id.as_str());
            self.found.push(data::unknown_indicator(self.place(field), id, known));
        }
        table
    }

    fn entity(&mut self, over: Over, name: &str, field: &str) -> Option<String> {
        match self.data.entity(over, name, || self.place(field)) {
            Ok(id) => Some(id.to_owned()),
            Err(finding) => {
                self.found.push(finding);
                None
            }
        }
    }

    fn entities(&mut self, over: Over, names: &[String], field: &str) -> Option<Vec<String>> {
        let found: Vec<Option<String>> = names
            .iter()
            .enumerate()
            .map(|(number, name)| self.entity(over, name, &format!("{field}[{number}]")))
            .collect();
        found.into_iter().collect()
    }

    fn sum(&mut self) -> Option<()> {
        let written = &self.check.written;
        let table = self.table(written.sum.as_deref()?, "sum")?;
        let whole = written.whole.as_deref().or(written.children_of.as_deref())?;
        let field = if written.whole.is_some() { "whole" } else { "children-of" };
        let whole = self.entity(table.over, whole, field)?;
        let parts = match &written.children_of {
            Some(parent) => {
                let parent = self.entity(Over::Areas, parent, "children-of")?;
                // Only those that the table has: 郡 and 市町村 may stand below the same area.
                let inside = |area: &&crate::model::area::Area| {
                    area.kind != crate::model::area::AreaKind::Group
                        && area.id != whole
                        && table.row(&area.id).is_some()
                };
                let children: Vec<_> = self.data.children(&parent).filter(inside).collect();
                let kind = children.first().map(|area| area.kind);
                children.into_iter().filter(|area| Some(area.kind) == kind).map(|area| area.id.clone()).collect()
            }
            None => self.entities(table.over, &written.parts, "parts")?,
        };
        if parts.is_empty() {
            self.found.push(crate::diagnostic::syntax::missing_field(self.check.span(), "parts"));
            return None;
        }
        let text = format!("sum({}, {})", table.id, parts.join(", "));
        let formula = Formula { text, span: self.place("sum") };
        // A country has more parts than a formula that people write may have.
        let expression = Some(sum_of(&table.id, &parts, &formula.span));
        self.compare(table, &Demand { rule: "sum", formula, expression, only: Some(vec![whole]) })
    }

    fn equals(&mut self) -> Option<()> {
        let written = &self.check.written;
        let table = self.table(written.equals.as_deref()?, "equals")?;
        let text = written.formula.as_deref()?;
        let formula = self.check.places.formula("formula", text);
        self.compare(table, &Demand { rule: "equals", formula, expression: None, only: None })
    }

    fn rank(&mut self) -> Option<()> {
        let written = &self.check.written;
        let table = self.table(written.rank.as_deref()?, "rank")?;
        let of = self.table(written.of.as_deref()?, "of")?;
        if written.n.is_some() || written.ties != Ties::Shared {
            return self.rank_among_many(table, of);
        }
        let direction = match written.direction {
            Some(Direction::Low | Direction::Down) => "low",
            _ => "high",
        };
        let level = written.level.and_then(|level| serde_yaml::to_string(&level).ok());
        let level = level.map(|level| format!(", {}", level.trim())).unwrap_or_default();
        let text = format!("rank({}, {direction}{level})", of.id);
        let formula = Formula { text, span: self.place("of") };
        self.compare(table, &Demand { rule: "rank", formula, expression: None, only: None })
    }

    fn same_as(&mut self) -> Option<()> {
        let names = &self.check.written.same_as;
        let [first, others @ ..] = names.as_slice() else { return None };
        if others.is_empty() {
            self.found.push(findings::two_to_compare(self.place("same-as")));
            return None;
        }
        let table = self.table(first, "same-as[0]")?;
        for (number, other) in others.iter().enumerate() {
            let field = format!("same-as[{}]", number + 1);
            if let Some(other) = self.table(other, &field) {
                let formula = Formula { text: other.id.clone(), span: self.place(&field) };
                self.compare(table, &Demand { rule: "same-as", formula, expression: None, only: None });
            }
        }
        Some(())
    }

    /// The rows and columns that the check is about.
    fn scope(&mut self, table: &'d Indicator, only: Option<&[String]>) -> Option<Scope<'d>> {
        let written = &self.check.written;
        let named = match &written.areas {
            Some(names) => Some(self.entities(table.over, names, "areas")?),
            None => None,
        };
        let within = |list: &Option<&[String]>, id: &str| list.is_none_or(|list| list.iter().any(|known| known == id));
        let named = named.as_deref();
        let rows = table.rows.iter().filter(|row| within(&only, &row.entity) && within(&named, &row.entity)).collect();
        let periods = table.periods.iter().copied().enumerate();
        let wanted = |period: &Period| written.periods.as_ref().is_none_or(|periods| periods.contains(period));
        Some(Scope { rows, columns: periods.filter(|(_, period)| wanted(period)).collect() })
    }

    /// Holds a table against a formula, cell by cell.
    fn compare(&mut self, table: &'d Indicator, demand: &Demand) -> Option<()> {
        let expression = match &demand.expression {
            Some(expression) => expression.clone(),
            None => formula::parse(&demand.formula).take(&mut self.found)?.expression,
        };
        let bound = bind(&expression, self.data, Some(table.over)).take(&mut self.found)?;
        let computed = match Computed::new(bound, table.over, &table.unit) {
            Ok(computed) => computed,
            Err(unit) => {
                let declared = table.unit.texts().next().unwrap_or_default();
                let place = demand.formula.span.clone();
                self.found.push(data::unit_of_formula(place.clone(), place, declared, &unit));
                return None;
            }
        };
        let Scope { rows, columns } = self.scope(table, demand.only.as_deref())?;
        let exact = is_exact(&table.unit);
        for row in rows {
            let pair = |(column, period): &(usize, Period)| {
                let printed = row.cells.get(*column)?.amount.ok()?;
                self.pair((table, exact), printed, &computed, At { entity: &row.entity, period: *period })
            };
            let row: Vec<Option<Pair<'_>>> = columns.iter().map(pair).collect();
            let slipped = cause::slipped(&row);
            for pair in row.iter().flatten().filter(|pair| !pair.agrees()) {
                let failure = self.failure(table, &computed, demand, pair, slipped.clone());
                self.failures.push(failure);
            }
        }
        Some(())
    }

    /// A printed figure beside the computed one. `None` where that is missing.
    fn pair<'a>(
        &self,
        (table, exact): (&Indicator, bool),
        printed: Decimal,
        computed: &Computed<'_>,
        at: At<'a>,
    ) -> Option<Pair<'a>> {
        let expected = computed.cell(at, &mut Trail::default()).amount.ok()?;
        let digits = printed.scale().max(if table.formula.is_some() { table.precision } else { 0 });
        let own = if printed.scale() == 0 && exact { Decimal::ZERO } else { half_unit(digits) };
        let tolerance = self.check.written.tolerance.map_or(Decimal::ZERO, |number| number.0);
        let mut pair = Pair { at, printed, expected, digits, slack: own + tolerance };
        if !pair.agrees() {
            pair.slack += self.spread(computed, at, expected);
        }
        Some(pair)
    }

    /// By how much a computed figure may be off because its inputs are rounded: each is moved by half a unit of its last
    /// printed digit, and what that does to the result is added up.
    fn spread(&self, computed: &Computed<'_>, at: At<'_>, expected: Decimal) -> Decimal {
        let mut trail = Trail { inputs: Some(std::collections::BTreeSet::new()), ..Trail::default() };
        computed.cell(at, &mut trail);
        let mut spread = Decimal::ZERO;
        for input in trail.inputs.unwrap_or_default() {
            let Some((number, unit)) = self.printed(&input) else { continue };
            if number.scale() == 0 && is_exact(unit) {
                continue;
            }
            let half = half_unit(number.scale());
            let moved = |by: Decimal| {
                let mut trail = Trail { shift: Some((input.clone(), by)), ..Trail::default() };
                let moved = computed.cell(at, &mut trail).amount.unwrap_or(expected);
                moved.checked_sub(expected).unwrap_or_default().abs()
            };
            spread = spread.saturating_add(moved(half).max(moved(-half)));
        }
        spread
    }

    /// A printed figure that went in, with its unit. What is computed itself has no rounding of its own.
    fn printed(&self, input: &Input) -> Option<(Decimal, &'d Localized)> {
        if let Some(to) = &input.to {
            let flow = self.data.flow(&input.indicator)?;
            return Some((flow.cell(&input.entity, to)?.amount.ok()?, &flow.unit));
        }
        let table = self.data.indicator(&input.indicator).filter(|table| table.formula.is_none())?;
        Some((table.cell(&input.entity, input.period)?.amount.ok()?, &table.unit))
    }

    fn failure(
        &self,
        table: &Indicator,
        computed: &Computed<'_>,
        demand: &Demand,
        pair: &Pair<'_>,
        slipped: Option<Message>,
    ) -> Discrepancy {
        let (figure, at) = (input(table, pair.at), pair.at);
        let mut trail = Trail { inputs: Some(std::collections::BTreeSet::new()), ..Trail::default() };
        computed.cell(at, &mut trail);
        let expected = rounded(pair.expected, pair.digits);
        let elsewhere = || cause::elsewhere(self.data, table, &figure, expected);
        let cause = slipped.or_else(|| cause::of_digits(pair.printed, expected)).or_else(elsewhere);
        let place = table.place(&figure.entity, figure.period);
        let inputs = trail.inputs.unwrap_or_default();
        let others = inputs.iter().filter(|input| **input != figure).filter_map(|input| self.other(input));
        Discrepancy {
            rule: demand.rule,
            printed: pair.printed,
            expected,
            demand: None,
            formula: Some(demand.formula.text.clone()).filter(|_| demand.rule != "same-as"),
            place,
            others: others.collect(),
            cause,
            reason: None,
            figure,
        }
    }

    /// A figure that went in, with its place.
    fn other(&self, input: &Input) -> Option<(Span, Message)> {
        let explained = explain::explain(input, self.data)?;
        let number = explained.amount.map_or_else(|missing| missing.sign().to_owned(), |number| number.to_string());
        let whose = named(input, self.data);
        Some((explained.span, say(format!("{number} {}", whose.ja), format!("{number}: {}", whose.en))))
    }

    fn bounds(&mut self) -> Option<()> {
        let written = &self.check.written;
        let table = self.table(written.bounds.as_deref()?, "bounds")?;
        let (from, to) = (written.from.map(|number| number.0), written.to.map(|number| number.0));
        let demand = match (from, to) {
            (Some(from), Some(to)) => say(format!("{from} から {to}"), format!("{from} to {to}")),
            (Some(from), None) => say(format!("{from} 以上"), format!("{from} or more")),
            (_, to) => {
                let to = to.unwrap_or_default();
                say(format!("{to} 以下"), format!("{to} or less"))
            }
        };
        for (figure, printed) in self.figures(table)? {
            let nearest = printed.max(from.unwrap_or(printed)).min(to.unwrap_or(Decimal::MAX));
            if nearest != printed {
                let failure = self.broken("bounds", table, figure, (printed, nearest), demand.clone());
                self.failures.push(failure);
            }
        }
        Some(())
    }

    /// All figures of the scope, row by row, each row by period.
    fn figures(&mut self, table: &'d Indicator) -> Option<Vec<(At<'d>, Decimal)>> {
        let Scope { rows, mut columns } = self.scope(table, None)?;
        columns.sort_by_key(|(_, period)| *period);
        let figures = rows.into_iter().flat_map(|row| {
            let figure = |(column, period): &(usize, Period)| {
                let number = row.cells.get(*column)?.amount.ok()?;
                Some((At { entity: row.entity.as_str(), period: *period }, number))
            };
            columns.iter().filter_map(figure).collect::<Vec<_>>()
        });
        Some(figures.collect())
    }

    fn monotone(&mut self) -> Option<()> {
        let written = &self.check.written;
        let table = self.table(written.monotone.as_deref()?, "monotone")?;
        let direction = written.direction?;
        let falls = matches!(direction, Direction::Down | Direction::Low);
        for pair in self.figures(table)?.windows(2) {
            let [(before, first), (figure, second)] = pair else { continue };
            let wrong = if falls { second > first } else { second < first };
            if before.entity == figure.entity && wrong {
                let demand = if falls {
                    say(format!("前の時点の {first} 以下"), format!("no more than the {first} before it"))
                } else {
                    say(format!("前の時点の {first} 以上"), format!("no less than the {first} before it"))
                };
                let mut failure = self.broken("monotone", table, *figure, (*second, *first), demand);
                failure.others.extend(self.other(&input(table, *before)));
                self.failures.push(failure);
            }
        }
        Some(())
    }

    fn no_jump(&mut self) -> Option<()> {
        let written = &self.check.written;
        let table = self.table(written.no_jump.as_deref()?, "no-jump")?;
        let factor = written.factor.map_or(Decimal::TWO, |number| number.0);
        for pair in self.figures(table)?.windows(2) {
            let [(before, first), (figure, second)] = pair else { continue };
            let (small, large) = (first.abs().min(second.abs()), first.abs().max(second.abs()));
            let jumps = small.checked_mul(factor).is_some_and(|most| large > most);
            if before.entity == figure.entity && jumps {
                let demand = say(
                    format!("前の時点の {first} の {factor} 倍まで"),
                    format!("within {factor} times the {first} before it"),
                );
                let mut failure = self.broken("no-jump", table, *figure, (*second, *first), demand);
                failure.cause = cause::of_digits(*second, *first);
                failure.others.extend(self.other(&input(table, *before)));
                self.failures.push(failure);
            }
        }
        Some(())
    }

    /// A figure that breaks a rule about itself.
    fn broken(
        &self,
        rule: &'static str,
        table: &Indicator,
        at: At<'_>,
        (printed, expected): (Decimal, Decimal),
        demand: Message,
    ) -> Discrepancy {
        let (figure, place) = (input(table, at), table.place(at.entity, at.period));
        let demand = Some(demand);
        Discrepancy {
            rule,
            figure,
            printed,
            expected,
            demand,
            formula: None,
            place,
            others: Vec::new(),
            cause: None,
            reason: None,
        }
    }
}

/// The sum of an indicator over areas or hospitals.
fn sum_of(indicator: &str, parts: &[String], span: &Span) -> Expression {
    let word = |text: &str| Word { text: text.to_owned(), span: span.clone() };
    let of = Expression::Value { indicator: word(indicator), entity: None, period: None, span: span.clone() };
    let words = parts.iter().map(|part| word(part)).collect();
    Expression::Call { function: Function::Sum, of: Box::new(of), other: None, words, span: span.clone() }
}

fn input(table: &Indicator, at: At<'_>) -> Input {
    Input { indicator: table.id.clone(), entity: at.entity.to_owned(), to: None, period: at.period }
}

/// The rows of a table that a check is about, and the columns of them, each with its period.
struct Scope<'d> {
    rows: Vec<&'d Row>,
    columns: Vec<(usize, Period)>,
}

impl<'d> Scope<'d> {
    /// The ids of the rows, and the periods.
    fn named(&self) -> (Vec<&'d str>, Vec<Period>) {
        let entities = self.rows.iter().map(|row| row.entity.as_str());
        (entities.collect(), self.columns.iter().map(|(_, period)| *period).collect())
    }
}

/// A printed figure and the computed one.
#[derive(Debug, Clone)]
pub(super) struct Pair<'a> {
    at: At<'a>,
    printed: Decimal,
    expected: Decimal,
    digits: u32,
    /// By how much they may differ.
    slack: Decimal,
}

impl Pair<'_> {
    fn agrees(&self) -> bool {
        self.is(self.printed)
    }

    /// Whether the computed figure could be printed as this one.
    fn is(&self, printed: Decimal) -> bool {
        let same = rounded(self.expected, self.digits) == printed;
        let difference = printed.checked_sub(self.expected).map(|difference| difference.abs());
        same || difference.is_some_and(|difference| rounded(difference, 12) <= self.slack)
    }
}

/// Half a unit of the last of so many decimals.
fn half_unit(decimals: u32) -> Decimal {
    Decimal::new(5, (decimals + 1).min(28))
}

/// Whole numbers of people or things are counted; thousands, rates and percentages are rounded.
fn is_exact(unit: &Localized) -> bool {
    const ROUNDED: [&str; 15] = [
        "千",
        "百",
        "万",
        "億",
        "%",
        "％",
        "率",
        "比",
        "当たり",
        "あたり",
        "thousand",
        "million",
        "hundred",
        "per ",
        "percent",
    ];
    !unit.texts().any(|unit| ROUNDED.iter().any(|word| unit.contains(word)))
}
