//! Labels in data should be there in every language of the site: readers of the others see the default one, marked.

use crate::diagnostic::{Diagnostic, Span, page};
use crate::locale::Localized;
use crate::model::Site;

/// Names in data that lack a language of the site.
pub(super) fn untranslated(site: &Site) -> Vec<Diagnostic> {
    let areas = site.data.areas().map(|area| (&area.name, &area.span));
    let hospitals = site.data.hospitals().map(|hospital| (&hospital.name, &hospital.span));
    let indicators = site.data.indicators().map(|indicator| (&indicator.name, &indicator.span));
    let flows = site.data.flows().map(|flow| (&flow.name, &flow.span));
    let tables = site.data.tables().map(|table| (&table.name, &table.span));
    let events = site.data.events().map(|event| (&event.name, &event.span));
    let people = site.data.people().map(|person| (&person.name, &person.span));
    let terms = site.data.terms().map(|term| (&term.term, &term.span));
    let labels = areas.chain(hospitals).chain(indicators).chain(flows).chain(tables);
    labels.chain(events).chain(people).chain(terms).filter_map(|(label, span)| missing(site, label, span)).collect()
}

fn missing(site: &Site, label: &Localized, span: &Span) -> Option<Diagnostic> {
    // A text given once is meant for all languages: a proper name, a number.
    if label.any.is_some() {
        return None;
    }
    let lacks = |language: &&crate::locale::Language| {
        !language.is_easy_japanese() && !label.by_language.iter().any(|(known, _)| known == *language)
    };
    let languages: Vec<&str> = site.settings.languages.iter().filter(lacks).map(|language| language.as_str()).collect();
    (!languages.is_empty()).then(|| page::untranslated_label(span.clone(), &languages))
}
