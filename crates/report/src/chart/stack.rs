//! Where time goes: shares of a whole, one bar a row.

use super::Chart;
use super::axis::{BASE, SMALL, key, widest};
use crate::fmt::pct;
use crate::part::{Cell, Column, Table};
use crate::svg::{Anchor, Canvas, Linear, count_f64, fit, text_width};

/// One bar.
#[derive(Clone, Debug)]
pub struct StackRow {
    /// What it is.
    pub label: String,
    /// Whether to set it in bold, as the bottleneck.
    pub is_marked: bool,
    /// Share of each state; sums to at most 1.
    pub shares: Vec<f64>,
}

/// Bars of shares.
#[derive(Clone, Debug)]
pub struct Stack {
    /// Caption of the table.
    pub caption: String,
    /// What a row is, for the table.
    pub row_head: String,
    /// Names of the states and their fill classes.
    pub states: Vec<(String, String)>,
    /// Bars.
    pub rows: Vec<StackRow>,
}

impl Chart for Stack {
    fn draw(&self, canvas: &mut Canvas) -> f64 {
        let entries: Vec<(String, String)> =
            self.states.iter().map(|(name, class)| (class.clone(), name.clone())).collect();
        let top = key(canvas, (0.0, 0.0), &entries) + 4.0;
        let labels = widest(self.rows.iter().map(|r| r.label.as_str()), BASE).min(if canvas.is_narrow() {
            120.0
        } else {
            320.0
        });
        let left = labels + 12.0;
        let x = Linear::new((0.0, 1.0), (left, canvas.width));
        let row = 24.0;
        for (i, r) in self.rows.iter().enumerate() {
            let y = top + row * count_f64(i);
            let class = if r.is_marked { "tb" } else { "t" };
            canvas.text((left - 10.0, y + 14.5), Anchor::End, class, &fit(&r.label, BASE, labels + 8.0));
            let mut run = 0.0;
            for ((name, class), share) in self.states.iter().zip(&r.shares) {
                let share = share.clamp(0.0, 1.0 - run);
                let (x0, x1) = (x.at(run), x.at(run + share));
                let words = pct(share, 0);
                canvas.rect_tip(
                    x0,
                    y + 1.0,
                    x1 - x0,
                    row - 4.0,
                    &format!("{class} cut"),
                    &format!("{}: {name} {words}", r.label),
                );
                if text_width(&words, SMALL) + 8.0 <= x1 - x0 {
                    canvas.text((x0 + 5.0, y + 15.0), Anchor::Start, "ton2", &words);
                }
                run += share;
            }
        }
        top + row * count_f64(self.rows.len()) + 2.0
    }

    fn table(&self) -> Table {
        let mut columns = vec![Column::text(self.row_head.clone())];
        columns.extend(self.states.iter().map(|s| Column::number(s.0.clone())));
        let mut table = Table::new(self.caption.clone(), columns);
        for r in &self.rows {
            let shares =
                (0..self.states.len()).map(|s| Cell::from(r.shares.get(s).map_or_else(String::new, |v| pct(*v, 1))));
            table.row(core::iter::once(Cell::from(r.label.as_str())).chain(shares));
        }
        table
    }

    fn describe(&self) -> String {
        let states: Vec<&str> = self.states.iter().map(|s| s.0.as_str()).collect();
        let marked: Vec<&str> = self.rows.iter().filter(|r| r.is_marked).map(|r| r.label.as_str()).collect();
        let marked = if marked.is_empty() { String::new() } else { format!(" Marked: {}.", marked.join(", ")) };
        format!("Bars of {} rows divided into {}.{marked}", self.rows.len(), states.join(", "))
    }
}
