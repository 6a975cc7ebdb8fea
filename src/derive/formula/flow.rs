//! Functions of a flow table, worked out for one area: its row, its column, who comes and who leaves.

use super::work::{At, Trail, noted};
use super::{Function, Input};
use crate::derive::flow;
use crate::model::data::Data;
use crate::model::flow::Flow;
use crate::model::indicator::{Amount, Cell, Indicator, Mark, Missing};

/// A function of a flow table.
pub(super) struct FlowNode<'d> {
    pub(super) flow: &'d Flow,
    pub(super) function: Function,
    /// Where those who are counted go, for a single cell; nothing is the area of the cell that is worked out.
    pub(super) to: Option<Option<&'d str>>,
    pub(super) data: &'d Data,
}

/// The lines of a flow table that an area stands for: its own, or those of its parts.
pub(super) fn lines<'f>(flow: &'f Flow, data: &Data, area: &str) -> Vec<&'f str> {
    let mut known: Vec<&str> = flow.from.iter().chain(&flow.to).map(String::as_str).collect();
    known.sort_unstable();
    known.dedup();
    if let Some(own) = known.iter().find(|line| **line == area) {
        return vec![own];
    }
    let is_part = |line: &str| data.area(line).is_some_and(|line| line.parent.as_deref() == Some(area));
    known.into_iter().filter(|line| is_part(line)).collect()
}

impl<'d> FlowNode<'d> {
    pub(super) fn cell(&self, at: At<'_>, trail: &mut Trail) -> Cell {
        let lines = lines(self.flow, self.data, at.entity);
        if at.period != self.flow.as_of || lines.is_empty() {
            trail.absent = true;
            return Cell { amount: Err(Missing::NotApplicable), mark: None };
        }
        let mut reading = Reading { node: self, trail, lines, mark: None };
        let amount = match self.function {
            Function::Cell => reading.single(self.to.flatten().unwrap_or(at.entity)),
            Function::RowSum => reading.total(Side::From),
            Function::ColumnSum => reading.total(Side::To),
            Function::Outflow => reading.beyond(Side::From),
            Function::Inflow => reading.beyond(Side::To),
            Function::Net => flow::net(reading.beyond(Side::To), reading.beyond(Side::From)),
            _ => {
                let residents = reading.total(Side::From);
                flow::coefficient(residents, reading.beyond(Side::To), reading.beyond(Side::From))
            }
        };
        Cell { amount, mark: reading.mark }
    }
}

/// Which lines are read.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    /// Rows: those who live in an area.
    From,
    /// Columns: those who come to it.
    To,
}

struct Reading<'r, 'd> {
    node: &'r FlowNode<'d>,
    trail: &'r mut Trail,
    /// The lines that are the area.
    lines: Vec<&'d str>,
    mark: Option<Mark>,
}

