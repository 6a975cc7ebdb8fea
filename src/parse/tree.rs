//! YAML and TOML texts to typed values, with the place of each field and with all problems at once.
//!
//! A file that is right is read by serde alone. One that is not is read again as a tree with spans: the first field that
//! does not fit is reported and taken out, and the rest is tried again until it fits, so that one run shows everything.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, OnceLock};

use serde::de::DeserializeOwned;
use serde_path_to_error::Segment;
use serde_yaml::Value;

use crate::diagnostic::{Checked, Diagnostic, Message, Span, say, syntax};
use crate::parse::date;

mod fault;
mod from_toml;
mod from_yaml;
mod index;
mod translate;

use index::{Index, Place};

/// The most problems that one file reports: after fifty, more would hide the first.
const MOST_FINDINGS: usize = 50;

/// A typed value and where its fields stand.
#[derive(Debug, Clone)]
pub struct Yaml<T> {
    /// The value.
    pub value: T,
    /// Where its fields stand.
    pub spans: Spans,
}

/// Where the fields of a text stand, by their path: `hospitals[0].area`. Worked out at the first question.
#[derive(Debug, Clone)]
pub struct Spans {
    path: Arc<str>,
    text: Arc<str>,
    offset: usize,
    notation: Notation,
    index: Arc<OnceLock<Index>>,
    removed: Arc<Removed>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Notation {
    Yaml,
    Toml,
}

/// A text as a tree with the place of each node, and what was wrong with its notation.
struct Tree {
    value: Value,
    index: Index,
    findings: Vec<Diagnostic>,
}

/// Items taken out of lists, by the path of the list: the indices that were written.
type Removed = BTreeMap<String, BTreeSet<usize>>;

/// Reads YAML. `offset` is where `text` begins in its file.
pub fn read<T: DeserializeOwned>(path: &Arc<str>, text: &str, offset: usize) -> Checked<Option<Yaml<T>>> {
    let text_or_empty = if is_blank(text) { "{}" } else { text };
    let spans = |removed| Spans::new(path, text, offset, Notation::Yaml, removed);
    if is_flat(text)
        && let Ok(value) = serde_yaml::from_str::<T>(text)
    {
        return Checked::clean(Some(Yaml { value, spans: spans(Removed::new()) }));
    }
    // The parser behind serde keeps the last of two equal keys without a word, and takes hours for what is nested very
    // deeply: it sees only what the preview has found sound.
    if let Some(index) = from_yaml::preview(text_or_empty)
        && let Ok(value) = serde_yaml::from_str::<T>(text_or_empty)
    {
        let spans = Spans { index: Arc::new(OnceLock::from(index)), ..spans(Removed::new()) };
        return Checked::clean(Some(Yaml { value, spans }));
    }
    let locate = |start, end| Span::new(path, offset + start, offset + end);
    match from_yaml::tree(text_or_empty, &locate) {
        Err(finding) => Checked::new(None, vec![finding]),
        Ok(tree) => {
            prune(tree, text, &locate).map(|found| found.map(|(value, removed)| Yaml { value, spans: spans(removed) }))
        }
    }
}

/// Reads TOML.
pub fn read_toml<T: DeserializeOwned>(path: &Arc<str>, text: &str, offset: usize) -> Checked<Option<Yaml<T>>> {
    let locate = |start, end| Span::new(path, offset + start, offset + end);
    let spans = |removed| Spans::new(path, text, offset, Notation::Toml, removed);
    match from_toml::tree(text, &locate) {
        Err(findings) => Checked::new(None, findings),
        Ok(tree) => {
            prune(tree, text, &locate).map(|found| found.map(|(value, removed)| Yaml { value, spans: spans(removed) }))
        }
    }
}

/// Whether each line of a YAML text is a field with another name, and none holds more than a plain list: there a preview
/// could find nothing.
fn is_flat<'t>(text: &'t str) -> bool {
    let mut names = BTreeSet::new();
    let is_name = |name: &str| {
        let letter = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-');
        name.starts_with(|first: char| first.is_ascii_alphabetic()) && name.bytes().all(letter)
    };
    let is_field = |line: &'t str| {
        let Some((name, value)) = line.split_once(": ") else { return false };
        let is_plain = !value.contains(['{', '&', '*', '!', '|', '>']) && value.matches('[').count() < 2;
        is_plain && is_name(name) && names.insert(name)
    };
    !text.is_empty() && text.lines().all(is_field)
}

