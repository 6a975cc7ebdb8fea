//! `site.toml`, as written.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::value::MapAccessDeserializer;
use serde::de::{Error, MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::{Map, Value as Json};
use serde_yaml::Mapping;

use crate::diagnostic::Checked;
use crate::locale::{Language, Localized, Negative};
use crate::parse::tree::{self, Yaml};
use crate::read::Source;

/// The settings of a site, as written.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SettingsDocument {
    /// The name of the site.
    #[schemars(extend("x-ja" = "サイトの名。"))]
    pub title: Localized,
    /// One or two sentences about it.
    #[serde(default)]
    #[schemars(extend("x-ja" = "サイトの一、二文の説明。"))]
    pub description: Localized,
    /// Where it will stand: `https://office.github.io/zine/`.
    #[schemars(extend("x-ja" = "公開する住所（https://office.github.io/zine/）。"))]
    #[schemars(regex(pattern = r#"^https?://[A-Za-z0-9.:\[\]-]+(/[^?#" ]*)?$"#))]
    pub base_url: String,
    /// Its languages. The first is the default and stands at the root.
    #[serde(default = "japanese")]
    #[schemars(extend("x-ja" = "言語。一つ目が既定で、住所の根に置かれる。"))]
    #[schemars(with = "Vec<Language>", length(min = 1), extend("uniqueItems" = true))]
    pub languages: Vec<String>,
    /// Its theme.
    #[serde(default = "zine")]
    #[schemars(extend("x-ja" = "見た目（テーマ）。"))]
    pub theme: String,
    /// Whether pages without a translation are listed in the other languages, marked with their own.
    #[serde(default = "yes")]
    #[schemars(extend("x-ja" = "翻訳のないページを、もとの言語の印を付けて他の言語の一覧にも出すか。"))]
    pub fallback: bool,
    /// How many pages a list shows at a time.
    #[serde(default = "twenty")]
    #[schemars(extend("x-ja" = "一覧一枚に並べる数。"))]
    #[schemars(range(min = 1))]
    pub paginate_by: usize,
    /// How many entries a feed has.
    #[serde(default = "twenty")]
    #[schemars(extend("x-ja" = "フィードに入れる数。"))]
    #[schemars(range(min = 1))]
    pub feed_limit: usize,
    /// How negative numbers are written in Japanese.
    #[serde(default)]
    #[schemars(extend("x-ja" = "日本語での負の数の書き方。"))]
    pub negative: Negative,
    /// The domain for a `CNAME` file.
    #[serde(default)]
    #[schemars(extend("x-ja" = "CNAME ファイルに書くドメイン。"))]
    pub cname: Option<String>,
    /// Whether raw HTML in Markdown is passed on as it is.
    #[serde(default)]
    #[schemars(extend("x-ja" = "本文の HTML をそのまま通すか。"))]
    pub raw_html: bool,
    /// Whether `$…$` is math on every page.
    #[serde(default)]
    #[schemars(extend("x-ja" = "すべてのページで $…$ を数式とするか。"))]
    pub math: bool,
    /// Whether links end in `index.html`, so that the site works from a folder without a server.
    #[serde(default = "yes")]
    #[schemars(extend("x-ja" = "リンクの終わりを index.html にするか。サーバーなしでも開ける。"))]
    pub index_html: bool,
    /// Who publishes the site.
    #[serde(default)]
    #[schemars(extend("x-ja" = "発行者。"))]
    pub publisher: Publisher,
    /// Its menus.
    #[serde(default)]
    #[schemars(extend("x-ja" = "メニュー。"))]
    pub menus: Menus,
    /// Interface words that differ from the theme's, by language and message.
    #[serde(default)]
    #[schemars(extend("x-ja" = "画面のことばの言い換え。言語と語ごと。"))]
    pub words: BTreeMap<String, BTreeMap<String, String>>,
    /// Rules for the data.
    #[serde(default)]
    #[schemars(extend("x-ja" = "データについての決まり。"))]
    pub data: DataRules,
    /// What is written beside pages for their panels.
    #[serde(default)]
    #[schemars(extend("x-ja" = "図表パネルについての決まり。"))]
    pub panels: PanelRules,
    /// What it changes of its theme's look: colours, fonts, corners, as the theme allows.
    #[serde(default)]
    #[schemars(extend("x-ja" = "テーマの見た目のうち変えるもの。色、書体、角など、テーマが許すもの。"))]
    pub look: BTreeMap<String, Look>,
    /// Anything that the theme reads.
    #[serde(default)]
    #[schemars(extend("x-ja" = "テーマが読む自由な項目。"))]
    #[schemars(with = "Map<String, Json>")]
    pub options: Mapping,
    /// Whether and how readers search the site.
    #[serde(default)]
    #[schemars(extend("x-ja" = "サイト内検索。"))]
    pub search: Search,
    /// The pictures that services show where the address of a page is shared.
    #[serde(default)]
    #[schemars(extend("x-ja" = "頁のアドレスを共有したときに出るカード。"))]
    pub cards: Cards,
    /// How pictures are made ready for the web.
    #[serde(default)]
    #[schemars(extend("x-ja" = "画像を公開用に仕立てる決まり。"))]
    pub pictures: PictureRules,
    /// How translations are followed.
    #[serde(default)]
    #[schemars(extend("x-ja" = "翻訳が原文に追いついているかの見張り方。"))]
    pub translations: TranslationRules,
    /// What やさしい日本語 is held to.
    #[serde(default)]
    #[schemars(extend("x-ja" = "やさしい日本語の版についての決まり。"))]
    pub easy_japanese: EasyJapanese,
}

