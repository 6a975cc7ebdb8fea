//! How much memory pictures may take while they are worked on, whatever the number of cores.

use std::sync::{Condvar, Mutex, PoisonError};

/// What there is to share among the pictures that are worked on at the same time.
pub struct Turns {
    free: Mutex<u64>,
    freed: Condvar,
    all: u64,
}

impl Turns {
    /// So many bytes to share.
    pub fn of(bytes: u64) -> Turns {
        Turns { free: Mutex::new(bytes), freed: Condvar::new(), all: bytes }
    }

    /// Does `work` as soon as `bytes` are free. A work that asks for more than there is gets all.
    ///
    /// `work` must not wait for other threads: these may be waiting here for it.
    pub fn take<T>(&self, bytes: u64, work: impl FnOnce() -> T) -> T {
        let bytes = bytes.min(self.all);
        let mut free = self.free.lock().unwrap_or_else(PoisonError::into_inner);
        while *free < bytes {
            free = self.freed.wait(free).unwrap_or_else(PoisonError::into_inner);
        }
        *free -= bytes;
        drop(free);
        let _back = Back { turns: self, bytes };
        work()
    }
}

/// Gives back what was taken, also where the work ended early.
struct Back<'t> {
    turns: &'t Turns,
    bytes: u64,
}

impl Drop for Back<'_> {
    fn drop(&mut self) {
        *self.turns.free.lock().unwrap_or_else(PoisonError::into_inner) += self.bytes;
        self.turns.freed.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU64, Ordering};

    use super::*;

    #[test]
    fn no_more_is_taken_at_once_than_there_is() {
        let (turns, taken, most) = (Turns::of(10), AtomicU64::new(0), AtomicU64::new(0));
        std::thread::scope(|scope| {
            for bytes in [4, 4, 4, 10, 1, 99, 3, 7] {
                let (turns, taken, most) = (&turns, &taken, &most);
                scope.spawn(move || {
                    turns.take(bytes, || {
                        let bytes = bytes.min(10);
                        most.fetch_max(taken.fetch_add(bytes, Ordering::SeqCst) + bytes, Ordering::SeqCst);
                        std::thread::yield_now();
                        taken.fetch_sub(bytes, Ordering::SeqCst);
                    });
                });
            }
        });
        assert_eq!(taken.load(Ordering::SeqCst), 0);
        assert!(most.load(Ordering::SeqCst) <= 10);
    }
}
