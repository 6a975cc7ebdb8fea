//! Findings about panel.
