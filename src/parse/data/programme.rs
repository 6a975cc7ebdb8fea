//! Training programmes as written: courses, years and blocks, and the rules that they are held to.

use std::borrow::Cow;
use std::fmt;

use jiff::civil::Date;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::{Error, MapAccess, Visitor, value::MapAccessDeserializer};
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::{Value, json};

use super::cell::narrowed;
use crate::diagnostic::{Message, say};
use crate::locale::Localized;
use crate::parse::date;
use crate::parse::tree::custom;

/// A training programme.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WrittenProgramme {
    /// What other files call it, and the name of its page.
    #[schemars(extend("x-ja" = "ほかのファイルから指すときの名。ページの住所にもなる。"))]
    #[schemars(regex(pattern = crate::parse::schema::ID))]
    pub id: String,
    /// Its name.
    #[schemars(extend("x-ja" = "プログラムの名。"))]
    pub name: Localized,
    /// The name in kana, by which it is found.
    #[schemars(extend("x-ja" = "名の読み（かな）。検索に使う。"))]
    pub reading: Option<String>,
    /// What sort of training it is.
    #[serde(default)]
    #[schemars(extend("x-ja" = "研修の種類。"))]
    pub kind: ProgrammeKind,
    /// In what its blocks are counted.
    #[serde(default)]
    #[schemars(extend("x-ja" = "期間の単位。"))]
    pub unit: Unit,
    /// The department that offers it.
    #[schemars(extend("x-ja" = "募集する診療科。"))]
    pub department: Option<String>,
    /// The hospital that offers it.
    #[schemars(extend("x-ja" = "募集する病院の id。"))]
    pub hospital: Option<String>,
    /// The year in which its trainees begin.
    #[schemars(extend("x-ja" = "研修が始まる年（西暦の年度）。"))]
    pub intake_year: Option<u16>,
    /// On which day of April a year begins.
    #[serde(default)]
    #[schemars(extend("x-ja" = "年度の初日。"))]
    pub starts: Starts,
    /// The rule sets that it is held to, by id; those of its kind and year where nothing is said.
    #[schemars(extend("x-ja" = "照らし合わせる規則の id。省けば種類と年度に合うもの。"))]
    pub rules: Option<Vec<String>>,
    /// Its courses.
    #[schemars(extend("x-ja" = "コース。"))]
    #[schemars(length(min = 1))]
    pub courses: Vec<WrittenCourse>,
    /// How many trainees it takes a year.
    #[schemars(extend("x-ja" = "1 年の募集人数。"))]
    pub places: Option<u32>,
    /// How many supervising physicians there are.
    #[schemars(extend("x-ja" = "指導医の数。"))]
    pub supervisors: Option<u32>,
    /// What trainees are paid.
    #[schemars(extend("x-ja" = "給与。"))]
    pub pay: Option<Localized>,
    /// Where trainees live.
    #[schemars(extend("x-ja" = "住まい。"))]
    pub housing: Option<Localized>,
    /// How often trainees are on duty.
    #[schemars(extend("x-ja" = "当直。"))]
    pub duty: Option<Localized>,
    /// How to apply.
    #[schemars(extend("x-ja" = "応募のしかた。"))]
    pub applications: Option<WrittenApplications>,
    /// Whom to write to.
    #[schemars(extend("x-ja" = "問い合わせ先。"))]
    pub contact: Option<WrittenContact>,
    /// How to come and see it.
    #[schemars(extend("x-ja" = "見学のしかた。"))]
    pub visits: Option<Localized>,
    /// Where to read more.
    #[schemars(extend("x-ja" = "くわしい案内の住所。"))]
    pub url: Option<String>,
    /// Two sentences about it.
    #[schemars(extend("x-ja" = "二文ほどの紹介。"))]
    pub summary: Option<Localized>,
    /// What must be said about it.
    #[schemars(extend("x-ja" = "注意書き。"))]
    pub note: Option<Localized>,
    /// Where this is from.
    #[schemars(extend("x-ja" = "出典。"))]
    pub source: Localized,
    /// The day of which this is.
    #[serde(deserialize_with = "date::required")]
    #[schemars(schema_with = "date::schema")]
    #[schemars(extend("x-ja" = "いつの情報か（日付）。"))]
    pub as_of: Date,
    /// The day by which it will be looked at again.
    #[serde(default, deserialize_with = "date::optional")]
    #[schemars(schema_with = "date::schema")]
    #[schemars(extend("x-ja" = "見直す予定の日付。"))]
    pub next_update: Option<Date>,
    /// The last day on which this holds.
    #[serde(default, deserialize_with = "date::optional")]
    #[schemars(schema_with = "date::schema")]
    #[schemars(extend("x-ja" = "この情報が有効な最後の日付。"))]
    pub valid_until: Option<Date>,
    /// Whether it is invented, as an example.
    #[serde(default)]
    #[schemars(extend("x-ja" = "見本（架空のもの）かどうか。"))]
    pub sample: bool,
}

