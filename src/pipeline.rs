//! A site folder to its [`Output`]: the stages in order, and nothing else.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::{Arc, LazyLock};

use include_dir::{Dir, include_dir};
use rayon::prelude::*;

use crate::cache::Cache;
use crate::check::{self, Discrepancy};
use crate::derive;
use crate::diagnostic::machine_readable::Level;
use crate::diagnostic::{self, Checked, Diagnostic, Message, Severity, Span};
use crate::fingerprint::Fingerprint;
use crate::locale::Language;
use crate::media::{self, Pictures};
use crate::memo::Memo;
use crate::model::{self, Choices, Data, Settings, Site};
use crate::parse::settings::MachineReadability;
use crate::parse::sheet::csv;
use crate::parse::tree::Yaml;
use crate::parse::{self, Dialect, Document, Formula, SettingsDocument};
use crate::publish::{self, Press, Published};
use crate::read::{self, Shelf, Source};
use crate::render::theme::{Manifests, Themes, is_template};
use crate::render::view::View;
use crate::render::{self, Leaf, Portraits, Rendered, Renderer};
use crate::write::{InMemory, Keeper, Output};

mod kept;
mod report;

use kept::{Basis, Last, Turn};

/// The themes inside the binary. A file of the site's own `themes/` takes the place of the one of that name.
static BUILT_IN: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/themes");

/// How many pages are shown before what is ready of them is handed on: enough for all cores, few enough for any memory.
const BATCH: usize = 1024;

/// What came of a site folder.
pub struct Build {
    /// Every file that was read, for showing lines in findings.
    pub sources: Vec<Source>,
    /// The site, as far as it could be understood; nothing where all is as in an earlier run.
    pub site: Option<Arc<Site>>,
    /// How many pages it has in each language.
    pub pages: Vec<(Language, usize)>,
    /// What it comes out as. Not to be published where there are errors.
    pub output: Output,
    /// How many panels it shows.
    pub panels: usize,
    /// Everything that is wrong, in order.
    pub findings: Vec<Diagnostic>,
    /// The files among them that are not UTF-8, as far as they can be shown.
    unreadable: BTreeMap<Arc<str>, String>,
}

/// The stages, as progress tells them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Reading files.
    Read,
    /// Understanding them.
    Parse,
    /// Putting the site together and checking it.
    Model,
    /// Showing pages.
    Render,
    /// Making the files that are not pages.
    Publish,
}

impl Build {
    /// Whether there is an error, so that nothing may be published.
    pub fn has_errors(&self) -> bool {
        has_error(&self.findings)
    }

    /// The text of a file of the site.
    pub fn text(&self, path: &str) -> Option<&str> {
        let place = self.sources.binary_search_by(|source| (*source.path).cmp(path)).ok()?;
        self.sources[place].text().ok().or_else(|| self.unreadable.get(path).map(String::as_str))
    }
}

/// A site that is understood and ready to be shown.
struct Prepared {
    sources: Vec<Source>,
    site: Arc<Site>,
    themes: Arc<Checked<Themes>>,
    pictures: Pictures,
    discrepancies: Arc<[Discrepancy]>,
    around: Fingerprint,
}

impl Prepared {
    fn renderer(&self) -> Renderer<'_> {
        let Prepared { site, themes, pictures, discrepancies, .. } = self;
        Renderer { site, themes: &themes.value, pictures, discrepancies, portraits: Portraits::of(site) }
    }

    fn basis(&self) -> Basis {
        let Prepared { site, themes, around, .. } = self;
        let templates = kept::templates(&self.sources);
        Basis { site: site.clone(), themes: themes.clone(), templates, around: *around }
    }
}

/// Builds the site at `root` once.
///
/// # Errors
/// As [`Session::build`].
pub fn build(root: &Path, choices: Choices, progress: &mut dyn FnMut(Stage)) -> anyhow::Result<Build> {
    Session::default().build(root, choices, progress)
}

