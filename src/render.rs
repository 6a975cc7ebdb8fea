//! [`Site`] to [`View`] to HTML.
//!
//! `view` gathers all that a page shows, as plain data; `page` fills in the theme's template. A template asks for
//! nothing: the lists it needs are declared in `theme.toml` and stand in the view.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde_yaml::Mapping;
use tera::Value;

use crate::accessibility::Automatic;
use crate::check::Discrepancy;
use crate::derive;
use crate::diagnostic::{Diagnostic, Span, theme as findings};
use crate::ledger::Ledger;
use crate::locale::Language;
use crate::media::Pictures;
use crate::model::event::Event;
use crate::model::posting::Posting;
use crate::model::question::{self, Question, Topic, asked};
use crate::model::section::{MenuLine, sort_pages};
use crate::model::{Page, PageId, Route, Site, Standpoint, Subject, slugify};
use crate::parse::settings::MenuItem;
use crate::parse::theme::{Need, Query};
use crate::parse::{Heading, Target, japanese};
use crate::poster::Poster;

pub mod accessibility;
pub mod body;
mod calendar;
mod colour;
mod discrepancy;
mod edition;
mod exhibit;
mod fold;
mod home;
mod hospital;
mod issue;
mod look;
mod numbered;
pub mod picture;
mod poster;
mod posting;
mod programme;
mod records;
mod scoped;
mod shared;
mod sparing;
mod style_sheet;
mod terms;
pub mod theme;
pub mod view;

pub use body::Exhibit;
use body::{Closed, Scene, escape, plain};
use edition::Bound;
pub use shared::Shared;
use shared::{Frame, Portrait};
use sparing::Sparing;
use theme::{Shown, Theme, Themes};
use view::{
    Alternate, Anchor, AreaView, Card, DateView, LocaleView, MenuEntry, OriginalView, OutdatedView, PageView,
    Pagination, PaginationLink, PublisherView, Ready, SiteView, Term, TocEntry, View, text,
};

/// What every page allows: its own style sheets, scripts and pictures, and nothing from anywhere else.
const POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self' data:; script-src 'self'; font-src 'self'; \
                      connect-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'";

/// How many bytes of HTML most pages have around their text.
const FRAME: usize = 4 * 1024;

/// What it takes to show the pages of a site.
pub struct Renderer<'s> {
    /// The site.
    pub site: &'s Site,
    /// The themes it uses.
    pub themes: &'s Themes,
    /// Its pictures, ready to be shown.
    pub pictures: &'s Pictures,
    /// The figures that are known to be wrong in their sources.
    pub discrepancies: &'s [Discrepancy],
    /// How its translations stand.
    pub ledger: &'s Ledger,
    /// What speaks against the accessibility of the site.
    pub automatic: &'s Automatic,
    /// What its pages have in common.
    pub shared: Shared,
}

/// One HTML file to be: a page, or a part of a long list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Leaf {
    /// The page.
    pub page: PageId,
    /// Which part of its list, from 1.
    pub number: usize,
    /// Of how many.
    pub count: usize,
    /// Its address.
    pub route: Route,
}

/// A page, ready for its template, and what came up on the way.
pub struct Rendered {
    /// What the template receives.
    pub view: View,
    /// Its panels.
    pub exhibits: Vec<Exhibit>,
    /// What is to be drawn of it for those who share its address.
    pub poster: Option<Poster>,
    /// What was wrong.
    pub findings: Vec<Diagnostic>,
}

/// All HTML files of a site, in the order of its pages.
pub fn leaves(site: &Site) -> Vec<Leaf> {
    site.pages.iter().enumerate().flat_map(|(page, _)| leaves_of(site, page)).collect()
}

/// In how many parts a page is shown: one, or more for a long list.
pub fn parts(site: &Site, page: &Page) -> usize {
    listed(site, page).map_or(1, |(pages, per_part)| pages.len().div_ceil(per_part).max(1))
}

fn leaves_of(site: &Site, id: PageId) -> Vec<Leaf> {
    let page = &site.pages[id];
    let count = parts(site, page);
    (1..=count).map(|number| Leaf { page: id, number, count, route: part(&page.route, number) }).collect()
}

/// The address of a part of a list: the list's own for the first.
fn part(route: &Route, number: usize) -> Route {
    if number == 1 { route.clone() } else { Route::page([route.as_str(), "page", &number.to_string()]) }
}

/// The pages that a page lists, and how many at a time. The title page shows what its theme asks for instead.
fn listed<'s>(site: &'s Site, page: &Page) -> Option<(&'s [PageId], usize)> {
    match &page.subject {
        Subject::Section(folder) => {
            asked(|| Question::Lists);
            let section = site.sections.get(&(page.language.clone(), folder.clone()))?;
            Some((&section.pages, section.paginate_by))
        }
        Subject::Tag(slug) => {
            asked(|| Question::Lists);
            let tag = site.tags.get(&(page.language.clone(), slug.clone()))?;
            Some((&tag.pages, site.settings.paginate_by))
        }
        _ => None,
    }
}