/// What sort of training.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ProgrammeKind {
    /// The two years of clinical training after graduation.
    #[default]
    #[schemars(extend("x-ja" = "臨床研修（初期研修）"))]
    ClinicalTraining,
    /// Clinical training that leads from a prefecture with many physicians to one with few.
    #[schemars(extend("x-ja" = "臨床研修の広域連携型プログラム"))]
    WideArea,
    /// Specialty training in general practice.
    #[schemars(extend("x-ja" = "総合診療の専門研修"))]
    GeneralPractice,
    /// Specialty training in any other field.
    #[schemars(extend("x-ja" = "そのほかの専門研修"))]
    Specialty,
}

/// In what time is counted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Unit {
    /// Weeks: 52 to the year.
    #[default]
    #[schemars(extend("x-ja" = "週（1 年は 52 週）"))]
    Weeks,
    /// Months: 12 to the year.
    #[schemars(extend("x-ja" = "月（1 年は 12 か月）"))]
    Months,
}

impl Unit {
    /// How many there are in a year.
    pub fn in_a_year(self) -> u32 {
        match self {
            Unit::Weeks => 52,
            Unit::Months => 12,
        }
    }
}

/// On which day of April a year of training begins.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Starts {
    /// On the first of April.
    #[default]
    #[serde(rename = "april-1")]
    #[schemars(extend("x-ja" = "4 月 1 日"))]
    FirstOfApril,
    /// On the first Monday of April.
    #[schemars(extend("x-ja" = "4 月の最初の月曜日"))]
    FirstMonday,
}

/// One way through a programme.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WrittenCourse {
    /// What panels call it.
    #[schemars(extend("x-ja" = "図などから指すときの名。"))]
    #[schemars(regex(pattern = crate::parse::schema::ID))]
    pub id: String,
    /// Its name.
    #[schemars(extend("x-ja" = "コースの名。"))]
    pub name: Localized,
    /// For whom it is.
    #[schemars(extend("x-ja" = "向いている人やねらい。"))]
    pub summary: Option<Localized>,
    /// What must be said about it.
    #[schemars(extend("x-ja" = "注意書き。"))]
    pub note: Option<Localized>,
    /// What of it is a reading and does not stand in the source.
    #[schemars(extend("x-ja" = "資料に書かれておらず、推定したこと。"))]
    pub inferred: Option<Localized>,
    /// Its years.
    #[schemars(extend("x-ja" = "1 年次、2 年次…"))]
    #[schemars(length(min = 1))]
    pub years: Vec<WrittenYear>,
}

/// A year of a course.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WrittenYear {
    /// The hospital it is at; several where it is one of them.
    #[serde(default)]
    #[schemars(extend("x-ja" = "研修先の病院の id。どれか一つなら並べる。"))]
    pub sites: Vec<String>,
    /// The place in words, where the hospital is not settled.
    #[schemars(extend("x-ja" = "研修先をことばで（病院が決まっていないとき）。"))]
    pub place: Option<Localized>,
    /// The part of that place in clinical training, where no hospital says it.
    #[schemars(extend("x-ja" = "研修先の役割（病院の id がないとき）。"))]
    pub place_kind: Option<PlaceKind>,
    /// Whether the place lies where physicians are short, as the rules on cooperation over wide areas mean it.
    #[schemars(extend("x-ja" = "広域連携型でいう医師少数県等にある研修先か。"))]
    pub shortage: Option<bool>,
    /// What follows what: `必修 内科（循環器） 8`, or a block in full.
    #[schemars(extend("x-ja" = "順に並べた研修。「必修 内科（循環器） 8」の形か、くわしい形。"))]
    pub blocks: Vec<WrittenBlock>,
    /// What runs beside the blocks, such as half-days of general outpatient work.
    #[serde(default)]
    #[schemars(extend("x-ja" = "並行して行う研修（一般外来の半日など）。"))]
    pub parallel: Vec<WrittenParallel>,
    /// What must be said about it.
    #[schemars(extend("x-ja" = "注意書き。"))]
    pub note: Option<Localized>,
}

