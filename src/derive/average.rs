//! Sum, mean and median of several values.

use rust_decimal::Decimal;

use crate::model::indicator::{Amount, Missing};

/// `x1 + x2 + … + xn`. Missing where any of them is.
pub fn sum(values: &[Amount]) -> Amount {
    values.iter().try_fold(Decimal::ZERO, |sum, value| sum.checked_add((*value)?).ok_or(Missing::NotApplicable))
}

/// `(x1 + x2 + … + xn) / n`. The moving mean (移動平均) is that of a period and of those just before it.
pub fn mean(values: &[Amount]) -> Amount {
    sum(values)?.checked_div(Decimal::from(values.len())).ok_or(Missing::NotApplicable)
}

/// The value in the middle; the mean of the two in the middle where their number is even.
pub fn median(values: &[Amount]) -> Amount {
    let mut sorted = values.iter().copied().collect::<Result<Vec<Decimal>, Missing>>()?;
    sorted.sort();
    let middle = sorted.len() / 2;
    let upper = sorted.get(middle).copied().ok_or(Missing::NotApplicable)?;
    if sorted.len() % 2 == 1 {
        return Ok(upper);
    }
    let lower = middle.checked_sub(1).and_then(|lower| sorted.get(lower)).copied().ok_or(Missing::NotApplicable)?;
    mean(&[Ok(lower), Ok(upper)])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_missing_in_one_is_missing_in_all() {
        let values: Vec<Amount> = [4, 1, 3, 2].map(|value: i64| Ok(value.into())).to_vec();
        assert_eq!(sum(&values), Ok(10.into()));
        assert_eq!(mean(&values), Ok(Decimal::new(25, 1)));
        assert_eq!(median(&values), Ok(Decimal::new(25, 1)));
        assert_eq!(median(&values[..3]), Ok(3.into()));
        let gap = [values[0], Err(Missing::Suppressed)];
        assert_eq!([sum(&gap), mean(&gap), median(&gap)], [Err(Missing::Suppressed); 3]);
        assert_eq!([mean(&[]), median(&[])], [Err(Missing::NotApplicable); 2]);
        assert_eq!(sum(&[Ok(Decimal::MAX), Ok(Decimal::MAX)]), Err(Missing::NotApplicable));
    }
}
