//! Outlines of places, from GeoJSON and TopoJSON files beside the data: shapes with what the file says of each.
//!
//! As with sheets, a file that no panel names is nobody's business: what is wrong with it is kept until someone asks.

use std::collections::BTreeMap;
use std::str::FromStr;
use std::sync::Arc;

use geo::{Coord, LineString, SimplifyVw};
use geojson::{Feature, GeoJson, GeometryValue, Position};
use serde_json::Value;

use crate::diagnostic::{Diagnostic, Span, map as findings};
use crate::read::Source;

mod topology;

/// The most points of one file that are read.
pub const MOST_POINTS: usize = 500_000;

/// The most points that are kept: more than any map on a page can show.
const MOST_KEPT: usize = 20_000;

/// A file of outlines.
#[derive(Debug, Clone)]
pub struct OutlineDocument {
    /// The file.
    pub path: Arc<str>,
    /// Its shapes, or why there are none.
    pub shapes: Result<Vec<Shape>, Diagnostic>,
}

/// A shape: an area, or lines.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Shape {
    /// What the file says of it, as text.
    pub properties: BTreeMap<String, String>,
    /// Its areas: rings of places (degrees east, degrees north), the first around the others.
    pub polygons: Vec<Vec<Vec<(f64, f64)>>>,
    /// Its lines.
    pub lines: Vec<Vec<(f64, f64)>>,
    /// What it is instead, where it is neither: `Point`.
    pub other: Option<String>,
}

/// Whether a file is read as outlines.
pub fn is_outline(extension: &str) -> bool {
    matches!(extension, "geojson" | "topojson")
}

/// Reads a file of outlines.
pub fn document(source: &Source) -> OutlineDocument {
    OutlineDocument { path: source.path.clone(), shapes: shapes(source) }
}

fn shapes(source: &Source) -> Result<Vec<Shape>, Diagnostic> {
    let text = source.text()?;
    let is_topology = source.extension() == "topojson" || text.get(..4096).unwrap_or(text).contains("\"Topology\"");
    let mut shapes = if is_topology {
        topology::shapes(&source.path, text)?
    } else {
        features(&source.path, text)?.into_iter().map(|feature| shape(&feature)).collect()
    };
    check(&source.path, &shapes)?;
    simplify(&mut shapes);
    Ok(shapes)
}

fn features(path: &Arc<str>, text: &str) -> Result<Vec<Feature>, Diagnostic> {
    match GeoJson::from_str(text) {
        Ok(GeoJson::FeatureCollection(collection)) => Ok(collection.features),
        Ok(GeoJson::Feature(feature)) => Ok(vec![feature]),
        Ok(GeoJson::Geometry(geometry)) => Ok(vec![Feature {
            bbox: None,
            geometry: Some(geometry),
            id: None,
            properties: None,
            foreign_members: None,
        }]),
        Err(geojson::Error::MalformedGeoJson(error)) => Err(malformed(path, text, &error)),
        Err(error) => Err(findings::not_an_outline(Span::file(path), &error.to_string())),
    }
}

/// A finding about JSON, at its place.
fn malformed(path: &Arc<str>, text: &str, error: &serde_json::Error) -> Diagnostic {
    let line_start: usize = text.split_inclusive('\n').take(error.line().saturating_sub(1)).map(str::len).sum();
    let at = text.floor_char_boundary((line_start + error.column().saturating_sub(1)).min(text.len()));
    let cause = error.to_string();
    let cause = cause.split(" at line ").next().unwrap_or(&cause);
    findings::not_an_outline(Span::new(path, at, text.ceil_char_boundary((at + 1).min(text.len()))), cause)
}

fn shape(feature: &Feature) -> Shape {
    let mut shape = Shape::default();
    if let Some(id) = &feature.id {
        let id = match id {
            geojson::feature::Id::String(text) => text.clone(),
            geojson::feature::Id::Number(number) => number.to_string(),
        };
        shape.properties.insert("id".to_owned(), id);
    }
    for (name, value) in feature.properties.iter().flatten() {
        shape.properties.extend(property(value).map(|text| (name.clone(), text)));
    }
    if let Some(geometry) = &feature.geometry {
        shape.add(&geometry.value);
    }
    shape
}

