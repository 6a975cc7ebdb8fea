//! A whole site as its output: pages, the files beside them, and the files that are made from all of them.

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;

use crate::diagnostic::{Checked, Diagnostic, Span, page as findings};
use crate::locale::Language;
use crate::media;
use crate::model::{Page, PageId, Route, Site, Standpoint, Subject};
use crate::publish::{agenda, feed, linked_data, redirect, robots, search, sitemap};
use crate::read::Source;
use crate::render::view::View;
use crate::render::{Exhibit, Leaf, Renderer};
use crate::write::{Content, Keeper, Output};

/// How many articles may wait to be held against the newest.
const BATCH: usize = 256;

/// Articles by language, for its feed.
type Newest = BTreeMap<Language, Vec<(PageId, Arc<feed::Entry>)>>;

/// What a page comes out as besides its HTML.
pub struct Others {
    /// Its panels.
    pub exhibits: Vec<Exhibit>,
    /// The picture for those who share its address, by the name of its file.
    pub card: Option<(String, Vec<u8>)>,
}

/// A page that is ready to be written, without all that it was made from: a large site could not keep that.
#[derive(Debug, Clone)]
pub struct Published {
    /// The number of the page.
    id: PageId,
    /// Its own files: the HTML, and those of its panels.
    files: Arc<[(Route, Content)]>,
    /// How many panels it shows.
    panels: usize,
    sitemap: Option<Arc<sitemap::Line>>,
    /// Without its text, which only the newest few have in a feed.
    feed: Option<Arc<feed::Entry>>,
    search: Arc<[search::Sheet]>,
}

impl Published {
    /// A page with its HTML. Fingerprints are taken here, on all cores.
    pub fn new(site: &Site, leaf: &Leaf, view: &View, html: Vec<u8>, others: Others) -> Published {
        let Others { exhibits, card } = others;
        let page = &site.pages[leaf.page];
        let span = page.span().unwrap_or_else(|| Span::file(&Arc::from("site.toml")));
        let content = |bytes: Vec<u8>| Content::new(bytes).made_from(span.clone());
        let panels = exhibits.len();
        // The text stands on every part of a long list; its files are written once.
        let exhibits = exhibits.into_iter().filter(|_| leaf.number == 1);
        let of_panels = exhibits.flat_map(|exhibit| exhibit.files).map(|(route, bytes)| (route, content(bytes)));
        let editions = view.edition.iter().flat_map(|edition| &edition.papers);
        let papers = editions.chain(view.fold.iter().flat_map(|fold| &fold.papers));
        let of_papers = papers.map(|paper| (leaf.route.join(&paper.file), content(paper.css.clone().into_bytes())));
        let html = (leaf.route.clone(), content(html));
        let card = card.map(|(file, bytes)| (leaf.route.join(&file), content(bytes)));
        let files = std::iter::once(html).chain(card).chain(of_papers).chain(of_panels).collect();
        let sitemap = is_in_sitemap(site, page).then(|| Arc::new(sitemap::line(&sitemap_entry(view))));
        let feed = is_in_feed(site, page).then(|| Arc::new(feed_entry(page, view)));
        let search = search::of_page(site, leaf, view);
        Published { id: leaf.page, files, panels, sitemap, feed, search }
    }

    /// The same page at another place among the pages of a site.
    pub fn at(self, id: PageId) -> Published {
        Published { id, ..self }
    }
}

/// The files of some pages alone, and of what leads to them. `None` where one of them has an address that is another page's,
/// or can't be written.
pub fn patch<'p>(site: &Site, pages: impl Iterator<Item = &'p Published>) -> Option<Output> {
    let mut output = Output::new();
    for page in pages {
        if site.id_of(&site.pages[page.id]) != Some(page.id) {
            return None;
        }
        for (route, content) in page.files.iter() {
            output.insert(route.output(), content.clone()).ok()?;
        }
        // A list in several parts brings them with each.
        for (path, content) in redirects(site, &site.pages[page.id]) {
            if output.get(&path).is_none() {
                output.insert(path, content).ok()?;
            }
        }
    }
    Some(output)
}

/// A site on its way to its output: pages come as they are ready, then the files about all of them.
pub struct Press<'r, 's> {
    renderer: &'r Renderer<'s>,
    output: Output,
    /// Files that are to be added next.
    ready: Vec<(String, Content)>,
    findings: Vec<Diagnostic>,
    panels: usize,
    sitemap: Vec<Arc<sitemap::Line>>,
    /// The newest articles of each language, and perhaps some more.
    newest: Newest,
    /// Pages that are not yet in the index.
    sheets: Vec<(PageId, Arc<[search::Sheet]>)>,
    index: Option<search::Index>,
}

