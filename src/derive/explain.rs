//! How a figure came about: the formula, the cells that went in, and theirs, back to what was written.

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use crate::derive::formula::{At, Input, Trail, bind, parse};
use crate::diagnostic::{Message, Position, Span, say};
use crate::locale::{Language, Localized};
use crate::model::data::Data;
use crate::model::indicator::{Amount, Indicator, Missing, Over};

/// A figure and those that it was made from.
#[derive(Debug, Clone, PartialEq)]
pub struct Explanation {
    /// Which figure.
    pub input: Input,
    /// Its value.
    pub amount: Amount,
    /// Its formula, where it was not written.
    pub formula: Option<String>,
    /// The cell, or the formula.
    pub span: Span,
    /// The figures that went in.
    pub from: Vec<Explanation>,
}

/// The deepest chain of formulas that is followed.
const DEEPEST: usize = 30;

/// Explains a figure. `None` where there is none.
pub fn explain(input: &Input, data: &Data) -> Option<Explanation> {
    explained(input, data, DEEPEST)
}

fn explained(input: &Input, data: &Data, depth: usize) -> Option<Explanation> {
    if let Some(to) = &input.to {
        return from_flow(input, to, data);
    }
    let table = data.indicator(&input.indicator)?;
    let cell = table.cell(&input.entity, input.period)?;
    let inputs = if depth > 0 { inputs(table, input, data) } else { BTreeSet::new() };
    Some(Explanation {
        input: input.clone(),
        amount: cell.amount,
        formula: table.formula.as_ref().map(|formula| formula.text.clone()),
        span: table.place(&input.entity, input.period),
        from: inputs.iter().filter_map(|input| explained(input, data, depth - 1)).collect(),
    })
}

/// A cell of a flow table, which nothing went into.
fn from_flow(input: &Input, to: &str, data: &Data) -> Option<Explanation> {
    let flow = data.flow(&input.indicator)?;
    Some(Explanation {
        input: input.clone(),
        amount: flow.cell(&input.entity, to)?.amount,
        formula: None,
        span: flow.place(&input.entity, to),
        from: Vec::new(),
    })
}

impl Explanation {
    /// The figure and all that went in, one line for each figure and one for its place. `lookup` gives the text of a file.
    pub fn tell(&self, data: &Data, lookup: &dyn Fn(&str) -> Option<String>) -> Message {
        let (mut ja, mut en) = (Vec::new(), Vec::new());
        let japanese = Language::japanese();
        let english = Language::parse("en").unwrap_or(japanese.clone());
        self.lines(data, lookup, "", &japanese, &mut ja);
        self.lines(data, lookup, "", &english, &mut en);
        say(ja.join("\n"), en.join("\n"))
    }

    fn lines(
        &self,
        data: &Data,
        lookup: &dyn Fn(&str) -> Option<String>,
        indent: &str,
        language: &Language,
        lines: &mut Vec<String>,
    ) {
        let text = |label: &Localized| label.text(language, &Language::japanese()).to_owned();
        let Some(heading) = self.heading(data, &text) else { return };
        lines.push(format!("{indent}{heading}"));
        let file = lookup(&self.span.path).unwrap_or_default();
        let position = Position::of(&file, self.span.start);
        let written = file.lines().nth(position.line - 1).unwrap_or_default().trim();
        lines.push(format!("{indent}  {}:{position}: {written}", self.span.path));
        let indent = format!("{indent}    ");
        self.from.iter().for_each(|from| from.lines(data, lookup, &indent, language, lines));
    }

    /// The figure as a formula names it, its value, its unit, and what it is in words.
    fn heading(&self, data: &Data, text: &dyn Fn(&Localized) -> String) -> Option<String> {
        let Input { indicator, entity, to, period } = &self.input;
        let area = |over: Over, id: &str| data.entity_name(over, id).map(|(name, _)| text(name)).unwrap_or_default();
        let missing = |missing: Missing| missing.sign().to_owned();
        if let Some(to) = to {
            let flow = data.flow(indicator)?;
            let number = self.amount.map_or_else(missing, |number| number.to_string());
            let areas = format!("{} → {}", area(Over::Areas, entity), area(Over::Areas, to));
            let (unit, name) = (text(&flow.unit), text(&flow.name));
            return Some(format!("cell({indicator}, {entity}, {to}) = {number} {unit}  {name} {areas}"));
        }
        let table = data.indicator(indicator)?;
        let shown = |number: Decimal| match &self.formula {
            Some(_) => super::rounded(number, table.precision).to_string(),
            None => number.to_string(),
        };
        let number = self.amount.map_or_else(missing, shown);
        let (unit, name, area) = (text(&table.unit), text(&table.name), area(table.over, entity));
        Some(format!("{indicator}[{entity}, {period}] = {number} {unit}  {name} {area}"))
    }
}

/// The cells that went into a derived figure: its formula is worked out once more, and leaves its trail.
pub fn inputs(table: &Indicator, input: &Input, data: &Data) -> BTreeSet<Input> {
    let Some(formula) = &table.formula else { return BTreeSet::new() };
    let parsed = parse(formula).value;
    let bound = parsed.and_then(|parsed| bind(&parsed.expression, data, Some(table.over)).value);
    let mut trail = Trail { inputs: Some(BTreeSet::new()), ..Trail::default() };
    if let Some(bound) = bound {
        bound.cell(At { entity: &input.entity, period: input.period }, &mut trail);
    }
    trail.inputs.unwrap_or_default()
}
