//! An issue as one sheet of paper, folded into a booklet of eight pages.

use tera::Value;

use super::view::{Card, FoldPanelView, FoldView, IssueView, PaperView, text};
use super::{Closed, Viewer};
use crate::diagnostic::issue as findings;
use crate::locale::Language;
use crate::model::issue::PANELS;
use crate::model::{Page, Paper, Subject};
use crate::parse::issue::{FoldPanel, Show};

/// Up to how many characters a panel's text has at each size of type, from the largest; a Latin letter counts half.
const SIZES: [usize; 3] = [70, 130, 200];

impl Viewer<'_> {
    /// The folded sheet, on its own page.
    pub(super) fn fold(&self, closed: &mut Closed) -> Option<FoldView> {
        let site = self.scene.site;
        let Subject::Fold(folder) = &self.scene.page.subject else { return None };
        let cover = site.section_page(&self.scene.page.language, folder)?;
        let issue = self.issue(closed)?;
        let written = cover.front.issue.as_ref().map(|issue| issue.fold.clone()).unwrap_or_default();
        let is_written = !written.is_empty();
        let panels = if is_written { written } else { self.panels_of(cover, &issue) };
        let padded = panels.into_iter().chain(std::iter::repeat_with(|| shown(Show::Notes))).take(PANELS);
        let views: Vec<FoldPanelView> =
            padded.enumerate().map(|(number, panel)| self.panel_view(cover, number, &panel)).collect();
        for view in views.iter().filter(|view| is_written && view.size >= SIZES.len()) {
            let spans = cover.document.as_ref().map(|document| &document.front.spans);
            let span = spans.map(|spans| spans.value(&format!("issue.fold[{}]", view.number - 1)));
            let most = SIZES[SIZES.len() - 1] * if cover.language.is_japanese() { 1 } else { 2 };
            closed.findings.extend(span.map(|span| findings::panel_too_long(span, view.text.chars().count(), most)));
        }
        Some(FoldView { href: issue.href, panels: views, papers: self.fold_papers() })
    }

    /// The panels of an issue for which nobody wrote any: cover, contents, its first articles, its figures, back.
    fn panels_of(&self, cover: &Page, issue: &IssueView) -> Vec<FoldPanel> {
        let site = self.scene.site;
        let has_numbers =
            issue.extra.get("numbers").and_then(|numbers| numbers.as_array()).is_some_and(|all| !all.is_empty());
        let room = PANELS - 3 - usize::from(has_numbers);
        let articles = site.articles_of(cover);
        let announced = articles.iter().filter_map(|id| {
            let path = &site.pages[*id].document.as_ref()?.path;
            Some(FoldPanel { page: Some(path.strip_prefix("content/")?.to_owned()), ..FoldPanel::default() })
        });
        let mut panels = vec![shown(Show::Cover), shown(Show::Contents)];
        panels.extend(announced.take(room));
        panels.extend(has_numbers.then(|| shown(Show::Numbers)));
        panels.resize_with(PANELS - 1, || shown(Show::Notes));
        panels.push(shown(Show::Back));
        panels
    }

    fn panel_view(&self, cover: &Page, number: usize, panel: &FoldPanel) -> FoldPanelView {
        let site = self.scene.site;
        let language = &self.scene.page.language;
        let article = panel.page.as_ref().and_then(|path| site.page_from(&format!("content/{path}")));
        let article = article.map(|page| site.counterpart(page, language).unwrap_or(page));
        let card = article.map(|page| self.card(page, &mut Closed::default()));
        let of_card = |field: fn(&Card) -> &Value| card.as_ref().map(field).map(|field| text(field).to_owned());
        let fill = |text: &String| self.filled(text, cover, "issue.fold", &mut Closed::default());
        let text = panel.text.as_ref().map(fill).or_else(|| of_card(|card| &card.summary)).unwrap_or_default();
        let own = panel.text.is_some();
        let show = match (panel.show, article) {
            (Some(show), _) => name(show),
            (None, Some(_)) => "article",
            (None, None) => "text",
        };
        let target = article.or((panel.show == Some(Show::Back)).then_some(cover));
        // A description that is too long is cut where nobody chose it for this panel.
        let text = if own { text } else { shortened(&text, language) };
        FoldPanelView {
            number: number + 1,
            show: show.to_owned(),
            title: panel.title.as_ref().map(fill).or_else(|| of_card(|card| &card.title)).unwrap_or_default(),
            size: size(&text),
            text,
            address: target.map(|page| self.address(&page.route)),
            card,
        }
    }

    /// A style sheet for each paper, the wanted one first.
    fn fold_papers(&self) -> Vec<PaperView> {
        let mut papers = [Paper::A4, Paper::A3];
        papers.sort_by_key(|paper| Some(*paper) != self.scene.site.printing.paper);
        papers.into_iter().map(|paper| self.paper(paper, style_sheet(paper))).collect()
    }
}

fn shown(show: Show) -> FoldPanel {
    FoldPanel { show: Some(show), ..FoldPanel::default() }
}

fn name(show: Show) -> &'static str {
    match show {
        Show::Cover => "cover",
        Show::Contents => "contents",
        Show::Numbers => "numbers",
        Show::Notes => "notes",
        Show::Back => "back",
    }
}

/// How wide a text is, in Japanese characters.
fn width(text: &str) -> usize {
    text.chars().map(|letter| if letter.is_ascii() { 1 } else { 2 }).sum::<usize>().div_ceil(2)
}

/// The place of a text among the sizes of type; [`SIZES`] has no such place for one that is too long.
fn size(text: &str) -> usize {
    SIZES.iter().position(|most| width(text) <= *most).unwrap_or(SIZES.len())
}

/// The sentences of a text that a panel can hold; at least a beginning of the first.
fn shortened(text: &str, language: &Language) -> String {
    let most = SIZES[SIZES.len() - 1];
    if width(text) <= most {
        return text.to_owned();
    }
    let stop = if language.is_japanese() { "。" } else { ". " };
    let mut kept = String::new();
    for sentence in text.split_inclusive(stop) {
        if width(&kept) + width(sentence) > most {
            break;
        }
        kept.push_str(sentence);
    }
    if kept.is_empty() {
        let half = |count: &mut usize, letter: char| {
            *count += if letter.is_ascii() { 1 } else { 2 };
            (*count < 2 * most).then_some(letter)
        };
        kept = text.chars().scan(0, half).chain(['…']).collect();
    }
    kept.trim_end().to_owned()
}

/// The sheet lies; its panels stand.
fn style_sheet(paper: Paper) -> String {
    let (width, height) = paper.size();
    format!("@page{{size:{height}mm {width}mm;margin:0}}:root{{--pw:{height}mm;--ph:{width}mm}}\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn type_is_set_by_the_length_of_the_text() {
        assert_eq!([60, 100, 190, 201].map(|length| size(&"あ".repeat(length))), [0, 1, 2, 3]);
        assert_eq!(size(&"a".repeat(400)), 2);
    }

    #[test]
    fn whole_sentences_are_kept() {
        let sentence = format!("{}。", "あ".repeat(149));
        assert_eq!(shortened(&sentence.repeat(3), &Language::japanese()), sentence);
        let endless = shortened(&"あ".repeat(500), &Language::japanese());
        assert!(endless.ends_with('…') && size(&endless) < SIZES.len());
    }

    #[test]
    fn the_sheet_lies() {
        assert_eq!(style_sheet(Paper::A4), "@page{size:297mm 210mm;margin:0}:root{--pw:297mm;--ph:210mm}\n");
    }
}
