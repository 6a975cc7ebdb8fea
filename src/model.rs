//! Documents to [`Site`]: pages with their addresses and translations, sections, tags, menus, data, links.
//!
//! Assembled afresh at every build: it is cheap, and nothing in it is filled in later.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, LazyLock};

use indexmap::IndexMap;
use jiff::civil::Date;
use rayon::prelude::*;
use rustc_hash::FxBuildHasher;

use crate::diagnostic::{Checked, Diagnostic, Span, page as findings_of_pages};
use crate::locale::{Language, Localized};
use crate::parse::outline::OutlineDocument;
use crate::parse::tree::{Spans, Yaml};
use crate::parse::{DataDocument, Document, PageDocument, SettingsDocument, front_matter, japanese, stem_of};

pub mod area;
pub mod check;
pub mod data;
pub mod event;
pub mod flow;
pub mod freshness;
pub mod grid;
pub mod hospital;
pub mod indicator;
pub mod issue;
pub mod link;
mod mention;
pub mod numbering;
pub mod page;
pub mod person;
pub mod route;
pub mod section;
pub mod settings;
pub mod plain_table;
mod picture;
mod plain_sheet;
pub mod posting;
pub mod programme;
pub mod question;
mod sheet_table;
pub mod term;

use person::{Agreement, Person, Use};
use question::{Question, asked};

pub use data::Data;
pub use grid::Books;
pub use issue::{Paper, Printing};
pub use link::Destination;
pub use mention::mentions;
pub use page::{Page, PageId, PageList, Subject};
pub use picture::{Focus, Showing};
pub use route::{Links, Route, Standpoint};
pub use section::{MenuLine, Section, Tag};
pub use settings::{PictureRules, Settings};

/// The whole site, understood. What one site and the next have in common they share: see [`Site::with_texts`].
#[derive(Debug, Clone)]
pub struct Site {
    /// Its settings.
    pub settings: Arc<Settings>,
    /// Its pages: by language as in the settings, then by address.
    pub pages: PageList,
    /// Its data.
    pub data: Arc<Data>,
    /// The day for which it is made.
    pub today: Date,
    /// Its sections, by language and folder; the home page is the section of the folder "".
    pub sections: Arc<BTreeMap<(Language, String), Section>>,
    /// Its tags, by language and their part of the address.
    pub tags: Arc<BTreeMap<(Language, String), Tag>>,
    /// Files beside pages and in `static/`: the path of the source to the address.
    pub assets: Arc<BTreeMap<String, Route>>,
    places: Arc<Places>,
    naming: Arc<BTreeMap<(Language, Subject), Vec<PageId>>>,
    issues: Arc<issue::Issues>,
    /// How the print editions are made.
    pub printing: Printing,
    /// Whether a picture is drawn of each page for those who share its address.
    pub draws_cards: bool,
    numbers: Vec<Arc<numbering::Numbers>>,
    /// The pictures and other files that pages show or link to, by the path of their source.
    pub showings: Arc<BTreeMap<String, Showing>>,
}

/// A map that is looked up by hash and has an order all the same.
type ByHash<K, V> = IndexMap<K, V, FxBuildHasher>;

/// Where pages are found. Every link of every page is looked up here, so by hash.
#[derive(Debug)]
struct Places {
    counterparts: ByHash<String, Vec<PageId>>,
    by_route: ByHash<Route, PageId>,
    by_source: ByHash<Arc<str>, PageId>,
    by_subject: BTreeMap<Language, ByHash<Subject, PageId>>,
    glossaries: BTreeMap<Language, PageId>,
}

/// What a person chose for this build, apart from the site itself.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Choices {
    /// Whether drafts are published.
    pub drafts: bool,
    /// The day for which the site is made: what is past its date by then is marked. The first of all days where none is
    /// given, on which nothing is past.
    pub today: Date,
    /// How the print editions are made.
    pub printing: Printing,
    /// Whether pictures for shared addresses are drawn, where the site wants them: only what is published needs them.
    pub cards: bool,
}

/// The data of a site. Its figures are worked out later.
pub fn data(settings: &Settings, documents: &[Document], choices: Choices) -> Checked<Data> {
    let Sorted { data, books, outlines, .. } = sorted(documents);
    let rules = data::Rules { today: choices.today, small_numbers: settings.small_numbers.clone() };
    data::assemble_under(&data, &books, &rules).map(|mut data| {
        data.add_outlines(outlines);
        data
    })
}

