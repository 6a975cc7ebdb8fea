//! Nobody is published who has not agreed to it: each name, picture and interview needs a consent that holds today.

use rayon::prelude::*;
use serde::Deserialize;

use crate::diagnostic::{Diagnostic, Message, Span, people, say};
use crate::locale::Localized;
use crate::model::person::{Agreement, Person, Use};
use crate::model::{Page, Site, Subject};
use crate::parse::front_matter::Kind;
use crate::parse::tree;
use crate::parse::{BlockContent, Fence, Part};

/// Uses of people without consent: in front matter, in profiles and at events.
pub(super) fn missing(site: &Site) -> Vec<Diagnostic> {
    let mut findings: Vec<Diagnostic> = site.pages.par_iter().flat_map_iter(|page| on_page(site, page)).collect();
    for event in site.data.events() {
        for (id, span) in event.people.iter().zip(&event.people_spans) {
            findings.extend(site.data.person(id).and_then(|person| refused(site, person, Use::Name, span)));
        }
    }
    findings
}

fn on_page(site: &Site, page: &Page) -> Vec<Diagnostic> {
    let mut findings = in_front_matter(site, page);
    let mut fences = Vec::new();
    profiles(page.body().map(|body| body.parts.as_slice()).unwrap_or_default(), &mut fences);
    findings.extend(fences.into_iter().flat_map(|fence| in_profile(site, page, fence)));
    findings
}

fn in_front_matter(site: &Site, page: &Page) -> Vec<Diagnostic> {
    let Some(front) = page.document.as_ref().map(|document| &document.front) else { return Vec::new() };
    if front.people.is_empty() && !matches!(page.subject, Subject::Person(_)) {
        return Vec::new();
    }
    let mut uses = vec![Use::Name];
    // People stand in the original's front matter; a translation may bring the picture.
    if site.counterparts(page).any(|other| other.front.cover.is_some()) {
        uses.push(Use::Photograph);
    }
    if page.front.kind == Some(Kind::Interview) {
        uses.push(Use::Interview);
    }
    let mut findings = Vec::new();
    if let (Subject::Person(id), Some(span)) = (&page.subject, page.span()) {
        let person = site.data.person(id);
        findings
            .extend(uses.iter().filter_map(|purpose| person.and_then(|person| refused(site, person, *purpose, &span))));
    }
    for (number, id) in front.people.iter().enumerate() {
        let Some(person) = site.data.person(id) else { continue };
        let span = front.spans.value(&format!("people[{number}]"));
        findings.extend(uses.iter().filter_map(|purpose| refused(site, person, *purpose, &span)));
    }
    findings
}

/// What of a profile matters here; `render` reads and checks the rest.
#[derive(Deserialize)]
struct Profile {
    person: Option<String>,
    image: Option<String>,
}

fn in_profile(site: &Site, page: &Page, fence: &Fence) -> Vec<Diagnostic> {
    let read = tree::read::<Profile>(&fence.span.path, &fence.text, fence.span.start).value;
    let Some((profile, spans)) = read.map(|read| (read.value, read.spans)) else { return Vec::new() };
    let Some(id) = profile.person else { return Vec::new() };
    let Some(person) = site.data.person(&id) else {
        let known = site.data.people().map(|person| person.id.as_str());
        return vec![people::unknown_person(spans.value("person"), &id, known)];
    };
    let mut uses = vec![(Use::Name, "person")];
    if profile.image.is_some() {
        uses.push((Use::Photograph, "image"));
    }
    if page.front.kind == Some(Kind::Interview) {
        uses.push((Use::Interview, "person"));
    }
    uses.into_iter().filter_map(|(purpose, field)| refused(site, person, purpose, &spans.value(field))).collect()
}

fn profiles<'p>(parts: &'p [Part], fences: &mut Vec<&'p Fence>) {
    for part in parts {
        let Part::Block(block) = part else { continue };
        match &block.content {
            BlockContent::Data(fence) if block.name == "profile" => fences.push(fence),
            BlockContent::Prose { body, .. } => profiles(&body.parts, fences),
            BlockContent::Questions(questions) => {
                questions.iter().for_each(|question| profiles(&question.answer.parts, fences));
            }
            BlockContent::Data(_) | BlockContent::Images(_) => {}
        }
    }
}

fn refused(site: &Site, person: &Person, purpose: Use, span: &Span) -> Option<Diagnostic> {
    let name = said(&person.name, site);
    let (words, word) = in_words(purpose);
    match person.agreed(purpose, site.today) {
        Agreement::Given => None,
        Agreement::Missing => Some(people::consent_missing(span.clone(), &name, person.span.clone(), &words, word)),
        Agreement::Expired(until, consent) => {
            Some(people::consent_expired(span.clone(), &name, consent.span.clone(), &words, &until.to_string()))
        }
    }
}

fn said(name: &Localized, site: &Site) -> String {
    name.text(site.settings.default_language(), site.settings.default_language()).to_owned()
}

fn in_words(purpose: Use) -> (Message, &'static str) {
    match purpose {
        Use::Name => (say("氏名掲載", "being named"), "name"),
        Use::Photograph => (say("写真掲載", "showing a photograph"), "photograph"),
        Use::Interview => (say("インタビュー掲載", "publishing an interview"), "interview"),
    }
}
