//! [`Source`] to [`Document`]: one file at a time, never a second one, never failing.
//!
//! What a file alone can't settle stays open as a [`Part`] of the body: a link to another page, a value from the data,
//! a picture, a panel. `model` and `render` close them.

use std::collections::BTreeSet;
use std::sync::Arc;

use serde::Serialize;

use crate::diagnostic::{Checked, Span};
use crate::locale::Language;
use crate::read::Source;

pub mod data;
pub mod date;
pub mod era;
pub mod front_matter;
pub mod issue;
pub mod japanese;
pub mod markdown;
pub mod outline;
pub mod schema;
pub mod settings;
pub mod sheet;
pub mod theme;
pub mod tree;

pub use data::DataDocument;
pub use front_matter::FrontMatter;
pub use settings::SettingsDocument;
pub use theme::ThemeDocument;

/// One file, understood.
#[derive(Debug, Clone)]
pub enum Document {
    /// A page: front matter and Markdown.
    Page(Arc<PageDocument>),
    /// A data file.
    Data(Arc<DataDocument>),
    /// A CSV file or a workbook beside them.
    Book(Arc<sheet::BookDocument>),
    /// Outlines of places beside them.
    Outline(Arc<outline::OutlineDocument>),
}

impl Document {
    /// Whether both are one reading of one file.
    pub fn is_same(&self, other: &Document) -> bool {
        match (self, other) {
            (Document::Page(one), Document::Page(other)) => Arc::ptr_eq(one, other),
            (Document::Data(one), Document::Data(other)) => Arc::ptr_eq(one, other),
            (Document::Book(one), Document::Book(other)) => Arc::ptr_eq(one, other),
            (Document::Outline(one), Document::Outline(other)) => Arc::ptr_eq(one, other),
            _ => false,
        }
    }
}

/// What the site's settings say about how Markdown is read. Part of the input of [`document`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Dialect {
    /// The language of files that carry no language in their name.
    pub default_language: Language,
    /// Whether `$…$` is math; a page's front matter may say otherwise.
    pub math: bool,
    /// Whether raw HTML is passed on as it is, and not sanitised.
    pub raw_html: bool,
    /// Fences that themes add to the built-in [`markdown::BLOCKS`].
    pub blocks: BTreeSet<String>,
}

/// A Markdown file.
#[derive(Debug, Clone)]
pub struct PageDocument {
    /// The file.
    pub path: Arc<str>,
    /// The language that the file name carries: `en` for `about.en.md`.
    pub language: Option<Language>,
    /// What stands between the `---` lines.
    pub front: Arc<FrontMatter>,
    /// What stands below them.
    pub body: Body,
}

/// The body of a page, or of a block within it.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Body {
    /// The content in reading order.
    pub parts: Vec<Part>,
    /// Its headings, in order.
    pub headings: Vec<Heading>,
    /// The first paragraph, for lists and feeds: without links, pictures and footnote marks.
    pub summary: Vec<Part>,
    /// Minutes to read, at least 1 where there is any text: 500 Japanese characters or 230 words a minute.
    pub reading_minutes: usize,
    /// Whether the text holds math, so that the page can say so.
    pub has_math: bool,
}

/// A heading.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Heading {
    /// 1 to 6.
    pub level: u8,
    /// Its anchor within the page.
    pub id: String,
    /// Its text without marks; the base text of ruby. Values are left out, so that anchors outlive changes of the data.
    pub text: String,
    /// Its content, phrases separated by `<wbr>` where Japanese: HTML, values, references; no links, pictures or
    /// footnote marks. The text of a table of contents is this, filled, without its tags.
    pub parts: Vec<Part>,
}

/// A piece of a body: finished HTML, or a hole that a later stage fills.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub enum Part {
    /// Finished HTML.
    Html(String),
    /// The value of a formula, as text: `` `= physicians[kumamoto, 2018]` ``.
    Value(Formula),
    /// The address of a link to another file of the site, within an `href`: filled with the page's address, escaped.
    Address(Target),
    /// The printed name of a numbered figure, table or formula: `[図](#fig:flow)` gives 図3. The link around it is HTML.
    /// The target is the anchor without `#`: `fig:flow`.
    Reference(Target),
    /// The address of the same, within an `href`: it may stand on another page of the report.
    Place(Target),
    /// The same name where the table or formula itself stands, and so gets its number: 表2 before a caption, (3) beside
    /// a formula. The target is the anchor, which the HTML around it carries.
    Label(Target),
    /// A picture. In a box, as blocks are: every other part is small, and a site holds all parts of all pages.
    Image(Box<Image>),
    /// A panel: its YAML.
    Panel(Fence),
    /// A block of another kind.
    Block(Box<Block>),
}

impl Part {
    /// About how many bytes of HTML it comes out as.
    pub fn length(&self) -> usize {
        match self {
            Part::Html(html) => html.len(),
            Part::Panel(_) | Part::Block(_) | Part::Image(_) => 2048,
            _ => 32,
        }
    }
}

/// A formula as written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Formula {
    /// The text after `=`, trimmed.
    pub text: String,
    /// Where that text stands.
    pub span: Span,
}

/// The target of a link as written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Target {
    /// `../programmes/haematology.md#rules`, percent-decoded.
    pub text: String,
    /// Where it stands.
    pub span: Span,
}

