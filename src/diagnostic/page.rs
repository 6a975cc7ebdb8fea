//! Findings about page.
