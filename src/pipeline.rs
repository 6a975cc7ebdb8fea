//! A site folder to its [`Output`]: the stages in order, and nothing else.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock};

use include_dir::{Dir, include_dir};
use jiff::civil::Date;
use rayon::prelude::*;

use crate::accessibility::{self, Automatic};
use crate::cache::{self, Cache};
use crate::check::{self, Discrepancy};
use crate::derive;
use crate::diagnostic::machine_readable::Level;
use crate::diagnostic::{self, Checked, Diagnostic, Message, Severity, Span};
use crate::fingerprint::Fingerprint;
use crate::ledger::{self, Ledger};
use crate::locale::Language;
use crate::media::{self, Pictures};
use crate::memo::Memo;
use crate::model::{self, Choices, Data, PageId, Printing, Route, Settings, Site, Subject};
use crate::parse::settings::MachineReadability;
use crate::parse::sheet::csv;
use crate::parse::tree::Yaml;
use crate::parse::{self, DataDocument, Dialect, Document, Formula, SettingsDocument};
use crate::publish::{self, Others, Press, Published};
use crate::read::{self, Shelf, Source};
use crate::render::theme::{Manifests, Themes, is_template};
use crate::render::view::View;
use crate::render::{self, Leaf, Portraits, Rendered, Renderer};
use crate::write::{InMemory, Keeper, Output};

mod kept;
mod report;

use kept::{Basis, Last, Questions, Turn};

/// The themes inside the binary. A file of the site's own `themes/` takes the place of the one of that name.
static BUILT_IN: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/themes");

/// How many pages are shown before what is ready of them is handed on: enough for all cores, few enough for any memory.
const BATCH: usize = 1024;

/// How many pages are made so fast that nobody notices which of them was the first.
const FEW: usize = 16;

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
        let source = read::find(&self.sources, path).filter(|source| !source.is_let_go())?;
        source.text().ok().or_else(|| self.unreadable.get(path).map(String::as_str))
    }
}

/// A site that is understood and ready to be shown.
struct Prepared {
    sources: Vec<Source>,
    site: Arc<Site>,
    themes: Arc<Checked<Themes>>,
    pictures: Arc<Checked<Pictures>>,
    discrepancies: Arc<[Discrepancy]>,
    ledger: Ledger,
    automatic: Automatic,
    around: Fingerprint,
}

impl Prepared {
    fn renderer(&self) -> Renderer<'_> {
        let Prepared { site, themes, pictures, discrepancies, ledger, automatic, .. } = self;
        let (themes, pictures, portraits) = (&themes.value, &pictures.value, Portraits::of(site));
        Renderer { site, themes, pictures, discrepancies, ledger, automatic, portraits }
    }

    fn basis(&self) -> Basis {
        let Prepared { site, themes, pictures, automatic, around, .. } = self;
        let (site, themes, pictures) = (site.clone(), themes.clone(), pictures.clone());
        let sources = self.sources.as_slice().into();
        Basis { site, themes, pictures, automatic: automatic.clone(), sources, around: *around }
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
    readings: Readings,
    machine_readable: Memo<Arc<[Diagnostic]>>,
    data: Memo<Arc<Checked<Figures>>>,
    assembled: Option<Assembled>,
    themes: Memo<Arc<Checked<Themes>>>,
    pictures: Memo<Arc<Checked<Pictures>>>,
    /// Whether there will be a next build, for which pages are kept.
    is_long: bool,
    last: Option<Last>,
    questions: Questions,
}

/// Whoever waits for the pages of a build.
pub struct Audience<'a> {
    /// The pages that somebody looks at, as files of the output: of many that are to be made these are the first.
    pub looks_at: &'a BTreeSet<String>,
    /// Is shown pages as soon as they are there.
    pub seen: &'a mut dyn FnMut(&Sight<'_>),
}

/// Which pages there are to be seen of a build that is not done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Seen {
    /// Those that somebody looks at, with the files beside them. All others are, for now, those of the last build.
    LookedAt,
    /// Those that changed. All others are those of the last build.
    Changed,
    /// All.
    All,
}

