//! What of a page is on the picture that stands for it where its address is shared.

use super::body::Closed;
use super::view::PosterView;
use super::{Leaf, Renderer, Viewer, records};
use crate::locale::Argument;
use crate::model::question::{Question, asked};
use crate::model::{Page, Site, Subject};
use crate::poster::{Colours, Poster, Rgb, SIZE, Scene, set};

/// A picture smaller than this would be a blur.
const LEAST: u32 = 300;

/// The poster that a page names.
pub(super) struct Hung {
    /// What the page says of it.
    pub view: PosterView,
    /// The poster, where it is to be drawn with this page.
    pub own: Option<Poster>,
}

impl Renderer<'_> {
    /// The poster that a page names: its own or that of the title page.
    pub(super) fn hung(&self, leaf: &Leaf) -> Option<Hung> {
        let page = self.site.pages.get(leaf.page)?;
        let owner = owner(self.site, page)?;
        asked(|| Question::At(owner.route.clone()));
        let id = self.site.id_of(owner)?;
        let first = Leaf { page: id, number: 1, count: 1, route: owner.route.clone() };
        let viewer = self.viewer(&first)?;
        let poster = viewer.poster()?;
        let route = owner.route.join(&poster.file());
        let view = PosterView {
            canonical: self.site.settings.links.canonical(&route),
            width: SIZE.width,
            height: SIZE.height,
            alt: viewer.told(&poster),
        };
        Some(Hung { view, own: (leaf.route == owner.route).then_some(poster) })
    }
}

/// The page whose poster stands for `page`: its own for what people share, that of the title page for lists and the like.
fn owner<'s>(site: &'s Site, page: &'s Page) -> Option<&'s Page> {
    let is_draft = page.document.as_ref().is_some_and(|document| document.front.draft);
    if !site.draws_cards || is_draft || page.is_for_paper() || page.subject == Subject::NotFound {
        return None;
    }
    match page.subject {
        Subject::Home | Subject::Section(_) | Subject::Article => Some(page),
        Subject::Hospital(_) | Subject::Event(_) | Subject::Posting(_) | Subject::Programme(_) => Some(page),
        _ => site.home(&page.language),
    }
}

impl Viewer<'_> {
    /// `None` where its heading is in a script that the letters of posters do not have.
    fn poster(&self) -> Option<Poster> {
        let (page, settings) = (self.scene.page, &self.scene.site.settings);
        let mut aside = Closed::default();
        let (title, site) = (set(&self.title(page, &mut aside))?, set(&self.text(&settings.title))?);
        let publisher = set(&self.text(&settings.publisher.name)).filter(|name| !name.is_empty());
        let is_home = page.subject == Subject::Home;
        let lead = match page.subject {
            Subject::Home | Subject::Section(_) => self.described(page, &mut aside),
            _ => String::new(),
        };
        let lead = if lead.is_empty() && is_home { self.text(&settings.description) } else { lead };
        Some(Poster {
            // The card of the site itself has its name as the heading.
            site: publisher.filter(|_| title == site).unwrap_or_else(|| site.clone()),
            title: if title.is_empty() { site } else { title },
            label: set(&self.label(&mut aside)).unwrap_or_default(),
            date: set(&self.day()).unwrap_or_default(),
            lead: set(&lead).unwrap_or_default(),
            scene: self.poster_scene(),
            colours: self.colours(),
        })
    }

    /// What the page is: an issue, its kind where that says something, or the section that it stands in.
    fn label(&self, closed: &mut Closed) -> String {
        let page = self.scene.page;
        if page.is_issue() {
            return self.issue_label(page);
        }
        let kind = match page.kind() {
            "page" => String::new(),
            kind => self.word(&format!("kind-{kind}")),
        };
        if kind.is_empty() { self.section(page, closed).map(|section| section.title).unwrap_or_default() } else { kind }
    }

    fn day(&self) -> String {
        let page = self.scene.page;
        let event = match &page.subject {
            Subject::Event(id) => self.scene.site.data.event(id),
            _ => None,
        };
        match (event, page.front.date) {
            (Some(event), _) => records::event(&self.scene, event).when,
            (None, Some(date)) => self.date(date).long,
            (None, None) => String::new(),
        }
    }

    /// The page's picture, where it may go out alone: with the name of who made it.
    fn poster_scene(&self) -> Option<Scene> {
        let (site, page) = (self.scene.site, self.scene.page);
        let cover = page.front.cover.as_ref()?;
        let credit = cover.credit.as_deref().filter(|credit| !credit.trim().is_empty())?;
        let source = site.asset_source(page, cover.src.as_deref()?)?;
        asked(|| Question::Picture(source.into()));
        let variant = self.scene.pictures.get(source)?.as_ref()?.whole.last()?;
        (variant.size.width.min(variant.size.height) >= LEAST).then(|| Scene {
            name: variant.route.to_string(),
            focus: page.focus(),
            credit: set(credit).unwrap_or_default(),
            variant: variant.clone(),
        })
    }

    /// The colours of the theme; those of plain paper where it has none by that name.
    fn colours(&self) -> Colours {
        let first = |names: &[&str]| names.iter().find_map(|name| self.scene.theme.paper.get(*name)).copied();
        let of = |names: &[&str], otherwise: Rgb| first(names).unwrap_or(otherwise);
        const WHITE: Rgb = [255; 3];
        const INK: Rgb = [26, 28, 33];
        Colours {
            ground: of(&["bg"], WHITE),
            shape: of(&["sun", "soft", "tint"], [238; 3]),
            text: of(&["text"], INK),
            faint: of(&["text2", "text"], INK),
            label: of(&["link", "text"], INK),
            band: of(&["brand", "link", "text"], INK),
            on_band: of(&["on-brand", "bg"], WHITE),
        }
    }

    /// The poster in words.
    fn told(&self, poster: &Poster) -> String {
        let alt = self.scene.page.front.cover.as_ref().and_then(|cover| cover.alt.as_deref());
        let alt = alt.filter(|_| poster.scene.is_some()).unwrap_or(&poster.lead);
        let two = |word: &str, first: &str, second: &str| {
            let arguments = [("first", Argument::from(first)), ("second", Argument::from(second))];
            self.scene.words.get(word, &arguments).unwrap_or_else(|| first.to_owned())
        };
        let Poster { title, site, .. } = poster;
        let is_site = self.scene.page.subject == Subject::Home;
        let name = if is_site { title.clone() } else { two("card-alt-name", title, site) };
        if alt.is_empty() { name } else { two("card-alt", &name, alt) }
    }
}
