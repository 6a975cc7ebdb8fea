//! The text of a page as it is shown, cut at its headings.
//!
//! What is read is the HTML that Kairan itself wrote: well-formed, its values filled in and its small numbers kept back.

use std::collections::BTreeSet;

/// A heading and the text below it, up to the next.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Passage {
    /// Its anchor, where it has one.
    pub anchor: String,
    /// The heading; nothing above the first.
    pub heading: String,
    /// The text.
    pub text: String,
}

/// The passages of a text, and the readings that stand over its words.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Prose {
    /// From top to bottom.
    pub passages: Vec<Passage>,
    /// Those of ruby, each once.
    pub readings: BTreeSet<String>,
}

/// Elements that are drawn, or say again what stands elsewhere.
const UNREAD: [&str; 9] = ["svg", "details", "script", "style", "math", "rp", "button", "template", "nav"];
/// Elements that have no end.
const VOID: [&str; 9] = ["br", "img", "wbr", "hr", "input", "source", "col", "meta", "link"];
/// Elements within a line.
const WITHIN: [&str; 22] = [
    "a", "abbr", "b", "bdi", "cite", "code", "data", "del", "dfn", "em", "i", "ins", "kbd", "mark", "q", "rb", "ruby",
    "s", "small", "span", "strong", "wbr",
];

/// Reads the HTML of a text.
pub fn prose(html: &str) -> Prose {
    let mut reader = Reader::default();
    let mut rest = html;
    while let Some(open) = rest.find('<') {
        reader.text(&rest[..open]);
        rest = &rest[open..];
        let end = tag_end(rest);
        reader.tag(rest.get(1..end.saturating_sub(1)).unwrap_or_default());
        rest = &rest[end..];
    }
    reader.text(rest);
    reader.finish()
}

/// Where the tag at the beginning of `html` ends; a `>` in quotes belongs to it.
fn tag_end(html: &str) -> usize {
    let mut quote = None;
    for (place, letter) in html.char_indices() {
        match (quote, letter) {
            (None, '>') => return place + 1,
            (None, '"' | '\'') => quote = Some(letter),
            (Some(open), letter) if open == letter => quote = None,
            _ => {}
        }
    }
    html.len()
}

#[derive(Default)]
struct Reader {
    prose: Prose,
    now: Passage,
    /// Elements that are open within one that is not read, itself included.
    unread: usize,
    /// What the text goes into.
    place: Place,
    /// The reading of the ruby that is open.
    reading: String,
    /// Where it goes after a reading.
    outer: Place,
    /// The anchor above a panel, to which what follows it goes back.
    above: Option<String>,
}

#[derive(Default, Clone, Copy, PartialEq, Eq)]
enum Place {
    #[default]
    Text,
    Heading,
    Reading,
}

impl Reader {
    fn text(&mut self, html: &str) {
        if self.unread > 0 {
            return;
        }
        let text = decoded(html);
        match self.place {
            Place::Text => self.now.text.push_str(&text),
            Place::Heading => self.now.heading.push_str(&text),
            Place::Reading => self.reading.push_str(text.trim()),
        }
    }

    fn tag(&mut self, tag: &str) {
        let name: String = tag
            .trim_start_matches('/')
            .chars()
            .take_while(char::is_ascii_alphanumeric)
            .collect::<String>()
            .to_lowercase();
        let (is_end, has_end) = (tag.starts_with('/'), !VOID.contains(&name.as_str()) && !tag.ends_with('/'));
        if self.unread > 0 {
            self.unread = match (is_end, has_end) {
                (true, _) => self.unread - 1,
                (false, true) => self.unread + 1,
                (false, false) => self.unread,
            };
            return;
        }
        if !is_end && has_end && is_unread(&name, tag) {
            self.unread = 1;
            return;
        }
        self.element(&name, tag, is_end);
    }

    fn element(&mut self, name: &str, tag: &str, is_end: bool) {
        match (name, is_end) {
            ("rt", false) => self.outer = std::mem::replace(&mut self.place, Place::Reading),
            ("rt", true) => self.place = self.outer,
            // 研|けん 修|しゅう: the readings of one word.
            ("ruby", true) => {
                let reading = std::mem::take(&mut self.reading);
                self.prose.readings.extend(Some(reading).filter(|reading| !reading.is_empty()));
            }
            ("h1" | "h2" | "h3" | "h4" | "h5" | "h6", false) => {
                self.begin(attribute(tag, "id").unwrap_or_default().to_owned());
                self.place = Place::Heading;
            }
            ("h1" | "h2" | "h3" | "h4" | "h5" | "h6", true) => self.place = Place::Text,
            ("figure", false) if attribute(tag, "class").is_some_and(|class| class.starts_with("panel")) => {
                self.above = Some(self.now.anchor.clone());
            }
            ("figure", true) => {
                if let Some(above) = self.above.take() {
                    self.begin(above);
                }
            }
            (name, _) if WITHIN.contains(&name) => {}
            _ => self.space(),
        }
    }

