//! A term of the glossary.

use educe::Educe;
use serde::Serialize;

use crate::diagnostic::Span;
use crate::locale::{Language, Localized};

/// A word of the trade, with its meaning.
#[derive(Debug, Clone, Educe, Serialize)]
#[educe(PartialEq)]
pub struct Term {
    /// Its anchor on the page of the glossary.
    pub id: String,
    /// The term in each language.
    pub term: Localized,
    /// The Japanese term in kana.
    pub reading: Option<String>,
    /// What it means.
    pub definition: Localized,
    /// By language, what it is not to be called.
    pub avoid: Vec<(Language, Vec<String>)>,
    /// Where its id stands.
    #[educe(PartialEq(ignore))]
    pub span: Span,
}

impl Term {
    /// The term in the language itself, or in the one it is an easier edition of; nothing where it is not given in it.
    pub fn in_language(&self, language: &Language) -> Option<&str> {
        let own = self.term.by_language.iter().find(|(tag, _)| tag == language);
        let own = own.or_else(|| self.term.by_language.iter().find(|(tag, _)| tag.html() == language.html()));
        own.map(|(_, text)| text.as_str()).or(self.term.any.as_deref()).filter(|text| !text.trim().is_empty())
    }

    /// The anchor on the page of the glossary: no heading of that page has one like it.
    pub fn anchor(&self) -> String {
        format!("term-{}", self.id)
    }
}
