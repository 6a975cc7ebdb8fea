//! Findings about data.
