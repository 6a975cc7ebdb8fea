//! The accessibility papers as pages show them: the policy, and the result of each year's test.

use serde::Serialize;

use super::body::Scene;
use super::records::{date, text};
use super::view::{Anchor, ContactView, DateView};
use crate::accessibility::criteria::Criterion;
use crate::accessibility::sample::{self, Sample};
use crate::accessibility::{self, Automatic, Outcome};
use crate::model::{Route, Standpoint, Subject};
use crate::parse::data::{WrittenException, WrittenTest};

/// The policy.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PolicyView {
    /// Which pages it is for.
    pub scope: String,
    /// `A`, `AA`.
    pub level: String,
    /// `full`, `partial`, `considered`.
    pub degree: String,
    /// The day by which the level is to be reached.
    pub deadline: Option<DateView>,
    /// What is not held to it.
    pub exceptions: Vec<ExceptionView>,
    /// Criteria beyond the level.
    pub further: Vec<String>,
    /// What is known to be wrong.
    pub known: Vec<String>,
    /// The day on which it was set up.
    pub established: Option<DateView>,
    /// Whom to tell of difficulties.
    pub contact: ContactView,
    /// Whether it is made up.
    pub sample: bool,
    /// The pages with the results of tests, newest first.
    pub results: Vec<Anchor>,
}

/// Something that is not held to the policy.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ExceptionView {
    /// What.
    pub what: String,
    /// Why.
    pub reason: String,
    /// How readers get the same in another way.
    pub instead: String,
}

/// The result of a test.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TestView {
    /// Its year.
    pub year: String,
    /// The first day of testing.
    pub from: Option<DateView>,
    /// The last day of testing.
    pub until: Option<DateView>,
    /// The day of the statement.
    pub declared: Option<DateView>,
    /// `A`, `AA`.
    pub level: String,
    /// What may be said of it: `full`, `partial`, `none`.
    pub claim: String,
    /// The pages in a sentence.
    pub about: String,
    /// What the content relies on.
    pub technologies: Vec<String>,
    /// What it was tested with.
    pub environment: Vec<String>,
    /// Whether the pages are those that were tested, and not those that are to be.
    pub recorded: bool,
    /// The addresses of the pages that stand for the site, or of all pages as recorded.
    pub representative: Vec<String>,
    /// The addresses of the pages that were drawn by lot.
    pub drawn: Vec<String>,
    /// What is not held to the policy.
    pub exceptions: Vec<ExceptionView>,
    /// Each criterion of the level.
    pub criteria: Vec<CriterionView>,
    /// How many criteria are met, are not, and were not tested.
    pub counts: Counts,
    /// Whether it is made up.
    pub sample: bool,
    /// The policy.
    pub policy: Option<String>,
}

/// How many criteria came out how.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Counts {
    /// Met, or nothing that they are about.
    pub met: usize,
    /// Not met.
    pub not_met: usize,
    /// Not tested.
    pub not_tested: usize,
}

/// A criterion with what came of it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CriterionView {
    /// `1.4.3`.
    pub number: String,
    /// `A`, `AA`.
    pub level: String,
    /// Its name.
    pub name: String,
    /// What it asks.
    pub asks: String,
    /// `met`, `nothing`, `not-met`, `not-tested`.
    pub outcome: String,
    /// Whether there is anything that it is about; nothing where nobody has said.
    pub applies: Option<bool>,
    /// How it was tested: `tool`, `aided`, `person`.
    pub by: Vec<String>,
    /// What must be said of it.
    pub note: String,
    /// In how many places Kairan itself found it not to be met; nothing where it does not look.
    pub found: Option<usize>,
}

/// The policy, on its own page.
pub fn policy(scene: &Scene<'_>) -> Option<PolicyView> {
    if scene.page.subject != Subject::Policy {
        return None;
    }
    let papers = scene.site.data.accessibility()?;
    let (policy, texts) = (&papers.policy, |labels: &[_]| labels.iter().map(|label| text(scene, label)).collect());
    let mut tests: Vec<&WrittenTest> = papers.results.iter().collect();
    tests.sort_by_key(|test| std::cmp::Reverse(test.year));
    let result = |test: &&WrittenTest| {
        let year = test.year.to_string();
        let page = scene.site.page_about(scene.page, &Subject::TestResult(year.clone()))?;
        Some(Anchor { title: year, href: scene.site.settings.links.href(scene.standpoint, &page.route) })
    };
    Some(PolicyView {
        scope: text(scene, &policy.scope),
        level: policy.level.name().to_owned(),
        degree: policy.degree.name().to_owned(),
        deadline: policy.deadline.map(|day| date(scene, day)),
        exceptions: exceptions(scene, &policy.exceptions),
        further: texts(&policy.further),
        known: texts(&policy.known),
        established: policy.established.map(|day| date(scene, day)),
        contact: ContactView {
            name: text(scene, &policy.contact.name),
            email: policy.contact.email.clone(),
            phone: policy.contact.phone.clone(),
        },
        sample: policy.sample,
        results: tests.iter().filter_map(result).collect(),
    })
}