/// The part of a place in clinical training.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum PlaceKind {
    /// The core hospital.
    #[schemars(extend("x-ja" = "基幹型"))]
    Core,
    /// A cooperating hospital.
    #[schemars(extend("x-ja" = "協力型"))]
    Cooperating,
    /// An affiliated institution.
    #[schemars(extend("x-ja" = "研修協力施設"))]
    Affiliated,
}

/// A block as written: one line, or its parts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WrittenBlock {
    /// Its department, as written: `内科（循環器）`; several with ` / ` between them.
    pub department: String,
    /// What it is called, where that is not the name of the department.
    pub name: Option<Localized>,
    /// The part of the department.
    pub track: Option<String>,
    /// How long it is.
    pub length: WrittenLength,
    /// With which week or month of the year it begins.
    pub from: Option<u32>,
    /// Whether everybody does it.
    pub category: Category,
    /// Where it is, if not where the year is.
    pub sites: Vec<String>,
    /// Where it is in words.
    pub place: Option<Localized>,
    /// The part of that place in clinical training.
    pub place_kind: Option<PlaceKind>,
    /// Whether that place lies where physicians are short.
    pub shortage: Option<bool>,
    /// What may be done instead.
    pub alternatives: Vec<String>,
    /// What must be said about it.
    pub note: Option<Localized>,
    /// Whether it is written in one line.
    pub in_a_line: bool,
}

/// A block in full.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "BlockInFull")]
struct BlockFields {
    /// Its department: an id, a name or an alias.
    #[schemars(extend("x-ja" = "診療科（id、名、別名）。"))]
    department: String,
    /// What it is called, where that is not the name of the department.
    #[schemars(extend("x-ja" = "呼び名（診療科の名と違うとき）。"))]
    name: Option<Localized>,
    /// The part of the department.
    #[schemars(extend("x-ja" = "診療科の中の分野。"))]
    track: Option<String>,
    /// How long it is: `8`, or `4-8`.
    #[schemars(extend("x-ja" = "期間。8、または 4-8。"))]
    length: WrittenLength,
    /// With which week or month of the year it begins; where the one before it ends, if nothing is said.
    #[schemars(extend("x-ja" = "年の何週目（何か月目）からか。省けば前の続き。"))]
    #[schemars(range(min = 1))]
    from: Option<u32>,
    /// Whether everybody does it.
    #[serde(default)]
    #[schemars(extend("x-ja" = "必修か選択か。"))]
    category: Category,
    /// The hospital it is at, if not that of the year; several where it is one of them.
    #[serde(default)]
    #[schemars(extend("x-ja" = "研修先の病院の id（年の研修先と違うとき）。"))]
    sites: Vec<String>,
    /// The place in words.
    #[schemars(extend("x-ja" = "研修先をことばで。"))]
    place: Option<Localized>,
    /// The part of that place in clinical training.
    #[schemars(extend("x-ja" = "研修先の役割。"))]
    place_kind: Option<PlaceKind>,
    /// Whether that place lies where physicians are short.
    #[schemars(extend("x-ja" = "広域連携型でいう医師少数県等にある研修先か。"))]
    shortage: Option<bool>,
    /// The departments that may be chosen instead.
    #[serde(default)]
    #[schemars(extend("x-ja" = "代わりに選べる診療科。"))]
    alternatives: Vec<String>,
    /// What must be said about it.
    #[schemars(extend("x-ja" = "注意書き。"))]
    note: Option<Localized>,
}

