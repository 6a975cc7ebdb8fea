//! Formulas: `physicians[kumamoto, 2018] - physicians[kumamoto, 2008] | signed`.
//!
//! A formula is numbers, values of indicators and functions of them, joined by + − × ÷ and parentheses, then filters that
//! say how the result is printed. `parse` takes the text apart, `bind` looks its names up and settles units, and what is
//! bound is worked out for one area and period at a time. Units travel along: what is added must be counted in the same thing; a number by itself takes the
//! unit of what it is added to, and multiplies or divides without changing it; a quotient of two values in one unit is a
//! ratio without any; a product or quotient of values in different units has no unit that could be named.

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use crate::derive::{Wording, rounded, usual_digits};
use crate::diagnostic::{Checked, Span, data as findings};
use crate::locale::{Localized, Period, PeriodStyle};
use crate::model::data::{Data, MOST_DECIMALS};
use crate::model::indicator::{Amount, Mark};
use crate::parse::Formula;

mod bind;
mod flow;
mod function;
mod syntax;
mod work;

pub use bind::{Bound, Nature, bind, units_fit};
pub use function::Function;
pub use syntax::{Expression, Operator, Word, parse};
pub use work::{At, Periods, Trail};

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
    /// A part of a whole: one value divided by another of the same unit. 0.144 is 14.4 %.
    Share,
    /// Any other quotient or product.
    Ratio,
}

/// A cell of a table.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Input {
    /// The id of the indicator or flow table.
    pub indicator: String,
    /// The id of the area or hospital; in a flow table, of the area that is left.
    pub entity: String,
    /// In a flow table, the id of the area that is gone to.
    pub to: Option<String>,
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
    /// 34.2万, with so many decimals
    CompactTo(u32),
    /// 3rd
    Ordinal,
    /// The period of the value instead of the value: 2018年
    Period,
    /// The same by the era: 平成30年
    Era,
    /// Without separators between thousands.
    Plain,
    /// 0.144 as 14.4％
    Percent,
}

/// The names of all filters.
pub const FILTERS: [&str; 10] =
    ["signed", "sign", "precision", "unit", "compact", "plain", "percent", "ordinal", "period", "era"];

/// Reads a formula and works it out.
pub fn evaluate(formula: &Formula, data: &Data) -> Checked<Option<Figure>> {
    let mut found = Vec::new();
    let Some(parsed) = parse(formula).take(&mut found) else { return Checked::new(None, found) };
    let Some(bound) = bind(&parsed.expression, data, None).take(&mut found) else { return Checked::new(None, found) };
    let mut trail = Trail { inputs: Some(BTreeSet::new()), ..Trail::default() };
    // Everything in prose says itself where and when it is.
    let nowhere = At { entity: "", period: Period::Year(0) };
    let cell = bound.cell(nowhere, &mut trail);
    if let Some(span) = trail.overflow {
        found.push(findings::formula_overflow(span));
        return Checked::new(None, found);
    }
    let Nature { unit, precision, kind } = bound.nature;
    if let (Some(unit), true) = (&unit, parsed.filters.contains(&Filter::Percent)) {
        found.push(findings::percent_of_unit(formula.span.clone(), unit.texts().next().unwrap_or_default()));
        return Checked::new(None, found);
    }
    let inputs = trail.inputs.unwrap_or_default();
    let value = Value { amount: cell.amount, unit, precision, kind, mark: cell.mark, inputs };
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
        if let Some(style) = self.period_style() {
            let period = self.value.inputs.iter().map(|input| input.period).max();
            return period.map_or_else(|| "…".to_owned(), |period| wording.locale.period(period, style));
        }
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

    /// How the period is printed, where it is asked for instead of the value.
    fn period_style(&self) -> Option<PeriodStyle> {
        self.filters.iter().rev().find_map(|filter| match filter {
            Filter::Period => Some(PeriodStyle::Western),
            Filter::Era => Some(PeriodStyle::Era),
            _ => None,
        })
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
        if self.has(Filter::Ordinal)
            && let Ok(place) = u64::try_from(rounded(number, 0))
        {
            return locale.ordinal(place);
        }
        if self.filters.iter().any(|filter| matches!(filter, Filter::Compact | Filter::CompactTo(_))) {
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
            Filter::Precision(digits) | Filter::CompactTo(digits) => Some(*digits),
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

#[cfg(test)]
mod tests;
