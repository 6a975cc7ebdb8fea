//! The sentence that a panel is headed with where its author gives none: short, and true of the data.

use rust_decimal::Decimal;

use super::rows::{Course, Entity, period_text, value_with_unit};
use crate::derive::{Wording, rounded};
use crate::locale::{Argument, Period};
use crate::model::indicator::{Cell, Indicator};

/// What became of one area: `熊本市外は10年で8.1％増`; where nothing can be compared, its latest value.
pub(super) fn course(
    entity: &Entity<'_>,
    cells: &[(Period, Cell)],
    indicator: &Indicator,
    wording: Wording<'_>,
) -> Option<String> {
    let course = Course::of_known(cells)?;
    let area = entity.name.text.as_str();
    if course.first.0 != course.last.0
        && let Some((change, size)) = change(&course, indicator, wording)
    {
        let key = match size {
            size if size > Decimal::ZERO => "finding-rose",
            size if size < Decimal::ZERO => "finding-fell",
            _ => "finding-unchanged",
        };
        let span = span(course.first.0, course.last.0, wording);
        return Some(wording.say(key, &[("area", area), ("span", &span), ("change", &change)]));
    }
    Some(single(entity, course.last, indicator, wording))
}

/// One value of one area: `熊本県は5,091人（2018年）`.
pub(super) fn single(entity: &Entity<'_>, at: (Period, Cell), indicator: &Indicator, wording: Wording<'_>) -> String {
    let value = value_with_unit(at.1.amount, indicator, wording);
    let period = period_text(at.0, wording);
    wording.say("finding-single", &[("area", &entity.name.text), ("value", &value), ("period", &period)])
}

/// The size of a change without its sign, and the change itself as it is printed. Percentages change by points; what
/// has no rate changes by its own unit.
fn change(course: &Course, indicator: &Indicator, wording: Wording<'_>) -> Option<(String, Decimal)> {
    let absolute = rounded(course.change().ok()?, indicator.precision);
    let number = |number: Decimal| wording.locale.number(number.abs());
    if indicator.is_in_percent() {
        return Some((wording.say("change-points", &[("value", &number(absolute))]), absolute));
    }
    match course.rate() {
        Ok(rate) => {
            let per_cent = rounded(rate.saturating_mul(Decimal::ONE_HUNDRED), 1);
            // A change too small for the rate is still one: it is told in its own unit.
            if per_cent.is_zero() && !absolute.is_zero() {
                return Some((wording.with_unit(&number(absolute), wording.text(&indicator.unit)), absolute));
            }
            Some((wording.locale.percent(per_cent.abs()), per_cent))
        }
        Err(_) => Some((wording.with_unit(&number(absolute), wording.text(&indicator.unit)), absolute)),
    }
}

/// How long it took: `10年で`, `in ten years`.
fn span(first: Period, last: Period, wording: Wording<'_>) -> String {
    let years = match (first, last) {
        (Period::Year(first), Period::Year(last)) | (Period::FiscalYear(first), Period::FiscalYear(last)) => {
            last.checked_sub(first)
        }
        _ => None,
    };
    let counted = years
        .filter(|years| *years > 0)
        .and_then(|years| wording.words.get("span-years", &[("count", Argument::Number(Decimal::from(years)))]));
    counted.unwrap_or_else(|| {
        let (from, to) = (period_text(first, wording), period_text(last, wording));
        wording.say("span-between", &[("from", &from), ("to", &to)])
    })
}
