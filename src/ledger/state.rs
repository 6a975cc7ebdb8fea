//! [`State`]: what can be translated of a page, in a line short enough for its front matter.
//!
//! `1a2b3c4d-0a1…-9f3…`: the mark of the whole, then three digits for each field and three for each block of the text.
//! So the line alone tells, without a history of the file, which paragraph of an original has changed. White space counts
//! for nothing, and neither do dates and other fields that a translation has from its original.

use std::sync::Arc;

use crate::diagnostic::{Label, Position, Span, translations as findings};
use crate::fingerprint::Fingerprint;
use crate::locale::Language;
use crate::parse::tree::Spans;
use crate::parse::{front_matter, markdown};

/// The fields that are written in a language.
pub const FIELDS: [&str; 5] = ["title", "description", "tags", "cover.alt", "extra"];

/// How many digits stand for a field or a block.
const DIGITS: usize = 3;

/// The most comparisons that are made to find what changed: beyond, the text is taken to be another one.
const MOST_COMPARISONS: usize = 4_000_000;

/// What can be translated of a page.
#[derive(Debug)]
pub struct State {
    fields: Vec<Mark>,
    blocks: Vec<Mark>,
}

/// A field or a block: its digits, and where it stands.
#[derive(Debug)]
struct Mark {
    digits: String,
    span: Span,
    line: usize,
    words: String,
}

/// What a translation says of its original.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// The language of the original.
    pub language: Language,
    /// Its state; nothing where only the language is said.
    pub state: Option<Recorded>,
}

/// The state of an original as recorded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recorded {
    whole: String,
    fields: Vec<String>,
    blocks: Vec<String>,
}

/// A difference between an original and its recorded state.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// This field is another one.
    Field(&'static str, Span),
    /// This block is new or has changed: its line and its first words.
    Block(Span, usize, String),
    /// Blocks that stood before this line are gone.
    Gone(Span, usize),
    /// Somewhere: more than can be told.
    Somewhere,
}

impl Change {
    /// Where it is and what is said of it.
    pub fn told(&self, original: &Arc<str>) -> Label {
        let (span, message) = match self {
            Change::Field(name, span) => (span.clone(), findings::changed_field(name)),
            Change::Block(span, line, words) => (span.clone(), findings::changed_block(*line, words)),
            Change::Gone(span, line) => (span.clone(), findings::gone(*line)),
            Change::Somewhere => (Span::file(original), findings::somewhere()),
        };
        Label { span, message: Some(message) }
    }
}

impl Record {
    /// Reads `ja:1a2b3c4d-…`, or the language alone.
    pub fn parse(text: &str) -> Option<Record> {
        let (tag, state) = match text.trim().split_once(':') {
            Some((tag, state)) => (tag, Some(Recorded::parse(state)?)),
            None => (text.trim(), None),
        };
        Some(Record { language: Language::parse(tag)?, state })
    }
}

impl Recorded {
    fn parse(text: &str) -> Option<Recorded> {
        let mut parts = text.split('-');
        let (whole, fields, blocks) = (parts.next()?, parts.next()?, parts.next()?);
        let is_whole = whole.len() == 8 && parts.next().is_none();
        let recorded = Recorded { whole: whole.to_owned(), fields: digits(fields)?, blocks: digits(blocks)? };
        (is_whole && recorded.fields.len() == FIELDS.len()).then_some(recorded)
    }
}

fn digits(text: &str) -> Option<Vec<String>> {
    let is_sound = text.len().is_multiple_of(DIGITS) && text.bytes().all(|byte| byte.is_ascii_hexdigit());
    is_sound.then(|| text.as_bytes().chunks(DIGITS).map(|mark| String::from_utf8_lossy(mark).into_owned()).collect())
}