/// Puts a site together. `assets` are the paths of the files that are no documents: `content/…` and `static/…`.
pub fn assemble(
    settings: Settings,
    documents: &[Document],
    data: Arc<Data>,
    assets: &[Arc<str>],
    choices: Choices,
) -> Checked<Site> {
    let mut findings = Vec::new();
    let manuscripts = manuscripts(&settings, sorted(documents).pages, choices, &mut findings);
    let mut pages = Pages::new(&settings, &data, choices, &manuscripts).build(&mut findings);
    pages.sort_by(|a, b| {
        settings.position(&a.language).cmp(&settings.position(&b.language)).then(a.route.cmp(&b.route))
    });
    let ((counterparts, by_source), (by_subject, by_route)) =
        rayon::join(|| (counterparts(&pages), sources(&pages)), || (subjects(&pages), routes(&pages, &mut findings)));
    let places = Places { counterparts, by_source, by_subject, glossaries: glossaries(&pages), by_route };
    let assets = assets.iter().map(|path| (path.to_string(), asset_route(path)));
    let mut site = Site {
        places: Arc::new(places),
        sections: Arc::default(),
        naming: Arc::default(),
        issues: Arc::default(),
        printing: choices.printing,
        draws_cards: choices.cards && settings.cards,
        numbers: Vec::new(),
        showings: Arc::default(),
        tags: Arc::default(),
        assets: Arc::new(assets.collect()),
        settings: Arc::new(settings),
        pages: pages.into(),
        data,
        today: choices.today,
    };
    section::arrange(&mut site);
    site.issues = Arc::new(issue::settle(&site).take(&mut findings));
    let (numbers, showings) = rayon::join(|| numbering::count(&site), || picture::showings(&site));
    (site.numbers, site.showings) = (numbers, Arc::new(showings));
    section::check_menus(&site, &mut findings);
    Checked::new(site, findings)
}

/// The themes that the site and its sections name, each with the first place where it is named.
pub fn themes_named(
    settings: &Yaml<SettingsDocument>,
    documents: &[Document],
    choices: Choices,
) -> BTreeMap<String, Span> {
    let mut names = BTreeMap::from([(settings.value.theme.clone(), settings.spans.value("theme"))]);
    for document in documents {
        let Document::Page(page) = document else { continue };
        let counts = is_section(&page.path) && is_shown(page, choices);
        if let Some(name) = page.front.theme.as_ref().filter(|_| counts) {
            names.entry(name.clone()).or_insert_with(|| page.front.spans.value("theme"));
        }
    }
    names
}

/// Drafts are shown where they are asked for.
fn is_shown(document: &PageDocument, choices: Choices) -> bool {
    choices.drafts || !document.front.draft
}

/// Two lists of documents held against each other: what was read anew where nothing but texts of pages is another, each
/// below the same front matter; `None` where more is.
pub fn edited_texts(old: &[Document], new: &[Document]) -> Option<Vec<Arc<PageDocument>>> {
    let same_length = old.len() == new.len();
    let pairs = old.iter().zip(new).filter(|(old, new)| !old.is_same(new));
    let edited = pairs.map(|(old, new)| match (old, new) {
        (Document::Page(old), Document::Page(new)) => {
            let PageDocument { path, language, front, body: _ } = &**old;
            let same = *path == new.path && *language == new.language && *front == new.front;
            same.then(|| new.clone())
        }
        _ => None,
    });
    if same_length { edited.collect() } else { None }
}

/// Documents by what they are.
#[derive(Default)]
struct Sorted {
    pages: Vec<Arc<PageDocument>>,
    data: Vec<Arc<DataDocument>>,
    books: Books,
    outlines: Vec<Arc<OutlineDocument>>,
}

fn sorted(documents: &[Document]) -> Sorted {
    let mut sorted = Sorted::default();
    for document in documents {
        match document {
            Document::Page(page) => sorted.pages.push(page.clone()),
            Document::Data(file) => sorted.data.push(file.clone()),
            Document::Book(book) => _ = sorted.books.insert(book.path.clone(), book.clone()),
            Document::Outline(outline) => sorted.outlines.push(outline.clone()),
        }
    }
    sorted
}

/// A page as written, with its language and what it has from its original.
struct Manuscript {
    document: Arc<PageDocument>,
    language: Language,
    key: String,
    front: Arc<front_matter::FrontMatter>,
}

impl Manuscript {
    /// The path below `content/` without language, extension and `index`: `features/summer`.
    fn stem(&self) -> &str {
        stem_within(&self.document.path)
    }

    fn is_section(&self) -> bool {
        is_section(&self.document.path)
    }

    /// The folder from which its links and pictures are seen.
    fn folder(&self) -> &str {
        folder_of(&self.document.path)
    }
}

/// As [`Manuscript::stem`], of the path of a source.
fn stem_within(path: &str) -> &str {
    let stem = stem_of(path);
    let stem = stem.strip_prefix("content/").unwrap_or(stem);
    stem.strip_suffix("/index").unwrap_or(stem)
}

/// Whether a source is that of a section.
fn is_section(path: &str) -> bool {
    let stem = stem_within(path);
    stem == "_index" || stem.ends_with("/_index")
}

