//! What is asked of a site once, without building it: how a figure came about, what a page is made of, a page for paper,
//! how the translations stand.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

use jiff::civil::Date;

use crate::cache::{self, Cache};
use crate::derive;
use crate::diagnostic::{Checked, Diagnostic, Message, Span};
use crate::ledger::{self, Ledger};
use crate::model::{self, Choices, PageId, Printing, Route, Site, Subject};
use crate::parse::Formula;
use crate::publish::{Press, Published};
use crate::read::{self, Source};
use crate::render::view::View;
use crate::render::{self, Rendered};
use crate::write::InMemory;

use super::{Build, Prepared, Session, Stage, data_of, dialect, page, settings};

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
    let (output, panels) = press.finish(Vec::new(), &mut InMemory).take(&mut findings);
    let ready = found.map(|id| paper_page(site, &site.pages[id]));
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
    let (readings, ()) = super::Readings::default().again(&sources, &dialect(&written.value, &manifests), |_| ());
    let documents = readings.documents().take(&mut findings);
    let data = data_of(&documents);
    let settings = model::settings::settle(&written).take(&mut findings);
    let assembled = Arc::new(model::data(&settings, &documents, choices).take(&mut findings));
    let site = model::assemble(settings, &documents, assembled, &[], choices).take(&mut findings);
    let text = |path: &str| read::text_of(&sources, path);
    let labels = ledger::label::entries(&site.settings, &data);
    let ledger = Ledger { labels, ..ledger::of(&site, &data, &text) };
    let record = data.iter().find(|document| !document.translations.is_empty()).map(|document| document.path.clone());
    let named = model::themes_named(&written, &documents, choices);
    let themes = super::load_themes(&session.themes, &named, &site.settings, &manifests, &sources);
    let words = themes.value.values().flat_map(|theme| theme.untranslated()).collect();
    let record = record.unwrap_or_else(|| RECORD.into());
    Ok(Ok(Translations { site, ledger, record, words, findings, sources }))
}
