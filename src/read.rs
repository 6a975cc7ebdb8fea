//! Disk to [`Source`]: the only module that reads files.
#![allow(clippy::disallowed_methods, reason = "the only module that reads the disk")]

use std::collections::BTreeSet;
use std::fs::{self, File, Metadata};
use std::io::{self, Read as _};
use std::iter;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::SystemTime;

use anyhow::Context;
use icu_normalizer::ComposingNormalizerBorrowed;
use rayon::prelude::*;
use walkdir::WalkDir;

use crate::diagnostic::{Checked, Diagnostic, Span, output, sheet, syntax};
use crate::fingerprint::Fingerprint;

mod shelf;

pub use shelf::Shelf;
use shelf::Shelved;

/// The largest text file that is read: front matter, Markdown, YAML, templates. Longer ones are mistakes.
pub const LARGEST_TEXT: u64 = 8 * 1024 * 1024;

/// The largest CSV file or workbook of figures that is read.
pub const LARGEST_TABLE: u64 = 50 * 1024 * 1024;

/// How many files are taken at a time: for one at a time, those who read wait for each other at the list of what was found.
const HANDFUL: usize = 32;

/// The folders of a site that are read, besides `site.toml`.
pub const FOLDERS: [&str; 3] = ["content", "static", "themes"];

/// One file of the site folder.
#[derive(Debug, Clone)]
pub struct Source {
    /// Relative to the site folder, with `/` between its parts, Unicode as on disk.
    pub path: Arc<str>,
    /// All of it.
    pub bytes: Arc<[u8]>,
    /// Of the path and the bytes.
    pub fingerprint: Fingerprint,
}

/// The source at `path`, among sources in the order of their paths.
pub fn find<'s>(sources: &'s [Source], path: &str) -> Option<&'s Source> {
    let place = sources.binary_search_by(|source| (*source.path).cmp(path)).ok()?;
    sources.get(place)
}

/// The text of the source at `path`, as [`find`] finds it. `None` too where it is not UTF-8.
pub fn text_of<'s>(sources: &'s [Source], path: &str) -> Option<&'s str> {
    find(sources, path)?.text().ok()
}

impl Source {
    /// A source that is held in memory: a built-in theme's file, or a test's.
    pub fn new(path: impl Into<Arc<str>>, bytes: impl Into<Arc<[u8]>>) -> Source {
        let (path, bytes) = (path.into(), bytes.into());
        let fingerprint = Fingerprint::quick(&bytes);
        Source { path, bytes, fingerprint }
    }

    /// The text without a byte order mark, or a finding where it is not UTF-8.
    pub fn text(&self) -> Result<&str, Diagnostic> {
        let bytes = self.bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(&self.bytes);
        simdutf8::compat::from_utf8(bytes)
            .map_err(|error| syntax::not_utf8(&self.path, &self.bytes, error.valid_up_to()))
    }

    /// Lets the bytes go: whoever wants to see them has to [`recall`] them.
    pub fn let_go(&mut self) {
        self.bytes = Arc::from([]);
    }

    /// Whether the bytes were let go.
    pub fn is_let_go(&self) -> bool {
        self.bytes.is_empty() && self.fingerprint != Fingerprint::quick(&[])
    }

    /// The part of the file name after its last dot, in lower case.
    pub fn extension(&self) -> String {
        let name = self.path.rsplit('/').next().unwrap_or_default();
        name.rsplit_once('.').map_or(String::new(), |(_, extension)| extension.to_lowercase())
    }
}

