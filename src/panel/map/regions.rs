//! Regions: the areas of the site's own file of outlines, coloured by the class of their value.

use std::collections::{BTreeMap, BTreeSet};

use super::outline::{self, Flat};
use super::valued::{KEY_LINE, Valued, under};
use super::{Form, Options};
use crate::derive::Wording;
use crate::diagnostic::map as findings;
use crate::draw::label::Label;
use crate::draw::mark::{Mark, Plot, Point};
use crate::draw::place::{Wanted, place_all};
use crate::draw::project::{Frame, Projection};
use crate::draw::shape;
use crate::model::indicator::Cell;
use crate::panel::rows::{Entity, note_on_estimates, note_on_revised};
use crate::panel::{Draft, Graphic, Reader, Text};
use crate::parse::outline::{OutlineDocument, Shape};

/// How far stripes are apart, in percent of the width: few, many, crossed.
const GAPS: [f64; 3] = [4.5, 2.6, 3.4];

/// The shapes of one code, together.
struct Region {
    /// The code; empty where the file gives none.
    code: String,
    /// The name that the file gives.
    name: Option<String>,
    shapes: Vec<usize>,
}

pub(super) fn draft(reader: &mut Reader<'_>, options: &Options) -> Option<Draft> {
    if options.file.is_none() {
        let place = reader.place();
        reader.report(findings::map_without(place, "file", Form::Regions.name()));
        return None;
    }
    let (document, shapes) = outline::shapes(reader, options)?;
    let regions = regions(reader, options, document, shapes)?;
    let codes: BTreeSet<&str> = regions.iter().map(|region| region.code.as_str()).collect();
    let valued = Valued::read(reader, options, Form::Regions.name(), |_, entity| codes.contains(key(entity)))?;
    let joined = joined(reader, &valued, &regions)?;
    let method = options.projection.unwrap_or_default().into();
    let projection = Projection::new(method, outline::middle(outline::places(shapes))?)?;
    let frame = Frame::around(outline::places(shapes).filter_map(|place| projection.project(place)))?;
    let flat = outline::flat(shapes, &projection, &frame);
    check_crossings(reader, document, &regions, &flat);
    let wording = reader.wording();
    let drawing = Drawing { valued: &valued, regions: &regions, joined: &joined, flat: &flat, frame, wording };
    let (marks, unnamed) = drawing.marks();
    let plot = Plot { marks, left: 0.0, right: 0.0, height: 24 };
    let mut notes: Vec<String> = Vec::new();
    notes.extend(valued.note_on_missing(wording, &drawing.without_area()));
    let cells = || valued.rows.iter().map(|(_, cell)| *cell);
    notes.extend(note_on_estimates(cells(), wording));
    notes.extend(note_on_revised(cells(), wording));
    notes.extend(unnamed.then(|| wording.say("map-unnamed", &[])));
    notes.extend(outline::credit(reader, options));
    let classes = format!("map {} lg{}", frame.class, drawing.key_lines());
    Some(Draft {
        common: options.common(),
        title: valued.title(wording),
        subtitle: valued.subtitle(wording),
        alt: valued.alternative(wording),
        notes,
        indicators: [valued.indicator.id.clone()].into(),
        table: valued.table(wording),
        dataset: valued.dataset(wording),
        graphic: Graphic::drawing(&plot, classes),
    })
}

/// What an area is known by in the file: its official code, or its id where it has none.
fn key<'e>(entity: &Entity<'e>) -> &'e str {
    entity.code.unwrap_or(entity.id)
}

/// The shapes by their codes, in the order of the file. Several of one code are one region: islands are often apart.
fn regions(
    reader: &mut Reader<'_>,
    options: &Options,
    document: &OutlineDocument,
    shapes: &[Shape],
) -> Option<Vec<Region>> {
    let property = options.code.as_deref().unwrap_or("code");
    if !shapes.iter().any(|shape| shape.properties.contains_key(property)) {
        let known: BTreeSet<&str> =
            shapes.iter().flat_map(|shape| shape.properties.keys()).map(String::as_str).collect();
        let span = if options.code.is_some() { reader.spans.value("code") } else { reader.spans.value("file") };
        reader.report(findings::unknown_property(span, property, known));
        return None;
    }
    let mut regions: Vec<Region> = Vec::new();
    let mut by_code: BTreeMap<&str, usize> = BTreeMap::new();
    let mut sound = true;
    for (index, shape) in shapes.iter().enumerate() {
        if shape.polygons.is_empty() {
            let found = shape.other.as_deref().unwrap_or("LineString");
            reader.report(findings::not_an_area(outline::place(document), index + 1, found));
            sound = false;
            continue;
        }
        let code = shape.properties.get(property).map_or("", String::as_str);
        if code.is_empty() {
            reader.report(findings::region_without_code(outline::place(document), index + 1, property));
        }
        let known = by_code.get(code).filter(|_| !code.is_empty()).and_then(|known| regions.get_mut(*known));
        match known {
            Some(region) => region.shapes.push(index),
            None => {
                by_code.insert(code, regions.len());
                let name = shape.properties.get("name").cloned();
                regions.push(Region { code: code.to_owned(), name, shapes: vec![index] });
            }
        }
    }
    sound.then_some(regions)
}