/// A property as text. Lists and the like are none.
fn property(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.trim().to_owned()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(_) | Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}

impl Shape {
    fn add(&mut self, geometry: &GeometryValue) {
        let line = |line: &Vec<Position>| -> Vec<(f64, f64)> { line.iter().map(place).collect() };
        let polygon = |rings: &Vec<Vec<Position>>| rings.iter().map(line).collect();
        match geometry {
            GeometryValue::LineString { coordinates } => self.lines.push(line(coordinates)),
            GeometryValue::MultiLineString { coordinates } => self.lines.extend(coordinates.iter().map(line)),
            GeometryValue::Polygon { coordinates } => self.polygons.push(polygon(coordinates)),
            GeometryValue::MultiPolygon { coordinates } => self.polygons.extend(coordinates.iter().map(polygon)),
            GeometryValue::GeometryCollection { geometries } => {
                // JSON holds at most 128 levels, so this ends.
                geometries.iter().for_each(|geometry| self.add(&geometry.value));
            }
            GeometryValue::Point { .. } | GeometryValue::MultiPoint { .. } => {
                self.other = Some(geometry.type_name().to_owned());
            }
        }
    }

    fn all_lines(&self) -> impl Iterator<Item = &Vec<(f64, f64)>> {
        self.polygons.iter().flatten().chain(&self.lines)
    }
}

fn place(position: &Position) -> (f64, f64) {
    let numbers = position.as_slice();
    (numbers.first().copied().unwrap_or(f64::NAN), numbers.get(1).copied().unwrap_or(f64::NAN))
}

/// Not too many points, and all of them on the globe.
fn check(path: &Arc<str>, shapes: &[Shape]) -> Result<(), Diagnostic> {
    let points = || shapes.iter().flat_map(Shape::all_lines).flatten();
    let count = points().count();
    if count > MOST_POINTS {
        return Err(findings::outline_too_detailed(Span::file(path), count, MOST_POINTS));
    }
    if points().any(|(x, y)| x.is_nan() || y.is_nan()) {
        return Err(findings::not_an_outline(Span::file(path), "a position of fewer than two numbers"));
    }
    let off = points().find(|(x, y)| !(-180.0..=180.0).contains(x) || !(-90.0..=90.0).contains(y));
    match off {
        Some((x, y)) => Err(findings::outline_off_the_globe(Span::file(path), *x, *y)),
        None if count == 0 && shapes.iter().all(|shape| shape.other.is_none()) => {
            Err(findings::empty_outline(Span::file(path)))
        }
        None => Ok(()),
    }
}

