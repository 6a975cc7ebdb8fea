//! Interface words: the short texts around the content (本文へ進む, Read more), in Fluent files of a theme.
//!
//! A message has an id, and values that whoever prints it fills in (`{$count}`). Themes bring messages in
//! `locales/<language>.ftl`, a child theme overrides those of its parents, and a site those of its theme.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::ops::Range;
use std::sync::{Arc, OnceLock};

use fixed_decimal::{SignedRoundingMode, UnsignedRoundingMode};
use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::types::{FluentNumber, FluentNumberOptions};
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use fluent_syntax::ast::{CallArguments, Entry, Expression, InlineExpression, Pattern, PatternElement};
use fluent_syntax::parser::{ErrorKind, ParserError};
use icu_decimal::DecimalFormatter;
use icu_decimal::options::{DecimalFormatterOptions, GroupingStrategy};
use indexmap::IndexMap;
use intl_memoizer::Memoizable;
use intl_memoizer::concurrent::IntlLangMemoizer;
use rust_decimal::Decimal;
use rustc_hash::FxBuildHasher;
use unic_langid::LanguageIdentifier;

use super::Language;
use super::format::{MINUS, icu_locale};
use crate::diagnostic::{self, Checked, Diagnostic, Message, Span, say};

/// How deep `{ }` and calls may be nested: the parser calls itself for each level, and a stack ends.
const DEEPEST: usize = 30;

/// The interface words of one language.
pub struct Words {
    language: Language,
    bundle: FluentBundle<FluentResource>,
    /// Every page says some dozens of them, so by hash.
    messages: IndexMap<String, Known, FxBuildHasher>,
    /// What messages may refer to: messages, `-terms`, their `.attributes`, and functions.
    names: BTreeSet<String>,
}

/// What is known of a message.
#[derive(Debug)]
struct Known {
    span: Span,
    variables: BTreeSet<String>,
    /// What it says where it is given no values: the same on every page.
    text: OnceLock<Option<String>>,
}

/// A value for a message.
#[derive(Debug, Clone, PartialEq)]
pub enum Argument {
    /// A text, printed as it is: figures, dates and years go in as the texts that `Locale` writes.
    Text(String),
    /// A count, printed with the language's separators; it can choose a plural form. Exact to 15 digits.
    Number(Decimal),
}

/// A message that a site puts in the place of its theme's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Override<'a> {
    /// The id of the message.
    pub id: &'a str,
    /// Its text, in Fluent's notation: `{$count}件`.
    pub text: &'a str,
    /// Where the text stands.
    pub span: Span,
}

impl Words {
    /// Reads Fluent files given as path and text. A message of a later file takes the place of that of an earlier one.
    ///
    /// What can't be read is left out with a finding; spans count from the beginning of the text given.
    pub fn parse(language: &Language, sources: &[(Arc<str>, &str)]) -> Checked<Words> {
        let mut words = Words::empty(language);
        let mut findings = Vec::new();
        let mut references = Vec::new();
        for (path, text) in sources {
            let place = |range: Range<usize>| Span::new(path, range.start, range.end);
            references.extend(words.add(text, &place, &mut findings));
        }
        findings.extend(words.unknown(references));
        Checked::new(words, findings)
    }