/// Whether a YAML text holds nothing but space and comments.
fn is_blank(text: &str) -> bool {
    text.lines().all(|line| line.trim().is_empty() || line.trim_start().starts_with('#'))
}

/// Takes out what does not fit until the rest does.
fn prune<T: DeserializeOwned>(
    tree: Tree,
    text: &str,
    locate: &dyn Fn(usize, usize) -> Span,
) -> Checked<Option<(T, Removed)>> {
    let Tree { mut value, index, mut findings } = tree;
    let mut removed = Removed::new();
    let mut dropped: BTreeSet<String> = BTreeSet::new();
    for _ in 0..MOST_FINDINGS {
        let error = match serde_path_to_error::deserialize::<_, T>(&value) {
            Ok(typed) => return Checked::new(Some((typed, removed)), findings),
            Err(error) => error,
        };
        let segments: Vec<Segment> = error.path().iter().cloned().collect();
        let problem = translate::problem(&error.inner().to_string());
        let step = Step::new(&segments, &problem, &removed);
        if step.wants_text(&problem) && retell_as_text(&mut value, &step, text, &index) {
            continue;
        }
        let repeated = step.missing.as_ref().is_some_and(|name| dropped.contains(name));
        if !repeated {
            findings.push(step.finding(&problem, text, &index, locate));
        }
        dropped.insert(step.written.clone());
        if !remove(&mut value, &step.current, &mut removed) {
            break;
        }
    }
    Checked::new(None, findings)
}

/// One problem: where it stands now in the pruned tree, and where it stood as written.
struct Step {
    current: Vec<Segment>,
    written: String,
    missing: Option<String>,
}

impl Step {
    fn new(segments: &[Segment], problem: &translate::Problem, removed: &Removed) -> Step {
        let mut current: Vec<Segment> = segments
            .iter()
            .filter(|segment| matches!(segment, Segment::Seq { .. } | Segment::Map { .. }))
            .cloned()
            .collect();
        let mut missing = None;
        match problem {
            translate::Problem::UnknownField { name, .. } if !matches!(current.last(), Some(Segment::Map { key }) if key == name) =>
            {
                current.push(Segment::Map { key: name.clone() });
            }
            // What lacks a field can't be kept: the whole record goes, or the whole file where the record is the file.
            translate::Problem::MissingField { name } => {
                missing = Some(join(&written(&current, removed), name));
            }
            _ => {}
        }
        let written = written(&current, removed);
        Step { current, written, missing }
    }

    /// A text was expected and a bare number or truth value stands there: `title: 2023` is a fine title.
    fn wants_text(&self, problem: &translate::Problem) -> bool {
        matches!(problem, translate::Problem::WrongType { found, expected }
            if expected.contains("string") && ["integer", "floating point", "boolean"].iter().any(|kind| found.starts_with(kind)))
    }

    fn finding(
        &self,
        problem: &translate::Problem,
        text: &str,
        index: &Index,
        locate: &dyn Fn(usize, usize) -> Span,
    ) -> Diagnostic {
        let place = index.nearest(&self.written);
        let value = locate(place.value.0, place.value.1);
        let key = locate(place.key.0, place.key.1);
        let source = || text.get(place.value.0..place.value.1).unwrap_or_default().trim().to_owned();
        match problem {
            translate::Problem::UnknownField { name, known } => {
                syntax::unknown_field(key, name, known.iter().map(String::as_str))
            }
            translate::Problem::MissingField { name } => syntax::missing_field(key, name),
            translate::Problem::UnknownChoice { found, known } => {
                syntax::unknown_choice(value, found, known.iter().map(String::as_str))
            }
            translate::Problem::WrongType { expected, .. } => {
                syntax::wrong_type(value, &self.written, &one_line(&source()), translate::expected(expected))
            }
            translate::Problem::Other { cause } if date::is_about_date(cause) => {
                syntax::invalid_date(value, &self.written, &one_line(&source()), cause.clone())
            }
            translate::Problem::Other { cause } => {
                syntax::invalid_value(value, &self.written, &one_line(&source()), cause.clone())
            }
        }
    }
}

