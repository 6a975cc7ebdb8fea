//! Axes as marks: grid lines, numbers beside them, and as many points in time below as there is room for.

use super::label::{Label, width};
use super::mark::{Anchor, Mark, Text};
use super::scale::Ticks;
use super::{EM, NARROWEST, WIDE};
use crate::locale::Locale;

use rust_decimal::Decimal;

/// The numbers of an axis as they are printed. Short forms (20万, 200K) only where each is exact: steps of thousands, and
/// no two alike.
pub fn numbers(ticks: &Ticks, locale: &Locale) -> Vec<String> {
    let written = |format: fn(&Locale, Decimal) -> String| -> Vec<String> {
        ticks.values.iter().map(|number| format(locale, *number)).collect()
    };
    let plain = || written(|locale, number| locale.number(number));
    let thousands = (ticks.step % Decimal::ONE_THOUSAND).is_zero()
        && ticks.last().abs().max(ticks.first().abs()) >= Decimal::from(10_000);
    if !thousands {
        return plain();
    }
    let short = written(|locale, number| locale.compact(number, 1));
    if short.windows(2).any(|pair| pair[0] == pair[1]) { plain() } else { short }
}

/// An axis of numbers below the plot: lines up from it, and as many numbers as there is room for. `margins` is the room
/// beside the plot, in em.
pub fn below(ticks: &[(f64, String)], margins: f64) -> Vec<Mark> {
    let stop = |(position, text): &(f64, String)| Stop { position: *position, long: text.clone(), short: text.clone() };
    let stops: Vec<Stop> = ticks.iter().map(stop).collect();
    let mut marks = vec![Mark::Uprights(ticks.iter().map(|(position, _)| *position).collect())];
    marks.extend(horizontal(&stops, margins));
    marks
}

/// A number on the vertical axis.
#[derive(Debug, Clone, PartialEq)]
pub struct Tick {
    /// Its distance from the top, in percent.
    pub from_top: f64,
    /// What is written there.
    pub text: String,
}

/// A vertical axis of numbers: its marks, and the room that they take on the left, in em.
pub fn vertical(ticks: &[Tick]) -> (Vec<Mark>, f64) {
    const GAP: f64 = 0.5;
    let mut marks = vec![Mark::Grid(ticks.iter().map(|tick| tick.from_top).collect())];
    marks.extend(ticks.iter().map(|tick| {
        Mark::Text(Text {
            at: (0.0, tick.from_top),
            offset: (-GAP, 0.0),
            anchor: Anchor::End,
            label: Label { lines: vec![tick.text.clone()] },
            class: "y".to_owned(),
            lang: None,
        })
    }));
    let room = ticks.iter().map(|tick| width(&tick.text)).fold(0.0, f64::max) + GAP;
    (marks, room)
}

/// A point on the horizontal axis.
#[derive(Debug, Clone, PartialEq)]
pub struct Stop {
    /// Its distance from the left, in percent.
    pub position: f64,
    /// What is written at the first and the last point: `2018`.
    pub long: String,
    /// What is written at the others: `’12`.
    pub short: String,
}

/// How far the middle of a label below the plot is from its edge, in em.
const BELOW: f64 = 1.2;

/// A horizontal axis below the plot. `margins` is the room beside the plot, in em. Labels that would touch are left out:
/// every second, third, … counted from the last; those for which only a wide panel has room get the class `w`.
pub fn horizontal(stops: &[Stop], margins: f64) -> Vec<Mark> {
    let plot_width = |panel: f64| (panel - margins * EM).max(EM);
    let wide = spacing(stops, plot_width(WIDE), 1);
    let narrow = spacing(stops, plot_width(NARROWEST), wide);
    let shown_wide = shown(stops, plot_width(WIDE), wide);
    let shown_narrow = shown(stops, plot_width(NARROWEST), narrow);
    stops
        .iter()
        .enumerate()
        .filter(|(index, _)| shown_wide.contains(index) || shown_narrow.contains(index))
        .map(|(index, stop)| {
            let class = if shown_narrow.contains(&index) { "x" } else { "x w" };
            Mark::Text(Text {
                at: (stop.position, 100.0),
                offset: (0.0, BELOW),
                anchor: Anchor::Middle,
                label: Label { lines: vec![text(stops, index).to_owned()] },
                class: class.to_owned(),
                lang: None,
            })
        })
        .collect()
}

/// What stands at the stop at `index`.
fn text(stops: &[Stop], index: usize) -> &str {
    let Some(stop) = stops.get(index) else { return "" };
    if index == 0 || index + 1 == stops.len() { &stop.long } else { &stop.short }
}

/// The smallest multiple of `unit` at which every so many labels leave room for each other.
fn spacing(stops: &[Stop], plot_width: f64, unit: usize) -> usize {
    let fits = |every: &usize| {
        let chosen: Vec<usize> = (0..stops.len()).rev().step_by(*every).collect();
        chosen.windows(2).all(|pair| apart(stops, pair[1], pair[0], plot_width))
    };
    (1..=stops.len().max(1)).map(|factor| factor * unit).find(fits).unwrap_or(unit * stops.len().max(1))
}

