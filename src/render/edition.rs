//! A section bound as one document for paper: every article as its own template shows it, with the style sheet that names
//! a kind of page for each of them, for the lines at the heads of pages.

use std::collections::BTreeMap;

use super::scoped::scoped;
use super::style_sheet::quoted;
use super::view::{EditionArticle, EditionView, text};
use super::{Closed, Leaf, Rendered, Scene, Viewer, page, picture};
use crate::model::{Page, PageId, Paper, Subject};

/// A print edition, and what its style sheets depend on.
pub(super) struct Bound {
    /// What the template receives.
    pub edition: EditionView,
    /// The kinds of panels in it.
    pub kinds: Vec<&'static str>,
    /// Whether it holds math.
    pub has_math: bool,
}

/// The lines at the heads of an article's pages.
struct Head {
    id: String,
    left: String,
    right: String,
}

impl Viewer<'_> {
    /// The articles of a section as one document, on the page of its print edition.
    pub(super) fn bound(&self) -> Option<Bound> {
        let site = self.scene.site;
        let Subject::Print(folder) = &self.scene.page.subject else { return None };
        let section = site.section_page(&self.scene.page.language, folder)?;
        let articles: Vec<PageId> =
            site.articles_of(section).into_iter().filter(|id| site.pages[*id].is_article()).collect();
        let places = |(number, id): (usize, &PageId)| (self.href(&site.pages[*id].route), format!("a{}", number + 1));
        let within: BTreeMap<String, String> = articles.iter().enumerate().map(places).collect();
        let mut kinds = Vec::new();
        // What is wrong in the texts is reported on the articles' own pages.
        let mut aside = Closed::default();
        let opening = section.body().map(|body| Scene { page: section, ..self.scene }.close(body)).unwrap_or_default();
        kinds.extend(opening.exhibits.iter().map(|exhibit| exhibit.kind));
        let mut bound: Vec<EditionArticle> = Vec::new();
        for (number, id) in articles.iter().enumerate() {
            let (article, shown) = self.bind(&format!("a{}", number + 1), *id, &within, &mut aside);
            kinds.extend(shown);
            bound.push(article);
        }
        let has_math = articles.iter().map(|id| &site.pages[*id]).chain([section]);
        let has_math = has_math.filter_map(Page::body).any(|body| body.has_math);
        let edition = EditionView {
            href: self.href(&section.route),
            address: self.address(&section.route),
            date: section.front.date.map(|date| self.date(date)),
            cover: picture::cover_of(&self.scene, section, &mut aside),
            extra: self.extra(section, &mut aside),
            opening: scoped(&opening.html, "a0", &within),
            papers: self.papers(section, &self.heads(section, &bound)),
            articles: bound,
        };
        Some(Bound { edition, kinds, has_math })
    }

    /// One article as its template shows it in this edition, and the kinds of its panels.
    fn bind(
        &self,
        place: &str,
        id: PageId,
        within: &BTreeMap<String, String>,
        aside: &mut Closed,
    ) -> (EditionArticle, Vec<&'static str>) {
        let site = self.scene.site;
        let article = &site.pages[id];
        let leaf = Leaf { page: id, number: 1, count: 1, route: self.leaf.route.clone() };
        let viewer = self.on(article, &leaf);
        let rendered = viewer.as_ref().map(Viewer::view);
        let html = rendered.as_ref().map(|rendered| self.main_part(article, rendered)).unwrap_or_default();
        let kinds = rendered.iter().flat_map(|rendered| &rendered.exhibits).map(|exhibit| exhibit.kind).collect();
        let article = EditionArticle {
            id: place.to_owned(),
            card: self.card(article, aside),
            html: scoped(&html, place, within),
            address: self.address(&article.route),
        };
        (article, kinds)
    }

    /// The same place and theme with another page in view.
    fn on<'p>(&'p self, page: &'p Page, leaf: &'p Leaf) -> Option<Viewer<'p>> {
        let theme = self.scene.theme;
        let (locale, words) = (theme.locale(&page.language)?, theme.words(&page.language)?);
        let scene = Scene { page, locale, words, theme, ..self.scene };
        Some(Viewer { scene, leaf, ..*self })
    }

    /// What stands in the `main` of an article's page. A theme that lacks its template shows its text alone.
    fn main_part(&self, article: &Page, rendered: &Rendered) -> String {
        let whole = page(self.scene.theme, &article.language, &rendered.view, "").unwrap_or_default();
        let whole = String::from_utf8_lossy(&whole);
        let inner = whole.split_once("<main").and_then(|(_, rest)| rest.split_once('>')).map(|(_, rest)| rest);
        let inner = inner.and_then(|rest| rest.rsplit_once("</main>")).map(|(inner, _)| inner.to_owned());
        inner.unwrap_or_else(|| rendered.view.page.content.clone())
    }

    fn heads(&self, section: &Page, articles: &[EditionArticle]) -> Vec<Head> {
        let site = self.text(&self.scene.site.settings.title);
        let name =
            if section.is_issue() { self.issue_label(section) } else { self.title(section, &mut Closed::default()) };
        let left = format!("{site}\u{3000}{name}");
        let left = if self.scene.page.language.is_japanese() { left } else { left.replace('\u{3000}', ", ") };
        let head = |article: &EditionArticle| {
            let card = &article.card;
            let right = if text(&card.kind) == "page" {
                text(&card.title).to_owned()
            } else {
                format!("{}\u{2002}{}", text(&card.kind_label), text(&card.title))
            };
            Head { id: article.id.clone(), left: left.clone(), right }
        };
        articles.iter().map(head).collect()
    }

    /// A style sheet for each paper, the wanted one first: an issue is a small book, all else goes into files.
    fn papers(&self, section: &Page, heads: &[Head]) -> Vec<super::view::PaperView> {
        let usual = if section.is_issue() { Paper::A5 } else { Paper::A4 };
        let wanted = self.scene.site.printing.paper.unwrap_or(usual);
        let mut papers = [Paper::A5, Paper::A4];
        papers.sort_by_key(|paper| *paper != wanted);
        papers.into_iter().map(|paper| self.paper(paper, style_sheet(paper, heads))).collect()
    }
}

