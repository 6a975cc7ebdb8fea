//! What stands between the `---` lines at the top of a page.

use std::sync::Arc;

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value as Json};
use serde_yaml::Mapping;

use crate::diagnostic::{Checked, Span, page};
use crate::parse::date;
use crate::parse::issue::Issue;
use crate::parse::tree::{self, Spans};

/// The front matter of a page, as written.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct FrontMatter {
    /// The heading of the page. May hold values from the data.
    #[schemars(extend("x-ja" = "ページの題。データの値を入れられる。"))]
    pub title: Option<String>,
    /// The title in kana, by which the page is found.
    #[schemars(extend("x-ja" = "題の読み（かな）。検索に使う。"))]
    pub reading: Option<String>,
    /// One or two sentences for lists, search engines and previews. May hold values from the data.
    #[schemars(extend("x-ja" = "一文か二文の説明。一覧や検索結果に出る。データの値を入れられる。"))]
    pub description: Option<String>,
    /// The day of publication.
    #[serde(deserialize_with = "date::optional")]
    #[schemars(schema_with = "date::schema")]
    #[schemars(extend("x-ja" = "公開の日付。"))]
    pub date: Option<Date>,
    /// The day of the last change that a reader should know of.
    #[serde(deserialize_with = "date::optional")]
    #[schemars(schema_with = "date::schema")]
    #[schemars(extend("x-ja" = "読者に知らせるべき最後の更新の日付。"))]
    pub updated: Option<Date>,
    /// Not published unless `--drafts` is given.
    #[schemars(extend("x-ja" = "下書き。--drafts を付けたときだけ出る。"))]
    pub draft: bool,
    /// The last part of the address, in place of the file's name.
    #[schemars(extend("x-ja" = "住所の最後の部分。省けばファイルの名。"))]
    pub slug: Option<String>,
    /// Former addresses, from which readers are sent here.
    #[schemars(extend("x-ja" = "以前の住所。そこに来た読者をこのページへ送る。"))]
    pub aliases: Vec<String>,
    /// What kind of article it is: picks the template and the structured data.
    #[schemars(extend("x-ja" = "記事の種類。型と構造化データが決まる。"))]
    pub kind: Option<Kind>,
    /// The template, where it is not the kind's own.
    #[schemars(extend("x-ja" = "型。種類に合った型でないものを使うとき。"))]
    pub template: Option<String>,
    /// Words under which the page is listed, by language.
    #[schemars(extend("x-ja" = "見出し語。言語ごとに書く。"))]
    pub tags: Vec<String>,
    /// The series that the page is a part of.
    #[schemars(extend("x-ja" = "属する連載。"))]
    pub series: Option<String>,
    /// Who wrote it.
    #[schemars(extend("x-ja" = "書いた人。"))]
    pub authors: Vec<String>,
    /// The place among its neighbours: lower comes first.
    #[schemars(extend("x-ja" = "並び順。小さいほど先。"))]
    pub weight: Option<i64>,
    /// The picture for lists and previews.
    #[schemars(extend("x-ja" = "一覧に出る写真や絵。"))]
    pub cover: Option<Cover>,
    /// Hospitals that the page is about, by id.
    #[schemars(extend("x-ja" = "扱う病院の id。"))]
    pub hospitals: Vec<String>,
    /// Areas that the page is about, by id.
    #[schemars(extend("x-ja" = "扱う地域の id。"))]
    pub areas: Vec<String>,
    /// The programme that the page is about, by id.
    #[schemars(extend("x-ja" = "扱うプログラムの id。"))]
    pub programme: Option<String>,
    /// People who appear on the page, by id.
    #[schemars(extend("x-ja" = "登場する人の id。"))]
    pub people: Vec<String>,
    /// The event that the page is about, by id.
    #[schemars(extend("x-ja" = "扱う催しの id。"))]
    pub event: Option<String>,
    /// The day as of which the page holds.
    #[serde(deserialize_with = "date::optional")]
    #[schemars(extend("x-ja" = "内容がいつ現在のものか。"))]
    #[schemars(schema_with = "date::schema")]
    pub as_of: Option<Date>,
    /// The day by which the page is to be looked at again.
    #[serde(deserialize_with = "date::optional")]
    #[schemars(extend("x-ja" = "見直す予定の日付。"))]
    #[schemars(schema_with = "date::schema")]
    pub next_update: Option<Date>,
    /// The last day on which the page holds: after it, it leaves lists and feeds.
    #[serde(deserialize_with = "date::optional")]
    #[schemars(extend("x-ja" = "内容が有効な最後の日付。過ぎると一覧やフィードから外れる。"))]
    #[schemars(schema_with = "date::schema")]
    pub valid_until: Option<Date>,
    /// Whether terms of the glossary are linked on this page; they are where nothing is said.
    #[schemars(extend("x-ja" = "このページで用語集の語にリンクを付けるか。省けば付ける。"))]
    pub terms: Option<bool>,
    /// Whether the page, or all of a section, is found by search; it is where nothing is said.
    #[schemars(extend("x-ja" = "このページ（節ならその中すべて）を検索に出すか。省けば出す。"))]
    pub search: Option<bool>,
    /// What joins translations whose file names differ.
    #[schemars(extend("x-ja" = "名の違うファイルを翻訳どうしとして結ぶ鍵。"))]
    pub translation_key: Option<String>,
    /// Which state of its original a translation was made from. Written by `kairan translations --mark`.
    #[schemars(extend("x-ja" = "もとのページのどの状態から訳したか。kairan translations --mark が書く。"))]
    pub translated_from: Option<String>,
    /// Whether `$…$` is math on this page, in place of the site's rule.
    #[schemars(extend("x-ja" = "このページで $…$ を数式とするか。"))]
    pub math: Option<bool>,
    /// A section's theme, in place of the site's.
    #[schemars(extend("x-ja" = "この節の見た目（テーマ）。"))]
    pub theme: Option<String>,
    /// A section's order of pages.
    #[schemars(extend("x-ja" = "この節の並び順。"))]
    pub sort: Option<Sort>,
    /// How many pages a section lists at a time.
    #[schemars(extend("x-ja" = "一覧一枚に並べる数。"))]
    pub paginate_by: Option<usize>,
    /// How the figures, tables and formulas of a section are numbered.
    #[schemars(extend("x-ja" = "この節の図、表、式の番号の付け方。"))]
    pub numbering: Option<Numbering>,
    /// What makes a section's page an issue of a zine.
    #[schemars(extend("x-ja" = "この節を雑誌の号にする。"))]
    pub issue: Option<Issue>,
    /// On the title page: the issue that it shows, as the path of its page below `content/`.
    #[schemars(extend("x-ja" = "表紙のページが見せる号。content/ から見た道筋。"))]
    pub current_issue: Option<String>,
    /// Whether a section has a print edition on the web; an issue has one where nothing is said.
    #[schemars(extend("x-ja" = "節の印刷版をウェブに出すか。省けば、号は出し、ほかの節は出さない。"))]
    pub print: Option<bool>,
    /// The parts of a home page from top to bottom, in place of the theme's own order.
    #[schemars(extend("x-ja" = "表紙の頁に並べるもの。上から順に書く。省けばテーマの並び。"))]
    pub home: Vec<HomePart>,
    /// Anything that the theme reads. Texts may hold values from the data.
    #[schemars(extend("x-ja" = "テーマが読む自由な項目。データの値を入れられる。"))]
    #[schemars(with = "Map<String, Json>")]
    pub extra: Mapping,
    /// Whether there is a text that could not be read, which is reported: what lacks in it is then no further mistake.
    #[serde(skip)]
    pub broken: bool,
    /// Where the fields stand.
    #[serde(skip)]
    pub spans: Spans,
}

