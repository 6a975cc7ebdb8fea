//! Terms as written: the words of the trade, what they mean, and how they are not to be translated.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::locale::Localized;

/// A term of the glossary.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WrittenTerm {
    /// Its anchor on the page of the glossary.
    pub id: String,
    /// The term in each language.
    pub term: Localized,
    /// The Japanese term in kana.
    pub reading: Option<String>,
    /// What it means.
    pub definition: Localized,
    /// By language, what it is not to be called.
    #[serde(default)]
    pub avoid: BTreeMap<String, Vec<String>>,
}
