//! Folded text cut into what the index lists: words where there are spaces, pairs of letters where there are none.
//!
//! 急性腹症 is 急性, 性腹 and 腹症, so that any part of it is found, and nothing that is not in it. A kanji by itself is
//! listed only where no other stands beside it: 幹 does not find 新幹線.

use std::fmt;

use unicode_script::{Script, UnicodeScript};

/// What a letter belongs to.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sort {
    Kanji,
    Kana,
    /// Letters and digits of words with spaces between them.
    Word,
    Other,
}

/// What the index lists.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Key {
    /// Two neighbours, or a kanji without another beside it.
    Run(char, Option<char>),
    /// A word without the ending of a plural.
    Word(String),
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Key::Run(one, None) => write!(f, "{one}"),
            Key::Run(one, Some(other)) => write!(f, "{one}{other}"),
            Key::Word(word) => f.write_str(word),
        }
    }
}

/// The keys under which a folded text is listed, as often as they stand in it.
pub fn keys(letters: &[char]) -> Vec<Key> {
    let sorts: Vec<Sort> = (0..letters.len()).map(|place| sort(letters, place)).collect();
    let mut keys = Vec::new();
    let mut start = 0;
    while start < letters.len() {
        let is_word = sorts[start] == Sort::Word;
        let same = |sort: &&Sort| **sort != Sort::Other && (**sort == Sort::Word) == is_word;
        let end = start + sorts[start..].iter().take_while(same).count();
        match (is_word, end > start) {
            (true, _) => keys.push(Key::Word(stem(&letters[start..end].iter().collect::<String>()))),
            (false, true) => add_run(&letters[start..end], &sorts[start..end], &mut keys),
            (false, false) => {}
        }
        start = end.max(start + 1);
    }
    keys
}

/// Every pair of neighbours, and every kanji without another beside it.
fn add_run(letters: &[char], sorts: &[Sort], keys: &mut Vec<Key>) {
    keys.extend(letters.iter().zip(letters.iter().skip(1)).map(|(one, other)| Key::Run(*one, Some(*other))));
    let is_kanji = |place: Option<usize>| place.and_then(|place| sorts.get(place)) == Some(&Sort::Kanji);
    let alone =
        |place: &usize| is_kanji(Some(*place)) && !is_kanji(place.checked_sub(1)) && !is_kanji(place.checked_add(1));
    keys.extend((0..letters.len()).filter(alone).map(|place| Key::Run(letters[place], None)));
}

fn sort(letters: &[char], place: usize) -> Sort {
    let is_digit = |place: Option<usize>| {
        place.and_then(|place| letters.get(place)).is_some_and(|letter: &char| letter.is_ascii_digit())
    };
    match letters[place] {
        'a'..='z' | '0'..='9' => Sort::Word,
        '.' if is_digit(place.checked_sub(1)) && is_digit(place.checked_add(1)) => Sort::Word,
        'ー' => Sort::Kana,
        letter if letter.is_ascii() => Sort::Other,
        letter => match letter.script() {
            Script::Han => Sort::Kanji,
            Script::Hiragana | Script::Katakana => Sort::Kana,
            _ if letter.is_alphanumeric() => Sort::Word,
            _ => Sort::Other,
        },
    }
}

/// A word without the ending of an English plural: study for studies, hospital for hospitals, branch for branches.
fn stem(word: &str) -> String {
    let ends = |endings: &[&str]| endings.iter().any(|ending| word.ends_with(ending));
    let cut = |letters: usize| word.get(..word.len() - letters).unwrap_or(word);
    match word.len() {
        0..=3 => word.to_owned(),
        5.. if ends(&["ies"]) => format!("{}y", cut(3)),
        5.. if ends(&["ches", "shes", "sses", "xes"]) => cut(2).to_owned(),
        _ if ends(&["s"]) && !ends(&["ss", "us"]) => cut(1).to_owned(),
        _ => word.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use serde_json::Value;

    use super::super::fold::fold;
    use super::*;

    /// The same cases are held against the script of the search page.
    #[test]
    fn text_is_folded_and_cut_as_in_the_browser() {
        let cases: Value = serde_json::from_str(include_str!("../../../tests/browser/cuts.json")).unwrap();
        let cases = cases.as_array().unwrap();
        assert!(cases.len() > 30);
        for case in cases {
            let text = |name: &str| case[name].as_str().unwrap();
            let folded = fold(text("text"));
            assert_eq!(folded.iter().collect::<String>(), text("folded"), "{case}");
            let keys: BTreeSet<String> = keys(&folded).iter().map(Key::to_string).collect();
            let keys: Vec<Value> = keys.into_iter().map(Value::from).collect();
            assert_eq!(Value::from(keys), case["keys"], "{case}");
        }
    }
}
