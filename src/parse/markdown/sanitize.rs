//! Raw HTML within Markdown, tag by tag: what is known and harmless is written anew, all else is left out and reported.
//!
//! Markdown hands over `<kbd>`, `x`, `</kbd>` as three events, and `<details>` with its end pages apart, so a sanitiser
//! for whole documents can't be used: it would close `<details>` at once. Instead each tag is taken apart, looked up in
//! [`ELEMENTS`], and written from its parts; the walk keeps the tags balanced within each Markdown container.

use std::ops::Range;

/// Elements that pass: name, and whether it may stand within a line of text.
const ELEMENTS: [(&str, bool); 61] = [
    ("abbr", true),
    ("article", false),
    ("aside", false),
    ("b", true),
    ("bdi", true),
    ("bdo", true),
    ("blockquote", false),
    ("br", true),
    ("caption", false),
    ("cite", true),
    ("code", true),
    ("dd", false),
    ("del", true),
    ("details", false),
    ("dfn", true),
    ("div", false),
    ("dl", false),
    ("dt", false),
    ("em", true),
    ("figcaption", false),
    ("figure", false),
    ("footer", false),
    ("h2", false),
    ("h3", false),
    ("h4", false),
    ("h5", false),
    ("h6", false),
    ("header", false),
    ("hr", false),
    ("i", true),
    ("ins", true),
    ("kbd", true),
    ("li", false),
    ("mark", true),
    ("ol", false),
    ("p", false),
    ("pre", false),
    ("q", true),
    ("rb", true),
    ("rp", true),
    ("rt", true),
    ("ruby", true),
    ("s", true),
    ("samp", true),
    ("section", false),
    ("small", true),
    ("span", true),
    ("strong", true),
    ("sub", true),
    ("summary", false),
    ("sup", true),
    ("table", false),
    ("tbody", false),
    ("td", false),
    ("tfoot", false),
    ("th", false),
    ("thead", false),
    ("time", true),
    ("tr", false),
    ("ul", false),
    ("wbr", true),
];
const VOID: [&str; 3] = ["br", "hr", "wbr"];
/// Attributes that pass on every element. `data-…` passes too.
const ATTRIBUTES: [&str; 14] = [
    "class",
    "id",
    "lang",
    "dir",
    "title",
    "aria-label",
    "aria-hidden",
    "datetime",
    "open",
    "colspan",
    "rowspan",
    "scope",
    "start",
    "value",
];
/// Elements whose content goes with them.
const WITH_CONTENT: [&str; 18] = [
    "script",
    "style",
    "iframe",
    "noscript",
    "noembed",
    "noframes",
    "textarea",
    "title",
    "xmp",
    "plaintext",
    "object",
    "svg",
    "math",
    "template",
    "select",
    "head",
    "video",
    "audio",
];

/// A piece of raw HTML.
#[derive(Debug, PartialEq, Eq)]
pub enum Token<'h> {
    /// Between tags.
    Text(&'h str),
    /// `<name …>` of a known element, written anew. The names of its attributes that were left out.
    Open { name: &'static str, html: String, removed: Vec<&'h str>, in_line: bool, is_void: bool },
    /// `</name>` of a known element.
    Close(&'static str),
    /// A tag that is left out: its name, and whether it is a closing one.
    Removed { name: &'h str, closes: bool },
    /// A comment, a declaration and the like.
    Silent,
}

/// Takes raw HTML apart. Each piece comes with its place.
pub fn tokens(html: &str) -> Tokens<'_> {
    Tokens { html, position: 0 }
}

/// See [`tokens`].
pub struct Tokens<'h> {
    html: &'h str,
    position: usize,
}

impl<'h> Iterator for Tokens<'h> {
    type Item = (Token<'h>, Range<usize>);

    fn next(&mut self) -> Option<Self::Item> {
        let start = self.position;
        let rest = self.html.get(start..).filter(|rest| !rest.is_empty())?;
        let (token, length) = match silent(rest).map(|length| (Token::Silent, length)).or_else(|| tag(rest)) {
            Some(found) => found,
            None => {
                // At least one character, so that a stray `<` is text.
                let end = rest.char_indices().skip(1).find(|(_, c)| *c == '<').map_or(rest.len(), |(end, _)| end);
                (Token::Text(&rest[..end]), end)
            }
        };
        self.position = start + length;
        Some((token, start..self.position))
    }
}

/// The length of a comment, declaration, processing instruction or CDATA section at the beginning of `html`.
fn silent(html: &str) -> Option<usize> {
    const PAIRS: [(&str, &str); 4] = [("<!--", "-->"), ("<![CDATA[", "]]>"), ("<?", "?>"), ("<!", ">")];
    let (open, close) = PAIRS.iter().find(|(open, _)| html.starts_with(open))?;
    Some(html[open.len()..].find(close).map_or(html.len(), |end| open.len() + end + close.len()))
}

fn tag(html: &str) -> Option<(Token<'_>, usize)> {
    let closes = html.starts_with("</");
    let after = html.strip_prefix("</").or_else(|| html.strip_prefix('<'))?;
    if !after.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return None;
    }
    let name_end = after.find(|c: char| c.is_whitespace() || matches!(c, '/' | '>' | '<')).unwrap_or(after.len());
    let name = &after[..name_end];
    let body_start = html.len() - after.len() + name_end;
    // A browser would take all that follows for a part of the tag; so one search is enough for all of it.
    let Some(body_length) = end_of_tag(&html[body_start..]) else { return Some((Token::Text(html), html.len())) };
    let mut length = body_start + body_length + 1;
    let known = ELEMENTS.iter().find(|(known, _)| known.eq_ignore_ascii_case(name));
    let token = match known {
        Some((name, _)) if closes => Token::Close(name),
        Some((name, in_line)) => open(name, *in_line, &html[body_start..body_start + body_length]),
        None => {
            if !closes && WITH_CONTENT.iter().any(|with| with.eq_ignore_ascii_case(name)) {
                length = end_of_element(html, length, name);
            }
            Token::Removed { name, closes }
        }
    };
    Some((token, length))
}

