//! Sections, tags and menus: the lists that pages stand in.

use std::cmp::{Ordering, Reverse};
use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;

use crate::diagnostic::{Diagnostic, page, site as findings};
use crate::locale::{Language, Locale};
use crate::model::page::{Page, PageId, Subject};
use crate::model::question::{Question, asked};
use crate::model::{Site, slugify};
use crate::parse::front_matter::{FrontMatter, Numbering, Sort};
use crate::parse::settings::MenuItem;

/// The pages of a section in one language.
#[derive(Debug, Clone, Default)]
pub struct Section {
    /// Its pages, in order: those in the language, and those that only exist in another where the site lists them.
    pub pages: Vec<PageId>,
    /// How many it shows at a time.
    pub paginate_by: usize,
    /// Where each page of the section's own language stands among them, and these in order.
    own: Vec<PageId>,
    places: BTreeMap<PageId, usize>,
}

/// The pages with one tag in one language.
#[derive(Debug, Clone)]
pub struct Tag {
    /// The tag as first written.
    pub name: String,
    /// Its pages, newest first.
    pub pages: Vec<PageId>,
}

/// One line of a menu on one page.
#[derive(Debug, Clone)]
pub struct MenuLine<'s> {
    /// What it says.
    pub label: String,
    /// The page it leads to; `None` where it leads out of the site.
    pub page: Option<&'s Page>,
    /// The address out of the site.
    pub url: Option<&'s str>,
}

/// The lists of one language.
struct Lists {
    sections: Vec<(String, Section)>,
    tags: Vec<(String, Tag)>,
    naming: Vec<(Subject, Vec<PageId>)>,
}

/// Fills the sections and tags of a site whose pages are settled.
pub(super) fn arrange(site: &mut Site) {
    let languages = site.settings.languages.clone();
    let lists: Vec<Lists> = languages.par_iter().map(|language| lists(site, language)).collect();
    let (mut sections, mut tags, mut naming) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
    for (language, lists) in languages.iter().zip(lists) {
        sections.extend(lists.sections.into_iter().map(|(folder, section)| ((language.clone(), folder), section)));
        tags.extend(lists.tags.into_iter().map(|(slug, tag)| ((language.clone(), slug), tag)));
        naming.extend(lists.naming.into_iter().map(|(subject, pages)| ((language.clone(), subject), pages)));
    }
    (site.sections, site.tags, site.naming) = (Arc::new(sections), Arc::new(tags), Arc::new(naming));
}

fn lists(site: &Site, language: &Language) -> Lists {
    let locale = Locale::new(language, site.settings.negative);
    let sections = sections(site, language, &locale);
    let naming = naming(site, &sections, &locale);
    Lists { sections, tags: tags(site, language, &locale), naming }
}

/// The listed pages that name a thing of the data, for the page of that thing: newest first.
fn naming(site: &Site, sections: &[(String, Section)], locale: &Locale) -> Vec<(Subject, Vec<PageId>)> {
    let mut naming: BTreeMap<Subject, Vec<PageId>> = BTreeMap::new();
    for id in sections.iter().flat_map(|(_, section)| section.pages.iter().copied()) {
        for subject in named(&site.pages[id].front) {
            let pages = naming.entry(subject).or_default();
            if pages.last() != Some(&id) {
                pages.push(id);
            }
        }
    }
    naming.values_mut().for_each(|pages| sort_pages(site, pages, Some(Sort::Date), locale));
    naming.into_iter().collect()
}

/// The things of the data that a page names.
fn named(front: &FrontMatter) -> impl Iterator<Item = Subject> {
    let hospitals = front.hospitals.iter().cloned().map(Subject::Hospital);
    let areas = front.areas.iter().cloned().map(Subject::Area);
    let people = front.people.iter().cloned().map(Subject::Person);
    let event = front.event.iter().cloned().map(Subject::Event);
    let programme = front.programme.iter().cloned().map(Subject::Programme);
    hospitals.chain(areas).chain(people).chain(event).chain(programme)
}

