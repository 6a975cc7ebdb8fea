//! Results of pure steps by the fingerprint of what went in. Knows no stage.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use crate::fingerprint::Fingerprint;

/// The results of one step. What is cheap to clone, such as an `Arc`, is best.
#[derive(Debug)]
pub struct Memo<T> {
    entries: Mutex<BTreeMap<Fingerprint, Entry<T>>>,
}

#[derive(Debug)]
struct Entry<T> {
    result: T,
    used: bool,
}

impl<T> Default for Memo<T> {
    fn default() -> Memo<T> {
        Memo { entries: Mutex::default() }
    }
}

impl<T: Clone> Memo<T> {
    /// What `step` made of the input with this fingerprint before; else what it makes now.
    pub fn get(&self, input: Fingerprint, step: impl FnOnce() -> T) -> T {
        if let Some(entry) = self.lock().get_mut(&input) {
            entry.used = true;
            return entry.result.clone();
        }
        // Others go on meanwhile. Two that do the same step at once come to the same result.
        let result = step();
        self.lock().insert(input, Entry { result: result.clone(), used: true });
        result
    }

    /// Forgets whatever was not asked for since the last time.
    pub fn sweep(&self) {
        self.lock().retain(|_, entry| std::mem::take(&mut entry.used));
    }

    /// How many results are remembered.
    pub fn len(&self) -> usize {
        self.lock().len()
    }

    /// Whether nothing is remembered.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, BTreeMap<Fingerprint, Entry<T>>> {
        // An entry is whole or it is not there: a step that panics holds no lock.
        self.entries.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_is_done_once_for_each_input_until_it_is_swept() {
        let memo = Memo::default();
        let done = std::cell::Cell::new(0);
        let square = |number: u64| {
            memo.get(Fingerprint::of(&number), || {
                done.set(done.get() + 1);
                number * number
            })
        };
        assert_eq!([square(2), square(3), square(2)], [4, 9, 4]);
        assert_eq!((done.get(), memo.len()), (2, 2));
        memo.sweep();
        square(3);
        memo.sweep();
        assert_eq!((memo.len(), square(3), done.get()), (1, 9, 2));
        assert_eq!((square(2), done.get()), (4, 3));
    }
}
