//! Data files as written: areas, hospitals and indicators, and how an office writes the cells of a table.
//!
//! A file names its kind by its one top-level key. References to other files stay as written; `model` resolves them.

use std::fmt;
use std::sync::{Arc, LazyLock};

use jiff::civil::Date;
use rust_decimal::Decimal;
use schemars::JsonSchema;
use serde::de::{Error, IgnoredAny, MapAccess, SeqAccess, Visitor, value::MapAccessDeserializer};
use serde::{Deserialize, Deserializer, Serialize};

use crate::diagnostic::{Checked, Diagnostic, Span, data, syntax};
use crate::locale::{Localized, Period};
use crate::parse::date;
use crate::parse::tree::{self, Spans};
use crate::read::Source;

pub mod cell;
mod check;
mod event;
mod flow;
mod person;
mod plain_table;
mod posting;
mod programme;
mod printed;
mod schema;
mod sheet_table;
mod term;

pub use cell::{amount, number};
pub use check::{Accepted, Counts, Direction, RankOf, Ties, WrittenCheck};
pub use event::{EventKind, EventStatus, Moment, WrittenEvent};
pub use flow::{PrintedFlow, WrittenFlow};
pub use person::{Use, WrittenConsent, WrittenPerson};
pub use plain_table::{TableCell, TableColumn, WrittenPlainTable};
pub use posting::{Employment, Per, WrittenPosting, WrittenSalary};
pub use printed::{Printed, PrintedTable};
pub use programme::{
    Category, PlaceKind, ProgrammeKind, RulePlace, Starts, Unit, WrittenAlso, WrittenApplications, WrittenBlock,
    WrittenContact, WrittenCourse, WrittenDepartment, WrittenLength, WrittenParallel, WrittenProgramme, WrittenRule,
    WrittenRuleSet, WrittenYear,
};
pub use sheet_table::{Headings, Named, SheetSource, Take, WrittenFlowSheet, WrittenPlainSheet, WrittenSheet};
pub use term::WrittenTerm;

/// A data file.
#[derive(Debug, Clone, Default)]
pub struct DataDocument {
    /// The file.
    pub path: Arc<str>,
    /// Where its fields stand: `hospitals[0].area`.
    pub spans: Spans,
    /// Its areas, as written.
    pub areas: Vec<WrittenArea>,
    /// Its hospitals, as written.
    pub hospitals: Vec<WrittenHospital>,
    /// Its indicators, as written.
    pub indicators: Vec<WrittenIndicator>,
    /// What must hold between figures, as written beside the entries.
    pub checks: Vec<WrittenCheck>,
    /// Its flow tables, as written.
    pub flows: Vec<WrittenFlow>,
    /// Its plain tables, as written.
    pub tables: Vec<WrittenPlainTable>,
    /// Its events, as written.
    pub events: Vec<WrittenEvent>,
    /// Its people, as written.
    pub people: Vec<WrittenPerson>,
    /// Its postings, as written.
    pub postings: Vec<WrittenPosting>,
    /// Its terms, as written.
    pub terms: Vec<WrittenTerm>,
    /// Its training programmes, as written.
    pub programmes: Vec<WrittenProgramme>,
    /// Its departments, as written.
    pub departments: Vec<WrittenDepartment>,
    /// Its rule sets, as written.
    pub rule_sets: Vec<WrittenRuleSet>,
}

