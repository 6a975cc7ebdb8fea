//! From the globe to a plane, by crate: degrees to metres, metres to percentages of a frame that keeps its proportions.
//!
//! The crate takes sines and logarithms from the machine it runs on, of which the last of sixteen digits may differ. What
//! is written of them is four digits, so the bytes are the same; nothing is decided by comparing two of the raw numbers.

use proj4rs::Proj;
use proj4rs::transform::transform;

use super::NARROWEST;
use super::mark::Point;
use super::place::Sizes;

/// A place on the globe: degrees east, degrees north.
pub type Place = (f64, f64);

/// How a globe becomes flat.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// Areas keep their sizes: what a map of classes needs.
    EqualArea,
    /// Angles keep: what readers know from maps of streets.
    Mercator,
}

/// The mean radius of the earth, in metres.
const RADIUS: &str = "6371008.8";

/// How far it is from one parallel to the next, in kilometres, on a globe of that radius.
const DEGREE: f64 = 111.195_08;

/// A projection around a middle.
pub struct Projection {
    globe: Proj,
    plane: Proj,
    middle: Place,
}

impl Projection {
    /// A projection for places around `middle`, which is rounded to tenths of a degree.
    pub fn new(method: Method, middle: Place) -> Option<Projection> {
        let tenths = |degrees: f64| (degrees * 10.0).round() / 10.0;
        let middle = (tenths(middle.0), tenths(middle.1));
        let plane = match method {
            Method::EqualArea => {
                format!("+proj=laea +lat_0={} +lon_0={} +R={RADIUS} +units=m +no_defs", middle.1, middle.0)
            }
            Method::Mercator => format!("+proj=merc +lon_0={} +R={RADIUS} +units=m +no_defs", middle.0),
        };
        let globe = Proj::from_proj_string(&format!("+proj=longlat +R={RADIUS} +no_defs")).ok()?;
        Some(Projection { globe, plane: Proj::from_proj_string(&plane).ok()?, middle })
    }

    /// A place in the plane: to the right, up. `None` where the projection has no such place.
    pub fn project(&self, (longitude, latitude): Place) -> Option<(f64, f64)> {
        let mut point = (longitude.to_radians(), latitude.to_radians(), 0.0);
        transform(&self.globe, &self.plane, &mut point).ok()?;
        (point.0.is_finite() && point.1.is_finite()).then_some((point.0, point.1))
    }

    /// How long a kilometre is in the plane, at the middle.
    pub fn kilometre(&self) -> Option<f64> {
        let (longitude, latitude) = self.middle;
        let (from, to) = (self.project((longitude, latitude - 0.05))?, self.project((longitude, latitude + 0.05))?);
        Some((to.1 - from.1) / (0.1 * DEGREE))
    }
}

/// A frame around what is shown, of proportions for which a theme has a class.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Frame {
    left: f64,
    top: f64,
    width: f64,
    height: f64,
    /// The class of its proportions.
    pub class: &'static str,
}

/// The proportions of frames, height by width, with their classes.
const PROPORTIONS: [(f64, &str); 6] =
    [(0.5, "m1"), (0.625, "m2"), (0.75, "m3"), (1.0, "m4"), (1.25, "m5"), (1.5, "m6")];

/// The widest drawing of a map, in CSS pixels.
pub const WIDEST: f64 = 544.0;

/// The narrowest drawing for which a label of class `w` is shown, in CSS pixels.
const ROOMY: f64 = 448.0;

/// The proportion, height by width, that a class stands for.
pub fn proportion(class: &str) -> Option<f64> {
    PROPORTIONS.iter().find(|(_, known)| *known == class).map(|(proportion, _)| *proportion)
}