impl State {
    /// The state of a page: `spans` of its front matter, `text` of its file.
    pub fn of(spans: &Spans, text: &str) -> State {
        let split = front_matter::split(text);
        let field = |name: &&str| {
            let written = if spans.is_written(name) { spans.source(name) } else { "" };
            let span = spans.value(name);
            Mark {
                digits: print(written, DIGITS),
                line: Position::of(text, span.start).line,
                span,
                words: String::new(),
            }
        };
        let lines_before = text.get(..split.markdown_offset).unwrap_or_default().matches('\n').count();
        let block = |block: &Block<'_>| Mark {
            digits: print(block.text, DIGITS),
            span: Span::new(spans.path(), split.markdown_offset + block.start, split.markdown_offset + block.end()),
            line: lines_before + block.line,
            words: first_words(block.text),
        };
        State { fields: FIELDS.iter().map(field).collect(), blocks: blocks(split.markdown).iter().map(block).collect() }
    }

    /// The state as it is recorded.
    pub fn mark(&self) -> String {
        let (fields, blocks) = (joined(&self.fields), joined(&self.blocks));
        format!("{}-{fields}-{blocks}", self.whole())
    }

    /// Whether it is the recorded one.
    pub fn is(&self, recorded: &Recorded) -> bool {
        self.whole() == recorded.whole
    }

    fn whole(&self) -> String {
        Fingerprint::of_bytes(format!("{}-{}", joined(&self.fields), joined(&self.blocks)).as_bytes()).short()
    }

    /// What is different from the recorded state, in the order of the text.
    pub fn changes_since(&self, recorded: &Recorded) -> Vec<Change> {
        let fields = FIELDS.iter().zip(&self.fields).zip(&recorded.fields);
        let changed = fields.filter(|((_, now), then)| now.digits != **then);
        let mut changes: Vec<Change> = changed.map(|((name, now), _)| Change::Field(name, now.span.clone())).collect();
        changes.extend(self.changed_blocks(&recorded.blocks));
        if changes.is_empty() {
            changes.push(Change::Somewhere);
        }
        changes
    }

    fn changed_blocks(&self, then: &[String]) -> Vec<Change> {
        let now: Vec<&str> = self.blocks.iter().map(|mark| mark.digits.as_str()).collect();
        let then: Vec<&str> = then.iter().map(String::as_str).collect();
        if now.len().saturating_mul(then.len()) > MOST_COMPARISONS {
            return vec![Change::Somewhere];
        }
        let kept = common(&then, &now);
        let (mut changes, mut before, mut at) = (Vec::new(), 0, 0);
        for (old, new) in kept.into_iter().chain([(then.len(), now.len())]) {
            let added = self.blocks.get(at..new).unwrap_or_default();
            changes.extend(added.iter().map(|mark| Change::Block(mark.span.clone(), mark.line, mark.words.clone())));
            if old - before > added.len() {
                changes.extend(
                    self.blocks.get(new).or(self.blocks.last()).map(|mark| Change::Gone(mark.span.clone(), mark.line)),
                );
            }
            (before, at) = (old + 1, new + 1);
        }
        changes
    }
}

/// The longest list of pairs of places at which both have the same, in order.
fn common(then: &[&str], now: &[&str]) -> Vec<(usize, usize)> {
    let width = now.len() + 1;
    let mut longest = vec![0_u32; (then.len() + 1) * width];
    let at = |old: usize, new: usize| old * width + new;
    for old in (0..then.len()).rev() {
        for new in (0..now.len()).rev() {
            longest[at(old, new)] = match then[old] == now[new] {
                true => longest[at(old + 1, new + 1)] + 1,
                false => longest[at(old + 1, new)].max(longest[at(old, new + 1)]),
            };
        }
    }
    let (mut pairs, mut old, mut new) = (Vec::new(), 0, 0);
    while old < then.len() && new < now.len() {
        if then[old] == now[new] {
            pairs.push((old, new));
            (old, new) = (old + 1, new + 1);
        } else if longest[at(old + 1, new)] >= longest[at(old, new + 1)] {
            old += 1;
        } else {
            new += 1;
        }
    }
    pairs
}

/// A piece of Markdown that a translator takes as one: a paragraph, a heading, an item, a row, a fence.
struct Block<'t> {
    text: &'t str,
    start: usize,
    line: usize,
}

impl Block<'_> {
    fn end(&self) -> usize {
        self.start + self.text.trim_end().len()
    }
}

