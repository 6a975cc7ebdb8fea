//! The index for searching without a server: files that the script of the page for searching loads as it needs them.
//!
//! It is of our own making because index and query must cut words in the same way: Japanese is found by any part of a
//! word, which indexes of whole words can't do, and the browser has to fold and cut a query exactly as the text was.
//! Its files are plain scripts that call one function, so they also load from a folder without a server and under a
//! Content-Security-Policy that allows neither `eval` nor WebAssembly.

use std::sync::Arc;

use crate::locale::Language;
use crate::model::{PageId, Route, Site, Standpoint};
use crate::render::view::View;
use crate::render::{Leaf, Renderer};

mod cut;
mod entry;
mod fold;
mod index;
mod text;

use index::Spoken;
pub use index::{Index, Sheet};

/// Begins the ids of all interface words of searching, which the browser needs in every language of the site.
const WORDS: &str = "search-";

/// What a page is found by: nothing where the site is not searched.
pub fn of_page(site: &Site, leaf: &Leaf, view: &View) -> Arc<[Sheet]> {
    let page = &site.pages[leaf.page];
    if !site.settings.search || leaf.number > 1 || !entry::is_listed(site, page) {
        return Arc::default();
    }
    let href = site.settings.links.href(Standpoint::Page(&Route::page([""])), &leaf.route);
    entry::entries(site, page, view, &href).iter().map(index::cut).collect()
}

/// The index of a site before any page is in it; none where the site is not searched.
pub fn begin(renderer: &Renderer<'_>) -> Option<Index> {
    let settings = &renderer.site.settings;
    let spoken = |language: &Language| Spoken {
        html: language.html().to_owned(),
        name: language.native_name().to_owned(),
        count: 0,
        words: words(renderer, language),
    };
    settings.search.then(|| Index::new(settings.languages.iter().map(spoken).collect()))
}

/// Adds a page. Pages come by language, in the order of the settings, and so do entries.
pub fn add(index: &mut Index, site: &Site, page: PageId, sheets: &[Sheet]) {
    let language = site.settings.position(&site.pages[page].language);
    sheets.iter().for_each(|sheet| index.add(language, sheet));
}

/// The interface words of searching. Those with a number in them stay patterns: `{$count}` is filled in by the browser.
fn words(renderer: &Renderer<'_>, language: &Language) -> Vec<(String, String)> {
    let theme = renderer.themes.get(&renderer.site.settings.theme);
    let Some(words) = theme.and_then(|theme| theme.words(language)) else { return Vec::new() };
    let keys = words.keys().filter_map(|key| Some((key, key.strip_prefix(WORDS)?)));
    keys.filter_map(|(key, name)| Some((name.to_owned(), words.get(key, &[])?))).collect()
}