/// The folder of a source below `content/`, without a slash at its end.
fn folder_of(path: &str) -> &str {
    let path = path.strip_prefix("content/").unwrap_or(path);
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// Settles the language of each page, joins translations, and gives them what they have from their originals.
fn manuscripts(
    settings: &Settings,
    documents: Vec<Arc<PageDocument>>,
    choices: Choices,
    findings: &mut Vec<Diagnostic>,
) -> Vec<Manuscript> {
    let mut groups: BTreeMap<String, Vec<(Language, Arc<PageDocument>)>> = BTreeMap::new();
    for document in documents.into_iter().filter(|document| is_shown(document, choices)) {
        let language = document.language.clone().unwrap_or_else(|| settings.default_language().clone());
        if !settings.languages.contains(&language) {
            let known = settings.languages.iter().map(Language::as_str);
            findings.push(findings_of_pages::unknown_language(&document.path, language.as_str(), known));
            continue;
        }
        groups.entry(translation_key(&document)).or_default().push((language, document));
    }
    let joined: Vec<Checked<Vec<Manuscript>>> =
        groups.into_par_iter().map(|(key, group)| translations(settings, key, group)).collect();
    joined.into_iter().flat_map(|group| group.take(findings)).collect()
}

/// What joins the translations of a page. A `translation_key` can't collide with the path of another page.
fn translation_key(document: &PageDocument) -> String {
    match &document.front.translation_key {
        Some(key) => format!("={key}"),
        None => stem_within(&document.path).to_owned(),
    }
}

fn translations(
    settings: &Settings,
    key: String,
    mut group: Vec<(Language, Arc<PageDocument>)>,
) -> Checked<Vec<Manuscript>> {
    let mut findings = Vec::new();
    group.sort_by_key(|(language, document)| (settings.position(language), document.path.clone()));
    for pair in group.windows(2).filter(|pair| pair[0].0 == pair[1].0) {
        let (second, first) = (Span::file(&pair[1].1.path), Span::file(&pair[0].1.path));
        findings.push(findings_of_pages::translation_twice(second, first, pair[1].0.as_str()));
    }
    group.dedup_by(|second, first| second.0 == first.0);
    let Some((_, original)) = group.first().cloned() else { return Checked::new(Vec::new(), findings) };
    let manuscript = |(language, document): (Language, Arc<PageDocument>)| Manuscript {
        front: if Arc::ptr_eq(&document, &original) {
            document.front.clone()
        } else {
            let inherited = page::inherit(&document.front, &original.front, folder_of(&original.path));
            // Most translations say all of it themselves.
            if inherited == *document.front { document.front.clone() } else { Arc::new(inherited) }
        },
        language,
        key: key.clone(),
        document,
    };
    Checked::new(group.into_iter().map(manuscript).collect(), findings)
}

/// The front matter of pages without a source.
static NOTHING: LazyLock<Arc<front_matter::FrontMatter>> = LazyLock::new(Arc::default);

/// Where the accessibility papers stand.
const POLICY: &str = "accessibility";

/// Makes pages from manuscripts and data.
struct Pages<'s> {
    settings: &'s Settings,
    data: &'s Data,
    choices: Choices,
    manuscripts: &'s [Manuscript],
    /// Sections by language and folder.
    sections: BTreeMap<(&'s Language, &'s str), &'s Manuscript>,
}

