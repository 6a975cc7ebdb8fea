//! Links between sources, resolved for the language of the page they stand on.

use std::sync::Arc;

use crate::diagnostic::{Diagnostic, page as findings, say};
use crate::model::page::{Page, PageId};
use crate::model::question::{Question, asked};
use crate::model::route::Route;
use crate::model::{Site, Subject};
use crate::parse::{Target, language_of, stem_of};

/// Where a link leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Destination {
    /// The address.
    pub route: Route,
    /// The place within it.
    pub fragment: Option<String>,
}

impl Site {
    /// Where `target`, as written on `page`, leads.
    ///
    /// # Errors
    /// A finding at the target where it leads nowhere.
    pub fn resolve(&self, page: &Page, target: &Target) -> Result<Destination, Diagnostic> {
        let (path, fragment) = match target.text.split_once('#') {
            Some((path, fragment)) => (path, Some(fragment.to_owned())),
            None => (target.text.as_str(), None),
        };
        if path.is_empty() {
            self.check_fragment(page, target, fragment.as_deref())?;
            return Ok(Destination { route: page.route.clone(), fragment });
        }
        if let Some(found) = self.linked_page(page, path) {
            self.check_fragment(found, target, fragment.as_deref())?;
            return Ok(Destination { route: found.route.clone(), fragment });
        }
        if let Some(route) = self.linked_asset(page, path) {
            return Ok(Destination { route, fragment });
        }
        if let Some(id) = path.strip_prefix("hospital:") {
            let known = self.data.hospitals().map(|hospital| hospital.id.as_str());
            return Err(findings::unknown_id(target.span.clone(), &say("病院", "hospital"), id, known));
        }
        let known = self.page_sources().map(|source| relative_source(&page.folder, source)).collect::<Vec<_>>();
        Err(findings::dead_link(target.span.clone(), &target.text, known.iter().map(String::as_str)))
    }

    /// A page named by its source, by `hospital:ID` and the like, or by its address from the root of the site.
    fn linked_page(&self, page: &Page, path: &str) -> Option<&Page> {
        let about = |(kind, id): (&str, &str)| match kind {
            "hospital" => Some(Subject::Hospital(id.to_owned())),
            "area" => Some(Subject::Area(id.to_owned())),
            "event" => Some(Subject::Event(id.to_owned())),
            "posting" => Some(Subject::Posting(id.to_owned())),
            "person" => Some(Subject::Person(id.to_owned())),
            "programme" => Some(Subject::Programme(id.to_owned())),
            _ => None,
        };
        if let Some(subject) = path.split_once(':').and_then(about) {
            return self.page_about(page, &subject);
        }
        if path.ends_with(".md") {
            return self.page_by_source(page, &format!("content/{}", joined(&page.folder, path)?));
        }
        let route = path.strip_prefix('/')?.trim_end_matches("index.html");
        let here = Route::page([self.settings.prefix(&page.language), route]);
        self.page_at(&here).or_else(|| self.page_at(&Route::page([route])))
    }

    /// The page in the language of `page`; a source that carries a language in its name is meant as it is.
    fn page_by_source(&self, page: &Page, source: &str) -> Option<&Page> {
        if language_of(source).is_some() {
            return self.page_from(source);
        }
        let direct = self.page_from(source);
        let any = direct.or_else(|| {
            let stem = stem_of(source);
            self.settings.languages.iter().find_map(|language| self.page_from(&format!("{stem}.{language}.md")))
        })?;
        Some(self.counterpart(any, &page.language).unwrap_or(any))
    }

    /// The page about `subject` in the language of `page`.
    pub fn page_about(&self, page: &Page, subject: &Subject) -> Option<&Page> {
        // Languages with some of the pages only have those of the data in the default language.
        let default = self.settings.default_language();
        let fallback = || self.page_in(default, subject).filter(|_| self.settings.is_partial(&page.language));
        self.page_in(&page.language, subject).or_else(fallback)
    }

    /// A file beside the page or in `static/`.
    fn linked_asset(&self, page: &Page, path: &str) -> Option<Route> {
        self.asset_source(page, path).and_then(|source| self.assets.get(source)).cloned()
    }

    /// The source of a file named on `page`.
    pub fn asset_source(&self, page: &Page, path: &str) -> Option<&str> {
        let in_content = joined(&page.folder, path).map(|path| format!("content/{path}"));
        let in_static = format!("static/{}", path.trim_start_matches('/'));
        let found = in_content.as_ref().and_then(|path| self.assets.get_key_value(path));
        found.or_else(|| self.assets.get_key_value(&in_static)).map(|(source, _)| source.as_str())
    }

    fn check_fragment(&self, page: &Page, target: &Target, fragment: Option<&str>) -> Result<(), Diagnostic> {
        let Some(fragment) = fragment.filter(|fragment| !fragment.is_empty()) else { return Ok(()) };
        asked(|| Question::Text(page.route.clone()));
        let anchors = page.anchors();
        if anchors.iter().any(|anchor| anchor == fragment) {
            return Ok(());
        }
        Err(findings::dead_fragment(target.span.clone(), fragment, anchors.iter().map(String::as_str)))
    }

    /// The number of a page.
    pub fn id_of(&self, page: &Page) -> Option<PageId> {
        self.places.by_route.get(&page.route).copied()
    }
}

/// `path` as seen from `folder`, without dots. `None` where it leaves `content/`. A leading slash means `content/` itself.
pub fn joined(folder: &str, path: &str) -> Option<String> {
    let mut parts: Vec<&str> = if path.starts_with('/') { Vec::new() } else { folder.split('/').collect() };
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop().filter(|part| !part.is_empty())?;
            }
            part => parts.push(part),
        }
    }
    parts.retain(|part| !part.is_empty());
    Some(parts.join("/"))
}

/// How `source` would be written in a file of `folder`: what a finding suggests.
fn relative_source(folder: &str, source: &str) -> String {
    let source = source.strip_prefix("content/").unwrap_or(source);
    let from: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    let to: Vec<&str> = source.split('/').collect();
    let common = from.iter().zip(&to[..to.len().saturating_sub(1)]).take_while(|(a, b)| a == b).count();
    format!("{}{}", "../".repeat(from.len() - common), to[common..].join("/"))
}

/// The pictures beside a page, for help with a misspelt one.
pub fn beside(site: &Site, page: &Page) -> Vec<Arc<str>> {
    let folder = format!("content/{}", page.folder);
    let inside = |path: &&String| path.rsplit_once('/').is_some_and(|(above, _)| above == folder.trim_end_matches('/'));
    let names = site.assets.keys().filter(inside).filter_map(|path| path.rsplit('/').next());
    names.map(Arc::from).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_stay_within_the_content() {
        let check = |folder, path, expected: Option<&str>| assert_eq!(joined(folder, path).as_deref(), expected);
        check("features/x", "../y.md", Some("features/y.md"));
        check("features", "a/./b.svg", Some("features/a/b.svg"));
        check("features", "/about.md", Some("about.md"));
        check("", "../secret", None);
        check("a", "../../secret", None);
    }

    #[test]
    fn suggestions_are_written_as_seen_from_the_page() {
        assert_eq!(relative_source("features/x", "content/programmes/a.md"), "../../programmes/a.md");
        assert_eq!(relative_source("features", "content/features/a.md"), "a.md");
    }
}
