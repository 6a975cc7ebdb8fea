//! People as written: who appears in texts and at events, and what they agreed to.

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::locale::Localized;
use crate::parse::date;

/// A lecturer, a trainee, an author.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WrittenPerson {
    /// What other files call them, and the name of their page.
    #[schemars(extend("x-ja" = "ほかのファイルから指すときの名。ページの住所にもなる。"))]
    #[schemars(regex(pattern = crate::parse::schema::ID))]
    pub id: String,
    /// Their name.
    #[schemars(extend("x-ja" = "氏名。"))]
    pub name: Localized,
    /// The name in kana.
    #[schemars(extend("x-ja" = "氏名の読み（かな）。"))]
    pub reading: Option<String>,
    /// What they do: 初期研修医 2年目.
    #[schemars(extend("x-ja" = "肩書きや仕事。"))]
    pub role: Option<Localized>,
    /// Where they belong, in words.
    #[schemars(extend("x-ja" = "所属をことばで。"))]
    pub affiliation: Option<Localized>,
    /// The hospital they work at.
    #[schemars(extend("x-ja" = "働く病院の id。"))]
    pub hospital: Option<String>,
    /// Whether they are made up, as an example: nobody has to agree.
    #[serde(default)]
    #[schemars(extend("x-ja" = "見本（架空の人）かどうか。同意は要らない。"))]
    pub sample: bool,
    /// What they agreed to.
    #[serde(default)]
    #[schemars(extend("x-ja" = "同意していること。"))]
    pub consent: Vec<WrittenConsent>,
}

/// A use that a person agreed to.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WrittenConsent {
    /// What for.
    #[serde(rename = "use")]
    #[schemars(extend("x-ja" = "何への同意か。"))]
    pub purpose: Use,
    /// The day on which they agreed.
    #[serde(default, deserialize_with = "date::optional")]
    #[schemars(schema_with = "date::schema")]
    #[schemars(extend("x-ja" = "同意した日付。"))]
    pub given: Option<Date>,
    /// The last day for which they agreed.
    #[serde(default, deserialize_with = "date::optional")]
    #[schemars(schema_with = "date::schema")]
    #[schemars(extend("x-ja" = "同意の最後の日付。"))]
    pub until: Option<Date>,
    /// Where the paper is, who was asked.
    #[schemars(extend("x-ja" = "同意書の場所や、尋ねた人。"))]
    pub note: Option<Localized>,
}

/// What a person can agree to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Use {
    /// To name them.
    #[schemars(extend("x-ja" = "氏名を載せる"))]
    Name,
    /// To show photographs of them.
    #[schemars(extend("x-ja" = "写真を載せる"))]
    Photograph,
    /// To publish an interview with them.
    #[schemars(extend("x-ja" = "インタビューを載せる"))]
    Interview,
}