/// A site that is built again and again: what one build has worked out, the next need not work out again.
///
/// The only place that knows what is remembered. A step's results are found by the fingerprint of all that goes into it;
/// a page is kept while all that it asked of the site has the same answer. What a build did not use is forgotten.
#[derive(Default)]
pub struct Session {
    cache: Cache,
    shelf: Shelf,
    /// What was read, where no build was made of it yet.
    read: Option<Checked<Vec<Source>>>,
    /// The fingerprint of all that went into the last look at what earlier runs published.
    input: Option<Fingerprint>,
    documents: Memo<Arc<Checked<Option<Document>>>>,
    machine_readable: Memo<Arc<[Diagnostic]>>,
    data: Memo<Arc<Checked<Figures>>>,
    themes: Memo<Arc<Checked<Themes>>>,
    /// Whether there will be a next build, for which pages are kept.
    is_long: bool,
    last: Option<Last>,
}

/// The data of a site with its figures worked out.
struct Figures {
    data: Arc<Data>,
    discrepancies: Arc<[Discrepancy]>,
}

impl Session {
    /// One that remembers nothing yet.
    pub fn new() -> Session {
        Session { is_long: true, ..Session::default() }
    }

    /// One that also has what earlier runs kept in a folder, and keeps there what later ones can use.
    pub fn with_cache(self, cache: Cache) -> Session {
        Session { cache, ..self }
    }

    /// Builds the site at `root`, all of it in memory.
    ///
    /// # Errors
    /// As [`Session::build_into`].
    pub fn build(&mut self, root: &Path, choices: Choices, progress: &mut dyn FnMut(Stage)) -> anyhow::Result<Build> {
        self.build_into(&mut InMemory, root, choices, progress)
    }

    /// Builds the site at `root`: the same bytes and findings as a build from nothing. Files go to `keeper` as they are
    /// made.
    ///
    /// # Errors
    /// Where the folder or its `site.toml` can't be read at all; everything else is a finding.
    pub fn build_into(
        &mut self,
        keeper: &mut dyn Keeper,
        root: &Path,
        choices: Choices,
        progress: &mut dyn FnMut(Stage),
    ) -> anyhow::Result<Build> {
        let mut findings = Vec::new();
        let prepared = match self.prepare(root, choices, progress)?.take(&mut findings) {
            Ok(prepared) => prepared,
            Err(sources) => return Ok(Build::broken(sources, findings)),
        };
        let renderer = prepared.renderer();

        progress(Stage::Render);
        let mut press = Press::new(&renderer, &prepared.sources);
        let basis = prepared.basis();
        let last = self.last.take();
        let mut turn = self.is_long.then(|| Turn::new(&basis, last.as_ref()));
        let page = |leaf: &Leaf| page(&renderer, leaf);
        for leaves in render::leaves(renderer.site).chunks(BATCH) {
            let pages = match &mut turn {
                Some(turn) => turn.pages(leaves, &page),
                None => leaves.par_iter().filter_map(page).collect::<Vec<_>>().into_iter().collect(),
            };
            let pages = pages.take(&mut findings);
            if has_error(&findings) {
                keeper.abandon();
            }
            press.add_pages(pages, keeper);
        }
        let kept = turn.map(Turn::done);
        self.last = kept.map(|pages| Last::new(basis, pages));

        progress(Stage::Publish);
        let (output, panels) = press.finish(keeper).take(&mut findings);
        self.sweep();
        diagnostic::sort(&mut findings);
        Ok(Build::whole(prepared, output, panels, findings))
    }

