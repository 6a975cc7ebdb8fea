//! [`Sample`]: the pages that are tested, drawn by a rule that anybody can follow: ten that stand for the site, and thirty
//! by lot.
//!
//! The lot is the fingerprint of the year and the address. It favours no page, falls out the same on every machine, and
//! leaves most of the sample as it is when a page comes or goes.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use crate::fingerprint::Fingerprint;
use crate::model::{Page, Route, Site, Subject};
use crate::parse::data::WrittenTest;

/// How many pages stand for the site.
pub const REPRESENTATIVE: usize = 10;
/// How many are drawn by lot.
pub const DRAWN: usize = 30;

/// The pages of a test.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Sample {
    /// Those that stand for the site.
    pub representative: Vec<Route>,
    /// Those that were drawn by lot, in the order of their addresses.
    pub drawn: Vec<Route>,
}

impl Sample {
    /// Their addresses, as a record lists them.
    pub fn addresses(&self) -> impl Iterator<Item = &Route> {
        self.representative.iter().chain(&self.drawn)
    }
}

/// Draws the sample of a test: the pages that its record names, the home page of each language, one page of each template,
/// that of most pages first; then the lot, among all others.
pub fn sample(site: &Site, test: &WrittenTest) -> Sample {
    let mut pages: Vec<&Page> = site.pages.iter().filter(|page| is_tested(site, page)).collect();
    pages.sort_by_cached_key(|page| (lot(test.year, &page.route), page.route.clone()));
    let named = test.representative.iter().filter_map(|address| {
        let address = address.trim_start_matches('/').trim_end_matches("index.html");
        pages.iter().find(|page| page.route.as_str() == address)
    });
    let homes = pages.iter().filter(|page| page.subject == Subject::Home);
    let mut homes: Vec<&&Page> = homes.collect();
    homes.sort_by_key(|page| site.settings.position(&page.language));
    let mut representative: Vec<Route> = Vec::new();
    for page in named.chain(homes).chain(of_templates(&pages)) {
        if representative.len() < REPRESENTATIVE && !representative.contains(&page.route) {
            representative.push(page.route.clone());
        }
    }
    let rest = pages.iter().filter(|page| !representative.contains(&page.route));
    let mut drawn: Vec<Route> = rest.take(DRAWN).map(|page| page.route.clone()).collect();
    drawn.sort();
    Sample { representative, drawn }
}

/// The first page of each template by lot; templates of most pages first.
fn of_templates<'p, 's>(pages: &'p [&'s Page]) -> impl Iterator<Item = &'p &'s Page> {
    let mut by_template: BTreeMap<(&str, &str), Vec<&&Page>> = BTreeMap::new();
    for page in pages {
        by_template.entry((&page.theme, &page.template)).or_default().push(page);
    }
    let mut templates: Vec<Vec<&&Page>> = by_template.into_values().collect();
    templates.sort_by_key(|pages| Reverse(pages.len()));
    templates.into_iter().filter_map(|pages| pages.first().copied())
}

/// Pages that are no exception. What stands where no page is, is no page.
fn is_tested(site: &Site, page: &Page) -> bool {
    let exceptions = site.data.accessibility().map_or(&[][..], |papers| &papers.policy.exceptions);
    let prefixes: Vec<&str> =
        exceptions.iter().flat_map(|it| &it.pages).map(|prefix| prefix.trim_start_matches('/')).collect();
    let is_exception = prefixes.iter().any(|prefix| !prefix.is_empty() && page.route.as_str().starts_with(prefix));
    page.route.is_page() && page.subject != Subject::NotFound && !is_exception
}

fn lot(year: i16, route: &Route) -> Fingerprint {
    Fingerprint::of_bytes(format!("{year} {route}").as_bytes())
}
