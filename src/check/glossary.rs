//! Texts should call things what the glossary calls them.

use crate::diagnostic::{Diagnostic, Span, glossary};
use crate::locale::find_word;
use crate::model::{Page, Site};

/// Words that the glossary asks not to be used. `text` gives the text of a source, so that the word can be pointed at.
pub(super) fn avoided<'t>(site: &Site, text: &dyn Fn(&str) -> Option<&'t str>) -> Vec<Diagnostic> {
    if site.data.terms().all(|term| term.avoid.is_empty()) {
        return Vec::new();
    }
    site.pages.iter().flat_map(|page| on_page(site, page, text)).collect()
}

fn on_page<'t>(site: &Site, page: &Page, text: &dyn Fn(&str) -> Option<&'t str>) -> Vec<Diagnostic> {
    let Some(document) = &page.document else { return Vec::new() };
    let mut findings = Vec::new();
    for term in site.data.terms() {
        let Some(right) = term.in_language(&page.language) else { continue };
        let of_language = term.avoid.iter().filter(|(language, _)| language.html() == page.language.html());
        for word in of_language.flat_map(|(_, words)| words) {
            // The right word may hold the wrong one: it is taken out before.
            if find_word(&without(&document.body.plain, right), word).is_none() {
                continue;
            }
            let start = text(&document.path).and_then(|text| find_word(text, word));
            let span = start.map_or_else(
                || Span::file(&document.path),
                |start| Span::new(&document.path, start, start + word.len()),
            );
            findings.push(glossary::avoided_word(span, word, right, term.span.clone()));
        }
    }
    findings
}

/// `text` without the places where it says `right`.
fn without(text: &str, right: &str) -> String {
    let (mut rest, mut kept) = (text, String::new());
    while let Some(start) = find_word(rest, right) {
        kept.push_str(&rest[..start]);
        kept.push('\n');
        rest = &rest[start + right.len()..];
    }
    kept + rest
}
