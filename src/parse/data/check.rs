//! Checks as written: what must hold between figures, and the failures that someone has looked at and accepted.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;

use rust_decimal::Decimal;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::{Error, MapAccess, Visitor, value::MapAccessDeserializer};
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::json;

use super::AreaKind;
use crate::locale::{Localized, Period};

/// One check. Which it is, is told by its first key; the others belong to it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
#[schemars(transform = one_rule)]
pub struct WrittenCheck {
    /// The parts of this indicator must add up to the whole.
    #[schemars(extend("x-ja" = "部分の合計が全体と合うべき指標。"))]
    pub sum: Option<String>,
    /// This indicator must be what the formula gives.
    #[schemars(extend("x-ja" = "式の結果と合うべき指標。"))]
    pub equals: Option<String>,
    /// This indicator must be the rank in another one.
    #[schemars(extend("x-ja" = "別の指標の順位であるべき指標。"))]
    pub rank: Option<String>,
    /// This indicator must stay between two numbers.
    #[schemars(extend("x-ja" = "二つの数のあいだにあるべき指標。"))]
    pub bounds: Option<String>,
    /// This indicator must only rise, or only fall, from period to period.
    #[schemars(extend("x-ja" = "時点ごとに増えるだけ、または減るだけであるべき指標。"))]
    pub monotone: Option<String>,
    /// These indicators must agree wherever two of them have a value.
    #[schemars(extend("x-ja" = "両方に値があるところで一致すべき指標。"))]
    pub same_as: Vec<String>,
    /// This indicator must not change by more than a factor from one period to the next.
    #[schemars(extend("x-ja" = "次の時点までにある倍率を超えて動かないはずの指標。"))]
    pub no_jump: Option<String>,
    /// What is printed beside this flow table must be what its cells give.
    #[schemars(extend("x-ja" = "セルとともに印刷された値が、セルからの計算と合うべき流れの表。"))]
    pub flow: Option<String>,

    /// A column of this plain table says which third an area falls into.
    #[schemars(extend("x-ja" = "どの三分の一に入るかを印で示す列がある表。"))]
    pub class: Option<String>,

    /// The column of the marks.
    #[schemars(extend("x-ja" = "印のある列。"))]
    pub column: Option<String>,
    /// The marks of the first third.
    #[schemars(extend("x-ja" = "上位三分の一の印。"))]
    pub first: Vec<String>,
    /// The marks of the last third.
    #[schemars(extend("x-ja" = "下位三分の一の印。"))]
    pub last: Vec<String>,
    /// The area that is the sum.
    #[schemars(extend("x-ja" = "合計にあたる地域。"))]
    pub whole: Option<String>,
    /// The areas that are added up.
    #[schemars(extend("x-ja" = "足し合わせる地域。"))]
    pub parts: Vec<String>,
    /// The area whose parts are added up: those below it in the tree.
    #[schemars(extend("x-ja" = "この地域に直接含まれる地域を足し合わせる。"))]
    pub children_of: Option<String>,
    /// By how much figures may differ beyond their rounding.
    #[schemars(extend("x-ja" = "丸めのほかに許す差。"))]
    pub tolerance: Option<Number>,
    /// What the figure must be.
    #[schemars(extend("x-ja" = "数値がそうなるべき式。"))]
    pub formula: Option<String>,
    /// The indicator that is ranked.
    #[schemars(extend("x-ja" = "順位のもとになる指標。"))]
    pub of: Option<String>,
    /// Which end is first, or where the figures go.
    #[schemars(extend("x-ja" = "どちらの端が 1 位か、または増減の向き。"))]
    pub direction: Option<Direction>,
    /// Among which areas.
    #[schemars(extend("x-ja" = "どの種類の地域の中での順位か。"))]
    pub level: Option<AreaKind>,
    /// How many are ranked in all, where the data has only some of them; by kind of area, where it differs.
    #[schemars(extend("x-ja" = "順位の母数。データにその一部しかないときに書く。地域の種類ごとにも書ける。"))]
    pub n: Option<Counts>,
    /// What equal values get.
    #[schemars(extend("x-ja" = "同じ値の順位の付け方。"))]
    pub ties: Ties,
    /// The least.
    #[schemars(extend("x-ja" = "下限。"))]
    pub from: Option<Number>,
    /// The most.
    #[schemars(extend("x-ja" = "上限。"))]
    pub to: Option<Number>,
    /// The largest change from one period to the next: 2 is a doubling or a halving.
    #[schemars(extend("x-ja" = "次の時点までの変化の上限。2 なら倍か半分まで。"))]
    pub factor: Option<Number>,
    /// Only these periods.
    #[schemars(extend("x-ja" = "この時点だけを調べる。"))]
    pub periods: Option<Vec<Period>>,
    /// Only these areas.
    #[schemars(extend("x-ja" = "この地域だけを調べる。"))]
    pub areas: Option<Vec<String>>,
    /// Failures that are known, with the reason for which they stay.
    #[schemars(extend("x-ja" = "分かっている食い違いと、そのまま残す理由。"))]
    pub accept: Vec<Accepted>,
}

