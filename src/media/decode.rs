//! A file to pixels: the right way up, in sRGB, no larger than asked for, within limits of memory.

use std::io::Cursor;

use fast_image_resize::Resizer;
use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, ImageReader, Limits};
use moxcms::{ColorProfile, DataColorSpace, Layout, TransformOptions};

use super::kind::Kind;
use super::{Size, metadata};
use crate::diagnostic::{Diagnostic, Span, picture};
use crate::model::{Focus, PictureRules};
use crate::read::Source;

/// A picture that may be decoded: it is not larger than the site allows.
pub struct Original<'s> {
    source: &'s Source,
    kind: Kind,
    size: Size,
    rules: &'s PictureRules,
}

impl<'s> Original<'s> {
    /// Looks at no more than the head of a file.
    ///
    /// # Errors
    /// Where there is no head, or it states more pixels than the site allows.
    pub fn of(source: &'s Source, kind: Kind, rules: &'s PictureRules) -> Result<Original<'s>, Diagnostic> {
        let span = || Span::file(&source.path);
        let size =
            imagesize::blob_size(&source.bytes).map_err(|error| picture::undecodable(span(), &error.to_string()))?;
        let (width, height) = (u32::try_from(size.width), u32::try_from(size.height));
        let size = Size { width: width.unwrap_or(u32::MAX), height: height.unwrap_or(u32::MAX) };
        if size.pixels() > rules.max_pixels {
            return Err(picture::too_many_pixels(span(), size.width, size.height, rules.max_pixels));
        }
        if size.pixels() == 0 {
            return Err(picture::undecodable(span(), "0 × 0"));
        }
        Ok(Original { source, kind, size, rules })
    }

    /// Its size as the file states it: one that is shown lying on its side is not turned yet.
    pub fn size(&self) -> Size {
        self.size
    }

    /// About how many bytes it takes to decode it: its pixels, once more while they change their form, and the file.
    pub fn cost(&self) -> u64 {
        self.size.pixels() * 8 + self.source.bytes.len() as u64
    }

    /// Its pixels, not wider than `widest`, and its size before that.
    ///
    /// # Errors
    /// A file that is broken or ends too early.
    pub fn upright(&self, widest: u32) -> Result<(DynamicImage, Size), Diagnostic> {
        let span = || Span::file(&self.source.path);
        let broken = |error: image::ImageError| picture::undecodable(span(), &error.to_string());
        // Half a JPEG decodes into grey.
        if self.kind == Kind::Jpeg && !metadata::is_whole_jpeg(&self.source.bytes) {
            return Err(picture::truncated(span()));
        }
        let Some(format) = self.kind.decoded_as() else { return Err(picture::undecodable(span(), "?")) };
        let mut reader = ImageReader::with_format(Cursor::new(&self.source.bytes[..]), format);
        reader.limits(self.limits());
        let mut decoder = reader.into_decoder().map_err(broken)?;
        let turn = decoder.orientation().unwrap_or(Orientation::NoTransforms);
        let profile = decoder.icc_profile().ok().flatten();
        let large = eight_bits(DynamicImage::from_decoder(decoder).map_err(broken)?);
        let raw = Size { width: large.width(), height: large.height() };
        let size = if is_turned(turn) { raw.turned() } else { raw };
        let small = size.within(widest);
        // The small one is turned, not the large one.
        let mut image = resized(&large, if is_turned(turn) { small.turned() } else { small });
        drop(large);
        image.apply_orientation(turn);
        Ok((profile.and_then(|profile| in_srgb(&image, &profile)).unwrap_or(image), size))
    }

    fn limits(&self) -> Limits {
        const LEAST: u64 = 512 * 1024 * 1024;
        let mut limits = Limits::default();
        limits.max_image_width = Some(self.size.width);
        limits.max_image_height = Some(self.size.height);
        limits.max_alloc = Some(LEAST.max(self.rules.max_pixels.saturating_mul(9)));
        limits
    }
}

fn is_turned(turn: Orientation) -> bool {
    use Orientation::{Rotate90, Rotate90FlipH, Rotate270, Rotate270FlipH};
    matches!(turn, Rotate90 | Rotate90FlipH | Rotate270 | Rotate270FlipH)
}

/// Eight bits a channel, and transparency only where something is transparent.
fn eight_bits(image: DynamicImage) -> DynamicImage {
    if !image.color().has_alpha() {
        return DynamicImage::ImageRgb8(image.into_rgb8());
    }
    let image = image.into_rgba8();
    match image.pixels().all(|pixel| pixel.0[3] == u8::MAX) {
        true => DynamicImage::ImageRgb8(DynamicImage::ImageRgba8(image).into_rgb8()),
        false => DynamicImage::ImageRgba8(image),
    }
}

/// The picture in another size, by Lanczos3.
pub fn resized(image: &DynamicImage, size: Size) -> DynamicImage {
    if (image.width(), image.height()) == (size.width, size.height) {
        return image.clone();
    }
    let mut small = DynamicImage::new(size.width, size.height, image.color());
    // Fails only for kinds of pixels that `eight_bits` does not give.
    _ = Resizer::new().resize(image, &mut small, None);
    small
}

/// The part of a picture that has the form `across` : `down`, as much of it as there is, around `focus`.
pub fn cut(image: &DynamicImage, (across, down): (u32, u32), focus: Focus) -> DynamicImage {
    let (width, height) = (image.width(), image.height());
    let fits = |other: u32, one: u32, by: u32| u32::try_from(u64::from(other) * u64::from(one) / u64::from(by));
    let cut_width = fits(height, across, down).map_or(width, |wanted| wanted.clamp(1, width));
    let cut_height = fits(width, down, across).map_or(height, |wanted| wanted.clamp(1, height));
    let start = |percent: u8, length: u32, cut: u32| {
        let middle = u64::from(length) * u64::from(percent) / 100;
        u32::try_from(middle).unwrap_or(length).saturating_sub(cut / 2).min(length - cut)
    };
    let (x, y) = (start(focus.x, width, cut_width), start(focus.y, height, cut_height));
    image.crop_imm(x, y, cut_width, cut_height)
}

/// The picture in the colours of the web, where `profile` says that it is in others: those of telephones are wider.
/// `None` where it can't be said, or is not about red, green and blue.
fn in_srgb(image: &DynamicImage, profile: &[u8]) -> Option<DynamicImage> {
    let profile = ColorProfile::new_from_slice(profile).ok()?;
    if profile.color_space != DataColorSpace::Rgb {
        return None;
    }
    let layout = if image.color().has_alpha() { Layout::Rgba } else { Layout::Rgb };
    let srgb = ColorProfile::new_srgb();
    let transform = profile.create_transform_8bit(layout, &srgb, layout, TransformOptions::default()).ok()?;
    let mut converted = image.clone();
    let pixels = match &mut converted {
        DynamicImage::ImageRgb8(pixels) => &mut **pixels,
        DynamicImage::ImageRgba8(pixels) => &mut **pixels,
        _ => return None,
    };
    transform.transform(image.as_bytes(), pixels).ok()?;
    Some(converted)
}
