//! What a record says of the CSV file or the sheet in which its figures stand.

use std::borrow::Cow;
use std::fmt;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::{Error, MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};

use super::Name;
use crate::locale::Period;
use crate::locale::schema::AS_IS;
use crate::parse::sheet::csv::Encoding;

/// The `table:` of a record. How its cells are read is said here, so that the file can stay as it is.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WrittenSheet {
    /// The CSV file or workbook, from the folder of the record.
    #[schemars(extend("x-ja" = "CSV ファイルかワークブック。この記録のあるフォルダから見た場所。"))]
    pub file: String,
    /// The sheet of a workbook; where it has only one, that one.
    #[schemars(extend("x-ja" = "ワークブックのシート。一つしかなければ省ける。"))]
    pub sheet: Option<String>,
    /// The cells of the table: `B3:H20`, or `B3` for all from there; without it, everything.
    #[schemars(extend("x-ja" = "表のセルの範囲（B3:H20）。B3 ならそこから全部、省けば全部。"))]
    pub range: Option<String>,
    /// How a CSV file is written; it is found out where it is not given.
    #[schemars(extend("x-ja" = "CSV ファイルの文字コード。省けば調べて決める。"))]
    pub encoding: Option<Encoding>,
    /// How many rows of the table are its heading.
    #[serde(default = "one")]
    #[schemars(extend("x-ja" = "見出しの行の数。"))]
    pub header_rows: u32,
    /// The heading of the column that names the rows; the first column where it is not given.
    #[schemars(extend("x-ja" = "行の名がある列の見出し。省けば最初の列。"))]
    pub rows: Option<String>,
    /// The area or hospital that the whole table is about.
    #[schemars(extend("x-ja" = "表全体がどの地域か病院のものか。"))]
    pub area: Option<String>,
    /// Which row holds its figures, where there are several.
    #[schemars(extend("x-ja" = "行がいくつもあるとき、数値のある行。"))]
    pub row: Option<String>,
    /// Which columns are read and of when they are; without it, those whose headings are periods.
    #[schemars(extend("x-ja" = "どの列をどの時点として読むか。省けば見出しが時点の列。"))]
    pub columns: Option<Named<Period>>,
    /// What the table calls areas or hospitals: its own name, then theirs.
    #[serde(default)]
    #[schemars(extend("x-ja" = "表での名と、地域か病院の名の組。"))]
    pub names: Named<Text>,
    /// Rows that are left out, by their names.
    #[serde(default)]
    #[schemars(extend("x-ja" = "飛ばす行の名。"))]
    pub skip: Vec<String>,
    /// What marks of the table mean: a number, or a sign for a missing value. `""` is an empty cell.
    #[serde(default)]
    #[schemars(extend("x-ja" = "表の印の意味（数値か、値がない理由の記号）。空のセルは空の文字列。"))]
    pub marks: Named<Text>,
    /// What is taken of a cell such as `3.1 (43位)`.
    #[serde(default)]
    #[schemars(extend("x-ja" = "「3.1 (43位)」のようなセルから何を取るか。"))]
    pub take: Take,
}

fn one() -> u32 {
    1
}

/// What is taken of a cell.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Take {
    /// The number.
    #[default]
    #[schemars(extend("x-ja" = "数値"))]
    Value,
    /// The rank that stands in brackets after it.
    #[schemars(extend("x-ja" = "かっこの中の順位"))]
    Rank,
}

/// Things by name, in the order written. A name may look like a number: `2018: 2018`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named<T>(pub Vec<(String, T)>);

impl<T> Default for Named<T> {
    fn default() -> Named<T> {
        Named(Vec::new())
    }
}

impl<T> Named<T> {
    /// The thing of that name.
    pub fn get(&self, is: impl Fn(&str) -> bool) -> Option<&T> {
        self.0.iter().find(|(name, _)| is(name)).map(|(_, thing)| thing)
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Named<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Named<T>, D::Error> {
        deserializer.deserialize_map(NamedVisitor(std::marker::PhantomData))
    }
}

impl<T: JsonSchema> JsonSchema for Named<T> {
    fn schema_name() -> Cow<'static, str> {
        format!("By_name_{}", T::schema_name()).into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let value = generator.subschema_for::<T>();
        json_schema!({
            "x-ja": "名と値の組。",
            "description": "Values by name.",
            "type": "object",
            "additionalProperties": value,
        })
    }
}

struct NamedVisitor<T>(std::marker::PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for NamedVisitor<T> {
    type Value = Named<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("`名前: 値` の集まり\u{1f}lines of `name: value`")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Named<T>, A::Error> {
        let mut named = Vec::new();
        while let Some(Name(name)) = map.next_key()? {
            named.push((name, map.next_value()?));
        }
        Ok(Named(named))
    }
}

/// A word or number, as text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text(pub String);

impl<'de> Deserialize<'de> for Text {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Text, D::Error> {
        deserializer.deserialize_any(TextVisitor)
    }
}

impl JsonSchema for Text {
    fn schema_name() -> Cow<'static, str> {
        "Text".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "x-ja": "一語か数値。",
            "description": "A word or a number.",
            "type": ["string", "number"],
            AS_IS: true,
        })
    }
}

struct TextVisitor;

impl Visitor<'_> for TextVisitor {
    type Value = Text;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("一語か数値\u{1f}a word or a number")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Text, E> {
        Ok(Text(text.to_owned()))
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<Text, E> {
        Ok(Text(number.to_string()))
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<Text, E> {
        Ok(Text(number.to_string()))
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<Text, E> {
        Ok(Text(number.to_string()))
    }
}
