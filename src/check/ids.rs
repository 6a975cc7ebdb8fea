//! Ids in front matter must be those of the data.

use crate::diagnostic::{Diagnostic, Message, page, say};
use crate::model::Site;
use crate::parse::FrontMatter;

/// Hospitals and areas that pages name and no data file has.
pub(super) fn unknown(site: &Site) -> Vec<Diagnostic> {
    let fronts = site.pages.iter().filter_map(|page| page.document.as_ref()).map(|document| &document.front);
    fronts.flat_map(|front| of_page(site, front)).collect()
}

fn of_page(site: &Site, front: &FrontMatter) -> Vec<Diagnostic> {
    let hospitals: Vec<&str> = site.data.hospitals().map(|hospital| hospital.id.as_str()).collect();
    let areas: Vec<&str> = site.data.areas().map(|area| area.id.as_str()).collect();
    let hospital = |id: &str| site.data.hospital(id).is_some();
    let area = |id: &str| site.data.area(id).is_some();
    let mut findings = listed(front, "hospitals", &front.hospitals, &say("病院", "hospital"), &hospitals, &hospital);
    findings.extend(listed(front, "areas", &front.areas, &say("圏域", "area"), &areas, &area));
    findings
}

fn listed(
    front: &FrontMatter,
    field: &str,
    ids: &[String],
    what: &Message,
    known: &[&str],
    exists: &dyn Fn(&str) -> bool,
) -> Vec<Diagnostic> {
    let unknown = ids.iter().enumerate().filter(|(_, id)| !exists(id));
    let span = |number: usize| front.spans.value(&format!("{field}[{number}]"));
    unknown.map(|(number, id)| page::unknown_id(span(number), what, id, known.iter().copied())).collect()
}
