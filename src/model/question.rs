//! What a page asks of the site: a page need not be made again while every question has the answer that it had.
//!
//! The ways into [`Site`] and [`Data`] say what they are asked. Whoever listens has, when the work is done, everything
//! that it read of the site, apart from the settings, the day and the files beside pages, which are asked at every turn.
//! Two sites are then compared question by question, and by the answers themselves: nothing is left out of a hash.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::sync::Arc;

use rayon::prelude::*;

use super::data::Data;
use super::page::{Page, PageId, Subject};
use super::route::Route;
use super::{PageDocument, Site, subjects_of};
use crate::locale::Language;

/// One question.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Question {
    /// A whole list of the data, in order.
    All(Topic),
    /// One thing of such a list by any of its names; there may be none, or several.
    Named(Topic, Box<str>),
    /// The page at an address, with what others see of it.
    At(Route),
    /// The page made from a source.
    From(Box<str>),
    /// The page about something.
    About(Language, Subject),
    /// The page of the glossary.
    Glossary(Language),
    /// The translations of a page, by what they have in common.
    Translations(Box<str>),
    /// The pages before and after the one at that address.
    Neighbours(Route),
    /// The numbers of what is numbered on the page at that address.
    Numbers(Route),
    /// The pages that are numbered together with the one at that address, and their texts.
    Volume(Route),
    /// The text of the page at that address: which places in it can be linked.
    Text(Route),
    /// Which pages there are, and what their front matter says: whatever goes through them all to make a list.
    Lists,
    /// The issues that the page at that address stands in.
    Issues(Route),
    /// A picture as it is shown. `media` knows the answer.
    Picture(Box<str>),
    /// All there is: what is bound of many pages, or tells of the site as a whole.
    Everything,
    /// The file in which a theme has a template, and those that it is made of.
    Template {
        /// The theme.
        theme: Box<str>,
        /// The template with its folder: `panels/trend.html`.
        name: Box<str>,
    },
}

/// The lists of the data.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Topic {
    /// Areas.
    Areas,
    /// Hospitals.
    Hospitals,
    /// Indicators, those that are worked out among them.
    Indicators,
    /// Formulas of indicators, and indicators that lack something.
    Derivations,
    /// What must hold between figures, and so all figures.
    Checks,
    /// Flow tables.
    Flows,
    /// Plain tables.
    Tables,
    /// Events.
    Events,
    /// People.
    People,
    /// Postings.
    Postings,
    /// Terms of the glossary.
    Terms,
    /// Programmes.
    Programmes,
    /// Departments.
    Departments,
    /// Rule sets.
    RuleSets,
    /// Outlines of places.
    Outlines,
    /// The accessibility papers.
    Accessibility,
    /// The indicators over areas alone.
    OfAreas,
    /// The indicators over hospitals alone.
    OfHospitals,
}

/// All of them.
const TOPICS: [Topic; 18] = [
    Topic::Areas,
    Topic::Hospitals,
    Topic::Indicators,
    Topic::Derivations,
    Topic::Checks,
    Topic::Flows,
    Topic::Tables,
    Topic::Events,
    Topic::People,
    Topic::Postings,
    Topic::Terms,
    Topic::Programmes,
    Topic::Departments,
    Topic::RuleSets,
    Topic::Outlines,
    Topic::Accessibility,
    Topic::OfAreas,
    Topic::OfHospitals,
];

thread_local! {
    /// What was asked since somebody on this thread began to listen.
    static HEARD: RefCell<Option<BTreeSet<Question>>> = const { RefCell::new(None) };
}

/// Says that a question is asked. Where nobody listens it is not even put into words.
pub fn asked(question: impl FnOnce() -> Question) {
    HEARD.with_borrow_mut(|heard| {
        if let Some(heard) = heard {
            heard.insert(question());
        }
    });
}

/// Asks many questions again.
pub fn asked_all(questions: &BTreeSet<Question>) {
    HEARD.with_borrow_mut(|heard| {
        if let Some(heard) = heard {
            heard.extend(questions.iter().cloned());
        }
    });
}

/// Does some work whose result others will use too, and says what it asks, where somebody listens at all.
pub fn overheard<T>(work: impl FnOnce() -> T) -> (T, BTreeSet<Question>) {
    match HEARD.with_borrow(Option::is_some) {
        true => listen(work),
        false => (work(), BTreeSet::new()),
    }
}

/// Does some work and listens to what it asks. The work must stay on this thread.
pub fn listen<T>(work: impl FnOnce() -> T) -> (T, BTreeSet<Question>) {
    let around = HEARD.replace(Some(BTreeSet::new()));
    let done = work();
    let heard = HEARD.replace(around);
    (done, heard.unwrap_or_default())
}