/// The first line of a longer value: enough to recognise it.
fn one_line(text: &str) -> String {
    let first = text.lines().next().unwrap_or_default();
    if first.len() < text.len() { format!("{first} …") } else { first.to_owned() }
}

/// The path of `segments` as it was written, before items were taken out of lists.
fn written(segments: &[Segment], removed: &Removed) -> String {
    segments.iter().fold(String::new(), |path, segment| match segment {
        Segment::Seq { index } => format!("{path}[{}]", written_index(&path, *index, removed)),
        Segment::Map { key } => join(&path, key),
        _ => path,
    })
}

/// Which written item the item at `index` of the pruned list was.
fn written_index(list: &str, index: usize, removed: &Removed) -> usize {
    let gone = removed.get(list);
    gone.into_iter().flatten().fold(index, |index, gone| if *gone <= index { index + 1 } else { index })
}

fn join(path: &str, key: &str) -> String {
    if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") }
}

/// Gives the node its text as written. `false` where the text is not to be had or the node has it already.
fn retell_as_text(tree: &mut Value, step: &Step, text: &str, index: &Index) -> bool {
    let Some(place) = index.get(&step.written) else { return false };
    let Some(node) = node_mut(tree, &step.current) else { return false };
    if node.is_string() {
        return false;
    }
    *node = Value::String(text.get(place.value.0..place.value.1).unwrap_or_default().trim().to_owned());
    true
}

fn node_mut<'v>(tree: &'v mut Value, segments: &[Segment]) -> Option<&'v mut Value> {
    segments.iter().try_fold(tree, |node, segment| match segment {
        Segment::Seq { index } => node.as_sequence_mut()?.get_mut(*index),
        Segment::Map { key } => node.as_mapping_mut()?.get_mut(key.as_str()),
        _ => Some(node),
    })
}

/// Takes out the node. A record that lacks a field is an item of a list or the file itself. `false` where nothing is left.
fn remove(tree: &mut Value, segments: &[Segment], removed: &mut Removed) -> bool {
    let Some((last, parents)) = segments.split_last() else { return false };
    let list = written(parents, removed);
    let Some(parent) = node_mut(tree, parents) else { return false };
    match (last, parent) {
        (Segment::Seq { index }, Value::Sequence(items)) if *index < items.len() => {
            items.remove(*index);
            let index = written_index(&list, *index, removed);
            removed.entry(list).or_default().insert(index);
            true
        }
        (Segment::Map { key }, Value::Mapping(fields)) => fields.remove(key.as_str()).is_some(),
        _ => false,
    }
}

impl Default for Spans {
    fn default() -> Spans {
        Spans::nowhere(&Arc::from(""))
    }
}

/// Places are compared by what they are places in.
impl PartialEq for Spans {
    fn eq(&self, other: &Spans) -> bool {
        self.path == other.path && self.offset == other.offset && self.text == other.text
    }
}

impl Spans {
    fn new(path: &Arc<str>, text: &str, offset: usize, notation: Notation, removed: Removed) -> Spans {
        let (path, text) = (path.clone(), Arc::from(text));
        Spans { path, text, offset, notation, index: Arc::default(), removed: Arc::new(removed) }
    }

    /// For a file that could not be read: every path stands at its beginning.
    pub fn nowhere(path: &Arc<str>) -> Spans {
        Spans::new(path, "", 0, Notation::Yaml, Removed::new())
    }

    /// Where the value at `path` stands: `hospitals[0].area`; the nearest thing around it where it is not given.
    pub fn value(&self, path: &str) -> Span {
        let (start, end) = self.place(path).value;
        Span::new(&self.path, self.offset + start, self.offset + end)
    }

    /// Where the key of the value at `path` stands.
    pub fn key(&self, path: &str) -> Span {
        let (start, end) = self.place(path).key;
        Span::new(&self.path, self.offset + start, self.offset + end)
    }

    /// The file.
    pub fn path(&self) -> &Arc<str> {
        &self.path
    }

    /// Whether something is written at `path`, be it right or wrong.
    pub fn is_written(&self, path: &str) -> bool {
        self.index().get(&self.as_written(path)).is_some() && !matches!(self.source(path), "" | "~" | "null")
    }

    /// The value as written, without quotes or escapes undone.
    pub fn source(&self, path: &str) -> &str {
        let (start, end) = self.place(path).value;
        self.text.get(start..end).unwrap_or_default().trim()
    }