/// Whether and how readers search a site.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Search {
    /// Whether there is an index, a page for searching, and a way there at the top of every page.
    #[schemars(extend("x-ja" = "検索の索引、検索ページ、各ページの上の入口を作るか。"))]
    pub enabled: bool,
}

impl Default for Search {
    fn default() -> Search {
        Search { enabled: true }
    }
}

/// The pictures that services show where the address of a page is shared.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Cards {
    /// Whether `kairan build` draws one for each page that people share.
    #[schemars(extend("x-ja" = "kairan build が、共有される頁ごとにカードを描くか。"))]
    pub enabled: bool,
}

impl Default for Cards {
    fn default() -> Cards {
        Cards { enabled: true }
    }
}

/// How pictures are made ready for the web.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct PictureRules {
    /// The widths in pixels in which each picture is made; none is made wider than it is.
    #[schemars(extend("x-ja" = "画像を作る幅（画素）。もとより広くはしない。"))]
    #[schemars(length(min = 1), inner(range(min = 16, max = 8000)))]
    pub widths: Vec<u32>,
    /// How good WebP is, of 100; other formats follow it.
    #[schemars(extend("x-ja" = "WebP の画質（100 が最高）。ほかの形式はこれに合わせる。"))]
    #[schemars(range(min = 1, max = 100))]
    pub quality: u8,
    /// Whether AVIF is made too: smaller files, and many times as long to wait for.
    #[schemars(extend("x-ja" = "AVIF も作るか。軽くなるが、作る時間は何倍にもなる。"))]
    pub avif: bool,
    /// The largest picture that is read: its width times its height.
    #[schemars(extend("x-ja" = "読み込む画像の大きさの上限（幅 × 高さの画素数）。"))]
    #[schemars(range(min = 1))]
    pub max_pixels: u64,
}

impl Default for PictureRules {
    fn default() -> PictureRules {
        PictureRules { widths: vec![480, 960, 1600], quality: 75, avif: false, max_pixels: 60_000_000 }
    }
}

/// What やさしい日本語 is held to. What goes beyond is a warning.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct EasyJapanese {
    /// The most letters of a sentence; 0 for no limit.
    #[schemars(extend("x-ja" = "一文の長さの上限（文字）。0 なら見ない。"))]
    pub sentence: usize,
    /// The most kanji of a sentence; 0 for no limit.
    #[schemars(extend("x-ja" = "一文にある漢字の上限。0 なら見ない。"))]
    pub kanji: usize,
    /// Whether every kanji has its reading.
    #[schemars(extend("x-ja" = "漢字に読みがあるかを見るか。"))]
    pub readings: bool,
}

