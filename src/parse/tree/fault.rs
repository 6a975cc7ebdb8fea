//! Why a text is no YAML, told as what a person most likely typed: a parser names the place where it gave up, and that is
//! seldom where the mistake is.

use crate::diagnostic::{Diagnostic, Span, syntax};

/// Why a text is no YAML, and where.
pub(super) struct Fault {
    pub(super) at: usize,
    pub(super) cause: String,
    /// What to say where it is known, and need not be guessed.
    told: Option<fn(Span) -> Diagnostic>,
}

/// A line of the text: where it begins, and what stands in it.
#[derive(Clone, Copy)]
struct Line<'t> {
    start: usize,
    text: &'t str,
}

impl Fault {
    pub(super) fn new(at: usize, cause: &str) -> Fault {
        Fault { at, cause: cause.to_owned(), told: None }
    }

    pub(super) fn told(at: usize, finding: fn(Span) -> Diagnostic) -> Fault {
        Fault { told: Some(finding), ..Fault::new(at, "") }
    }

    /// The finding: the usual mistakes in the order in which one hides the other, else the words of the parser.
    pub(super) fn diagnostic(self, text: &str, locate: &dyn Fn(usize, usize) -> Span) -> Diagnostic {
        let end = text[floor(text, self.at)..].chars().next().map_or(0, char::len_utf8);
        if let Some(finding) = self.told {
            return finding(locate(self.at, self.at + end));
        }
        let lines = around(text, self.at);
        let here = lines.first().copied().unwrap_or(Line { start: 0, text: "" });
        let find = |look: fn(Line<'_>) -> Option<(usize, usize)>| lines.iter().find_map(|line| look(*line));
        if let Some((start, end)) = find(leading_tab) {
            return syntax::tab_in_yaml(locate(start, end));
        }
        if let Some((start, end)) = find(leading_wide_space) {
            return syntax::wide_space_in_yaml(locate(start, end));
        }
        if let Some((start, end)) = find(wide_colon) {
            return syntax::wide_colon_in_yaml(locate(start, end), key_before(text, start));
        }
        if let Some((start, end)) = find(colon_without_space) {
            let rest = text[end..].lines().next().unwrap_or_default();
            return syntax::colon_without_space(locate(start, end), key_before(text, start), rest);
        }
        if self.cause.contains("quote")
            && !self.cause.contains("escape")
            && !self.cause.contains("trailing")
            && let Some(quote) = opened_before(text, self.at)
        {
            return syntax::unclosed_quote(locate(quote, quote + 1));
        }
        if self.cause.contains("mapping values")
            && let Some((at, key, rest)) = colon_in_text(here)
        {
            return syntax::colon_in_text(locate(at, at + 1), key, rest);
        }
        if self.cause.contains("did not find expected")
            && here.text[..indentation(here.text)].len() == self.at - here.start
        {
            return syntax::indentation(locate(self.at, self.at + end));
        }
        syntax::yaml(locate(self.at, self.at + end), &self.cause)
    }
}

/// The line of the fault, the one before and the one after, in this order: the parser often stumbles one line late.
fn around(text: &str, at: usize) -> Vec<Line<'_>> {
    let number = text[..floor(text, at)].matches('\n').count();
    let mut start = 0;
    let mut near: Vec<Line<'_>> = Vec::new();
    for (index, line) in text.split_inclusive('\n').enumerate() {
        if index.abs_diff(number) <= 1 {
            near.push(Line { start, text: line.trim_end_matches(['\r', '\n']) });
        }
        start += line.len();
    }
    // A stable sort: before comes before after.
    near.sort_by_key(|line| !(line.start..=line.start + line.text.len()).contains(&at));
    near
}

/// How many bytes of a line are its indentation; wide spaces are meant as such.
fn indentation(line: &str) -> usize {
    line.len() - line.trim_start_matches([' ', '\t', '\u{3000}']).len()
}

fn leading_tab(line: Line<'_>) -> Option<(usize, usize)> {
    let at = line.text[..indentation(line.text)].find('\t')?;
    Some((line.start + at, line.start + at + 1))
}

fn leading_wide_space(line: Line<'_>) -> Option<(usize, usize)> {
    let at = line.text[..indentation(line.text)].find('\u{3000}')?;
    Some((line.start + at, line.start + at + '\u{3000}'.len_utf8()))
}

/// Where the content of a line begins, `- ` before it left out.
fn content(line: &str) -> usize {
    let start = indentation(line);
    let rest = &line[start..];
    start + rest.len() - rest.strip_prefix("- ").unwrap_or(rest).trim_start().len()
}

/// The name at the beginning of a line: `as_of`, 熊本県.
fn name(text: &str) -> &str {
    let end = text.find(|letter: char| !letter.is_alphanumeric() && !matches!(letter, '_' | '-' | '・' | 'ー'));
    &text[..end.unwrap_or(text.len())]
}

fn wide_colon(line: Line<'_>) -> Option<(usize, usize)> {
    let start = content(line.text);
    let name = name(&line.text[start..]);
    let at = start + name.len();
    let is_one = !name.is_empty() && line.text[at..].starts_with('：');
    is_one.then_some((line.start + at, line.start + at + '：'.len_utf8()))
}

fn colon_without_space(line: Line<'_>) -> Option<(usize, usize)> {
    let start = content(line.text);
    let name = name(&line.text[start..]);
    let at = start + name.len();
    let next = line.text[at..].strip_prefix(':')?.chars().next()?;
    // `https://` is an address and 19:00 a time.
    let is_one =
        !name.is_empty() && !next.is_whitespace() && next != '/' && !name.ends_with(|last: char| last.is_ascii_digit());
    is_one.then_some((line.start + at, line.start + at + 1))
}

/// The name that ends at `end`.
fn key_before(text: &str, end: usize) -> &str {
    let line = text[..end].rfind('\n').map_or(0, |newline| newline + 1);
    let line = &text[line..end];
    &line[content(line)..]
}

/// `title: 特集: 夏`: the name of the field and the text, with the place of the second colon.
fn colon_in_text(line: Line<'_>) -> Option<(usize, &str, &str)> {
    let start = content(line.text);
    let (key, rest) = line.text[start..].split_once(": ")?;
    let second = rest.find(": ").or_else(|| rest.ends_with(':').then(|| rest.len() - 1))?;
    let plain = !rest.trim_start().starts_with(['"', '\'', '{', '[']);
    plain.then_some((line.start + start + key.len() + 2 + second, key, rest.trim()))
}

/// The last quotation mark that opens a value before `at` and is not closed on its line.
fn opened_before(text: &str, at: usize) -> Option<usize> {
    let mut end = text.len().min(floor(text, at) + 1);
    while !text.is_char_boundary(end) {
        end += 1;
    }
    let mut opened = None;
    let mut start = 0;
    for line in text[..end].split_inclusive('\n') {
        for quote in ['"', '\''] {
            let opens = |place: &usize| {
                let before = line[..*place].trim_end();
                before.is_empty() || before.ends_with([':', '-', '[', '{', ','])
            };
            let first = line.match_indices(quote).map(|(place, _)| place).find(opens);
            if let Some(place) = first.filter(|place| line[*place..].matches(quote).count() % 2 == 1) {
                opened = Some(start + place);
            }
        }
        start += line.len();
    }
    opened
}

pub(super) fn floor(text: &str, offset: usize) -> usize {
    let mut offset = offset.min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    offset
}