/// Pages of a site, before the files are made that are about all of them: feeds, the index, the sitemap.
pub struct Sight<'p> {
    /// Every file that was read.
    pub sources: &'p [Source],
    /// The site.
    pub site: &'p Site,
    /// Its pages, and the files beside them.
    pub output: &'p Output,
    /// Which pages these are.
    pub seen: Seen,
    /// Everything that is wrong so far.
    pub findings: &'p [Diagnostic],
}

impl Sight<'_> {
    /// Whether a file is yet to be made.
    pub fn lacks(&self, path: &str) -> bool {
        self.output.get(path).is_none() && publish::is_of_all_pages(path)
    }
}

/// The data of a site with its figures worked out.
struct Figures {
    data: Arc<Data>,
    discrepancies: Arc<[Discrepancy]>,
}

/// What was last understood of the files in `content/`.
#[derive(Default)]
struct Readings {
    /// The fingerprint of what was said about how Markdown is read.
    dialect: Option<Fingerprint>,
    /// In the order of the paths.
    list: Vec<Reading>,
}

/// One file as it was understood.
struct Reading {
    path: Arc<str>,
    fingerprint: Fingerprint,
    document: Arc<Checked<Option<Document>>>,
}

impl Readings {
    /// Those of all `sources`: the same where the file is.
    fn again(self, sources: &[Source], dialect: &Dialect) -> Readings {
        let print = Some(Fingerprint::of(dialect));
        let last = if self.dialect == print { self.list } else { Vec::new() };
        let known = |source: &Source| {
            let place = last.binary_search_by(|reading| reading.path.cmp(&source.path)).ok()?;
            last.get(place).filter(|reading| reading.fingerprint == source.fingerprint)
        };
        let reading = |source: &&Source| Reading {
            path: source.path.clone(),
            fingerprint: source.fingerprint,
            document: match known(source) {
                Some(reading) => reading.document.clone(),
                None => Arc::new(parse::document(source, dialect)),
            },
        };
        let content: Vec<&Source> = sources.iter().filter(|source| source.path.starts_with("content/")).collect();
        Readings { dialect: print, list: content.par_iter().map(reading).collect() }
    }
}

/// The site that was put together last.
struct Assembled {
    materials: Materials,
    documents: Vec<Document>,
    site: Checked<Arc<Site>>,
}

/// What a site is put together from, besides the documents.
struct Materials {
    /// The fingerprint of `site.toml`.
    settings: Option<Fingerprint>,
    data: Arc<Data>,
    assets: Vec<Arc<str>>,
    choices: Choices,
}

impl Materials {
    fn are_same(&self, other: &Materials) -> bool {
        let Materials { settings, data, assets, choices } = self;
        *settings == other.settings
            && Arc::ptr_eq(data, &other.data)
            && *assets == other.assets
            && *choices == other.choices
    }
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

    /// As [`Session::build`], for an audience that waits for pages.
    ///
    /// # Errors
    /// As [`Session::build_into`].
    pub fn build_seen(
        &mut self,
        root: &Path,
        choices: Choices,
        progress: &mut dyn FnMut(Stage),
        audience: &mut Audience<'_>,
    ) -> anyhow::Result<Build> {
        self.run(&mut InMemory, root, choices, progress, audience)
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
        self.run(keeper, root, choices, progress, &mut Audience { looks_at: &BTreeSet::new(), seen: &mut |_| {} })
    }

    fn run(
        &mut self,
        keeper: &mut dyn Keeper,
        root: &Path,
        choices: Choices,
        progress: &mut dyn FnMut(Stage),
        audience: &mut Audience<'_>,
    ) -> anyhow::Result<Build> {
        let mut findings = Vec::new();
        let prepared = match self.prepare(root, choices, progress)?.take(&mut findings) {
            Ok(prepared) => prepared,
            Err(sources) => return Ok(Build::broken(sources, findings)),
        };
        progress(Stage::Render);
        let (output, panels) = match self.is_long {
            true => self.again(&prepared, &mut findings, progress, keeper, audience),
            false => self.once(&prepared, &mut findings, progress, keeper),
        };
        self.sweep();
        if let Some(last) = &mut self.last {
            last.is_good = !has_error(&findings);
        }
        diagnostic::without_consequences(&mut findings, |path| read::text_of(&prepared.sources, path));
        diagnostic::sort(&mut findings);
        Ok(Build::whole(root, prepared, output, panels, findings))
    }

