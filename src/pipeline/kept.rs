//! Pages of the last build, kept while whatever they asked of the site has the same answer.

use std::collections::BTreeMap;
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
    asked: Arc<[Question]>,
    published: Published,
    findings: Arc<[Diagnostic]>,
}

/// Makes one page; `None` where its theme is not ready.
type Make<'m> = &'m (dyn Fn(&Leaf) -> Option<Checked<Published>> + Sync);

/// The pages of one build, made anew or taken from the last.
pub(super) struct Turn<'t> {
    check: Option<Check<'t>>,
    pages: BTreeMap<Route, Kept>,
}

impl<'t> Turn<'t> {
    pub(super) fn new(basis: &'t Basis, last: Option<&'t Last>) -> Turn<'t> {
        let last = last.filter(|last| last.basis.around == basis.around);
        let check = last.map(|last| Check {
            last,
            now: basis,
            comparison: Comparison::new(&last.basis.site, &basis.site),
            same_templates: same_files(&last.basis.templates, &basis.templates),
        });
        Turn { check, pages: BTreeMap::new() }
    }

    /// Some pages, in order.
    pub(super) fn pages(&mut self, leaves: &[Leaf], make: Make<'_>) -> Checked<Vec<Published>> {
        let kept = |leaf: &Leaf| self.check.as_ref().and_then(|check| check.kept(leaf));
        let pages: Vec<Kept> =
            leaves.par_iter().filter_map(|leaf| kept(leaf).or_else(|| Kept::new(leaf, make))).collect();
        let findings = pages.iter().flat_map(|page| page.findings.iter().cloned()).collect();
        let published = pages.iter().map(|page| page.published.clone()).collect();
        // Two pages may want one address: only one of them is found again, and neither is taken for the other.
        self.pages.extend(pages.into_iter().map(|page| (page.leaf.route.clone(), page)));
        Checked::new(published, findings)
    }

    /// All of them.
    pub(super) fn done(self) -> BTreeMap<Route, Kept> {
        self.pages
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
    fn new(leaf: &Leaf, make: Make<'_>) -> Option<Kept> {
        let (made, asked) = listen(|| make(leaf));
        let Checked { value: published, findings } = made?;
        Some(Kept { leaf: leaf.clone(), asked: asked.into_iter().collect(), published, findings: findings.into() })
    }
}

/// The last build held against this one.
struct Check<'c> {
    last: &'c Last,
    now: &'c Basis,
    comparison: Comparison<'c>,
    same_templates: bool,
}

impl Check<'_> {
    /// The page of the last build that is still right for a leaf.
    fn kept(&self, leaf: &Leaf) -> Option<Kept> {
        let kept = self.last.pages.get(&leaf.route)?;
        let old = &kept.leaf;
        let same = (old.number, old.count) == (leaf.number, leaf.count)
            && self.comparison.is_same_page(old.page, leaf.page)
            && kept.asked.iter().all(|question| self.same(question));
        // It may have another place among the pages.
        let moved = |kept: Kept| Kept { leaf: leaf.clone(), published: kept.published.at(leaf.page), ..kept };
        same.then(|| moved(kept.clone()))
    }

    fn same(&self, question: &Question) -> bool {
        match question {
            Question::Template { theme, name } => self.same_templates || self.is_same_template(theme, name),
            Question::Picture(path) => {
                let (old, new) = (&self.last.basis.pictures, &self.now.pictures);
                Arc::ptr_eq(old, new) || old.value.get(&**path) == new.value.get(&**path)
            }
            Question::Everything => {
                let same = self.comparison.is_same() && self.last.basis.automatic == self.now.automatic;
                same && self.same_templates && Arc::ptr_eq(&self.last.basis.pictures, &self.now.pictures)
            }
            question => self.comparison.same(question),
        }
    }

    fn is_same_template(&self, theme: &str, name: &str) -> bool {
        let (old, new) = (&self.last.basis, self.now);
        let theme = new.themes.value.get(theme);
        theme.is_some_and(|theme| theme.is_same_template(name, &old.templates, &new.templates))
    }
}

fn same_files(old: &[Source], new: &[Source]) -> bool {
    let files =
        |sources: &[Source]| -> Vec<_> { sources.iter().map(|file| (file.path.clone(), file.fingerprint)).collect() };
    files(old) == files(new)
}
