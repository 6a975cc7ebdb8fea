//! Writing XML into a string, where nothing can fail.

use std::borrow::Cow;
use std::string::FromUtf8Error;

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};

/// An XML document that grows.
pub(super) struct Xml(Writer<Vec<u8>>);

impl Xml {
    /// A document in UTF-8 with each element on a line of its own.
    pub fn new() -> Xml {
        let mut xml = Xml(Writer::new_with_indent(Vec::new(), b' ', 1));
        xml.write(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)));
        xml
    }

    /// An element around what `inside` writes.
    pub fn element(&mut self, name: &str, attributes: &[(&str, &str)], inside: impl FnOnce(&mut Xml)) {
        self.write(Event::Start(start(name, attributes)));
        inside(self);
        self.write(Event::End(BytesEnd::new(name)));
    }

    /// An element with text in it.
    pub fn text(&mut self, name: &str, attributes: &[(&str, &str)], text: &str) {
        self.write(Event::Start(start(name, attributes)));
        self.write(Event::Text(BytesText::new(&legal(text))));
        self.write(Event::End(BytesEnd::new(name)));
    }

    /// An element with nothing in it.
    pub fn empty(&mut self, name: &str, attributes: &[(&str, &str)]) {
        self.write(Event::Empty(start(name, attributes)));
    }

    /// The document.
    pub fn finish(self) -> String {
        let bytes = self.0.into_inner();
        let lossy = |error: FromUtf8Error| String::from_utf8_lossy(error.as_bytes()).into_owned();
        let mut text = String::from_utf8(bytes).unwrap_or_else(lossy);
        text.push('\n');
        text
    }

    fn write(&mut self, event: Event<'_>) {
        // A vector takes every byte.
        let _ = self.0.write_event(event);
    }
}

fn start<'a>(name: &'a str, attributes: &[(&str, &str)]) -> BytesStart<'a> {
    let mut start = BytesStart::new(name);
    for (name, value) in attributes {
        start.push_attribute((*name, &*legal(value)));
    }
    start
}

/// The text without the characters that XML can't hold, not even escaped: a stray one makes the whole feed unreadable.
pub(super) fn legal(text: &str) -> Cow<'_, str> {
    let is_legal = |character: &char| matches!(character, '\t' | '\n' | '\r' | '\u{20}'..='\u{fffd}' | '\u{10000}'..);
    match text.chars().all(|character| is_legal(&character)) {
        true => Cow::Borrowed(text),
        false => Cow::Owned(text.chars().filter(is_legal).collect()),
    }
}
