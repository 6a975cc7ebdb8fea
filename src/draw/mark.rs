//! Marks: what is drawn, with positions in percent of the plot, counted from its top left corner.

use std::fmt::Write;

use super::LINE_HEIGHT;
use super::label::Label;
use super::svg::{Writer, coordinate, percent, push_point};

/// A point of a plot: from the left, from the top, in percent.
pub type Point = (f64, f64);

/// A shape or a text.
#[derive(Debug, Clone, PartialEq)]
pub enum Mark {
    /// Horizontal lines across the plot, at these distances from the top.
    Grid(Vec<f64>),
    /// Vertical lines down the plot, at these distances from the left.
    Uprights(Vec<f64>),
    /// A rectangle: a bar, a segment, a band behind other marks.
    Rect {
        /// A corner.
        from: Point,
        /// The corner opposite.
        to: Point,
        /// Its classes.
        class: String,
        /// Its stripes, where colour alone would not tell it apart. A hatched rectangle has a pale ground and a rim.
        hatch: Option<Hatch>,
    },
    /// The area between two lines through the same places, one above the other. Where a point of either is missing,
    /// there is a gap.
    Area {
        /// The points of one line and, at the same place, of the other.
        points: Vec<Option<(Point, Point)>>,
        /// Its classes.
        class: String,
    },
    /// A straight line from one point to another: a reference, a threshold, a beginning.
    Rule {
        /// Its ends.
        from: Point,
        /// Its ends.
        to: Point,
        /// Its classes.
        class: String,
    },
    /// A line through points. Where one is missing the line has a gap; a point between two gaps becomes a dot.
    Line {
        /// The points.
        points: Vec<Option<Point>>,
        /// The classes of the series.
        class: String,
    },
    /// Dots.
    Dots {
        /// Their middles.
        points: Vec<Point>,
        /// The class of the series.
        class: String,
        /// How they look.
        style: Dot,
    },
    /// Outlines that are filled: an area on a map, a tile. What lies within two of them is a hole.
    Shape {
        /// The outlines.
        rings: Vec<Vec<Point>>,
        /// Its classes.
        class: String,
    },
    /// Straight strokes that belong together: the stripes of a shape, the ticks of a bar of scale.
    Strokes {
        /// Their ends.
        strokes: Vec<(Point, Point)>,
        /// Their classes.
        class: String,
    },
    /// An ellipse; a circle where the plot keeps its proportions.
    Ellipse {
        /// Its middle.
        middle: Point,
        /// Its radii across and down, in percent.
        radii: (f64, f64),
        /// Its classes.
        class: String,
    },
    /// A small sign that keeps its size, however the plot is stretched.
    Sign {
        /// The point that it stands at.
        at: Point,
        /// How far it is moved away from there, in CSS pixels: to the right, down.
        offset: (f64, f64),
        /// Its form.
        sign: Sign,
        /// Its classes.
        class: String,
    },
    /// A text of one or more lines.
    Text(Text),
    /// Nothing that is seen: the place where a value of the table beside the drawing is drawn, for readers who point at it.
    Value {
        /// The place.
        at: Point,
        /// The row of the table, from 0.
        row: usize,
        /// The column of the table, where 0 is that of the names and stands for the whole row.
        column: usize,
    },
}

/// The direction of stripes. They are drawn as one broad dashed line, clipped by the rectangle: so they keep their width
/// and slant however the plot is stretched, and need no pattern with an id, which two drawings on a page could share.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hatch {
    /// `////`
    Rising,
    /// `\\\\`
    Falling,
    /// `||||`
    Upright,
    /// `====`
    Level,
}

impl Hatch {
    /// All, in the order in which categories take them.
    pub const ALL: [Hatch; 4] = [Hatch::Rising, Hatch::Falling, Hatch::Upright, Hatch::Level];

    /// The line that is dashed across the stripes.
    fn path(self) -> &'static str {
        match self {
            Hatch::Rising => "M0 0L2e3 2e3",
            Hatch::Falling => "M-2e3 2e3L2e3 -2e3",
            Hatch::Upright => "M0 0H4e3",
            Hatch::Level => "M0 0V4e3",
        }
    }
}

