//! A whole site as its output: pages, the files beside them, and the files that are made from all of them.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::diagnostic::{Checked, Diagnostic, Span, page as findings};
use crate::locale::Language;
use crate::media;
use crate::model::{Page, Route, Site, Standpoint, Subject};
use crate::publish::{agenda, feed, linked_data, redirect, robots, sitemap};
use crate::read::Source;
use crate::render::view::View;
use crate::render::{Exhibit, Leaf, Renderer};
use crate::write::{Content, Output};

/// A page that is ready to be written.
#[derive(Debug)]
pub struct Published {
    /// Which page, and which part of its list.
    pub leaf: Leaf,
    /// What its template received.
    pub view: View,
    /// Its HTML.
    pub html: Content,
    /// Its panels.
    pub exhibits: Vec<Exhibit>,
}

/// Everything that the site comes out as, and how many panels it shows.
pub fn site(renderer: &Renderer<'_>, pages: Vec<Published>, sources: &[Source]) -> Checked<(Output, usize)> {
    let site = renderer.site;
    let mut collector = Collector { output: Output::new(), findings: Vec::new() };
    let panels = pages.iter().map(|page| page.exhibits.len()).sum();
    collector.add_feeds(renderer, &pages);
    for (route, text) in agenda::files(renderer) {
        collector.add(route.output(), text.into_bytes());
    }
    collector.add_sitemap(site, &pages);
    collector.add_redirects(site);
    collector.add_for_hosts(site);
    collector.add_assets(renderer, sources);
    for published in pages {
        collector.add_page(site, published);
    }
    Checked::new((collector.output, panels), collector.findings)
}

/// The JSON-LD of a page, ready for its script element.
pub fn structured_data_of(site: &Site, page: &Page, view: &View, exhibits: &[Exhibit]) -> String {
    linked_data::of(site, page, view, exhibits)
}

struct Collector {
    output: Output,
    findings: Vec<Diagnostic>,
}

impl Collector {
    fn add(&mut self, path: String, content: impl Into<Content>) {
        if let Err(finding) = self.output.insert(path, content) {
            self.findings.push(finding);
        }
    }

    fn add_page(&mut self, site: &Site, published: Published) {
        let page = &site.pages[published.leaf.page];
        if site.id_of(page) != Some(published.leaf.page) {
            return; // its address is another page's, as a finding says
        }
        let span = page.span().unwrap_or_else(|| Span::file(&Arc::from("site.toml")));
        self.add(published.leaf.route.output(), published.html.made_from(span.clone()));
        // The text stands on every part of a long list; its files are written once.
        let exhibits = published.exhibits.into_iter().filter(|_| published.leaf.number == 1);
        for (route, bytes) in exhibits.flat_map(|exhibit| exhibit.files) {
            self.add(route.output(), Content::new(bytes).made_from(span.clone()));
        }
    }

