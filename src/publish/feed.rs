//! `feed.xml`: an Atom feed (RFC 4287) for each language.

use jiff::Timestamp;

use super::moment;
use super::xml::Xml;

/// What a feed says of itself, and its entries.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Feed {
    /// Its language, as `lang` takes it.
    pub language: String,
    /// What stays the same even where the site moves. Empty: the address of the feed.
    pub id: String,
    /// The site's title in that language.
    pub title: String,
    /// The site's description in that language.
    pub subtitle: Option<String>,
    /// The absolute address of the feed.
    pub url: String,
    /// The absolute address of the page that it is of.
    pub home: String,
    /// Who answers for entries that name no author: the publisher.
    pub author: Author,
    /// What is new, in the order to be listed.
    pub entries: Vec<Entry>,
}

/// A person or an office.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Author {
    /// The name.
    pub name: String,
    /// An absolute address.
    pub url: Option<String>,
    /// An email address.
    pub email: Option<String>,
}

/// A page in a feed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Entry {
    /// What stays the same even where the page moves. Empty: its address.
    pub id: String,
    /// The title, as plain text.
    pub title: String,
    /// The absolute address.
    pub url: String,
    /// When it was published: a date, or a date with a time. Entries without one are left out.
    pub published: String,
    /// When it was changed since.
    pub updated: Option<String>,
    /// Who wrote it.
    pub authors: Vec<Author>,
    /// A few sentences of plain text.
    pub summary: Option<String>,
    /// The whole of it as HTML. Its links may be relative to `url`.
    pub content: Option<String>,
    /// Its tags.
    pub categories: Vec<String>,
    /// Its language where it is not the feed's: a page that waits for its translation.
    pub language: Option<String>,
}

/// The feed as Atom. `None` where no entry has a date: a feed has to say when it changed, and no clock is asked.
pub fn atom(feed: &Feed) -> Option<String> {
    let dated: Vec<Dated> = feed.entries.iter().filter_map(Dated::of).collect();
    let newest = dated.iter().max_by_key(|dated| dated.time)?;
    let mut xml = Xml::new();
    xml.element("feed", &[("xmlns", "http://www.w3.org/2005/Atom"), ("xml:lang", &feed.language)], |xml| {
        xml.text("id", &[], if feed.id.is_empty() { &feed.url } else { &feed.id });
        xml.text("title", &[], &feed.title);
        if let Some(subtitle) = &feed.subtitle {
            xml.text("subtitle", &[], subtitle);
        }
        xml.text("updated", &[], &newest.updated);
        xml.empty("link", &[("rel", "self"), ("type", "application/atom+xml"), ("href", &feed.url)]);
        xml.empty(
            "link",
            &[("rel", "alternate"), ("type", "text/html"), ("hreflang", &feed.language), ("href", &feed.home)],
        );
        author(xml, &feed.author);
        dated.iter().for_each(|dated| entry(xml, dated));
    });
    Some(xml.finish())
}

/// An entry whose dates can be read.
struct Dated<'a> {
    entry: &'a Entry,
    published: String,
    updated: String,
    time: Timestamp,
}

impl Dated<'_> {
    fn of(entry: &Entry) -> Option<Dated<'_>> {
        let published = moment(&entry.published)?;
        let updated = entry.updated.as_deref().and_then(moment).unwrap_or_else(|| published.clone());
        let time = updated.parse().ok()?;
        Some(Dated { entry, published, updated, time })
    }
}

fn entry(xml: &mut Xml, dated: &Dated) {
    let entry = dated.entry;
    let language: Vec<(&str, &str)> = entry.language.iter().map(|language| ("xml:lang", language.as_str())).collect();
    xml.element("entry", &language, |xml| {
        xml.text("id", &[], if entry.id.is_empty() { &entry.url } else { &entry.id });
        xml.text("title", &[], &entry.title);
        xml.empty("link", &[("rel", "alternate"), ("type", "text/html"), ("href", &entry.url)]);
        xml.text("published", &[], &dated.published);
        xml.text("updated", &[], &dated.updated);
        entry.authors.iter().for_each(|person| author(xml, person));
        entry.categories.iter().for_each(|term| xml.empty("category", &[("term", term)]));
        if let Some(summary) = &entry.summary {
            xml.text("summary", &[], summary);
        }
        if let Some(content) = &entry.content {
            xml.text("content", &[("type", "html")], &absolute_links(content, &entry.url));
        }
    });
}

