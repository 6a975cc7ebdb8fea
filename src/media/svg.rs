//! Drawings as editors save them, made fit to publish: nothing that runs, nothing that asks another host, nothing that
//! tells of its author.
//!
//! What stays is said here; all else goes. Elements and attributes of other namespaces are the editors' own.

use std::borrow::Cow;
use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use quick_xml::NsReader;
use quick_xml::escape::{resolve_predefined_entity, unescape_with};
use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::name::{NamespaceResolver, ResolveResult};

use super::kind::Kind;
use super::metadata;
use crate::diagnostic::{Diagnostic, Message, Span, picture, say};
use crate::read::Source;

const SVG: &str = "http://www.w3.org/2000/svg";
const XLINK: &str = "http://www.w3.org/1999/xlink";
const XML: &str = "http://www.w3.org/XML/1998/namespace";
const XHTML: &str = "http://www.w3.org/1999/xhtml";

/// The elements that draw, and those that describe what is drawn.
const ELEMENTS: &str = " a animate animateMotion animateTransform circle clipPath defs desc ellipse feBlend feColorMatrix \
    feComponentTransfer feComposite feConvolveMatrix feDiffuseLighting feDisplacementMap feDistantLight feDropShadow \
    feFlood feFuncA feFuncB feFuncG feFuncR feGaussianBlur feImage feMerge feMergeNode feMorphology feOffset \
    fePointLight feSpecularLighting feSpotLight feTile feTurbulence filter g image line linearGradient marker mask \
    mpath path pattern polygon polyline radialGradient rect set stop style svg switch symbol text textPath title tspan \
    use view ";

/// How deep a drawing may be nested.
const DEEPEST: usize = 256;

/// How long a word may be that a document declares for itself, and all that is said by them together.
const LONGEST_WORD: usize = 200;
const LONGEST_SPEECH: usize = 100_000;

/// Why an element or an attribute went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Removed {
    Script,
    Foreign,
    Outside,
    StyleSheet,
}

impl Removed {
    fn name(self) -> Message {
        match self {
            Removed::Script => say("スクリプト", "scripts"),
            Removed::Foreign => say("絵に要らない要素", "elements that drawings have no need of"),
            Removed::Outside => say("よそのファイルへの参照", "references to other files"),
            Removed::StyleSheet => say("読めないスタイル", "styles that can't be read"),
        }
    }
}

/// A drawing that may be published, and a finding where something went that one might miss.
pub struct Cleaned {
    /// The drawing.
    pub bytes: Arc<[u8]>,
    /// What went.
    pub finding: Option<Diagnostic>,
}

/// The drawing in `source` without what a drawing has no need of.
///
/// # Errors
/// A finding where it is not well-formed.
pub fn clean(source: &Source) -> Result<Cleaned, Diagnostic> {
    let span = || Span::file(&source.path);
    let mut cleaner = Cleaner::default();
    cleaner.read(source.text()?).map_err(|cause| picture::broken_drawing(span(), &cause))?;
    let removed: Vec<Message> = cleaner.removed.iter().map(|removed| removed.name()).collect();
    let finding = (!removed.is_empty()).then(|| picture::drawing_cleaned(span(), &removed));
    Ok(Cleaned { bytes: Arc::from(cleaner.out.into_bytes()), finding })
}

#[derive(Default)]
struct Cleaner {
    out: String,
    /// The elements that are open.
    open: Vec<String>,
    /// How many elements are open within one that goes.
    skipped: usize,
    /// Words that the document declares for itself, and how much they have said already.
    words: BTreeMap<String, String>,
    said: Cell<usize>,
    /// The text of the style sheet that is being read.
    style: String,
    removed: BTreeSet<Removed>,
}

impl Cleaner {
    fn read(&mut self, text: &str) -> Result<(), String> {
        let mut reader = NsReader::from_str(text);
        loop {
            match reader.read_event().map_err(|error| error.to_string())? {
                Event::Start(element) => self.start(reader.resolver(), &element, false)?,
                Event::Empty(element) => self.start(reader.resolver(), &element, true)?,
                Event::End(_) => self.end(),
                Event::Text(text) => self.text(&unescaped(&text)),
                Event::CData(data) => self.text(&data.into_inner()),
                Event::GeneralRef(reference) => self.reference(&reference),
                Event::DocType(doctype) => self.words = words(&doctype),
                Event::PI(instruction) if instruction.target() == "xml-stylesheet" => {
                    self.removed.insert(Removed::Outside);
                }
                Event::PI(_) | Event::Comment(_) | Event::Decl(_) => {}
                Event::Eof => break,
            }
        }
        match self.open.last() {
            Some(name) => Err(format!("</{name}>?")),
            None if self.out.is_empty() => Err("<svg>?".to_owned()),
            None => Ok(()),
        }
    }

