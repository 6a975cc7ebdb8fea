//! What stands between the `---` lines at the top of a page.

use std::sync::Arc;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_yaml::Mapping;

use crate::diagnostic::{Checked, Span, page};
use crate::parse::date;
use crate::parse::tree::{self, Spans};

/// The front matter of a page, as written.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct FrontMatter {
    /// The heading of the page. May hold values from the data.
    pub title: Option<String>,
    /// One or two sentences for lists, search engines and previews. May hold values from the data.
    pub description: Option<String>,
    /// The day of publication.
    #[serde(deserialize_with = "date::optional")]
    pub date: Option<Date>,
    /// The day of the last change that a reader should know of.
    #[serde(deserialize_with = "date::optional")]
    pub updated: Option<Date>,
    /// Not published unless `--drafts` is given.
    pub draft: bool,
    /// The last part of the address, in place of the file's name.
    pub slug: Option<String>,
    /// Former addresses, from which readers are sent here.
    pub aliases: Vec<String>,
    /// What kind of article it is: picks the template and the structured data.
    pub kind: Option<Kind>,
    /// The template, where it is not the kind's own.
    pub template: Option<String>,
    /// Words under which the page is listed, by language.
    pub tags: Vec<String>,
    /// The series that the page is a part of.
    pub series: Option<String>,
    /// Who wrote it.
    pub authors: Vec<String>,
    /// The place among its neighbours: lower comes first.
    pub weight: Option<i64>,
    /// The picture for lists and previews.
    pub cover: Option<Cover>,
    /// Hospitals that the page is about, by id.
    pub hospitals: Vec<String>,
    /// Areas that the page is about, by id.
    pub areas: Vec<String>,
    /// The programme that the page is about, by id.
    pub programme: Option<String>,
    /// People who appear on the page, by id.
    pub people: Vec<String>,
    /// The event that the page is about, by id.
    pub event: Option<String>,
    /// The day by which the page is to be looked at again.
    #[serde(deserialize_with = "date::optional")]
    pub next_update: Option<Date>,
    /// The last day on which the page holds: after it, it leaves lists and feeds.
    #[serde(deserialize_with = "date::optional")]
    pub valid_until: Option<Date>,
    /// Whether terms of the glossary are linked on this page; they are where nothing is said.
    pub terms: Option<bool>,
    /// What joins translations whose file names differ.
    pub translation_key: Option<String>,
    /// Whether `$…$` is math on this page, in place of the site's rule.
    pub math: Option<bool>,
    /// A section's theme, in place of the site's.
    pub theme: Option<String>,
    /// A section's order of pages.
    pub sort: Option<Sort>,
    /// How many pages a section lists at a time.
    pub paginate_by: Option<usize>,
    /// Anything that the theme reads. Texts may hold values from the data.
    pub extra: Mapping,
    /// Where the fields stand.
    #[serde(skip)]
    pub spans: Spans,
}

/// What kind of article a page is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// 特集
    Feature,
    /// インタビュー
    Interview,
    /// 勉強会
    Session,
    /// プログラム
    Programme,
    /// お知らせ
    News,
    /// レポート
    Report,
    /// Any other page.
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
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Sort {
    /// Newest first.
    Date,
    /// By `weight`, lowest first; then newest first.
    Weight,
    /// By title, in the order of the language.
    Title,
}

/// A page's picture.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Cover {
    /// The file, relative to the page. A translation may leave it to its original.
    pub src: Option<String>,
    /// What a reader who can't see it is told.
    pub alt: Option<String>,
    /// Who made it.
    pub credit: Option<String>,
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
        return Checked::new(FrontMatter::default(), vec![page::unclosed_front_matter(span)]);
    }
    let read = tree::read::<FrontMatter>(path, split.yaml, split.yaml_offset + skipped);
    read.map(|found| match found {
        Some(found) => FrontMatter { spans: found.spans, ..found.value },
        None => FrontMatter { spans: Spans::nowhere(path), ..FrontMatter::default() },
    })
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
