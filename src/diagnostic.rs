//! What Kairan finds wrong, as values.
//!
//! A stage never prints and never stops at the first problem: it returns [`Checked<T>`], a value together with its
//! findings. Each finding is made by one named constructor in a submodule here, so that a family of findings reads as
//! one page and every place that can complain is found by searching for `diagnostic::`.

use std::collections::BTreeSet;
use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

pub mod accessibility;
pub mod bars;
pub mod data;
pub mod easy;
pub mod events;
pub mod figures;
pub mod freshness;
pub mod glossary;
pub mod issue;
pub mod look;
pub mod machine_readable;
pub mod map;
pub mod markdown;
pub mod output;
pub mod page;
pub mod panel;
pub mod people;
pub mod picture;
pub mod postings;
mod print;
pub mod rotation;
pub mod serve;
pub mod sheet;
pub mod site;
pub mod syntax;
pub mod table_panel;
pub mod theme;
pub mod translations;
pub mod words;

pub use print::{Format, print};

/// A range of bytes in one file of the site.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Span {
    /// The file, relative to the site folder, with `/` between its parts.
    pub path: Arc<str>,
    /// The first byte.
    pub start: usize,
    /// The byte after the last one.
    pub end: usize,
}

impl Span {
    /// The bytes `start..end` of the file at `path`.
    pub fn new(path: &Arc<str>, start: usize, end: usize) -> Span {
        Span { path: path.clone(), start, end: end.max(start) }
    }

    /// A whole file, pointed at by its beginning.
    pub fn file(path: &Arc<str>) -> Span {
        Span::new(path, 0, 0)
    }

    /// The same file, with both ends moved by `offset` bytes: how a span inside an embedded text becomes one of its file.
    pub fn shifted(&self, offset: usize) -> Span {
        Span::new(&self.path, self.start + offset, self.end + offset)
    }
}

/// A sentence in the two languages in which Kairan speaks to its users: lower case, no full stop.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Message {
    /// The sentence in Japanese.
    pub ja: String,
    /// The sentence in English.
    pub en: String,
}

/// One sentence in both languages.
pub fn say(ja: impl Into<String>, en: impl Into<String>) -> Message {
    Message { ja: ja.into(), en: en.into() }
}

impl Message {
    /// The sentence in `speech`.
    pub fn speak(&self, speech: Speech) -> &str {
        match speech {
            Speech::Japanese => &self.ja,
            Speech::English => &self.en,
        }
    }
}

/// The language in which Kairan speaks on the terminal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Speech {
    /// 日本語
    Japanese,
    /// English
    English,
}

/// How bad a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// The site can't be published like this.
    Error,
    /// The site can be published, but a reader may be misled or shut out.
    Warning,
}

/// A place in a file with a few words about it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Label {
    /// Where.
    pub span: Span,
    /// What stands there.
    pub message: Option<Message>,
}

/// One finding. Built by the constructors of the submodules, with the methods below.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Diagnostic {
    /// Where the problem is. `None` where no file of the site is to blame (the output folder, the command line).
    pub primary: Option<Label>,
    /// Stable identifier of the rule, in kebab case: `unknown-field`.
    pub code: String,
    /// How bad it is.
    pub severity: Severity,
    /// What is wrong.
    pub message: Message,
    /// What stands there, as written.
    pub found: Option<String>,
    /// What should stand there.
    pub expected: Option<Message>,
    /// Other places that explain it: the first of two duplicates, say.
    pub related: Vec<Label>,
    /// What to do next, most likely remedy first.
    pub help: Vec<Message>,
    /// The name that the data should have and do not.
    #[serde(skip)]
    pub missing: Option<String>,
}

impl Diagnostic {
    /// An error.
    pub fn error(code: &str, message: Message) -> Diagnostic {
        Diagnostic {
            primary: None,
            code: code.to_owned(),
            severity: Severity::Error,
            message,
            found: None,
            expected: None,
            related: Vec::new(),
            help: Vec::new(),
            missing: None,
        }
    }

    /// A warning.
    pub fn warning(code: &str, message: Message) -> Diagnostic {
        Diagnostic { severity: Severity::Warning, ..Diagnostic::error(code, message) }
    }

    /// Points at the place of the problem.
    pub fn at(mut self, span: Span) -> Diagnostic {
        self.primary = Some(Label { span, message: None });
        self
    }

