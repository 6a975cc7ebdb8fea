//! Pictures: what they are, how large, and what they must not tell.

use std::collections::BTreeMap;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use crate::read::Source;

mod metadata;

pub use metadata::without as without_metadata;

/// The width and height of a picture in pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Size {
    /// Across.
    pub width: u32,
    /// Down.
    pub height: u32,
}

/// The pictures of a site by the path of their source; `None` for a file that is called a picture and is none.
pub type Pictures = BTreeMap<String, Option<Size>>;

/// What file names of pictures end in.
pub const EXTENSIONS: [&str; 7] = ["jpg", "jpeg", "png", "webp", "gif", "avif", "svg"];

/// Measures the pictures among `sources`.
pub fn measure<'s>(sources: impl IntoIterator<Item = &'s Source>) -> Pictures {
    let pictures = sources.into_iter().filter(|source| EXTENSIONS.contains(&source.extension().as_str()));
    pictures.map(|source| (source.path.to_string(), size(source))).collect()
}

fn size(source: &Source) -> Option<Size> {
    if source.extension() == "svg" {
        return svg_size(source.text().ok()?);
    }
    let size = imagesize::blob_size(&source.bytes).ok()?;
    let (width, height) = (u32::try_from(size.width).ok()?, u32::try_from(size.height).ok()?);
    let turned = metadata::is_turned(source);
    Some(if turned { Size { width: height, height: width } } else { Size { width, height } })
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
