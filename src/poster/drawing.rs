//! The drawing of a poster: shapes, letters, a picture. Only what comes out alike on every machine: plain colours and
//! outlines; no gradients and nothing turned.

use image::{Rgb as Pixel, RgbImage};
use tiny_skia::{FillRule, Paint, Path, PathBuilder, Pixmap, Rect, Transform};

use super::letters::Letters;
use super::lines::{LEADING, Lines, Room, fit, line};
use super::{Poster, Rgb, SIZE, Scene};
use crate::media::{Size, cut_to, encoded};

/// From the edges to what is on it.
const MARGIN: f32 = 64.0;
/// The strip at the foot.
const BAND: u32 = 96;
/// The picture, at the right above the strip.
const SCENE: Size = Size { width: 500, height: SIZE.height - BAND };
/// Where the label stands.
const LABEL: f32 = 122.0;
/// The size of its letters.
const LABEL_SIZE: f32 = 34.0;
/// The room for the heading: from here to the strip.
const HEADING: f32 = 156.0;
/// The sizes of its letters.
const SIZES: [f32; 9] = [92.0, 84.0, 76.0, 68.0, 60.0, 54.0, 48.0, 42.0, 36.0];
/// The size of letters of the sentence below it, and of those in the strip.
const LEAD_SIZE: f32 = 32.0;
const SITE_SIZE: f32 = 36.0;
const CREDIT_SIZE: f32 = 20.0;
/// How wide the name of who made the picture may be.
const CREDIT: f32 = 620.0;

/// The file of a poster.
pub fn draw(poster: &Poster) -> Vec<u8> {
    drawn(poster).and_then(|image| encoded(image, poster.format())).unwrap_or_default()
}

fn drawn(poster: &Poster) -> Option<RgbImage> {
    let mut sheet = Sheet::new(poster.colours.ground)?;
    let scene = poster.scene.as_ref().and_then(|scene| Some((scene, cut_to(&scene.variant, scene.focus, SCENE)?)));
    let (width, height) = (SIZE.width as f32, SIZE.height as f32);
    let right = match &scene {
        Some((_, image)) => {
            sheet.image(image, (SIZE.width - SCENE.width, 0));
            width - SCENE.width as f32 - MARGIN * 0.75
        }
        None => {
            sheet.circle(poster.colours.shape, (width - 150.0, 130.0), 250.0);
            width - MARGIN
        }
    };
    sheet.rect(poster.colours.band, (MARGIN, 56.0), (72.0, 10.0));
    sheet.label(poster, right - MARGIN);
    sheet.heading(poster, right - MARGIN);
    sheet.rect(poster.colours.band, (0.0, height - BAND as f32), (width, BAND as f32));
    sheet.foot(poster, scene.map(|(scene, _)| scene));
    Some(sheet.picture())
}

/// What is drawn on.
struct Sheet {
    pixels: Pixmap,
    letters: &'static Letters,
}

impl Sheet {
    fn new(ground: Rgb) -> Option<Sheet> {
        let mut sheet = Sheet { pixels: Pixmap::new(SIZE.width, SIZE.height)?, letters: Letters::get()? };
        let [red, green, blue] = ground;
        sheet.pixels.fill(tiny_skia::Color::from_rgba8(red, green, blue, u8::MAX));
        Some(sheet)
    }

    /// What the page is, and its day.
    fn label(&mut self, poster: &Poster, across: f32) {
        let label = line(self.letters, &poster.label, LABEL_SIZE, across);
        self.text(poster.colours.label, &label, LABEL_SIZE, (MARGIN, LABEL));
        let begins = if label.is_empty() { 0.0 } else { self.width(&label, LABEL_SIZE) + LABEL_SIZE * 0.75 };
        if begins + self.width(&poster.date, LABEL_SIZE) <= across {
            self.text(poster.colours.faint, &poster.date, LABEL_SIZE, (MARGIN + begins, LABEL));
        }
    }