    /// All that comes before the first page is shown. Where `site.toml` can't be understood there are only the sources.
    fn prepare(
        &mut self,
        root: &Path,
        choices: Choices,
        progress: &mut dyn FnMut(Stage),
    ) -> anyhow::Result<Checked<Result<Prepared, Vec<Source>>>> {
        let mut findings = Vec::new();
        progress(Stage::Read);
        let sources = match self.read.take() {
            Some(read) => read.take(&mut findings),
            None => self.read(root)?.take(&mut findings),
        };

        progress(Stage::Parse);
        let Some(written) = settings(&sources).take(&mut findings) else {
            return Ok(Checked::new(Err(sources), findings));
        };
        let manifests = render::theme::manifests(&sources).take(&mut findings);
        let documents = self.documents(&sources, &dialect(&written.value, &manifests)).take(&mut findings);
        if let Some(level) = level(written.value.data.machine_readability) {
            findings.extend(self.machine_readable(&sources, &documents, level));
        }

        progress(Stage::Model);
        let assets: Vec<Arc<str>> =
            sources.iter().filter(|source| is_asset(source)).map(|source| source.path.clone()).collect();
        let settings = model::settings::settle(&written).take(&mut findings);
        let figures = self.figures(&sources, &settings, &documents, choices);
        findings.extend(figures.findings.iter().cloned());
        let Figures { data, discrepancies } = &figures.value;
        let site = model::assemble(settings, &documents, data.clone(), &assets, choices).take(&mut findings);
        let text = |path: &str| {
            let place = sources.binary_search_by(|source| (*source.path).cmp(path)).ok()?;
            sources.get(place)?.text().ok()
        };
        findings.extend(check::site(&site, &text));
        let themes = self.themes(&site, &written, &manifests, &sources);
        findings.extend(themes.findings.iter().cloned());
        let pictures = media::measure(sources.iter().filter(|source| is_asset(source)));
        let (discrepancies, around) = (discrepancies.clone(), around(&sources, choices));
        let prepared = Prepared { sources, site: Arc::new(site), themes, pictures, discrepancies, around };
        Ok(Checked::new(Ok(prepared), findings))
    }

    /// Every file of the site, and those built-in ones that it does not have.
    fn read(&mut self, root: &Path) -> anyhow::Result<Checked<Vec<Source>>> {
        Ok(read::sources(root, &mut self.shelf)?.map(with_built_in))
    }

    fn documents(&self, sources: &[Source], dialect: &Dialect) -> Checked<Vec<Document>> {
        let dialect_print = Fingerprint::of(dialect);
        let content: Vec<&Source> = sources.iter().filter(|source| source.path.starts_with("content/")).collect();
        let document = |source: &&Source| {
            let input = Fingerprint::of(&(&*source.path, source.fingerprint, dialect_print));
            self.documents.get(input, || Arc::new(parse::document(source, dialect)))
        };
        let documents: Vec<_> = content.par_iter().map(document).collect();
        let findings = documents.iter().flat_map(|document| document.findings.iter().cloned()).collect();
        Checked::new(documents.iter().filter_map(|document| document.value.clone()).collect(), findings)
    }

    /// What machines can't read in the tables beside the data.
    fn machine_readable(&self, sources: &[Source], documents: &[Document], level: Level) -> Vec<Diagnostic> {
        let files = sources.iter().filter_map(|source| check::machine_readable::file(&source.path));
        let print = |path: &str| {
            let place = sources.binary_search_by(|source| (*source.path).cmp(path)).ok()?;
            sources.get(place).map(|source| source.fingerprint)
        };
        let books = documents.par_iter().filter_map(|document| match document {
            Document::Book(book) => Some(
                self.machine_readable
                    .get(Fingerprint::of(&(&*book.path, print(&book.path), format!("{level:?}"))), || {
                        check::machine_readable::book(book, level).into()
                    }),
            ),
            _ => None,
        });
        let books: Vec<Arc<[Diagnostic]>> = books.collect();
        files.chain(books.iter().flat_map(|book| book.iter().cloned())).collect()
    }