/// Two states of one site, with the same settings and files beside pages, made on the same day.
pub struct Comparison<'s> {
    old: &'s Site,
    new: &'s Site,
    /// The lists of the data that are not the same.
    changed_topics: BTreeSet<Topic>,
    /// Where all pages are the same but for texts: the questions that get another answer for those texts.
    changed_answers: Option<BTreeSet<Question>>,
}

impl<'s> Comparison<'s> {
    /// Compares two states as wholes.
    pub fn new(old: &'s Site, new: &'s Site) -> Comparison<'s> {
        let pairs = old.pages.par_iter().zip(new.pages.par_iter());
        let same_lists = old.pages.len() == new.pages.len() && pairs.all(|(old, new)| same_front(old, new));
        let same_data = Arc::ptr_eq(&old.data, &new.data);
        let is_changed = |topic: &Topic| !same_data && !same_list(&old.data, &new.data, *topic);
        Comparison {
            changed_topics: TOPICS.into_iter().filter(is_changed).collect(),
            changed_answers: same_lists.then(|| changed_answers(old, new)),
            old,
            new,
        }
    }

    /// Whether nothing at all is another, as far as the site knows.
    pub fn is_same(&self) -> bool {
        self.changed_topics.is_empty() && self.changed_answers.as_ref().is_some_and(BTreeSet::is_empty)
    }

    /// Whether all that stands in data files stands where it stood, so that findings still point at it. Two things of the
    /// data are the same wherever they stand.
    pub fn has_same_places(&self) -> bool {
        Arc::ptr_eq(&self.old.data, &self.new.data)
    }

    /// Whether a page of the old site and one of the new are the same in everything.
    pub fn is_same_page(&self, old: PageId, new: PageId) -> bool {
        match (self.old.pages.get(old), self.new.pages.get(new)) {
            (Some(old), Some(new)) => same_document(old, new) && same_front(old, new),
            _ => false,
        }
    }

    /// Whether a question has the same answer in both. The site knows nothing of templates.
    pub fn same(&self, question: &Question) -> bool {
        match (question, &self.changed_answers) {
            (Question::Template { .. } | Question::Picture(_) | Question::Everything, _) => false,
            (Question::All(topic), _) => !self.changed_topics.contains(topic),
            (Question::Named(topic, name), _) => {
                !self.changed_topics.contains(topic) || self.old.data.same_named(&self.new.data, *topic, name)
            }
            (Question::Volume(route), _) => self.same_volume(route),
            (question, Some(changed)) => !changed.contains(question),
            (question, None) => self.same_of_pages(question),
        }
    }

    fn same_of_pages(&self, question: &Question) -> bool {
        let (old, new) = (self.old, self.new);
        match question {
            Question::At(route) => same_seen(old.page_at(route), new.page_at(route)),
            Question::From(path) => same_seen(old.page_from(path), new.page_from(path)),
            Question::About(language, subject) => {
                same_seen(old.page_in(language, subject), new.page_in(language, subject))
            }
            Question::Glossary(language) => same_seen(old.glossary(language), new.glossary(language)),
            Question::Translations(key) => same_all(old.translations(key), new.translations(key)),
            Question::Neighbours(route) => self.same_neighbours(route),
            Question::Numbers(route) => self.same_numbers_at(route),
            Question::Issues(route) => self.same_issues(route),
            Question::Text(route) => match (old.page_at(route), new.page_at(route)) {
                (Some(old), Some(new)) => same_document(old, new),
                (old, new) => old.is_none() && new.is_none(),
            },
            Question::Lists
            | Question::All(_)
            | Question::Named(..)
            | Question::Volume(_)
            | Question::Picture(_)
            | Question::Everything
            | Question::Template { .. } => false,
        }
    }

    fn same_neighbours(&self, route: &Route) -> bool {
        let around = |site: &'s Site| site.page_at(route).map(|page| site.neighbours(page));
        match (around(self.old), around(self.new)) {
            (Some((before, after)), Some((new_before, new_after))) => {
                same_seen(before, new_before) && same_seen(after, new_after)
            }
            (old, new) => old.is_none() && new.is_none(),
        }
    }

    fn same_issues(&self, route: &Route) -> bool {
        let issues = |site: &'s Site| -> Vec<&'s Page> {
            site.page_at(route).into_iter().flat_map(|page| site.issues_with(page)).collect()
        };
        same_all(issues(self.old), issues(self.new))
    }

    fn same_numbers_at(&self, route: &Route) -> bool {
        let numbers = |site: &'s Site| site.page_at(route).map(|page| site.numbers(page));
        numbers(self.old) == numbers(self.new)
    }

    fn same_volume(&self, route: &Route) -> bool {
        let (Some(old), Some(new)) = (self.old.page_at(route), self.new.page_at(route)) else { return false };
        let (olds, news) = (self.old.volume(old), self.new.volume(new));
        let same = |(old, new): (&&Page, &&Page)| {
            same_document(old, new) && same_front(old, new) && self.old.numbers(old) == self.new.numbers(new)
        };
        olds.len() == news.len() && olds.iter().zip(&news).all(same)
    }
}

