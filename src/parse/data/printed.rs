//! The values of a derived indicator as somebody printed them, to be held against what its formula gives.

use std::borrow::Cow;
use std::fmt;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::{Error, MapAccess, Visitor, value::MapAccessDeserializer};
use serde::{Deserialize, Deserializer};

use super::{Rows, WrittenIndicator, WrittenSheet, schema};
use crate::locale::schema::AS_IS;
use crate::locale::{Localized, Period};

/// Where the printed values stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Printed {
    /// In an indicator of their own.
    Indicator(String),
    /// In a table, here or in a file.
    Table(Box<PrintedTable>),
}

/// A printed table.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(extend("allOf" = schema::printed_values()))]
pub struct PrintedTable {
    /// Where it is printed; that of the indicator, where it has one.
    #[schemars(extend("x-ja" = "印刷された値の出典。省けば指標の出典。"))]
    pub source: Option<Localized>,
    /// The state of the values; that of the indicator, where it has one.
    #[schemars(extend("x-ja" = "値の時点。省けば指標の時点。"))]
    pub as_of: Option<Period>,
    /// What the columns of `values` are.
    #[schemars(extend("x-ja" = "values の列の時点。"))]
    #[schemars(length(min = 1), extend("uniqueItems" = true))]
    pub periods: Option<Vec<Period>>,
    /// The rows: the name of an area or hospital, then a cell for each period.
    #[schemars(extend("x-ja" = "行: 地域か病院の名と、時点ごとの値。"))]
    pub values: Option<Rows>,
    /// The file in which the rows stand, where they are not written here.
    #[schemars(extend("x-ja" = "行をここに書かないときの、表のファイル（CSV かワークブック）。"))]
    pub table: Option<WrittenSheet>,
}

impl PrintedTable {
    /// The indicator that it is: that of the formula in everything but its values.
    pub fn indicator(&self, derived: &WrittenIndicator) -> WrittenIndicator {
        WrittenIndicator {
            id: format!("{}_printed", derived.id),
            source: self.source.clone().or_else(|| derived.source.clone()),
            as_of: self.as_of.or(derived.as_of),
            periods: self.periods.clone(),
            values: self.values.clone(),
            table: self.table.clone(),
            formula: None,
            printed: None,
            rank_of: None,
            checks: Vec::new(),
            precision: None,
            ..derived.clone()
        }
    }
}

impl<'de> Deserialize<'de> for Printed {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Printed, D::Error> {
        deserializer.deserialize_any(PrintedVisitor)
    }
}

impl JsonSchema for Printed {
    fn schema_name() -> Cow<'static, str> {
        "Printed".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let table = generator.subschema_for::<PrintedTable>();
        json_schema!({
            "x-ja": "指標の id、または印刷された値の表。",
            "description": "The id of an indicator, or a table of the printed values.",
            "anyOf": [{ "type": "string", AS_IS: true }, table],
        })
    }
}

struct PrintedVisitor;

impl<'de> Visitor<'de> for PrintedVisitor {
    type Value = Printed;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(
            "指標の id か、values か table のある表\u{1f}the id of an indicator, or a table with values or table",
        )
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Printed, E> {
        Ok(Printed::Indicator(text.to_owned()))
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Printed, A::Error> {
        PrintedTable::deserialize(MapAccessDeserializer::new(map)).map(|table| Printed::Table(Box::new(table)))
    }
}
