//! Findings about site.
