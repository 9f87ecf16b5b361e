//! How a total builds up step by step.

use super::Chart;
use super::axis::{BASE, widest};
use crate::fmt::pct;
use crate::part::{Cell, Column, Table};
use crate::svg::{Anchor, Canvas, Linear, count_f64, fit};

/// One step.
#[derive(Clone, Debug)]
pub struct Step {
    /// What it is.
    pub label: String,
    /// Its amount; negative for what comes back.
    pub amount: f64,
    /// The amount in words.
    pub text: String,
}

/// Steps and their sum.
#[derive(Clone, Debug)]
pub struct Waterfall {
    /// Caption of the table.
    pub caption: String,
    /// Steps in order.
    pub steps: Vec<Step>,
    /// The sum in words.
    pub total: String,
}

impl Waterfall {
    fn sum(&self) -> f64 {
        self.steps.iter().map(|s| s.amount).sum()
    }
}

impl Chart for Waterfall {
    fn draw(&self, canvas: &mut Canvas) -> f64 {
        let narrow = canvas.is_narrow();
        let values = widest(self.steps.iter().map(|s| s.text.as_str()).chain([self.total.as_str()]), BASE) * 1.1 + 12.0;
        let labels = widest(self.steps.iter().map(|s| s.label.as_str()).chain(["Total"]), BASE).min(230.0);
        let left = if narrow { 0.0 } else { labels + 14.0 };
        let (mut lo, mut hi, mut run) = (0.0_f64, 0.0_f64, 0.0);
        for s in &self.steps {
            run += s.amount;
            lo = lo.min(run);
            hi = hi.max(run);
        }
        let x = Linear::new((lo, hi), (left, canvas.width - values));
        let row = if narrow { 42.0 } else { 28.0 };
        let mut run = 0.0;
        let rows = self.steps.iter().map(|s| (s.label.as_str(), s.amount, s.text.as_str(), "w-step"));
        let total = self.sum();
        for (i, (label, amount, text, class)) in
            rows.chain([("Total", total, self.total.as_str(), "w-total")]).enumerate()
        {
            let top = row * count_f64(i);
            let y = if narrow { top + 18.0 } else { top + 4.0 };
            let from = if class == "w-total" { 0.0 } else { run };
            let to = from + amount;
            let bold = if class == "w-total" { "tb" } else { "t" };
            if narrow {
                canvas.text((0.0, top + 13.0), Anchor::Start, bold, label);
            } else {
                canvas.text((left - 12.0, y + 14.5), Anchor::End, bold, &fit(label, BASE, labels + 8.0));
            }
            let (x0, x1) = (x.at(from.min(to)), x.at(from.max(to)));
            canvas.rect_tip(x0, y, (x1 - x0).max(1.0), 20.0, class, &format!("{label}: {text}"));
            canvas.text((x1 + 6.0, y + 14.5), Anchor::Start, bold, text);
            if class == "w-step" {
                run = to;
                let next = top + row + if narrow { 18.0 } else { 4.0 };
                canvas.line((x.at(run), y + 20.0), (x.at(run), next), "grid");
            }
        }
        row * count_f64(self.steps.len() + 1) + 2.0
    }

    fn table(&self) -> Table {
        let columns = vec![Column::text("Category"), Column::number("Amount"), Column::number("Share")];
        let mut table = Table::new(self.caption.clone(), columns);
        let sum = self.sum();
        for s in &self.steps {
            table.row([Cell::from(s.label.as_str()), s.text.as_str().into(), pct(s.amount / sum, 1).into()]);
        }
        table.row([Cell::from("Total"), self.total.as_str().into(), pct(1.0, 1).into()]);
        table.with_total();
        table
    }

    fn describe(&self) -> String {
        let largest = self.steps.iter().max_by(|a, b| a.amount.total_cmp(&b.amount));
        let largest = largest.map(|s| format!("The largest is {} with {}.", s.label, s.text)).unwrap_or_default();
        format!("{} amounts adding up to {}. {largest}", self.steps.len(), self.total)
    }
}