/// The form of a sign: kinds differ in it, not in colour alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sign {
    /// A disc.
    Disc,
    /// A square.
    Square,
    /// A triangle.
    Triangle,
    /// A square that stands on its corner.
    Diamond,
    /// A cross.
    Cross,
    /// A patch of a key.
    Patch,
    /// The bar at the foot of such a patch, so many quarters of it long.
    Level(u8),
    /// The stripes of such a patch: none, few, many, or crossed.
    Stripes(u8),
}

impl Sign {
    /// All, in the order in which kinds take them.
    pub const ALL: [Sign; 5] = [Sign::Disc, Sign::Triangle, Sign::Square, Sign::Diamond, Sign::Cross];

    /// Half of its width and height, in CSS pixels, its rim included.
    pub const HALF: f64 = 7.0;

    /// Its outline around 0, in CSS pixels.
    fn path(self) -> &'static str {
        match self {
            Sign::Disc => "M-5 0a5 5 0 1 0 10 0a5 5 0 1 0-10 0z",
            Sign::Square => "M-5-5H5V5H-5z",
            Sign::Triangle => "M0-6L6 5H-6z",
            Sign::Diamond => "M0-6.5L6.5 0L0 6.5L-6.5 0z",
            Sign::Cross => "M-2-6H2V-2H6V2H2V6H-2V2H-6V-2H-2z",
            Sign::Patch => "M-7-7H7V7H-7z",
            Sign::Level(0) => "",
            Sign::Level(1) => "M-6 4.5h3",
            Sign::Level(2) => "M-6 4.5h6",
            Sign::Level(3) => "M-6 4.5h9",
            Sign::Level(_) => "M-6 4.5h12",
            Sign::Stripes(0) => "",
            Sign::Stripes(1) => "M-7 7L7-7",
            Sign::Stripes(2) => "M-7 0L0-7M-7 7L7-7M0 7L7 0",
            Sign::Stripes(_) => "M-7 0L0-7M-7 7L7-7M0 7L7 0M-7 0L0 7M-7-7L7 7M0-7L7 0",
        }
    }
}

/// How a dot looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dot {
    /// Filled.
    Full,
    /// Filled, with a rim that lifts it off other lines.
    Rimmed,
    /// With a hole: an estimate.
    Hollow,
    /// Within a ring: a value that was revised.
    Ringed,
}

/// A text beside a point.
#[derive(Debug, Clone, PartialEq)]
pub struct Text {
    /// The point.
    pub at: Point,
    /// How far the text is moved away from it, in em: to the right, down.
    pub offset: (f64, f64),
    /// Which part of the text the point is at.
    pub anchor: Anchor,
    /// The lines.
    pub label: Label,
    /// Its classes.
    pub class: String,
    /// The language of the text, where it is not the page's.
    pub lang: Option<String>,
}

/// Which part of a text stands at its point.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Anchor {
    /// Its left end.
    Start,
    /// Its middle.
    Middle,
    /// Its right end.
    End,
}

impl Anchor {
    /// Its name, where it is not that of the texts around it.
    fn unlike(self, anchor: Anchor) -> &'static str {
        match self {
            same if same == anchor => "",
            Anchor::Start => "start",
            Anchor::Middle => "middle",
            Anchor::End => "end",
        }
    }
}

/// A drawing: marks, and the room around them that labels take.
#[derive(Debug, Clone, PartialEq)]
pub struct Plot {
    /// What is drawn, from the back to the front.
    pub marks: Vec<Mark>,
    /// Room on the left, in em.
    pub left: f64,
    /// Room on the right, in em.
    pub right: f64,
    /// The height, in rem.
    pub height: u32,
}

/// The margins for which a theme has classes, in em: `ml0` to `ml12`, `mr0` to `mr12`.
const MARGINS: (f64, f64) = (0.0, 12.0);

/// The heights for which a theme has classes, in rem: `h3` to `h144`.
pub const HEIGHTS: [u32; 19] = [3, 6, 9, 12, 15, 18, 21, 24, 27, 30, 36, 42, 48, 60, 72, 84, 96, 120, 144];

impl Plot {
    /// The classes of the element around the SVG: `ml3 mr7 h18`.
    pub fn classes(&self) -> String {
        format!("ml{} mr{} h{}", margin(self.left), margin(self.right), self.height)
    }

    /// Where the values of the table are drawn: for each the place in percent, row and column, as in `12.5 40 0 1;…`.
    pub fn values(&self) -> String {
        let mut values = String::new();
        for mark in &self.marks {
            let Mark::Value { at, row, column } = mark else { continue };
            if !values.is_empty() {
                values.push(';');
            }
            push_point(&mut values, *at);
            // Writing to a string can't fail.
            let _ = write!(values, " {row} {column}");
        }
        values
    }

