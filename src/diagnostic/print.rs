//! Findings as text for people, JSON for programs, and annotations for GitHub.

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use serde_json::json;

use super::{Diagnostic, Label, Message, Position, Severity, Speech, say};

/// How findings are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// With the line itself, for people; with colours where `color` is set.
    Human {
        /// Whether the terminal shows colours.
        color: bool,
    },
    /// One JSON object on each line.
    Json,
    /// Workflow commands that GitHub shows beside the changed lines.
    Github,
}

/// Prints one finding. `lookup` gives the text of a file of the site.
pub fn print<'a>(
    finding: &'a Diagnostic,
    format: Format,
    speech: Speech,
    lookup: &dyn Fn(&str) -> Option<&'a str>,
) -> String {
    match format {
        Format::Human { color } => human(finding, speech, color, lookup),
        Format::Json => json_line(finding, speech, lookup),
        Format::Github => github(finding, speech, lookup),
    }
}

fn human<'a>(finding: &'a Diagnostic, speech: Speech, color: bool, lookup: &dyn Fn(&str) -> Option<&'a str>) -> String {
    let level = match (finding.severity, speech) {
        (Severity::Error, Speech::Japanese) => Level::ERROR.with_name("エラー"),
        (Severity::Error, Speech::English) => Level::ERROR,
        (Severity::Warning, Speech::Japanese) => Level::WARNING.with_name("注意"),
        (Severity::Warning, Speech::English) => Level::WARNING,
    };
    let title = level.primary_title(finding.message.speak(speech)).id(&finding.code);
    let mut group = Group::with_title(title);
    for snippet in snippets(finding, speech, lookup) {
        group = group.element(snippet);
    }
    let notes: Vec<(Level<'_>, String)> = notes(finding, speech);
    for (level, text) in &notes {
        group = group.element(level.clone().message(text.as_str()));
    }
    let renderer = if color { Renderer::styled() } else { Renderer::plain() };
    renderer.decor_style(DecorStyle::Ascii).render(&[group])
}

/// The notes below the line: found, expected, help.
fn notes(finding: &Diagnostic, speech: Speech) -> Vec<(Level<'static>, String)> {
    let name = |message: Message| match speech {
        Speech::Japanese => message.ja,
        Speech::English => message.en,
    };
    let mut notes = Vec::new();
    if let Some(found) = &finding.found {
        notes.push((Level::NOTE.with_name(name(say("書かれている値", "found"))), found.clone()));
    }
    if let Some(expected) = &finding.expected {
        notes.push((Level::NOTE.with_name(name(say("正しい形", "expected"))), expected.speak(speech).to_owned()));
    }
    for help in &finding.help {
        notes.push((Level::HELP.with_name(name(say("対処", "help"))), help.speak(speech).to_owned()));
    }
    notes
}

/// One snippet per file, the file of the problem first.
fn snippets<'s>(
    finding: &'s Diagnostic,
    speech: Speech,
    lookup: &dyn Fn(&str) -> Option<&'s str>,
) -> Vec<Snippet<'s, annotate_snippets::Annotation<'s>>> {
    let Some(primary) = &finding.primary else { return Vec::new() };
    let mut paths: Vec<&str> = vec![&primary.span.path];
    for label in &finding.related {
        if !paths.contains(&&*label.span.path) {
            paths.push(&label.span.path);
        }
    }
    paths
        .into_iter()
        .map(|path| {
            let text = lookup(path).unwrap_or_default();
            let related = finding.related.iter().map(|label| (AnnotationKind::Context, label));
            let labels = std::iter::once((AnnotationKind::Primary, primary)).chain(related);
            let annotations = labels
                .filter(|(_, label)| &*label.span.path == path)
                .map(|(kind, label)| annotation(kind, label, text, speech));
            Snippet::source(text).path(path).annotations(annotations)
        })
        .collect()
}

fn annotation<'s>(
    kind: AnnotationKind,
    label: &'s Label,
    text: &str,
    speech: Speech,
) -> annotate_snippets::Annotation<'s> {
    let annotation =
        kind.span(clamp(text, label.span.start)..clamp(text, label.span.end.min(line_end(text, label.span.start))));
    annotation.label(label.message.as_ref().map(|message| message.speak(speech)))
}

/// The nearest character boundary at or before `offset`.
fn clamp(text: &str, offset: usize) -> usize {
    let mut offset = offset.min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    offset
}

/// A mark never runs over more than one line: a whole block underlined says less than its beginning.
fn line_end(text: &str, start: usize) -> usize {
    let start = clamp(text, start);
    text[start..].find('\n').map_or(text.len(), |newline| start + newline)
}

fn json_line<'a>(finding: &Diagnostic, speech: Speech, lookup: &dyn Fn(&str) -> Option<&'a str>) -> String {
    let place = |label: &Label| {
        let text = lookup(&label.span.path).unwrap_or_default();
        let (start, end) = (Position::of(text, label.span.start), Position::of(text, label.span.end));
        json!({
            "file": label.span.path,
            "line": start.line,
            "column": start.column,
            "end_line": end.line,
            "end_column": end.column,
            "text": text.lines().nth(start.line - 1),
            "message": label.message.as_ref().map(|message| message.speak(speech)),
        })
    };
    json!({
        "code": finding.code,
        "severity": finding.severity,
        "message": finding.message.speak(speech),
        "place": finding.primary.as_ref().map(place),
        "found": finding.found,
        "expected": finding.expected.as_ref().map(|message| message.speak(speech)),
        "related": finding.related.iter().map(place).collect::<Vec<_>>(),
        "help": finding.help.iter().map(|message| message.speak(speech)).collect::<Vec<_>>(),
    })
    .to_string()
}

fn github<'a>(finding: &Diagnostic, speech: Speech, lookup: &dyn Fn(&str) -> Option<&'a str>) -> String {
    let command = match finding.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    };
    let place = finding.primary.as_ref().map_or(String::new(), |label| {
        let position = Position::of(lookup(&label.span.path).unwrap_or_default(), label.span.start);
        format!("file={},line={},col={},", property(&label.span.path), position.line, position.column)
    });
    let mut message = finding.message.speak(speech).to_owned();
    for (level, text) in notes(finding, speech) {
        let _ = level;
        message.push('\n');
        message.push_str(&text);
    }
    format!("::{command} {place}title={}::{}", property(&finding.code), escaped(&message))
}

fn escaped(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    escaped(text).replace(':', "%3A").replace(',', "%2C")
}
