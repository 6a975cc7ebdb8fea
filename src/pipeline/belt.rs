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
}

impl<F: FnMut(Vec<Published>) + Send> Belt<F> {
    /// An empty one, whose batches `take` gets, one after the other.
    pub(super) fn new(take: F) -> Belt<F> {
        Belt { waiting: Mutex::default(), one_less: Condvar::new(), take: Mutex::new(take) }
    }

    /// Hands on the next batch, and waits where too many wait already: so not from a thread that is to take them.
    pub(super) fn put<'b>(&'b self, batch: Vec<Published>, scope: &Scope<'b>) {
        let is_full = |waiting: &mut Waiting| waiting.batches.len() >= LONGEST;
        let waiting = self.one_less.wait_while(held(&self.waiting), is_full);
        let mut waiting = waiting.unwrap_or_else(PoisonError::into_inner);
        waiting.batches.push_back(batch);
        if !std::mem::replace(&mut waiting.is_taken, true) {
            scope.spawn(|_| self.run());
        }
    }

    /// Takes batches until none is left.
    fn run(&self) {
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
