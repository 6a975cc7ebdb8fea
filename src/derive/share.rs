//! Share: how much of a whole a part is.

use crate::model::indicator::{Amount, Missing};

/// `part / whole`: 0.602 where 熊本市 has 3,064 of the 5,091 physicians of 熊本県. Missing where the whole is zero.
///
/// Source: 構成比 as in the tables of 医師・歯科医師・薬剤師統計 of the Ministry of Health, Labour and Welfare.
pub fn share(part: Amount, whole: Amount) -> Amount {
    let (part, whole) = (part?, whole?);
    if whole.is_zero() {
        return Err(Missing::NotApplicable);
    }
    part.checked_div(whole).ok_or(Missing::NotApplicable)
}

#[cfg(test)]
mod tests {
    use rust_decimal::Decimal;

    use super::*;

    #[test]
    fn a_share_of_nothing_is_missing() {
        let share_of = |part: i64, whole: i64| share(Ok(part.into()), Ok(whole.into()));
        assert_eq!(share_of(1, 4), Ok(Decimal::new(25, 2)));
        assert_eq!(share_of(1, 0), Err(Missing::NotApplicable));
        assert_eq!(share(Err(Missing::Suppressed), Ok(Decimal::ONE)), Err(Missing::Suppressed));
    }
}
