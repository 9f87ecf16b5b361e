//! Axes and keys shared by the charts.

use crate::svg::{Anchor, Band, Canvas, Linear, text_width, thin};

/// Size of axis labels, px.
pub(super) const SMALL: f64 = 12.0;
/// Size of labels in a drawing, px.
pub(super) const BASE: f64 = 13.0;

/// A named place on the time axis: period index and label.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// Index of the period where it stands.
    pub at: usize,
    /// Text.
    pub label: String,
}

/// Draws the marks that fit under `y` along the slots.
pub(super) fn time_axis(canvas: &mut Canvas, band: &Band, n: usize, y: f64, marks: &[Mark]) {
    let end = band.left(n);
    canvas.line((band.start, y), (end, y), "axis");
    let places: Vec<(f64, f64)> = marks.iter().map(|m| (band.left(m.at), text_width(&m.label, SMALL))).collect();
    let starts: Vec<(f64, f64)> = places.iter().map(|(x, w)| (x + w / 2.0, *w)).collect();
    for ((mark, (x, w)), shown) in marks.iter().zip(&places).zip(thin(&starts, 8.0)) {
        if mark.at > n {
            continue;
        }
        canvas.line((*x, y), (*x, y + 4.0), "axis");
        if shown && x + w <= end + 14.0 {
            canvas.text((*x, y + 16.0), Anchor::Start, "tm", &mark.label);
        }
    }
}

/// Draws horizontal grid lines with their values at the left.
pub(super) fn value_grid(canvas: &mut Canvas, scale: &Linear, ticks: &[(f64, String)], x: (f64, f64)) {
    for (value, label) in ticks {
        let y = scale.at(*value);
        canvas.line((x.0, y), (x.1, y), if *value == 0.0 { "axis" } else { "grid" });
        canvas.text((x.0 - 6.0, y + 4.0), Anchor::End, "tm", label);
    }
}

/// Draws a key of swatches in lines; returns the height used.
pub(super) fn key(canvas: &mut Canvas, at: (f64, f64), entries: &[(String, String)]) -> f64 {
    let (mut x, mut y) = at;
    for (class, label) in entries {
        let w = 16.0 + text_width(label, SMALL) + 14.0;
        if x + w > canvas.width + 10.0 && x > at.0 {
            x = at.0;
            y += 18.0;
        }
        canvas.rect(x, y, 11.0, 11.0, class);
        canvas.text((x + 16.0, y + 10.0), Anchor::Start, "tm", label);
        x += w;
    }
    y + 18.0 - at.1
}

/// The widest of the labels, px.
pub(super) fn widest<'a>(labels: impl IntoIterator<Item = &'a str>, size: f64) -> f64 {
    labels.into_iter().map(|l| text_width(l, size)).fold(0.0, f64::max)
}
