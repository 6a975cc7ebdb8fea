//! Markdown to [`Body`]: CommonMark with what an office needs for a zine, and Japanese as a first-class language.
//!
//! A text is prepared ([`prepare`]), parsed into events by pulldown-cmark, and walked once ([`walk`]). The walk writes
//! finished HTML, and leaves a [`Part`] open wherever other files are needed. Fences that are blocks ([`block`]) are
//! read as texts of their own, with places that still point into the file.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use pulldown_cmark::{Event, Options, Parser, Tag};

use super::{Body, Dialect, Part};
use crate::diagnostic::{Checked, Diagnostic, Span, markdown as finding};
use crate::locale::Language;

mod block;
mod highlight;
mod link;
pub mod math;
mod note;
mod prepare;
mod sanitize;
mod table;
mod walk;
mod words;
mod write;

use note::Notes;
use prepare::{HOOK, Placed, Prepared};
use walk::{Manner, Walk};
use words::Words;

/// The fences that are blocks in every theme. `panel` is apart: its content is data for a statistic panel.
pub const BLOCKS: &[&str] = &["qa", "pull", "tate", "profile", "gallery", "hospital", "programme", "figures", "tables"];

/// The deepest that blocks may hold blocks.
const DEEPEST: usize = 4;
/// The most findings of one page: a page with more needs none of the rest.
const MOST_FINDINGS: usize = 200;

/// What the parsing of one text depends on, besides the text.
#[derive(Debug, Clone, Copy)]
pub struct Context<'a> {
    /// The file.
    pub path: &'a Arc<str>,
    /// The language of the text.
    pub language: &'a Language,
    /// Whether `$…$` is math.
    pub math: bool,
    /// The site's settings.
    pub dialect: &'a Dialect,
}

/// Reads the body of a page, which begins at byte `offset` of its file.
pub fn parse(markdown: &str, offset: usize, context: &Context<'_>) -> Checked<Body> {
    body_and_words(markdown, offset, context).map(|(body, _)| body)
}

/// The body of a page, and its words alone.
fn body_and_words(markdown: &str, offset: usize, context: &Context<'_>) -> Checked<(Body, String)> {
    let mut page = Page::new(markdown, offset, context);
    let mut text = Placed::new();
    text.push(markdown, offset);
    let body = page.body(&text, Manner::default());
    Checked::new(body, page.into_findings())
}

/// Reads text within a line, such as a caption or a title, which stands at byte `offset` of its file.
///
/// Whatever would begin a list, a heading or a table is text here.
pub fn inline(text: &str, offset: usize, context: &Context<'_>) -> Checked<Vec<Part>> {
    let mut page = Page::new(text, offset, context);
    let mut placed = Placed::new();
    placed.push(text, offset);
    let parts = page.inline(&placed);
    Checked::new(parts, page.into_findings())
}

/// Whether a line is a heading, an item of a list or a row of a table: what a person takes for a thing of
/// its own. Not what the parser goes by.
pub fn begins_block(line: &str) -> bool {
    let line = line.trim_start();
    let number = line.trim_start_matches(|c: char| c.is_ascii_digit());
    let is_numbered = number.len() < line.len() && (number.starts_with(". ") || number.starts_with(") "));
    is_numbered || ["#", "- ", "* ", "+ ", "|", ": ", "> "].iter().any(|mark| line.starts_with(mark))
}

/// What all texts of one page share: findings, anchors, notes.
struct Page<'a> {
    context: &'a Context<'a>,
    /// The text of the file from `start` on.
    file: &'a str,
    start: usize,
    findings: Vec<Diagnostic>,
    unreported: usize,
    anchors: Anchors,
    notes: Notes,
    words: &'static Words,
    /// How many blocks are open.
    depth: usize,
    /// Bytes of code that may still be coloured.
    colourable: usize,
    has_math: bool,
}

impl<'a> Page<'a> {
    fn new(file: &'a str, start: usize, context: &'a Context<'a>) -> Page<'a> {
        Page {
            context,
            file,
            start,
            findings: Vec::new(),
            unreported: 0,
            anchors: Anchors::default(),
            notes: Notes::default(),
            words: Words::of(context.language),
            depth: 0,
            colourable: highlight::MOST,
            has_math: false,
        }
    }

    fn body(&mut self, text: &Placed, manner: Manner) -> (Body, String) {
        let text = self.notes.with_stubs(text);
        let prepared = Prepared::new(&text.text, &text.pieces);
        let events = self.events(&prepared, true);
        Walk::new(self, &prepared, &events, manner).body()
    }

    fn inline(&mut self, text: &Placed) -> Vec<Part> {
        self.inline_with_plain(text).0
    }

    /// Text within a line, and its words alone.
    fn inline_with_plain(&mut self, text: &Placed) -> (Vec<Part>, String) {
        if !text.text.contains(|c: char| c.is_ascii_punctuation() || c == '\n') {
            let mut html = String::new();
            super::japanese::escape(&mut html, &text.text);
            return (if html.is_empty() { Vec::new() } else { vec![Part::Html(html)] }, text.text.clone());
        }
        let text = one_paragraph(text);
        let prepared = Prepared::new(&text.text, &text.pieces);
        let events = self.events(&prepared, false);
        Walk::new(self, &prepared, &events, Manner { in_line: true, ..Manner::default() }).line()
    }

    fn events<'t>(&self, prepared: &'t Prepared<'t>, blocks: bool) -> Vec<(Event<'t>, Range<usize>)> {
        let mut options = Options::ENABLE_STRIKETHROUGH;
        if blocks {
            options |= Options::ENABLE_TABLES
                | Options::ENABLE_FOOTNOTES
                | Options::ENABLE_TASKLISTS
                | Options::ENABLE_HEADING_ATTRIBUTES
                | Options::ENABLE_GFM
                | Options::ENABLE_DEFINITION_LIST;
        }
        if self.context.math {
            options |= Options::ENABLE_MATH;
        }
        Parser::new_ext(&prepared.text, options).into_offset_iter().collect()
    }