impl<'s> Pages<'s> {
    fn new(settings: &'s Settings, data: &'s Data, choices: Choices, manuscripts: &'s [Manuscript]) -> Pages<'s> {
        let sections = manuscripts.iter().filter(|manuscript| manuscript.is_section());
        let sections = sections.map(|manuscript| ((&manuscript.language, manuscript.folder()), manuscript)).collect();
        Pages { settings, data, choices, manuscripts, sections }
    }

    fn build(&self, findings: &mut Vec<Diagnostic>) -> Vec<Arc<Page>> {
        let written = self.manuscripts.par_iter().map(|manuscript| {
            let mut findings = Vec::new();
            Checked::new(Arc::new(self.written(manuscript, &mut findings)), findings)
        });
        let mut pages: Vec<Arc<Page>> =
            written.collect::<Vec<_>>().into_iter().map(|page| page.take(findings)).collect();
        for language in &self.settings.languages {
            let own = pages.iter().filter(|page| page.language == *language);
            let written: BTreeSet<Subject> = own.flat_map(|page| subjects_of(page)).collect();
            let missing = self.of_data(language).into_iter().filter(|subject| !written.contains(subject));
            pages.extend(missing.filter_map(|subject| self.of_record(language, subject)).map(Arc::new));
            let sections = self.manuscripts.iter().filter(|manuscript| manuscript.is_section());
            let own = sections.filter(|manuscript| manuscript.language == *language);
            pages.extend(own.flat_map(|manuscript| self.for_paper(manuscript)).map(Arc::new));
            if !pages.iter().any(|page| page.language == *language) {
                continue;
            }
            if !self.sections.contains_key(&(language, "")) {
                pages.push(self.made(language, Subject::Home, "_index", "", None).into());
            }
            pages.push(self.made(language, Subject::NotFound, "404", "", Some("")).into());
            pages.extend(self.papers(language, &written).into_iter().map(Arc::new));
            self.add_tags(language, &mut pages, findings);
            self.add_search(language, &mut pages);
        }
        pages
    }

    /// The accessibility papers: the policy, where nobody wrote a page for it, and each year's result.
    fn papers(&self, language: &Language, written: &BTreeSet<Subject>) -> Vec<Page> {
        let Some(papers) = self.data.accessibility().filter(|_| !self.settings.is_partial(language)) else {
            return Vec::new();
        };
        let years: BTreeSet<i16> = papers.results.iter().map(|test| test.year).collect();
        let policy = (!written.contains(&Subject::Policy)).then_some((Subject::Policy, POLICY.to_owned()));
        let results =
            years.into_iter().map(|year| (Subject::TestResult(year.to_string()), format!("{POLICY}/results/{year}")));
        policy
            .into_iter()
            .chain(results)
            .map(|(subject, key)| self.made(language, subject, &key, "", Some("")))
            .collect()
    }

    /// A page that has a source.
    fn written(&self, manuscript: &Manuscript, findings: &mut Vec<Diagnostic>) -> Page {
        let (language, front) = (&manuscript.language, manuscript.front.clone());
        let folder = manuscript.folder().to_owned();
        let (subject, around) = self.subject(manuscript);
        let spans = &manuscript.document.front.spans;
        let slug = front.slug.as_deref().filter(|slug| {
            let good = is_slug(slug);
            // What a translation has from its original is reported there.
            if !good && manuscript.document.front.slug.is_some() {
                findings.push(findings_of_pages::bad_slug(spans.value("slug"), slug));
            }
            good
        });
        let route = match &subject {
            Subject::Home => Route::page([self.settings.prefix(language)]),
            Subject::Section(folder) => self.folder_route(language, folder),
            _ => self.article_route(manuscript, slug),
        };
        let written =
            front.title.as_ref().map(|title| japanese::with_ruby(title).map_or(title.clone(), |(plain, _)| plain));
        let title = written.or_else(|| self.data_title(&subject, language)).unwrap_or_else(|| {
            if !manuscript.document.front.broken {
                findings.push(findings_of_pages::missing_title(&manuscript.document.path));
            }
            manuscript.stem().to_owned()
        });
        let template = front.template.clone().unwrap_or_else(|| match (&subject, front.kind) {
            (Subject::Article, Some(kind)) => kind.name().to_owned(),
            (Subject::Section(_), _) if front.issue.is_some() => "issue".to_owned(),
            (subject, _) => subject.name().to_owned(),
        });
        let theme =
            self.theme(language, if manuscript.is_section() { &folder } else { around.as_deref().unwrap_or("") });
        Page {
            language: language.clone(),
            key: manuscript.key.clone(),
            subject,
            route,
            folder,
            section: around,
            front,
            document: Some(manuscript.document.clone()),
            title,
            theme,
            template,
        }
    }

    /// What a source is about, and the section around it.
    fn subject(&self, manuscript: &Manuscript) -> (Subject, Option<String>) {
        let folder = manuscript.folder();
        if manuscript.is_section() {
            if folder.is_empty() {
                return (Subject::Home, None);
            }
            let around = folder.rsplit_once('/').map_or("", |(above, _)| above);
            return (Subject::Section(folder.to_owned()), Some(self.section_of(&manuscript.language, around)));
        }
        let above = manuscript.stem().rsplit_once('/').map_or("", |(above, _)| above);
        let around = self.section_of(&manuscript.language, above);
        if manuscript.stem() == POLICY && self.data.accessibility().is_some() {
            return (Subject::Policy, Some(around));
        }
        let of_data = manuscript.stem().split_once('/').and_then(|(folder, id)| self.record(folder, id));
        let subject = of_data.filter(|subject| self.has_pages(&manuscript.language, subject));
        (subject.unwrap_or(Subject::Article), Some(around))
    }

    /// The thing in the data that a page at `folder/id` is about.
    fn record(&self, folder: &str, id: &str) -> Option<Subject> {
        let exists = match folder {
            "hospitals" => self.data.hospital(id).is_some_and(|hospital| hospital.id == id),
            "areas" => self.data.area(id).is_some_and(|area| area.id == id),
            "events" => self.data.event(id).is_some(),
            "people" => self.data.person(id).is_some(),
            "postings" => self.data.posting(id).is_some(),
            _ => false,
        };
        let id = id.to_owned();
        exists.then_some(match folder {
            "hospitals" => Subject::Hospital(id),
            "areas" => Subject::Area(id),
            "events" => Subject::Event(id),
            "postings" => Subject::Posting(id),
            _ => Subject::Person(id),
        })
    }

    /// Whether things of that sort have pages of their own: hospitals do; others where their section is there.
    fn has_pages(&self, language: &Language, subject: &Subject) -> bool {
        let of_hospital = matches!(subject, Subject::Hospital(_));
        of_hospital || subject.folder().is_some_and(|folder| self.sections.contains_key(&(language, folder)))
    }

    /// All that has a page made from the data. People who did not agree to be named have none.
    fn of_data(&self, language: &Language) -> BTreeSet<Subject> {
        if self.settings.is_partial(language) {
            return BTreeSet::new();
        }
        let data = self.data;
        let named = |person: &&Person| person.agreed(Use::Name, self.choices.today) == Agreement::Given;
        let subjects = data.hospitals().map(|hospital| Subject::Hospital(hospital.id.clone()));
        let subjects = subjects.chain(data.areas().map(|area| Subject::Area(area.id.clone())));
        let subjects = subjects.chain(data.events().map(|event| Subject::Event(event.id.clone())));
        let subjects = subjects.chain(data.programmes().map(|known| Subject::Programme(known.id.clone())));
        let subjects = subjects.chain(data.postings().map(|posting| Subject::Posting(posting.id.clone())));
        let subjects = subjects.chain(data.people().filter(named).map(|person| Subject::Person(person.id.clone())));
        subjects.filter(|subject| self.has_pages(language, subject)).collect()
    }

    /// The nearest folder at or above `folder` that is a section, in any language; the home page in the end.
    fn section_of(&self, language: &Language, folder: &str) -> String {
        let _ = language;
        let mut folder = folder;
        loop {
            let known = self.settings.languages.iter().any(|language| self.sections.contains_key(&(language, folder)));
            if known || folder.is_empty() {
                return folder.to_owned();
            }
            folder = folder.rsplit_once('/').map_or("", |(above, _)| above);
        }
    }

    fn article_route(&self, manuscript: &Manuscript, slug: Option<&str>) -> Route {
        let (above, name) = manuscript.stem().rsplit_once('/').unwrap_or(("", manuscript.stem()));
        let above = self.folder_route(&manuscript.language, above);
        let name = slug.map_or_else(|| slugify(name), str::to_owned);
        Route::page([above.as_str(), name.as_str()])
    }

    /// The address of a folder: each part by its section's `slug`, else by its own name.
    fn folder_route(&self, language: &Language, folder: &str) -> Route {
        let mut parts = vec![self.settings.prefix(language).to_owned()];
        let mut path = String::new();
        for part in folder.split('/').filter(|part| !part.is_empty()) {
            if !path.is_empty() {
                path.push('/');
            }
            path.push_str(part);
            let section = self.sections.get(&(language, path.as_str()));
            let slug = section.and_then(|section| section.front.slug.as_deref()).filter(|slug| is_slug(slug));
            parts.push(slug.map_or_else(|| slugify(part), str::to_owned));
        }
        Route::page(parts.iter().map(String::as_str))
    }

    /// The theme of a folder: that of the nearest section that names one.
    fn theme(&self, language: &Language, folder: &str) -> String {
        let mut folder = folder;
        loop {
            let of = |language| self.sections.get(&(language, folder)).copied();
            let any = || self.settings.languages.iter().find_map(of);
            if let Some(theme) = of(language).or_else(any).and_then(|section| section.front.theme.clone()) {
                return theme;
            }
            if folder.is_empty() {
                return self.settings.theme.clone();
            }
            folder = folder.rsplit_once('/').map_or("", |(above, _)| above);
        }
    }

    fn data_title(&self, subject: &Subject, language: &Language) -> Option<String> {
        let text = |label: &Localized| self.settings.text(label, language).to_owned();
        let in_both = |ja: &str, en: &str| if language.is_japanese() { ja.to_owned() } else { en.to_owned() };
        match subject {
            Subject::Hospital(id) => self.data.hospital(id).map(|hospital| text(&hospital.name)),
            Subject::Area(id) => self.data.area(id).map(|area| text(&area.name)),
            Subject::Event(id) => self.data.event(id).map(|event| text(&event.name)),
            Subject::Posting(id) => self.data.posting(id).map(|posting| text(&posting.title)),
            Subject::Person(id) => self.data.person(id).map(|person| text(&person.name)),
            Subject::Programme(id) => self.data.programme(id).map(|programme| text(&programme.name)),
            Subject::Home => Some(text(&self.settings.title)),
            Subject::Policy => Some(in_both("ウェブアクセシビリティ方針", "Web accessibility policy")),
            Subject::TestResult(year) => {
                let (ja, en) = ("ウェブアクセシビリティ試験結果", "Web accessibility test result");
                Some(in_both(&format!("{ja}（{year}年）"), &format!("{en}, {year}")))
            }
            _ => None,
        }
    }

    /// The page of a thing in the data that nobody wrote.
    fn of_record(&self, language: &Language, subject: Subject) -> Option<Page> {
        let folder = subject.folder()?;
        let key = format!("{folder}/{}", subject.record()?);
        Some(self.made(language, subject, &key, folder, Some(folder)))
    }

    /// What is made for paper of a section.
    fn for_paper(&self, section: &Manuscript) -> Vec<Page> {
        let (folder, front) = (section.folder(), &section.front);
        let is_issue = front.issue.is_some();
        let is_asked_for = front.print.unwrap_or(is_issue);
        if !(is_asked_for || self.choices.printing.every_section) || folder.is_empty() {
            return Vec::new();
        }
        let above = self.folder_route(&section.language, folder);
        let made = |subject: Subject| {
            let key = format!("{}/{}", section.key, subject.name());
            // One that is made for `kairan print` alone stands where no page can: it is in nobody's way.
            let dot = if is_asked_for { "" } else { "." };
            let route = Route::page([above.as_str(), &format!("{dot}{}", subject.name())]);
            let page = self.made(&section.language, subject, &key, folder, Some(folder));
            Page { route, title: front.title.clone().unwrap_or_default(), ..page }
        };
        let fold = is_issue.then(|| made(Subject::Fold(folder.to_owned())));
        std::iter::once(made(Subject::Print(folder.to_owned()))).chain(fold).collect()
    }

    /// A page without a source.
    fn made(&self, language: &Language, subject: Subject, key: &str, folder: &str, around: Option<&str>) -> Page {
        let prefix = self.settings.prefix(language);
        let route = match &subject {
            Subject::NotFound => Route::file(Route::page([prefix]).join("404.html").as_str()),
            Subject::Hospital(id)
            | Subject::Area(id)
            | Subject::Event(id)
            | Subject::Posting(id)
            | Subject::Person(id)
            | Subject::Programme(id) => Route::page([self.folder_route(language, folder).as_str(), id]),
            Subject::Policy | Subject::TestResult(_) => Route::page([prefix, key]),
            Subject::Tags => Route::page([prefix, "tags"]),
            Subject::Search => Route::page([prefix, "search"]),
            Subject::Tag(slug) => Route::page([prefix, "tags", slug]),
            _ => Route::page([prefix, folder]),
        };
        let section = around.map(|folder| self.section_of(language, folder));
        Page {
            title: self.data_title(&subject, language).unwrap_or_default(),
            theme: self.theme(language, section.as_deref().unwrap_or("")),
            template: subject.name().to_owned(),
            language: language.clone(),
            key: key.to_owned(),
            subject,
            route,
            folder: folder.to_owned(),
            section,
            front: NOTHING.clone(),
            document: None,
        }
    }

    /// The page for searching; one that somebody wrote at that address takes its place.
    fn add_search(&self, language: &Language, pages: &mut Vec<Arc<Page>>) {
        let made = self.made(language, Subject::Search, "search", "", Some(""));
        if self.settings.search && !pages.iter().any(|page| page.route == made.route) {
            pages.push(made.into());
        }
    }

    fn add_tags(&self, language: &Language, pages: &mut Vec<Arc<Page>>, findings: &mut Vec<Diagnostic>) {
        // The first page with each tag, and which of its tags it is: places are looked up only for findings.
        let mut tags: BTreeMap<String, (String, &Spans, usize)> = BTreeMap::new();
        let span = |spans: &Spans, number: usize| spans.value(&format!("tags[{number}]"));
        let is_listed = |page: &&Arc<Page>| page.is_article() && !page.is_expired(self.choices.today);
        for page in pages.iter().filter(|page| page.language == *language).filter(is_listed) {
            for (place, tag) in page.front.tags.iter().enumerate() {
                let (slug, spans) = (slugify(tag), &page.front.spans);
                if slug.is_empty() {
                    findings.push(findings_of_pages::bad_tag(span(spans, place), tag));
                    continue;
                }
                let (name, first, number) = tags.entry(slug).or_insert_with(|| (tag.clone(), spans, place));
                if name != tag && name.to_lowercase() != tag.to_lowercase() {
                    findings.push(findings_of_pages::tags_alike(span(spans, place), tag, name, span(first, *number)));
                }
            }
        }
        if tags.is_empty() {
            return;
        }
        let tags: Vec<(String, String)> = tags.into_iter().map(|(slug, (name, ..))| (slug, name)).collect();
        pages.push(self.made(language, Subject::Tags, "tags", "", Some("")).into());
        for (slug, name) in tags {
            let key = format!("tags/{}/{slug}", language);
            let page = self.made(language, Subject::Tag(slug), &key, "", Some(""));
            pages.push(Arc::new(Page { title: name, ..page }));
        }
    }
}

/// A name as part of an address: lower case, hyphens for spaces, Japanese as it is, marks that addresses can't hold left
/// out, but for those that names are told apart by: C, C++, C#.
pub fn slugify(name: &str) -> String {
    // Most names of files are what they come out as.
    let is_plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
    if !name.is_empty() && name.split('-').all(|part| !part.is_empty() && part.bytes().all(is_plain)) {
        return name.to_owned();
    }
    let mut slug = String::new();
    let name = name.replace('+', " plus ").replace('#', " sharp ");
    for c in name.chars().flat_map(char::to_lowercase) {
        match c {
            c if c.is_alphanumeric() || matches!(c, '_' | '.' | 'ー' | '々' | '・') => slug.push(c),
            _ if !slug.ends_with('-') => slug.push('-'),
            _ => {}
        }
    }
    slug.trim_matches(['-', '.']).to_owned()
}

/// Whether `slug` can be one part of an address.
fn is_slug(slug: &str) -> bool {
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | 'ー' | '々' | '・');
    !slug.is_empty() && slug.chars().all(plain) && !slug.starts_with('.') && slug != "index.html"
}