/// Every file of the site at `root`, in the order of their paths.
///
/// Hidden files are left out; so is what a symbolic link outside of the folder points to, with a finding. What is on the
/// `shelf` and was not touched since is not read again; then the shelf holds these files.
/// Fails where the folder or its `site.toml` can't be read at all.
pub fn sources(root: &Path, shelf: &mut Shelf) -> anyhow::Result<Checked<Vec<Source>>> {
    let root = root.canonicalize().with_context(|| format!("{}", root.display()))?;
    let now = now();
    let settings = settings(&root)?;
    let has_links = AtomicBool::new(false);
    let read = &|entry: walkdir::Result<walkdir::DirEntry>| {
        if entry.as_ref().is_ok_and(walkdir::DirEntry::path_is_symlink) {
            has_links.store(true, Ordering::Relaxed);
        }
        // A finding is many times as large as what is there in its place nearly always.
        file(&root, entry, shelf, now).map_err(Box::new).transpose()
    };
    // Files are read while others are still looked for; the shelf puts them in order.
    let mut found = FOLDERS.iter().flat_map(|folder| walk(root.join(folder)));
    let handfuls =
        iter::from_fn(|| Some(found.by_ref().take(HANDFUL).collect()).filter(|files: &Vec<_>| !files.is_empty()));
    let read: Vec<_> = handfuls.par_bridge().flat_map_iter(|files| files.into_iter().filter_map(read)).collect();
    let mut findings = Vec::new();
    let files: Vec<Arc<Shelved>> =
        read.into_iter().filter_map(|read| read.map_err(|finding| findings.push(*finding)).ok()).collect();
    findings.sort();
    shelf.fill(files, !has_links.into_inner() && findings.is_empty());
    Ok(Checked::new(in_order(shelf, settings), findings))
}

/// The files of the site at `root` where, since those on the `shelf` were read, nothing happened but that some were
/// written, by their paths below `root`. `None` where that can't be relied on, so that all must be looked at.
pub fn written(root: &Path, shelf: &mut Shelf, paths: &BTreeSet<PathBuf>) -> Option<Vec<Source>> {
    // Through a link, one file is written and another changes.
    if !shelf.is_plain() {
        return None;
    }
    let root = root.canonicalize().ok()?;
    let now = now();
    for path in paths.iter().filter(|path| *path != Path::new("site.toml")).map(|path| root.join(path)) {
        let metadata = fs::symlink_metadata(&path).ok().filter(Metadata::is_file)?;
        let read = file_at(&root, &path, Some(metadata), shelf, now).ok()?;
        shelf.replace(read)?;
    }
    Some(in_order(shelf, settings(&root).ok()?))
}

/// Reads a source again whose bytes were let go, where it is still what it was.
pub fn recall(root: &Path, source: &mut Source) {
    if !source.is_let_go() {
        return;
    }
    let read = fs::read(root.join(&*source.path)).ok().map(|bytes| Source::new(source.path.clone(), bytes));
    if let Some(read) = read.filter(|read| read.fingerprint == source.fingerprint) {
        *source = read;
    }
}

/// How long ago a file was written decides whether it is read again, and never what comes out.
fn now() -> SystemTime {
    SystemTime::now()
}

/// The files on a shelf and the settings. Of two names that differ in how they write ガ the path is one; the order among
/// them is that of the names.
fn in_order(shelf: &Shelf, settings: Source) -> Vec<Source> {
    let mut sources: Vec<Source> = Vec::with_capacity(shelf.len() + 1);
    sources.extend(shelf.sources().chain([settings]));
    sources.sort_by(|a, b| a.path.cmp(&b.path));
    sources
}

fn settings(root: &Path) -> anyhow::Result<Source> {
    let path = root.join("site.toml");
    let bytes = fs::read(&path).with_context(|| format!("{}", path.display()))?;
    Ok(Source::new("site.toml", bytes))
}

fn walk(folder: PathBuf) -> impl Iterator<Item = walkdir::Result<walkdir::DirEntry>> {
    let visible = |entry: &walkdir::DirEntry| !entry.file_name().as_encoded_bytes().starts_with(b".");
    let exists = folder.is_dir();
    WalkDir::new(&folder).follow_links(true).into_iter().filter_entry(visible).filter(move |_| exists)
}

fn file(
    root: &Path,
    entry: walkdir::Result<walkdir::DirEntry>,
    shelf: &Shelf,
    now: SystemTime,
) -> Result<Option<Arc<Shelved>>, Diagnostic> {
    let entry = entry.map_err(|error| unreadable(root, error.path().unwrap_or(root), &error.to_string()))?;
    if entry.path_is_symlink() || !entry.file_type().is_file() {
        outside(root, entry.path())?;
    }
    if !entry.file_type().is_file() {
        return Ok(None);
    }
    file_at(root, entry.path(), entry.metadata().ok(), shelf, now).map(Some)
}

