//! Checks as written: what must hold between figures, and the failures that someone has looked at and accepted.

use std::borrow::Cow;

use rust_decimal::Decimal;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize};

use crate::locale::{Localized, Period};

/// One check. Which it is, is told by its first key; the others belong to it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
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
    pub level: Option<super::AreaKind>,
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
