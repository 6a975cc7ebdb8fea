//! `theme.toml`: what a theme is made of, and which lists its templates need.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::value::MapAccessDeserializer;
use serde::de::{Error, MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};

use crate::diagnostic::Checked;
use crate::parse::front_matter::{HomeKind, Kind, Sort};
use crate::parse::tree::{self, Yaml};
use crate::read::Source;

/// A theme's own description, as written.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct ThemeDocument {
    /// Its name, for people.
    #[schemars(extend("x-ja" = "人が読む名。"))]
    pub name: String,
    /// The theme whose files serve where this one has none.
    #[schemars(extend("x-ja" = "もとにするテーマ。このテーマにないファイルを補う。"))]
    pub extends: Option<String>,
    /// Style sheets among its static files, after those of the theme it extends.
    #[schemars(extend("x-ja" = "スタイルシート。もとのテーマのものの後に読まれる。"))]
    pub styles: Vec<String>,
    /// Style sheets for pages of one template alone, by its name, after those of all pages.
    #[schemars(extend("x-ja" = "一つのテンプレートの頁だけのスタイルシート。テンプレートの名ごとに書き、styles の後に読まれる。"))]
    pub template_styles: BTreeMap<String, Vec<String>>,
    /// Style sheets for pages with panels alone, after all others: `all`, or those of a kind by its name.
    #[schemars(extend("x-ja" = "図表パネルのあるページだけの、ほかの後に読まれるスタイルシート。all、または種類の名ごとに書く。"))]
    pub panel_styles: BTreeMap<String, Vec<String>>,
    /// Style sheets for pages with formulas alone.
    #[schemars(extend("x-ja" = "数式のあるページだけのスタイルシート。"))]
    pub math_styles: Vec<String>,
    /// Style sheets for print editions and folded sheets alone.
    #[schemars(extend("x-ja" = "印刷版と折り本だけのスタイルシート。"))]
    pub print_styles: Vec<String>,
    /// Style sheets for pages with photographs alone: the colours that stand in their place until they are there.
    #[schemars(extend("x-ja" = "写真のあるページだけのスタイルシート。写真が届くまでの色。"))]
    pub picture_styles: Vec<String>,
    /// Scripts among its static files, loaded deferred.
    #[schemars(extend("x-ja" = "スクリプト。あとから読まれる。"))]
    pub scripts: Vec<String>,
    /// Scripts for pages with panels alone, loaded deferred.
    #[schemars(extend("x-ja" = "図表パネルのあるページだけで、あとから読まれるスクリプト。"))]
    pub panel_scripts: Vec<String>,
    /// Names of fences that it adds.
    #[schemars(extend("x-ja" = "このテーマが加える囲みの名。"))]
    pub blocks: Vec<String>,
    /// What each template needs beyond the page itself, by the template's name without `.html`; `*` for all of them.
    #[schemars(extend("x-ja" = "型ごとに必要な一覧。型の名から .html を除いて書く。* はすべての型。"))]
    pub views: BTreeMap<String, BTreeMap<String, Need>>,
    /// The parts of a home page from top to bottom, where the page itself names none.
    #[schemars(extend("x-ja" = "表紙の頁に並べるもの。頁が書かないときの順。"))]
    pub home: Vec<HomeKind>,
    /// Its colours, as custom properties without `--`; those of the theme it extends serve where it names none.
    #[schemars(extend("x-ja" = "色。CSS の変数の名から -- を除いて書く。書かない色はもとのテーマのもの。"))]
    pub tokens: Tokens,
    /// What a site may change of its look without touching a style sheet, in `[look]` of `site.toml`.
    #[schemars(extend("x-ja" = "サイトが site.toml の [look] で変えられるもの。"))]
    pub look: BTreeMap<String, Knob>,
    /// Which colours must be told from which.
    #[schemars(extend("x-ja" = "見分けがつかなければならない色の組。"))]
    pub contrast: Vec<Contrast>,
}

/// Colours for light screens and paper, and for dark screens.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Tokens {
    /// By day and on paper.
    #[schemars(extend("x-ja" = "明るい画面と紙。"))]
    pub light: BTreeMap<String, String>,
    /// By night.
    #[schemars(extend("x-ja" = "暗い画面。"))]
    pub dark: BTreeMap<String, String>,
}

/// One thing of its look that a site may change: a colour, or a choice among several.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Knob {
    /// The colours that become what the site says.
    #[schemars(extend("x-ja" = "サイトの書いた色そのものになる色。"))]
    pub sets: Vec<String>,
    /// The colours that become the nearest one to it that can be read.
    #[schemars(extend("x-ja" = "サイトの書いた色に近く、読める色になる色。"))]
    pub follows: Vec<String>,
    /// Or the words that a site chooses among, and the custom properties that each sets.
    #[schemars(extend("x-ja" = "または、選べることばと、それぞれが決める CSS の変数。"))]
    pub choices: BTreeMap<String, BTreeMap<String, String>>,
}

/// Colours that must be told from others.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Contrast {
    /// The least ratio of their luminances, as WCAG reckons it: 4.5 for texts, 3 for marks.
    #[schemars(extend("x-ja" = "WCAG の計算で要る比。文字は 4.5、印は 3。"))]
    #[schemars(range(min = 1, max = 21))]
    pub least: f64,
    /// What is drawn.
    #[schemars(extend("x-ja" = "描くものの色。"))]
    pub of: Vec<String>,
    /// What it is drawn on.
    #[schemars(extend("x-ja" = "地の色。"))]
    pub on: Vec<String>,
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
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Query {
    /// Only those of this section.
    #[schemars(extend("x-ja" = "この節のページだけ。"))]
    pub section: Option<String>,
    /// Only those of these sections.
    #[schemars(extend("x-ja" = "これらの節のページだけ。"))]
    pub sections: Vec<String>,
    /// Only those of this kind.
    #[schemars(extend("x-ja" = "この種類のページだけ。"))]
    pub kind: Option<Kind>,
    /// Only those with this tag.
    #[schemars(extend("x-ja" = "この見出し語のページだけ。"))]
    pub tag: Option<String>,
    /// In which order; newest first where nothing is said.
    #[schemars(extend("x-ja" = "並び順。省けば新しい順。"))]
    pub sort: Option<Sort>,
    /// At most so many.
    #[schemars(extend("x-ja" = "最も多くていくつ。"))]
    pub limit: Option<usize>,
}

impl<'de> Deserialize<'de> for Need {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Need, D::Error> {
        deserializer.deserialize_any(NeedVisitor)
    }
}

impl JsonSchema for Need {
    fn schema_name() -> Cow<'static, str> {
        "Need".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let query = generator.subschema_for::<Query>();
        json_schema!({
            "x-ja": "true、またはページの一覧（{ section = …, limit = … }）。",
            "description": "true, or a list of pages ({ section = …, limit = … }).",
            "anyOf": [{ "type": "boolean" }, query],
        })
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
