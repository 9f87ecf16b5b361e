//! Trusted markup and the one place where text is escaped into it.

use core::fmt;

/// Markup that is already safe to put on a page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Html(String);

impl Html {
    /// Empty markup.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Markup written by this crate; the caller has escaped what came from data.
    #[must_use]
    pub fn trusted(markup: impl Into<String>) -> Self {
        Self(markup.into())
    }

    /// Plain text, escaped.
    #[must_use]
    pub fn text(text: impl AsRef<str>) -> Self {
        Self(esc(text.as_ref()))
    }

    /// A link to `#target` around escaped `text`.
    #[must_use]
    pub fn link(text: impl AsRef<str>, target: impl AsRef<str>) -> Self {
        Self(format!("<a href=\"#{}\">{}</a>", esc(target.as_ref()), esc(text.as_ref())))
    }

    /// `self` inside an element of this name and class; no class attribute when `class` is empty.
    #[must_use]
    pub fn wrap(self, element: &str, class: &str) -> Self {
        let class = if class.is_empty() { String::new() } else { format!(" class=\"{}\"", esc(class)) };
        Self(format!("<{element}{class}>{}</{element}>", self.0))
    }

    /// Appends more markup.
    pub fn push(&mut self, more: &Self) -> &mut Self {
        self.0.push_str(&more.0);
        self
    }

    /// Appends escaped text.
    pub fn push_text(&mut self, text: &str) -> &mut Self {
        self.0.push_str(&esc(text));
        self
    }

    /// Appends a paragraph of escaped text.
    pub fn para(&mut self, text: &str) -> &mut Self {
        self.0.push_str("<p>");
        self.push_text(text);
        self.0.push_str("</p>\n");
        self
    }

    /// The markup.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether nothing was written.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl fmt::Display for Html {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl askama::filters::HtmlSafe for Html {}

/// Escapes text for element content and double-quoted attributes; control characters that no page may hold become U+FFFD.
#[must_use]
pub fn esc(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\t' | '\n' | '\r' => out.push(c),
            c if c.is_control() => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
    out
}

/// An id for an anchor: letters and digits stay, everything else becomes `-` or, where two keys could meet, its code point.
///
/// Distinct addresses give distinct anchors: `/` becomes `-`, any other foreign character `.` and its hexadecimal code.
///
/// ```
/// assert_eq!(report::html::anchor("in", "tasks/G04/minutes"), "in-tasks-G04-minutes");
/// ```
#[must_use]
pub fn anchor(prefix: &str, address: &str) -> String {
    let mut out = String::with_capacity(prefix.len() + address.len() + 1);
    out.push_str(prefix);
    out.push('-');
    for c in address.chars() {
        match c {
            'a'..='z' | 'A'..='Z' | '0'..='9' | '_' => out.push(c),
            '/' => out.push('-'),
            c => out.push_str(&format!(".{:x}.", u32::from(c))),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn data_cannot_leave_its_place() {
        assert_eq!(esc("<b a=\"1\" c='2'>&\u{1}"), "&lt;b a=&quot;1&quot; c=&#39;2&#39;&gt;&amp;\u{fffd}");
        assert_eq!(Html::link("a<b", "x\"y").as_str(), "<a href=\"#x&quot;y\">a&lt;b</a>");
    }

    #[test]
    fn anchors_of_different_addresses_differ() {
        assert_ne!(anchor("in", "a/b-c"), anchor("in", "a-b/c"));
        assert_ne!(anchor("in", "a b"), anchor("in", "a.20.b"));
    }
}
