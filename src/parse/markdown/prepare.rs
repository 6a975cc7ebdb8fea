//! [`Prepared`]: Markdown made ready for a parser that knows no Japanese, and the way back to the file.
//!
//! CommonMark decides by the characters beside `**` whether it opens or closes emphasis, and takes Japanese for words
//! with spaces: `**「強調」**の` stays literal. Where one side is punctuation and the other Japanese, we put [`HOOK`], a
//! character that counts as punctuation and that no text uses, on the other side; [`Prepared::clean`] takes it out of
//! whatever comes back. English text is never touched.
//!
//! Ruby `{研修医|けんしゅうい}` would be split by table cells and taken for heading attributes. Its braces and bars become
//! control characters of the same length, which Markdown passes on; outside of text they become what they were.

use std::borrow::Cow;
use std::ops::Range;

use super::super::japanese::{is_japanese, is_wide_punctuation};

/// U+16FE2 OLD CHINESE HOOK MARK: punctuation to Unicode, and not a sign that an article holds. (If one does, it is lost.)
pub const HOOK: char = '\u{16FE2}';
/// How many bytes of a text are looked at in one step.
const PIECE: usize = 256;
/// What stands for `{` of ruby.
pub const RUBY_OPEN: char = '\u{1C}';
/// What stands for `|` of ruby.
pub const RUBY_BAR: char = '\u{1F}';
/// What stands for `}` of ruby.
pub const RUBY_CLOSE: char = '\u{1D}';

/// A text with the places of its pieces in the file: one piece for a page, one for each line of a block in a list.
#[derive(Debug, Clone, Default)]
pub struct Placed {
    /// The text.
    pub text: String,
    /// `(offset in the text, offset in the file)`, ascending.
    pub pieces: Vec<(usize, usize)>,
}

impl Placed {
    /// An empty text, to be pushed to.
    pub fn new() -> Placed {
        Placed::default()
    }

    /// Appends a text that stands at `offset` in the file.
    pub fn push(&mut self, text: &str, offset: usize) {
        // Neighbours in the file are one piece.
        let follows = self.pieces.last().is_some_and(|(start, at)| at + (self.text.len() - start) == offset);
        if !follows {
            self.pieces.push((self.text.len(), offset));
        }
        self.text.push_str(text);
    }

    /// A part of this text.
    pub fn slice(&self, range: Range<usize>) -> Placed {
        let mut slice = Placed::new();
        let Some(text) = self.text.get(range.clone()) else { return slice };
        slice.pieces.push((0, place(&self.pieces, range.start)));
        let within = self.pieces.iter().filter(|(start, _)| *start > range.start && *start < range.end);
        slice.pieces.extend(within.map(|(start, at)| (start - range.start, *at)));
        slice.text.push_str(text);
        slice
    }

    /// Where byte `offset` of this text stands in the file.
    pub fn at(&self, offset: usize) -> usize {
        place(&self.pieces, offset)
    }
}

fn place(pieces: &[(usize, usize)], offset: usize) -> usize {
    let index = pieces.partition_point(|(start, _)| *start <= offset);
    match index.checked_sub(1).and_then(|index| pieces.get(index)) {
        Some((start, at)) => at + (offset - start),
        None => offset,
    }
}

/// Markdown for the parser.
#[derive(Debug)]
pub struct Prepared<'t> {
    /// What is parsed.
    pub text: Cow<'t, str>,
    /// Where hooks were put, as offsets in `text`.
    hooks: Vec<usize>,
    pieces: &'t [(usize, usize)],
    has_hooks: bool,
    has_ruby: bool,
}

