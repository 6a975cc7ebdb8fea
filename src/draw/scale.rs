//! Scales: from data to percentages of a plot, and the round numbers at which an axis is labelled.

use jiff::civil::Date;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

/// A scale for numbers.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Linear {
    /// The number at 0 % and the one at 100 %.
    pub domain: (f64, f64),
}

impl Linear {
    /// Where `value` stands, in percent. A domain without extent puts everything in the middle.
    pub fn position(&self, value: f64) -> f64 {
        let (start, end) = self.domain;
        if end == start { 50.0 } else { (value - start) / (end - start) * 100.0 }
    }

    /// The same counted from the top, as SVG does.
    pub fn from_top(&self, value: f64) -> f64 {
        100.0 - self.position(value)
    }
}

/// A scale for numbers above zero on which equal factors are equal distances.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Log {
    domain: (f64, f64),
}

impl Log {
    /// The scale from the first to the last of its ticks.
    pub fn new(ticks: &[Decimal]) -> Log {
        let end = |number: Option<&Decimal>| logarithm(number.copied().map(float).unwrap_or(1.0));
        Log { domain: (end(ticks.first()), end(ticks.last())) }
    }

    /// Round numbers that enclose the data: powers of ten, with 2 and 5 times each where they are few. `None` where a
    /// value is not above zero: it has no place on such an axis.
    pub fn ticks(least: Decimal, most: Decimal) -> Option<Vec<Decimal>> {
        let (least, most) = if least <= most { (least, most) } else { (most, least) };
        if least <= Decimal::ZERO {
            return None;
        }
        let mut power = Decimal::ONE;
        while power > least && power > Decimal::new(1, 12) {
            power /= Decimal::TEN;
        }
        while power.checked_mul(Decimal::TEN).is_some_and(|next| next <= least) {
            power *= Decimal::TEN;
        }
        let powers: Vec<Decimal> = std::iter::successors(Some(power), |power| {
            (*power < most).then(|| power.checked_mul(Decimal::TEN)).flatten()
        })
        .collect();
        // More than three powers of ten fill an axis by themselves.
        let factors: &[i64] = if powers.len() > 4 { &[1] } else { &[1, 2, 5] };
        let all = powers
            .iter()
            .flat_map(|power| factors.iter().filter_map(|factor| power.checked_mul(Decimal::from(*factor))))
            .map(|number| number.normalize());
        let all: Vec<Decimal> = all.collect();
        let first = all.iter().rposition(|tick| *tick <= least).unwrap_or(0);
        let last = all.iter().position(|tick| *tick >= most).unwrap_or(all.len().saturating_sub(1));
        // A single value between two ticks, or on one, still needs an axis around it.
        let last = if last > first { last } else { (first + 1).min(all.len().saturating_sub(1)) };
        let first = if last > first { first } else { first.saturating_sub(1) };
        all.get(first..=last).map(<[Decimal]>::to_vec)
    }

    /// Where `value` stands, in percent. What is not above zero stands at the beginning.
    pub fn position(&self, value: f64) -> f64 {
        Linear { domain: self.domain }.position(logarithm(value).max(self.domain.0))
    }

    /// The same counted from the top, as SVG does.
    pub fn from_top(&self, value: f64) -> f64 {
        100.0 - self.position(value)
    }
}

/// The decimal logarithm, from additions, multiplications and divisions alone, which are the same on every machine.
fn logarithm(value: f64) -> f64 {
    const LN_10: f64 = std::f64::consts::LN_10;
    const LEAST: f64 = 1e-30;
    let mut value = if value.is_finite() { value.max(LEAST) } else { LEAST };
    let mut whole = 0.0;
    while value >= 10.0 {
        value /= 10.0;
        whole += 1.0;
    }
    while value < 1.0 {
        value *= 10.0;
        whole -= 1.0;
    }
    // ln x = 2 artanh((x − 1) / (x + 1)); from 1 to 10 the series of artanh needs some sixty terms.
    let ratio = (value - 1.0) / (value + 1.0);
    let square = ratio * ratio;
    let (mut term, mut sum) = (ratio, 0.0);
    for odd in (1..160).step_by(2) {
        sum += term / f64::from(odd);
        term *= square;
    }
    whole + 2.0 * sum / LN_10
}

