//! The list of Kairan's own files that each folder of its making carries, and what the list's name says of the folder.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, DirEntry, File};
use std::io;
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use serde::{Deserialize, Serialize, Serializer};

use super::{Output, create, parents};
use crate::diagnostic::{Diagnostic, Message, output, say};
use crate::fingerprint::Fingerprint;

/// The name of the list in a folder that holds a whole site.
pub const WHOLE: &str = ".kairan-manifest.json";
/// The name of the list in a folder that is being filled or being deleted.
pub const UNFINISHED: &str = ".kairan-unfinished.json";

/// The version of the list's form.
const VERSION: u32 = 1;

/// What Kairan wrote into a folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Manifest {
    /// The fingerprint of each file by its path.
    pub files: BTreeMap<String, Fingerprint>,
    /// When the list was written, which is after all its files: what was changed later, somebody else changed.
    written: Option<std::time::SystemTime>,
}

/// What a folder is to Kairan.
#[derive(Debug)]
pub enum State {
    /// There is none.
    Absent,
    /// A folder with nothing in it.
    Empty,
    /// A whole site. Being retired, its list is renamed and it becomes `Unfinished`.
    Whole(Manifest),
    /// Part of a site, on its way in or out. The files that the list names may be deleted.
    Unfinished(Manifest),
    /// A folder that Kairan did not make: its first names, and how many there are.
    Foreign(Vec<String>, usize),
}

#[derive(Deserialize)]
struct Stored {
    kairan: u32,
    files: BTreeMap<String, String>,
}

#[derive(Serialize)]
struct ToStore<'m> {
    kairan: u32,
    #[serde(serialize_with = "as_text")]
    files: &'m BTreeMap<String, Fingerprint>,
}

fn as_text<S: Serializer>(files: &BTreeMap<String, Fingerprint>, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_map(files.iter().map(|(path, print)| (path, print.to_string())))
}

/// Looks at the folder's list, or at what it holds where there is none.
pub fn state(folder: &Path) -> Result<State, Diagnostic> {
    let refused = |error: io::Error| output::unwritable(folder, &error);
    if let Some(manifest) = Manifest::read(folder, UNFINISHED)? {
        return Ok(State::Unfinished(manifest));
    }
    if let Some(manifest) = Manifest::read(folder, WHOLE)? {
        return Ok(State::Whole(manifest));
    }
    let mut names = match fs::read_dir(folder) {
        Ok(entries) => {
            entries.map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned())).collect::<io::Result<Vec<_>>>()
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(State::Absent),
        Err(error) => Err(error),
    }
    .map_err(refused)?;
    names.sort();
    Ok(if names.is_empty() {
        State::Empty
    } else {
        State::Foreign(names.iter().take(5).cloned().collect(), names.len())
    })
}

impl Manifest {
    /// The list of an output that is to be written.
    pub fn of(output: &Output) -> Manifest {
        let files = output.iter().map(|(path, content)| (path.to_owned(), content.fingerprint())).collect();
        Manifest { files, written: None }
    }

    /// Writes the list to a new file.
    pub fn write(&self, path: &Path) -> io::Result<File> {
        let mut text = serde_json::to_vec_pretty(&ToStore { kairan: VERSION, files: &self.files })?;
        text.push(b'\n');
        create(path, &text)
    }

    fn read(folder: &Path, name: &str) -> Result<Option<Manifest>, Diagnostic> {
        let path = folder.join(name);
        let (text, written) = match fs::read(&path).and_then(|text| Ok((text, fs::metadata(&path)?.modified().ok()))) {
            Ok(found) => found,
            Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => {
                return Ok(None);
            }
            Err(error) => return Err(output::unreadable_manifest(folder, name, &error.to_string())),
        };
        let parsed = if name == UNFINISHED && !text.starts_with(b"{") { parse_lines(&text) } else { parse(&text) };
        match parsed {
            Ok(files) => Ok(Some(Manifest { files, written })),
            // The list is the first file of a folder: killed while writing it, Kairan has made no other.
            Err(_) if name == UNFINISHED && is_alone(folder) => Ok(Some(Manifest { files: BTreeMap::new(), written })),
            Err(cause) => Err(output::unreadable_manifest(folder, name, &cause)),
        }
    }

    /// Whether the file at `path`, which this list names, still has the bytes of this fingerprint.
    ///
    /// A file as long as it should be that is older than the list is as Kairan left it. Any other is read.
    pub fn still_holds(&self, path: &Path, size: u64, print: Fingerprint) -> bool {
        let Ok(metadata) = fs::symlink_metadata(path) else { return false };
        if !metadata.is_file() || metadata.len() != size {
            return false;
        }
        let is_older = matches!((metadata.modified(), self.written), (Ok(file), Some(list)) if file < list);
        is_older || fs::read(path).is_ok_and(|bytes| Fingerprint::quick(&bytes) == print)
    }
}

fn parse(text: &[u8]) -> Result<BTreeMap<String, Fingerprint>, String> {
    let stored: Stored = serde_json::from_slice(text).map_err(|error| error.to_string())?;
    if stored.kairan != VERSION {
        return Err(format!("version {}", stored.kairan));
    }
    stored.files.into_iter().map(|(path, print)| file(path, &print)).collect()
}

/// A file as an unfinished list names it, line by line: the list grows as files are written.
pub fn line(path: &str, print: Fingerprint) -> String {
    format!("{print} {path}\n")
}

