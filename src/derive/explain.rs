//! How a figure came about: the formula, the cells that went in, and theirs, back to what was written.

use std::collections::BTreeSet;

use crate::derive::formula::{At, Input, Trail, bind, parse};
use crate::diagnostic::{Message, Position, Span, say};
use crate::locale::{Language, Localized};
use crate::model::data::Data;
use crate::model::indicator::{Amount, Indicator};

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
        let Some(table) = data.indicator(&self.input.indicator) else { return };
        let text = |label: &Localized| label.text(language, &Language::japanese()).to_owned();
        let area = data.entity_name(table.over, &self.input.entity).map(|(name, _)| text(name)).unwrap_or_default();
        let Input { indicator, entity, period } = &self.input;
        let number = match (self.amount, &self.formula) {
            (Ok(number), Some(_)) => super::rounded(number, table.precision).to_string(),
            (Ok(number), None) => number.to_string(),
            (Err(missing), _) => missing.sign().to_owned(),
        };
        let unit = text(&table.unit);
        lines.push(format!("{indent}{indicator}[{entity}, {period}] = {number} {unit}  {} {area}", text(&table.name)));
        let file = lookup(&self.span.path).unwrap_or_default();
        let position = Position::of(&file, self.span.start);
        let written = file.lines().nth(position.line - 1).unwrap_or_default().trim();
        lines.push(format!("{indent}  {}:{position}: {written}", self.span.path));
        let indent = format!("{indent}    ");
        self.from.iter().for_each(|from| from.lines(data, lookup, &indent, language, lines));
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
