//! [`Writer`]: finished HTML gathered into few large pieces, with the holes between them.

use super::super::japanese::escape;
use super::super::{Formula, Part, Target};

/// What has been written of a body.
#[derive(Debug, Default)]
pub struct Writer {
    pub(super) parts: Vec<Part>,
    /// HTML since the last hole.
    pub html: String,
}

impl Writer {
    /// Appends HTML.
    pub fn html(&mut self, html: &str) {
        self.html.push_str(html);
    }

    /// Appends text, escaped.
    pub fn text(&mut self, text: &str) {
        escape(&mut self.html, text);
    }

    /// Appends ` name="value"`.
    pub fn attribute(&mut self, name: &str, value: &str) {
        self.html.push(' ');
        self.html.push_str(name);
        self.html.push_str("=\"");
        escape(&mut self.html, value);
        self.html.push('"');
    }

    /// Appends a hole.
    pub fn part(&mut self, part: Part) {
        self.flush();
        self.parts.push(part);
    }

    /// Appends a value from the data.
    pub fn value(&mut self, formula: Formula) {
        self.part(Part::Value(formula));
    }

    /// Appends an `href` to a page of the site.
    pub fn address(&mut self, target: Target) {
        self.html(" href=\"");
        self.part(Part::Address(target));
        self.html("\"");
    }

    /// Appends what was written elsewhere.
    pub fn append(&mut self, parts: Vec<Part>) {
        for part in parts {
            match part {
                Part::Html(html) => self.html(&html),
                other => self.part(other),
            }
        }
    }

    /// All that was written.
    pub fn finish(mut self) -> Vec<Part> {
        self.flush();
        self.parts.shrink_to_fit();
        self.parts
    }

    fn flush(&mut self) {
        if !self.html.is_empty() {
            // Exactly as long as it is: a site keeps all of its bodies.
            self.parts.push(Part::Html(self.html.as_str().to_owned()));
            self.html.clear();
        }
    }
}
