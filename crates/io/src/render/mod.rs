//! Shows diagnostics: as text with the offending line, and as JSON.

mod json;
mod text;
mod wrap;

pub use json::render_json;
pub use text::{Colour, render_text, summary};