    /// The drawing as SVG.
    pub fn svg(&self) -> String {
        let mut writer = Writer::for_drawing();
        // Most texts of a drawing are anchored alike: it is said once, for all of them.
        let anchor = self.anchor();
        writer.open(
            "svg",
            &[
                ("width", "100%"),
                ("height", "100%"),
                ("aria-hidden", "true"),
                ("text-anchor", anchor.unlike(Anchor::Start)),
            ],
        );
        // Stripes are not stretched, but lie on what is before them and below what is after.
        let mut rest = self.marks.as_slice();
        while !rest.is_empty() {
            let (layer, after) = rest.split_at(end_of_layer(rest));
            stretched(layer, &mut writer);
            for stripes in layer.iter().filter_map(Mark::hatch) {
                stripes.write(&mut writer);
            }
            rest = after;
        }
        for mark in &self.marks {
            mark.fixed(anchor, &mut writer);
        }
        writer.finish()
    }

    /// How most of its texts are anchored.
    fn anchor(&self) -> Anchor {
        let count = |anchor: Anchor| {
            self.marks.iter().filter(|mark| matches!(mark, Mark::Text(text) if text.anchor == anchor)).count()
        };
        // Of two that are as common the last is taken, which need not be said.
        let all = [Anchor::End, Anchor::Middle, Anchor::Start];
        all.into_iter().max_by_key(|anchor| count(*anchor)).unwrap_or(Anchor::Start)
    }
}

/// How many marks can be drawn before the stripes of the hatched ones among them: until one may lie on such stripes.
fn end_of_layer(marks: &[Mark]) -> usize {
    let mut hatched: Vec<Stripes<'_>> = Vec::new();
    for (index, mark) in marks.iter().enumerate() {
        if hatched.iter().any(|stripes| mark.may_lie_on(stripes)) {
            return index;
        }
        hatched.extend(mark.hatch());
    }
    marks.len()
}

/// A layer that stretches with the plot.
fn stretched(marks: &[Mark], writer: &mut Writer) {
    if marks.iter().all(Mark::is_fixed) {
        return;
    }
    writer.open("svg", &[("viewBox", "0 0 100 100"), ("preserveAspectRatio", "none")]);
    let mut alike = Vec::new();
    for mark in marks.iter().filter(|mark| !mark.is_fixed()) {
        if let Mark::Rect { from, to, class, hatch } = mark {
            let look = format!("{class} {}", if hatch.is_some() { "bh" } else { "b" });
            gather(&mut alike, look, (*from, *to));
        } else {
            write_all(&mut alike, writer);
            mark.stretched(writer);
        }
    }
    write_all(&mut alike, writer);
    writer.close();
}

/// Rectangles of one look, which are one path: fewer elements and bytes.
struct Alike {
    look: String,
    rects: Vec<(Point, Point)>,
}

/// Puts a rectangle to the last ones of its look, unless it lies on another that was to be drawn since.
fn gather(alike: &mut Vec<Alike>, look: String, rect: (Point, Point)) {
    let is_below = |other: &Alike| other.rects.iter().any(|below| meet(*below, rect));
    let place = alike.iter().rposition(|known| known.look == look);
    let place = place.filter(|place| !alike.iter().skip(place + 1).any(is_below));
    match place.and_then(|place| alike.get_mut(place)) {
        Some(known) => known.rects.push(rect),
        None => alike.push(Alike { look, rects: vec![rect] }),
    }
}

fn write_all(alike: &mut Vec<Alike>, writer: &mut Writer) {
    for Alike { look, rects } in alike.drain(..) {
        let rect = |(from, to): &(Point, Point)| {
            let [across, down, back] = [to.0, to.1, from.0].map(coordinate);
            format!("M{}H{across}V{down}H{back}z", pair(*from))
        };
        writer.empty("path", &[("class", &look), ("d", &rects.iter().map(rect).collect::<String>())]);
    }
}

/// Whether two rectangles have more than an edge in common.
fn meet(one: (Point, Point), other: (Point, Point)) -> bool {
    // What is less than can be written is nothing.
    let common = |(a, b): (f64, f64), (c, d): (f64, f64)| a.max(b).min(c.max(d)) - a.min(b).max(c.min(d)) > 0.005;
    common((one.0.0, one.1.0), (other.0.0, other.1.0)) && common((one.0.1, one.1.1), (other.0.1, other.1.1))
}

