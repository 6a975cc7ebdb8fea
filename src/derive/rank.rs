//! Rank and third: where a value stands among others.

use rust_decimal::Decimal;

use crate::model::indicator::{Amount, Missing};
use crate::parse::data::Direction;

/// Values in the order of their ranks, the first one first.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Ranking {
    ordered: Vec<Decimal>,
    lowest_first: bool,
}

impl Ranking {
    /// Puts values into order. Missing ones have no rank and are not counted.
    pub fn new(values: impl IntoIterator<Item = Amount>, direction: Direction) -> Ranking {
        let mut ordered: Vec<Decimal> = values.into_iter().filter_map(Result::ok).collect();
        let lowest_first = matches!(direction, Direction::Low | Direction::Down);
        ordered.sort();
        if !lowest_first {
            ordered.reverse();
        }
        Ranking { ordered, lowest_first }
    }

    /// How many values are ranked.
    pub fn count(&self) -> usize {
        self.ordered.len()
    }

    /// One more than the number of values before it, so that equal values share the better rank: 1, 2, 2, 4.
    ///
    /// Source: the ranks of the tables of maldistribution indices (医師偏在指標) in the plans of the prefectures.
    pub fn rank(&self, value: Amount) -> Amount {
        let value = value?;
        let before = |other: &Decimal| if self.lowest_first { *other < value } else { *other > value };
        Ok(Decimal::from(self.ordered.partition_point(before) + 1))
    }

    /// 1, 2 or 3: the first third are those whose rank is at most n / 3, the last third those beyond 2n / 3.
    ///
    /// Source: 医師確保計画策定ガイドライン (多数区域 the upper, 少数区域 the lower 33.3 %); how the rank on the boundary
    /// falls is not printed there.
    pub fn third(&self, value: Amount) -> Amount {
        let threefold = self.rank(value)? * Decimal::from(3);
        let count = Decimal::from(self.count());
        if count.is_zero() {
            return Err(Missing::NotApplicable);
        }
        let third = if threefold <= count { 1 } else { 3 - i32::from(threefold <= count * Decimal::TWO) };
        Ok(Decimal::from(third))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ranking(values: &[i64], direction: Direction) -> Ranking {
        Ranking::new(values.iter().map(|value| Ok((*value).into())), direction)
    }

    #[test]
    fn equal_values_share_the_better_rank() {
        let high = ranking(&[5, 9, 7, 7], Direction::High);
        let rank = |value: i64| high.rank(Ok(value.into())).map(|rank| rank.to_string());
        assert_eq!([9, 7, 5].map(rank), ["1", "2", "4"].map(|rank| Ok(rank.to_owned())));
        assert_eq!(ranking(&[5, 9, 7, 7], Direction::Low).rank(Ok(7.into())), Ok(2.into()));
        assert_eq!(high.rank(Err(Missing::NotAvailable)), Err(Missing::NotAvailable));
    }

    #[test]
    fn thirds_of_seven() {
        let seven = ranking(&[1, 2, 3, 4, 5, 6, 7], Direction::High);
        let thirds: Vec<Amount> = (1..=7).rev().map(|value: i64| seven.third(Ok(value.into()))).collect();
        assert_eq!(thirds, [1, 1, 2, 2, 3, 3, 3].map(|third: i64| Ok(third.into())));
        assert_eq!(Ranking::default().third(Ok(1.into())), Err(Missing::NotApplicable));
    }
}
