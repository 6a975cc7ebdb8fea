//! What a file is, by its first bytes: names say what people hope.

use image::ImageFormat;

use super::gif;
use crate::diagnostic::{Diagnostic, Message, Span, picture, say};
use crate::read::Source;

/// What a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A photograph.
    Jpeg,
    /// A picture without losses.
    Png,
    /// Either.
    WebP,
    /// An old picture, often moving.
    Gif,
    /// A new photograph, which no free Rust decodes.
    Avif,
    /// A drawing.
    Svg,
    /// What iPhones take.
    Heic,
    /// What scanners and cameras make.
    Tiff,
    /// Something else that is often taken for a picture.
    Other(Other),
    /// Unknown.
    Unknown,
}

/// What is often taken for a picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Other {
    /// Nothing at all.
    Empty,
    /// A bitmap of Windows.
    Bitmap,
    /// Photoshop's own format.
    Photoshop,
    /// A document.
    Pdf,
    /// A page that was saved in a picture's stead.
    Html,
    /// An office document, or files packed into one.
    Packed,
}

impl Kind {
    /// What these bytes are.
    pub fn of(bytes: &[u8]) -> Kind {
        match bytes {
            [] => Kind::Other(Other::Empty),
            [0xFF, 0xD8, 0xFF, ..] => Kind::Jpeg,
            [0x89, b'P', b'N', b'G', ..] => Kind::Png,
            [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Kind::WebP,
            [b'G', b'I', b'F', b'8', b'7' | b'9', b'a', ..] => Kind::Gif,
            [_, _, _, _, b'f', b't', b'y', b'p', brands @ ..] => Kind::of_brands(brands),
            [b'I', b'I', b'*', 0, ..] | [b'M', b'M', 0, b'*', ..] => Kind::Tiff,
            [b'B', b'M', ..] => Kind::Other(Other::Bitmap),
            [b'8', b'B', b'P', b'S', ..] => Kind::Other(Other::Photoshop),
            [b'%', b'P', b'D', b'F', ..] => Kind::Other(Other::Pdf),
            [b'P', b'K', 3, 4, ..] => Kind::Other(Other::Packed),
            _ => Kind::of_text(bytes),
        }
    }

    /// AVIF and HEIC are the same box with other things in it; its brands stand in its first four-byte words.
    fn of_brands(brands: &[u8]) -> Kind {
        let mut brands = brands.chunks_exact(4).take(12);
        const HEIC: [&[u8]; 8] = [b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"mif1", b"msf1"];
        let (mut is_heic, mut is_avif) = (false, false);
        for brand in &mut brands {
            is_avif |= matches!(brand, b"avif" | b"avis");
            is_heic |= HEIC.contains(&brand);
        }
        match (is_avif, is_heic) {
            (true, _) => Kind::Avif,
            (false, true) => Kind::Heic,
            (false, false) => Kind::Unknown,
        }
    }

    fn of_text(bytes: &[u8]) -> Kind {
        let start = String::from_utf8_lossy(&bytes[..bytes.len().min(4096)]).to_lowercase();
        let start = start.trim_start_matches('\u{feff}').trim_start();
        if !start.starts_with('<') {
            return Kind::Unknown;
        }
        if start.starts_with("<!doctype html") || start.starts_with("<html") {
            return Kind::Other(Other::Html);
        }
        // What stands before the drawing itself may be long; the rest is seen when it is read.
        let is_drawing = start.contains("<svg") || start.contains(":svg") || start.starts_with("<?xml");
        if is_drawing || start.starts_with("<!doctype svg") { Kind::Svg } else { Kind::Unknown }
    }

    /// How names of such files end, where a page can show them.
    pub fn extensions(self) -> &'static [&'static str] {
        match self {
            Kind::Jpeg => &["jpg", "jpeg"],
            Kind::Png => &["png"],
            Kind::WebP => &["webp"],
            Kind::Gif => &["gif"],
            Kind::Avif => &["avif"],
            Kind::Svg => &["svg"],
            _ => &[],
        }
    }

    /// How it is decoded, where it can be.
    pub fn decoded_as(self) -> Option<ImageFormat> {
        match self {
            Kind::Jpeg => Some(ImageFormat::Jpeg),
            Kind::Png => Some(ImageFormat::Png),
            Kind::WebP => Some(ImageFormat::WebP),
            Kind::Gif => Some(ImageFormat::Gif),
            _ => None,
        }
    }

    fn name(self) -> Message {
        match self {
            Kind::Jpeg => say(" JPEG ", "JPEG"),
            Kind::Png => say(" PNG ", "PNG"),
            Kind::WebP => say(" WebP ", "WebP"),
            Kind::Gif => say(" GIF ", "GIF"),
            Kind::Avif => say(" AVIF ", "AVIF"),
            Kind::Svg => say(" SVG ", "SVG"),
            Kind::Heic => say("HEIC の写真", "HEIC"),
            Kind::Tiff => say("TIFF の画像", "TIFF"),
            Kind::Other(Other::Empty) => say("空", "empty"),
            Kind::Other(Other::Bitmap) => say(" BMP ", "BMP"),
            Kind::Other(Other::Photoshop) => say(" Photoshop のファイル", "a Photoshop file"),
            Kind::Other(Other::Pdf) => say(" PDF ", "PDF"),
            Kind::Other(Other::Html) => say("ウェブページ（HTML）", "a web page (HTML)"),
            Kind::Other(Other::Packed) => say("圧縮ファイルかオフィス文書", "a packed file or an office document"),
            Kind::Unknown => say("画像ではない何か", "no picture that Kairan knows"),
        }
    }
}

/// What `source` is, where its name and its bytes agree and it may be published.
///
/// # Errors
/// A finding about a file that is called a picture and is none, or another one, and about those that can't be cleaned.
pub fn of(source: &Source) -> Result<Kind, Diagnostic> {
    const UNSHOWN: [&str; 5] = ["heic", "heif", "tif", "tiff", "dng"];
    let (kind, extension) = (Kind::of(&source.bytes), source.extension());
    let span = || Span::file(&source.path);
    if matches!(kind, Kind::Heic | Kind::Tiff) {
        return Err(picture::not_for_browsers(span(), &kind.name()));
    }
    if UNSHOWN.contains(&extension.as_str()) {
        return Err(picture::not_for_browsers(span(), &say(format!(".{extension} の写真"), format!(".{extension}"))));
    }
    let is_called_picture = super::EXTENSIONS.contains(&extension.as_str());
    if is_called_picture && !kind.extensions().contains(&extension.as_str()) {
        return Err(picture::mislabelled(span(), &extension, &kind.name(), kind.extensions().first().copied()));
    }
    Ok(kind)
}

/// Whether a picture moves. Such a picture is published as it is.
pub fn moves(kind: Kind, bytes: &[u8]) -> bool {
    match kind {
        Kind::Gif => gif::read(bytes).is_some_and(|gif| gif.frames > 1),
        // The chunk that says so stands before the first frame.
        Kind::Png => {
            let end = bytes.windows(4).position(|name| name == b"IDAT").unwrap_or(bytes.len());
            bytes[..end].windows(4).any(|name| name == b"acTL")
        }
        Kind::WebP => bytes.get(12..16) == Some(b"VP8X") && bytes.get(20).is_some_and(|flags| flags & 2 != 0),
        _ => false,
    }
}