/// The top level of a data file. Which of its keys are there is told by `Option`: `areas: []` is a file of areas.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct File {
    /// Areas.
    #[schemars(extend("x-ja" = "地域の一覧。"))]
    areas: Option<Vec<WrittenArea>>,
    /// Hospitals and clinics.
    #[schemars(extend("x-ja" = "病院と診療所の一覧。"))]
    hospitals: Option<Vec<WrittenHospital>>,
    /// Indicators: tables of figures.
    #[schemars(extend("x-ja" = "指標（数値の表）の一覧。"))]
    indicators: Option<Vec<WrittenIndicator>>,
    /// What must hold between figures.
    #[schemars(extend("x-ja" = "数値のあいだで成り立つべきことの一覧。"))]
    checks: Option<Vec<WrittenCheck>>,
    /// Flow tables: who goes from where to where.
    #[schemars(extend("x-ja" = "流れの表（どこからどこへ）の一覧。"))]
    flows: Option<Vec<WrittenFlow>>,
    /// Plain tables.
    #[schemars(extend("x-ja" = "ふつうの表の一覧。"))]
    tables: Option<Vec<WrittenPlainTable>>,
    /// Events.
    #[schemars(extend("x-ja" = "催しの一覧。"))]
    events: Option<Vec<WrittenEvent>>,
    /// People.
    #[schemars(extend("x-ja" = "人の一覧。"))]
    people: Option<Vec<WrittenPerson>>,
    /// Postings: places for trainees and physicians.
    #[schemars(extend("x-ja" = "募集の一覧。"))]
    postings: Option<Vec<WrittenPosting>>,
    /// Terms of the glossary.
    #[schemars(extend("x-ja" = "用語の一覧。"))]
    terms: Option<Vec<WrittenTerm>>,
    /// Training programmes.
    #[schemars(extend("x-ja" = "研修プログラムの一覧。"))]
    programmes: Option<Vec<WrittenProgramme>>,
    /// Departments, beside those that are built in.
    #[schemars(extend("x-ja" = "診療科の一覧（組み込みのものに足す）。"))]
    departments: Option<Vec<WrittenDepartment>>,
    /// Rules that training programmes are held to.
    #[schemars(extend("x-ja" = "研修プログラムを照らし合わせる規則の一覧。"))]
    rule_sets: Option<Vec<WrittenRuleSet>>,
}

/// The top-level keys of data files.
pub const KINDS: [&str; 12] = [
    "areas",
    "hospitals",
    "indicators",
    "flows",
    "tables",
    "events",
    "people",
    "postings",
    "terms",
    "programmes",
    "departments",
    "rule_sets",
];

/// A place that figures are about: a country, a prefecture, a medical area, a town.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WrittenArea {
    /// What other files call it.
    #[schemars(extend("x-ja" = "ほかのファイルから指すときの名。"))]
    #[schemars(regex(pattern = crate::parse::schema::ID))]
    pub id: String,
    /// What readers call it.
    #[schemars(extend("x-ja" = "読者に見せる名。"))]
    pub name: Localized,
    /// The name in kana, by which Japanese lists are sorted.
    #[schemars(extend("x-ja" = "名の読み（かな）。一覧の並び順に使う。"))]
    pub reading: Option<String>,
    /// What sort of area it is.
    #[schemars(extend("x-ja" = "地域の種類。"))]
    pub kind: AreaKind,
    /// The official code, as text: `"0201"`.
    #[schemars(extend("x-ja" = "公的なコード。文字として書く（'0201'）。"))]
    pub code: Option<String>,
    /// The area that it is a part of.
    #[schemars(extend("x-ja" = "この地域を含む地域の id。"))]
    pub parent: Option<String>,
    /// Other names under which tables have it.
    #[serde(default)]
    #[schemars(extend("x-ja" = "表の中で使われる別の名。"))]
    pub aliases: Vec<String>,
}

/// What sort of area.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum AreaKind {
    /// A country.
    #[schemars(extend("x-ja" = "国"))]
    Country,
    /// A region.
    #[schemars(extend("x-ja" = "地方"))]
    Region,
    /// A prefecture.
    #[schemars(extend("x-ja" = "都道府県"))]
    Prefecture,
    /// A secondary medical area.
    #[schemars(extend("x-ja" = "二次医療圏"))]
    SecondaryMedicalArea,
    /// A perinatal medical area.
    #[schemars(extend("x-ja" = "周産期医療圏"))]
    PerinatalMedicalArea,
    /// A county.
    #[schemars(extend("x-ja" = "郡"))]
    County,
    /// A city, ward, town or village.
    #[schemars(extend("x-ja" = "市区町村"))]
    Municipality,
    /// A district.
    #[schemars(extend("x-ja" = "地区"))]
    District,
    /// Areas taken together for a table.
    #[schemars(extend("x-ja" = "表のためにまとめた地域（熊本市外など）"))]
    Group,
}