/// Stripes within a rectangle.
struct Stripes<'m> {
    from: Point,
    to: Point,
    class: &'m str,
    hatch: Hatch,
}

impl Stripes<'_> {
    fn write(&self, writer: &mut Writer) {
        let (left, right) = (self.from.0.min(self.to.0), self.from.0.max(self.to.0));
        let (top, bottom) = (self.from.1.min(self.to.1), self.from.1.max(self.to.1));
        if coordinate(right - left) == "0" || coordinate(bottom - top) == "0" {
            return;
        }
        let (x, y) = (percent(left), percent(top));
        let (width, height) = (percent(right - left), percent(bottom - top));
        let class = format!("ha {}", series(self.class));
        writer.open("svg", &[("class", &class), ("x", &x), ("y", &y), ("width", &width), ("height", &height)]);
        writer.empty("path", &[("d", self.hatch.path())]);
        writer.close();
    }
}

/// The margin, rounded up to one for which there is a class.
fn margin(em: f64) -> u32 {
    em.clamp(MARGINS.0, MARGINS.1).ceil() as u32
}

/// The smallest of [`HEIGHTS`] in which `em` of text and more fit; the largest where none is enough.
pub fn height_for(em: f64, least: u32) -> u32 {
    let rem = em * super::EM / 16.0;
    HEIGHTS.into_iter().find(|height| *height >= least && f64::from(*height) >= rem).unwrap_or(144)
}

impl Mark {
    /// Whether it keeps its size, or is nothing that is seen.
    fn is_fixed(&self) -> bool {
        matches!(self, Mark::Text(_) | Mark::Sign { .. } | Mark::Value { .. })
    }

    /// Whether it would be hidden by stripes that are drawn after it.
    fn may_lie_on(&self, stripes: &Stripes<'_>) -> bool {
        match self {
            Mark::Rect { from, to, .. } => meet((stripes.from, stripes.to), (*from, *to)),
            mark => !mark.is_fixed(),
        }
    }

    /// The stripes of a hatched rectangle.
    fn hatch(&self) -> Option<Stripes<'_>> {
        match self {
            Mark::Rect { from, to, class, hatch: Some(hatch) } => {
                Some(Stripes { from: *from, to: *to, class, hatch: *hatch })
            }
            _ => None,
        }
    }

    /// Writes what stretches with the plot.
    fn stretched(&self, writer: &mut Writer) {
        let mut path = |class: &str, data: &str| {
            if !data.is_empty() {
                writer.empty("path", &[("class", class), ("d", data)]);
            }
        };
        match self {
            Mark::Grid(lines) => {
                let data: String = lines.iter().map(|y| format!("M0 {}H100", coordinate(*y))).collect();
                path("g", &data);
            }
            Mark::Uprights(lines) => {
                let data: String = lines.iter().map(|x| format!("M{} 0V100", coordinate(*x))).collect();
                path("g", &data);
            }
            Mark::Area { points, class } => path(&format!("{class} b"), &area(points)),
            Mark::Rule { from, to, class } => path(class, &format!("M{}L{}", pair(*from), pair(*to))),
            Mark::Line { points, class } => {
                path(class, &line(points));
                let alone = points_alone(points);
                path(&format!("{} p", series(class)), &dots(&alone));
            }
            Mark::Dots { points, class, style } => {
                let data = dots(points);
                match style {
                    Dot::Rimmed => path("o", &data),
                    Dot::Ringed => {
                        path(&format!("{class} rv"), &data);
                        path("o", &data);
                    }
                    Dot::Full | Dot::Hollow => {}
                }
                path(&format!("{class} p"), &data);
                if *style == Dot::Hollow {
                    path("e", &data);
                }
            }
            Mark::Shape { rings, class } => path(class, &closed(rings)),
            Mark::Strokes { strokes, class } => {
                path(class, &strokes.iter().map(stroke).collect::<String>());
            }
            Mark::Ellipse { middle, radii, class } => path(class, &ellipse(*middle, *radii)),
            // Rectangles are written together with others of their look.
            Mark::Rect { .. } | Mark::Sign { .. } | Mark::Text(_) | Mark::Value { .. } => {}
        }
    }

    /// Writes what keeps its size, where texts are anchored as `anchor` says.
    fn fixed(&self, anchor: Anchor, writer: &mut Writer) {
        match self {
            Mark::Text(text) => text.write(anchor, writer),
            Mark::Sign { sign, .. } if sign.path().is_empty() => {}
            Mark::Sign { at, offset, sign, class } => {
                // The parts of a key look like what they stand for; signs of points have a look of their own.
                let class = if Sign::ALL.contains(sign) { format!("s {class}") } else { class.clone() };
                let moved = format!("translate({} {})", coordinate(offset.0), coordinate(offset.1));
                let moved = if *offset == (0.0, 0.0) { "" } else { &moved };
                writer.open("svg", &[("x", &percent(at.0)), ("y", &percent(at.1))]);
                writer.empty("path", &[("class", &class), ("d", sign.path()), ("transform", moved)]);
                writer.close();
            }
            _ => {}
        }
    }
}

