//! What slow steps made, kept on the disk from one run to the next. Knows no stage.
//!
//! An entry is named by the step and the fingerprint of everything that the step read, and it holds the bytes that came
//! out behind their own fingerprint. So the folder may be deleted at any time, be half written, be shared by machines and
//! by two builds at once: an entry is right or it is none. It is written under a name of its own and then renamed.
//!
//! A step whose result changes with the program takes [`program`] into its input or another version into its name.
#![allow(clippy::disallowed_methods, reason = "the cache folder is its own: no file of a site is read or written here")]

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::SystemTime;

use crate::fingerprint::Fingerprint;

/// The name of the folder within that of a site. Its dot keeps it out of what is read and published.
pub const FOLDER: &str = ".kairan-cache";

/// The version of the folder's form.
const FORM: &str = "v1";

/// How much is kept: what this run used, and of the rest the newest, up to so many bytes.
const LARGEST: u64 = 1024 * 1024 * 1024;

/// How many bytes stand before those of the result: its fingerprint in hexadecimal digits.
const HEAD: usize = 32;

/// The results of former runs. Used from many threads at once.
#[derive(Debug, Default)]
pub struct Cache {
    folder: Option<PathBuf>,
    used: Mutex<BTreeSet<PathBuf>>,
}

/// The fingerprint of this very program: its source, its themes and its dependencies.
pub fn program() -> Fingerprint {
    Fingerprint::of_bytes(concat!(env!("CARGO_PKG_VERSION"), " ", env!("KAIRAN_PROGRAM")).as_bytes())
}

impl Cache {
    /// The cache in `folder`, which is made where something is to be kept.
    pub fn at(folder: &Path) -> Cache {
        Cache { folder: Some(folder.to_path_buf()), used: Mutex::default() }
    }

    /// One that keeps nothing.
    pub fn none() -> Cache {
        Cache::default()
    }

    /// What `step` made of `input` in an earlier run; else what `make` gives, which is kept.
    pub fn remember(&self, step: &str, input: Fingerprint, make: impl FnOnce() -> Vec<u8>) -> Vec<u8> {
        let made: Result<Vec<u8>, std::convert::Infallible> = self.try_remember(step, input, || Ok(make()));
        match made {
            Ok(bytes) => bytes,
            Err(never) => match never {},
        }
    }

    /// As [`Cache::remember`], for a step that may fail. A failure is not kept.
    ///
    /// # Errors
    /// Those of `make`.
    pub fn try_remember<E>(
        &self,
        step: &str,
        input: Fingerprint,
        make: impl FnOnce() -> Result<Vec<u8>, E>,
    ) -> Result<Vec<u8>, E> {
        if let Some(bytes) = self.get(step, input) {
            return Ok(bytes);
        }
        let bytes = make()?;
        self.put(step, input, &bytes);
        Ok(bytes)
    }

    /// What `step` made of `input`, where that is kept and whole.
    pub fn get(&self, step: &str, input: Fingerprint) -> Option<Vec<u8>> {
        let path = self.path(step, input)?;
        let mut bytes = fs::read(&path).ok()?;
        let head = bytes.get(..HEAD).and_then(|head| std::str::from_utf8(head).ok())?;
        let print = Fingerprint::parse(head)?;
        bytes.drain(..HEAD);
        (Fingerprint::of_bytes(&bytes) == print).then(|| {
            self.note(path);
            bytes
        })
    }

    /// Keeps what `step` made of `input`. A folder that can't be written to keeps nothing, and that is no mistake.
    pub fn put(&self, step: &str, input: Fingerprint, bytes: &[u8]) {
        let Some(path) = self.path(step, input) else { return };
        if self.write(&path, bytes).is_ok() {
            self.note(path);
        }
    }

    /// Deletes what this run did not use, the oldest first, until the folder is no larger than it may be.
    pub fn sweep(&self) {
        self.sweep_to(LARGEST);
    }

    fn sweep_to(&self, largest: u64) {
        let Some(folder) = &self.folder else { return };
        let used = self.used.lock().map(|used| used.clone()).unwrap_or_default();
        let mut entries = entries(&folder.join(FORM));
        entries.sort();
        let mut size: u64 = entries.iter().map(|entry| entry.size).sum();
        for entry in entries.iter().filter(|entry| !used.contains(&entry.path)) {
            if size <= largest {
                break;
            }
            if fs::remove_file(&entry.path).is_ok() {
                size -= entry.size;
            }
        }
    }

    fn path(&self, step: &str, input: Fingerprint) -> Option<PathBuf> {
        let name = input.to_string();
        Some(self.folder.as_ref()?.join(FORM).join(step).join(&name[..2]).join(name))
    }

    fn note(&self, path: PathBuf) {
        if let Ok(mut used) = self.used.lock() {
            used.insert(path);
        }
    }

