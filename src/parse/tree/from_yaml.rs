//! A YAML text as a tree with places, from the events of granit-parser.

use std::borrow::Cow;

use granit_parser::{ErrorKind, Event, Parser, ScalarStyle};
use serde_yaml::{Mapping, Value};

use super::fault::{Fault, floor};
use super::index::{Index, Place, Range};
use super::{Tree, join};
use crate::diagnostic::{Diagnostic, Span, syntax};

/// The most nodes of one file, those that aliases repeat counted each time.
const MOST_NODES: usize = 2_000_000;

/// The deepest nesting: data for people is never deeper.
const DEEPEST: usize = 64;

type Events<'t> = Parser<'t, granit_parser::StrInput<'t>>;

/// An event with the bytes it covers.
type Found<'t> = (Event<'t>, (usize, usize));

/// Builds the tree, or says why the text is no YAML.
pub(super) fn tree(text: &str, locate: &dyn Fn(usize, usize) -> Span) -> Result<Tree, Diagnostic> {
    let dashes = Dashes::new(text);
    Builder::new(text, &dashes, locate, true).build().map_err(|fault| fault.diagnostic(text, locate))
}

/// Looks through a text without keeping its values: the places of its fields, where none stands twice and nothing is
/// nested or repeated beyond reason.
pub(super) fn preview(text: &str) -> Option<Index> {
    let nowhere = |_, _| Span::file(&"".into());
    let dashes = Dashes::new(text);
    let tree = Builder::new(text, &dashes, &nowhere, false).build().ok()?;
    tree.findings.is_empty().then_some(tree.index)
}

/// A text in whose lists a lone dash, `[3, -, 5]`, is written with another sign of the same length: offices write it for
/// what there is none of, and only some parsers of YAML take it.
struct Dashes<'t> {
    text: Cow<'t, str>,
    sign: Option<&'static str>,
}

impl<'t> Dashes<'t> {
    fn new(text: &'t str) -> Dashes<'t> {
        // A plain text may begin with any of these. Only one that the text does not hold can be turned back.
        const SIGNS: [&str; 12] = ["^", ";", "$", "_", "/", "+", "(", ")", "<", "X", "Q", "Z"];
        let lone = |at: &usize| {
            let before = text[..*at].trim_end_matches([' ', '\t', '\n', '\r']);
            text[at + 1..].starts_with([',', ']', '}']) && before.ends_with(['[', '{', ',', ':'])
        };
        let places: Vec<usize> = text.match_indices('-').map(|(at, _)| at).filter(lone).collect();
        let sign = SIGNS.into_iter().find(|sign| !places.is_empty() && !text.contains(sign));
        let Some(sign) = sign else { return Dashes { text: Cow::Borrowed(text), sign: None } };
        let mut other = text.to_owned();
        places.iter().for_each(|at| other.replace_range(at..=at, sign));
        Dashes { text: Cow::Owned(other), sign: Some(sign) }
    }

    /// A part of it as it was written.
    fn written<'s>(&self, part: &'s str) -> Cow<'s, str> {
        match self.sign {
            Some(sign) if part.contains(sign) => Cow::Owned(part.replace(sign, "-")),
            _ => Cow::Borrowed(part),
        }
    }
}

struct Builder<'t> {
    text: &'t str,
    dashes: &'t Dashes<'t>,
    locate: &'t dyn Fn(usize, usize) -> Span,
    /// Whether the values are wanted, and not only their places.
    values: bool,
    index: Index,
    findings: Vec<Diagnostic>,
    anchors: Vec<(usize, Value, usize)>,
    nodes: usize,
}

/// A value, and where it ends.
type Node = (Value, usize);

