//! [`Output`] to disk: the only module that writes files.
//!
//! The old site stays whole until the new one is whole. A new site is written into a *staging* folder beside the
//! output folder, unchanged files as hard links to the old ones; then the two change places by two renames, and what
//! is left of the old site is deleted. Killed at any point, Kairan leaves a whole site, either in its place or one
//! rename away from it, and [`Destination::prepare`] puts it back.
//!
//! Kairan deletes only what it made: each folder that it writes carries the list of its files ([`Manifest`]), and
//! whatever is not on the list is carried over to the new site.
#![allow(clippy::disallowed_methods, reason = "the only module that changes the disk")]

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use bytes::Bytes;
use icu_normalizer::ComposingNormalizerBorrowed;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use crate::diagnostic::{Diagnostic, Span, output, say};
use crate::fingerprint::Fingerprint;

mod destination;
mod manifest;
mod scratch;
mod staging;
#[cfg(test)]
mod tests;

pub use destination::Destination;
use manifest::Manifest;
pub use scratch::{Scratch, file, log_file};
pub use staging::Staging;

/// Everything that comes out of a build: path -> bytes.
#[derive(Debug, Clone, Default)]
pub struct Output {
    files: BTreeMap<String, Content>,
    /// Each path by the name that Windows and macOS take it for.
    folded: BTreeMap<String, String>,
}

/// The bytes of one file.
#[derive(Debug, Clone)]
pub struct Content {
    /// `None` where they are on the disk already, or nobody wants them.
    bytes: Option<Bytes>,
    length: u64,
    fingerprint: Fingerprint,
    origin: Option<Span>,
}

/// What has the bytes of an output while it is made.
pub trait Keeper: Send {
    /// Takes files of an output, each path once, and may take their bytes away.
    fn keep(&mut self, files: &mut [(String, Content)]);

    /// There will be no site of it: an error was found.
    fn abandon(&mut self) {}
}

/// Leaves all bytes in the output.
pub struct InMemory;

impl Keeper for InMemory {
    fn keep(&mut self, _: &mut [(String, Content)]) {}
}

/// Takes all bytes away: for those who only want to hear what is wrong.
pub struct Nowhere;

impl Keeper for Nowhere {
    fn keep(&mut self, files: &mut [(String, Content)]) {
        files.iter_mut().for_each(|(_, content)| content.bytes = None);
    }
}

/// What [`publish`] did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Written {
    /// The files of the site.
    pub files: usize,
    /// Their bytes.
    pub bytes: u64,
    /// Files that are new or have other bytes than before.
    pub changed: usize,
    /// Files of the last build that are gone.
    pub removed: usize,
    /// Files that stayed as they were.
    pub unchanged: usize,
}

/// A file of an output without its bytes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Listed {
    path: String,
    print: Fingerprint,
    size: u64,
}

/// Puts `output` in the place of the last site at `destination`. Where every file is already there, touches nothing.
pub fn publish(output: &Output, destination: &Destination) -> Result<Written, Diagnostic> {
    let mut staging = Staging::new(destination)?;
    let mut files: Vec<(String, Content)> =
        output.iter().map(|(path, content)| (path.to_owned(), content.clone())).collect();
    staging.keep(&mut files);
    staging.publish(output)
}

/// What publishing an output of these files would have done where all of them are at `destination` already; `None` where
/// they are not.
pub fn published(files: &[Listed], destination: &Destination) -> Option<Written> {
    let manifest::State::Whole(last) = manifest::state(&destination.out).ok()? else { return None };
    let is_there = !destination.was_interrupted() && is_published(files, &last, &destination.out);
    let (count, bytes) = (files.len(), files.iter().map(|file| file.size).sum());
    is_there.then(|| Written { files: count, bytes, unchanged: count, ..Written::default() })
}

impl Output {
    /// Nothing yet.
    pub fn new() -> Output {
        Output::default()
    }

