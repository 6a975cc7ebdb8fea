//! Says that something in the site folder changed. What changed is for the build to find out: contents decide, and an
//! event only wakes it.
//!
//! Events that are of no interest are dropped where they arise: reading a file is an event on some systems (and a build
//! reads every file), and so is all that other programs do beside the site: `.git`, caches, the output folder.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::{Duration, Instant};

use anyhow::Context;
use notify::event::{AccessKind, AccessMode, ModifyKind};
use notify::{Config, Event, EventKind, PollWatcher, RecommendedWatcher, RecursiveMode, Watcher};

use crate::diagnostic::{Diagnostic, serve as findings};
use crate::read::FOLDERS;

/// How long it must be quiet after a save: editors write a file in several steps.
const QUIET: Duration = Duration::from_millis(10);

/// How long it must be quiet where many files change at once, as when another branch is checked out.
const QUIET_AFTER_MANY: Duration = Duration::from_millis(80);

/// From how many files on that is so.
const MANY: usize = 4;

/// How long a change waits at most for quiet.
const LONGEST: Duration = Duration::from_secs(2);

/// How often files are looked at where the system tells of no changes.
const EVERY: Duration = Duration::from_secs(1);

/// Watches one site folder.
pub(super) struct Watch {
    root: PathBuf,
    poll: bool,
    /// Kept for its own sake: events end with it.
    _watcher: Option<Box<dyn Watcher + Send>>,
    happenings: Receiver<Happening>,
    sender: Sender<Happening>,
}

/// That something changed, and it is quiet again.
pub(super) struct Woken {
    /// When the first sign of it came.
    pub(super) since: Instant,
    /// What is wrong with the watching.
    pub(super) trouble: Option<Diagnostic>,
}

/// One event that is of interest.
struct Happening {
    paths: Vec<PathBuf>,
    /// Whether a folder that is watched came, went or was replaced: what it is to be watched by has to be set up anew.
    moved: bool,
}

impl Watch {
    /// Watches the site at `root`; with `poll`, by looking at its files again and again. Says what is wrong with that.
    ///
    /// # Errors
    /// Where the system does not say where `root` is.
    pub(super) fn new(root: &Path, poll: bool) -> anyhow::Result<(Watch, Option<Diagnostic>)> {
        let root = std::path::absolute(root).with_context(|| format!("{}", root.display()))?;
        let (sender, happenings) = channel();
        let mut watch = Watch { root, poll, _watcher: None, happenings, sender };
        let trouble = watch.set_up().err();
        Ok((watch, trouble))
    }

    /// Waits until something changed and it is quiet again.
    pub(super) fn next(&mut self) -> Woken {
        let mut moved = false;
        let mut paths = BTreeSet::new();
        let mut note = |happening: Happening| {
            moved |= happening.moved;
            paths.extend(happening.paths);
            paths.len()
        };
        let mut count = self.happenings.recv().map(&mut note).unwrap_or_default();
        let since = Instant::now();
        loop {
            let quiet = if count < MANY { QUIET } else { QUIET_AFTER_MANY };
            match self.happenings.recv_timeout(quiet.min(LONGEST.saturating_sub(since.elapsed()))) {
                Ok(happening) => count = note(happening),
                Err(_) => break,
            }
        }
        let trouble = if moved { self.set_up().err() } else { None };
        Woken { since, trouble }
    }

    /// Watches what there is now: the folders that are read, the site folder itself for `site.toml` and for folders that
    /// come and go, and the folder around it, in case the whole site is replaced.
    fn set_up(&mut self) -> Result<(), Diagnostic> {
        self._watcher = None;
        let told = if self.poll { self.polling() } else { self.events() };
        let (watcher, outcome) = match told {
            Ok(watcher) => (Some(watcher), Ok(())),
            // Too many folders for the system, or a file system that tells nothing.
            Err(error) => {
                self.poll = true;
                (self.polling().ok(), Err(findings::not_watched(&error.to_string())))
            }
        };
        self._watcher = watcher;
        outcome
    }

    fn events(&self) -> notify::Result<Box<dyn Watcher + Send>> {
        self.over(Box::new(RecommendedWatcher::new(self.handler(), Config::default())?))
    }

    fn polling(&self) -> notify::Result<Box<dyn Watcher + Send>> {
        self.over(Box::new(PollWatcher::new(self.handler(), Config::default().with_poll_interval(EVERY))?))
    }

    fn over(&self, mut watcher: Box<dyn Watcher + Send>) -> notify::Result<Box<dyn Watcher + Send>> {
        // What is not there is not watched; the folder around it tells when it comes.
        let mut there = |path: &Path, mode| match watcher.watch(path, mode) {
            Err(error) if is_missing(&error) => Ok(()),
            outcome => outcome,
        };
        // Who looks again and again at a name sees by itself that another folder has it.
        if let Some(around) = self.root.parent().filter(|_| !self.poll) {
            there(around, RecursiveMode::NonRecursive)?;
        }
        there(&self.root, RecursiveMode::NonRecursive)?;
        for folder in FOLDERS {
            there(&self.root.join(folder), RecursiveMode::Recursive)?;
        }
        Ok(watcher)
    }

