//! Pages on their way from those who show them to the one who writes them.

use std::collections::VecDeque;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

use rayon::Scope;

use crate::publish::Published;

/// How many batches may wait. A disk stands still for some time again and again, while pages can be shown.
const LONGEST: usize = 4;

/// Batches that wait for the one who takes them, in their order.
pub(super) struct Belt<F> {
    waiting: Mutex<Waiting>,
    one_less: Condvar,
    take: Mutex<F>,
}

#[derive(Default)]
struct Waiting {
    batches: VecDeque<Vec<Published>>,
    /// Whether somebody takes them already.
    is_taken: bool,
    /// Whether who took them is gone for good.
    is_closed: bool,
}

/// Closes the belt where who takes batches panics: nobody must wait for one who does not come back.
struct Closing<'b>(&'b Mutex<Waiting>, &'b Condvar);

impl Drop for Closing<'_> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            held(self.0).is_closed = true;
            self.1.notify_all();
        }
    }
}

impl<F: FnMut(Vec<Published>) + Send> Belt<F> {
    /// An empty one, whose batches `take` gets, one after the other.
    pub(super) fn new(take: F) -> Belt<F> {
        Belt { waiting: Mutex::default(), one_less: Condvar::new(), take: Mutex::new(take) }
    }

    /// Hands on the next batch, and waits where too many wait already: so not from a thread that is to take them.
    pub(super) fn put<'b>(&'b self, batch: Vec<Published>, scope: &Scope<'b>) {
        let is_full = |waiting: &mut Waiting| waiting.batches.len() >= LONGEST && !waiting.is_closed;
        let waiting = self.one_less.wait_while(held(&self.waiting), is_full);
        let mut waiting = waiting.unwrap_or_else(PoisonError::into_inner);
        waiting.batches.push_back(batch);
        if !std::mem::replace(&mut waiting.is_taken, true) {
            scope.spawn(|_| self.run());
        }
    }

    /// Takes batches until none is left.
    fn run(&self) {
        let _closing = Closing(&self.waiting, &self.one_less);
        let mut take = held(&self.take);
        while let Some(batch) = self.next() {
            self.one_less.notify_one();
            take(batch);
        }
    }

    fn next(&self) -> Option<Vec<Published>> {
        let mut waiting = held(&self.waiting);
        let next = waiting.batches.pop_front();
        waiting.is_taken = next.is_some();
        next
    }
}

fn held<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    // Who panics ends the build with it: rayon hands the panic on.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn batches_are_taken_one_after_the_other() {
        let taken = Mutex::new(0);
        let belt = Belt::new(|batch: Vec<Published>| {
            let mut taken = taken.try_lock().expect("nobody else takes");
            std::thread::sleep(std::time::Duration::from_millis(1));
            *taken += 1 + batch.len();
        });
        rayon::in_place_scope(|scope| (0..50).for_each(|_| belt.put(Vec::new(), scope)));
        drop(belt);
        assert_eq!(*held(&taken), 50);
    }

    #[test]
    #[should_panic(expected = "the disk is gone")]
    fn nobody_waits_for_one_who_panicked() {
        let belt = Belt::new(|_| panic!("the disk is gone"));
        rayon::in_place_scope(|scope| (0..50).for_each(|_| belt.put(Vec::new(), scope)));
    }
}
