//! Rules that no single file can see, over the whole [`Site`].

use crate::diagnostic::{self, Diagnostic, Span};
use crate::model::Site;

mod ids;
mod labels;

/// Everything that the rules find.
pub fn site(site: &Site) -> Vec<Diagnostic> {
    let mut findings = ids::unknown(site);
    findings.extend(labels::untranslated(site));
    if site.pages.iter().all(|page| page.document.is_none()) {
        findings.push(diagnostic::site::no_pages(Span::file(&"site.toml".into())));
    }
    findings
}