    fn figures(
        &self,
        sources: &[Source],
        settings: &Settings,
        documents: &[Document],
        choices: Choices,
    ) -> Arc<Checked<Figures>> {
        let input = prints(sources, |path| path == "site.toml" || path.starts_with("content/data/"));
        self.data.get(Fingerprint::of(&(input, choices.today.to_string())), || {
            let mut findings = Vec::new();
            let data = model::data(settings, documents, choices).take(&mut findings);
            let data = derive::figures(data).take(&mut findings);
            let discrepancies = check::figures(&data).take(&mut findings).into();
            Arc::new(Checked::new(Figures { data: Arc::new(data), discrepancies }, findings))
        })
    }

    /// The themes that pages name, each with the place where it is named.
    fn themes(
        &self,
        site: &Site,
        settings: &Yaml<SettingsDocument>,
        manifests: &Manifests,
        sources: &[Source],
    ) -> Arc<Checked<Themes>> {
        let names = themes_named(site, settings);
        let files =
            |path: &str| path == "site.toml" || ["themes/", "static/"].iter().any(|folder| path.starts_with(folder));
        let input = Fingerprint::of(&(&names, prints(sources, files)));
        self.themes.get(input, || Arc::new(render::theme::load(&names, manifests, sources, &site.settings)))
    }

    /// How many results are remembered, for those who watch over the memory of a long session.
    pub fn remembered(&self) -> usize {
        let pages = self.last.iter().map(Last::len).sum::<usize>();
        pages
            + self.documents.len()
            + self.machine_readable.len()
            + self.data.len()
            + self.themes.len()
            + self.shelf.len()
    }

    /// Forgets what this build did not use.
    fn sweep(&self) {
        self.documents.sweep();
        self.machine_readable.sweep();
        self.data.sweep();
        self.themes.sweep();
    }
}

/// How many pages there are in each language.
fn counts(site: &Site) -> Vec<(Language, usize)> {
    let count = |language: &Language| site.pages.iter().filter(|page| page.language == *language).count();
    site.settings.languages.iter().map(|language| (language.clone(), count(language))).collect()
}

/// The paths and fingerprints of some sources.
fn prints(sources: &[Source], wanted: impl Fn(&str) -> bool) -> Vec<(&str, Fingerprint)> {
    let wanted = sources.iter().filter(|source| wanted(&source.path));
    wanted.map(|source| (&*source.path, source.fingerprint)).collect()
}

/// The fingerprint of what every page is taken to ask. Of a file beside pages that is no picture, only its name matters.
fn around(sources: &[Source], choices: Choices) -> Fingerprint {
    let files = sources.iter().filter(|source| !is_template(&source.path)).filter_map(|source| {
        let is_read = !is_asset(source) || media::EXTENSIONS.contains(&source.extension().as_str());
        let is_around = is_asset(source) || &*source.path == "site.toml" || source.path.starts_with("themes/");
        is_around.then_some((&*source.path, is_read.then_some(source.fingerprint)))
    });
    Fingerprint::of(&(files.collect::<Vec<_>>(), choices.drafts, choices.today.to_string()))
}

impl Build {
    fn whole(prepared: Prepared, output: Output, panels: usize, findings: Vec<Diagnostic>) -> Build {
        let Prepared { sources, site, .. } = prepared;
        let unreadable = unreadable(&sources, &findings);
        let pages = counts(&site);
        Build { sources, site: Some(site), pages, output, panels, findings, unreadable }
    }

    fn broken(sources: Vec<Source>, mut findings: Vec<Diagnostic>) -> Build {
        diagnostic::sort(&mut findings);
        let unreadable = unreadable(&sources, &findings);
        Build { sources, site: None, pages: Vec::new(), output: Output::new(), panels: 0, findings, unreadable }
    }
}

fn has_error(findings: &[Diagnostic]) -> bool {
    findings.iter().any(|finding| finding.severity == Severity::Error)
}

