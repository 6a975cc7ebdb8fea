//! The index for searching without a server: files that the script of the page for searching loads as it needs them.
//!
//! It is of our own making because index and query must cut words in the same way: Japanese is found by any part of a
//! word, which indexes of whole words can't do, and the browser has to fold and cut a query exactly as the text was.
//! Its files are plain scripts that call one function, so they also load from a folder without a server and under a
//! Content-Security-Policy that allows neither `eval` nor WebAssembly.

use rayon::prelude::*;

use crate::locale::Language;
use crate::model::{Route, Site, Standpoint};
use crate::publish::whole::Published;
use crate::render::Renderer;

mod cut;
mod entry;
mod fold;
mod index;
mod text;

use index::{Index, Sheet, Spoken};

/// Begins the ids of all interface words of searching, which the browser needs in every language of the site.
const WORDS: &str = "search-";
/// How many pages are cut at a time, on all cores, before they enter the index: what is cut takes more room than its index.
const AT_A_TIME: usize = 128;

/// The files of the index, none where the site is not searched.
pub fn files(renderer: &Renderer<'_>, pages: &[Published]) -> Vec<(String, Vec<u8>)> {
    let site = renderer.site;
    if !site.settings.search {
        return Vec::new();
    }
    let spoken = |language: &Language| Spoken {
        html: language.html().to_owned(),
        name: language.native_name().to_owned(),
        count: 0,
        words: words(renderer, language),
    };
    // Pages stand by language in the order of the settings, and so do entries.
    let mut index = Index::new(site.settings.languages.iter().map(spoken).collect());
    for some in pages.chunks(AT_A_TIME) {
        let cut: Vec<Vec<Sheet>> = some.par_iter().map(|page| cut_page(site, page)).collect();
        for (page, sheets) in some.iter().zip(cut) {
            let language = site.settings.position(&site.pages[page.leaf.page].language);
            sheets.into_iter().for_each(|sheet| index.add(language, sheet));
        }
    }
    index.files()
}

fn cut_page(site: &Site, page: &Published) -> Vec<Sheet> {
    if !entry::is_listed(site, page) {
        return Vec::new();
    }
    let href = site.settings.links.href(Standpoint::Page(&Route::page([""])), &page.leaf.route);
    entry::entries(site, page, &href).iter().map(index::cut).collect()
}

/// The interface words of searching. Those with a number in them stay patterns: `{$count}` is filled in by the browser.
fn words(renderer: &Renderer<'_>, language: &Language) -> Vec<(String, String)> {
    let theme = renderer.themes.get(&renderer.site.settings.theme);
    let Some(words) = theme.and_then(|theme| theme.words(language)) else { return Vec::new() };
    let keys = words.keys().filter_map(|key| Some((key, key.strip_prefix(WORDS)?)));
    keys.filter_map(|(key, name)| Some((name.to_owned(), words.get(key, &[])?))).collect()
}
