//! A folder for work that leaves nothing behind.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use super::Output;

/// A folder of the system for temporary files, removed with the value.
#[derive(Debug)]
pub struct Scratch {
    folder: PathBuf,
}

impl Scratch {
    /// Makes a new folder. Its name is that of this process: no other one has it.
    ///
    /// # Errors
    /// Where the system's folder for temporary files can't be written.
    pub fn new() -> io::Result<Scratch> {
        let parent = std::env::temp_dir();
        for number in 0..u32::MAX {
            let folder = parent.join(format!("kairan-{}-{number}", std::process::id()));
            match fs::create_dir(&folder) {
                Ok(()) => return Ok(Scratch { folder: folder.canonicalize().unwrap_or(folder) }),
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
                Err(error) => return Err(error),
            }
        }
        Err(io::ErrorKind::AlreadyExists.into())
    }

    /// The place of a file in it.
    pub fn path(&self, file: &str) -> PathBuf {
        self.folder.join(file)
    }

    /// Writes a file into it.
    ///
    /// # Errors
    /// Where the disk is full.
    pub fn write(&self, file: &str, bytes: &[u8]) -> io::Result<()> {
        let path = self.path(file);
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent)?;
        }
        fs::write(path, bytes)
    }

    /// Writes a whole output into a folder of it.
    ///
    /// # Errors
    /// Where the disk is full.
    pub fn write_all(&self, folder: &str, output: &Output) -> io::Result<()> {
        let files = output.iter().filter_map(|(path, content)| Some((path, content.bytes()?)));
        files.into_iter().try_for_each(|(path, bytes)| self.write(&format!("{folder}/{path}"), bytes))
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        // What another program still holds open goes with the system's own cleaning.
        _ = fs::remove_dir_all(&self.folder);
    }
}

/// A file for what another program says.
///
/// # Errors
/// Where it can't be made.
pub fn log_file(path: &Path) -> io::Result<File> {
    File::create(path)
}

/// Writes one file that a person asked for, whole or not at all.
///
/// # Errors
/// Where its folder can't be written.
pub fn file(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut unfinished = path.as_os_str().to_owned();
    unfinished.push(".unfinished");
    let unfinished = PathBuf::from(unfinished);
    fs::write(&unfinished, bytes)?;
    fs::rename(&unfinished, path).inspect_err(|_| _ = fs::remove_file(&unfinished))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_stays_behind() {
        let (one, other) = (Scratch::new().expect("a folder"), Scratch::new().expect("another"));
        one.write("a/b.txt", b"x").expect("a file");
        let path = one.path("a/b.txt");
        assert!(path.is_file() && one.path("") != other.path(""));
        drop(one);
        assert!(!path.exists() && other.path("").is_dir());
    }
}
