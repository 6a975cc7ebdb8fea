//! A new site on its way to the disk: its files go into the staging folder as they are made, so that no build has to
//! hold all of them.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, Write as _};

use rayon::prelude::*;

use super::destination::{Destination, Lock};
use super::manifest::{self, Manifest, State};
use super::{Content, Keeper, Output, Written, by_depth, create, exchange, kept};
use crate::diagnostic::{Diagnostic, output};

/// The staging folder of a destination. Nothing is there before the first file that differs from the last site.
pub struct Staging<'d> {
    destination: &'d Destination,
    last: Option<Manifest>,
    /// Whether the last site is whole.
    is_whole: bool,
    /// Files that are as in the last site.
    unchanged: Vec<String>,
    open: Option<Open>,
    refused: Option<Diagnostic>,
    is_abandoned: bool,
}

/// A staging folder that is there.
struct Open {
    _lock: Lock,
    /// The list of what is in it: each name stands there before its file does.
    list: File,
    folders: BTreeSet<String>,
}

impl<'d> Staging<'d> {
    /// Looks at the last site, and touches nothing.
    ///
    /// # Errors
    /// As [`Destination::prepare`].
    pub fn new(destination: &'d Destination) -> Result<Staging<'d>, Diagnostic> {
        destination.prepare()?;
        let last = destination.last()?;
        let is_whole = matches!(manifest::state(&destination.out)?, State::Whole(_));
        let unchanged = Vec::new();
        Ok(Staging { destination, last, is_whole, unchanged, open: None, refused: None, is_abandoned: false })
    }

    /// Puts the new site, whose files are those of `output`, in the place of the last. Where every file is already there,
    /// touches nothing.
    ///
    /// # Errors
    /// Where the disk refuses, now or earlier; the last site is then as it was.
    pub fn publish(mut self, output: &Output) -> Result<Written, Diagnostic> {
        let published = match self.refused.take() {
            Some(finding) => Err(finding),
            None => self.complete(output),
        };
        published.inspect_err(|_| self.discard())
    }

    /// Deletes what is there of the new site.
    pub fn discard(&mut self) {
        // The lock is held until the folder is gone.
        if let Some(_open) = self.open.take() {
            self.destination.clear_staging();
        }
    }

    fn complete(&mut self, output: &Output) -> Result<Written, Diagnostic> {
        let is_last = |last: &Manifest| self.is_whole && last.files.keys().eq(output.files.keys());
        if self.open.is_none() && self.last.as_ref().is_some_and(is_last) {
            return Ok(Written::of(output, output.len(), 0));
        }
        self.open()?;
        let kept = kept(output, self.last.as_ref(), &self.destination.out)?;
        self.link()?;
        self.close(output)?;
        exchange(self.destination, self.last.is_some())?;
        if let Some(last) = &self.last {
            self.destination.retire_previous(last, &kept)?;
        }
        let gone = |last: &Manifest| last.files.keys().filter(|path| output.get(path).is_none()).count();
        Ok(Written::of(output, self.unchanged.len(), self.last.as_ref().map_or(0, gone)))
    }

    /// Takes the new files into the staging folder; what the last site has already, stays there for now.
    fn take(&mut self, files: &mut [(String, Content)]) -> Result<(), Diagnostic> {
        let is_unchanged = |(path, content): &(String, Content)| {
            let holds = |last: &&Manifest| {
                last.files.get(path) == Some(&content.fingerprint)
                    && last.still_holds(&self.destination.out.join(path), content.length, content.fingerprint)
            };
            self.last.as_ref().filter(holds).is_some()
        };
        let (unchanged, new): (Vec<_>, Vec<_>) = files.par_iter().partition(|file| is_unchanged(file));
        self.unchanged.extend(unchanged.into_iter().map(|(path, _)| path.clone()));
        if new.is_empty() {
            return Ok(());
        }
        self.open()?;
        let listed = new.iter().map(|(path, content)| (path.as_str(), content.fingerprint));
        let listed: Vec<u8> = listed.flat_map(|(path, print)| manifest::line(path, print).into_bytes()).collect();
        self.note(&listed)?;
        self.make_folders(new.iter().map(|(path, _)| path))?;
        new.par_iter().try_for_each(|(path, content)| {
            let place = self.destination.staging.join(path);
            let bytes = content.bytes.as_deref().unwrap_or_default();
            create(&place, bytes).map(drop).map_err(|error| output::unwritable(&place, &error))
        })
    }

    /// Makes the staging folder, unless it is there.
    fn open(&mut self) -> Result<(), Diagnostic> {
        if self.open.is_some() {
            return Ok(());
        }
        let staging = &self.destination.staging;
        let refused = |error: io::Error| output::unwritable(staging, &error);
        let lock = Lock::take(self.destination)?;
        self.destination.recover(&lock)?;
        if self.destination.last()? != self.last {
            // Another Kairan has published since we looked.
            return Err(output::busy(&self.destination.out));
        }
        fs::create_dir(staging).map_err(refused)?;
        let list = create(&staging.join(manifest::UNFINISHED), b"");
        let list = list.inspect_err(|_| _ = fs::remove_dir(staging)).map_err(refused)?;
        self.open = Some(Open { _lock: lock, list, folders: BTreeSet::new() });
        Ok(())
    }

    /// Adds to the list what is about to be written.
    fn note(&mut self, lines: &[u8]) -> Result<(), Diagnostic> {
        let Some(open) = &mut self.open else { return Ok(()) };
        open.list.write_all(lines).map_err(|error| output::unwritable(&self.destination.staging, &error))
    }

    /// Makes those folders of files of these paths that are not there.
    fn make_folders<'p>(&mut self, paths: impl Iterator<Item = &'p String>) -> Result<(), Diagnostic> {
        let Some(open) = &mut self.open else { return Ok(()) };
        let missing = manifest::add_folders(paths, &mut open.folders);
        for level in by_depth(missing) {
            level.par_iter().try_for_each(|folder| {
                let folder = self.destination.staging.join(folder);
                fs::create_dir(&folder).map_err(|error| output::unwritable(&folder, &error))
            })?;
        }
        Ok(())
    }

