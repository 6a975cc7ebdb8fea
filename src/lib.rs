//! Kairan (回覧): a static site generator for local medical-education zines and recruitment portals.
#![forbid(unsafe_code)]
#![warn(missing_docs)]

pub mod diagnostic;
pub mod fingerprint;
pub mod locale;
// pub mod parse;
// pub mod read;
