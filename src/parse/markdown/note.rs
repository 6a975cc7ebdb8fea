//! Footnotes: numbered in the order of their first mark, printed at the end of the page, each with its ways back.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use super::super::Part;
use super::prepare::Placed;
use super::words::Words;
use super::write::Writer;

/// The longest label that a block can use.
const LONGEST_LABEL: usize = 200;

/// The notes of a page.
#[derive(Debug, Default)]
pub struct Notes {
    /// In the order of their numbers.
    pub marked: Vec<Note>,
    numbers: BTreeMap<String, usize>,
    /// The labels that the page itself defines, in lower case, so that its blocks can refer to them.
    pub labels: BTreeSet<String>,
}

/// A note to which the text refers.
#[derive(Debug)]
pub struct Note {
    /// Its label in lower case.
    pub label: String,
    /// How often it is referred to.
    marks: usize,
    /// Its content, once it is known.
    pub content: Option<Vec<Part>>,
}

impl Notes {
    /// Writes the mark of a note.
    pub fn mark(&mut self, out: &mut Writer, label: &str, words: &Words) {
        let label = label.to_lowercase();
        let next = self.marked.len();
        let index = *self.numbers.entry(label.clone()).or_insert(next);
        if index == next {
            self.marked.push(Note { label, marks: 0, content: None });
        }
        let Some(note) = self.marked.get_mut(index) else { return };
        note.marks += 1;
        let (number, mark, word) = (index + 1, mark_id(index + 1, note.marks), words.note_mark);
        _ = write!(
            out.html,
            "<sup class=\"fnref\"><a id=\"{mark}\" href=\"#fn-{number}\" role=\"doc-noteref\" aria-label=\"{word}{number}\">{number}</a></sup>"
        );
    }

    /// Whether the text refers to a note.
    pub fn is_marked(&self, label: &str) -> bool {
        self.numbers.contains_key(&label.to_lowercase())
    }

    /// A block's text with empty definitions of the page's notes before it: the parser knows marks only with definitions.
    pub fn with_stubs(&self, text: &Placed) -> Placed {
        if self.labels.is_empty() {
            return text.clone();
        }
        let mut with = Placed::new();
        let mut written = BTreeSet::new();
        for rest in text.text.split("[^").skip(1) {
            let Some((label, _)) = rest.split_once(']') else { continue };
            if label.len() < LONGEST_LABEL && self.labels.contains(&label.to_lowercase()) && written.insert(label) {
                _ = write!(with.text, "[^{label}]: x\n\n");
            }
        }
        if with.text.is_empty() {
            return text.clone();
        }
        let stubs = with.text.len();
        with.pieces.extend(text.pieces.iter().map(|(start, at)| (start + stubs, *at)));
        with.text.push_str(&text.text);
        with
    }

    /// Writes the list of all notes.
    pub fn list(self, out: &mut Writer, words: &Words) {
        if self.marked.is_empty() {
            return;
        }
        _ = write!(
            out.html,
            "<section class=\"footnotes\" role=\"doc-endnotes\" aria-label=\"{}\">\n<ol>\n",
            words.notes
        );
        for (index, note) in self.marked.into_iter().enumerate() {
            let number = index + 1;
            _ = write!(out.html, "<li id=\"fn-{number}\">");
            let back = ways_back(number, note.marks, words);
            let mut content = note.content.unwrap_or_default();
            // The way back stands at the end of the last paragraph, not below it.
            match content.last_mut() {
                Some(Part::Html(html)) if html.ends_with("</p>\n") => {
                    html.truncate(html.len() - "</p>\n".len());
                    html.push_str(&back);
                    html.push_str("</p>\n");
                }
                _ => content.push(Part::Html(back)),
            }
            out.append(content);
            out.html("</li>\n");
        }
        out.html("</ol>\n</section>\n");
    }
}

fn mark_id(number: usize, mark: usize) -> String {
    if mark == 1 { format!("fnref-{number}") } else { format!("fnref-{number}-{mark}") }
}

fn ways_back(number: usize, marks: usize, words: &Words) -> String {
    let mut html = String::new();
    for mark in 1..=marks {
        let (id, word) = (mark_id(number, mark), words.back);
        let which = if mark == 1 { number.to_string() } else { format!("{number}-{mark}") };
        _ = write!(
            html,
            " <a class=\"fn-back\" href=\"#{id}\" role=\"doc-backlink\" aria-label=\"{word}{which}\">↩</a>"
        );
    }
    html
}