/// A stroke as a path.
fn stroke((from, to): &(Point, Point)) -> String {
    if coordinate(from.1) == coordinate(to.1) {
        return format!("M{}H{}", pair(*from), coordinate(to.0));
    }
    format!("M{}L{}", pair(*from), pair(*to))
}

/// Outlines as a path.
fn closed(rings: &[Vec<Point>]) -> String {
    let ring = |points: &Vec<Point>| {
        let mut texts = points.iter().map(|point| pair(*point)).collect::<Vec<_>>();
        // What is the same after rounding need not be drawn twice.
        texts.dedup();
        if texts.len() < 2 { String::new() } else { format!("M{}z", texts.join("L")) }
    };
    rings.iter().map(ring).collect()
}

/// An ellipse as two arcs: it takes no sines.
fn ellipse((x, y): Point, (across, down): (f64, f64)) -> String {
    let (across_text, down_text) = (coordinate(across), coordinate(down));
    let (there, back) = (coordinate(across * 2.0), coordinate(across * -2.0));
    let arc = |to: &str| format!("a{across_text} {down_text} 0 1 0 {to} 0");
    format!("M{}{}{}z", pair((x - across, y)), arc(&there), arc(&back))
}

/// The first class: the series, without what distinguishes its line.
fn series(class: &str) -> &str {
    class.split(' ').next().unwrap_or_default()
}

fn pair(point: Point) -> String {
    let mut text = String::new();
    push_point(&mut text, point);
    text
}

/// Adds a step of a path: to a point, with the pen up (`M`) or down (`L`).
fn step(data: &mut String, command: char, point: Point) {
    data.push(command);
    push_point(data, point);
}

fn line(points: &[Option<Point>]) -> String {
    let mut data = String::new();
    let mut pen_down = false;
    for (index, point) in points.iter().enumerate() {
        let next_is_gap = points.get(index + 1).is_none_or(Option::is_none);
        match point {
            None => pen_down = false,
            Some(point) if pen_down => step(&mut data, 'L', *point),
            // A point alone is a dot, not a line.
            Some(_) if next_is_gap => {}
            Some(point) => {
                step(&mut data, 'M', *point);
                pen_down = true;
            }
        }
    }
    data
}

/// The outlines of the stretches without a gap: along the one line, back along the other.
fn area(points: &[Option<(Point, Point)>]) -> String {
    let outline = |stretch: &[Option<(Point, Point)>]| {
        let there = stretch.iter().flatten().map(|(one, _)| *one);
        let back = stretch.iter().rev().flatten().map(|(_, other)| *other);
        let corners: Vec<String> = there.chain(back).map(pair).collect();
        if stretch.len() > 1 { format!("M{}z", corners.join("L")) } else { String::new() }
    };
    points.split(Option::is_none).map(outline).collect()
}

fn points_alone(points: &[Option<Point>]) -> Vec<Point> {
    let gap = |index: Option<usize>| index.and_then(|index| points.get(index)).is_none_or(Option::is_none);
    let alone = |(index, point): (usize, &Option<Point>)| {
        point.filter(|_| gap(index.checked_sub(1)) && gap(index.checked_add(1)))
    };
    points.iter().enumerate().filter_map(alone).collect()
}

fn dots(points: &[Point]) -> String {
    let mut data = String::new();
    for point in points {
        step(&mut data, 'M', *point);
        data.push_str("h0");
    }
    data
}

