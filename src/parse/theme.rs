//! `theme.toml`: what a theme is made of, and which lists its templates need.

use std::collections::BTreeMap;
use std::fmt;

use serde::de::value::MapAccessDeserializer;
use serde::de::{Error, MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};
use serde_yaml::Mapping;

use crate::diagnostic::Checked;
use crate::parse::front_matter::{Kind, Sort};
use crate::parse::tree::{self, Yaml};
use crate::read::Source;

/// A theme's own description, as written.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ThemeDocument {
    /// Its name, for people.
    pub name: String,
    /// The theme whose files serve where this one has none.
    pub extends: Option<String>,
    /// Style sheets among its static files, after those of the theme it extends.
    pub styles: Vec<String>,
    /// Scripts among its static files, loaded deferred.
    pub scripts: Vec<String>,
    /// Names of fences that it adds.
    pub blocks: Vec<String>,
    /// What each template needs beyond the page itself, by the template's name without `.html`; `*` for all of them.
    pub views: BTreeMap<String, BTreeMap<String, Need>>,
    /// Colours and measures, for people and for checks.
    pub tokens: Mapping,
}

/// One thing that a template needs.
#[derive(Debug, Clone, PartialEq)]
pub enum Need {
    /// `hospitals = true`: one of the lists that Kairan itself knows.
    Known(bool),
    /// `latest = { section = "news", limit = 5 }`: pages, as `view.lists.latest`.
    Pages(Query),
}

/// Which pages a list holds.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Query {
    /// Only those of this section.
    pub section: Option<String>,
    /// Only those of these sections.
    pub sections: Vec<String>,
    /// Only those of this kind.
    pub kind: Option<Kind>,
    /// Only those with this tag.
    pub tag: Option<String>,
    /// In which order; newest first where nothing is said.
    pub sort: Option<Sort>,
    /// At most so many.
    pub limit: Option<usize>,
}

impl<'de> Deserialize<'de> for Need {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Need, D::Error> {
        deserializer.deserialize_any(NeedVisitor)
    }
}

struct NeedVisitor;

impl<'de> Visitor<'de> for NeedVisitor {
    type Value = Need;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("true か { section = …, limit = … }\u{1f}true or { section = …, limit = … }")
    }

    fn visit_bool<E: Error>(self, wanted: bool) -> Result<Need, E> {
        Ok(Need::Known(wanted))
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Need, A::Error> {
        Query::deserialize(MapAccessDeserializer::new(map)).map(Need::Pages)
    }
}

/// Reads `theme.toml`.
pub fn parse(source: &Source) -> Checked<Option<Yaml<ThemeDocument>>> {
    match source.text() {
        Ok(text) => tree::read_toml(&source.path, text, source.bytes.len() - text.len()),
        Err(finding) => Checked::new(None, vec![finding]),
    }
}
