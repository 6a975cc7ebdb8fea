//! Flow tables as written: how many go from each area to each other one.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Cell, DataDocument, Missing, Named, WrittenCell, WrittenFlowSheet, schema};
use crate::diagnostic::Checked;
use crate::locale::{Localized, Period};

/// A table of who goes from where to where.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(extend("allOf" = schema::either("table", "values")))]
pub struct WrittenFlow {
    /// Its name in formulas.
    #[schemars(extend("x-ja" = "式の中での名。"))]
    #[schemars(regex(pattern = crate::parse::schema::WORD))]
    pub id: String,
    /// What it counts.
    #[schemars(extend("x-ja" = "何を数えたものか。"))]
    pub name: Localized,
    /// What it is counted in.
    #[schemars(extend("x-ja" = "単位。"))]
    pub unit: Localized,
    /// Where the values are from.
    #[schemars(extend("x-ja" = "出典。"))]
    pub source: Localized,
    /// The state of the values.
    #[schemars(extend("x-ja" = "値の時点。"))]
    pub as_of: Period,
    /// What must be said about them.
    #[schemars(extend("x-ja" = "値についての注意書き。"))]
    pub note: Option<Localized>,
    /// With how many decimals they are printed; without it, with as many as were written.
    #[schemars(extend("x-ja" = "小数点以下の桁数。省けば書かれたとおり。"))]
    pub precision: Option<u32>,
    /// Whether counts below the threshold of the site are kept back.
    #[serde(default)]
    #[schemars(extend("x-ja" = "サイトの基準より小さい数を伏せるか。"))]
    pub small_numbers: bool,
    /// The rows: the area people come from, and in each the areas they go to.
    #[schemars(extend("x-ja" = "行: 出る側の地域と、行き先の地域ごとの値。"))]
    pub values: Option<Named<Named<WrittenCell>>>,
    /// The file in which the cells stand, where they are not written here.
    #[schemars(extend("x-ja" = "値をここに書かないときの、表のファイル（CSV かワークブック）。"))]
    pub table: Option<WrittenFlowSheet>,
    /// What is printed beside the cells, as indicators: it is held against what the cells give.
    #[serde(default)]
    #[schemars(extend("x-ja" = "セルとともに印刷された合計などの指標。セルから計算した値と突き合わせる。"))]
    pub printed: PrintedFlow,
}

/// What is printed beside the cells of a flow table: ids of indicators.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct PrintedFlow {
    /// The sums of the rows. They stand in where a cell of a row is lost.
    #[schemars(extend("x-ja" = "行の合計。失われたセルがある行では、この値を使う。"))]
    pub row_sums: Option<String>,
    /// The sums of the columns. They stand in where a cell of a column is lost.
    #[schemars(extend("x-ja" = "列の合計。失われたセルがある列では、この値を使う。"))]
    pub column_sums: Option<String>,
    /// How many more come than leave.
    #[schemars(extend("x-ja" = "流入から流出を引いた差。"))]
    pub net: Option<String>,
    /// The coefficient.
    #[schemars(extend("x-ja" = "流出入調整係数。"))]
    pub coefficient: Option<String>,
}

impl DataDocument {
    /// Whether one of its checks is about that flow table.
    pub fn asks_for_flow(&self, id: &str) -> bool {
        let inside = self.indicators.iter().flat_map(|indicator| &indicator.checks);
        self.checks.iter().chain(inside).any(|check| check.flow.as_deref() == Some(id))
    }

    /// One cell of a flow table, understood. What is no number becomes a missing one.
    pub fn flow_cell(&self, flow: usize, from: &str, to: &str, cell: &WrittenCell) -> Checked<Cell> {
        let units = self.flows.get(flow).map(|flow| &flow.unit);
        let in_percent = units.is_some_and(|unit| unit.texts().any(|unit| unit.contains(['%', '％'])));
        let place = || {
            let place = format!("flows[{flow}].values.{from}.{to}");
            if cell.in_braces { place + ".value" } else { place }
        };
        let mut findings = Vec::new();
        let amount = cell.amount(&self.spans, &place, in_percent).unwrap_or_else(|finding| {
            findings.push(finding);
            Err(Missing::NotAvailable)
        });
        Checked::new(Cell { amount, mark: cell.mark }, findings)
    }
}