/// What the schema says of a check as a whole: it has exactly one rule, and what that rule needs.
fn one_rule(schema: &mut Schema) {
    // Nothing after the colon is as good as no field; an empty list is one only where a list is asked for.
    let given = |field: &str, nothing: serde_json::Value| json!({ "required": [field], "properties": { field: { "not": nothing } } });
    let text = |field: &str| given(field, json!({ "type": "null" }));
    let list = |field: &str, most: u32| given(field, json!({ "maxItems": most }));
    let rules = ["sum", "equals", "rank", "bounds", "monotone", "no-jump", "flow", "class"].map(text);
    let needs = |rule: serde_json::Value, needs: serde_json::Value| json!({ "if": rule, "then": needs });
    let parts = json!({ "allOf": [text("whole"), list("parts", 0)] });
    schema.insert("oneOf".to_owned(), rules.into_iter().chain([list("same-as", 0)]).collect());
    schema.insert(
        "allOf".to_owned(),
        json!([
            needs(text("sum"), json!({ "anyOf": [text("children-of"), parts] })),
            needs(text("equals"), text("formula")),
            needs(text("rank"), text("of")),
            needs(text("bounds"), json!({ "anyOf": [text("from"), text("to")] })),
            needs(text("monotone"), text("direction")),
            needs(list("same-as", 0), list("same-as", 1)),
            needs(text("class"), text("column")),
            needs(text("class"), text("of")),
            needs(text("class"), json!({ "anyOf": [list("first", 0), list("last", 0)] })),
        ]),
    );
}

/// A number as written, with its decimals.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Number(pub Decimal);

impl<'de> Deserialize<'de> for Number {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Number, D::Error> {
        let number = f64::deserialize(deserializer)?;
        // What YAML reads as a binary number is the shortest decimal that leads to it: 0.1 is 0.1 again.
        let number = Decimal::from_str_exact(&number.to_string());
        number.map(Number).map_err(|_| D::Error::custom("数値が大きすぎます\u{1f}the number is too large"))
    }
}

impl JsonSchema for Number {
    fn schema_name() -> Cow<'static, str> {
        "Number".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "x-ja": "数値。", "description": "A number.", "type": "number" })
    }
}

/// A failure that is known.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Accepted {
    /// The area or hospital.
    #[schemars(extend("x-ja" = "地域か病院。"))]
    pub area: String,
    /// The period; all of them where none is given.
    #[schemars(extend("x-ja" = "時点。省けばすべての時点。"))]
    pub period: Option<Period>,
    /// Why the figure stays as it is.
    #[schemars(extend("x-ja" = "そのまま残す理由。"))]
    pub reason: Localized,
}

/// How many are ranked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Counts {
    /// So many of every kind.
    Of(u32),
    /// So many of each kind of area.
    ByKind(BTreeMap<AreaKind, u32>),
}

