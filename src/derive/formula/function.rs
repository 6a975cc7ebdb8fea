//! The functions of formulas: their names and what stands between their parentheses.

use crate::diagnostic::{Message, say};

/// A function.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Function {
    /// By how much a value changed between two periods.
    Change,
    /// The same as a part of the first value.
    Rate,
    /// How much of its whole a value is.
    Share,
    /// The sum over the parts of an area, or over given areas.
    Sum,
    /// Their mean.
    Mean,
    /// Their median.
    Median,
    /// The rank among areas of one kind.
    Rank,
    /// The third that the rank falls into.
    Third,
    /// What is missing to a target.
    Gap,
    /// The value where that of a base period is 100.
    Index,
    /// The mean of a period and of those before it.
    Moving,
    /// So many per so many.
    Per,
    /// The larger of two.
    Max,
    /// The smaller of two.
    Min,
    /// One cell of a flow table.
    Cell,
    /// What a row of a flow table adds up to.
    RowSum,
    /// What a column of it adds up to.
    ColumnSum,
    /// How many come to an area from elsewhere.
    Inflow,
    /// How many leave it.
    Outflow,
    /// How many more come than leave.
    Net,
    /// Those present for each of those who live there.
    Coefficient,
}

impl Function {
    /// All of them.
    pub const ALL: [Function; 21] = [
        Function::Change,
        Function::Rate,
        Function::Share,
        Function::Sum,
        Function::Mean,
        Function::Median,
        Function::Rank,
        Function::Third,
        Function::Gap,
        Function::Index,
        Function::Moving,
        Function::Per,
        Function::Max,
        Function::Min,
        Function::Cell,
        Function::RowSum,
        Function::ColumnSum,
        Function::Inflow,
        Function::Outflow,
        Function::Net,
        Function::Coefficient,
    ];

    /// The function of that name.
    pub fn named(name: &str) -> Option<Function> {
        Function::ALL.into_iter().find(|function| function.name() == name)
    }

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Function::Change => "change",
            Function::Rate => "rate",
            Function::Share => "share",
            Function::Sum => "sum",
            Function::Mean => "mean",
            Function::Median => "median",
            Function::Rank => "rank",
            Function::Third => "third",
            Function::Gap => "gap",
            Function::Index => "index",
            Function::Moving => "moving",
            Function::Per => "per",
            Function::Max => "max",
            Function::Min => "min",
            Function::Cell => "cell",
            Function::RowSum => "row_sum",
            Function::ColumnSum => "column_sum",
            Function::Inflow => "inflow",
            Function::Outflow => "outflow",
            Function::Net => "net",
            Function::Coefficient => "coefficient",
        }
    }

    /// Whether it is of two things.
    pub fn takes_two(self) -> bool {
        matches!(self, Function::Gap | Function::Per | Function::Max | Function::Min)
    }

    /// Whether it is of a flow table.
    pub fn is_of_flow(self) -> bool {
        match self {
            Function::Cell
            | Function::RowSum
            | Function::ColumnSum
            | Function::Inflow
            | Function::Outflow
            | Function::Net
            | Function::Coefficient => true,
            Function::Change
            | Function::Rate
            | Function::Share
            | Function::Sum
            | Function::Mean
            | Function::Median
            | Function::Rank
            | Function::Third
            | Function::Gap
            | Function::Index
            | Function::Moving
            | Function::Per
            | Function::Max
            | Function::Min => false,
        }
    }

    /// How many words it takes besides, at least and at most.
    pub fn words(self) -> (usize, usize) {
        match self {
            Function::Change | Function::Rate | Function::Rank | Function::Third => (1, 2),
            Function::Share => (0, 1),
            Function::Sum | Function::Mean | Function::Median => (0, usize::MAX),
            Function::Gap | Function::Max | Function::Min => (0, 0),
            Function::Cell => (2, 2),
            Function::RowSum
            | Function::ColumnSum
            | Function::Inflow
            | Function::Outflow
            | Function::Net
            | Function::Coefficient => (0, 1),
            Function::Index | Function::Moving | Function::Per => (1, 1),
        }
    }

    /// What stands between its parentheses.
    pub fn usage(self) -> Message {
        let name = self.name();
        match self {
            Function::Change | Function::Rate => {
                say(format!("{name}(指標, 時点, 時点)"), format!("{name}(indicator, period, period)"))
            }
            Function::Share => say(
                "share(指標)（親の地域に占める割合）、または share(指標, of: 地域)",
                "share(indicator), of the parent area, or share(indicator, of: area)",
            ),
            Function::Sum | Function::Mean | Function::Median => say(
                format!("{name}(指標)（下位の地域すべて）、または {name}(指標, 地域, 地域, …)"),
                format!("{name}(indicator), over the parts of the area, or {name}(indicator, area, area, …)"),
            ),
            Function::Rank | Function::Third => say(
                format!("{name}(指標, high) か {name}(指標, low)。地域の種類を続けて書けます"),
                format!("{name}(indicator, high) or {name}(indicator, low), then a kind of area if need be"),
            ),
            Function::Gap => say("gap(指標, 目標の指標)", "gap(indicator, indicator of the target)"),
            Function::Index => say("index(指標, 基準の時点)", "index(indicator, base period)"),
            Function::Moving => {
                say("moving(指標, 時点の数 2〜99)", "moving(indicator, number of periods from 2 to 99)")
            }
            Function::Max | Function::Min => {
                say(format!("{name}(式, 式)。単位は同じもの"), format!("{name}(formula, formula) in one unit"))
            }
            Function::Cell => {
                say("cell(流れの表, 出る地域, 行き先の地域)", "cell(flow table, area left, area gone to)")
            }
            Function::RowSum
            | Function::ColumnSum
            | Function::Inflow
            | Function::Outflow
            | Function::Net
            | Function::Coefficient => say(
                format!("{name}(流れの表, 地域)。指標の式では地域を省けます"),
                format!("{name}(flow table, area); within an indicator the area may be left out"),
            ),
            Function::Per => say("per(指標, 指標, 100000)", "per(indicator, indicator, 100000)"),
        }
    }
}