    /// Adds a file at `path` (relative, `/` between its parts).
    ///
    /// Refuses what could not be written everywhere: a second file of one name (to Windows and macOS `A.html` is
    /// `a.html`, and が is か with ゛), a file where another needs a folder, and names that lead out of the folder.
    pub fn insert(&mut self, path: impl Into<String>, content: impl Into<Content>) -> Result<(), Diagnostic> {
        let (path, content) = (path.into(), content.into());
        let folded = self.checked_name(&path, content.origin.as_ref())?;
        self.folded.insert(folded, path.clone());
        self.files.insert(path, content);
        Ok(())
    }

    /// Adds many files, whose bytes go to `keeper`. As [`Output::insert`], with all that is refused.
    pub fn insert_all(&mut self, files: Vec<(String, Content)>, keeper: &mut dyn Keeper) -> Vec<Diagnostic> {
        let mut findings = Vec::new();
        let mut kept = Vec::with_capacity(files.len());
        for (path, content) in files {
            let light = Content { bytes: None, ..content.clone() };
            match self.insert(path.as_str(), light) {
                Ok(()) => kept.push((path, content)),
                Err(finding) => findings.push(finding),
            }
        }
        keeper.keep(&mut kept);
        self.files.extend(kept);
        findings
    }

    /// The name that Windows and macOS take a path for.
    fn checked_name(&self, path: &str, origin: Option<&Span>) -> Result<String, Diagnostic> {
        if let Some(cause) = manifest::unusable(path) {
            return Err(output::unusable_name(path, origin, cause));
        }
        if !is_portable(path) {
            let cause = say("Windows で使えない文字があります", "Windows can't store one of its characters");
            return Err(output::unusable_name(path, origin, cause));
        }
        let folded = fold(path);
        if let Some(first) = self.folded.get(&folded) {
            return Err(output::same_name(path, origin, first, self.origin(first)));
        }
        if let Some(file) = parents(&folded).find_map(|parent| self.folded.get(parent)) {
            return Err(output::file_and_folder(file, self.origin(file), path, origin));
        }
        let below = format!("{folded}/");
        let inside = self.folded.range(below.clone()..).next().filter(|(name, _)| name.starts_with(&below));
        match inside {
            Some((_, inside)) => Err(output::file_and_folder(path, origin, inside, self.origin(inside))),
            None => Ok(folded),
        }
    }

    /// The file at `path`.
    pub fn get(&self, path: &str) -> Option<&Content> {
        self.files.get(path)
    }

    /// Every file, in the order of the paths.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Content)> {
        self.files.iter().map(|(path, content)| (path.as_str(), content))
    }

    /// Its files without their bytes, in the order of the paths.
    pub fn list(&self) -> Vec<Listed> {
        let listed = |(path, content): (&str, &Content)| Listed {
            path: path.to_owned(),
            print: content.fingerprint,
            size: content.length,
        };
        self.iter().map(listed).collect()
    }

    /// How many files there are.
    pub fn len(&self) -> usize {
        self.files.len()
    }

    /// Whether there is no file.
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    /// How many bytes there are.
    pub fn bytes(&self) -> u64 {
        self.files.values().map(|content| content.length).sum()
    }

    fn origin(&self, path: &str) -> Option<&Span> {
        self.files.get(path).and_then(|content| content.origin.as_ref())
    }
}

impl Content {
    /// A file of these bytes. Their fingerprint is taken here, so make contents where work is done in parallel.
    pub fn new(bytes: impl AsRef<[u8]> + Send + 'static) -> Content {
        let bytes = Bytes::from_owner(bytes);
        let (fingerprint, length) = (Fingerprint::quick(&bytes), bytes.len() as u64);
        Content { bytes: Some(bytes), length, fingerprint, origin: None }
    }

    /// Says what the file is made from, for the finding where two files want one name.
    pub fn made_from(mut self, origin: Span) -> Content {
        self.origin = Some(origin);
        self
    }

    /// The bytes. `None` where a [`Keeper`] took them.
    pub fn bytes(&self) -> Option<&Bytes> {
        self.bytes.as_ref()
    }

    /// How many bytes there are.
    pub fn len(&self) -> u64 {
        self.length
    }

    /// Whether there is no byte.
    pub fn is_empty(&self) -> bool {
        self.length == 0
    }

    /// The fingerprint of the bytes.
    pub fn fingerprint(&self) -> Fingerprint {
        self.fingerprint
    }
}

