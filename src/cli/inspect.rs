//! `kairan inspect PAGE`: what a template sees for a page, and what the page read.

use std::collections::BTreeSet;
use std::path::Path;

use serde_json::json;

use crate::diagnostic::{Message, nearest, say};
use crate::model::Choices;
use crate::pipeline::{self, Inspected};

/// The view of the page at `wanted` (its source or its address) as JSON.
///
/// # Errors
/// Where the site can't be read at all; the inner error says that there is no such page.
pub(super) fn page(root: &Path, choices: Choices, wanted: &str) -> anyhow::Result<Result<String, Message>> {
    let inspected = pipeline::inspect(root, choices, wanted)?;
    Ok(match inspected {
        Inspected::Page(page) => {
            let text = json!({
                "source": page.source,
                "address": page.view.page.path,
                "theme": page.view.site.theme,
                "templates": page.templates,
                "data": page.data,
                "view": page.view,
            });
            Ok(serde_json::to_string_pretty(&text)?)
        }
        Inspected::Unknown(pages) => Err(unknown(wanted, &pages)),
    })
}

/// That there is no such page, with the nearest names.
pub(super) fn unknown(wanted: &str, pages: &BTreeSet<String>) -> Message {
    let below = wanted.strip_prefix("content/").unwrap_or(wanted);
    let near = nearest(below, pages.iter().map(String::as_str)).join(", ");
    say(
        format!(
            "そのページはありません: {wanted}\n  もしかして: {near}\n  content/ からの道筋か、住所で指定してください"
        ),
        format!("there is no page {wanted}\n  did you mean: {near}\n  name its source below content/, or its address"),
    )
}