/// Every so many labels from the last, and the first, for which the one after it makes room.
fn shown(stops: &[Stop], plot_width: f64, every: usize) -> Vec<usize> {
    let mut chosen: Vec<usize> = (0..stops.len()).rev().step_by(every.max(1)).collect();
    if let Some(last) = chosen.last().copied().filter(|last| *last != 0) {
        if !apart(stops, 0, last, plot_width) {
            chosen.pop();
        }
        if chosen.last().is_none_or(|next| apart(stops, 0, *next, plot_width)) {
            chosen.push(0);
        }
    }
    chosen
}

fn apart(stops: &[Stop], left: usize, right: usize, plot_width: f64) -> bool {
    const GAP: f64 = 0.4;
    let (Some(from), Some(to)) = (stops.get(left), stops.get(right)) else { return true };
    let half = |index| width(text(stops, index)) / 2.0;
    (to.position - from.position) / 100.0 * plot_width >= (half(left) + half(right) + GAP) * EM
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stops(years: impl Iterator<Item = i32>) -> Vec<Stop> {
        let years: Vec<i32> = years.collect();
        let scale = super::super::scale::Points::new(&years.iter().map(|year| f64::from(*year)).collect::<Vec<_>>());
        let stop = |(index, year): (usize, &i32)| Stop {
            position: scale.position(index),
            long: year.to_string(),
            short: format!("’{:02}", year % 100),
        };
        years.iter().enumerate().map(stop).collect()
    }

    fn labels(marks: &[Mark]) -> Vec<String> {
        let label = |mark: &Mark| match mark {
            Mark::Text(text) => format!("{}:{}", text.class, text.label.lines.join("/")),
            _ => String::new(),
        };
        marks.iter().map(label).collect()
    }

    #[test]
    fn what_has_no_room_on_a_phone_waits_for_a_wide_panel() {
        assert_eq!(
            labels(&horizontal(&stops((2008..=2018).step_by(2)), 10.0)),
            ["x:2008", "x w:’10", "x w:’12", "x:’14", "x w:’16", "x:2018"].map(str::to_owned).to_vec()
        );
    }

    #[test]
    fn labels_below_the_plot_never_touch() {
        for count in 1..60 {
            for margins in [4.0, 10.0, 14.0, 24.0] {
                let marks = horizontal(&stops((0..count).map(|index| 1960 + index)), margins);
                for (panel, narrow) in [(NARROWEST, true), (WIDE, false)] {
                    let plot = (panel - margins * EM).max(EM);
                    let mut boxes: Vec<(f64, f64)> = marks
                        .iter()
                        .filter_map(|mark| match mark {
                            Mark::Text(text) if !(narrow && text.class.contains('w')) => Some(text.bounds(plot, 200.0)),
                            _ => None,
                        })
                        .map(|bounds| (bounds.0, bounds.2))
                        .collect();
                    boxes.sort_by(|a, b| a.0.total_cmp(&b.0));
                    assert!(boxes.windows(2).all(|pair| pair[0].1 < pair[1].0), "{count} {margins} {boxes:?}");
                    assert!(!boxes.is_empty());
                }
            }
        }
    }

    #[test]
    fn numbers_of_an_axis_are_short_where_that_is_exact() {
        use super::super::scale::Start;
        let axis = |tag: &str, most: i64| {
            let ticks = Ticks::around(Decimal::ZERO, Decimal::from(most), Start::Zero, 4);
            let language = crate::locale::Language::parse(tag).expect("a language");
            numbers(&ticks, &Locale::new(&language, crate::locale::Negative::Minus)).join(" ")
        };
        assert_eq!(axis("ja", 311_963), "0 10万 20万 30万 40万");
        assert_eq!(axis("en", 311_963), "0 100K 200K 300K 400K");
        assert_eq!(axis("ja", 5091), "0 2,000 4,000 6,000");
    }

    #[test]
    fn an_axis_of_numbers_can_lie_below() {
        let marks = below(&[(0.0, "0".into()), (50.0, "200".into()), (100.0, "400".into())], 8.0);
        assert_eq!(marks.first(), Some(&Mark::Uprights(vec![0.0, 50.0, 100.0])));
        assert_eq!(labels(&marks[1..]), ["x:0", "x:200", "x:400"].map(str::to_owned));
    }

    #[test]
    fn numbers_make_their_own_room() {
        let ticks = [Tick { from_top: 100.0, text: "0".into() }, Tick { from_top: 0.0, text: "300,000".into() }];
        let (marks, room) = vertical(&ticks);
        assert_eq!(marks.len(), 3);
        assert!(room > width("300,000") && room < 6.0, "{room}");
    }
}