/// The questions about pages that get another answer where nothing but texts was changed: the same pages stand at the
/// same places of the same lists.
fn changed_answers(old: &Site, new: &Site) -> BTreeSet<Question> {
    let pairs = old.pages.iter().zip(new.pages.iter());
    let edited = pairs.filter(|(old, new)| !same_document(old, new));
    let mut changed: BTreeSet<Question> = BTreeSet::new();
    for (before, page) in edited {
        changed.insert(Question::Text(page.route.clone()));
        if !same_face(before, page) {
            changed.extend(about(new, page));
        }
    }
    let numbers = old.numbers.iter().zip(&new.numbers).zip(new.pages.iter());
    let renumbered = numbers.filter(|((old, new), _)| old != new);
    changed.extend(renumbered.map(|(_, page)| Question::Numbers(page.route.clone())));
    changed
}

/// Every question whose answer is a page, or has it among others.
fn about(site: &Site, page: &Page) -> Vec<Question> {
    let (before, after) = site.neighbours(page);
    let beside = [before, after].into_iter().flatten().map(|page| Question::Neighbours(page.route.clone()));
    let subjects = subjects_of(page).map(|subject| Question::About(page.language.clone(), subject));
    let source = page.document.as_ref().map(|document| Question::From((*document.path).into()));
    let own = [Question::At(page.route.clone()), Question::Translations(page.key.as_str().into())];
    // Every page of a language asks where its glossary is: no other page has a part in the answer.
    let glossary = (page.template == "glossary").then(|| Question::Glossary(page.language.clone()));
    let articles = site.articles_of(page);
    let within = articles.iter().filter_map(|id| site.pages.get(*id)).map(|page| Question::Issues(page.route.clone()));
    own.into_iter().chain(glossary).chain(source).chain(subjects).chain(beside).chain(within).collect()
}

/// Whether two pages are made from the very same text: a text that nobody touched is not read again.
fn same_document(old: &Page, new: &Page) -> bool {
    match (&old.document, &new.document) {
        (Some(old), Some(new)) => Arc::ptr_eq(old, new),
        (old, new) => old.is_none() && new.is_none(),
    }
}

fn same_seen(old: Option<&Page>, new: Option<&Page>) -> bool {
    match (old, new) {
        (Some(old), Some(new)) => same_front(old, new) && same_face(old, new),
        (old, new) => old.is_none() && new.is_none(),
    }
}

fn same_all(old: Vec<&Page>, new: Vec<&Page>) -> bool {
    old.len() == new.len() && old.into_iter().zip(new).all(|(old, new)| same_seen(Some(old), Some(new)))
}

/// Whether two pages are the same but for their texts.
fn same_front(old: &Page, new: &Page) -> bool {
    if std::ptr::eq(old, new) {
        return true;
    }
    let Page { language, key, subject, route, folder, section, front, document, title, theme, template } = old;
    let same_source = |document: &PageDocument, other: &PageDocument| {
        document.path == other.path && document.language == other.language && document.front == other.front
    };
    let same_sources = match (document, &new.document) {
        (Some(old), Some(new)) => Arc::ptr_eq(old, new) || same_source(old, new),
        (old, new) => old.is_none() && new.is_none(),
    };
    same_sources
        && *language == new.language
        && *key == new.key
        && *subject == new.subject
        && *route == new.route
        && *folder == new.folder
        && *section == new.section
        && *front == new.front
        && *title == new.title
        && *theme == new.theme
        && *template == new.template
}

/// Whether the same of two texts is seen from elsewhere.
fn same_face(old: &Page, new: &Page) -> bool {
    if same_document(old, new) {
        return true;
    }
    match (old.body(), new.body()) {
        (Some(old), Some(new)) => {
            old.summary == new.summary
                && old.headings == new.headings
                && old.reading_minutes == new.reading_minutes
                && old.has_math == new.has_math
        }
        _ => false,
    }
}

fn same_list(old: &Data, new: &Data, topic: Topic) -> bool {
    match topic {
        // Figures that contradict each other are found among all of them, and places and their names are part of that.
        Topic::Checks => {
            let figures =
                [Topic::Indicators, Topic::Derivations, Topic::Flows, Topic::Tables, Topic::Areas, Topic::Hospitals];
            old.same_all(new, Topic::Checks) && figures.iter().all(|topic| old.same_all(new, *topic))
        }
        topic => old.same_all(new, topic),
    }
}
