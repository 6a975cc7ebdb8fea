//! Formulas: `physicians[kumamoto, 2018] - physicians[kumamoto, 2008] | signed`.
//!
//! A formula is numbers and values of indicators, joined by + − × ÷ and parentheses, then filters that say how the
//! result is printed. Units travel along: what is added must be counted in the same thing; a number by itself takes the
//! unit of what it is added to, and multiplies or divides without changing it; a quotient of two values in one unit is a
//! ratio without any; a product or quotient of values in different units has no unit that could be named.

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use crate::derive::{Wording, rounded, usual_digits};
use crate::diagnostic::{Checked, Diagnostic, Span, data as findings, say};
use crate::locale::{Localized, Period};
use crate::model::data::{Data, MOST_DECIMALS};
use crate::model::indicator::{Amount, Cell, Indicator, Mark, Missing};
use crate::parse::Formula;

mod syntax;

pub use syntax::{Expression, Operator, Word, parse};

/// A result with the way it is printed.
#[derive(Debug, Clone, PartialEq)]
pub struct Figure {
    /// The result.
    pub value: Value,
    /// The filters, in the order written.
    pub filters: Vec<Filter>,
}

/// A number that knows what it is counted in and where it comes from.
#[derive(Debug, Clone, PartialEq)]
pub struct Value {
    /// The number, unrounded, or why there is none.
    pub amount: Amount,
    /// What it is counted in, where that is one thing.
    pub unit: Option<Localized>,
    /// How many decimals it is known to. A quotient has no precision of its own.
    pub precision: Option<u32>,
    /// What sort of value it is.
    pub kind: Kind,
    /// Set where any value that went in is an estimate, was revised, or is not comparable.
    pub mark: Option<Mark>,
    /// The cells of tables that went in.
    pub inputs: BTreeSet<Input>,
}

/// What sort of value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A number that stands in the formula itself.
    Constant,
    /// A value of an indicator, or a sum of such.
    Quantity,
    /// A quotient or product.
    Ratio,
}

/// A cell of a table.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Input {
    /// The id of the indicator.
    pub indicator: String,
    /// The id of the area or hospital.
    pub entity: String,
    /// The period.
    pub period: Period,
}

/// How a result is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Filter {
    /// +641
    Signed,
    /// With so many decimals.
    Precision(u32),
    /// With its unit.
    Unit,
    /// 34万
    Compact,
    /// Without separators between thousands.
    Plain,
    /// 0.144 as 14.4％
    Percent,
}

/// The names of all filters.
pub const FILTERS: [&str; 6] = ["signed", "precision", "unit", "compact", "plain", "percent"];

/// Reads a formula and works it out.
pub fn evaluate(formula: &Formula, data: &Data) -> Checked<Option<Figure>> {
    let mut found = Vec::new();
    let Some(parsed) = parse(formula).take(&mut found) else { return Checked::new(None, found) };
    let Some(value) = value(&parsed.expression, data).take(&mut found) else { return Checked::new(None, found) };
    if let (Some(unit), true) = (&value.unit, parsed.filters.contains(&Filter::Percent)) {
        found.push(findings::percent_of_unit(formula.span.clone(), unit.texts().next().unwrap_or_default()));
        return Checked::new(None, found);
    }
    Checked::new(Some(Figure { value, filters: parsed.filters }), found)
}

/// A formula as text. Where it can't be worked out, what stands there is `…`, and the findings say why.
pub fn print(formula: &Formula, data: &Data, wording: Wording<'_>) -> Checked<String> {
    evaluate(formula, data).map(|figure| figure.map_or_else(|| "…".to_owned(), |figure| figure.print(wording)))
}

/// A text in which formulas stand as `` `= physicians[kumamoto]` ``, with their values in their place. `span` is where
/// the text stands, and `source` how it is written there: escapes and folded lines may make the two differ.
pub fn fill(text: &str, source: &str, span: &Span, data: &Data, wording: Wording<'_>) -> Checked<String> {
    let mut filled = String::with_capacity(text.len());
    let mut found = Vec::new();
    let (mut rest, mut searched) = (text, 0);
    while let Some((before, inner, after)) = next_formula(rest) {
        filled.push_str(before);
        let written = inner.trim();
        let place = source.get(searched..).and_then(|source| source.find(written)).map(|at| searched + at);
        if let Some(at) = place {
            searched = at + written.len();
        }
        let span =
            place.map_or(span.clone(), |at| Span::new(&span.path, span.start + at, span.start + at + written.len()));
        filled.push_str(&print(&Formula { text: written.to_owned(), span }, data, wording).take(&mut found));
        rest = after;
    }
    filled.push_str(rest);
    Checked::new(filled, found)
}

/// The text before the next formula, the formula, and the text after it.
fn next_formula(text: &str) -> Option<(&str, &str, &str)> {
    let mut from = 0;
    while let Some(open) = text.get(from..)?.find('`').map(|at| from + at) {
        let inside = text.get(open + 1..)?;
        let close = inside.find('`')?;
        let inner = &inside[..close];
        if let Some(formula) = inner.trim_start().strip_prefix('=') {
            return Some((&text[..open], formula, &inside[close + 1..]));
        }
        from = open + 1 + close + 1;
    }
    None
}

