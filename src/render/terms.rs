//! The terms of the glossary in a text: each is linked where it is first mentioned, and in やさしい日本語 has its reading
//! above it wherever it stands.

use std::collections::{BTreeMap, BTreeSet};

use super::body::{Scene, escape};
use super::view::TermView;
use crate::locale::{Language, word_at};
use crate::model::Standpoint;
use crate::model::term::Term;
use crate::parse::japanese;

/// Elements in which nothing is linked.
const CLOSED: [&str; 24] = [
    "a",
    "abbr",
    "button",
    "caption",
    "code",
    "dfn",
    "figcaption",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "kbd",
    "label",
    "math",
    "pre",
    "ruby",
    "samp",
    "script",
    "style",
    "summary",
    "svg",
    "th",
];

/// Elements in which no reading is written.
const UNREAD: [&str; 10] = ["button", "code", "kbd", "math", "pre", "ruby", "samp", "script", "style", "svg"];

/// Links terms in HTML that comes in pieces, which may end in the middle of a tag.
pub struct Linker {
    words: Vec<Word>,
    /// The places of words by their first letter in lower case, longer words first.
    by_initial: BTreeMap<char, Vec<usize>>,
    linked: BTreeSet<String>,
    tag: Option<Tag>,
    closed: usize,
    unread: usize,
    /// Whether what comes now is to be left as it is.
    pub paused: bool,
}

/// A term as a text may have it, escaped.
struct Word {
    text: String,
    term: String,
    /// The tag that opens a link; nothing where it is not linked.
    open: String,
    /// The word with its reading above it.
    ruby: Option<String>,
}

/// A tag that is not at its end yet.
#[derive(Default)]
struct Tag {
    name: String,
    named: bool,
    quote: Option<char>,
}

impl Linker {
    /// For the text of a page. `None` where nothing is to be linked.
    pub fn new(scene: &Scene<'_>) -> Option<Linker> {
        let (site, page) = (scene.site, scene.page);
        let is_easy = page.language.is_easy_japanese();
        let glossary = site.glossary(&page.language);
        let glossary = glossary.or_else(|| site.glossary(site.settings.default_language()).filter(|_| is_easy));
        let off = page.front.terms == Some(false) || scene.standpoint == Standpoint::Outside;
        let glossary = glossary.filter(|glossary| !off && glossary.route != page.route);
        if glossary.is_none() && !is_easy {
            return None;
        }
        let word = |term: &Term| {
            let word = term.in_language(&page.language)?;
            let definition = escape(site.settings.text(&term.definition, &page.language));
            let open = glossary.map(|glossary| {
                let href = escape(&site.settings.links.href(scene.standpoint, &glossary.route));
                format!("<a class=\"term\" href=\"{href}#{}\" title=\"{definition}\">", term.anchor())
            });
            let ruby = term.reading.as_ref().filter(|_| is_easy).map(|reading| {
                let mut ruby = String::new();
                japanese::ruby(&mut ruby, word, &[reading]);
                ruby
            });
            Some(Word { text: escape(word), term: term.id.clone(), open: open.unwrap_or_default(), ruby })
        };
        let mut words: Vec<Word> = site.data.terms().filter_map(word).collect();
        words.sort_by(|a, b| b.text.len().cmp(&a.text.len()).then_with(|| a.text.cmp(&b.text)));
        let mut by_initial: BTreeMap<char, Vec<usize>> = BTreeMap::new();
        for (place, word) in words.iter().enumerate() {
            by_initial.entry(initial(&word.text)?).or_default().push(place);
        }
        (!words.is_empty()).then(|| Linker {
            words,
            by_initial,
            linked: BTreeSet::new(),
            tag: None,
            closed: 0,
            unread: 0,
            paused: false,
        })
    }

    /// Adds a piece of HTML, with links where terms stand for the first time.
    pub fn push(&mut self, html: &str, out: &mut String) {
        let mut rest = html;
        while !rest.is_empty() {
            let end = match &mut self.tag {
                Some(tag) => tag.end(rest),
                None => rest.find('<').unwrap_or(rest.len()),
            };
            let (piece, after) = rest.split_at(end);
            if let Some(tag) = self.tag.take() {
                out.push_str(piece);
                // The end of a tag is found within the piece, or the tag goes on in the next one.
                if piece.ends_with('>') && tag.quote.is_none() { self.leave(&tag.name) } else { self.tag = Some(tag) }
            } else if self.unread > 0 || self.paused {
                out.push_str(piece);
            } else {
                self.text(piece, out);
            }
            if self.tag.is_none() && after.starts_with('<') {
                self.tag = Some(Tag::default());
            }
            rest = after;
        }
    }

    fn leave(&mut self, name: &str) {
        let (is_end, name) = name.strip_prefix('/').map_or((false, name), |name| (true, name));
        let step = |depth: usize| if is_end { depth.saturating_sub(1) } else { depth + 1 };
        if CLOSED.contains(&name) {
            self.closed = step(self.closed);
        }
        if UNREAD.contains(&name) {
            self.unread = step(self.unread);
        }
    }

    fn text(&mut self, text: &str, out: &mut String) {
        let mut copied = 0;
        for (at, letter) in text.char_indices() {
            if at < copied {
                continue;
            }
            let Some((word, length)) = self.word_at(text, at, letter) else { continue };
            let end = at + length;
            let found = text.get(at..end).unwrap_or_default();
            let shown = word.ruby.as_deref().unwrap_or(found).to_owned();
            let (term, open) = (word.term.clone(), word.open.clone());
            // Of a term that is linked already, the whole is passed over, so that no shorter one is linked within it.
            out.push_str(text.get(copied..at).unwrap_or_default());
            if self.closed == 0 && !open.is_empty() && self.linked.insert(term) {
                out.push_str(&format!("{open}{shown}</a>"));
            } else {
                out.push_str(&shown);
            }
            copied = end;
        }
        out.push_str(text.get(copied..).unwrap_or_default());
    }

