//! Says that something in the site folder changed. What changed is for the build to find out: contents decide, and an
//! event only wakes it.
//!
//! Events that are of no interest are dropped where they arise: reading a file is an event on some systems (and a build
//! reads every file), and so is all that other programs do beside the site: `.git`, caches, the output folder.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvError, Sender, channel};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::Context;
use notify::event::{AccessKind, AccessMode, ModifyKind};
use notify::{Config, Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};

use crate::diagnostic::{Diagnostic, serve as findings};
use crate::read::FOLDERS;

/// How long it must be quiet before files are looked at: a file is emptied, filled and closed.
const STILL: Duration = Duration::from_millis(2);

/// How long it must be quiet after a save: editors write a file in several steps.
const QUIET: Duration = Duration::from_millis(6);

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
    _watcher: Option<RecommendedWatcher>,
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

/// What happened since the watch began to wait.
struct Heard {
    paths: BTreeSet<PathBuf>,
    /// The worst of it.
    what: What,
    /// When the last of it came.
    last: Instant,
}

impl Default for Heard {
    fn default() -> Heard {
        Heard { paths: BTreeSet::new(), what: What::Written, last: Instant::now() }
    }
}

impl Heard {
    fn note(&mut self, happening: Result<Happening, RecvError>) {
        // Nobody is left who could tell of anything: that is looked at once, as whatever happens.
        let Happening { paths, what } = happening.unwrap_or(Happening { paths: Vec::new(), what: What::Other });
        self.paths.extend(paths);
        self.what = self.what.max(what);
        self.last = Instant::now();
    }

    /// The files that were written, where nothing else happened.
    fn written(&self) -> Option<&BTreeSet<PathBuf>> {
        (self.what == What::Written).then_some(&self.paths)
    }

    /// How long nothing must have happened for all to be over.
    fn quiet(&self) -> Duration {
        if self.paths.len() < MANY { QUIET } else { QUIET_AFTER_MANY }
    }
}

/// Looks at the files that were written, or at all, and says whether any is another than at the last look.
type Look<'l> = &'l mut dyn FnMut(Option<&BTreeSet<PathBuf>>) -> bool;

/// Looks again and again until something is new, and then until nothing more is.
fn polled(look: Look<'_>) -> Woken {
    thread::sleep(EVERY);
    while !look(None) {
        thread::sleep(EVERY);
    }
    let since = Instant::now();
    thread::sleep(QUIET_AFTER_MANY);
    while look(None) && since.elapsed() < LONGEST {
        thread::sleep(QUIET_AFTER_MANY);
    }
    Woken { since, trouble: None }
}

/// One event that is of interest.
struct Happening {
    /// Below the site folder.
    paths: Vec<PathBuf>,
    what: What,
}

/// What happened to files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum What {
    /// They were written.
    Written,
    /// They came, went, or something that is not known.
    Other,
    /// A folder that is watched came, went or was replaced: what it is to be watched by has to be set up anew.
    Moved,
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

    /// Waits until something changed and it is quiet again. Meanwhile `look` looks at the files: those that were written,
    /// or all where anything else happened. Where something happens after that, it looks once more.
    /// It says whether it found anything new.
    pub(super) fn next(&mut self, look: Look<'_>) -> Woken {
        if self.poll {
            return polled(look);
        }
        let mut heard = Heard::default();
        heard.note(self.happenings.recv());
        let since = Instant::now();
        let mut has_looked = false;
        loop {
            if since.elapsed() > LONGEST {
                _ = look(heard.written());
                break;
            }
            let quiet = heard.quiet().saturating_sub(heard.last.elapsed());
            let wait = if has_looked || heard.paths.len() >= MANY { quiet } else { STILL.min(quiet) };
            match self.happenings.recv_timeout(wait) {
                Ok(happening) => {
                    heard.note(Ok(happening));
                    has_looked = false;
                }
                Err(_) if has_looked => break,
                Err(_) => {
                    _ = look(heard.written());
                    has_looked = true;
                }
            }
        }
        if heard.what != What::Moved {
            return Woken { since, trouble: None };
        }
        let trouble = self.set_up().err();
        // What happened before this nobody has told of.
        _ = look(None);
        Woken { since, trouble }
    }

    /// Watches what there is now: the folders that are read, the site folder itself for `site.toml` and for folders that
    /// come and go, and the folder around it, in case the whole site is replaced.
    fn set_up(&mut self) -> Result<(), Diagnostic> {
        self._watcher = None;
        if self.poll {
            return Ok(());
        }
        match self.watcher() {
            Ok(watcher) => {
                self._watcher = Some(watcher);
                Ok(())
            }
            // Too many folders for the system, or a file system that tells nothing.
            Err(error) => {
                self.poll = true;
                Err(findings::not_watched(&error.to_string()))
            }
        }
    }

    fn watcher(&self) -> notify::Result<RecommendedWatcher> {
        let mut watcher = RecommendedWatcher::new(self.handler(), Config::default())?;
        // What is not there is not watched; the folder around it tells when it comes.
        let mut there = |path: &Path, mode| match watcher.watch(path, mode) {
            Err(error) if is_missing(&error) => Ok(()),
            outcome => outcome,
        };
        if let Some(around) = self.root.parent() {
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
                Err(_) => Some(Happening { paths: Vec::new(), what: What::Other }),
            };
            // Where nobody waits any longer, the server has ended.
            _ = happening.map(|happening| sender.send(happening));
        }
    }
}