impl Figure {
    /// The result as text.
    pub fn print(&self, wording: Wording<'_>) -> String {
        let number = match self.value.amount {
            Ok(number) => number,
            Err(missing) => return wording.sign(missing).to_owned(),
        };
        let text = self.number(number, wording);
        match &self.value.unit {
            Some(unit) if self.has(Filter::Unit) => wording.with_unit(&text, wording.text(unit)),
            _ => text,
        }
    }

    /// Whether a filter is set.
    pub fn has(&self, filter: Filter) -> bool {
        self.filters.contains(&filter)
    }

    /// The number as printed: rounded, and multiplied by a hundred where it is printed in per cent.
    pub fn rounded(&self) -> Amount {
        let number = self.value.amount?;
        let number = if self.has(Filter::Percent) { hundredfold(number) } else { number };
        Ok(rounded(number, self.digits(number)))
    }

    fn number(&self, number: Decimal, wording: Wording<'_>) -> String {
        let locale = wording.locale;
        let signed = self.has(Filter::Signed);
        if self.has(Filter::Percent) {
            let number = hundredfold(number);
            let number = rounded(number, self.digits(number));
            return if signed { locale.signed_percent(number) } else { locale.percent(number) };
        }
        let exact = rounded(number, self.digits(number));
        let plus = if signed && exact > Decimal::ZERO { "+" } else { "" };
        if self.has(Filter::Compact) {
            return format!("{plus}{}", self.compact(number, wording));
        }
        if self.has(Filter::Plain) {
            return format!("{plus}{}", exact.to_string().replace('-', "−"));
        }
        if signed { locale.signed(exact) } else { locale.number(exact) }
    }

    /// Two digits that count, where nothing else is asked for: 34万, 1.2億.
    fn compact(&self, number: Decimal, wording: Wording<'_>) -> String {
        if let Some(digits) = self.asked_digits() {
            return wording.locale.compact(number, digits);
        }
        let short = wording.locale.compact(number, 0);
        let digits = short.chars().filter(char::is_ascii_digit).count();
        if digits < 2 { wording.locale.compact(number, 1) } else { short }
    }

    fn asked_digits(&self) -> Option<u32> {
        self.filters.iter().rev().find_map(|filter| match filter {
            Filter::Precision(digits) => Some(*digits),
            _ => None,
        })
    }

    fn digits(&self, number: Decimal) -> u32 {
        let own = if self.has(Filter::Percent) { Some(1) } else { self.value.precision };
        self.asked_digits().or(own).unwrap_or_else(|| usual_digits(number)).min(MOST_DECIMALS)
    }
}

fn hundredfold(number: Decimal) -> Decimal {
    number.saturating_mul(Decimal::ONE_HUNDRED)
}

/// Works out an expression. Every name in it is looked up, so that all that are wrong are found at once.
fn value(expression: &Expression, data: &Data) -> Checked<Option<Value>> {
    match expression {
        Expression::Number { value, .. } => Checked::clean(Some(constant(*value))),
        Expression::Value { indicator, entity, period, .. } => {
            let mut found = Vec::new();
            let value = table_value(indicator, entity, period.as_ref(), data, &mut found);
            Checked::new(value, found)
        }
        Expression::Negated { operand, .. } => value(operand, data)
            .map(|operand| operand.map(|operand| Value { amount: operand.amount.map(|number| -number), ..operand })),
        Expression::Binary { operator, left, right, span } => {
            let mut found = Vec::new();
            let values = (value(left, data).take(&mut found), value(right, data).take(&mut found));
            let (Some(left_value), Some(right_value)) = values else { return Checked::new(None, found) };
            let sides = (left.span(), right.span());
            let result = binary(*operator, left_value, right_value, span, sides);
            Checked::new(result.map_err(|finding| found.push(finding)).ok(), found)
        }
    }
}

fn constant(number: Decimal) -> Value {
    Value {
        amount: Ok(number),
        unit: None,
        precision: Some(number.scale()),
        kind: Kind::Constant,
        mark: None,
        inputs: BTreeSet::new(),
    }
}

fn table_value(
    indicator: &Word,
    entity: &Word,
    period: Option<&Word>,
    data: &Data,
    found: &mut Vec<Diagnostic>,
) -> Option<Value> {
    let Some(table) = data.indicator(&indicator.text) else {
        let known = data.indicators().map(|indicator| indicator.id.as_str());
        found.push(findings::unknown_indicator(indicator.span.clone(), &indicator.text, known));
        return None;
    };
    let id = data
        .entity(table.over, &entity.text, &entity.span)
        .map_err(|finding| found.push(swapped(finding, entity)))
        .ok();
    let period = column(table, period, found);
    let (id, period) = (id?, period?);
    let Some(cell) = table.cell(id, period) else {
        found.push(findings::no_row(
            entity.span.clone(),
            &table.id,
            &entity.text,
            table.rows.iter().map(|row| row.entity.as_str()),
        ));
        return None;
    };
    Some(of_cell(table, id, period, cell))
}

