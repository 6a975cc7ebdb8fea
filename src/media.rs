//! Pictures: what they are, how large, the variants that pages show of them, and what they must not tell.
//!
//! A photograph is published as variants alone: the right way up, in the colours of the web, in a few widths and formats,
//! and without a word about where, when and by whom it was taken. What moves, and what can't be decoded here, is published
//! as it is but for such words; drawings are published without what could run or ask another host.

use std::collections::BTreeMap;
use std::sync::Arc;

use image::{DynamicImage, ImageFormat, RgbImage};
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use crate::cache::Cache;
use crate::diagnostic::{Checked, Diagnostic, Span, picture as findings};
use crate::model::{Focus, PictureRules, Route, Showing};
use crate::read::Source;

mod decode;
mod encode;
mod gif;
mod kind;
mod metadata;
mod svg;
mod turn;
mod variant;

use decode::Original;
pub use encode::Format;
use encode::Pen;
use kind::Kind;
use turn::Turns;
use variant::{Head, Part, Recipe, STEP};

/// The width and height of a picture in pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Size {
    /// Across.
    pub width: u32,
    /// Down.
    pub height: u32,
}

/// A picture that pages show.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// Its size, upright.
    pub size: Size,
    /// Its colour on the whole, shown until it is there. `None` where one can see through it.
    pub colour: Option<[u8; 3]>,
    /// All of it: for each format, best first, from narrow to wide. Nothing where it is published as it is.
    pub whole: Vec<Variant>,
    /// Parts of it around a focal point: eight to five, and square.
    pub cuts: BTreeMap<Focus, (Vec<Variant>, Vec<Variant>)>,
    /// Whether the file itself is published too.
    pub keeps_file: bool,
}

/// One file that is made of a picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Variant {
    /// Its format.
    pub format: Format,
    /// Its size.
    pub size: Size,
    /// Its address, which changes with its bytes.
    pub route: Route,
    /// All of it.
    pub bytes: Arc<[u8]>,
}

/// The pictures that a site shows by the path of their source; `None` where a finding says what is wrong with the file.
pub type Pictures = BTreeMap<String, Option<Picture>>;

/// What file names of pictures end in.
pub const EXTENSIONS: [&str; 7] = ["jpg", "jpeg", "png", "webp", "gif", "avif", "svg"];

/// How much memory pictures take while they are decoded. One of 12 megapixels takes about 100 MB.
const MEMORY: u64 = 512 * 1024 * 1024;

/// Makes ready the pictures among `sources` that a site shows as `showings` say, on all cores. `raw_html` says that pages
/// may show files in ways that nobody sees here.
pub fn prepare<'s>(
    sources: impl IntoIterator<Item = &'s Source>,
    showings: &BTreeMap<String, Showing>,
    rules: &PictureRules,
    raw_html: bool,
    cache: &Cache,
) -> Checked<Pictures> {
    let shown = sources.into_iter().filter_map(|source| Some((source, showings.get(&*source.path)?)));
    let shown: Vec<(&Source, &Showing)> = shown.filter(|(_, showing)| showing.shown).collect();
    let studio = Studio { rules, raw_html, cache, turns: Turns::of(MEMORY) };
    let made: Vec<_> = shown.par_iter().map(|(source, showing)| studio.picture(source, showing)).collect();
    let mut findings = Vec::new();
    let mut pictures = Pictures::new();
    for ((source, _), made) in shown.into_iter().zip(made) {
        pictures.insert(source.path.to_string(), made.map_err(|finding| findings.push(finding)).ok());
    }
    Checked::new(pictures, findings)
}

