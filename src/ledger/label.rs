//! Labels of the data and of `site.toml`: `{ja: 常磐病院, en: Joban Hospital}`, each translation held against its original.
//!
//! The record is a list of pairs, translation and original, by what they say and not by where they stand: records may be
//! moved to other files, renamed and sorted without a word about their labels being lost, and a reader of the list sees at
//! once what was made from what.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::state::print;
use crate::diagnostic::{Diagnostic, Span, translations as findings};
use crate::locale::Language;
use crate::model::Settings;
use crate::parse::data::{Originals, Translated};
use crate::parse::tree::Spans;
use crate::parse::{DataDocument, data::BUILT_IN};

/// Texts longer than this are kept by their beginning and a mark.
const LONGEST: usize = 48;

/// A label in one language.
#[derive(Debug)]
pub struct LabelEntry {
    /// The language of the translation.
    pub language: Language,
    /// Where the translation stands; where it should, for a missing one.
    pub span: Span,
    /// The original, as the record has it.
    pub original: String,
    /// The translation, as the record has it. Nothing where there is none.
    pub translation: Option<String>,
    /// How it stands.
    pub standing: LabelStanding,
}

/// How a label stands to its original.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LabelStanding {
    /// It was made from what the original says.
    Current,
    /// It was made from this.
    Stale(String),
    /// Nobody has recorded what it was made from.
    Untracked,
    /// There is none.
    Missing,
}

impl LabelEntry {
    /// The finding that its original has changed.
    pub(super) fn stale(&self, is_error: bool) -> Option<Diagnostic> {
        let LabelStanding::Stale(was) = &self.standing else { return None };
        Some(findings::stale_label(self.span.clone(), self.language.as_str(), was, &self.original, is_error))
    }
}

/// What of `labels` is missing or not recorded: the latter one finding for each file.
pub(super) fn open(labels: &[LabelEntry]) -> Vec<Diagnostic> {
    let missing = labels.iter().filter(|entry| entry.standing == LabelStanding::Missing);
    let mut found: Vec<Diagnostic> = missing
        .map(|entry| findings::missing_label(entry.span.clone(), entry.language.as_str(), &entry.original))
        .collect();
    let mut untracked: BTreeMap<(&Arc<str>, &Language), (usize, &Span)> = BTreeMap::new();
    for entry in labels.iter().filter(|entry| entry.standing == LabelStanding::Untracked) {
        untracked.entry((&entry.span.path, &entry.language)).or_insert((0, &entry.span)).0 += 1;
    }
    let told = untracked
        .into_iter()
        .map(|((_, language), (count, first))| findings::untracked_labels(first.clone(), language.as_str(), count));
    found.extend(told);
    found
}

/// Every label of the site in every language that it is or should be given in.
pub fn entries(settings: &Settings, data: &[Arc<DataDocument>]) -> Vec<LabelEntry> {
    let known = recorded(data);
    let own = data.iter().filter(|document| document.translations.is_empty() && !document.path.starts_with(BUILT_IN));
    let spans = own.map(|document| &document.spans).chain([&settings.spans]);
    spans.flat_map(|spans| of_file(spans, settings, &known)).collect()
}

/// All pairs that are recorded. The same pair may stand in several files after a merge.
fn recorded(data: &[Arc<DataDocument>]) -> BTreeMap<(&Language, &str), BTreeSet<&str>> {
    let mut known: BTreeMap<(&Language, &str), BTreeSet<&str>> = BTreeMap::new();
    for (language, pairs) in data.iter().flat_map(|document| &document.translations) {
        for (translation, originals) in pairs {
            let texts = originals.texts().iter().map(String::as_str);
            known.entry((language, translation.as_str())).or_default().extend(texts);
        }
    }
    known
}

