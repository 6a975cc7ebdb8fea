//! Entries to files: which units hold a key, in parts by the order of keys, and what results show, in parts by entry.
//!
//! A unit is a stretch of text that a query must match within: the title of an entry is its first, its other names its
//! second, and each passage has two, heading and text. Units are numbered through all entries, so a list of units is a
//! row of small steps, each written in one or two characters.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use serde_json::{Value, json};

use super::Spoken;
use super::cut::keys;
use super::entry::Entry;
use super::fold::{fold, variants};
use crate::fingerprint::Fingerprint;

/// The keys of a unit.
pub type Unit = BTreeSet<String>;

/// How large a part becomes before the next begins: small enough for a phone, large enough for few requests.
const PART_BYTES: usize = 24_000;
/// The digits of written numbers: the first half ends a number, the second has more to follow.
const DIGITS: &[u8; 64] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_";
/// Half of [`DIGITS`].
const BASE: usize = 32;
/// A title longer than this is not told from others by its length.
const LONG_TITLE: usize = 60;

/// All that is found, before it is written.
#[derive(Default)]
pub struct Index {
    entries: Vec<Entry>,
    /// How many passages each entry has.
    passages: Vec<usize>,
    /// How many letters the title of each entry has.
    titles: Vec<usize>,
    /// The units that hold each key, in order.
    lists: BTreeMap<String, Vec<usize>>,
    /// How many units there are.
    units: usize,
}

/// The units of an entry in their order.
pub fn cut(entry: Entry) -> (Entry, Vec<Unit>) {
    let unit = |text: &str| keys(&fold(text));
    let mut units = vec![unit(&entry.title), entry.names.iter().flat_map(|name| unit(name)).collect()];
    units.extend(entry.passages.iter().flat_map(|passage| [unit(&passage.heading), unit(&passage.text)]));
    (entry, units)
}

impl Index {
    /// The index of entries that stand in the order of their languages.
    pub fn of(entries: impl Iterator<Item = (Entry, Vec<Unit>)>) -> Index {
        let mut index = Index::default();
        for (entry, units) in entries {
            for unit in units {
                for key in unit {
                    index.lists.entry(key).or_default().push(index.units);
                }
                index.units += 1;
            }
            index.passages.push(entry.passages.len());
            index.titles.push(fold(&entry.title).len().min(LONG_TITLE));
            index.entries.push(entry);
        }
        index
    }

    /// The files: `search/index.js`, whose name never changes, and the parts that it names by what is in them.
    pub fn files(&self, languages: &[Spoken]) -> Vec<(String, Vec<u8>)> {
        let mut files = BTreeMap::new();
        let keys = self.key_parts(&mut files);
        let texts = self.text_parts(&mut files);
        let head = json!({
            "languages": languages,
            "passages": row(&self.passages),
            "titles": row(&self.titles),
            "variants": variants().map(String::from_iter).collect::<Vec<String>>(),
            "keys": keys,
            "texts": texts,
        });
        files.insert("search/index.js".to_owned(), script("index", &head));
        files.into_iter().collect()
    }

    /// Keys with their lists, in the order in which JavaScript compares texts: the first key of each part, and its name.
    fn key_parts(&self, files: &mut BTreeMap<String, Vec<u8>>) -> Vec<(String, String)> {
        let mut lists: Vec<(&String, String)> =
            self.lists.iter().map(|(key, units)| (key, row(&steps(units)))).collect();
        lists.sort_by(|(one, _), (other, _)| one.encode_utf16().cmp(other.encode_utf16()));
        let size = |(key, list): &(&String, String)| key.len() + list.len() + 6;
        let parts = parts(&lists, size).map(|part| {
            let first = part.first().map(|(key, _)| (*key).clone()).unwrap_or_default();
            let lists: serde_json::Map<String, Value> =
                part.iter().map(|(key, list)| ((*key).clone(), Value::from(list.as_str()))).collect();
            (first, add(&Value::Object(lists), files))
        });
        parts.collect()
    }

    /// What results show: the number of the first entry of each part, and its name.
    fn text_parts(&self, files: &mut BTreeMap<String, Vec<u8>>) -> Vec<(usize, String)> {
        let shown: Vec<Value> = self.entries.iter().map(shown).collect();
        let mut first = 0;
        let parts = parts(&shown, |entry| entry.to_string().len()).map(|part| {
            let name = add(&Value::from(part.to_vec()), files);
            first += part.len();
            (first - part.len(), name)
        });
        parts.collect()
    }
}

/// An entry as the browser gets it.
fn shown(entry: &Entry) -> Value {
    let passages = entry.passages.iter().map(|passage| json!([passage.anchor, passage.heading, passage.text]));
    json!([entry.kind, entry.href, entry.title, entry.section, entry.names, passages.collect::<Vec<Value>>()])
}

/// Runs of items that are about as large as a part should be; an item is never divided.
fn parts<'i, T>(items: &'i [T], size: impl Fn(&T) -> usize) -> impl Iterator<Item = &'i [T]> {
    let mut rest = items;
    std::iter::from_fn(move || {
        let mut bytes = 0;
        let fits = |item: &&T| {
            bytes += size(item);
            bytes <= PART_BYTES
        };
        let count = rest.iter().take_while(fits).count().max(1).min(rest.len());
        let (part, left) = rest.split_at(count);
        rest = left;
        (!part.is_empty()).then_some(part)
    })
}

/// Adds a part under the name that its content gives it.
fn add(part: &impl Serialize, files: &mut BTreeMap<String, Vec<u8>>) -> String {
    let name: String = Fingerprint::of(part).to_string().chars().take(16).collect();
    files.insert(format!("search/{name}.js"), script(&name, part));
    name
}

/// A part as a script: `kairanSearch("name",…)`.
fn script(name: &str, part: &impl Serialize) -> Vec<u8> {
    let json = serde_json::to_string(part).unwrap_or_default();
    format!("kairanSearch(\"{name}\",{json})\n").into_bytes()
}

/// The steps from each number to the next.
fn steps(numbers: &[usize]) -> Vec<usize> {
    let before = std::iter::once(0).chain(numbers.iter().copied());
    numbers.iter().zip(before).map(|(number, before)| number - before).collect()
}

/// Numbers as text, the lowest digits first.
fn row(numbers: &[usize]) -> String {
    let mut row = String::with_capacity(numbers.len());
    for number in numbers {
        let mut rest = *number;
        while rest >= BASE {
            row.push(digit(BASE + rest % BASE));
            rest /= BASE;
        }
        row.push(digit(rest));
    }
    row
}

fn digit(value: usize) -> char {
    DIGITS.get(value).copied().map_or('0', char::from)
}
