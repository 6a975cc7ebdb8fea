//! Rows of bars: how high each is, in em, and which part of the plot that is, in percent.

use crate::draw::label::Label;
use crate::draw::mark::{Anchor, HEIGHTS, Point, Text, height_for};
use crate::draw::{EM, NARROWEST};

/// How far a text is from what it belongs to, in em.
pub(super) const GAP: f64 = 0.45;

/// The narrowest that bars may become beside their names, in CSS pixels.
const NARROWEST_BARS: f64 = 60.0;

/// Rows one below the other, each as high as what is in it.
#[derive(Debug, Default)]
pub(super) struct Lanes {
    total: f64,
}

impl Lanes {
    /// Adds a row; its top and bottom, in em.
    pub fn add(&mut self, height: f64) -> (f64, f64) {
        let top = self.total;
        self.total += height;
        (top, self.total)
    }

    /// The height of all, in em.
    pub fn total(&self) -> f64 {
        self.total
    }

    /// A height as a part of the plot. The plot is as high as all rows, or a little higher: then they share the rest.
    pub fn percent(&self, em: f64) -> f64 {
        if self.total > 0.0 { em / self.total * 100.0 } else { 0.0 }
    }

    /// The height of the plot, in rem.
    pub fn height(&self) -> u32 {
        height_for(self.total, HEIGHTS[0])
    }

    /// Whether there is a plot in which they all have room.
    pub fn fit(&self) -> bool {
        HEIGHTS.iter().any(|height| f64::from(*height) * 16.0 >= self.total * EM)
    }
}

/// Whether bars have room between margins of so many em, on the narrowest page too.
pub(super) fn leaves_room(left: f64, right: f64) -> bool {
    let most = 12.0;
    left <= most && right <= most && NARROWEST - (left.ceil() + right.ceil()) * EM >= NARROWEST_BARS
}

/// The width of the narrowest panel, in em.
pub(super) fn narrowest() -> f64 {
    NARROWEST / EM
}

/// A text of one or more lines as a mark.
pub(super) fn text(at: Point, offset: (f64, f64), anchor: Anchor, label: Label, class: &str) -> Text {
    Text { at, offset, anchor, label, class: class.to_owned(), lang: None }
}

/// A text that belongs to a place along the bars, on the side on which it does not leave a frame that reaches so many em
/// beyond the plot. Where no side will do, as one on the left.
pub(super) fn along(x: f64, y: f64, words: &str, (left, right): (f64, f64), class: &str) -> Text {
    const LIMITS: [f64; 3] = [16.0, 10.0, 7.0];
    // A narrow and a wide panel; what is right for both is right between them.
    let fits = |text: &Text| {
        [NARROWEST, 1200.0].iter().all(|panel| {
            let plot = (panel - (left.ceil() + right.ceil()) * EM).max(EM);
            let (start, _, end, _) = text.bounds(plot, 100.0);
            start >= -left.ceil() * EM && end <= plot + right.ceil() * EM
        })
    };
    let place = |limit: f64, anchor| text((x, y), (0.0, 0.0), anchor, Label::new(words, limit), class);
    let all = LIMITS.iter().flat_map(|limit| [Anchor::Middle, Anchor::Start, Anchor::End].map(|side| (*limit, side)));
    all.map(|(limit, side)| place(limit, side)).find(fits).unwrap_or_else(|| place(LIMITS[2], Anchor::Start))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_fill_the_plot() {
        let mut lanes = Lanes::default();
        assert_eq!((lanes.add(1.6), lanes.add(2.4)), ((0.0, 1.6), (1.6, 4.0)));
        assert_eq!((lanes.percent(1.6), lanes.height()), (40.0, 6));
        assert!(lanes.fit());
        lanes.add(200.0);
        assert!(!lanes.fit());
    }

    #[test]
    fn a_text_along_the_bars_stays_within_the_frame() {
        for x in [0.0, 20.0, 50.0, 66.0, 90.0, 100.0] {
            for words in ["全国 239.8", "Kumamoto Prefecture 255.5"] {
                for (left, right) in [(7.0, 7.0), (0.0, 4.0), (4.0, 9.0)] {
                    let text = along(x, 0.0, words, (left, right), "r");
                    for panel in [NARROWEST, 480.0, 900.0] {
                        let plot = panel - (left + right) * EM;
                        let (start, _, end, _) = text.bounds(plot, 100.0);
                        assert!(start >= -left * EM && end <= plot + right * EM, "{x} {words} {left} {right} {panel}");
                    }
                }
            }
        }
    }
}
