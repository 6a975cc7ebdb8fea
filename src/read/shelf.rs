//! The files of the last reading, so that those that nobody touched need not be read again.

use std::collections::BTreeMap;
use std::fs::Metadata;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use super::Source;

/// How long a file must have been left alone before its times tell that nobody touched it since: some file systems count
/// in steps of two seconds.
const SETTLED: Duration = Duration::from_secs(2);

/// The sources of the last reading by their place on the disk.
#[derive(Debug, Default)]
pub struct Shelf {
    files: BTreeMap<PathBuf, Kept>,
}

#[derive(Debug)]
struct Kept {
    stamp: Option<Stamp>,
    source: Source,
}

/// What changes where a file does, whatever the program that writes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Stamp {
    device: u64,
    inode: u64,
    size: u64,
    modified: (i64, i64),
    /// No program can set it: it also tells of editors that keep the other time.
    changed: (i64, i64),
}

impl Shelf {
    /// The source of the file at `path`, where the file is the one that was read.
    pub(super) fn get(&self, path: &Path, metadata: &Metadata) -> Option<Source> {
        let kept = self.files.get(path)?;
        (kept.stamp.is_some() && kept.stamp == Stamp::of(metadata)).then(|| kept.source.clone())
    }

    /// The source that was read before where it has the same bytes, so that they are held once.
    pub(super) fn same(&self, path: &Path, read: Source) -> Source {
        let kept = self
            .files
            .get(path)
            .filter(|kept| kept.source.fingerprint == read.fingerprint && kept.source.path == read.path);
        kept.map_or(read, |kept| kept.source.clone())
    }

    /// How many files are on it.
    pub fn len(&self) -> usize {
        self.files.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    /// Forgets all other files.
    pub(super) fn fill<'m>(
        &mut self,
        read: impl Iterator<Item = (PathBuf, Option<&'m Metadata>, Source)>,
        now: SystemTime,
    ) {
        let kept = |(path, metadata, source): (PathBuf, Option<&Metadata>, Source)| {
            (path, Kept { stamp: metadata.filter(|it| is_settled(it, now)).and_then(Stamp::of), source })
        };
        self.files = read.map(kept).collect();
    }
}

impl Stamp {
    #[cfg(unix)]
    fn of(metadata: &Metadata) -> Option<Stamp> {
        use std::os::unix::fs::MetadataExt;
        Some(Stamp {
            device: metadata.dev(),
            inode: metadata.ino(),
            size: metadata.size(),
            modified: (metadata.mtime(), metadata.mtime_nsec()),
            changed: (metadata.ctime(), metadata.ctime_nsec()),
        })
    }

    /// Elsewhere there is no time that a program can't set: there files are read again.
    #[cfg(not(unix))]
    fn of(_: &Metadata) -> Option<Stamp> {
        None
    }
}

#[cfg(unix)]
fn is_settled(metadata: &Metadata, now: SystemTime) -> bool {
    use std::os::unix::fs::MetadataExt;
    let Ok(since) = now.duration_since(SystemTime::UNIX_EPOCH) else { return false };
    let newest = metadata.mtime().max(metadata.ctime());
    i64::try_from(since.saturating_sub(SETTLED).as_secs()).is_ok_and(|settled| newest < settled)
}

#[cfg(not(unix))]
fn is_settled(_: &Metadata, _: SystemTime) -> bool {
    false
}