impl<T: AsRef<[u8]> + Send + 'static> From<T> for Content {
    fn from(bytes: T) -> Content {
        Content::new(bytes)
    }
}

impl Written {
    fn of(output: &Output, unchanged: usize, removed: usize) -> Written {
        Written { files: output.len(), bytes: output.bytes(), changed: output.len() - unchanged, removed, unchanged }
    }
}

/// Whether `out` holds exactly these files already, and what else people have put there.
fn is_published(files: &[Listed], last: &Manifest, out: &Path) -> bool {
    let listed = files.len() == last.files.len()
        && files.iter().zip(&last.files).all(|(file, (old, print))| file.path == *old && file.print == *print);
    listed && files.par_iter().all(|file| last.still_holds(&out.join(&file.path), file.size, file.print))
}

/// What people have put into the output folder, which goes with the site. Refuses where the new site needs its names.
fn kept(output: &Output, last: Option<&Manifest>, out: &Path) -> Result<Vec<PathBuf>, Diagnostic> {
    let Some(last) = last else { return Ok(Vec::new()) };
    let folders = manifest::folders(last.files.keys().chain(output.files.keys()));
    let kept = manifest::foreign(out, &last.files, &folders).map_err(|error| output::unwritable(out, &error))?;
    let new_folders: std::collections::BTreeSet<String> =
        manifest::folders(output.files.keys()).into_iter().map(|folder| fold(&folder)).collect();
    let is_in_the_way = |path: &PathBuf| {
        let folded = fold(&path.to_string_lossy().replace('\\', "/"));
        let below_a_file = parents(&folded).any(|parent| output.folded.contains_key(parent));
        output.folded.contains_key(&folded) || new_folders.contains(&folded) || below_a_file
    };
    let in_the_way: Vec<String> =
        kept.iter().filter(|path| is_in_the_way(path)).map(|path| path.display().to_string()).collect();
    if in_the_way.is_empty() { Ok(kept) } else { Err(output::foreign_in_the_way(out, &in_the_way, in_the_way.len())) }
}

/// Writes a file that must not be there yet.
fn create(path: &Path, bytes: &[u8]) -> io::Result<File> {
    let mut file = File::options().write(true).create_new(true).open(path)?;
    file.write_all(bytes)?;
    Ok(file)
}

/// Puts the staging folder into the place of the output folder.
fn exchange(destination: &Destination, has_last: bool) -> Result<(), Diagnostic> {
    let Destination { out, staging, previous, .. } = destination;
    let refused = |error: io::Error| output::unwritable(out, &error);
    if has_last {
        fs::rename(out, previous).map_err(refused)?;
    } else if out.exists() {
        fs::remove_dir(out).map_err(refused)?;
    }
    fs::rename(staging, out).map_err(|error| {
        if has_last {
            let _ = fs::rename(previous, out);
        }
        refused(error)
    })
}

/// The name by which case-insensitive and normalising file systems know a path.
fn fold(path: &str) -> String {
    if path.is_ascii() {
        return path.to_ascii_lowercase();
    }
    ComposingNormalizerBorrowed::new_nfc().normalize(&path.to_lowercase()).into_owned()
}

/// The folders above a path, nearest first.
fn parents(path: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(path.rsplit_once('/').map(|(parent, _)| parent), |path| {
        path.rsplit_once('/').map(|(parent, _)| parent)
    })
}

/// Whether Windows could store the file, or a service that checks sites by its rules.
fn is_portable(path: &str) -> bool {
    let character = |character: char| !character.is_control() && !"<>:\"|?*\\".contains(character);
    path.chars().all(character) && path.split('/').all(|part| !part.ends_with(['.', ' ']))
}

/// Folders grouped so that each group's parents are in the groups before it.
fn by_depth(folders: impl IntoIterator<Item = String>) -> Vec<Vec<String>> {
    let mut levels: Vec<Vec<String>> = Vec::new();
    for folder in folders {
        let depth = folder.matches('/').count();
        levels.resize_with(levels.len().max(depth + 1), Vec::new);
        if let Some(level) = levels.get_mut(depth) {
            level.push(folder);
        }
    }
    levels
}
