//! What a session remembers of its last build, besides the pages: files as they were understood, and the site that was put
//! together from them.

use std::sync::Arc;

use rayon::prelude::*;

use crate::diagnostic::Checked;
use crate::fingerprint::Fingerprint;
use crate::model::{Choices, Data, Site};
use crate::parse::{self, Dialect, Document};
use crate::read::Source;

/// What was last understood of the files in `content/`.
#[derive(Default)]
pub(super) struct Readings {
    /// The fingerprint of what was said about how Markdown is read.
    dialect: Option<Fingerprint>,
    /// In the order of the paths.
    pub(super) list: Vec<Reading>,
}

/// One file as it was understood.
pub(super) struct Reading {
    path: Arc<str>,
    fingerprint: Fingerprint,
    pub(super) document: Arc<Checked<Option<Document>>>,
}

impl Readings {
    /// Those of all `sources`, the same where the file is; and what `work` makes of the documents of the data while the
    /// others are still read.
    pub(super) fn again<T: Send>(
        self,
        sources: &[Source],
        dialect: &Dialect,
        work: impl FnOnce(&[Document]) -> T + Send,
    ) -> (Readings, T) {
        let print = Some(Fingerprint::of(dialect));
        let last = if self.dialect == print { self.list } else { Vec::new() };
        let known = |source: &Source| {
            let place = last.binary_search_by(|reading| reading.path.cmp(&source.path)).ok()?;
            last.get(place).filter(|reading| reading.fingerprint == source.fingerprint)
        };
        let reading = |source: &&Source| Reading {
            path: source.path.clone(),
            fingerprint: source.fingerprint,
            document: match known(source) {
                Some(reading) => reading.document.clone(),
                None => Arc::new(parse::document(source, dialect)),
            },
        };
        let content = sources.iter().filter(|source| source.path.starts_with("content/"));
        let (data, others): (Vec<&Source>, Vec<&Source>) = content.partition(|source| source.path.starts_with(DATA));
        let read =
            |sources: Vec<&Source>| sources.par_iter().with_max_len(HANDFUL).map(reading).collect::<Vec<Reading>>();
        let data = || {
            let data = read(data);
            let worked = work(&documents(&data));
            (data, worked)
        };
        let ((data, worked), mut list) = rayon::join(data, || read(others));
        let place = list.partition_point(|reading| &*reading.path < DATA);
        list.splice(place..place, data);
        (Readings { dialect: print, list }, worked)
    }

    /// All of them that are documents, and what is wrong.
    pub(super) fn documents(&self) -> Checked<Vec<Document>> {
        let findings = self.list.iter().flat_map(|reading| reading.document.findings.iter().cloned()).collect();
        Checked::new(documents(&self.list), findings)
    }
}

/// How many texts are understood in one go. A core that has none left waits for one that has begun with many.
const HANDFUL: usize = 16;

/// Where the data is.
const DATA: &str = "content/data/";

fn documents(readings: &[Reading]) -> Vec<Document> {
    readings.iter().filter_map(|reading| reading.document.value.clone()).collect()
}

/// The site that was put together last.
pub(super) struct Assembled {
    pub(super) materials: Materials,
    pub(super) documents: Vec<Document>,
    pub(super) site: Checked<Arc<Site>>,
}

/// What a site is put together from, besides the documents.
pub(super) struct Materials {
    /// The fingerprint of `site.toml`.
    pub(super) settings: Option<Fingerprint>,
    pub(super) data: Arc<Data>,
    pub(super) assets: Vec<Arc<str>>,
    pub(super) choices: Choices,
}

impl Materials {
    /// Whether a site of the same documents would be the same.
    pub(super) fn are_same(&self, other: &Materials) -> bool {
        let Materials { settings, data, assets, choices } = self;
        *settings == other.settings
            && Arc::ptr_eq(data, &other.data)
            && *assets == other.assets
            && *choices == other.choices
    }
}
