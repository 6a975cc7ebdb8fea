//! Tables: in a group that scrolls (several regions on a page would be landmarks of one name), with classes for alignment, headers with their scope, and a caption.

use std::ops::Range;

use pulldown_cmark::{Alignment, Event, Tag, TagEnd};

use super::super::{Part, Target};
use super::after;
use super::link::Attributes;
use super::walk::Walk;

/// A table that is being written.
pub struct Table<'w> {
    alignments: &'w [Alignment],
    column: usize,
    in_head: bool,
    has_body: bool,
    /// Whether the first column names the rows: where its own heading is empty.
    names_rows: bool,
}

/// The caption of the table that comes next.
pub struct Caption {
    parts: Vec<Part>,
    plain: String,
    attributes: Attributes,
    place: Range<usize>,
}

/// What a paragraph above a table begins with when it is the caption.
const MARKS: [&str; 4] = ["表：", "表:", "Table:", "Table："];

impl<'w> Walk<'w, '_> {
    /// A paragraph `表：題名 {#tbl:x}` just above a table. The index after it.
    pub(super) fn table_caption(&mut self, index: usize, text: &str) -> Option<usize> {
        let mark = MARKS.iter().find(|mark| text.starts_with(**mark))?;
        let end = after(self.events, index);
        let is_above = matches!(self.events.get(end), Some((Event::Start(Tag::Table(_)), _)));
        if !is_above {
            return None;
        }
        let (_, range) = self.events.get(index + 1)?;
        let (_, paragraph) = self.events.get(index)?;
        let spaces = text.len() - mark.len() - text[mark.len()..].trim_start().len();
        self.hidden.push(range.start..range.start + mark.len() + spaces);
        let source = self.prepared.text.get(paragraph.clone())?.trim_end();
        let brace = source.rfind('{').map(|brace| paragraph.start + brace);
        let attributes = brace.and_then(|brace| Some((super::link::attributes(self.prepared, brace)?, brace)));
        let attributes = attributes.filter(|((_, close), _)| *close == paragraph.start + source.len());
        let mut place = range.clone();
        let attributes = attributes.map(|((attributes, close), brace)| {
            place = brace..close;
            let before = self.prepared.text.get(..brace).unwrap_or_default();
            self.hidden.push(before.trim_end().len()..close);
            attributes
        });
        let (parts, plain) = self.aside(|walk| walk.run(index + 1..end - 1));
        self.hidden.clear();
        self.plain.push_str(plain.trim());
        self.end_block();
        self.caption = Some(Caption { parts, plain, attributes: attributes.unwrap_or_default(), place });
        Some(end)
    }

    pub(super) fn start_table(&mut self, index: usize, alignments: &'w [Alignment]) {
        let caption = self.caption.take();
        let label = caption.as_ref().map_or(self.page.words.table, |caption| caption.plain.trim()).to_owned();
        self.out.html("<div class=\"tw\" role=\"group\" tabindex=\"0\"");
        self.out.attribute("aria-label", &label);
        self.out.html(">\n<table");
        if let Some(caption) = caption {
            self.write_caption(caption);
        } else {
            self.out.html(">\n");
        }
        let is_empty = |index: usize| matches!(self.events.get(index), Some((Event::End(TagEnd::TableCell), _)));
        // Table, head, cell: an empty first cell ends at once.
        let names_rows = is_empty(index + 3) && alignments.len() > 1;
        self.table = Some(Table { alignments, column: 0, in_head: false, has_body: false, names_rows });
    }

    fn write_caption(&mut self, caption: Caption) {
        let place = self.prepared.at(caption.place.start)..self.prepared.at(caption.place.end);
        let id = caption.attributes.id.map(|id| self.page.claim(&id, place.clone()));
        if let Some(id) = &id {
            self.out.attribute("id", id);
        }
        if !caption.attributes.classes.is_empty() {
            self.out.attribute("class", &caption.attributes.classes.join(" "));
        }
        self.out.html(">\n<caption>");
        if let Some(id) = id {
            self.out.html("<span class=\"number\">");
            self.out.part(Part::Label(Target { text: id, span: self.page.span(place) }));
            self.out.html("</span> ");
        }
        self.out.append(caption.parts);
        self.out.html("</caption>\n");
    }

    pub(super) fn start_table_head(&mut self) {
        self.out.html("<thead>\n<tr>");
        self.table.as_mut().into_iter().for_each(|table| (table.in_head, table.column) = (true, 0));
    }

    pub(super) fn end_table_head(&mut self) {
        self.out.html("</tr>\n</thead>\n");
        self.table.as_mut().into_iter().for_each(|table| table.in_head = false);
        self.end_block();
    }

    pub(super) fn start_table_row(&mut self) {
        let Some(table) = &mut self.table else { return };
        table.column = 0;
        let opens = !std::mem::replace(&mut table.has_body, true);
        self.out.html(if opens { "<tbody>\n<tr>" } else { "<tr>" });
    }

    pub(super) fn start_table_cell(&mut self) {
        let Some(table) = &self.table else { return };
        let class = match table.alignments.get(table.column) {
            Some(Alignment::Left) => " class=\"left\"",
            Some(Alignment::Center) => " class=\"center\"",
            Some(Alignment::Right) => " class=\"right\"",
            Some(Alignment::None) | None => "",
        };
        self.out.html.extend(["<", table.cell(), class, ">"]);
    }

    pub(super) fn end_table_cell(&mut self) {
        let Some(table) = &mut self.table else { return };
        let name = table.cell();
        self.out.html.extend(["</", name.split(' ').next().unwrap_or_default(), ">"]);
        table.column += 1;
        self.end_block();
    }

    pub(super) fn end_table(&mut self) {
        if self.table.take().is_some_and(|table| table.has_body) {
            self.out.html("</tbody>\n");
        }
        self.out.html("</table>\n</div>\n");
        self.end_block();
    }
}

impl Table<'_> {
    fn cell(&self) -> &'static str {
        match (self.in_head, self.column == 0 && self.names_rows) {
            (true, true) => "td",
            (true, false) => "th scope=\"col\"",
            (false, true) => "th scope=\"row\"",
            (false, false) => "td",
        }
    }
}
