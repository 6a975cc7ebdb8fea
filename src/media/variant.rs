//! The variants of a picture: the whole of it and its cuts, in several widths and formats, as one piece of bytes that
//! can be kept from one build to the next.

use std::collections::BTreeSet;

use image::DynamicImage;
use serde::{Deserialize, Serialize};

use super::Size;
use super::decode::{Original, cut, resized};
use super::encode::{Format, Pen};
use super::kind::Kind;
use crate::diagnostic::{Diagnostic, Span, picture};
use crate::fingerprint::Fingerprint;
use crate::model::{Focus, PictureRules};
use crate::read::Source;

/// Raise its number where the same picture comes out otherwise: what was kept under another name is made anew.
pub const STEP: &str = "picture-1";

/// What of a picture a variant shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Part {
    /// All of it.
    Whole,
    /// Eight to five, for cards.
    Wide(Focus),
    /// A square, for the smaller cards.
    Square(Focus),
}

/// The widths of the cuts: as cards show them, and once more for fine screens.
const WIDE: [u32; 2] = [400, 800];
const SQUARE: [u32; 2] = [160, 320];

/// What the variants are made by: with the bytes of the file, all that they depend on.
#[derive(Serialize)]
pub struct Recipe<'r> {
    cuts: &'r BTreeSet<Focus>,
    widths: &'r [u32],
    quality: u8,
    avif: bool,
}

/// What comes before the bytes of the variants.
#[derive(Debug, Serialize, Deserialize)]
pub struct Head {
    /// The size of the picture, upright.
    pub size: Size,
    /// Its colour on the whole. `None` where one can see through it.
    pub colour: Option<[u8; 3]>,
    /// The variants, in the order of their bytes.
    pub variants: Vec<Entry>,
}

/// A variant whose bytes stand elsewhere.
#[derive(Debug, Serialize, Deserialize)]
pub struct Entry {
    /// What it shows.
    pub part: Part,
    /// Its format.
    pub format: Format,
    /// Its size.
    pub size: Size,
    /// That of its bytes.
    pub fingerprint: Fingerprint,
    /// How many bytes it has.
    pub length: usize,
}

impl<'r> Recipe<'r> {
    /// For a picture that is cut around each of `cuts`.
    pub fn new(cuts: &'r BTreeSet<Focus>, rules: &'r PictureRules) -> Recipe<'r> {
        Recipe { cuts, widths: &rules.widths, quality: rules.quality, avif: rules.avif }
    }

    /// What [`Recipe::make`] depends on.
    pub fn input(&self, source: &Source) -> Fingerprint {
        Fingerprint::of(&(Fingerprint::of_bytes(&source.bytes), self))
    }

    /// The head, and behind it the bytes of all variants.
    ///
    /// # Errors
    /// A file that can't be decoded.
    pub fn make(&self, source: &Source, original: &Original<'_>, kind: Kind) -> Result<Vec<u8>, Diagnostic> {
        let widest = self.widths.iter().chain(&WIDE).copied().max().unwrap_or(1);
        let (image, size) = original.upright(widest)?;
        let pen = Pen::for_picture(&image, kind, self.quality, self.avif);
        let mut press = Press { pen: &pen, variants: Vec::new(), bytes: Vec::new(), span: Span::file(&source.path) };
        press.print(&image, Part::Whole, self.widths)?;
        for focus in self.cuts {
            press.print(&cut(&image, (8, 5), *focus), Part::Wide(*focus), &WIDE)?;
            press.print(&cut(&image, (1, 1), *focus), Part::Square(*focus), &SQUARE)?;
        }
        let head = Head { size, colour: colour(&image), variants: press.variants };
        let head = serde_json::to_vec(&head).unwrap_or_default();
        let length = u32::try_from(head.len()).unwrap_or_default().to_le_bytes();
        Ok([&length[..], &head, &press.bytes].concat())
    }
}

impl Head {
    /// Takes apart what [`Recipe::make`] made: each variant with its bytes. `None` for anything else.
    pub fn read(bytes: &[u8]) -> Option<(Head, Vec<&[u8]>)> {
        let (length, rest) = bytes.split_first_chunk::<4>()?;
        let (head, mut rest) = rest.split_at_checked(u32::from_le_bytes(*length) as usize)?;
        let head: Head = serde_json::from_slice(head).ok()?;
        let mut pieces = Vec::new();
        for entry in &head.variants {
            let (piece, after) = rest.split_at_checked(entry.length)?;
            pieces.push(piece);
            rest = after;
        }
        Some((head, pieces))
    }
}

/// Makes variants, one after the other.
struct Press<'p> {
    pen: &'p Pen,
    variants: Vec<Entry>,
    bytes: Vec<u8>,
    span: Span,
}

impl Press<'_> {
    fn print(&mut self, image: &DynamicImage, part: Part, widths: &[u32]) -> Result<(), Diagnostic> {
        let whole = Size { width: image.width(), height: image.height() };
        for width in widths_of(whole.width, widths) {
            let size = whole.within(width);
            let small = resized(image, size);
            for format in &self.pen.formats {
                let bytes = self.pen.write(&small, *format);
                let bytes = bytes.ok_or_else(|| picture::unencodable(self.span.clone(), format.extension()))?;
                let fingerprint = Fingerprint::of_bytes(&bytes);
                self.variants.push(Entry { part, format: *format, size, fingerprint, length: bytes.len() });
                self.bytes.extend(bytes);
            }
        }
        Ok(())
    }
}

/// Those of `widths` that a picture has, and its own where that lies well above the last of them.
fn widths_of(own: u32, widths: &[u32]) -> Vec<u32> {
    let mut chosen: Vec<u32> = widths.iter().copied().filter(|width| *width <= own).collect();
    let largest = widths.last().copied().unwrap_or(own);
    let last = chosen.last().copied().unwrap_or_default();
    if own < largest && u64::from(own) * 5 > u64::from(last) * 6 {
        chosen.push(own);
    }
    chosen
}

/// The colour of a picture on the whole.
fn colour(image: &DynamicImage) -> Option<[u8; 3]> {
    const FEW: Size = Size { width: 8, height: 8 };
    let DynamicImage::ImageRgb8(few) = resized(image, FEW) else { return None };
    let mean = |channel: usize| {
        let sum: u32 = few.pixels().map(|pixel| u32::from(pixel.0[channel])).sum();
        u8::try_from(sum / (FEW.width * FEW.height)).unwrap_or(u8::MAX)
    };
    Some([mean(0), mean(1), mean(2)])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_variant_is_wider_than_the_picture() {
        let check = |own, expected: &[u32]| assert_eq!(widths_of(own, &[480, 960, 1600]), expected, "{own}");
        check(4000, &[480, 960, 1600]);
        check(1600, &[480, 960, 1600]);
        check(1500, &[480, 960, 1500]);
        check(1000, &[480, 960]);
        check(500, &[480]);
        check(480, &[480]);
        check(40, &[40]);
    }
}
