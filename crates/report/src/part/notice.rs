//! Prominent notes and small badges whose meaning does not hang on colour.

use crate::html::{Html, esc};

/// How grave a note is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// Proven or passed.
    Good,
    /// Worth knowing.
    Plain,
    /// Limits what the page may claim.
    Warn,
    /// The answer does not stand.
    Bad,
}

impl Tone {
    fn class(self) -> &'static str {
        match self {
            Self::Good => "good",
            Self::Plain => "plain",
            Self::Warn => "warn",
            Self::Bad => "bad",
        }
    }

    fn mark(self) -> &'static str {
        match self {
            Self::Good => "\u{2713}",
            Self::Plain => "\u{2022}",
            Self::Warn => "!",
            Self::Bad => "\u{2715}",
        }
    }
}

/// A note across the page: a bold lead and markup after it.
#[must_use]
pub fn notice(tone: Tone, lead: &str, body: &Html) -> Html {
    Html::trusted(format!(
        "<div class=\"notice {}\"><p><b><span class=\"mark\" aria-hidden=\"true\">{}</span>{}</b> {}</p></div>\n",
        tone.class(),
        tone.mark(),
        esc(lead),
        body
    ))
}

/// A word or two in a frame.
#[must_use]
pub fn badge(tone: Tone, text: &str) -> Html {
    Html::trusted(format!(
        "<span class=\"badge {}\"><span class=\"mark\" aria-hidden=\"true\">{}</span>{}</span>",
        tone.class(),
        tone.mark(),
        esc(text)
    ))
}
