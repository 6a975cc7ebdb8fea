//! Pages of the last build, kept while whatever they asked of the site has the same answer.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, OnceLock};

use rayon::prelude::*;

use crate::accessibility::Automatic;
use crate::diagnostic::{Checked, Diagnostic};
use crate::fingerprint::Fingerprint;
use crate::media::Pictures;
use crate::model::question::{Comparison, Question, listen};
use crate::model::{Route, Site};
use crate::publish::Published;
use crate::read::Source;
use crate::render::Leaf;
use crate::render::theme::{Themes, is_template};

use super::is_asset;

/// What the pages of a build are made from.
#[derive(Clone)]
pub(super) struct Basis {
    pub site: Arc<Site>,
    pub themes: Arc<Checked<Themes>>,
    pub pictures: Arc<Checked<Pictures>>,
    pub automatic: Automatic,
    /// Every file that was read, in the order of the paths.
    pub sources: Arc<[Source]>,
    /// The fingerprint of what every page is taken to ask: settings, choices, the names of files beside pages, and themes
    /// but for their templates.
    pub around: Fingerprint,
}

impl Basis {
    fn files(&self, wanted: impl Fn(&Source) -> bool) -> Vec<Source> {
        self.sources.iter().filter(|source| wanted(source)).cloned().collect()
    }
}

/// The pages of the last build, in the order of its leaves, and what they were made from.
pub(super) struct Last {
    basis: Basis,
    pages: Vec<Arc<Kept>>,
    /// Whether nothing was wrong with that build, so that it is what readers see.
    pub is_good: bool,
}

/// A page that was made, all that it asked, and what was wrong.
#[derive(Clone)]
pub(super) struct Kept {
    leaf: Leaf,
    /// The numbers of its questions among [`Questions`].
    asked: Arc<[usize]>,
    published: Published,
    findings: Arc<[Diagnostic]>,
}

/// The questions of all pages, each held once: thousands of pages ask the same ones, and each is answered once a build.
#[derive(Default)]
pub(super) struct Questions {
    numbers: BTreeMap<Arc<Question>, usize>,
    list: Vec<Arc<Question>>,
}

impl Questions {
    fn number(&mut self, question: Question) -> usize {
        if let Some(number) = self.numbers.get(&question) {
            return *number;
        }
        let (number, question) = (self.list.len(), Arc::new(question));
        self.list.push(question.clone());
        self.numbers.insert(question, number);
        number
    }

    /// Forgets what no page asks any longer, once that is more than half of it.
    fn sweep(&mut self, pages: &mut [Arc<Kept>]) {
        let mut is_asked = vec![false; self.list.len()];
        for number in pages.iter().flat_map(|page| page.asked.iter()) {
            is_asked[*number] = true;
        }
        if self.list.len() < 2 * is_asked.into_iter().filter(|asked| *asked).count() + 1000 {
            return;
        }
        let old = std::mem::take(self);
        for page in pages {
            let questions = page.asked.iter().filter_map(|number| old.list.get(*number));
            let asked = questions.map(|question| self.number(Question::clone(question))).collect();
            Arc::make_mut(page).asked = asked;
        }
    }
}

/// Makes one page; `None` where its theme is not ready.
type Make<'m> = &'m (dyn Fn(&Leaf) -> Option<Checked<Published>> + Sync);

/// The pages of one build, made anew or taken from the last.
pub(super) struct Turn<'t> {
    basis: &'t Basis,
    last: Option<&'t Last>,
    leaves: &'t [Leaf],
    /// What became of each leaf.
    turned: Vec<Turned>,
    questions: Questions,
}

