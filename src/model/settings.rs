//! The settings of a site as they are meant.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_yaml::Mapping;

use crate::diagnostic::{Checked, Diagnostic, site};
use crate::locale::{Language, Localized, Negative};
use crate::model::route::{Base, Links};
use crate::parse::SettingsDocument;
pub use crate::parse::settings::PictureRules;
use crate::parse::settings::{
    EasyJapanese, Licence, Look, Menus, PanelFile, Publisher, SmallNumbers, TranslationRules,
};
use crate::parse::tree::{Spans, Yaml};

/// The settings of a site.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The name of the site.
    pub title: Localized,
    /// About the site.
    pub description: Localized,
    /// How its addresses are written.
    pub links: Links,
    /// Its languages; never empty; the first is the default.
    pub languages: Vec<Language>,
    /// The theme of pages whose section names none.
    pub theme: String,
    /// Whether untranslated pages are listed in the other languages.
    pub fallback: bool,
    /// How many pages a list shows at a time; at least one.
    pub paginate_by: usize,
    /// How many entries a feed has.
    pub feed_limit: usize,
    /// How negative numbers are written in Japanese.
    pub negative: Negative,
    /// The domain for a `CNAME` file.
    pub cname: Option<String>,
    /// Who publishes the site.
    pub publisher: Publisher,
    /// Its menus, as written; [`super::Site::menu`] resolves them.
    pub menus: Menus,
    /// Interface words of the site's own, by language and message.
    pub words: BTreeMap<String, BTreeMap<String, String>>,
    /// Which counts are kept back.
    pub small_numbers: Option<SmallNumbers>,
    /// How others may use the figures.
    pub licence: Option<Licence>,
    /// What is written for each panel.
    pub panel_files: Vec<PanelFile>,
    /// What it changes of its theme's look.
    pub look: BTreeMap<String, Look>,
    /// Whether readers can search the site.
    pub search: bool,
    /// Whether cards are drawn for those who share an address.
    pub cards: bool,
    /// Anything that the theme reads.
    pub options: Mapping,
    /// How pictures are made ready; its widths are in order.
    pub pictures: PictureRules,
    /// How translations are followed.
    pub translations: TranslationRules,
    /// What やさしい日本語 is held to.
    pub easy_japanese: EasyJapanese,
    /// Where all this stands.
    pub spans: Spans,
}

/// A text with the language it is in, as templates get it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Shown {
    /// The text.
    pub text: String,
    /// The tag for `lang`, where the text is not in the language of the page.
    pub lang: Option<String>,
}

impl Settings {
    /// The language at the root.
    pub fn default_language(&self) -> &Language {
        &self.languages[0]
    }

    /// The text of `label` for a page in `language`.
    pub fn text<'l>(&self, label: &'l Localized, language: &Language) -> &'l str {
        label.text(language, self.default_language())
    }

    /// The text of `label` with its language.
    pub fn shown(&self, label: &Localized, language: &Language) -> Shown {
        let chosen = label.choose(language, self.default_language());
        Shown { text: chosen.text.to_owned(), lang: chosen.foreign.map(|language| language.html().to_owned()) }
    }

    /// What addresses in `language` begin with: nothing for the default one, `en` for English.
    pub fn prefix<'l>(&self, language: &'l Language) -> &'l str {
        if language == self.default_language() { "" } else { language.as_str() }
    }

    /// Whether only some of the pages are wanted in `language`: やさしい日本語 is for those that matter most.
    pub fn is_partial(&self, language: &Language) -> bool {
        language.is_easy_japanese() || self.translations.partial.contains(language)
    }

    /// Where `language` stands among the languages of the site.
    pub fn position(&self, language: &Language) -> usize {
        self.languages.iter().position(|known| known == language).unwrap_or(self.languages.len())
    }
}

/// Settles what `site.toml` means. What can't be meant is reported and replaced, so that the rest is checked too.
pub fn settle(document: &Yaml<SettingsDocument>) -> Checked<Settings> {
    let (written, spans) = (&document.value, &document.spans);
    let mut findings = Vec::new();
    let base = Base::parse(&written.base_url).unwrap_or_else(|| {
        findings.push(site::bad_base_url(spans.value("base_url"), &written.base_url));
        Base { origin: "https://example.org".to_owned(), path: "/".to_owned() }
    });
    let languages = languages(written, spans, &mut findings);
    for (name, number) in [("paginate_by", written.paginate_by), ("feed_limit", written.feed_limit)] {
        if number == 0 {
            findings.push(site::zero(spans.value(name), name));
        }
    }
    let settings = Settings {
        title: written.title.clone(),
        description: written.description.clone(),
        links: Links { base, index_html: written.index_html },
        languages,
        theme: written.theme.clone(),
        fallback: written.fallback,
        paginate_by: written.paginate_by.max(1),
        feed_limit: written.feed_limit,
        negative: written.negative,
        cname: written.cname.clone(),
        publisher: written.publisher.clone(),
        menus: written.menus.clone(),
        words: written.words.clone(),
        small_numbers: written.data.small_numbers.clone(),
        licence: written.data.licence.clone(),
        panel_files: written.panels.files.clone(),
        look: written.look.clone(),
        search: written.search.enabled,
        cards: written.cards.enabled,
        options: written.options.clone(),
        pictures: pictures(&written.pictures, spans, &mut findings),
        translations: written.translations.clone(),
        easy_japanese: written.easy_japanese,
        spans: spans.clone(),
    };
    Checked::new(settings, findings)
}

/// What [`PictureRules`] may hold: browsers show no WebP of more than 16,383 pixels across.
fn pictures(written: &PictureRules, spans: &Spans, findings: &mut Vec<Diagnostic>) -> PictureRules {
    const WIDTHS: std::ops::RangeInclusive<u32> = 16..=8000;
    const QUALITY: std::ops::RangeInclusive<u8> = 1..=100;
    let default = PictureRules::default();
    let (mut widths, mut quality, mut max_pixels) = (written.widths.clone(), written.quality, written.max_pixels);
    widths.sort_unstable();
    widths.dedup();
    if widths.is_empty() || widths.iter().any(|width| !WIDTHS.contains(width)) {
        findings.push(site::bad_picture_rule(spans.value("pictures.widths"), &format!("{widths:?}"), "480, 960, 1600"));
        widths = default.widths;
    }
    if !QUALITY.contains(&quality) {
        findings.push(site::bad_picture_rule(spans.value("pictures.quality"), &quality.to_string(), "1–100"));
        quality = default.quality;
    }
    if max_pixels == 0 {
        findings.push(site::zero(spans.value("pictures.max_pixels"), "max_pixels"));
        max_pixels = default.max_pixels;
    }
    PictureRules { widths, quality, max_pixels, avif: written.avif }
}

fn languages(written: &SettingsDocument, spans: &Spans, findings: &mut Vec<Diagnostic>) -> Vec<Language> {
    let mut languages = Vec::new();
    for (number, tag) in written.languages.iter().enumerate() {
        match Language::parse(tag) {
            None => findings.push(site::bad_language(spans.value(&format!("languages[{number}]")), tag)),
            Some(language) if languages.contains(&language) => {
                findings.push(site::bad_languages(spans.value("languages")))
            }
            Some(language) => languages.push(language),
        }
    }
    if written.languages.is_empty() {
        findings.push(site::bad_languages(spans.value("languages")));
    }
    if languages.is_empty() {
        languages.push(Language::japanese());
    }
    languages
}
