//! The connections there are. Each costs a file of the system, so there is a limit; whoever only holds one open gives way.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::{Notify, OwnedSemaphorePermit, Semaphore};
use tokio::time::{Instant, sleep_until, timeout};

/// How many connections there are at once: half of the files that a system gives a program. A browser opens six.
const MOST: usize = if cfg!(target_os = "macos") { 128 } else { 512 };

/// How many of them may listen for news.
const MOST_LISTENERS: usize = MOST / 2;

/// Where all places are taken: how long a connection may be idle before it gives way to a new one. In a crowd of thousands
/// an honest client may need seconds until it has sent its request.
const GRACE: Duration = Duration::from_secs(5);

/// How often that is looked at, and how many give way at once: enough for a person, and no more of a crowd than need be.
const LOOK: Duration = Duration::from_millis(250);
const GIVE_WAY: usize = 32;

/// How long a connection may live after its last request, if it does not listen: a reader that never takes its answer.
const LONGEST: Duration = Duration::from_secs(120);

/// All connections.
pub(super) struct Guests {
    /// By number, so that the oldest come first.
    list: Mutex<BTreeMap<u64, Arc<Guest>>>,
    places: Arc<Semaphore>,
}

/// One connection.
pub(super) struct Guest {
    state: Mutex<State>,
    leave: Notify,
}

#[derive(Clone, Copy)]
struct State {
    /// When it last asked for something.
    since: Instant,
    /// Whether it listens for news, and so is quiet with good reason.
    listening: bool,
}

/// A place that a connection has taken; free again when it is dropped.
pub(super) struct Visit {
    pub(super) guest: Arc<Guest>,
    number: u64,
    guests: Arc<Guests>,
    _place: OwnedSemaphorePermit,
}

impl Guests {
    pub(super) fn new() -> Arc<Guests> {
        Arc::new(Guests { list: Mutex::default(), places: Arc::new(Semaphore::new(MOST)) })
    }

    /// Waits for a free place, and sees to it that there is one.
    pub(super) async fn place(&self) -> Option<OwnedSemaphorePermit> {
        loop {
            if let Ok(place) = timeout(LOOK, self.places.clone().acquire_owned()).await {
                return place.ok();
            }
            self.make_room();
        }
    }

    /// Gives a new connection its place.
    pub(super) fn welcome(self: &Arc<Guests>, place: OwnedSemaphorePermit) -> Visit {
        let state = State { since: Instant::now(), listening: false };
        let guest = Arc::new(Guest { state: Mutex::new(state), leave: Notify::new() });
        let mut list = locked(&self.list);
        let number = list.last_key_value().map_or(0, |(last, _)| last + 1);
        list.insert(number, guest.clone());
        Visit { guest, number, guests: self.clone(), _place: place }
    }

    /// Asks some of those to leave that have been idle for longer than the grace.
    pub(super) fn make_room(&self) {
        let now = Instant::now();
        let idle = |state: State| !state.listening && now.duration_since(state.since) > GRACE;
        locked(&self.list)
            .values()
            .filter(|guest| idle(*locked(&guest.state)))
            .take(GIVE_WAY)
            .for_each(|guest| guest.leave.notify_one());
    }

    /// Marks a connection as one that listens. Where there are too many of them, the oldest leaves: its tab comes back
    /// when it is looked at.
    pub(super) fn listens(&self, guest: &Guest) {
        locked(&guest.state).listening = true;
        let list = locked(&self.list);
        let listeners: Vec<_> = list.values().filter(|guest| locked(&guest.state).listening).collect();
        let too_many = listeners.len().saturating_sub(MOST_LISTENERS);
        listeners.iter().take(too_many).for_each(|guest| guest.leave.notify_one());
    }
}

impl Guest {
    /// It asks for something.
    pub(super) fn asks(&self) {
        locked(&self.state).since = Instant::now();
    }

    /// Until it has to go: because its place is needed, or because it stayed too long.
    pub(super) async fn told_to_leave(&self) {
        loop {
            let end = locked(&self.state).since + LONGEST;
            tokio::select! {
                () = self.leave.notified() => return,
                () = sleep_until(end.max(Instant::now() + LONGEST / 8)) => {}
            }
            let State { since, listening } = *locked(&self.state);
            if !listening && since + LONGEST <= Instant::now() {
                return;
            }
        }
    }
}

impl Drop for Visit {
    fn drop(&mut self) {
        locked(&self.guests.list).remove(&self.number);
    }
}

/// What a panic left behind is as good as before: each change here is one step.
fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
