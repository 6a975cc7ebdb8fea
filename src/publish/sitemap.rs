//! `sitemap.xml`: every page with its counterparts in other languages.

use std::sync::{Arc, LazyLock};

use quick_xml::escape::escape;

use super::moment;
use super::xml::{Xml, legal};

/// A page as search engines are told of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Entry {
    /// The absolute address.
    pub url: String,
    /// When it last changed: a date, or a date with a time.
    pub updated: Option<String>,
    /// The page in every language it is in, itself included: value for `hreflang`, absolute address.
    pub alternates: Vec<(String, String)>,
    /// The address for readers of any other language.
    pub x_default: Option<String>,
}

/// A page as the file has it: written where pages are made, on all cores.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    xml: Box<str>,
    lastmod: Option<Box<str>>,
}

/// What a single file may hold, by the protocol.
const MOST_PAGES: usize = 50_000;
const MOST_BYTES: usize = 50 * 1024 * 1024;

const NAMESPACE: &str = "http://www.sitemaps.org/schemas/sitemap/0.9";
const XHTML: &str = "http://www.w3.org/1999/xhtml";

/// What stands before and after the lines of every file.
static FRAME: LazyLock<(String, String)> = LazyLock::new(|| {
    let mut xml = Xml::new();
    xml.element("urlset", &[("xmlns", NAMESPACE), ("xmlns:xhtml", XHTML)], |xml| xml.empty("url", &[]));
    let whole = xml.finish();
    let (before, after) = whole.split_once(" <url/>\n").unwrap_or((&whole, ""));
    (before.to_owned(), after.to_owned())
});

/// Writes a page. By hand, as [`Xml`] would: every page of a site has one.
pub fn line(entry: &Entry) -> Line {
    let written = |text: &str| escape(legal(text)).into_owned();
    let mut xml = format!(" <url>\n  <loc>{}</loc>\n", written(&entry.url));
    let lastmod = lastmod(entry);
    if let Some(lastmod) = &lastmod {
        xml.extend(["  <lastmod>", lastmod, "</lastmod>\n"]);
    }
    for (language, address) in alternates(entry) {
        let (language, address) = (written(language), written(address));
        xml.extend(["  <xhtml:link rel=\"alternate\" hreflang=\"", &language, "\" href=\"", &address, "\"/>\n"]);
    }
    xml.push_str(" </url>\n");
    Line { xml: xml.into(), lastmod: lastmod.map(String::into_boxed_str) }
}

/// The sitemap's files, by name: `sitemap.xml` alone, or as an index of `sitemap-1.xml` and so on where the site is
/// too large for one. `base_url` is the absolute address of the folder that they go to, ending in a slash.
pub fn files(lines: &[Arc<Line>], base_url: &str) -> Vec<(String, String)> {
    files_within(lines, base_url, MOST_PAGES, MOST_BYTES)
}

fn files_within(lines: &[Arc<Line>], base_url: &str, most_pages: usize, most_bytes: usize) -> Vec<(String, String)> {
    let parts = parts(lines, most_pages, most_bytes);
    if let [] | [_] = parts.as_slice() {
        return vec![("sitemap.xml".to_owned(), framed(lines))];
    }
    let name = |index: usize| format!("sitemap-{}.xml", index + 1);
    let mut index = Xml::new();
    index.element("sitemapindex", &[("xmlns", NAMESPACE)], |index| {
        for (number, part) in parts.iter().enumerate() {
            index.element("sitemap", &[], |index| {
                index.text("loc", &[], &format!("{base_url}{}", name(number)));
                if let Some(newest) = part.iter().filter_map(|line| line.lastmod.as_deref()).max() {
                    index.text("lastmod", &[], newest);
                }
            });
        }
    });
    let mut files = vec![("sitemap.xml".to_owned(), index.finish())];
    files.extend(parts.iter().enumerate().map(|(number, part)| (name(number), framed(part))));
    files
}

fn framed(lines: &[Arc<Line>]) -> String {
    let (before, after) = &*FRAME;
    let length = lines.iter().map(|line| line.xml.len()).sum::<usize>();
    let mut text = String::with_capacity(before.len() + length + after.len());
    text.push_str(before);
    text.extend(lines.iter().map(|line| &*line.xml));
    text + after
}

/// A page in one language has no counterparts to tell of. Where two editions share an `hreflang` (日本語 and
/// やさしい日本語 are both `ja` to a browser), the first one has it: twice the same is an error to search engines.
fn alternates(entry: &Entry) -> Vec<(&str, &str)> {
    if entry.alternates.len() < 2 {
        return Vec::new();
    }
    let mut alternates: Vec<(&str, &str)> = Vec::new();
    for (language, address) in &entry.alternates {
        if !alternates.iter().any(|(known, _)| known == language) {
            alternates.push((language, address));
        }
    }
    alternates.extend(entry.x_default.as_deref().map(|address| ("x-default", address)));
    alternates
}

/// The date as given where it has no time, which the protocol takes, else the moment.
fn lastmod(entry: &Entry) -> Option<String> {
    let text = entry.updated.as_deref()?;
    moment(text).map(|moment| if text.len() == 10 { text.to_owned() } else { moment })
}