    /// Points at the place of the problem with a few words beside it.
    pub fn labelled(mut self, span: Span, message: Message) -> Diagnostic {
        self.primary = Some(Label { span, message: Some(message) });
        self
    }

    /// Says what stands there.
    pub fn found(mut self, found: impl Into<String>) -> Diagnostic {
        self.found = Some(found.into());
        self
    }

    /// Says what should stand there.
    pub fn expected(mut self, expected: Message) -> Diagnostic {
        self.expected = Some(expected);
        self
    }

    /// Adds another place that explains the problem.
    pub fn related(mut self, span: Span, message: Message) -> Diagnostic {
        self.related.push(Label { span, message: Some(message) });
        self
    }

    /// Says what to do.
    pub fn help(mut self, help: Message) -> Diagnostic {
        self.help.push(help);
        self
    }

    /// [`Diagnostic::suggest`] for a name that the data should have: where they could not be read, that is why they have not.
    pub fn missing<'a>(mut self, name: &str, known: impl IntoIterator<Item = &'a str>) -> Diagnostic {
        self.missing = Some(name.to_owned());
        self.suggest(name, known)
    }

    /// Adds the nearest of the `known` names to `name` as help, or lists them where none is near.
    pub fn suggest<'a>(self, name: &str, known: impl IntoIterator<Item = &'a str>) -> Diagnostic {
        let known: Vec<&str> = known.into_iter().collect();
        if known.is_empty() {
            return self;
        }
        let near = nearest(name, known.iter().copied());
        if near.is_empty() {
            let list = shortened(&known);
            return self.help(say(format!("使えるもの: {list}"), format!("known here: {list}")));
        }
        let list = near.join(", ");
        self.help(say(format!("もしかして: {list}"), format!("did you mean: {list}")))
    }
}

/// Up to twelve names, then how many more there are.
fn shortened(names: &[&str]) -> String {
    const MOST: usize = 12;
    let mut list = names.iter().take(MOST).copied().collect::<Vec<_>>().join(", ");
    if names.len() > MOST {
        list.push_str(&format!(", … (+{})", names.len() - MOST));
    }
    list
}

/// The names most like `name`, nearest first, at most three. Distance: Damerau–Levenshtein, at most a third of the length.
pub fn nearest<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Vec<&'a str> {
    let limit = (name.chars().count() / 3).max(1) + 1;
    let mut scored: Vec<(usize, &str)> = known
        .into_iter()
        .map(|candidate| (distance(name, candidate), candidate))
        .filter(|(distance, candidate)| *distance <= limit && *distance < candidate.chars().count().max(2))
        .collect();
    scored.sort();
    scored.dedup();
    scored.into_iter().take(3).map(|(_, candidate)| candidate).collect()
}

/// A name that is a part of another is one step away, however long the other is: 熊本 and 熊本県.
fn distance(name: &str, candidate: &str) -> usize {
    let (name, candidate) = (name.to_lowercase(), candidate.to_lowercase());
    let is_part = |part: &str, whole: &str| part.chars().count() > 1 && whole.contains(part);
    if is_part(&name, &candidate) || is_part(&candidate, &name) {
        return 1;
    }
    strsim::damerau_levenshtein(&name, &candidate)
}

/// A value together with what was found wrong on the way to it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Checked<T> {
    /// The value, as good as it could be made.
    pub value: T,
    /// What was found.
    pub findings: Vec<Diagnostic>,
}

impl<T> Checked<T> {
    /// A value with nothing wrong.
    pub fn clean(value: T) -> Checked<T> {
        Checked { value, findings: Vec::new() }
    }

    /// A value with findings.
    pub fn new(value: T, findings: Vec<Diagnostic>) -> Checked<T> {
        Checked { value, findings }
    }

    /// The value made into another, the findings kept.
    pub fn map<U>(self, f: impl FnOnce(T) -> U) -> Checked<U> {
        Checked { value: f(self.value), findings: self.findings }
    }

    /// The value, its findings moved to the end of `findings`.
    pub fn take(self, findings: &mut Vec<Diagnostic>) -> T {
        findings.extend(self.findings);
        self.value
    }
}

