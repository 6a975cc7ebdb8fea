//! Pages: what each is about, where it stands, and what it has from its original.

use std::ops::Index;
use std::sync::Arc;

use jiff::civil::Date;
use rayon::prelude::*;
use serde::Serialize;

use crate::diagnostic::Span;
use crate::locale::Language;
use crate::model::route::Route;
use crate::parse::front_matter::{Cover, FrontMatter};
use crate::parse::{BlockContent, Body, PageDocument, Part};

/// The number of a page in [`super::Site::pages`].
pub type PageId = usize;

/// A page of the site in one language.
#[derive(Debug, Clone)]
pub struct Page {
    /// Its language.
    pub language: Language,
    /// What it has in common with its translations: the path of its source without language, or its `translation_key`.
    pub key: String,
    /// What it is about.
    pub subject: Subject,
    /// Its address.
    pub route: Route,
    /// The folder of its source below `content/`: links and pictures are seen from there. Ends in no slash.
    pub folder: String,
    /// The folder of the section it belongs to; for a section, that of the section around it. `None` for the home page.
    pub section: Option<String>,
    /// Its front matter, with what it has from its original.
    pub front: Arc<FrontMatter>,
    /// Its text, where it has one.
    pub document: Option<Arc<PageDocument>>,
    /// Its heading; may hold values from the data.
    pub title: String,
    /// The theme it is shown in.
    pub theme: String,
    /// The template it is shown with, without `.html`.
    pub template: String,
}

/// What a page is about.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub enum Subject {
    /// The title page of a language.
    Home,
    /// A section; its folder.
    Section(String),
    /// An article.
    Article,
    /// A hospital; its id.
    Hospital(String),
    /// An area; its id.
    Area(String),
    /// An event; its id.
    Event(String),
    /// A posting; its id.
    Posting(String),
    /// A person; their id.
    Person(String),
    /// A training programme; its id.
    Programme(String),
    /// The print edition of a section; its folder.
    Print(String),
    /// An issue as a folded sheet; its folder.
    Fold(String),
    /// The accessibility policy.
    Policy,
    /// The result of an accessibility test; its year.
    TestResult(String),
    /// All tags of a language.
    Tags,
    /// Where a language is searched.
    Search,
    /// The pages with one tag; its part of the address.
    Tag(String),
    /// What is shown where there is no page.
    NotFound,
}

impl Subject {
    /// The folder of the pages about things in the data.
    pub fn folder(&self) -> Option<&'static str> {
        match self {
            Subject::Hospital(_) => Some("hospitals"),
            Subject::Area(_) => Some("areas"),
            Subject::Event(_) => Some("events"),
            Subject::Posting(_) => Some("postings"),
            Subject::Person(_) => Some("people"),
            Subject::Programme(_) => Some("programmes"),
            _ => None,
        }
    }

    /// The id of the thing in the data.
    pub fn record(&self) -> Option<&str> {
        match self {
            Subject::Hospital(id)
            | Subject::Area(id)
            | Subject::Event(id)
            | Subject::Posting(id)
            | Subject::Person(id)
            | Subject::Programme(id) => Some(id),
            _ => None,
        }
    }

    /// The name of the kind of page, for templates.
    pub fn name(&self) -> &'static str {
        match self {
            Subject::Home => "home",
            Subject::Section(_) => "section",
            Subject::Article => "page",
            Subject::Hospital(_) => "hospital",
            Subject::Area(_) => "area",
            Subject::Event(_) => "event",
            Subject::Posting(_) => "posting",
            Subject::Person(_) => "person",
            Subject::Programme(_) => "programme",
            Subject::Print(_) => "print",
            Subject::Fold(_) => "fold",
            Subject::Policy => "accessibility",
            Subject::TestResult(_) => "accessibility-result",
            Subject::Tags => "tags",
            Subject::Search => "search",
            Subject::Tag(_) => "tag",
            Subject::NotFound => "404",
        }
    }
}