/// A scale for days.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Time {
    /// The first and the last day.
    pub domain: (Date, Date),
}

impl Time {
    /// Where a day stands, in percent.
    pub fn position(&self, day: Date) -> f64 {
        Linear { domain: (0.0, days(self.domain.0, self.domain.1)) }.position(days(self.domain.0, day))
    }

    /// At most `count` first days, of months, quarters, half years, or of every so many years.
    pub fn ticks(&self, count: usize) -> Vec<Date> {
        let (first, last) = self.domain;
        let months = |day: Date| i32::from(day.year()) * 12 + i32::from(day.month()) - 1;
        let begins = |month: i32| {
            let year = i16::try_from(month.div_euclid(12)).ok()?;
            Date::new(year, i8::try_from(month.rem_euclid(12)).ok()? + 1, 1).ok()
        };
        let within = |every: i32| -> Vec<Date> {
            let start = months(first).div_euclid(every) * every;
            (0..=(months(last) - start).max(0) / every)
                .filter_map(|step| begins(start + step * every))
                .filter(|day| (first..=last).contains(day))
                .collect()
        };
        let steps = [1, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 12_000];
        steps.into_iter().map(within).find(|ticks| ticks.len() <= count).unwrap_or_default()
    }
}

fn days(from: Date, to: Date) -> f64 {
    to.since(from).map_or(0.0, |span| f64::from(span.get_days()))
}

/// A scale for points in time, or for any others that stand apart by numbers: the first at 0 %, the last at 100 %.
#[derive(Debug, Clone, PartialEq)]
pub struct Points {
    positions: Vec<f64>,
}

impl Points {
    /// Points at `places`, in ascending order. One alone stands in the middle.
    pub fn new(places: &[f64]) -> Points {
        let domain = (places.first().copied().unwrap_or_default(), places.last().copied().unwrap_or_default());
        let scale = Linear { domain };
        Points { positions: places.iter().map(|place| scale.position(*place)).collect() }
    }

    /// Where the point at `index` stands, in percent.
    pub fn position(&self, index: usize) -> f64 {
        self.positions.get(index).copied().unwrap_or(50.0)
    }

    /// All positions.
    pub fn positions(&self) -> &[f64] {
        &self.positions
    }
}

/// A scale for bands of equal width, with gaps between them: bars, columns, rows.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Band {
    count: usize,
    gap: f64,
}

impl Band {
    /// `count` bands; `gap` is the part of each step that stays empty, from 0 to 1.
    pub fn new(count: usize, gap: f64) -> Band {
        Band { count, gap: gap.clamp(0.0, 1.0) }
    }

    /// The beginning of the band at `index`, in percent. The outer gaps are half as wide as the inner ones.
    pub fn start(&self, index: usize) -> f64 {
        self.step() * (index as f64 + self.gap / 2.0)
    }

    /// The width of a band, in percent.
    pub fn width(&self) -> f64 {
        self.step() * (1.0 - self.gap)
    }

    fn step(&self) -> f64 {
        100.0 / self.count.max(1) as f64
    }
}

/// Round numbers that enclose the data: the axis begins at the first and ends at the last.
#[derive(Debug, Clone, PartialEq)]
pub struct Ticks {
    /// The numbers, ascending; never fewer than two.
    pub values: Vec<Decimal>,
    /// How far they stand apart.
    pub step: Decimal,
}

/// Where an axis of numbers begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Start {
    /// At zero, as lengths need it.
    Zero,
    /// At a round number below the data, where that shows more.
    Data,
}

