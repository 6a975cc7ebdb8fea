//! [`Walk`]: one pass over the events of a text, writing its body.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::ops::Range;

use pulldown_cmark::{BlockQuoteKind, CodeBlockKind, Event, HeadingLevel, Tag, TagEnd};

use super::super::japanese;
use super::super::{Body, Formula, Heading, Part, Target};
use super::prepare::{Prepared, RUBY_BAR, RUBY_CLOSE, RUBY_OPEN};
use super::sanitize::{self, Token};
use super::table::{Caption, Table};
use super::write::Writer;
use super::{Page, after, is_in_line, math};
use crate::diagnostic::{Diagnostic, markdown as finding};

/// The most raw tags that may be open at once.
const MOST_RAW: usize = 64;

/// How a text is written.
#[derive(Debug, Clone, Copy, Default)]
pub struct Manner {
    /// Vertical: short numbers stand upright.
    pub tate: bool,
    /// Within a line: no paragraphs around it.
    pub in_line: bool,
    /// A second time, for a table of contents or a list: no links, pictures, footnote marks, anchors or findings.
    pub quiet: bool,
}

/// The state of the pass.
pub struct Walk<'w, 'p> {
    pub(super) page: &'w mut Page<'p>,
    pub(super) prepared: &'w Prepared<'w>,
    pub(super) events: &'w [(Event<'w>, Range<usize>)],
    pub(super) manner: Manner,
    pub(super) out: Writer,
    pub(super) plain: String,
    pub(super) summary: Option<Vec<Part>>,
    headings: Vec<Heading>,
    /// Footnotes of this text: label, place in it, events.
    definitions: Vec<(String, Range<usize>, Range<usize>)>,
    /// How many raw tags were open where each Markdown container began.
    levels: Vec<usize>,
    raw: Vec<RawTag>,
    /// Parts of the text that were read as something else: attributes of a picture, the mark of a caption.
    pub(super) hidden: Vec<Range<usize>>,
    /// The last visible character of the line.
    pub(super) last: Option<char>,
    /// How open links end.
    pub(super) closers: Vec<&'static str>,
    pub(super) table: Option<Table<'w>>,
    pub(super) caption: Option<Caption>,
    breaks: Breaks,
    within_notes: bool,
}

fn name_of(level: HeadingLevel) -> &'static str {
    match level {
        HeadingLevel::H1 => "h1",
        HeadingLevel::H2 => "h2",
        HeadingLevel::H3 => "h3",
        HeadingLevel::H4 => "h4",
        HeadingLevel::H5 => "h5",
        HeadingLevel::H6 => "h6",
    }
}

struct RawTag {
    name: &'static str,
    range: Range<usize>,
}

/// Where phrases of a heading end, counted from `base` in the plain text.
#[derive(Default)]
struct Breaks {
    at: Vec<usize>,
    next: usize,
    base: usize,
}

