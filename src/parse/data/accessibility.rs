//! What a public body says of the accessibility of its site, as written: the policy, and the results of each year's test.

use std::collections::BTreeMap;

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::programme::WrittenContact;
use crate::locale::Localized;
use crate::parse::date;

/// The accessibility papers of a site.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WrittenAccessibility {
    /// What is aimed at, until when, and for which pages.
    #[schemars(extend("x-ja" = "方針：対象、目標、期限、例外、窓口。"))]
    pub policy: WrittenPolicy,
    /// The tests, one for each year.
    #[serde(default)]
    #[schemars(extend("x-ja" = "試験の記録。年に一つ。"))]
    pub results: Vec<WrittenTest>,
}

/// An accessibility policy.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WrittenPolicy {
    /// Which pages it is for.
    #[schemars(extend("x-ja" = "対象範囲。"))]
    pub scope: Localized,
    /// The level aimed at.
    #[schemars(extend("x-ja" = "目標とする適合レベル。"))]
    pub level: Level,
    /// How far that level is aimed at.
    #[serde(default)]
    #[schemars(extend("x-ja" = "目標とする対応度。"))]
    pub degree: Degree,
    /// The day by which it is to be reached.
    #[serde(default, deserialize_with = "date::optional")]
    #[schemars(schema_with = "date::schema")]
    #[schemars(extend("x-ja" = "目標を達成する期限。"))]
    pub deadline: Option<Date>,
    /// What is not held to it, and why.
    #[serde(default)]
    #[schemars(extend("x-ja" = "例外事項。"))]
    pub exceptions: Vec<WrittenException>,
    /// Criteria beyond the level that are kept too.
    #[serde(default)]
    #[schemars(extend("x-ja" = "追加する達成基準。"))]
    pub further: Vec<Localized>,
    /// What is known to be wrong, and when it will be right.
    #[serde(default)]
    #[schemars(extend("x-ja" = "現時点で分かっている問題と、対応の予定。"))]
    pub known: Vec<Localized>,
    /// The day on which it was set up.
    #[serde(default, deserialize_with = "date::optional")]
    #[schemars(schema_with = "date::schema")]
    #[schemars(extend("x-ja" = "策定した日付。"))]
    pub established: Option<Date>,
    /// Whom to tell of difficulties.
    #[schemars(extend("x-ja" = "使いにくいところを知らせる窓口。"))]
    pub contact: WrittenContact,
    /// Whether it is made up, as an example.
    #[serde(default)]
    #[schemars(extend("x-ja" = "見本（架空のもの）かどうか。"))]
    pub sample: bool,
}

/// A level of conformance.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub enum Level {
    /// Level A.
    #[schemars(extend("x-ja" = "レベル A"))]
    A,
    /// Level AA.
    #[schemars(extend("x-ja" = "レベル AA"))]
    AA,
}

impl Level {
    /// As it is written everywhere.
    pub fn name(self) -> &'static str {
        match self {
            Level::A => "A",
            Level::AA => "AA",
        }
    }
}

/// How far a level is aimed at, in the terms of the Web Accessibility Infrastructure Committee.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Degree {
    /// All criteria are met, and a test shows it.
    #[default]
    #[schemars(extend("x-ja" = "準拠"))]
    Full,
    /// Some criteria are met, and a test shows which.
    #[schemars(extend("x-ja" = "一部準拠"))]
    Partial,
    /// The criteria are kept in mind.
    #[schemars(extend("x-ja" = "配慮"))]
    Considered,
}

/// Something that is not held to the policy.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WrittenException {
    /// What.
    #[schemars(extend("x-ja" = "例外とするもの。"))]
    pub what: Localized,
    /// Why.
    #[schemars(extend("x-ja" = "例外とする理由。"))]
    pub reason: Localized,
    /// How readers get the same in another way.
    #[schemars(extend("x-ja" = "代わりの手段。"))]
    pub instead: Option<Localized>,
    /// The beginnings of the addresses of such pages, which are then in no sample: `archive/`.
    #[serde(default)]
    #[schemars(extend("x-ja" = "そのページの住所の先頭（archive/）。試験の標本から外れる。"))]
    pub pages: Vec<String>,
}

