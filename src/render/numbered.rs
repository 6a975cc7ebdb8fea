//! Lists of the figures and tables of a page or a report, with their numbers.

use serde::Serialize;

use crate::model::numbering::{self, Numbered};
use crate::panel;
use crate::parse::{Part, Target};
use crate::render::body::{Closed, Scene, escape, plain};

/// What ends the caption of a table.
const CAPTION_END: &str = "</caption>";

/// A list as its template receives it.
#[derive(Debug, Serialize)]
struct List {
    /// What it lists: `figures`, `tables`.
    of: &'static str,
    items: Vec<Line>,
}

/// Something with a number.
#[derive(Debug, Serialize)]
struct Line {
    number: String,
    /// What it shows, as HTML without links.
    html: String,
    href: String,
}

impl Scene<'_> {
    /// The list of the figures or tables of the page, or of the report that it belongs to.
    pub(super) fn list_of(&self, of: &'static str, closed: &mut Closed) {
        let series = if of == "tables" { "tbl" } else { "fig" };
        let mut items = Vec::new();
        for page in self.site.volume(self.page) {
            let scene = Scene { page, ..*self };
            let numbers = self.site.numbers(page);
            let own = page.body().map(numbering::numbered).unwrap_or_default();
            for (id, what) in own.into_iter().filter(|(id, _)| numbering::series(id) == Some(series)) {
                let Some(number) = numbers.get(&id) else { continue };
                items.push(Line {
                    number: self.numbered(&id, *number),
                    html: scene.title_of(what),
                    href: self.place(&id),
                });
            }
        }
        self.fill(&format!("blocks/{of}.html"), "block", &List { of, items }, closed);
    }

    /// What something with a number shows. What is wrong with it is reported where it stands.
    fn title_of(&self, what: Numbered<'_>) -> String {
        match what {
            Numbered::Image(image) => {
                let caption = plain(&self.close_parts(&image.caption).html);
                escape(if caption.is_empty() { &image.alt } else { &caption })
            }
            Numbered::Panel(fence) => {
                let context = panel::Context { data: &self.site.data, wording: self.wording(), number_on_page: 1 };
                panel::compose(fence, &context).value.map(|panel| panel.title_html).unwrap_or_default()
            }
            Numbered::Label(parts) => {
                let html = self.close_parts(until_end(parts)).html;
                escape(&plain(html.split(CAPTION_END).next().unwrap_or_default()))
            }
        }
    }

    /// The address of something with a number, on this page or another of the report.
    pub(super) fn place(&self, id: &str) -> String {
        let anchor = format!("#{id}");
        match self.site.number_of(self.page, id) {
            Some((_, page)) if page.route != self.page.route => {
                self.site.settings.links.href(self.standpoint, &page.route) + &anchor
            }
            _ => anchor,
        }
    }

    /// The number of what a link points at.
    pub(super) fn reference(&self, target: &Target, closed: &mut Closed) {
        match self.site.number_of(self.page, &target.text) {
            Some((number, _)) => closed.html.push_str(&escape(&self.numbered(&target.text, number))),
            None => {
                let pages = self.site.volume(self.page);
                let known = pages.iter().flat_map(|page| self.site.numbers(page).keys()).map(String::as_str);
                let finding = crate::diagnostic::page::unknown_reference(target.span.clone(), &target.text, known);
                closed.findings.push(finding);
            }
        }
    }
}

/// The parts of a caption, the HTML with its end included.
fn until_end(parts: &[Part]) -> &[Part] {
    let end = parts.iter().position(|part| matches!(part, Part::Html(html) if html.contains(CAPTION_END)));
    parts.get(..end.map_or(0, |end| end + 1)).unwrap_or_default()
}
