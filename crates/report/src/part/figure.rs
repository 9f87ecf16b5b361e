//! A figure: the finding in words, the drawing at two widths, the same data as a table, the sources.

use crate::chart::Chart;
use crate::html::{Html, esc};
use crate::svg::{Canvas, num};
use core::fmt::Write as _;

/// Width of the drawing for wide screens and paper, px.
const WIDE: f64 = 840.0;
/// Width of a drawing that shares a row with another, px; not below what counts as narrow.
const HALF: f64 = 404.0;
/// Width of the drawing for narrow screens, px.
const NARROW: f64 = 344.0;

/// A chart with its words.
pub struct Figure<'a> {
    /// Anchor, unique on the page.
    pub id: &'a str,
    /// What the chart shows, as a sentence.
    pub finding: String,
    /// How to read it and in which unit.
    pub note: String,
    /// The drawing and its data.
    pub chart: &'a dyn Chart,
    /// Where the numbers come from; may be empty.
    pub sources: Html,
}

impl Figure<'_> {
    /// The whole figure.
    #[must_use]
    pub fn html(&self) -> Html {
        self.at(WIDE)
    }

    /// The figure drawn for half the width of wide screens, to stand beside another.
    #[must_use]
    pub fn half(&self) -> Html {
        self.at(HALF)
    }

    fn at(&self, wide: f64) -> Html {
        let mut out = String::new();
        let id = esc(self.id);
        let _ = writeln!(
            out,
            "<figure id=\"{id}\" class=\"fig\"><figcaption><strong>{}</strong> <span class=\"how\">{}</span></figcaption>",
            esc(&self.finding),
            esc(&self.note)
        );
        for (class, width) in [("wide", wide), ("narrow", NARROW)] {
            let mut canvas = Canvas::new(width);
            let height = self.chart.draw(&mut canvas);
            let (w, h) = (num(width), num(height));
            let _ = writeln!(
                out,
                "<svg class=\"draw {class}\" viewBox=\"0 0 {w} {h}\" width=\"{w}\" height=\"{h}\" role=\"img\" aria-labelledby=\"{id}-{class}-t {id}-{class}-d\">\
                 <title id=\"{id}-{class}-t\">{}</title><desc id=\"{id}-{class}-d\">{}</desc>\n{}</svg>",
                esc(&self.finding),
                esc(&self.chart.describe()),
                canvas.body()
            );
        }
        out.push_str(self.chart.table().folded("Show as a table").as_str());
        if !self.sources.is_empty() {
            let _ = writeln!(out, "<p class=\"src\">{}</p>", self.sources);
        }
        out.push_str("</figure>\n");
        Html::trusted(out)
    }
}