/// One part of a home page.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct HomePart {
    /// What it is.
    #[schemars(extend("x-ja" = "何を置くか。"))]
    pub kind: HomeKind,
    /// Its heading, where it is not the usual one. May hold values from the data.
    #[serde(default)]
    #[schemars(extend("x-ja" = "見出し。省けばいつもの見出し。データの値を入れられる。"))]
    pub title: Option<String>,
    /// A few words above the heading.
    #[serde(default)]
    #[schemars(extend("x-ja" = "見出しの上の小さなことば。"))]
    pub label: Option<String>,
    /// The section whose pages it lists.
    #[serde(default)]
    #[schemars(extend("x-ja" = "並べるページの節。"))]
    pub of: Option<String>,
    /// In which order it lists them.
    #[serde(default)]
    #[schemars(extend("x-ja" = "並び順。"))]
    pub sort: Option<Sort>,
    /// At most so many of them.
    #[serde(default)]
    #[schemars(extend("x-ja" = "最も多くていくつ並べるか。"))]
    pub limit: Option<usize>,
}

/// What a part of a home page is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum HomeKind {
    /// The name, the headline and the way in.
    #[schemars(extend("x-ja" = "題字と見出し、入り口"))]
    Cover,
    /// The text of the page itself, with its panels.
    #[schemars(extend("x-ja" = "この頁の本文と図表"))]
    Text,
    /// Large numbers, of `extra.numbers`.
    #[schemars(extend("x-ja" = "大きな数字（extra.numbers）"))]
    Numbers,
    /// The contents of the issue.
    #[schemars(extend("x-ja" = "号の目次"))]
    Contents,
    /// Pages of a section.
    #[schemars(extend("x-ja" = "一つの節のページ"))]
    Pages,
    /// Features.
    #[schemars(extend("x-ja" = "特集"))]
    Features,
    /// Interviews.
    #[schemars(extend("x-ja" = "インタビュー"))]
    Voices,
    /// Reports.
    #[schemars(extend("x-ja" = "レポート"))]
    Reports,
    /// News.
    #[schemars(extend("x-ja" = "お知らせ"))]
    News,
    /// A way in several steps, of `extra.steps`.
    #[schemars(extend("x-ja" = "段階に分けた道すじ（extra.steps）"))]
    Steps,
    /// Programmes.
    #[schemars(extend("x-ja" = "研修プログラム"))]
    Programmes,
    /// The next dates.
    #[schemars(extend("x-ja" = "締め切りと予定"))]
    Dates,
    /// Open postings.
    #[schemars(extend("x-ja" = "募集中のもの"))]
    Postings,
    /// Hospitals by area.
    #[schemars(extend("x-ja" = "地域ごとの病院"))]
    Hospitals,
    /// A last word, of `extra.notice`.
    #[schemars(extend("x-ja" = "断り書き（extra.notice）"))]
    Notice,
}