/// A hospital or clinic.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WrittenHospital {
    /// What other files call it, and the name of its page.
    #[schemars(extend("x-ja" = "ほかのファイルから指すときの名。ページの住所にもなる。"))]
    #[schemars(regex(pattern = crate::parse::schema::ID))]
    pub id: String,
    /// Its name.
    #[schemars(extend("x-ja" = "病院の名。"))]
    pub name: Localized,
    /// The name in kana.
    #[schemars(extend("x-ja" = "名の読み（かな）。"))]
    pub reading: Option<String>,
    /// Its part in clinical training.
    #[schemars(extend("x-ja" = "臨床研修での役割。"))]
    pub kind: HospitalKind,
    /// The area it stands in.
    #[schemars(extend("x-ja" = "所在する地域の id。"))]
    pub area: Option<String>,
    /// Its address.
    #[schemars(extend("x-ja" = "住所。"))]
    pub address: Option<Localized>,
    /// Where it stands on the globe.
    #[schemars(extend("x-ja" = "地図上の位置（緯度と経度）。"))]
    pub point: Option<Point>,
    /// How many beds it has.
    #[schemars(extend("x-ja" = "病床数。"))]
    pub beds: Option<u32>,
    /// Its departments.
    #[serde(default)]
    #[schemars(extend("x-ja" = "診療科。"))]
    pub departments: Vec<Localized>,
    /// What it is designated as.
    #[serde(default)]
    #[schemars(extend("x-ja" = "指定（災害拠点病院など）。"))]
    pub designations: Vec<Localized>,
    /// How many trainees it takes a year.
    #[schemars(extend("x-ja" = "1 年に受け入れる研修医の数。"))]
    pub trainee_places: Option<u32>,
    /// Its website.
    #[schemars(extend("x-ja" = "病院のウェブサイト。"))]
    pub url: Option<String>,
    /// Its telephone number.
    #[schemars(extend("x-ja" = "電話番号。"))]
    pub phone: Option<String>,
    /// Its mail address.
    #[schemars(extend("x-ja" = "メールアドレス。"))]
    pub email: Option<String>,
    /// How to come and see it.
    #[schemars(extend("x-ja" = "見学のしかた。"))]
    pub visit: Option<Localized>,
    /// Two sentences about it.
    #[schemars(extend("x-ja" = "二文ほどの紹介。"))]
    pub summary: Option<Localized>,
    /// What must be said about the figures.
    #[schemars(extend("x-ja" = "数値についての注意書き。"))]
    pub note: Option<Localized>,
    /// Where the figures are from.
    #[schemars(extend("x-ja" = "数値の出典。"))]
    pub source: Option<Localized>,
    /// The day of the figures.
    #[serde(default, deserialize_with = "date::optional")]
    #[schemars(schema_with = "date::schema")]
    #[schemars(extend("x-ja" = "数値の時点（日付）。"))]
    pub as_of: Option<Date>,
    /// Whether it is invented, as an example.
    #[serde(default)]
    #[schemars(extend("x-ja" = "見本（架空のもの）かどうか。"))]
    pub sample: bool,
    /// Other names under which tables have it.
    #[serde(default)]
    #[schemars(extend("x-ja" = "表の中で使われる別の名。"))]
    pub aliases: Vec<String>,
}

/// A hospital's part in clinical training.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum HospitalKind {
    /// A core hospital of clinical training.
    #[schemars(extend("x-ja" = "基幹型臨床研修病院"))]
    Core,
    /// A cooperating hospital of clinical training.
    #[schemars(extend("x-ja" = "協力型臨床研修病院"))]
    Cooperating,
    /// An affiliated institution of clinical training.
    #[schemars(extend("x-ja" = "臨床研修協力施設"))]
    Affiliated,
    /// Any other hospital.
    #[schemars(extend("x-ja" = "そのほかの病院"))]
    Hospital,
    /// A clinic.
    #[schemars(extend("x-ja" = "診療所"))]
    Clinic,
}

/// A place on the globe, in degrees.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Point {
    /// North is positive.
    #[schemars(extend("x-ja" = "緯度（北が正）。"))]
    #[schemars(range(min = -90.0, max = 90.0))]
    pub lat: f64,
    /// East is positive.
    #[schemars(extend("x-ja" = "経度（東が正）。"))]
    #[schemars(range(min = -180.0, max = 180.0))]
    pub lon: f64,
}