impl Default for EasyJapanese {
    fn default() -> EasyJapanese {
        EasyJapanese { sentence: 50, kanji: 13, readings: true }
    }
}

/// How translations are followed.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct TranslationRules {
    /// How `kairan check` takes a translation whose original has changed.
    #[schemars(extend("x-ja" = "原文が変わった翻訳を kairan check がどう扱うか。"))]
    pub stale: Report,
    /// Whether readers of such a translation are told.
    #[schemars(extend("x-ja" = "そのような翻訳の読者に知らせるか。"))]
    pub notice: bool,
    /// Languages in which only some of the pages are wanted: nothing is missing in them. `ja-easy` is always one.
    #[schemars(extend("x-ja" = "一部のページだけを置く言語。訳がなくても「足りない」とはしない。ja-easy はいつもそう扱う。"))]
    pub partial: Vec<Language>,
}

impl Default for TranslationRules {
    fn default() -> TranslationRules {
        TranslationRules { stale: Report::Warning, notice: true, partial: Vec::new() }
    }
}

/// How something is taken that may be on purpose.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Report {
    /// It is not told.
    #[schemars(extend("x-ja" = "知らせない"))]
    Off,
    /// As a warning.
    #[default]
    #[schemars(extend("x-ja" = "注意"))]
    Warning,
    /// As an error: the site is not published.
    #[schemars(extend("x-ja" = "エラー。公開しない"))]
    Error,
}

/// What a site says of one thing of its look.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Look {
    /// `"#00665e"`, `"serif"`: for light screens; on dark ones a colour is brought to where it can be read.
    One(String),
    /// `{ light = "#00665e", dark = "#5fd3c4" }`
    Two(Schemes),
}

/// A colour for light screens and one for dark ones.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Schemes {
    /// By day and on paper.
    #[schemars(extend("x-ja" = "明るい画面と紙の色。"))]
    pub light: Option<String>,
    /// By night.
    #[schemars(extend("x-ja" = "暗い画面の色。"))]
    pub dark: Option<String>,
}

impl<'de> Deserialize<'de> for Look {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Look, D::Error> {
        deserializer.deserialize_any(LookVisitor)
    }
}

impl JsonSchema for Look {
    fn schema_name() -> Cow<'static, str> {
        "Look".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let schemes = generator.subschema_for::<Schemes>();
        json_schema!({
            "x-ja": "色（\"#00665e\"）か選んだことば、または明暗の色（{ light = …, dark = … }）。",
            "description": "A colour (\"#00665e\") or a word that is chosen, or colours for both schemes ({ light = …, dark = … }).",
            "anyOf": [{ "type": "string" }, schemes],
        })
    }
}

struct LookVisitor;

impl<'de> Visitor<'de> for LookVisitor {
    type Value = Look;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("文字か { light = …, dark = … }\u{1f}a text or { light = …, dark = … }")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Look, E> {
        Ok(Look::One(text.to_owned()))
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Look, A::Error> {
        Schemes::deserialize(MapAccessDeserializer::new(map)).map(Look::Two)
    }
}

/// Rules for the data of a site.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct DataRules {
    /// Which counts are kept back, to protect the few who are counted.
    #[schemars(extend("x-ja" = "人を守るために伏せる小さな数。"))]
    pub small_numbers: Option<SmallNumbers>,
    /// Up to which level source tables are held to the national rules for data that machines can read.
    #[schemars(extend("x-ja" = "元の表を、機械可読性のルールのどのレベルまで照らすか。"))]
    pub machine_readability: MachineReadability,
    /// How others may use the figures.
    #[schemars(extend("x-ja" = "ほかの人が数値をどう使ってよいか。"))]
    pub licence: Option<Licence>,
}

/// How others may use something.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Licence {
    /// What it is called.
    #[schemars(extend("x-ja" = "利用条件の名前。"))]
    pub name: Localized,
    /// Where it stands in full.
    #[schemars(extend("x-ja" = "利用条件の全文の住所。"))]
    pub url: String,
}

/// What is written beside pages for their panels.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct PanelRules {
    /// Which files.
    #[schemars(extend("x-ja" = "パネルごとに書き出すファイル。"))]
    pub files: Vec<PanelFile>,
}