/// A picture as written.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Image {
    /// The file, relative to the page.
    pub source: Target,
    /// What a reader who can't see it is told. Empty where the author gave none.
    pub alt: String,
    /// The caption: the Markdown title, read as inline Markdown.
    pub caption: Vec<Part>,
    /// Whether it stands alone in its paragraph and so is a figure.
    pub figure: bool,
    /// The anchor: `![alt](photo.jpg "caption"){#fig:photo .wide}`, where given.
    pub id: Option<String>,
    /// Classes given in the same way: `wide`.
    pub classes: Vec<String>,
}

/// The content of a fence that is data: its text and where that text stands.
///
/// The text is as long as its span, so that a place in one is a place in the other: in a list or quotation, what stands
/// before each line (`> `) is replaced by spaces.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Fence {
    /// The text between the fence lines.
    pub text: String,
    /// Where that text begins and ends.
    pub span: Span,
}

/// A fenced block that is not code.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Block {
    /// Its name: the first word after the fence.
    pub name: String,
    /// The further words after the fence: `kyoto right` in ```` ```pull kyoto right ````.
    pub arguments: Vec<String>,
    /// What it holds.
    pub content: BlockContent,
    /// Where the fence stands.
    pub span: Span,
}

/// What a block holds: settled by its name, see [`markdown::BLOCKS`].
#[derive(Debug, Clone, PartialEq, Serialize)]
pub enum BlockContent {
    /// Markdown, and the line after a leading `—` at its end (who said it). `pull`, `tate`, and what themes add.
    Prose {
        /// The text.
        body: Body,
        /// Who said it: inline content.
        byline: Vec<Part>,
    },
    /// Questions and answers. `qa`.
    Questions(Vec<Question>),
    /// Pictures in rows. `gallery`.
    Images(Vec<Image>),
    /// YAML. `profile`, `hospital`, `programme`. Nothing at all: `figures`, `tables`.
    Data(Fence),
}

/// A question with its answer.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Question {
    /// Inline content. Empty where a further person answers the question before.
    pub question: Vec<Part>,
    /// Who answers, where several people do: `A(青木): …`.
    pub speaker: Option<String>,
    /// The answer.
    pub answer: Body,
}

/// Understands one file below `content/`. `None` for files that are no documents: pictures and the like.
pub fn document(source: &Source, dialect: &Dialect) -> Checked<Option<Document>> {
    let in_data = source.path.starts_with("content/data/");
    match source.extension().as_str() {
        "md" if !in_data => page(source, dialect).map(|page| page.map(|page| Document::Page(Arc::new(page)))),
        extension if in_data && sheet::is_book(extension) => {
            Checked::clean(Some(Document::Book(Arc::new(sheet::document(source)))))
        }
        extension if in_data && outline::is_outline(extension) => {
            Checked::clean(Some(Document::Outline(Arc::new(outline::document(source)))))
        }
        "yaml" | "yml" if in_data => data::document(source).map(|data| data.map(|data| Document::Data(Arc::new(data)))),
        _ => Checked::clean(None),
    }
}

fn page(source: &Source, dialect: &Dialect) -> Checked<Option<PageDocument>> {
    let text = match source.text() {
        Ok(text) => text,
        Err(finding) => return Checked::new(Some(unreadable(source)), vec![finding]),
    };
    let skipped = source.bytes.len() - text.len();
    let mut findings = Vec::new();
    let language = language_of(&source.path);
    let split = front_matter::split(text);
    let front = front_matter::parse(&source.path, &split, skipped).take(&mut findings);
    let context = markdown::Context {
        path: &source.path,
        language: language.as_ref().unwrap_or(&dialect.default_language),
        math: front.math.unwrap_or(dialect.math),
        dialect,
    };
    let body = markdown::parse(split.markdown, split.markdown_offset + skipped, &context).take(&mut findings);
    findings.extend(era::contradictions(&source.path, split.markdown, split.markdown_offset + skipped));
    Checked::new(Some(PageDocument { path: source.path.clone(), language, front: Arc::new(front), body }), findings)
}

/// A page in place of one that can't be read, so that links to it are no further mistakes.
fn unreadable(source: &Source) -> PageDocument {
    let front = Arc::new(FrontMatter::broken(&source.path));
    PageDocument { path: source.path.clone(), language: language_of(&source.path), front, body: Body::default() }
}

/// The language that a file name carries: `en` for `about.en.md`. Whether the site has it, `model` knows.
pub fn language_of(path: &str) -> Option<Language> {
    tag_of(path).and_then(Language::parse)
}

fn tag_of(path: &str) -> Option<&str> {
    let name = path.rsplit('/').next()?;
    let stem = name.rsplit_once('.')?.0;
    Some(stem.rsplit_once('.')?.1).filter(|tag| Language::is_tag(tag))
}

/// The path without language and extension: what a page and its translations have in common.
pub fn stem_of(path: &str) -> &str {
    let without = path.rsplit_once('.').map_or(path, |(stem, _)| stem);
    match tag_of(path) {
        Some(tag) => &without[..without.len() - tag.len() - 1],
        None => without,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn file_names_carry_languages() {
        assert_eq!(language_of("content/about.en.md").map(|l| l.to_string()), Some("en".into()));
        assert_eq!(language_of("content/about.md"), None);
        assert_eq!(language_of("content/v1.2.md"), None);
        assert_eq!(stem_of("content/about.ja-easy.md"), "content/about");
        assert_eq!(stem_of("content/a.b/about.md"), "content/a.b/about");
    }
}
