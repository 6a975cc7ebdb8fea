//! Findings about theme.