    /// The same words with a site's own in the place of some. One that can't be read leaves the theme's as it is.
    pub fn overridden(mut self, overrides: &[Override<'_>]) -> Checked<Words> {
        let mut findings = Vec::new();
        for own in overrides {
            findings.extend(self.replace(own));
        }
        Checked::new(self, findings)
    }

    /// The language.
    pub fn language(&self) -> &Language {
        &self.language
    }

    /// The text of message `key`, with its values filled in. `None` where there is no such message.
    ///
    /// A value that is not given is printed as its name, `{$count}`; [`Words::variables`] tells in advance.
    pub fn get(&self, key: &str, arguments: &[(&str, Argument)]) -> Option<String> {
        match self.messages.get(key).filter(|_| arguments.is_empty()) {
            Some(message) => message.text.get_or_init(|| self.said(key, &[])).clone(),
            None => self.said(key, arguments),
        }
    }

    fn said(&self, key: &str, arguments: &[(&str, Argument)]) -> Option<String> {
        let message = self.bundle.get_message(key)?;
        let pattern = message.value()?;
        let arguments: FluentArgs<'_> = arguments.iter().map(|(name, value)| (*name, value.fluent())).collect();
        Some(self.bundle.format_pattern(pattern, Some(&arguments), &mut Vec::new()).into_owned())
    }

    /// The id of each message, and what it says where it is given no values.
    pub fn alone(&self) -> impl Iterator<Item = (&str, String)> {
        self.keys().filter_map(|key| Some((key, self.get(key, &[])?)))
    }

    /// The ids of all messages, in their order.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        let mut keys: Vec<&str> = self.messages.keys().map(String::as_str).collect();
        keys.sort_unstable();
        keys.into_iter()
    }

    /// The ids of messages that no file of this language has.
    pub fn borrowed(&self) -> Vec<&str> {
        let file = format!("/{}.ftl", self.language);
        let is_own = |known: &Known| !known.span.path.ends_with(".ftl") || known.span.path.ends_with(&file);
        self.keys().filter(|id| self.messages.get(*id).is_some_and(|known| !is_own(known))).collect()
    }

    /// The values that message `key` itself names.
    pub fn variables(&self, key: &str) -> Option<&BTreeSet<String>> {
        self.messages.get(key).map(|message| &message.variables)
    }

    /// What is missing or wrong in `translation`, measured by these words.
    pub fn untranslated(&self, translation: &Words) -> Vec<Diagnostic> {
        let mut findings = Vec::new();
        for (key, original) in &self.messages {
            match translation.messages.get(key) {
                None => findings.push(diagnostic::words::untranslated(
                    original.span.clone(),
                    key,
                    translation.language.as_str(),
                )),
                Some(translated) => findings.extend(foreign_variables(translated, original)),
            }
        }
        findings
    }

    fn empty(language: &Language) -> Words {
        let mut bundle = FluentBundle::new_concurrent(vec![language_identifier(language)]);
        // The marks around values are for lines that mix directions; in names of files and in tests they are noise.
        bundle.set_use_isolating(false);
        bundle.set_formatter(Some(print_number));
        // Fails only where the bundle has a message of that name already, and it is empty.
        let _ = bundle.add_builtins();
        let names = BTreeSet::from(["NUMBER()".to_owned()]);
        Words { language: language.clone(), bundle, messages: IndexMap::default(), names }
    }

    /// Adds one file and gives what its messages refer to.
    fn add(&mut self, text: &str, place: &Place<'_>, findings: &mut Vec<Diagnostic>) -> Vec<(String, Span)> {
        if let Some(offset) = too_deep(text) {
            findings.push(diagnostic::words::too_deep(place(offset..offset + 1), DEEPEST));
            return Vec::new();
        }
        let resource = match FluentResource::try_new(text.to_owned()) {
            Ok(resource) => resource,
            Err((resource, errors)) => {
                findings.extend(errors.iter().map(|error| unreadable(error, resource.source(), place)));
                resource
            }
        };
        let mut references = Vec::new();
        let mut seen = BTreeMap::new();
        for described in resource.entries().filter_map(|entry| described(entry, resource.source(), place)) {
            // Fluent keeps a term and a message of one name in one place, so the two are duplicates as well.
            let name = described.name.trim_start_matches('-').to_owned();
            if let Some(first) = seen.insert(name, described.span.clone()) {
                findings.push(diagnostic::syntax::duplicate_key(described.span.clone(), first, &described.name));
            }
            references.extend(described.references);
            self.names.extend(described.attributes);
            self.names.insert(described.name.clone());
            if described.has_text {
                let known = Known { span: described.span, variables: described.variables, text: OnceLock::new() };
                self.messages.insert(described.name, known);
            }
        }
        self.bundle.add_resource_overriding(resource);
        references
    }

