//! Labels in data should be there in every language of the site: readers of the others see the default one, marked.

use crate::diagnostic::{Diagnostic, Span, page};
use crate::locale::Localized;
use crate::model::Site;
use crate::parse::data::BUILT_IN;

/// Names in data that lack a language of the site.
pub(super) fn untranslated(site: &Site) -> Vec<Diagnostic> {
    let areas = site.data.areas().map(|area| (&area.name, &area.span));
    let hospitals = site.data.hospitals().map(|hospital| (&hospital.name, &hospital.span));
    let indicators = site.data.indicators().map(|indicator| (&indicator.name, &indicator.span));
    let flows = site.data.flows().map(|flow| (&flow.name, &flow.span));
    let tables = site.data.tables().map(|table| (&table.name, &table.span));
    let events = site.data.events().map(|event| (&event.name, &event.span));
    let people = site.data.people().map(|person| (&person.name, &person.span));
    let postings = site.data.postings().map(|posting| (&posting.title, &posting.span));
    let terms = site.data.terms().map(|term| (&term.term, &term.span));
    let programmes = site.data.programmes().map(|programme| (&programme.name, &programme.span));
    let courses = site.data.programmes().flat_map(|programme| &programme.courses);
    let courses = courses.map(|course| (&course.name, &course.span));
    // What is built in has every label; the same list holds what the site adds.
    let departments = site.data.departments().filter(|it| !it.span.path.starts_with(BUILT_IN));
    let departments = departments.map(|department| (&department.name, &department.span));
    let sets = site.data.rule_sets().filter(|set| !set.span.path.starts_with(BUILT_IN));
    let sets = sets.map(|set| (&set.name, &set.span));
    let plans = programmes.chain(courses).chain(departments).chain(sets);
    let labels = areas.chain(hospitals).chain(indicators).chain(flows).chain(tables);
    let labels = labels.chain(events).chain(people).chain(postings).chain(terms).chain(plans);
    labels.filter_map(|(label, span)| missing(site, label, span)).collect()
}

fn missing(site: &Site, label: &Localized, span: &Span) -> Option<Diagnostic> {
    // A text given once is meant for all languages: a proper name, a number.
    if label.any.is_some() {
        return None;
    }
    let lacks = |language: &&crate::locale::Language| {
        !site.settings.is_partial(language) && !label.by_language.iter().any(|(known, _)| known == *language)
    };
    let languages: Vec<&str> = site.settings.languages.iter().filter(lacks).map(|language| language.as_str()).collect();
    (!languages.is_empty()).then(|| page::untranslated_label(span.clone(), &languages))
}
