//! The files of the last reading, so that those that nobody touched need not be read again.

use std::ffi::{OsStr, OsString};
use std::fs::Metadata;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use rayon::prelude::*;

use super::Source;

/// How long a file must have been left alone before its times tell that nobody touched it since: some file systems count
/// in steps of two seconds.
const SETTLED: Duration = Duration::from_secs(2);

/// The files of the last reading, in the order of their names as the system has them.
#[derive(Debug, Default)]
pub struct Shelf {
    files: Vec<Arc<Shelved>>,
    /// Whether each file has one name, and nothing is wrong with any.
    is_plain: bool,
}

/// A file as it was read.
#[derive(Debug)]
pub(super) struct Shelved {
    /// Its place on the disk. These are held against each other as bytes: paths would be, part by part.
    place: OsString,
    /// What the disk said of it just before.
    stamp: Option<Stamp>,
    /// Whether it had been left alone for so long that its times tell whether somebody touched it since.
    is_settled: bool,
    /// Whether it is written under no other name.
    has_one_name: bool,
    pub(super) source: Source,
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

impl Shelved {
    /// A file that is read `now`.
    pub(super) fn new(place: &Path, metadata: Option<&Metadata>, source: Source, now: SystemTime) -> Shelved {
        let is_settled = metadata.is_some_and(|metadata| is_settled(metadata, now));
        let (place, stamp) = (place.as_os_str().to_owned(), metadata.and_then(Stamp::of));
        Shelved { place, stamp, is_settled, has_one_name: metadata.is_some_and(has_one_name), source }
    }
}

impl Shelf {
    fn at(&self, path: &Path) -> Option<&Arc<Shelved>> {
        self.files.get(self.place(path.as_os_str())?)
    }

    fn place(&self, name: &OsStr) -> Option<usize> {
        self.files.binary_search_by(|file| file.place.as_os_str().cmp(name)).ok()
    }

    /// The file at `path`, where it is the one that was read.
    pub(super) fn get(&self, path: &Path, metadata: &Metadata) -> Option<Arc<Shelved>> {
        let file = self.at(path)?;
        (file.is_settled && file.stamp.is_some() && file.stamp == Stamp::of(metadata)).then(|| file.clone())
    }

    /// The source that was read before where it has the same bytes, so that they are held once.
    pub(super) fn same(&self, path: &Path, read: Source) -> Source {
        let known = self.at(path).map(|file| &file.source);
        let same = known.filter(|known| known.fingerprint == read.fingerprint && known.path == read.path);
        same.cloned().unwrap_or(read)
    }

    /// How many files are on it.
    pub fn len(&self) -> usize {
        self.files.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    /// All of them.
    pub(super) fn sources(&self) -> impl Iterator<Item = Source> {
        self.files.iter().map(|file| file.source.clone())
    }

    /// Forgets all other files. `is_plain`: no name among theirs is a link, and nothing is wrong with any.
    pub(super) fn fill(&mut self, mut files: Vec<Arc<Shelved>>, is_plain: bool) {
        files.par_sort_unstable_by(|a, b| a.place.cmp(&b.place));
        self.is_plain = is_plain && files.iter().all(|file| file.has_one_name);
        self.files = files;
    }

    /// Puts a file in the place of the one that was read before; `None` where there was none.
    pub(super) fn replace(&mut self, file: Arc<Shelved>) -> Option<()> {
        let place = self.place(&file.place).filter(|_| file.has_one_name)?;
        *self.files.get_mut(place)? = file;
        Some(())
    }

    /// Whether what is written to one file changes no other, and nothing is wrong with any.
    pub(super) fn is_plain(&self) -> bool {
        self.is_plain
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
fn has_one_name(metadata: &Metadata) -> bool {
    std::os::unix::fs::MetadataExt::nlink(metadata) == 1
}

#[cfg(not(unix))]
fn has_one_name(_: &Metadata) -> bool {
    false
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