impl<'t> Turn<'t> {
    /// Takes from the last build what is still right. `questions` are those of that build.
    pub(super) fn new(basis: &'t Basis, last: Option<&'t Last>, leaves: &'t [Leaf], questions: Questions) -> Turn<'t> {
        let alike = last.filter(|last| last.basis.around == basis.around);
        let check = alike.map(|last| Check::new(last, basis, &questions));
        let kept = |(place, leaf)| check.as_ref().and_then(|check| check.kept(place, leaf));
        let turned = |leaf| kept(leaf).map_or(Turned::Open, Turned::Kept);
        let turned = leaves.par_iter().enumerate().map(turned).collect();
        Turn { basis, last, leaves, turned, questions }
    }

    /// How many pages are yet to be made.
    pub(super) fn open(&self) -> usize {
        self.turned.iter().filter(|turned| matches!(turned, Turned::Open)).count()
    }

    /// Makes those pages that are wanted and yet to be made, and says what is wrong with them.
    pub(super) fn make(&mut self, is_wanted: impl Fn(&Leaf) -> bool, make: Make<'_>) -> Vec<Diagnostic> {
        let open = self.turned.iter().enumerate().filter(|(_, turned)| matches!(turned, Turned::Open));
        let wanted = open.filter_map(|(place, _)| Some((place, self.leaves.get(place)?)));
        let wanted: Vec<(usize, &Leaf)> = wanted.filter(|(_, leaf)| is_wanted(leaf)).collect();
        let made: Vec<_> = wanted.into_par_iter().map(|(place, leaf)| (place, Kept::new(leaf, make))).collect();
        let mut findings = Vec::new();
        for (place, made) in made {
            let turned = made.map_or(Turned::Nothing, |(page, asked)| {
                findings.extend(page.findings.iter().cloned());
                let asked = asked.into_iter().map(|question| self.questions.number(question)).collect();
                Turned::Made(Arc::new(Kept { asked, ..page }))
            });
            self.turned[place] = turned;
        }
        findings
    }

    /// All pages that are there, in order.
    pub(super) fn pages(&self) -> Checked<Vec<Published>> {
        let findings = self.there().flat_map(|page| page.findings.iter().cloned()).collect();
        Checked::new(self.there().map(|page| page.published.clone()).collect(), findings)
    }

    fn there(&self) -> impl Iterator<Item = &Arc<Kept>> {
        self.turned.iter().filter_map(Turned::page)
    }

    /// The pages that were made anew, where they can stand among those of the last build, which readers see: the site has
    /// the same pages, and the pictures and other files beside them are the same.
    pub(super) fn patch(&self) -> Option<Vec<Published>> {
        let last = self.last.filter(|last| last.is_good)?;
        let mut pairs = self.leaves.iter().zip(&last.pages);
        let same_places = self.leaves.len() == last.pages.len() && pairs.all(|(leaf, old)| *leaf == old.leaf);
        let (old, new) = (&last.basis.pictures, &self.basis.pictures);
        let same_pictures = Arc::ptr_eq(old, new) || old.value == new.value;
        let same_files = are_same(&last.basis.files(is_asset), &self.basis.files(is_asset));
        let made = self.turned.iter().filter_map(|turned| match turned {
            Turned::Made(page) => Some(page.published.clone()),
            _ => None,
        });
        (same_places && same_pictures && same_files).then(|| made.collect())
    }

    /// Whether what all pages are made of is what those of the last build were made of.
    pub(super) fn is_around_same(&self) -> bool {
        self.last.is_some_and(|last| last.basis.around == self.basis.around)
    }

    /// All of them, and the questions of all.
    pub(super) fn done(self) -> (Vec<Arc<Kept>>, Questions) {
        let mut pages = self.there().cloned().collect::<Vec<_>>();
        let mut questions = self.questions;
        questions.sweep(&mut pages);
        (pages, questions)
    }
}

/// What became of one page in a build.
enum Turned {
    /// It is that of the last build.
    Kept(Arc<Kept>),
    /// It was made.
    Made(Arc<Kept>),
    /// It is yet to be made.
    Open,
    /// It could not be made: its theme is not ready.
    Nothing,
}

impl Turned {
    fn page(&self) -> Option<&Arc<Kept>> {
        match self {
            Turned::Kept(page) | Turned::Made(page) => Some(page),
            Turned::Open | Turned::Nothing => None,
        }
    }
}

impl Last {
    pub(super) fn new(basis: Basis, pages: Vec<Arc<Kept>>) -> Last {
        Last { basis, pages, is_good: false }
    }

    /// How many pages are kept.
    pub(super) fn len(&self) -> usize {
        self.pages.len()
    }
}

impl Kept {
    /// A page that is made now, and all that it asked.
    fn new(leaf: &Leaf, make: Make<'_>) -> Option<(Kept, BTreeSet<Question>)> {
        let (made, asked) = listen(|| make(leaf));
        let Checked { value: published, findings } = made?;
        let page = Kept { leaf: leaf.clone(), asked: Arc::default(), published, findings: findings.into() };
        Some((page, asked))
    }

