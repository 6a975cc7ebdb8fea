//! What photographs tell besides the picture: where, when, with whose camera. It is taken out before they are published.

use std::sync::Arc;

use exif::{In, Reader, Tag};
use img_parts::jpeg::Jpeg;
use img_parts::png::Png;
use img_parts::webp::WebP;
use img_parts::{Bytes, ImageEXIF};

use crate::diagnostic::{Diagnostic, Span, page};
use crate::read::Source;

/// The picture of `source` without what it tells besides, still the right way up. Files that are no photographs are as
/// they were.
///
/// # Errors
/// A picture that can't be taken apart, or whose format can't be cleaned: it may hold a place, so it is not published.
pub fn without(source: &Source) -> Result<Arc<[u8]>, Diagnostic> {
    let bytes = || Bytes::copy_from_slice(&source.bytes);
    let cleaned = match source.extension().as_str() {
        "jpg" | "jpeg" => Jpeg::from_bytes(bytes()).ok().map(jpeg),
        "png" => Png::from_bytes(bytes()).ok().map(png),
        "webp" => WebP::from_bytes(bytes()).ok().map(webp),
        "heic" | "heif" | "tif" | "tiff" => return Err(page::photograph_format(Span::file(&source.path))),
        "avif" if holds_exif(&source.bytes) => return Err(page::photograph_format(Span::file(&source.path))),
        _ => return Ok(source.bytes.clone()),
    };
    let name = source.path.rsplit('/').next().unwrap_or_default();
    cleaned.map(|bytes| Arc::from(&bytes[..])).ok_or_else(|| page::broken_picture(Span::file(&source.path), name))
}

fn holds_exif(bytes: &[u8]) -> bool {
    bytes.windows(4).any(|window| window == b"Exif" || window == b"xmp ")
}

/// The segments that make up the picture: tables, frames, colours (APP2 with an ICC profile, APP14). The rest tells of
/// its making: Exif and XMP in APP1, IPTC in APP13, further pictures in APP2, comments.
fn jpeg(mut picture: Jpeg) -> Bytes {
    const APP: std::ops::RangeInclusive<u8> = 0xE1..=0xEF;
    const COMMENT: u8 = 0xFE;
    let upright = orientation(picture.exif());
    picture.segments_mut().retain(|segment| match segment.marker() {
        0xE2 => segment.contents().starts_with(b"ICC_PROFILE\0"),
        0xEE => true,
        marker => !APP.contains(&marker) && marker != COMMENT,
    });
    picture.set_exif(upright.map(orientation_alone));
    let mut bytes = picture.encoder().bytes();
    bytes.truncate(end_of_picture(&bytes));
    bytes
}

/// Where a JPEG's own picture ends. What follows are other pictures, with metadata of their own, or anything at all.
///
/// In scans 0xFF stands only before a marker, a zero or the number of a restart (ITU-T T.81, B.1.1.5).
fn end_of_picture(bytes: &[u8]) -> usize {
    let mut at = 2;
    while let Some([first, marker]) = bytes.get(at..at + 2) {
        match (first, marker) {
            (0xFF, 0xD9) => return at + 2,
            (0xFF, 0x01..=0xCF | 0xDA..=0xFE) => {
                let Some([high, low]) = bytes.get(at + 2..at + 4) else { return bytes.len() };
                at += 2 + usize::from(u16::from_be_bytes([*high, *low]));
            }
            _ => at += 1,
        }
    }
    bytes.len()
}

fn png(mut picture: Png) -> Bytes {
    let upright = orientation(picture.exif());
    picture.chunks_mut().retain(|chunk| !matches!(&chunk.kind(), b"eXIf" | b"tEXt" | b"zTXt" | b"iTXt" | b"tIME"));
    picture.set_exif(upright.map(orientation_alone));
    picture.encoder().bytes()
}

fn webp(mut picture: WebP) -> Bytes {
    let upright = orientation(picture.exif());
    picture.remove_chunks_by_id(*b"XMP ");
    picture.set_exif(upright.map(orientation_alone));
    picture.encoder().bytes()
}