impl<'de> Deserialize<'de> for Counts {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Counts, D::Error> {
        deserializer.deserialize_any(CountsVisitor)
    }
}

impl JsonSchema for Counts {
    fn schema_name() -> Cow<'static, str> {
        "Counts".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let kind = generator.subschema_for::<AreaKind>();
        let count = json_schema!({ "type": "integer", "minimum": 0, "maximum": u32::MAX });
        let by_kind = json_schema!({ "type": "object", "propertyNames": kind, "additionalProperties": count.clone() });
        json_schema!({
            "x-ja": "数、または地域の種類ごとの数。",
            "description": "A number, or one for each kind of area.",
            "anyOf": [count, by_kind],
        })
    }
}

struct CountsVisitor;

impl<'de> Visitor<'de> for CountsVisitor {
    type Value = Counts;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("数、または `地域の種類: 数` の集まり\u{1f}a number, or lines of `kind of area: number`")
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<Counts, E> {
        let number = u32::try_from(number);
        number.map(Counts::Of).map_err(|_| E::custom("数値が大きすぎます\u{1f}the number is too large"))
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Counts, A::Error> {
        BTreeMap::deserialize(MapAccessDeserializer::new(map)).map(Counts::ByKind)
    }
}

/// What equal values get.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Ties {
    /// The better rank, and the ranks behind it stay free: 1, 2, 2, 4.
    #[default]
    #[schemars(extend("x-ja" = "同じ順位。次は飛ばす（1, 2, 2, 4）"))]
    Shared,
    /// The same rank, and none is left out: 1, 2, 2, 3.
    #[schemars(extend("x-ja" = "同じ順位。次は飛ばさない（1, 2, 2, 3）"))]
    Dense,
    /// One rank after the other: 1, 2, 3, 4.
    #[schemars(extend("x-ja" = "別々の順位（1, 2, 3, 4）"))]
    Distinct,
}

/// The `rank_of:` of an indicator: its values are the printed ranks of another one.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RankOf {
    /// The indicator that is ranked.
    #[schemars(extend("x-ja" = "順位のもとになる指標。"))]
    pub indicator: String,
    /// Which end is first; the highest, where nothing is said.
    #[schemars(extend("x-ja" = "どちらの端が 1 位か。省けば高いほう。"))]
    pub direction: Option<Direction>,
    /// Among which areas.
    #[schemars(extend("x-ja" = "どの種類の地域の中での順位か。"))]
    pub level: Option<AreaKind>,
    /// How many are ranked in all, where the data has only some of them; by kind of area, where it differs.
    #[schemars(extend("x-ja" = "順位の母数。データにその一部しかないときに書く。地域の種類ごとにも書ける。"))]
    pub n: Option<Counts>,
    /// What equal values get.
    #[serde(default)]
    #[schemars(extend("x-ja" = "同じ値の順位の付け方。"))]
    pub ties: Ties,
    /// Failures that are known, with the reason for which they stay.
    #[serde(default)]
    #[schemars(extend("x-ja" = "分かっている食い違いと、そのまま残す理由。"))]
    pub accept: Vec<Accepted>,
}

impl RankOf {
    /// The check that it asks for, of the indicator `id`.
    pub fn check(&self, id: &str) -> WrittenCheck {
        let RankOf { indicator, direction, level, n, ties, accept } = self.clone();
        let (rank, of) = (Some(id.to_owned()), Some(indicator));
        WrittenCheck { rank, of, direction, level, n, ties, accept, ..WrittenCheck::default() }
    }
}

/// Which end is first, or where figures go.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Direction {
    /// The highest is first.
    #[schemars(extend("x-ja" = "高いものが 1 位"))]
    High,
    /// The lowest is first.
    #[schemars(extend("x-ja" = "低いものが 1 位"))]
    Low,
    /// Figures rise.
    #[schemars(extend("x-ja" = "増える"))]
    Up,
    /// Figures fall.
    #[schemars(extend("x-ja" = "減る"))]
    Down,
}