/// Fills in the template of a page. `structured_data` is its JSON-LD.
///
/// # Errors
/// A finding in the template.
pub fn page(theme: &Theme, language: &Language, view: &View, structured_data: &str) -> Result<Vec<u8>, Diagnostic> {
    let mut context = theme.context(language);
    context.insert("view", &Sparing::new(theme.names(&view.page.template), view));
    context.insert("root", &view.root);
    context.insert(theme::STRUCTURED_DATA, structured_data);
    let mut html = Vec::with_capacity(view.page.content.len() + FRAME);
    theme.write(language, &format!("{}.html", view.page.template), &context, &mut html)?;
    Ok(html)
}

impl<'s> Renderer<'s> {
    /// Gathers what a page shows. `None` where its theme could not be made ready, which is reported elsewhere.
    pub fn view(&self, leaf: &Leaf) -> Option<Rendered> {
        let mut rendered = self.viewer(leaf)?.view();
        if let Some(hung) = self.hung(leaf) {
            rendered.view.poster = Some(hung.view);
            rendered.poster = hung.own;
        }
        Some(rendered)
    }

    fn viewer<'v>(&'v self, leaf: &'v Leaf) -> Option<Viewer<'v>> {
        let page = &self.site.pages[leaf.page];
        let standpoint =
            if page.subject == Subject::NotFound { Standpoint::Anywhere } else { Standpoint::Page(&leaf.route) };
        let theme = self.theme(page)?;
        let scene = self.scene(theme, page, standpoint)?;
        let Renderer { discrepancies, ledger, automatic, .. } = self;
        Some(Viewer { scene, leaf, discrepancies, ledger, automatic })
    }

    /// The text of a page for readers elsewhere: a feed.
    pub fn content_for_feed(&self, page: &Page) -> Option<String> {
        let scene = self.scene(self.theme(page)?, page, Standpoint::Outside)?;
        Some(scene.close(page.body()?).html)
    }

    /// The theme of a page.
    pub fn theme(&self, page: &Page) -> Option<&'s Theme> {
        self.themes.get(&page.theme)
    }

    fn scene<'p>(&'p self, theme: &'p Theme, page: &'p Page, standpoint: Standpoint<'p>) -> Option<Scene<'p>>
    where
        's: 'p,
    {
        let (locale, words) = (theme.locale(&page.language)?, theme.words(&page.language)?);
        let Renderer { site, pictures, shared, .. } = self;
        Some(Scene { site, theme, locale, words, page, standpoint, pictures, shared })
    }
}

/// Gathers one view.
struct Viewer<'v> {
    scene: Scene<'v>,
    leaf: &'v Leaf,
    discrepancies: &'v [Discrepancy],
    ledger: &'v Ledger,
    automatic: &'v Automatic,
}