/// Where the tag ends: the first `>` outside of quotes.
fn end_of_tag(body: &str) -> Option<usize> {
    let mut quote = None;
    for (index, byte) in body.bytes().enumerate() {
        match (quote, byte) {
            (None, b'>') => return Some(index),
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), _) if open == byte => quote = None,
            _ => {}
        }
    }
    None
}

/// The end of an element whose content is left out; the end of the text where it isn't closed.
fn end_of_element(html: &str, from: usize, name: &str) -> usize {
    let mut position = from;
    while let Some(found) = html[position..].find("</") {
        let start = position + found + 2;
        let rest = &html.as_bytes()[start..];
        if rest.get(..name.len()).is_some_and(|word| word.eq_ignore_ascii_case(name.as_bytes())) {
            return html[start..].find('>').map_or(html.len(), |end| start + end + 1);
        }
        position = start;
    }
    html.len()
}

fn open<'h>(name: &'static str, in_line: bool, body: &'h str) -> Token<'h> {
    let mut html = format!("<{name}");
    let mut removed = Vec::new();
    let mut rest = body.trim_start_matches(|c: char| c.is_whitespace() || c == '/');
    while !rest.is_empty() {
        let end = rest.find(|c: char| c.is_whitespace() || matches!(c, '=' | '/')).unwrap_or(rest.len());
        // A stray `=` counts as a name of one character.
        let attribute = &rest[..end.max(1)];
        let after = rest[attribute.len()..].trim_start();
        let value;
        (value, rest) = match after.strip_prefix('=') {
            Some(after) => value_of(after.trim_start()),
            None => ("", after),
        };
        rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '/');
        let lower = attribute.to_ascii_lowercase();
        let is_data = lower
            .strip_prefix("data-")
            .is_some_and(|rest| rest.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-'));
        if ATTRIBUTES.contains(&lower.as_str()) || is_data {
            attribute_into(&mut html, &lower, value);
        } else {
            removed.push(attribute);
        }
    }
    html.push('>');
    Token::Open { name, html, removed, in_line, is_void: VOID.contains(&name) }
}

fn value_of(text: &str) -> (&str, &str) {
    for quote in ['"', '\''] {
        if let Some(inner) = text.strip_prefix(quote) {
            return inner.split_once(quote).unwrap_or((inner, ""));
        }
    }
    text.split_at(text.find(char::is_whitespace).unwrap_or(text.len()))
}

/// Values keep their entities; quotes and angle brackets become some.
fn attribute_into(html: &mut String, name: &str, value: &str) {
    html.push(' ');
    html.push_str(name);
    if value.is_empty() && name == "open" {
        return;
    }
    html.push_str("=\"");
    for character in value.chars() {
        match character {
            '"' => html.push_str("&quot;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            other => html.push(other),
        }
    }
    html.push('"');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_written_anew_or_left_out() {
        let check = |html: &str, expected: &str| {
            let mut shown = String::new();
            for (token, range) in tokens(html) {
                assert!(html.is_char_boundary(range.end));
                match token {
                    Token::Text(text) => shown += text,
                    Token::Open { html, removed, .. } => shown += &format!("{html}{}", removed.concat()),
                    Token::Close(name) => shown += &format!("</{name}>"),
                    Token::Removed { name, closes } => shown += if closes { "" } else { name },
                    Token::Silent => {}
                }
            }
            assert_eq!(shown, expected);
        };
        check("<KBD class=a>x</KBD>", "<kbd class=\"a\">x</kbd>");
        check("<br/><wbr />", "<br><wbr>");
        check("<details open><summary>題</summary>", "<details open><summary>題</summary>");
        check("<span onclick='x()' lang=en>", "<span lang=\"en\">onclick");
        check("<span title='a\"b<c'>", "<span title=\"a&quot;b&lt;c\">");
        check("a<script>alert('</x>')</script >b", "ascriptb");
        check("<style>p{}", "style");
        check("<!-- 注 -->x<!DOCTYPE a><?php ?>", "x");
        check("1 < 2 <3", "1 < 2 <3");
        check("<img src=x onerror=y>", "img");
        check("<p/onclick=x><b/>", "<p>onclick<b>");
        check("<span =x あ=い>", "<span>=xあ");
        check("<b", "<b");
    }
}
