//! Fences: code, formulas, panels, and the blocks that a theme gives a form.

use std::ops::Range;

use pulldown_cmark::Event;

use super::super::{Block, BlockContent, Body, Fence, Part, Question};
use super::prepare::Placed;
use super::walk::{Manner, Walk};
use super::{BLOCKS, DEEPEST, after, highlight};
use crate::diagnostic::markdown as finding;

/// The fence that holds a statistic panel.
const PANEL: &str = "panel";
/// The fence that holds a formula.
const MATH: &str = "math";

impl Walk<'_, '_> {
    /// The fence that begins at `index`. The index after it.
    pub(super) fn fence(&mut self, index: usize, info: &str, range: &Range<usize>) -> usize {
        let end = after(self.events, index);
        let inner = index + 1..end.saturating_sub(1);
        let mut words = info.split_whitespace();
        let name = words.next().unwrap_or_default();
        if self.manner.quiet {
            return end;
        }
        if name == PANEL {
            let fence = self.data(inner, range);
            self.out.part(Part::Panel(fence));
        } else if name == MATH {
            self.math_fence(inner, range);
        } else if self.is_block(name) && self.page.depth >= DEEPEST {
            let start = self.prepared.at(range.start);
            let span = self.page.span(start..start + info.len() + 3);
            self.page.find(finding::too_deep(span, DEEPEST));
            self.code_fence(inner, "text", range);
        } else if self.is_block(name) {
            let arguments = words.map(str::to_owned).collect();
            let content = self.content(name, inner, range);
            let span = self.page.span(self.prepared.at(range.start)..self.prepared.at(range.end));
            self.out.part(Part::Block(Box::new(Block { name: name.to_owned(), arguments, content, span })));
        } else {
            self.code_fence(inner, name, range);
        }
        self.end_block();
        end
    }

    fn is_block(&self, name: &str) -> bool {
        BLOCKS.contains(&name) || self.page.context.dialect.blocks.contains(name)
    }

    fn content(&mut self, name: &str, inner: Range<usize>, range: &Range<usize>) -> BlockContent {
        if matches!(name, "profile" | "hospital" | "programme" | "figures" | "tables") {
            return BlockContent::Data(self.data(inner, range));
        }
        let text = self.placed(inner);
        self.page.depth += 1;
        let content = match name {
            "qa" => BlockContent::Questions(self.questions(&text)),
            "gallery" => self.gallery(&text),
            _ => self.prose(&text, Manner { tate: name == "tate", ..Manner::default() }),
        };
        self.page.depth -= 1;
        content
    }

    /// The text of a fence, without what stands before each line in a list or quotation.
    fn placed(&self, inner: Range<usize>) -> Placed {
        let mut text = Placed::new();
        for (event, range) in self.events.get(inner).unwrap_or_default() {
            if let Event::Text(line) = event {
                text.push(&self.prepared.clean(line), self.prepared.at(range.start));
            }
        }
        text
    }

    /// The text of a fence with spaces for what stands before each line, so that it is as long as its span.
    fn data(&self, inner: Range<usize>, range: &Range<usize>) -> Fence {
        let lines: Vec<Range<usize>> = self
            .events
            .get(inner)
            .unwrap_or_default()
            .iter()
            .map(|(_, line)| self.prepared.at(line.start)..self.prepared.at(line.end))
            .collect();
        let (Some(first), Some(last)) = (lines.first(), lines.last()) else {
            let end = self.prepared.at(range.end);
            return Fence { text: String::new(), span: self.page.span(end..end) };
        };
        let (file, start) = (self.page.file, self.page.start);
        let local = |place: usize| place.saturating_sub(start).min(file.len());
        // The first line begins where the others do: after a newline.
        let begin =
            file.get(..local(first.start)).and_then(|before| before.rfind('\n')).map_or(0, |newline| newline + 1);
        let mut text = String::with_capacity(local(last.end) - begin.min(local(last.end)));
        let mut position = begin;
        for line in &lines {
            for byte in file.as_bytes().get(position..local(line.start)).unwrap_or_default() {
                text.push(if *byte == b'\n' { '\n' } else { ' ' });
            }
            text.push_str(file.get(local(line.start)..local(line.end)).unwrap_or_default());
            position = local(line.end).max(position);
        }
        Fence { text, span: self.page.span(start + begin..last.end) }
    }