    /// Files beside pages, of `static/` and of themes, and what is made of pictures.
    fn add_assets(&mut self, renderer: &Renderer<'_>, sources: &[Source]) {
        let by_path: BTreeMap<&str, &Source> = sources.iter().map(|source| (&*source.path, source)).collect();
        for (path, route) in &renderer.site.assets {
            // What is shown as variants is no file of its own; what is broken has been told.
            let is_file = renderer
                .pictures
                .get(path)
                .is_none_or(|picture| picture.as_ref().is_some_and(|picture| picture.keeps_file));
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
    fn add_for_hosts(&mut self, site: &Site) {
        self.add(".nojekyll".to_owned(), Vec::new());
        if let Some(domain) = &site.settings.cname {
            self.add("CNAME".to_owned(), format!("{domain}\n").into_bytes());
        }
        let sitemap = site.settings.links.canonical(&Route::file("sitemap.xml"));
        self.add("robots.txt".to_owned(), robots::text(&sitemap).into_bytes());
    }

    fn add_sitemap(&mut self, site: &Site, pages: &[Published]) {
        let listed = pages.iter().filter(|published| {
            let page = &site.pages[published.leaf.page];
            let closed = match &page.subject {
                Subject::Posting(id) => site.data.posting(id).is_some_and(|posting| posting.is_closed(site.today)),
                _ => false,
            };
            page.subject != Subject::NotFound && !page.is_expired(site.today) && !closed
        });
        let entries: Vec<sitemap::Entry> = listed.map(|page| sitemap_entry(&page.view)).collect();
        let base = site.settings.links.canonical(&Route::page([""]));
        for (name, text) in sitemap::files(&entries, &base) {
            self.add(name, text.into_bytes());
        }
    }

    fn add_feeds(&mut self, renderer: &Renderer<'_>, pages: &[Published]) {
        for language in &renderer.site.settings.languages {
            let Some(feed) = feed_of(renderer, pages, language) else { continue };
            let route = feed_route(renderer.site, language);
            if let Some(text) = feed::atom(&feed) {
                self.add(route.output(), text.into_bytes());
            }
        }
    }

    /// From former addresses, and from `page/1/` to the list itself, which people type.
    fn add_redirects(&mut self, site: &Site) {
        for page in &site.pages {
            let spans = page.document.as_ref().map(|document| &document.front.spans);
            // Only the page itself: a translation does not take over its original's former addresses.
            let own = page.document.as_ref().map(|document| document.front.aliases.as_slice()).unwrap_or_default();
            for (number, alias) in own.iter().enumerate() {
                match alias_route(alias) {
                    Some(route) => self.add_redirect(site, &route, page),
                    None => {
                        let span = spans.map(|spans| spans.value(&format!("aliases[{number}]")));
                        self.findings.extend(span.map(|span| findings::bad_alias(span, alias)));
                    }
                }
            }
            if matches!(page.subject, Subject::Section(_) | Subject::Tag(_)) && crate::render::parts(site, page) > 1 {
                self.add_redirect(site, &Route::page([page.route.as_str(), "page/1"]), page);
            }
        }
    }

    fn add_redirect(&mut self, site: &Site, from: &Route, page: &Page) {
        let links = &site.settings.links;
        let target = links.href(Standpoint::Page(from), &page.route);
        let html = redirect(&target, &links.canonical(&page.route), page.language.html(), &page.title);
        let content = Content::new(html.into_bytes());
        let content = match page.span() {
            Some(span) => content.made_from(span),
            None => content,
        };
        self.add(from.output(), content);
    }
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

fn sitemap_entry(view: &View) -> sitemap::Entry {
    let page = &view.page;
    let date = page.updated.as_ref().or(page.date.as_ref());
    let alternates =
        view.alternates.iter().filter_map(|other| Some((other.hreflang.clone()?, other.canonical.clone())));
    sitemap::Entry {
        url: page.canonical.clone(),
        updated: date.map(|date| date.iso.clone()),
        alternates: alternates.collect(),
        x_default: Some(view.x_default.clone()),
    }
}

/// The newest dated articles of a language.
fn feed_of(renderer: &Renderer<'_>, pages: &[Published], language: &Language) -> Option<feed::Feed> {
    let site = renderer.site;
    let of = |published: &&Published| {
        let page = &site.pages[published.leaf.page];
        page.language == *language && page.is_article() && page.front.date.is_some() && !page.is_expired(site.today)
    };
    let mut articles: Vec<&Published> = pages.iter().filter(of).collect();
    articles.sort_by(|a, b| {
        let date = |published: &Published| site.pages[published.leaf.page].front.date;
        date(b).cmp(&date(a)).then_with(|| a.leaf.route.cmp(&b.leaf.route))
    });
    articles.truncate(site.settings.feed_limit);
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
        entries: articles.into_iter().map(|published| feed_entry(renderer, published)).collect(),
    })
}

fn publisher_name(site: &Site, language: &Language) -> String {
    let name = site.settings.text(&site.settings.publisher.name, language);
    if name.is_empty() { site.settings.text(&site.settings.title, language).to_owned() } else { name.to_owned() }
}

fn feed_entry(renderer: &Renderer<'_>, published: &Published) -> feed::Entry {
    let (page, view) = (&renderer.site.pages[published.leaf.page], &published.view.page);
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
        content: renderer.content_for_feed(page),
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