/// The JSON-LD of a page, ready for its script element.
pub fn structured_data_of(site: &Site, page: &Page, view: &View, exhibits: &[Exhibit]) -> String {
    linked_data::of(site, page, view, exhibits)
}

impl<'r, 's> Press<'r, 's> {
    /// What needs no page to be shown: the files of the site and its themes, calendars, addresses that pages had.
    pub fn new(renderer: &'r Renderer<'s>, sources: &[Source]) -> Press<'r, 's> {
        let (output, ready) = (Output::new(), Vec::new());
        let index = search::begin(renderer);
        let (findings, sitemap, newest, sheets) = (Vec::new(), Vec::new(), BTreeMap::new(), Vec::new());
        let mut press = Press { renderer, output, ready, findings, panels: 0, sitemap, newest, sheets, index };
        for (route, text) in agenda::files(renderer) {
            press.add(route.output(), text.into_bytes());
        }
        press.add_redirects();
        press.add_for_hosts();
        press.add_assets(sources);
        press
    }

    /// Adds the next pages, in their order.
    pub fn add_pages(&mut self, pages: Vec<Published>, keeper: &mut dyn Keeper) {
        pages.into_iter().for_each(|page| self.add_page(page));
        self.findings.extend(self.output.insert_all(std::mem::take(&mut self.ready), keeper));
    }

    fn add_page(&mut self, page: Published) {
        let Published { id, files, panels, sitemap, feed, search } = page;
        let site = self.renderer.site;
        self.panels += panels;
        self.sitemap.extend(sitemap);
        if let Some(feed) = feed {
            self.add_article(id, feed);
        }
        if site.id_of(&site.pages[id]) != Some(id) {
            return; // its address is another page's, as a finding says
        }
        self.sheets.push((id, search));
        self.ready.extend(files.iter().map(|(route, content)| (route.output(), content.clone())));
    }

    /// Adds an article to those of its language, of which only the newest matter.
    fn add_article(&mut self, id: PageId, entry: Arc<feed::Entry>) {
        let (site, limit) = (self.renderer.site, self.renderer.site.settings.feed_limit);
        let newest = self.newest.entry(site.pages[id].language.clone()).or_default();
        newest.push((id, entry));
        if newest.len() > 2 * limit + BATCH {
            newest_first(site, newest);
            newest.truncate(limit);
        }
    }

    /// All pages that were added, as files; what is made from all of them is not there yet.
    pub fn pages(&self) -> &Output {
        &self.output
    }

    /// Puts the pages that were added into the index. The last of them are put there at the end.
    pub fn index_pages(&mut self) {
        let sheets = std::mem::take(&mut self.sheets);
        if let Some(index) = &mut self.index {
            sheets.iter().for_each(|(id, sheets)| search::add(index, self.renderer.site, *id, sheets));
        }
    }

    /// Adds the last pages. Everything that the site comes out as, and how many panels it shows.
    pub fn finish(mut self, pages: Vec<Published>, keeper: &mut dyn Keeper) -> Checked<(Output, usize)> {
        pages.into_iter().for_each(|page| self.add_page(page));
        self.index_pages();
        let Press { renderer, mut output, ready, mut findings, panels, sitemap, newest, index, .. } = self;
        let index = || contents(index.map(search::Index::files).unwrap_or_default());
        let feeds = || contents(feeds(renderer, newest));
        let sitemaps = || contents(sitemaps(renderer.site, &sitemap));
        let others = || rayon::join(feeds, sitemaps);
        // While the last pages are written, the files about all pages are made.
        let (refused, (index, (feeds, sitemaps))) =
            rayon::join(|| output.insert_all(ready, keeper), || rayon::join(index, others));
        findings.extend(refused);
        findings.extend(output.insert_all(index.into_iter().chain(feeds).chain(sitemaps).collect(), keeper));
        Checked::new((output, panels), findings)
    }

    fn add(&mut self, path: String, content: impl Into<Content>) {
        self.ready.push((path, content.into()));
    }

