//! Texts should call things what the glossary calls them.

use super::prose::Prose;
use crate::diagnostic::{Diagnostic, Span, glossary};
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
    let Some(prose) = text(&document.path).map(Prose::of) else { return Vec::new() };
    let mut findings = Vec::new();
    for term in site.data.terms() {
        let Some(right) = term.in_language(&page.language) else { continue };
        let of_language = term.avoid.iter().filter(|(language, _)| language.html() == page.language.html());
        for word in of_language.flat_map(|(_, words)| words) {
            for place in prose.places(word, right) {
                let span = Span::new(&document.path, place.start, place.end);
                findings.push(glossary::avoided_word(span, word, right, term.span.clone()));
            }
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found<'t>(text: &'t str, word: &str, right: &str) -> Vec<&'t str> {
        Prose::of(text).places(word, right).into_iter().filter_map(|range| text.get(range)).collect()
    }

    #[test]
    fn every_place_is_found_where_it_is_read() {
        let text = "---\ntitle: internship\n---\nInternships and `internship`, [an internship](internship.md).\n\n```\ninternship\n```\nNo clinical\ninternship.\n";
        assert_eq!(found(text, "internship", "residency"), ["Internships", "internship", "internship"]);
        assert_eq!(found(text, "clinical internship", "residency"), ["clinical\ninternship"]);
        assert_eq!(found("初期臨床\n研修と研修", "研修", "臨床研修"), ["研修"]);
        assert_eq!(found("初期研\n修", "研修", "臨床研修"), ["研\n修"]);
        assert_eq!(found("研\n\n修", "研修", "臨床研修"), [""; 0]);
    }
}