/// Undoes [`line`]. A last line that is not at its end names a file that was not begun.
fn parse_lines(text: &[u8]) -> Result<BTreeMap<String, Fingerprint>, String> {
    let text = String::from_utf8_lossy(text);
    let lines = text.split_inclusive('\n').filter_map(|line| line.strip_suffix('\n'));
    lines.map(|line| line.split_once(' ').ok_or(line).map(|(print, path)| file(path.to_owned(), print))?).collect()
}

fn file(path: String, print: &str) -> Result<(String, Fingerprint), String> {
    match Fingerprint::parse(print) {
        // A list that names files elsewhere would have them deleted.
        _ if unusable(&path).is_some() => Err(path),
        Some(print) => Ok((path, print)),
        None => Err(print.to_owned()),
    }
}

fn is_alone(folder: &Path) -> bool {
    fs::read_dir(folder).is_ok_and(|entries| entries.count() == 1)
}

/// Why a path can't be one of Kairan's files, if it can't.
pub fn unusable(path: &str) -> Option<Message> {
    const LONGEST: usize = 255;
    let is_folder = |part: &str| matches!(part, "" | "." | "..") || part.contains(['\\', '\0']);
    if path.split('/').any(is_folder) || Path::new(path).is_absolute() {
        return Some(say("出力先の外を指しています", "it leads out of the output folder"));
    }
    if path.split('/').any(|part| part.len() > LONGEST) {
        return Some(say("長すぎます", "it is too long"));
    }
    path.starts_with(".kairan-").then(|| say("Kairan が使う名前です", "Kairan uses that name itself"))
}

/// Every folder that files of these paths are in.
pub fn folders<'a>(paths: impl IntoIterator<Item = &'a String>) -> BTreeSet<String> {
    let mut folders = BTreeSet::new();
    add_folders(paths, &mut folders);
    folders
}

/// Adds every folder that files of these paths are in to those that are known, and gives those that were not.
pub fn add_folders<'a>(paths: impl IntoIterator<Item = &'a String>, known: &mut BTreeSet<String>) -> Vec<String> {
    let mut added = Vec::new();
    for path in paths {
        for folder in parents(path) {
            // Where a folder is known, so are those above it.
            if known.contains(folder) {
                break;
            }
            known.insert(folder.to_owned());
            added.push(folder.to_owned());
        }
    }
    added
}

/// Whatever lies in `root` and is not one of `files`, in order. A folder that is none of `folders` counts as one thing.
pub fn foreign(
    root: &Path,
    files: &BTreeMap<String, Fingerprint>,
    folders: &BTreeSet<String>,
) -> io::Result<Vec<PathBuf>> {
    let mut found = foreign_below(root, "", files, folders)?;
    found.sort();
    Ok(found)
}

fn foreign_below(
    root: &Path,
    folder: &str,
    files: &BTreeMap<String, Fingerprint>,
    folders: &BTreeSet<String>,
) -> io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    let mut below = Vec::new();
    for entry in fs::read_dir(root.join(folder))? {
        let entry = entry?;
        let (kind, path) = (entry.file_type()?, relative(folder, &entry));
        match path.to_str() {
            Some(path) if kind.is_dir() && folders.contains(path) => below.push(path.to_owned()),
            Some(path) if kind.is_file() && (files.contains_key(path) || is_list(path)) => {}
            _ => found.push(path),
        }
    }
    let deeper =
        below.par_iter().map(|folder| foreign_below(root, folder, files, folders)).collect::<io::Result<Vec<_>>>()?;
    found.extend(deeper.into_iter().flatten());
    Ok(found)
}

/// Deletes `files` and those of `folders` that are then empty, the list last. Returns whether the root is gone: where
/// anything else lies in it, it stays, and so does the list.
pub fn clear(root: &Path, files: &BTreeMap<String, Fingerprint>, folders: &BTreeSet<String>) -> io::Result<bool> {
    if !clear_below(root, "", files, folders)? {
        return Ok(false);
    }
    for list in [WHOLE, UNFINISHED] {
        match fs::remove_file(root.join(list)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
    }
    fs::remove_dir(root).map(|()| true)
}

/// Whether nothing is left in `folder`, which is then deleted too (but for the root, which still holds the list).
fn clear_below(
    root: &Path,
    folder: &str,
    files: &BTreeMap<String, Fingerprint>,
    folders: &BTreeSet<String>,
) -> io::Result<bool> {
    let entries = fs::read_dir(root.join(folder))?.collect::<io::Result<Vec<DirEntry>>>()?;
    let gone = |entry: &DirEntry| {
        let (kind, path) = (entry.file_type()?, relative(folder, entry));
        match path.to_str() {
            Some(path) if kind.is_dir() && folders.contains(path) => clear_below(root, path, files, folders),
            Some(path) if kind.is_file() && is_list(path) => Ok(true),
            Some(path) if kind.is_file() && files.contains_key(path) => fs::remove_file(entry.path()).map(|()| true),
            _ => Ok(false),
        }
    };
    let all_gone = entries.par_iter().map(gone).try_reduce(|| true, |all, one| Ok(all && one))?;
    if all_gone && !folder.is_empty() {
        fs::remove_dir(root.join(folder))?;
    }
    Ok(all_gone)
}

fn is_list(path: &str) -> bool {
    path == WHOLE || path == UNFINISHED
}

/// The path of an entry below the root, with `/` between its parts.
fn relative(folder: &str, entry: &DirEntry) -> PathBuf {
    let name = entry.file_name();
    match (folder, name.to_str()) {
        ("", _) => PathBuf::from(name),
        (folder, Some(name)) => PathBuf::from(format!("{folder}/{name}")),
        (folder, None) => Path::new(folder).join(name),
    }
}
