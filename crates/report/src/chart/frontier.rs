//! Alternatives by cost and by what they withstand; the best of them joined.

use super::Chart;
use super::axis::{BASE, SMALL, value_grid, widest};
use crate::fmt::dec;
use crate::part::{Cell, Column, Table};
use crate::svg::{Anchor, Canvas, Linear, nice_ticks, text_width};

/// One alternative.
#[derive(Clone, Debug)]
pub struct FrontierPoint {
    /// Name.
    pub label: String,
    /// Cost, in the unit of the axis.
    pub x: f64,
    /// What it achieves, in the unit of the axis.
    pub y: f64,
    /// Whether nothing else is both cheaper and better.
    pub on_frontier: bool,
    /// Whether this is the one the page describes.
    pub is_chosen: bool,
}

/// Alternatives in the plane.
#[derive(Clone, Debug)]
pub struct Frontier {
    /// What the horizontal axis counts.
    pub x_label: String,
    /// What the vertical axis counts.
    pub y_label: String,
    /// Decimals of both.
    pub places: (usize, usize),
    /// Alternatives.
    pub points: Vec<FrontierPoint>,
}

impl Chart for Frontier {
    fn draw(&self, canvas: &mut Canvas) -> f64 {
        let height = if canvas.is_narrow() { 340.0 } else { 380.0 };
        let range = |f: fn(&FrontierPoint) -> f64| {
            self.points.iter().map(f).fold((f64::INFINITY, f64::NEG_INFINITY), |(a, b), v| (a.min(v), b.max(v)))
        };
        let ((x0, x1), (y0, y1)) = (range(|p| p.x), range(|p| p.y));
        let (xt, xp) = nice_ticks(x0, x1, if canvas.is_narrow() { 3 } else { 6 });
        let (yt, yp) = nice_ticks(y0, y1, 4);
        let yt: Vec<(f64, String)> = yt.into_iter().map(|t| (t, dec(t, yp))).collect();
        let left = widest(yt.iter().map(|t| t.1.as_str()), SMALL) + 8.0;
        let (top, bottom, right) = (26.0, height - 40.0, canvas.width - 14.0);
        let x = Linear::new((xt[0], xt[xt.len() - 1]), (left + 10.0, right));
        let y = Linear::new((yt[0].0, yt[yt.len() - 1].0), (bottom, top));
        canvas.text((0.0, 12.0), Anchor::Start, "tm", &self.y_label);
        value_grid(canvas, &y, &yt, (left, right));
        canvas.line((left, bottom), (right, bottom), "axis");
        for t in &xt {
            canvas.text((x.at(*t), bottom + 17.0), Anchor::Middle, "tm", &dec(*t, xp));
        }
        canvas.text((right, bottom + 34.0), Anchor::End, "tm", &self.x_label);
        let mut best: Vec<&FrontierPoint> = self.points.iter().filter(|p| p.on_frontier).collect();
        best.sort_by(|a, b| a.x.total_cmp(&b.x).then(a.y.total_cmp(&b.y)));
        let line: Vec<Option<(f64, f64)>> = best.iter().map(|p| Some((x.at(p.x), y.at(p.y)))).collect();
        canvas.polyline(&line, "ln ln-soft");
        let mut taken: Vec<[f64; 4]> = self.points.iter().map(|p| box_at((x.at(p.x), y.at(p.y)), 7.0)).collect();
        for p in &self.points {
            let at = (x.at(p.x), y.at(p.y));
            let tip = format!(
                "{}: {} {}, {} {}",
                p.label,
                dec(p.x, self.places.0),
                self.x_label,
                dec(p.y, self.places.1),
                self.y_label
            );
            let class = match (p.is_chosen, p.on_frontier) {
                (true, _) => "node-site",
                (_, true) => "dot-front",
                _ => "dot-back",
            };
            canvas.circle(at, if p.is_chosen { 7.0 } else { 5.0 }, class, &tip);
            place_label(canvas, p, at, &mut taken);
        }
        height
    }

    fn table(&self) -> Table {
        let columns = vec![
            Column::text("Alternative"),
            Column::number(self.x_label.clone()),
            Column::number(self.y_label.clone()),
            Column::text("On the frontier"),
        ];
        let mut table = Table::new("Alternatives by cost and result", columns);
        for p in &self.points {
            table.row([
                Cell::from(p.label.as_str()),
                dec(p.x, self.places.0).into(),
                dec(p.y, self.places.1).into(),
                if p.on_frontier { "yes" } else { "no" }.into(),
            ]);
        }
        table
    }

    fn describe(&self) -> String {
        let names: Vec<&str> = self.points.iter().filter(|p| p.on_frontier).map(|p| p.label.as_str()).collect();
        format!(
            "{} alternatives by {} and {}. On the frontier: {}.",
            self.points.len(),
            self.x_label,
            self.y_label,
            names.join(", ")
        )
    }
}

fn box_at(at: (f64, f64), r: f64) -> [f64; 4] {
    [at.0 - r, at.1 - r, at.0 + r, at.1 + r]
}

/// Tries right, left, above and below the point; a chosen or best point is always labelled.
fn place_label(canvas: &mut Canvas, p: &FrontierPoint, at: (f64, f64), taken: &mut Vec<[f64; 4]>) {
    let w = text_width(&p.label, BASE);
    let spots = [
        (at.0 + 9.0, at.1 + 17.0, Anchor::Start, at.0 + 9.0),
        (at.0 + 11.0, at.1 + 4.0, Anchor::Start, at.0 + 11.0),
        (at.0 - 11.0, at.1 + 4.0, Anchor::End, at.0 - 11.0 - w),
        (at.0, at.1 - 11.0, Anchor::Middle, at.0 - w / 2.0),
        (at.0, at.1 + 21.0, Anchor::Middle, at.0 - w / 2.0),
    ];
    let width = canvas.width;
    let free = |left: f64, y: f64, taken: &[[f64; 4]]| {
        let b = [left, y - 11.0, left + w, y + 3.0];
        left >= 0.0
            && left + w <= width
            && !taken.iter().any(|t| b[0] < t[2] && t[0] < b[2] && b[1] < t[3] && t[1] < b[3])
    };
    let class = if p.is_chosen { "tb halo" } else { "t halo" };
    let found = spots.iter().find(|s| free(s.3, s.1, taken)).or(if p.is_chosen { spots.get(3) } else { None });
    if let Some((x, y, anchor, left)) = found {
        canvas.text((*x, *y), *anchor, class, &p.label);
        taken.push([*left, y - 11.0, left + w, y + 3.0]);
    }
}
