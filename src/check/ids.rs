//! Ids in front matter must be those of the data.

use rayon::prelude::*;

use crate::diagnostic::{Diagnostic, page, say};
use crate::model::Site;
use crate::parse::FrontMatter;

/// Hospitals, areas, people, events and programmes that pages name and no data file has.
pub(super) fn unknown(site: &Site) -> Vec<Diagnostic> {
    let fronts = site.pages.par_iter().filter_map(|page| page.document.as_ref()).map(|document| &document.front);
    fronts.flat_map_iter(|front| of_page(site, front)).collect()
}

fn of_page(site: &Site, front: &FrontMatter) -> Vec<Diagnostic> {
    let data = &site.data;
    let hospitals = || data.hospitals().map(|hospital| hospital.id.as_str()).collect();
    let areas = || data.areas().map(|area| area.id.as_str()).collect();
    let people = || data.people().map(|person| person.id.as_str()).collect();
    let hospital = |id: &str| data.hospital(id).is_some();
    let area = |id: &str| data.area(id).is_some();
    let person = |id: &str| data.person(id).is_some();
    let mut findings = listed(front, "hospitals", &front.hospitals, ("病院", "hospital"), &hospitals, &hospital);
    findings.extend(listed(front, "areas", &front.areas, ("圏域", "area"), &areas, &area));
    findings.extend(listed(front, "people", &front.people, ("人物", "person"), &people, &person));
    if let Some(id) = front.event.as_ref().filter(|id| site.data.event(id).is_none()) {
        let known = site.data.events().map(|event| event.id.as_str());
        findings.push(page::unknown_id(front.spans.value("event"), &say("行事", "event"), id, known));
    }
    if let Some(id) = front.programme.as_ref().filter(|id| site.data.programme(id).is_none()) {
        let known = site.data.programmes().map(|programme| programme.id.as_str());
        findings.push(page::unknown_id(front.spans.value("programme"), &say("プログラム", "programme"), id, known));
    }
    findings
}

/// The ids of a list that are nowhere else. What there is, is asked for only where one is wrong.
fn listed<'d>(
    front: &FrontMatter,
    field: &str,
    ids: &[String],
    what: (&str, &str),
    known: &dyn Fn() -> Vec<&'d str>,
    exists: &dyn Fn(&str) -> bool,
) -> Vec<Diagnostic> {
    let unknown = ids.iter().enumerate().filter(|(_, id)| !exists(id));
    let span = |number: usize| front.spans.value(&format!("{field}[{number}]"));
    let finding = |(number, id): (usize, &String)| page::unknown_id(span(number), &say(what.0, what.1), id, known());
    unknown.map(finding).collect()
}
