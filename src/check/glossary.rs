//! Texts should call things what the glossary calls them.

use std::ops::Range;

use crate::diagnostic::{Diagnostic, Span, glossary};
use crate::locale::word_at;
use crate::model::{Page, Site};
use crate::parse::front_matter;

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

/// The words of a source as they are read: without front matter, code and addresses, and lines joined.
struct Prose {
    text: String,
    /// Where each byte of the text stands in the source.
    places: Vec<usize>,
}

impl Prose {
    fn of(source: &str) -> Prose {
        let split = front_matter::split(source);
        let mut prose = Prose { text: String::new(), places: Vec::new() };
        let (mut at, mut fence) = (split.markdown_offset, None);
        for line in split.markdown.split_inclusive('\n') {
            let start = line.trim_start();
            let opens = ["```", "~~~"].into_iter().find(|mark| start.starts_with(mark));
            match (fence, opens) {
                (Some(open), Some(mark)) if open == mark => fence = None,
                (None, Some(mark)) => fence = Some(mark),
                (None, None) => prose.push_line(line, at),
                (Some(_), _) => {}
            }
            at += line.len();
        }
        prose
    }

    fn push_line(&mut self, line: &str, offset: usize) {
        // A blank line ends a paragraph: no word goes on behind it.
        if line.trim().is_empty() {
            return self.push('\n', offset);
        }
        let is_joined = self.text.ends_with(is_wide) && line.starts_with(is_wide);
        if !self.text.is_empty() && !is_joined {
            self.push(' ', offset);
        }
        let (mut is_code, mut is_address, mut before) = (false, false, ' ');
        for (at, letter) in line.trim_end().char_indices() {
            match letter {
                '`' => is_code = !is_code,
                '(' if before == ']' => is_address = true,
                ')' if is_address => is_address = false,
                _ => {}
            }
            self.push(if is_code || is_address { '\n' } else { letter }, offset + at);
            before = letter;
        }
    }

    fn push(&mut self, letter: char, place: usize) {
        self.text.push(letter);
        self.places.extend((0..letter.len_utf8()).map(|byte| place + byte));
    }

    /// Where `word` stands in the source, but for where it is a part of `right`.
    fn places(&self, word: &str, right: &str) -> Vec<Range<usize>> {
        let (mut found, mut read) = (Vec::new(), 0);
        for (at, _) in self.text.char_indices() {
            if at < read {
                continue;
            }
            let (of_right, of_word) = (word_at(&self.text, at, right), word_at(&self.text, at, word));
            if let Some(length) = of_word.filter(|length| of_right.is_none_or(|right| right < *length)) {
                let ends = (self.places.get(at), self.places.get(at + length - 1));
                found.extend(if let (Some(start), Some(end)) = ends { Some(*start..end + 1) } else { None });
            }
            read = at + of_word.max(of_right).unwrap_or_default();
        }
        found
    }
}

/// Letters between which a line break is no space.
fn is_wide(letter: char) -> bool {
    letter as u32 >= 0x2E80
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
