//! Pages of the last build, kept while whatever they asked of the site has the same answer.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

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

/// What the pages of a build are made from.
#[derive(Clone)]
pub(super) struct Basis {
    pub site: Arc<Site>,
    pub themes: Arc<Checked<Themes>>,
    pub pictures: Arc<Checked<Pictures>>,
    pub automatic: Automatic,
    /// The templates, in the order of their paths.
    pub templates: Vec<Source>,
    /// The fingerprint of what every page is taken to ask: settings, choices, the names of files beside pages, and themes
    /// but for their templates.
    pub around: Fingerprint,
}

/// The pages of the last build and what they were made from.
pub(super) struct Last {
    basis: Basis,
    pages: BTreeMap<Route, Kept>,
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
    fn sweep(&mut self, pages: &mut BTreeMap<Route, Kept>) {
        let asked: BTreeSet<usize> = pages.values().flat_map(|page| page.asked.iter().copied()).collect();
        if self.list.len() < 2 * asked.len() + 1000 {
            return;
        }
        let old = std::mem::take(self);
        for page in pages.values_mut() {
            let questions = page.asked.iter().filter_map(|number| old.list.get(*number));
            page.asked = questions.map(|question| self.number(Question::clone(question))).collect();
        }
    }
}

/// Makes one page; `None` where its theme is not ready.
type Make<'m> = &'m (dyn Fn(&Leaf) -> Option<Checked<Published>> + Sync);

/// The pages of one build, made anew or taken from the last.
pub(super) struct Turn<'t> {
    check: Option<Check<'t>>,
    pages: BTreeMap<Route, Kept>,
    questions: Questions,
}

impl<'t> Turn<'t> {
    /// `questions` are those of the last build.
    pub(super) fn new(basis: &'t Basis, last: Option<&'t Last>, questions: Questions) -> Turn<'t> {
        let last = last.filter(|last| last.basis.around == basis.around);
        let check = last.map(|last| Check::new(last, basis, &questions));
        Turn { check, pages: BTreeMap::new(), questions }
    }

    /// Some pages, in order.
    pub(super) fn pages(&mut self, leaves: &[Leaf], make: Make<'_>) -> Checked<Vec<Published>> {
        let kept = |leaf: &Leaf| Some((self.check.as_ref()?.kept(leaf)?, None));
        let made: Vec<(Kept, Option<BTreeSet<Question>>)> =
            leaves.par_iter().filter_map(|leaf| kept(leaf).or_else(|| Kept::new(leaf, make))).collect();
        let mut numbered = |asked: BTreeSet<Question>| asked.into_iter().map(|it| self.questions.number(it)).collect();
        let pages = made.into_iter().map(|(page, asked)| match asked {
            Some(asked) => Kept { asked: numbered(asked), ..page },
            None => page,
        });
        let pages: Vec<Kept> = pages.collect();
        let findings = pages.iter().flat_map(|page| page.findings.iter().cloned()).collect();
        let published = pages.iter().map(|page| page.published.clone()).collect();
        // Two pages may want one address: only one of them is found again, and neither is taken for the other.
        self.pages.extend(pages.into_iter().map(|page| (page.leaf.route.clone(), page)));
        Checked::new(published, findings)
    }

    /// All of them, and the questions of all.
    pub(super) fn done(self) -> (BTreeMap<Route, Kept>, Questions) {
        let Turn { mut pages, mut questions, .. } = self;
        questions.sweep(&mut pages);
        (pages, questions)
    }
}

/// The templates among `sources`.
pub(super) fn templates(sources: &[Source]) -> Vec<Source> {
    sources.iter().filter(|source| is_template(&source.path)).cloned().collect()
}

impl Last {
    pub(super) fn new(basis: Basis, pages: BTreeMap<Route, Kept>) -> Last {
        Last { basis, pages }
    }

    /// How many pages are kept.
    pub(super) fn len(&self) -> usize {
        self.pages.len()
    }
}

impl Kept {
    /// A page that is made now, and all that it asked.
    fn new(leaf: &Leaf, make: Make<'_>) -> Option<(Kept, Option<BTreeSet<Question>>)> {
        let (made, asked) = listen(|| make(leaf));
        let Checked { value: published, findings } = made?;
        let page = Kept { leaf: leaf.clone(), asked: Arc::default(), published, findings: findings.into() };
        Some((page, Some(asked)))
    }
}

/// The last build held against this one.
struct Check<'c> {
    last: &'c Last,
    comparison: Comparison<'c>,
    /// Whether each question has the same answer, by its number.
    same: Vec<bool>,
}

impl<'c> Check<'c> {
    fn new(last: &'c Last, now: &'c Basis, questions: &Questions) -> Check<'c> {
        let comparison = Comparison::new(&last.basis.site, &now.site);
        let same_templates = same_files(&last.basis.templates, &now.templates);
        let answers = Answers { last: &last.basis, now, comparison: &comparison, same_templates };
        let same = questions.list.par_iter().map(|question| answers.same(question)).collect();
        Check { last, comparison, same }
    }

    /// The page of the last build that is still right for a leaf.
    fn kept(&self, leaf: &Leaf) -> Option<Kept> {
        let kept = self.last.pages.get(&leaf.route)?;
        let old = &kept.leaf;
        let same = (old.number, old.count) == (leaf.number, leaf.count)
            && self.comparison.is_same_page(old.page, leaf.page)
            && kept.asked.iter().all(|number| self.same.get(*number) == Some(&true));
        // It may have another place among the pages.
        let moved = |kept: Kept| Kept { leaf: leaf.clone(), published: kept.published.at(leaf.page), ..kept };
        same.then(|| moved(kept.clone()))
    }
}

/// What the last build was made from and what this one is, held against each other.
struct Answers<'a, 'c> {
    last: &'a Basis,
    now: &'a Basis,
    comparison: &'a Comparison<'c>,
    same_templates: bool,
}

impl Answers<'_, '_> {
    fn same(&self, question: &Question) -> bool {
        match question {
            Question::Template { theme, name } => self.same_templates || self.is_same_template(theme, name),
            Question::Picture(path) => {
                let (old, new) = (&self.last.pictures, &self.now.pictures);
                Arc::ptr_eq(old, new) || old.value.get(&**path) == new.value.get(&**path)
            }
            Question::Everything => {
                let same = self.comparison.is_same() && self.last.automatic == self.now.automatic;
                same && self.same_templates && Arc::ptr_eq(&self.last.pictures, &self.now.pictures)
            }
            question => self.comparison.same(question),
        }
    }

    fn is_same_template(&self, theme: &str, name: &str) -> bool {
        let (old, new) = (self.last, self.now);
        let theme = new.themes.value.get(theme);
        theme.is_some_and(|theme| theme.is_same_template(name, &old.templates, &new.templates))
    }
}

fn same_files(old: &[Source], new: &[Source]) -> bool {
    let files =
        |sources: &[Source]| -> Vec<_> { sources.iter().map(|file| (file.path.clone(), file.fingerprint)).collect() };
    files(old) == files(new)
}