    /// The heading and the sentence below it, in the middle of their room.
    fn heading(&mut self, poster: &Poster, across: f32) {
        const GAP: f32 = 28.0;
        let height = SIZE.height as f32 - BAND as f32 - HEADING - MARGIN * 0.5;
        let lead = match poster.lead.is_empty() {
            true => Lines { size: LEAD_SIZE, lines: Vec::new() },
            false => {
                let room = Room { width: across, height: LEAD_SIZE * LEADING * 3.0, sizes: &[LEAD_SIZE] };
                fit(self.letters, &poster.lead, room)
            }
        };
        let below = if lead.lines.is_empty() { 0.0 } else { height_of(&lead) + GAP };
        let room = Room { width: across, height: height - below, sizes: &SIZES };
        let title = fit(self.letters, &poster.title, room);
        let top = HEADING + (height - height_of(&title) - below) / 2.0;
        self.lines(poster.colours.text, &title, top);
        self.lines(poster.colours.faint, &lead, top + height_of(&title) + GAP);
    }

    /// The name of the site, and who made the picture.
    fn foot(&mut self, poster: &Poster, scene: Option<&Scene>) {
        let (width, on_band) = (SIZE.width as f32, poster.colours.on_band);
        let middle = SIZE.height as f32 - BAND as f32 / 2.0;
        // A letter is about three quarters of its size high.
        let baseline = |size: f32| middle + size * 0.37;
        let credit = scene.map_or("", |scene| &scene.credit);
        let credit = line(self.letters, credit, CREDIT_SIZE, CREDIT);
        let credit_width = self.width(&credit, CREDIT_SIZE);
        self.text(on_band, &credit, CREDIT_SIZE, (width - MARGIN - credit_width, baseline(CREDIT_SIZE)));
        let site = line(self.letters, &poster.site, SITE_SIZE, width - MARGIN * 3.0 - credit_width);
        self.text(on_band, &site, SITE_SIZE, (MARGIN, baseline(SITE_SIZE)));
    }

    fn lines(&mut self, colour: Rgb, text: &Lines, top: f32) {
        for (number, line) in text.lines.iter().enumerate() {
            let baseline = top + text.size * (1.04 + LEADING * number as f32);
            self.text(colour, line, text.size, (MARGIN, baseline));
        }
    }

    fn width(&self, text: &str, size: f32) -> f32 {
        self.letters.width(text) as f32 * size / 1000.0
    }

    fn text(&mut self, colour: Rgb, text: &str, size: f32, (x, y): (f32, f32)) {
        // The blank half of a bracket stands in the margin.
        let hangs = text.starts_with(['「', '『', '（', '【', '〈', '《', '〔', '［', '｛']);
        let x = if hangs { x - size * 0.5 } else { x };
        let path = self.letters.outlines(text, (x, y), size).finish();
        self.fill(colour, path);
    }

    fn rect(&mut self, colour: Rgb, (x, y): (f32, f32), (width, height): (f32, f32)) {
        self.fill(colour, Rect::from_xywh(x, y, width, height).map(PathBuilder::from_rect));
    }

    fn circle(&mut self, colour: Rgb, (x, y): (f32, f32), radius: f32) {
        self.fill(colour, PathBuilder::from_circle(x, y, radius));
    }

    fn fill(&mut self, [red, green, blue]: Rgb, path: Option<Path>) {
        let Some(path) = path else { return };
        let mut paint = Paint::default();
        paint.set_color_rgba8(red, green, blue, u8::MAX);
        self.pixels.fill_path(&path, &paint, FillRule::Winding, Transform::identity(), None);
    }

    /// Puts an image down. Nothing is mixed, so its pixels stay what they are.
    fn image(&mut self, image: &RgbImage, (left, top): (u32, u32)) {
        let width = SIZE.width as usize;
        let rows = self.pixels.data_mut().chunks_exact_mut(width * 4).skip(top as usize);
        for (row, line) in rows.zip(image.rows()) {
            let pixels = row.chunks_exact_mut(4).skip(left as usize);
            for (pixel, Pixel([red, green, blue])) in pixels.zip(line) {
                pixel.copy_from_slice(&[*red, *green, *blue, u8::MAX]);
            }
        }
    }

    /// All is opaque, so that its pixels are what they seem.
    fn picture(&self) -> RgbImage {
        let mut picture = RgbImage::new(SIZE.width, SIZE.height);
        for (to, from) in picture.pixels_mut().zip(self.pixels.pixels()) {
            *to = Pixel([from.red(), from.green(), from.blue()]);
        }
        picture
    }
}

fn height_of(lines: &Lines) -> f32 {
    lines.lines.len() as f32 * lines.size * LEADING
}
