//! Hospitals as pages show them: in lists, by area, and each on its own page.

use std::collections::BTreeMap;

use super::body::{Closed, Scene};
use super::view::{FigureView, HospitalCard, HospitalGroup, HospitalView};
use crate::locale::{Localized, PeriodStyle};
use crate::model::Subject;
use crate::model::hospital::{Hospital, HospitalKind};
use crate::model::indicator::{Cell, Indicator, Over};

/// As many figures stand together at most.
const MOST_ITEMS: usize = 6;

fn text(scene: &Scene<'_>, label: &Localized) -> String {
    scene.site.settings.text(label, &scene.page.language).to_owned()
}

/// The name of a kind in data, classes and messages.
fn kind_name(kind: HospitalKind) -> &'static str {
    match kind {
        HospitalKind::Core => "core",
        HospitalKind::Cooperating => "cooperating",
        HospitalKind::Affiliated => "affiliated",
        HospitalKind::Hospital => "hospital",
        HospitalKind::Clinic => "clinic",
    }
}

fn kind_label(scene: &Scene<'_>, hospital: &Hospital) -> String {
    let key = format!("hospital-kind-{}", kind_name(hospital.kind));
    scene.words.get(&key, &[]).unwrap_or_default()
}

fn area_name(scene: &Scene<'_>, hospital: &Hospital) -> String {
    let area = hospital.area.as_deref().and_then(|id| scene.site.data.area(id));
    area.map(|area| text(scene, &area.name)).unwrap_or_default()
}

/// A hospital in a list.
pub fn card(scene: &Scene<'_>, id: &str) -> Option<HospitalCard> {
    let hospital = scene.site.data.hospital(id)?;
    let page = scene.site.page_about(scene.page, &Subject::Hospital(hospital.id.clone()));
    let name = scene.site.settings.shown(&hospital.name, &scene.page.language);
    Some(HospitalCard {
        id: hospital.id.clone(),
        name: name.text,
        html: name.lang,
        href: page.map(|page| scene.site.settings.links.href(scene.standpoint, &page.route)),
        kind: kind_name(hospital.kind).to_owned(),
        kind_label: kind_label(scene, hospital),
        area: area_name(scene, hospital),
        beds: hospital.beds,
        departments: hospital.departments.iter().map(|label| text(scene, label)).collect(),
        designations: hospital.designations.iter().map(|label| text(scene, label)).collect(),
        sample: hospital.sample,
    })
}

/// All hospitals by area, areas in the order of the data, those without one last.
pub fn groups(scene: &Scene<'_>) -> Vec<HospitalGroup> {
    let order: BTreeMap<&str, usize> =
        scene.site.data.areas().enumerate().map(|(place, area)| (area.id.as_str(), place)).collect();
    let mut groups: BTreeMap<usize, Vec<&Hospital>> = BTreeMap::new();
    for hospital in scene.site.data.hospitals() {
        let area = hospital.area.as_deref().and_then(|id| scene.site.data.area(id));
        let place = area.and_then(|area| order.get(area.id.as_str())).copied().unwrap_or(usize::MAX);
        groups.entry(place).or_default().push(hospital);
    }
    let by_reading = |hospital: &&Hospital| hospital.reading.clone().unwrap_or_else(|| text(scene, &hospital.name));
    groups
        .into_values()
        .map(|mut hospitals| {
            hospitals.sort_by(|a, b| scene.locale.compare(&by_reading(a), &by_reading(b)));
            let area = hospitals.first().map(|hospital| area_name(scene, hospital)).unwrap_or_default();
            HospitalGroup {
                area,
                hospitals: hospitals.iter().filter_map(|hospital| card(scene, &hospital.id)).collect(),
            }
        })
        .collect()
}

/// A hospital on its own page.
pub fn view(scene: &Scene<'_>, id: &str) -> Option<HospitalView> {
    let hospital = scene.site.data.hospital(id)?;
    let name = scene.site.settings.shown(&hospital.name, &scene.page.language);
    let optional = |label: &Option<Localized>| label.as_ref().map(|label| text(scene, label)).unwrap_or_default();
    let texts = |labels: &[Localized]| labels.iter().map(|label| text(scene, label)).collect();
    let area = hospital.area.as_deref().and_then(|id| scene.site.data.area(id));
    Some(HospitalView {
        id: hospital.id.clone(),
        name: name.text,
        html: name.lang,
        reading: hospital.reading.clone(),
        kind: kind_name(hospital.kind).to_owned(),
        kind_label: kind_label(scene, hospital),
        area: area.map(|area| super::records::area_view(scene, area)),
        address: optional(&hospital.address),
        beds: hospital.beds,
        departments: texts(&hospital.departments),
        designations: texts(&hospital.designations),
        trainee_places: hospital.trainee_places,
        url: hospital.url.clone(),
        phone: hospital.phone.clone(),
        email: hospital.email.clone(),
        visit: optional(&hospital.visit),
        summary: optional(&hospital.summary),
        note: optional(&hospital.note),
        source: optional(&hospital.source),
        as_of: hospital.as_of.map(|day| super::records::date(scene, day)),
        sample: hospital.sample,
        point: hospital.point.map(|point| (point.lat, point.lon)),
        figures: figures(scene, hospital),
        panels: Vec::new(),
    })
}

