//! Kairan (回覧): a static site generator for local medical-education zines and recruitment portals.
//!
//! A site folder becomes a website in these steps, each with its own type:
//!
//! 1. [`read`]: the disk to [`read::Source`];
//! 2. [`parse`]: one file to one [`parse::Document`];
//! 3. [`model`]: all documents to one [`model::Site`];
//! 4. [`derive`]: figures from the data, and [`ledger`]: how translations stand to their originals,
//!    [`accessibility`]: what was tested and what came of it;
//! 5. [`panel`], drawn with [`draw`]: a panel's YAML to a [`panel::Panel`];
//! 6. [`check`]: rules over the whole site;
//! 7. [`media`] and [`render`]: the site to a [`render::view::View`] and to HTML, and to a [`poster::Poster`];
//! 8. [`publish`]: pages, and the files that are not pages, as one [`write::Output`];
//! 9. [`write`]: that output to the disk.
//!
//! What was worked out once is found again in [`memo`] within a run and in [`cache`] between runs.
//! [`print`] has a browser make PDFs of what came out. [`schema`] tells editors what files may hold. [`pipeline`] runs
//! them in this order, [`serve`] runs it after every change, and [`cli`] is how a person asks for it. Findings are values of type
//! [`diagnostic::Checked`]; no stage stops at the first one.
#![forbid(unsafe_code)]
#![warn(missing_docs)]

pub mod diagnostic;
pub mod fingerprint;
pub mod memo;
pub mod cache;
pub mod locale;
pub mod read;
pub mod parse;
pub mod model;
pub mod ledger;
pub mod accessibility;
pub mod derive;
pub mod draw;
pub mod panel;
pub mod schema;
pub mod check;
pub mod media;
pub mod poster;
pub mod render;
pub mod write;
pub mod publish;
pub mod pipeline;
pub mod serve;
pub mod print;
pub mod cli;
