//! Pictures as templates get them: which files there are of each, and what stands in their place until they are there.

use serde::Serialize;

use super::body::{Closed, Scene};
use crate::diagnostic::{page as findings, picture as picture_findings};
use crate::media::{Picture, Size, Variant};
use crate::model::link::beside;
use crate::model::question::{Question, asked};
use crate::model::{Focus, Page, Route};
use crate::parse::Target;
use crate::parse::front_matter::Cover;

/// A picture as `parts/picture.html` writes it.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct PictureView {
    /// The address of one that every browser shows.
    pub src: String,
    /// The same in other widths, as in `srcset`. Nothing where there is just one.
    pub srcset: String,
    /// Smaller files for newer browsers, the smallest first.
    pub sources: Vec<SourceView>,
    /// Pixels across.
    pub width: Option<u32>,
    /// Pixels down.
    pub height: Option<u32>,
    /// Classes that give it its colour until it is there.
    pub placeholder: String,
}

/// The files of a picture in one format.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SourceView {
    /// The format: `image/webp`.
    pub mime: String,
    /// The addresses with their widths.
    pub srcset: String,
}

/// A page's picture.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CoverView {
    /// All of it.
    #[serde(flatten)]
    pub picture: PictureView,
    /// Its part for cards, eight to five; all of it where it is a drawing.
    pub wide: PictureView,
    /// Its part for small cards, a square; all of it where it is a drawing.
    pub square: PictureView,
    /// Its address for the world: previews of shared links need it whole.
    pub canonical: String,
    /// What a reader who can't see it is told.
    pub alt: String,
    /// Who made it.
    pub credit: Option<String>,
}

impl Scene<'_> {
    /// A picture that a page names.
    pub fn picture(&self, target: &Target, closed: &mut Closed) -> PictureView {
        let Some(source) = self.site.asset_source(self.page, &target.text) else {
            if target.text.starts_with("data:image/") {
                return PictureView { src: target.text.clone(), ..PictureView::default() };
            }
            let names = beside(self.site, self.page);
            let names = names.iter().map(|name| &**name);
            closed.findings.push(findings::missing_picture(target.span.clone(), &target.text, names));
            return PictureView::default();
        };
        asked(|| Question::Picture(source.into()));
        let route = &self.site.assets[source];
        // What is wrong with a file is said of the file.
        match self.pictures.get(source).and_then(Option::as_ref) {
            Some(picture) => self.view(route, picture, &picture.whole, closed),
            None => PictureView { src: self.href(route), ..PictureView::default() },
        }
    }

    /// The picture of a page; what is wrong with it is said where `closed` goes.
    pub fn cover(&self, closed: &mut Closed) -> Option<CoverView> {
        let Cover { src, alt, credit, .. } = self.page.front.cover.as_ref()?;
        let document = self.page.document.as_ref()?;
        let target = Target { text: src.clone()?, span: document.front.spans.value("cover.src") };
        let whole = self.picture(&target, closed);
        let source = self.site.asset_source(self.page, &target.text)?;
        let route = self.site.assets.get(source)?;
        let picture = self.pictures.get(source).and_then(Option::as_ref);
        let cuts = picture.and_then(|picture| Some((picture, picture.cuts.get(&self.page.focus())?)));
        let (wide, square) = match cuts {
            Some((picture, (wide, square))) => {
                (self.view(route, picture, wide, closed), self.view(route, picture, square, closed))
            }
            None => (whole.clone(), whole.clone()),
        };
        let widest = picture.and_then(|picture| picture.whole.last());
        Some(CoverView {
            picture: whole,
            wide,
            square,
            canonical: self.site.settings.links.canonical(widest.map_or(route, |variant| &variant.route)),
            alt: alt.clone().unwrap_or_default(),
            credit: credit.clone(),
        })
    }

    /// What of a cover is to be told its author: the words for those who can't see it, in the language of the page, who
    /// made it, and where its middle is.
    pub fn check_cover(&self, closed: &mut Closed) {
        let Some(document) = self.page.document.as_ref() else { return };
        let Some(cover) = self.page.front.cover.as_ref().filter(|cover| cover.src.is_some()) else { return };
        let (own, spans) = (document.front.cover.as_ref(), &document.front.spans);
        let is_empty = |text: Option<&String>| text.is_none_or(|text| text.trim().is_empty());
        if is_empty(own.and_then(|own| own.alt.as_ref())) {
            closed.findings.push(picture_findings::cover_without_alt(spans.value("cover")));
        }
        let is_written_here = own.is_some_and(|own| own.src.is_some());
        if is_written_here && is_empty(cover.credit.as_ref()) {
            closed.findings.push(picture_findings::cover_without_credit(spans.value("cover")));
        }
        let focus = own.and_then(|own| own.focus.as_deref()).filter(|focus| Focus::parse(focus).is_none());
        closed.findings.extend(focus.map(|focus| picture_findings::bad_focus(spans.value("cover.focus"), focus)));
    }

    fn href(&self, route: &Route) -> String {
        self.site.settings.links.href(self.standpoint, route)
    }

    /// `variants` of `picture`, or the file itself at `route` where there are none.
    fn view(&self, route: &Route, picture: &Picture, variants: &[Variant], closed: &mut Closed) -> PictureView {
        let Some(widest) = variants.last() else {
            let Size { width, height } = picture.size;
            return PictureView {
                src: self.href(route),
                width: Some(width),
                height: Some(height),
                ..PictureView::default()
            };
        };
        let of = |format| variants.iter().filter(move |variant| variant.format == format).collect::<Vec<_>>();
        let srcset = |variants: &[&Variant]| {
            let each = variants.iter().map(|variant| format!("{} {}w", self.href(&variant.route), variant.size.width));
            each.collect::<Vec<_>>().join(", ")
        };
        let better = variants.iter().map(|variant| variant.format).take_while(|format| *format != widest.format);
        let sources = better.map(|format| SourceView { mime: format.mime().to_owned(), srcset: srcset(&of(format)) });
        let known = of(widest.format);
        let middle = known.get(known.len().saturating_sub(1) / 2).map_or(route, |variant| &variant.route);
        closed.has_placeholders |= picture.colour.is_some();
        PictureView {
            src: self.href(middle),
            srcset: if known.len() > 1 { srcset(&known) } else { String::new() },
            sources: sources.collect(),
            width: Some(widest.size.width),
            height: Some(widest.size.height),
            placeholder: picture.colour.map(placeholder).unwrap_or_default(),
        }
    }
}

/// The classes of `pictures.css` for a colour: the upper half of each channel.
fn placeholder([red, green, blue]: [u8; 3]) -> String {
    format!("r-{:x} g-{:x} b-{:x}", red >> 4, green >> 4, blue >> 4)
}

/// The cover of `page` as `scene`, which may be another page, shows it.
pub fn cover_of(scene: &Scene<'_>, page: &Page, closed: &mut Closed) -> Option<CoverView> {
    let mut aside = Closed::default();
    let cover = Scene { page, ..*scene }.cover(&mut aside);
    closed.has_placeholders |= aside.has_placeholders;
    // A picture that is not there is told once, where it is written.
    let is_own = std::ptr::eq(scene.page, page);
    let written_here = page.document.as_ref().and_then(|document| document.front.cover.as_ref());
    if is_own && written_here.is_some_and(|cover| cover.src.is_some()) {
        closed.findings.append(&mut aside.findings);
    }
    cover
}