    /// The items of the list at `path` as written.
    pub fn items(&self, path: &str) -> impl Iterator<Item = &str> {
        let path = self.as_written(path);
        let removed = self.removed.get(&path);
        let items = self.index().items(&path).iter().enumerate();
        let kept = items.filter(move |(number, _)| removed.is_none_or(|removed| !removed.contains(number)));
        kept.map(|(_, (start, end))| self.text.get(*start..*end).unwrap_or_default().trim())
    }

    /// The paths of all fields, in their order.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.index().paths()
    }

    fn place(&self, path: &str) -> Place {
        self.index().nearest(&self.as_written(path))
    }

    fn index(&self) -> &Index {
        self.index.get_or_init(|| {
            let nowhere = |_, _| Span::file(&self.path);
            let tree = match self.notation {
                Notation::Yaml => from_yaml::tree(&self.text, &nowhere).ok(),
                Notation::Toml => from_toml::tree(&self.text, &nowhere).ok(),
            };
            tree.map(|tree| tree.index).unwrap_or_default()
        })
    }

    /// The path in the file of a path in the value: they differ where items were taken out of a list.
    fn as_written(&self, path: &str) -> String {
        if self.removed.is_empty() {
            return path.to_owned();
        }
        let mut written = String::new();
        let mut rest = path;
        while let Some(open) = rest.find('[') {
            let Some(close) = rest[open..].find(']').map(|close| open + close) else { break };
            written.push_str(&rest[..open]);
            match rest[open + 1..close].parse::<usize>() {
                Ok(index) => written = format!("{written}[{}]", written_index(&written, index, &self.removed)),
                Err(_) => written.push_str(&rest[open..=close]),
            }
            rest = &rest[close + 1..];
        }
        written + rest
    }
}

/// An error of a custom `Deserialize`, told in both languages; [`read`] takes it apart again.
pub fn custom<E: serde::de::Error>(message: Message) -> E {
    E::custom(format!("{}\u{1f}{}", message.ja, message.en))
}