/// A test of one year.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WrittenTest {
    /// The year, which is a part of the address.
    #[schemars(extend("x-ja" = "年。住所の一部になる。"))]
    #[schemars(range(min = 2016, max = 2999))]
    pub year: i16,
    /// The first day of testing.
    #[serde(default, deserialize_with = "date::optional")]
    #[schemars(schema_with = "date::schema")]
    #[schemars(extend("x-ja" = "試験の最初の日付。"))]
    pub from: Option<Date>,
    /// The last day of testing.
    #[serde(default, deserialize_with = "date::optional")]
    #[schemars(schema_with = "date::schema")]
    #[schemars(extend("x-ja" = "試験の最後の日付。"))]
    pub until: Option<Date>,
    /// The day of the statement.
    #[serde(default, deserialize_with = "date::optional")]
    #[schemars(schema_with = "date::schema")]
    #[schemars(extend("x-ja" = "表明日。"))]
    pub declared: Option<Date>,
    /// The level tested for.
    #[schemars(extend("x-ja" = "試験した適合レベル。"))]
    pub level: Level,
    /// The pages in a sentence.
    #[schemars(extend("x-ja" = "対象となるウェブページの簡潔な説明。"))]
    pub about: Localized,
    /// The technologies that the content relies on.
    #[schemars(extend("x-ja" = "依存したウェブコンテンツ技術。"))]
    pub technologies: Vec<String>,
    /// The browsers and aids that it was tested with.
    #[serde(default)]
    #[schemars(extend("x-ja" = "試験に使ったブラウザーと支援技術。"))]
    pub environment: Vec<Localized>,
    /// Pages that stand for the site in every year, by their addresses, before those that the rule adds.
    #[serde(default)]
    #[schemars(extend("x-ja" = "代表ページに必ず入れるページの住所。"))]
    pub representative: Vec<String>,
    /// The addresses of the pages that were tested; until they are written here, the rule draws them.
    #[serde(default)]
    #[schemars(extend("x-ja" = "試験したページの住所。書くまでは、決まりに従って選んだものを示す。"))]
    pub pages: Vec<String>,
    /// What the test found, by the number of the criterion.
    #[serde(default)]
    #[schemars(extend("x-ja" = "達成基準の番号ごとの結果。"))]
    pub criteria: BTreeMap<String, WrittenOutcome>,
    /// Whether it is made up, as an example.
    #[serde(default)]
    #[schemars(extend("x-ja" = "見本（架空のもの）かどうか。"))]
    pub sample: bool,
}

/// What a test found of a criterion.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WrittenOutcome {
    /// Whether there is anything on the pages that it is about.
    #[serde(default = "yes")]
    #[schemars(extend("x-ja" = "適用されるものがページにあるか。省けばある。"))]
    pub applies: bool,
    /// Whether it is met. Nothing where that was not tested yet.
    #[schemars(extend("x-ja" = "満たしているか。まだ試験していなければ書かない。"))]
    pub met: Option<bool>,
    /// How it was tested.
    #[serde(default)]
    #[schemars(extend("x-ja" = "試験の方法。"))]
    pub by: Vec<Way>,
    /// What must be said of it.
    #[schemars(extend("x-ja" = "注記。"))]
    pub note: Option<Localized>,
}

/// How a criterion is tested.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Way {
    /// By a program alone.
    #[schemars(extend("x-ja" = "道具だけで"))]
    Tool,
    /// By a person with the help of a program.
    #[schemars(extend("x-ja" = "道具を使って人が"))]
    Aided,
    /// By a person.
    #[schemars(extend("x-ja" = "人が"))]
    Person,
}

impl Way {
    /// As interface words name it.
    pub fn name(self) -> &'static str {
        match self {
            Way::Tool => "tool",
            Way::Aided => "aided",
            Way::Person => "person",
        }
    }
}

impl Degree {
    /// As interface words name it.
    pub fn name(self) -> &'static str {
        match self {
            Degree::Full => "full",
            Degree::Partial => "partial",
            Degree::Considered => "considered",
        }
    }
}

fn yes() -> bool {
    true
}
