//! Issues of a zine: which articles stand in each, and in which issues an article stands.

use std::collections::BTreeMap;

use crate::diagnostic::{Checked, Diagnostic, Span, issue as findings};
use crate::model::Site;
use crate::model::page::{Page, PageId, Subject};
use crate::model::question::{Question, asked};

/// Paper in upright sheets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Paper {
    /// 210 by 297 mm.
    A4,
    /// 148 by 210 mm.
    A5,
    /// 297 by 420 mm: for a folded sheet whose panels are of A6.
    A3,
}

impl Paper {
    /// As written on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Paper::A4 => "a4",
            Paper::A5 => "a5",
            Paper::A3 => "a3",
        }
    }

    /// Millimetres across and down.
    pub fn size(self) -> (u32, u32) {
        match self {
            Paper::A4 => (210, 297),
            Paper::A5 => (148, 210),
            Paper::A3 => (297, 420),
        }
    }
}

/// How the print editions of a build are made.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Printing {
    /// Whether every section gets one, and not only those that ask for it.
    pub every_section: bool,
    /// The paper that they are set for, where it is not the usual one.
    pub paper: Option<Paper>,
}

/// The issues of a site.
#[derive(Debug, Clone, Default)]
pub struct Issues {
    /// The articles of each issue in their order, by the page of its cover.
    articles: BTreeMap<PageId, Vec<PageId>>,
    /// The covers of the issues that an article stands in, in the order of their addresses.
    of: BTreeMap<PageId, Vec<PageId>>,
}

/// Finds the articles of all issues.
pub(super) fn settle(site: &Site) -> Checked<Issues> {
    let (mut issues, mut found) = (Issues::default(), Vec::new());
    for (id, page) in site.pages.iter().enumerate().filter(|(_, page)| page.is_issue()) {
        let articles = articles(site, page, &mut found);
        for article in &articles {
            issues.of.entry(*article).or_default().push(id);
        }
        issues.articles.insert(id, articles);
        found.extend(faults_of_fold(site, page));
    }
    for page in site.pages.iter().filter(|page| page.subject == Subject::Home) {
        found.extend(fault_of_current(site, page));
    }
    Checked::new(issues, found)
}

/// The articles of an issue: those it names, each in the issue's language where it is translated; else its own pages.
fn articles(site: &Site, page: &Page, found: &mut Vec<Diagnostic>) -> Vec<PageId> {
    let named = page.front.issue.as_ref().map(|issue| issue.pages.as_slice()).unwrap_or_default();
    let mut articles = Vec::new();
    for (number, path) in named.iter().enumerate() {
        let span = || own_span(page, &format!("issue.pages[{number}]"));
        let Some(any) = site.page_from(&format!("content/{path}")) else {
            found.extend(span().map(|span| findings::unknown_page(span, path, below_content(site))));
            continue;
        };
        if !any.is_article() {
            found.extend(span().map(|span| findings::not_an_article(span, path)));
            continue;
        }
        // Without a translation it stands there as it is, where the site lists such pages.
        let translated = site.counterpart(any, &page.language).or(site.settings.fallback.then_some(any));
        match translated.and_then(|article| site.id_of(article)) {
            Some(article) if articles.contains(&article) => {
                found.extend(span().map(|span| findings::page_twice(span, path)));
            }
            article => articles.extend(article),
        }
    }
    if named.is_empty() {
        articles = site.articles_of(page);
    }
    if articles.is_empty() {
        found.extend(page.span().map(findings::empty));
    }
    articles
}

/// What is wrong with the panels of the folded sheet, apart from the length of their texts.
fn faults_of_fold(site: &Site, page: &Page) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let Some(panels) = page.document.as_ref().and_then(|document| document.front.issue.as_ref()) else { return found };
    let spans = |field: &str| own_span(page, field);
    if panels.fold.len() > PANELS {
        found.extend(spans("issue.fold").map(|span| findings::too_many_panels(span, panels.fold.len())));
    }
    for (number, panel) in panels.fold.iter().enumerate() {
        let at = format!("issue.fold[{number}]");
        let written = panel.page.is_some() || panel.title.is_some() || panel.text.is_some();
        if panel.show.is_some() == written {
            found.extend(spans(&at).map(findings::unclear_panel));
        }
        if let Some(path) = panel.page.as_ref().filter(|path| site.page_from(&format!("content/{path}")).is_none()) {
            let span = spans(&format!("{at}.page"));
            found.extend(span.map(|span| findings::unknown_page(span, path, below_content(site))));
        }
    }
    found
}

/// The panels of a folded sheet.
pub const PANELS: usize = 8;

fn fault_of_current(site: &Site, home: &Page) -> Option<Diagnostic> {
    let path = home.document.as_ref()?.front.current_issue.as_ref()?;
    let span = own_span(home, "current_issue")?;
    let covers = || site.pages.iter().filter(|page| page.is_issue());
    match site.page_from(&format!("content/{path}")) {
        Some(page) if page.is_issue() => None,
        Some(_) => {
            let sources = covers().filter_map(|page| page.document.as_ref()?.path.strip_prefix("content/"));
            Some(findings::not_an_issue(span, path, sources))
        }
        None => Some(findings::unknown_page(span, path, below_content(site))),
    }
}

/// Where a field stands, if it stands in this page's own source and not in its original's.
fn own_span(page: &Page, field: &str) -> Option<Span> {
    let front = &page.document.as_ref()?.front;
    let names = |field: &str| match field.split(['.', '[']).nth(1) {
        Some("pages") => front.issue.as_ref().is_some_and(|issue| !issue.pages.is_empty()),
        Some("fold") => front.issue.as_ref().is_some_and(|issue| !issue.fold.is_empty()),
        _ => true,
    };
    names(field).then(|| front.spans.value(field))
}

fn below_content(site: &Site) -> impl Iterator<Item = &str> {
    site.page_sources().filter_map(|path| path.strip_prefix("content/"))
}

impl Site {
    /// The articles of an issue, or of any section, in their order.
    pub fn articles_of(&self, page: &Page) -> Vec<PageId> {
        asked(|| Question::Lists);
        if let Some(articles) = self.id_of(page).and_then(|id| self.issues.articles.get(&id)) {
            return articles.clone();
        }
        let Subject::Section(folder) = &page.subject else { return Vec::new() };
        let section = self.sections.get(&(page.language.clone(), folder.clone()));
        section.map(|section| section.pages.clone()).unwrap_or_default()
    }

    /// The covers of the issues that an article stands in.
    pub fn issues_with(&self, article: &Page) -> impl Iterator<Item = &Page> {
        asked(|| Question::Issues(article.route.clone()));
        let ids = self.id_of(article).and_then(|id| self.issues.of.get(&id));
        ids.into_iter().flatten().map(|id| &self.pages[*id]).filter(|page| page.language == article.language)
    }

    /// The issue that a page shows: its own, that of which it is the paper edition, or the one that a title page names.
    pub fn issue_of(&self, page: &Page) -> Option<&Page> {
        let cover = match &page.subject {
            Subject::Print(folder) | Subject::Fold(folder) => self.section_page(&page.language, folder)?,
            Subject::Home => {
                let named = self.page_from(&format!("content/{}", page.front.current_issue.as_ref()?))?;
                self.counterpart(named, &page.language).unwrap_or(named)
            }
            _ => self.page_at(&page.route)?,
        };
        Some(cover).filter(|cover| cover.is_issue())
    }
}