/// The result of a test, on its own page.
pub fn test(scene: &Scene<'_>, automatic: &Automatic) -> Option<TestView> {
    let Subject::TestResult(year) = &scene.page.subject else { return None };
    let papers = scene.site.data.accessibility()?;
    let test = papers.results.iter().find(|test| test.year.to_string() == *year)?;
    let policy = scene.site.page_about(scene.page, &Subject::Policy);
    let outside = |route: &Route| scene.site.settings.links.href(Standpoint::Outside, route);
    let Sample { representative, drawn } = sample::sample(scene.site, test);
    let recorded: Vec<String> = test.pages.iter().map(|page| whole(scene, page)).collect();
    let is_recorded = !recorded.is_empty();
    let planned = |routes: Vec<Route>| routes.iter().filter(|_| !is_recorded).map(outside).collect();
    let outcome = |criterion: &Criterion| accessibility::outcome(test, criterion, automatic);
    let count = |wanted: &[Outcome]| {
        accessibility::of_level(test.level).filter(|criterion| wanted.contains(&outcome(criterion))).count()
    };
    Some(TestView {
        year: year.clone(),
        from: test.from.map(|day| date(scene, day)),
        until: test.until.map(|day| date(scene, day)),
        declared: test.declared.map(|day| date(scene, day)),
        level: test.level.name().to_owned(),
        claim: accessibility::claim(test, automatic).name().to_owned(),
        about: text(scene, &test.about),
        technologies: test.technologies.clone(),
        environment: test.environment.iter().map(|label| text(scene, label)).collect(),
        recorded: is_recorded,
        representative: if is_recorded { recorded } else { planned(representative) },
        drawn: planned(drawn),
        exceptions: exceptions(scene, &papers.policy.exceptions),
        criteria: accessibility::of_level(test.level).map(|it| criterion(scene, test, it, automatic)).collect(),
        counts: Counts {
            met: count(&[Outcome::Met, Outcome::NothingToTest]),
            not_met: count(&[Outcome::NotMet]),
            not_tested: count(&[Outcome::NotTested]),
        },
        sample: test.sample,
        policy: policy.map(|page| scene.site.settings.links.href(scene.standpoint, &page.route)),
    })
}

/// A recorded address for the world; one that is whole already stays as it is.
fn whole(scene: &Scene<'_>, address: &str) -> String {
    if address.starts_with("https://") || address.starts_with("http://") {
        return address.to_owned();
    }
    let route = Route::file(address.trim_start_matches('/'));
    scene.site.settings.links.href(Standpoint::Outside, &route)
}

fn exceptions(scene: &Scene<'_>, written: &[WrittenException]) -> Vec<ExceptionView> {
    let view = |exception: &WrittenException| ExceptionView {
        what: text(scene, &exception.what),
        reason: text(scene, &exception.reason),
        instead: super::records::optional(scene, &exception.instead),
    };
    written.iter().map(view).collect()
}

fn criterion(scene: &Scene<'_>, test: &WrittenTest, criterion: &Criterion, automatic: &Automatic) -> CriterionView {
    let written = test.criteria.get(criterion.number);
    let is_japanese = scene.page.language.is_japanese();
    let (name, asks) = match is_japanese {
        true => (criterion.ja, criterion.asks_ja),
        false => (criterion.en, criterion.asks_en),
    };
    CriterionView {
        number: criterion.number.to_owned(),
        level: criterion.level.name().to_owned(),
        name: name.to_owned(),
        asks: asks.to_owned(),
        outcome: accessibility::outcome(test, criterion, automatic).name().to_owned(),
        applies: written.map(|written| written.applies),
        by: written.into_iter().flat_map(|written| &written.by).map(|way| way.name().to_owned()).collect(),
        note: written.map(|written| super::records::optional(scene, &written.note)).unwrap_or_default(),
        found: automatic.count(criterion.number),
    }
}
