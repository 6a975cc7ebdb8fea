//! The index for searching without a server: files that the script of the page for searching loads as it needs them.
//!
//! It is of our own making because index and query must cut words in the same way: Japanese is found by any part of a
//! word, which indexes of whole words can't do, and the browser has to fold and cut a query exactly as the text was.
//! Its files are plain scripts that call one function, so they also load from a folder without a server and under a
//! Content-Security-Policy that allows neither `eval` nor WebAssembly.

use serde::Serialize;

use crate::locale::Language;
use crate::model::{PageId, Route, Site, Standpoint};
use crate::render::view::View;
use crate::render::{Leaf, Renderer};

mod cut;
mod entry;
mod fold;
mod index;
mod text;

use entry::Entry;
use index::{Index, Unit};

/// Begins the ids of all interface words of searching, which the browser needs in every language of the site.
const WORDS: &str = "search-";

/// A language of the site, for the browser.
#[derive(Debug, Serialize)]
struct Spoken {
    /// As in `lang`.
    html: String,
    /// What it calls itself.
    name: String,
    /// How many entries are in it.
    count: usize,
    /// What the page for searching says, by the ends of the ids.
    words: Vec<(String, String)>,
}

/// An entry, and the keys by which each part of it is found.
pub type Cut = (Entry, Vec<Unit>);

/// What a page is found by: nothing where the site is not searched.
pub fn of_page(site: &Site, leaf: &Leaf, view: &View) -> Vec<Cut> {
    let page = &site.pages[leaf.page];
    if !site.settings.search || leaf.number > 1 || !entry::is_listed(site, page) {
        return Vec::new();
    }
    let href = site.settings.links.href(Standpoint::Page(&Route::page([""])), &leaf.route);
    entry::entries(site, page, view, &href).into_iter().map(index::cut).collect()
}

/// The files of the index of all pages, none where the site is not searched. Pages stand by language, and so do entries.
pub fn files(renderer: &Renderer<'_>, pages: Vec<(PageId, Vec<Cut>)>) -> Vec<(String, Vec<u8>)> {
    let site = renderer.site;
    if !site.settings.search {
        return Vec::new();
    }
    let counts: Vec<(&Language, usize)> =
        pages.iter().map(|(id, cut)| (&site.pages[*id].language, cut.len())).collect();
    let spoken = |language: &Language| Spoken {
        html: language.html().to_owned(),
        name: language.native_name().to_owned(),
        count: counts.iter().filter(|(own, _)| *own == language).map(|(_, count)| count).sum(),
        words: words(renderer, language),
    };
    let languages: Vec<Spoken> = site.settings.languages.iter().map(spoken).collect();
    Index::of(pages.into_iter().flat_map(|(_, cut)| cut)).files(&languages)
}

/// The interface words of searching. Those with a number in them stay patterns: `{$count}` is filled in by the browser.
fn words(renderer: &Renderer<'_>, language: &Language) -> Vec<(String, String)> {
    let theme = renderer.themes.get(&renderer.site.settings.theme);
    let Some(words) = theme.and_then(|theme| theme.words(language)) else { return Vec::new() };
    let keys = words.keys().filter_map(|key| Some((key, key.strip_prefix(WORDS)?)));
    keys.filter_map(|(key, name)| Some((name.to_owned(), words.get(key, &[])?))).collect()
}