/// What an event means for the site at `root`; `None` where it means nothing.
fn happening(root: &Path, event: Event) -> Option<Happening> {
    if event.need_rescan() {
        return Some(Happening { paths: Vec::new(), what: What::Moved });
    }
    let is_of_interest = match event.kind {
        // A file that was written is closed; all other access is reading.
        EventKind::Access(kind) => kind == AccessKind::Close(AccessMode::Write),
        _ => true,
    };
    let comes_or_goes =
        !matches!(event.kind, EventKind::Access(_) | EventKind::Modify(ModifyKind::Data(_) | ModifyKind::Metadata(_)));
    let below = |path: &PathBuf| path.strip_prefix(root).ok().map(Path::to_path_buf);
    let paths: Vec<PathBuf> = event.paths.iter().filter_map(below).filter(|path| concerns(path)).collect();
    let what = match event.kind {
        EventKind::Access(_) | EventKind::Modify(ModifyKind::Data(_)) => What::Written,
        _ if comes_or_goes && paths.iter().any(|path| is_watched(path)) => What::Moved,
        _ => What::Other,
    };
    (is_of_interest && !paths.is_empty()).then_some(Happening { paths, what })
}

/// Whether a path below the site folder is the folder itself, its `site.toml`, or in one of the folders that are read, and
/// not hidden.
fn concerns(below: &Path) -> bool {
    let mut parts = below.iter().map(|part| part.to_string_lossy());
    let known = parts.next().is_none_or(|first| first == "site.toml" || FOLDERS.contains(&&*first));
    known && !parts.any(|part| part.starts_with('.'))
}

/// Whether a path is the site folder or one of the folders that are read, and not only in them.
fn is_watched(below: &Path) -> bool {
    below.as_os_str().is_empty() || FOLDERS.iter().any(|folder| below == Path::new(folder))
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
    use notify::event::{CreateKind, DataChange, MetadataKind, RemoveKind, RenameMode};

    use super::*;

    #[test]
    fn what_comes_together_is_one_build_and_what_comes_later_is_another() {
        let (sender, happenings) = channel();
        let one = |number: usize| Happening {
            paths: vec![PathBuf::from(format!("content/{number}.md"))],
            what: What::Written,
        };
        let mut watch = Watch { root: PathBuf::from("/s"), poll: false, _watcher: None, happenings, sender };
        for number in 0..500 {
            watch.sender.send(one(number)).expect("a channel");
        }
        let mut looks = 0;
        assert!(
            watch
                .next(&mut |_| {
                    looks += 1;
                    true
                })
                .trouble
                .is_none()
        );
        assert_eq!(looks, 1);
        assert!(watch.happenings.try_recv().is_err(), "nothing of it is left for a second build");
        // While a build runs.
        watch.sender.send(one(1)).expect("a channel");
        watch.sender.send(one(1)).expect("a channel");
        watch.next(&mut |_| true);
        assert!(watch.happenings.try_recv().is_err());
        // While files are looked at: they are looked at again.
        watch.sender.send(one(1)).expect("a channel");
        let sender = watch.sender.clone();
        let mut looks = 0;
        watch.next(&mut |written| {
            looks += 1;
            assert_eq!(written.map(BTreeSet::len), Some(looks));
            if looks == 1 {
                sender.send(one(2)).expect("a channel");
            }
            true
        });
        assert_eq!(looks, 2);
        assert!(watch.happenings.try_recv().is_err());
    }

    const WRITTEN: EventKind = EventKind::Modify(ModifyKind::Data(DataChange::Any));
    const MADE: EventKind = EventKind::Create(CreateKind::Any);
    const NAMED: EventKind = EventKind::Modify(ModifyKind::Name(RenameMode::To));

    #[test]
    fn without_events_one_looks_until_nothing_is_new() {
        let mut found = [false, true, true, false].into_iter();
        polled(&mut |_| found.next().expect("no more looks"));
        assert!(found.next().is_none());
    }

    #[test]
    fn only_what_is_read_wakes_the_build() {
        let check = |kind, path: &str, expected: Option<What>| {
            let event = Event::new(kind).add_path(PathBuf::from(path));
            assert_eq!(happening(Path::new("/s"), event).map(|happening| happening.what), expected, "{kind:?} {path}");
        };
        check(WRITTEN, "/s/content/a.md", Some(What::Written));
        check(WRITTEN, "/s/site.toml", Some(What::Written));
        check(NAMED, "/s/themes/own/theme.toml", Some(What::Other));
        check(MADE, "/s/content/new", Some(What::Other));
        check(EventKind::Remove(RemoveKind::File), "/s/content/a.md", Some(What::Other));
        check(EventKind::Modify(ModifyKind::Metadata(MetadataKind::Any)), "/s/content/a.md", Some(What::Other));
        check(EventKind::Any, "/s/content/a.md", Some(What::Other));
        check(EventKind::Access(AccessKind::Close(AccessMode::Write)), "/s/content/a.md", Some(What::Written));
        // The folders themselves.
        check(MADE, "/s/content", Some(What::Moved));
        check(NAMED, "/s", Some(What::Moved));
        check(WRITTEN, "/s/content", Some(What::Written));
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