/// What can be shown of the files that findings point at and that are not UTF-8.
fn unreadable(sources: &[Source], findings: &[Diagnostic]) -> BTreeMap<Arc<str>, String> {
    let named: BTreeSet<&Arc<str>> = findings
        .iter()
        .flat_map(|finding| finding.primary.iter().chain(&finding.related))
        .map(|label| &label.span.path)
        .collect();
    // A workbook has no lines to show.
    let has_lines = |source: &&Source| !matches!(source.extension().as_str(), "xlsx" | "xlsm");
    let broken = sources.iter().filter(|source| named.contains(&source.path) && source.text().is_err());
    let broken = broken.filter(has_lines);
    let shown = |source: &Source| match source.extension().as_str() {
        // The places of cells are those of the text that was read.
        "csv" | "tsv" => csv::decoded(&source.bytes).0.into_owned(),
        _ => String::from_utf8_lossy(&source.bytes).into_owned(),
    };
    broken.map(|source| (source.path.clone(), shown(source))).collect()
}

/// The site's own files together with those built-in ones that it does not have.
fn with_built_in(own: Vec<Source>) -> Vec<Source> {
    static FILES: LazyLock<Vec<Source>> = LazyLock::new(|| built_in(&BUILT_IN));
    let is_own = |file: &&Source| own.binary_search_by(|source| source.path.cmp(&file.path)).is_ok();
    let missing: Vec<Source> = FILES.iter().filter(|file| !is_own(file)).cloned().collect();
    let mut sources: Vec<Source> = own.into_iter().chain(missing).collect();
    sources.sort_by(|a, b| a.path.cmp(&b.path));
    sources
}

fn built_in(folder: &Dir<'_>) -> Vec<Source> {
    let source = |file: &include_dir::File<'_>| {
        let path = file.path().to_string_lossy().replace('\\', "/");
        Source::new(format!("themes/{path}"), file.contents())
    };
    folder.files().map(source).chain(folder.dirs().flat_map(built_in)).collect()
}

fn settings(sources: &[Source]) -> Checked<Option<Yaml<SettingsDocument>>> {
    let source = sources.iter().find(|source| &*source.path == "site.toml");
    source.map_or(Checked::clean(None), parse::settings::parse)
}

fn dialect(settings: &SettingsDocument, manifests: &Manifests) -> Dialect {
    let default = settings.languages.iter().find_map(|tag| Language::parse(tag));
    Dialect {
        default_language: default.unwrap_or_else(Language::japanese),
        math: settings.math,
        raw_html: settings.raw_html,
        blocks: manifests.values().flat_map(|manifest| manifest.value.blocks.iter().cloned()).collect(),
    }
}

/// Up to which level tables are held to the national rules.
fn level(written: MachineReadability) -> Option<Level> {
    match written {
        MachineReadability::Off => None,
        MachineReadability::Level1 => Some(Level::One),
        MachineReadability::Level2 => Some(Level::Two),
        MachineReadability::Level3 => Some(Level::Three),
    }
}

/// A file that is published as it is: in `static/`, or beside pages.
fn is_asset(source: &Source) -> bool {
    let beside_pages = source.path.starts_with("content/") && !source.path.starts_with("content/data/");
    source.path.starts_with("static/") || (beside_pages && source.extension() != "md")
}

/// The themes that pages name, each with the place where it is named.
fn themes_named(site: &Site, settings: &Yaml<SettingsDocument>) -> BTreeMap<String, Span> {
    let mut names: BTreeMap<String, Span> = BTreeMap::new();
    for page in &site.pages {
        let own = page.document.as_ref().filter(|document| document.front.theme.as_ref() == Some(&page.theme));
        if let Some(document) = own {
            names.entry(page.theme.clone()).or_insert_with(|| document.front.spans.value("theme"));
        }
    }
    names.insert(site.settings.theme.clone(), settings.spans.value("theme"));
    names
}