/// Sections in the order of their folders.
fn sections(site: &Site, language: &Language, locale: &Locale) -> Vec<(String, Section)> {
    let folders: BTreeMap<String, PageId> =
        site.pages.iter().enumerate().filter_map(|(id, page)| section_at(id, page, language)).collect();
    let mut members: BTreeMap<String, Vec<PageId>> = BTreeMap::new();
    for id in listed(site, language) {
        members.entry(site.pages[id].section.clone().unwrap_or_default()).or_default().push(id);
    }
    let section = |(folder, id): (String, PageId)| {
        let front = &site.pages[id].front;
        let (sort, paginate_by) = (front.sort, front.paginate_by.unwrap_or(site.settings.paginate_by).max(1));
        let mut pages = members.remove(&folder).unwrap_or_default();
        sort_pages(site, &mut pages, sort, locale);
        let own: Vec<PageId> = pages.iter().copied().filter(|id| site.pages[*id].language == *language).collect();
        let places = own.iter().enumerate().map(|(place, id)| (*id, place)).collect();
        (folder, Section { pages, paginate_by, own, places })
    };
    folders.into_iter().map(section).collect()
}

fn section_at(id: PageId, page: &Page, language: &Language) -> Option<(String, PageId)> {
    match &page.subject {
        _ if page.language != *language => None,
        Subject::Home => Some((String::new(), id)),
        Subject::Section(folder) => Some((folder.clone(), id)),
        _ => None,
    }
}

/// The articles that are listed for readers of `language`: its own, and others that have no translation into it.
/// A report of several pages is one of them in the section around it, where a reader looks for it; and so is an issue.
fn listed<'s>(site: &'s Site, language: &'s Language) -> impl Iterator<Item = PageId> + 's {
    let stands = |page: &Page| page.is_article() || is_report_within(page) || is_issue_within(page);
    let articles = site.pages.iter().enumerate().filter(move |(_, page)| stands(page) && !page.is_expired(site.today));
    articles.filter(move |(_, page)| page.language == *language || is_fallback(site, page, language)).map(|(id, _)| id)
}

/// Whether `page` is the title page of a report in a section other than the home page.
fn is_report_within(page: &Page) -> bool {
    let within = page.section.as_ref().is_some_and(|around| !around.is_empty());
    within && matches!(page.subject, Subject::Section(_)) && page.front.numbering == Some(Numbering::Report)
}

/// Whether `page` is the cover of an issue in a section other than the home page.
fn is_issue_within(page: &Page) -> bool {
    page.is_issue() && page.section.as_ref().is_some_and(|around| !around.is_empty())
}

/// Whether `page` stands in for a missing page in `language`: it is the first of its translations, and none is in `language`.
fn is_fallback(site: &Site, page: &Page, language: &Language) -> bool {
    let mut translations = site.counterparts(page);
    site.settings.fallback
        && site.counterpart(page, language).is_none()
        && translations.next().is_some_and(|first| first.route == page.route)
}

fn tags(site: &Site, language: &Language, locale: &Locale) -> Vec<(String, Tag)> {
    let tags: Vec<(String, String)> = site
        .pages
        .iter()
        .filter(|page| page.language == *language)
        .filter_map(|page| match &page.subject {
            Subject::Tag(slug) => Some((slug.clone(), page.title.clone())),
            _ => None,
        })
        .collect();
    let mut tagged: BTreeMap<String, Vec<PageId>> = BTreeMap::new();
    for (id, page) in site
        .pages
        .iter()
        .enumerate()
        .filter(|(_, page)| page.language == *language && page.is_article() && !page.is_expired(site.today))
    {
        for tag in &page.front.tags {
            let pages = tagged.entry(slugify(tag)).or_default();
            if pages.last() != Some(&id) {
                pages.push(id);
            }
        }
    }
    let tag = |(slug, name): (String, String)| {
        let mut pages = tagged.remove(&slug).unwrap_or_default();
        sort_pages(site, &mut pages, Some(Sort::Date), locale);
        (slug, Tag { name, pages })
    };
    tags.into_iter().map(tag).collect()
}

