//! A site folder to its [`Output`]: the stages in order, and nothing else.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, LazyLock};

use include_dir::{Dir, include_dir};
use rayon::prelude::*;

use crate::accessibility::{self, Automatic};
use crate::cache::Cache;
use crate::check::{self, Discrepancy};
use crate::derive;
use crate::diagnostic::machine_readable::Level;
use crate::diagnostic::{self, Checked, Diagnostic, Severity, Span};
use crate::fingerprint::Fingerprint;
use crate::ledger::{self, Ledger};
use crate::locale::Language;
use crate::media::{self, Pictures};
use crate::memo::Memo;
use crate::model::{self, Choices, Data, Settings, Site};
use crate::parse::settings::MachineReadability;
use crate::parse::sheet::csv;
use crate::parse::tree::Yaml;
use crate::parse::{self, DataDocument, Dialect, Document, SettingsDocument};
use crate::publish::{self, Others, Press, Published};
use crate::read::{self, Shelf, Source};
use crate::render::theme::{Manifests, Themes, is_template};
use crate::render::{self, Leaf, Rendered, Renderer, Shared};
use crate::write::{InMemory, Keeper, Output};

mod ask;
mod belt;
mod kept;
mod remembered;
mod report;

pub use ask::{
    Inspected, InspectedPage, PaperPage, PrintWish, Translations, Unprintable, Unsettled, explain, for_paper, inspect,
    translations,
};
use belt::Belt;
use kept::{Basis, Last, Questions, Turn};
use remembered::{Assembled, Materials, Readings};

/// The themes inside the binary. A file of the site's own `themes/` takes the place of the one of that name.
static BUILT_IN: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/themes");