fn blocks(markdown: &str) -> Vec<Block<'_>> {
    let (mut blocks, mut open, mut fence) = (Vec::new(), None::<(usize, usize)>, None);
    let (mut at, close) = (0, |open: &mut Option<(usize, usize)>, end: usize| {
        let (start, line) = open.take()?;
        let text = markdown.get(start..end)?;
        let content = text.trim_start();
        let blank = text.get(..text.len() - content.len())?;
        let (start, line) = (start + blank.len(), line + blank.matches('\n').count());
        (!content.is_empty()).then_some(Block { text: content, start, line })
    });
    for (number, line) in markdown.split_inclusive('\n').enumerate() {
        let content = line.trim_start();
        let opens = ["```", "~~~"].into_iter().find(|mark| content.starts_with(mark));
        let begins = fence.is_none() && (opens.is_some() || line.trim().is_empty() || markdown::begins_block(line));
        if begins {
            blocks.extend(close(&mut open, at));
        }
        open.get_or_insert((at, number + 1));
        at += line.len();
        match (fence, opens) {
            (Some(mark), Some(found)) if mark == found => {
                fence = None;
                blocks.extend(close(&mut open, at));
            }
            (None, Some(mark)) => fence = Some(mark),
            _ => {}
        }
    }
    blocks.extend(close(&mut open, at));
    blocks
}

fn joined(marks: &[Mark]) -> String {
    marks.iter().map(|mark| mark.digits.as_str()).collect()
}

/// The first digits of the fingerprint of a text without its white space.
pub(super) fn print(text: &str, digits: usize) -> String {
    let dense: String = text.chars().filter(|letter| !letter.is_whitespace()).collect();
    Fingerprint::of_bytes(dense.as_bytes()).to_string().chars().take(digits).collect()
}

/// The beginning of a block, without marks: enough to find it by.
fn first_words(text: &str) -> String {
    const LONGEST: usize = 24;
    let line = text.trim_start_matches(|c: char| c.is_whitespace() || "#-*+|>:`".contains(c));
    let line = line.lines().next().unwrap_or_default().trim();
    let short: String = line.chars().take(LONGEST).collect();
    if short.len() < line.len() { format!("{short}…") } else { short }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;

    fn state(text: &str) -> State {
        let path: Arc<str> = "a.md".into();
        let front = front_matter::parse(&path, &front_matter::split(text), 0).value;
        State::of(&front.spans, text)
    }

    fn changes(then: &str, now: &str) -> Vec<String> {
        let recorded = Record::parse(&format!("ja:{}", state(then).mark())).and_then(|record| record.state);
        let (recorded, now) = (recorded.expect("a record"), state(now));
        if now.is(&recorded) {
            return Vec::new();
        }
        let told = now.changes_since(&recorded).into_iter().map(|change| match change {
            Change::Field(name, _) => name.to_owned(),
            Change::Block(_, line, words) => format!("{line} {words}"),
            Change::Gone(_, line) => format!("gone before {line}"),
            Change::Somewhere => "somewhere".to_owned(),
        });
        told.collect()
    }

    const TEXT: &str = "---\ntitle: 見学\ndate: 2026-01-01\n---\n# 一\n\n文章です。\n二行目。\n\n- 甲\n- 乙\n\n```panel\nkind: kpi\n\nid: x\n```\n終わり\n";

    #[test]
    fn white_space_and_dates_change_nothing() {
        let other =
            TEXT.replace("2026-01-01", "2027-01-01").replace("です。\n二", "です。二").replace("# 一\n", "# 一  \n\n");
        assert_eq!(changes(TEXT, &other), [""; 0]);
    }

    #[test]
    fn what_changed_is_named_by_line_and_first_words() {
        assert_eq!(changes(TEXT, &TEXT.replace("見学", "病院見学")), ["title"]);
        assert_eq!(changes(TEXT, &TEXT.replace("- 乙", "- 丙")), ["11 丙"]);
        assert_eq!(changes(TEXT, &TEXT.replace("id: x", "id: y")), ["13 panel"]);
        assert_eq!(changes(TEXT, &TEXT.replace("- 甲\n", "")), ["gone before 10"]);
        assert_eq!(
            changes(TEXT, &TEXT.replace("- 甲\n", "- 甲\n- 新しい項目がここに入り、とても長い文になっています\n")),
            ["11 新しい項目がここに入り、とても長い文になっていま…"]
        );
        assert_eq!(changes(TEXT, &TEXT.replace("終わり", "おわり")), ["18 おわり"]);
    }

    #[test]
    fn only_records_are_read_as_records() {
        assert_eq!(Record::parse("en").map(|record| record.state), Some(None));
        for text in ["", "ja:", "ja:12345678", "ja:12345678-000-1", "ja:123-000000000000000-", "1:x"] {
            assert_eq!(Record::parse(text), None, "{text}");
        }
        assert!(Record::parse("ja:12345678-000000000000000-").is_some());
    }
}