/// A file beside pages or in `static/` as it is published: a picture or a drawing without what it must not tell, any
/// other file as it is.
///
/// # Errors
/// A picture that can't be cleaned, or is not what it is called: it may hold a place, so it is not published.
pub fn published(source: &Source) -> Result<Checked<Arc<[u8]>>, Diagnostic> {
    match kind::of(source)? {
        Kind::Svg => {
            svg::clean(source).map(|cleaned| Checked::new(cleaned.bytes, cleaned.finding.into_iter().collect()))
        }
        Kind::Other(_) | Kind::Unknown => Ok(Checked::clean(source.bytes.clone())),
        Kind::Avif if metadata::cleaned(Kind::Avif, &source.bytes).is_none() => {
            Err(findings::avif_with_metadata(Span::file(&source.path)))
        }
        kind => {
            let cleaned = metadata::cleaned(kind, &source.bytes);
            cleaned.map(Checked::clean).ok_or_else(|| findings::truncated(Span::file(&source.path)))
        }
    }
}

/// A picture of just this size, as much of `variant` around `focus` as fits into it: for cards that are drawn.
/// `None` where it can't be decoded.
pub fn cut_to(variant: &Variant, focus: Focus, size: Size) -> Option<RgbImage> {
    let format = ImageFormat::from_mime_type(variant.format.mime())?;
    let image = image::load_from_memory_with_format(&variant.bytes, format).ok()?;
    let part = decode::cut(&image, (size.width, size.height), focus);
    Some(on_white(&decode::resized(&part, size)))
}

/// A drawn picture as a file: without losses as PNG, smaller with some as any other format.
pub fn encoded(image: RgbImage, format: Format) -> Option<Vec<u8>> {
    const QUALITY: u8 = 80;
    Pen::new(format, QUALITY).write(&DynamicImage::ImageRgb8(image), format)
}

/// What is transparent, on white paper.
fn on_white(image: &DynamicImage) -> RgbImage {
    let mut paper = image.to_rgba8();
    for pixel in paper.pixels_mut() {
        let [.., alpha] = pixel.0;
        for channel in &mut pixel.0[..3] {
            let mixed = (u16::from(*channel) * u16::from(alpha) + 255 * (255 - u16::from(alpha))) / 255;
            *channel = u8::try_from(mixed).unwrap_or(u8::MAX);
        }
    }
    DynamicImage::ImageRgba8(paper).into_rgb8()
}

/// What it takes to make pictures ready.
struct Studio<'s> {
    rules: &'s PictureRules,
    raw_html: bool,
    cache: &'s Cache,
    turns: Turns,
}

impl Studio<'_> {
    fn picture(&self, source: &Source, showing: &Showing) -> Result<Picture, Diagnostic> {
        let kind = kind::of(source)?;
        let broken = || findings::undecodable(Span::file(&source.path), "?");
        if kind == Kind::Svg {
            return svg_size(source.text()?).map(Picture::as_it_is).ok_or_else(broken);
        }
        let original = Original::of(source, kind, self.rules)?;
        if kind.decoded_as().is_none() || kind::moves(kind, &source.bytes) {
            let turned = metadata::is_turned(kind, &source.bytes);
            return Ok(Picture::as_it_is(if turned { original.size().turned() } else { original.size() }));
        }
        let recipe = Recipe::new(&showing.cuts, self.rules);
        let make = || self.turns.take(original.cost(), || recipe.make(source, &original, kind));
        let bytes = self.cache.try_remember(STEP, recipe.input(source), make)?;
        let (head, pieces) = Head::read(&bytes).ok_or_else(broken)?;
        let keeps_file = showing.linked || self.raw_html;
        Ok(Picture::of(&source.path, &head, &pieces, keeps_file))
    }
}

impl Picture {
    fn as_it_is(size: Size) -> Picture {
        Picture { size, colour: None, whole: Vec::new(), cuts: BTreeMap::new(), keeps_file: true }
    }