/// Training that runs beside the blocks.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(extend("allOf" = [any_of(&["half_days", "length"])]))]
pub struct WrittenParallel {
    /// Its department: an id, a name or an alias.
    #[schemars(extend("x-ja" = "診療科（id、名、別名）。"))]
    pub department: String,
    /// How many half-days it has: ten of them count as a week.
    #[schemars(extend("x-ja" = "半日の回数。10 回で 1 週と数える。"))]
    #[schemars(range(min = 1))]
    pub half_days: Option<u32>,
    /// As how long it counts, where it is not given in half-days.
    #[schemars(extend("x-ja" = "何週（何か月）に当たるか。"))]
    pub length: Option<WrittenLength>,
    /// From which to which week of the year: `5-40`.
    #[schemars(extend("x-ja" = "年の何週から何週までか。5-40 のように書く。"))]
    pub during: Option<WrittenLength>,
    /// What must be said about it.
    #[schemars(extend("x-ja" = "注意書き。"))]
    pub note: Option<Localized>,
}

/// Whether everybody does a block.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Category {
    /// Everybody does.
    #[default]
    #[schemars(extend("x-ja" = "必修"))]
    Required,
    /// Everybody chooses one of several.
    #[schemars(extend("x-ja" = "選択必修"))]
    ChoiceRequired,
    /// Whoever wants to does.
    #[schemars(extend("x-ja" = "選択"))]
    Elective,
}

/// How to apply.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WrittenApplications {
    /// The first day.
    #[serde(default, deserialize_with = "date::optional")]
    #[schemars(schema_with = "date::schema")]
    #[schemars(extend("x-ja" = "受け付けの初日。"))]
    pub from: Option<Date>,
    /// The last day.
    #[serde(default, deserialize_with = "date::optional")]
    #[schemars(schema_with = "date::schema")]
    #[schemars(extend("x-ja" = "受け付けの最終日。"))]
    pub until: Option<Date>,
    /// How, in words.
    #[schemars(extend("x-ja" = "応募のしかた。"))]
    pub how: Option<Localized>,
    /// Where.
    #[schemars(extend("x-ja" = "応募の住所。"))]
    pub url: Option<String>,
}

/// Whom to write to.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WrittenContact {
    /// The office.
    #[schemars(extend("x-ja" = "窓口の名。"))]
    pub name: Localized,
    /// Its mail address.
    #[schemars(extend("x-ja" = "メールアドレス。"))]
    pub email: Option<String>,
    /// Its telephone number.
    #[schemars(extend("x-ja" = "電話番号。"))]
    pub phone: Option<String>,
}

/// A department that sites can name, beside those that are built in.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WrittenDepartment {
    /// What rules and plans call it.
    #[schemars(extend("x-ja" = "規則や計画から指すときの名。"))]
    #[schemars(regex(pattern = crate::parse::schema::ID))]
    pub id: String,
    /// Its name.
    #[schemars(extend("x-ja" = "診療科の名。"))]
    pub name: Localized,
    /// The department that it is a part of.
    #[schemars(extend("x-ja" = "この科を含む科の id。"))]
    pub parent: Option<String>,
    /// Other names.
    #[serde(default)]
    #[schemars(extend("x-ja" = "別の名。"))]
    pub aliases: Vec<String>,
}

/// Rules that programmes are held to.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WrittenRuleSet {
    /// What programmes call it.
    #[schemars(extend("x-ja" = "プログラムから指すときの名。"))]
    #[schemars(regex(pattern = crate::parse::schema::ID))]
    pub id: String,
    /// Its name.
    #[schemars(extend("x-ja" = "規則の名。"))]
    pub name: Localized,
    /// The programmes that it is for where they name no rules; without it, only those that name it.
    #[serde(default)]
    #[schemars(extend("x-ja" = "規則を指していないプログラムのうち、どの種類に当てるか。"))]
    pub applies_to: Vec<ProgrammeKind>,
    /// The first intake that it is for.
    #[schemars(extend("x-ja" = "当てはまる最初の年度。"))]
    pub intake_from: Option<u16>,
    /// The last intake that it is for.
    #[schemars(extend("x-ja" = "当てはまる最後の年度。"))]
    pub intake_until: Option<u16>,
    /// In what its amounts are counted.
    #[serde(default)]
    #[schemars(extend("x-ja" = "期間の単位。"))]
    pub unit: Unit,
    /// Where the rules are written.
    #[schemars(extend("x-ja" = "出典。"))]
    pub source: Localized,
    /// Where the text can be read.
    #[schemars(extend("x-ja" = "本文の住所。"))]
    pub url: Option<String>,
    /// What must be said about all of it.
    #[schemars(extend("x-ja" = "注意書き。"))]
    pub note: Option<Localized>,
    /// The rules.
    #[schemars(extend("x-ja" = "規則の一覧。"))]
    #[schemars(length(min = 1))]
    pub rules: Vec<WrittenRule>,
}

