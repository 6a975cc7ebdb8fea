//! A YAML text as a tree with places, from the events of granit-parser.

use granit_parser::{Event, Parser, ScalarStyle};
use serde_yaml::{Mapping, Value};

use super::fault::{Fault, floor};
use super::{Index, Place, Tree, join};
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
    let builder = Builder { text, locate, index: Index::new(), findings: Vec::new(), anchors: Vec::new(), nodes: 0 };
    builder.build().map_err(|fault| fault.diagnostic(text, locate))
}

struct Builder<'t> {
    text: &'t str,
    locate: &'t dyn Fn(usize, usize) -> Span,
    index: Index,
    findings: Vec<Diagnostic>,
    anchors: Vec<(usize, Value, usize)>,
    nodes: usize,
}

impl<'t> Builder<'t> {
    fn build(mut self) -> Result<Tree, Fault> {
        let mut events = Parser::new_from_str(self.text);
        let mut value = Value::Null;
        let mut documents = 0;
        while let Some((event, span)) = self.next(&mut events)? {
            match event {
                Event::DocumentStart(..) => documents += 1,
                Event::StreamStart | Event::StreamEnd | Event::DocumentEnd => {}
                _ if documents > 1 => return Err(Fault::new(span.0, "a second document (---) in one file")),
                event => {
                    value = self.node(event, span, &mut events, "", 0)?;
                    self.index.insert(String::new(), Place { key: (span.0, span.1), value: (span.0, span.1) });
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
                Err(Fault { at: error.marker().byte_offset().unwrap_or_default(), cause: error.info().to_string() })
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
        span: (usize, usize),
        events: &mut Events<'t>,
        path: &str,
        depth: usize,
    ) -> Result<Value, Fault> {
        self.nodes += 1;
        if self.nodes > MOST_NODES {
            return Err(Fault::new(span.0, "too many values, or aliases that repeat each other"));
        }
        if depth > DEEPEST {
            return Err(Fault::new(span.0, "nested too deeply"));
        }
        let before = self.nodes;
        let (value, anchor) = match event {
            Event::Scalar(text, style, anchor, _) => (scalar(&text, style), anchor),
            Event::SequenceStart(_, anchor, _) => (self.sequence(events, path, depth)?, anchor),
            Event::MappingStart(_, anchor, _) => (self.mapping(events, path, depth)?, anchor),
            Event::Alias(id) => return self.alias(id, span),
            _ => return Err(Fault::new(span.0, "a value was expected here")),
        };
        if anchor > 0 {
            self.anchors.push((anchor, value.clone(), self.nodes - before + 1));
        }
        Ok(value)
    }

    fn sequence(&mut self, events: &mut Events<'t>, path: &str, depth: usize) -> Result<Value, Fault> {
        let mut items = Vec::new();
        loop {
            let (event, span) = self.next_node(events)?;
            if event == Event::SequenceEnd {
                return Ok(Value::Sequence(items));
            }
            let path = format!("{path}[{}]", items.len());
            let collection = matches!(event, Event::SequenceStart(..) | Event::MappingStart(..));
            items.push(self.node(event, span, events, &path, depth + 1)?);
            let span = if collection { self.through(span, &path) } else { span };
            self.index.insert(path, Place { key: span, value: span });
        }
    }

    fn mapping(&mut self, events: &mut Events<'t>, path: &str, depth: usize) -> Result<Value, Fault> {
        let mut fields = Mapping::new();
        loop {
            let (event, key) = self.next_node(events)?;
            if event == Event::MappingEnd {
                return Ok(Value::Mapping(fields));
            }
            let Event::Scalar(name, style, ..) = event else {
                return Err(Fault::new(key.0, "the name of a field must be a plain text"));
            };
            let path = join(path, &name);
            let (event, span) = self.next_node(events)?;
            let repeated = self.index.get(&path).copied();
            let collection = matches!(event, Event::SequenceStart(..) | Event::MappingStart(..));
            let value = self.node(event, span, events, &path, depth + 1)?;
            if let Some(first) = repeated {
                let (second, first) = ((self.locate)(key.0, key.1), (self.locate)(first.key.0, first.key.1));
                self.findings.push(syntax::duplicate_key(second, first, &name));
                continue;
            }
            let span = if collection { self.through(span, &path) } else { span };
            fields.insert(scalar(&name, style), value);
            self.index.insert(path, Place { key, value: span });
        }
    }

    /// A collection's event covers only its first mark; its place reaches to the end of its last part.
    fn through(&self, span: (usize, usize), path: &str) -> (usize, usize) {
        let inside = self.index.range(path.to_owned()..).take_while(|(inner, _)| inner.starts_with(path));
        let end = inside.map(|(_, place)| place.value.1).max().unwrap_or(span.1).max(span.1);
        let closing = self.text[floor(self.text, end)..].chars().next().filter(|c| matches!(c, '}' | ']'));
        let flow = self.text[floor(self.text, span.0)..].starts_with(['{', '[']);
        (span.0, if flow { end + closing.map_or(0, char::len_utf8) } else { end })
    }

    fn alias(&mut self, id: usize, span: (usize, usize)) -> Result<Value, Fault> {
        let found = self.anchors.iter().find(|(anchor, ..)| *anchor == id);
        let (_, value, size) = found.ok_or_else(|| Fault::new(span.0, "this alias names nothing"))?;
        self.nodes += size;
        if self.nodes > MOST_NODES {
            return Err(Fault::new(span.0, "aliases that repeat each other too often"));
        }
        Ok(value.clone())
    }
}

/// A plain scalar is what YAML says it is (a number, a truth value, a text); anything quoted is a text.
fn scalar(text: &str, style: ScalarStyle) -> Value {
    if style != ScalarStyle::Plain {
        return Value::String(text.to_owned());
    }
    serde_yaml::from_str(text).ok().filter(is_scalar).unwrap_or_else(|| Value::String(text.to_owned()))
}

fn is_scalar(value: &Value) -> bool {
    matches!(value, Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_))
}