impl HomeKind {
    /// The name as written.
    pub fn name(self) -> &'static str {
        match self {
            HomeKind::Cover => "cover",
            HomeKind::Text => "text",
            HomeKind::Numbers => "numbers",
            HomeKind::Contents => "contents",
            HomeKind::Pages => "pages",
            HomeKind::Features => "features",
            HomeKind::Voices => "voices",
            HomeKind::Reports => "reports",
            HomeKind::News => "news",
            HomeKind::Steps => "steps",
            HomeKind::Programmes => "programmes",
            HomeKind::Dates => "dates",
            HomeKind::Postings => "postings",
            HomeKind::Hospitals => "hospitals",
            HomeKind::Notice => "notice",
        }
    }
}

/// How figures, tables and formulas are numbered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Numbering {
    /// On each page anew.
    #[schemars(extend("x-ja" = "頁ごとに1から"))]
    Page,
    /// Through all pages of the section, in their order.
    #[schemars(extend("x-ja" = "節の頁を並び順に通して"))]
    Report,
}

/// What kind of article a page is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// A feature.
    #[schemars(extend("x-ja" = "特集"))]
    Feature,
    /// An interview.
    #[schemars(extend("x-ja" = "インタビュー"))]
    Interview,
    /// A session.
    #[schemars(extend("x-ja" = "勉強会"))]
    Session,
    /// A programme.
    #[schemars(extend("x-ja" = "プログラム"))]
    Programme,
    /// News.
    #[schemars(extend("x-ja" = "お知らせ"))]
    News,
    /// A report.
    #[schemars(extend("x-ja" = "レポート"))]
    Report,
    /// Any other page.
    #[schemars(extend("x-ja" = "そのほかのページ"))]
    Page,
}

impl Kind {
    /// The name as written in front matter: also that of its template.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Feature => "feature",
            Kind::Interview => "interview",
            Kind::Session => "session",
            Kind::Programme => "programme",
            Kind::News => "news",
            Kind::Report => "report",
            Kind::Page => "page",
        }
    }
}