    /// The same page at another place among the pages.
    fn at(&self, leaf: &Leaf) -> Kept {
        Kept { leaf: leaf.clone(), published: self.published.clone().at(leaf.page), ..self.clone() }
    }
}

/// The last build held against this one.
struct Check<'c> {
    last: &'c Last,
    comparison: Comparison<'c>,
    /// Whether each question has the same answer, by its number.
    same: Vec<bool>,
    /// Where each page of the last build stands among them, for those that stand elsewhere now.
    places: OnceLock<BTreeMap<&'c Route, usize>>,
}

impl<'c> Check<'c> {
    fn new(last: &'c Last, now: &'c Basis, questions: &Questions) -> Check<'c> {
        let comparison = Comparison::new(&last.basis.site, &now.site);
        let templates = |basis: &Basis| basis.files(|file| is_template(&file.path));
        let (old_templates, new_templates) = (templates(&last.basis), templates(now));
        let answers = Answers { last: &last.basis, now, comparison: &comparison, old_templates, new_templates };
        let same = questions.list.par_iter().map(|question| answers.same(question)).collect();
        Check { last, comparison, same, places: OnceLock::new() }
    }

    /// The page of the last build that is still right for a leaf.
    fn kept(&self, place: usize, leaf: &Leaf) -> Option<Arc<Kept>> {
        let kept = self.last_at(place, leaf)?;
        let old = &kept.leaf;
        let same = (old.number, old.count) == (leaf.number, leaf.count)
            && self.comparison.is_same_page(old.page, leaf.page)
            && kept.asked.iter().all(|number| self.same.get(*number) == Some(&true))
            && (kept.findings.is_empty() || self.comparison.has_same_places());
        let is_there = old.page == leaf.page;
        same.then(|| if is_there { kept.clone() } else { Arc::new(kept.at(leaf)) })
    }

    /// The page of the last build at the address of a leaf, most often at the same place among all.
    fn last_at(&self, place: usize, leaf: &Leaf) -> Option<&'c Arc<Kept>> {
        let is_it = |kept: &&'c Arc<Kept>| kept.leaf.route == leaf.route;
        let elsewhere = || {
            let number = |(number, kept): (usize, &'c Arc<Kept>)| (&kept.leaf.route, number);
            let places = self.places.get_or_init(|| self.last.pages.iter().enumerate().map(number).collect());
            self.last.pages.get(*places.get(&leaf.route)?)
        };
        self.last.pages.get(place).filter(is_it).or_else(elsewhere)
    }
}

/// What the last build was made from and what this one is, held against each other.
struct Answers<'a, 'c> {
    last: &'a Basis,
    now: &'a Basis,
    comparison: &'a Comparison<'c>,
    old_templates: Vec<Source>,
    new_templates: Vec<Source>,
}

impl Answers<'_, '_> {
    fn same(&self, question: &Question) -> bool {
        match question {
            Question::Template { theme, name } => self.same_templates() || self.is_same_template(theme, name),
            Question::Picture(path) => {
                let (old, new) = (&self.last.pictures, &self.now.pictures);
                Arc::ptr_eq(old, new) || old.value.get(&**path) == new.value.get(&**path)
            }
            Question::Everything => {
                let same = self.comparison.is_same() && self.last.automatic == self.now.automatic;
                same && self.same_templates() && Arc::ptr_eq(&self.last.pictures, &self.now.pictures)
            }
            question => self.comparison.same(question),
        }
    }

    fn same_templates(&self) -> bool {
        are_same(&self.old_templates, &self.new_templates)
    }

    fn is_same_template(&self, theme: &str, name: &str) -> bool {
        let theme = self.now.themes.value.get(theme);
        theme.is_some_and(|theme| theme.is_same_template(name, &self.old_templates, &self.new_templates))
    }
}

/// Whether two lists hold the same files, name by name and byte by byte.
fn are_same(old: &[Source], new: &[Source]) -> bool {
    let same = |(old, new): (&Source, &Source)| old.path == new.path && old.fingerprint == new.fingerprint;
    old.len() == new.len() && old.iter().zip(new).all(same)
}