    fn unknown(&self, references: Vec<(String, Span)>) -> impl Iterator<Item = Diagnostic> {
        references.into_iter().filter(|(name, _)| !self.names.contains(name)).map(|(name, span)| {
            let known = self.names.iter().map(String::as_str);
            diagnostic::words::unknown_reference(span, &name, known)
        })
    }

    fn replace(&mut self, own: &Override<'_>) -> Vec<Diagnostic> {
        let place = |_: Range<usize>| own.span.clone();
        let mut replacement = Words::empty(&self.language);
        let mut findings = Vec::new();
        let references = replacement.add(&as_file(own), &place, &mut findings);
        let is_one_message = replacement.names.len() == 2 && replacement.messages.contains_key(own.id);
        if findings.is_empty() && !is_one_message {
            findings.push(diagnostic::words::syntax(own.span.clone(), say("文は1つだけ書けます", "expected one text")));
        }
        match self.messages.get(own.id) {
            Some(theme) => {
                let new = replacement.messages.get(own.id);
                findings.extend(new.into_iter().flat_map(|new| foreign_variables(new, theme)));
            }
            None => findings.push(diagnostic::words::unused_override(own.span.clone(), own.id, self.keys())),
        }
        findings.extend(self.unknown(references));
        let fatal = |finding: &Diagnostic| finding.severity == diagnostic::Severity::Error;
        if !findings.iter().any(fatal) {
            self.add(&as_file(own), &place, &mut findings);
        }
        findings
    }
}

impl fmt::Debug for Words {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Words")
            .field("language", &self.language)
            .field("messages", &self.messages)
            .finish_non_exhaustive()
    }
}

impl Argument {
    fn fluent(&self) -> FluentValue<'_> {
        match self {
            Argument::Text(text) => FluentValue::String(Cow::Borrowed(text)),
            Argument::Number(number) => match f64::try_from(*number) {
                Ok(value) => {
                    // Fluent compares numbers with their options: 1 is the variant [1], 1.0 is not.
                    let scale = usize::try_from(number.scale()).ok().filter(|scale| *scale > 0);
                    let options =
                        FluentNumberOptions { minimum_fraction_digits: scale, ..FluentNumberOptions::default() };
                    FluentValue::Number(FluentNumber::new(value, options))
                }
                Err(_) => FluentValue::String(Cow::Owned(number.to_string())),
            },
        }
    }
}

impl From<&str> for Argument {
    fn from(text: &str) -> Argument {
        Argument::Text(text.to_owned())
    }
}

impl From<String> for Argument {
    fn from(text: String) -> Argument {
        Argument::Text(text)
    }
}

impl From<Decimal> for Argument {
    fn from(number: Decimal) -> Argument {
        Argument::Number(number)
    }
}

impl From<i64> for Argument {
    fn from(number: i64) -> Argument {
        Argument::Number(number.into())
    }
}

impl From<usize> for Argument {
    fn from(number: usize) -> Argument {
        Argument::Number(number.into())
    }
}

impl From<f64> for Argument {
    fn from(number: f64) -> Argument {
        Decimal::try_from(number).map_or_else(|_| Argument::Text(number.to_string()), Argument::Number)
    }
}

/// Makes a range of bytes of a Fluent text a place in a file of the site.
type Place<'a> = dyn Fn(Range<usize>) -> Span + 'a;

/// An override as a Fluent file of one message.
fn as_file(own: &Override<'_>) -> String {
    let lines: Vec<&str> = own.text.trim().lines().map(str::trim).collect();
    // Fluent has no empty texts, but an office may want to see nothing at all.
    let text = if lines.is_empty() { "{\"\"}".to_owned() } else { lines.join("\n    ") };
    format!("{} = {text}\n", own.id)
}

fn foreign_variables(message: &Known, original: &Known) -> Vec<Diagnostic> {
    let foreign = message.variables.difference(&original.variables);
    let finding = |name: &String| {
        let known = original.variables.iter().map(String::as_str);
        diagnostic::words::unknown_variable(message.span.clone(), name, known)
    };
    foreign.map(finding).collect()
}

