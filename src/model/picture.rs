//! Which pictures a site shows, and how: only these are made ready.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use serde_yaml::Mapping;

use crate::model::{Page, Site};
use crate::parse::{BlockContent, Part};

/// What must stay to be seen where a part of a picture is shown, in hundredths from the left and from the top.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Focus {
    /// From the left.
    pub x: u8,
    /// From the top.
    pub y: u8,
}

/// How a site uses one of its pictures.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Showing {
    /// Whether a page shows it.
    pub shown: bool,
    /// Whether a link leads to the file itself.
    pub linked: bool,
    /// As the cover of a page it is cut for lists, around each of these.
    pub cuts: BTreeSet<Focus>,
}

impl Default for Focus {
    fn default() -> Focus {
        Focus { x: 50, y: 50 }
    }
}

impl Focus {
    /// Reads `30% 60%`, or words as in `top left`. `None` for anything else.
    pub fn parse(text: &str) -> Option<Focus> {
        let words: Vec<&str> = text.split([' ', ',']).filter(|word| !word.is_empty()).collect();
        let percent = |word: &str| word.strip_suffix('%')?.parse::<u8>().ok().filter(|percent| *percent <= 100);
        if let [x, y] = words[..]
            && let (Some(x), Some(y)) = (percent(x), percent(y))
        {
            return Some(Focus { x, y });
        }
        let (mut across, mut down) = (None, None);
        for word in &words {
            let (side, percent) = match *word {
                "left" => (&mut across, 0),
                "right" => (&mut across, 100),
                "top" => (&mut down, 0),
                "bottom" => (&mut down, 100),
                "center" | "centre" if words.len() == 1 => return Some(Focus::default()),
                "center" | "centre" => continue,
                _ => return None,
            };
            if side.replace(percent).is_some() {
                return None;
            }
        }
        let is_some = across.is_some() || down.is_some();
        is_some.then(|| Focus { x: across.unwrap_or(50), y: down.unwrap_or(50) })
    }
}

impl Page {
    /// The focal point of its cover: the middle where none is written, or none that can be read.
    pub fn focus(&self) -> Focus {
        let written = self.front.cover.as_ref().and_then(|cover| cover.focus.as_deref());
        written.and_then(Focus::parse).unwrap_or_default()
    }
}

/// The pictures and other files that pages of a site show or link to, by the path of their source.
pub(super) fn showings(site: &Site) -> BTreeMap<String, Showing> {
    let none = || Showings { site, found: BTreeMap::new() };
    let of_pages = site.pages.par_iter().fold(none, |mut showings, page| {
        showings.page(page);
        showings
    });
    of_pages.reduce(none, Showings::with).found
}

/// Those of one page.
pub(super) fn showings_of(site: &Site, page: &Page) -> BTreeMap<String, Showing> {
    let mut showings = Showings { site, found: BTreeMap::new() };
    showings.page(page);
    showings.found
}

struct Showings<'s> {
    site: &'s Site,
    found: BTreeMap<String, Showing>,
}

impl Showings<'_> {
    fn page(&mut self, page: &Page) {
        if let Some(source) = page.front.cover.as_ref().and_then(|cover| cover.src.as_deref()) {
            self.change(page, source, |showing| {
                showing.shown = true;
                showing.cuts.insert(page.focus());
            });
        }
        if let Some(body) = page.body() {
            self.parts(page, &body.parts);
        }
    }

    /// What either of two says.
    fn with(mut self, other: Self) -> Self {
        for (source, showing) in other.found {
            let Showing { shown, linked, cuts } = self.found.entry(source).or_default();
            *shown |= showing.shown;
            *linked |= showing.linked;
            cuts.extend(showing.cuts);
        }
        self
    }

    fn change(&mut self, page: &Page, target: &str, change: impl FnOnce(&mut Showing)) {
        if let Some(source) = self.site.asset_source(page, target) {
            change(self.found.entry(source.to_owned()).or_default());
        }
    }

    fn parts(&mut self, page: &Page, parts: &[Part]) {
        for part in parts {
            match part {
                Part::Image(image) => {
                    self.change(page, &image.source.text, |showing| showing.shown = true);
                    self.parts(page, &image.caption);
                }
                Part::Address(target) => {
                    let path = target.text.split('#').next().unwrap_or_default();
                    // Most lead to a page, which is found by its source or its folder.
                    if !path.is_empty() && !path.ends_with(".md") && !path.ends_with('/') {
                        self.change(page, path, |showing| showing.linked = true);
                    }
                }
                Part::Block(block) => self.block(page, &block.content),
                _ => {}
            }
        }
    }

    fn block(&mut self, page: &Page, content: &BlockContent) {
        match content {
            BlockContent::Prose { body, byline } => {
                self.parts(page, &body.parts);
                self.parts(page, byline);
            }
            BlockContent::Questions(questions) => {
                for question in questions {
                    self.parts(page, &question.question);
                    self.parts(page, &question.answer.parts);
                }
            }
            BlockContent::Images(images) => {
                for image in images {
                    self.change(page, &image.source.text, |showing| showing.shown = true);
                    self.parts(page, &image.caption);
                }
            }
            // What is wrong with the YAML of a profile, `render` says. Few blocks of data name a picture.
            BlockContent::Data(fence) if fence.text.contains("image") => {
                let fields = serde_yaml::from_str::<Mapping>(&fence.text).unwrap_or_default();
                if let Some(image) = fields.get("image").and_then(|image| image.as_str()) {
                    self.change(page, image, |showing| showing.shown = true);
                }
            }
            BlockContent::Data(_) => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn focal_points_are_shares_or_words() {
        let check = |text: &str, expected: Option<(u8, u8)>| {
            assert_eq!(Focus::parse(text).map(|focus| (focus.x, focus.y)), expected, "{text}");
        };
        check("30% 60%", Some((30, 60)));
        check("0%, 100%", Some((0, 100)));
        check("top", Some((50, 0)));
        check("left bottom", Some((0, 100)));
        check("center right", Some((100, 50)));
        check("center", Some((50, 50)));
        for text in ["", "30%", "30 60", "130% 0%", "top bottom", "左上", "-3% 4%"] {
            check(text, None);
        }
    }
}
