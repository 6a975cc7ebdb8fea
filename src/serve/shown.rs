//! What is shown: the last good site, and what is wrong with the newest build.

use std::collections::BTreeSet;
use std::sync::Arc;

use percent_encoding::percent_decode_str;

use crate::fingerprint::Fingerprint;
use crate::model::{Links, Route, Site, Standpoint};
use crate::pipeline::{Build, Seen, Sight};
use crate::write::{Content, Output};

use super::problems::Problems;

/// What there is to be seen after a build.
#[derive(Default)]
pub(super) struct Shown {
    /// The last site without errors; `None` until there is one.
    pub(super) site: Option<Arc<Served>>,
    /// What is wrong with the newest build.
    pub(super) problems: Problems,
    /// Where the build is not done yet: which of its pages are there. All else is still the last build's.
    pub(super) early: Option<Seen>,
}

/// A site in memory.
pub(super) struct Served {
    /// Its files.
    output: Arc<Output>,
    /// Those that have taken the place of others since, until a build is done.
    fresh: Output,
    /// The pages whose own text was just changed, as files of the output.
    pub(super) edited: Vec<String>,
    /// Where it will be published.
    links: Links,
}

/// How one site differs from the one that was shown before.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Changes {
    /// Paths that are new or have other bytes, in order.
    pub(super) changed: Vec<String>,
    /// Paths that are gone, in order.
    pub(super) removed: Vec<String>,
}

/// What is at an address.
pub(super) enum Place<'s> {
    /// A file of the site.
    File(String, &'s Content),
    /// Nothing, but there is something at this other address.
    Moved(String),
    /// Nothing.
    Missing,
}

impl Shown {
    /// Where the site begins.
    pub(super) fn mount(&self) -> &str {
        self.site.as_ref().map_or("/", |site| site.mount())
    }

    /// What stands for everything that a browser sees at `path`: two equal versions are one page.
    pub(super) fn version(&self, path: &str) -> String {
        let Some(site) = &self.site else {
            return format!("none {}", Fingerprint::of_bytes(self.problems.text.as_bytes()));
        };
        match site.place(path) {
            Place::File(_, content) => content.fingerprint().to_string(),
            Place::Moved(to) => format!("moved {to}"),
            Place::Missing => site.lost().map_or("lost".to_owned(), |page| format!("lost {}", page.fingerprint())),
        }
    }
}

impl Served {
    /// What came of a build, taken out of it; `None` where it has no site. `sources` are the files that were just changed.
    pub(super) fn new(build: &mut Build, sources: &[Arc<str>]) -> Option<Served> {
        let site = build.site.clone()?;
        Some(Served::with(std::mem::take(&mut build.output).into(), Output::new(), &site, sources))
    }

    /// The pages of a build that is not done yet. Files about all pages, such as the index, are still those of the `last`.
    pub(super) fn early(sight: &Sight<'_>, sources: &[Arc<str>], last: Option<&Served>) -> Served {
        if let Some(last) = last.filter(|_| sight.seen != Seen::All) {
            return Served::with(last.output.clone(), sight.output.clone(), sight.site, sources);
        }
        let mut output = sight.output.clone();
        let rest = last.into_iter().flat_map(|last| last.output.iter());
        for (path, content) in rest.filter(|(path, _)| sight.lacks(path)) {
            // One that a page has come in the way of is missing for a moment.
            _ = output.insert(path, content.clone());
        }
        Served::with(output.into(), Output::new(), sight.site, sources)
    }

    fn with(output: Arc<Output>, fresh: Output, site: &Site, sources: &[Arc<str>]) -> Served {
        let edited = sources.iter().filter_map(|path| site.page_from(path)).map(|page| page.route.output()).collect();
        let links = Links { index_html: false, ..site.settings.links.clone() };
        Served { output, fresh, edited, links }
    }

    /// A file by its path.
    pub(super) fn get(&self, path: &str) -> Option<&Content> {
        self.fresh.get(path).or_else(|| self.output.get(path))
    }

