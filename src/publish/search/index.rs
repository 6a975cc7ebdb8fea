//! Entries to files: which units hold a key, in parts by the order of keys, and what results show, in parts by entry.
//!
//! A unit is a stretch of text that a query must match within: the title of an entry is its first, its other names its
//! second, and each passage has two, heading and text. Units are numbered through all entries, so a list of units is a
//! row of small steps, each written in one or two characters. Everything is kept as it will be written: an index is
//! never larger than its files.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::{Value, json};

use super::cut::{Key, keys};
use super::entry::Entry;
use super::fold::{fold, variants};
use crate::fingerprint::Fingerprint;

/// How large a part becomes before the next begins: small enough for a phone, large enough for few requests.
const PART_BYTES: usize = 24_000;
/// The digits of written numbers: the first half ends a number, the second has more to follow.
const DIGITS: &[u8; 64] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_";
/// Half of [`DIGITS`].
const BASE: usize = 32;
/// A title longer than this is not told from others by its length.
const LONG_TITLE: usize = 60;

/// A language of the site, for the browser.
#[derive(Debug, Serialize)]
pub struct Spoken {
    /// As in `lang`.
    pub html: String,
    /// What it calls itself.
    pub name: String,
    /// How many entries are in it.
    pub count: usize,
    /// What the page for searching says, by the ends of the ids.
    pub words: Vec<(String, String)>,
}

/// An entry, ready for the index.
#[derive(Debug)]
pub struct Sheet {
    /// What results show, as JSON.
    shown: String,
    /// How many letters its title has.
    title: usize,
    /// The keys of each of its units.
    units: Vec<Vec<Key>>,
}

/// Cuts an entry.
pub fn cut(entry: &Entry) -> Sheet {
    let unit = |text: &str| keys(&fold(text));
    let title = fold(&entry.title);
    let mut units = vec![keys(&title), entry.names.iter().flat_map(|name| unit(name)).collect()];
    units.extend(entry.passages.iter().flat_map(|passage| [unit(&passage.heading), unit(&passage.text)]));
    for keys in &mut units {
        keys.sort_unstable();
        keys.dedup();
    }
    Sheet { shown: shown(entry).to_string(), title: title.len().min(LONG_TITLE), units }
}

/// An entry as the browser gets it.
fn shown(entry: &Entry) -> Value {
    let passages = entry.passages.iter().map(|passage| json!([passage.anchor, passage.heading, passage.text]));
    json!([entry.kind, entry.href, entry.title, entry.section, entry.names, passages.collect::<Vec<Value>>()])
}

/// All that is found.
pub struct Index {
    languages: Vec<Spoken>,
    /// How many passages each entry has.
    passages: Row,
    /// How many letters the title of each entry has.
    titles: Row,
    /// The units that hold each key: the last one, and the steps so far.
    lists: BTreeMap<Key, (usize, Row)>,
    /// What results show: by the number of their first entries, entries as JSON with commas between them.
    texts: Vec<(usize, String)>,
    entries: usize,
    units: usize,
}

impl Index {
    /// An index of nothing yet.
    pub fn new(languages: Vec<Spoken>) -> Index {
        let (passages, titles, lists, texts) = <(Row, Row, BTreeMap<_, _>, Vec<_>)>::default();
        Index { languages, passages, titles, lists, texts, entries: 0, units: 0 }
    }

    /// Adds an entry in the language of that number, after all of the languages before it.
    pub fn add(&mut self, language: usize, sheet: &Sheet) {
        if let Some(language) = self.languages.get_mut(language) {
            language.count += 1;
        }
        self.passages.push(sheet.units.len() / 2 - 1);
        self.titles.push(sheet.title);
        for keys in &sheet.units {
            let unit = self.units;
            for key in keys {
                match self.lists.get_mut(key) {
                    Some((last, steps)) => {
                        steps.push(unit - *last);
                        *last = unit;
                    }
                    None => {
                        let mut steps = Row::default();
                        steps.push(unit);
                        self.lists.insert(key.clone(), (unit, steps));
                    }
                }
            }
            self.units += 1;
        }
        match self.texts.last_mut() {
            Some((_, part)) if part.len() + sheet.shown.len() < PART_BYTES => {
                part.push(',');
                part.push_str(&sheet.shown);
            }
            _ => self.texts.push((self.entries, sheet.shown.clone())),
        }
        self.entries += 1;
    }

    /// The files: `search/index.js`, whose name never changes, and the parts that it names by what is in them.
    pub fn files(self) -> Vec<(String, Vec<u8>)> {
        let mut files = BTreeMap::new();
        let keys: Vec<(String, String)> = key_parts(self.lists)
            .into_iter()
            .map(|(first, part)| (first, add(&format!("{{{part}}}"), &mut files)))
            .collect();
        let texts: Vec<(usize, String)> =
            self.texts.into_iter().map(|(first, part)| (first, add(&format!("[{part}]"), &mut files))).collect();
        let head = json!({
            "languages": self.languages,
            "passages": self.passages.0,
            "titles": self.titles.0,
            "variants": variants().map(String::from_iter).collect::<Vec<String>>(),
            "keys": keys,
            "texts": texts,
        });
        files.insert("search/index.js".to_owned(), script("index", &head.to_string()));
        files.into_iter().collect()
    }
}

/// Keys with their lists, in the order in which JavaScript compares texts: the first key of each part, and what is in it.
fn key_parts(lists: BTreeMap<Key, (usize, Row)>) -> Vec<(String, String)> {
    let mut lists: Vec<(String, Row)> = lists.into_iter().map(|(key, (_, row))| (key.to_string(), row)).collect();
    lists.sort_by(|(one, _), (other, _)| one.encode_utf16().cmp(other.encode_utf16()));
    let mut parts: Vec<(String, String)> = Vec::new();
    for (key, Row(row)) in lists {
        let pair = format!("{}:\"{row}\"", Value::from(key.as_str()));
        match parts.last_mut() {
            Some((_, part)) if part.len() + pair.len() < PART_BYTES => {
                part.push(',');
                part.push_str(&pair);
            }
            _ => parts.push((key, pair)),
        }
    }
    parts
}

/// Adds a part under the name that its content gives it.
fn add(json: &str, files: &mut BTreeMap<String, Vec<u8>>) -> String {
    let name: String = Fingerprint::of_bytes(json.as_bytes()).to_string().chars().take(16).collect();
    files.insert(format!("search/{name}.js"), script(&name, json));
    name
}

/// A part as a script: `kairanSearch("name",…)`.
fn script(name: &str, json: &str) -> Vec<u8> {
    format!("kairanSearch(\"{name}\",{json})\n").into_bytes()
}

/// Numbers as text, the lowest digits of each first.
#[derive(Default)]
struct Row(String);

impl Row {
    fn push(&mut self, number: usize) {
        let digit = |value: usize| DIGITS.get(value).copied().map_or('0', char::from);
        let mut rest = number;
        while rest >= BASE {
            self.0.push(digit(BASE + rest % BASE));
            rest /= BASE;
        }
        self.0.push(digit(rest));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_in_digits_that_say_whether_more_follow() {
        let mut row = Row::default();
        for number in [0, 31, 32, 1023, 1024, 40_000] {
            row.push(number);
        }
        assert_eq!(row.0, "0V W1 _V WW1 WYd1".replace(' ', ""));
    }
}