    /// Ends the passage, and begins one below the heading with this anchor.
    fn begin(&mut self, anchor: String) {
        let done = std::mem::replace(&mut self.now, Passage { anchor, ..Passage::default() });
        self.prose.passages.push(done);
    }

    /// The end of a line or a block: the words on its two sides are not one.
    fn space(&mut self) {
        match self.place {
            Place::Heading => self.now.heading.push(' '),
            _ => self.now.text.push(' '),
        }
    }

    fn finish(mut self) -> Prose {
        self.begin(String::new());
        let tidy = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        for passage in &mut self.prose.passages {
            (passage.heading, passage.text) = (tidy(&passage.heading), tidy(&passage.text));
        }
        self.prose.passages.retain(|passage| !passage.heading.is_empty() || !passage.text.is_empty());
        self.prose
    }
}

fn is_unread(name: &str, tag: &str) -> bool {
    let class = attribute(tag, "class").unwrap_or_default();
    UNREAD.contains(&name)
        || attribute(tag, "aria-hidden") == Some("true")
        || class.split(' ').any(|class| matches!(class, "vh" | "p-no" | "p-x"))
}

fn attribute<'t>(tag: &'t str, name: &str) -> Option<&'t str> {
    let start = tag.find(&format!(" {name}=\""))? + name.len() + 3;
    tag.get(start..)?.split('"').next()
}

fn decoded(html: &str) -> String {
    if !html.contains('&') {
        return html.to_owned();
    }
    let pairs = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&#x27;", "'"), ("&nbsp;", " ")];
    let text = pairs.iter().fold(html.to_owned(), |text, (written, meant)| text.replace(written, meant));
    text.replace("&amp;", "&")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn passages(html: &str) -> Vec<[String; 3]> {
        prose(html).passages.into_iter().map(|it| [it.anchor, it.heading, it.text]).collect()
    }

    #[test]
    fn a_text_is_cut_at_its_headings() {
        let html =
            "<p>はじめに。</p>\n<h2 id=\"a\">急性<wbr>腹症</h2><p>一。</p><p>R&amp;D &lt;二&gt;<br>三</p><h3>四</h3>";
        assert_eq!(passages(html), [["", "", "はじめに。"], ["a", "急性腹症", "一。 R&D <二> 三"], ["", "四", ""]]);
    }

    #[test]
    fn a_panel_is_a_passage_of_its_own_without_its_drawing_and_numbers() {
        let html = "<h2 id=\"a\">上</h2><p>前</p><figure class=\"panel trend\" id=\"fig:x\"><header><p class=\"p-no\">図1</p>\
                    <h3 id=\"fig:x-t\">医師は増えた</h3></header><div><svg><text>99</text></svg></div><figcaption><p>出典</p>\
                    <details><summary>数値</summary><table><tr><td>7</td></tr></table></details></figcaption></figure><p>後</p>";
        assert_eq!(passages(html), [["a", "上", "前"], ["fig:x-t", "医師は増えた", "出典"], ["a", "", "後"]]);
    }

    #[test]
    fn readings_are_kept_apart_from_what_they_stand_over() {
        let read = prose(
            "<p><ruby>研修医<rp>（</rp><rt>けんしゅうい</rt><rp>）</rp></ruby>の<span aria-hidden=\"true\">†<b>x</b></span>声</p>",
        );
        assert_eq!(read.passages[0].text, "研修医の声");
        assert_eq!(read.readings.into_iter().collect::<Vec<_>>(), ["けんしゅうい"]);
        let read = prose("<ruby>腹<rt>ふく</rt>症<rt>しょう</rt></ruby>");
        assert_eq!(read.readings.into_iter().collect::<Vec<_>>(), ["ふくしょう"]);
    }

    #[test]
    fn broken_html_ends_somewhere() {
        for html in
            ["<", "<p", "a<b>", "</svg>x", "<svg><p>", "<h2>", "<a title=\"", "&amp", "<figure class=\"panel\">"]
        {
            let _ = prose(html);
        }
        assert_eq!(prose("</svg>x").passages[0].text, "x");
    }
}
