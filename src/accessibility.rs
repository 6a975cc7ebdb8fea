//! The accessibility papers of a public body: what was tested and what came of it, after JIS X 8341-3:2016, 附属書JB.
//!
//! Nothing is claimed that was not tested: a criterion is met where a person has recorded it and no check of Kairan's own
//! has found the opposite, and a level is reached when all of its criteria are.

use std::collections::BTreeMap;

use crate::diagnostic::{Diagnostic, Span, accessibility as findings};
use crate::model::Site;
use crate::parse::data::{Level, WrittenTest};

pub mod criteria;
pub mod sample;

use criteria::{CRITERIA, Criterion};

/// The findings of this build that speak against a criterion: by its number, how many of which rule.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Automatic(BTreeMap<&'static str, BTreeMap<String, usize>>);

/// The rules of Kairan that look at a criterion. A page without findings of these is not thereby right.
const RULES: [(&str, &str); 8] = [
    ("missing-alt", "1.1.1"),
    ("not-a-picture", "1.1.1"),
    ("contrast", "1.4.3"),
    ("missing-title", "2.4.2"),
    ("empty-link", "2.4.4"),
    ("dead-fragment", "2.4.4"),
    ("duplicate-anchor", "4.1.1"),
    ("unclosed-html", "4.1.1"),
];

impl Automatic {
    /// What speaks against criteria among all findings.
    pub fn of(findings: &[Diagnostic]) -> Automatic {
        let mut against: BTreeMap<&'static str, BTreeMap<String, usize>> = BTreeMap::new();
        for finding in findings {
            for (_, number) in RULES.iter().filter(|(rule, _)| *rule == finding.code) {
                *against.entry(number).or_default().entry(finding.code.clone()).or_default() += 1;
            }
        }
        Automatic(against)
    }

    /// How often a criterion was found not to be met; nothing where no rule looks at it.
    pub fn count(&self, number: &str) -> Option<usize> {
        let is_looked_at = RULES.iter().any(|(_, looked_at)| *looked_at == number);
        is_looked_at.then(|| self.0.get(number).into_iter().flat_map(BTreeMap::values).sum())
    }

    /// The rules that found it.
    fn rules(&self, number: &str) -> Vec<&str> {
        self.0.get(number).into_iter().flat_map(BTreeMap::keys).map(String::as_str).collect()
    }
}

/// What came of a criterion.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// It was tested and is met.
    Met,
    /// There is nothing that it is about, and so it counts as met.
    NothingToTest,
    /// It is not met.
    NotMet,
    /// Nobody has tested it.
    NotTested,
}

impl Outcome {
    /// As interface words name it.
    pub fn name(self) -> &'static str {
        match self {
            Outcome::Met => "met",
            Outcome::NothingToTest => "nothing",
            Outcome::NotMet => "not-met",
            Outcome::NotTested => "not-tested",
        }
    }
}

/// What came of a criterion in a test.
pub fn outcome(test: &WrittenTest, criterion: &Criterion, automatic: &Automatic) -> Outcome {
    let found = automatic.count(criterion.number).unwrap_or_default();
    match test.criteria.get(criterion.number) {
        _ if found > 0 => Outcome::NotMet,
        Some(written) if !written.applies => Outcome::NothingToTest,
        Some(written) => match written.met {
            Some(true) => Outcome::Met,
            Some(false) => Outcome::NotMet,
            None => Outcome::NotTested,
        },
        None => Outcome::NotTested,
    }
}

/// What may be said of the level of a test.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Claim {
    /// All criteria are met.
    Full,
    /// Some are not.
    Partial,
    /// Not all of it has been tested, so nothing is claimed.
    None,
}

impl Claim {
    /// As interface words name it.
    pub fn name(self) -> &'static str {
        match self {
            Claim::Full => "full",
            Claim::Partial => "partial",
            Claim::None => "none",
        }
    }
}

/// The criteria of a level: those of AA are all.
pub fn of_level(level: Level) -> impl Iterator<Item = &'static Criterion> {
    CRITERIA.iter().filter(move |criterion| criterion.level <= level)
}

/// What may be said of a test. Without a record of the pages that were tested there is nothing to be said.
pub fn claim(test: &WrittenTest, automatic: &Automatic) -> Claim {
    let outcomes: Vec<Outcome> = of_level(test.level).map(|criterion| outcome(test, criterion, automatic)).collect();
    match () {
        () if test.pages.is_empty() || outcomes.contains(&Outcome::NotTested) => Claim::None,
        () if outcomes.contains(&Outcome::NotMet) => Claim::Partial,
        () => Claim::Full,
    }
}

/// What is missing in the records of tests, and what contradicts them.
pub fn findings(site: &Site, automatic: &Automatic) -> Vec<Diagnostic> {
    let Some(papers) = site.data.accessibility() else { return Vec::new() };
    let tests = papers.results.iter().enumerate();
    tests.flat_map(|(number, test)| of_test(site, number, test, automatic)).collect()
}

fn of_test(site: &Site, number: usize, test: &WrittenTest, automatic: &Automatic) -> Vec<Diagnostic> {
    let spans = site.data.accessibility_spans();
    let at = |field: &str| spans.value(&format!("accessibility.results[{number}].{field}"));
    let mut found: Vec<Diagnostic> = Vec::new();
    for name in test.criteria.keys().filter(|name| criteria::criterion(name).is_none()) {
        let known = CRITERIA.iter().map(|criterion| criterion.number);
        found.push(findings::unknown_criterion(key_of(site, number, name), name, known));
    }
    let untested: Vec<&str> = of_level(test.level)
        .filter(|criterion| outcome(test, criterion, automatic) == Outcome::NotTested)
        .map(|criterion| criterion.number)
        .collect();
    if !untested.is_empty() {
        found.push(findings::not_tested(at("year"), test.year, &untested));
    }
    for criterion in of_level(test.level) {
        let is_claimed = test.criteria.get(criterion.number).is_some_and(|written| written.met == Some(true));
        let count = automatic.count(criterion.number).unwrap_or_default();
        if is_claimed && count > 0 {
            let span = key_of(site, number, criterion.number);
            found.push(findings::contradicted(span, criterion.number, count, &automatic.rules(criterion.number)));
        }
    }
    if test.pages.is_empty() {
        let sample = sample::sample(site, test);
        let addresses: Vec<&str> = sample.addresses().map(crate::model::Route::as_str).collect();
        found.push(findings::sample_not_recorded(at("year"), test.year, &addresses));
    }
    found
}

/// Where the record of a criterion stands. Its number has dots, so it is looked for as written.
fn key_of(site: &Site, number: usize, criterion: &str) -> Span {
    let spans = site.data.accessibility_spans();
    spans.value(&format!("accessibility.results[{number}].criteria.{criterion}"))
}