impl<T> FromIterator<Checked<T>> for Checked<Vec<T>> {
    fn from_iter<I: IntoIterator<Item = Checked<T>>>(items: I) -> Checked<Vec<T>> {
        let mut findings = Vec::new();
        let value = items.into_iter().map(|item| item.take(&mut findings)).collect();
        Checked { value, findings }
    }
}

/// Leaves out what only follows from other findings: a name that the data lack, where a file of them gives something that
/// name and has an error. `text` gives the text of a file.
pub fn without_consequences<'t>(findings: &mut Vec<Diagnostic>, text: impl Fn(&str) -> Option<&'t str>) {
    let causes = findings.iter().filter(|finding| finding.severity == Severity::Error && finding.missing.is_none());
    let files: BTreeSet<&Arc<str>> = causes.filter_map(|cause| Some(&cause.primary.as_ref()?.span.path)).collect();
    let broken = files.into_iter().filter(|path| path.starts_with("content/data/"));
    let broken: Vec<&str> = broken.filter_map(|path| text(path)).collect();
    findings.retain(|finding| {
        let name = finding.missing.as_ref().filter(|name| !name.is_empty());
        !name.is_some_and(|name| broken.iter().any(|text| names(text, name)))
    });
}

/// Whether something is called `name` in the text of a data file: `id: shiomi`, `name: {ja: 潮見市, …`.
fn names(text: &str, name: &str) -> bool {
    let goes_on = |letter: char| letter.is_alphanumeric() || letter == '-' || letter == '_';
    text.match_indices(name).any(|(at, _)| {
        let before = text[..at].trim_end_matches([' ', '"', '\'', '{']);
        let is_given = ["id:", "name:", "ja:", "en:"].iter().any(|key| before.ends_with(key));
        is_given && !text[at + name.len()..].starts_with(goes_on)
    })
}

/// Puts findings into the order in which they are reported (file, place, rule) and drops repeated ones.
pub fn sort(findings: &mut Vec<Diagnostic>) {
    findings.sort();
    findings.dedup();
}

/// A place as a person counts it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Position {
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
}

impl Position {
    /// Where byte `offset` stands in `text`.
    pub fn of(text: &str, offset: usize) -> Position {
        let mut offset = offset.min(text.len());
        while !text.is_char_boundary(offset) {
            offset -= 1;
        }
        let before = &text[..offset];
        let start = before.rfind('\n').map_or(0, |newline| newline + 1);
        Position { line: before.matches('\n').count() + 1, column: before[start..].chars().count() + 1 }
    }
}

impl fmt::Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.line, self.column)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_a_broken_file_gives_is_no_finding() {
        let area = |path: &str, name: &str| data::unknown_area(Span::new(&path.into(), 0, 1), name, []);
        let broken = syntax::yaml(Span::file(&"content/data/areas.yaml".into()), "");
        let text =
            "areas:\n  - {id: minato, name: {ja: \"港町\", en: Minato}\n  - {id: ken-2, parent: ken}\n湊町: [1]\n";
        let left = |finding: Diagnostic| {
            let mut findings = vec![broken.clone(), finding];
            without_consequences(&mut findings, |path| (path == "content/data/areas.yaml").then_some(text));
            findings.len() - 1
        };
        assert_eq!(["minato", "港町", "Minato"].map(|name| left(area("content/a.md", name))), [0, 0, 0]);
        // What is only asked for there, and perhaps asked for in vain.
        assert_eq!(["ken", "湊町", "町", "mina"].map(|name| left(area("content/data/areas.yaml", name))), [1; 4]);
        let mut sound = vec![area("content/a.md", "minato")];
        without_consequences(&mut sound, |_| Some(text));
        assert_eq!(sound.len(), 1);
    }

    #[test]
    fn nearest_names_come_nearest_first() {
        assert_eq!(nearest("titel", ["date", "title", "tags"]), ["title"]);
        assert_eq!(nearest("熊本", ["青森県", "熊本県"]), ["熊本県"]);
        assert!(nearest("physicians", ["date", "slug"]).is_empty());
        assert_eq!(nearest("featurs/", ["", "features/"]), ["features/"]);
    }

    #[test]
    fn positions_count_characters_not_bytes() {
        assert_eq!(Position::of("題名\n日付: x", "題名\n日付".len()), Position { line: 2, column: 3 });
        assert_eq!(Position::of("", 9), Position { line: 1, column: 1 });
    }
}