/// A measure with its values.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(extend("allOf" = schema::ways_to_values()))]
pub struct WrittenIndicator {
    /// Its name in formulas.
    #[schemars(extend("x-ja" = "式の中での名。"))]
    #[schemars(regex(pattern = crate::parse::schema::WORD))]
    pub id: String,
    /// What it measures.
    #[schemars(extend("x-ja" = "何を測ったものか。"))]
    pub name: Localized,
    /// What it is counted in.
    #[schemars(extend("x-ja" = "単位。"))]
    pub unit: Localized,
    /// Where the values are from. A derived indicator has the sources of what it is derived from.
    #[schemars(extend("x-ja" = "出典。式で導く指標では省ける（もとの指標の出典になる）。"))]
    pub source: Option<Localized>,
    /// The state of the values.
    #[schemars(extend("x-ja" = "値の時点。式で導く指標では省ける。"))]
    pub as_of: Option<Period>,
    /// What must be said about them.
    #[schemars(extend("x-ja" = "値についての注意書き。"))]
    pub note: Option<Localized>,
    /// With how many decimals they are printed; without it, with as many as were written.
    #[schemars(extend("x-ja" = "小数点以下の桁数。省けば書かれたとおり。"))]
    #[schemars(range(max = 12))]
    pub precision: Option<u32>,
    /// In which direction they are better.
    #[schemars(extend("x-ja" = "どちら向きがよいか。"))]
    pub better: Option<Better>,
    /// The day by which new values are to be put in.
    #[serde(default, deserialize_with = "date::optional")]
    #[schemars(schema_with = "date::schema")]
    #[schemars(extend("x-ja" = "新しい値を入れる予定の日付。"))]
    pub next_update: Option<Date>,
    /// The last day on which these are to be shown as if they were current.
    #[serde(default, deserialize_with = "date::optional")]
    #[schemars(schema_with = "date::schema")]
    #[schemars(extend("x-ja" = "今の値として見せてよい最後の日付。"))]
    pub valid_until: Option<Date>,
    /// Whether counts below the threshold of the site are kept back.
    #[serde(default)]
    #[schemars(extend("x-ja" = "サイトの基準より小さい数を伏せるか。"))]
    pub small_numbers: bool,
    /// What the rows are.
    #[serde(default)]
    #[schemars(extend("x-ja" = "行が何か（地域か病院か）。"))]
    pub over: Over,
    /// What the columns of `values` are.
    #[schemars(extend("x-ja" = "values の列の時点。"))]
    #[schemars(length(min = 1), extend("uniqueItems" = true))]
    pub periods: Option<Vec<Period>>,
    /// The rows: the name of an area or hospital, then a cell for each period.
    #[schemars(extend("x-ja" = "行: 地域か病院の名と、時点ごとの値。"))]
    pub values: Option<Rows>,
    /// The file in which the rows stand, where they are not written here.
    #[schemars(extend("x-ja" = "行をここに書かないときの、表のファイル（CSV かワークブック）。"))]
    pub table: Option<WrittenSheet>,
    /// How the values come about, instead of the values.
    #[schemars(extend("x-ja" = "値の代わりに、値を導く式。"))]
    pub formula: Option<String>,
    /// The same values as they are printed: the indicator that has them, or a table of them.
    #[schemars(extend("x-ja" = "同じ値を印刷されたまま持つ指標の id、または印刷された値の表。"))]
    pub printed: Option<Printed>,
    /// The indicator whose printed ranks the values are.
    #[schemars(extend("x-ja" = "値がその順位である指標。"))]
    pub rank_of: Option<RankOf>,
    /// What must hold for the values.
    #[serde(default)]
    #[schemars(extend("x-ja" = "値について成り立つべきこと。"))]
    pub checks: Vec<WrittenCheck>,
}

/// In which direction values are better.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Better {
    /// More is better.
    #[schemars(extend("x-ja" = "多いほどよい"))]
    Higher,
    /// Less is better.
    #[schemars(extend("x-ja" = "少ないほどよい"))]
    Lower,
}

/// What the rows of a table are.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Over {
    /// Areas.
    #[default]
    #[schemars(extend("x-ja" = "地域"))]
    Areas,
    /// Hospitals.
    #[schemars(extend("x-ja" = "病院"))]
    Hospitals,
}

