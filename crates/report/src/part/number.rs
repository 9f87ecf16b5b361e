//! Numbers that lead to where they come from, and the band of headline numbers.

use crate::html::{Html, esc};
use core::fmt::Write as _;

/// Where a number comes from: a place on this page that names file, cell and source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// Words of the link.
    pub text: String,
    /// Anchor on this page, without `#`.
    pub target: String,
}

impl Source {
    /// A named place on this page.
    #[must_use]
    pub fn new(text: impl Into<String>, target: impl Into<String>) -> Self {
        Self { text: text.into(), target: target.into() }
    }
}

/// "Source: a, b" with links; empty when there are none.
#[must_use]
pub fn sources(lead: &str, places: &[Source]) -> Html {
    let mut html = Html::new();
    for (i, place) in places.iter().enumerate() {
        html.push_text(if i == 0 { lead } else { " \u{b7} " });
        html.push(&Html::link(&place.text, &place.target));
    }
    html
}

/// One large number of the summary.
#[derive(Clone, Debug)]
pub struct Headline {
    /// What it counts, in a few words.
    pub label: String,
    /// The number with its unit.
    pub value: String,
    /// What it should be compared with; may be empty.
    pub note: String,
    /// How it was worked out.
    pub source: Source,
}

/// The headline numbers side by side.
#[must_use]
pub fn headline_band(numbers: &[Headline]) -> Html {
    let mut out = String::from("<dl class=\"band\">\n");
    for n in numbers {
        let _ = writeln!(
            out,
            "<div><dt>{}</dt><dd class=\"big\"><a href=\"#{}\" aria-label=\"{} {}: {}\">{}</a></dd><dd class=\"small\">{}</dd></div>",
            esc(&n.label),
            esc(&n.source.target),
            esc(&n.value),
            esc(&n.label),
            esc(&n.source.text),
            esc(&n.value),
            esc(&n.note)
        );
    }
    out.push_str("</dl>\n");
    Html::trusted(out)
}
