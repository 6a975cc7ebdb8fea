//! Change between two values: the difference, and what it is of the first.

use rust_decimal::Decimal;

use crate::model::indicator::{Amount, Missing};

/// The last value minus the first: `x1 - x0`.
///
/// Source: 増減数 in 表1 and 表2 of the plan of Kumamoto Prefecture.
pub fn change(first: Amount, last: Amount) -> Amount {
    last?.checked_sub(first?).ok_or(Missing::NotApplicable)
}

/// The change as a part of the first value, `(x1 - x0) / x0`: 0.144 for 14.4 %. There is none from zero, nor from below it.
///
/// Source: 増減率 in the same tables.
pub fn rate(first: Amount, last: Amount) -> Amount {
    let base = first?;
    if base <= Decimal::ZERO {
        return last.and(Err(Missing::NotApplicable));
    }
    change(first, last)?.checked_div(base).ok_or(Missing::NotApplicable)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::derive::rounded;

    /// Rows of 表1 and 表2 of the plan of Kumamoto Prefecture: first and last value, change and rate as printed there.
    const PRINTED: [(&str, &str, &str, &str); 10] = [
        ("271897", "311963", "40066", "14.7"),
        ("4450", "5091", "641", "14.4"),
        ("2694", "3183", "489", "18.2"),
        ("119", "119", "0", "0.0"),
        ("135", "131", "-4", "-3.0"),
        ("248", "244", "-4", "-1.6"),
        ("1875", "2027", "152", "8.1"),
        ("212.9", "246.7", "33.8", "15.9"),
        ("160.9", "203.4", "42.5", "26.4"),
        ("171.6", "199.3", "27.7", "16.1"),
    ];

    #[test]
    fn changes_are_those_of_the_printed_tables() {
        let number = |text: &str| Decimal::from_str_exact(text).expect("a number");
        for (first, last, difference, per_cent) in PRINTED {
            let (first, last) = (Ok(number(first)), Ok(number(last)));
            assert_eq!(change(first, last), Ok(number(difference)));
            let rate = rate(first, last).expect("a rate");
            assert_eq!(rounded(rate * Decimal::ONE_HUNDRED, 1), number(per_cent), "{difference}");
        }
    }

    #[test]
    fn missing_values_and_zero_leave_no_number() {
        let (one, zero) = (Ok(Decimal::ONE), Ok(Decimal::ZERO));
        assert_eq!(change(Err(Missing::Suppressed), one), Err(Missing::Suppressed));
        assert_eq!(rate(one, Err(Missing::NotAvailable)), Err(Missing::NotAvailable));
        assert_eq!(rate(zero, one), Err(Missing::NotApplicable));
        assert_eq!(rate(Ok(Decimal::NEGATIVE_ONE), one), Err(Missing::NotApplicable));
        assert_eq!(change(Ok(Decimal::MIN), Ok(Decimal::MAX)), Err(Missing::NotApplicable));
    }
}
