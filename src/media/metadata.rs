//! What photographs tell besides the picture: where, when, with whose camera. It is taken out before they are published.

use std::sync::Arc;

use exif::{In, Reader, Tag};
use img_parts::jpeg::Jpeg;
use img_parts::png::Png;
use img_parts::webp::WebP;
use img_parts::{Bytes, ImageEXIF};

use super::gif;
use super::kind::Kind;

/// A picture of `kind` without what it tells besides, still the right way up. `None` where it can't be taken apart, or
/// can't be cleaned: it may hold a place.
pub fn cleaned(kind: Kind, bytes: &[u8]) -> Option<Arc<[u8]>> {
    let copy = || Bytes::copy_from_slice(bytes);
    let cleaned = match kind {
        Kind::Jpeg => jpeg(Jpeg::from_bytes(copy()).ok()?),
        Kind::Png => png(Png::from_bytes(copy()).ok()?),
        Kind::WebP => webp(WebP::from_bytes(copy()).ok()?),
        Kind::Gif => Bytes::from(gif::read(bytes)?.kept),
        Kind::Avif if !holds_exif(bytes) => copy(),
        _ => return None,
    };
    Some(Arc::from(&cleaned[..]))
}

fn holds_exif(bytes: &[u8]) -> bool {
    bytes.windows(4).any(|window| matches!(window, b"Exif" | b"xmp "))
        || bytes.windows(8).any(|window| window == b"rdf+xml\0")
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
    bytes.truncate(end_of_picture(&bytes).unwrap_or(bytes.len()));
    bytes
}

/// Whether a JPEG does not break off.
pub fn is_whole_jpeg(bytes: &[u8]) -> bool {
    end_of_picture(bytes).is_some()
}

/// Where a JPEG's own picture ends; `None` where it breaks off. What follows are other pictures, with metadata of their own, or anything at all.
///
/// In scans 0xFF stands only before a marker, a zero or the number of a restart (ITU-T T.81, B.1.1.5).
fn end_of_picture(bytes: &[u8]) -> Option<usize> {
    let mut at = 2;
    while let Some([first, marker]) = bytes.get(at..at + 2) {
        match (first, marker) {
            (0xFF, 0xD9) => return Some(at + 2),
            (0xFF, 0x01..=0xCF | 0xDA..=0xFE) => {
                let Some([high, low]) = bytes.get(at + 2..at + 4) else { return None };
                at += 2 + usize::from(u16::from_be_bytes([*high, *low]));
            }
            _ => at += 1,
        }
    }
    None
}

/// The chunks that make up the picture, moving ones included, and its colours.
fn png(mut picture: Png) -> Bytes {
    const KEPT: [&[u8; 4]; 18] = [
        b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"cHRM", b"gAMA", b"iCCP", b"sRGB", b"sBIT", b"bKGD", b"cICP",
        b"mDCV", b"cLLI", b"pHYs", b"acTL", b"fcTL", b"fdAT",
    ];
    let upright = orientation(picture.exif());
    picture.chunks_mut().retain(|chunk| KEPT.contains(&&chunk.kind()));
    picture.set_exif(upright.map(orientation_alone));
    picture.encoder().bytes()
}

fn webp(mut picture: WebP) -> Bytes {
    const KEPT: [&[u8; 4]; 7] = [b"VP8X", b"VP8 ", b"VP8L", b"ALPH", b"ANIM", b"ANMF", b"ICCP"];
    let upright = orientation(picture.exif());
    picture.chunks_mut().retain(|chunk| KEPT.contains(&&chunk.id()));
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
pub fn is_turned(kind: Kind, bytes: &[u8]) -> bool {
    let copy = || Bytes::copy_from_slice(bytes);
    let exif = match kind {
        Kind::Jpeg => Jpeg::from_bytes(copy()).ok().and_then(|picture| picture.exif()),
        Kind::WebP => WebP::from_bytes(copy()).ok().and_then(|picture| picture.exif()),
        Kind::Png => Png::from_bytes(copy()).ok().and_then(|picture| picture.exif()),
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
    fn photograph() -> Vec<u8> {
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
        bytes
    }

    fn contains(bytes: &[u8], text: &str) -> bool {
        bytes.windows(text.len()).any(|window| window == text.as_bytes())
    }

    #[test]
    fn place_and_owner_are_gone_and_the_picture_is_the_right_way_up() {
        let bytes = photograph();
        assert!(contains(&bytes, "GPS") && is_turned(Kind::Jpeg, &bytes));
        let cleaned = cleaned(Kind::Jpeg, &bytes).expect("a clean picture");
        for secret in ["GPS", "Aoki", "Iwaki", "Photoshop", "xap"] {
            assert!(!contains(&cleaned, secret), "{secret}");
        }
        assert!(is_turned(Kind::Jpeg, &cleaned));
        assert_eq!(imagesize::blob_size(&cleaned).map(|size| (size.width, size.height)).ok(), Some((1, 1)));
    }

    #[test]
    fn comments_and_notes_of_programs_leave_a_moving_picture() {
        let frame: &[u8] = b"\x2C\0\0\0\0\x01\0\x01\0\0\x02\x02\x44\x01\0";
        let head: &[u8] = b"GIF89a\x01\0\x01\0\x80\0\0\0\0\0\xFF\xFF\xFF";
        let loops: &[u8] = b"\x21\xFF\x0BNETSCAPE2.0\x03\x01\0\0\0";
        let comment: &[u8] = b"\x21\xFE\x04Aoki\0";
        let note: &[u8] = b"\x21\xFF\x0BXMP DataXMP\x04Aoki\0";
        let (end, tail): (&[u8], &[u8]) = (b"\x3B", b"Aoki");
        let noted = [head, comment, loops, frame, note, frame, end, tail].concat();
        let kept = cleaned(Kind::Gif, &noted).expect("a moving picture");
        assert_eq!(&kept[..], [head, loops, frame, frame, end].concat());
        assert_eq!(cleaned(Kind::Gif, &noted[..noted.len() - 6]), None);
    }

    #[test]
    fn what_can_not_be_cleaned_is_not_published() {
        assert_eq!(cleaned(Kind::Jpeg, b"no picture"), None);
        assert_eq!(cleaned(Kind::Avif, b"....ftypavif Exif"), None);
        assert_eq!(cleaned(Kind::Heic, b"x"), None);
    }
}
