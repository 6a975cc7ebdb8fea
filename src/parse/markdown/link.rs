//! Links and pictures, and the attributes that may follow them.

use std::ops::Range;

use percent_encoding::percent_decode_str;
use pulldown_cmark::{CowStr, Event, LinkType, Tag};

use super::super::{Image, Part, Target};
use super::after;
use super::prepare::{Placed, Prepared, RUBY_BAR, RUBY_CLOSE, RUBY_OPEN};
use super::walk::Walk;
use crate::diagnostic::markdown as finding;

/// Texts of links that are replaced by the number of what they point at.
const REFERENCES: [&str; 14] =
    ["図", "表", "式", "数式", "figure", "fig", "fig.", "table", "tbl", "tbl.", "equation", "eq", "eq.", "formula"];
/// The beginnings of the anchors of what is numbered.
const NUMBERED: [&str; 3] = ["fig:", "tbl:", "eq:"];

/// What an author wrote in `{#id .class}`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Attributes {
    pub id: Option<String>,
    pub classes: Vec<String>,
}

/// Attributes that begin at `start`, after spaces, and where they end.
pub fn attributes(prepared: &Prepared<'_>, start: usize) -> Option<(Attributes, usize)> {
    const LONGEST: usize = 500;
    let rest = prepared.text.get(start..)?;
    let trimmed = rest.trim_start_matches([' ', '\t']);
    let inner = trimmed.strip_prefix('{')?;
    let close = inner.bytes().take(LONGEST).position(|byte| matches!(byte, b'}' | b'\n' | b'{'))?;
    let (inner, after) = inner.split_at_checked(close)?;
    if !after.starts_with('}') || inner.trim().is_empty() {
        return None;
    }
    let mut attributes = Attributes::default();
    for word in inner.split_whitespace() {
        if let Some(id) = word.strip_prefix('#').filter(|id| !id.is_empty()) {
            attributes.id = Some(prepared.clean(id).into_owned());
        } else if let Some(class) = word.strip_prefix('.').filter(|class| is_class(class)) {
            attributes.classes.push(class.to_owned());
        } else {
            return None;
        }
    }
    Some((attributes, start + (rest.len() - after.len()) + 1))
}

fn is_class(name: &str) -> bool {
    !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_'))
}

/// Where a link leads.
enum Destination<'a> {
    Nowhere,
    /// Within the page.
    Anchor(&'a str),
    /// To another host.
    Web,
    /// `mailto:` and `tel:`.
    Contact,
    /// To another file of the site.
    Page,
    Forbidden(&'a str),
}

fn destination(address: &str) -> Destination<'_> {
    if address.is_empty() {
        return Destination::Nowhere;
    }
    if let Some(anchor) = address.strip_prefix('#') {
        return Destination::Anchor(anchor);
    }
    if address.starts_with("//") || address.starts_with("\\\\") {
        return Destination::Web;
    }
    match scheme(address) {
        None => Destination::Page,
        Some(scheme) => match scheme.to_ascii_lowercase().as_str() {
            "http" | "https" => Destination::Web,
            "mailto" | "tel" => Destination::Contact,
            "hospital" => Destination::Page,
            _ => Destination::Forbidden(scheme),
        },
    }
}

fn scheme(address: &str) -> Option<&str> {
    let scheme = &address[..address.find([':', '/', '?', '#'])?];
    let is_scheme = address[scheme.len()..].starts_with(':')
        && scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.'));
    is_scheme.then_some(scheme)
}

fn decode(address: &str) -> String {
    percent_decode_str(address).decode_utf8_lossy().into_owned()
}