impl<'t> Prepared<'t> {
    /// Prepares a text whose pieces stand in the file at `pieces`.
    pub fn new(text: &'t str, pieces: &'t [(usize, usize)]) -> Prepared<'t> {
        let (text, has_ruby) = mark_ruby(text);
        let (text, hooks) = hook_emphasis(text);
        let has_hooks = !hooks.is_empty() || text.contains(HOOK);
        Prepared { text, hooks, pieces, has_hooks, has_ruby }
    }

    /// Where byte `offset` of the prepared text stands in the file.
    pub fn at(&self, offset: usize) -> usize {
        let before = self.hooks.partition_point(|hook| *hook < offset);
        place(self.pieces, offset.saturating_sub(before * HOOK.len_utf8()))
    }

    /// Whether the prepared text at `offset` is the author's, and not a stub that we put before it.
    pub fn is_placed(&self, offset: usize) -> bool {
        self.pieces.first().is_none_or(|(start, _)| *start <= offset)
    }

    /// Whether there is any ruby.
    pub fn has_ruby(&self) -> bool {
        self.has_ruby
    }

    /// A string from the parser as the author wrote it.
    pub fn clean<'s>(&self, text: &'s str) -> Cow<'s, str> {
        let dirty = |c: char| matches!(c, HOOK | RUBY_OPEN | RUBY_BAR | RUBY_CLOSE);
        if !(self.has_hooks || self.has_ruby) || !text.contains(dirty) {
            return Cow::Borrowed(text);
        }
        let restore = |character| match character {
            HOOK => None,
            RUBY_OPEN => Some('{'),
            RUBY_BAR => Some('|'),
            RUBY_CLOSE => Some('}'),
            other => Some(other),
        };
        Cow::Owned(text.chars().filter_map(restore).collect())
    }

    /// Running text from the parser: without hooks, its ruby still marked.
    pub fn unhook<'s>(&self, text: &'s str) -> Cow<'s, str> {
        if self.has_hooks && text.contains(HOOK) { Cow::Owned(text.replace(HOOK, "")) } else { Cow::Borrowed(text) }
    }
}

/// Replaces the signs of ruby. What the text holds of the control characters themselves becomes spaces.
fn mark_ruby(text: &str) -> (Cow<'_, str>, bool) {
    let is_taken = |byte: u8| matches!(char::from(byte), RUBY_OPEN | RUBY_BAR | RUBY_CLOSE);
    let mut marked: Option<Vec<u8>> = None;
    // Nearly no text holds any: many bytes are looked at in one step.
    let has_taken = |piece: &[u8]| piece.iter().fold(false, |found, byte| found | is_taken(*byte));
    if text.as_bytes().chunks(PIECE).any(has_taken) {
        marked = Some(text.bytes().map(|byte| if is_taken(byte) { b' ' } else { byte }).collect());
    }
    let mut has_ruby = false;
    let mut position = 0;
    while let Some(found) = memchr::memchr(b'{', &text.as_bytes()[position..]) {
        let open = position + found;
        position = open + 1;
        let Some(length) = ruby_length(&text[open..]) else { continue };
        if is_escaped(text, open) || is_in_address(text, open) {
            continue;
        }
        has_ruby = true;
        position = open + length;
        let bytes = marked.get_or_insert_with(|| text.as_bytes().to_vec());
        for byte in &mut bytes[open..position] {
            *byte = match *byte {
                b'{' => RUBY_OPEN as u8,
                b'|' => RUBY_BAR as u8,
                b'}' => RUBY_CLOSE as u8,
                other => other,
            };
        }
    }
    match marked.map(String::from_utf8) {
        Some(Ok(marked)) => (Cow::Owned(marked), has_ruby),
        _ => (Cow::Borrowed(text), false),
    }
}

/// The length of ruby at the beginning of a text: `{base|reading}`, one of the two with a Japanese letter, neither with
/// other marks of Markdown.
fn ruby_length(text: &str) -> Option<usize> {
    const LONGEST: usize = 400;
    let stop = |byte: &u8| b"{}\n\r*_[]&\\<>~$`".contains(byte);
    let close = 1 + text.as_bytes().iter().skip(1).take(LONGEST).position(stop)?;
    let content = text.get(1..close)?;
    let is_letter = |c: char| is_japanese(c) && !is_wide_punctuation(c);
    let is_ruby = text.as_bytes().get(close) == Some(&b'}')
        && content.contains('|')
        && content.split('|').all(|part| !part.trim().is_empty())
        && content.contains(is_letter);
    is_ruby.then_some(close + 1)
}

fn is_escaped(text: &str, position: usize) -> bool {
    text.as_bytes()[..position].iter().rev().take_while(|byte| **byte == b'\\').count() % 2 == 1
}

/// Whether a brace stands in the address of a link.
fn is_in_address(text: &str, position: usize) -> bool {
    const FAR: usize = 200;
    let bytes = &text.as_bytes()[position.saturating_sub(FAR)..position];
    let start = bytes
        .iter()
        .rposition(|byte| byte.is_ascii_whitespace() || *byte == b')' || *byte == b'>')
        .map_or(0, |i| i + 1);
    let word = &bytes[start..];
    word.windows(2).any(|pair| pair == b"](") || word.windows(3).any(|triple| triple == b"://")
}

