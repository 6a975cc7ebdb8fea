//! Postings as written: places for trainees and physicians that a hospital offers.

use jiff::civil::Date;
use rust_decimal::Decimal;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::locale::Localized;
use crate::parse::data::WrittenContact;
use crate::parse::date;

/// A place that a hospital offers.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WrittenPosting {
    /// What other files call it, and the name of its page.
    #[schemars(extend("x-ja" = "ほかのファイルから指すときの名。ページの住所にもなる。"))]
    #[schemars(regex(pattern = crate::parse::schema::ID))]
    pub id: String,
    /// What the job is called.
    #[schemars(extend("x-ja" = "職の名。"))]
    pub title: Localized,
    /// The title in kana, by which it is found.
    #[schemars(extend("x-ja" = "名の読み（かな）。検索に使う。"))]
    pub reading: Option<String>,
    /// The hospital that employs.
    #[schemars(extend("x-ja" = "雇う病院の id。"))]
    pub hospital: Option<String>,
    /// The training programme that it belongs to.
    #[schemars(extend("x-ja" = "研修プログラムの id。"))]
    pub programme: Option<String>,
    /// Where the work is, if not where the hospital is.
    #[schemars(extend("x-ja" = "働く地域の id（病院の所在地と違うとき）。"))]
    pub area: Option<String>,
    /// The kind of employment.
    #[serde(default)]
    #[schemars(extend("x-ja" = "雇用の形。"))]
    pub employment: Vec<Employment>,
    /// How many are taken.
    #[schemars(extend("x-ja" = "募集する人数。"))]
    pub places: Option<u32>,
    /// What is paid.
    #[schemars(extend("x-ja" = "給与。"))]
    pub salary: Option<WrittenSalary>,
    /// The day on which it was posted.
    #[serde(deserialize_with = "date::required")]
    #[schemars(schema_with = "date::schema")]
    #[schemars(extend("x-ja" = "募集を始めた日付。"))]
    pub posted: Date,
    /// The last day for applications.
    #[serde(default, deserialize_with = "date::optional")]
    #[schemars(schema_with = "date::schema")]
    #[schemars(extend("x-ja" = "締め切りの日付。"))]
    pub valid_until: Option<Date>,
    /// The first day of work.
    #[serde(default, deserialize_with = "date::optional")]
    #[schemars(schema_with = "date::schema")]
    #[schemars(extend("x-ja" = "働き始める日付。"))]
    pub begins: Option<Date>,
    /// What applicants must have.
    #[serde(default)]
    #[schemars(extend("x-ja" = "応募の条件。"))]
    pub requirements: Vec<Localized>,
    /// How to apply, in words.
    #[schemars(extend("x-ja" = "応募のしかた。"))]
    pub how: Option<Localized>,
    /// Where to apply.
    #[schemars(extend("x-ja" = "応募や案内の住所。"))]
    pub url: Option<String>,
    /// Whom to write to.
    #[schemars(extend("x-ja" = "問い合わせ先。"))]
    pub contact: Option<WrittenContact>,
    /// What the work is.
    #[schemars(extend("x-ja" = "仕事の紹介。"))]
    pub summary: Localized,
    /// What must be said about it.
    #[schemars(extend("x-ja" = "注意書き。"))]
    pub note: Option<Localized>,
    /// Where this is from.
    #[schemars(extend("x-ja" = "出典。"))]
    pub source: Option<Localized>,
    /// The day of which this is.
    #[serde(default, deserialize_with = "date::optional")]
    #[schemars(schema_with = "date::schema")]
    #[schemars(extend("x-ja" = "いつの情報か（日付）。"))]
    pub as_of: Option<Date>,
    /// The day by which it will be looked at again.
    #[serde(default, deserialize_with = "date::optional")]
    #[schemars(schema_with = "date::schema")]
    #[schemars(extend("x-ja" = "見直す予定の日付。"))]
    pub next_update: Option<Date>,
    /// Whether it is invented, as an example.
    #[serde(default)]
    #[schemars(extend("x-ja" = "見本（架空の募集）かどうか。"))]
    pub sample: bool,
}

/// What is paid for a stretch of time.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WrittenSalary {
    /// The least.
    #[schemars(extend("x-ja" = "下限。"))]
    pub from: u64,
    /// The most.
    #[schemars(extend("x-ja" = "上限。"))]
    pub to: Option<u64>,
    /// The currency by its three letters; JPY if left out.
    #[schemars(extend("x-ja" = "通貨（三文字の符号）。書かなければ JPY。"))]
    #[schemars(regex(pattern = "^[A-Z]{3}$"))]
    pub currency: Option<String>,
    /// For how long a stretch of work.
    #[schemars(extend("x-ja" = "何に対する額か。"))]
    pub per: Per,
    /// What comes on top, in words.
    #[schemars(extend("x-ja" = "手当などの補足。"))]
    pub note: Option<Localized>,
}

impl WrittenSalary {
    /// The least and the most as figures.
    pub fn range(&self) -> (Decimal, Option<Decimal>) {
        (Decimal::from(self.from), self.to.map(Decimal::from))
    }
}

/// The stretch of work for which something is paid.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Per {
    /// An hour.
    #[schemars(extend("x-ja" = "時給"))]
    Hour,
    /// A day.
    #[schemars(extend("x-ja" = "日給"))]
    Day,
    /// A week.
    #[schemars(extend("x-ja" = "週給"))]
    Week,
    /// A month.
    #[schemars(extend("x-ja" = "月給"))]
    Month,
    /// A year.
    #[schemars(extend("x-ja" = "年俸"))]
    Year,
}

/// A kind of employment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Employment {
    /// Full time.
    #[schemars(extend("x-ja" = "常勤"))]
    FullTime,
    /// Part time.
    #[schemars(extend("x-ja" = "非常勤"))]
    PartTime,
    /// Under a contract of its own, such as an appointment for a fiscal year.
    #[schemars(extend("x-ja" = "契約・任期付き"))]
    Contract,
    /// For a short while.
    #[schemars(extend("x-ja" = "臨時"))]
    Temporary,
    /// By the day, as it comes.
    #[schemars(extend("x-ja" = "日雇い・スポット"))]
    PerDiem,
}