/// The rows of a table in the order written.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Rows(pub Vec<(String, Vec<WrittenCell>)>);

/// A cell as written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WrittenCell {
    content: Content,
    mark: Option<Mark>,
    /// Whether it is written as `{value: …, mark: …}`, so that the value stands one step further in.
    in_braces: bool,
}

/// What stands in a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Content {
    Integer(Decimal),
    /// Its decimals are lost to binary; the source still has them.
    Float(String),
    Text(String),
    Empty,
    Other,
}

/// What a value is known to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Mark {
    /// An estimate.
    #[schemars(extend("x-ja" = "推計値"))]
    Estimated,
    /// A revised value.
    #[schemars(extend("x-ja" = "改定値"))]
    Revised,
    /// Counted in another way than the values before it.
    #[schemars(extend("x-ja" = "前の値と数え方が違う"))]
    Broken,
}

/// Why there is no value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Missing {
    /// `—`: there is nothing to count.
    NotApplicable,
    /// `…`: not counted, or not published.
    NotAvailable,
    /// `x`: kept back, to protect the few who are counted.
    Suppressed,
}

impl Missing {
    /// The sign that official tables have for it.
    pub fn sign(self) -> &'static str {
        match self {
            Missing::NotApplicable => "—",
            Missing::NotAvailable => "…",
            Missing::Suppressed => "x",
        }
    }
}

/// A number, or why there is none.
pub type Amount = Result<Decimal, Missing>;

/// A cell, understood.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Cell {
    /// The number.
    pub amount: Amount,
    /// What is known about it.
    pub mark: Option<Mark>,
}

impl Cell {
    /// What stands where a table has no such row or column.
    pub const ABSENT: Cell = Cell { amount: Err(Missing::NotAvailable), mark: None };
}

/// Where what is built in seems to stand: below no folder of a site.
pub const BUILT_IN: &str = "kairan/";

/// The departments and rules that every site knows, in files like its own.
pub fn built_in() -> &'static [Arc<DataDocument>] {
    static DOCUMENTS: LazyLock<Vec<Arc<DataDocument>>> = LazyLock::new(|| {
        let files = [
            ("kairan/departments.yaml", include_str!("data/built_in/departments.yaml")),
            ("kairan/rules.yaml", include_str!("data/built_in/rules.yaml")),
        ];
        let read = |(path, text): (&str, &str)| document(&Source::new(path, text.as_bytes())).value.map(Arc::new);
        files.into_iter().filter_map(read).collect()
    });
    &DOCUMENTS
}

/// Reads a data file.
pub fn document(source: &Source) -> Checked<Option<DataDocument>> {
    let text = match source.text() {
        Ok(text) => text,
        Err(finding) => return Checked::new(None, vec![finding]),
    };
    let skipped = source.bytes.len() - text.len();
    let mut findings = Vec::new();
    let Some(read) = tree::read::<File>(&source.path, text, skipped).take(&mut findings) else {
        return Checked::new(None, gap_in_row(&source.path, text, skipped).map_or(findings, |gap| vec![gap]));
    };
    let (file, spans) = (read.value, read.spans);
    let present = [
        file.areas.is_some(),
        file.hospitals.is_some(),
        file.indicators.is_some(),
        file.flows.is_some(),
        file.tables.is_some(),
        file.events.is_some(),
        file.people.is_some(),
        file.postings.is_some(),
        file.terms.is_some(),
        file.programmes.is_some(),
        file.departments.is_some(),
        file.rule_sets.is_some(),
    ];
    let mut kinds = KINDS.into_iter().zip(present).filter(|(_, present)| *present).map(|(kind, _)| kind);
    match (kinds.next(), kinds.next()) {
        (None, _) if findings.is_empty() && file.checks.is_none() => {
            findings.push(data::no_kind(Span::file(&source.path), &KINDS))
        }
        (Some(first), Some(second)) => {
            findings.push(data::several_kinds(spans.key(second), second, spans.key(first), first));
        }
        _ => {}
    }
    let document = DataDocument {
        path: source.path.clone(),
        spans,
        areas: file.areas.unwrap_or_default(),
        hospitals: file.hospitals.unwrap_or_default(),
        indicators: file.indicators.unwrap_or_default(),
        checks: file.checks.unwrap_or_default(),
        flows: file.flows.unwrap_or_default(),
        tables: file.tables.unwrap_or_default(),
        events: file.events.unwrap_or_default(),
        people: file.people.unwrap_or_default(),
        postings: file.postings.unwrap_or_default(),
        terms: file.terms.unwrap_or_default(),
        programmes: file.programmes.unwrap_or_default(),
        departments: file.departments.unwrap_or_default(),
        rule_sets: file.rule_sets.unwrap_or_default(),
    };
    Checked::new(Some(document), findings)
}

