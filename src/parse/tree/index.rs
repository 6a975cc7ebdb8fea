//! Where the fields of a text stand, by their path.

use std::collections::BTreeMap;

/// A range of bytes within the text.
pub(super) type Range = (usize, usize);

/// Where a field stands.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place {
    pub(super) key: Range,
    pub(super) value: Range,
}

/// The places of fields, and those of the items of each list. Items have no paths of their own: a country of figures has a
/// quarter of a million of them.
#[derive(Debug, Clone, Default)]
pub(super) struct Index {
    fields: BTreeMap<String, Place>,
    items: BTreeMap<String, Vec<Range>>,
}

impl Index {
    pub(super) fn insert(&mut self, path: String, place: Place) {
        self.fields.insert(path, place);
    }

    pub(super) fn insert_items(&mut self, list: &str, items: Vec<Range>) {
        self.items.insert(list.to_owned(), items);
    }

    pub(super) fn get(&self, path: &str) -> Option<Place> {
        let item = || {
            let (list, number) = path.strip_suffix(']')?.rsplit_once('[')?;
            let range = *self.items(list).get(number.parse::<usize>().ok()?)?;
            Some(Place { key: range, value: range })
        };
        self.fields.get(path).copied().or_else(item)
    }

    /// The paths of all fields.
    pub(super) fn paths(&self) -> impl Iterator<Item = &str> {
        self.fields.keys().map(String::as_str)
    }

    /// The places of the items of a list.
    pub(super) fn items(&self, list: &str) -> &[Range] {
        self.items.get(list).map(Vec::as_slice).unwrap_or_default()
    }

    /// The place of a path, or of the nearest thing around it that has one.
    pub(super) fn nearest(&self, path: &str) -> Place {
        let mut path = path;
        loop {
            if let Some(place) = self.get(path) {
                return place;
            }
            match path.rfind(['.', '[']) {
                Some(cut) => path = &path[..cut],
                None => return self.get("").unwrap_or(Place { key: (0, 0), value: (0, 0) }),
            }
        }
    }
}
