//! Labels beside points that lie anywhere in a plane: each beside its point, none over another, none out of the frame.
//!
//! A drawing has no one size: it is as wide as the page leaves it room, while its labels stay as large as they are. So a
//! place counts as free only where it is free at both ends of a range of sizes on the same side of whatever is near; then
//! it is free at every size between them.

use super::label::Label;
use super::mark::{Anchor, Point, Sign, Text};

/// The sizes between which a drawing may be, in CSS pixels: across, down.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Sizes {
    /// The smallest.
    pub least: (f64, f64),
    /// The largest.
    pub most: (f64, f64),
}

/// Left, top, right, bottom, in CSS pixels.
pub type Bounds = (f64, f64, f64, f64);

/// Something that takes room: a point of the drawing in percent, and how far it reaches from there, in CSS pixels.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Body {
    /// The point.
    pub at: Point,
    /// Left, top, right, bottom, counted from the point.
    pub reach: Bounds,
}

impl Body {
    /// The room of a sign.
    pub fn sign(at: Point) -> Body {
        Body { at, reach: (-Sign::HALF, -Sign::HALF, Sign::HALF, Sign::HALF) }
    }

    /// The room of a text.
    pub fn text(text: &Text) -> Body {
        Body { at: text.at, reach: text.bounds_from_point() }
    }

    /// Where it is in a drawing of that size: left, top, right, bottom.
    pub fn bounds(&self, size: (f64, f64)) -> Bounds {
        let (x, y) = (self.at.0 / 100.0 * size.0, self.at.1 / 100.0 * size.1);
        (x + self.reach.0, y + self.reach.1, x + self.reach.2, y + self.reach.3)
    }

    /// Whether the two keep apart at every size.
    pub fn is_clear_of(&self, other: &Body, sizes: Sizes) -> bool {
        let at = |size| (self.bounds(size), other.bounds(size));
        let (least, most) = (at(sizes.least), at(sizes.most));
        let both = |apart: fn(&Bounds, &Bounds) -> bool| apart(&least.0, &least.1) && apart(&most.0, &most.1);
        both(|a, b| a.2 <= b.0) || both(|a, b| b.2 <= a.0) || both(|a, b| a.3 <= b.1) || both(|a, b| b.3 <= a.1)
    }

    /// Whether it is within the frame at every size.
    pub fn is_within(&self, sizes: Sizes) -> bool {
        [sizes.least, sizes.most].into_iter().all(|size| {
            let (left, top, right, bottom) = self.bounds(size);
            left >= 0.0 && top >= 0.0 && right <= size.0 && bottom <= size.1
        })
    }
}

/// A label that wants a place.
#[derive(Debug, Clone, PartialEq)]
pub struct Wanted {
    /// The point that it names.
    pub at: Point,
    /// What it says.
    pub label: Label,
    /// Its classes.
    pub class: String,
    /// The language of the text, where it is not the page's.
    pub lang: Option<String>,
    /// Whether it would best stand on the point itself: the name of an area.
    pub within: bool,
}

/// How far the text is from the middle of its point, in em.
const GAP: f64 = 0.75;

impl Wanted {
    /// The places beside the point, the best first.
    fn candidates(&self) -> Vec<Text> {
        let half = self.label.height() / 2.0;
        let text = |(anchor, right, down): (Anchor, f64, f64)| Text {
            at: self.at,
            offset: (right, down),
            anchor,
            label: self.label.clone(),
            class: self.class.clone(),
            lang: self.lang.clone(),
        };
        let (above, below) = (-half - GAP, half + GAP);
        let places = [
            (Anchor::Start, GAP, 0.0),
            (Anchor::End, -GAP, 0.0),
            (Anchor::Middle, 0.0, above),
            (Anchor::Middle, 0.0, below),
            (Anchor::Start, GAP / 2.0, above),
            (Anchor::Start, GAP / 2.0, below),
            (Anchor::End, -GAP / 2.0, above),
            (Anchor::End, -GAP / 2.0, below),
        ];
        let on_it = self.within.then_some((Anchor::Middle, 0.0, 0.0));
        on_it.into_iter().chain(places).map(text).collect()
    }
}