impl Viewer<'_> {
    fn view(&self) -> Rendered {
        let (site, page) = (self.scene.site, self.scene.page);
        let mut closed = page.body().map(|body| self.scene.close(body)).unwrap_or_default();
        self.check_template(&mut closed);
        if matches!(page.subject, Subject::Print(_) | Subject::Fold(_) | Subject::Policy | Subject::TestResult(_)) {
            asked(|| Question::Everything);
        }
        let (bound, framed) = (self.bound(), self.frame());
        let frame = &framed.frame;
        self.scene.check_cover(&mut closed);
        let (previous, next) = site.neighbours(page);
        let view = View {
            site: frame.site.clone(),
            locale: frame.locale.clone(),
            alternates: self.alternates(),
            x_default: self.x_default(),
            breadcrumbs: self.breadcrumbs(&mut closed),
            menus: frame.menus.clone(),
            previous: previous.map(|page| self.card(page, &mut closed)),
            next: next.map(|page| self.card(page, &mut closed)),
            pages: self.pages(&mut closed),
            pagination: self.pagination(),
            home: home::blocks(self, &mut closed),
            lists: self.lists(&mut closed),
            terms: self.terms(),
            sections: self.sections(),
            hospital: self.hospital(&mut closed),
            hospitals: self.hospitals(),
            discrepancies: self.discrepancies(),
            area: self.of_area(),
            areas: if self.needs("areas") { records::areas(&self.scene) } else { Vec::new() },
            event: self.event(),
            events: self.events(),
            programme: self.programme(&mut closed),
            programmes: self.programmes(),
            calendar: if self.needs("calendar") { calendar::whole(&self.scene) } else { Vec::new() },
            policy: accessibility::policy(&self.scene),
            accessibility_test: accessibility::test(&self.scene, self.automatic),
            posting: self.posting(),
            postings: self.postings(),
            person: self.person(),
            people: if self.needs("people") { records::people(&self.scene) } else { Vec::new() },
            glossary: if self.needs("terms") { terms::glossary(&self.scene) } else { Vec::new() },
            issue: self.issue(&mut closed),
            fold: self.fold(&mut closed),
            csp: frame.csp.clone(),
            scripts: frame.scripts.clone(),
            panel_scripts: self.panel_scripts(&closed),
            root: site.settings.links.root(self.scene.standpoint),
            page: self.page(&mut closed),
            poster: None,
            styles: self.styles(&closed, bound.as_ref()),
            edition: bound.map(|bound| bound.edition),
        };
        Rendered { view, exhibits: closed.exhibits, poster: None, findings: closed.findings }
    }

    fn styles(&self, closed: &Closed, bound: Option<&Bound>) -> Vec<String> {
        let (page, styles) = (self.scene.page, &self.scene.theme.styles);
        let mut kinds: Vec<&str> = closed.exhibits.iter().map(|exhibit| exhibit.kind).collect();
        kinds.extend(bound.iter().flat_map(|bound| &bound.kinds));
        let has_math = page.body().is_some_and(|body| body.has_math) || bound.is_some_and(|bound| bound.has_math);
        let template = page.template.as_str();
        let shown = Shown { template, kinds: &kinds, has_math, has_pictures: closed.has_placeholders };
        let for_paper = styles.for_paper().iter().filter(|_| page.is_for_paper());
        styles.of(shown).iter().chain(for_paper).map(|route| self.href(route)).collect()
    }

    fn panel_scripts(&self, closed: &Closed) -> Vec<String> {
        let scripts = self.scene.theme.panel_scripts.iter().filter(|_| !closed.exhibits.is_empty());
        scripts.map(|route| self.href(route)).collect()
    }

    fn href(&self, route: &Route) -> String {
        self.scene.site.settings.links.href(self.scene.standpoint, route)
    }

    fn text(&self, label: &crate::locale::Localized) -> String {
        self.scene.site.settings.text(label, &self.scene.page.language).to_owned()
    }

    fn word(&self, key: &str) -> String {
        self.scene.words.get(key, &[]).unwrap_or_default()
    }

    /// A template named in front matter must be there; those of kinds always are.
    fn check_template(&self, closed: &mut Closed) {
        let page = self.scene.page;
        if !self.scene.theme.has_template(&format!("{}.html", page.template)) {
            let spans = page.document.as_ref().map(|document| document.front.spans.value("template"));
            let span = spans.unwrap_or_else(|| Span::file(&"site.toml".into()));
            let known = self.scene.theme.page_templates();
            closed.findings.push(findings::missing_template(span, &page.template, known.iter().map(String::as_str)));
        }
    }

    /// What stands around the text of a page at an address.
    fn look_around(&self, at: &Route) -> Frame {
        let menus = self.menus();
        let targets = menus.iter().flat_map(|(_, lines)| lines).filter_map(|line| line.page);
        let routes = targets.map(|target| target.route.clone()).collect();
        let entries = |lines: &[MenuLine<'_>]| lines.iter().map(|line| self.menu_entry(line, at)).collect();
        let menus = menus.iter().map(|(name, lines)| ((*name).to_owned(), entries(lines)));
        Frame {
            site: Ready::new(self.site()),
            locale: Ready::new(locale(&self.scene.page.language)),
            menus: Ready::new(menus.collect()),
            csp: Ready::new(POLICY.to_owned()),
            scripts: Ready::new(self.scene.theme.scripts.iter().map(|route| self.href(route)).collect()),
            routes,
        }
    }

    fn site(&self) -> SiteView {
        let (settings, language) = (&self.scene.site.settings, &self.scene.page.language);
        let prefix = settings.prefix(language);
        let publisher = &settings.publisher;
        SiteView {
            title: self.text(&settings.title),
            description: self.text(&settings.description),
            home: self.href(&Route::page([prefix])),
            base_url: settings.links.canonical(&Route::page([""])),
            languages: settings.languages.iter().map(ToString::to_string).collect(),
            publisher: PublisherView {
                name: self.text(&publisher.name),
                url: publisher.url.clone(),
                email: publisher.email.clone(),
                address: self.text(&publisher.address),
            },
            options: json(&settings.options),
            theme: self.scene.theme.name.clone(),
            feed: self.href(&Route::page([prefix]).join("feed.xml")),
            calendar: site_calendar(self.scene.site, language).map(|route| self.href(&route)),
            fallback: settings.fallback,
            search: self.scene.site.search_page(language).map(|page| self.href(&page.route)),
        }
    }

    fn page(&self, closed: &mut Closed) -> PageView {
        let (site, page) = (self.scene.site, self.scene.page);
        let title = self.title(page, closed);
        let body = page.body();
        let summary = self.summary(page, closed);
        PageView {
            kind: page.kind().to_owned(),
            template: page.template.clone(),
            title_html: self.title_html(&title),
            description: self.described(page, closed),
            href: self.href(&self.leaf.route),
            canonical: site.settings.links.canonical(&self.leaf.route),
            path: self.leaf.route.to_string(),
            date: self.portrait(page).date.clone(),
            updated: page.front.updated.map(|date| self.date(date)),
            as_of: page.front.as_of.map(|date| self.date(date)),
            draft: page.document.as_ref().is_some_and(|document| document.front.draft),
            outdated: self.outdated(page),
            stale: self.stale(),
            section: self.section(page, closed),
            tags: self.tags(page),
            authors: page.front.authors.clone(),
            series: page.front.series.clone(),
            weight: page.front.weight,
            cover: picture::cover_of(&self.scene, page, closed),
            content: std::mem::take(&mut closed.html),
            summary,
            toc: body.map(|body| self.toc(&body.headings)).unwrap_or_default(),
            reading_minutes: body.map_or(0, |body| body.reading_minutes),
            issues: self.issues(),
            print: self.paper_edition(Subject::Print),
            fold: self.paper_edition(Subject::Fold),
            hospitals: page.front.hospitals.iter().filter_map(|id| hospital::card(&self.scene, id)).collect(),
            areas: page.front.areas.iter().filter_map(|id| self.area(id)).collect(),
            extra: self.extra(page, closed),
            has_math: body.is_some_and(|body| body.has_math),
            title,
        }
    }

    /// Headings below the first level as a tree. What is wrong in them is reported where they stand in the text.
    fn toc(&self, headings: &[Heading]) -> Vec<TocEntry> {
        let mut roots: Vec<TocEntry> = Vec::new();
        for heading in headings.iter().filter(|heading| heading.level >= 2) {
            let html = self.scene.close_parts(&heading.parts).html;
            let (id, level) = (heading.id.clone(), heading.level);
            insert(&mut roots, TocEntry { id, title: plain(&html), html, level, children: Vec::new() });
        }
        roots
    }

    fn area(&self, id: &str) -> Option<AreaView> {
        let area = self.scene.site.data.area(id)?;
        Some(records::area_view(&self.scene, area))
    }

    /// A page's title with its values filled in; pages without a source have the words of the theme.
    fn title(&self, page: &Page, closed: &mut Closed) -> String {
        match page.subject {
            Subject::Tags => self.word("tags"),
            Subject::Search => self.word("search"),
            Subject::NotFound => self.word("not-found-title"),
            Subject::Print(ref folder) | Subject::Fold(ref folder) => {
                let section = self.scene.site.section_page(&page.language, folder);
                section.map(|section| self.title(section, closed)).unwrap_or_default()
            }
            Subject::Policy if page.document.is_none() => self.word("a11y-title"),
            Subject::TestResult(ref year) => {
                let argument = crate::locale::Argument::from(year.as_str());
                self.scene.words.get("a11y-result-title", &[("year", argument)]).unwrap_or_default()
            }
            _ => self.filled(&page.title, page, "title", closed),
        }
    }

    /// The heading of the page itself: with the readings that its author wrote, and in やさしい日本語 with those of terms.
    fn title_html(&self, title: &str) -> String {
        let page = self.scene.page;
        let written = page.front.title.as_deref().filter(|text| !text.contains('`')).and_then(japanese::with_ruby);
        let html = match written {
            Some((_, html)) => html,
            None if page.language.is_easy_japanese() => escape(title),
            None => return text(&self.portrait(page).title_html).to_owned(),
        };
        terms::read_out(&self.scene, html)
    }

    fn described(&self, page: &Page, closed: &mut Closed) -> String {
        let own = page.front.description.as_ref();
        own.map(|text| self.filled(text, page, "description", closed)).unwrap_or_default()
    }

    /// The first paragraph as text.
    fn summary(&self, page: &Page, closed: &mut Closed) -> String {
        let Some(body) = page.body() else { return String::new() };
        let _ = closed;
        // The paragraph stands in the body too, where its findings are reported.
        plain(&self.scene.close_parts(&body.summary).html)
    }

    /// `text` of a field of the front matter with the values of its formulas: `` `= population[iwaki]` ``.
    fn filled(&self, text: &str, page: &Page, field: &str, closed: &mut Closed) -> String {
        let Some(document) = page.document.as_ref().filter(|_| text.contains('`')) else { return text.to_owned() };
        let spans = &document.front.spans;
        let (source, span) = (spans.source(field), spans.value(field));
        let filled = derive::formula::fill(text, source, &span, &self.scene.site.data, self.scene.wording());
        filled.take(&mut closed.findings)
    }

    /// `extra` as JSON: the values in its texts filled in, and paths of pages (`news/_index.md`) made into addresses.
    fn extra(&self, page: &Page, closed: &mut Closed) -> serde_json::Value {
        let mut extra = json(&page.front.extra);
        self.fill_json(&mut extra, page, closed);
        extra
    }

    fn fill_json(&self, value: &mut serde_json::Value, page: &Page, closed: &mut Closed) {
        match value {
            serde_json::Value::String(text) if text.contains('`') => *text = self.filled(text, page, "extra", closed),
            serde_json::Value::String(text) if is_page_path(text) => *text = self.page_href(text, page, closed),
            serde_json::Value::Array(items) => items.iter_mut().for_each(|item| self.fill_json(item, page, closed)),
            serde_json::Value::Object(fields) => {
                fields.values_mut().for_each(|item| self.fill_json(item, page, closed))
            }
            _ => {}
        }
    }

    /// The address of a page that `extra` names by its source.
    fn page_href(&self, text: &str, page: &Page, closed: &mut Closed) -> String {
        let Some(document) = &page.document else { return text.to_owned() };
        let (source, whole) = (document.front.spans.source("extra"), document.front.spans.value("extra"));
        let start = source.find(text).map_or(whole.start, |start| whole.start + start);
        let target = Target { text: text.to_owned(), span: Span::new(&whole.path, start, start + text.len()) };
        match self.scene.site.resolve(page, &target) {
            Ok(destination) => self.href(&destination.route),
            Err(finding) => {
                closed.findings.push(finding);
                String::new()
            }
        }
    }

    fn date(&self, date: jiff::civil::Date) -> DateView {
        records::date(&self.scene, date)
    }

    fn section(&self, page: &Page, closed: &mut Closed) -> Option<Anchor> {
        let folder = page.section.as_deref().filter(|folder| !folder.is_empty())?;
        let section = self.scene.site.section_page(&self.scene.page.language, folder)?;
        Some(Anchor { title: self.title(section, closed), href: self.href(&section.route) })
    }

    fn tags(&self, page: &Page) -> Vec<Anchor> {
        let site = self.scene.site;
        let tags = page.front.tags.iter().filter(|_| page.is_article());
        tags.filter_map(|tag| {
            let route = Route::page([site.settings.prefix(&page.language), "tags", &slugify(tag)]);
            Some(Anchor { title: tag.clone(), href: self.href(&site.page_at(&route)?.route) })
        })
        .collect()
    }

    fn alternates(&self) -> Vec<Alternate> {
        let (site, page) = (self.scene.site, self.scene.page);
        // A later part of a list has no counterpart: lists are of different lengths.
        let pages: Vec<&Page> = if self.leaf.number == 1 { site.counterparts(page).collect() } else { vec![page] };
        // Search engines know one page for each language, and refuse a second one, such as やさしい日本語 beside Japanese:
        // it is led to by plain links, and names no alternates of its own.
        let mut seen = BTreeSet::new();
        let firsts: BTreeSet<&Language> =
            pages.iter().filter(|other| seen.insert(other.language.html())).map(|other| &other.language).collect();
        let is_known = firsts.contains(&page.language);
        pages
            .iter()
            .map(|other| Alternate {
                hreflang: (is_known && firsts.contains(&other.language)).then(|| other.language.html().to_owned()),
                tag: other.language.to_string(),
                html: other.language.html().to_owned(),
                name: other.language.native_name().to_owned(),
                href: self.href(&other.route),
                canonical: site.settings.links.canonical(&other.route),
                current: other.language == page.language,
            })
            .collect()
    }

    fn x_default(&self) -> String {
        let site = self.scene.site;
        let first = site.counterparts(self.scene.page).next().filter(|_| self.leaf.number == 1);
        site.settings.links.canonical(first.map_or(&self.leaf.route, |page| &page.route))
    }

    fn breadcrumbs(&self, closed: &mut Closed) -> Vec<Anchor> {
        let (site, page) = (self.scene.site, self.scene.page);
        let mut way = vec![Anchor { title: self.title(page, closed), href: self.href(&page.route) }];
        let mut folder = page.section.clone();
        while let Some(section) = folder.and_then(|folder| site.section_page(&page.language, &folder)) {
            let home = section.subject == Subject::Home;
            let title = if home { self.word("home") } else { self.title(section, closed) };
            way.push(Anchor { title, href: self.href(&section.route) });
            folder = section.section.clone();
        }
        way.reverse();
        way
    }

    fn menus(&self) -> [(&'static str, Vec<MenuLine<'_>>); 2] {
        let (site, language) = (self.scene.site, &self.scene.page.language);
        let mut footer = site.menu(&site.settings.menus.footer, language);
        footer.extend(self.policy_line());
        [("main", site.menu(self.main_menu(), language)), ("footer", footer)]
    }

    /// Every page leads to the accessibility policy, where there is one.
    fn policy_line(&self) -> Option<MenuLine<'_>> {
        let target = self.scene.site.page_about(self.scene.page, &Subject::Policy)?;
        Some(MenuLine { label: self.word("a11y-menu"), page: Some(target), url: None })
    }

    /// The menu at the top: that of the nearest section around the page which has one of its own, or the site's.
    fn main_menu(&self) -> &[MenuItem] {
        let (site, page) = (self.scene.site, self.scene.page);
        let menus = &site.settings.menus;
        let holds = |folder: &str| {
            site.section_page(&page.language, folder)
                .is_some_and(|section| page.route == section.route || is_below(page, section))
        };
        let around = menus.sections.iter().filter(|(folder, _)| holds(folder));
        around.max_by_key(|(folder, _)| folder.len()).map_or(&menus.main, |(_, items)| items)
    }

    fn menu_entry(&self, line: &MenuLine<'_>, at: &Route) -> MenuEntry {
        let page = self.scene.page;
        let target = line.page;
        let foreign = target.filter(|target| target.language.html() != page.language.html());
        MenuEntry {
            label: line.label.clone(),
            href: target.map_or_else(|| line.url.unwrap_or_default().to_owned(), |target| self.href(&target.route)),
            current: target.is_some_and(|target| *at == target.route || is_below(page, target)),
            external: target.is_none(),
            html: foreign.map(|target| target.language.html().to_owned()),
        }
    }

    fn card(&self, page: &Page, closed: &mut Closed) -> Card {
        asked(|| Question::At(page.route.clone()));
        let portrait = self.portrait(page);
        question::asked_all(&portrait.asked);
        Card {
            title: portrait.title.clone(),
            title_html: portrait.title_html.clone(),
            href: self.href(&page.route),
            summary: portrait.summary.clone(),
            date: portrait.date.clone(),
            kind: portrait.kind.clone(),
            kind_label: portrait.kind_label.clone(),
            tag: portrait.tag.clone(),
            html: portrait.html.clone(),
            foreign: page.language != self.scene.page.language,
            language_name: portrait.language_name.clone(),
            cover: picture::cover_of(&self.scene, page, closed),
            weight: page.front.weight,
            reading_minutes: page.body().map_or(0, |body| body.reading_minutes),
            series: portrait.series.clone(),
            extra: self.extra(page, &mut Closed::default()),
            section: self.section(page, closed),
        }
    }

    /// What is said of `page` here. What is wrong in it is reported on its own page.
    fn portrait(&self, page: &Page) -> Arc<Portrait> {
        let here = self.scene.page;
        let is_like_here = page.language == here.language && page.theme == here.theme;
        // In a print edition an article of another theme is shown in that of the edition.
        let is_like_here = is_like_here && self.scene.theme.name == here.theme;
        // Of two pages at one address, which is an error, the site knows one.
        let is_known =
            |id: &PageId| is_like_here && self.scene.site.pages.get(*id).is_some_and(|own| std::ptr::eq(own, page));
        let known = self.scene.site.id_of(page).filter(is_known);
        let shared = known.and_then(|id| self.scene.shared.portrait(id, || self.drawn(page)));
        shared.unwrap_or_else(|| self.drawn(page))
    }

    fn drawn(&self, page: &Page) -> Arc<Portrait> {
        let (portrait, asked) = question::overheard(|| self.draw(page));
        Arc::new(Portrait { asked, ..portrait })
    }

    fn draw(&self, page: &Page) -> Portrait {
        let mut aside = Closed::default();
        let title = self.title(page, &mut aside);
        let described = self.described(page, &mut aside);
        let scene = Scene { page, ..self.scene };
        let first = || page.body().map(|body| plain(&scene.close_parts(&body.summary).html)).unwrap_or_default();
        let date = page.front.date.map(|date| Ready::new(self.date(date)));
        Portrait {
            title_html: phrases(&title, &page.language).into(),
            title: title.into(),
            summary: if described.is_empty() { first() } else { described }.into(),
            date,
            kind: page.kind().into(),
            kind_label: self.word(&format!("kind-{}", page.kind())).into(),
            tag: page.language.as_str().into(),
            html: page.language.html().into(),
            language_name: page.language.native_name().into(),
            series: Value::from_serializable(&page.front.series),
            asked: BTreeSet::new(),
        }
    }

    fn pages(&self, closed: &mut Closed) -> Vec<Card> {
        if self.scene.page.subject.record().is_some() {
            let naming = self.scene.site.naming(self.scene.page);
            return naming.iter().map(|id| self.card(&self.scene.site.pages[*id], closed)).collect();
        }
        let Some((pages, per_part)) = listed(self.scene.site, self.scene.page) else { return Vec::new() };
        let part = pages.chunks(per_part).nth(self.leaf.number - 1).unwrap_or_default();
        part.iter().map(|id| self.card(&self.scene.site.pages[*id], closed)).collect()
    }

    fn pagination(&self) -> Option<Pagination> {
        let Leaf { number, count, .. } = *self.leaf;
        let at = |number: usize| self.href(&part(&self.scene.page.route, number));
        (count > 1).then(|| Pagination {
            number,
            count,
            previous: (number > 1).then(|| at(number - 1)),
            next: (number < count).then(|| at(number + 1)),
            pages: (1..=count)
                .map(|other| PaginationLink { number: other, href: at(other), current: other == number })
                .collect(),
        })
    }

    fn lists(&self, closed: &mut Closed) -> BTreeMap<String, Vec<Card>> {
        let mut lists = BTreeMap::new();
        for (name, need) in self.scene.theme.needs(&self.scene.page.template) {
            if let Need::Pages(query) = need {
                let pages = self.query(query);
                let cards = pages.into_iter().map(|id| self.card(&self.scene.site.pages[id], closed)).collect();
                lists.insert(name.clone(), cards);
            }
        }
        lists
    }

    /// The pages that a list of the theme names, for readers of this page's language.
    fn query(&self, query: &Query) -> Vec<PageId> {
        let (site, page) = (self.scene.site, self.scene.page);
        asked(|| Question::Lists);
        let wanted = |folder: &str| {
            let all = query.section.is_none() && query.sections.is_empty();
            all || query.section.as_deref() == Some(folder) || query.sections.iter().any(|section| section == folder)
        };
        let sections =
            site.sections.iter().filter(|((language, folder), _)| *language == page.language && wanted(folder));
        let mut pages: Vec<PageId> = sections.flat_map(|(_, section)| section.pages.iter().copied()).collect();
        pages.retain(|id| {
            let front = &site.pages[*id].front;
            let tagged = |tag: &String| front.tags.iter().any(|own| slugify(own) == slugify(tag));
            query.kind.is_none_or(|kind| front.kind == Some(kind)) && query.tag.as_ref().is_none_or(tagged)
        });
        let sort = query.sort.unwrap_or(crate::parse::front_matter::Sort::Date);
        sort_pages(site, &mut pages, Some(sort), self.scene.locale);
        pages.truncate(query.limit.unwrap_or(usize::MAX));
        pages
    }

    fn terms(&self) -> Vec<Term> {
        let (site, page) = (self.scene.site, self.scene.page);
        if page.subject != Subject::Tags && !self.needs("tags") {
            return Vec::new();
        }
        asked(|| Question::Lists);
        let own = site.tags.iter().filter(|((language, _), _)| *language == page.language);
        let term = |((language, slug), tag): (&(Language, String), &crate::model::Tag)| Term {
            title: tag.name.clone(),
            href: self.href(&Route::page([site.settings.prefix(language), "tags", slug])),
            count: tag.pages.len(),
        };
        let mut terms: Vec<Term> = own.map(term).collect();
        terms.sort_by(|a, b| self.scene.locale.compare(&a.title, &b.title));
        terms
    }

    /// Where a reader begins who looks for something: the sections in the order of their addresses, then the glossary.
    fn sections(&self) -> Vec<Anchor> {
        if !self.needs("sections") {
            return Vec::new();
        }
        let (site, language) = (self.scene.site, &self.scene.page.language);
        let own = site.pages.iter().filter(|page| page.language == *language);
        let sections = own.filter(|page| matches!(page.subject, Subject::Section(_)));
        let glossary = site.glossary(language);
        let anchor =
            |page: &Page| Anchor { title: self.title(page, &mut Closed::default()), href: self.href(&page.route) };
        sections.chain(glossary).map(anchor).collect()
    }

    fn hospital(&self, closed: &mut Closed) -> Option<view::HospitalView> {
        let Subject::Hospital(id) = &self.scene.page.subject else { return None };
        let (panels, figures) = hospital::panels(&self.scene, id, closed);
        Some(view::HospitalView { panels, figures, ..hospital::view(&self.scene, id)? })
    }

    fn programme(&self, closed: &mut Closed) -> Option<programme::ProgrammePage> {
        let page = self.scene.page;
        let compared = page.front.programme.as_deref().filter(|_| self.needs("comparison"));
        programme::page(&self.scene, page.programme().or(compared)?, closed)
    }

    fn programmes(&self) -> Vec<programme::ProgrammeCard> {
        match &self.scene.page.subject {
            _ if self.needs("programmes") => programme::cards(&self.scene, |_| true),
            Subject::Hospital(id) => programme::cards(&self.scene, |known| programme::is_at(known, id)),
            _ => Vec::new(),
        }
    }

    fn hospitals(&self) -> Vec<view::HospitalGroup> {
        if self.needs("hospitals") { hospital::groups(&self.scene) } else { Vec::new() }
    }

    fn discrepancies(&self) -> Vec<view::DiscrepancyView> {
        if !self.needs("discrepancies") {
            return Vec::new();
        }
        asked(|| Question::All(Topic::Checks));
        let known = self.discrepancies;
        known.iter().filter_map(|known| discrepancy::view(&self.scene, known)).collect()
    }

    /// Whether the template asks for one of the lists that Kairan itself knows.
    fn needs(&self, list: &str) -> bool {
        let wanted = |(name, need): (&String, &Need)| name == list && *need == Need::Known(true);
        self.scene.theme.needs(&self.scene.page.template).any(wanted) || home::needs(&self.scene, list)
    }

    fn outdated(&self, page: &Page) -> Option<OutdatedView> {
        let (data, today) = (&self.scene.site.data, self.scene.site.today);
        let own = || page.front.freshness().on(today);
        let of_event = || match &page.subject {
            Subject::Event(id) => data.event(id).filter(|event| event.is_coming(today))?.freshness.on(today),
            _ => None,
        };
        let of_posting = || match &page.subject {
            Subject::Posting(id) => data.posting(id).filter(|posting| !posting.is_closed(today))?.freshness.on(today),
            _ => None,
        };
        let outdated = own().or_else(of_event).or_else(of_posting)?;
        Some(OutdatedView { state: outdated.name().to_owned(), date: self.date(outdated.day()) })
    }

    /// The original of a translation that lags behind it.
    fn stale(&self) -> Option<OriginalView> {
        let site = self.scene.site;
        for other in site.counterparts(self.scene.page) {
            asked(|| Question::Text(other.route.clone()));
        }
        let original = self.ledger.stale_original(self.leaf.page).filter(|_| site.settings.translations.notice)?;
        let original = &site.pages[original];
        let tag = &original.language;
        let named = self.scene.words.get(&format!("language-{tag}"), &[]);
        Some(OriginalView {
            href: self.href(&original.route),
            html: tag.html().to_owned(),
            language: named.unwrap_or_else(|| tag.native_name().to_owned()),
        })
    }

    fn of_area(&self) -> Option<view::AreaRecord> {
        match &self.scene.page.subject {
            Subject::Area(id) => records::area(&self.scene, id),
            _ => None,
        }
    }

    fn event(&self) -> Option<view::EventView> {
        let page = self.scene.page;
        let id = match &page.subject {
            Subject::Event(id) => Some(id),
            _ => page.front.event.as_ref(),
        };
        Some(records::event(&self.scene, self.scene.site.data.event(id?)?))
    }

    /// The events of a list, and those that have to do with the thing that the page is about.
    fn events(&self) -> Vec<view::EventView> {
        let wanted: &dyn Fn(&Event) -> bool = match &self.scene.page.subject {
            _ if self.needs("events") => &|_| true,
            Subject::Area(id) => &|event| event.area.as_ref() == Some(id),
            Subject::Hospital(id) => &|event| event.hospital.as_ref() == Some(id),
            Subject::Person(id) => &|event| event.people.contains(id),
            _ => return Vec::new(),
        };
        records::events(&self.scene, wanted)
    }

    fn posting(&self) -> Option<view::PostingView> {
        match &self.scene.page.subject {
            Subject::Posting(id) => Some(posting::view(&self.scene, self.scene.site.data.posting(id)?)),
            _ => None,
        }
    }

    /// The open postings of a list, and those that have to do with the thing that the page is about.
    fn postings(&self) -> Vec<view::PostingView> {
        let (data, page) = (&self.scene.site.data, self.scene.page);
        let within = |at: &str, id: &str| {
            at == id || data.area(at).is_some_and(|area| data.ancestors(area).any(|above| above.id == id))
        };
        let wanted: &dyn Fn(&Posting) -> bool = match (&page.subject, &page.front.programme) {
            _ if self.needs("postings") => &|_| true,
            (Subject::Hospital(id), _) => &|posting| posting.hospital == *id,
            (Subject::Area(id), _) => &|posting| posting.area.as_ref().is_some_and(|at| within(at, id)),
            (Subject::Programme(id), _) | (Subject::Article, Some(id)) => {
                &|posting| posting.programme.as_ref() == Some(id)
            }
            _ => return Vec::new(),
        };
        posting::open(&self.scene, wanted)
    }

    fn person(&self) -> Option<view::PersonView> {
        match &self.scene.page.subject {
            Subject::Person(id) => records::person(&self.scene, self.scene.site.data.person(id)?),
            _ => None,
        }
    }
}

