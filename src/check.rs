//! Rules that no single file can see, over the whole [`Site`].

use crate::diagnostic::{self, Diagnostic, Span};
use crate::model::Site;

mod consent;
mod easy;
mod figures;
mod freshness;
mod glossary;
mod ids;
mod labels;
pub mod machine_readable;
mod prose;
mod rotation;
mod small_numbers;

pub use figures::{Discrepancy, figures};

/// Everything that the rules find. `text` gives the text of a source, so that words in it can be pointed at.
pub fn site<'t>(site: &Site, text: &dyn Fn(&str) -> Option<&'t str>) -> Vec<Diagnostic> {
    let mut findings = ids::unknown(site);
    findings.extend(labels::untranslated(site));
    findings.extend(consent::missing(site));
    findings.extend(freshness::past(site));
    findings.extend(rotation::broken(site));
    findings.extend(small_numbers::given_away(site));
    findings.extend(glossary::avoided(site, text));
    findings.extend(easy::hard(site, text));
    if site.pages.iter().all(|page| page.document.is_none()) {
        findings.push(diagnostic::site::no_pages(Span::file(&"site.toml".into())));
    }
    findings
}
