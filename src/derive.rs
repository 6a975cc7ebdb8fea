//! Figures from figures: plain arithmetic over the values of indicators, and how its results are printed.
//!
//! Nothing is rounded on the way. What is missing in a sum is missing in its result, and so is what was divided by zero.

use rust_decimal::Decimal;

use crate::locale::{Argument, Language, Locale, Localized, Words, round};
use crate::model::indicator::{Amount, Missing};

pub mod average;
pub mod change;
pub mod explain;
mod figures;
pub mod flow;
pub mod formula;
pub mod rank;
pub mod rotation;
pub mod share;

pub use figures::{Computed, figures};

/// The language in which figures are printed.
#[derive(Clone, Copy)]
pub struct Wording<'w> {
    /// Its formats.
    pub locale: &'w Locale,
    /// Its words.
    pub words: &'w Words,
    /// The language that labels are taken from where they have none of their own.
    pub default_language: &'w Language,
}

impl Wording<'_> {
    /// The text of a label.
    pub fn text<'l>(&self, label: &'l Localized) -> &'l str {
        label.text(self.locale.language(), self.default_language)
    }

    /// The tag for `lang` where the text of a label is not in the language of the page.
    pub fn foreign(&self, label: &Localized) -> Option<String> {
        let chosen = label.choose(self.locale.language(), self.default_language);
        chosen.foreign.map(|language| language.html().to_owned())
    }

    /// The message of the theme, with texts filled in. Where the theme has none, the texts one after the other.
    pub fn say(&self, key: &str, texts: &[(&str, &str)]) -> String {
        let arguments: Vec<(&str, Argument)> =
            texts.iter().map(|(name, text)| (*name, Argument::Text((*text).to_owned()))).collect();
        self.words
            .get(key, &arguments)
            .unwrap_or_else(|| texts.iter().map(|(_, text)| *text).collect::<Vec<_>>().join(" "))
    }

    /// A number with `digits` decimals, or the sign of the reason for which there is none.
    pub fn amount(&self, amount: Amount, digits: u32) -> String {
        match amount {
            Ok(number) => self.locale.number(rounded(number, digits)),
            Err(missing) => self.sign(missing).to_owned(),
        }
    }

    /// The sign that stands for a missing value.
    pub fn sign(&self, missing: Missing) -> &str {
        if missing == Missing::Suppressed { self.locale.suppressed() } else { missing.sign() }
    }

    /// A printed number with its unit: 5,091人, 5,091 physicians, 14.4%; and 人口10万人当たり289.8人, for a Japanese rate
    /// says what it is of before the number.
    pub fn with_unit(&self, number: &str, unit: &str) -> String {
        if let Some((of, unit)) = unit.split_once("当たり") {
            return format!("{of}当たり{}", self.with_unit(number, unit));
        }
        match unit {
            "" => number.to_owned(),
            // No space before it in any language; the sign is the one that belongs to the script.
            "%" | "％" => format!("{number}{}", if self.locale.language().is_japanese() { "％" } else { "%" }),
            _ => self.say("value-with-unit", &[("value", number), ("unit", unit)]),
        }
    }
}

/// A number with `digits` decimals, rounded half up. Division leaves noise in the last of 28 digits, which is taken off
/// first: a third of 1.5 is 0.5 and rounds to 1.
pub fn rounded(number: Decimal, digits: u32) -> Decimal {
    const NOISE_FREE: u32 = 18;
    let is_noisy = number.scale() > NOISE_FREE;
    round(if is_noisy { round(number, NOISE_FREE) } else { number }, digits)
}

/// With how many decimals a number is printed whose precision nobody gave: three digits that count, and at least one
/// decimal.
pub fn usual_digits(number: Decimal) -> u32 {
    const MOST: u32 = 6;
    let size = number.abs();
    if size.is_zero() || size >= Decimal::TEN {
        return 1;
    }
    let mut digits = 2;
    let mut bound = Decimal::ONE;
    while size < bound && digits < MOST {
        digits += 1;
        bound /= Decimal::TEN;
    }
    digits
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn halves_are_rounded_up_whatever_division_left_of_them() {
        let third = Decimal::ONE / Decimal::from(3);
        assert_eq!(rounded(third * Decimal::new(15, 1), 0), Decimal::ONE);
        assert_eq!(rounded(Decimal::new(-25, 1), 0), Decimal::from(-3));
        assert_eq!(rounded(Decimal::new(14404, 3), 1), Decimal::new(144, 1));
    }

    #[test]
    fn small_numbers_keep_three_digits() {
        let digits = |number: &str| usual_digits(Decimal::from_str_exact(number).expect("a number"));
        let cases = [("345.97", 1), ("10", 1), ("9.87", 2), ("0.987", 3), ("0.01632", 4), ("0", 1), ("0.000000001", 6)];
        for (number, expected) in cases {
            assert_eq!(digits(number), expected, "{number}");
        }
    }
}