    /// Prose, and who said it: a last line that begins with a dash.
    fn prose(&mut self, text: &Placed, manner: Manner) -> BlockContent {
        let trimmed = text.text.trim_end();
        let start = trimmed.rfind('\n').map_or(0, |newline| newline + 1);
        let line = trimmed.get(start..).unwrap_or_default();
        let byline = ["—", "―", "–", "-- ", "──"].iter().find_map(|dash| line.trim_start().strip_prefix(dash));
        let byline =
            byline.map(|name| name.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '—' | '―' | '─')));
        let Some(byline) = byline.filter(|name| !name.is_empty()) else {
            let (body, plain) = self.page.body(text, manner);
            self.include(&plain);
            return BlockContent::Prose { body, byline: Vec::new() };
        };
        let (body, plain) = self.page.body(&text.slice(0..start), manner);
        let byline = self.page.inline(&text.slice(trimmed.len() - byline.len()..trimmed.len()));
        self.include(&plain);
        BlockContent::Prose { body, byline }
    }

    /// What a block says, the page says.
    fn include(&mut self, plain: &str) {
        self.plain.push_str(plain);
        self.end_block();
    }

    fn gallery(&mut self, text: &Placed) -> BlockContent {
        let (body, plain) = self.page.body(text, Manner::default());
        if !plain.is_empty() {
            let line = text
                .text
                .lines()
                .position(|line| !line.trim().is_empty() && !line.trim_start().starts_with("!["))
                .unwrap_or(0);
            let start: usize = text.text.split_inclusive('\n').take(line).map(str::len).sum();
            let length = text.text.get(start..).and_then(|rest| rest.lines().next()).map_or(0, str::len);
            let span = self.page.span(text.at(start)..text.at(start + length));
            self.page.find(finding::not_a_picture(span));
        }
        let images = body.parts.into_iter().filter_map(|part| match part {
            Part::Image(image) => Some(*image),
            _ => None,
        });
        BlockContent::Images(images.collect())
    }

    fn questions(&mut self, text: &Placed) -> Vec<Question> {
        let mut questions = Vec::new();
        let mut open: Option<Vec<Part>> = None;
        for turn in turns(&text.text) {
            let place = text.at(turn.text.start)..text.at(turn.text.end);
            match turn.kind {
                Kind::Question => {
                    self.unanswered(&mut questions, open.take(), &place);
                    let (parts, plain) = self.page.inline_with_plain(&text.slice(turn.text));
                    self.plain.push_str(&plain);
                    self.end_block();
                    open = Some(parts);
                }
                Kind::Answer(speaker) if open.is_some() || !questions.is_empty() => {
                    let (answer, plain) = self.page.body(&text.slice(turn.text), Manner::default());
                    self.include(&plain);
                    self.summary.get_or_insert_with(|| answer.summary.clone());
                    questions.push(Question { question: open.take().unwrap_or_default(), speaker, answer });
                }
                Kind::Answer(_) | Kind::Neither => {
                    let span = self.page.span(place);
                    self.page.find(finding::answer_without_question(span));
                }
            }
        }
        let end = text.at(text.text.len());
        self.unanswered(&mut questions, open, &(end..end));
        questions
    }

    fn unanswered(&mut self, questions: &mut Vec<Question>, open: Option<Vec<Part>>, place: &Range<usize>) {
        let Some(question) = open else { return };
        let span = self.page.span(place.start..place.start);
        self.page.find(finding::question_without_answer(span));
        questions.push(Question { question, speaker: None, answer: Body::default() });
    }

    fn math_fence(&mut self, inner: Range<usize>, range: &Range<usize>) {
        let text = self.placed(inner);
        let line = self.prepared.text.get(range.clone()).and_then(|fence| fence.lines().next()).unwrap_or_default();
        let brace = line.find('{').map(|brace| range.start + brace);
        let attributes = brace.and_then(|brace| Some((super::link::attributes(self.prepared, brace)?, brace)));
        let id = attributes.and_then(|((attributes, close), brace)| Some((attributes.id?, brace..close)));
        self.numbered_formula(text.text.trim_end(), &|offset| text.at(offset), id);
    }

    fn code_fence(&mut self, inner: Range<usize>, name: &str, range: &Range<usize>) {
        let language = name.split([',', '{', ':']).next().unwrap_or_default();
        let text = self.placed(inner);
        self.out.html("<pre class=\"code\" tabindex=\"0\"><code");
        if language.is_empty() {
            self.out.html(">");
            self.out.text(&text.text);
        } else {
            self.out.attribute("class", &format!("language-{}", language.to_lowercase()));
            self.out.html(">");
            if !highlight::is_known(language) {
                self.unknown_language(language, range);
            }
            match self.page.colourable.checked_sub(text.text.len()) {
                Some(left) => {
                    self.page.colourable = left;
                    highlight::write(&mut self.out.html, &text.text, language);
                }
                None => self.out.text(&text.text),
            }
        }
        self.out.html("</code></pre>\n");
    }

    fn unknown_language(&mut self, language: &str, range: &Range<usize>) {
        if self.page.is_full() {
            return;
        }
        let line = self.prepared.text.get(range.clone()).and_then(|fence| fence.lines().next()).unwrap_or_default();
        let start = range.start + line.find(language).unwrap_or(0);
        let span = self.page.span(self.prepared.at(start)..self.prepared.at(start) + language.len());
        let mut known = highlight::names();
        known.splice(0..0, BLOCKS.iter().copied().chain([PANEL, MATH]));
        known.extend(self.page.context.dialect.blocks.iter().map(String::as_str));
        self.page.find(finding::unknown_language(span, language, known));
    }
}