fn of_file(spans: &Spans, settings: &Settings, known: &BTreeMap<(&Language, &str), BTreeSet<&str>>) -> Vec<LabelEntry> {
    let default = settings.default_language();
    let end = format!(".{default}");
    let mut entries = Vec::new();
    let all: BTreeSet<&str> = spans.paths().collect();
    for label in all.iter().filter_map(|path| path.strip_suffix(end.as_str())).filter(|path| is_label(path)) {
        let place = format!("{label}{end}");
        let Some(original) = text(spans, &all, &place) else { continue };
        for language in settings.languages.iter().filter(|language| *language != default) {
            let place = format!("{label}.{language}");
            let translation = text(spans, &all, &place);
            if translation.is_none() && settings.is_partial(language) {
                continue;
            }
            let standing = match &translation {
                Some(translation) => standing(known.get(&(language, translation.as_str())), &original),
                None => LabelStanding::Missing,
            };
            let (language, span) = (language.clone(), spans.value(&place));
            entries.push(LabelEntry { language, span, original: original.clone(), translation, standing });
        }
    }
    entries.sort_by(|a, b| a.span.cmp(&b.span).then_with(|| a.language.cmp(&b.language)));
    entries
}

/// Interface words and words to avoid go by language too, and are no labels.
fn is_label(path: &str) -> bool {
    !path.is_empty() && path != "words" && !path.ends_with(".avoid")
}

/// The text at `place`, where it is one text and not a list or a map.
fn text(spans: &Spans, all: &BTreeSet<&str>, place: &str) -> Option<String> {
    let has_parts = all.range(place..).nth(1).is_some_and(|next| next.strip_prefix(place).is_some_and(is_part));
    if !all.contains(place) || has_parts || spans.items(place).next().is_some() {
        return None;
    }
    let text = shortened(spans.source(place));
    (!text.is_empty()).then_some(text)
}

fn is_part(rest: &str) -> bool {
    rest.starts_with(['.', '['])
}

fn standing(originals: Option<&BTreeSet<&str>>, original: &str) -> LabelStanding {
    match originals {
        None => LabelStanding::Untracked,
        Some(originals) if originals.contains(original) => LabelStanding::Current,
        Some(originals) => LabelStanding::Stale(originals.iter().copied().collect::<Vec<_>>().join(" / ")),
    }
}

/// A text as the record has it: without quotes and line breaks; a long one by its beginning and the mark of the whole.
fn shortened(source: &str) -> String {
    let words: Vec<&str> = source.trim_matches(['"', '\'']).split_whitespace().collect();
    let text = words.join(" ");
    if text.chars().count() <= LONGEST {
        return text;
    }
    let beginning: String = text.chars().take(LONGEST - 10).collect();
    format!("{}… {}", beginning.trim_end(), print(&text, 8))
}

/// The record when all of `wanted` is up to date: what it has of others that are still there stays.
pub fn marked(entries: &[LabelEntry], wanted: impl Fn(&LabelEntry) -> bool) -> Translated {
    let mut pairs: BTreeMap<Language, BTreeMap<String, BTreeSet<String>>> = BTreeMap::new();
    for entry in entries {
        let Some(translation) = &entry.translation else { continue };
        let original = match &entry.standing {
            _ if wanted(entry) => entry.original.clone(),
            LabelStanding::Current => entry.original.clone(),
            LabelStanding::Stale(was) => was.clone(),
            LabelStanding::Untracked | LabelStanding::Missing => continue,
        };
        let originals = pairs.entry(entry.language.clone()).or_default().entry(translation.clone()).or_default();
        originals.insert(original);
    }
    let settled = |originals: BTreeSet<String>| match originals.first() {
        Some(only) if originals.len() == 1 => Originals::One(only.clone()),
        _ => Originals::Several(originals.into_iter().collect()),
    };
    let of_language = |pairs: BTreeMap<String, BTreeSet<String>>| {
        pairs.into_iter().map(|(translation, originals)| (translation, settled(originals))).collect()
    };
    pairs.into_iter().map(|(language, pairs)| (language, of_language(pairs))).collect()
}