    /// Gives the new site the files that are as in the last one.
    fn link(&mut self) -> Result<(), Diagnostic> {
        let unchanged = std::mem::take(&mut self.unchanged);
        let print = |path: &String| self.last.as_ref().and_then(|last| last.files.get(path)).copied();
        let listed = unchanged.iter().filter_map(|path| Some(manifest::line(path, print(path)?)));
        let listed: Vec<u8> = listed.flat_map(String::into_bytes).collect();
        self.note(&listed)?;
        self.make_folders(unchanged.iter())?;
        unchanged.par_iter().try_for_each(|path| {
            let (old, new) = (self.destination.out.join(path), self.destination.staging.join(path));
            // Not every file system has hard links.
            let linked = fs::hard_link(&old, &new).or_else(|_| fs::copy(&old, &new).map(drop));
            linked.map_err(|error| output::unwritable(&new, &error))
        })?;
        self.unchanged = unchanged;
        Ok(())
    }

    /// Makes the staging folder a whole site.
    fn close(&self, output: &Output) -> Result<(), Diagnostic> {
        let Destination { staging, out, .. } = self.destination;
        let refused = |error: io::Error| output::unwritable(staging, &error);
        // The list of what is Kairan's has to survive a power cut. Pages need not: an empty one is seen by its length
        // and written again, and to wait for 6,000 of them would cost more than all the rest.
        let file = Manifest::of(output).write(&staging.join(manifest::WHOLE)).map_err(refused)?;
        file.sync_all().map_err(refused)?;
        if let Ok(metadata) = fs::metadata(out) {
            // A web server may read the folder by rights that somebody gave it.
            let _ = fs::set_permissions(staging, metadata.permissions());
        }
        fs::remove_file(staging.join(manifest::UNFINISHED)).map_err(refused)
    }
}

impl Keeper for Staging<'_> {
    fn keep(&mut self, files: &mut [(String, Content)]) {
        if self.refused.is_none() && !self.is_abandoned {
            self.refused = self.take(files).err();
        }
        files.iter_mut().for_each(|(_, content)| content.bytes = None);
    }

    fn abandon(&mut self) {
        self.is_abandoned = true;
        self.discard();
    }
}

impl Drop for Staging<'_> {
    fn drop(&mut self) {
        self.discard();
    }
}