/// Two addresses that differ only in case are one on most people's computers.
fn routes(pages: &[Arc<Page>], findings: &mut Vec<Diagnostic>) -> ByHash<Route, PageId> {
    let mut folded: ByHash<String, PageId> = ByHash::with_capacity_and_hasher(pages.len(), FxBuildHasher);
    let mut routes = ByHash::with_capacity_and_hasher(pages.len(), FxBuildHasher);
    for (id, page) in pages.iter().enumerate() {
        routes.entry(page.route.clone()).or_insert(id);
        if let Some(first) = folded.insert(page.route.as_str().to_lowercase(), id) {
            let address = page.route.as_str();
            findings.push(match (page.span(), pages[first].span()) {
                (Some(span), Some(first)) => findings_of_pages::address_taken(span, first, address),
                // Who wrote a page can give it another address; what is made can't help it.
                (span, first) => {
                    let written = span.or(first).unwrap_or_else(|| Span::file(&"site.toml".into()));
                    findings_of_pages::address_of_made_page(written, address)
                }
            });
        }
    }
    routes
}

fn counterparts(pages: &[Arc<Page>]) -> ByHash<String, Vec<PageId>> {
    let mut counterparts: ByHash<String, Vec<PageId>> = ByHash::with_capacity_and_hasher(pages.len(), FxBuildHasher);
    for (id, page) in pages.iter().enumerate() {
        counterparts.entry(page.key.clone()).or_default().push(id);
    }
    counterparts
}