impl Text {
    /// Where the text is, in CSS pixels of a plot of `width` by `height`: left, top, right, bottom. For tests and for
    /// finding room; the width of the text is an upper estimate.
    pub fn bounds(&self, width: f64, height: f64) -> (f64, f64, f64, f64) {
        let (x, y) = (self.at.0 / 100.0 * width, self.at.1 / 100.0 * height);
        let (text_width, text_height) = (self.label.width() * super::EM, self.label.height() * super::EM);
        let left = x + self.offset.0 * super::EM
            - match self.anchor {
                Anchor::Start => 0.0,
                Anchor::Middle => text_width / 2.0,
                Anchor::End => text_width,
            };
        let top = y + self.offset.1 * super::EM - text_height / 2.0;
        (left, top, left + text_width, top + text_height)
    }

    fn write(&self, anchor: Anchor, writer: &mut Writer) {
        let x = percent(self.at.0);
        let lines = &self.label.lines;
        // The middle of the lines is at the point; a line's own baseline is a third of an em below its middle.
        let first = self.offset.1 + 0.35 - (lines.len().saturating_sub(1)) as f64 * LINE_HEIGHT / 2.0;
        let dx = if self.offset.0 == 0.0 { String::new() } else { em(self.offset.0) };
        writer.open(
            "text",
            &[
                ("class", &self.class),
                ("x", &x),
                ("y", &percent(self.at.1)),
                ("dx", &dx),
                ("dy", &em(first)),
                ("text-anchor", self.anchor.unlike(anchor)),
                ("lang", self.lang.as_deref().unwrap_or_default()),
            ],
        );
        for (index, line) in lines.iter().enumerate() {
            if index == 0 {
                writer.text(line);
            } else {
                writer.open("tspan", &[("x", &x), ("dx", &dx), ("dy", &em(LINE_HEIGHT))]);
                writer.text(line);
                writer.close();
            }
        }
        writer.close();
    }
}

