//! What a record says of the CSV file or the sheet in which its figures stand.

use std::borrow::Cow;
use std::fmt;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::{Error, MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};

use super::{Name, schema};
use crate::locale::Period;
use crate::locale::schema::AS_IS;
use crate::parse::sheet::csv::Encoding;

/// The `table:` of a record. How its cells are read is said here, so that the file can stay as it is.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(extend("allOf" = schema::either("file", "files")))]
pub struct WrittenSheet {
    /// The CSV file or workbook, from the folder of the record.
    #[schemars(extend("x-ja" = "CSV ファイルかワークブック。この記録のあるフォルダから見た場所。"))]
    pub file: Option<String>,
    /// Files that are built alike, each about one area or hospital: its name, then its file.
    #[schemars(extend("x-ja" = "同じ形のファイルが地域か病院ごとにあるとき、その名とファイルの組。"))]
    pub files: Option<Named<Text>>,
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
    /// What the headings of the columns are.
    #[serde(default)]
    #[schemars(extend("x-ja" = "列の見出しが何か（時点か、地域や病院か）。"))]
    pub headings: Headings,
    /// Rows that are left out, by their names; where headings are areas, columns too.
    #[serde(default)]
    #[schemars(extend("x-ja" = "飛ばす行の名。見出しが地域のときは飛ばす列の見出しも。"))]
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

/// What the headings of columns are.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Headings {
    /// Periods; the rows are areas or hospitals.
    #[default]
    #[schemars(extend("x-ja" = "時点。行が地域か病院"))]
    Periods,
    /// Areas or hospitals; a row is the values of one period, that of the record.
    #[schemars(extend("x-ja" = "地域か病院。一つの行が、記録の時点の値"))]
    Areas,
}

/// The `table:` of a flow table: rows are the areas that are left, headings those that are gone to.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WrittenFlowSheet {
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
    /// What the table calls areas: its own name, then theirs.
    #[serde(default)]
    #[schemars(extend("x-ja" = "表での名と、地域の名の組。"))]
    pub names: Named<Text>,
    /// Rows and columns that are left out, by their names: totals, say.
    #[serde(default)]
    #[schemars(extend("x-ja" = "飛ばす行と列の名（合計など）。"))]
    pub skip: Vec<String>,
    /// What marks of the table mean: a number, or a sign for a missing value. `""` is an empty cell.
    #[serde(default)]
    #[schemars(extend("x-ja" = "表の印の意味（数値か、値がない理由の記号）。空のセルは空の文字列。"))]
    pub marks: Named<Text>,
}

impl WrittenFlowSheet {
    /// The same as the `table:` of an indicator would say it.
    pub fn as_sheet(&self) -> WrittenSheet {
        let WrittenFlowSheet { file, sheet, range, encoding, header_rows, rows, names, skip, marks } = self.clone();
        WrittenSheet {
            file: Some(file),
            files: None,
            sheet,
            range,
            encoding,
            header_rows,
            rows,
            area: None,
            row: None,
            columns: None,
            names,
            headings: Headings::Areas,
            skip,
            marks,
            take: Take::Value,
        }
    }
}

/// The `table:` of a plain table.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WrittenPlainSheet {
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
    /// Columns whose empty cells mean the one above: the ids.
    #[serde(default)]
    #[schemars(extend("x-ja" = "空のセルが「上と同じ」を意味する列の id。"))]
    pub repeat: Vec<String>,
    /// What marks in columns of numbers mean: a number, or a sign for a missing value. `""` is an empty cell.
    #[serde(default)]
    #[schemars(extend("x-ja" = "数値の列にある印の意味（数値か、値がない理由の記号）。空のセルは空の文字列。"))]
    pub marks: Named<Text>,
}

/// Which cells a `table:` is about.
#[derive(Debug, Clone, Copy)]
pub struct SheetSource<'s> {
    /// The file, from the folder of the record.
    pub file: &'s str,
    /// The sheet of a workbook.
    pub sheet: Option<&'s str>,
    /// The cells.
    pub range: Option<&'s str>,
    /// How a CSV file is said to be written.
    pub encoding: Option<Encoding>,
    /// How many rows are the heading.
    pub header_rows: u32,
}

impl WrittenSheet {
    /// Which cells it is about; one of several files has to be chosen first.
    pub fn source(&self) -> SheetSource<'_> {
        let (sheet, range) = (self.sheet.as_deref(), self.range.as_deref());
        let file = self.file.as_deref().unwrap_or_default();
        SheetSource { file, sheet, range, encoding: self.encoding, header_rows: self.header_rows }
    }
}

impl WrittenPlainSheet {
    /// Which cells it is about.
    pub fn source(&self) -> SheetSource<'_> {
        let (sheet, range) = (self.sheet.as_deref(), self.range.as_deref());
        SheetSource { file: &self.file, sheet, range, encoding: self.encoding, header_rows: self.header_rows }
    }
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