    /// Files beside pages, of `static/` and of themes, and what is made of pictures.
    fn add_assets(&mut self, sources: &[Source]) {
        let by_path: BTreeMap<&str, &Source> = sources.iter().map(|source| (&*source.path, source)).collect();
        let renderer = self.renderer;
        for (path, route) in renderer.site.assets.iter() {
            // What is shown as variants is no file of its own; what is broken has been told.
            let picture = renderer.pictures.get(path);
            let is_file = picture.is_none_or(|picture| picture.as_ref().is_some_and(|picture| picture.keeps_file));
            let Some(source) = by_path.get(path.as_str()).filter(|_| is_file) else { continue };
            match media::published(source) {
                Ok(bytes) => {
                    let bytes = bytes.take(&mut self.findings);
                    self.add(route.output(), Content::new(bytes).made_from(Span::file(&source.path)));
                }
                Err(finding) => self.findings.push(finding),
            }
        }
        let variants = renderer.pictures.values().flatten().flat_map(|picture| picture.files());
        let variants: BTreeMap<String, &Arc<[u8]>> =
            variants.map(|variant| (variant.route.output(), &variant.bytes)).collect();
        for (path, bytes) in variants {
            self.add(path, bytes.clone());
        }
        let files = renderer.themes.values().flat_map(|theme| &theme.files);
        let distinct: BTreeMap<String, &Arc<[u8]>> = files.map(|(route, bytes)| (route.output(), bytes)).collect();
        for (path, bytes) in distinct {
            self.add(path, bytes.clone());
        }
    }

    /// What hosts read: `.nojekyll` for GitHub Pages, which else leaves out some files; the domain; robots.
    fn add_for_hosts(&mut self) {
        let site = self.renderer.site;
        self.add(".nojekyll".to_owned(), Vec::new());
        if let Some(domain) = &site.settings.cname {
            self.add("CNAME".to_owned(), format!("{domain}\n").into_bytes());
        }
        let sitemap = site.settings.links.canonical(&Route::file("sitemap.xml"));
        self.add("robots.txt".to_owned(), robots::text(&sitemap).into_bytes());
    }

    /// From former addresses, and what is wrong with them.
    fn add_redirects(&mut self) {
        let site = self.renderer.site;
        for page in site.pages.iter() {
            let spans = page.document.as_ref().map(|document| &document.front.spans);
            for (number, alias) in aliases(page).iter().enumerate().filter(|(_, alias)| alias_route(alias).is_none()) {
                let span = spans.map(|spans| spans.value(&format!("aliases[{number}]")));
                self.findings.extend(span.map(|span| findings::bad_alias(span, alias)));
            }
            for (path, content) in redirects(site, page) {
                self.add(path, content);
            }
        }
    }
}

/// The former addresses of a page. A translation does not take over those of its original.
fn aliases(page: &Page) -> &[String] {
    page.document.as_ref().map(|document| document.front.aliases.as_slice()).unwrap_or_default()
}

/// The files that lead to a page: from its former addresses, and from `page/1/` to the list itself, which people type.
fn redirects<'s>(site: &'s Site, page: &'s Page) -> impl Iterator<Item = (String, Content)> {
    let former = aliases(page).iter().filter_map(|alias| alias_route(alias));
    let is_list = matches!(page.subject, Subject::Section(_) | Subject::Tag(_)) && crate::render::parts(site, page) > 1;
    let first = is_list.then(|| Route::page([page.route.as_str(), "page/1"]));
    former.chain(first).map(|from| (from.output(), leading(site, &from, page)))
}

/// A file at `from` that leads to a page.
fn leading(site: &Site, from: &Route, page: &Page) -> Content {
    let links = &site.settings.links;
    let target = links.href(Standpoint::Page(from), &page.route);
    let html = redirect(&target, &links.canonical(&page.route), page.language.html(), &page.title);
    let content = Content::new(html.into_bytes());
    match page.span() {
        Some(span) => content.made_from(span),
        None => content,
    }
}

/// Whether a file of an output is made from all pages: a feed, a part of the index, a sitemap.
pub fn is_of_all_pages(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or_default();
    path.starts_with("search/") || name == "feed.xml" || (name.starts_with("sitemap") && name.ends_with(".xml"))
}

/// A former address: a path within the site, of a page or an `.html` file.
fn alias_route(alias: &str) -> Option<Route> {
    let parts: Vec<&str> = alias.split('/').filter(|part| !part.is_empty()).collect();
    let bad = |part: &&str| matches!(*part, "." | "..") || part.contains(['\\', '?', '#', ':', '\0']);
    if parts.is_empty() || parts.iter().any(bad) {
        return None;
    }
    let path = parts.join("/");
    Some(if path.ends_with(".html") { Route::file(path) } else { Route::page([path.as_str()]) })
}

fn feed_route(site: &Site, language: &Language) -> Route {
    Route::page([site.settings.prefix(language)]).join("feed.xml")
}

/// Files with their fingerprints, taken where they are made.
fn contents(files: Vec<(String, Vec<u8>)>) -> Vec<(String, Content)> {
    files.into_iter().map(|(path, bytes)| (path, bytes.into())).collect()
}

/// The sitemap, in one file or several.
fn sitemaps(site: &Site, lines: &[Arc<sitemap::Line>]) -> Vec<(String, Vec<u8>)> {
    let base = site.settings.links.canonical(&Route::page([""]));
    sitemap::files(lines, &base).into_iter().map(|(name, text)| (name, text.into_bytes())).collect()
}

