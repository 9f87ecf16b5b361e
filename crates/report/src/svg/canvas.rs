//! A canvas that writes SVG elements with rounded coordinates; colours come only from the style sheet.

use crate::html::esc;
use core::fmt::Write as _;

/// A coordinate with at most one decimal, no negative zero; a value that is not finite becomes 0.
#[must_use]
pub fn num(value: f64) -> String {
    if !value.is_finite() {
        return "0".to_owned();
    }
    let text = format!("{value:.1}");
    let text = text.strip_suffix(".0").unwrap_or(&text);
    if text == "-0" { "0".to_owned() } else { text.to_owned() }
}

/// Which end of a text stands at its point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Anchor {
    /// The text starts at the point.
    Start,
    /// The text is centred on the point.
    Middle,
    /// The text ends at the point.
    End,
}

/// Collects the elements of one drawing.
#[derive(Clone, Debug)]
pub struct Canvas {
    out: String,
    /// Width of the drawing, px.
    pub width: f64,
}

impl Canvas {
    /// An empty drawing `width` px wide.
    #[must_use]
    pub fn new(width: f64) -> Self {
        Self { out: String::with_capacity(8192), width }
    }

    /// Whether the drawing is for a narrow screen.
    #[must_use]
    pub fn is_narrow(&self) -> bool {
        self.width < 400.0
    }

    /// A rectangle; nothing when it would be empty.
    pub fn rect(&mut self, x: f64, y: f64, w: f64, h: f64, class: &str) -> &mut Self {
        self.rect_tip(x, y, w, h, class, "")
    }

    /// A rectangle with a text shown while the pointer rests on it.
    pub fn rect_tip(&mut self, x: f64, y: f64, w: f64, h: f64, class: &str, tip: &str) -> &mut Self {
        if w > 0.0 && h > 0.0 {
            let _ = write!(
                self.out,
                "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" class=\"{class}\"",
                num(x),
                num(y),
                num(w),
                num(h)
            );
            self.close("rect", tip);
        }
        self
    }

    /// A straight line.
    pub fn line(&mut self, a: (f64, f64), b: (f64, f64), class: &str) -> &mut Self {
        let _ = writeln!(
            self.out,
            "<line x1=\"{}\" y1=\"{}\" x2=\"{}\" y2=\"{}\" class=\"{class}\"/>",
            num(a.0),
            num(a.1),
            num(b.0),
            num(b.1)
        );
        self
    }

    /// A circle with a text shown while the pointer rests on it.
    pub fn circle(&mut self, centre: (f64, f64), r: f64, class: &str, tip: &str) -> &mut Self {
        let _ = write!(
            self.out,
            "<circle cx=\"{}\" cy=\"{}\" r=\"{}\" class=\"{class}\"",
            num(centre.0),
            num(centre.1),
            num(r)
        );
        self.close("circle", tip);
        self
    }

    /// A path in SVG path syntax, built by the caller from [`num`].
    pub fn path(&mut self, d: &str, class: &str) -> &mut Self {
        self.path_wide(d, class, None, "")
    }

    /// A path with its own stroke width in px and a text shown while the pointer rests on it.
    pub fn path_wide(&mut self, d: &str, class: &str, width: Option<f64>, tip: &str) -> &mut Self {
        let _ = write!(self.out, "<path d=\"{d}\" class=\"{class}\"");
        if let Some(w) = width {
            let _ = write!(self.out, " stroke-width=\"{}\"", num(w));
        }
        self.close("path", tip);
        self
    }

    /// A line through points; gaps where a point is absent.
    pub fn polyline(&mut self, points: &[Option<(f64, f64)>], class: &str) -> &mut Self {
        let d = trace(points.iter().copied());
        if d.is_empty() { self } else { self.path(&d, class) }
    }

    /// A closed shape between two lines with the same abscissae.
    pub fn ribbon(&mut self, upper: &[(f64, f64)], lower: &[(f64, f64)], class: &str) -> &mut Self {
        if upper.is_empty() || lower.is_empty() {
            return self;
        }
        let d = trace(upper.iter().chain(lower.iter().rev()).map(|p| Some(*p))) + "Z";
        self.path(&d, class)
    }

    /// A text; nothing when it is empty.
    pub fn text(&mut self, at: (f64, f64), anchor: Anchor, class: &str, text: &str) -> &mut Self {
        if !text.is_empty() {
            let side = match anchor {
                Anchor::Start => "",
                Anchor::Middle => " m",
                Anchor::End => " e",
            };
            let _ = writeln!(
                self.out,
                "<text x=\"{}\" y=\"{}\" class=\"{class}{side}\">{}</text>",
                num(at.0),
                num(at.1),
                esc(text)
            );
        }
        self
    }

    /// Lines of text below each other, `leading` px apart.
    pub fn lines(&mut self, at: (f64, f64), anchor: Anchor, class: &str, lines: &[String], leading: f64) -> &mut Self {
        let mut y = at.1;
        for line in lines {
            self.text((at.0, y), anchor, class, line);
            y += leading;
        }
        self
    }

    /// A diamond.
    pub fn diamond(&mut self, centre: (f64, f64), r: f64, class: &str, tip: &str) -> &mut Self {
        let (x, y) = centre;
        let d = format!(
            "M{} {}L{} {}L{} {}L{} {}Z",
            num(x),
            num(y - r),
            num(x + r),
            num(y),
            num(x),
            num(y + r),
            num(x - r),
            num(y)
        );
        self.path_wide(&d, class, None, tip)
    }

    fn close(&mut self, element: &str, tip: &str) {
        if tip.is_empty() {
            self.out.push_str("/>\n");
        } else {
            let _ = writeln!(self.out, "><title>{}</title></{element}>", esc(tip));
        }
    }

    /// The elements drawn so far.
    #[must_use]
    pub fn body(&self) -> &str {
        &self.out
    }
}

fn trace(points: impl Iterator<Item = Option<(f64, f64)>>) -> String {
    let mut d = String::new();
    let mut pen_down = false;
    for point in points {
        match point.filter(|(x, y)| x.is_finite() && y.is_finite()) {
            Some((x, y)) => {
                let _ = write!(d, "{}{} {}", if pen_down { 'L' } else { 'M' }, num(x), num(y));
                pen_down = true;
            }
            None => pen_down = false,
        }
    }
    d
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn coordinates_are_short_and_finite() {
        assert_eq!(num(-0.04), "0");
        assert_eq!(num(12.04), "12");
        assert_eq!(num(12.06), "12.1");
        assert_eq!(num(f64::NAN), "0");
    }

    #[test]
    fn gaps_lift_the_pen() {
        assert_eq!(trace([Some((0.0, 0.0)), None, Some((1.0, 1.0)), Some((2.0, f64::NAN))].into_iter()), "M0 0M1 1");
    }
}