/// One rule.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(extend("allOf" = [any_of(&["at_least", "at_most", "desirable"]), any_of(&["departments", "name"])]))]
pub struct WrittenRule {
    /// What it asks, where the names of its departments do not say it.
    #[schemars(extend("x-ja" = "何についての規則か（診療科の名で足りないとき）。"))]
    pub name: Option<Localized>,
    /// Whose time counts; all where nothing is said.
    #[serde(default)]
    #[schemars(extend("x-ja" = "数える診療科。省けば全部。"))]
    pub departments: Vec<String>,
    /// What counts too, up to an amount.
    #[schemars(extend("x-ja" = "上限まで数えてよい、ほかの診療科。"))]
    pub also: Option<WrittenAlso>,
    /// How much it must be.
    #[schemars(extend("x-ja" = "これ以上。"))]
    pub at_least: Option<u32>,
    /// How much it may be.
    #[schemars(extend("x-ja" = "これ以下。"))]
    pub at_most: Option<u32>,
    /// How much it had better be.
    #[schemars(extend("x-ja" = "これ以上が望ましい。"))]
    pub desirable: Option<u32>,
    /// The year in which it must be.
    #[schemars(extend("x-ja" = "何年次に行うか。"))]
    pub year: Option<u32>,
    /// Where it must be.
    #[schemars(extend("x-ja" = "どこで行うか。"))]
    pub at: Option<RulePlace>,
    /// The codes of the prefectures that are meant by a shortage.
    #[serde(default)]
    #[schemars(extend("x-ja" = "医師少数県等に当たる都道府県のコード（'02' など）。"))]
    pub prefectures: Vec<String>,
    /// Whether it may run beside other training, so that a plan may say nothing of it.
    #[serde(default)]
    #[schemars(extend("x-ja" = "ほかの研修と並行して行えるか。"))]
    pub parallel: bool,
    /// Whether it is advice and no condition.
    #[serde(default)]
    #[schemars(extend("x-ja" = "条件ではなく勧めか。"))]
    pub advice: bool,
    /// What the text leaves open.
    #[schemars(extend("x-ja" = "文面だけでは決まらないことなどの注記。"))]
    pub note: Option<Localized>,
}

/// What counts towards a rule up to an amount.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WrittenAlso {
    /// Its department.
    #[schemars(extend("x-ja" = "診療科。"))]
    pub department: String,
    /// How much of it counts.
    #[schemars(extend("x-ja" = "数えてよい上限。"))]
    pub at_most: u32,
}

/// Where training must be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum RulePlace {
    /// At the core hospital.
    #[schemars(extend("x-ja" = "基幹型病院"))]
    Core,
    /// Where physicians are short.
    #[schemars(extend("x-ja" = "医師少数県等の病院"))]
    Shortage,
}

/// A length as written: `8`, `4-8`, `8週`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WrittenLength {
    /// The shortest.
    pub least: u32,
    /// The longest.
    pub most: u32,
    /// The unit, where it stands beside it.
    pub unit: Option<Unit>,
}

/// Longer than any training: more digits are a slip.
const LONGEST: u32 = 9999;

