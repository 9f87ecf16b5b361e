//! Weeks of a site as a strip: which share of each was worked, waited, down.

use super::Chart;
use super::axis::{BASE, Mark, key, time_axis, widest};
use crate::fmt::pct;
use crate::part::{Cell, Column, Table};
use crate::svg::{Anchor, Band, Canvas, count_f64, fit};

/// One strip.
#[derive(Clone, Debug)]
pub struct StripRow {
    /// Site.
    pub label: String,
    /// Shares of each period in each state, periods x states; sums to at most 1.
    pub shares: Vec<Vec<f64>>,
}

/// Strips over one time axis.
#[derive(Clone, Debug)]
pub struct Strip {
    /// Names of the states and their fill classes, the first is the good one.
    pub states: Vec<(String, String)>,
    /// Name of every period, for the table.
    pub periods: Vec<String>,
    /// Labels of the time axis.
    pub marks: Vec<Mark>,
    /// Strips.
    pub rows: Vec<StripRow>,
}

impl StripRow {
    fn mean(&self, state: usize) -> f64 {
        let sum: f64 = self.shares.iter().map(|p| p.get(state).copied().unwrap_or(0.0)).sum();
        sum / count_f64(self.shares.len().max(1))
    }
}

impl Chart for Strip {
    fn draw(&self, canvas: &mut Canvas) -> f64 {
        let entries: Vec<(String, String)> =
            self.states.iter().map(|(name, class)| (class.clone(), name.clone())).collect();
        let top = key(canvas, (0.0, 0.0), &entries) + 4.0;
        let narrow = canvas.is_narrow();
        let labels = widest(self.rows.iter().map(|r| r.label.as_str()), BASE).min(170.0);
        let left = if narrow { 0.0 } else { labels + 12.0 };
        let right = canvas.width - if narrow { 0.0 } else { 52.0 };
        let x = Band::new(self.periods.len(), left, right);
        let air = if x.step > 8.0 { 1.0 } else { 0.0 };
        let (tall, row) = (26.0, if narrow { 52.0 } else { 34.0 });
        for (i, r) in self.rows.iter().enumerate() {
            let head = top + row * count_f64(i);
            let y = if narrow { head + 20.0 } else { head };
            let mean = pct(r.mean(0), 0);
            if narrow {
                canvas.text((0.0, head + 14.0), Anchor::Start, "t", &r.label);
                canvas.text((right, head + 14.0), Anchor::End, "tb", &mean);
            } else {
                canvas.text((left - 10.0, y + 17.5), Anchor::End, "t", &fit(&r.label, BASE, labels + 8.0));
                canvas.text((canvas.width, y + 17.5), Anchor::End, "tb", &mean);
            }
            canvas.rect(left, y, right - left, tall, "strip-back");
            for (s, (name, class)) in self.states.iter().enumerate() {
                self.draw_state(canvas, &x, y, tall, air, r, s, name, class);
            }
        }
        let bottom = top + row * count_f64(self.rows.len());
        time_axis(canvas, &x, self.periods.len(), bottom, &self.marks);
        bottom + 22.0
    }

    fn table(&self) -> Table {
        let mut columns = vec![Column::text("Site"), Column::text("Period")];
        columns.extend(self.states.iter().map(|s| Column::number(s.0.clone())));
        let mut table = Table::new("Share of working time by site and period", columns);
        for r in &self.rows {
            for (i, period) in self.periods.iter().enumerate() {
                let shares = (0..self.states.len()).map(|s| {
                    Cell::from(r.shares.get(i).and_then(|p| p.get(s)).map_or_else(String::new, |v| pct(*v, 0)))
                });
                table.row([Cell::from(r.label.as_str()), period.as_str().into()].into_iter().chain(shares));
            }
        }
        table
    }

    fn describe(&self) -> String {
        let rows: Vec<String> = self.rows.iter().map(|r| format!("{} {}", r.label, pct(r.mean(0), 0))).collect();
        let good = self.states.first().map_or("", |s| s.0.as_str());
        format!("A strip of periods for each site. Mean share {good}: {}.", rows.join(", "))
    }
}

impl Strip {
    #[expect(clippy::too_many_arguments, reason = "the geometry of one state of one strip")]
    fn draw_state(
        &self,
        canvas: &mut Canvas,
        x: &Band,
        y: f64,
        tall: f64,
        air: f64,
        r: &StripRow,
        s: usize,
        name: &str,
        class: &str,
    ) {
        let mut i = 0;
        while i < r.shares.len() {
            let below: f64 = r.shares[i].iter().take(s).sum();
            let share = r.shares[i].get(s).copied().unwrap_or(0.0).clamp(0.0, 1.0);
            let mut j = i + 1;
            while air == 0.0 && j < r.shares.len() && r.shares[j] == r.shares[i] {
                j += 1;
            }
            let (y1, y0) = (y + tall * (1.0 - below - share), y + tall * (1.0 - below));
            let tip =
                format!("{}, {}: {name} {}", r.label, self.periods.get(i).map_or("", String::as_str), pct(share, 0));
            canvas.rect_tip(x.left(i), y1, x.left(j) - x.left(i) - air, y0 - y1, class, &tip);
            i = j;
        }
    }
}
