//! [`Ledger`]: how each translation stands to what it was made from, pages and labels alike.
//!
//! A page records the state of its original in a line of its own front matter, which goes wherever the page goes; see
//! [`state`]. Labels stand in pairs in one data file; see [`label`].

use std::sync::Arc;

use rayon::iter::Either;
use rayon::prelude::*;

use crate::diagnostic::{Diagnostic, Label, Span, translations as findings};
use crate::locale::Language;
use crate::model::{Page, PageId, Site};
use crate::parse::DataDocument;
use crate::parse::settings::Report;

pub mod label;
pub mod state;

use label::LabelEntry;
use state::{Change, Record, State};

/// The text of a source, by its path.
pub type Texts<'a, 't> = &'a (dyn Fn(&str) -> Option<&'t str> + Sync);

/// How all translations of a site stand.
#[derive(Debug, Default)]
pub struct Ledger {
    /// The pages that are translations, in the order of the site.
    pub pages: Vec<PageEntry>,
    /// The pages that lack a translation, each with the language.
    pub missing: Vec<(PageId, Language)>,
    /// The labels of the data and of `site.toml`, where the site keeps a record of them.
    pub labels: Vec<LabelEntry>,
}

/// A page that is a translation.
#[derive(Debug)]
pub struct PageEntry {
    /// The translation.
    pub page: PageId,
    /// What it was made from.
    pub original: PageId,
    /// How it stands.
    pub standing: Standing,
}

/// How a translation stands to what it was made from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Standing {
    /// It says what its original says.
    Current,
    /// Its original has changed since, here.
    Stale(Vec<Change>),
    /// Nobody has recorded what it was made from.
    Untracked,
    /// What is recorded can't be read.
    Unreadable,
}

/// The ledger of a site. Only what is recorded is held against its original, so that a site that records nothing pays
/// nothing for it.
pub fn of(site: &Site, data: &[Arc<DataDocument>], text: Texts<'_, '_>) -> Ledger {
    let mut ledger = Ledger::default();
    let entry = |(id, page): (PageId, &Page)| match original(site, page) {
        Some(original) => {
            Either::Left(PageEntry { page: id, original, standing: standing(page, &site.pages[original], text) })
        }
        None => Either::Right(lacking(site, page).map(|language| (id, language.clone())).collect()),
    };
    let written = site.pages.par_iter().enumerate().filter(|(_, page)| page.document.is_some());
    let (pages, missing): (Vec<PageEntry>, Vec<Vec<_>>) = written.partition_map(entry);
    ledger.pages = pages;
    ledger.missing = missing.into_iter().flatten().collect();
    if data.iter().any(|document| !document.translations.is_empty()) {
        ledger.labels = label::entries(&site.settings, data);
    }
    ledger
}

/// What a page was translated from: the page in the language that it names, else in the first one that there is.
fn original(site: &Site, page: &Page) -> Option<PageId> {
    let recorded = recorded(page);
    let named = recorded.as_ref().and_then(|record| site.counterpart(page, &record.language));
    let written = |other: &&Page| other.document.is_some();
    // A page that names its original is a translation, even in the first language of the site.
    let first = || site.counterparts(page).filter(written).find(|other| recorded_from(other).is_none());
    let first = || first().or_else(|| site.counterparts(page).find(written));
    let original = named.filter(written).or_else(first).filter(|original| original.language != page.language)?;
    site.page_id(&original.route)
}

fn recorded_from(page: &Page) -> Option<&str> {
    page.document.as_ref()?.front.translated_from.as_deref()
}

fn recorded(page: &Page) -> Option<Record> {
    Record::parse(recorded_from(page)?)
}

fn standing(page: &Page, original: &Page, text: Texts<'_, '_>) -> Standing {
    if recorded_from(page).is_none() {
        return Standing::Untracked;
    }
    let Some(record) = recorded(page).filter(|record| record.language == original.language) else {
        return Standing::Unreadable;
    };
    // `translated_from: en` says from which language, and no more.
    let Some(recorded) = &record.state else { return Standing::Untracked };
    match state_of(original, text) {
        Some(state) if state.is(recorded) => Standing::Current,
        Some(state) => Standing::Stale(state.changes_since(recorded)),
        None => Standing::Unreadable,
    }
}

/// What can be translated of a page, as it stands now.
pub fn state_of(page: &Page, text: Texts<'_, '_>) -> Option<State> {
    let document = page.document.as_ref()?;
    Some(State::of(&document.front.spans, text(&document.path)?))
}

/// What a translation of `original` records when it is up to date.
pub fn record(original: &Page, text: Texts<'_, '_>) -> Option<String> {
    Some(format!("{}:{}", original.language, state_of(original, text)?.mark()))
}

/// The languages of the site in which a page should be and is not.
fn lacking<'s>(site: &'s Site, page: &'s Page) -> impl Iterator<Item = &'s Language> {
    let wanted = site.settings.languages.iter().filter(|language| !site.settings.is_partial(language));
    wanted.filter(|language| site.counterpart(page, language).is_none_or(|other| other.document.is_none()))
}

impl Ledger {
    /// The original that a page no longer says the same as.
    pub fn stale_original(&self, page: PageId) -> Option<PageId> {
        let place = self.pages.binary_search_by_key(&page, |entry| entry.page).ok()?;
        let entry = self.pages.get(place)?;
        matches!(entry.standing, Standing::Stale(_)).then_some(entry.original)
    }

    /// What is wrong with the translations: the stale ones, as the site takes them, and what can't be read.
    pub fn findings(&self, site: &Site) -> Vec<Diagnostic> {
        let severity = site.settings.translations.stale;
        let mut found = Vec::new();
        let is_wrong = |entry: &&PageEntry| matches!(entry.standing, Standing::Stale(_) | Standing::Unreadable);
        for entry in self.pages.iter().filter(is_wrong) {
            let Some(span) = place(&site.pages[entry.page]) else { continue };
            let Some(original) = site.pages[entry.original].span() else { continue };
            match &entry.standing {
                Standing::Stale(changes) if severity != Report::Off => {
                    let changes: Vec<Label> = changes.iter().map(|change| change.told(&original.path)).collect();
                    found.push(findings::stale_page(span, &original.path, &changes, severity == Report::Error));
                }
                Standing::Unreadable => {
                    let written = recorded_from(&site.pages[entry.page]).unwrap_or_default();
                    found.push(findings::unreadable_record(span, written));
                }
                _ => {}
            }
        }
        if severity != Report::Off {
            let stale = self.labels.iter().filter_map(|entry| entry.stale(severity == Report::Error));
            found.extend(stale);
        }
        found
    }

    /// What is yet to be translated or to be recorded, for those who ask for it.
    pub fn open(&self, site: &Site) -> Vec<Diagnostic> {
        let missing = self
            .missing
            .iter()
            .filter_map(|(page, language)| Some(findings::missing_page(site.pages[*page].span()?, language.as_str())));
        let untracked = self.pages.iter().filter(|entry| entry.standing == Standing::Untracked);
        let untracked = untracked.filter_map(|entry| {
            let (span, original) = (site.pages[entry.page].span()?, site.pages[entry.original].span()?);
            Some(findings::untracked_page(span, &original.path))
        });
        missing.chain(untracked).chain(label::open(&self.labels)).collect()
    }
}

/// Where a page records its original.
fn place(page: &Page) -> Option<Span> {
    Some(page.document.as_ref()?.front.spans.value("translated_from"))
}