/// The lines cut into runs that each fit into one file.
fn parts(lines: &[Arc<Line>], most_pages: usize, most_bytes: usize) -> Vec<&[Arc<Line>]> {
    let frame = FRAME.0.len() + FRAME.1.len();
    let mut parts = Vec::new();
    let (mut start, mut bytes) = (0, frame);
    for (end, line) in lines.iter().enumerate() {
        if end > start && (end - start == most_pages || bytes + line.xml.len() > most_bytes) {
            parts.extend(lines.get(start..end));
            (start, bytes) = (end, frame);
        }
        bytes += line.xml.len();
    }
    parts.extend(lines.get(start..).filter(|rest| !rest.is_empty()));
    parts
}

#[cfg(test)]
mod tests {
    use quick_xml::Reader;
    use quick_xml::events::Event;

    use super::*;

    fn page(path: &str) -> Entry {
        Entry { url: format!("https://example.org/zine/{path}"), ..Entry::default() }
    }

    fn lines(entries: &[Entry]) -> Vec<Arc<Line>> {
        entries.iter().map(|entry| Arc::new(line(entry))).collect()
    }

    /// Every address, in order, from a file that has to parse as XML.
    fn locations(xml: &str) -> Vec<String> {
        let (mut reader, mut found, mut location) = (Reader::from_str(xml), Vec::new(), None);
        loop {
            match reader.read_event().unwrap() {
                Event::Start(start) if start.name().as_ref() == "loc" => location = Some(String::new()),
                Event::Text(text) => location.iter_mut().for_each(|location| location.push_str(&text)),
                Event::GeneralRef(_) => location.iter_mut().for_each(|location| location.push('&')),
                Event::End(_) => found.extend(location.take()),
                Event::Eof => return found,
                _ => {}
            }
        }
    }

    #[test]
    fn a_page_names_its_counterparts_and_itself() {
        let entry = Entry {
            updated: Some("2023-07-07".to_owned()),
            alternates: vec![
                ("ja".to_owned(), "https://example.org/zine/a/".to_owned()),
                ("en".to_owned(), "https://example.org/zine/en/a/".to_owned()),
                ("ja".to_owned(), "https://example.org/zine/ja-easy/a/".to_owned()),
            ],
            x_default: Some("https://example.org/zine/a/".to_owned()),
            ..page("a/")
        };
        let expected = r#"<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">
 <url>
  <loc>https://example.org/zine/a/</loc>
  <lastmod>2023-07-07</lastmod>
  <xhtml:link rel="alternate" hreflang="ja" href="https://example.org/zine/a/"/>
  <xhtml:link rel="alternate" hreflang="en" href="https://example.org/zine/en/a/"/>
  <xhtml:link rel="alternate" hreflang="x-default" href="https://example.org/zine/a/"/>
 </url>
</urlset>
"#;
        assert_eq!(
            files(&lines(&[entry]), "https://example.org/zine/"),
            [("sitemap.xml".to_owned(), expected.to_owned())]
        );
    }

    #[test]
    fn a_page_in_one_language_is_an_address_alone() {
        let alternates = vec![("ja".to_owned(), "https://example.org/zine/?a=1&b=2".to_owned())];
        let entry =
            Entry { alternates, x_default: Some("x".to_owned()), updated: Some("soon".to_owned()), ..page("?a=1&b=2") };
        let xml = &files(&lines(&[entry]), "")[0].1;
        assert!(xml.contains("<loc>https://example.org/zine/?a=1&amp;b=2</loc>\n </url>"), "{xml}");
    }

    #[test]
    fn no_page_at_all_is_still_a_sitemap() {
        let files = files(&[], "https://example.org/");
        assert_eq!(files.len(), 1);
        assert!(locations(&files[0].1).is_empty());
    }

    #[test]
    fn a_large_site_has_an_index_of_parts() {
        let mut entries: Vec<Entry> = (0..5).map(|number| page(&format!("{number}/"))).collect();
        entries[1].updated = Some("2024-02-29".to_owned());
        entries[0].updated = Some("2023-07-07".to_owned());
        let files = files_within(&lines(&entries), "https://example.org/zine/", 2, MOST_BYTES);
        let names: Vec<&str> = files.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names, ["sitemap.xml", "sitemap-1.xml", "sitemap-2.xml", "sitemap-3.xml"]);
        let parts =
            ["sitemap-1.xml", "sitemap-2.xml", "sitemap-3.xml"].map(|name| format!("https://example.org/zine/{name}"));
        assert_eq!(locations(&files[0].1), parts);
        assert!(files[0].1.contains("<lastmod>2024-02-29</lastmod>"));
        let all: Vec<String> = files[1..].iter().flat_map(|(_, xml)| locations(xml)).collect();
        assert_eq!(all, entries.iter().map(|entry| entry.url.clone()).collect::<Vec<_>>());
    }

    #[test]
    fn no_part_is_larger_than_allowed() {
        let alternates: Vec<_> =
            (0..3).map(|number| (format!("l{number}"), format!("https://example.org/&&'/{number}/"))).collect();
        let of = |number: i32| Entry { alternates: alternates.clone(), ..page(&format!("&{number}/")) };
        let entries: Vec<Entry> = (0..40).map(of).collect();
        let files = files_within(&lines(&entries), "", 1000, 4000);
        assert!(files.len() > 3);
        assert!(files[1..].iter().all(|(_, xml)| xml.len() <= 4000 && !locations(xml).is_empty()));
    }

    #[test]
    fn a_site_of_fifty_thousand_pages_still_fits_into_one_file() {
        let entries = vec![page("a/"); MOST_PAGES];
        assert_eq!(files(&lines(&entries), "").len(), 1);
        assert_eq!(files(&lines(&[entries, vec![page("b/")]].concat()), "").len(), 3);
    }
}