impl Ticks {
    /// About `count` ticks around `least..=most`, at 1, 2 or 5 times a power of ten: the only steps that are round both in
    /// thousands (20,000) and in 万 (2万). Worked out in decimals, so that no label ever reads 0.30000000000000004.
    pub fn around(least: Decimal, most: Decimal, start: Start, count: usize) -> Ticks {
        let (mut least, mut most) = if least <= most { (least, most) } else { (most, least) };
        if start == Start::Zero || zero_is_near(least, most) {
            least = least.min(Decimal::ZERO);
            most = most.max(Decimal::ZERO);
        }
        if least == most {
            let room = if most.is_zero() { Decimal::ONE } else { most.abs() };
            (least, most) = (least.saturating_sub(room), most.saturating_add(room));
        }
        let span = most.saturating_sub(least);
        let wanted = span.checked_div(Decimal::from(count.max(1))).unwrap_or(span);
        let step = step_at_least(wanted);
        Ticks { values: multiples(least, most, step), step }
    }

    /// The scale from the first to the last tick.
    pub fn scale(&self) -> Linear {
        Linear { domain: (float(self.first()), float(self.last())) }
    }

    /// Where the axis begins.
    pub fn first(&self) -> Decimal {
        self.values.first().copied().unwrap_or_default()
    }

    /// Where the axis ends.
    pub fn last(&self) -> Decimal {
        self.values.last().copied().unwrap_or_default()
    }
}

/// A decimal as the nearest binary number: for positions only, never for labels.
pub fn float(value: Decimal) -> f64 {
    value.to_f64().unwrap_or_default()
}

/// Where a third of the axis or less would be gained by leaving zero out, zero stays.
fn zero_is_near(least: Decimal, most: Decimal) -> bool {
    let third = |value: Decimal| value / Decimal::from(3);
    (least >= Decimal::ZERO && least <= third(most)) || (most <= Decimal::ZERO && most >= third(least))
}

/// The smallest of 1, 2, 5 times a power of ten that is not below `wanted`. Logarithms differ by machine; these loops don't.
fn step_at_least(wanted: Decimal) -> Decimal {
    let (ten, tenth) = (Decimal::TEN, Decimal::new(1, 1));
    let mut power = Decimal::ONE;
    while power > wanted && power > Decimal::new(1, 12) {
        power *= tenth;
    }
    while power.checked_mul(ten).is_some_and(|next| next <= wanted) {
        power *= ten;
    }
    [1, 2, 5, 10]
        .into_iter()
        .filter_map(|factor| power.checked_mul(Decimal::from(factor)))
        .find(|step| *step >= wanted)
        .unwrap_or(power)
        .normalize()
}