/// How many pages are shown before what is ready of them is handed on: enough for all cores, few enough for any memory.
const BATCH: usize = 256;

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
        let (themes, pictures, shared) = (&themes.value, &pictures.value, Shared::of(site));
        Renderer { site, themes, pictures, discrepancies, ledger, automatic, shared }
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
    /// What the pages of a single build had in common: nobody needs it any more, and whoever leaves the session to the
    /// system leaves this as well.
    shared: Option<Shared>,
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
        Ok(Build::whole(root, prepared, output, panels, findings))
    }

    /// Shows every page and forgets it once it is written: while pages are shown, those before them are.
    fn once(
        &mut self,
        prepared: &Prepared,
        findings: &mut Vec<Diagnostic>,
        progress: &mut dyn FnMut(Stage),
        keeper: &mut dyn Keeper,
    ) -> (Output, usize) {
        let renderer = prepared.renderer();
        let mut press = Press::new(&renderer, &prepared.sources);
        let leaves = render::leaves(renderer.site);
        let is_wrong = AtomicBool::new(has_error(findings));
        let belt = Belt::new(|pages| {
            if is_wrong.load(Ordering::Relaxed) {
                keeper.abandon();
            }
            press.add_pages(pages, keeper);
            press.index_pages();
        });
        let mut ready = Vec::new();
        rayon::in_place_scope(|scope| {
            for leaves in leaves.chunks(BATCH) {
                belt.put(std::mem::take(&mut ready), scope);
                let shown = leaves.par_iter().filter_map(|leaf| page(&renderer, leaf, &self.cache));
                let shown: Checked<Vec<Published>> = shown.collect::<Vec<_>>().into_iter().collect();
                ready = shown.take(findings);
                is_wrong.store(has_error(findings), Ordering::Relaxed);
            }
        });
        drop(belt);
        if has_error(findings) {
            keeper.abandon();
        }
        progress(Stage::Publish);
        let finished = press.finish(ready, keeper).take(findings);
        self.shared = Some(renderer.shared);
        finished
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
        if turn.open() > FEW && !audience.looks_at.is_empty() {
            let wrong = turn.make(|leaf| audience.looks_at.contains(&leaf.route.output()), &page);
            let findings = [findings.as_slice(), &wrong].concat();
            show_first(&turn, &renderer, sources, audience, &findings);
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
        press.finish(Vec::new(), keeper).take(findings)
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
        let settings = model::settings::settle(&written).take(&mut findings);
        let readings = std::mem::take(&mut self.readings);
        let (readings, figures) = readings.again(&sources, &dialect(&written.value, &manifests), |documents| {
            figures(&self.data, &sources, &settings, documents, choices)
        });
        let documents = readings.documents().take(&mut findings);
        self.readings = readings;
        if let Some(level) = level(written.value.data.machine_readability) {
            findings.extend(self.machine_readable(&sources, &documents, level));
        }

        progress(Stage::Model);
        let assets: Vec<Arc<str>> =
            sources.iter().filter(|source| is_asset(source)).map(|source| source.path.clone()).collect();
        let named = model::themes_named(&written, &documents, choices);
        let (print, data) = (print_of_settings(&sources), figures.value.data.clone());
        let materials = Materials { settings: print, data, assets, choices };
        let (assembled, is_long) = (&mut self.assembled, self.is_long);
        let (site, themes) = rayon::join(
            || assemble(assembled, is_long, materials, settings.clone(), documents.clone()),
            || load_themes(&self.themes, &named, &settings, &manifests, &sources),
        );
        findings.extend(figures.findings.iter().cloned());
        let site = site.take(&mut findings);
        let text = |path: &str| read::text_of(&sources, path);
        let ledger = || ledger::of(&site, &data_of(&documents), &text);
        let pictures = || self.pictures(&site, written.value.raw_html, &sources);
        let ((ledger, wrong), pictures) = rayon::join(|| (ledger(), check::site(&site, &text)), pictures);
        findings.extend(ledger.findings(&site));
        findings.extend(wrong);
        findings.extend(themes.findings.iter().cloned());
        findings.extend(pictures.findings.iter().cloned());
        let automatic = Automatic::of(&findings);
        findings.extend(accessibility::findings(&site, &automatic));
        let (discrepancies, around) = (figures.value.discrepancies.clone(), around(&sources, choices));
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

/// The data of the site with its figures worked out, from the documents of the data alone.
fn figures(
    memo: &Memo<Arc<Checked<Figures>>>,
    sources: &[Source],
    settings: &Settings,
    documents: &[Document],
    choices: Choices,
) -> Arc<Checked<Figures>> {
    let input = prints(sources, |path| path == "site.toml" || path.starts_with("content/data/"));
    memo.get(Fingerprint::of(&(input, format!("{choices:?}"))), || {
        let mut findings = Vec::new();
        let data = model::data(settings, documents, choices).take(&mut findings);
        let data = derive::figures(data).take(&mut findings);
        let discrepancies = check::figures(&data).take(&mut findings).into();
        Arc::new(Checked::new(Figures { data: Arc::new(data), discrepancies }, findings))
    })
}

/// The site. Where nothing but texts is another than in the last one, it is that one with these texts.
fn assemble(
    last: &mut Option<Assembled>,
    is_long: bool,
    materials: Materials,
    settings: Settings,
    documents: Vec<Document>,
) -> Checked<Arc<Site>> {
    let same = last.take().filter(|last| last.materials.are_same(&materials));
    let edited = same.and_then(|same| Some((model::edited_texts(&same.documents, &documents)?, same.site)));
    let site = match edited {
        Some((texts, site)) if texts.is_empty() => site,
        Some((texts, site)) => site.map(|site| Arc::new(site.with_texts(texts))),
        None => {
            let Materials { data, assets, .. } = &materials;
            model::assemble(settings, &documents, data.clone(), assets, materials.choices).map(Arc::new)
        }
    };
    if is_long {
        *last = Some(Assembled { materials, documents, site: site.clone() });
    }
    site
}

/// The themes of these names, each with the place where it is named.
fn load_themes(
    memo: &Memo<Arc<Checked<Themes>>>,
    names: &BTreeMap<String, Span>,
    settings: &Settings,
    manifests: &Manifests,
    sources: &[Source],
) -> Arc<Checked<Themes>> {
    let files =
        |path: &str| path == "site.toml" || ["themes/", "static/"].iter().any(|folder| path.starts_with(folder));
    let input = Fingerprint::of(&(names, prints(sources, files)));
    memo.get(input, || Arc::new(render::theme::load(names, manifests, sources, settings)))
}

/// Shows the pages that were made before all others, where they can stand among those of the last build, with all files
/// but pages: a style sheet that they name may be new.
fn show_first(
    turn: &Turn<'_>,
    renderer: &Renderer<'_>,
    sources: &[Source],
    audience: &mut Audience<'_>,
    findings: &[Diagnostic],
) {
    let Some(pages) = turn.patch().filter(|pages| !pages.is_empty()) else { return };
    let mut press = Press::new(renderer, sources);
    press.add_pages(pages, &mut InMemory);
    let (site, output, seen) = (renderer.site, press.pages(), Seen::LookedAt);
    (audience.seen)(&Sight { sources, site, output, seen, findings });
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
    fn whole(root: &Path, prepared: Prepared, output: Output, panels: usize, mut findings: Vec<Diagnostic>) -> Build {
        let Prepared { mut sources, site, .. } = prepared;
        diagnostic::without_consequences(&mut findings, |path| read::text_of(&sources, path));
        diagnostic::sort(&mut findings);
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
fn with_built_in(mut sources: Vec<Source>) -> Vec<Source> {
    static FILES: LazyLock<Vec<Source>> = LazyLock::new(|| built_in(&BUILT_IN));
    let is_own = |file: &&Source| read::find(&sources, &file.path).is_some();
    let missing: Vec<Source> = FILES.iter().filter(|file| !is_own(file)).cloned().collect();
    sources.extend(missing);
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

fn page(renderer: &Renderer<'_>, leaf: &Leaf, cache: &Cache) -> Option<Checked<Published>> {
    let Rendered { view, exhibits, poster, mut findings } = renderer.view(leaf)?;
    let page = &renderer.site.pages[leaf.page];
    let theme = renderer.theme(page)?;
    let told = theme.tells_machines(&page.template);
    let told = told.then(|| publish::structured_data_of(renderer.site, page, &view, &exhibits));
    let html = render::page(theme, &page.language, &view, told.as_deref().unwrap_or_default());
    let html = html.map_err(|finding| findings.push(finding)).unwrap_or_default();
    let others = Others { exhibits, card: poster.map(|poster| (poster.file(), poster.bytes(cache))) };
    Some(Checked::new(Published::new(renderer.site, leaf, &view, html, others), findings))
}