/// The rules that depend on the paper and on the articles; how things look is the theme's affair.
fn style_sheet(paper: Paper, heads: &[Head]) -> String {
    let (width, height) = paper.size();
    // The front page has no margin. Chromium lets a later style sheet win over a page's name, so that stands here too.
    // Top, outer edge, bottom, inner edge.
    let (top, outer, bottom, inner) = if paper == Paper::A5 { (15, 12, 17, 15) } else { (20, 16, 22, 22) };
    // One column is none: within columns a heading may stand alone at the end of a page.
    let columns = if paper == Paper::A5 { "auto" } else { "2" };
    let mut css = format!(
        "@page{{size:{width}mm {height}mm;margin:{top}mm {outer}mm {bottom}mm}}\
         @page:left{{margin-right:{inner}mm}}@page:right{{margin-left:{inner}mm}}\
         @page front{{margin:0}}:root{{--pw:{width}mm;--ph:{height}mm;--columns:{columns}}}body{{page:auto!important}}\n"
    );
    for Head { id, left, right } in heads {
        let (left, right) = (quoted(left), quoted(right));
        css.push_str(&format!(
            "@page {id}:left{{@top-left{{content:{left}}}}}@page {id}:right{{@top-right{{content:{right}}}}}.s-{id}{{page:{id}}}\n"
        ));
    }
    css
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_can_not_leave_their_string() {
        let head = Head { id: "a1".into(), left: "しおさい".into(), right: "\"}*{display:none}\\\n".into() };
        let css = style_sheet(Paper::A5, &[head]);
        assert!(css.contains(r#"@top-right{content:"\"}*{display:none}\\ "}"#), "{css}");
        assert!(css.starts_with("@page{size:148mm 210mm;"), "{css}");
    }
}
