//! [`Prose`]: the words of a source as readers meet them, and the way back to their places.

use std::ops::Range;

use crate::locale::word_at;
use crate::parse::{front_matter, markdown};

/// The words of a source as they are read: without front matter, code and addresses, and lines joined.
pub(super) struct Prose {
    /// The words, lines joined; `\0` for what is not read.
    pub text: String,
    /// Where each byte of the text stands in the source.
    pub places: Vec<usize>,
}

impl Prose {
    /// The words of a source.
    pub fn of(source: &str) -> Prose {
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
        // A blank line ends a paragraph: no word goes on behind it. So does whatever begins a block.
        if line.trim().is_empty() || markdown::begins_block(line) {
            self.push('\n', offset);
        }
        let (line, offset) = (line.trim(), offset + line.len() - line.trim_start().len());
        let is_joined = self.text.ends_with(is_wide) && line.starts_with(is_wide);
        if !self.text.is_empty() && !self.text.ends_with('\n') && !is_joined {
            self.push(' ', offset);
        }
        let (mut is_code, mut is_address, mut before) = (false, false, ' ');
        for (at, letter) in line.char_indices() {
            match letter {
                '`' => is_code = !is_code,
                '(' if before == ']' => is_address = true,
                ')' if is_address => is_address = false,
                _ => {}
            }
            self.push(if is_code || is_address || letter == '`' { '\0' } else { letter }, offset + at);
            before = letter;
        }
    }

    fn push(&mut self, letter: char, place: usize) {
        self.text.push(letter);
        self.places.extend((0..letter.len_utf8()).map(|byte| place + byte));
    }

    /// Where `word` stands in the source, but for where it is a part of `right`.
    pub fn places(&self, word: &str, right: &str) -> Vec<Range<usize>> {
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