    fn word_at(&self, text: &str, at: usize, letter: char) -> Option<(&Word, usize)> {
        let places = self.by_initial.get(&letter.to_ascii_lowercase())?;
        let mut words = places.iter().filter_map(|place| self.words.get(*place));
        words.find_map(|word| Some((word, word_at(text, at, &word.text)?)))
    }
}

impl Tag {
    /// Where in `rest` the tag ends, or the whole of it where it does not end there.
    fn end(&mut self, rest: &str) -> usize {
        for (at, letter) in rest.char_indices() {
            match (self.quote, letter) {
                (Some(quote), letter) if quote == letter => self.quote = None,
                (Some(_), _) => {}
                (None, '"' | '\'') => self.quote = Some(letter),
                (None, '>') => return at + 1,
                (None, '<') => {}
                (None, letter) if letter.is_whitespace() => self.named = true,
                (None, letter) if !self.named => self.name.push(letter.to_ascii_lowercase()),
                (None, _) => {}
            }
        }
        rest.len()
    }
}

fn initial(text: &str) -> Option<char> {
    text.chars().next().map(|letter| letter.to_ascii_lowercase())
}

/// A short HTML text of a page, a title, with the readings of terms above them where the page is in やさしい日本語.
pub fn read_out(scene: &Scene<'_>, html: String) -> String {
    let linker = Linker::new(scene).filter(|_| scene.page.language.is_easy_japanese());
    let Some(mut linker) = linker else { return html };
    linker.closed = 1;
    let mut out = String::new();
    linker.push(&html, &mut out);
    out
}

/// All terms in the order of the language, for the page of the glossary.
pub fn glossary(scene: &Scene<'_>) -> Vec<TermView> {
    let language = &scene.page.language;
    let view = |term: &Term| {
        let settings = &scene.site.settings;
        let (name, definition) = (settings.shown(&term.term, language), settings.shown(&term.definition, language));
        let is_other = |(tag, text): &(&Language, &String)| tag.html() != language.html() && **text != name.text;
        let others = term.term.by_language.iter().map(|(tag, text)| (tag, text)).filter(is_other);
        let others = others.map(|(tag, text)| (tag.html().to_owned(), text.clone())).collect();
        TermView {
            id: term.anchor(),
            term: name.text,
            html: name.lang,
            reading: term.reading.clone(),
            others,
            definition: definition.text,
            definition_html: definition.lang,
        }
    };
    let mut terms: Vec<TermView> = scene.site.data.terms().map(view).collect();
    let key = |term: &TermView| match &term.reading {
        Some(reading) if language.is_japanese() => reading.clone(),
        _ => term.term.clone(),
    };
    terms.sort_by(|a, b| scene.locale.compare(&key(a), &key(b)));
    terms
}

#[cfg(test)]
mod tests {
    use super::*;

    fn linked(pieces: &[&str]) -> String {
        let mut words: Vec<Word> = ["臨床研修", "基幹型臨床研修病院", "R&amp;D", "core hospital"]
            .map(|text| Word { text: text.into(), term: text.into(), open: "<a>".into(), ruby: None })
            .into();
        words.sort_by_key(|word| std::cmp::Reverse(word.text.len()));
        let mut by_initial: BTreeMap<char, Vec<usize>> = BTreeMap::new();
        for (place, word) in words.iter().enumerate() {
            by_initial.entry(initial(&word.text).expect("a letter")).or_default().push(place);
        }
        let mut linker =
            Linker { words, by_initial, linked: BTreeSet::new(), tag: None, closed: 0, unread: 0, paused: false };
        let mut out = String::new();
        pieces.iter().for_each(|piece| linker.push(piece, &mut out));
        out
    }

    #[test]
    fn the_longest_term_is_linked_where_it_is_first_mentioned() {
        assert_eq!(
            linked(&["<p>基幹型臨床研修病院と臨床研修。</p>", "<p>臨床研修</p>"]),
            "<p><a>基幹型臨床研修病院</a>と<a>臨床研修</a>。</p><p>臨床研修</p>"
        );
        assert_eq!(linked(&["R&amp;D, Core hospital"]), "<a>R&amp;D</a>, <a>Core hospital</a>");
        assert_eq!(linked(&["Core hospitals, core hospital"]), "<a>Core hospitals</a>, core hospital");
        assert_eq!(linked(&["core hospitality"]), "core hospitality");
    }

    #[test]
    fn links_headings_code_and_tags_are_left_alone() {
        for html in [
            "<h2 id=\"x\">臨床研修</h2>",
            "<a href=\"臨床研修\"><b>臨床研修</b></a>",
            "<img alt=\"a > 臨床研修\">",
            "<pre><code>臨床研修</code></pre>",
            "<ruby>臨床研修<rt>りんしょう</rt></ruby>",
        ] {
            assert_eq!(linked(&[html]), html);
        }
        // A link whose address is filled in between two pieces.
        assert_eq!(linked(&["<a href=\"", "\">臨床研修</a>臨床研修"]), "<a href=\"\">臨床研修</a><a>臨床研修</a>");
    }
}
