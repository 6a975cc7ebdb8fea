//! What several pages show alike, worked out for the first of them.
//!
//! Each result says what it asked of the site, so that whoever takes it has asked that too.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use indexmap::IndexMap;
use rustc_hash::FxBuildHasher;
use tera::Value;

use super::Viewer;
use super::body::Scene;
use super::view::{DateView, LocaleView, MenuEntry, Ready, SiteView};
use crate::diagnostic::Checked;
use crate::fingerprint::Fingerprint;
use crate::memo::Memo;
use crate::model::question::{self, Question};
use crate::model::{Page, PageId, Route, Site, Standpoint, Subject};
use crate::panel::{self, Panel};
use crate::parse::{Fence, Part};

/// What the pages of a site have in common.
#[derive(Debug, Default)]
pub struct Shared {
    /// What pages are told of each other, by the number of the page: a page stands in many lists.
    portraits: Vec<OnceLock<Arc<Portrait>>>,
    panels: OnceLock<Panels>,
    frames: Memo<Arc<Framed>>,
}

/// The panels that stand on more than one page in the same words, by theme, language and text.
type Panels = IndexMap<Fingerprint, Mutex<Recurring>, FxBuildHasher>;

/// What is said of a page on every other in its language and theme, in the form in which templates take it.
#[derive(Debug)]
pub(super) struct Portrait {
    pub title: Value,
    pub title_html: Value,
    pub summary: Value,
    pub date: Option<Ready<DateView>>,
    pub kind: Value,
    pub kind_label: Value,
    pub tag: Value,
    pub html: Value,
    pub language_name: Value,
    pub series: Value,
    /// What it took to know this.
    pub asked: BTreeSet<Question>,
}

/// A panel that stands on several pages.
#[derive(Debug, Default)]
struct Recurring {
    /// On how many it is still to be shown. The last one takes it, so that no panel is kept for nobody.
    left: usize,
    made: Option<Made>,
}

#[derive(Debug, Clone)]
struct Made {
    panel: Ready<Panel>,
    /// Its place among the panels of its page, after which it is named.
    number: usize,
    asked: Arc<BTreeSet<Question>>,
}

/// What stands around the text of a page.
#[derive(Debug)]
pub(super) struct Frame {
    pub site: Ready<SiteView>,
    pub locale: Ready<LocaleView>,
    pub menus: Ready<BTreeMap<String, Vec<MenuEntry>>>,
    pub csp: Ready<String>,
    pub scripts: Ready<Vec<String>>,
    /// Where the menus lead.
    pub routes: Vec<Route>,
}

/// A frame, and what it took to know it.
#[derive(Debug)]
pub(super) struct Framed {
    pub frame: Frame,
    asked: BTreeSet<Question>,
}

impl Shared {
    /// Nothing yet, for the pages of a site.
    pub fn of(site: &Site) -> Shared {
        let portraits = site.pages.iter().map(|_| OnceLock::new()).collect();
        Shared { portraits, ..Shared::default() }
    }

    /// What is said of a page, which `draw` finds out.
    pub(super) fn portrait(&self, page: PageId, draw: impl FnOnce() -> Arc<Portrait>) -> Option<Arc<Portrait>> {
        Some(self.portraits.get(page)?.get_or_init(draw).clone())
    }

    /// The panel of a text where it stands on a page as the one of this number.
    pub(super) fn panel(&self, scene: &Scene<'_>, fence: &Fence, number: usize) -> Checked<Option<Ready<Panel>>> {
        let context = panel::Context { data: &scene.site.data, wording: scene.wording(), number_on_page: number };
        let compose = || panel::compose(fence, &context).map(|panel| Some(scene.ready(panel?)));
        let panels = self.panels.get_or_init(|| recurring(scene.site));
        let Some(recurring) = panels.get(&print_of(&scene.theme.name, scene.page, fence)) else { return compose() };
        if let Some(made) = lock(recurring).take(number) {
            question::asked_all(&made.asked);
            return Checked::clean(Some(made.panel));
        }
        // Others go on meanwhile. Two that make the same panel at once come to the same.
        let (composed, asked) = question::overheard(compose);
        question::asked_all(&asked);
        // What is wrong with it is reported at its own place on each page.
        if let (Some(panel), []) = (&composed.value, composed.findings.as_slice()) {
            lock(recurring).keep(Made { panel: panel.clone(), number, asked: Arc::new(asked) });
        }
        composed
    }
}