/// Where the text is nested deeper than [`DEEPEST`].
fn too_deep(text: &str) -> Option<usize> {
    let mut depth = 0_usize;
    let mut line_start = 0;
    for line in text.split_inclusive('\n') {
        if begins_message(line) {
            depth = 0;
        }
        for (offset, byte) in line.bytes().enumerate() {
            match byte {
                b'{' => depth += 1,
                // In a sentence brackets mean nothing; within braces they are calls.
                b'(' if depth > 0 => depth += 1,
                b')' if depth > 1 => depth -= 1,
                b'}' => depth = depth.saturating_sub(1),
                _ => {}
            }
            if depth > DEEPEST {
                return Some(line_start + offset);
            }
        }
        line_start += line.len();
    }
    None
}

/// Whether a line begins a message or a term: `name =`, `-name =`.
fn begins_message(line: &str) -> bool {
    let Some((name, _)) = line.split_once('=') else { return false };
    let name = name.strip_prefix('-').unwrap_or(name).trim_end_matches(' ');
    name.starts_with(|first: char| first.is_ascii_alphabetic())
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_')
}

fn unreadable(error: &ParserError, text: &str, place: &Place<'_>) -> Diagnostic {
    let boundary = |offset: usize| (offset.min(text.len())..=text.len()).find(|at| text.is_char_boundary(*at));
    let start = (0..=error.pos.start.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or_default();
    let end = boundary(error.pos.end.max(start)).unwrap_or(text.len());
    diagnostic::words::syntax(place(start..end), cause(&error.kind))
}

fn cause(kind: &ErrorKind) -> Message {
    match kind {
        ErrorKind::ExpectedToken(token) => say(format!("「{token}」が要ります"), format!("expected {token}")),
        ErrorKind::ExpectedMessageField { entry_id } | ErrorKind::ExpectedTermField { entry_id } => {
            say(format!("{entry_id} に文がありません"), format!("{entry_id} has no text"))
        }
        ErrorKind::MissingValue => say("値がありません", "expected a value"),
        ErrorKind::MissingDefaultVariant => {
            say("選択肢のどれか1つに * が要ります", "one of the variants needs a * as the default")
        }
        ErrorKind::MultipleDefaultVariants => say("* は1つだけです", "only one variant can be the default"),
        ErrorKind::UnbalancedClosingBrace => say("} に対応する { がありません", "a } without its {"),
        ErrorKind::UnterminatedStringLiteral => say("引用符が閉じていません", "a quote is not closed"),
        ErrorKind::ExpectedInlineExpression => say(
            "{ } の中は $値、言葉の名前、\"文字列\" のどれかです",
            "expected a $value, a message or a \"text\" in { }",
        ),
        other => say(other.to_string(), lower_case_first(&other.to_string())),
    }
}

fn lower_case_first(text: &str) -> String {
    let mut characters = text.chars();
    characters.next().map_or(String::new(), |first| first.to_lowercase().chain(characters).collect())
}

/// A message or a term, and what it asks for.
struct Described {
    /// `name`, or `-name` for a term.
    name: String,
    span: Span,
    has_text: bool,
    attributes: Vec<String>,
    variables: BTreeSet<String>,
    references: Vec<(String, Span)>,
}

fn described(entry: &Entry<&str>, text: &str, place: &Place<'_>) -> Option<Described> {
    let (prefix, id, value, attributes) = match entry {
        Entry::Message(message) => ("", message.id.name, message.value.as_ref(), &message.attributes),
        Entry::Term(term) => ("-", term.id.name, Some(&term.value), &term.attributes),
        _ => return None,
    };
    let name = format!("{prefix}{id}");
    let mut search = Search { text, place, variables: BTreeSet::new(), references: Vec::new() };
    value.into_iter().for_each(|pattern| search.pattern(pattern));
    attributes.iter().for_each(|attribute| search.pattern(&attribute.value));
    Some(Described {
        span: search.span(id),
        has_text: prefix.is_empty() && value.is_some(),
        attributes: attributes.iter().map(|attribute| format!("{name}.{}", attribute.id.name)).collect(),
        // A term gets its values from the messages that name it.
        variables: search.variables,
        references: search.references,
        name,
    })
}

/// Collects what a message asks for.
struct Search<'a> {
    text: &'a str,
    place: &'a Place<'a>,
    variables: BTreeSet<String>,
    references: Vec<(String, Span)>,
}