/// What there is one page of in each language: all but articles; of a programme, the first article that is its page.
fn subjects(pages: &[Arc<Page>]) -> BTreeMap<Language, ByHash<Subject, PageId>> {
    let mut subjects: BTreeMap<Language, ByHash<Subject, PageId>> = BTreeMap::new();
    for (id, page) in pages.iter().enumerate() {
        for subject in subjects_of(page) {
            subjects.entry(page.language.clone()).or_default().entry(subject).or_insert(id);
        }
    }
    subjects
}

/// What a page is the page of.
fn subjects_of(page: &Page) -> impl Iterator<Item = Subject> {
    let own = (!page.is_article()).then(|| page.subject.clone());
    own.into_iter().chain(page.programme().map(|id| Subject::Programme(id.to_owned())))
}

/// The page of the glossary in each language: the first that is shown as one.
fn glossaries(pages: &[Arc<Page>]) -> BTreeMap<Language, PageId> {
    let shown = pages.iter().enumerate().filter(|(_, page)| page.template == "glossary");
    shown.rev().map(|(id, page)| (page.language.clone(), id)).collect()
}

fn sources(pages: &[Arc<Page>]) -> ByHash<Arc<str>, PageId> {
    let mut sources = ByHash::with_capacity_and_hasher(pages.len(), FxBuildHasher);
    sources.extend(pages.iter().enumerate().filter_map(|(id, page)| Some((page.document.as_ref()?.path.clone(), id))));
    sources
}

