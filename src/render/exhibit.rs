//! What is written for a panel besides its place on a page: CSV, its description, a drawing and a page of its own.

use serde::Serialize;

use crate::model::{Route, Standpoint};
use crate::panel::metadata::Terms;
use crate::panel::standalone::{self, Frame};
use crate::panel::{Addresses, Csv, OnPage, Panel, dataset};
use crate::parse::settings::PanelFile;
use crate::render::POLICY;
use crate::render::body::{Closed, Exhibit, Scene};
use crate::render::theme::Shown;
use crate::render::view::Ready;

/// The template of a page with one panel and nothing else.
const ALONE: &str = "panel-alone.html";

/// Where the files of a panel are; those that are not written are missing.
pub(super) struct Paths {
    csv: Option<(Route, Vec<u8>)>,
    metadata: Option<Route>,
    svg: Option<Route>,
    alone: Option<Route>,
}

/// A page with one panel as its template receives it.
#[derive(Serialize)]
struct Alone<'a> {
    html: &'a str,
    site: &'a str,
    theme: &'a str,
    title: &'a str,
    alt: &'a str,
    csp: &'a str,
    styles: Vec<String>,
    scripts: Vec<String>,
    panel_scripts: Vec<String>,
    canonical: String,
    href: String,
    content: String,
}

impl Paths {
    /// `data/features-summer-fig-a.csv` and so on, below the folder of the language.
    pub(super) fn of(scene: &Scene<'_>, panel: &Panel) -> Paths {
        let settings = &scene.site.settings;
        let page = scene.page.key.trim_end_matches("_index").trim_end_matches('/').replace(['/', '='], "-");
        let stem = format!("{page}-{}", panel.id).replace(':', "-");
        let stem = stem.trim_matches('-');
        let folder = Route::page([settings.prefix(&scene.page.language), "data"]);
        let path = |file: PanelFile, end: &str| {
            settings.panel_files.contains(&file).then(|| folder.join(&format!("{stem}.{end}")))
        };
        let csv = path(PanelFile::Csv, "csv").map(|route| (route, panel.dataset.csv()));
        Paths {
            // A description without what it describes is of no use.
            metadata: csv.as_ref().and_then(|_| path(PanelFile::Metadata, "csv-metadata.json")),
            csv,
            svg: path(PanelFile::Svg, "svg").filter(|_| panel.graphic.has_file()),
            alone: path(PanelFile::Page, "html").filter(|_| scene.theme.has_template(ALONE)),
        }
    }

    /// The addresses as written at a standpoint.
    pub(super) fn from(&self, scene: &Scene<'_>, standpoint: Standpoint<'_>) -> Addresses {
        let href = |route: &Option<Route>| route.as_ref().map(|to| scene.site.settings.links.href(standpoint, to));
        let csv = self.csv.as_ref().map(|(to, bytes)| Csv {
            href: scene.site.settings.links.href(standpoint, to),
            size: dataset::size(bytes.len(), scene.wording()),
        });
        Addresses { csv, svg: href(&self.svg), alone: href(&self.alone) }
    }
}

/// The classes of the last figure in a page, but for that which all panels have.
fn classes(html: &str) -> &str {
    let tag = html.rsplit_once("<figure class=\"panel").map_or("", |(_, rest)| rest);
    tag.split('"').next().unwrap_or_default().trim()
}

impl Scene<'_> {
    /// The panel for those who publish the page, with its files.
    pub(super) fn exhibit(
        &self,
        panel: &Ready<Panel>,
        number: Option<String>,
        paths: &Paths,
        closed: &mut Closed,
    ) -> Exhibit {
        let mut files = Vec::new();
        if self.standpoint != Standpoint::Outside {
            let wording = self.wording();
            files.extend(paths.csv.iter().cloned());
            if let (Some(route), Some((csv, _))) = (&paths.metadata, &paths.csv) {
                let name = csv.as_str().rsplit('/').next().unwrap_or_default();
                files.push((route.clone(), panel.metadata(name, &self.terms_of_use(), wording)));
            }
            if let Some(route) = &paths.svg {
                let (style, theme) = (self.theme.styles.drawings.as_str(), self.theme.name.as_str());
                let classes = classes(&closed.html);
                let frame = Frame { panel, number: number.as_deref(), classes, style, theme, wording };
                files.push((route.clone(), standalone::svg(&frame).into_bytes()));
            }
            if let Some(route) = &paths.alone {
                files.push((route.clone(), self.alone(panel, number, paths, route, closed).into_bytes()));
            }
        }
        let facts = self.tells_machines().then(|| panel.facts(self.wording()));
        Exhibit { kind: panel.kind, facts, csv: paths.csv.as_ref().map(|(route, _)| route.clone()), files }
    }

    /// Whether the page is also told to machines.
    fn tells_machines(&self) -> bool {
        self.standpoint != Standpoint::Outside && self.theme.tells_machines(&self.page.template)
    }

    /// Who publishes the figures, and how they may be used.
    fn terms_of_use(&self) -> Terms {
        let settings = &self.site.settings;
        let publisher = settings.text(&settings.publisher.name, &self.page.language);
        Terms {
            publisher: (!publisher.is_empty()).then(|| publisher.to_owned()),
            licence: settings.licence.as_ref().map(|licence| licence.url.clone()),
        }
    }

    /// A page with the panel alone, to be shown within other pages.
    fn alone(
        &self,
        panel: &Ready<Panel>,
        number: Option<String>,
        paths: &Paths,
        at: &Route,
        closed: &mut Closed,
    ) -> String {
        let scene = Scene { standpoint: Standpoint::Page(at), ..*self };
        let links = &self.site.settings.links;
        let href = |routes: &[Route]| routes.iter().map(|route| links.href(scene.standpoint, route)).collect();
        let addresses = Addresses { alone: None, ..paths.from(self, scene.standpoint) };
        let mut inner = Closed::default();
        let view = panel.and(&OnPage::new(number, addresses, 1));
        scene.fill(&format!("panels/{}.html", panel.kind), "panel", &view, &mut inner);
        let page = Alone {
            html: self.page.language.html(),
            site: self.site.settings.text(&self.site.settings.title, &self.page.language),
            theme: &self.theme.name,
            title: &panel.title,
            alt: &panel.alt,
            csp: POLICY,
            styles: href(&self.theme.styles.of(Shown { kinds: &[panel.kind], ..Shown::default() })),
            scripts: href(&self.theme.scripts),
            panel_scripts: href(&self.theme.panel_scripts),
            canonical: links.canonical(&self.page.route),
            href: format!("{}#{}", links.href(scene.standpoint, &self.page.route), panel.id),
            content: std::mem::take(&mut inner.html),
        };
        scene.fill(ALONE, "view", &page, &mut inner);
        closed.findings.append(&mut inner.findings);
        inner.html
    }
}
