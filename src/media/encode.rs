//! Pixels to files: the formats of the web.

use std::collections::BTreeSet;

use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::{CompressionType, FilterType, PngEncoder};
use image::{DynamicImage, ImageEncoder};
use ravif::Img;
use rgb::FromSlice;
use serde::{Deserialize, Serialize};

use super::kind::Kind;

/// A format that browsers show.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Format {
    /// The smallest, and the slowest to make.
    Avif,
    /// Small; known to every browser of the last years.
    WebP,
    /// Known to all, for photographs.
    Jpeg,
    /// Known to all, for drawings and for what is transparent.
    Png,
}

impl Format {
    /// As browsers are told.
    pub fn mime(self) -> &'static str {
        match self {
            Format::Avif => "image/avif",
            Format::WebP => "image/webp",
            Format::Jpeg => "image/jpeg",
            Format::Png => "image/png",
        }
    }

    /// How names of such files end.
    pub fn extension(self) -> &'static str {
        match self {
            Format::Avif => "avif",
            Format::WebP => "webp",
            Format::Jpeg => "jpg",
            Format::Png => "png",
        }
    }
}

/// How the variants of one picture are written.
pub struct Pen {
    /// Best first; every browser knows the last.
    pub formats: Vec<Format>,
    quality: u8,
    /// Whether it has few colours, as charts and screens have: then it may be smaller without losses than with them.
    is_flat: bool,
}

impl Pen {
    /// How to write variants of `image`, which was a file of `kind`.
    pub fn for_picture(image: &DynamicImage, kind: Kind, quality: u8, avif: bool) -> Pen {
        let is_flat = matches!(kind, Kind::Png | Kind::Gif) && has_few_colours(image);
        let last = match kind {
            Kind::WebP => None,
            _ if is_flat || image.color().has_alpha() => Some(Format::Png),
            _ => Some(Format::Jpeg),
        };
        let formats = avif.then_some(Format::Avif).into_iter().chain([Format::WebP]).chain(last).collect();
        Pen { formats, quality, is_flat }
    }

    /// How to write one picture in one format.
    pub fn new(format: Format, quality: u8) -> Pen {
        Pen { formats: vec![format], quality, is_flat: false }
    }

    /// The file. `None` where the format has no such picture: WebP ends at 16,383 pixels.
    pub fn write(&self, image: &DynamicImage, format: Format) -> Option<Vec<u8>> {
        match format {
            Format::Avif => self.avif(image),
            Format::WebP => self.webp(image),
            Format::Jpeg => self.jpeg(image),
            Format::Png => png(image),
        }
    }

    fn webp(&self, image: &DynamicImage) -> Option<Vec<u8>> {
        let encoder = match image {
            DynamicImage::ImageRgba8(pixels) => webp::Encoder::from_rgba(pixels, image.width(), image.height()),
            DynamicImage::ImageRgb8(pixels) => webp::Encoder::from_rgb(pixels, image.width(), image.height()),
            _ => return None,
        };
        let lossy = encoder.encode_simple(false, f32::from(self.quality)).ok()?;
        let lossless = if self.is_flat { encoder.encode_simple(true, 75.0).ok() } else { None };
        Some(match lossless.filter(|lossless| lossless.len() <= lossy.len()) {
            Some(lossless) => lossless.to_vec(),
            None => lossy.to_vec(),
        })
    }

    /// One level of quality is not the same in each format: these look alike.
    fn jpeg(&self, image: &DynamicImage) -> Option<Vec<u8>> {
        let mut bytes = Vec::new();
        let quality = self.quality.saturating_add(5).min(100);
        JpegEncoder::new_with_quality(&mut bytes, quality).encode_image(image).ok()?;
        Some(bytes)
    }

    /// As fast as AVIF can be made; a slower one would be a fourth smaller and take five times as long.
    fn avif(&self, image: &DynamicImage) -> Option<Vec<u8>> {
        let quality = f32::from(self.quality.saturating_sub(15).max(1));
        let encoder = ravif::Encoder::new().with_quality(quality).with_speed(10).with_num_threads(Some(1));
        let (width, height) = (image.width() as usize, image.height() as usize);
        let encoded = match image {
            DynamicImage::ImageRgba8(pixels) => encoder.encode_rgba(Img::new(pixels.as_rgba(), width, height)),
            DynamicImage::ImageRgb8(pixels) => encoder.encode_rgb(Img::new(pixels.as_rgb(), width, height)),
            _ => return None,
        };
        Some(encoded.ok()?.avif_file)
    }
}

fn png(image: &DynamicImage) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    let encoder = PngEncoder::new_with_quality(&mut bytes, CompressionType::Default, FilterType::Adaptive);
    encoder.write_image(image.as_bytes(), image.width(), image.height(), image.color().into()).ok()?;
    Some(bytes)
}

/// A photograph has more colours than this before the tenth line is read.
fn has_few_colours(image: &DynamicImage) -> bool {
    const FEW: usize = 4096;
    let bytes = usize::from(image.color().bytes_per_pixel()).max(1);
    let mut colours = BTreeSet::new();
    for pixel in image.as_bytes().chunks_exact(bytes) {
        colours.insert(pixel);
        if colours.len() > FEW {
            return false;
        }
    }
    true
}
