//! What JSON Schemas say of the cells and rows of a table: patterns of what [`super::amount`] reads.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde_json::{Map, Value, json};

use super::{Mark, Rows, WrittenCell};

impl JsonSchema for WrittenCell {
    fn schema_name() -> Cow<'static, str> {
        "Cell".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let mark = generator.subschema_for::<Option<Mark>>();
        json_schema!({
            "x-ja": "数値、または値がない理由の記号（— 該当なし、… 不明・未公表、x 秘匿）。",
            "description": "A number, or a sign for its absence (— not applicable, … not available, x suppressed).",
            "anyOf": [
                { "type": "number" },
                { "type": "string", "pattern": cell_pattern() },
                {
                    "type": "object",
                    "properties": {
                        "value": {
                            "x-ja": "数値、または値がない理由の記号。",
                            "description": "A number, or a sign for its absence.",
                            "anyOf": [{ "type": "number" }, { "type": "string", "pattern": cell_pattern() }],
                        },
                        "mark": {
                            "x-ja": "値について知られていること。",
                            "description": "What is known about the value.",
                            "allOf": [mark],
                        },
                    },
                    "required": ["value"],
                    "additionalProperties": false,
                },
            ],
        })
    }
}

impl JsonSchema for Rows {
    fn schema_name() -> Cow<'static, str> {
        "Rows".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let cell = generator.subschema_for::<WrittenCell>();
        json_schema!({
            "x-ja": "行の集まり（地域か病院の名: [時点ごとの値]）。",
            "description": "Rows (the name of an area or hospital: [a value for each period]).",
            "type": "object",
            "additionalProperties": { "type": "array", "items": cell },
        })
    }
}

/// Where the values of an indicator come from, and what must stand beside them: what `model` asks of its fields.
pub(super) fn ways_to_values() -> Value {
    let there = |fields: &[&str]| {
        let filled: Map<String, Value> =
            fields.iter().map(|field| ((*field).to_owned(), json!({ "not": { "type": "null" } }))).collect();
        json!({ "required": fields, "properties": filled })
    };
    let lacks = |field: &str| json!({ "not": there(&[field]) });
    // What a printed table does not say for itself its indicator must say.
    let in_printed = |field: &str| {
        let has_it = json!({ "not": { "allOf": [{ "type": "object" }, lacks(field)] } });
        json!({ "if": lacks(field), "then": { "properties": { "printed": { "not": { "not": has_it } } } } })
    };
    json!([
        { "if": lacks("formula"), "then": there(&["source", "as_of"]) },
        { "if": { "allOf": [lacks("formula"), there(&["values"])] }, "then": there(&["periods"]) },
        { "if": { "allOf": [lacks("formula"), lacks("table")] }, "then": there(&["values"]) },
        { "not": there(&["formula", "values"]) },
        { "not": there(&["table", "values"]) },
        in_printed("source"),
        in_printed("as_of"),
    ])
}

/// What must stand beside the values of a printed table.
pub(super) fn printed_values() -> Value {
    let Value::Array(mut rules) = either("table", "values") else { return json!([]) };
    rules.push(json!({ "if": there("values"), "then": there("periods") }));
    Value::Array(rules)
}

/// A field that is there.
fn there(field: &str) -> Value {
    json!({ "required": [field], "properties": { field: { "not": { "type": "null" } } } })
}

/// One of two fields, and not both.
pub(super) fn either(first: &str, second: &str) -> Value {
    json!([{ "anyOf": [there(first), there(second)] }, { "not": { "allOf": [there(first), there(second)] } }])
}

/// What a cell of text may hold. How many digits a number may have is not said.
fn cell_pattern() -> String {
    let space = "[\\s\\u00a0]*";
    let (digit, point, comma) = ("[0-9０-９]", "[.．]", "[,，]");
    let absent = "[-－—―–‐‑−ー\u{ff70}─]|[-－]{2}|——|…|[.．]{3}|‥|……|・・・|[xXｘＸ×χ]";
    let sign = "[-－−‐‑–▲△+＋]";
    let plain = format!("(?:{digit}{{1,3}}(?:{comma}{digit}{{3}})+|{digit}+)(?:{point}{digit}*)?|{point}{digit}+");
    let scientific = format!("(?:{digit}+{point}?{digit}*|{point}{digit}+)[eEｅＥ][-+－＋]?{digit}+");
    format!("^{space}(?:{absent}|(?:{sign}{space})?(?:{scientific}|{plain})(?:{space}[%％])?){space}$")
}