impl<'t> Builder<'t> {
    fn new(
        text: &'t str,
        dashes: &'t Dashes<'t>,
        locate: &'t dyn Fn(usize, usize) -> Span,
        values: bool,
    ) -> Builder<'t> {
        let index = Index::default();
        Builder { text, dashes, locate, values, index, findings: Vec::new(), anchors: Vec::new(), nodes: 0 }
    }

    fn build(mut self) -> Result<Tree, Fault> {
        let mut events = Parser::new_from_str(&self.dashes.text);
        let mut value = Value::Null;
        let mut documents = 0;
        while let Some((event, span)) = self.next(&mut events)? {
            match event {
                Event::DocumentStart(..) => documents += 1,
                Event::StreamStart | Event::StreamEnd | Event::DocumentEnd => {}
                _ if documents > 1 => return Err(Fault::new(span.0, "a second document (---) in one file")),
                event => {
                    (value, _) = self.node(event, span, &mut events, "", 0)?;
                    self.index.insert(String::new(), Place { key: span, value: span });
                }
            }
        }
        Ok(Tree { value, index: self.index, findings: self.findings })
    }

    fn next(&mut self, events: &mut Events<'t>) -> Result<Option<Found<'t>>, Fault> {
        match events.next() {
            None => Ok(None),
            Some(Ok((event, span))) => {
                let range = span.byte_range().unwrap_or_default();
                Ok(Some((event, (range.start, range.end))))
            }
            Some(Err(error)) => {
                let at = error.marker().byte_offset().unwrap_or_default();
                // The parser looks ahead, and so meets the depth before we do.
                Err(match error.kind() {
                    ErrorKind::RecursionLimitExceeded => Fault::told(at, too_deep),
                    _ => Fault::new(at, &error.info()),
                })
            }
        }
    }

    /// The next event that is part of a node.
    fn next_node(&mut self, events: &mut Events<'t>) -> Result<Found<'t>, Fault> {
        loop {
            match self.next(events)? {
                None => return Err(Fault::new(self.text.len(), "the text ends too early")),
                Some((Event::Anchor(..), _)) => {}
                Some(found) => return Ok(found),
            }
        }
    }

    fn node(
        &mut self,
        event: Event<'t>,
        span: Range,
        events: &mut Events<'t>,
        path: &str,
        depth: usize,
    ) -> Result<Node, Fault> {
        self.nodes += 1;
        if self.nodes > MOST_NODES {
            return Err(Fault::told(span.0, too_many));
        }
        if depth > DEEPEST {
            return Err(Fault::told(span.0, too_deep));
        }
        let before = self.nodes;
        let (value, end, anchor) = match event {
            Event::Scalar(text, style, anchor, _) => {
                (if self.values { scalar(&self.dashes.written(&text), style) } else { Value::Null }, span.1, anchor)
            }
            Event::SequenceStart(_, anchor, _) => {
                let (value, end) = self.sequence(span, events, path, depth)?;
                (value, end, anchor)
            }
            Event::MappingStart(_, anchor, _) => {
                let (value, end) = self.mapping(span, events, path, depth)?;
                (value, end, anchor)
            }
            Event::Alias(id) => return Ok((self.alias(id, span)?, span.1)),
            _ => return Err(Fault::new(span.0, "a value was expected here")),
        };
        if anchor > 0 {
            self.anchors.push((anchor, value.clone(), self.nodes - before + 1));
        }
        Ok((value, end))
    }

    fn sequence(&mut self, span: Range, events: &mut Events<'t>, path: &str, depth: usize) -> Result<Node, Fault> {
        let (mut items, mut places, mut end) = (Vec::new(), Vec::new(), span.1);
        loop {
            let (event, item) = self.next_node(events)?;
            if event == Event::SequenceEnd {
                self.index.insert_items(path, places);
                return Ok((Value::Sequence(items), self.end(span, end)));
            }
            // Only what holds more has a path of its own.
            let inner = if is_collection(&event) { format!("{path}[{}]", places.len()) } else { String::new() };
            let (value, item_end) = self.node(event, item, events, &inner, depth + 1)?;
            if self.values {
                items.push(value);
            }
            places.push((item.0, item_end));
            end = end.max(item_end);
        }
    }

    fn mapping(&mut self, span: Range, events: &mut Events<'t>, path: &str, depth: usize) -> Result<Node, Fault> {
        let (mut fields, mut end) = (Mapping::new(), span.1);
        loop {
            let (event, key) = self.next_node(events)?;
            if event == Event::MappingEnd {
                return Ok((Value::Mapping(fields), self.end(span, end)));
            }
            let Event::Scalar(name, style, ..) = event else {
                return Err(Fault::new(key.0, "the name of a field must be a plain text"));
            };
            let name = self.dashes.written(&name);
            let path = join(path, &name);
            let (event, place) = self.next_node(events)?;
            let repeated = self.index.get(&path);
            let (value, value_end) = self.node(event, place, events, &path, depth + 1)?;
            end = end.max(value_end);
            if let Some(first) = repeated {
                let (second, first) = ((self.locate)(key.0, key.1), (self.locate)(first.key.0, first.key.1));
                self.findings.push(syntax::duplicate_key(second, first, &name));
                continue;
            }
            if self.values {
                fields.insert(scalar(&name, style), value);
            }
            self.index.insert(path, Place { key, value: (place.0, value_end) });
        }
    }

    /// Where a collection ends whose last part ends at `end`: with its bracket, where it has one.
    fn end(&self, span: Range, end: usize) -> usize {
        let flow = self.text[floor(self.text, span.0)..].starts_with(['{', '[']);
        let closing = self.text[floor(self.text, end)..].chars().next().filter(|c| matches!(c, '}' | ']'));
        if flow { end + closing.map_or(0, char::len_utf8) } else { end }
    }

    fn alias(&mut self, id: usize, span: (usize, usize)) -> Result<Value, Fault> {
        let found = self.anchors.iter().find(|(anchor, ..)| *anchor == id);
        let (_, value, size) = found.ok_or_else(|| Fault::new(span.0, "this alias names nothing"))?;
        self.nodes += size;
        if self.nodes > MOST_NODES {
            return Err(Fault::told(span.0, too_many));
        }
        Ok(value.clone())
    }
}

fn too_deep(span: Span) -> Diagnostic {
    syntax::yaml_too_deep(span, DEEPEST)
}

fn too_many(span: Span) -> Diagnostic {
    syntax::yaml_too_large(span, MOST_NODES)
}

fn is_collection(event: &Event<'_>) -> bool {
    matches!(event, Event::SequenceStart(..) | Event::MappingStart(..))
}

/// A plain scalar is what YAML says it is (a number, a truth value, a text); anything quoted is a text.
fn scalar(text: &str, style: ScalarStyle) -> Value {
    // Whatever begins otherwise is a text, and need not be asked about.
    let may_be_more = text.is_empty() || text.starts_with(|c: char| c.is_ascii_digit() || "+-.~nNtTfF".contains(c));
    if style != ScalarStyle::Plain || !may_be_more {
        return Value::String(text.to_owned());
    }
    serde_yaml::from_str(text).ok().filter(is_scalar).unwrap_or_else(|| Value::String(text.to_owned()))
}

fn is_scalar(value: &Value) -> bool {
    matches!(value, Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_))
}
