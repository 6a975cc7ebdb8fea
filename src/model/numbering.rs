//! The numbers of figures, tables and formulas: on each page anew, or through all pages of a section that is one report.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::model::page::{Page, Subject, panel_id};
use crate::model::question::{Question, asked};
use crate::model::{PageId, Site};
use crate::parse::front_matter::Numbering;
use crate::parse::{Block, BlockContent, Body, Fence, Image, Part};

/// The number of each numbered figure, table and formula of a page, by its id.
pub type Numbers = BTreeMap<String, usize>;

/// The beginnings of the ids of what is numbered: figures, tables and formulas, each for themselves.
const SERIES: [&str; 3] = ["fig", "tbl", "eq"];

/// Something with a number, as written.
#[derive(Debug, Clone, Copy)]
pub enum Numbered<'p> {
    /// A picture with a caption.
    Image(&'p Image),
    /// A panel.
    Panel(&'p Fence),
    /// A table or a formula; the parts that follow its number, of which a table's caption is the first.
    Label(&'p [Part]),
}

/// What is numbered in a text, with its id, in order.
pub fn numbered(body: &Body) -> Vec<(String, Numbered<'_>)> {
    let mut found = Vec::new();
    collect(&body.parts, &mut found);
    found.retain(|(id, _)| series(id).is_some());
    found
}

/// The series of an id: `fig` of `fig:flow`.
pub fn series(id: &str) -> Option<&'static str> {
    let (beginning, _) = id.split_once(':')?;
    SERIES.into_iter().find(|series| *series == beginning)
}

fn collect<'p>(parts: &'p [Part], found: &mut Vec<(String, Numbered<'p>)>) {
    for (place, part) in parts.iter().enumerate() {
        match part {
            Part::Image(image) => found.extend(image_id(image)),
            Part::Panel(fence) => found.extend(panel_id(&fence.text).map(|id| (id, Numbered::Panel(fence)))),
            Part::Label(target) => {
                found.push((target.text.clone(), Numbered::Label(parts.get(place + 1..).unwrap_or_default())));
            }
            Part::Block(block) => collect_block(block, found),
            _ => {}
        }
    }
}

fn collect_block<'p>(block: &'p Block, found: &mut Vec<(String, Numbered<'p>)>) {
    match &block.content {
        BlockContent::Prose { body, .. } => collect(&body.parts, found),
        BlockContent::Questions(questions) => {
            questions.iter().for_each(|question| collect(&question.answer.parts, found));
        }
        BlockContent::Images(images) => found.extend(images.iter().filter_map(image_id)),
        BlockContent::Data(_) => {}
    }
}

fn image_id(image: &Image) -> Option<(String, Numbered<'_>)> {
    Some((image.id.clone()?, Numbered::Image(image)))
}

/// Whether the same is numbered in two texts, in the same order.
pub(super) fn same_ids(a: &Body, b: &Body) -> bool {
    let (a, b) = (numbered(a), numbered(b));
    a.iter().map(|(id, _)| id).eq(b.iter().map(|(id, _)| id))
}

/// Counts what is numbered on every page, in the order of the pages of the site.
pub(super) fn count(site: &Site) -> Vec<Arc<Numbers>> {
    let mut numbers: Vec<Arc<Numbers>> =
        site.pages.iter().map(|page| counted(&[page]).pop().unwrap_or_default()).collect();
    let reports = site.sections.keys().filter_map(|(language, folder)| site.section_page(language, folder));
    for report in reports.filter(|page| page.front.numbering == Some(Numbering::Report)) {
        let ids = site.volume_ids(report);
        let pages: Vec<&Page> = ids.iter().map(|id| &site.pages[*id]).collect();
        for (id, counted) in ids.into_iter().zip(counted(&pages)) {
            numbers[id] = counted;
        }
    }
    numbers
}

/// The numbers on pages that are counted through.
fn counted(pages: &[&Page]) -> Vec<Arc<Numbers>> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    let mut count = |page: &&Page| {
        let mut numbers = Numbers::new();
        for (id, _) in page.body().map(numbered).unwrap_or_default() {
            if let Some(series) = series(&id) {
                let count = counts.entry(series).or_default();
                *count += 1;
                numbers.entry(id).or_insert(*count);
            }
        }
        Arc::new(numbers)
    };
    pages.iter().map(&mut count).collect()
}

impl Site {
    /// The numbers on a page.
    pub fn numbers(&self, page: &Page) -> &Numbers {
        asked(|| Question::Numbers(page.route.clone()));
        static NONE: Numbers = Numbers::new();
        self.id_of(page).and_then(|id| self.numbers.get(id)).map_or(&NONE, |numbers| &**numbers)
    }

    /// The pages through which the numbers of a page are counted, in order: itself, or all of its report.
    pub fn volume<'s>(&'s self, page: &'s Page) -> Vec<&'s Page> {
        asked(|| Question::Volume(page.route.clone()));
        let folder = match &page.subject {
            Subject::Section(folder) => Some(folder.as_str()),
            Subject::Home => Some(""),
            _ => page.section.as_deref(),
        };
        let report = folder.and_then(|folder| self.section_page(&page.language, folder));
        let report = report.filter(|report| report.front.numbering == Some(Numbering::Report));
        let pages: Vec<&Page> = report
            .map(|report| self.volume_ids(report))
            .unwrap_or_default()
            .iter()
            .map(|id| &self.pages[*id])
            .collect();
        // A page that the report does not list, such as one past its date, stands for itself.
        if pages.iter().any(|other| other.route == page.route) { pages } else { vec![page] }
    }

    /// The page of a report and those of its section in the same language.
    fn volume_ids(&self, report: &Page) -> Vec<PageId> {
        let folder = match &report.subject {
            Subject::Section(folder) => folder.clone(),
            _ => String::new(),
        };
        let section = self.sections.get(&(report.language.clone(), folder));
        let pages = section.into_iter().flat_map(|section| section.pages.iter().copied());
        let own = pages.filter(|id| self.pages[*id].language == report.language);
        self.id_of(report).into_iter().chain(own).collect()
    }

    /// The number of something by its id, and the page of the same report that it stands on.
    pub fn number_of<'s>(&'s self, page: &'s Page, id: &str) -> Option<(usize, &'s Page)> {
        let here = self.numbers(page).get(id).map(|number| (*number, page));
        here.or_else(|| self.volume(page).into_iter().find_map(|page| Some((*self.numbers(page).get(id)?, page))))
    }
}
