//! Languages: their tags, texts given in several of them, and how each writes numbers, dates and interface words.

use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

mod format;
mod period;
pub mod schema;
mod word;
mod words;

pub use format::{DateStyle, Locale, Negative, round};
pub use icu_plurals::PluralCategory;
pub use period::{Period, PeriodStyle};
pub use word::{find_word, word_at};
pub use words::{Argument, Override, Words};

/// A language of the site, by the tag that file names and addresses use: `ja`, `en`, `pt-br`, `ja-easy`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Language(Arc<str>);

impl Language {
    /// A tag of two or three letters with further parts of two to eight letters or digits. `None` for anything else.
    pub fn parse(tag: &str) -> Option<Language> {
        Language::is_tag(tag).then(|| Language(tag.into()))
    }

    /// Whether [`Language::parse`] takes it.
    pub fn is_tag(tag: &str) -> bool {
        let mut parts = tag.split('-');
        let first = parts.next().unwrap_or_default();
        let primary = (2..=3).contains(&first.len()) && first.bytes().all(|byte| byte.is_ascii_lowercase());
        let of_letters = |part: &str| part.bytes().all(|byte| byte.is_ascii_alphanumeric());
        primary && parts.all(|part| (2..=8).contains(&part.len()) && of_letters(part))
    }

    /// Japanese: what a site is in that says nothing else.
    pub fn japanese() -> Language {
        Language("ja".into())
    }

    /// The tag as it stands in file names and addresses.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The tag for `lang` and `hreflang`: やさしい日本語 (`ja-easy`) is Japanese to a browser.
    pub fn html(&self) -> &str {
        if self.is_easy_japanese() { "ja" } else { &self.0 }
    }

    /// Whether Japanese rules of text apply.
    pub fn is_japanese(&self) -> bool {
        &*self.0 == "ja" || self.0.starts_with("ja-")
    }

    /// Whether this is the edition in やさしい日本語.
    pub fn is_easy_japanese(&self) -> bool {
        &*self.0 == "ja-easy"
    }

    /// What the language calls itself, for the language switcher; the tag where Kairan does not know.
    pub fn native_name(&self) -> &str {
        match &*self.0 {
            "ja" => "日本語",
            "ja-easy" => "やさしい日本語",
            "en" => "English",
            "pt" | "pt-br" => "Português",
            "vi" => "Tiếng Việt",
            "zh" | "zh-hans" => "简体中文",
            "zh-hant" => "繁體中文",
            "ko" => "한국어",
            "es" => "Español",
            "fr" => "Français",
            "de" => "Deutsch",
            "id" => "Bahasa Indonesia",
            "ne" => "नेपाली",
            "tl" => "Tagalog",
            "th" => "ไทย",
            "uk" => "Українська",
            tag => tag,
        }
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A text that is given once for all languages, or by language: `常磐病院` or `{ja: 常磐病院, en: Joban Hospital}`.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Localized {
    /// The text for languages that have none of their own.
    pub any: Option<String>,
    /// Texts by language, in the order written.
    pub by_language: Vec<(Language, String)>,
}

/// A text with the language it is really in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Chosen<'a> {
    /// The text.
    pub text: &'a str,
    /// Set where the text is not in the language asked for, so that the page marks it with `lang`.
    pub foreign: Option<&'a Language>,
}

impl Localized {
    /// One text for all languages.
    pub fn any(text: impl Into<String>) -> Localized {
        Localized { any: Some(text.into()), by_language: Vec::new() }
    }

    /// The text in `language`; else the one for all; else that in the `default` language; else the first there is.
    pub fn choose(&self, language: &Language, default: &Language) -> Chosen<'_> {
        let own = self.by_language.iter().find(|(tag, _)| tag == language);
        if let Some((_, text)) = own {
            return Chosen { text, foreign: None };
        }
        if let Some(text) = &self.any {
            return Chosen { text, foreign: None };
        }
        let other = self.by_language.iter().find(|(tag, _)| tag == default).or(self.by_language.first());
        match other {
            // やさしい日本語 takes its labels from Japanese, which is not a foreign language to its readers.
            Some((tag, text)) => Chosen { text, foreign: (tag.html() != language.html()).then_some(tag) },
            None => Chosen { text: "", foreign: None },
        }
    }

    /// Just the text that [`Localized::choose`] finds.
    pub fn text(&self, language: &Language, default: &Language) -> &str {
        self.choose(language, default).text
    }

    /// Whether there is no text at all.
    pub fn is_empty(&self) -> bool {
        self.any.is_none() && self.by_language.is_empty()
    }

    /// Every text, whatever its language.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        self.any.iter().map(String::as_str).chain(self.by_language.iter().map(|(_, text)| text.as_str()))
    }
}

impl<'de> Deserialize<'de> for Localized {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Localized, D::Error> {
        deserializer.deserialize_any(LocalizedVisitor)
    }
}

struct LocalizedVisitor;

impl<'de> serde::de::Visitor<'de> for LocalizedVisitor {
    type Value = Localized;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a text or texts by language")
    }

    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Localized, E> {
        Ok(Localized::any(text))
    }

    fn visit_i64<E: serde::de::Error>(self, number: i64) -> Result<Localized, E> {
        Ok(Localized::any(number.to_string()))
    }

    fn visit_u64<E: serde::de::Error>(self, number: u64) -> Result<Localized, E> {
        Ok(Localized::any(number.to_string()))
    }

    fn visit_f64<E: serde::de::Error>(self, number: f64) -> Result<Localized, E> {
        Ok(Localized::any(number.to_string()))
    }

    fn visit_map<A: serde::de::MapAccess<'de>>(self, mut map: A) -> Result<Localized, A::Error> {
        let mut by_language = Vec::new();
        while let Some(tag) = map.next_key::<String>()? {
            let Some(language) = Language::parse(&tag) else {
                return Err(serde::de::Error::invalid_value(
                    serde::de::Unexpected::Str(&tag),
                    &"a language tag such as ja or en",
                ));
            };
            by_language.push((language, map.next_value::<String>()?));
        }
        Ok(Localized { any: None, by_language })
    }
}