/// The order of a section's pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Sort {
    /// Newest first.
    #[schemars(extend("x-ja" = "新しい順"))]
    Date,
    /// By `weight`, lowest first; then newest first.
    #[schemars(extend("x-ja" = "weight の小さい順、同じなら新しい順"))]
    Weight,
    /// By title, in the order of the language.
    #[schemars(extend("x-ja" = "題の順（その言語の並び）"))]
    Title,
}

/// A page's picture.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Cover {
    /// The file, relative to the page. A translation may leave it to its original.
    #[schemars(extend("x-ja" = "ファイル。ページから見た道筋。翻訳では省ける。"))]
    pub src: Option<String>,
    /// What a reader who can't see it is told.
    #[schemars(extend("x-ja" = "見えない人に伝えること。"))]
    pub alt: Option<String>,
    /// Who made it.
    #[schemars(extend("x-ja" = "作った人。"))]
    pub credit: Option<String>,
    /// What must stay to be seen where lists show a part of it: `30% 60%` from the left and the top, or `top left`.
    #[schemars(extend("x-ja" = "一覧で切り抜くときの中心。左からと上からの割合（30% 60%）か、top left など。"))]
    pub focus: Option<String>,
}

/// A text taken apart at its `---` lines.
pub struct Split<'t> {
    /// What stands between them.
    pub yaml: &'t str,
    /// Where that begins.
    pub yaml_offset: usize,
    /// What stands below them.
    pub markdown: &'t str,
    /// Where that begins.
    pub markdown_offset: usize,
    /// Whether the second line is missing.
    pub unclosed: bool,
}

/// Takes a text apart at its `---` lines.
pub fn split(text: &str) -> Split<'_> {
    let whole = Split { yaml: "", yaml_offset: 0, markdown: text, markdown_offset: 0, unclosed: false };
    let mut lines = text.split_inclusive('\n');
    let Some(first) = lines.next().filter(|line| line.trim_end() == "---") else { return whole };
    let mut end = first.len();
    for line in lines {
        if line.trim_end() == "---" {
            let start = end + line.len();
            let (yaml, markdown) = (&text[first.len()..end], &text[start..]);
            return Split { yaml, yaml_offset: first.len(), markdown, markdown_offset: start, unclosed: false };
        }
        end += line.len();
    }
    Split { yaml: &text[first.len()..], yaml_offset: first.len(), markdown: "", markdown_offset: end, unclosed: true }
}

/// Reads front matter. `offset` is where `yaml` begins in its file.
pub fn parse(path: &Arc<str>, split: &Split<'_>, skipped: usize) -> Checked<FrontMatter> {
    if split.unclosed {
        let span = Span::new(path, skipped, skipped + 3);
        return Checked::new(FrontMatter::broken(path), vec![page::unclosed_front_matter(span)]);
    }
    let read = tree::read::<FrontMatter>(path, split.yaml, split.yaml_offset + skipped);
    read.map(|found| match found {
        Some(found) => FrontMatter { spans: found.spans, ..found.value },
        None => FrontMatter::broken(path),
    })
}

impl FrontMatter {
    /// That of a page whose text can't be read.
    pub fn broken(path: &Arc<str>) -> FrontMatter {
        FrontMatter { broken: true, spans: Spans::nowhere(path), ..FrontMatter::default() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn front_matter_ends_at_the_second_line() {
        let split = split("---\r\ntitle: 題\r\n---\r\n本文\n---\n");
        assert_eq!((split.yaml, split.yaml_offset), ("title: 題\r\n", 5));
        assert_eq!(split.markdown, "本文\n---\n");
        assert_eq!(super::split("本文").markdown, "本文");
        assert!(super::split("---\ntitle: a\n").unclosed);
    }

    #[test]
    fn fields_are_read_with_their_places() {
        let text = "---\ntitle: 2023\ndate: 2023-02-30\nextra: {a: 1}\n---\n";
        let checked = parse(&"a.md".into(), &split(text), 0);
        assert_eq!(checked.value.title.as_deref(), Some("2023"));
        let codes: Vec<&str> = checked.findings.iter().map(|finding| finding.code.as_str()).collect();
        assert_eq!(codes, ["invalid-date"]);
        let span = checked.value.spans.value("date");
        assert_eq!(&text[span.start..span.end], "2023-02-30");
    }
}