impl Search<'_> {
    /// Where a part of the text stands: the parser hands out parts of the text itself.
    fn span(&self, part: &str) -> Span {
        let start = (part.as_ptr() as usize).saturating_sub(self.text.as_ptr() as usize);
        (self.place)(start..start + part.len())
    }

    fn pattern(&mut self, pattern: &Pattern<&str>) {
        for element in &pattern.elements {
            if let PatternElement::Placeable { expression } = element {
                self.expression(expression);
            }
        }
    }

    fn expression(&mut self, expression: &Expression<&str>) {
        match expression {
            Expression::Inline(inline) => self.inline(inline),
            Expression::Select { selector, variants } => {
                self.inline(selector);
                variants.iter().for_each(|variant| self.pattern(&variant.value));
            }
        }
    }

    fn inline(&mut self, inline: &InlineExpression<&str>) {
        match inline {
            InlineExpression::VariableReference { id } => {
                self.variables.insert(id.name.to_owned());
            }
            InlineExpression::MessageReference { id, attribute } => {
                self.refer(with_attribute(id.name.to_owned(), attribute.as_ref().map(|id| id.name)), id.name);
            }
            InlineExpression::TermReference { id, attribute, arguments } => {
                self.refer(with_attribute(format!("-{}", id.name), attribute.as_ref().map(|id| id.name)), id.name);
                arguments.iter().for_each(|arguments| self.arguments(arguments));
            }
            InlineExpression::FunctionReference { id, arguments } => {
                self.refer(format!("{}()", id.name), id.name);
                self.arguments(arguments);
            }
            InlineExpression::Placeable { expression } => self.expression(expression),
            InlineExpression::StringLiteral { .. } | InlineExpression::NumberLiteral { .. } => {}
        }
    }

    fn arguments(&mut self, arguments: &CallArguments<&str>) {
        arguments.positional.iter().for_each(|argument| self.inline(argument));
        arguments.named.iter().for_each(|argument| self.inline(&argument.value));
    }

    fn refer(&mut self, name: String, part: &str) {
        let span = self.span(part);
        self.references.push((name, span));
    }
}

fn with_attribute(name: String, attribute: Option<&str>) -> String {
    attribute.map_or_else(|| name.clone(), |attribute| format!("{name}.{attribute}"))
}

/// Fluent's name of a language, by which it chooses plural forms.
fn language_identifier(language: &Language) -> LanguageIdentifier {
    let tag = language.html();
    let primary = tag.split('-').next().unwrap_or(tag);
    tag.parse().or_else(|_| primary.parse()).unwrap_or_default()
}

/// Numbers in messages get the language's separators, which Fluent leaves to whoever uses it.
fn print_number(value: &FluentValue<'_>, formats: &IntlLangMemoizer) -> Option<String> {
    let FluentValue::Number(number) = value else { return None };
    formats.with_try_get::<Digits, _, _>((number.options.use_grouping,), |digits| digits.print(number)).ok()?
}

/// Halves away from zero, as everywhere in Kairan.
const HALF_UP: SignedRoundingMode = SignedRoundingMode::Unsigned(UnsignedRoundingMode::HalfExpand);

/// How a language writes digits.
struct Digits(DecimalFormatter);

impl Memoizable for Digits {
    /// Whether thousands are set apart.
    type Args = (bool,);
    type Error = icu_provider::DataError;