    fn of(path: &str, head: &Head, pieces: &[&[u8]], keeps_file: bool) -> Picture {
        let mut picture = Picture { colour: head.colour, keeps_file, ..Picture::as_it_is(head.size) };
        let stem = stem(path);
        for (entry, piece) in head.variants.iter().zip(pieces) {
            let hash = &entry.fingerprint.to_string()[..12];
            let part = match entry.part {
                Part::Whole => "",
                Part::Wide(_) => "-wide",
                Part::Square(_) => "-square",
            };
            let name = format!("assets/{stem}{part}-{}.{hash}.{}", entry.size.width, entry.format.extension());
            let (route, bytes) = (Route::file(name), Arc::from(*piece));
            let variant = Variant { format: entry.format, size: entry.size, route, bytes };
            match entry.part {
                Part::Whole => picture.whole.push(variant),
                Part::Wide(focus) => picture.cuts.entry(focus).or_default().0.push(variant),
                Part::Square(focus) => picture.cuts.entry(focus).or_default().1.push(variant),
            }
        }
        picture
    }

    /// Every file that is made of it.
    pub fn files(&self) -> impl Iterator<Item = &Variant> {
        self.whole.iter().chain(self.cuts.values().flat_map(|(wide, square)| wide.iter().chain(square)))
    }
}

/// What the names of variants begin with: the name of the file, where it needs no escaping.
fn stem(path: &str) -> &str {
    let name = path.rsplit('/').next().unwrap_or_default();
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    if !stem.is_empty() && stem.len() <= 40 && stem.chars().all(is_plain) { stem } else { "picture" }
}

impl Size {
    /// How many pixels there are.
    pub fn pixels(self) -> u64 {
        u64::from(self.width) * u64::from(self.height)
    }

    fn turned(self) -> Size {
        Size { width: self.height, height: self.width }
    }

    /// The same form, not wider than `width`.
    fn within(self, width: u32) -> Size {
        if self.width <= width {
            return self;
        }
        let (own, new) = (u64::from(self.width.max(1)), u64::from(width));
        let height = (u64::from(self.height) * new + own / 2) / own;
        Size { width, height: u32::try_from(height).unwrap_or(u32::MAX).max(1) }
    }
}

/// The size that an SVG states: its width and height, or else those of its `viewBox`.
fn svg_size(text: &str) -> Option<Size> {
    let mut reader = Reader::from_str(text);
    loop {
        match reader.read_event().ok()? {
            Event::Start(root) | Event::Empty(root) => return root_size(&root),
            Event::Eof => return None,
            _ => {}
        }
    }
}

fn root_size(root: &BytesStart<'_>) -> Option<Size> {
    if root.local_name().as_ref() != "svg" {
        return None;
    }
    let attribute = |name: &str| Some(root.try_get_attribute(name).ok()??.value.into_owned());
    let pixels = |name: &str| length(attribute(name)?.trim_end_matches("px"));
    if let (Some(width), Some(height)) = (pixels("width"), pixels("height")) {
        return Some(Size { width, height });
    }
    let view_box = attribute("viewBox")?;
    let numbers: Vec<&str> = view_box.split([' ', ',']).filter(|part| !part.is_empty()).collect();
    let [_, _, width, height] = numbers[..] else { return None };
    Some(Size { width: length(width)?, height: length(height)? })
}

/// A length as whole pixels, at least one.
fn length(text: &str) -> Option<u32> {
    let length = text.trim().parse::<f64>().ok().filter(|length| (0.0..1e6).contains(length))?;
    Some((length.round() as u32).max(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(svg: &str, expected: Option<(u32, u32)>) {
        assert_eq!(svg_size(svg).map(|size| (size.width, size.height)), expected, "{svg}");
    }

    #[test]
    fn svg_sizes() {
        check("<svg width='80px' height='50'/>", Some((80, 50)));
        check("<?xml version='1.0'?><!-- a --><svg viewBox='0 0 800 500.4'></svg>", Some((800, 500)));
        check("<svg width='100%' height='50' viewBox='0 0 10 5'/>", Some((10, 5)));
        check("<html/>", None);
        check("nothing", None);
    }
}