/// For each region the row of its value. Every value must have a region, and none two rows.
fn joined(reader: &mut Reader<'_>, valued: &Valued<'_>, regions: &[Region]) -> Option<Vec<Option<usize>>> {
    let mut joined: Vec<Option<usize>> = vec![None; regions.len()];
    let mut sound = true;
    for (row, (entity, _)) in valued.rows.iter().enumerate() {
        let code = key(entity);
        let span = reader.spans.value("indicator");
        let Some(index) = regions.iter().position(|region| region.code == code) else {
            let known = regions.iter().map(|region| region.code.as_str());
            reader.report(findings::value_without_region(span, entity.id, code, known));
            sound = false;
            continue;
        };
        let before = joined.get_mut(index).and_then(|place| place.replace(row));
        if let Some(first) = before.and_then(|before| valued.rows.get(before)) {
            reader.report(findings::same_code(span, code, first.0.id, entity.id));
            sound = false;
        }
    }
    sound.then_some(joined)
}

fn check_crossings(reader: &mut Reader<'_>, document: &OutlineDocument, regions: &[Region], flat: &[Flat]) {
    for region in regions {
        let polygons = region.shapes.iter().filter_map(|index| flat.get(*index)).flat_map(|flat| &flat.polygons);
        if polygons.into_iter().any(|rings| shape::crosses_itself(rings)) {
            reader.report(findings::crossing_outline(outline::place(document), &region.code));
        }
    }
}

struct Drawing<'m> {
    valued: &'m Valued<'m>,
    regions: &'m [Region],
    joined: &'m [Option<usize>],
    flat: &'m [Flat],
    frame: Frame,
    wording: Wording<'m>,
}

impl Drawing<'_> {
    fn row(&self, region: usize) -> Option<&(Entity<'_>, Cell)> {
        self.valued.rows.get(self.joined.get(region).copied().flatten()?)
    }

    /// The names of regions for which the data has no area.
    fn without_area(&self) -> Vec<String> {
        let free = self.regions.iter().zip(self.joined).filter(|(_, row)| row.is_none());
        let mut names: Vec<String> = free.filter_map(|(region, _)| region.name.clone()).collect();
        names.dedup();
        names
    }

    fn has_missing(&self) -> bool {
        (0..self.regions.len()).any(|index| self.row(index).is_none_or(|(_, cell)| self.valued.class(*cell).is_none()))
    }

    fn key_lines(&self) -> usize {
        self.valued.classes.len() + usize::from(self.has_missing())
    }

    /// The marks, and whether some region has no room for its name.
    fn marks(&self) -> (Vec<Mark>, bool) {
        let mut marks = Vec::new();
        let mut outlined = Vec::new();
        let mut wanted = Vec::new();
        for (index, region) in self.regions.iter().enumerate() {
            let flat: Vec<&Flat> = region.shapes.iter().filter_map(|index| self.flat.get(*index)).collect();
            let rings: Vec<_> = flat.iter().flat_map(|flat| flat.rings()).collect();
            let row = self.row(index);
            let class = row.and_then(|(_, cell)| self.valued.class(*cell));
            let shade = class.map_or(0, |class| self.valued.classes.shade(class));
            marks.push(Mark::Shape { rings: rings.clone(), class: format!("f{shade}") });
            marks.extend(self.stripes(&rings, shade));
            let highlighted = self.valued.highlight.is_some_and(|id| row.map(|(entity, _)| entity.id) == Some(id));
            if highlighted {
                outlined.push(Mark::Shape { rings, class: "ol".to_owned() });
            }
            let polygons: Vec<shape::Rings> = flat.iter().flat_map(|flat| flat.polygons.clone()).collect();
            let Some(at) = shape::middle(&polygons) else { continue };
            let row = self.joined.get(index).copied().flatten();
            marks.extend(row.map(|row| Mark::Value { at, row, column: 1 }));
            wanted.extend(self.name(index, at, highlighted));
        }
        marks.extend(outlined);
        // The highlighted name comes first to the free places.
        wanted.sort_by_key(|name| name.class != "h st");
        let (narrow, wide) = self.frame.sizes();
        let placed = place_all(&wanted, &mut Vec::new(), narrow, wide);
        let unnamed = placed.iter().any(|text| text.as_ref().is_none_or(|text| text.class.contains('w')));
        marks.extend(placed.into_iter().flatten().map(Mark::Text));
        let first = -(self.key_lines() as f64) * KEY_LINE;
        marks.extend(self.valued.key(first, self.has_missing(), true, self.wording));
        (marks, unnamed)
    }

    /// The stripes by which a class is told without colour.
    fn stripes(&self, rings: &[Vec<(f64, f64)>], shade: usize) -> Option<Mark> {
        let gap = shade.checked_sub(2).and_then(|index| GAPS.get(index))?;
        let proportion = self.frame.proportion();
        let mut strokes = shape::stripes(rings, proportion, *gap, false);
        if shade == 4 {
            strokes.extend(shape::stripes(rings, proportion, *gap, true));
        }
        (!strokes.is_empty()).then(|| Mark::Strokes { strokes, class: under("lv", shade) })
    }

    fn name(&self, region: usize, at: Point, highlighted: bool) -> Option<Wanted> {
        let own = self.regions.get(region)?.name.clone();
        let name = match self.row(region) {
            Some((entity, _)) => entity.name.clone(),
            None => Text { text: own?, lang: None },
        };
        Some(Wanted {
            at,
            label: Label::new(&name.text, 9.0),
            class: if highlighted { "h st" } else { "h" }.to_owned(),
            lang: name.lang,
            within: true,
        })
    }
}
