//! The frame of the page: head, style sheet, contents, sections, foot.

use crate::html::Html;
use askama::Template;

/// One section of the page.
#[derive(Clone, Debug)]
pub struct Section {
    /// Anchor.
    pub id: String,
    /// Heading.
    pub title: String,
    /// Heading in the contents.
    pub short: String,
    /// What stands in it.
    pub body: Html,
}

/// All of the page.
#[derive(Clone, Debug)]
pub struct Page {
    /// Language of the words, such as `en`.
    pub language: String,
    /// Title of the window.
    pub title: String,
    /// What the page is about, above the headline.
    pub kicker: String,
    /// The answer as a headline.
    pub answer: String,
    /// The answer in a paragraph.
    pub standfirst: Html,
    /// What limits the answer, headline numbers, what breaks it, what to ask.
    pub summary: Html,
    /// Sections in order.
    pub sections: Vec<Section>,
    /// How the page came about, in a line.
    pub colophon: Html,
}

#[derive(Template)]
#[template(path = "page.html")]
struct PageTemplate<'a> {
    page: &'a Page,
    style: &'a str,
    patterns: Html,
}

/// The style sheet of the page.
const STYLE: &str = include_str!("../templates/style.css");
/// Number of fills with a pattern of their own.
const PATTERNS: [(&str, &str); 12] = [
    ("M0 8L8 0", "8"),
    ("M0 0L8 8", "8"),
    ("M0 4H8", "8"),
    ("M4 0V8", "8"),
    ("M0 5L5 0M0 0L5 5", "5"),
    ("M0 3H6M3 0V6", "6"),
    ("M1 1h1.6v1.6h-1.6zM5 5h1.6v1.6h-1.6z", "8"),
    ("M0 4L4 0", "4"),
    ("M0 0L4 4", "4"),
    ("M2 0V4", "4"),
    ("M0 2H4", "4"),
    ("M3 1L5 3L3 5L1 3Z", "6"),
];

/// Patterns for forced colours and for paper, one a fill.
fn patterns() -> Html {
    let mut out =
        String::from("<svg class=\"defs\" width=\"0\" height=\"0\" aria-hidden=\"true\" focusable=\"false\"><defs>");
    for (i, (d, size)) in PATTERNS.iter().enumerate() {
        let k = i + 1;
        out.push_str(&format!(
            "<pattern id=\"pat{k}\" width=\"{size}\" height=\"{size}\" patternUnits=\"userSpaceOnUse\">\
             <rect width=\"{size}\" height=\"{size}\" class=\"pb pb{k}\"/><path d=\"{d}\" class=\"pl\"/></pattern>"
        ));
    }
    out.push_str("</defs></svg>");
    Html::trusted(out)
}

impl Page {
    /// The page as one HTML document.
    ///
    /// # Panics
    /// Never: writing to memory does not fail.
    #[must_use]
    pub fn render(&self) -> String {
        PageTemplate { page: self, style: STYLE, patterns: patterns() }
            .render()
            .expect("a template without fallible filters writes to memory")
    }
}