/// Places for as many labels as there is room for, the first wanted first. `taken` grows by what is placed.
pub fn place(wanted: &[Wanted], taken: &mut Vec<Body>, sizes: Sizes) -> Vec<Option<Text>> {
    let mut placed = Vec::new();
    for label in wanted {
        let free = |text: &Text| {
            let body = Body::text(text);
            body.is_within(sizes) && taken.iter().all(|other| body.is_clear_of(other, sizes))
        };
        let found = label.candidates().into_iter().find(free);
        taken.extend(found.as_ref().map(Body::text));
        placed.push(found);
    }
    placed
}

/// The same in two steps: what has a place even in the narrowest drawing, then what has one only in a wide one, of class
/// `w`. What has neither is left out.
pub fn place_all(wanted: &[Wanted], taken: &mut Vec<Body>, narrow: Sizes, wide: Sizes) -> Vec<Option<Text>> {
    let mut placed = place(wanted, taken, narrow);
    for (label, text) in wanted.iter().zip(&mut placed).filter(|(_, text)| text.is_none()) {
        let class = format!("{} w", label.class);
        let label = Wanted { class: class.trim().to_owned(), ..label.clone() };
        *text = place(&[label], taken, wide).pop().flatten();
    }
    placed
}

impl Text {
    /// How far the text reaches from its point, in CSS pixels: left, top, right, bottom.
    pub fn bounds_from_point(&self) -> Bounds {
        self.bounds(0.0, 0.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NARROW: Sizes = Sizes { least: (256.0, 256.0), most: (544.0, 544.0) };
    const WIDE: Sizes = Sizes { least: (448.0, 448.0), most: (544.0, 544.0) };

    fn wanted(at: Point, text: &str) -> Wanted {
        Wanted { at, label: Label::new(text, 9.0), class: String::new(), lang: None, within: false }
    }

    #[test]
    fn labels_keep_apart_at_every_size_and_stay_within_the_frame() {
        let mut state = 7u64;
        let mut next = move || {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            (state >> 11) as f64 / (1u64 << 53) as f64
        };
        for count in 1..40 {
            let points: Vec<Point> = (0..count).map(|_| (next() * 100.0, next() * 100.0)).collect();
            let names = ["湯島へき地診療所", "Ushibuka", "河浦", "Kamiamakusa General Hospital"];
            let labels: Vec<Wanted> =
                points.iter().zip(names.iter().cycle()).map(|(at, name)| wanted(*at, name)).collect();
            let mut taken: Vec<Body> = points.iter().map(|at| Body::sign(*at)).collect();
            let texts: Vec<Text> = place_all(&labels, &mut taken, NARROW, WIDE).into_iter().flatten().collect();
            assert!(!texts.is_empty() || count > 30);
            for width in (256..=544).step_by(8) {
                let size = (f64::from(width), f64::from(width));
                let shown: Vec<&Text> = texts.iter().filter(|text| width >= 448 || !text.class.contains('w')).collect();
                for (index, text) in shown.iter().enumerate() {
                    let (left, top, right, bottom) = text.bounds(size.0, size.1);
                    assert!(left >= -0.01 && top >= -0.01 && right <= size.0 + 0.01 && bottom <= size.1 + 0.01);
                    for other in shown.iter().skip(index + 1) {
                        let (a, b) = (text.bounds(size.0, size.1), other.bounds(size.0, size.1));
                        let apart = a.2 <= b.0 + 0.01 || b.2 <= a.0 + 0.01 || a.3 <= b.1 + 0.01 || b.3 <= a.1 + 0.01;
                        assert!(apart, "{a:?} {b:?} at {width}");
                    }
                }
            }
        }
    }

    #[test]
    fn a_label_alone_stands_to_the_right_of_its_point() {
        let texts = place(&[wanted((50.0, 50.0), "河浦病院")], &mut Vec::new(), NARROW);
        assert_eq!(texts[0].as_ref().map(|text| text.anchor), Some(Anchor::Start));
        let texts = place(&[wanted((99.0, 50.0), "河浦病院")], &mut Vec::new(), NARROW);
        assert_eq!(texts[0].as_ref().map(|text| text.anchor), Some(Anchor::End));
    }
}
