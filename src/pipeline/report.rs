//! What a published build came to: all that is to be said again where nothing was changed since.

use std::path::Path;

use serde::{Deserialize, Serialize};

use super::{Build, Session, unreadable};
use crate::cache;
use crate::diagnostic::{Checked, Diagnostic};
use crate::fingerprint::Fingerprint;
use crate::locale::Language;
use crate::model::Choices;
use crate::read::Source;
use crate::write::{Listed, Output};

/// The name of the step in the cache.
const STEP: &str = "build";

/// A build without the bytes that came out of it.
#[derive(Debug, Serialize, Deserialize)]
struct Report {
    /// The fingerprint of all that went in.
    input: Fingerprint,
    pages: Vec<(String, usize)>,
    panels: usize,
    findings: Vec<Diagnostic>,
    files: Vec<Listed>,
}

impl Session {
    /// The last build that was published at `out`, where this very program made it on the same choices from the same
    /// files. Its output has no bytes; the list says which files it has. Whatever is read is not read again.
    ///
    /// # Errors
    /// As [`Session::build`].
    pub fn published(
        &mut self,
        root: &Path,
        choices: Choices,
        out: &Path,
    ) -> anyhow::Result<Option<(Build, Vec<Listed>)>> {
        let read = self.read(root)?;
        let input = input(&read, choices);
        let kept = self.cache.get(STEP, place(out)).and_then(|bytes| serde_json::from_slice::<Report>(&bytes).ok());
        let report = kept.filter(|report| report.input == input);
        let found = report.and_then(|report| report.told(&read));
        (self.read, self.input) = (Some(read), Some(input));
        Ok(found)
    }

    /// Keeps what the build came to that followed [`Session::published`] and is now at `out`.
    pub fn keep(&self, build: &Build, out: &Path) {
        let Some(input) = self.input else { return };
        let report = Report {
            input,
            pages: build.pages.iter().map(|(language, count)| (language.to_string(), *count)).collect(),
            panels: build.panels,
            findings: build.findings.clone(),
            files: build.output.list(),
        };
        if let Ok(bytes) = serde_json::to_vec(&report) {
            self.cache.put(STEP, place(out), &bytes);
        }
        self.cache.sweep();
    }
}

impl Report {
    fn told(self, read: &Checked<Vec<Source>>) -> Option<(Build, Vec<Listed>)> {
        let Report { pages, panels, findings, files, .. } = self;
        let pages = pages.into_iter().map(|(tag, count)| Some((Language::parse(&tag)?, count)));
        let sources = read.value.clone();
        let unreadable = unreadable(&sources, &findings);
        let (site, output, pages) = (None, Output::new(), pages.collect::<Option<_>>()?);
        Some((Build { sources, site, pages, output, panels, findings, unreadable }, files))
    }
}

/// One report is kept for each output folder.
fn place(out: &Path) -> Fingerprint {
    Fingerprint::of_bytes(out.to_string_lossy().as_bytes())
}

/// The fingerprint of all that a build is made from: the program too, for another one may make something else of it.
fn input(read: &Checked<Vec<Source>>, choices: Choices) -> Fingerprint {
    let files: Vec<_> = read.value.iter().map(|source| (&*source.path, source.fingerprint)).collect();
    Fingerprint::of(&(cache::program(), files, &read.findings, format!("{choices:?}")))
}