fn multiples(least: Decimal, most: Decimal, step: Decimal) -> Vec<Decimal> {
    // A step of a quarter of the span never gives more; the bound is for spans at the edge of what decimals hold.
    const MOST: usize = 24;
    let first = least.checked_div(step).map(|factor| factor.floor()).and_then(|factor| factor.checked_mul(step));
    let mut values = vec![first.unwrap_or(least).normalize()];
    while let Some(last) = values.last().copied().filter(|last| *last < most)
        && let Some(next) = last.checked_add(step)
        && values.len() < MOST
    {
        values.push(next.normalize());
    }
    values
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ticks(least: &str, most: &str, start: Start) -> Vec<String> {
        let number = |text: &str| Decimal::from_str_exact(text).expect("a number");
        Ticks::around(number(least), number(most), start, 4).values.iter().map(Decimal::to_string).collect()
    }

    #[test]
    fn ticks_are_round_and_enclose_the_data() {
        assert_eq!(ticks("171.6", "414.1", Start::Data), ["100", "200", "300", "400", "500"]);
        assert_eq!(ticks("171.6", "414.1", Start::Zero), ["0", "200", "400", "600"]);
        assert_eq!(ticks("4450", "5091", Start::Data), ["4400", "4600", "4800", "5000", "5200"]);
        assert_eq!(ticks("271897", "311963", Start::Data), ["260000", "280000", "300000", "320000"]);
        assert_eq!(ticks("0.1", "0.34", Start::Data), ["0", "0.1", "0.2", "0.3", "0.4"]);
        assert_eq!(ticks("-4", "6", Start::Data), ["-5", "0", "5", "10"]);
        assert_eq!(ticks("119", "119", Start::Data), ["0", "100", "200", "300"]);
        assert_eq!(ticks("0", "0", Start::Zero), ["-1", "-0.5", "0", "0.5", "1"]);
    }

    #[test]
    fn ticks_hold_at_the_edges_of_decimals() {
        for (least, most) in
            [(Decimal::MIN, Decimal::MAX), (Decimal::MAX, Decimal::MAX), (Decimal::ZERO, Decimal::new(1, 28))]
        {
            let ticks = Ticks::around(least, most, Start::Data, 4);
            assert!((1..=24).contains(&ticks.values.len()), "{ticks:?}");
        }
    }

    #[test]
    fn logarithms_are_those_of_the_tables() {
        let cases = [
            (1.0, 0.0),
            (3.0, 0.477_121_254_719_662),
            (1e6, 6.0),
            (0.05, -1.301_029_995_663_981),
            (9.999_999, 0.999_999_956_570_55),
        ];
        for (value, expected) in cases {
            assert!((logarithm(value) - expected).abs() < 1e-12, "{value}: {}", logarithm(value));
        }
        assert!(logarithm(0.0).is_finite() && logarithm(f64::INFINITY).is_finite());
    }

    #[test]
    fn equal_factors_are_equal_distances() {
        let ticks = |least: &str, most: &str| {
            let number = |text: &str| Decimal::from_str_exact(text).expect("a number");
            Log::ticks(number(least), number(most))
                .map(|ticks| ticks.iter().map(Decimal::to_string).collect::<Vec<_>>().join(" "))
                .unwrap_or_default()
        };
        assert_eq!(ticks("4", "320"), "2 5 10 20 50 100 200 500");
        assert_eq!(ticks("3", "2000000"), "1 10 100 1000 10000 100000 1000000 10000000");
        assert_eq!(ticks("0.03", "0.4"), "0.02 0.05 0.1 0.2 0.5");
        assert_eq!(ticks("7", "7"), "5 10");
        assert_eq!(ticks("10", "10"), "10 20");
        assert_eq!(ticks("0", "10"), "");
        let scale = Log::new(&[Decimal::ONE, Decimal::from(100)]);
        assert!((scale.position(10.0) - 50.0).abs() < 1e-9);
        assert_eq!((scale.position(1.0), scale.position(-4.0), scale.from_top(1.0)), (0.0, 0.0, 100.0));
    }

    #[test]
    fn days_have_ticks_at_the_beginning_of_months_and_years() {
        let day = |text: &str| text.parse::<Date>().expect("a day");
        let ticks = |from: &str, to: &str, count| {
            let scale = Time { domain: (day(from), day(to)) };
            scale.ticks(count).iter().map(Date::to_string).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(ticks("2023-04-01", "2023-07-20", 6), "2023-04-01 2023-05-01 2023-06-01 2023-07-01");
        assert_eq!(ticks("2023-02-11", "2024-05-01", 6), "2023-04-01 2023-07-01 2023-10-01 2024-01-01 2024-04-01");
        assert_eq!(ticks("2008-12-31", "2018-12-31", 6), "2010-01-01 2012-01-01 2014-01-01 2016-01-01 2018-01-01");
        let scale = Time { domain: (day("2023-01-01"), day("2023-01-05")) };
        assert_eq!(scale.position(day("2023-01-02")), 25.0);
    }

    #[test]
    fn points_keep_their_distances() {
        let points = Points::new(&[2008.0, 2010.0, 2018.0]);
        assert_eq!(points.positions(), [0.0, 20.0, 100.0]);
        assert_eq!(Points::new(&[2018.0]).position(0), 50.0);
    }

    #[test]
    fn bands_fill_the_plot() {
        let band = Band::new(4, 0.2);
        assert_eq!((band.start(0), band.width()), (2.5, 20.0));
        assert_eq!(band.start(3) + band.width() + 2.5, 100.0);
    }
}