impl<'w, 'p> Walk<'w, 'p> {
    pub(super) fn new(
        page: &'w mut Page<'p>,
        prepared: &'w Prepared<'w>,
        events: &'w [(Event<'w>, Range<usize>)],
        manner: Manner,
    ) -> Walk<'w, 'p> {
        Walk {
            page,
            prepared,
            events,
            manner,
            out: Writer { html: String::with_capacity(prepared.text.len()), ..Writer::default() },
            plain: String::with_capacity(prepared.text.len()),
            summary: None,
            headings: Vec::new(),
            definitions: Vec::new(),
            levels: Vec::new(),
            raw: Vec::new(),
            hidden: Vec::new(),
            last: None,
            closers: Vec::new(),
            table: None,
            caption: None,
            breaks: Breaks::default(),
            within_notes: false,
        }
    }

    /// The whole text as a body, and its words alone: without marks, fenced code, panels or footnotes; blocks, and what they
    /// hold, separated by newlines. Values are left out.
    pub(super) fn body(mut self) -> (Body, String) {
        let had_math = std::mem::take(&mut self.page.has_math);
        self.gather();
        self.run(0..self.events.len());
        self.close_raw(0);
        self.settle_notes();
        if self.page.depth == 0 {
            let words = self.page.words;
            std::mem::take(&mut self.page.notes).list(&mut self.out, words);
        }
        let has_math = self.page.has_math;
        self.page.has_math |= had_math;
        let plain = self.plain.trim().to_owned();
        // No longer than they are: a site holds all of its bodies.
        self.headings.shrink_to_fit();
        let body = Body {
            parts: self.out.finish(),
            headings: self.headings,
            reading_minutes: japanese::reading_minutes(&plain),
            summary: self.summary.unwrap_or_default(),
            has_math,
        };
        (body, plain)
    }

    /// The whole text as the content of a line, and its words alone.
    pub(super) fn line(mut self) -> (Vec<Part>, String) {
        self.run(0..self.events.len());
        self.close_raw(0);
        (self.out.finish(), self.plain)
    }

    /// What must be known before: where the footnotes are, and which anchors authors gave.
    fn gather(&mut self) {
        let mut open = Vec::new();
        for (index, (event, range)) in self.events.iter().enumerate() {
            match event {
                Event::Start(Tag::FootnoteDefinition(label)) => {
                    let label = self.prepared.clean(label).to_lowercase();
                    open.push(self.definitions.len());
                    self.definitions.push((label, range.clone(), index..index + 1));
                }
                Event::End(TagEnd::FootnoteDefinition) => {
                    let definition = open.pop().and_then(|index| self.definitions.get_mut(index));
                    if let Some((_, _, events)) = definition {
                        events.end = index + 1;
                    }
                }
                Event::Start(Tag::Heading { id: Some(id), .. }) => self.page.anchors.reserve(&self.prepared.clean(id)),
                _ => {}
            }
        }
        if self.page.depth == 0 {
            self.page.notes.labels = self.definitions.iter().map(|(label, ..)| label.clone()).collect();
        }
    }

    /// Writes the footnotes that this text defines and to which a text refers, until none of them refers to another.
    fn settle_notes(&mut self) {
        if self.definitions.is_empty() {
            return;
        }
        let definitions = std::mem::take(&mut self.definitions);
        let mut contents: BTreeMap<&str, Range<usize>> = BTreeMap::new();
        for (label, place, events) in &definitions {
            if self.prepared.is_placed(place.start) {
                contents.entry(label).or_insert(events.start + 1..events.end.saturating_sub(1));
            }
        }
        self.definitions = definitions.clone();
        self.within_notes = true;
        let mut index = 0;
        while let Some(note) = self.page.notes.marked.get(index) {
            if let Some(events) = contents.get(note.label.as_str()).filter(|_| note.content.is_none()).cloned() {
                let content = self.aside(|walk| walk.run(events)).0;
                if let Some(note) = self.page.notes.marked.get_mut(index) {
                    note.content = Some(content);
                }
            }
            index += 1;
        }
        for (label, place, _) in definitions {
            if self.prepared.is_placed(place.start) && !self.page.notes.is_marked(&label) {
                let start = self.prepared.at(place.start);
                let span = self.page.span(start..start + "[^]".len() + label.len());
                self.page.find(finding::unused_footnote(span, &label));
            }
        }
    }

    /// What `write` writes, and its words, apart from the body.
    pub(super) fn aside(&mut self, write: impl FnOnce(&mut Self)) -> (Vec<Part>, String) {
        let (out, plain) = (std::mem::take(&mut self.out), std::mem::take(&mut self.plain));
        let last = self.last.take();
        let level = self.raw.len();
        self.levels.push(level);
        write(self);
        self.levels.pop();
        self.close_raw(level);
        self.last = last;
        let (out, plain) = (std::mem::replace(&mut self.out, out), std::mem::replace(&mut self.plain, plain));
        (out.finish(), plain)
    }

    /// Events written a second time, without what may stand only once.
    pub(super) fn quietly(&mut self, events: Range<usize>, breaks: Vec<usize>) -> (Vec<Part>, String) {
        let (manner, reported) = (self.manner, (self.page.findings.len(), self.page.unreported));
        self.manner.quiet = true;
        let breaks = std::mem::replace(&mut self.breaks, Breaks { at: breaks, next: 0, base: 0 });
        let written = self.aside(|walk| walk.run(events));
        self.breaks = breaks;
        self.manner = manner;
        self.page.findings.truncate(reported.0);
        self.page.unreported = reported.1;
        written
    }

    pub(super) fn run(&mut self, events: Range<usize>) {
        let mut index = events.start;
        while index < events.end {
            index = self.step(index);
        }
    }

    /// Writes the event at `index`, or the element that begins there; gives the index after it.
    fn step(&mut self, index: usize) -> usize {
        let Some((event, range)) = self.events.get(index) else { return index + 1 };
        match event {
            Event::Start(tag) => return self.start(index, tag, range),
            Event::End(tag) => self.end(tag, range),
            Event::Text(text) => self.text(index, text, range),
            Event::Code(code) => self.code(code, range),
            Event::InlineMath(latex) => self.math(latex, range, false),
            Event::DisplayMath(latex) => self.math(latex, range, true),
            Event::Html(html) | Event::InlineHtml(html) => {
                let html = self.prepared.clean(html);
                let start = range.start;
                let prepared = self.prepared;
                self.raw_html(&html, &|offset| prepared.at(start + offset), true);
            }
            Event::FootnoteReference(label) => {
                if !self.manner.quiet {
                    let label = self.prepared.clean(label);
                    self.page.notes.mark(&mut self.out, &label, self.page.words);
                }
            }
            Event::SoftBreak => self.soft_break(index),
            Event::HardBreak => {
                self.out.html("<br>\n");
                self.plain.push('\n');
                self.last = None;
            }
            Event::Rule => self.out.html("<hr>\n"),
            Event::TaskListMarker(done) => self.task(*done),
        }
        index + 1
    }

    fn start(&mut self, index: usize, tag: &'w Tag<'w>, range: &Range<usize>) -> usize {
        match tag {
            Tag::Paragraph => {
                if let Some(next) = self.special_paragraph(index) {
                    return next;
                }
                self.summarize(index);
                if !self.manner.in_line {
                    self.out.html("<p>");
                }
            }
            Tag::Heading { level, id, classes, .. } => {
                let id = id.as_ref().map(|id| self.prepared.clean(id).into_owned());
                let classes: Vec<_> = classes.iter().map(|class| self.prepared.clean(class)).collect();
                return self.heading(index, *level, id, &classes.join(" "), range);
            }
            Tag::BlockQuote(None) => self.out.html("<blockquote>\n"),
            Tag::BlockQuote(Some(kind)) => self.alert(*kind),
            Tag::CodeBlock(kind) => {
                let info = match kind {
                    CodeBlockKind::Fenced(info) => self.prepared.clean(info),
                    CodeBlockKind::Indented => "".into(),
                };
                return self.fence(index, &info, range);
            }
            Tag::HtmlBlock => return self.html_block(index),
            Tag::List(Some(1)) => self.out.html("<ol>\n"),
            Tag::List(Some(start)) => _ = writeln!(self.out.html, "<ol start=\"{start}\">"),
            Tag::List(None) => self.out.html("<ul>\n"),
            Tag::Item => self.out.html(if self.is_task(index) { "<li class=\"task\">" } else { "<li>" }),
            Tag::FootnoteDefinition(_) => return self.skip_definition(index),
            Tag::DefinitionList => self.out.html("<dl>\n"),
            Tag::DefinitionListTitle => self.out.html("<dt>"),
            Tag::DefinitionListDefinition => self.out.html("<dd>"),
            Tag::Table(alignments) => self.start_table(index, alignments),
            Tag::TableHead => self.start_table_head(),
            Tag::TableRow => self.start_table_row(),
            Tag::TableCell => self.start_table_cell(),
            Tag::Emphasis => self.out.html("<em>"),
            Tag::Strong => self.out.html("<strong>"),
            Tag::Strikethrough if self.is_tilde(range) => self.visible("~"),
            Tag::Strikethrough => self.out.html("<del>"),
            Tag::Superscript => self.out.html("<sup>"),
            Tag::Subscript => self.out.html("<sub>"),
            Tag::Link { link_type, dest_url, title, .. } => {
                if let Some(next) = self.start_link(index, *link_type, dest_url, title, range) {
                    return next;
                }
            }
            Tag::Image { .. } => return self.image(index, false),
            Tag::MetadataBlock(_) => {}
        }
        if !is_in_line(tag) {
            self.last = None;
        }
        self.levels.push(self.raw.len());
        index + 1
    }

    fn alert(&mut self, kind: BlockQuoteKind) {
        let (class, title) = self.page.words.alert(kind);
        _ = write!(
            self.out.html,
            "<aside class=\"note note-{class}\" role=\"note\">\n<p class=\"note-t\">{title}</p>\n"
        );
    }

    fn end(&mut self, tag: &TagEnd, range: &Range<usize>) {
        let level = self.levels.pop().unwrap_or(0);
        self.close_raw(level);
        let html = match tag {
            TagEnd::Paragraph if self.manner.in_line => "",
            TagEnd::Paragraph => "</p>\n",
            TagEnd::BlockQuote(None) => "</blockquote>\n",
            TagEnd::BlockQuote(Some(_)) => "</aside>\n",
            TagEnd::List(true) => "</ol>\n",
            TagEnd::List(false) => "</ul>\n",
            TagEnd::Item => "</li>\n",
            TagEnd::DefinitionList => "</dl>\n",
            TagEnd::DefinitionListTitle => "</dt>\n",
            TagEnd::DefinitionListDefinition => "</dd>\n",
            TagEnd::Table => return self.end_table(),
            TagEnd::TableHead => return self.end_table_head(),
            TagEnd::TableRow => "</tr>\n",
            TagEnd::TableCell => return self.end_table_cell(),
            TagEnd::Emphasis => "</em>",
            TagEnd::Strong => "</strong>",
            TagEnd::Strikethrough if self.is_tilde(range) => return self.visible("~"),
            TagEnd::Strikethrough => "</del>",
            TagEnd::Superscript => "</sup>",
            TagEnd::Subscript => "</sub>",
            TagEnd::Link => self.closers.pop().unwrap_or_default(),
            // Written as a whole where they begin.
            TagEnd::Heading(_) | TagEnd::CodeBlock | TagEnd::HtmlBlock | TagEnd::FootnoteDefinition | TagEnd::Image => {
                ""
            }
            TagEnd::MetadataBlock(_) => "",
        };
        self.out.html(html);
        let is_in_line = matches!(tag, TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link)
            || matches!(tag, TagEnd::Superscript | TagEnd::Subscript);
        if !is_in_line {
            self.end_block();
        }
    }

    /// Separates the words of blocks.
    pub(super) fn end_block(&mut self) {
        self.last = None;
        self.hidden.clear();
        if !self.plain.is_empty() && !self.plain.ends_with('\n') {
            self.plain.push('\n');
        }
    }

    /// A paragraph that holds just a picture or a formula, or is the caption of the table below it.
    fn special_paragraph(&mut self, index: usize) -> Option<usize> {
        if self.manner.in_line || self.manner.quiet {
            return None;
        }
        match &self.events.get(index + 1)?.0 {
            Event::Start(Tag::Image { .. }) => self.figure(index),
            Event::DisplayMath(latex) => self.display_formula(index, latex),
            Event::Text(text) => self.table_caption(index, text),
            _ => None,
        }
    }

    /// Keeps the first paragraph of the text for lists.
    fn summarize(&mut self, index: usize) {
        let is_first = self.summary.is_none() && self.levels.is_empty() && !self.within_notes;
        if !is_first || self.manner.in_line || self.manner.quiet {
            return;
        }
        let end = after(self.events, index);
        let (parts, plain) = self.quietly(index + 1..end - 1, Vec::new());
        let has_value = || parts.iter().any(|part| matches!(part, Part::Value(_)));
        if !plain.trim().is_empty() || has_value() {
            self.summary = Some(parts);
        }
    }

    fn heading(
        &mut self,
        index: usize,
        level: HeadingLevel,
        id: Option<String>,
        classes: &str,
        range: &Range<usize>,
    ) -> usize {
        let end = after(self.events, index);
        let inner = index + 1..end - 1;
        let (mut parts, text) = self.quietly(inner.clone(), Vec::new());
        let breaks = if self.page.context.language.is_japanese() { japanese::breaks(&text) } else { Vec::new() };
        if !breaks.is_empty() {
            parts = self.quietly(inner.clone(), breaks.clone()).0;
        }
        let text = text.trim().to_owned();
        let id = match id {
            Some(id) => self.page.claim(&id, self.prepared.at(range.start)..self.prepared.at(range.end)),
            None => self.page.anchors.unique(&japanese::anchor(&text)),
        };
        let name = name_of(level);
        self.out.html.extend(["<", name]);
        self.out.attribute("id", &id);
        if !classes.is_empty() {
            self.out.attribute("class", classes);
        }
        self.out.html(">");
        self.breaks = Breaks { at: breaks, next: 0, base: self.plain.len() };
        let level_of_raw = self.raw.len();
        self.levels.push(level_of_raw);
        self.run(inner);
        self.levels.pop();
        self.close_raw(level_of_raw);
        self.breaks = Breaks::default();
        self.out.html.extend(["</", name, ">\n"]);
        self.end_block();
        self.headings.push(Heading { level: level as u8, id, text, parts });
        end
    }

    fn skip_definition(&self, index: usize) -> usize {
        let place = self.definitions.binary_search_by_key(&index, |(_, _, events)| events.start);
        let definition = place.ok().and_then(|place| self.definitions.get(place));
        definition.map_or(index + 1, |(_, _, events)| events.end)
    }

    fn is_task(&self, item: usize) -> bool {
        let event = |index: usize| self.events.get(index).map(|(event, _)| event);
        let first = match event(item + 1) {
            Some(Event::Start(Tag::Paragraph)) => event(item + 2),
            other => other,
        };
        matches!(first, Some(Event::TaskListMarker(_)))
    }

    fn task(&mut self, done: bool) {
        let (checked, word) = if done { (" checked", self.page.words.done) } else { ("", self.page.words.open) };
        _ = write!(self.out.html, "<input type=\"checkbox\" disabled{checked} aria-label=\"{word}\"> ");
    }

    /// A single `~` strikes nothing out: Japanese writes 10~12時 with it.
    fn is_tilde(&self, range: &Range<usize>) -> bool {
        !self.prepared.text.get(range.start..).is_some_and(|text| text.starts_with("~~"))
    }

    fn text(&mut self, index: usize, text: &str, range: &Range<usize>) {
        let text = self.unhidden(text, range);
        if text == "[" {
            self.check_footnote(index, range);
        }
        let text = self.prepared.unhook(text);
        let mut rest = &*text;
        while let Some(open) = self.prepared.has_ruby().then(|| rest.find(RUBY_OPEN)).flatten() {
            let Some(length) = rest[open..].find(RUBY_CLOSE) else { break };
            self.visible(&rest[..open]);
            self.ruby(&rest[open + 1..open + length], range);
            rest = &rest[open + length + 1..];
        }
        let clean = self.prepared.clean(rest);
        self.visible(&clean);
    }

    /// Text without what was read as something else.
    fn unhidden<'s>(&mut self, text: &'s str, range: &Range<usize>) -> &'s str {
        self.hidden.retain(|hidden| hidden.end > range.start);
        let (mut start, mut end) = (range.start, range.end);
        for hidden in self.hidden.iter().filter(|hidden| hidden.start < range.end) {
            if hidden.start <= start {
                start = start.max(hidden.end);
            } else {
                end = end.min(hidden.start);
            }
        }
        if end <= start {
            return "";
        }
        text.get(start - range.start..).and_then(|text| text.get(..end - start)).unwrap_or(text)
    }

    /// `[^label]` that came as text has no definition.
    fn check_footnote(&mut self, index: usize, range: &Range<usize>) {
        let Some((Event::Text(next), _)) = self.events.get(index + 1) else { return };
        if !next.starts_with('^') || self.manner.in_line {
            return;
        }
        const LONGEST: usize = 100;
        let text = self.prepared.text.get(range.end..).unwrap_or_default();
        let Some(length) = text.bytes().take(LONGEST).position(|byte| byte == b']' || byte.is_ascii_whitespace())
        else {
            return;
        };
        let Some(label) = text.get(1..length).filter(|label| !label.is_empty() && text[length..].starts_with(']'))
        else {
            return;
        };
        let label = self.prepared.clean(label).into_owned();
        let start = self.prepared.at(range.start);
        let span = self.page.span(start..start + label.len() + "[^]".len());
        self.page.find(finding::undefined_footnote(span, &label));
    }

    fn ruby(&mut self, content: &str, range: &Range<usize>) {
        let mut parts = content.split(RUBY_BAR).map(str::trim);
        let base = parts.next().unwrap_or_default();
        let readings: Vec<&str> = parts.collect();
        // A break before the word is one; within it there is none.
        let position = self.plain.len();
        self.write_break(position);
        let fits = japanese::ruby(&mut self.out.html, base, &readings);
        self.plain.push_str(base);
        self.skip_breaks();
        self.last = base.chars().next_back();
        if !fits {
            let source = self.prepared.text.get(range.clone()).unwrap_or_default();
            let offset = source.find(content).map_or(0, |offset| offset.saturating_sub(1));
            let start = self.prepared.at(range.start + offset);
            let span = self.page.span(start..start + content.len() + 2);
            self.page.find(finding::ruby_count(span, base.chars().count(), readings.len()));
        }
    }

    /// Writes text that a reader sees.
    pub(super) fn visible(&mut self, text: &str) {
        let Some(last) = text.chars().next_back() else { return };
        self.last = Some(last);
        let start = self.plain.len();
        if !self.is_reading() {
            self.plain.push_str(text);
        }
        if self.manner.tate {
            let html = &mut self.out.html;
            japanese::upright(text, |piece, upright| {
                html.push_str(if upright { "<span class=\"tcy\">" } else { "" });
                japanese::escape(html, piece);
                html.push_str(if upright { "</span>" } else { "" });
            });
        } else if self.breaks.at.is_empty() {
            self.out.text(text);
        } else {
            self.visible_phrases(text, start);
        }
    }

    fn visible_phrases(&mut self, text: &str, start: usize) {
        let mut written = 0;
        while let Some(at) = self.breaks.at.get(self.breaks.next).map(|at| at + self.breaks.base) {
            let Some(piece) =
                at.checked_sub(start).and_then(|end| text.get(written..end)).filter(|_| at < start + text.len())
            else {
                break;
            };
            self.out.text(piece);
            self.out.html("<wbr>");
            written = at - start;
            self.breaks.next += 1;
        }
        self.out.text(&text[written..]);
    }

    fn write_break(&mut self, position: usize) {
        let is_here = self.breaks.at.get(self.breaks.next).is_some_and(|at| at + self.breaks.base == position);
        if is_here {
            self.out.html("<wbr>");
            self.breaks.next += 1;
        }
    }

    /// Leaves out the breaks within what was just written as a whole.
    fn skip_breaks(&mut self) {
        let position = self.plain.len();
        while self.breaks.at.get(self.breaks.next).is_some_and(|at| at + self.breaks.base < position) {
            self.breaks.next += 1;
        }
    }

    /// Whether we are within the reading of raw `<ruby>`.
    fn is_reading(&self) -> bool {
        self.raw.iter().any(|tag| matches!(tag.name, "rt" | "rp"))
    }

    fn code(&mut self, code: &str, range: &Range<usize>) {
        let code = self.prepared.clean(code);
        if let Some(formula) = self.formula(&code, range) {
            self.out.value(formula);
            self.last = Some('0');
            return;
        }
        let position = self.plain.len();
        self.write_break(position);
        self.out.html("<code>");
        self.out.text(&code);
        self.out.html("</code>");
        self.plain.push_str(&code);
        self.skip_breaks();
        self.last = code.chars().next_back();
    }

    /// The formula in a code span that begins with `=`; but `==` and `=>` are code.
    fn formula(&self, code: &str, range: &Range<usize>) -> Option<Formula> {
        let text = code.trim_start().strip_prefix('=')?;
        let text = text.trim();
        if text.is_empty() || code.trim_start().starts_with("==") || code.trim_start().starts_with("=>") {
            return None;
        }
        let source = self.prepared.text.get(range.clone()).unwrap_or_default();
        let after_sign = source.find('=').map_or(0, |sign| sign + 1);
        let inner = source.get(after_sign..).unwrap_or_default();
        let start = range.start + after_sign + (inner.len() - inner.trim_start().len());
        let end = range.start + source.trim_end_matches(|c: char| c == '`' || c.is_whitespace()).len();
        Some(Formula { text: text.to_owned(), span: self.page.span(self.prepared.at(start)..self.prepared.at(end)) })
    }

    fn math(&mut self, latex: &str, range: &Range<usize>, display: bool) {
        let delimiter = if display { 2 } else { 1 };
        let start = self.prepared.at(range.start + delimiter);
        let latex = self.prepared.clean(latex);
        self.formula_html(&latex, &|offset| start + offset, display);
        self.last = Some('x');
    }

    /// Writes a formula as MathML; as code where it can't be read.
    pub(super) fn formula_html(&mut self, latex: &str, place: &dyn Fn(usize) -> usize, display: bool) {
        if let Some(range) = math::japanese_outside_of_text(latex) {
            let span = self.page.span(place(range.start)..place(range.end));
            self.page.find(finding::math_text(span, latex.get(range).unwrap_or_default()));
        }
        match math::convert(latex, display) {
            Ok(mathml) => {
                self.page.has_math = true;
                self.out.html(&mathml);
            }
            Err(error) => {
                let span = self.page.span(place(error.range.start)..place(error.range.end));
                self.page.find(finding::math(span, &error.cause));
                self.out.html("<code class=\"math-error\">");
                self.out.text(latex);
                self.out.html("</code>");
            }
        }
    }

    /// `$$…$$` alone in its paragraph, with an anchor where one follows: `$$…$$ {#eq:x}`.
    fn display_formula(&mut self, index: usize, latex: &str) -> Option<usize> {
        let (_, range) = self.events.get(index + 1)?;
        let end = after(self.events, index);
        let attributes = super::link::attributes(self.prepared, range.end);
        let close = attributes.as_ref().map_or(range.end, |(_, end)| *end);
        if !self.is_rest_empty(index + 2..end - 1, close) {
            return None;
        }
        let id = attributes.and_then(|(attributes, place)| Some((attributes.id?, range.end..place)));
        let start = self.prepared.at(range.start + 2);
        let latex = self.prepared.clean(latex).into_owned();
        self.numbered_formula(&latex, &|offset| start + offset, id);
        Some(end)
    }

    /// A formula on a line of its own, with its number where it has an anchor.
    pub(super) fn numbered_formula(
        &mut self,
        latex: &str,
        place: &dyn Fn(usize) -> usize,
        id: Option<(String, Range<usize>)>,
    ) {
        self.out.html("<div class=\"math\"");
        let id = id.map(|(id, place)| {
            let place = self.prepared.at(place.start)..self.prepared.at(place.end);
            let id = self.page.claim(&id, place.clone());
            self.out.attribute("id", &id);
            Target { text: id, span: self.page.span(place) }
        });
        self.out.html(">");
        self.formula_html(latex, place, true);
        if let Some(target) = id {
            self.out.html("<span class=\"math-number\">");
            self.out.part(Part::Label(target));
            self.out.html("</span>");
        }
        self.out.html("</div>\n");
        self.end_block();
    }

    /// Whether nothing but blank or hidden text is left of a paragraph.
    pub(super) fn is_rest_empty(&self, events: Range<usize>, hidden_until: usize) -> bool {
        self.events.get(events).unwrap_or_default().iter().all(|(event, range)| match event {
            Event::Text(text) => range.end <= hidden_until || text.trim().is_empty(),
            _ => false,
        })
    }

    /// A line break in the source: a space, or nothing where Japanese lines join.
    fn soft_break(&mut self, index: usize) {
        let japanese = self.page.context.language.is_japanese();
        let joins = match (self.last, self.next_visible(index + 1)) {
            (Some(before), Some(next)) => japanese::joins(before, next, japanese),
            _ => false,
        };
        if !joins {
            self.out.html("\n");
            self.plain.push(' ');
        }
    }

    /// The first character that a reader sees from `index` on, in this line. `x` stands for pictures and formulas, `0` for values.
    fn next_visible(&self, index: usize) -> Option<char> {
        for (event, range) in self.events.get(index..)? {
            match event {
                Event::Text(text) => {
                    let is_visible = |c: &char| !matches!(*c, super::HOOK | RUBY_OPEN);
                    match text.chars().find(is_visible) {
                        Some(character) => return Some(character),
                        None => continue,
                    }
                }
                Event::Code(code) if self.formula(&self.prepared.clean(code), range).is_some() => return Some('0'),
                Event::Code(code) => return self.prepared.clean(code).chars().next(),
                Event::InlineMath(_) | Event::DisplayMath(_) | Event::Start(Tag::Image { .. }) => return Some('x'),
                Event::InlineHtml(_) | Event::FootnoteReference(_) => {}
                Event::Start(tag) if is_in_line(tag) => {}
                Event::End(TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link) => {}
                _ => return None,
            }
        }
        None
    }

    fn html_block(&mut self, index: usize) -> usize {
        let end = after(self.events, index);
        let mut html = super::Placed::new();
        for (event, range) in self.events.get(index + 1..end - 1).unwrap_or_default() {
            if let Event::Html(line) | Event::Text(line) = event {
                html.push(&self.prepared.clean(line), self.prepared.at(range.start));
            }
        }
        self.raw_html(&html.text, &|offset| html.at(offset), false);
        self.end_block();
        end
    }

    /// Writes raw HTML as far as it may pass. `place` tells where its bytes stand in the file.
    fn raw_html(&mut self, html: &str, place: &dyn Fn(usize) -> usize, within_line: bool) {
        if self.page.context.dialect.raw_html {
            self.out.html(html);
            return;
        }
        for (token, range) in sanitize::tokens(html) {
            let place = place(range.start)..place(range.end);
            match token {
                Token::Text(text) => self.raw_text(text),
                Token::Silent => {}
                Token::Close(name) => self.close_tag(name, place),
                Token::Removed { closes: true, .. } => {}
                Token::Removed { name, .. } => self.removed(&format!("<{name}>"), place),
                Token::Open { name, in_line, .. } if within_line && !in_line => {
                    self.removed(&format!("<{name}>"), place)
                }
                Token::Open { name, is_void: false, .. } if self.raw.len() >= MOST_RAW => {
                    self.removed(&format!("<{name}>"), place);
                }
                Token::Open { name, html, removed, is_void, .. } => {
                    for attribute in removed {
                        self.removed(attribute, place.clone());
                    }
                    if self.manner.quiet {
                        _ = write!(self.out.html, "<{name}>");
                    } else {
                        self.out.html(&html);
                    }
                    if !is_void {
                        self.raw.push(RawTag { name, range: place });
                    }
                }
            }
        }
    }

    /// Text between raw tags keeps its entities.
    fn raw_text(&mut self, text: &str) {
        let safe = text.replace('<', "&lt;").replace('>', "&gt;");
        self.out.html(&safe);
        if !self.is_reading() && !text.trim().is_empty() {
            self.plain.push_str(text.trim());
            self.plain.push(' ');
        }
    }

    fn removed(&mut self, what: &str, place: Range<usize>) {
        let span = self.page.span(place);
        self.page.find(finding::removed_html(span, what));
    }

    fn close_tag(&mut self, name: &'static str, place: Range<usize>) {
        let base = self.levels.last().copied().unwrap_or(0);
        match self.raw.get(base..).and_then(|open| open.iter().rposition(|tag| tag.name == name)) {
            Some(index) => {
                while self.raw.len() > base + index {
                    let Some(tag) = self.raw.pop() else { break };
                    _ = write!(self.out.html, "</{}>", tag.name);
                }
            }
            None => self.removed(&format!("</{name}>"), place),
        }
    }

    /// Closes the raw tags that were opened since, and reports those that HTML doesn't close by itself.
    fn close_raw(&mut self, level: usize) {
        while self.raw.len() > level {
            let Some(tag) = self.raw.pop() else { break };
            _ = write!(self.out.html, "</{}>", tag.name);
            if !matches!(
                tag.name,
                "p" | "li" | "dt" | "dd" | "rt" | "rp" | "rb" | "tr" | "td" | "th" | "tbody" | "thead"
            ) {
                let span = self.page.span(tag.range);
                self.report(finding::unclosed_html(span, tag.name));
            }
        }
    }

    fn report(&mut self, finding: Diagnostic) {
        self.page.find(finding);
    }
}