impl Recurring {
    fn take(&mut self, number: usize) -> Option<Made> {
        self.left = self.left.saturating_sub(1);
        let made = if self.left == 0 { self.made.take() } else { self.made.clone() };
        made.filter(|made| made.number == number)
    }

    fn keep(&mut self, made: Made) {
        if self.left > 0 {
            self.made.get_or_insert(made);
        }
    }
}

fn lock(recurring: &Mutex<Recurring>) -> std::sync::MutexGuard<'_, Recurring> {
    // A panel is whole or it is not there.
    recurring.lock().unwrap_or_else(PoisonError::into_inner)
}

fn recurring(site: &Site) -> Panels {
    let mut panels = Panels::default();
    for page in site.pages.iter() {
        for part in page.body().into_iter().flat_map(|body| &body.parts) {
            if let Part::Panel(fence) = part {
                let recurring = panels.entry(print_of(&page.theme, page, fence)).or_default().get_mut();
                recurring.unwrap_or_else(PoisonError::into_inner).left += 1;
            }
        }
    }
    panels.retain(|_, recurring| recurring.get_mut().is_ok_and(|recurring| recurring.left > 1));
    panels
}

/// The theme has the words of a panel.
fn print_of(theme: &str, page: &Page, fence: &Fence) -> Fingerprint {
    Fingerprint::quick([theme, page.language.as_str(), &fence.text].join("\0").as_bytes())
}

impl Scene<'_> {
    /// The address of a page beside `route` that there is not, and what those beside it have in common.
    fn beside(&self, route: &Route) -> (Route, Fingerprint) {
        let folder = route.as_str().trim_end_matches('/').rsplit_once('/').map_or("", |(folder, _)| folder);
        let section = self.page.section.as_deref().unwrap_or_default();
        let kin = [&self.theme.name, self.page.language.as_str(), section, folder].join("\0");
        (Route::page([folder, "*"]), Fingerprint::quick(kin.as_bytes()))
    }
}

impl Viewer<'_> {
    /// What stands around the text of a page: the same on all articles of a folder, on all tags, and on the further parts of a
    /// list; but for those that it leads into.
    pub(super) fn frame(&self) -> Arc<Framed> {
        let (page, leaf) = (self.scene.page, self.leaf);
        let shared = self.sibling().map(|(route, kin)| {
            // A further part is marked in the menus as its page is.
            let at = if leaf.number == 1 { &route } else { &page.route };
            self.scene.shared.frames.get(kin, || self.at(&route).framed(at))
        });
        let leads_here =
            |framed: &Framed| framed.frame.routes.iter().any(|route| route.as_str().starts_with(leaf.route.as_str()));
        let shared = shared.filter(|framed| !leads_here(framed));
        let framed = shared.unwrap_or_else(|| self.framed(&page.route));
        question::asked_all(&framed.asked);
        framed
    }

    fn sibling(&self) -> Option<(Route, Fingerprint)> {
        let (page, leaf) = (self.scene.page, self.leaf);
        let has_kin = matches!(page.subject, Subject::Article | Subject::Tag(_)) || leaf.number > 1;
        (has_kin && self.scene.standpoint == Standpoint::Page(&leaf.route)).then(|| self.scene.beside(&leaf.route))
    }

    /// The same page at another address.
    fn at<'p>(&'p self, route: &'p Route) -> Viewer<'p> {
        Viewer { scene: Scene { standpoint: Standpoint::Page(route), ..self.scene }, ..*self }
    }

    fn framed(&self, at: &Route) -> Arc<Framed> {
        let (frame, asked) = question::overheard(|| self.look_around(at));
        Arc::new(Framed { frame, asked })
    }
}