/// The most frequent reason for which a table is no YAML: a cell left empty, `[12, , 14]`.
fn gap_in_row(path: &Arc<str>, text: &str, offset: usize) -> Option<Diagnostic> {
    let mut before = ' ';
    for (at, character) in text.char_indices().filter(|(_, character)| !matches!(character, ' ' | '\t')) {
        if character == ',' && matches!(before, '[' | ',') {
            return Some(data::empty_cell(Span::new(path, offset + at, offset + at + 1)));
        }
        before = character;
    }
    None
}

impl DataDocument {
    /// The cells of the row at `row` of the indicator at `path`, understood. What is no number becomes a missing one.
    pub fn cells(&self, path: &str, table: &WrittenIndicator, row: usize) -> Checked<Vec<Cell>> {
        let Some((name, written)) = table.values.as_ref().and_then(|rows| rows.0.get(row)) else {
            return Checked::clean(Vec::new());
        };
        let path = format!("{path}.values.{name}");
        let in_percent = table.unit.texts().any(|unit| unit.contains(['%', '％']));
        let mut findings = Vec::new();
        let mut cells = Vec::with_capacity(written.len());
        let mut sources = self.spans.items(&path);
        for (column, cell) in written.iter().enumerate() {
            let source = sources.next().unwrap_or_default();
            let place = || {
                let place = format!("{path}[{column}]");
                if cell.in_braces { place + ".value" } else { place }
            };
            let written = || if cell.in_braces { self.spans.source(&place()) } else { source };
            let amount = cell.amount_of(&self.spans, &written, &place, in_percent).unwrap_or_else(|finding| {
                findings.push(finding);
                Err(Missing::NotAvailable)
            });
            cells.push(Cell { amount, mark: cell.mark });
        }
        let expected = table.periods.as_ref().map_or(0, Vec::len);
        if cells.len() != expected {
            let right = with_commas_in_order(self.spans.source(&path), expected);
            if right.is_some() {
                // The commas are the one mistake, however its pieces read.
                findings.clear();
            }
            findings.push(data::row_length(self.spans.key(&path), name, cells.len(), expected, right));
            // Nobody can tell which of the cells is missing, so none is believed.
            cells = vec![Cell::ABSENT; expected];
        }
        Checked::new(cells, findings)
    }
}

/// How a row would be written whose commas are the cause of its length: `[1,204, 1,237]`, `[312、308]`.
fn with_commas_in_order(row: &str, expected: usize) -> Option<String> {
    let inner = row.strip_prefix('[')?.strip_suffix(']')?;
    let inner = inner.replace(['、', '，'], ", ");
    let parts: Vec<&str> = inner.split(", ").map(str::trim).filter(|part| !part.is_empty()).collect();
    let number = |part: &&str| cell::number(part).is_ok();
    if parts.len() != expected || !parts.iter().all(number) {
        return None;
    }
    let quoted = |part: &&str| if part.contains(',') { format!("\"{part}\"") } else { (*part).to_owned() };
    Some(format!("[{}]", parts.iter().map(quoted).collect::<Vec<_>>().join(", ")))
}

impl WrittenCell {
    fn amount(&self, spans: &Spans, place: &dyn Fn() -> String, in_percent: bool) -> Result<Amount, Diagnostic> {
        self.amount_of(spans, &|| spans.source(&place()), place, in_percent)
    }