/// Where the calendar of all events is, for readers of a language.
pub fn site_calendar(site: &Site, language: &Language) -> Option<Route> {
    site.data.events().next()?;
    Some(Route::page([site.settings.prefix(language)]).join("events.ics"))
}

/// Whether `page` stands in the section that `target` is.
fn is_below(page: &Page, target: &Page) -> bool {
    match &target.subject {
        Subject::Section(folder) => {
            let rest = page.section.as_deref().and_then(|section| section.strip_prefix(folder.as_str()));
            page.language == target.language && rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        }
        _ => false,
    }
}

/// Whether a text of `extra` is the path of a page's source, and nothing else.
fn is_page_path(text: &str) -> bool {
    text.ends_with(".md") && !text.contains(char::is_whitespace)
}

fn locale(language: &Language) -> LocaleView {
    LocaleView { tag: language.to_string(), html: language.html().to_owned(), name: language.native_name().to_owned() }
}

fn phrases(title: &str, language: &Language) -> String {
    if language.is_japanese() { japanese::phrases(title) } else { escape(title) }
}

fn json(mapping: &Mapping) -> serde_json::Value {
    serde_json::to_value(mapping).unwrap_or_default()
}

fn insert(entries: &mut Vec<TocEntry>, entry: TocEntry) {
    match entries.last_mut() {
        Some(last) if last.level < entry.level => insert(&mut last.children, entry),
        _ => entries.push(entry),
    }
}