/// Files beside pages keep their folder's name; those of `static/` stand at the root.
fn asset_route(path: &str) -> Route {
    let path = path.strip_prefix("content/").or_else(|| path.strip_prefix("static/")).unwrap_or(path);
    Route::file(path)
}

impl Site {
    /// The same site with other texts below the same front matter, as [`assemble`] would put it together: where pages
    /// stand, and in which lists, is said by front matter and data alone.
    pub fn with_texts(&self, texts: Vec<Arc<PageDocument>>) -> Site {
        let mut site = self.clone();
        let (mut renumbered, mut shows_others) = (false, false);
        for text in texts {
            // A draft, or one of two translations into one language, is no page.
            let Some(id) = self.places.by_source.get(&text.path).copied() else { continue };
            let old = &self.pages[id];
            let new = Page { document: Some(text.clone()), ..old.clone() };
            renumbered |= !old.body().is_some_and(|body| numbering::same_ids(body, &text.body));
            shows_others |= picture::showings_of(self, old) != picture::showings_of(self, &new);
            site.pages.replace(id, new);
        }
        if renumbered {
            site.numbers = numbering::count(&site);
        }
        if shows_others {
            site.showings = Arc::new(picture::showings(&site));
        }
        site
    }

    /// The pages that are this page in another language, and the page itself, in the order of the languages.
    pub fn counterparts(&self, page: &Page) -> impl Iterator<Item = &Page> {
        asked(|| Question::Translations(page.key.as_str().into()));
        self.translations(&page.key).into_iter()
    }