/// Puts hooks beside `*` and `~~` where Japanese would keep them from opening or closing.
fn hook_emphasis(text: Cow<'_, str>) -> (Cow<'_, str>, Vec<usize>) {
    let mut hooked = String::new();
    let mut hooks = Vec::new();
    let mut copied = 0;
    let mut position = 0;
    while let Some(found) = memchr::memchr2(b'*', b'~', &text.as_bytes()[position..]) {
        let start = position + found;
        let sign = text.as_bytes()[start];
        let length = text.as_bytes()[start..].iter().take_while(|byte| **byte == sign).count();
        position = start + length;
        let Some(place) = hook_place(&text, start..position) else { continue };
        hooked.push_str(&text[copied..place]);
        hooks.push(hooked.len());
        hooked.push(HOOK);
        copied = place;
    }
    if hooks.is_empty() {
        return (text, hooks);
    }
    hooked.push_str(&text[copied..]);
    (Cow::Owned(hooked), hooks)
}

/// Before or after the run: on the side that is no punctuation, where the other one is, and one of the two is Japanese.
fn hook_place(text: &str, run: Range<usize>) -> Option<usize> {
    let before = text[..run.start].chars().next_back()?;
    let after = text[run.end..].chars().next()?;
    if before.is_whitespace() || after.is_whitespace() {
        return None;
    }
    let is_letter = |c: char| is_japanese(c) || matches!(c, RUBY_OPEN | RUBY_CLOSE);
    match (is_punctuation(before), is_punctuation(after)) {
        (false, true) if is_letter(before) || is_wide_punctuation(after) => Some(run.start),
        (true, false) if is_letter(after) || is_wide_punctuation(before) => Some(run.end),
        _ => None,
    }
}

/// Punctuation and signs, as far as CommonMark's test for flanking goes.
fn is_punctuation(character: char) -> bool {
    let is_mark = matches!(character,
        '\u{300}'..='\u{36F}' | '\u{200B}'..='\u{200D}' | '\u{3099}' | '\u{309A}'
        | '\u{FE00}'..='\u{FE0F}' | '\u{E0100}'..='\u{E01EF}');
    !character.is_alphanumeric() && !character.is_whitespace() && !character.is_control() && !is_mark
}

#[cfg(test)]
mod tests {
    use super::*;

    fn show(text: &str) -> String {
        let pieces = [(0, 100)];
        let prepared = Prepared::new(text, &pieces);
        let shown =
            prepared.text.replace(HOOK, "^").replace(RUBY_OPEN, "⟨").replace(RUBY_BAR, "¦").replace(RUBY_CLOSE, "⟩");
        assert_eq!(prepared.clean(&prepared.text), text, "cleaned");
        shown
    }

    #[test]
    fn hooks_go_beside_japanese_only() {
        let check = |text: &str, expected: &str| assert_eq!(show(text), expected);
        check("これは**「重要」**です", "これは^**「重要」**^です");
        check("**重要。**次", "**重要。**^次");
        check("**80%**が", "**80%**^が");
        check("**[リンク](/x)**です", "**[リンク](/x)**^です");
        check("**A（B）**C", "**A（B）**^C");
        check("~~「旧」~~の", "~~「旧」~~^の");
        check("**「先頭」** と", "**「先頭」** と");
        check("the **\"word\"** and **(x)**y", "the **\"word\"** and **(x)**y");
        check("__「下線」__の", "__「下線」__の");
    }

    #[test]
    fn ruby_is_marked_where_it_is_ruby() {
        let check = |text: &str, expected: &str| assert_eq!(show(text), expected);
        check("{研修医|けんしゅうい}", "⟨研修医¦けんしゅうい⟩");
        check("{WHO|ダブリュー}と{研|けん}", "⟨WHO¦ダブリュー⟩と⟨研¦けん⟩");
        check("**{研|けん}**の", "**⟨研¦けん⟩**の");
        check("\\{研|けん}", "\\{研|けん}");
        check("\\\\{研|けん}", "\\\\⟨研¦けん⟩");
        check("{x|x>0} {研|} {|けん} {研\n|けん}", "{x|x>0} {研|} {|けん} {研\n|けん}");
        check("[x](/a{研|けん}.md)", "[x](/a{研|けん}.md)");
        check("https://x.jp/{研|けん}", "https://x.jp/{研|けん}");
    }

    #[test]
    fn places_survive_preparation() {
        let text = "は**「重要」**です";
        let pieces = [(0, 100)];
        let prepared = Prepared::new(text, &pieces);
        let end = prepared.text.find("です").unwrap_or_default();
        assert_eq!(prepared.at(end), 100 + text.find("です").unwrap_or_default());
        assert_eq!(prepared.at(0), 100);
        assert_eq!(prepared.at(prepared.text.len()), 100 + text.len());
    }
}
