//! Which data a page names.

use std::collections::BTreeSet;

use crate::model::{Page, Site};
use crate::parse::{BlockContent, Part};

/// The indicators, areas, hospitals, tables, events and people that the page's formulas, panels and front matter name, by id.
pub fn mentions(site: &Site, page: &Page) -> Vec<String> {
    let mut texts: Vec<&str> = page.front.title.iter().chain(&page.front.description).map(String::as_str).collect();
    texts.extend(page.front.hospitals.iter().chain(&page.front.areas).map(String::as_str));
    texts.extend(page.front.people.iter().chain(&page.front.event).map(String::as_str));
    texts.extend(page.subject.record());
    if let Some(body) = page.body() {
        collect(&body.parts, &mut texts);
    }
    let extra = serde_yaml::to_string(&page.front.extra).unwrap_or_default();
    texts.extend(extra.split('`').filter(|text| text.starts_with('=')));
    let words: BTreeSet<&str> = texts.into_iter().flat_map(words).collect();
    let ids = site.data.indicators().map(|indicator| ("indicator", &indicator.id));
    let ids = ids.chain(site.data.areas().map(|area| ("area", &area.id)));
    let ids = ids.chain(site.data.hospitals().map(|hospital| ("hospital", &hospital.id)));
    let ids = ids.chain(site.data.flows().map(|flow| ("flow", &flow.id)));
    let ids = ids.chain(site.data.tables().map(|table| ("table", &table.id)));
    let ids = ids.chain(site.data.events().map(|event| ("event", &event.id)));
    let ids = ids.chain(site.data.people().map(|person| ("person", &person.id)));
    ids.filter(|(_, id)| words.contains(id.as_str())).map(|(kind, id)| format!("{kind} {id}")).collect()
}

fn collect<'p>(parts: &'p [Part], texts: &mut Vec<&'p str>) {
    for part in parts {
        match part {
            Part::Value(formula) => texts.push(&formula.text),
            Part::Panel(fence) => texts.push(&fence.text),
            Part::Block(block) => match &block.content {
                BlockContent::Prose { body, .. } => collect(&body.parts, texts),
                BlockContent::Questions(questions) => {
                    questions.iter().for_each(|question| collect(&question.answer.parts, texts));
                }
                BlockContent::Data(fence) => texts.push(&fence.text),
                BlockContent::Images(_) => {}
            },
            _ => {}
        }
    }
}

/// The words that could be ids.
fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '-'))).filter(|word| !word.is_empty())
}