    /// The span of a range of the file.
    fn span(&self, range: Range<usize>) -> Span {
        Span::new(self.context.path, range.start, range.end)
    }

    fn find(&mut self, finding: Diagnostic) {
        if self.findings.len() < MOST_FINDINGS {
            self.findings.push(finding);
        } else {
            self.unreported += 1;
        }
    }

    /// Whether further findings are only counted. Looking for the nearest of many names is then in vain; so it counts.
    fn is_full(&mut self) -> bool {
        let is_full = self.findings.len() >= MOST_FINDINGS;
        self.unreported += usize::from(is_full);
        is_full
    }

    fn into_findings(mut self) -> Vec<Diagnostic> {
        if self.unreported > 0 {
            let end = self.start + self.file.len();
            self.findings.push(finding::and_more(self.span(end..end), self.unreported));
        }
        self.findings
    }

    /// Takes an anchor that an author wrote. Where it is taken already, another one is made of it.
    fn claim(&mut self, id: &str, range: Range<usize>) -> String {
        let span = self.span(range);
        match self.anchors.claim(id, &span) {
            Ok(()) => id.to_owned(),
            Err(first) => {
                self.find(finding::duplicate_anchor(span, first, id));
                self.anchors.unique(id)
            }
        }
    }
}

/// Makes a text one paragraph, whatever its lines begin with: the hook before each is no beginning of anything.
fn one_paragraph(text: &Placed) -> Placed {
    let mut paragraph = Placed::new();
    let mut position = 0;
    for line in text.text.split_inclusive('\n') {
        let content = line.trim_start();
        let start = position + line.len() - content.len();
        position += line.len();
        if content.is_empty() {
            continue;
        }
        let mut hook = [0; 4];
        paragraph.text.push_str(HOOK.encode_utf8(&mut hook));
        // A hook has no place in the file: the piece begins after it.
        for (offset, piece) in line_pieces(text, start..position) {
            paragraph.pieces.push((paragraph.text.len() + offset, piece));
        }
        paragraph.text.push_str(content);
    }
    paragraph
}

fn line_pieces(text: &Placed, range: Range<usize>) -> Vec<(usize, usize)> {
    let within = text.pieces.iter().filter(|(start, _)| *start > range.start && *start < range.end);
    let mut pieces = vec![(0, text.at(range.start))];
    pieces.extend(within.map(|(start, at)| (start - range.start, *at)));
    pieces
}

/// The anchors of a page.
#[derive(Debug, Default)]
struct Anchors {
    /// Where each was given; `None` for one that will be, or that was made by us.
    taken: BTreeMap<String, Anchor>,
    /// How often a text made an anchor, so that a thousand headings of one text take no thousand tries each.
    count: BTreeMap<String, usize>,
}

#[derive(Debug)]
enum Anchor {
    /// An author writes it further below.
    Reserved,
    Made,
    Given(Span),
}

impl Anchors {
    fn reserve(&mut self, id: &str) {
        self.taken.entry(id.to_owned()).or_insert(Anchor::Reserved);
    }

    fn claim(&mut self, id: &str, span: &Span) -> Result<(), Option<Span>> {
        match self.taken.get(id) {
            Some(Anchor::Given(first)) => Err(Some(first.clone())),
            Some(Anchor::Made) => Err(None),
            Some(Anchor::Reserved) | None => {
                self.taken.insert(id.to_owned(), Anchor::Given(span.clone()));
                Ok(())
            }
        }
    }

    /// The anchor itself, or with a number where it is taken.
    fn unique(&mut self, id: &str) -> String {
        let count = self.count.entry(id.to_owned()).or_insert(0);
        loop {
            *count += 1;
            let candidate = if *count == 1 { id.to_owned() } else { format!("{id}-{count}") };
            if !self.taken.contains_key(&candidate) {
                self.taken.insert(candidate.clone(), Anchor::Made);
                return candidate;
            }
        }
    }
}

/// The index after the end of the element that begins at `start`.
fn after(events: &[(Event<'_>, Range<usize>)], start: usize) -> usize {
    let mut depth = 0usize;
    for (index, (event, _)) in events.iter().enumerate().skip(start) {
        match event {
            Event::Start(_) => depth += 1,
            Event::End(_) => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 {
            return index + 1;
        }
    }
    events.len()
}

/// Whether an event begins something within a line.
fn is_in_line(tag: &Tag<'_>) -> bool {
    matches!(
        tag,
        Tag::Emphasis
            | Tag::Strong
            | Tag::Strikethrough
            | Tag::Link { .. }
            | Tag::Image { .. }
            | Tag::Superscript
            | Tag::Subscript
    )
}

#[cfg(test)]
mod tests;