    /// Passes on the events that are of interest.
    fn handler(&self) -> impl FnMut(notify::Result<Event>) + Send + use<> {
        let (root, sender) = (self.root.clone(), self.sender.clone());
        move |event| {
            let happening = match event {
                Ok(event) => happening(&root, event),
                // The system lost count: something happened, and nobody knows what.
                Err(_) => Some(Happening { paths: Vec::new(), moved: false }),
            };
            // Where nobody waits any longer, the server has ended.
            _ = happening.map(|happening| sender.send(happening));
        }
    }
}

/// What an event means for the site at `root`; `None` where it means nothing.
fn happening(root: &Path, event: Event) -> Option<Happening> {
    if event.need_rescan() {
        return Some(Happening { paths: Vec::new(), moved: true });
    }
    let is_of_interest = match event.kind {
        // A file that was written is closed; all other access is reading.
        EventKind::Access(kind) => kind == AccessKind::Close(AccessMode::Write),
        _ => true,
    };
    let comes_or_goes =
        !matches!(event.kind, EventKind::Access(_) | EventKind::Modify(ModifyKind::Data(_) | ModifyKind::Metadata(_)));
    let paths: Vec<PathBuf> = event.paths.into_iter().filter(|path| concerns(root, path)).collect();
    let moved = comes_or_goes && paths.iter().any(|path| is_watched(root, path));
    (is_of_interest && !paths.is_empty()).then_some(Happening { paths, moved })
}

/// Whether a path is the site folder, its `site.toml`, or in one of the folders that are read, and not hidden.
fn concerns(root: &Path, path: &Path) -> bool {
    let Ok(below) = path.strip_prefix(root) else { return false };
    let mut parts = below.iter().map(|part| part.to_string_lossy());
    let known = parts.next().is_none_or(|first| first == "site.toml" || FOLDERS.contains(&&*first));
    known && !parts.any(|part| part.starts_with('.'))
}

/// Whether a path is the site folder or one of the folders that are read, and not only in them.
fn is_watched(root: &Path, path: &Path) -> bool {
    path == root || FOLDERS.iter().any(|folder| path == root.join(folder))
}

fn is_missing(error: &notify::Error) -> bool {
    match &error.kind {
        notify::ErrorKind::PathNotFound => true,
        notify::ErrorKind::Io(error) => error.kind() == std::io::ErrorKind::NotFound,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use notify::event::{CreateKind, DataChange, RenameMode};

    use super::*;

    #[test]
    fn what_comes_together_is_one_build_and_what_comes_later_is_another() {
        let (sender, happenings) = channel();
        let one =
            |number: usize| Happening { paths: vec![PathBuf::from(format!("/s/content/{number}.md"))], moved: false };
        let mut watch = Watch { root: PathBuf::from("/s"), poll: false, _watcher: None, happenings, sender };
        for number in 0..500 {
            watch.sender.send(one(number)).expect("a channel");
        }
        assert!(watch.next().trouble.is_none());
        assert!(watch.happenings.try_recv().is_err(), "nothing of it is left for a second build");
        // While a build runs.
        watch.sender.send(one(1)).expect("a channel");
        watch.sender.send(one(1)).expect("a channel");
        watch.next();
        assert!(watch.happenings.try_recv().is_err());
    }

    const WRITTEN: EventKind = EventKind::Modify(ModifyKind::Data(DataChange::Any));
    const MADE: EventKind = EventKind::Create(CreateKind::Any);
    const NAMED: EventKind = EventKind::Modify(ModifyKind::Name(RenameMode::To));

    #[test]
    fn only_what_is_read_wakes_the_build() {
        let check = |kind, path: &str, expected: Option<bool>| {
            let event = Event::new(kind).add_path(PathBuf::from(path));
            assert_eq!(happening(Path::new("/s"), event).map(|happening| happening.moved), expected, "{kind:?} {path}");
        };
        check(WRITTEN, "/s/content/a.md", Some(false));
        check(WRITTEN, "/s/site.toml", Some(false));
        check(NAMED, "/s/themes/own/theme.toml", Some(false));
        check(MADE, "/s/content/new", Some(false));
        check(EventKind::Access(AccessKind::Close(AccessMode::Write)), "/s/content/a.md", Some(false));
        // The folders themselves.
        check(MADE, "/s/content", Some(true));
        check(NAMED, "/s", Some(true));
        check(WRITTEN, "/s/content", Some(false));
        // Reading, and what is not the site's.
        check(EventKind::Access(AccessKind::Open(AccessMode::Any)), "/s/content/a.md", None);
        check(EventKind::Access(AccessKind::Close(AccessMode::Read)), "/s/content/a.md", None);
        for path in
            ["/s/public/index.html", "/s/.git/index", "/s/content/.a.md.swp", "/s/site.toml~", "/other", "/s2/content"]
        {
            check(WRITTEN, path, None);
        }
    }
}