/// Pages in order. Those that one site has from another are held once.
#[derive(Debug, Clone, Default)]
pub struct PageList(Vec<Arc<Page>>);

impl PageList {
    /// All of them.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &Page> + ExactSizeIterator + Clone {
        self.0.iter().map(|page| &**page)
    }

    /// All of them, on all cores.
    pub fn par_iter(&self) -> impl IndexedParallelIterator<Item = &Page> {
        self.0.par_iter().map(|page| &**page)
    }

    /// One of them.
    pub fn get(&self, id: PageId) -> Option<&Page> {
        self.0.get(id).map(|page| &**page)
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Puts a page in the place of one.
    pub(super) fn replace(&mut self, id: PageId, page: Page) {
        if let Some(place) = self.0.get_mut(id) {
            *place = Arc::new(page);
        }
    }
}

impl Index<PageId> for PageList {
    type Output = Page;

    fn index(&self, id: PageId) -> &Page {
        &self.0[id]
    }
}

impl From<Vec<Arc<Page>>> for PageList {
    fn from(pages: Vec<Arc<Page>>) -> PageList {
        PageList(pages)
    }
}

impl Page {
    /// Where to point at when the page as a whole is at fault.
    pub fn span(&self) -> Option<Span> {
        self.document.as_ref().map(|document| Span::file(&document.path))
    }

    /// Whether it is listed: an article, and not the page of a thing in the data.
    pub fn is_article(&self) -> bool {
        self.subject == Subject::Article
    }

    /// The programme whose page it is: the one that an article of that kind names, or that the page was made for.
    pub fn programme(&self) -> Option<&str> {
        match &self.subject {
            Subject::Programme(id) => Some(id),
            Subject::Article if self.template == "programme" => self.front.programme.as_deref(),
            _ => None,
        }
    }

    /// Whether it is the cover of an issue.
    pub fn is_issue(&self) -> bool {
        self.front.issue.is_some() && matches!(self.subject, Subject::Section(_))
    }

    /// Whether it says nothing new: it is made for paper from other pages, which readers and search engines are to find.
    pub fn is_for_paper(&self) -> bool {
        matches!(self.subject, Subject::Print(_) | Subject::Fold(_))
    }

    /// Whether what it says no longer holds on the day `today`: lists and feeds leave it out.
    pub fn is_expired(&self, today: Date) -> bool {
        self.front.valid_until.is_some_and(|until| until < today)
    }

    /// Its text.
    pub fn body(&self) -> Option<&Body> {
        self.document.as_ref().map(|document| &document.body)
    }

    /// The kind of the page as templates and lists name it.
    pub fn kind(&self) -> &'static str {
        match (&self.subject, self.front.kind) {
            (Subject::Article, Some(kind)) => kind.name(),
            _ if self.is_issue() => "issue",
            (subject, _) => subject.name(),
        }
    }

    /// The places that a link can name: headings, figures, panels.
    pub fn anchors(&self) -> Vec<String> {
        let Some(body) = self.body() else { return Vec::new() };
        let mut anchors = Vec::new();
        collect_anchors(&body.parts, &mut anchors);
        anchors
    }
}

fn collect_anchors(parts: &[Part], anchors: &mut Vec<String>) {
    for part in parts {
        match part {
            Part::Image(image) => anchors.extend(image.id.clone()),
            Part::Panel(fence) => anchors.extend(panel_id(&fence.text)),
            // Headings, notes, captions: all of them write their anchor into the HTML.
            Part::Html(html) => anchors
                .extend(html.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next()).map(str::to_owned)),
            Part::Block(block) => match &block.content {
                BlockContent::Prose { body, .. } => collect_anchors(&body.parts, anchors),
                BlockContent::Questions(questions) => {
                    questions.iter().for_each(|question| collect_anchors(&question.answer.parts, anchors));
                }
                BlockContent::Images(images) => anchors.extend(images.iter().filter_map(|image| image.id.clone())),
                BlockContent::Data(_) => {}
            },
            _ => {}
        }
    }
}

