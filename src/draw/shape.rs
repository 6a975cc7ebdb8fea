//! Outlines: as few points as the eye needs, the place of a name within, and stripes.

use geo::{Area, Coord, InteriorPoint, LineString, Polygon, SimplifyVw, Validation};

use super::mark::Point;

/// Rings of points: what lies within two of them is a hole.
pub type Rings = Vec<Vec<Point>>;

/// A ring of more points is not looked through for crossings of itself: each of its sides is held against all others.
const MOST_CHECKED: usize = 600;

fn line(ring: &[Point]) -> LineString<f64> {
    ring.iter().map(|(x, y)| Coord { x: *x, y: *y }).collect()
}

fn points(line: &LineString<f64>) -> Vec<Point> {
    line.0.iter().map(|point| (point.x, point.y)).collect()
}

/// How many points there are.
fn count(lines: &[Vec<Point>]) -> usize {
    lines.iter().map(Vec::len).sum()
}

/// Lines of no more than `most` points in all, as far as the ends of each allow: those points go first whose loss changes
/// the least area, which are the same on both sides of a common border.
pub fn simplified(lines: &mut [Vec<Point>], most: usize) {
    let extent = lines.iter().flatten().fold([f64::MAX, f64::MAX, f64::MIN, f64::MIN], |[a, b, c, d], (x, y)| {
        [a.min(*x), b.min(*y), c.max(*x), d.max(*y)]
    });
    let area = (extent[2] - extent[0]) * (extent[3] - extent[1]);
    let mut least = area * 1e-9;
    // Thirty doublings: from a billionth of the map to all of it.
    for _ in 0..30 {
        if count(lines) <= most || !least.is_finite() || least <= 0.0 {
            return;
        }
        for ring in lines.iter_mut().filter(|ring| ring.len() > 4) {
            *ring = points(&line(ring).simplify_vw(least));
        }
        least *= 2.0;
    }
}

/// Whether the outline of a polygon crosses itself. One of very many points is taken to be sound.
pub fn crosses_itself(rings: &[Vec<Point>]) -> bool {
    if rings.iter().any(|ring| ring.len() > MOST_CHECKED) {
        return false;
    }
    rings.iter().any(|ring| !Polygon::new(line(ring), Vec::new()).is_valid())
}

/// A point well within the largest of the polygons, for its name.
pub fn middle(polygons: &[Rings]) -> Option<Point> {
    let polygon = |rings: &Rings| {
        let (outer, inner) = rings.split_first()?;
        Some(Polygon::new(line(outer), inner.iter().map(|ring| line(ring)).collect()))
    };
    let polygons: Vec<Polygon<f64>> = polygons.iter().filter_map(polygon).collect();
    let largest = polygons.iter().max_by(|a, b| a.unsigned_area().total_cmp(&b.unsigned_area()))?;
    largest.interior_point().map(|point| (point.x(), point.y()))
}

/// Stripes across outlines, as strokes: they need no pattern with an id, which two drawings on a page could share.
/// `proportion` is the height of the drawing by its width; `gap` is how far they are apart, in percent of the width.
/// With `falling` they fall to the right.
pub fn stripes(rings: &[Vec<Point>], proportion: f64, gap: f64, falling: bool) -> Vec<(Point, Point)> {
    let slant = if falling { -1.0 } else { 1.0 };
    // In coordinates in which a stripe is level: `along` it, and `off` from the first.
    let turned = |(x, y): Point| {
        let y = y * proportion * slant;
        (x - y, x + y)
    };
    let back = |(along, off): (f64, f64)| ((off + along) / 2.0, (off - along) / 2.0 * slant / proportion);
    let turned: Vec<Vec<Point>> = rings.iter().map(|ring| ring.iter().copied().map(turned).collect()).collect();
    let offs = || turned.iter().flatten().map(|(_, off)| *off);
    let (least, most) = (offs().fold(f64::MAX, f64::min), offs().fold(f64::MIN, f64::max));
    if gap <= 0.0 || !(most - least).is_finite() || most - least > 1e4 {
        return Vec::new();
    }
    let first = (least / gap).ceil() as i64;
    let last = (most / gap).floor() as i64;
    (first..=last)
        .flat_map(|number| {
            let off = number as f64 * gap;
            let mut cuts: Vec<f64> = turned.iter().flat_map(|ring| cuts(ring, off)).collect();
            cuts.sort_by(f64::total_cmp);
            let stripe = |pair: &[f64]| Some((back((*pair.first()?, off)), back((*pair.get(1)?, off))));
            cuts.chunks(2).filter_map(stripe).collect::<Vec<_>>()
        })
        .collect()
}

/// Where a ring is cut by the line at `off`.
fn cuts(ring: &[Point], off: f64) -> Vec<f64> {
    let next = ring.iter().skip(1).chain(ring.first());
    let cut = |(from, to): (&Point, &Point)| {
        // Half-open, so that a corner on the line counts once.
        let crossed = (from.1 <= off) != (to.1 <= off);
        crossed.then(|| from.0 + (to.0 - from.0) * (off - from.1) / (to.1 - from.1))
    };
    ring.iter().zip(next).filter_map(cut).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn square(size: f64) -> Vec<Point> {
        vec![(0.0, 0.0), (size, 0.0), (size, size), (0.0, size), (0.0, 0.0)]
    }

    #[test]
    fn simple_outlines_stay_and_long_ones_shrink() {
        let mut simple = vec![square(10.0)];
        simplified(&mut simple, 10);
        assert_eq!(simple, [square(10.0)]);
        let wave = |step: i32| (f64::from(step), f64::from(step % 7) * 0.3 + f64::from(step % 97));
        let mut long = vec![(0..20_000).map(wave).collect::<Vec<_>>(), square(5.0)];
        simplified(&mut long, 500);
        assert!(count(&long) <= 500, "{}", count(&long));
        assert_eq!(long[0].first(), Some(&(0.0, 0.0)));
    }

    #[test]
    fn a_bow_tie_crosses_itself() {
        assert!(!crosses_itself(&[square(10.0)]));
        assert!(crosses_itself(&[vec![(0.0, 0.0), (10.0, 10.0), (10.0, 0.0), (0.0, 10.0), (0.0, 0.0)]]));
    }

    #[test]
    fn names_stand_within_the_largest_part() {
        let far: Vec<Point> = square(2.0).into_iter().map(|(x, y)| (x + 90.0, y)).collect();
        let (x, y) = middle(&[vec![far], vec![square(10.0)]]).expect("a point");
        assert!(x > 0.0 && x < 10.0 && y > 0.0 && y < 10.0);
        assert_eq!(middle(&[]), None);
    }

    #[test]
    fn stripes_end_at_outlines_and_leave_holes_free() {
        let hole = vec![(4.0, 4.0), (6.0, 4.0), (6.0, 6.0), (4.0, 6.0), (4.0, 4.0)];
        let strokes = stripes(&[square(10.0), hole], 1.0, 2.0, false);
        assert!(!strokes.is_empty());
        for (from, to) in strokes {
            for (x, y) in [from, to] {
                assert!((-1e-9..=10.0 + 1e-9).contains(&x) && (-1e-9..=10.0 + 1e-9).contains(&y));
            }
            let (x, y) = ((from.0 + to.0) / 2.0, (from.1 + to.1) / 2.0);
            assert!(!(x > 4.01 && x < 5.99 && y > 4.01 && y < 5.99), "{from:?} {to:?}");
        }
        assert_eq!(stripes(&[square(10.0)], 1.0, 0.0, false), []);
        assert_eq!(stripes(&[], 1.0, 2.0, false), []);
    }
}