fn file_at(
    root: &Path,
    path: &Path,
    metadata: Option<Metadata>,
    shelf: &Shelf,
    now: SystemTime,
) -> Result<Arc<Shelved>, Diagnostic> {
    let known = metadata.as_ref().and_then(|metadata| shelf.get(path, metadata));
    if let Some(known) = known {
        return Ok(known);
    }
    let relative = relative(root, path)?;
    let size = metadata.as_ref().map(Metadata::len).unwrap_or_default();
    if is_table(&relative) {
        if size > LARGEST_TABLE {
            return Err(sheet::table_too_large(Span::file(&relative), size, LARGEST_TABLE));
        }
    } else if is_text(&relative) && size > LARGEST_TEXT {
        return Err(syntax::too_large(&relative, size, LARGEST_TEXT));
    }
    let bytes = whole(path, size).map_err(|error| unreadable(root, path, &error.to_string()))?;
    let source = shelf.same(path, Source::new(relative, bytes));
    Ok(Arc::new(Shelved::new(path, metadata.as_ref(), source, now)))
}

/// The bytes of a file that had so many when it was looked at: nobody has to ask for their number again.
fn whole(path: &Path, size: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::with_capacity(usize::try_from(size).unwrap_or_default() + 1);
    File::open(path)?.take(u64::MAX).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// A link may point anywhere within the site folder, and nowhere else.
fn outside(root: &Path, path: &Path) -> Result<(), Diagnostic> {
    let target = path.canonicalize().map_err(|error| unreadable(root, path, &error.to_string()))?;
    if target.starts_with(root) {
        return Ok(());
    }
    Err(syntax::link_out_of_site(&display(root, path), &target))
}

fn relative(root: &Path, path: &Path) -> Result<Arc<str>, Diagnostic> {
    let name = display(root, path);
    match path.to_str() {
        // A Mac writes ガ as two characters; links and addresses write it as one.
        Some(_) => Ok(ComposingNormalizerBorrowed::new_nfc().normalize(&name).into()),
        None => Err(syntax::name_not_utf8(&name)),
    }
}

fn display(root: &Path, path: &Path) -> Arc<str> {
    let relative: PathBuf = path.strip_prefix(root).unwrap_or(path).to_path_buf();
    relative.to_string_lossy().replace('\\', "/").into()
}

fn unreadable(root: &Path, path: &Path, cause: &str) -> Diagnostic {
    output::unreadable(Span::file(&display(root, path)), cause)
}

/// Whether a file holds figures; a workbook elsewhere is a file for readers to download.
fn is_table(path: &str) -> bool {
    const TABLES: [&str; 4] = [".csv", ".tsv", ".xlsx", ".xlsm"];
    path.starts_with("content/data/") && TABLES.iter().any(|extension| path.to_lowercase().ends_with(extension))
}

/// One file that a person names on the command line, of at most [`LARGEST_TABLE`] bytes.
///
/// # Errors
/// Where it can't be read, or is too large.
pub fn named(path: &Path) -> anyhow::Result<Result<Source, Diagnostic>> {
    let name: Arc<str> = path.to_string_lossy().replace('\\', "/").into();
    let size = fs::metadata(path).with_context(|| format!("{}", path.display()))?.len();
    if size > LARGEST_TABLE {
        return Ok(Err(sheet::table_too_large(Span::file(&name), size, LARGEST_TABLE)));
    }
    let bytes = fs::read(path).with_context(|| format!("{}", path.display()))?;
    Ok(Ok(Source::new(name, bytes)))
}

/// Whether there is a file at `path`: a program that may be run, a document that was to be made.
pub fn is_file(path: &Path) -> bool {
    path.is_file()
}

/// What another program made.
///
/// # Errors
/// Where it made nothing.
pub fn made(path: &Path) -> anyhow::Result<Vec<u8>> {
    fs::read(path).with_context(|| format!("{}", path.display()))
}

fn is_text(path: &str) -> bool {
    const TEXT: [&str; 12] =
        [".md", ".yaml", ".yml", ".toml", ".csv", ".html", ".ftl", ".css", ".js", ".svg", ".geojson", ".topojson"];
    TEXT.iter().any(|extension| path.ends_with(extension))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_byte_order_mark_is_not_text() {
        let source = Source::new("a.md", "\u{feff}題".as_bytes());
        assert_eq!(source.text(), Ok("題"));
    }
}
