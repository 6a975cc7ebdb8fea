//! Places as points, each with a circle of some kilometres around it.

use rust_decimal::Decimal;

use super::outline::{self, Flat};
use super::valued::{KEY_LINE, counted, key_line};
use super::{Form, Options};
use crate::derive::Wording;
use crate::diagnostic::map as findings;
use crate::draw::EM;
use crate::draw::label::Label;
use crate::draw::mark::{Anchor, Mark, Plot, Point, Sign, Text as PlotText};
use crate::draw::place::{Body, Wanted, place_all};
use crate::draw::project::{Frame, Projection};
use crate::draw::scale::float;
use crate::locale::Period;
use crate::model::hospital::{Hospital, HospitalKind};
use crate::panel::{Column, Common, Dataset, Draft, Graphic, Grid, GridCell, Line, Reader, Text, join_sentences};

/// The most places on a map.
const MOST_PLACES: usize = 200;

/// A place to be shown.
struct Spot {
    name: Text,
    kind: Option<String>,
    /// Degrees east, degrees north.
    at: (f64, f64),
}

pub(super) fn draft(reader: &mut Reader<'_>, options: &Options) -> Option<Draft> {
    let radius = radius(reader, options)?;
    let spots = spots(reader, options)?;
    let shapes = match options.file {
        Some(_) => outline::shapes(reader, options)?.1,
        None => &[],
    };
    let kinds = kinds(reader, &spots)?;
    let places = || spots.iter().map(|spot| spot.at).chain(outline::places(shapes));
    let method = options.projection.unwrap_or_default().into();
    let projection = Projection::new(method, outline::middle(places())?)?;
    let kilometre = projection.kilometre()?;
    let reach = radius.map_or(0.0, |radius| float(radius) * kilometre);
    let flat: Vec<(f64, f64)> = places().filter_map(|place| projection.project(place)).collect();
    let corners = spots.iter().filter_map(|spot| projection.project(spot.at));
    let corners = corners.flat_map(|(x, y)| [(x - reach, y - reach), (x + reach, y + reach)]);
    let frame = Frame::around(flat.into_iter().chain(corners))?;
    let outlines = outline::flat(shapes, &projection, &frame);
    let wording = reader.wording();
    let drawing = Drawing { spots: &spots, kinds: &kinds, radius, reach, projection, frame, kilometre, wording };
    let (marks, unnamed) = drawing.marks(&outlines);
    let key = if kinds.len() > 1 { format!(" lg{}", kinds.len()) } else { String::new() };
    let plot = Plot { marks, left: 0.0, right: 0.0, height: 24 };
    let mut notes: Vec<String> = Vec::new();
    notes.extend(radius.map(|radius| wording.say("map-circles", &[("radius", &wording.locale.number(radius))])));
    notes.extend(unnamed.then(|| wording.say("map-unnamed", &[])));
    notes.extend(outline::credit(reader, options));
    Some(Draft {
        common: common(reader, options),
        title: drawing.title(),
        subtitle: String::new(),
        alt: drawing.alternative(),
        notes,
        indicators: Default::default(),
        table: drawing.table(),
        dataset: drawing.dataset(),
        graphic: Graphic::drawing(&plot, format!("map {}{key}", frame.class)),
    })
}

/// The radius, where one is given.
fn radius(reader: &mut Reader<'_>, options: &Options) -> Option<Option<Decimal>> {
    let Some(radius) = options.radius else { return Some(None) };
    if radius > Decimal::ZERO && radius <= Decimal::ONE_THOUSAND {
        return Some(Some(radius.normalize()));
    }
    reader.report(findings::no_radius(reader.spans.value("radius"), &radius.to_string()));
    None
}

