//! `site.toml`, as written.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_yaml::Mapping;

use crate::diagnostic::Checked;
use crate::locale::{Localized, Negative};
use crate::parse::tree::{self, Yaml};
use crate::read::Source;

/// The settings of a site, as written.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SettingsDocument {
    /// The name of the site.
    pub title: Localized,
    /// One or two sentences about it.
    #[serde(default)]
    pub description: Localized,
    /// Where it will stand: `https://office.github.io/zine/`.
    pub base_url: String,
    /// Its languages. The first is the default and stands at the root.
    #[serde(default = "japanese")]
    pub languages: Vec<String>,
    /// Its theme.
    #[serde(default = "zine")]
    pub theme: String,
    /// Whether pages without a translation are listed in the other languages, marked with their own.
    #[serde(default = "yes")]
    pub fallback: bool,
    /// How many pages a list shows at a time.
    #[serde(default = "twenty")]
    pub paginate_by: usize,
    /// How many entries a feed has.
    #[serde(default = "twenty")]
    pub feed_limit: usize,
    /// How negative numbers are written in Japanese.
    #[serde(default)]
    pub negative: Negative,
    /// The domain for a `CNAME` file.
    #[serde(default)]
    pub cname: Option<String>,
    /// Whether raw HTML in Markdown is passed on as it is.
    #[serde(default)]
    pub raw_html: bool,
    /// Whether `$…$` is math on every page.
    #[serde(default)]
    pub math: bool,
    /// Whether links end in `index.html`, so that the site works from a folder without a server.
    #[serde(default = "yes")]
    pub index_html: bool,
    /// Who publishes the site.
    #[serde(default)]
    pub publisher: Publisher,
    /// Its menus.
    #[serde(default)]
    pub menus: Menus,
    /// Interface words that differ from the theme's, by language and message.
    #[serde(default)]
    pub words: BTreeMap<String, BTreeMap<String, String>>,
    /// Rules for the data.
    #[serde(default)]
    pub data: DataRules,
    /// Anything that the theme reads.
    #[serde(default)]
    pub options: Mapping,
}

/// Rules for the data of a site.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct DataRules {
    /// Which counts are kept back, to protect the few who are counted.
    pub small_numbers: Option<SmallNumbers>,
}

/// Which counts are kept back, in indicators and flows with `small_numbers: true`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SmallNumbers {
    /// Counts below this one.
    pub threshold: u32,
    /// What stands in their place.
    #[serde(default = "suppressed")]
    pub show: String,
    /// Whether 0 is kept back too.
    #[serde(default)]
    pub zero: bool,
}

fn suppressed() -> String {
    "x".to_owned()
}

/// Who publishes a site.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Publisher {
    /// The office.
    pub name: Localized,
    /// Its own website.
    pub url: Option<String>,
    /// Its address for mail.
    pub email: Option<String>,
    /// Where it is.
    pub address: Localized,
}

/// The menus of a site.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Menus {
    /// At the top of every page.
    pub main: Vec<MenuItem>,
    /// At its foot.
    pub footer: Vec<MenuItem>,
}

/// One line of a menu.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MenuItem {
    /// What it says; the page's title where it says nothing.
    #[serde(default)]
    pub label: Localized,
    /// A page, by its source below `content/`.
    #[serde(default)]
    pub page: Option<String>,
    /// Or an address elsewhere.
    #[serde(default)]
    pub url: Option<String>,
}

fn japanese() -> Vec<String> {
    vec!["ja".to_owned()]
}

fn zine() -> String {
    "zine".to_owned()
}

fn yes() -> bool {
    true
}

fn twenty() -> usize {
    20
}

/// Reads `site.toml`.
pub fn parse(source: &Source) -> Checked<Option<Yaml<SettingsDocument>>> {
    match source.text() {
        Ok(text) => tree::read_toml(&source.path, text, source.bytes.len() - text.len()),
        Err(finding) => Checked::new(None, vec![finding]),
    }
}