    fn start(&mut self, names: &NamespaceResolver, element: &BytesStart<'_>, empty: bool) -> Result<(), String> {
        let (namespace, name) = names.resolve_element(element.name());
        let name = name.into_inner();
        if self.skipped > 0 || !self.belongs(&namespace, name, element) {
            self.skipped += usize::from(!empty);
            return Ok(());
        }
        let is_root = self.out.is_empty();
        if is_root != (name == "svg" && self.open.is_empty()) && (is_root || self.open.is_empty()) {
            return Err(format!("<{name}>"));
        }
        if self.open.len() >= DEEPEST {
            return Err(format!("{DEEPEST}"));
        }
        let attributes = self.attributes(names, element, name)?;
        self.out.push_str(&format!("<{name}"));
        if is_root {
            self.out.push_str(&format!(" xmlns=\"{SVG}\" xmlns:xlink=\"{XLINK}\""));
        }
        for (key, value) in attributes {
            self.out.push_str(&format!(" {key}=\"{}\"", escape(&value)));
        }
        self.out.push_str(if empty { "/>" } else { ">" });
        if !empty {
            self.open.push(name.to_owned());
        }
        Ok(())
    }

    /// Whether an element stays. What editors keep for themselves goes without a word.
    fn belongs(&mut self, namespace: &ResolveResult<'_>, name: &str, element: &BytesStart<'_>) -> bool {
        let is_drawing = match namespace {
            ResolveResult::Unbound => true,
            ResolveResult::Bound(namespace) => self.said_by(namespace.into_inner()) == SVG,
            ResolveResult::Unknown(_) => false,
        };
        if is_drawing && ELEMENTS.contains(&format!(" {name} ")) {
            return !self.changes_addresses(element);
        }
        let is_editors = (!is_drawing && name != "script") || name == "metadata";
        // Illustrator hides its own file in one that asks for Illustrator.
        let is_for_others = element.attributes_raw().contains("requiredExtensions");
        let is_page = matches!(namespace, ResolveResult::Bound(namespace) if namespace.into_inner() == XHTML);
        if is_page || !(is_editors || is_for_others) {
            self.removed.insert(if name == "script" { Removed::Script } else { Removed::Foreign });
        }
        false
    }

    /// An animation can change where a link leads, or what happens at a click.
    fn changes_addresses(&mut self, element: &BytesStart<'_>) -> bool {
        let changed = element.try_get_attribute("attributeName").ok().flatten();
        let changed = changed.map(|attribute| unescaped(&attribute.value).trim().to_lowercase()).unwrap_or_default();
        let does = changed.contains("href") || changed.starts_with("on") || changed.contains('&');
        if does {
            self.removed.insert(Removed::Script);
        }
        does
    }

    fn attributes(
        &mut self,
        names: &NamespaceResolver,
        element: &BytesStart<'_>,
        name: &str,
    ) -> Result<BTreeMap<String, String>, String> {
        let mut kept = BTreeMap::new();
        for attribute in element.attributes() {
            let attribute = attribute.map_err(|error| error.to_string())?;
            let (namespace, key) = names.resolve_attribute(attribute.key);
            let key = key.into_inner();
            let key = match &namespace {
                ResolveResult::Unbound if attribute.key.as_namespace_binding().is_none() => key.to_owned(),
                ResolveResult::Bound(space) if self.said_by(space.into_inner()) == XLINK => format!("xlink:{key}"),
                ResolveResult::Bound(space) if space.into_inner() == XML => format!("xml:{key}"),
                _ => continue,
            };
            let value = unescape_with(&attribute.value, |word| self.word(word))
                .map_err(|error| error.to_string())?
                .into_owned();
            if let Some(value) = self.attribute(name, &key, &value) {
                kept.insert(key, value);
            }
        }
        Ok(kept)
    }