    fn construct(language: LanguageIdentifier, (grouped,): (bool,)) -> Result<Digits, Self::Error> {
        let language = Language::parse(&language.to_string().to_lowercase());
        let locale = language.as_ref().and_then(icu_locale).unwrap_or(icu_locale_core::Locale::UNKNOWN);
        let mut options = DecimalFormatterOptions::default();
        options.grouping_strategy = (!grouped).then_some(GroupingStrategy::Never);
        DecimalFormatter::try_new(locale.into(), options).map(Digits)
    }
}

impl Digits {
    fn print(&self, number: &FluentNumber) -> Option<String> {
        let places = |count: Option<usize>| count.and_then(|count| i16::try_from(count).ok());
        let most = places(number.options.maximum_fraction_digits).unwrap_or(i16::MAX);
        let least = places(number.options.minimum_fraction_digits).unwrap_or(0).min(most);
        let mut digits = fixed_decimal::Decimal::try_from_str(&number.value.abs().to_string()).ok()?;
        digits.round_with_mode(-most, HALF_UP);
        digits.pad_end(-least);
        let sign = if number.value < 0.0 && !digits.absolute.is_zero() { MINUS } else { "" };
        Some(format!("{sign}{}", self.0.format(&digits)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(tag: &str, texts: &[&str]) -> Checked<Words> {
        let language = Language::parse(tag).expect("a tag");
        let names = (0..).map(|number| format!("{number}.ftl").into());
        let sources: Vec<(Arc<str>, &str)> = names.zip(texts.iter().copied()).collect();
        Words::parse(&language, &sources)
    }

    fn clean(tag: &str, texts: &[&str]) -> Words {
        let checked = words(tag, texts);
        assert_eq!(checked.findings, []);
        checked.value
    }

    /// Findings as `code path:start..end`.
    fn codes(findings: &[Diagnostic]) -> Vec<String> {
        let place = |span: &Span| format!("{}:{}..{}", span.path, span.start, span.end);
        let place = |finding: &Diagnostic| finding.primary.as_ref().map_or(String::new(), |label| place(&label.span));
        findings.iter().map(|finding| format!("{} {}", finding.code, place(finding))).collect()
    }

    #[test]
    fn words_can_be_shared_between_threads() {
        fn shared<T: Send + Sync>() {}
        shared::<Words>();
    }

    #[test]
    fn messages_print_their_values() {
        let ja = clean("ja", &["title = {$name}の一覧\nminutes = 約{$n}分\nboth = { title }、{ minutes }\n"]);
        assert_eq!(ja.get("title", &[("name", "病院".into())]).as_deref(), Some("病院の一覧"));
        assert_eq!(
            ja.get("both", &[("name", "病院".into()), ("n", 5_i64.into())]).as_deref(),
            Some("病院の一覧、約5分")
        );
        assert_eq!(ja.get("title", &[]).as_deref(), Some("{$name}の一覧"));
        assert_eq!(ja.get("nothing", &[]), None);
        assert_eq!(ja.keys().collect::<Vec<_>>(), ["both", "minutes", "title"]);
        assert_eq!(ja.variables("minutes").map(|names| names.iter().cloned().collect()), Some(vec!["n".to_owned()]));
    }

    #[test]
    fn numbers_choose_plural_forms_and_get_separators() {
        let text = "files = {$n ->\n    [0] no files\n    [one] {$n} file\n   *[other] {$n} files\n}\n\
                    plain = { NUMBER($n, useGrouping: \"false\") }\nrounded = { NUMBER($n, maximumFractionDigits: 1) }\n";
        let number = |text: &str| Argument::Number(text.parse().expect("a decimal"));
        let table = [
            ("en", "files", "0", "no files"),
            ("en", "files", "1", "1 file"),
            ("en", "files", "1.0", "1.0 files"),
            ("en", "files", "1234567.5", "1,234,567.5 files"),
            ("en", "files", "-4", "−4 files"),
            ("pt", "files", "1234567.5", "1.234.567,5 files"),
            ("pt-br", "files", "1", "1 file"),
            ("ja", "files", "1", "1 files"),
            ("ja-easy", "files", "1234", "1,234 files"),
            ("vi", "files", "1234", "1.234 files"),
            ("zz", "files", "1234", "1,234 files"),
            ("en", "plain", "2023", "2023"),
            ("en", "rounded", "0.25", "0.3"),
            ("en", "rounded", "-0.04", "0.0"),
            ("en", "rounded", "1234", "1,234"),
        ];
        for (tag, key, value, printed) in table {
            let text = clean(tag, &[text]).get(key, &[("n", number(value))]);
            assert_eq!(text.as_deref(), Some(printed), "{tag} {value}");
        }
        assert_eq!(Argument::from(f64::NAN), Argument::Text("NaN".into()));
    }

    #[test]
    fn later_files_override_earlier_ones() {
        let words = clean(
            "en",
            &[
                "-zine = zine\nmore = Read more\nabout = About the { -zine }\n",
                "more = Continue\n",
                "-zine = magazine\n",
            ],
        );
        assert_eq!(words.get("more", &[]).as_deref(), Some("Continue"));
        assert_eq!(words.get("about", &[]).as_deref(), Some("About the magazine"));
    }

    #[test]
    fn broken_messages_are_findings_and_the_others_count() {
        let table = [
            ("a = 1\nb = {$n\nc = 3\n", vec!["word-syntax 0.ftl:14..15"]),
            ("a = 1\nb\nc = 3\n", vec!["word-syntax 0.ftl:7..8"]),
            ("a = 1\n題 = 2\nc = 3\n", vec!["word-syntax 0.ftl:6..9"]),
            ("a = 1\nb = {$n ->\n  [one] x\n}\nc = 3\n", vec!["word-syntax 0.ftl:27..28"]),
            ("a = 1\nc = 3\nb = }", vec!["word-syntax 0.ftl:16..17"]),
            ("a = 1\nc = 3\nb = {", vec!["word-syntax 0.ftl:17..17"]),
            ("a = 1\na = { c }\nc = 3\n", vec!["duplicate-key 0.ftl:6..7"]),
            ("-a = 1\na = 2\nc = 3\n", vec!["duplicate-key 0.ftl:7..8"]),
            (
                "a = { d }\nc = { -c } { c.x } { C() }\n",
                vec![
                    "unknown-word 0.ftl:6..7",
                    "unknown-word 0.ftl:17..18",
                    "unknown-word 0.ftl:23..24",
                    "unknown-word 0.ftl:31..32",
                ],
            ),
            ("a = { c.x }\nc = 3\n    .x = 4\n", vec![]),
            ("", vec![]),
            ("\u{0}", vec!["word-syntax 0.ftl:0..1"]),
        ];
        for (text, expected) in table {
            let checked = words("en", &[text]);
            assert_eq!(codes(&checked.findings), expected, "{text}");
            assert_eq!(checked.value.get("c", &[]).is_some(), text.contains("\nc ="), "{text}");
        }
    }

    #[test]
    fn no_nesting_exhausts_the_stack() {
        let braces = format!("a = 1\nb = {}", "{".repeat(100_000));
        let lines = format!("a = 1\nb = {}", "{\n".repeat(100_000));
        let calls = format!("a = 1\nb = {{ {}", "NUMBER(\n".repeat(100_000));
        for text in [braces, lines, calls] {
            assert_eq!(words("en", &[&text]).findings.len(), 1);
        }
        let many = "a = { \"{\" } (((\n".repeat(DEEPEST * 2);
        assert!(words("en", &[&many]).findings.iter().all(|finding| finding.code == "duplicate-key"));
        let cycle = clean("en", &["a = { b }\nb = { a }\n"]);
        assert!(cycle.get("a", &[]).is_some());
    }

    #[test]
    fn a_site_overrides_single_messages() {
        let theme = || clean("ja", &["read-more = 続きを読む\ncount = {$n}件\n"]);
        let path: Arc<str> = "site.toml".into();
        let own = |id, text| Override { id, text, span: Span::new(&path, 40, 50) };
        let table = [
            (own("read-more", "くわしく"), "くわしく", vec![]),
            (own("read-more", ""), "", vec![]),
            (own("read-more", "一行目\n二行目"), "一行目\n二行目", vec![]),
            (own("read-more", "{ count"), "続きを読む", vec!["word-syntax"]),
            (own("read-more", "{ cuont }"), "続きを読む", vec!["unknown-word"]),
            (own("read-more", "{$n}件"), "続きを読む", vec!["unknown-word-value"]),
            (own("read-mroe", "くわしく"), "続きを読む", vec!["unused-word"]),
            (own("x = 1\nread-more", "くわしく"), "続きを読む", vec!["word-syntax", "unused-word"]),
            (own("read-more", "a\n.b = c"), "続きを読む", vec!["word-syntax"]),
        ];
        for (own, text, expected) in table {
            let checked = theme().overridden(std::slice::from_ref(&own));
            let codes: Vec<&str> = checked.findings.iter().map(|finding| finding.code.as_str()).collect();
            assert_eq!(codes, expected, "{own:?}");
            assert_eq!(checked.value.get("read-more", &[]).as_deref(), Some(text), "{own:?}");
        }
        let counted = theme().overridden(&[own("count", "全{$n}件")]).value;
        assert_eq!(counted.get("count", &[("n", 1234_i64.into())]).as_deref(), Some("全1,234件"));
    }

    #[test]
    fn languages_are_compared() {
        let ja = clean("ja", &["a = あ{$n}\nb = い\n"]);
        let en = clean("en", &["a = A {$m}\n"]);
        let codes: Vec<String> = ja.untranslated(&en).into_iter().map(|finding| finding.code).collect();
        assert_eq!(codes, ["unknown-word-value", "untranslated-word"]);
        assert_eq!(en.untranslated(&en), []);
    }

    const JAPANESE: &str = include_str!("../../themes/base/locales/ja.ftl");
    const ENGLISH: &str = include_str!("../../themes/base/locales/en.ftl");

    #[test]
    fn the_built_in_words_are_the_same_in_both_languages() {
        let (ja, en) = (clean("ja", &[JAPANESE]), clean("en", &[ENGLISH]));
        assert_eq!(ja.keys().collect::<Vec<_>>(), en.keys().collect::<Vec<_>>());
        for key in ja.keys() {
            assert_eq!(ja.variables(key), en.variables(key), "{key}");
        }
        assert_eq!((ja.untranslated(&en), en.untranslated(&ja)), (vec![], vec![]));
    }

    #[test]
    fn the_built_in_words_print_whatever_values_they_get() {
        for words in [clean("ja", &[JAPANESE]), clean("en", &[ENGLISH])] {
            for key in words.keys() {
                let names = words.variables(key).into_iter().flatten();
                let one: Vec<(&str, Argument)> = names.clone().map(|name| (name.as_str(), 1_usize.into())).collect();
                let many: Vec<(&str, Argument)> = names.map(|name| (name.as_str(), "何か".into())).collect();
                for arguments in [one, many] {
                    let text = words.get(key, &arguments).unwrap_or_default();
                    assert!(!text.is_empty() && !text.contains(['{', '}', '\n']), "{key}: {text}");
                }
            }
        }
    }

    #[test]
    fn the_built_in_words_are_written_in_their_language() {
        for line in JAPANESE.lines().filter(|line| !line.starts_with('#')) {
            assert!(!line.contains(['(', ')', '“', '”', '–']), "{line}");
        }
        let en = clean("en", &[ENGLISH]);
        for (count, text) in [(1_usize, "1 bed"), (1234, "1,234 beds")] {
            assert_eq!(en.get("hospital-beds-count", &[("count", count.into())]).as_deref(), Some(text));
        }
        for line in ENGLISH.lines().filter(|line| !line.starts_with('#')) {
            assert!(!line.contains(['（', '）', '、', '。', '「', '」']), "{line}");
        }
    }
}