impl WrittenLength {
    /// Reads `8`, `4-8`, `4〜8`, `8週`, `3か月`.
    ///
    /// # Errors
    /// A sentence about how a length is written.
    pub fn parse(text: &str) -> Result<WrittenLength, Message> {
        let narrow = narrowed(text);
        let (digits, unit) = without_unit(narrow.trim());
        let number = |part: &str| part.trim().parse::<u32>().ok().filter(|number| (1..=LONGEST).contains(number));
        let bounds = match digits.split_once(['-', '~', '〜', '–', '−', '‐']) {
            Some((least, most)) => number(least).zip(number(most)),
            None => number(digits).map(|length| (length, length)),
        };
        let (least, most) =
            bounds.ok_or_else(|| say("期間は 8 か 4-8 の形で書きます", "a length is written like 8 or 4-8"))?;
        Ok(WrittenLength { least, most, unit })
    }
}

/// A length without the unit beside it.
fn without_unit(text: &str) -> (&str, Option<Unit>) {
    const UNITS: [(&str, Unit); 9] = [
        ("週間", Unit::Weeks),
        ("週", Unit::Weeks),
        ("weeks", Unit::Weeks),
        ("week", Unit::Weeks),
        ("か月", Unit::Months),
        ("ヶ月", Unit::Months),
        ("カ月", Unit::Months),
        ("months", Unit::Months),
        ("month", Unit::Months),
    ];
    let found = UNITS.iter().find_map(|(name, unit)| Some((text.strip_suffix(name)?.trim_end(), Some(*unit))));
    found.unwrap_or((text, None))
}

impl WrittenBlock {
    /// Reads `必修 内科（循環器） 8週`: a category, which may be left out, a department, and a length.
    ///
    /// # Errors
    /// A sentence about how a block is written.
    pub fn parse(text: &str) -> Result<WrittenBlock, Message> {
        let text = text.trim();
        let cut = text
            .rfind(|letter: char| letter.is_whitespace() || matches!(letter, ')' | '）'))
            .ok_or_else(not_a_block)?;
        // The unit may stand apart: `内科 8 weeks`.
        let apart = ["weeks", "week", "months", "month", "週", "か月"].contains(&text[cut..].trim());
        let cut = if apart { text[..cut].trim_end().rfind(char::is_whitespace).ok_or_else(not_a_block)? } else { cut };
        let after = cut
            + text[cut..].chars().next().map_or(0, |letter| if letter.is_whitespace() { 0 } else { letter.len_utf8() });
        let (head, length) = text.split_at(after);
        let length = WrittenLength::parse(length).map_err(|_| not_a_block())?;
        let (category, department) = split_category(head.trim());
        if department.is_empty() {
            return Err(not_a_block());
        }
        Ok(WrittenBlock {
            department: department.to_owned(),
            name: None,
            track: None,
            length,
            from: None,
            category,
            sites: Vec::new(),
            place: None,
            place_kind: None,
            shortage: None,
            alternatives: Vec::new(),
            note: None,
            in_a_line: true,
        })
    }
}

fn not_a_block() -> Message {
    say(
        "研修は「必修 内科（循環器） 8」の形（区分、診療科、期間）で書きます",
        "a block is written like `required 内科（循環器） 8`: category, department, length",
    )
}

/// The category before a department; required where none stands there.
fn split_category(text: &str) -> (Category, &str) {
    const WORDS: [(&str, Category); 6] = [
        ("選択必修", Category::ChoiceRequired),
        ("必修", Category::Required),
        ("選択", Category::Elective),
        ("choice-required", Category::ChoiceRequired),
        ("required", Category::Required),
        ("elective", Category::Elective),
    ];
    let found = WORDS.iter().find_map(|(word, category)| {
        let rest = text.strip_prefix(word)?;
        (rest.is_empty() || rest.starts_with(char::is_whitespace)).then(|| (*category, rest.trim_start()))
    });
    found.unwrap_or((Category::Required, text))
}

impl<'de> Deserialize<'de> for WrittenBlock {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<WrittenBlock, D::Error> {
        deserializer.deserialize_any(BlockVisitor)
    }
}

struct BlockVisitor;