    /// `source` is the cell as written, where that is known already.
    fn amount_of<'s>(
        &self,
        spans: &'s Spans,
        source: &dyn Fn() -> &'s str,
        place: &dyn Fn() -> String,
        in_percent: bool,
    ) -> Result<Amount, Diagnostic> {
        let read =
            |text: &str| cell::amount(text, in_percent).map_err(|fault| fault.finding(spans.value(&place()), text));
        match &self.content {
            Content::Integer(number) => Ok(Ok(*number)),
            Content::Float(nearest) => match cell::number(source()) {
                Ok(number) => Ok(Ok(number)),
                // Behind an anchor, say: the nearest binary number is what is left.
                Err(_) => read(nearest),
            },
            Content::Text(text) => read(text),
            Content::Empty => Err(data::empty_cell(spans.value(&place()))),
            Content::Other => Err(syntax::wrong_type(
                spans.value(&place()),
                &place(),
                spans.source(&place()).lines().next().unwrap_or_default(),
                data::expected_cell(),
            )),
        }
    }
}

impl<'de> Deserialize<'de> for WrittenCell {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<WrittenCell, D::Error> {
        deserializer.deserialize_any(CellVisitor)
    }
}

/// The long form of a cell.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CellInBraces {
    value: WrittenCell,
    mark: Option<Mark>,
}

struct CellVisitor;

impl CellVisitor {
    fn cell(content: Content) -> WrittenCell {
        WrittenCell { content, mark: None, in_braces: false }
    }
}

