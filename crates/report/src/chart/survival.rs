//! Time to survive against time to recover: how long deliveries hold when a place stops, and how long it is out.

use super::Chart;
use super::axis::{BASE, SMALL, key, widest};
use crate::fmt::dec;
use crate::part::{Cell, Column, Table};
use crate::svg::{Anchor, Canvas, Linear, count_f64, fit, nice_ticks};

/// One stop.
#[derive(Clone, Debug)]
pub struct SurvivalRow {
    /// What stops.
    pub label: String,
    /// Days until it is back in full; none when nobody tells.
    pub recover: Option<f64>,
    /// Days of full output missed by then, fewer where output comes back in steps; none when nobody tells.
    pub missed: Option<f64>,
    /// Days for which all deliveries hold; none when they hold beyond the horizon.
    pub survive: Option<f64>,
    /// Whether more is lost than without a stop.
    pub short: bool,
    /// What is lost by then, in words; empty when nothing is or when it is not known.
    pub lost: String,
    /// Deliveries that end altogether, in words; empty when none do.
    pub ends: String,
}

/// Stops in order.
#[derive(Clone, Debug)]
pub struct Survival {
    /// Days looked at.
    pub horizon: f64,
    /// Stops.
    pub rows: Vec<SurvivalRow>,
}

impl SurvivalRow {
    fn words(&self, horizon: f64) -> String {
        let holds =
            self.survive.map_or_else(|| format!("beyond {} days", dec(horizon, 0)), |d| format!("{} days", dec(d, 1)));
        let out = self.recover.map_or_else(
            || "time out not known".to_owned(),
            |d| match self.missed {
                Some(missed) => {
                    format!("back in full after {} days, {} days of output missed", dec(d, 0), dec(missed, 1))
                }
                None => format!("back in full after {} days", dec(d, 0)),
            },
        );
        format!("holds {holds}; {out}")
    }
}

impl Chart for Survival {
    fn draw(&self, canvas: &mut Canvas) -> f64 {
        let entries = [
            ("s-work", "days that all deliveries hold"),
            ("g-stop", "days of full output missed"),
            ("g-wait", "until back in full"),
        ]
        .map(|(class, name)| (class.to_owned(), name.to_owned()));
        let top = key(canvas, (0.0, 0.0), &entries) + 4.0;
        let narrow = canvas.is_narrow();
        let labels = widest(self.rows.iter().map(|r| r.label.as_str()), BASE).min(220.0);
        let left = if narrow { 0.0 } else { labels + 14.0 };
        let days = self.rows.iter().flat_map(|r| [r.recover, r.survive]).flatten().fold(1.0, f64::max);
        let (ticks, _) = nice_ticks(0.0, days.min(self.horizon), if narrow { 3 } else { 6 });
        let end = ticks[ticks.len() - 1];
        let x = Linear::new((0.0, end), (left, canvas.width - 46.0));
        let row = if narrow { 46.0 } else { 30.0 };
        let bottom = top + row * count_f64(self.rows.len());
        for t in &ticks {
            canvas.line((x.at(*t), top), (x.at(*t), bottom), if *t == 0.0 { "axis" } else { "grid" });
            canvas.text((x.at(*t), bottom + 15.0), Anchor::Middle, "tm", &dec(*t, 0));
        }
        canvas.text((canvas.width, bottom + 15.0), Anchor::End, "tm", "days");
        for (i, r) in self.rows.iter().enumerate() {
            let head = top + row * count_f64(i);
            let y = if narrow { head + 18.0 } else { head + 4.0 };
            let class = if r.short { "tb" } else { "t" };
            if narrow {
                canvas.text((0.0, head + 13.0), Anchor::Start, class, &fit(&r.label, BASE, canvas.width));
            } else {
                canvas.text((left - 12.0, y + 14.5), Anchor::End, class, &fit(&r.label, BASE, labels + 8.0));
            }
            let tip = format!("{}: {}", r.label, r.words(self.horizon));
            if let Some(recover) = r.recover {
                let (back, end) = (x.clamped(r.missed.unwrap_or(recover).min(recover)), x.clamped(recover));
                if end > back {
                    canvas.rect_tip(back, y + 11.0, end - back, 9.0, "g-wait cut", &tip);
                }
                canvas.rect_tip(left, y + 11.0, (back - left).max(1.0), 9.0, "g-stop cut", &tip);
            }
            let survive = r.survive.unwrap_or(end);
            canvas.rect_tip(left, y, (x.clamped(survive) - left).max(1.0), 9.0, "s-work cut", &tip);
            if r.survive.is_none() {
                canvas.text((x.at(end) + 6.0, y + 9.0), Anchor::Start, "tm", ">");
            }
        }
        bottom + 15.0 + SMALL / 2.0
    }

    fn table(&self) -> Table {
        let columns = vec![
            Column::text("What stops"),
            Column::number("Deliveries hold (days)"),
            Column::number("Full output missed (days)"),
            Column::number("Back in full after (days)"),
            Column::number("Value of deliveries lost"),
            Column::text("Ends altogether"),
        ];
        let mut table = Table::new("Single stops: time to survive and time to recover", columns);
        for r in &self.rows {
            table.row([
                Cell::from(r.label.as_str()),
                r.survive.map_or_else(|| format!("> {}", dec(self.horizon, 0)), |d| dec(d, 1)).into(),
                r.missed.map_or_else(|| "not known".to_owned(), |d| dec(d, 1)).into(),
                r.recover.map_or_else(|| "not known".to_owned(), |d| dec(d, 0)).into(),
                r.lost.as_str().into(),
                r.ends.as_str().into(),
            ]);
        }
        table
    }

    fn describe(&self) -> String {
        let short: Vec<&str> = self.rows.iter().filter(|r| r.short).map(|r| r.label.as_str()).collect();
        let short = if short.is_empty() { "none".to_owned() } else { short.join(", ") };
        format!("Pairs of bars for {} single stops. Deliveries end before it is back: {short}.", self.rows.len())
    }
}