    fn translations(&self, key: &str) -> Vec<&Page> {
        self.places.counterparts.get(key).into_iter().flatten().map(|id| &self.pages[*id]).collect()
    }

    /// This page in `language`.
    pub fn counterpart(&self, page: &Page, language: &Language) -> Option<&Page> {
        self.counterparts(page).find(|other| other.language == *language)
    }

    /// The number of the page at `route`.
    pub fn page_id(&self, route: &Route) -> Option<PageId> {
        asked(|| Question::At(route.clone()));
        self.places.by_route.get(route).copied()
    }

    /// The page at `route`.
    pub fn page_at(&self, route: &Route) -> Option<&Page> {
        asked(|| Question::At(route.clone()));
        self.places.by_route.get(route).map(|id| &self.pages[*id])
    }

    /// The page about `subject` in `language`; articles are not found in this way.
    pub fn page_in(&self, language: &Language, subject: &Subject) -> Option<&Page> {
        asked(|| Question::About(language.clone(), subject.clone()));
        self.places.by_subject.get(language)?.get(subject).map(|id| &self.pages[*id])
    }

    /// The page of the glossary in `language`.
    pub fn glossary(&self, language: &Language) -> Option<&Page> {
        asked(|| Question::Glossary(language.clone()));
        self.places.glossaries.get(language).map(|id| &self.pages[*id])
    }

    /// The page whose source is at `path`, with `content/`.
    pub fn page_from(&self, path: &str) -> Option<&Page> {
        asked(|| Question::From(path.into()));
        self.places.by_source.get(path).map(|id| &self.pages[*id])
    }

    /// The paths of all sources of pages, in order.
    pub fn page_sources(&self) -> impl Iterator<Item = &str> {
        asked(|| Question::Lists);
        let mut paths: Vec<&str> = self.places.by_source.keys().map(|path| &**path).collect();
        paths.sort_unstable();
        paths.into_iter()
    }

    /// The page for searching in `language`, where the site is searched.
    pub fn search_page(&self, language: &Language) -> Option<&Page> {
        let route = Route::page([self.settings.prefix(language), "search"]);
        self.page_at(&route).filter(|_| self.settings.search)
    }

    /// Whether readers find a page by search: neither it nor a section around it says that they do not.
    pub fn is_searched(&self, page: &Page) -> bool {
        // A section that is not translated speaks for its pages in all languages.
        let section = |folder: &str| {
            let languages = std::iter::once(&page.language).chain(&self.settings.languages);
            languages.into_iter().find_map(|language| self.section_page(language, folder))
        };
        let above = |page: &Page| section(page.section.as_deref()?);
        // The title page says it of itself alone.
        let around = std::iter::successors(above(page), |section| above(section));
        let sections = around.filter(|section| section.subject != Subject::Home);
        let hidden = |page: &Page| page.front.search == Some(false);
        self.settings.search && !hidden(page) && !sections.into_iter().any(hidden)
    }

    /// The title page of `language`.
    pub fn home(&self, language: &Language) -> Option<&Page> {
        self.page_at(&Route::page([self.settings.prefix(language)]))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_become_parts_of_addresses() {
        assert_eq!(slugify("Summer Study 2023"), "summer-study-2023");
        assert_eq!(slugify("急性腹症 / 画像"), "急性腹症-画像");
        assert_eq!(["C", "C++", "C#"].map(slugify), ["c", "c-plus-plus", "c-sharp"]);
        assert!(is_slug("summer-study") && is_slug("夏の勉強会"));
        for slug in ["../../x", "a/b", "", "..", "a b", "x?y"] {
            assert!(!is_slug(slug), "{slug}");
        }
    }
}
