//! Text as it is looked for: width, case, accents, kana and forms of kanji made one.
//!
//! The script of the search page does the same to what readers type; `tests/browser/cuts.json` holds both to it.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use icu_normalizer::{ComposingNormalizerBorrowed, DecomposingNormalizerBorrowed};

/// Forms of letters, a line each: the one that is kept, then those that become it.
const VARIANTS: &str = include_str!("variants.txt");

static KEPT: LazyLock<BTreeMap<char, char>> = LazyLock::new(|| {
    let groups = variants().filter_map(|group| group.split_first().map(|(kept, others)| (*kept, others.to_vec())));
    groups.flat_map(|(kept, others)| others.into_iter().map(move |other| (other, kept))).collect()
});

/// The lines of the table, for the browser too: `高髙`.
pub fn variants() -> impl Iterator<Item = Vec<char>> {
    let lines = VARIANTS.lines().filter(|line| !line.starts_with('#') && !line.is_empty());
    lines.map(|line| line.chars().filter(|letter| *letter != ' ').collect())
}

/// The text with all that makes no difference to a reader who looks for it taken away.
pub fn fold(text: &str) -> Vec<char> {
    let apart = DecomposingNormalizerBorrowed::new_nfkd().normalize(text);
    let plain: String = apart.chars().filter(|letter| !is_mark(*letter)).flat_map(char::to_lowercase).collect();
    let letters: Vec<char> = ComposingNormalizerBorrowed::new_nfc().normalize(&plain).chars().collect();
    let kept = letters.iter().enumerate().filter(|(place, _)| !is_silent(&letters, *place));
    kept.map(|(_, letter)| one_form(*letter)).collect()
}

/// Accents, selectors of a kanji's shape, and what is invisible.
fn is_mark(letter: char) -> bool {
    matches!(letter, '\u{300}'..='\u{36F}' | '\u{FE00}'..='\u{FE0F}' | '\u{E0100}'..='\u{E01EF}' | '\u{AD}'
        | '\u{200B}'..='\u{200D}' | '\u{2060}' | '\u{FEFF}')
}

/// Signs that words are written with or without: 1,234 and 1234, サーバー and サーバ, doctor’s and doctors.
fn is_silent(letters: &[char], place: usize) -> bool {
    let at = |step: isize| place.checked_add_signed(step).and_then(|place| letters.get(place)).copied();
    let both = |is: fn(char) -> bool| at(-1).is_some_and(is) && at(1).is_some_and(is);
    match at(0) {
        Some(',') => both(|letter| letter.is_ascii_digit()),
        Some('\'' | '’') => both(|letter| letter.is_ascii_alphabetic()),
        // A long vowel at the end of a word of some length.
        Some('ー') => (-3..0).all(|step| at(step).is_some_and(is_katakana)) && !at(1).is_some_and(is_katakana),
        _ => false,
    }
}

fn is_katakana(letter: char) -> bool {
    matches!(letter, 'ァ'..='ヺ' | 'ー')
}

/// Katakana as hiragana, old and rare forms of kanji as the one that is typed.
fn one_form(letter: char) -> char {
    let letter = match letter {
        'ァ'..='ヶ' => char::from_u32(letter as u32 - 0x60).unwrap_or(letter),
        other => other,
    };
    KEPT.get(&letter).copied().unwrap_or(letter)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_becomes_one_letter_that_stays_itself() {
        for group in variants() {
            assert!(group.len() > 1, "{group:?}");
            let folded: Vec<Vec<char>> = group.iter().map(|letter| fold(&letter.to_string())).collect();
            assert!(folded.iter().all(|form| *form == folded[0]), "{group:?}: {folded:?}");
        }
    }
}