    /// What an attribute may say.
    fn attribute(&mut self, element: &str, key: &str, value: &str) -> Option<String> {
        let lower = key.to_lowercase();
        match lower.as_str() {
            "href" | "xlink:href" if element == "a" => self.link(value.trim()),
            "href" | "xlink:href" => self.reference_to(value.trim()),
            "style" => Some(self.css(value)).filter(|style| !style.trim().is_empty()),
            "xml:space" | "xml:lang" => Some(value.to_owned()),
            "ping" | "target" | "src" | "requiredextensions" => None,
            // Animations write addresses too.
            "values" | "from" | "to" | "by" if value.contains(':') && !value.contains("url(") => Some(value.to_owned()),
            _ if lower.starts_with("on") => {
                self.removed.insert(Removed::Script);
                None
            }
            _ if lower.contains(':') => None,
            _ if value.to_lowercase().contains("url") || value.contains('\\') => {
                Some(self.css(value)).filter(|value| !value.is_empty())
            }
            _ => Some(value.to_owned()),
        }
    }

    /// Where a link may lead.
    fn link(&mut self, target: &str) -> Option<String> {
        let is_elsewhere = ["http://", "https://", "mailto:"].iter().any(|scheme| target.starts_with(scheme));
        if is_elsewhere || !target.contains(':') {
            return Some(target.to_owned());
        }
        self.removed.insert(Removed::Script);
        None
    }

    /// What a drawing may show: its own parts, and pictures that it holds.
    fn reference_to(&mut self, target: &str) -> Option<String> {
        let kept = match target.strip_prefix("data:") {
            None => target.starts_with('#').then(|| target.to_owned()),
            Some(data) if data.starts_with("image/") => embedded(data),
            Some(data) => {
                let is_font =
                    ["font/", "application/font", "application/x-font"].iter().any(|kind| data.starts_with(kind));
                is_font.then(|| target.to_owned())
            }
        };
        if kept.is_none() {
            let is_script = target.to_lowercase().contains("script:");
            self.removed.insert(if is_script { Removed::Script } else { Removed::Outside });
        }
        kept
    }

    /// Style without what it would fetch. One that says things in a roundabout way goes as a whole.
    fn css(&mut self, css: &str) -> String {
        const ROUNDABOUT: [&str; 6] = ["\\", "image-set", "src(", "expression(", "-moz-binding", "script:"];
        let css = without_comments(css);
        let lower = css.to_ascii_lowercase();
        if ROUNDABOUT.iter().any(|word| lower.contains(word)) {
            self.removed.insert(Removed::StyleSheet);
            return String::new();
        }
        let css = self.without_imports(&css);
        let mut kept = String::new();
        let mut rest = css.as_str();
        while let Some(start) = rest.to_ascii_lowercase().find("url(") {
            let (before, address) = rest.split_at(start);
            let Some((address, after)) = address[4..].split_once(')') else {
                self.removed.insert(Removed::StyleSheet);
                return String::new();
            };
            let target = self.reference_to(address.trim().trim_matches(['"', '\'']).trim());
            kept.push_str(before);
            kept.push_str(&target.map_or_else(|| "none".to_owned(), |target| format!("url({target})")));
            rest = after;
        }
        kept + rest
    }

    fn without_imports(&mut self, css: &str) -> String {
        let mut kept = String::new();
        let mut rest = css;
        while let Some(start) = rest.to_ascii_lowercase().find("@import") {
            self.removed.insert(Removed::Outside);
            kept.push_str(&rest[..start]);
            rest = rest[start..].split_once(';').map_or("", |(_, after)| after);
        }
        kept + rest
    }

    fn end(&mut self) {
        if self.skipped > 0 {
            self.skipped -= 1;
        } else if let Some(name) = self.open.pop() {
            if name == "style" {
                let style = std::mem::take(&mut self.style);
                let style = self.css(&style);
                self.out.push_str(&escape(&style));
            }
            self.out.push_str(&format!("</{name}>"));
        }
    }

    fn text(&mut self, text: &str) {
        match self.open.last() {
            _ if self.skipped > 0 => {}
            Some(name) if name == "style" => self.style.push_str(text),
            Some(_) => self.out.push_str(&escape(text)),
            None => {}
        }
    }

    fn reference(&mut self, reference: &BytesRef<'_>) {
        let text = match reference.resolve_char_ref() {
            Ok(Some(character)) => character.to_string(),
            _ => self.word(reference).unwrap_or_default().to_owned(),
        };
        self.text(&text);
    }