impl<'d> Reading<'_, 'd> {
    fn single(&mut self, to: &str) -> Amount {
        let targets = lines(self.node.flow, self.node.data, to);
        let pairs: Vec<(&str, &str)> =
            self.lines.iter().flat_map(|from| targets.iter().map(move |to| (*from, *to))).collect();
        if pairs.is_empty() {
            self.trail.absent = true;
        }
        let cells: Vec<Amount> =
            pairs.iter().map(|(from, to)| self.amount(from, to, self.node.flow.cell(from, to))).collect();
        flow::total(&cells, None)
    }

    /// What all lines of the area add up to.
    fn total(&mut self, side: Side) -> Amount {
        let sums: Vec<Amount> = self.lines.clone().iter().map(|line| self.line(side, line)).collect();
        flow::total(&sums, None)
    }

    fn line(&mut self, side: Side, line: &str) -> Amount {
        let cells = self.cells(side, line, |_| true);
        let printed = self.printed(side, line, &cells);
        flow::total(&cells, printed)
    }

    /// What goes to other areas, or comes from them.
    fn beyond(&mut self, side: Side) -> Amount {
        let lines = self.lines.clone();
        let mut sums = Vec::new();
        for line in &lines {
            let others = self.cells(side, line, |other| !lines.contains(&other));
            let printed = self.printed(side, line, &others);
            let own =
                if printed.is_some() { self.cells(side, line, |other| lines.contains(&other)) } else { Vec::new() };
            sums.push(flow::beyond(&others, &own, printed));
        }
        flow::total(&sums, None)
    }

    fn cells(&mut self, side: Side, line: &str, wanted: impl Fn(&str) -> bool) -> Vec<Amount> {
        let flow: &'d Flow = self.node.flow;
        let (own, across) = if side == Side::From { (&flow.from, &flow.to) } else { (&flow.to, &flow.from) };
        let own = own.iter().position(|known| known == line);
        let others = across.iter().enumerate().filter(|(_, other)| wanted(other));
        let cell = |(other, name): (usize, &String)| {
            let (row, column) = if side == Side::From { (own, Some(other)) } else { (Some(other), own) };
            let cell = row.zip(column).and_then(|(row, column)| flow.rows.get(row)?.get(column)).copied();
            if side == Side::From { self.amount(line, name, cell) } else { self.amount(name, line, cell) }
        };
        others.map(cell).collect()
    }

    /// The total that is printed for a line, where one of its cells is lost.
    fn printed(&mut self, side: Side, line: &str, cells: &[Amount]) -> Option<Amount> {
        cells.contains(&Err(Missing::NotAvailable)).then_some(())?;
        let totals = &self.node.flow.printed;
        let id = if side == Side::From { totals.row_sums.as_deref() } else { totals.column_sums.as_deref() };
        let table: &Indicator = self.node.data.indicator(id?)?;
        let input =
            Input { indicator: table.id.clone(), entity: line.to_owned(), to: None, period: self.node.flow.as_of };
        let cell = table.cell(line, input.period).filter(|cell| cell.amount.is_ok())?;
        let cell = noted(cell, || input, self.trail);
        self.mark = self.mark.or(cell.mark);
        Some(cell.amount)
    }

    /// A cell that goes in; one that the table does not have is not available.
    fn amount(&mut self, from: &str, to: &str, cell: Option<Cell>) -> Amount {
        let flow = self.node.flow;
        let cell = cell.unwrap_or(Cell::ABSENT);
        let input = || Input {
            indicator: flow.id.clone(),
            entity: from.to_owned(),
            to: Some(to.to_owned()),
            period: flow.as_of,
        };
        let cell = noted(cell, input, self.trail);
        self.mark = self.mark.or(cell.mark);
        cell.amount
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use crate::derive::formula::evaluate;
    use crate::derive::{explain, rounded};
    use crate::diagnostic::Span;
    use crate::model::data::{Data, assemble};
    use crate::parse::Formula;
    use crate::read::Source;

    /// 青森県「医師確保計画（案）」, 入院: the rows and columns of two areas, of which one is lost in the copy.
    const FILE: &str = "areas:
  - {id: aomori, name: 青森県, kind: prefecture}
  - {id: tsugaru, name: 津軽, kind: secondary-medical-area, parent: aomori}
  - {id: seihokugo, name: 西北五, kind: secondary-medical-area, parent: aomori}
  - {id: other, name: 県外, kind: group}
";
    const FLOW: &str = "flows:
  - id: patients
    name: 患者
    unit: 千人/日
    source: 調査
    as_of: 2017
    printed: {row_sums: totals}
    values:
      tsugaru: {tsugaru: 2.5, seihokugo: 0.0, other: …}
      seihokugo: {tsugaru: 0.3, seihokugo: 1.1, other: …}
      other: {tsugaru: 0.1, seihokugo: 0.0, other: —}
";
    const TOTALS: &str = "indicators:
  - {id: totals, name: 合計, unit: 千人/日, source: 調査, as_of: 2017, periods: [2017], values: {seihokugo: [1.4], tsugaru: [2.6]}}
";

    fn sample() -> Data {
        let read = |(number, text): (usize, &&str)| {
            let source = Source::new(format!("content/data/{number}.yaml"), text.as_bytes());
            crate::parse::data::document(&source).value.map(Arc::new)
        };
        let documents: Vec<_> = [FILE, FLOW, TOTALS].iter().enumerate().filter_map(read).collect();
        let checked = assemble(&documents, &Default::default());
        assert_eq!(checked.findings, []);
        checked.value
    }

    fn worked_out(text: &str) -> String {
        let formula = Formula { text: text.to_owned(), span: Span::new(&"a.md".into(), 0, text.len()) };
        let checked = evaluate(&formula, &sample());
        if let Some(finding) = checked.findings.first() {
            return format!("{} {}", finding.code, finding.help.first().map_or("", |help| &help.en));
        }
        let value = checked.value.expect("a figure").value;
        let number = value.amount.map(|number| rounded(number, 3).normalize().to_string());
        let unit = value.unit.and_then(|unit| unit.texts().next().map(str::to_owned)).unwrap_or_default();
        format!("{}{unit}", number.unwrap_or_else(|missing| missing.sign().to_owned()))
    }

    #[test]
    fn flows_are_worked_out_as_the_plan_has_them() {
        let cases = [
            ("cell(patients, seihokugo, tsugaru)", "0.3千人/日"),
            ("row_sum(patients, seihokugo)", "1.4千人/日"),
            ("column_sum(patients, 津軽)", "2.9千人/日"),
            ("inflow(patients, seihokugo)", "0千人/日"),
            ("outflow(patients, seihokugo)", "0.3千人/日"),
            ("net(patients, seihokugo)", "-0.3千人/日"),
            ("coefficient(patients, seihokugo)", "0.786"),
            ("1.4 + net(patients, seihokugo)", "1.1千人/日"),
            ("outflow(patients, other)", "0.1千人/日"),
            ("row_sum(patients, other)", "—千人/日"),
            ("inflow(patients, aomori)", "0.1千人/日"),
            ("outflow(patients, aomori)", "0.1千人/日"),
            ("row_sum(patients, aomori)", "4千人/日"),
            ("max(row_sum(patients, tsugaru), row_sum(patients, seihokugo))", "2.6千人/日"),
            ("min(outflow(patients, seihokugo), 0.2)", "0.2千人/日"),
        ];
        for (formula, expected) in cases {
            assert_eq!(worked_out(formula), expected, "{formula}");
        }
    }

    #[test]
    fn what_is_no_flow_is_told() {
        let cases = [
            ("inflow(patient, tsugaru)", "unknown-flow did you mean: patients"),
            ("inflow(patients, tsugar)", "unknown-area did you mean: tsugaru"),
            ("inflow(patients)", "flow-without-area write inflow(patients, id of an area)"),
            ("infow(patients, tsugaru)", "unknown-function did you mean: inflow"),
            ("cell(patients, tsugaru)", "function-arguments "),
            ("inflow(patients[tsugaru])", "function-arguments "),
            ("max(row_sum(patients, tsugaru), coefficient(patients, tsugaru))", "units-differ "),
        ];
        for (formula, expected) in cases {
            assert!(worked_out(formula).starts_with(expected), "{formula}: {}", worked_out(formula));
        }
        assert!(worked_out("patients[tsugaru]").starts_with("flow-as-indicator write inflow(patients, area)"));
    }

    #[test]
    fn a_flow_is_explained_back_to_its_cells() {
        let data = sample();
        let text = "outflow(patients, seihokugo)";
        let formula = Formula { text: text.to_owned(), span: Span::new(&"a.md".into(), 0, text.len()) };
        let figure = evaluate(&formula, &data).value.expect("a figure");
        let told: Vec<String> = figure
            .value
            .inputs
            .iter()
            .filter_map(|input| explain::explain(input, &data))
            .map(|explained| {
                explained.tell(&data, &|path| Some(if path.ends_with("1.yaml") { FLOW } else { TOTALS }.to_owned())).en
            })
            .collect();
        assert_eq!(
            told.join("\n"),
            "cell(patients, seihokugo, other) = … 千人/日  患者 西北五 → 県外
  content/data/1.yaml:10:56: seihokugo: {tsugaru: 0.3, seihokugo: 1.1, other: …}
cell(patients, seihokugo, seihokugo) = 1.1 千人/日  患者 西北五 → 西北五
  content/data/1.yaml:10:44: seihokugo: {tsugaru: 0.3, seihokugo: 1.1, other: …}
cell(patients, seihokugo, tsugaru) = 0.3 千人/日  患者 西北五 → 津軽
  content/data/1.yaml:10:28: seihokugo: {tsugaru: 0.3, seihokugo: 1.1, other: …}
totals[seihokugo, 2017] = 1.4 千人/日  合計 西北五
  content/data/2.yaml:2:103: - {id: totals, name: 合計, unit: 千人/日, source: 調査, as_of: 2017, periods: [2017], values: {seihokugo: [1.4], tsugaru: [2.6]}}"
        );
    }
}
