//! Terms as written: the words of the trade, what they mean, and how they are not to be translated.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

use crate::locale::Localized;

/// A term of the glossary.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WrittenTerm {
    /// Its anchor on the page of the glossary.
    #[schemars(extend("x-ja" = "用語集の中での住所。"))]
    #[schemars(regex(pattern = crate::parse::schema::ID))]
    pub id: String,
    /// The term in each language.
    #[schemars(extend("x-ja" = "各言語での用語。"))]
    pub term: Localized,
    /// The Japanese term in kana.
    #[schemars(extend("x-ja" = "日本語の用語の読み（かな）。"))]
    pub reading: Option<String>,
    /// What it means.
    #[schemars(extend("x-ja" = "意味。"))]
    pub definition: Localized,
    /// By language, what it is not to be called.
    #[serde(default)]
    #[schemars(extend("x-ja" = "言語ごとの、使わない言い方。"))]
    pub avoid: BTreeMap<String, Vec<String>>,
}
