//! What is wrong with a build, as browsers are told.

use serde_json::Value;

use crate::diagnostic::{self, Diagnostic, Format, Severity, Speech};

/// How many problems are shown; whoever has more begins with these.
const MOST: usize = 50;

/// The problems of one build.
#[derive(Default, PartialEq)]
pub(super) struct Problems {
    /// As programs read them, errors first.
    pub(super) list: Vec<Value>,
    /// As people read them, for the page that is shown while there is no site.
    pub(super) text: String,
    /// How many errors there are.
    pub(super) errors: usize,
    /// How many warnings there are.
    pub(super) warnings: usize,
}

impl Problems {
    /// `lookup` gives the text of a file of the site.
    pub(super) fn new<'a>(
        findings: &'a [Diagnostic],
        speech: Speech,
        lookup: &dyn Fn(&str) -> Option<&'a str>,
    ) -> Problems {
        let of = |severity| findings.iter().filter(move |finding| finding.severity == severity);
        let shown: Vec<&Diagnostic> = of(Severity::Error).chain(of(Severity::Warning)).take(MOST).collect();
        let json = |finding: &&'a Diagnostic| diagnostic::print(finding, Format::Json, speech, lookup);
        let human =
            |finding: &&'a Diagnostic| diagnostic::print(finding, Format::Human { color: false }, speech, lookup);
        Problems {
            list: shown.iter().filter_map(|finding| serde_json::from_str(&json(finding)).ok()).collect(),
            text: shown.iter().map(human).collect::<Vec<_>>().join("\n\n"),
            errors: of(Severity::Error).count(),
            warnings: of(Severity::Warning).count(),
        }
    }

    /// Whether the site can't be published like this.
    pub(super) fn has_errors(&self) -> bool {
        self.errors > 0
    }
}
