//! Words in running text: Japanese has none between spaces, English does.

/// Where `word` first stands in `text` as a word: in letters that are written apart not as a part of a longer one.
/// An initial of either case will do; abbreviations are taken as they are.
pub fn find_word(text: &str, word: &str) -> Option<usize> {
    text.char_indices().map(|(at, _)| at).find(|at| word_at(text, *at, word))
}

/// Whether `word` stands at the byte `at` of `text`.
pub fn word_at(text: &str, at: usize, word: &str) -> bool {
    let end = at + word.len();
    let Some(found) = text.get(at..end).filter(|_| !word.is_empty()) else { return false };
    let exact = word.chars().skip(1).any(char::is_uppercase);
    if !(found == word || !exact && found.eq_ignore_ascii_case(word)) {
        return false;
    }
    let joined = |before: Option<char>, after: Option<char>| {
        before.is_some_and(is_written_apart) && after.is_some_and(is_written_apart)
    };
    let before = text.get(..at).and_then(|text| text.chars().next_back());
    let after = text.get(end..).and_then(|text| text.chars().next());
    !joined(before, word.chars().next()) && !joined(word.chars().next_back(), after)
}

/// Letters and digits of scripts that put spaces between words.
fn is_written_apart(letter: char) -> bool {
    letter.is_alphanumeric() && (letter as u32) < 0x2E80
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_whole_in_english_and_anywhere_in_japanese() {
        assert_eq!(find_word("hospitals of the core hospital", "core hospital"), Some(17));
        assert_eq!(find_word("Core hospitals", "core hospital"), None);
        assert_eq!(find_word("Core hospital, yes", "core hospital"), Some(0));
        assert_eq!(find_word("基幹型臨床研修病院です", "臨床研修"), Some(9));
        assert_eq!(find_word("DPCs and DPC", "DPC"), Some(9));
        assert_eq!(find_word("国のDPC制度", "DPC"), Some(6));
        assert_eq!(find_word("a dpc", "DPC"), None);
        assert_eq!(find_word("éa", "a"), None);
        assert_eq!(find_word("", "a").or(find_word("a", "")), None);
    }
}
