//! What the index tells of a page: its words by their weight, and what a result shows of it.

use std::collections::BTreeSet;

use crate::model::{Page, Site, Subject};
use crate::parse::japanese;
use crate::publish::search::text::{Passage, prose};
use crate::render::view::{HospitalCard, TermView, View};

/// A page, or a term of the glossary.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Entry {
    /// The kind: `feature`, `hospital`, `term`, …
    pub kind: String,
    /// The address from the root of the site.
    pub href: String,
    /// The heading.
    pub title: String,
    /// The section around it.
    pub section: String,
    /// What else it is called: readings, other names, tags, authors.
    pub names: Vec<String>,
    /// Its text.
    pub passages: Vec<Passage>,
}

/// The entries of a page: its own, and on the page of the glossary one for each term. `href` is its address.
pub fn entries(site: &Site, page: &Page, view: &View, href: &str) -> Vec<Entry> {
    let prose = prose(&view.page.content);
    let lead = view.page.extra.get("lead").and_then(|lead| lead.as_str()).unwrap_or_default();
    let mut passages = vec![Passage { text: joined([view.page.description.as_str(), lead]), ..Passage::default() }];
    passages.extend(facts(view).into_iter().map(|text| Passage { text, ..Passage::default() }));
    passages.extend(prose.passages);
    passages.retain(|passage| !passage.heading.is_empty() || !passage.text.is_empty());
    let mut names = names(site, page, view);
    names.extend(prose.readings);
    let own = Entry {
        kind: view.page.kind.clone(),
        href: href.to_owned(),
        title: view.page.title.clone(),
        section: view.page.section.as_ref().map(|section| section.title.clone()).unwrap_or_default(),
        names,
        passages,
    };
    let terms = view.glossary.iter().map(|term| of_term(term, &own));
    std::iter::once(own.clone()).chain(terms).collect()
}

/// Whether readers may be led to the page: not where it asks not to be found, and not where it no longer holds.
pub fn is_listed(site: &Site, page: &Page) -> bool {
    let closed = match &page.subject {
        Subject::Posting(id) => site.data.posting(id).is_some_and(|posting| posting.is_closed(site.today)),
        Subject::NotFound | Subject::Search | Subject::Tags | Subject::Print(_) | Subject::Fold(_) => true,
        _ => false,
    };
    !closed && !page.is_for_paper() && !page.front.draft && !page.is_expired(site.today) && site.is_searched(page)
}

fn of_term(term: &TermView, glossary: &Entry) -> Entry {
    let others = term.others.iter().map(|(_, text)| text.clone());
    Entry {
        kind: "term".to_owned(),
        href: format!("{}#{}", glossary.href, term.id),
        title: term.term.clone(),
        section: glossary.title.clone(),
        names: term.reading.iter().cloned().chain(others).collect(),
        passages: vec![Passage { text: term.definition.clone(), ..Passage::default() }],
    }
}

/// What a page is called beside its title.
fn names(site: &Site, page: &Page, view: &View) -> Vec<String> {
    let mut names: Vec<String> = view.page.tags.iter().map(|tag| tag.title.clone()).collect();
    names.extend(view.page.authors.iter().chain(&view.page.series).cloned());
    let none: &[String] = &[];
    let of_record = match &page.subject {
        Subject::Hospital(id) => site.data.hospital(id).map(|it| (&it.name, &it.reading, it.aliases.as_slice())),
        Subject::Area(id) => site.data.area(id).map(|it| (&it.name, &it.reading, it.aliases.as_slice())),
        Subject::Person(id) => site.data.person(id).map(|it| (&it.name, &it.reading, none)),
        Subject::Event(id) => site.data.event(id).map(|it| (&it.name, &it.reading, none)),
        Subject::Posting(id) => site.data.posting(id).map(|it| (&it.title, &it.reading, none)),
        Subject::Programme(id) => site.data.programme(id).map(|it| (&it.name, &it.reading, none)),
        _ => None,
    };
    if let Some((name, reading, aliases)) = of_record {
        names.extend(reading.iter().chain(aliases).cloned());
        names.extend(name.by_language.iter().map(|(_, name)| name.clone()));
    }
    names.extend(page.front.reading.clone());
    // 山田 はる is looked for as 山田はる too.
    let joined = names.iter().chain([&view.page.title]).filter_map(|name| without_spaces(name)).collect::<Vec<_>>();
    names.extend(joined);
    let mut seen = BTreeSet::from([view.page.title.clone()]);
    names.retain(|name| seen.insert(name.clone()));
    names
}

/// A Japanese name with spaces in it, without them.
fn without_spaces(name: &str) -> Option<String> {
    let is_japanese = name.chars().all(|letter| letter.is_whitespace() || japanese::is_japanese(letter));
    let joined: String = name.split_whitespace().collect();
    (is_japanese && joined.len() < name.len()).then_some(joined)
}

/// What templates print of a thing in the data, beside the text of its page.
fn facts(view: &View) -> Vec<String> {
    let of_hospital = |card: &Option<HospitalCard>| card.as_ref().map(|card| card.name.clone()).unwrap_or_default();
    let mut facts = Vec::new();
    if let Some(it) = &view.hospital {
        let area = it.area.as_ref().map(|area| area.name.as_str()).unwrap_or_default();
        facts.push(joined([it.summary.as_str(), &it.kind_label, area, &it.address]));
        facts.push(joined(it.departments.iter().chain(&it.designations).map(String::as_str)));
        facts.push(joined([it.visit.as_str(), &it.note]));
    }
    if let Some(it) = &view.area {
        let around = it.above.iter().chain(&it.parts).map(|card| card.name.as_str());
        facts.push(joined([it.card.kind_label.as_str()].into_iter().chain(around)));
    }
    if let Some(it) = view.event.as_ref().filter(|_| view.page.kind == "event") {
        let people = it.people.iter().map(|person| person.name.as_str());
        let area = it.area.as_ref().map(|area| area.name.as_str()).unwrap_or_default();
        let of = [it.summary.as_str(), &it.when, &it.place, area, &of_hospital(&it.hospital)].map(str::to_owned);
        facts.push(joined(of.iter().map(String::as_str).chain(people)));
        facts.push(it.note.clone());
    }
    if let Some(it) = view.programme.as_ref().filter(|_| view.page.kind == "programme") {
        let known = it.about.facts.iter().chain(&it.about.courses).flat_map(|fact| [fact.label.as_str(), &fact.text]);
        facts.push(it.about.summary.clone());
        facts.push(joined(known.chain(it.hospitals.iter().map(|hospital| hospital.name.as_str()))));
        facts.push(it.note.text.clone());
    }
    if let Some(it) = view.posting.as_ref().filter(|_| view.page.kind == "posting") {
        let needed = it.requirements.iter().map(String::as_str);
        facts.push(joined([it.summary.as_str(), &it.employment, &it.salary, &of_hospital(&it.hospital), &it.how]));
        facts.push(joined(needed.chain([it.note.as_str()])));
    }
    if let Some(it) = view.person.as_ref() {
        facts.push(joined([it.role.as_str(), &it.affiliation, &of_hospital(&it.hospital)]));
    }
    facts
}

fn joined<'t>(texts: impl IntoIterator<Item = &'t str>) -> String {
    texts.into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" ")
}