/// Puts pages into order. Where nothing is said: by weight, then newest first, then by address.
pub fn sort_pages(site: &Site, pages: &mut [PageId], sort: Option<Sort>, locale: &Locale) {
    let by_date = |a: &Page, b: &Page| Reverse(a.front.date).cmp(&Reverse(b.front.date));
    let by_weight = |a: &Page, b: &Page| a.front.weight.unwrap_or(i64::MAX).cmp(&b.front.weight.unwrap_or(i64::MAX));
    let by_route = |a: &Page, b: &Page| a.route.cmp(&b.route);
    pages.sort_by(|a, b| {
        let (a, b) = (&site.pages[*a], &site.pages[*b]);
        let first = match sort {
            Some(Sort::Date) => Ordering::Equal,
            Some(Sort::Title) => locale.compare(&a.title, &b.title),
            Some(Sort::Weight) | None => by_weight(a, b),
        };
        first.then_with(|| by_date(a, b)).then_with(|| by_route(a, b))
    });
}

impl Site {
    /// The listed pages that name what `page` is about, newest first.
    pub fn naming(&self, page: &Page) -> &[PageId] {
        asked(|| Question::Lists);
        self.naming.get(&(page.language.clone(), page.subject.clone())).map_or(&[], Vec::as_slice)
    }

    /// The pages before and after `page` in its section, in its own language.
    pub fn neighbours(&self, page: &Page) -> (Option<&Page>, Option<&Page>) {
        asked(|| Question::Neighbours(page.route.clone()));
        let Some(folder) = page.section.as_ref().filter(|_| page.is_article()) else { return (None, None) };
        let Some(section) = self.sections.get(&(page.language.clone(), folder.clone())) else { return (None, None) };
        let place = self.id_of(page).and_then(|id| section.places.get(&id)).copied();
        let Some(place) = place else { return (None, None) };
        let at = |place: usize| section.own.get(place).map(|id| &self.pages[*id]);
        (place.checked_sub(1).and_then(at), at(place + 1))
    }

    /// The page of a section in `language`, by its folder.
    pub fn section_page(&self, language: &Language, folder: &str) -> Option<&Page> {
        let subject = if folder.is_empty() { Subject::Home } else { Subject::Section(folder.to_owned()) };
        self.page_in(language, &subject)
    }

    /// A menu for pages in `language`: a page in its translation, or in the default language where there is none.
    pub fn menu<'s>(&'s self, items: &'s [MenuItem], language: &Language) -> Vec<MenuLine<'s>> {
        items.iter().filter_map(|item| self.menu_line(item, language)).collect()
    }

    fn menu_line<'s>(&'s self, item: &'s MenuItem, language: &Language) -> Option<MenuLine<'s>> {
        let label = self.settings.text(&item.label, language).to_owned();
        match (&item.page, &item.url) {
            (Some(path), _) => {
                let any = self.page_from(&format!("content/{path}"))?;
                let page = self.counterpart(any, language).unwrap_or(any);
                let label = if label.is_empty() { page.title.clone() } else { label };
                Some(MenuLine { label, page: Some(page), url: None })
            }
            (None, Some(url)) => Some(MenuLine { label, page: None, url: Some(url) }),
            (None, None) => None,
        }
    }
}

/// Entries of menus that lead nowhere.
pub(super) fn check_menus(site: &Site, out: &mut Vec<Diagnostic>) {
    let menus = &site.settings.menus;
    let of_sections = menus.sections.iter().map(|(folder, items)| (format!("sections.{folder}"), items));
    for folder in menus.sections.keys().filter(|folder| !site.sections.keys().any(|(_, known)| known == *folder)) {
        let known = site.sections.keys().map(|(_, folder)| folder.as_str()).filter(|folder| !folder.is_empty());
        out.push(page::unknown_section(site.settings.spans.key(&format!("menus.sections.{folder}")), folder, known));
    }
    for (name, items) in
        [("main".to_owned(), &menus.main), ("footer".to_owned(), &menus.footer)].into_iter().chain(of_sections)
    {
        for (number, item) in items.iter().enumerate() {
            let at = format!("menus.{name}[{number}]");
            match (&item.page, &item.url) {
                (None, None) => out.push(findings::menu_without_target(site.settings.spans.value(&at))),
                (Some(path), _) if site.page_from(&format!("content/{path}")).is_none() => {
                    let known: Vec<&str> =
                        site.page_sources().filter_map(|path| path.strip_prefix("content/")).collect();
                    let span = site.settings.spans.value(&format!("{at}.page"));
                    out.push(findings::menu_page_missing(span, path, known));
                }
                _ => {}
            }
        }
    }
}
