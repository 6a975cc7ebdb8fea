//! Rules that no single file can see, over the whole [`Site`].

use crate::diagnostic::Diagnostic;
use crate::model::Site;

mod figures;
mod ids;
mod labels;

pub use figures::{Discrepancy, figures};

/// Everything that the rules find.
pub fn site(site: &Site) -> Vec<Diagnostic> {
    let mut findings = ids::unknown(site);
    findings.extend(labels::untranslated(site));
    findings
}