impl Frame {
    /// The frame around points of the plane, with some room at its edges. `None` where there is none.
    pub fn around(points: impl Iterator<Item = (f64, f64)>) -> Option<Frame> {
        const EDGE: f64 = 0.04;
        let bounds = points.fold(None, |bounds: Option<[f64; 4]>, (x, y)| {
            let [left, bottom, right, top] = bounds.unwrap_or([x, y, x, y]);
            Some([left.min(x), bottom.min(y), right.max(x), top.max(y)])
        });
        let [left, bottom, right, top] = bounds?;
        // One point alone has a kilometre around it.
        let (width, height) = ((right - left).max(1000.0), (top - bottom).max(1000.0));
        let (width, height) = (width * (1.0 + EDGE * 2.0), height * (1.0 + EDGE * 2.0));
        let middle = ((left + right) / 2.0, (top + bottom) / 2.0);
        let ratio = height / width;
        let waste = |proportion: f64| (ratio / proportion).max(proportion / ratio);
        let (proportion, class) =
            PROPORTIONS.into_iter().min_by(|a, b| waste(a.0).total_cmp(&waste(b.0))).unwrap_or((1.0, "m4"));
        let (width, height) =
            if ratio > proportion { (height / proportion, height) } else { (width, width * proportion) };
        Some(Frame { left: middle.0 - width / 2.0, top: middle.1 + height / 2.0, width, height, class })
    }

    /// A point of the plane in percent of the frame.
    pub fn percent(&self, (x, y): (f64, f64)) -> Point {
        ((x - self.left) / self.width * 100.0, (self.top - y) / self.height * 100.0)
    }

    /// A length of the plane in percent of the frame, across and down.
    pub fn lengths(&self, length: f64) -> (f64, f64) {
        (length / self.width * 100.0, length / self.height * 100.0)
    }

    /// Its width in the plane.
    pub fn width(&self) -> f64 {
        self.width
    }

    /// Its height by its width.
    pub fn proportion(&self) -> f64 {
        self.height / self.width
    }

    /// The sizes between which it may be shown: all, and those with room for labels of class `w`.
    pub fn sizes(&self) -> (Sizes, Sizes) {
        let size = |width: f64| (width, width * self.proportion());
        let sizes = |least| Sizes { least: size(least), most: size(WIDEST) };
        (sizes(NARROWEST), sizes(ROOMY))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_equal_area_map_keeps_areas_and_a_mercator_map_does_not() {
        let area = |method, latitude: f64| {
            let projection = Projection::new(method, (140.0, 40.0)).expect("a projection");
            let corner = |x: f64, y: f64| projection.project((140.0 + x, latitude + y)).expect("a point");
            let (a, b, c) = (corner(0.0, 0.0), corner(0.1, 0.0), corner(0.0, 0.1));
            ((b.0 - a.0) * (c.1 - a.1) - (b.1 - a.1) * (c.0 - a.0)).abs()
        };
        // A tenth of a degree square is smaller in the north by the cosine of its latitude: 0.8572 / 0.7314.
        let ratio = area(Method::EqualArea, 31.0) / area(Method::EqualArea, 43.0);
        assert!((ratio - 1.1720).abs() < 0.002, "{ratio}");
        assert!(area(Method::Mercator, 31.0) / area(Method::Mercator, 43.0) < 0.9);
    }

    #[test]
    fn a_kilometre_is_a_kilometre() {
        let length = |method| Projection::new(method, (130.5, 32.5)).and_then(|projection| projection.kilometre());
        assert!((length(Method::EqualArea).expect("a length") - 1000.0).abs() < 0.5);
        assert!((length(Method::Mercator).expect("a length") - 1185.7).abs() < 1.0);
    }

    #[test]
    fn frames_hold_everything_and_keep_proportions() {
        for points in [
            vec![(0.0, 0.0)],
            vec![(0.0, 0.0), (50_000.0, 1.0)],
            vec![(0.0, 0.0), (1.0, 9e6)],
            vec![(-5e3, 2e3), (9e3, 7e3), (1e3, -4e3)],
        ] {
            let frame = Frame::around(points.iter().copied()).expect("a frame");
            for point in points {
                let (x, y) = frame.percent(point);
                assert!((0.0..=100.0).contains(&x) && (0.0..=100.0).contains(&y), "{x} {y}");
            }
            assert!(PROPORTIONS.iter().any(|(proportion, class)| {
                *class == frame.class && (frame.proportion() - proportion).abs() < 1e-9
            }));
        }
        assert_eq!(Frame::around(std::iter::empty()), None);
    }

    #[test]
    fn what_is_on_no_map_is_no_point() {
        let mercator = Projection::new(Method::Mercator, (140.0, 40.0)).expect("a projection");
        assert_eq!(mercator.project((140.0, 90.0)), None);
        assert_eq!(mercator.project((f64::NAN, 0.0)), None);
    }
}
