//! Words in running text: Japanese has none between spaces, English does, and has plurals.

use std::ops::Range;

/// Where `word`, or its English plural, first stands in `text` as a word: in letters that are written apart not as a part
/// of a longer one. Capitals make no difference, but for abbreviations.
pub fn find_word(text: &str, word: &str) -> Option<Range<usize>> {
    let mut places = text.char_indices().map(|(at, _)| at);
    places.find_map(|at| Some(at..at + word_at(text, at, word)?))
}

/// How many bytes of `text` at the byte `at` are `word` or its English plural.
pub fn word_at(text: &str, at: usize, word: &str) -> Option<usize> {
    if stands_at(text, at, word) {
        return Some(word.len());
    }
    let plural = plural(word).filter(|plural| {
        // Most words don't even begin alike.
        let initial = |text: &str| text.chars().next().map(|letter| letter.to_ascii_lowercase());
        text.get(at..).and_then(initial) == initial(plural)
    })?;
    stands_at(text, at, &plural).then_some(plural.len())
}

fn stands_at(text: &str, at: usize, word: &str) -> bool {
    let end = at + word.len();
    let Some(found) = text.get(at..end).filter(|_| !word.is_empty()) else { return false };
    if !(found == word || !is_abbreviation(word) && found.eq_ignore_ascii_case(word)) {
        return false;
    }
    let joined = |before: Option<char>, after: Option<char>| {
        before.is_some_and(is_written_apart) && after.is_some_and(is_written_apart)
    };
    let before = text.get(..at).and_then(|text| text.chars().next_back());
    let after = text.get(end..).and_then(|text| text.chars().next());
    !joined(before, word.chars().next()) && !joined(word.chars().next_back(), after)
}

/// `hospitals`, `specialties`, `branches`. Words that go another way have to be given as terms of their own.
fn plural(word: &str) -> Option<String> {
    let last = word.chars().next_back().filter(char::is_ascii_alphabetic)?;
    let is_hissing = ["s", "x", "z", "ch", "sh"].iter().any(|end| word.ends_with(end));
    let before_last = word.chars().rev().nth(1);
    Some(match last {
        'y' if before_last.is_some_and(|letter| !"aeiou".contains(letter)) => {
            format!("{}ies", word.trim_end_matches('y'))
        }
        _ if is_hissing => format!("{word}es"),
        _ => format!("{word}s"),
    })
}

/// A word with a capital that isn't its first letter: `DPC`, `MOx`.
fn is_abbreviation(word: &str) -> bool {
    word.split_whitespace().any(|word| word.chars().skip(1).any(char::is_uppercase))
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
        let found = |text, word| find_word(text, word).and_then(|range| str::get(text, range));
        assert_eq!(find_word("hospitality of the core hospital", "core hospital"), Some(19..32));
        assert_eq!(found("Core hospital, yes", "core hospital"), Some("Core hospital"));
        assert_eq!(found("CORE HOSPITAL", "Core Hospital"), Some("CORE HOSPITAL"));
        assert_eq!(find_word("基幹型臨床研修病院です", "臨床研修"), Some(9..21));
        assert_eq!(found("国のDPC制度", "DPC"), Some("DPC"));
        assert_eq!(found("a dpc", "DPC"), None);
        assert_eq!(found("éa", "a"), None);
        assert_eq!(found("", "a").or(found("a", "")), None);
    }

    #[test]
    fn english_plurals_are_the_same_word() {
        let cases = [
            ("core hospital", "Core hospitals are"),
            ("specialty", "Specialties"),
            ("survey", "surveys"),
            ("branch", "branches"),
            ("index", "indexes"),
            ("DPC", "DPCs"),
        ];
        for (word, text) in cases {
            let range = find_word(text, word);
            assert_eq!(range.map(|range| range.start), Some(0), "{word} in {text}");
        }
        for (word, text) in [("core hospital", "core hospitality"), ("specialty", "specialtys"), ("病院", "病院s a")]
        {
            assert_ne!(find_word(text, word).map(|range| range.end), Some(text.len()), "{word} in {text}");
        }
    }
}
