//! The text of a page as a part of a larger document: its anchors keep clear of those of its neighbours.

use std::collections::BTreeMap;

/// Attributes whose value is one or more anchors.
const ANCHORS: [&str; 7] =
    ["id", "for", "aria-labelledby", "aria-describedby", "aria-controls", "aria-owns", "headers"];

/// `html` with every anchor put behind `prefix`. A link to a page that is in `within`, by its address as written there,
/// leads to that page's place in the document. Pictures load at once: on paper there is no scrolling.
pub fn scoped(html: &str, prefix: &str, within: &BTreeMap<String, String>) -> String {
    let mut out = String::with_capacity(html.len() + html.len() / 16);
    let mut rest = html;
    while let Some(start) = rest.find('<') {
        out.push_str(&rest[..start]);
        rest = &rest[start..];
        let end = if rest.starts_with("<!--") { rest.find("-->").map(|end| end + 3) } else { end_of_tag(rest) };
        let (tag, after) = rest.split_at(end.unwrap_or(rest.len()));
        let opens = tag.as_bytes().get(1).is_some_and(u8::is_ascii_alphabetic);
        if opens {
            scope_tag(tag, prefix, within, &mut out)
        } else {
            out.push_str(tag)
        }
        rest = after;
    }
    out.push_str(rest);
    out
}

/// Where a tag ends: at the first `>` outside of quotes.
fn end_of_tag(html: &str) -> Option<usize> {
    let mut quote = None;
    for (at, byte) in html.bytes().enumerate() {
        match (quote, byte) {
            (None, b'>') => return Some(at + 1),
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), byte) if open == byte => quote = None,
            _ => {}
        }
    }
    None
}

fn scope_tag(tag: &str, prefix: &str, within: &BTreeMap<String, String>, out: &mut String) {
    let mut rest = tag;
    // Each turn copies up to a value in quotes, and then the value.
    while let Some(equals) = rest.find(['"', '\'']) {
        let (before, quoted) = rest.split_at(equals);
        let quote = if quoted.starts_with('"') { '"' } else { '\'' };
        let Some(length) = quoted[1..].find(quote) else { break };
        let (value, after) = (&quoted[1..=length], &quoted[length + 2..]);
        let name =
            before.trim_end().trim_end_matches('=').rsplit([' ', '\n', '\t', '<', '/']).next().unwrap_or_default();
        if name == "loading" {
            out.push_str(before.trim_end_matches("loading=").trim_end());
        } else {
            out.push_str(before);
            out.push(quote);
            out.push_str(&scoped_value(name, value, prefix, within));
            out.push(quote);
        }
        rest = after;
    }
    out.push_str(rest);
}

fn scoped_value(name: &str, value: &str, prefix: &str, within: &BTreeMap<String, String>) -> String {
    if ANCHORS.contains(&name) {
        let anchors: Vec<String> = value.split_whitespace().map(|anchor| format!("{prefix}-{anchor}")).collect();
        return anchors.join(" ");
    }
    if matches!(name, "href" | "xlink:href") {
        let (path, fragment) = value.split_once('#').map_or((value, None), |(path, rest)| (path, Some(rest)));
        let place = if path.is_empty() { Some(prefix) } else { within.get(path).map(String::as_str) };
        return match (place, fragment) {
            (Some(place), Some(fragment)) if !fragment.is_empty() => format!("#{place}-{fragment}"),
            (Some(place), _) if !value.is_empty() => format!("#{place}"),
            _ => value.to_owned(),
        };
    }
    value.replace("url(#", &format!("url(#{prefix}-"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(html: &str, expected: &str) {
        let within = BTreeMap::from([("../b/".to_owned(), "a2".to_owned())]);
        assert_eq!(scoped(html, "a1", &within), expected);
    }

    #[test]
    fn anchors_and_what_leads_to_them_change_together() {
        check(r##"<h2 id="x">1 < 2 "id"</h2><a href="#x">"##, r##"<h2 id="a1-x">1 < 2 "id"</h2><a href="#a1-x">"##);
        check(r#"<td headers="a b">"#, r#"<td headers="a1-a a1-b">"#);
        check(r#"<p title="a>b" id='x'>"#, r#"<p title="a>b" id='a1-x'>"#);
        check(r##"<path fill="url(#h)"/><use href="#h"/>"##, r##"<path fill="url(#a1-h)"/><use href="#a1-h"/>"##);
        check("<!-- <p id=\"x\"> --><p id=\"y\">", "<!-- <p id=\"x\"> --><p id=\"a1-y\">");
    }

    #[test]
    fn links_to_neighbours_stay_in_the_document() {
        check(r#"<a href="../b/">"#, r##"<a href="#a2">"##);
        check(r#"<a href="../b/#fig:x">"#, r##"<a href="#a2-fig:x">"##);
        check(r#"<a href="../c/#x">"#, r#"<a href="../c/#x">"#);
    }

    #[test]
    fn pictures_wait_for_nobody() {
        check(r#"<img src="a.svg" loading="lazy" alt="">"#, r#"<img src="a.svg" alt="">"#);
    }
}
