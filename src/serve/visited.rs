//! The pages that were asked for of late: where many are to be made, these are made first.

use std::collections::{BTreeSet, VecDeque};
use std::sync::{Mutex, PoisonError};

use super::shown::is_page;

/// How many pages are remembered: more than anybody looks at, few enough to be made at once.
const MOST: usize = 16;

/// The pages that were asked for of late, the last one first.
#[derive(Default)]
pub(super) struct Visited(Mutex<VecDeque<String>>);

impl Visited {
    /// A file of the output was asked for.
    pub(super) fn note(&self, file: &str) {
        if !is_page(file) {
            return;
        }
        let mut files = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        files.retain(|known| known != file);
        files.push_front(file.to_owned());
        files.truncate(MOST);
    }

    /// All of them.
    pub(super) fn files(&self) -> BTreeSet<String> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).iter().cloned().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_pages_are_remembered_and_nothing_else() {
        let visited = Visited::default();
        visited.note("assets/a.css");
        for number in 0..MOST {
            visited.note(&format!("{number}.html"));
        }
        visited.note("0.html");
        visited.note("new.html");
        let files = visited.files();
        assert_eq!(files.len(), MOST);
        assert!(files.contains("new.html") && files.contains("0.html"), "{files:?}");
        assert!(!files.contains("1.html"), "{files:?}");
    }
}
