//! Issues on pages: the cover and the contents, and where an article says in which issue it stands.

use super::view::{AddressView, Anchor, IssueView, PaperView};
use super::{Closed, Viewer, phrases, picture};
use crate::fingerprint::Fingerprint;
use crate::locale::Argument;
use crate::model::{Page, Paper, Route, Subject};

impl Viewer<'_> {
    /// The issue that the page shows.
    pub(super) fn issue(&self, closed: &mut Closed) -> Option<IssueView> {
        let site = self.scene.site;
        let cover = site.issue_of(self.scene.page)?;
        // What is wrong on its page is reported there.
        let mut aside = Closed::default();
        let title = self.title(cover, &mut aside);
        let articles = site.articles_of(cover);
        let view = IssueView {
            label: self.issue_label(cover),
            season: cover.front.issue.as_ref().and_then(|issue| issue.season.clone()),
            title_html: phrases(&title, &cover.language),
            title,
            href: self.href(&cover.route),
            description: self.described(cover, &mut aside),
            date: cover.front.date.map(|date| self.date(date)),
            cover: picture::cover_of(&self.scene, cover, &mut aside),
            extra: self.extra(cover, &mut aside),
            articles: articles.into_iter().map(|id| self.card(&site.pages[id], &mut aside)).collect(),
        };
        closed.has_placeholders |= aside.has_placeholders;
        Some(view)
    }

    /// 第1号; a number that is a text stands as it is, and without one the title of the issue.
    pub(super) fn issue_label(&self, cover: &Page) -> String {
        let number = cover.front.issue.as_ref().and_then(|issue| issue.number.clone());
        let Some(number) = number else { return self.title(cover, &mut Closed::default()) };
        match number.parse::<u32>() {
            Ok(count) => {
                let argument = Argument::Number(count.into());
                self.scene.words.get("issue-number", &[("number", argument)]).unwrap_or(number)
            }
            Err(_) => number,
        }
    }

    /// The issues that the page stands in.
    pub(super) fn issues(&self) -> Vec<Anchor> {
        let covers = self.scene.site.issues_with(self.scene.page);
        covers.map(|cover| Anchor { title: self.issue_label(cover), href: self.href(&cover.route) }).collect()
    }

    /// The way to what is made of this section for paper.
    pub(super) fn paper_edition(&self, made: fn(String) -> Subject) -> Option<String> {
        let Subject::Section(folder) = &self.scene.page.subject else { return None };
        let page = self.scene.site.page_in(&self.scene.page.language, &made(folder.clone()))?;
        Some(self.href(&page.route))
    }

    /// An address of the site as it is printed.
    pub(super) fn address(&self, route: &Route) -> AddressView {
        let url = self.scene.site.settings.links.canonical(route);
        let shown = url.split_once("://").map_or(url.as_str(), |(_, rest)| rest);
        let shown = percent_encoding::percent_decode_str(shown).decode_utf8_lossy().into_owned();
        let (code, squares) = code(&url).unwrap_or_default();
        AddressView { url, shown, code, squares }
    }

    /// A style sheet of the page for a size of paper.
    pub(super) fn paper(&self, paper: Paper, css: String) -> PaperView {
        let file = format!("{}.{}.css", paper.name(), Fingerprint::of_bytes(css.as_bytes()).short());
        PaperView { name: paper.name().to_owned(), href: self.href(&self.leaf.route.join(&file)), file, css }
    }
}

/// The dark squares of a QR code as an SVG path with a quiet margin, and its width. `None` where the text is too long.
fn code(text: &str) -> Option<(String, usize)> {
    const MARGIN: usize = 2;
    let code = qrcodegen::QrCode::encode_text(text, qrcodegen::QrCodeEcc::Medium).ok()?;
    let size = usize::try_from(code.size()).ok()?;
    let mut path = String::new();
    for y in 0..code.size() {
        let mut x = 0;
        while x < code.size() {
            let run = (x..code.size()).take_while(|x| code.get_module(*x, y)).count();
            if run > 0 {
                let left = usize::try_from(x).ok()? + MARGIN;
                path.push_str(&format!("M{left} {}h{run}v1h-{run}z", usize::try_from(y).ok()? + MARGIN));
            }
            x += i32::try_from(run.max(1)).ok()?;
        }
    }
    Some((path, size + 2 * MARGIN))
}

#[cfg(test)]
mod tests {
    use super::code;

    #[test]
    fn a_code_has_its_three_corners_and_a_margin() {
        let (path, squares) = code("https://kairan.example/").expect("a code");
        assert!(path.starts_with("M2 2h7v1h-7z"), "{path}");
        assert_eq!((squares - 4 - 17) % 4, 0);
        assert!(code(&"x".repeat(5000)).is_none());
    }
}
