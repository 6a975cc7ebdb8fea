//! What is printed beside the cells of a flow table: totals, differences and coefficients, held against the cells and
//! against each other.

use super::{Demand, Rules};
use crate::derive::formula::evaluate;
use crate::derive::rounded;
use crate::diagnostic::{Message, data, say};
use crate::model::flow::Flow;
use crate::model::indicator::Indicator;
use crate::parse::Formula;

impl<'d> Rules<'d> {
    /// Each total, difference and coefficient that is printed beside a flow table.
    pub(super) fn flow(&mut self) -> Option<()> {
        let id = self.check.written.flow.as_deref()?;
        let Some(flow) = self.data.flow(id) else {
            let known = self.data.flows().map(|flow| flow.id.as_str());
            self.found.push(data::unknown_flow(self.place("flow"), id, "flow", known));
            return None;
        };
        let printed = &flow.printed;
        let [rows, columns, net, coefficient] =
            [&printed.row_sums, &printed.column_sums, &printed.net, &printed.coefficient]
                .map(|id| self.data.indicator(id.as_deref()?));
        self.lines(flow, rows, "row_sum", "column_sum");
        self.lines(flow, columns, "column_sum", "row_sum");
        self.against(net, format!("net({id})"));
        self.against(coefficient, format!("coefficient({id})"));
        // What is printed is also held against what is printed, which leaves less to rounding than many cells do.
        if let (Some(rows), Some(columns)) = (rows, columns) {
            self.against(net, format!("{} - {}", columns.id, rows.id));
            self.against(coefficient, format!("{} / {}", columns.id, rows.id));
        }
        if let (Some(rows), Some(net)) = (rows, net) {
            self.against(coefficient, format!("({0} + {1}) / {0}", rows.id, net.id));
        }
        Some(())
    }

    /// The sums of all rows, or those of all columns.
    fn lines(&mut self, flow: &'d Flow, table: Option<&'d Indicator>, own: &str, other: &str) {
        let before = self.failures.len();
        self.against(table, format!("{own}({})", flow.id));
        for number in before..self.failures.len() {
            let Some(failure) = self.failures.get(number) else { continue };
            let text = format!("{other}({}, {})", flow.id, failure.figure.entity);
            let formula = Formula { text, span: self.place("flow") };
            let crossed = evaluate(&formula, self.data).value.and_then(|figure| figure.value.amount.ok());
            let is_crossed = crossed.is_some_and(|sum| rounded(sum, failure.printed.scale()) == failure.printed);
            if let Some(failure) = self.failures.get_mut(number).filter(|failure| is_crossed && failure.cause.is_none())
            {
                failure.cause = Some(crossed_lines());
            }
        }
    }

    /// Holds a table against a formula; a figure that has failed already is not told of again.
    fn against(&mut self, table: Option<&'d Indicator>, text: String) {
        let Some(table) = table else { return };
        let before = self.failures.len();
        let formula = Formula { text, span: self.place("flow") };
        self.compare(table, &Demand { rule: "flow", formula, expression: None, only: None });
        let mut new = self.failures.split_off(before);
        new.retain(|failure| self.failures.iter().all(|known| known.figure != failure.figure));
        self.failures.append(&mut new);
    }
}

fn crossed_lines() -> Message {
    say("行の合計と列の合計が入れ替わっているようです", "the sums of rows and columns seem to be in each other's place")
}
