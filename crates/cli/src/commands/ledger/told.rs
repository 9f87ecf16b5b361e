//! Diagnostics of the ledger, shown as those of the ring are.

use diag::Diagnostic;
use ring_io::render::{Colour, render_json, render_text};
use ring_io::{Located, Sources};
use serde_json::Value;

use crate::exit::Failure;
use crate::talk::{say, stderr_has_colour};

/// Shows diagnostics on stderr, with the lines they point at.
pub(super) fn tell(diagnostics: Vec<Diagnostic>, sources: &Sources) {
    let colour = if stderr_has_colour() { Colour::Always } else { Colour::Never };
    let located: Vec<Located> = diagnostics.into_iter().map(|d| sources.locate_all(d)).collect();
    if !located.is_empty() {
        say(render_text(&located, colour).trim_end());
    }
}

/// The same as JSON.
pub(super) fn json(diagnostics: Vec<Diagnostic>, sources: &Sources) -> Value {
    let located: Vec<Located> = diagnostics.into_iter().map(|d| sources.locate_all(d)).collect();
    render_json(&located, 0)["diagnostics"].clone()
}

/// Why the store could not: its first diagnostic, after the others were shown.
pub(super) fn failure(mut refused: store::Refused) -> Failure {
    let first = if refused.0.is_empty() { None } else { Some(refused.0.remove(0)) };
    tell(refused.0, &Sources::default());
    match first {
        Some(first) => Box::new(first).into(),
        None => anyhow::anyhow!("the ledger could not do this").into(),
    }
}