    /// What a word says that XML or the document declares; nothing for others, and once they have said too much.
    fn word(&self, word: &str) -> Option<&str> {
        if let Some(character) = resolve_predefined_entity(word) {
            return Some(character);
        }
        let said = self.words.get(word).map_or("", String::as_str);
        self.said.set(self.said.get() + said.len());
        Some(if self.said.get() > LONGEST_SPEECH { "" } else { said })
    }

    /// A namespace, which Illustrator writes as a word: `xmlns="&ns_svg;"`.
    fn said_by<'a>(&'a self, namespace: &'a str) -> &'a str {
        let word = namespace.strip_prefix('&').and_then(|word| word.strip_suffix(';'));
        word.and_then(|word| self.words.get(word)).map_or(namespace, String::as_str)
    }
}

/// A picture within a drawing, `image/png;base64,…`, without what it tells besides.
fn embedded(data: &str) -> Option<String> {
    let encoded: String = data.split_once(";base64,")?.1.split_whitespace().collect();
    let bytes = STANDARD.decode(encoded).ok()?;
    let kind = Kind::of(&bytes);
    let format = kind.decoded_as()?;
    let cleaned = metadata::cleaned(kind, &bytes)?;
    Some(format!("data:{};base64,{}", format.to_mime_type(), STANDARD.encode(cleaned)))
}

/// `<!ENTITY name "text">`: short ones that name no others.
fn words(doctype: &str) -> BTreeMap<String, String> {
    let declared = doctype.split("<!ENTITY").skip(1).take(200);
    let words = declared.filter_map(|declared| {
        let (name, rest) = declared.trim_start().split_once(char::is_whitespace)?;
        let rest = rest.trim_start();
        let quote = rest.chars().next().filter(|quote| matches!(quote, '"' | '\''))?;
        let text = rest[1..].split(quote).next()?;
        let is_plain = !text.contains(['&', '<', '%']) && text.len() <= LONGEST_WORD;
        is_plain.then(|| (name.to_owned(), text.to_owned()))
    });
    words.collect()
}

fn without_comments(css: &str) -> String {
    let mut kept = String::new();
    let mut rest = css;
    while let Some((before, comment)) = rest.split_once("/*") {
        kept.push_str(before);
        // What stood apart stays apart.
        kept.push(' ');
        rest = comment.split_once("*/").map_or("", |(_, after)| after);
    }
    kept + rest
}

fn unescaped(text: &str) -> Cow<'_, str> {
    quick_xml::escape::unescape(text).unwrap_or(Cow::Borrowed(text))
}