fn author(xml: &mut Xml, author: &Author) {
    xml.element("author", &[], |xml| {
        xml.text("name", &[], &author.name);
        if let Some(url) = &author.url {
            xml.text("uri", &[], url);
        }
        if let Some(email) = &author.email {
            xml.text("email", &[], email);
        }
    });
}

/// The HTML with every link and picture made absolute, since a feed reader shows it elsewhere than at `base`.
pub fn absolute_links(html: &str, base: &str) -> String {
    let mut out = String::with_capacity(html.len() + html.len() / 8);
    let mut rest = html;
    while let Some(start) = rest.find('<') {
        let (before, tag) = rest.split_at(start);
        let (tag, after) = tag.split_at(tag_length(tag));
        out.push_str(before);
        out.push_str(&absolute_tag(tag, base));
        rest = after;
    }
    out + rest
}

/// How long the tag or comment at the beginning of `html` is; 1 where its `<` is just a character.
fn tag_length(html: &str) -> usize {
    if html.starts_with("<!--") {
        return html.find("-->").map_or(html.len(), |end| end + 3);
    }
    if !html
        .get(1..)
        .is_some_and(|name| name.starts_with(|first: char| first.is_ascii_alphabetic() || "/!".contains(first)))
    {
        return 1;
    }
    let mut quote = None;
    for (index, character) in html.char_indices() {
        match (quote, character) {
            (None, '>') => return index + 1,
            (None, '"' | '\'') => quote = Some(character),
            (Some(open), close) if open == close => quote = None,
            _ => {}
        }
    }
    html.len()
}

/// A tag with the addresses in its attributes made absolute. Attributes without quotes hold none that we wrote.
fn absolute_tag(tag: &str, base: &str) -> String {
    if tag.starts_with("<!") || tag.starts_with("</") {
        return tag.to_owned();
    }
    let mut out = String::new();
    let mut rest = tag;
    while let Some((before, quote, value, after)) = next_attribute(rest) {
        let name =
            before.trim_end_matches('=').trim_end().rsplit(|character: char| character.is_ascii_whitespace()).next();
        let value = match name.map(|name| name.trim_end_matches('=').to_ascii_lowercase()).as_deref() {
            Some("href" | "src" | "poster" | "cite") => join(base, value),
            Some("srcset") => {
                value.split(',').map(|candidate| srcset_candidate(candidate, base)).collect::<Vec<_>>().join(", ")
            }
            _ => value.to_owned(),
        };
        out.push_str(before);
        out.push(quote);
        out.push_str(&value);
        out.push(quote);
        rest = after;
    }
    out + rest
}

/// What stands before the next quoted value, the quote, the value, and what stands after it.
fn next_attribute(tag: &str) -> Option<(&str, char, &str, &str)> {
    let start = tag.find(['"', '\''])?;
    let (before, quoted) = tag.split_at(start);
    let quote = quoted.chars().next()?;
    let (value, after) = quoted.get(1..)?.split_once(quote)?;
    Some((before.trim_end(), quote, value, after))
}

fn srcset_candidate(candidate: &str, base: &str) -> String {
    match candidate.trim().split_once(' ') {
        Some((address, size)) => format!("{} {}", join(base, address), size.trim()),
        None => join(base, candidate.trim()),
    }
}

/// A reference resolved against the absolute address of the page that it stands in (RFC 3986, section 5.2).
pub fn join(base: &str, reference: &str) -> String {
    let has_scheme = reference.split(['/', '?', '#']).next().is_some_and(|start| start.contains(':'));
    let (scheme, after) = base.split_once("://").unwrap_or(("https", base));
    let page = after.split(['?', '#']).next().unwrap_or(after);
    let (host, path) = page.split_at(page.find('/').unwrap_or(page.len()));
    if has_scheme {
        return reference.to_owned();
    }
    if reference.starts_with("//") {
        return format!("{scheme}:{reference}");
    }
    let cut = reference.find(['?', '#']).unwrap_or(reference.len());
    let (relative, tail) = reference.split_at(cut);
    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let path = match relative {
        "" => path.to_owned(),
        relative if relative.starts_with('/') => without_dots(relative),
        relative => without_dots(&format!("{folder}/{relative}")),
    };
    format!("{scheme}://{host}{path}{tail}")
}