    /// The paths of all files.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.output.iter().chain(self.fresh.iter()).map(|(path, _)| path)
    }

    /// How it differs from the site that was shown before.
    pub(super) fn changes_since(&self, last: &Served) -> Changes {
        let fresh = || self.fresh.iter().chain(last.fresh.iter()).map(|(path, _)| path);
        let names: BTreeSet<&str> = match Arc::ptr_eq(&self.output, &last.output) {
            true => fresh().collect(),
            false => self.names().chain(last.names()).collect(),
        };
        let mut changes = Changes::default();
        for path in names {
            match (self.get(path), last.get(path)) {
                (Some(now), Some(before)) if now.fingerprint() == before.fingerprint() => {}
                (Some(_), _) => changes.changed.push(path.to_owned()),
                (None, _) => changes.removed.push(path.to_owned()),
            }
        }
        changes
    }

    /// A site of these files for tests, to be published under a path.
    #[cfg(test)]
    pub(super) fn of(mount: &str, files: &[(&str, &str)]) -> Option<Served> {
        let mut output = Output::new();
        for (path, text) in files {
            output.insert(*path, text.as_bytes().to_vec()).ok()?;
        }
        let base = crate::model::route::Base::parse(&format!("https://x.example{mount}"))?;
        Some(Served {
            output: output.into(),
            fresh: Output::new(),
            edited: Vec::new(),
            links: Links { base, index_html: false },
        })
    }

    /// The path under which it is served, with a slash at both ends: `/`, `/zine/`.
    fn mount(&self) -> &str {
        &self.links.base.path
    }

    /// How many pages there are.
    pub(super) fn pages(&self) -> usize {
        self.output.iter().filter(|(path, _)| is_page(path)).count()
    }

    /// What is at `path`, the path of an address as it was sent.
    ///
    /// The site is served where it will be published, below the path of `base_url`, so that the page for errors, whose
    /// links can't be relative, looks as it will. Only names of the output are ever answered: no path leads out of it.
    pub(super) fn place(&self, path: &str) -> Place<'_> {
        let decoded = |text| percent_decode_str(text).decode_utf8().ok();
        let (Some(asked), Some(mount)) = (decoded(path), decoded(self.mount())) else { return Place::Missing };
        let Some(below) = asked.strip_prefix(&*mount) else { return self.outside(path, &asked, &mount) };
        match self.file(below) {
            Some(place) => place,
            None if self.is_folder(below) => Place::Moved(format!("{path}/")),
            None => Place::Missing,
        }
    }

    /// Leads from an address that leaves out the path of `base_url` to the one with it.
    fn outside(&self, path: &str, asked: &str, mount: &str) -> Place<'_> {
        let below = asked.strip_prefix('/').unwrap_or(asked);
        if format!("{asked}/") == mount {
            return Place::Moved(self.mount().to_owned());
        }
        if self.file(below).is_none() && !self.is_folder(below) {
            return Place::Missing;
        }
        let slash = if self.is_folder(below) { "/" } else { "" };
        Place::Moved(format!("{}{}{slash}", self.mount(), path.trim_start_matches('/')))
    }

    /// The file that an address within the site stands for: itself, or the `index.html` of a folder.
    fn file(&self, below: &str) -> Option<Place<'_>> {
        let is_page = below.is_empty() || below.ends_with('/');
        let name = if is_page { format!("{below}index.html") } else { below.to_owned() };
        self.get(&name).map(|content| Place::File(name, content))
    }

    /// Whether an address within the site is that of a folder with a page.
    fn is_folder(&self, below: &str) -> bool {
        !below.is_empty() && !below.ends_with('/') && self.get(&format!("{below}/index.html")).is_some()
    }

    /// The page for addresses at which there is nothing.
    pub(super) fn lost(&self) -> Option<&Content> {
        self.get("404.html")
    }

    /// The address of a file of the output: `/zine/features/` for `features/index.html`.
    pub(super) fn address(&self, file: &str) -> String {
        let folder = file.strip_suffix("index.html").filter(|folder| folder.is_empty() || folder.ends_with('/'));
        let route = folder.map_or_else(|| Route::file(file), |folder| Route::page([folder]));
        self.links.href(Standpoint::Anywhere, &route)
    }
}

/// Whether a file of the output is a page.
pub(super) fn is_page(file: &str) -> bool {
    file.ends_with(".html")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn served(mount: &str) -> Served {
        Served::of(mount, &FILES).expect("a site")
    }

    const FILES: [(&str, &str); 4] = [("index.html", ""), ("a/index.html", ""), ("図.svg", ""), ("404.html", "")];

    fn told(served: &Served, path: &str) -> String {
        match served.place(path) {
            Place::File(name, _) => name,
            Place::Moved(to) => format!("-> {to}"),
            Place::Missing => "?".to_owned(),
        }
    }

    #[test]
    fn two_sites_compared_say_what_changed() {
        let before = Served::of("/", &[("a.html", "1"), ("b.html", "1"), ("c.html", "1")]).expect("a site");
        let after = Served::of("/", &[("b.html", "2"), ("c.html", "1"), ("d.html", "1")]).expect("a site");
        let Changes { changed, removed } = after.changes_since(&before);
        assert_eq!((changed, removed), (vec!["b.html".to_owned(), "d.html".to_owned()], vec!["a.html".to_owned()]));
        // Pages that were shown at once stand before those of the whole site, and are held against it alone.
        let mut fresh = Output::new();
        fresh.insert("b.html", *b"2").expect("a name");
        let early = Served { output: before.output.clone(), fresh, edited: Vec::new(), links: before.links.clone() };
        assert_eq!(early.changes_since(&before).changed, ["b.html"]);
        assert_eq!(after.changes_since(&early).changed, ["d.html"]);
    }

    #[test]
    fn addresses_lead_to_files_and_folders() {
        let served = served("/");
        let check = |path, expected: &str| assert_eq!(told(&served, path), expected, "{path}");
        check("/", "index.html");
        check("/index.html", "index.html");
        check("/a/", "a/index.html");
        check("/a", "-> /a/");
        check("/%E5%9B%B3.svg", "図.svg");
        check("/%61/", "a/index.html");
        check("/b", "?");
        check("/a/index.html/", "?");
        check("//a", "?");
        check("*", "?");
        check("/%ff", "?");
    }

    #[test]
    fn nothing_outside_of_the_site_has_an_address() {
        let served = served("/");
        let outside =
            ["/../Cargo.toml", "/%2e%2e/Cargo.toml", "/a/../index.html", "/a/..%2f..%2f", "/..%5cx", "/%00", "/./a/"];
        for path in outside {
            assert_eq!(told(&served, path), "?", "{path}");
        }
    }

    #[test]
    fn a_site_under_a_path_is_served_there() {
        let served = served("/zine/");
        let check = |path, expected: &str| assert_eq!(told(&served, path), expected, "{path}");
        check("/zine/", "index.html");
        check("/zine/a", "-> /zine/a/");
        check("/zine", "-> /zine/");
        check("/", "-> /zine/");
        check("/a/", "-> /zine/a/");
        check("/a", "-> /zine/a/");
        check("//evil.example/", "?");
        assert_eq!(served.address("a/index.html"), "/zine/a/");
        assert_eq!(served.address("図.svg"), "/zine/%E5%9B%B3.svg");
    }
}
