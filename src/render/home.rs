//! The parts of a home page, in the order of its front matter or of its theme.

use std::collections::BTreeMap;

use super::Viewer;
use super::body::{Closed, Scene};
use super::view::HomeBlock;
use crate::diagnostic::page as findings;
use crate::model::question::{Question, asked};
use crate::parse::front_matter::{HomeKind, HomePart, Kind, Sort};
use crate::parse::theme::Query;

/// The template that shows them.
const TEMPLATE: &str = "home";

/// The parts of a page; none of a page that is no home page.
pub(super) fn blocks(viewer: &Viewer, closed: &mut Closed) -> Vec<HomeBlock> {
    let page = viewer.scene.page;
    if page.template != TEMPLATE {
        if !page.front.home.is_empty() {
            closed.findings.push(findings::home_elsewhere(page.front.spans.key("home"), &page.template));
        }
        return Vec::new();
    }
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    let parts = parts(&viewer.scene);
    let mut blocks = Vec::new();
    for (number, part) in parts.iter().enumerate() {
        let name = part.of.as_deref().unwrap_or(part.kind.name()).replace('/', "-");
        let count = seen.entry(name.clone()).or_default();
        *count += 1;
        let id = if *count == 1 { name } else { format!("{name}-{count}") };
        blocks.push(block(viewer, part, number, id, closed));
    }
    blocks
}

/// Whether a part of the page shows one of the lists that Kairan itself knows.
pub(super) fn needs(scene: &Scene, list: &str) -> bool {
    let of_kind = |part: &HomePart| match part.kind {
        HomeKind::Programmes => list == "programmes",
        HomeKind::Dates => list == "calendar",
        HomeKind::Postings => list == "postings",
        HomeKind::Hospitals => list == "hospitals",
        _ => false,
    };
    scene.page.template == TEMPLATE && parts(scene).iter().any(of_kind)
}

/// What the page says of its parts, or its theme.
fn parts(scene: &Scene) -> Vec<HomePart> {
    let plain = |kind: &HomeKind| HomePart { kind: *kind, title: None, label: None, of: None, sort: None, limit: None };
    match &scene.page.front.home[..] {
        [] => scene.theme.home.iter().map(plain).collect(),
        written => written.to_vec(),
    }
}

fn block(viewer: &Viewer, part: &HomePart, number: usize, id: String, closed: &mut Closed) -> HomeBlock {
    let page = viewer.scene.page;
    let section = section(viewer, part, number, closed);
    let mut filled = |text: &Option<String>| text.as_ref().map(|text| viewer.filled(text, page, "home", closed));
    let (title, label) = (filled(&part.title), filled(&part.label));
    let pages = query(part).map(|query| viewer.query(&query)).unwrap_or_default();
    let cards = pages.into_iter().map(|id| viewer.card(&viewer.scene.site.pages[id], closed)).collect();
    HomeBlock { kind: part.kind.name().to_owned(), id, title: title.or(section), label, cards }
}

/// The title of the section that a part names; where there is none, a finding.
fn section(viewer: &Viewer, part: &HomePart, number: usize, closed: &mut Closed) -> Option<String> {
    let (site, page) = (viewer.scene.site, viewer.scene.page);
    let known = || {
        asked(|| Question::Lists);
        let own = site.sections.keys().filter(|(language, _)| *language == page.language);
        own.map(|(_, folder)| folder.as_str()).filter(|folder| !folder.is_empty())
    };
    let spans = &page.front.spans;
    match &part.of {
        Some(folder) if !known().any(|known| known == folder) => {
            closed.findings.push(findings::unknown_section(
                spans.value(&format!("home[{number}].of")),
                folder,
                known(),
            ));
            None
        }
        Some(folder) => {
            let section = site.section_page(&page.language, folder)?;
            (part.kind == HomeKind::Pages).then(|| viewer.title(section, closed))
        }
        None => {
            if part.kind == HomeKind::Pages {
                closed.findings.push(findings::pages_of_nothing(spans.value(&format!("home[{number}]")), known()));
            }
            None
        }
    }
}

/// Which pages a part lists, if it lists any of its own.
fn query(part: &HomePart) -> Option<Query> {
    let (kind, sort, limit) = match part.kind {
        HomeKind::Pages => (None, Sort::Date, usize::MAX),
        HomeKind::Features => (Some(Kind::Feature), Sort::Date, 3),
        HomeKind::Voices => (Some(Kind::Interview), Sort::Date, 3),
        HomeKind::Reports => (Some(Kind::Report), Sort::Date, 3),
        HomeKind::News => (Some(Kind::News), Sort::Date, 4),
        HomeKind::Programmes => (Some(Kind::Programme), Sort::Weight, 6),
        // The theme says what an issue holds, unless the page does.
        HomeKind::Contents if part.of.is_some() => (None, Sort::Weight, usize::MAX),
        _ => return None,
    };
    if part.kind == HomeKind::Pages && part.of.is_none() {
        return None;
    }
    Some(Query {
        section: part.of.clone(),
        kind,
        sort: Some(part.sort.unwrap_or(sort)),
        limit: Some(part.limit.unwrap_or(limit)),
        ..Query::default()
    })
}
