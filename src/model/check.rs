//! A check: what must hold between figures, as its file has it.

use crate::diagnostic::Span;
pub use crate::parse::data::{Accepted, Counts, Direction, Ties, WrittenCheck};

use educe::Educe;

use super::indicator::Places;

/// A check and where it stands. What it names is looked up where it is carried out.
#[derive(Debug, Clone, Educe)]
#[educe(PartialEq)]
pub struct Check {
    /// The check as written.
    pub written: WrittenCheck,
    /// Where it stands.
    #[educe(PartialEq(ignore))]
    pub places: Places,
}

impl Check {
    /// Where all of it stands.
    pub fn span(&self) -> Span {
        self.places.spans.value(&self.places.path)
    }
}
