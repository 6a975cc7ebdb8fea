//! Numbers to SVG: scales, axes, marks and labels. Knows no panel, page, file or dataset.
//!
//! A drawing is one [`Plot`]: a rectangle that stretches with its page. Positions are percentages of it, so lines live in
//! a nested SVG that is stretched, while texts and their sizes stay as they are on a phone and on paper. What a mark looks
//! like is said by its class; no drawing holds a colour, a width or a style attribute.
//!
//! | class | on | means |
//! |---|---|---|
//! | `g` | path | grid line |
//! | `kh`, `km` | g, path, text | the highlighted series, any other series |
//! | `ds`, `dt`, `dd` | path | dashed, dotted, dash and dot: tells series apart without colour |
//! | `p` | path | dots (lines of no length with round ends) |
//! | `o` | path | the rim around the dots of the highlighted series |
//! | `e` | path | the hole in the dots of estimated values |
//! | `rv` | path | the ring around the dots of revised values |
//! | `b`, `bh` | path | a filled shape: a bar, a segment, an area; the pale ground of a hatched one |
//! | `ha` | svg | the stripes of a hatched shape |
//! | `k1` to `k6` | path, svg, text | a category |
//! | `t1`, `t2`, `t3` | path | the band behind the upper, middle and lower third |
//! | `r` | path | a reference: an average, a target, a threshold |
//! | `z` | path | the line of zero |
//! | `y`, `x` | text | labels of the axes |
//! | `w` | text | a label for which only a wide panel has room |
//! | `n` | text | the value at the beginning of the highlighted line |

pub mod axis;
pub mod label;
pub mod mark;
pub mod place;
pub mod project;
pub mod scale;
pub mod shape;
pub mod svg;

pub use mark::{Mark, Plot};

/// The height of one line of text, in em.
pub const LINE_HEIGHT: f64 = 1.25;

/// The size of text in a plot, in CSS pixels: one em.
pub const EM: f64 = 13.0;

/// The narrowest drawing, in CSS pixels: a page of 320 pixels less its own margins and those of the panel.
pub const NARROWEST: f64 = 256.0;

/// The drawing of a panel wide enough for the labels of class `w`, in CSS pixels.
pub const WIDE: f64 = 448.0;