/// Takes away what no page can show, and rings too small to be any.
fn simplify(shapes: &mut Vec<Shape>) {
    let mut least = 1e-9;
    for _ in 0..40 {
        if shapes.iter().flat_map(Shape::all_lines).map(Vec::len).sum::<usize>() <= MOST_KEPT {
            break;
        }
        for line in shapes.iter_mut().flat_map(|shape| shape.polygons.iter_mut().flatten().chain(&mut shape.lines)) {
            if line.len() > 4 {
                let points: LineString<f64> = line.iter().map(|(x, y)| Coord { x: *x, y: *y }).collect();
                *line = points.simplify_vw(least).0.iter().map(|point| (point.x, point.y)).collect();
            }
        }
        least *= 4.0;
    }
    for shape in shapes {
        shape.polygons.iter_mut().for_each(|rings| rings.retain(|ring| ring.len() >= 4));
        shape.polygons.retain(|rings| !rings.is_empty());
        shape.lines.retain(|line| line.len() >= 2);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(name: &str, text: &str) -> Result<Vec<Shape>, Diagnostic> {
        document(&Source::new(format!("content/data/{name}"), text.as_bytes())).shapes
    }

    fn code(name: &str, text: &str) -> String {
        read(name, text).map_or_else(|finding| finding.code, |shapes| format!("{} shapes", shapes.len()))
    }

    const SQUARE: &str = "[[[130,32],[131,32],[131,33],[130,33],[130,32]]]";

    #[test]
    fn features_keep_what_is_said_of_them() {
        let text = format!(
            "{{\"type\":\"FeatureCollection\",\"features\":[{{\"type\":\"Feature\",\"id\":7,\"properties\":{{\"code\":\"0201\",\
             \"n\":3,\"list\":[1]}},\"geometry\":{{\"type\":\"Polygon\",\"coordinates\":{SQUARE}}}}}]}}"
        );
        let shapes = read("a.geojson", &text).expect("shapes");
        let properties: Vec<(&str, &str)> =
            shapes[0].properties.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        assert_eq!(properties, [("code", "0201"), ("id", "7"), ("n", "3")]);
        assert_eq!(shapes[0].polygons[0][0].len(), 5);
    }

    #[test]
    fn arcs_are_joined_and_turned() {
        let text = r#"{"type":"Topology","transform":{"scale":[0.1,0.1],"translate":[130,32]},
            "objects":{"areas":{"type":"GeometryCollection","geometries":[
              {"type":"Polygon","id":"a","arcs":[[0,1]],"properties":{"code":"01"}},
              {"type":"MultiPolygon","arcs":[[[-1,2]]],"properties":{"code":"02"}}]}},
            "arcs":[[[0,0],[0,10]],[[0,10],[-10,0],[0,-10],[10,0]],[[0,0],[10,0],[0,10],[-10,0]]]}"#;
        let shapes = read("a.topojson", text).expect("shapes");
        assert_eq!(shapes.len(), 2);
        assert_eq!(shapes[0].properties.get("id").map(String::as_str), Some("a"));
        assert_eq!(
            shapes[0].polygons[0][0],
            [(130.0, 32.0), (130.0, 33.0), (129.0, 33.0), (129.0, 32.0), (130.0, 32.0)]
        );
        assert_eq!(shapes[1].polygons[0][0].len(), 5);
        assert_eq!(shapes[1].polygons[0][0].first(), shapes[1].polygons[0][0].last());
    }

    #[test]
    fn what_is_no_outline_is_told() {
        assert_eq!(code("a.geojson", "{\"type\":"), "not-an-outline");
        assert_eq!(code("a.geojson", "{\"type\":\"Feature\"}"), "empty-outline");
        assert_eq!(code("a.geojson", "{\"type\":\"FeatureCollection\",\"features\":[]}"), "empty-outline");
        assert_eq!(code("a.geojson", "{\"type\":\"Polygon\",\"coordinates\":[[[1,2],[3]]]}"), "not-an-outline");
        let metres = "{\"type\":\"LineString\",\"coordinates\":[[-12000.5,-43000.1],[5,6]]}";
        assert_eq!(code("a.geojson", metres), "outline-off-the-globe");
        assert_eq!(code("a.topojson", "{\"type\":\"Topology\",\"objects\":{},\"arcs\":[]}"), "empty-outline");
        let astray = "{\"type\":\"Topology\",\"objects\":{\"a\":{\"type\":\"Polygon\",\"arcs\":[[7]]}},\"arcs\":[]}";
        assert_eq!(code("a.topojson", astray), "not-an-outline");
        let deep = format!("{}1{}", "[".repeat(5000), "]".repeat(5000));
        assert_eq!(code("a.geojson", &format!("{{\"type\":\"Polygon\",\"coordinates\":{deep}}}")), "not-an-outline");
    }

    #[test]
    fn a_file_of_very_many_points_is_thinned_or_refused() {
        let ring = |count: usize| {
            let mut points: Vec<String> = (0..count)
                .map(|step| format!("[{}.{:04},{}]", 130 + step % 2, step % 9999, 32.0 + step as f64 * 1e-5))
                .collect();
            points.push(points[0].clone());
            format!("{{\"type\":\"Polygon\",\"coordinates\":[[{}]]}}", points.join(","))
        };
        let shapes = read("a.geojson", &ring(60_000)).expect("shapes");
        assert!(shapes[0].polygons[0][0].len() <= MOST_KEPT);
        // An arc of a topology may be named again and again, so the file itself need not be large.
        let arcs = vec!["0"; 60_000].join(",");
        let text = format!(
            "{{\"type\":\"Topology\",\"objects\":{{\"a\":{{\"type\":\"LineString\",\"arcs\":[{arcs}]}}}},\"arcs\":[[{}]]}}",
            vec!["[1,1]"; 1000].join(",")
        );
        assert_eq!(code("a.topojson", &text), "outline-too-detailed");
    }
}