/// A path without `.` and `..`.
fn without_dots(path: &str) -> String {
    let is_folder = path.ends_with('/') || path.ends_with("/.") || path.ends_with("/..");
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/').filter(|part| !matches!(*part, "" | ".")) {
        match part {
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    let slash = if is_folder && !parts.is_empty() { "/" } else { "" };
    format!("/{}{slash}", parts.join("/"))
}

#[cfg(test)]
mod tests {
    use quick_xml::Reader;
    use quick_xml::events::Event;

    use super::*;

    fn feed(entries: Vec<Entry>) -> Feed {
        let office = Author {
            name: "いわき市 医療対策課".to_owned(),
            email: Some("iryo@example.org".to_owned()),
            ..Author::default()
        };
        Feed {
            language: "ja".to_owned(),
            title: "いわき研修だより".to_owned(),
            subtitle: Some("浜通りで学ぶ & 働く".to_owned()),
            url: "https://example.org/zine/feed.xml".to_owned(),
            home: "https://example.org/zine/".to_owned(),
            author: office,
            entries,
            ..Feed::default()
        }
    }

    fn entry(path: &str, published: &str) -> Entry {
        let url = format!("https://example.org/zine/{path}/");
        Entry { title: path.to_owned(), url, published: published.to_owned(), ..Entry::default() }
    }

    /// Reads a feed back as a reader would: each element as `path = text`, each attribute as `path@name = value`.
    fn read(xml: &str) -> Vec<String> {
        let mut reader = Reader::from_str(xml);
        let (mut stack, mut found, mut text) = (Vec::<String>::new(), Vec::new(), String::new());
        let unescaped = |text: &str| quick_xml::escape::unescape(text).unwrap().into_owned();
        loop {
            let event = reader.read_event().unwrap();
            if let Event::Start(tag) | Event::Empty(tag) = &event {
                stack.push(tag.name().as_ref().to_owned());
                for attribute in tag.attributes() {
                    let attribute = attribute.unwrap();
                    found.push(format!(
                        "{}@{} = {}",
                        stack.join("/"),
                        attribute.key.as_ref(),
                        unescaped(&attribute.value)
                    ));
                }
                text.clear();
            }
            match event {
                Event::Text(part) => text.push_str(&part),
                Event::GeneralRef(name) => text.push_str(&format!("&{};", &*name)),
                Event::Empty(_) => drop(stack.pop()),
                Event::End(_) => {
                    if !text.trim().is_empty() {
                        found.push(format!("{} = {}", stack.join("/"), unescaped(text.trim())));
                    }
                    text.clear();
                    stack.pop();
                }
                Event::Eof => return found,
                _ => {}
            }
        }
    }

    #[test]
    fn a_reader_finds_all_that_an_entry_has() {
        let full = Entry {
            updated: Some("2023-08-01T09:30:00+09:00".to_owned()),
            authors: vec![Author {
                name: "白波 みお".to_owned(),
                url: Some("https://example.org/p".to_owned()),
                email: None,
            }],
            summary: Some("夏の勉強会 <報告>".to_owned()),
            content: Some("<p><a href=\"../b/#x\">次</a> <img src='a.svg' alt='1 &lt; 2'></p>".to_owned()),
            categories: vec!["勉強会".to_owned(), "血液".to_owned()],
            ..entry("summer", "2023-07-07")
        };
        let found = read(&atom(&feed(vec![full])).unwrap());
        for expected in [
            "feed@xmlns = http://www.w3.org/2005/Atom",
            "feed@xml:lang = ja",
            "feed/id = https://example.org/zine/feed.xml",
            "feed/title = いわき研修だより",
            "feed/subtitle = 浜通りで学ぶ & 働く",
            "feed/updated = 2023-08-01T09:30:00+09:00",
            "feed/link@href = https://example.org/zine/feed.xml",
            "feed/link@href = https://example.org/zine/",
            "feed/author/name = いわき市 医療対策課",
            "feed/author/email = iryo@example.org",
            "feed/entry/id = https://example.org/zine/summer/",
            "feed/entry/link@href = https://example.org/zine/summer/",
            "feed/entry/published = 2023-07-07T00:00:00+09:00",
            "feed/entry/updated = 2023-08-01T09:30:00+09:00",
            "feed/entry/author/name = 白波 みお",
            "feed/entry/author/uri = https://example.org/p",
            "feed/entry/category@term = 勉強会",
            "feed/entry/category@term = 血液",
            "feed/entry/summary = 夏の勉強会 <報告>",
            "feed/entry/content@type = html",
            "feed/entry/content = <p><a href=\"https://example.org/zine/b/#x\">次</a> \
             <img src='https://example.org/zine/summer/a.svg' alt='1 &lt; 2'></p>",
        ] {
            assert!(found.iter().any(|line| line == expected), "{expected}\nnot in\n{}", found.join("\n"));
        }
    }

    #[test]
    fn a_feed_is_as_old_as_its_newest_entry_wherever_that_stands() {
        let (a, b) = (entry("a", "2023-07-07"), entry("b", "2024-01-01T00:30:00+09:00"));
        let (c, d) = (entry("c", "2023-12-31T16:00:00Z"), entry("d", ""));
        let found = read(&atom(&feed(vec![a, b, c, d])).unwrap());
        assert!(found.contains(&"feed/updated = 2023-12-31T16:00:00Z".to_owned()), "{found:?}");
        assert_eq!(found.iter().filter(|line| line.starts_with("feed/entry/id")).count(), 3);
    }

    #[test]
    fn without_a_date_there_is_no_feed() {
        assert_eq!(atom(&feed(vec![entry("a", "")])), None);
        assert_eq!(atom(&feed(Vec::new())), None);
    }

    #[test]
    fn a_stray_control_character_does_not_break_the_feed() {
        let title = "a\u{8}b\u{0}\u{fffe}c".to_owned();
        let stray = Entry { title, language: Some("en".to_owned()), ..entry("a", "2023-07-07") };
        let found = read(&atom(&feed(vec![stray])).unwrap());
        assert!(found.contains(&"feed/entry/title = abc".to_owned()));
        assert!(found.contains(&"feed/entry@xml:lang = en".to_owned()));
    }

    #[test]
    fn an_id_of_its_own_outlives_a_move() {
        let moved = Entry { id: "tag:example.org,2023:summer".to_owned(), ..entry("a", "2023-07-07") };
        let feed = Feed { id: "tag:example.org,2023:zine".to_owned(), ..feed(vec![moved]) };
        let found = read(&atom(&feed).unwrap());
        assert!(found.contains(&"feed/id = tag:example.org,2023:zine".to_owned()));
        assert!(found.contains(&"feed/entry/id = tag:example.org,2023:summer".to_owned()));
    }

    #[test]
    fn references_are_resolved_as_a_browser_does() {
        let base = "https://example.org/zine/a/index.html?q#f";
        for (reference, expected) in [
            ("b.svg", "https://example.org/zine/a/b.svg"),
            ("./b/", "https://example.org/zine/a/b/"),
            ("../b/../c/index.html#x", "https://example.org/zine/c/index.html#x"),
            ("../../../../x", "https://example.org/x"),
            ("..", "https://example.org/zine/"),
            ("../..", "https://example.org/"),
            ("/x/./y?z=../1", "https://example.org/x/y?z=../1"),
            ("#x", "https://example.org/zine/a/index.html#x"),
            ("?p=2", "https://example.org/zine/a/index.html?p=2"),
            ("", "https://example.org/zine/a/index.html"),
            ("//cdn.example/x", "https://cdn.example/x"),
            ("mailto:a@b", "mailto:a@b"),
            ("data:image/png;base64,AA", "data:image/png;base64,AA"),
            ("a/b:c", "https://example.org/zine/a/a/b:c"),
        ] {
            assert_eq!(join(base, reference), expected, "{reference}");
        }
        assert_eq!(join("https://example.org", "x"), "https://example.org/x");
    }

    #[test]
    fn only_addresses_are_rewritten() {
        for (html, expected) in [
            (
                "<img srcset=\"a 1x, b 2x\" src=\"c\">",
                "<img srcset=\"https://e.org/a/a 1x, https://e.org/a/b 2x\" src=\"https://e.org/a/c\">",
            ),
            ("<a title=\"href='x' > y\" href=\"x\">", "<a title=\"href='x' > y\" href=\"https://e.org/a/x\">"),
            ("<a data-href=\"x\" HREF = \"x\">", "<a data-href=\"x\" HREF =\"https://e.org/a/x\">"),
            ("<!-- <a href=\"x\"> --> 1 < 2 href=\"x\"", "<!-- <a href=\"x\"> --> 1 < 2 href=\"x\""),
            ("<a href=\"x", "<a href=\"x"),
            ("<code>href=\"x\"</code><", "<code>href=\"x\"</code><"),
        ] {
            assert_eq!(absolute_links(html, "https://e.org/a/"), expected);
        }
    }
}