/// Text as XML; control characters, which XML does not know, go.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\n' | '\t' => escaped.push(character),
            character if character.is_control() => {}
            character => escaped.push(character),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cleaned(svg: &str) -> (String, Vec<Removed>) {
        let mut cleaner = Cleaner::default();
        cleaner.read(svg).unwrap_or_else(|cause| panic!("{cause}: {svg}"));
        (cleaner.out, cleaner.removed.into_iter().collect())
    }

    /// `inner` within a drawing comes out as `expected` within one, and `removed` is told.
    fn check(inner: &str, expected: &str, removed: &[Removed]) {
        let (out, told) =
            cleaned(&format!("<svg xmlns='{SVG}' xmlns:xlink='{XLINK}' xmlns:e='urn:editor'>{inner}</svg>"));
        let inside = out.split_once('>').and_then(|(_, rest)| rest.strip_suffix("</svg>")).expect("a drawing");
        assert_eq!(inside, expected, "{inner}");
        assert_eq!(told, removed, "{inner}");
    }

    #[test]
    fn what_draws_stays() {
        for same in [
            "<g transform=\"scale(2)\"><path d=\"M0 0L1 1\" fill=\"url(#a)\"/></g>",
            "<style>.a{fill:#fff}@media (prefers-color-scheme:dark){.a{fill:#000}}</style>",
            "<use xlink:href=\"#b\"/>",
            "<a href=\"https://example.org/\"><text>本文 &amp; more</text></a>",
            "<title>港の絵</title>",
            "<animate attributeName=\"opacity\" dur=\"1s\" from=\"0\" to=\"1\"/>",
        ] {
            check(same, same, &[]);
        }
    }

    #[test]
    fn what_runs_goes() {
        use Removed::{Foreign, Outside, Script};
        check("<script>alert(1)</script><g/>", "<g/>", &[Script]);
        check("<script href='x.js'/><g/>", "<g/>", &[Script]);
        check("<g onload='a()' OnClick='b()'/>", "<g/>", &[Script]);
        check("<a href='javascript:a()'/>", "<a/>", &[Script]);
        check("<a href='java&#10;script:a()'/>", "<a/>", &[Script]);
        check("<a xlink:href='&#106;avascript:a()'/>", "<a/>", &[Script]);
        check("<a><set attributeName='href' to='javascript:a()'/></a>", "<a></a>", &[Script]);
        check("<foreignObject><b xmlns='http://www.w3.org/1999/xhtml'/></foreignObject>", "", &[Foreign]);
        check("<body xmlns='http://www.w3.org/1999/xhtml'><script/></body>", "", &[Foreign]);
        check("<iframe src='x'/>", "", &[Foreign]);
        check("<use href='data:image/svg+xml;base64,PHN2Zy8+'/>", "<use/>", &[Outside]);
    }

    #[test]
    fn what_asks_others_goes() {
        use Removed::{Outside, StyleSheet};
        check("<image href='https://example.org/a.png'/>", "<image/>", &[Outside]);
        check("<image href='//example.org/a.png'/>", "<image/>", &[Outside]);
        check("<use xlink:href='other.svg#a'/>", "<use/>", &[Outside]);
        check("<g fill='url(http://example.org/#a)'/>", "<g fill=\"none\"/>", &[Outside]);
        check("<g style='fill:URL( \"http://example.org\" );x:y'/>", "<g style=\"fill:none;x:y\"/>", &[Outside]);
        check("<style>@import 'http://example.org/';a{b:c}</style>", "<style>a{b:c}</style>", &[Outside]);
        check("<style>@im/**/port 'x';</style>", "<style>@im port 'x';</style>", &[]);
        check("<style>@\\69mport 'x';</style>", "<style></style>", &[StyleSheet]);
        check("<style>a{b:image-set(\"http://example.org/\")}</style>", "<style></style>", &[StyleSheet]);
        check("<style><![CDATA[a{b:url(x.png)}]]></style>", "<style>a{b:none}</style>", &[Outside]);
        check("<?xml-stylesheet href='x.css'?>", "", &[Outside]);
        check("<g fill='u\\72l(http://example.org)'/>", "<g/>", &[StyleSheet]);
    }

    #[test]
    fn what_editors_keep_for_themselves_goes_without_a_word() {
        check("<metadata><e:creator>Aoki</e:creator></metadata>", "", &[]);
        check("<e:namedview e:path='C:/aoki'><g/></e:namedview>", "", &[]);
        check("<g e:export='C:/aoki/a.png' id='a'/>", "<g id=\"a\"/>", &[]);
        check("<!-- Aoki --><g/>", "<g/>", &[]);
        check(
            "<switch><foreignObject requiredExtensions='x'><e:a/></foreignObject><g/></switch>",
            "<switch><g/></switch>",
            &[],
        );
    }

    #[test]
    fn words_of_a_document_are_said_and_never_grow() {
        let adobe = "<!DOCTYPE svg PUBLIC \"-//W3C\" \"http://x\" [<!ENTITY ns_svg \"http://www.w3.org/2000/svg\">\
                     <!ENTITY who \"Aoki\">]><svg xmlns=\"&ns_svg;\"><text x=\"&who;\">&who;&#12354;&lt;</text></svg>";
        assert!(cleaned(adobe).0.ends_with("<text x=\"Aoki\">Aokiあ&lt;</text></svg>"));
        let bomb = "<!DOCTYPE svg [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;\">]><svg><text>&b;</text></svg>";
        assert!(cleaned(bomb).0.ends_with("<text></text></svg>"));
        let file = "<!DOCTYPE svg [<!ENTITY a SYSTEM \"file:///etc/passwd\">]><svg><text>&a;</text></svg>";
        assert!(cleaned(file).0.ends_with("<text></text></svg>"));
        let long = format!(
            "<!DOCTYPE svg [<!ENTITY a \"{}\">]><svg><text>{}</text></svg>",
            "x".repeat(90),
            "&a;".repeat(90_000)
        );
        assert!(cleaned(&long).0.len() < 2 * LONGEST_SPEECH);
    }

    #[test]
    fn broken_drawings_are_told() {
        for broken in ["", "<svg>", "<svg><g></svg>", "<g/>", "<svg a='1' a='2'/>", "<svg/><svg/>", "text"] {
            let result = Cleaner::default().read(broken);
            assert!(result.is_err(), "{broken}");
        }
        assert!(Cleaner::default().read(&format!("<svg>{}", "<g>".repeat(100_000))).is_err());
    }
}