fn spots(reader: &mut Reader<'_>, options: &Options) -> Option<Vec<Spot>> {
    let mut spots: Vec<Spot> = Vec::new();
    let mut sound = true;
    for (number, name) in options.hospitals.iter().flatten().enumerate() {
        let spot = hospital(reader, name, &format!("hospitals[{number}]"));
        sound &= spot.is_some();
        spots.extend(spot);
    }
    for (number, place) in options.places.iter().flatten().enumerate() {
        let path = |field: &str| format!("places[{number}].{field}");
        let name = reader.fill(&place.name, &path("name"));
        let kind = place.kind.as_ref().map(|kind| reader.fill(kind, &path("kind")).text);
        if !(-90.0..=90.0).contains(&place.lat) || !(-180.0..=180.0).contains(&place.lon) {
            reader
                .report(crate::diagnostic::data::point_off_the_globe(reader.spans.value(&format!("places[{number}]"))));
            sound = false;
        }
        spots.push(Spot { name, kind, at: (place.lon, place.lat) });
    }
    if spots.len() > MOST_PLACES {
        let field = if options.places.is_some() { "places" } else { "hospitals" };
        reader.report(findings::too_many_places(reader.spans.key(field), spots.len(), MOST_PLACES));
        return None;
    }
    if sound && spots.is_empty() {
        let place = reader.place();
        reader.report(findings::map_without(place, "places", Form::Points.name()));
        return None;
    }
    sound.then_some(spots)
}

fn hospital(reader: &mut Reader<'_>, name: &str, path: &str) -> Option<Spot> {
    let span = reader.spans.value(path);
    let data = reader.context.data;
    let id = data.entity(crate::model::indicator::Over::Hospitals, name, || span.clone());
    let hospital = match id {
        Ok(id) => data.hospital(id)?,
        Err(finding) => {
            reader.report(finding);
            return None;
        }
    };
    let Some(point) = hospital.point else {
        reader.report(findings::place_without_point(span, &hospital.id));
        return None;
    };
    let wording = reader.wording();
    let kind = wording.say(&format!("hospital-kind-{}", kind_name(hospital.kind)), &[]);
    Some(Spot { name: Text::of(&hospital.name, wording), kind: Some(kind), at: (point.lon, point.lat) })
}

fn kind_name(kind: HospitalKind) -> &'static str {
    match kind {
        HospitalKind::Core => "core",
        HospitalKind::Cooperating => "cooperating",
        HospitalKind::Affiliated => "affiliated",
        HospitalKind::Hospital => "hospital",
        HospitalKind::Clinic => "clinic",
    }
}

/// The kinds of places, in the order in which they first come. Every kind has its sign.
fn kinds(reader: &mut Reader<'_>, spots: &[Spot]) -> Option<Vec<Option<String>>> {
    let mut kinds: Vec<Option<String>> = Vec::new();
    for spot in spots {
        if !kinds.contains(&spot.kind) {
            kinds.push(spot.kind.clone());
        }
    }
    if kinds.len() > Sign::ALL.len() {
        let span = reader.place();
        reader.report(findings::too_many_kinds(span, kinds.len(), Sign::ALL.len()));
        return None;
    }
    Some(kinds)
}

/// Where nothing is said of source and day, those of the hospitals, if all have the same.
fn common(reader: &Reader<'_>, options: &Options) -> Common {
    let mut common = options.common();
    let data = reader.context.data;
    let hospitals: Vec<&Hospital> = options.hospitals.iter().flatten().filter_map(|name| data.hospital(name)).collect();
    let Some(first) = hospitals.first().filter(|_| options.places.is_none()) else { return common };
    if common.source.is_none() && hospitals.iter().all(|hospital| hospital.source == first.source) {
        common.source = first.source.clone();
    }
    let latest = hospitals.iter().filter_map(|hospital| hospital.as_of).max();
    common.as_of = common.as_of.or(latest.map(Period::Date));
    common
}

struct Drawing<'m> {
    spots: &'m [Spot],
    kinds: &'m [Option<String>],
    radius: Option<Decimal>,
    /// The radius in the plane.
    reach: f64,
    projection: Projection,
    frame: Frame,
    /// A kilometre in the plane.
    kilometre: f64,
    wording: Wording<'m>,
}

