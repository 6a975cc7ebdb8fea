//! The picture that stands for a page where its address is shared: what is on it, and its drawing.
//!
//! It is drawn here, without a browser and with a font of the program's own, so that it is the same on every machine. What
//! is to be on it is one plain value; its file is named after that, so a page can name the file before there is one.

use serde::Serialize;

use crate::cache::Cache;
use crate::fingerprint::Fingerprint;
use crate::media::{Format, Size, Variant};
use crate::model::Focus;

mod drawing;
mod letters;
mod lines;

pub use letters::set;

/// Its size, as services that show shared links want it.
pub const SIZE: Size = Size { width: 1200, height: 630 };

/// Raise its number where the same poster comes out otherwise.
const STEP: &str = "poster-1";

/// All that is on a poster. Its texts have gone through [`set`].
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Poster {
    /// The heading of the page.
    pub title: String,
    /// What it is, above the heading: its kind or its section.
    pub label: String,
    /// Its day, beside that.
    pub date: String,
    /// A sentence below the heading.
    pub lead: String,
    /// The name of the site; who publishes it where that is the heading.
    pub site: String,
    /// Its picture.
    pub scene: Option<Scene>,
    /// Its colours.
    pub colours: Colours,
}

/// The picture of a page on its poster.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Scene {
    /// The address of the file that it is taken from, which changes with its bytes.
    pub name: String,
    /// What must stay to be seen.
    pub focus: Focus,
    /// Who made it.
    pub credit: String,
    /// That file.
    #[serde(skip)]
    pub variant: Variant,
}

/// Red, green and blue.
pub type Rgb = [u8; 3];

/// The colours of a poster: those of its theme on paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Colours {
    /// Behind everything.
    pub ground: Rgb,
    /// A large round shape on the ground.
    pub shape: Rgb,
    /// The heading.
    pub text: Rgb,
    /// What counts for less.
    pub faint: Rgb,
    /// The label.
    pub label: Rgb,
    /// The strip with the name of the site.
    pub band: Rgb,
    /// That name.
    pub on_band: Rgb,
}

impl Poster {
    /// The name of its file, which changes with anything that is on it.
    pub fn file(&self) -> String {
        let hash = self.fingerprint().to_string();
        format!("card.{}.{}", &hash[..12], self.format().extension())
    }

    /// The file itself, as it was drawn in an earlier run or is drawn now.
    pub fn bytes(&self, cache: &Cache) -> Vec<u8> {
        cache.remember(STEP, self.fingerprint(), || drawing::draw(self))
    }

    fn fingerprint(&self) -> Fingerprint {
        Fingerprint::of(&(STEP, self))
    }

    /// Photographs are much smaller as JPEG; letters on a plain ground are clearer as PNG, and smaller too.
    fn format(&self) -> Format {
        match self.scene.as_ref().map(|scene| scene.variant.format) {
            None | Some(Format::Png) => Format::Png,
            Some(_) => Format::Jpeg,
        }
    }
}