/// The feed of each language.
fn feeds(renderer: &Renderer<'_>, mut newest: Newest) -> Vec<(String, Vec<u8>)> {
    let feed = |(language, articles): (Language, _)| {
        let text = feed::atom(&feed_of(renderer, articles, &language)?)?;
        Some((feed_route(renderer.site, &language).output(), text.into_bytes()))
    };
    let articles = |language: &Language| (language.clone(), newest.remove(language).unwrap_or_default());
    let languages: Vec<_> = renderer.site.settings.languages.iter().map(articles).collect();
    languages.into_par_iter().filter_map(feed).collect()
}

fn sitemap_entry(view: &View) -> sitemap::Entry {
    let page = &view.page;
    let date = page.updated.as_ref().or(page.date.as_deref());
    let alternates =
        view.alternates.iter().filter_map(|other| Some((other.hreflang.clone()?, other.canonical.clone())));
    sitemap::Entry {
        url: page.canonical.clone(),
        updated: date.map(|date| date.iso.clone()),
        alternates: alternates.collect(),
        x_default: Some(view.x_default.clone()),
    }
}

fn is_in_sitemap(site: &Site, page: &Page) -> bool {
    let closed = match &page.subject {
        Subject::Posting(id) => site.data.posting(id).is_some_and(|posting| posting.is_closed(site.today)),
        _ => false,
    };
    page.subject != Subject::NotFound && !page.is_for_paper() && !page.is_expired(site.today) && !closed
}

fn is_in_feed(site: &Site, page: &Page) -> bool {
    page.is_article() && page.front.date.is_some() && !page.is_expired(site.today)
}

fn newest_first(site: &Site, articles: &mut [(PageId, Arc<feed::Entry>)]) {
    articles.sort_by(|(a, _), (b, _)| {
        let (a, b) = (&site.pages[*a], &site.pages[*b]);
        b.front.date.cmp(&a.front.date).then_with(|| a.route.cmp(&b.route))
    });
}

/// The newest dated articles of a language.
fn feed_of(
    renderer: &Renderer<'_>,
    mut articles: Vec<(PageId, Arc<feed::Entry>)>,
    language: &Language,
) -> Option<feed::Feed> {
    let site = renderer.site;
    newest_first(site, &mut articles);
    articles.truncate(site.settings.feed_limit);
    let with_content = |(page, entry): (PageId, Arc<feed::Entry>)| feed::Entry {
        content: renderer.content_for_feed(&site.pages[page]),
        ..Arc::unwrap_or_clone(entry)
    };
    let home = site.home(language)?;
    let (settings, links) = (&site.settings, &site.settings.links);
    let url = links.canonical(&feed_route(site, language));
    let subtitle = settings.text(&settings.description, language).to_owned();
    Some(feed::Feed {
        language: language.html().to_owned(),
        id: url.clone(),
        title: settings.text(&settings.title, language).to_owned(),
        subtitle: Some(subtitle).filter(|text| !text.is_empty()),
        url,
        home: links.canonical(&home.route),
        author: feed::Author {
            name: publisher_name(site, language),
            url: settings.publisher.url.clone(),
            email: settings.publisher.email.clone(),
        },
        entries: articles.into_par_iter().map(with_content).collect(),
    })
}

fn publisher_name(site: &Site, language: &Language) -> String {
    let name = site.settings.text(&site.settings.publisher.name, language);
    if name.is_empty() { site.settings.text(&site.settings.title, language).to_owned() } else { name.to_owned() }
}

fn feed_entry(page: &Page, view: &View) -> feed::Entry {
    let view = &view.page;
    let date = |date: Option<jiff::civil::Date>| date.map(|date| date.to_string());
    let summary = if view.description.is_empty() { &view.summary } else { &view.description };
    feed::Entry {
        id: view.canonical.clone(),
        title: view.title.clone(),
        url: view.canonical.clone(),
        published: date(page.front.date).unwrap_or_default(),
        updated: date(page.front.updated),
        authors: view.authors.iter().map(|name| feed::Author { name: name.clone(), url: None, email: None }).collect(),
        summary: Some(summary.clone()).filter(|text| !text.is_empty()),
        content: None,
        categories: view.tags.iter().map(|tag| tag.title.clone()).collect(),
        language: Some(page.language.html().to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn former_addresses_stay_within_the_site() {
        let check = |alias: &str, expected: Option<&str>| {
            assert_eq!(alias_route(alias).map(|route| route.to_string()).as_deref(), expected);
        };
        check("/2022/summer/", Some("2022/summer/"));
        check("old.html", Some("old.html"));
        check("/../x", None);
        check("https://a.example/", None);
        check("/", None);
    }
}