impl Drawing<'_> {
    /// The marks, and whether some place has no room for its name.
    fn marks(&self, outlines: &[Flat]) -> (Vec<Mark>, bool) {
        let mut marks: Vec<Mark> = Vec::new();
        for flat in outlines {
            let rings = flat.rings();
            if !rings.is_empty() {
                marks.push(Mark::Shape { rings, class: "ld".to_owned() });
            }
            let line = |line: &Vec<Point>| Mark::Line {
                points: line.iter().copied().map(Some).collect(),
                class: "ln".to_owned(),
            };
            marks.extend(flat.lines.iter().map(line));
        }
        let points: Vec<Point> = self.spots.iter().filter_map(|spot| self.point(spot.at)).collect();
        let radii = self.frame.lengths(self.reach);
        if self.radius.is_some() {
            let circle = |(spot, at): (&Spot, &Point)| Mark::Ellipse {
                middle: *at,
                radii,
                class: format!("ci {}", self.class(spot)),
            };
            marks.extend(self.spots.iter().zip(&points).map(circle));
        }
        let mut taken: Vec<Body> = points.iter().map(|at| Body::sign(*at)).collect();
        let (scale, room) = self.scale_bar();
        marks.extend(scale);
        taken.push(room);
        let sign = |(spot, at): (&Spot, &Point)| Mark::Sign {
            at: *at,
            offset: (0.0, 0.0),
            sign: self.sign(spot),
            class: self.class(spot).to_owned(),
        };
        marks.extend(self.spots.iter().zip(&points).map(sign));
        marks.extend(points.iter().enumerate().map(|(row, at)| Mark::Value { at: *at, row, column: 0 }));
        let (names, unnamed) = self.names(&points, &mut taken);
        marks.extend(names);
        marks.extend(self.key());
        (marks, unnamed)
    }

    fn point(&self, place: (f64, f64)) -> Option<Point> {
        self.projection.project(place).map(|point| self.frame.percent(point))
    }

    fn names(&self, points: &[Point], taken: &mut Vec<Body>) -> (Vec<Mark>, bool) {
        let wanted = |(spot, at): (&Spot, &Point)| Wanted {
            at: *at,
            label: Label::new(&spot.name.text, 9.0),
            class: "h".to_owned(),
            lang: spot.name.lang.clone(),
            within: false,
        };
        let wanted: Vec<Wanted> = self.spots.iter().zip(points).map(wanted).collect();
        let (narrow, wide) = self.frame.sizes();
        let placed = place_all(&wanted, taken, narrow, wide);
        let unnamed = placed.iter().any(|text| text.as_ref().is_none_or(|text| text.class.contains('w')));
        (placed.into_iter().flatten().map(Mark::Text).collect(), unnamed)
    }

    fn index(&self, spot: &Spot) -> usize {
        self.kinds.iter().position(|kind| *kind == spot.kind).unwrap_or_default()
    }

    fn sign(&self, spot: &Spot) -> Sign {
        Sign::ALL.get(self.index(spot)).copied().unwrap_or(Sign::Disc)
    }

    fn class(&self, spot: &Spot) -> &'static str {
        const CLASSES: [&str; 5] = ["k1", "k2", "k3", "k6", "k5"];
        CLASSES.get(self.index(spot)).copied().unwrap_or("km")
    }

    /// What the signs mean, above the map, where there is more than one.
    fn key(&self) -> Vec<Mark> {
        if self.kinds.len() < 2 {
            return Vec::new();
        }
        let line = |(index, kind): (usize, &Option<String>)| {
            let spot = self.spots.iter().find(|spot| spot.kind == *kind);
            let sign = spot.map(|spot| (self.sign(spot), self.class(spot).to_owned()));
            let down = -(self.kinds.len() as f64 - index as f64) * KEY_LINE;
            let text = kind.clone().unwrap_or_else(|| self.wording.say("map-place", &[]));
            key_line(down, &text, &sign.into_iter().collect::<Vec<_>>())
        };
        self.kinds.iter().enumerate().flat_map(line).collect()
    }

    /// A bar of so many kilometres in the lower right corner, and the room that it takes.
    fn scale_bar(&self) -> (Vec<Mark>, Body) {
        const LENGTHS: [u32; 11] = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000];
        let most = self.frame.width() / self.kilometre * 0.26;
        let length = LENGTHS.into_iter().rev().find(|length| f64::from(*length) <= most).unwrap_or(1);
        let across = self.frame.lengths(f64::from(length) * self.kilometre).0;
        let (left, right, foot) = (97.0 - across, 97.0, 98.0);
        let strokes = vec![
            ((left, foot), (right, foot)),
            ((left, foot), (left, foot - 1.5)),
            ((right, foot), (right, foot - 1.5)),
        ];
        let text = self.wording.say("map-kilometres", &[("count", &self.wording.locale.number(Decimal::from(length)))]);
        let text = PlotText {
            at: (97.0, foot),
            offset: (0.0, -1.0),
            anchor: Anchor::End,
            label: Label { lines: vec![text] },
            class: "h x".to_owned(),
            lang: None,
        };
        let (text_left, top, ..) = text.bounds_from_point();
        // As long as the bar is in the widest drawing.
        let widest = self.frame.sizes().0.most.0 * across / 100.0;
        let body = Body { at: (97.0, foot), reach: (text_left.min(-widest), top, EM / 4.0, EM / 4.0) };
        (vec![Mark::Strokes { strokes, class: "sl".to_owned() }, Mark::Text(text)], body)
    }

    fn title(&self) -> String {
        match self.radius {
            None => counted(self.wording, "map-points-title", &[], self.spots.len()),
            Some(radius) => {
                let radius = self.wording.locale.number(radius);
                counted(self.wording, "map-circles-title", &[("radius", &radius)], self.spots.len())
            }
        }
    }

    fn alternative(&self) -> String {
        let sentence = |kind: &Option<String>| {
            let names = self.spots.iter().filter(|spot| spot.kind == *kind).map(|spot| spot.name.text.clone());
            let names = self.wording.locale.list(&names.collect::<Vec<_>>());
            let kind = kind.clone().unwrap_or_else(|| self.wording.say("map-place", &[]));
            self.wording.say("map-points-of-kind", &[("kind", &kind), ("names", &names)])
        };
        let sentences: Vec<String> = self.kinds.iter().map(sentence).collect();
        let sentences = join_sentences(&sentences, self.wording);
        counted(self.wording, "map-points-alternative", &[("sentences", &sentences)], self.spots.len())
    }

    fn table(&self) -> Grid {
        let column = |key: &str, numeric| Column { label: self.wording.say(key, &[]), numeric, lang: None };
        let with_kinds = self.kinds.iter().any(Option::is_some);
        let mut columns = vec![column("map-place", false)];
        columns.extend(with_kinds.then(|| column("map-kind", false)));
        columns.extend([column("map-latitude", true), column("map-longitude", true)]);
        let cell = |text: String| GridCell { sort: Some(text.clone()), text, ..GridCell::default() };
        let row = |spot: &Spot| {
            let kind =
                with_kinds.then(|| GridCell { text: spot.kind.clone().unwrap_or_default(), ..GridCell::default() });
            let degrees = [cell(spot.at.1.to_string()), cell(spot.at.0.to_string())];
            Line {
                label: spot.name.text.clone(),
                lang: spot.name.lang.clone(),
                cells: kind.into_iter().chain(degrees).collect(),
                highlight: false,
            }
        };
        Grid { caption: self.title(), columns, rows: self.spots.iter().map(row).collect() }
    }

    fn dataset(&self) -> Dataset {
        let heads = ["map-place", "map-kind", "map-latitude", "map-longitude"];
        let heads = heads.map(|key| self.wording.say(key, &[])).to_vec();
        let row = |spot: &Spot| {
            let kind = spot.kind.clone().unwrap_or_default();
            vec![spot.name.text.clone(), kind, spot.at.1.to_string(), spot.at.0.to_string()]
        };
        Dataset { heads, rows: self.spots.iter().map(row).collect() }
    }
}
