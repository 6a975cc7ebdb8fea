//! Flows: how many come into an area and leave it, and what that makes of the number of patients there.
//!
//! Source: the coefficient of patient flows between areas (患者流出入調整係数) as the plans of the prefectures print it.

use super::{average, share};
use crate::model::indicator::{Amount, Missing};

/// What a row or column adds up to: the sum of its cells, or, where one of them is lost, the total printed beside them.
pub fn total(cells: &[Amount], printed: Option<Amount>) -> Amount {
    average::sum(cells).or_else(|missing| printed.unwrap_or(Err(missing)))
}

/// How many of a row or column come from elsewhere or go there: the cells of the others, or, where one of them is lost,
/// what the area's own cells leave of the printed total.
pub fn beyond(others: &[Amount], own: &[Amount], printed: Option<Amount>) -> Amount {
    average::sum(others).or_else(|missing| less(printed.unwrap_or(Err(missing)), average::sum(own)))
}

/// How many more come than leave.
pub fn net(inflow: Amount, outflow: Amount) -> Amount {
    less(inflow, outflow)
}

/// `(A + in − out) / A`, where A is the number of those who live in the area: 0.786 where 1.4 live and 0.3 leave. Missing
/// where nobody lives there.
pub fn coefficient(residents: Amount, inflow: Amount, outflow: Amount) -> Amount {
    let present = plus(residents, net(inflow, outflow));
    share::share(present, residents)
}

fn plus(left: Amount, right: Amount) -> Amount {
    left?.checked_add(right?).ok_or(Missing::NotApplicable)
}

fn less(left: Amount, right: Amount) -> Amount {
    left?.checked_sub(right?).ok_or(Missing::NotApplicable)
}

#[cfg(test)]
mod tests {
    use rust_decimal::Decimal;

    use super::*;
    use crate::derive::rounded;

    fn number(text: &str) -> Amount {
        Ok(Decimal::from_str_exact(text).expect("a number"))
    }

    #[test]
    fn the_coefficient_is_that_of_the_printed_tables() {
        // 青森県「医師確保計画（案）」, 入院: 西北五, 津軽, 八戸.
        let cases = [("1.4", "0", "0.3", "0.786"), ("2.6", "0.5", "0.1", "1.154"), ("3.4", "0.4", "0.2", "1.059")];
        for (residents, inflow, outflow, expected) in cases {
            let found = coefficient(number(residents), number(inflow), number(outflow));
            assert_eq!(found.map(|found| rounded(found, 3)), number(expected));
        }
        assert_eq!(coefficient(number("0"), number("1"), number("0")), Err(Missing::NotApplicable));
        assert_eq!(coefficient(number("1"), Err(Missing::Suppressed), number("0")), Err(Missing::Suppressed));
    }

    #[test]
    fn a_printed_total_stands_in_for_a_lost_cell() {
        let cells = [number("0.2"), number("0.1"), Err(Missing::NotAvailable)];
        assert_eq!(total(&cells, None), Err(Missing::NotAvailable));
        assert_eq!(total(&cells, Some(number("1.4"))), number("1.4"));
        assert_eq!(total(&cells[..2], Some(number("1.4"))), number("0.3"));
        assert_eq!(beyond(&cells, &[number("1.1")], Some(number("1.4"))), number("0.3"));
        assert_eq!(beyond(&cells, &[number("1.1")], None), Err(Missing::NotAvailable));
    }
}
