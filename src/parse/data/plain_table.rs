//! Plain tables as written: columns with heads of their own, and rows of texts and numbers that no formula reads.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Serialize};
use serde_yaml::Value;

use super::{Amount, DataDocument, Missing, WrittenCell, WrittenPlainSheet, data, schema, syntax};
use crate::diagnostic::{Checked, Diagnostic};
use crate::locale::{Localized, Period};

/// A plain table.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(extend("allOf" = schema::either("table", "rows")))]
pub struct WrittenPlainTable {
    /// What other files call it.
    #[schemars(extend("x-ja" = "ほかのファイルから指すときの名。"))]
    #[schemars(regex(pattern = crate::parse::schema::ID))]
    pub id: String,
    /// What it shows.
    #[schemars(extend("x-ja" = "何の表か。"))]
    pub name: Localized,
    /// Where it is from.
    #[schemars(extend("x-ja" = "出典。"))]
    pub source: Localized,
    /// Its state.
    #[schemars(extend("x-ja" = "表の時点。"))]
    pub as_of: Period,
    /// What must be said about it.
    #[schemars(extend("x-ja" = "注意書き。"))]
    pub note: Option<Localized>,
    /// Its columns.
    #[schemars(extend("x-ja" = "列。"))]
    pub columns: Vec<TableColumn>,
    /// Its rows: a cell for each column.
    #[schemars(extend("x-ja" = "行。列ごとに一つのセル。"))]
    #[schemars(with = "Option<Vec<Vec<AnyCell>>>")]
    pub rows: Option<Vec<Vec<Value>>>,
    /// The file in which the rows stand, where they are not written here.
    #[schemars(extend("x-ja" = "行をここに書かないときの、表のファイル（CSV かワークブック）。"))]
    pub table: Option<WrittenPlainSheet>,
}

/// What a JSON Schema says of a cell: in which columns numbers stand it can't say.
struct AnyCell;

impl JsonSchema for AnyCell {
    fn schema_name() -> Cow<'static, str> {
        "AnyCell".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let amount = generator.subschema_for::<WrittenCell>();
        let text = generator.subschema_for::<Localized>();
        json_schema!({ "anyOf": [{ "type": ["string", "number", "boolean", "null"] }, text, amount] })
    }
}

/// A column of a plain table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TableColumn {
    /// What templates call it.
    #[schemars(extend("x-ja" = "型の中での名。"))]
    pub id: String,
    /// Its head.
    #[schemars(extend("x-ja" = "見出し。"))]
    pub label: Localized,
    /// What its numbers are counted in. A column without a unit holds texts.
    #[schemars(extend("x-ja" = "数値の単位。単位のない列は文字。"))]
    pub unit: Option<Localized>,
    /// Its heading in the file, where that is not the head.
    #[serde(default, skip_serializing)]
    #[schemars(extend("x-ja" = "表のファイルでの列の見出し。見出し（label）と同じなら省ける。"))]
    pub heading: Option<String>,
}

/// A cell of a plain table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub enum TableCell {
    /// In a column with a unit: a number, or why there is none.
    Amount(Amount),
    /// In a column without one.
    Text(Localized),
}

impl DataDocument {
    /// A row of a plain table, understood: as many cells as there are columns.
    pub fn table_row(&self, table: usize, row: usize) -> Checked<Vec<TableCell>> {
        let mut findings = Vec::new();
        let Some(written) = self.tables.get(table) else { return Checked::clean(Vec::new()) };
        let cells = written.rows.iter().flatten().nth(row).map(Vec::as_slice).unwrap_or_default();
        let path = format!("tables[{table}].rows[{row}]");
        if cells.len() != written.columns.len() {
            findings.push(data::table_row_length(self.spans.value(&path), cells.len(), written.columns.len()));
        }
        let mut understood = Vec::new();
        for (number, column) in written.columns.iter().enumerate() {
            let cell = cells.get(number).unwrap_or(&Value::Null);
            let missing = cells.get(number).is_none();
            let place = format!("{path}[{number}]");
            let read = self.table_cell(column, cell, &place);
            understood.push(read.unwrap_or_else(|finding| {
                if !missing {
                    findings.push(finding);
                }
                TableCell::Amount(Err(Missing::NotAvailable))
            }));
        }
        Checked::new(understood, findings)
    }

    fn table_cell(&self, column: &TableColumn, cell: &Value, place: &str) -> Result<TableCell, Diagnostic> {
        let wrong = || {
            let found = self.spans.source(place).lines().next().unwrap_or_default();
            syntax::wrong_type(self.spans.value(place), place, found, data::expected_cell())
        };
        if let Some(unit) = &column.unit {
            let in_percent = unit.texts().any(|unit| unit.contains(['%', '％']));
            let cell: WrittenCell = serde_yaml::from_value(cell.clone()).map_err(|_| wrong())?;
            return cell.amount(&self.spans, &|| place.to_owned(), in_percent).map(TableCell::Amount);
        }
        match cell {
            Value::Null => Ok(TableCell::Text(Localized::any(""))),
            // As written: 1.50 stays 1.50.
            Value::Number(_) | Value::Bool(_) => Ok(TableCell::Text(Localized::any(self.spans.source(place)))),
            _ => serde_yaml::from_value(cell.clone()).map(TableCell::Text).map_err(|_| wrong()),
        }
    }
}