impl Default for PanelRules {
    fn default() -> PanelRules {
        PanelRules { files: vec![PanelFile::Csv, PanelFile::Metadata, PanelFile::Svg, PanelFile::Page] }
    }
}

/// A file that is written for each panel.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum PanelFile {
    /// Its figures.
    #[schemars(extend("x-ja" = "数値"))]
    Csv,
    /// What its figures are, for machines (CSVW).
    #[schemars(extend("x-ja" = "数値の説明。機械向け（CSVW）"))]
    Metadata,
    /// Its drawing.
    #[schemars(extend("x-ja" = "図"))]
    Svg,
    /// A page of it alone.
    #[schemars(extend("x-ja" = "パネルだけの頁"))]
    Page,
}

/// Up to which level source tables are held to the national rules. What breaks them is a warning.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, JsonSchema)]
pub enum MachineReadability {
    /// They are not.
    #[serde(rename = "off")]
    #[schemars(extend("x-ja" = "照らさない"))]
    Off,
    /// What machines need to read a table at all.
    #[serde(rename = "level-1")]
    #[schemars(extend("x-ja" = "レベル1 まで。表として読めること"))]
    Level1,
    /// And to work with its figures.
    #[default]
    #[serde(rename = "level-2")]
    #[schemars(extend("x-ja" = "レベル2 まで。そのまま計算や集計に使えること"))]
    Level2,
    /// And to join it with other tables.
    #[serde(rename = "level-3")]
    #[schemars(extend("x-ja" = "レベル3 まで。ほかの表とつなげられること"))]
    Level3,
}

/// Which counts are kept back, in indicators and flows with `small_numbers: true`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SmallNumbers {
    /// Counts below this one.
    #[schemars(extend("x-ja" = "これより小さい数を伏せる。"))]
    pub threshold: u32,
    /// What stands in their place.
    #[serde(default = "suppressed")]
    #[schemars(extend("x-ja" = "代わりに書く印。"))]
    pub show: String,
    /// Whether 0 is kept back too.
    #[serde(default)]
    #[schemars(extend("x-ja" = "0 も伏せるか。"))]
    pub zero: bool,
}

fn suppressed() -> String {
    "x".to_owned()
}

/// Who publishes a site.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Publisher {
    /// The office.
    #[schemars(extend("x-ja" = "発行する部署や団体。"))]
    pub name: Localized,
    /// Its own website.
    #[schemars(extend("x-ja" = "発行者のウェブサイト。"))]
    pub url: Option<String>,
    /// Its address for mail.
    #[schemars(extend("x-ja" = "発行者のメールアドレス。"))]
    pub email: Option<String>,
    /// Where it is.
    #[schemars(extend("x-ja" = "発行者の住所。"))]
    pub address: Localized,
}

/// The menus of a site.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Menus {
    /// At the top of every page.
    #[schemars(extend("x-ja" = "各ページの上のメニュー。"))]
    pub main: Vec<MenuItem>,
    /// At its foot.
    #[schemars(extend("x-ja" = "各ページの下のメニュー。"))]
    pub footer: Vec<MenuItem>,
    /// At the top of the pages of a section, in place of the main one; by the section's folder.
    #[schemars(extend("x-ja" = "節のページの上のメニュー。main に代わる。節のフォルダの名ごとに書く。"))]
    pub sections: BTreeMap<String, Vec<MenuItem>>,
}

/// One line of a menu.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(extend("anyOf" = [{"required": ["page"]}, {"required": ["url"]}]))]
pub struct MenuItem {
    /// What it says; the page's title where it says nothing.
    #[serde(default)]
    #[schemars(extend("x-ja" = "表示することば。省けばページの題。"))]
    pub label: Localized,
    /// A page, by its source below `content/`.
    #[serde(default)]
    #[schemars(extend("x-ja" = "行き先のページ。content/ から見た道筋。"))]
    pub page: Option<String>,
    /// Or an address elsewhere.
    #[serde(default)]
    #[schemars(extend("x-ja" = "または、よその住所。"))]
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
