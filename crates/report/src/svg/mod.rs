//! Drawing by hand: a canvas that writes SVG, text widths, scales and label placing.

mod canvas;
mod place;
mod scale;
mod text;

pub use canvas::{Anchor, Canvas, num};
pub use place::{spread, thin};
pub(crate) use scale::to_f64 as count_f64;
pub use scale::{Band, Linear, nice_ticks};
pub use text::{bold_width, fit, text_width, wrap};
