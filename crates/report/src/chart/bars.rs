//! Plain bars with an interval, largest first.

use super::Chart;
use super::axis::{BASE, widest};
use crate::part::{Cell, Column, Table};
use crate::svg::{Anchor, Canvas, Linear, count_f64, fit};

/// One bar.
#[derive(Clone, Debug)]
pub struct BarRow {
    /// What it is.
    pub label: String,
    /// Its value.
    pub value: f64,
    /// The value in words.
    pub text: String,
    /// The interval around it, if it was estimated.
    pub interval: Option<(f64, f64)>,
    /// The interval in words; may be empty.
    pub interval_text: String,
}

/// Bars from zero.
#[derive(Clone, Debug)]
pub struct Bars {
    /// Caption of the table.
    pub caption: String,
    /// What a row is, for the table.
    pub row_head: String,
    /// What the value counts, for the table.
    pub value_head: String,
    /// Bars.
    pub rows: Vec<BarRow>,
}

impl Chart for Bars {
    fn draw(&self, canvas: &mut Canvas) -> f64 {
        let narrow = canvas.is_narrow();
        let labels = widest(self.rows.iter().map(|r| r.label.as_str()), BASE).min(240.0);
        let left = if narrow { 0.0 } else { labels + 14.0 };
        let values = widest(self.rows.iter().map(|r| r.text.as_str()), BASE) + 12.0;
        let top = self.rows.iter().map(|r| r.interval.map_or(r.value, |i| i.1.max(r.value))).fold(0.0, f64::max);
        let x = Linear::new((0.0, top), (left, canvas.width - values));
        let row = if narrow { 42.0 } else { 27.0 };
        for (i, r) in self.rows.iter().enumerate() {
            let head = row * count_f64(i);
            let y = if narrow { head + 18.0 } else { head + 4.0 };
            if narrow {
                canvas.text((0.0, head + 13.0), Anchor::Start, "t", &fit(&r.label, BASE, canvas.width));
            } else {
                canvas.text((left - 12.0, y + 13.5), Anchor::End, "t", &fit(&r.label, BASE, labels + 8.0));
            }
            canvas.rect_tip(
                left,
                y,
                (x.at(r.value.max(0.0)) - left).max(1.0),
                18.0,
                "w-step",
                &format!("{}: {}", r.label, r.text),
            );
            let mut end = x.at(r.value.max(0.0));
            if let Some((lo, hi)) = r.interval {
                let (a, b) = (x.clamped(lo), x.clamped(hi));
                canvas.line((a, y + 9.0), (b, y + 9.0), "whisker");
                canvas.line((a, y + 5.0), (a, y + 13.0), "whisker").line((b, y + 5.0), (b, y + 13.0), "whisker");
                end = end.max(b);
            }
            canvas.text((end + 7.0, y + 13.5), Anchor::Start, "t", &r.text);
        }
        row * count_f64(self.rows.len()) + 2.0
    }

    fn table(&self) -> Table {
        let columns = vec![
            Column::text(self.row_head.clone()),
            Column::number(self.value_head.clone()),
            Column::number("Interval"),
        ];
        let mut table = Table::new(self.caption.clone(), columns);
        for r in &self.rows {
            table.row([Cell::from(r.label.as_str()), r.text.as_str().into(), r.interval_text.as_str().into()]);
        }
        table
    }

    fn describe(&self) -> String {
        let rows: Vec<String> = self.rows.iter().take(5).map(|r| format!("{} {}", r.label, r.text)).collect();
        format!("Bars: {}.", rows.join(", "))
    }
}
