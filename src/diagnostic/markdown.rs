//! Findings about markdown.