fn em(value: f64) -> String {
    let text = coordinate(value);
    // No drawing has few texts.
    let text = text.strip_prefix("0.").map(|part| format!(".{part}")).unwrap_or(text);
    text + "em"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn missing_points_are_gaps_and_lone_points_are_dots() {
        let points = [
            Some((0.0, 10.0)),
            Some((20.0, 20.0)),
            None,
            Some((60.0, 5.0)),
            None,
            Some((80.0, 1.0)),
            Some((100.0, 0.0)),
        ];
        assert_eq!(line(&points), "M0 10L20 20M80 1L100 0");
        assert_eq!(points_alone(&points), [(60.0, 5.0)]);
        assert_eq!(points_alone(&[Some((50.0, 50.0))]), [(50.0, 50.0)]);
    }

    #[test]
    fn stripes_lie_on_their_bars_and_below_what_comes_after() {
        let bar = |top: f64, x: f64, hatch| {
            let (from, to) = ((0.0, top), (x, top + 10.0));
            Mark::Rect { from, to, class: "k1".into(), hatch }
        };
        let rule = Mark::Rule { from: (50.0, 0.0), to: (50.0, 100.0), class: "r".into() };
        let value = Mark::Value { at: (0.0, 0.0), row: 0, column: 1 };
        let marks = vec![
            bar(10.0, 62.5, Some(Hatch::Rising)),
            value,
            // Edge to edge with the first, so that both can be drawn before any stripes; the next would hide below them.
            bar(20.0, 30.0, Some(Hatch::Level)),
            bar(30.0, 0.0, Some(Hatch::Level)),
            bar(10.0, 40.0, None),
            rule,
        ];
        let svg = Plot { marks, left: 0.0, right: 0.0, height: 3 }.svg();
        let order = [
            r#"<path class="k1 bh" d="M0 10H62.5V20H0zM0 20H30V30H0zM0 30H0V40H0z"/>"#,
            r#"</svg><svg class="ha k1" x="0%" y="10%" width="62.5%" height="10%"><path d="M0 0L2e3 2e3"/></svg>"#,
            r#"<svg class="ha k1" x="0%" y="20%" width="30%" height="10%"><path d="M0 0V4e3"/></svg>"#,
            r#"<path class="k1 b" d="M0 10H40V20H0z"/><path class="r" d="M50 0L50 100"/></svg>"#,
        ];
        let places: Vec<Option<usize>> = order.iter().map(|part| svg.find(part)).collect();
        assert!(places.iter().all(Option::is_some) && places.is_sorted(), "{svg}");
        assert_eq!(svg.matches("ha k1").count(), 2, "a bar of no length has no stripes: {svg}");
        assert_eq!(svg.matches("viewBox").count(), 2, "one layer before the stripes, one after: {svg}");
        assert_eq!(svg.matches("<svg").count(), svg.matches("</svg>").count());
    }

    #[test]
    fn rectangles_of_one_look_are_one_path_where_none_lies_between() {
        let rect = |class: &str, left: f64, right: f64| {
            let (from, to) = ((left, 0.0), (right, 10.0));
            Mark::Rect { from, to, class: class.into(), hatch: None }
        };
        let drawn = |marks: &[Mark]| {
            let mut writer = Writer::default();
            stretched(marks, &mut writer);
            writer.finish().split("d=\"").skip(1).filter_map(|rest| Some(rest.split('"').next()?.to_owned())).collect()
        };
        let apart: Vec<String> = drawn(&[rect("k1", 0.0, 5.0), rect("k2", 5.0, 8.0), rect("k1", 8.0, 9.0)]);
        assert_eq!(apart, ["M0 0H5V10H0zM8 0H9V10H8z", "M5 0H8V10H5z"]);
        let upon: Vec<String> = drawn(&[rect("k1", 0.0, 5.0), rect("k2", 4.0, 8.0), rect("k1", 7.0, 9.0)]);
        assert_eq!(upon, ["M0 0H5V10H0z", "M4 0H8V10H4z", "M7 0H9V10H7z"]);
    }

    #[test]
    fn what_most_texts_have_in_common_is_said_once() {
        let text = |anchor| {
            let label = Label { lines: vec!["1".into()] };
            Mark::Text(Text { at: (0.0, 0.0), offset: (0.0, 0.0), anchor, label, class: String::new(), lang: None })
        };
        let svg = |anchors: &[Anchor]| {
            let marks = anchors.iter().map(|anchor| text(*anchor)).collect();
            Plot { marks, left: 0.0, right: 0.0, height: 3 }.svg()
        };
        let middle = svg(&[Anchor::Middle, Anchor::Start, Anchor::Middle]);
        assert!(middle.starts_with(r#"<svg width="100%" height="100%" aria-hidden="true" text-anchor="middle">"#));
        assert_eq!((middle.matches("text-anchor").count(), middle.matches("\"start\"").count()), (2, 1), "{middle}");
        assert_eq!(svg(&[Anchor::End, Anchor::Start]).matches("text-anchor").count(), 1);
    }

    #[test]
    fn areas_have_gaps_where_a_point_is_missing() {
        let at = |x: f64| Some(((x, 40.0), (x, 100.0)));
        assert_eq!(area(&[at(0.0), at(50.0), None, at(80.0)]), "M0 40L50 40L50 100L0 100z");
        assert_eq!(area(&[at(0.0), at(50.0), None, at(80.0), at(100.0)]).matches('z').count(), 2);
        assert_eq!(area(&[]), "");
    }

    #[test]
    fn lines_stretch_and_texts_do_not() {
        let text = Text {
            at: (100.0, 71.628),
            offset: (0.6, 0.0),
            anchor: Anchor::Start,
            label: Label { lines: vec!["Outside".into(), "199.3".into()] },
            class: "kh".into(),
            lang: None,
        };
        let line = Mark::Line { points: vec![Some((0.0, 79.54)), Some((100.0, 71.628))], class: "km ds".into() };
        let plot = Plot {
            marks: vec![Mark::Grid(vec![0.0, 100.0]), line, Mark::Text(text)],
            left: 2.1,
            right: 7.0,
            height: 15,
        };
        assert_eq!(plot.classes(), "ml3 mr7 h15");
        assert_eq!(
            plot.svg(),
            concat!(
                r#"<svg width="100%" height="100%" aria-hidden="true">"#,
                r#"<svg viewBox="0 0 100 100" preserveAspectRatio="none">"#,
                r#"<path class="g" d="M0 0H100M0 100H100"/><path class="km ds" d="M0 79.54L100 71.63"/></svg>"#,
                r#"<text class="kh" x="100%" y="71.63%" dx=".6em" dy="-0.28em">Outside"#,
                r#"<tspan x="100%" dx=".6em" dy="1.25em">199.3</tspan></text></svg>"#
            )
        );
    }
}
