//! Checks as written: what must hold between figures, and the failures that someone has looked at and accepted.

use rust_decimal::Decimal;
use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize};

use crate::locale::{Localized, Period};

/// One check. Which it is, is told by its first key; the others belong to it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct WrittenCheck {
    /// The parts of this indicator must add up to the whole.
    pub sum: Option<String>,
    /// This indicator must be what the formula gives.
    pub equals: Option<String>,
    /// This indicator must be the rank in another one.
    pub rank: Option<String>,
    /// This indicator must stay between two numbers.
    pub bounds: Option<String>,
    /// This indicator must only rise, or only fall, from period to period.
    pub monotone: Option<String>,
    /// These indicators must agree wherever two of them have a value.
    pub same_as: Vec<String>,
    /// This indicator must not change by more than a factor from one period to the next.
    pub no_jump: Option<String>,

    /// The area that is the sum.
    pub whole: Option<String>,
    /// The areas that are added up.
    pub parts: Vec<String>,
    /// The area whose parts are added up: those below it in the tree.
    pub children_of: Option<String>,
    /// By how much figures may differ beyond their rounding.
    pub tolerance: Option<Number>,
    /// What the figure must be.
    pub formula: Option<String>,
    /// The indicator that is ranked.
    pub of: Option<String>,
    /// Which end is first, or where the figures go.
    pub direction: Option<Direction>,
    /// Among which areas.
    pub level: Option<super::AreaKind>,
    /// The least.
    pub from: Option<Number>,
    /// The most.
    pub to: Option<Number>,
    /// The largest change from one period to the next: 2 is a doubling or a halving.
    pub factor: Option<Number>,
    /// Only these periods.
    pub periods: Option<Vec<Period>>,
    /// Only these areas.
    pub areas: Option<Vec<String>>,
    /// Failures that are known, with the reason for which they stay.
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

/// A failure that is known.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Accepted {
    /// The area or hospital.
    pub area: String,
    /// The period; all of them where none is given.
    pub period: Option<Period>,
    /// Why the figure stays as it is.
    pub reason: Localized,
}

/// Which end is first, or where figures go.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Direction {
    /// The highest is first.
    High,
    /// The lowest is first.
    Low,
    /// Figures rise.
    Up,
    /// Figures fall.
    Down,
}