    /// Shows every page and forgets it once it is written: while pages are shown, those before them are.
    fn once(
        &self,
        prepared: &Prepared,
        findings: &mut Vec<Diagnostic>,
        progress: &mut dyn FnMut(Stage),
        keeper: &mut dyn Keeper,
    ) -> (Output, usize) {
        let renderer = prepared.renderer();
        let mut press = Press::new(&renderer, &prepared.sources);
        let mut ready = Vec::new();
        for leaves in render::leaves(renderer.site).chunks(BATCH) {
            let page = |leaf: &Leaf| page(&renderer, leaf, &self.cache);
            let show = || leaves.par_iter().filter_map(page).collect::<Vec<_>>().into_iter().collect();
            let add = || {
                press.add_pages(std::mem::take(&mut ready), keeper);
                press.index_pages();
            };
            let (shown, ()): (Checked<Vec<Published>>, ()) = rayon::join(show, add);
            ready = shown.take(findings);
            if has_error(findings) {
                keeper.abandon();
            }
        }
        press.add_pages(ready, keeper);
        progress(Stage::Publish);
        press.finish(keeper).take(findings)
    }

    /// Shows the pages that are no longer right, keeps all, and lets them be seen before anything else is made.
    fn again(
        &mut self,
        prepared: &Prepared,
        findings: &mut Vec<Diagnostic>,
        progress: &mut dyn FnMut(Stage),
        keeper: &mut dyn Keeper,
        audience: &mut Audience<'_>,
    ) -> (Output, usize) {
        let Prepared { sources, site, .. } = prepared;
        let (renderer, basis, last) = (prepared.renderer(), prepared.basis(), self.last.take());
        let leaves = render::leaves(site);
        let mut turn = Turn::new(&basis, last.as_ref(), &leaves, std::mem::take(&mut self.questions));
        let page = |leaf: &Leaf| page(&renderer, leaf, &self.cache);
        if turn.open() > FEW {
            let wrong = turn.make(|leaf| audience.looks_at.contains(&leaf.route.output()), &page);
            // What all pages are made of may be other files now: style sheets.
            let mut press = Press::new(&renderer, sources);
            if let Some(pages) = turn.patch().filter(|pages| !pages.is_empty()) {
                let findings = [findings.as_slice(), &wrong].concat();
                press.add_pages(pages, &mut InMemory);
                let (output, seen) = (press.pages(), Seen::LookedAt);
                (audience.seen)(&Sight { sources, site, output, seen, findings: &findings });
            }
        }
        turn.make(|_| true, &page);
        let pages = turn.pages().take(findings);
        diagnostic::without_consequences(findings, |path| read::text_of(sources, path));
        let patch = turn.patch().filter(|_| turn.is_around_same());
        let patch = patch.and_then(|pages| publish::patch(site, pages.iter()));
        if let Some(output) = &patch {
            (audience.seen)(&Sight { sources, site, output, seen: Seen::Changed, findings });
        }
        let mut press = Press::new(&renderer, sources);
        press.add_pages(pages, keeper);
        if has_error(findings) {
            keeper.abandon();
        }
        if patch.is_none() {
            (audience.seen)(&Sight { sources, site, output: press.pages(), seen: Seen::All, findings });
        }
        let (pages, questions) = turn.done();
        self.questions = questions;
        self.last = Some(Last::new(basis, pages));
        progress(Stage::Publish);
        press.finish(keeper).take(findings)
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
        let mut sources = match self.read.take() {
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
        let materials = Materials { settings: print_of_settings(&sources), data: data.clone(), assets, choices };
        let site = self.site(materials, settings, documents.clone()).take(&mut findings);
        let text = |path: &str| read::text_of(&sources, path);
        let ledger = || ledger::of(&site, &data_of(&documents), &text);
        let pictures = || self.pictures(&site, written.value.raw_html, &sources);
        let looks = || (self.themes(&site, &written, &manifests, &sources), pictures());
        let ((ledger, wrong), (themes, pictures)) = rayon::join(|| (ledger(), check::site(&site, &text)), looks);
        findings.extend(ledger.findings(&site));
        findings.extend(wrong);
        findings.extend(themes.findings.iter().cloned());
        findings.extend(pictures.findings.iter().cloned());
        let automatic = Automatic::of(&findings);
        findings.extend(accessibility::findings(&site, &automatic));
        let (discrepancies, around) = (discrepancies.clone(), around(&sources, choices));
        if !self.is_long {
            // Nobody asks for the texts of pages any more, but for a line that a finding points at.
            self.shelf = Shelf::default();
            sources.iter_mut().filter(|source| is_text_of_page(source)).for_each(Source::let_go);
        }
        let prepared = Prepared { sources, site, themes, pictures, discrepancies, ledger, automatic, around };
        Ok(Checked::new(Ok(prepared), findings))
    }

    /// Reads the site at `root`, for the next build to be made of what is read now. `written` are the paths below `root`
    /// of files that were written since the last look, where nothing else has happened. Gives what was read.
    ///
    /// # Errors
    /// As [`Session::build_into`].
    pub fn look(&mut self, root: &Path, written: Option<&BTreeSet<PathBuf>>) -> anyhow::Result<Vec<Source>> {
        self.read = None;
        let again = written.and_then(|paths| read::written(root, &mut self.shelf, paths));
        let read = match again {
            Some(sources) => Checked::clean(with_built_in(sources)),
            None => self.read(root)?,
        };
        let sources = read.value.clone();
        self.read = Some(read);
        Ok(sources)
    }

    /// Every file of the site, and those built-in ones that it does not have.
    fn read(&mut self, root: &Path) -> anyhow::Result<Checked<Vec<Source>>> {
        Ok(read::sources(root, &mut self.shelf)?.map(with_built_in))
    }

    fn documents(&mut self, sources: &[Source], dialect: &Dialect) -> Checked<Vec<Document>> {
        let readings = std::mem::take(&mut self.readings).again(sources, dialect);
        let findings = readings.list.iter().flat_map(|reading| reading.document.findings.iter().cloned()).collect();
        let documents = readings.list.iter().filter_map(|reading| reading.document.value.clone()).collect();
        self.readings = readings;
        Checked::new(documents, findings)
    }

    /// What machines can't read in the tables beside the data.
    fn machine_readable(&self, sources: &[Source], documents: &[Document], level: Level) -> Vec<Diagnostic> {
        let files = sources.iter().filter_map(|source| check::machine_readable::file(&source.path));
        let print = |path: &str| read::find(sources, path).map(|source| source.fingerprint);
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
        self.data.get(Fingerprint::of(&(input, format!("{choices:?}"))), || {
            let mut findings = Vec::new();
            let data = model::data(settings, documents, choices).take(&mut findings);
            let data = derive::figures(data).take(&mut findings);
            let discrepancies = check::figures(&data).take(&mut findings).into();
            Arc::new(Checked::new(Figures { data: Arc::new(data), discrepancies }, findings))
        })
    }

    /// The site. Where nothing but texts is another than in the last one, it is that one with these texts.
    fn site(&mut self, materials: Materials, settings: Settings, documents: Vec<Document>) -> Checked<Arc<Site>> {
        let last = self.assembled.take().filter(|last| last.materials.are_same(&materials));
        let edited = last.and_then(|last| Some((model::edited_texts(&last.documents, &documents)?, last.site)));
        let site = match edited {
            Some((texts, site)) if texts.is_empty() => site,
            Some((texts, site)) => site.map(|site| Arc::new(site.with_texts(texts))),
            None => {
                let Materials { data, assets, .. } = &materials;
                model::assemble(settings, &documents, data.clone(), assets, materials.choices).map(Arc::new)
            }
        };
        if self.is_long {
            self.assembled = Some(Assembled { materials, documents, site: site.clone() });
        }
        site
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

    /// The pictures that pages show, made ready.
    fn pictures(&self, site: &Site, raw_html: bool, sources: &[Source]) -> Arc<Checked<Pictures>> {
        let files =
            |path: &str| path == "site.toml" || media::EXTENSIONS.iter().any(|it| path.to_lowercase().ends_with(it));
        self.pictures.get(Fingerprint::of(&(prints(sources, files), &*site.showings)), || {
            let assets = sources.iter().filter(|source| is_asset(source));
            Arc::new(media::prepare(assets, &site.showings, &site.settings.pictures, raw_html, &self.cache))
        })
    }

    /// How many results are remembered, for those who watch over the memory of a long session.
    pub fn remembered(&self) -> usize {
        let pages = self.last.iter().map(Last::len).sum::<usize>();
        pages
            + self.readings.list.len()
            + self.machine_readable.len()
            + self.data.len()
            + self.themes.len()
            + self.pictures.len()
            + self.shelf.len()
    }

    /// Forgets what this build did not use.
    fn sweep(&self) {
        self.machine_readable.sweep();
        self.data.sweep();
        self.themes.sweep();
        self.pictures.sweep();
    }
}

/// How many pages there are in each language.
fn counts(site: &Site) -> Vec<(Language, usize)> {
    let count = |language: &Language| site.pages.iter().filter(|page| page.language == *language).count();
    site.settings.languages.iter().map(|language| (language.clone(), count(language))).collect()
}

fn print_of_settings(sources: &[Source]) -> Option<Fingerprint> {
    read::find(sources, "site.toml").map(|source| source.fingerprint)
}

/// The paths and fingerprints of some sources.
fn prints(sources: &[Source], wanted: impl Fn(&str) -> bool) -> Vec<(&str, Fingerprint)> {
    let wanted = sources.iter().filter(|source| wanted(&source.path));
    wanted.map(|source| (&*source.path, source.fingerprint)).collect()
}

/// The fingerprint of what every page is taken to ask. Of a file beside pages only its name matters: what a picture has
/// become is asked by the pages that show it.
fn around(sources: &[Source], choices: Choices) -> Fingerprint {
    let files = sources.iter().filter(|source| !is_template(&source.path)).filter_map(|source| {
        let is_around = is_asset(source) || &*source.path == "site.toml" || source.path.starts_with("themes/");
        is_around.then_some((&*source.path, (!is_asset(source)).then_some(source.fingerprint)))
    });
    Fingerprint::of(&(files.collect::<Vec<_>>(), format!("{choices:?}")))
}

/// The data files among the documents.
fn data_of(documents: &[Document]) -> Vec<Arc<DataDocument>> {
    let data = documents.iter().filter_map(|document| match document {
        Document::Data(data) => Some(data.clone()),
        _ => None,
    });
    data.collect()
}

impl Build {
    fn whole(root: &Path, prepared: Prepared, output: Output, panels: usize, findings: Vec<Diagnostic>) -> Build {
        let Prepared { mut sources, site, .. } = prepared;
        let named = named(&findings);
        sources.iter_mut().filter(|source| named.contains(&source.path)).for_each(|source| read::recall(root, source));
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

/// The files that findings point at.
fn named(findings: &[Diagnostic]) -> BTreeSet<&Arc<str>> {
    let labels = findings.iter().flat_map(|finding| finding.primary.iter().chain(&finding.related));
    labels.map(|label| &label.span.path).collect()
}

/// What can be shown of the files that findings point at and that are not UTF-8.
fn unreadable(sources: &[Source], findings: &[Diagnostic]) -> BTreeMap<Arc<str>, String> {
    let named = named(findings);
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
    let is_own = |file: &&Source| read::find(&own, &file.path).is_some();
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
    let source = read::find(sources, "site.toml");
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

fn is_text_of_page(source: &Source) -> bool {
    source.path.starts_with("content/") && source.path.ends_with(".md")
}

/// A file that is published as it is: in `static/`, or beside pages.
fn is_asset(source: &Source) -> bool {
    let beside_pages = source.path.starts_with("content/") && !source.path.starts_with("content/data/");
    source.path.starts_with("static/") || (beside_pages && source.extension() != "md")
}

/// The themes that pages name, each with the place where it is named.
fn themes_named(site: &Site, settings: &Yaml<SettingsDocument>) -> BTreeMap<String, Span> {
    let mut names: BTreeMap<String, Span> = BTreeMap::new();
    for page in site.pages.iter() {
        let own = page.document.as_ref().filter(|document| document.front.theme.as_ref() == Some(&page.theme));
        if let Some(document) = own {
            names.entry(page.theme.clone()).or_insert_with(|| document.front.spans.value("theme"));
        }
    }
    names.insert(site.settings.theme.clone(), settings.spans.value("theme"));
    names
}

fn page(renderer: &Renderer<'_>, leaf: &Leaf, cache: &Cache) -> Option<Checked<Published>> {
    let Rendered { view, exhibits, poster, mut findings } = renderer.view(leaf)?;
    let page = &renderer.site.pages[leaf.page];
    let structured_data = publish::structured_data_of(renderer.site, page, &view, &exhibits);
    let html = render::page(renderer.theme(page)?, &page.language, &view, &structured_data);
    let html = html.map_err(|finding| findings.push(finding)).unwrap_or_default();
    let others = Others { exhibits, card: poster.map(|poster| (poster.file(), poster.bytes(cache))) };
    Some(Checked::new(Published::new(renderer.site, leaf, &view, html, others), findings))
}

/// As [`Session::prepare`], with the results of earlier runs in the folder of the site.
fn prepare(
    root: &Path,
    choices: Choices,
    progress: &mut dyn FnMut(Stage),
) -> anyhow::Result<Checked<Result<Prepared, Vec<Source>>>> {
    let cache = Cache::at(&root.join(cache::FOLDER));
    Session::default().with_cache(cache).prepare(root, choices, progress)
}

/// How the figures of a formula came about, back to the cells that were written.
///
/// # Errors
/// As [`build`]. What is wrong with the formula is among the findings; its places are in the formula itself.
pub fn explain(root: &Path, choices: Choices, formula: &str) -> anyhow::Result<Checked<Vec<Message>>> {
    let prepared = prepare(root, choices, &mut |_| {})?;
    let Ok(Prepared { sources, site, .. }) = prepared.value else {
        return Ok(Checked::new(Vec::new(), prepared.findings));
    };
    let span = Span::new(&"--explain".into(), 0, formula.len());
    let figure = derive::formula::evaluate(&Formula { text: formula.to_owned(), span }, &site.data);
    let lookup = |path: &str| read::text_of(&sources, path).map(str::to_owned);
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
    let prepared = prepare(root, choices, &mut |_| {})?;
    let Ok(prepared) = prepared.value else { return Ok(Inspected::Unknown(BTreeSet::new())) };
    let renderer = prepared.renderer();
    let Prepared { sources, site, .. } = &prepared;
    let leaf = render::leaves(site).into_iter().find(|leaf| is_wanted(&site.pages[leaf.page], wanted));
    let rendered = leaf.as_ref().and_then(|leaf| Some((&site.pages[leaf.page], renderer.view(leaf)?)));
    let Some((page, Rendered { view, .. })) = rendered else {
        return Ok(Inspected::Unknown(names(site)));
    };
    let templates =
        renderer.theme(page).map(|theme| theme.sources_of(&view.page.template, sources)).unwrap_or_default();
    let page = InspectedPage { source: source_of(page), templates, data: model::mentions(site, page), view };
    Ok(Inspected::Page(Box::new(page)))
}

/// The source of a page, where it has one.
fn source_of(page: &model::Page) -> Option<String> {
    page.document.as_ref().map(|document| document.path.to_string())
}

/// Whether a person who writes `wanted`, a source, a folder or an address, means this page.
fn is_wanted(page: &model::Page, wanted: &str) -> bool {
    let wanted = wanted.trim_start_matches("./").trim_start_matches('/');
    let source = source_of(page);
    let below = source.as_deref().and_then(|path| path.strip_prefix("content/"));
    source.as_deref() == Some(wanted)
        || below == Some(wanted)
        || page.route.as_str().trim_end_matches('/') == wanted.trim_end_matches("index.html").trim_end_matches('/')
}

/// All that a page can be called by: its source below `content/`, and its address.
fn names(site: &Site) -> BTreeSet<String> {
    let below = |page| source_of(page).map(|path| path.strip_prefix("content/").unwrap_or(&path).to_owned());
    site.pages.iter().flat_map(|page| below(page).into_iter().chain([page.route.to_string()])).collect()
}

/// What is to be printed.
#[derive(Debug, Clone, Copy, Default)]
pub struct PrintWish<'w> {
    /// The page or section; where none is named, the issue of the title page, else the newest.
    pub page: Option<&'w str>,
    /// Its language, where it is not that of the page.
    pub language: Option<&'w str>,
    /// Whether as a folded sheet.
    pub fold: bool,
}

/// A page ready for paper.
pub struct PaperPage {
    /// Its address.
    pub route: Route,
    /// Whether it is a print edition or a folded sheet, which know their paper.
    pub for_paper: bool,
    /// The day of publication.
    pub date: Option<Date>,
    /// The address of the site.
    pub base: String,
}

/// Why nothing can be printed.
pub enum Unprintable {
    /// There is no such page; the names there are.
    Unknown(BTreeSet<String>),
    /// Nothing was named, and the site has no issue.
    NoIssue,
    /// The page is not there in that language; those it is in.
    NoLanguage(Vec<String>),
    /// Only issues are folded.
    NoFold,
    /// There is an error in the site.
    Broken,
}

/// Shows one page for paper, and nothing else of the site: with the files of the theme and the pictures.
///
/// # Errors
/// As [`build`].
pub fn for_paper(
    root: &Path,
    choices: Choices,
    wish: &PrintWish<'_>,
    progress: &mut dyn FnMut(Stage),
) -> anyhow::Result<(Build, Result<PaperPage, Unprintable>)> {
    let mut findings = Vec::new();
    let choices = Choices { printing: Printing { every_section: true, ..choices.printing }, ..choices };
    let prepared = match prepare(root, choices, progress)?.take(&mut findings) {
        Ok(prepared) => prepared,
        Err(sources) => return Ok((Build::broken(sources, findings), Err(Unprintable::Broken))),
    };
    let renderer = prepared.renderer();
    let (site, sources) = (&prepared.site, &prepared.sources);
    progress(Stage::Render);
    let found = wanted_for_paper(site, wish);
    let leaf = found.as_ref().ok().and_then(|id| render::leaves(site).into_iter().find(|leaf| leaf.page == *id));
    let pages: Checked<Vec<Published>> = leaf.iter().filter_map(|leaf| page(&renderer, leaf, &Cache::none())).collect();
    let mut press = Press::new(&renderer, sources);
    press.add_pages(pages.take(&mut findings), &mut InMemory);
    let (output, panels) = press.finish(&mut InMemory).take(&mut findings);
    let ready = found.map(|id| paper_page(site, &site.pages[id]));
    diagnostic::sort(&mut findings);
    let build = Build::whole(root, prepared, output, panels, findings);
    let ready = if build.has_errors() { ready.and(Err(Unprintable::Broken)) } else { ready };
    Ok((build, ready))
}

fn paper_page(site: &Site, page: &model::Page) -> PaperPage {
    let section = page.section.as_deref().and_then(|folder| site.section_page(&page.language, folder));
    let dated = if page.is_for_paper() { section } else { Some(page) };
    PaperPage {
        route: page.route.clone(),
        for_paper: page.is_for_paper(),
        date: dated.and_then(|page| page.front.updated.or(page.front.date)),
        base: site.settings.links.canonical(&Route::page([""])),
    }
}

/// The page that is printed: of a section its print edition, or its folded sheet.
fn wanted_for_paper(site: &Site, wish: &PrintWish<'_>) -> Result<PageId, Unprintable> {
    let home = site.pages.iter().find(|page| page.subject == Subject::Home);
    let issues = || site.pages.iter().filter(|page| page.is_issue());
    let current = || home.and_then(|home| site.issue_of(home)).or_else(|| issues().max_by_key(|page| page.front.date));
    let page = match wish.page {
        Some(wanted) => {
            site.pages.iter().find(|page| is_wanted(page, wanted)).ok_or_else(|| Unprintable::Unknown(names(site)))?
        }
        None => current().ok_or(Unprintable::NoIssue)?,
    };
    let page = match wish.language {
        Some(tag) => site.counterparts(page).find(|page| page.language.as_str() == tag).ok_or_else(|| {
            Unprintable::NoLanguage(site.counterparts(page).map(|page| page.language.to_string()).collect())
        })?,
        None => page,
    };
    let made = match &page.subject {
        Subject::Section(folder) if wish.fold => site.page_in(&page.language, &Subject::Fold(folder.clone())),
        Subject::Section(folder) => site.page_in(&page.language, &Subject::Print(folder.clone())).or(Some(page)),
        _ if wish.fold => None,
        _ => Some(page),
    };
    made.and_then(|page| site.id_of(page)).ok_or(Unprintable::NoFold)
}

/// The translations of a site, for those who follow them.
pub struct Translations {
    /// Every file that was read, for showing lines.
    pub sources: Vec<Source>,
    /// The site.
    pub site: Site,
    /// How its translations stand, all labels included.
    pub ledger: Ledger,
    /// The data file in which labels are recorded.
    pub record: Arc<str>,
    /// The interface words that a theme has and not in every language.
    pub words: Vec<Diagnostic>,
    /// What is wrong with the site as a whole.
    pub findings: Vec<Diagnostic>,
}

/// Where labels are recorded as long as no data file holds such a record.
const RECORD: &str = "content/data/translations.yaml";

/// A site whose `site.toml` can't be understood.
pub struct Unsettled {
    /// Every file that was read, for showing lines.
    pub sources: Vec<Source>,
    /// What is wrong with it.
    pub findings: Vec<Diagnostic>,
}

/// Looks at the translations of a site.
///
/// # Errors
/// As [`build`].
pub fn translations(root: &Path, choices: Choices) -> anyhow::Result<Result<Translations, Unsettled>> {
    let mut findings = Vec::new();
    let mut session = Session::default();
    let sources = session.read(root)?.take(&mut findings);
    let Some(written) = settings(&sources).take(&mut findings) else {
        return Ok(Err(Unsettled { sources, findings }));
    };
    let manifests = render::theme::manifests(&sources).take(&mut findings);
    let documents = session.documents(&sources, &dialect(&written.value, &manifests)).take(&mut findings);
    let data = data_of(&documents);
    let settings = model::settings::settle(&written).take(&mut findings);
    let assembled = Arc::new(model::data(&settings, &documents, choices).take(&mut findings));
    let site = model::assemble(settings, &documents, assembled, &[], choices).take(&mut findings);
    let text = |path: &str| read::text_of(&sources, path);
    let labels = ledger::label::entries(&site.settings, &data);
    let ledger = Ledger { labels, ..ledger::of(&site, &data, &text) };
    let record = data.iter().find(|document| !document.translations.is_empty()).map(|document| document.path.clone());
    let themes = session.themes(&site, &written, &manifests, &sources);
    let words = themes.value.values().flat_map(|theme| theme.untranslated()).collect();
    let record = record.unwrap_or_else(|| RECORD.into());
    Ok(Ok(Translations { site, ledger, record, words, findings, sources }))
}