impl<'w> Walk<'w, '_> {
    /// Begins a link. The index after it, where it was written as a whole.
    pub(super) fn start_link(
        &mut self,
        index: usize,
        link_type: LinkType,
        address: &CowStr<'w>,
        title: &CowStr<'w>,
        range: &Range<usize>,
    ) -> Option<usize> {
        // Browsers ignore these characters, so that `java\nscript:` would be a scheme.
        let address: String = self.prepared.clean(address).chars().filter(|c| !c.is_control()).collect();
        let address = address.trim();
        let mailed = format!("mailto:{address}");
        let address = if link_type == LinkType::Email && scheme(address).is_none() { &mailed } else { address };
        let destination = destination(address);
        if let Destination::Anchor(anchor) = destination
            && let Some(next) = self.reference(index, anchor, range)
        {
            return Some(next);
        }
        self.closers.push("");
        if self.manner.quiet {
            return None;
        }
        let place = self.address_place(index, link_type, address, range);
        match destination {
            Destination::Nowhere => {
                let span = self.page.span(place);
                self.page.find(finding::empty_link(span));
                return None;
            }
            Destination::Forbidden(scheme) => {
                let span = self.page.span(place);
                self.page.find(finding::forbidden_scheme(span, address, scheme));
                return None;
            }
            Destination::Contact | Destination::Web => {
                self.out.html("<a");
                self.out.attribute("href", &address.replace(' ', "%20"));
                if matches!(destination, Destination::Web) {
                    self.out.attribute("rel", "noopener");
                }
            }
            Destination::Anchor(_) | Destination::Page => {
                self.out.html("<a");
                self.out.address(Target { text: decode(address), span: self.page.span(place) });
            }
        }
        if !title.is_empty() {
            let title = self.prepared.clean(title);
            self.out.attribute("title", &title);
        }
        self.out.html(">");
        if let Some(closer) = self.closers.last_mut() {
            *closer = "</a>";
        }
        None
    }

    /// `[図](#fig:flow)`: the number of a figure, written as a whole. The index after it.
    fn reference(&mut self, index: usize, anchor: &str, range: &Range<usize>) -> Option<usize> {
        let anchor = decode(anchor);
        if !NUMBERED.iter().any(|beginning| anchor.starts_with(beginning)) {
            return None;
        }
        let end = after(self.events, index);
        let text = self.words(index + 1..end - 1);
        let text = text.trim().to_lowercase();
        if !text.is_empty() && !REFERENCES.contains(&text.as_str()) {
            return None;
        }
        let place = self.prepared.at(range.start)..self.prepared.at(range.end);
        let target = Target { text: anchor, span: self.page.span(place) };
        if self.manner.quiet {
            self.out.part(Part::Reference(target));
        } else {
            self.out.html("<a class=\"ref\" href=\"");
            self.out.part(Part::Place(target.clone()));
            self.out.html("\">");
            self.out.part(Part::Reference(target));
            self.out.html("</a>");
        }
        self.plain.push_str(&text);
        self.last = Some('0');
        Some(end)
    }

    /// Where the address of a link stands; the whole link where it stands elsewhere.
    fn address_place(&self, index: usize, link_type: LinkType, address: &str, range: &Range<usize>) -> Range<usize> {
        let whole = self.prepared.at(range.start)..self.prepared.at(range.end);
        if link_type != LinkType::Inline {
            return whole;
        }
        let last = after(self.events, index).saturating_sub(2);
        let text_end =
            if last > index { self.events.get(last).map_or(range.start, |(_, last)| last.end) } else { range.start };
        let Some(rest) = self.prepared.text.get(text_end..range.end) else { return whole };
        let Some(open) = rest.find("](") else { return whole };
        let inner = rest.get(open + 2..).unwrap_or_default();
        let trimmed = inner.trim_start().trim_start_matches('<');
        let start = range.end - trimmed.len();
        let length = if trimmed.starts_with(address) && !address.is_empty() {
            address.len()
        } else {
            trimmed.find(|c: char| c.is_whitespace() || matches!(c, ')' | '>')).unwrap_or(trimmed.len())
        };
        self.prepared.at(start)..self.prepared.at(start + length)
    }

    /// The words of events, without marks.
    pub(super) fn words(&self, events: Range<usize>) -> String {
        let mut words = String::new();
        for (event, _) in self.events.get(events).unwrap_or_default() {
            match event {
                Event::Text(text) => self.words_of_text(&mut words, text),
                Event::Code(code) if !code.starts_with('=') => words.push_str(&self.prepared.clean(code)),
                Event::SoftBreak | Event::HardBreak => words.push(' '),
                _ => {}
            }
        }
        words
    }

    fn words_of_text(&self, words: &mut String, text: &str) {
        let text = self.prepared.unhook(text);
        let mut rest = &*text;
        while let Some((before, ruby)) = rest.split_once(RUBY_OPEN) {
            let Some((content, after)) = ruby.split_once(RUBY_CLOSE) else { break };
            words.push_str(before);
            words.push_str(content.split(RUBY_BAR).next().unwrap_or_default().trim());
            rest = after;
        }
        words.push_str(&self.prepared.clean(rest));
    }

    /// A picture alone in the paragraph that begins at `index`. The index after the paragraph.
    pub(super) fn figure(&mut self, index: usize) -> Option<usize> {
        let image_end = after(self.events, index + 1);
        let (_, range) = self.events.get(index + 1)?;
        let close = attributes(self.prepared, range.end).map_or(range.end, |(_, close)| close);
        let end = after(self.events, index);
        if !self.is_rest_empty(image_end..end - 1, close) {
            return None;
        }
        self.image(index + 1, true);
        self.end_block();
        Some(end)
    }

    /// The picture that begins at `index`. The index after it.
    pub(super) fn image(&mut self, index: usize, figure: bool) -> usize {
        let end = after(self.events, index);
        let Some((Event::Start(Tag::Image { link_type, dest_url, title, .. }), range)) = self.events.get(index) else {
            return end;
        };
        let attributes = attributes(self.prepared, range.end);
        let id_place = range.end..attributes.as_ref().map_or(range.end, |(_, close)| *close);
        self.hidden.extend(attributes.is_some().then(|| id_place.clone()));
        let attributes = attributes.map(|(attributes, _)| attributes).unwrap_or_default();
        if self.manner.quiet {
            return end;
        }
        let alt = self.words(index + 1..end - 1).trim().to_owned();
        let address: String = self.prepared.clean(dest_url).chars().filter(|c| !c.is_control()).collect();
        let address = address.trim();
        let place = self.address_place(index, *link_type, address, range);
        let span = self.page.span(place);
        if address.is_empty() || address.starts_with("//") || scheme(address).is_some() {
            let finding =
                if address.is_empty() { finding::empty_link(span) } else { finding::external_image(span, address) };
            self.page.find(finding);
            self.out.html(if figure { "<p>" } else { "" });
            self.visible(&alt);
            self.out.html(if figure { "</p>\n" } else { "" });
            return end;
        }
        if alt.is_empty() && !attributes.classes.iter().any(|class| class == "decorative") {
            let span = self.page.span(self.prepared.at(range.start)..self.prepared.at(range.end));
            self.page.find(finding::missing_alt(span, address));
        }
        let id = attributes.id.map(|id| {
            let place = self.prepared.at(id_place.start)..self.prepared.at(id_place.end);
            self.page.claim(&id, place)
        });
        let caption = self.caption_of(title, range);
        let source = Target { text: decode(address), span };
        let classes = attributes.classes;
        self.out.part(Part::Image(Box::new(Image { source, alt, caption, figure, id, classes })));
        self.last = Some('x');
        end
    }

    /// The title of a picture, read as text within a line.
    fn caption_of(&mut self, title: &str, range: &Range<usize>) -> Vec<Part> {
        if title.is_empty() {
            return Vec::new();
        }
        let source = self.prepared.text.get(range.clone()).unwrap_or_default();
        let offset = source.rfind(title).unwrap_or(0);
        let mut text = Placed::new();
        text.push(&self.prepared.clean(title), self.prepared.at(range.start + offset));
        self.page.inline(&text)
    }
}
