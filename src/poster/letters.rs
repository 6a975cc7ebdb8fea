//! The letters of posters: which there are, how wide they are, their outlines.

use std::sync::OnceLock;

use icu_normalizer::{ComposingNormalizerBorrowed, DecomposingNormalizerBorrowed};
use tiny_skia::PathBuilder;
use ttf_parser::{Face, GlyphId, OutlineBuilder};
use unicode_script::{Script, UnicodeScript};

/// How it was made stands in `font/README.md`.
static FONT: &[u8] = include_bytes!("font/NotoSansJP-Bold.otf");

/// The mark that Japanese printers set for a letter they do not have.
const MISSING: char = '〓';

/// A text as it can be set: pictures such as emoji are left out, a letter that the font lacks goes without its marks, and
/// where that is none of the font's either, it is the printers' mark for that. `None` where so many are lacking that the text could not be read: it is in another script.
pub fn set(text: &str) -> Option<String> {
    let letters = Letters::get()?;
    let (mut set, mut all, mut lacking) = (String::with_capacity(text.len()), 0, 0);
    for letter in ComposingNormalizerBorrowed::new_nfc().normalize(text).chars() {
        all += 1;
        match letter {
            _ if letter.is_whitespace() => set.push(' '),
            _ if letters.has(letter) => set.push(letter),
            _ if letters.has(bare(letter)) => set.push(bare(letter)),
            // Signs belong to no script, nor do the selectors that choose the shape of a letter.
            _ if matches!(letter.script(), Script::Common | Script::Inherited | Script::Unknown) => {}
            _ => {
                set.push(MISSING);
                lacking += 1;
            }
        }
    }
    (lacking * 5 <= all).then(|| set.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" "))
}

/// A letter without its marks.
fn bare(letter: char) -> char {
    DecomposingNormalizerBorrowed::new_nfd().normalize_iter(std::iter::once(letter)).next().unwrap_or(letter)
}

/// The font. Its measures are in thousandths of the size of letters.
pub struct Letters {
    face: Face<'static>,
}

impl Letters {
    /// The one font. `None` would be a fault of this program, which a test rules out.
    pub fn get() -> Option<&'static Letters> {
        static LETTERS: OnceLock<Option<Letters>> = OnceLock::new();
        LETTERS.get_or_init(|| Some(Letters { face: Face::parse(FONT, 0).ok()? })).as_ref()
    }

    /// How wide a text is.
    pub fn width(&self, text: &str) -> i32 {
        self.placed(text).1
    }

    /// The outlines of a text whose first letter stands on (`x`, `y`).
    pub fn outlines(&self, text: &str, (x, y): (f32, f32), size: f32) -> PathBuilder {
        let scale = size / 1000.0;
        let mut path = PathBuilder::new();
        for (glyph, place) in self.placed(text).0 {
            let mut pen = Pen { path: &mut path, x: x + place as f32 * scale, y, scale };
            self.face.outline_glyph(glyph, &mut pen);
        }
        path
    }

    fn has(&self, letter: char) -> bool {
        self.face.glyph_index(letter).is_some()
    }

    /// The letters of a text with the place of each, and where the next one would be.
    fn placed(&self, text: &str) -> (Vec<(GlyphId, i32)>, i32) {
        let (mut placed, mut place, mut before) = (Vec::new(), 0, None);
        for glyph in text.chars().filter_map(|letter| self.face.glyph_index(letter)) {
            place += before.map_or(0, |before| self.nearer(before, glyph));
            placed.push((glyph, place));
            place += i32::from(self.face.glyph_hor_advance(glyph).unwrap_or_default());
            before = Some(glyph);
        }
        (placed, place)
    }

    /// By how much two letters stand nearer than their widths say; negative where they do.
    fn nearer(&self, left: GlyphId, right: GlyphId) -> i32 {
        let tables = self.face.tables().kern.into_iter().flat_map(|kern| kern.subtables);
        tables.filter_map(|table| table.glyphs_kerning(left, right)).map(i32::from).sum()
    }
}

/// Draws outlines of the font, whose y goes up, where y goes down.
struct Pen<'p> {
    path: &'p mut PathBuilder,
    x: f32,
    y: f32,
    scale: f32,
}

impl Pen<'_> {
    fn at(&self, x: f32, y: f32) -> (f32, f32) {
        (self.x + x * self.scale, self.y - y * self.scale)
    }
}

impl OutlineBuilder for Pen<'_> {
    fn move_to(&mut self, x: f32, y: f32) {
        let (x, y) = self.at(x, y);
        self.path.move_to(x, y);
    }

    fn line_to(&mut self, x: f32, y: f32) {
        let (x, y) = self.at(x, y);
        self.path.line_to(x, y);
    }

    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        let ((x1, y1), (x, y)) = (self.at(x1, y1), self.at(x, y));
        self.path.quad_to(x1, y1, x, y);
    }

    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        let ((x1, y1), (x2, y2), (x, y)) = (self.at(x1, y1), self.at(x2, y2), self.at(x, y));
        self.path.cubic_to(x1, y1, x2, y2, x, y);
    }

    fn close(&mut self) {
        self.path.close();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_can_be_set_is_set() {
        let check = |text: &str, expected: Option<&str>| assert_eq!(set(text).as_deref(), expected, "{text}");
        check("研修医と海のまち", Some("研修医と海のまち"));
        check("髙﨑・濵田・𠮷野・①〓ｱ— Tōkyō, Genève", Some("髙﨑・濵田・𠮷野・①〓ｱ— Tōkyō, Genève"));
        check("Karel Čapek", Some("Karel Capek"));
        check("か\u{3099}くしゅう", Some("がくしゅう"));
        check("夏の学習会🎉 ひらきました👩‍⚕️", Some("夏の学習会 ひらきました"));
        check("辻\u{E0100}さん", Some("辻さん"));
        check("\u{3000}はじめに \n つぎに ", Some("はじめに つぎに"));
        check("𩸽という魚の名前のこと", Some("〓という魚の名前のこと"));
        check("안녕하세요", None);
        check("", Some(""));
    }

    #[test]
    fn letters_have_their_widths() {
        let letters = Letters::get().expect("a font");
        assert_eq!(letters.width("海辺"), 2000);
        assert_eq!(letters.width("「海」、"), 3500, "two marks share their blanks");
        assert!(letters.width("AV") < letters.width("A") + letters.width("V"));
        assert!(letters.width("ill") < letters.width("www"));
    }
}
