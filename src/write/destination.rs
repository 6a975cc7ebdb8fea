//! Where a site goes: the output folder, its two working folders beside it, and what a stopped build left in them.

use std::collections::BTreeSet;
use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Component, Path, PathBuf};

use super::manifest::{self, Manifest, State};
use crate::diagnostic::{Diagnostic, output};

/// An output folder that may be written, as far as its place says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Destination {
    /// The output folder.
    pub(super) out: PathBuf,
    /// The new site, while it is written.
    pub(super) staging: PathBuf,
    /// The last site, from the exchange until it is deleted.
    pub(super) previous: PathBuf,
    lock: PathBuf,
}

/// The folders that a site is made from.
const SOURCES: [&str; 3] = ["content", "themes", "static"];

impl Destination {
    /// The folder `out` for the site at `site`. Refuses places where a site would swallow or replace something else.
    pub fn new(site: &Path, out: &Path) -> Result<Destination, Diagnostic> {
        Destination::at(site, out, std::env::home_dir().as_deref())
    }

    pub(super) fn at(site: &Path, out: &Path, home: Option<&Path>) -> Result<Destination, Diagnostic> {
        // Without a slash at its end, which would lead through a link.
        let given: PathBuf = out.components().collect();
        match fs::symlink_metadata(&given) {
            Ok(metadata) if metadata.is_symlink() => {
                return Err(output::output_is_link(out, given.canonicalize().ok().as_deref()));
            }
            Ok(metadata) if !metadata.is_dir() => return Err(output::output_is_file(out)),
            Err(error) if !matches!(error.kind(), io::ErrorKind::NotFound) => {
                return Err(output::unwritable(out, &error));
            }
            _ => {}
        }
        let resolved = resolve(&given).map_err(|error| output::unwritable(out, &error))?;
        let (Some(parent), Some(name)) = (resolved.parent(), resolved.file_name()) else {
            return Err(output::output_too_high(out));
        };
        let beside = |role: &str| {
            let mut file_name = std::ffi::OsString::from(role);
            file_name.push(name);
            parent.join(file_name)
        };
        let (staging, previous) = (beside(".kairan-staging-"), beside(".kairan-previous-"));
        let destination = Destination { staging, previous, lock: beside(".kairan-lock-"), out: resolved };
        destination.check_place(site, out, home)?;
        Ok(destination)
    }

    /// The output folder as an absolute path.
    pub fn path(&self) -> &Path {
        &self.out
    }

    /// Puts right what a stopped build left, and refuses a folder of other people's files.
    ///
    /// To be called at the beginning of a build, so that the last site is back even where this build fails.
    pub fn prepare(&self) -> Result<(), Diagnostic> {
        if self.was_interrupted() {
            let lock = Lock::take(self)?;
            self.recover(&lock)?;
        }
        self.last().map(|_| ())
    }

    fn check_place(&self, site: &Path, shown: &Path, home: Option<&Path>) -> Result<(), Diagnostic> {
        let real = |path: &Path| path.canonicalize().unwrap_or_else(|_| path.to_path_buf());
        let (site, home) = (real(site), home.map(real));
        if let Some(home) = home.filter(|home| home.starts_with(&self.out)) {
            return Err(output::output_holds_site(shown, &home));
        }
        if site.starts_with(&self.out) {
            return Err(output::output_holds_site(shown, &site.join("site.toml")));
        }
        for source in SOURCES {
            let folder = site.join(source);
            for place in [real(&folder), folder] {
                if self.out.starts_with(&place) {
                    return Err(output::output_inside_source(shown, &place));
                }
                if place.starts_with(&self.out) {
                    return Err(output::output_holds_site(shown, &place));
                }
            }
        }
        Ok(())
    }

    /// Whether a build was stopped half-way, or is at work.
    pub(super) fn was_interrupted(&self) -> bool {
        [&self.staging, &self.previous].into_iter().any(|folder| fs::symlink_metadata(folder).is_ok())
    }

    /// The list of the last site; `None` where there is none yet. Refuses other people's files.
    pub(super) fn last(&self) -> Result<Option<Manifest>, Diagnostic> {
        match manifest::state(&self.out)? {
            State::Absent | State::Empty => Ok(None),
            State::Whole(last) | State::Unfinished(last) => Ok(Some(last)),
            State::Foreign(some, count) => Err(output::foreign_folder(&self.out, &some, count)),
        }
    }

    /// Brings the folders back into the state before or after a build that was stopped.
    pub(super) fn recover(&self, _lock: &Lock) -> Result<(), Diagnostic> {
        let has_site = self.last()?.is_some();
        match manifest::state(&self.previous)? {
            State::Absent => {}
            State::Empty => self.done(&self.previous, fs::remove_dir(&self.previous))?,
            State::Whole(_) if !has_site => self.put_back()?,
            State::Whole(last) | State::Unfinished(last) => self.retire_previous(&last, &[])?,
            State::Foreign(some, count) => return Err(output::foreign_beside(&self.previous, &some, count)),
        }
        match manifest::state(&self.staging)? {
            State::Absent => Ok(()),
            State::Empty => self.done(&self.staging, fs::remove_dir(&self.staging)),
            State::Whole(staged) | State::Unfinished(staged) => {
                self.discard(&self.staging, &manifest::folders(staged.files.keys())).map(|_| ())
            }
            State::Foreign(some, count) => Err(output::foreign_beside(&self.staging, &some, count)),
        }
    }