    /// Writes the entry beside its place and renames it: whoever reads meanwhile sees all of it or nothing.
    fn write(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        static NUMBER: AtomicU64 = AtomicU64::new(0);
        let Some(folder) = path.parent() else { return Ok(()) };
        fs::create_dir_all(folder)?;
        self.hide()?;
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let unfinished = folder.join(format!(".{}-{number}", std::process::id()));
        let mut whole = Fingerprint::of_bytes(bytes).to_string().into_bytes();
        whole.extend_from_slice(bytes);
        let done = fs::write(&unfinished, whole).and_then(|()| fs::rename(&unfinished, path));
        done.inspect_err(|_| _ = fs::remove_file(&unfinished))
    }

    /// A list for git that names everything, so that nobody commits the folder by mistake.
    fn hide(&self) -> io::Result<()> {
        let Some(list) = self.folder.as_ref().map(|folder| folder.join(".gitignore")) else { return Ok(()) };
        if list.exists() { Ok(()) } else { fs::write(list, "*\n") }
    }
}

/// One file of the cache. The oldest comes first.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Entry {
    written: Option<SystemTime>,
    path: PathBuf,
    size: u64,
}

fn entries(folder: &Path) -> Vec<Entry> {
    let Ok(listed) = fs::read_dir(folder) else { return Vec::new() };
    let mut found = Vec::new();
    for entry in listed.flatten() {
        match entry.metadata() {
            Ok(metadata) if metadata.is_dir() => found.extend(entries(&entry.path())),
            Ok(metadata) if metadata.is_file() => {
                found.push(Entry { written: metadata.modified().ok(), path: entry.path(), size: metadata.len() });
            }
            _ => {}
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn input(number: u8) -> Fingerprint {
        Fingerprint::of_bytes(&[number])
    }

    /// Whether the step has to be done for `number`.
    fn is_made(cache: &Cache, number: u8) -> bool {
        let mut made = false;
        let bytes = cache.remember("square", input(number), || {
            made = true;
            vec![number; 1000]
        });
        assert_eq!(bytes, vec![number; 1000]);
        made
    }

    #[test]
    fn what_was_made_once_is_kept() {
        let folder = tempfile::tempdir().expect("a folder");
        assert!(is_made(&Cache::at(folder.path()), 1));
        let later = Cache::at(folder.path());
        assert!(!is_made(&later, 1) && is_made(&later, 2));
        assert!(later.get("cube", input(1)).is_none(), "another step has another result");
        assert!(is_made(&Cache::none(), 1) && is_made(&Cache::none(), 1));
        fs::remove_dir_all(folder.path()).expect("deleted");
        assert!(is_made(&later, 1), "the folder may be deleted at any time");
    }

    #[test]
    fn a_damaged_entry_is_none() {
        let folder = tempfile::tempdir().expect("a folder");
        let cache = Cache::at(folder.path());
        let path = cache.path("square", input(1)).expect("a path");
        for damage in [
            &|bytes: &mut Vec<u8>| bytes.truncate(500),
            &|bytes: &mut Vec<u8>| bytes.truncate(10),
            &|bytes: &mut Vec<u8>| bytes.clear(),
            &|bytes: &mut Vec<u8>| bytes[700] ^= 1,
        ] as [&dyn Fn(&mut Vec<u8>); 4]
        {
            is_made(&cache, 1);
            let mut bytes = fs::read(&path).expect("an entry");
            damage(&mut bytes);
            fs::write(&path, bytes).expect("damaged");
            assert!(is_made(&cache, 1));
            assert!(!is_made(&cache, 1), "and is mended");
        }
    }

    #[test]
    fn a_folder_that_cannot_be_made_is_no_mistake() {
        let folder = tempfile::tempdir().expect("a folder");
        fs::write(folder.path().join("file"), "").expect("a file");
        let cache = Cache::at(&folder.path().join("file"));
        assert!(is_made(&cache, 1) && is_made(&cache, 1));
    }

    #[test]
    fn what_is_used_is_never_swept() {
        let folder = tempfile::tempdir().expect("a folder");
        let first = Cache::at(folder.path());
        (0..10).for_each(|number| _ = is_made(&first, number));
        let second = Cache::at(folder.path());
        assert!(!is_made(&second, 3));
        second.sweep_to(3 * 1032);
        assert_eq!(entries(&folder.path().join(FORM)).len(), 3);
        assert!(!is_made(&second, 3));
        second.sweep_to(0);
        assert_eq!(entries(&folder.path().join(FORM)).len(), 1);
    }

    #[test]
    fn many_at_once_see_whole_entries() {
        let folder = tempfile::tempdir().expect("a folder");
        let work = || {
            let cache = Cache::at(folder.path());
            for number in 0..200 {
                is_made(&cache, number % 7);
            }
        };
        std::thread::scope(|scope| (0..4).for_each(|_| _ = scope.spawn(work)));
    }
}