/// How a picture has to be turned, where it has to be: 2 to 8 as Exif counts.
fn orientation(exif: Option<Bytes>) -> Option<u16> {
    let exif = Reader::new().read_raw(exif?.to_vec()).ok()?;
    let value = exif.get_field(Tag::Orientation, In::PRIMARY)?.value.get_uint(0)?;
    u16::try_from(value).ok().filter(|value| (2..=8).contains(value))
}

/// Whether a photograph is shown lying on its side, so that its width and height change places.
pub fn is_turned(source: &Source) -> bool {
    let bytes = || Bytes::copy_from_slice(&source.bytes);
    let exif = match source.extension().as_str() {
        "jpg" | "jpeg" => Jpeg::from_bytes(bytes()).ok().and_then(|picture| picture.exif()),
        "webp" => WebP::from_bytes(bytes()).ok().and_then(|picture| picture.exif()),
        "png" => Png::from_bytes(bytes()).ok().and_then(|picture| picture.exif()),
        _ => None,
    };
    orientation(exif).is_some_and(|value| value >= 5)
}

/// Exif that says nothing but the orientation: a TIFF head and a directory of one entry (Exif 2.32, 4.6).
fn orientation_alone(value: u16) -> Bytes {
    let mut exif = Vec::from(*b"II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0");
    exif.extend(value.to_le_bytes());
    exif.extend([0; 6]);
    Bytes::from(exif)
}

#[cfg(test)]
mod tests {
    use super::*;
    use img_parts::jpeg::JpegSegment;

    /// The smallest JPEG, with a place, a comment and an owner added, lying on its side.
    fn photograph() -> Source {
        const PIXEL: &[u8] = include_bytes!("pixel.jpg");
        let mut picture = Jpeg::from_bytes(Bytes::from_static(PIXEL)).expect("a JPEG");
        let mut exif = orientation_alone(6).to_vec();
        exif.extend(b"GPS 37.05N 140.89E");
        picture.set_exif(Some(Bytes::from(exif)));
        let segment = |marker, text: &'static [u8]| JpegSegment::new_with_contents(marker, Bytes::from_static(text));
        picture.segments_mut().insert(1, segment(0xFE, b"owner Aoki"));
        picture.segments_mut().insert(1, segment(0xED, b"Photoshop 3.0\0 city Iwaki"));
        picture.segments_mut().insert(1, segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0 Aoki"));
        let mut bytes = picture.encoder().bytes().to_vec();
        // Telephones append further pictures, each with Exif of its own.
        bytes.extend(b"\xFF\xD8\xFF\xE1\0\x10Exif\0\0GPS Aoki\xFF\xD9");
        Source::new("content/a.jpg", bytes)
    }

    fn contains(bytes: &[u8], text: &str) -> bool {
        bytes.windows(text.len()).any(|window| window == text.as_bytes())
    }

    #[test]
    fn place_and_owner_are_gone_and_the_picture_is_the_right_way_up() {
        let source = photograph();
        assert!(contains(&source.bytes, "GPS") && is_turned(&source));
        let cleaned = without(&source).expect("a clean picture");
        for secret in ["GPS", "Aoki", "Iwaki", "Photoshop", "xap"] {
            assert!(!contains(&cleaned, secret), "{secret}");
        }
        let cleaned = Source::new("content/a.jpg", cleaned);
        assert!(is_turned(&cleaned));
        assert_eq!(imagesize::blob_size(&cleaned.bytes).map(|size| (size.width, size.height)).ok(), Some((1, 1)));
    }

    #[test]
    fn what_can_not_be_cleaned_is_not_published() {
        let codes = |path: &str, bytes: &[u8]| without(&Source::new(path, bytes)).err().map(|finding| finding.code);
        assert_eq!(codes("content/a.heic", b"x").as_deref(), Some("photograph-format"));
        assert_eq!(codes("content/a.jpg", b"no picture").as_deref(), Some("broken-picture"));
        assert_eq!(codes("content/a.pdf", b"x"), None);
    }
}