    /// Stopped between the two renames: the last site goes back to its place.
    fn put_back(&self) -> Result<(), Diagnostic> {
        if self.out.exists() {
            self.done(&self.out, fs::remove_dir(&self.out))?;
        }
        self.done(&self.out, fs::rename(&self.previous, &self.out))
    }

    /// Moves what people have put into the last site over to the new one and deletes the rest.
    ///
    /// `kept` is what was found before the exchange, moved first. What was put there since is found by what is left.
    pub(super) fn retire_previous(&self, last: &Manifest, kept: &[PathBuf]) -> Result<(), Diagnostic> {
        for path in kept {
            self.carry_over(path)?;
        }
        let own = manifest::folders(last.files.keys());
        if self.discard(&self.previous, &own)? {
            return Ok(());
        }
        let new = self.last()?.map(|new| new.files).unwrap_or_default();
        // A folder that people had made and that the new site has too has given its files to that one.
        let folders = manifest::folders(last.files.keys().chain(new.keys()));
        let left = manifest::foreign(&self.previous, &last.files, &folders);
        for path in left.map_err(|error| output::unwritable(&self.previous, &error))? {
            self.carry_over(&path)?;
        }
        self.discard(&self.previous, &folders).map(|_| ())
    }

    fn carry_over(&self, path: &Path) -> Result<(), Diagnostic> {
        let (from, to) = (self.previous.join(path), self.out.join(path));
        if fs::symlink_metadata(&from).is_err() {
            return Ok(());
        }
        if fs::symlink_metadata(&to).is_ok() {
            return Err(output::foreign_beside(&self.previous, &[path.display().to_string()], 1));
        }
        let parent = to.parent().unwrap_or(&self.out);
        self.done(&to, fs::create_dir_all(parent).and_then(|()| fs::rename(&from, &to)))
    }

    /// Deletes Kairan's files in one of its working folders, and those of `folders` that are then empty.
    /// Returns whether the folder itself is gone: it is not where anything else lies in it.
    fn discard(&self, folder: &Path, folders: &BTreeSet<String>) -> Result<bool, Diagnostic> {
        let files = match manifest::state(folder)? {
            State::Whole(manifest) => {
                // From here on the folder is no whole site any more, whatever happens.
                self.done(folder, fs::rename(folder.join(manifest::WHOLE), folder.join(manifest::UNFINISHED)))?;
                manifest.files
            }
            State::Unfinished(manifest) => manifest.files,
            State::Absent | State::Empty | State::Foreign(..) => return Ok(true),
        };
        manifest::clear(folder, &files, folders).map_err(|error| output::unwritable(folder, &error))
    }

    /// After a failure: what can be deleted is deleted, the rest at the next build.
    pub(super) fn clear_staging(&self) {
        if let Ok(State::Whole(staged) | State::Unfinished(staged)) = manifest::state(&self.staging) {
            let _ = self.discard(&self.staging, &manifest::folders(staged.files.keys()));
        }
    }

    fn done(&self, path: &Path, result: io::Result<()>) -> Result<(), Diagnostic> {
        result.map_err(|error| output::unwritable(path, &error))
    }
}

/// The right to write a destination. The system takes it back when the process ends, however it ends.
#[derive(Debug)]
pub struct Lock {
    _file: File,
    #[cfg_attr(not(unix), expect(dead_code))]
    path: PathBuf,
}

impl Lock {
    /// Takes the lock, or says that another Kairan has it.
    pub fn take(destination: &Destination) -> Result<Lock, Diagnostic> {
        let path = &destination.lock;
        let parent = path.parent().unwrap_or(path);
        let refused = |error: io::Error| output::unwritable(parent, &error);
        fs::create_dir_all(parent).map_err(refused)?;
        loop {
            let file = File::options().create(true).truncate(false).write(true).open(path).map_err(refused)?;
            match file.try_lock() {
                Ok(()) => {}
                Err(TryLockError::WouldBlock) => return Err(output::busy(&destination.out)),
                // A file system without locks: two builds at once are then up to the people who start them.
                Err(TryLockError::Error(error)) if error.kind() == io::ErrorKind::Unsupported => {}
                Err(TryLockError::Error(error)) => return Err(refused(error)),
            }
            // Who had the lock may have deleted the file between our opening and locking it.
            if is_at(&file, path) {
                return Ok(Lock { _file: file, path: path.clone() });
            }
        }
    }
}

#[cfg(unix)]
impl Drop for Lock {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.path);
    }
}

#[cfg(unix)]
fn is_at(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let identity = |metadata: fs::Metadata| (metadata.dev(), metadata.ino());
    match (file.metadata(), fs::metadata(path)) {
        (Ok(file), Ok(path)) => identity(file) == identity(path),
        _ => false,
    }
}

/// Elsewhere the file is not deleted, so it is always the same one.
#[cfg(not(unix))]
fn is_at(_file: &File, _path: &Path) -> bool {
    true
}

/// The path without links and `..`, of which the last parts need not exist yet.
fn resolve(path: &Path) -> io::Result<PathBuf> {
    let absolute = std::path::absolute(path)?;
    let mut resolved = PathBuf::new();
    for part in absolute.components() {
        match part {
            Component::ParentDir => drop(resolved.pop()),
            part => {
                resolved.push(part);
                resolved = resolved.canonicalize().unwrap_or(resolved);
            }
        }
    }
    Ok(resolved)
}
