//! An area: a place that figures are about, within the tree of areas.

use educe::Educe;
use serde::Serialize;

use crate::diagnostic::Span;
use crate::locale::Localized;
pub use crate::parse::data::AreaKind;

/// An area with its parent resolved.
#[derive(Debug, Clone, Educe, Serialize)]
#[educe(PartialEq)]
pub struct Area {
    /// What the data calls it.
    pub id: String,
    /// What readers call it.
    pub name: Localized,
    /// The name in kana.
    pub reading: Option<String>,
    /// What sort of area it is.
    pub kind: AreaKind,
    /// The official code, as text.
    pub code: Option<String>,
    /// The id of the area that it is a part of.
    pub parent: Option<String>,
    /// Other names under which tables have it.
    pub aliases: Vec<String>,
    /// Where its id stands.
    #[educe(PartialEq(ignore))]
    pub span: Span,
}
