//! How far each uncertain number moves a result, largest first.

use super::Chart;
use super::axis::{BASE, SMALL, widest};
use crate::fmt::dec;
use crate::part::{Cell, Column, Table};
use crate::svg::{Anchor, Canvas, Linear, count_f64, fit, nice_ticks};

/// One uncertain number.
#[derive(Clone, Debug)]
pub struct Swing {
    /// What it is.
    pub label: String,
    /// Its low value in words, and the result there.
    pub low: (String, f64),
    /// Its high value in words, and the result there.
    pub high: (String, f64),
}

/// Swings around a base result.
#[derive(Clone, Debug)]
pub struct Tornado {
    /// The result and its unit, such as `units delivered in the year`.
    pub result: String,
    /// The result with every number at its base value.
    pub base: f64,
    /// Decimals of the result.
    pub places: usize,
    /// Numbers, largest effect first.
    pub swings: Vec<Swing>,
}

impl Swing {
    /// The two ends: input in words, result, whether its label stands at the left; the end nearer the base takes the free side.
    fn ends(&self, base: f64) -> [(&str, f64, bool); 2] {
        let (low, high) = ((self.low.0.as_str(), self.low.1), (self.high.0.as_str(), self.high.1));
        let low_is_left = low.1 < high.1 || (low.1 == high.1 && low.1 <= base);
        let pin = |v: f64, is_left: bool| if is_left { v.min(base) } else { v.max(base) };
        [(low.0, pin(low.1, low_is_left), low_is_left), (high.0, pin(high.1, !low_is_left), !low_is_left)]
    }
}

impl Chart for Tornado {
    fn draw(&self, canvas: &mut Canvas) -> f64 {
        let narrow = canvas.is_narrow();
        let ends = self.swings.iter().flat_map(|s| [s.low.1, s.high.1]).chain([self.base]);
        let (lo, hi) = ends.fold((f64::INFINITY, f64::NEG_INFINITY), |(a, b), v| (a.min(v), b.max(v)));
        let (ticks, places) = nice_ticks(lo, hi, if narrow { 3 } else { 5 });
        let labels = widest(self.swings.iter().map(|s| s.label.as_str()), BASE).min(250.0);
        let left = if narrow { 0.0 } else { labels + 20.0 };
        let room = widest(self.swings.iter().flat_map(|s| [s.low.0.as_str(), s.high.0.as_str()]), SMALL) + 10.0;
        let x = Linear::new((ticks[0], ticks[ticks.len() - 1]), (left + room, canvas.width - room));
        let row = if narrow { 46.0 } else { 30.0 };
        let top = 40.0;
        let bottom = top + row * count_f64(self.swings.len());
        for t in &ticks {
            canvas.line((x.at(*t), top - 6.0), (x.at(*t), bottom), "grid");
            canvas.text((x.at(*t), bottom + 16.0), Anchor::Middle, "tm", &dec(*t, places));
        }
        let base = format!("base {}", dec(self.base, self.places));
        canvas.text((x.at(self.base), top - 12.0), Anchor::Middle, "tb halo", &base);
        for (i, s) in self.swings.iter().enumerate() {
            let head = top + row * count_f64(i);
            let y = if narrow { head + 20.0 } else { head + 4.0 };
            if narrow {
                canvas.text((0.0, head + 13.0), Anchor::Start, "t halo", &fit(&s.label, BASE, canvas.width));
            } else {
                canvas.text((left - 16.0, y + 13.0), Anchor::End, "t", &fit(&s.label, BASE, labels + 10.0));
            }
            for ((input, result), class) in [(&s.low, "t-low"), (&s.high, "t-high")] {
                let (a, b) = (x.at(self.base), x.at(*result));
                let tip = format!("{} at {input}: {}", s.label, dec(*result, self.places));
                canvas.rect_tip(a.min(b), y, (a - b).abs().max(1.0), 16.0, class, &tip);
            }
            for (input, result, is_left) in s.ends(self.base) {
                let (anchor, dx) = if is_left { (Anchor::End, -6.0) } else { (Anchor::Start, 6.0) };
                canvas.text((x.at(result) + dx, y + 12.5), anchor, "tm halo", input);
            }
        }
        canvas.line((x.at(self.base), top - 6.0), (x.at(self.base), bottom), "axis");
        canvas.text(
            (f64::midpoint(left, canvas.width), bottom + 34.0),
            Anchor::Middle,
            "tm",
            &fit(&self.result, SMALL, canvas.width - left),
        );
        bottom + 42.0
    }

    fn table(&self) -> Table {
        let columns = vec![
            Column::text("Uncertain number"),
            Column::number("Low"),
            Column::number("Result at low"),
            Column::number("High"),
            Column::number("Result at high"),
            Column::number("Swing"),
        ];
        let mut table = Table::new(format!("Effect on {}; base {}", self.result, dec(self.base, self.places)), columns);
        for s in &self.swings {
            table.row([
                Cell::from(s.label.as_str()),
                s.low.0.as_str().into(),
                dec(s.low.1, self.places).into(),
                s.high.0.as_str().into(),
                dec(s.high.1, self.places).into(),
                dec((s.high.1 - s.low.1).abs(), self.places).into(),
            ]);
        }
        table
    }

    fn describe(&self) -> String {
        let first = self.swings.first().map(|s| {
            format!("The largest is {}: {} to {}.", s.label, dec(s.low.1, self.places), dec(s.high.1, self.places))
        });
        format!(
            "Bars of how {} numbers move {}, base {}. {}",
            self.swings.len(),
            self.result,
            dec(self.base, self.places),
            first.unwrap_or_default()
        )
    }
}