/// Undoes [`custom`].
fn bilingual(text: &str) -> Message {
    match text.split_once('\u{1f}') {
        Some((ja, en)) => say(ja, en),
        None => say(text, text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde::Deserialize;

    #[derive(Debug, Deserialize, PartialEq)]
    #[serde(deny_unknown_fields)]
    struct Site {
        name: String,
        #[serde(default)]
        hospitals: Vec<Hospital>,
    }

    #[derive(Debug, Deserialize, PartialEq)]
    #[serde(deny_unknown_fields)]
    struct Hospital {
        id: String,
        #[serde(default)]
        beds: Option<u32>,
    }

    fn read_site(text: &str) -> (Option<Yaml<Site>>, Vec<(String, String)>) {
        let checked = read::<Site>(&"a.yaml".into(), text, 0);
        let places = checked.findings.iter().map(|finding| {
            let span = finding.primary.as_ref().map(|label| label.span.clone());
            let shown = span.map_or(String::new(), |span| text[span.start..span.end].to_owned());
            (finding.code.clone(), shown)
        });
        (checked.value, places.collect())
    }

    fn codes(text: &str) -> Vec<(String, String)> {
        read_site(text).1
    }

    fn pair(code: &str, place: &str) -> (String, String) {
        (code.to_owned(), place.to_owned())
    }

    #[test]
    fn every_problem_of_a_file_is_reported_at_its_place() {
        let text = "nmae: x\nname: 2023\nhospitals:\n  - id: a\n    beds: 三百\n  - {beds: 3}\n  - {id: c, bed: 4}\n";
        let (site, findings) = read_site(text);
        assert_eq!(
            findings,
            [
                pair("unknown-field", "nmae"),
                pair("wrong-type", "三百"),
                pair("missing-field", "{beds: 3}"),
                pair("unknown-field", "bed"),
            ]
        );
        let site = site.expect("the rest of the file");
        assert_eq!(site.value.name, "2023");
        assert_eq!(site.value.hospitals.iter().map(|h| h.id.as_str()).collect::<Vec<_>>(), ["a", "c"]);
        let span = site.spans.value("hospitals[1].id");
        assert_eq!(&text[span.start..span.end], "c");
    }

    #[test]
    fn notation_errors_say_what_is_wrong() {
        assert_eq!(codes("name: a\n\thospitals: []\n"), [pair("tab-in-yaml", "\t")]);
        assert_eq!(codes("name: a\nname: b\n"), [pair("duplicate-key", "name")]);
        assert_eq!(codes("name: [a\n")[0].0, "yaml-syntax");
        assert_eq!(codes("# nothing\n"), [pair("missing-field", "#")]);
    }

    #[test]
    fn what_the_parser_says_is_told_in_the_words_of_people() {
        let told = |text: &str| {
            let finding = read::<Value>(&"a.yaml".into(), text, 0).findings.into_iter().next();
            finding.map_or_else(String::new, |it| format!("{}: {} | {}", it.code, it.message.ja, it.message.en))
        };
        let texts = [
            "a: {b: 1 c: 2}\n",
            "a: {b: 1, c: 2\n",
            "a: [1, 2\nb: 3\n",
            "a: [1 2: 3\n",
            "a: \"\\q\"\n",
            "a: b\n- c\n",
            "a\nb: c\n",
            "a: - b\n",
            "a: @b\n",
            "a: %b\n",
            "a: `b`\n",
            "a: *b\n",
            "a: *\n",
            "a: &\n",
            "a: |x\n  b\n",
            "a: !b!c\n",
            "a: !<b\n",
            "%b\na: c\n",
            "---\na: b\n...\nc: d\n",
            "a: ]\n",
            "a: 'b\n",
            "a: \"b\n",
            "? [a]: b: c\n",
            "a:\n  - b\n  c\n",
            "a:\n  b: c\n d: e\n",
            "a: \"b\" c\n",
            "a: [b]#c\n",
            "a: {\nb: c}\n",
        ];
        insta::assert_snapshot!(texts.map(|text| format!("{text:?}\n  {}\n", told(text))).join(""));
    }

    #[test]
    fn a_lone_dash_in_a_list_is_a_text() {
        let text = "name: '^, -, ;'\nmarks: [3, -, {a: -},\n  -]\nothers: [\"-,\", -1, a-]\n";
        let read = |text: &str| read::<Value>(&"a.yaml".into(), text, 0);
        let yaml = read(text).value.expect("a value");
        let dash = |path: &str| yaml.spans.value(path);
        assert_eq!(yaml.value["marks"][3], "-");
        assert_eq!(yaml.spans.items("marks").collect::<Vec<_>>(), ["3", "-", "{a: -}", "-"]);
        assert_eq!((dash("marks[1]").start, dash("marks[2].a").start), (27, 34));
        // So it is where the tree is asked for, since something does not fit.
        let site = "name: '$, -, ('\nhospitals: [{id: -}, {id: c, bed: 4}, -]\n";
        assert_eq!(codes(site), [pair("unknown-field", "bed"), pair("wrong-type", "-")]);
        let site = read_site(site).0.expect("the rest");
        assert_eq!((site.value.name.as_str(), site.value.hospitals[0].id.as_str()), ("$, -, (", "-"));
    }

    #[test]
    fn toml_is_read_the_same_way() {
        let text = "name = \"a\"\nhopsitals = []\n[[hospitals]]\nid = \"x\"\nbeds = \"many\"\n";
        let checked = read_toml::<Site>(&"site.toml".into(), text, 0);
        let codes: Vec<&str> = checked.findings.iter().map(|finding| finding.code.as_str()).collect();
        assert_eq!(codes, ["unknown-field", "wrong-type"]);
        let site = checked.value.expect("the rest");
        let span = site.spans.value("hospitals[0].id");
        assert_eq!(&text[span.start..span.end], "\"x\"");
    }

    #[test]
    fn bombs_are_refused() {
        let nested = "[".repeat(100_000);
        assert!(read::<Site>(&"a.yaml".into(), &nested, 0).value.is_none());
        let mut bomb = String::from("a0: &a0 [x, x]\n");
        for level in 1..40 {
            bomb.push_str(&format!("a{level}: &a{level} [*a{}, *a{}]\n", level - 1, level - 1));
        }
        let checked = read::<Site>(&"a.yaml".into(), &bomb, 0);
        assert!(checked.value.is_none() && !checked.findings.is_empty());
    }
}
