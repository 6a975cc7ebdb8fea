//! What probably happened to a figure that is wrong.

use rust_decimal::Decimal;

use super::Pair;
use crate::derive::formula::Input;
use crate::derive::rounded;
use crate::diagnostic::{Message, say};
use crate::model::data::Data;
use crate::model::indicator::Indicator;

/// The row stands one or two columns beside where it belongs: what is printed is computed for another period.
pub(super) fn slipped(row: &[Option<Pair<'_>>]) -> Option<Message> {
    let failing = row.iter().flatten().filter(|pair| !pair.agrees()).count();
    if failing < 2 {
        return None;
    }
    for (by, count) in [(1, 1_usize), (-1, 1), (2, 2), (-2, 2)] {
        let fits = row.iter().enumerate().filter(|(column, pair)| {
            let belongs = column.checked_add_signed(-by).and_then(|column| row.get(column)).and_then(Option::as_ref);
            pair.as_ref().zip(belongs).is_some_and(|(pair, belongs)| belongs.fits_better(pair))
        });
        // At the end where the row was pushed in, nothing is known to compare with.
        let fits = fits.count();
        if fits >= 2 && fits + count >= failing {
            let plural = if count == 1 { "" } else { "s" };
            return Some(if by > 0 {
                say(
                    format!("行が {count} 列ずれているようです（{count} つ前の時点の値が印刷されています）"),
                    format!(
                        "the row seems to have slipped by {count} column{plural}: each value belongs {count} period{plural} earlier"
                    ),
                )
            } else {
                say(
                    format!("行が {count} 列ずれているようです（{count} つ後の時点の値が印刷されています）"),
                    format!(
                        "the row seems to have slipped by {count} column{plural}: each value belongs {count} period{plural} later"
                    ),
                )
            });
        }
    }
    None
}

impl Pair<'_> {
    /// Whether what is printed for `other` is what is computed here: within the slack, or far nearer than to what is
    /// computed for `other` itself, for a source may work with inputs that it does not print.
    fn fits_better(&self, other: &Pair<'_>) -> bool {
        const FAR: Decimal = Decimal::from_parts(5, 0, 0, false, 0);
        let off = |expected: Decimal| other.printed.checked_sub(expected).map(|difference| difference.abs());
        let nearer = || off(self.expected)?.checked_mul(FAR).zip(off(other.expected));
        !other.agrees() && (self.is(other.printed) || nearer().is_some_and(|(here, there)| here <= there))
    }
}

/// A factor of ten, or two digits in each other's place.
pub(super) fn of_digits(printed: Decimal, expected: Decimal) -> Option<Message> {
    if printed.is_zero() || expected.is_zero() {
        return None;
    }
    if printed == -expected {
        return Some(say("正負の符号が逆のようです", "the sign seems to be the wrong way round"));
    }
    for factor in [10, 100, 1000] {
        let tens = |number: Decimal, other: Decimal| {
            number.checked_mul(Decimal::from(factor)).is_some_and(|tens| rounded(tens, other.scale()) == other)
        };
        if tens(printed, expected) || tens(expected, printed) {
            return Some(say(
                format!("{factor} 倍違うので、小数点か単位の間違いのようです"),
                format!("it is off by a factor of {factor}: the decimal point or the unit seems wrong"),
            ));
        }
    }
    swapped(&printed.to_string(), &expected.to_string()).map(|(first, second)| {
        say(
            format!("数字 {first} と {second} が入れ替わっているようです"),
            format!("the digits {first} and {second} seem to be swapped"),
        )
    })
}

/// The two digits that stand in each other's place.
fn swapped(printed: &str, expected: &str) -> Option<(char, char)> {
    if printed.chars().count() != expected.chars().count() {
        return None;
    }
    let different: Vec<(char, char)> =
        printed.chars().zip(expected.chars()).filter(|(left, right)| left != right).collect();
    match different[..] {
        [(first, second), (third, fourth)] if first == fourth && second == third => Some((first, second)),
        _ => None,
    }
}

/// The right figure stands in another table, or the printed one in another row.
pub(super) fn elsewhere(data: &Data, table: &Indicator, figure: &Input, expected: Decimal) -> Option<Message> {
    let printed = table.cell(&figure.entity, figure.period)?.amount.ok()?;
    let same = |other: &&Indicator| {
        other.id != table.id
            && other.formula.is_none()
            && other.unit == table.unit
            && other.cell(&figure.entity, figure.period).is_some_and(|cell| cell.amount == Ok(expected))
    };
    if let Some(other) = data.indicators().find(same) {
        return Some(say(
            format!("指標 {} には {expected} とあり、版が違うようです", other.id),
            format!("the indicator {} has {expected}: this seems to be another version", other.id),
        ));
    }
    let column = table.periods.iter().position(|period| *period == figure.period)?;
    let row = table.rows.iter().find(|row| {
        row.entity != figure.entity && row.cells.get(column).is_some_and(|cell| cell.amount == Ok(printed))
    })?;
    // Small numbers meet by chance.
    (printed.mantissa().abs() >= 100).then(|| {
        say(
            format!("{} の行に同じ値があり、行を取り違えたようです", row.name),
            format!("the row of {} has the same value: the rows seem to be confused", row.name),
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cause(printed: &str, expected: &str) -> String {
        let number = |text: &str| Decimal::from_str_exact(text).expect("a number");
        of_digits(number(printed), number(expected)).map_or_else(String::new, |cause| cause.en)
    }

    #[test]
    fn likely_causes_are_named() {
        assert_eq!(cause("614", "641"), "the digits 1 and 4 seem to be swapped");
        assert_eq!(cause("6.41", "64.1"), "it is off by a factor of 10: the decimal point or the unit seems wrong");
        assert_eq!(cause("4", "-4"), "the sign seems to be the wrong way round");
        assert_eq!(cause("640", "641"), "");
    }
}