impl<'de> Visitor<'de> for BlockVisitor {
    type Value = WrittenBlock;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("「必修 内科（循環器） 8」の形\u{1f}a block such as `required 内科（循環器） 8`")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<WrittenBlock, E> {
        WrittenBlock::parse(text).map_err(custom)
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<WrittenBlock, A::Error> {
        let fields = BlockFields::deserialize(MapAccessDeserializer::new(map))?;
        Ok(WrittenBlock {
            department: fields.department,
            name: fields.name,
            track: fields.track,
            length: fields.length,
            from: fields.from,
            category: fields.category,
            sites: fields.sites,
            place: fields.place,
            place_kind: fields.place_kind,
            shortage: fields.shortage,
            alternatives: fields.alternatives,
            note: fields.note,
            in_a_line: false,
        })
    }
}

impl<'de> Deserialize<'de> for WrittenLength {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<WrittenLength, D::Error> {
        deserializer.deserialize_any(LengthVisitor)
    }
}

struct LengthVisitor;

impl Visitor<'_> for LengthVisitor {
    type Value = WrittenLength;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("8 か 4-8 の形の期間\u{1f}a length such as 8 or 4-8")
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<WrittenLength, E> {
        WrittenLength::parse(&number.to_string()).map_err(custom)
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<WrittenLength, E> {
        WrittenLength::parse(&number.to_string()).map_err(custom)
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<WrittenLength, E> {
        WrittenLength::parse(text).map_err(custom)
    }
}

/// The pattern of [`WrittenLength::parse`].
const LENGTH: &str = r"0*[1-9１-９][0-9０-９]{0,3}(?:\s*[-－~～〜–−‐]\s*[1-9１-９][0-9０-９]{0,3})?\s*(?:週間?|weeks?|[かヶカ]月|months?)?";

/// At least one of these fields is there.
fn any_of(fields: &[&str]) -> Value {
    json!({ "anyOf": fields.iter().map(|field| json!({ "required": [field] })).collect::<Vec<_>>() })
}

impl JsonSchema for WrittenLength {
    fn schema_name() -> Cow<'static, str> {
        "Length".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "x-ja": "期間。8、または 4-8。",
            "description": "A length: 8, or 4-8.",
            "anyOf": [
                { "type": "integer", "minimum": 1, "maximum": LONGEST },
                { "type": "string", "pattern": format!("^\\s*{LENGTH}\\s*$") },
            ],
        })
    }
}

impl JsonSchema for WrittenBlock {
    fn schema_name() -> Cow<'static, str> {
        "Block".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let fields = generator.subschema_for::<BlockFields>();
        json_schema!({
            "x-ja": "研修の一区切り。「必修 内科（循環器） 8」の形か、くわしい形。",
            "description": "A block: a line such as `required 内科（循環器） 8`, or its parts.",
            "anyOf": [
                { "type": "string", "pattern": format!("^\\s*\\S.*[\\s)）]\\s*{LENGTH}\\s*$") },
                fields,
            ],
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn block(text: &str) -> Option<(Category, String, u32, u32, Option<Unit>)> {
        let block = WrittenBlock::parse(text).ok()?;
        Some((block.category, block.department, block.length.least, block.length.most, block.length.unit))
    }

    #[test]
    fn a_block_is_a_line_as_plans_print_it() {
        let some =
            |category, department: &str, least, most, unit| Some((category, department.to_owned(), least, most, unit));
        assert_eq!(block("必修 内科（循環器） 8"), some(Category::Required, "内科（循環器）", 8, 8, None));
        assert_eq!(block("内科（循環器）８週"), some(Category::Required, "内科（循環器）", 8, 8, Some(Unit::Weeks)));
        assert_eq!(block("選択 血液内科 4〜8週"), some(Category::Elective, "血液内科", 4, 8, Some(Unit::Weeks)));
        assert_eq!(block("選択必修 外科 / 小児科 4"), some(Category::ChoiceRequired, "外科 / 小児科", 4, 4, None));
        assert_eq!(
            block("required Internal medicine 24 weeks"),
            some(Category::Required, "Internal medicine", 24, 24, Some(Unit::Weeks))
        );
        assert_eq!(block("内科 3か月"), some(Category::Required, "内科", 3, 3, Some(Unit::Months)));
        for nonsense in
            ["", "内科", "8", "内科8", "必修 8", "内科 八", "内科 0", "内科 4-", "内科 -4", "内科 99999", "weeks", "(8"]
        {
            assert_eq!(block(nonsense), None, "{nonsense}");
        }
    }
}