fn page(renderer: &Renderer<'_>, leaf: &Leaf) -> Option<Checked<Published>> {
    let Rendered { view, exhibits, mut findings } = renderer.view(leaf)?;
    let page = &renderer.site.pages[leaf.page];
    let structured_data = publish::structured_data_of(renderer.site, page, &view, &exhibits);
    let html = render::page(renderer.theme(page)?, &page.language, &view, &structured_data);
    let html = html.map_err(|finding| findings.push(finding)).unwrap_or_default();
    Some(Checked::new(Published::new(renderer.site, leaf, &view, html, exhibits), findings))
}

/// How the figures of a formula came about, back to the cells that were written.
///
/// # Errors
/// As [`build`]. What is wrong with the formula is among the findings; its places are in the formula itself.
pub fn explain(root: &Path, choices: Choices, formula: &str) -> anyhow::Result<Checked<Vec<Message>>> {
    let prepared = Session::default().prepare(root, choices, &mut |_| {})?;
    let Ok(Prepared { sources, site, .. }) = prepared.value else {
        return Ok(Checked::new(Vec::new(), prepared.findings));
    };
    let span = Span::new(&"--explain".into(), 0, formula.len());
    let figure = derive::formula::evaluate(&Formula { text: formula.to_owned(), span }, &site.data);
    let lookup = |path: &str| {
        let source = sources.iter().find(|source| &*source.path == path);
        source.and_then(|source| source.text().ok()).map(str::to_owned)
    };
    let told = |figure: Option<derive::formula::Figure>| {
        let inputs = figure.into_iter().flat_map(|figure| figure.value.inputs);
        let explained = inputs.filter_map(|input| derive::explain::explain(&input, &site.data));
        explained.map(|explained| explained.tell(&site.data, &lookup)).collect()
    };
    Ok(figure.map(told))
}

/// What [`inspect`] found.
pub enum Inspected {
    /// The page.
    Page(Box<InspectedPage>),
    /// No such page; the sources and addresses there are.
    Unknown(BTreeSet<String>),
}

/// A page, and what it read.
pub struct InspectedPage {
    /// Its source, where it has one.
    pub source: Option<String>,
    /// The templates it was shown with, outermost last.
    pub templates: Vec<String>,
    /// The indicators, hospitals and areas that it names.
    pub data: Vec<String>,
    /// What its template saw.
    pub view: View,
}

/// Shows what the page at `wanted`, a source or an address, is made of.
///
/// # Errors
/// As [`build`].
pub fn inspect(root: &Path, choices: Choices, wanted: &str) -> anyhow::Result<Inspected> {
    let prepared = Session::default().prepare(root, choices, &mut |_| {})?;
    let Ok(prepared) = prepared.value else {
        return Ok(Inspected::Unknown(BTreeSet::new()));
    };
    let (renderer, site, sources) = (prepared.renderer(), &prepared.site, &prepared.sources);
    let wanted = wanted.trim_start_matches("./").trim_start_matches('/');
    let source = |page: &model::Page| page.document.as_ref().map(|document| document.path.to_string());
    let is_wanted = |page: &model::Page| {
        let source = source(page);
        let below = source.as_deref().and_then(|path| path.strip_prefix("content/"));
        source.as_deref() == Some(wanted)
            || below == Some(wanted)
            || page.route.as_str().trim_end_matches('/') == wanted.trim_end_matches("index.html").trim_end_matches('/')
    };
    let leaf = render::leaves(site).into_iter().find(|leaf| is_wanted(&site.pages[leaf.page]));
    let rendered = leaf.as_ref().and_then(|leaf| Some((&site.pages[leaf.page], renderer.view(leaf)?)));
    let Some((page, Rendered { view, .. })) = rendered else {
        let names = site.pages.iter().flat_map(|page| source(page).into_iter().chain([page.route.to_string()]));
        return Ok(Inspected::Unknown(names.collect()));
    };
    let templates =
        renderer.theme(page).map(|theme| theme.sources_of(&view.page.template, sources)).unwrap_or_default();
    let page = InspectedPage { source: source(page), templates, data: model::mentions(site, page), view };
    Ok(Inspected::Page(Box::new(page)))
}