/// Who speaks.
#[derive(Debug, PartialEq, Eq)]
enum Kind {
    Question,
    Answer(Option<String>),
    Neither,
}

/// What one person says in an interview, and where in its text.
#[derive(Debug, PartialEq, Eq)]
struct Turn {
    kind: Kind,
    text: Range<usize>,
}

/// Splits an interview at the lines that begin with `Q:` and `A:`, outside of fences.
fn turns(text: &str) -> Vec<Turn> {
    let mut turns: Vec<Turn> = Vec::new();
    let mut position = 0;
    let mut fence: Option<&str> = None;
    for line in text.split_inclusive('\n') {
        let start = position;
        position += line.len();
        let mark = line.trim_start();
        let is_fence = ["```", "~~~"].into_iter().find(|fence| mark.starts_with(fence));
        if is_fence.is_some() && (fence.is_none() || fence == is_fence) {
            fence = if fence.is_some() { None } else { is_fence };
        }
        match label(line).filter(|_| fence.is_none()) {
            Some((kind, length)) => turns.push(Turn { kind, text: start + length..position }),
            None => match turns.last_mut() {
                Some(turn) => turn.text.end = position,
                None if line.trim().is_empty() => {}
                None => turns.push(Turn { kind: Kind::Neither, text: start..position }),
            },
        }
    }
    turns
}

/// `Q:`, `問：`, `A(青木):` at the beginning of a line, and how long it is.
fn label(line: &str) -> Option<(Kind, usize)> {
    let rest = line.trim_start_matches(' ');
    let (is_question, rest) = match ["Q", "q", "Ｑ", "問"].iter().find_map(|mark| rest.strip_prefix(mark)) {
        Some(rest) => (true, rest),
        None => (false, ["A", "a", "Ａ", "答"].iter().find_map(|mark| rest.strip_prefix(mark))?),
    };
    let (speaker, rest) = match rest.strip_prefix(['(', '（']) {
        Some(inner) => {
            let (name, rest) = inner.split_once([')', '）'])?;
            (Some(name.trim().to_owned()).filter(|name| !name.is_empty()), rest)
        }
        None => (None, rest),
    };
    let rest = rest.strip_prefix([':', '：'])?;
    let rest = rest.trim_start_matches([' ', '\t', '\u{3000}']);
    let kind = if is_question { Kind::Question } else { Kind::Answer(speaker) };
    Some((kind, line.len() - rest.len()))
}
