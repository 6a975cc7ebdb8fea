//! Scales: from data to percentages of a plot, and the round numbers at which an axis is labelled.

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
