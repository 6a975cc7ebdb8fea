//! The file of outlines that a map names, and how it becomes flat.

use super::Options;
use crate::derive::Wording;
use crate::diagnostic::{Span, map as findings};
use crate::draw::mark::Point;
use crate::draw::project::{Frame, Projection};
use crate::draw::shape;
use crate::panel::Reader;
use crate::parse::outline::{OutlineDocument, Shape};

/// The most points of outlines in one drawing: a page stays small, and no eye sees more.
const MOST_POINTS: usize = 1200;

/// The shapes of the file that the options name; findings where there is no such file, it can't be read, or nothing is
/// said of whose it is.
pub(super) fn shapes<'d>(reader: &mut Reader<'d>, options: &Options) -> Option<(&'d OutlineDocument, &'d [Shape])> {
    let file = options.file.as_deref()?;
    let data = reader.context.data;
    let Some(outline) = data.outline(file) else {
        let span = reader.spans.value("file");
        reader.report(findings::unknown_outline_file(span, file, data.outline_paths()));
        return None;
    };
    if options.credit.is_none() {
        reader.report(findings::map_without_credit(reader.spans.value("file"), file));
        return None;
    }
    match &outline.shapes {
        Ok(shapes) => Some((outline, shapes)),
        Err(finding) => {
            reader.report(finding.clone());
            None
        }
    }
}

/// The file as a place for findings.
pub(super) fn place(outline: &OutlineDocument) -> Span {
    Span::file(&outline.path)
}

/// What must be said of whose the outlines are.
pub(super) fn credit(reader: &mut Reader<'_>, options: &Options) -> Option<String> {
    let credit = options.credit.as_ref()?;
    let wording: Wording<'_> = reader.wording();
    let text = reader.fill(credit, "credit").text;
    let text = text.trim_end_matches(['。', '.']);
    Some(wording.say("map-credit", &[("credit", text)]))
}

/// The middle of places, around which they are projected.
pub(super) fn middle(places: impl Iterator<Item = (f64, f64)>) -> Option<(f64, f64)> {
    let bounds = places.fold(None, |bounds: Option<[f64; 4]>, (x, y)| {
        let [west, south, east, north] = bounds.unwrap_or([x, y, x, y]);
        Some([west.min(x), south.min(y), east.max(x), north.max(y)])
    });
    bounds.map(|[west, south, east, north]| ((west + east) / 2.0, (south + north) / 2.0))
}

/// All places of shapes.
pub(super) fn places(shapes: &[Shape]) -> impl Iterator<Item = (f64, f64)> + '_ {
    shapes.iter().flat_map(|shape| shape.polygons.iter().flatten().chain(&shape.lines)).flatten().copied()
}

/// A shape in percent of the drawing.
#[derive(Debug, Default, Clone)]
pub(super) struct Flat {
    pub polygons: Vec<shape::Rings>,
    pub lines: Vec<Vec<Point>>,
}

impl Flat {
    /// All rings of its polygons.
    pub fn rings(&self) -> Vec<Vec<Point>> {
        self.polygons.iter().flatten().cloned().collect()
    }
}

/// Shapes in percent of a frame, thinned together.
pub(super) fn flat(shapes: &[Shape], projection: &Projection, frame: &Frame) -> Vec<Flat> {
    let line = |line: &Vec<(f64, f64)>| -> Vec<Point> {
        line.iter().filter_map(|place| projection.project(*place)).map(|point| frame.percent(point)).collect()
    };
    let mut lines: Vec<Vec<Point>> =
        shapes.iter().flat_map(|shape| shape.polygons.iter().flatten().chain(&shape.lines)).map(line).collect();
    shape::simplified(&mut lines, MOST_POINTS);
    let mut lines = lines.into_iter();
    let mut take = |count: usize| -> Vec<Vec<Point>> { lines.by_ref().take(count).collect() };
    let flat = |shape: &Shape| Flat {
        polygons: shape.polygons.iter().map(|rings| take(rings.len())).collect(),
        lines: take(shape.lines.len()),
    };
    shapes.iter().map(flat).collect()
}