/// The `id:` line of a panel's YAML.
pub fn panel_id(yaml: &str) -> Option<String> {
    let line = yaml.lines().find_map(|line| line.strip_prefix("id:"))?;
    let id = line.split(" #").next().unwrap_or(line).trim().trim_matches(['"', '\'']);
    (!id.is_empty()).then(|| id.to_owned())
}

/// The front matter of a translation: what it leaves out it has from its original, but not what is written in a language.
///
/// `folder` is that of the original below `content/`: its picture is found from there.
pub fn inherit(own: &FrontMatter, original: &FrontMatter, folder: &str) -> FrontMatter {
    let list = |own: &Vec<String>, original: &Vec<String>| if own.is_empty() { original.clone() } else { own.clone() };
    FrontMatter {
        date: own.date.or(original.date),
        updated: own.updated.or(original.updated),
        slug: own.slug.clone().or_else(|| original.slug.clone()),
        kind: own.kind.or(original.kind),
        template: own.template.clone().or_else(|| original.template.clone()),
        series: own.series.clone().or_else(|| original.series.clone()),
        authors: list(&own.authors, &original.authors),
        weight: own.weight.or(original.weight),
        cover: cover(own.cover.as_ref(), original.cover.as_ref(), folder),
        hospitals: list(&own.hospitals, &original.hospitals),
        areas: list(&own.areas, &original.areas),
        programme: own.programme.clone().or_else(|| original.programme.clone()),
        people: list(&own.people, &original.people),
        event: own.event.clone().or_else(|| original.event.clone()),
        as_of: own.as_of.or(original.as_of),
        next_update: own.next_update.or(original.next_update),
        valid_until: own.valid_until.or(original.valid_until),
        terms: own.terms.or(original.terms),
        search: own.search.or(original.search),
        math: own.math.or(original.math),
        theme: own.theme.clone().or_else(|| original.theme.clone()),
        sort: own.sort.or(original.sort),
        numbering: own.numbering.or(original.numbering),
        paginate_by: own.paginate_by.or(original.paginate_by),
        issue: match (&own.issue, &original.issue) {
            (own, Some(original)) => Some(own.clone().unwrap_or_default().inherit(original)),
            (own, None) => own.clone(),
        },
        current_issue: own.current_issue.clone().or_else(|| original.current_issue.clone()),
        print: own.print.or(original.print),
        ..own.clone()
    }
}

fn cover(own: Option<&Cover>, original: Option<&Cover>, folder: &str) -> Option<Cover> {
    let Some(original) = original else { return own.cloned() };
    let from_root = |src: &String| if src.starts_with('/') { src.clone() } else { format!("/{folder}/{src}") };
    let inherited = Cover { src: original.src.as_ref().map(from_root), ..original.clone() };
    let Some(own) = own else { return Some(inherited) };
    Some(Cover {
        src: own.src.clone().or(inherited.src),
        alt: own.alt.clone(),
        credit: own.credit.clone().or(inherited.credit),
        focus: own.focus.clone().or(inherited.focus),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn translations_share_what_is_not_written_in_a_language() {
        let original = FrontMatter {
            title: Some("題".into()),
            weight: Some(3),
            tags: vec!["研修".into()],
            slug: Some("study".into()),
            ..FrontMatter::default()
        };
        let own = FrontMatter { weight: Some(1), ..FrontMatter::default() };
        let both = inherit(&own, &original, "features");
        assert_eq!((both.weight, both.slug.as_deref()), (Some(1), Some("study")));
        assert!(both.title.is_none() && both.tags.is_empty());
    }

    #[test]
    fn panel_ids_are_found_in_their_yaml() {
        assert_eq!(panel_id("kind: kpi\nid: \"fig:a\" # x\n").as_deref(), Some("fig:a"));
        assert_eq!(panel_id("kind: kpi\nitems:\n  - id: no\n"), None);
    }
}
