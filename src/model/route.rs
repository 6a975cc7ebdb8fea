//! Addresses within a site, and how one page writes the address of another.

use std::borrow::Cow;
use std::fmt;

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use serde::{Deserialize, Serialize};

/// The address of a page or a file within the site, without a leading slash: `features/summer/`, `feed.xml`, or nothing
/// for the home page. A page's address ends in a slash.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Route(String);

impl Route {
    /// The address of a page from its parts; empty parts are left out.
    pub fn page<'p>(parts: impl IntoIterator<Item = &'p str>) -> Route {
        let mut path = String::new();
        for part in parts.into_iter().flat_map(|part| part.split('/')).filter(|part| !part.is_empty()) {
            path.push_str(part);
            path.push('/');
        }
        Route(path)
    }

    /// The address of a file.
    pub fn file(path: impl Into<String>) -> Route {
        Route(path.into())
    }

    /// The address as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The file that holds it, relative to the output folder.
    pub fn output(&self) -> String {
        if self.is_page() { format!("{}index.html", self.0) } else { self.0.clone() }
    }

    /// Whether it is a page's own folder.
    pub fn is_page(&self) -> bool {
        self.0.is_empty() || self.0.ends_with('/')
    }

    /// The address below this page.
    pub fn join(&self, rest: &str) -> Route {
        Route(format!("{}{rest}", self.0))
    }

    /// The folder from which relative addresses are seen.
    fn folder(&self) -> &str {
        let slash = self.0.bytes().rposition(|byte| byte == b'/');
        slash.map_or("", |slash| &self.0[..=slash])
    }
}

impl fmt::Display for Route {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Where the site will stand: `https://office.github.io/zine/`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Base {
    /// Scheme and host: `https://office.github.io`.
    pub origin: String,
    /// The path, with a slash at both ends: `/zine/`.
    pub path: String,
}

impl Base {
    /// Takes an address apart. `None` where it is not one of http or https with a host.
    pub fn parse(url: &str) -> Option<Base> {
        let rest = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"))?;
        let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
        let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | ':' | '[' | ']');
        if host.is_empty() || !host.chars().all(plain) || path.contains(['?', '#', '"', ' ']) {
            return None;
        }
        let origin = url[..url.len() - rest.len() + host.len()].to_owned();
        let path = path.trim_matches('/');
        Some(Base { origin, path: if path.is_empty() { "/".to_owned() } else { format!("/{path}/") } })
    }
}

/// From where an address is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standpoint<'r> {
    /// From a page: relative, so that it works under any path and from a folder.
    Page(&'r Route),
    /// From a page that is served at any path, the one for errors: with the site's own path.
    Anywhere,
    /// From outside: feeds, sitemaps, canonical addresses.
    Outside,
}

/// How addresses are written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Links {
    /// Where the site stands.
    pub base: Base,
    /// Whether links end in `index.html`.
    pub index_html: bool,
}

/// What stands for itself in a path: letters, digits and a few marks; all else is written as `%E3%81%82`.
const PATH: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'%')
    .add(b'<')
    .add(b'>')
    .add(b'?')
    .add(b'`')
    .add(b'{')
    .add(b'}')
    .add(b'&')
    .add(b'\'')
    .add(b'\\')
    .add(b'|')
    .add(b'^')
    .add(b'[')
    .add(b']')
    .add(b':');

impl Links {
    /// The address of `to` as written at `from`.
    pub fn href(&self, from: Standpoint<'_>, to: &Route) -> String {
        match from {
            Standpoint::Page(page) => relative(page.folder(), &self.written(to)),
            Standpoint::Anywhere => format!("{}{}", self.base.path, encode(&self.written(to))),
            Standpoint::Outside => self.canonical(to),
        }
    }

    /// The one address by which the world knows `to`.
    pub fn canonical(&self, to: &Route) -> String {
        let Base { origin, path } = &self.base;
        let mut url = String::with_capacity(origin.len() + path.len() + to.as_str().len());
        url.extend([origin.as_str(), path.as_str()]);
        url.extend(utf8_percent_encode(to.as_str(), PATH));
        url
    }

    /// What leads from `from` to the root of the site, for addresses that are put together elsewhere.
    pub fn root(&self, from: Standpoint<'_>) -> String {
        match from {
            Standpoint::Page(page) => "../".repeat(slashes(page.folder())),
            Standpoint::Anywhere => self.base.path.clone(),
            Standpoint::Outside => format!("{}{}", self.base.origin, self.base.path),
        }
    }

    fn written<'r>(&self, to: &'r Route) -> Cow<'r, str> {
        if self.index_html { Cow::Owned(to.output()) } else { Cow::Borrowed(to.as_str()) }
    }
}

fn encode(path: &str) -> String {
    utf8_percent_encode(path, PATH).to_string()
}

fn slashes(path: &str) -> usize {
    path.bytes().filter(|byte| *byte == b'/').count()
}

fn relative(folder: &str, to: &str) -> String {
    // The folders that both are in: what is equal, up to a slash.
    let equal = folder.bytes().zip(to.bytes()).take_while(|(a, b)| a == b).count();
    let common = folder.as_bytes()[..equal].iter().rposition(|byte| *byte == b'/').map_or(0, |slash| slash + 1);
    let (up, down) = (slashes(&folder[common..]), &to[common..]);
    let mut path = String::with_capacity(3 * up + down.len());
    (0..up).for_each(|_| path.push_str("../"));
    path.extend(utf8_percent_encode(down, PATH));
    if path.is_empty() { "./".to_owned() } else { path }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn links(index_html: bool) -> Links {
        Links { base: Base::parse("https://a.example/zine").expect("a base"), index_html }
    }

    #[test]
    fn relative_addresses() {
        let from = Route::page(["en", "features/x"]);
        let check = |to: &Route, plain: &str, file: &str| {
            assert_eq!(links(false).href(Standpoint::Page(&from), to), plain);
            assert_eq!(links(true).href(Standpoint::Page(&from), to), file);
        };
        check(&from, "./", "index.html");
        check(&Route::page([""]), "../../../", "../../../index.html");
        check(&Route::page(["en/features/y"]), "../y/", "../y/index.html");
        check(
            &Route::file("features/x/図.svg"),
            "../../../features/x/%E5%9B%B3.svg",
            "../../../features/x/%E5%9B%B3.svg",
        );
        assert_eq!(links(false).href(Standpoint::Page(&Route::page([""])), &Route::page([""])), "./");
    }

    #[test]
    fn addresses_from_elsewhere() {
        let to = Route::page(["tags", "急性 腹症"]);
        assert_eq!(links(true).canonical(&to), "https://a.example/zine/tags/%E6%80%A5%E6%80%A7%20%E8%85%B9%E7%97%87/");
        assert_eq!(links(false).href(Standpoint::Anywhere, &Route::file("a.css")), "/zine/a.css");
        assert_eq!(links(false).root(Standpoint::Page(&to)), "../../");
    }

    #[test]
    fn only_web_addresses_are_bases() {
        assert_eq!(Base::parse("https://x.example").map(|base| base.path), Some("/".to_owned()));
        for url in ["x.example", "ftp://x", "https://", "https:///a", "https://a b/"] {
            assert_eq!(Base::parse(url), None, "{url}");
        }
    }
}