/// `physicians[2018, kumamoto]`: the order is the likely mistake.
fn swapped(finding: Diagnostic, entity: &Word) -> Diagnostic {
    if Period::parse(&entity.text).is_none() {
        return finding;
    }
    finding.help(say("順序は [地域, 時点] です", "the order is [area, period]"))
}

fn column(table: &Indicator, period: Option<&Word>, found: &mut Vec<Diagnostic>) -> Option<Period> {
    let Some(word) = period else { return table.latest() };
    let Some(period) = Period::parse(&word.text) else {
        found.push(findings::not_a_period(word.span.clone(), &word.text));
        return None;
    };
    if !table.periods.contains(&period) {
        let known: Vec<String> = table.periods.iter().map(Period::to_string).collect();
        found.push(findings::unknown_period(word.span.clone(), &table.id, &word.text, &known));
        return None;
    }
    Some(period)
}

/// A cell as a value.
pub fn of_cell(table: &Indicator, entity: &str, period: Period, cell: Cell) -> Value {
    let input = Input { indicator: table.id.clone(), entity: entity.to_owned(), period };
    Value {
        amount: cell.amount,
        unit: Some(table.unit.clone()).filter(|unit| !is_blank(unit)),
        precision: Some(table.precision),
        kind: Kind::Quantity,
        mark: cell.mark,
        inputs: BTreeSet::from([input]),
    }
}

/// A unit of `""` is a measure without one.
fn is_blank(unit: &Localized) -> bool {
    unit.texts().all(|text| text.trim().is_empty())
}

fn binary(
    operator: Operator,
    left: Value,
    right: Value,
    span: &Span,
    sides: (&Span, &Span),
) -> Result<Value, Diagnostic> {
    let amount = match (left.amount, right.amount) {
        (Ok(left), Ok(right)) => {
            arithmetic(operator, left, right).ok_or_else(|| findings::formula_overflow(span.clone()))?
        }
        (Err(missing), _) | (_, Err(missing)) => Err(missing),
    };
    let (unit, precision, kind) = match operator {
        Operator::Add | Operator::Subtract => sum(&left, &right, span, sides)?,
        Operator::Multiply => product(&left, &right),
        Operator::Divide => quotient(&left, &right),
    };
    let inputs = left.inputs.into_iter().chain(right.inputs).collect();
    Ok(Value { amount, unit, precision, kind, mark: left.mark.or(right.mark), inputs })
}

/// `None` where decimals can't hold the result.
fn arithmetic(operator: Operator, left: Decimal, right: Decimal) -> Option<Amount> {
    match operator {
        Operator::Add => left.checked_add(right).map(Ok),
        Operator::Subtract => left.checked_sub(right).map(Ok),
        Operator::Multiply => left.checked_mul(right).map(Ok),
        Operator::Divide if right.is_zero() => Some(Err(Missing::NotApplicable)),
        Operator::Divide => left.checked_div(right).map(Ok),
    }
}

type Nature = (Option<Localized>, Option<u32>, Kind);

fn sum(left: &Value, right: &Value, span: &Span, sides: (&Span, &Span)) -> Result<Nature, Diagnostic> {
    let precision = left.precision.zip(right.precision).map(|(left, right)| left.max(right));
    match (left.kind, right.kind) {
        (Kind::Constant, _) => Ok((right.unit.clone(), precision, right.kind)),
        (_, Kind::Constant) => Ok((left.unit.clone(), precision, left.kind)),
        _ if left.unit == right.unit => Ok((left.unit.clone(), precision, left.kind)),
        _ => {
            let name =
                |value: &Value| value.unit.as_ref().and_then(|unit| unit.texts().next()).unwrap_or_default().to_owned();
            let (left, right) = (name(left), name(right));
            Err(findings::units_differ(span.clone(), (sides.0.clone(), &left), (sides.1.clone(), &right)))
        }
    }
}

fn product(left: &Value, right: &Value) -> Nature {
    let unit = match (&left.unit, &right.unit) {
        (Some(unit), None) | (None, Some(unit)) => Some(unit.clone()),
        _ => None,
    };
    let precision = left.precision.zip(right.precision).map(|(left, right)| (left + right).min(MOST_DECIMALS));
    let kind = match (left.kind, right.kind) {
        (Kind::Constant, kind) | (kind, Kind::Constant) => kind,
        _ => Kind::Ratio,
    };
    (unit, precision, kind)
}

fn quotient(left: &Value, right: &Value) -> Nature {
    // Whatever the units, nothing but a plain number below the line leaves the one above it as it is.
    let unit = left.unit.clone().filter(|_| right.unit.is_none());
    let kind = match (left.kind, right.kind) {
        (Kind::Constant, Kind::Constant) => Kind::Constant,
        (kind, Kind::Constant) => kind,
        _ => Kind::Ratio,
    };
    (unit, None, kind)
}

#[cfg(test)]
mod tests;
