//! People as written: who appears in texts and at events, and what they agreed to.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::locale::Localized;
use crate::parse::date;

/// A lecturer, a trainee, an author.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WrittenPerson {
    /// What other files call them, and the name of their page.
    pub id: String,
    /// Their name.
    pub name: Localized,
    /// The name in kana.
    pub reading: Option<String>,
    /// What they do: 初期研修医 2年目.
    pub role: Option<Localized>,
    /// Where they belong, in words.
    pub affiliation: Option<Localized>,
    /// The hospital they work at.
    pub hospital: Option<String>,
    /// Whether they are made up, as an example: nobody has to agree.
    #[serde(default)]
    pub sample: bool,
    /// What they agreed to.
    #[serde(default)]
    pub consent: Vec<WrittenConsent>,
}

/// A use that a person agreed to.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WrittenConsent {
    /// What for.
    #[serde(rename = "use")]
    pub purpose: Use,
    /// The day on which they agreed.
    #[serde(default, deserialize_with = "date::optional")]
    pub given: Option<Date>,
    /// The last day for which they agreed.
    #[serde(default, deserialize_with = "date::optional")]
    pub until: Option<Date>,
    /// Where the paper is, who was asked.
    pub note: Option<Localized>,
}

/// What a person can agree to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Use {
    /// 氏名を載せる
    Name,
    /// 写真を載せる
    Photograph,
    /// インタビューを載せる
    Interview,
}
