//! Sentences from data as markup.

use crate::html::Html;

/// Text in which names between backticks are set as code.
#[must_use]
pub fn prose(text: &str) -> Html {
    let mut html = Html::new();
    for (i, part) in text.split('`').enumerate() {
        html.push(&if i % 2 == 0 { Html::text(part) } else { Html::text(part).wrap("code", "") });
    }
    html
}

/// A fact or advice as a sentence: first letter large, full stop at the end.
#[must_use]
pub fn sentence(text: &str) -> Html {
    prose(&format!("{}.", crate::fmt::capital(text.trim_end_matches(['.', ' ']))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_become_code_and_stay_escaped() {
        assert_eq!(sentence("start with `--x <y>`").as_str(), "Start with <code>--x &lt;y&gt;</code>.");
        assert_eq!(sentence("Done.").as_str(), "Done.");
    }
}