/// The figures of a hospital as panels, which nobody has to write: each that has a course of years, and the others
/// together. With them, the figures that no panel shows.
pub fn panels(scene: &Scene<'_>, id: &str, closed: &mut Closed) -> (Vec<String>, Vec<FigureView>) {
    let Some(hospital) = scene.site.data.hospital(id) else { return Default::default() };
    let of_hospitals = scene.site.data.indicators_over(Over::Hospitals);
    let known = |indicator: &Indicator| {
        let cells = indicator.row(&hospital.id).map(|row| row.cells.as_slice()).unwrap_or_default();
        cells.iter().filter(|cell| cell.amount.is_ok()).count()
    };
    let (courses, single): (Vec<&Indicator>, Vec<&Indicator>) =
        of_hospitals.filter(|indicator| known(indicator) > 0).partition(|indicator| known(indicator) > 1);
    let is_together = (2..=MOST_ITEMS).contains(&single.len());
    let together = is_together.then(|| latest(scene, hospital, &single));
    let options = together.into_iter().chain(courses.iter().map(|indicator| course(scene, indicator, &hospital.id)));
    let html = options.filter_map(|options| scene.made(&options, closed)).collect();
    let left = if is_together { Vec::new() } else { figures_of(scene, hospital, single.into_iter()) };
    (html, left)
}

/// The options of a panel with the latest value of each of these.
fn latest(scene: &Scene<'_>, hospital: &Hospital, indicators: &[&Indicator]) -> serde_json::Value {
    let item = |indicator: &&Indicator| {
        let period = indicator.latest().map(|period| scene.locale.period(period, PeriodStyle::Western));
        let value = format!("{}[{}]", indicator.id, hospital.id);
        serde_json::json!({"label": text(scene, &indicator.name), "value": value, "note": period})
    };
    let items: Vec<serde_json::Value> = indicators.iter().map(item).collect();
    serde_json::json!({
        "kind": "kpi", "id": "figures-latest", "subtitle": text(scene, &hospital.name), "items": items,
    })
}

/// The options of a panel with the years of one figure.
fn course(scene: &Scene<'_>, indicator: &Indicator, hospital: &str) -> serde_json::Value {
    serde_json::json!({
        "kind": "trend", "id": format!("figures-{}", indicator.id.replace('_', "-")), "indicator": indicator.id,
        "areas": [hospital], "highlight": hospital, "zero": true, "title": finding(scene, indicator, hospital),
    })
}

/// From what to what a figure went; its name alone where one of the values can't simply be held against another.
fn finding(scene: &Scene<'_>, indicator: &Indicator, hospital: &str) -> String {
    let (wording, name) = (scene.wording(), text(scene, &indicator.name));
    let cells = indicator.row(hospital).map(|row| row.cells.as_slice()).unwrap_or_default();
    let known = || cells.iter().filter(|cell| cell.amount.is_ok());
    let (Some(first), Some(last)) = (known().next(), known().next_back()) else { return name };
    if cells.iter().any(|cell| cell.mark.is_some()) || !indicator.periods.is_sorted() {
        return name;
    }
    let unit = text(scene, &indicator.unit);
    let value = |cell: &Cell| wording.with_unit(&wording.amount(cell.amount, indicator.precision), &unit);
    let key = if first.amount == last.amount { "hospital-figure-same" } else { "hospital-figure-course" };
    wording.say(key, &[("name", &name), ("from", &value(first)), ("to", &value(last))])
}

/// Every value that the data has for the hospital, newest first.
fn figures(scene: &Scene<'_>, hospital: &Hospital) -> Vec<FigureView> {
    figures_of(scene, hospital, scene.site.data.indicators_over(Over::Hospitals))
}

fn figures_of<'i>(
    scene: &Scene<'_>,
    hospital: &Hospital,
    indicators: impl Iterator<Item = &'i Indicator>,
) -> Vec<FigureView> {
    let mut figures = Vec::new();
    for indicator in indicators {
        let cells = indicator.row(&hospital.id).map(|row| row.cells.as_slice()).unwrap_or_default();
        for (period, cell) in indicator.periods.iter().zip(cells).rev() {
            figures.push(FigureView {
                name: text(scene, &indicator.name),
                unit: text(scene, &indicator.unit),
                period: scene.locale.period(*period, PeriodStyle::Western),
                value: scene.wording().amount(cell.amount, indicator.precision),
            });
        }
    }
    figures
}