impl<'de> Visitor<'de> for CellVisitor {
    type Value = WrittenCell;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("数値か、値がない理由の記号（—、…、x）\u{1f}a number, or a sign for its absence (—, …, x)")
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<WrittenCell, E> {
        Ok(Self::cell(Content::Integer(number.into())))
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<WrittenCell, E> {
        Ok(Self::cell(Content::Integer(number.into())))
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<WrittenCell, E> {
        Ok(Self::cell(Content::Float(number.to_string())))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<WrittenCell, E> {
        Ok(Self::cell(Content::Text(text.to_owned())))
    }

    fn visit_bool<E: Error>(self, truth: bool) -> Result<WrittenCell, E> {
        Ok(Self::cell(Content::Text(truth.to_string())))
    }

    fn visit_unit<E: Error>(self) -> Result<WrittenCell, E> {
        Ok(Self::cell(Content::Empty))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<WrittenCell, A::Error> {
        while items.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Self::cell(Content::Other))
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<WrittenCell, A::Error> {
        let braces = CellInBraces::deserialize(MapAccessDeserializer::new(map))?;
        let content = if braces.value.in_braces { Content::Other } else { braces.value.content };
        Ok(WrittenCell { content, mark: braces.mark, in_braces: true })
    }
}

impl<'de> Deserialize<'de> for Rows {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Rows, D::Error> {
        deserializer.deserialize_map(RowsVisitor)
    }
}

struct RowsVisitor;

impl<'de> Visitor<'de> for RowsVisitor {
    type Value = Rows;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("行の集まり（`地域: [値, 値]` の行）\u{1f}rows (lines of `area: [value, value]`)")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Rows, A::Error> {
        let mut rows = Vec::new();
        while let Some(Name(name)) = map.next_key()? {
            rows.push((name, map.next_value()?));
        }
        Ok(Rows(rows))
    }
}

/// The name of a row: an official code without quotes is a number to YAML.
struct Name(String);

impl<'de> Deserialize<'de> for Name {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Name, D::Error> {
        deserializer.deserialize_any(NameVisitor)
    }
}

struct NameVisitor;

impl Visitor<'_> for NameVisitor {
    type Value = Name;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("地域か病院の名前\u{1f}the name of an area or a hospital")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Name, E> {
        Ok(Name(text.to_owned()))
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<Name, E> {
        Ok(Name(number.to_string()))
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<Name, E> {
        Ok(Name(number.to_string()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Checked<Option<DataDocument>> {
        document(&Source::new("content/data/a.yaml", text.as_bytes()))
    }

    fn found(text: &str, findings: &[Diagnostic]) -> Vec<(String, String)> {
        let place = |finding: &Diagnostic| {
            let span = finding.primary.as_ref().map(|label| (label.span.start, label.span.end));
            span.and_then(|(start, end)| text.get(start..end)).unwrap_or("?").to_owned()
        };
        findings.iter().map(|finding| (finding.code.clone(), place(finding))).collect()
    }

    const HEAD: &str =
        "indicators:\n  - id: physicians\n    name: 医師\n    unit: 人\n    source: 調査\n    as_of: 2018-12-31\n";

    fn cells(row: &str, periods: &str) -> (Vec<Cell>, Vec<(String, String)>) {
        let text = format!("{HEAD}    periods: {periods}\n    values:\n      kumamoto: {row}\n");
        let checked = read(&text);
        assert_eq!(checked.findings, []);
        let cells = {
            let document = checked.value.expect("a document");
            document.cells("indicators[0]", &document.indicators[0], 0)
        };
        (cells.value, found(&text, &cells.findings))
    }

    #[test]
    fn cells_keep_their_decimals_as_written() {
        let (cells, findings) =
            cells("[289.8, 0.0, 219.00, 5091, -4, \"▲ 4\"]", "[2008, 2010, 2012, 2014, 2016, 2018]");
        let texts: Vec<String> =
            cells.iter().map(|cell| cell.amount.map_or("?".into(), |number| number.to_string())).collect();
        assert_eq!(
            (texts, findings),
            (["289.8", "0.0", "219.00", "5091", "-4", "-4"].map(String::from).to_vec(), vec![])
        );
    }

    #[test]
    fn missing_values_say_why() {
        let (cells, findings) = cells("[—, …, x, -]", "[2008, 2010, 2012, 2014]");
        let amounts: Vec<Amount> = cells.iter().map(|cell| cell.amount).collect();
        let expected = [Missing::NotApplicable, Missing::NotAvailable, Missing::Suppressed, Missing::NotApplicable];
        assert_eq!((amounts, findings), (expected.map(Err).to_vec(), vec![]));
    }

    #[test]
    fn marks_stand_in_braces() {
        let (cells, findings) = cells("[{value: 1.50, mark: estimated}, {value: x}]", "[2008, 2010]");
        assert_eq!(findings, []);
        assert_eq!(cells[0], Cell { amount: Ok(Decimal::new(150, 2)), mark: Some(Mark::Estimated) });
        assert_eq!(cells[1], Cell { amount: Err(Missing::Suppressed), mark: None });
    }

    #[test]
    fn wrong_cells_are_pointed_at() {
        let (_, findings) = cells("[null, 5091人, .nan, \"1,23\", [3], 1e400]", "[2008, 2010, 2012, 2014, 2016, 2018]");
        let codes: Vec<&str> = findings.iter().map(|(code, _)| code.as_str()).collect();
        assert_eq!(
            codes,
            ["empty-cell", "not-a-number", "not-a-number", "thousands-comma", "wrong-type", "number-too-large"]
        );
        assert_eq!(findings[1].1, "5091人");
    }

    #[test]
    fn a_gap_in_a_row_is_an_empty_cell() {
        let text = format!("{HEAD}    periods: [2008, 2010, 2012]\n    values:\n      kumamoto: [1, , 3]\n");
        assert_eq!(found(&text, &read(&text).findings), [("empty-cell".to_owned(), ",".to_owned())]);
    }

    #[test]
    fn rows_of_another_length_are_not_believed() {
        let (cells, findings) = cells("[1, 2, 3]", "[2008, 2010]");
        assert_eq!(findings, [("row-length".to_owned(), "kumamoto".to_owned())]);
        assert_eq!(cells, [Cell::ABSENT; 2]);
    }

    #[test]
    fn what_is_built_in_has_no_findings() {
        let files = [include_str!("data/built_in/departments.yaml"), include_str!("data/built_in/rules.yaml")];
        files.iter().for_each(|text| assert_eq!(read(text).findings, []));
        assert_eq!(built_in().len(), 2);
    }

    #[test]
    fn a_file_has_one_kind() {
        let two = "areas: []\nhospitals: []\n";
        assert_eq!(found(two, &read(two).findings), [("several-kinds".to_owned(), "hospitals".to_owned())]);
        assert_eq!(read("# nothing\n").findings[0].code, "no-kind");
        let typo = "area:\n  - {id: a}\n";
        assert_eq!(found(typo, &read(typo).findings), [("unknown-field".to_owned(), "area".to_owned())]);
    }
}
