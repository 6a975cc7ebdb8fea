//! TopoJSON: shapes whose borders are arcs that neighbours share.
//!
//! Read here and not by the crate of that name, which panics on arcs that are not there and is held to an old version of
//! the crate for GeoJSON.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Deserialize;
use serde_json::Value;

use super::{MOST_POINTS, Shape, malformed, property};
use crate::diagnostic::{Diagnostic, Span, map as findings};

/// A file.
#[derive(Deserialize)]
struct Topology {
    objects: BTreeMap<String, Geometry>,
    arcs: Vec<Vec<Vec<f64>>>,
    transform: Option<Transform>,
}

/// How whole numbers become degrees.
#[derive(Deserialize, Clone, Copy)]
struct Transform {
    scale: (f64, f64),
    translate: (f64, f64),
}

/// A shape, or several.
#[derive(Deserialize)]
struct Geometry {
    #[serde(rename = "type")]
    kind: Option<String>,
    arcs: Option<Value>,
    id: Option<Value>,
    properties: Option<BTreeMap<String, Value>>,
    #[serde(default)]
    geometries: Vec<Geometry>,
}

/// Why the arcs of a shape make no line.
enum Fault {
    /// An arc that is not there.
    Astray,
    /// More points than can be read.
    TooMany,
}

/// The shapes of all objects of a file.
pub(super) fn shapes(path: &Arc<str>, text: &str) -> Result<Vec<Shape>, Diagnostic> {
    let topology: Topology = serde_json::from_str(text).map_err(|error| malformed(path, text, &error))?;
    let mut reading = Reading { arcs: decoded(&topology), points: 0, shapes: Vec::new() };
    for object in topology.objects.values() {
        reading.read(object).map_err(|fault| match fault {
            Fault::Astray => findings::not_an_outline(Span::file(path), "a shape names an arc that is not there"),
            Fault::TooMany => findings::outline_too_detailed(Span::file(path), reading.points, MOST_POINTS),
        })?;
    }
    Ok(reading.shapes)
}

/// The arcs in degrees. With a transform each point is written as its distance from the one before.
fn decoded(topology: &Topology) -> Vec<Vec<(f64, f64)>> {
    let number = |point: &[f64], index: usize| point.get(index).copied().unwrap_or(f64::NAN);
    let arc = |arc: &Vec<Vec<f64>>| {
        let mut at = (0.0, 0.0);
        let point = |point: &Vec<f64>| match topology.transform {
            None => (number(point, 0), number(point, 1)),
            Some(Transform { scale, translate }) => {
                at = (at.0 + number(point, 0), at.1 + number(point, 1));
                (at.0 * scale.0 + translate.0, at.1 * scale.1 + translate.1)
            }
        };
        arc.iter().map(point).collect()
    };
    topology.arcs.iter().map(arc).collect()
}

struct Reading {
    arcs: Vec<Vec<(f64, f64)>>,
    points: usize,
    shapes: Vec<Shape>,
}

impl Reading {
    fn read(&mut self, geometry: &Geometry) -> Result<(), Fault> {
        for part in &geometry.geometries {
            self.read(part)?;
        }
        let kind = geometry.kind.as_deref().unwrap_or_default();
        if kind == "GeometryCollection" || kind.is_empty() {
            return Ok(());
        }
        let mut shape = Shape::default();
        shape.properties.extend(geometry.id.as_ref().and_then(property).map(|id| ("id".to_owned(), id)));
        for (name, value) in geometry.properties.iter().flatten() {
            shape.properties.extend(property(value).map(|text| (name.clone(), text)));
        }
        let arcs = geometry.arcs.as_ref().unwrap_or(&Value::Null);
        match kind {
            "LineString" => shape.lines.push(self.line(arcs)?),
            "MultiLineString" => shape.lines = self.lines(arcs)?,
            "Polygon" => shape.polygons.push(self.lines(arcs)?),
            "MultiPolygon" => {
                for polygon in list(arcs)? {
                    let rings = self.lines(polygon)?;
                    shape.polygons.push(rings);
                }
            }
            other => shape.other = Some(other.to_owned()),
        }
        self.shapes.push(shape);
        Ok(())
    }

    fn lines(&mut self, lines: &Value) -> Result<Vec<Vec<(f64, f64)>>, Fault> {
        list(lines)?.iter().map(|line| self.line(line)).collect()
    }

    /// A line of arcs, end to end. A negative number is an arc backwards.
    fn line(&mut self, numbers: &Value) -> Result<Vec<(f64, f64)>, Fault> {
        let mut line: Vec<(f64, f64)> = Vec::new();
        for number in list(numbers)? {
            let number = number.as_i64().ok_or(Fault::Astray)?;
            let index = usize::try_from(if number < 0 { !number } else { number }).map_err(|_| Fault::Astray)?;
            let arc = self.arcs.get(index).ok_or(Fault::Astray)?;
            self.points += arc.len();
            if self.points > MOST_POINTS {
                return Err(Fault::TooMany);
            }
            // The first point of an arc is the last of the one before.
            let skip = usize::from(!line.is_empty());
            if number < 0 {
                line.extend(arc.iter().rev().skip(skip));
            } else {
                line.extend(arc.iter().skip(skip));
            }
        }
        Ok(line)
    }
}

fn list(value: &Value) -> Result<&Vec<Value>, Fault> {
    value.as_array().ok_or(Fault::Astray)
}
