//! Lines over time with quantile bands, as small multiples: demand steps, the plan, what simulation found.

use super::Chart;
use super::axis::{BASE, Mark, SMALL, time_axis, value_grid, widest};
use crate::fmt::dec;
use crate::part::{Cell, Column, Table};
use crate::svg::{Anchor, Band, Canvas, Linear, nice_ticks, spread, wrap};

/// A band between two quantiles, one value per period.
#[derive(Clone, Debug)]
pub struct FanBand {
    /// Direct label, such as `8 in 10 runs`.
    pub label: String,
    /// Lower quantile.
    pub low: Vec<f64>,
    /// Upper quantile.
    pub high: Vec<f64>,
}

/// One small chart.
#[derive(Clone, Debug, Default)]
pub struct FanPanel {
    /// Heading.
    pub title: String,
    /// Unit of the values.
    pub unit: String,
    /// What is asked, drawn as steps.
    pub demand: Option<Vec<f64>>,
    /// What the plan says.
    pub plan: Option<Vec<f64>>,
    /// The middle of the simulated runs.
    pub median: Option<Vec<f64>>,
    /// The spread of the simulated runs.
    pub band: Option<FanBand>,
}

/// Small multiples over one time axis.
#[derive(Clone, Debug, Default)]
pub struct Fan {
    /// Name of every period, for the table.
    pub periods: Vec<String>,
    /// Labels of the time axis.
    pub marks: Vec<Mark>,
    /// The charts.
    pub panels: Vec<FanPanel>,
    /// Decimals of the values.
    pub places: usize,
    /// Caption of the table.
    pub caption: String,
}

const PANEL_HEIGHT: f64 = 230.0;
const HEAD: f64 = 30.0;
const FOOT: f64 = 30.0;

impl FanPanel {
    fn values(&self) -> impl Iterator<Item = f64> {
        let band = self.band.iter().flat_map(|b| b.low.iter().chain(&b.high));
        let lines = [&self.demand, &self.plan, &self.median].into_iter().flatten().flatten();
        lines.chain(band).copied().filter(|v| v.is_finite())
    }

    fn end_labels(&self) -> Vec<(f64, &str, &'static str)> {
        let last = |v: &Vec<f64>| v.last().copied().unwrap_or(0.0);
        let mut labels = Vec::new();
        if let Some(d) = &self.demand {
            labels.push((last(d), "Demand", "t k-demand"));
        }
        if let Some(p) = &self.plan {
            labels.push((last(p), "Plan", "t k-plan"));
        }
        if let Some(m) = &self.median {
            labels.push((last(m), "Middle run", "t k-accent"));
        }
        if let Some(b) = &self.band {
            labels.push((last(&b.low), &b.label, "t k-band"));
        }
        labels
    }

    fn draw(&self, canvas: &mut Canvas, at: (f64, f64), width: f64, n: usize, marks: &[Mark]) {
        let (lo, hi) = self.values().fold((0.0_f64, 0.0_f64), |(lo, hi), v| (lo.min(v), hi.max(v)));
        let (ticks, places) = nice_ticks(lo, hi, 4);
        let ticks: Vec<(f64, String)> = ticks.into_iter().map(|t| (t, dec(t, places))).collect();
        let labels = self.end_labels();
        let left = at.0 + widest(ticks.iter().map(|t| t.1.as_str()), SMALL) + 8.0;
        let right_room = widest(labels.iter().map(|l| l.1), BASE).min(96.0);
        let right = at.0 + width - right_room - 10.0;
        let (top, bottom) = (at.1 + HEAD, at.1 + PANEL_HEIGHT - FOOT);
        let y = Linear::new((ticks[0].0, ticks[ticks.len() - 1].0), (bottom, top));
        let x = Band::new(n, left, right);

        canvas.text((at.0, at.1 + 13.0), Anchor::Start, "tb", &self.title);
        let title_width = crate::svg::bold_width(&self.title, BASE + 0.5);
        canvas.text((at.0 + title_width + 8.0, at.1 + 13.0), Anchor::Start, "tm", &self.unit);
        value_grid(canvas, &y, &ticks, (left, right));
        if let Some(band) = &self.band {
            let edge =
                |v: &[f64]| -> Vec<(f64, f64)> { v.iter().enumerate().map(|(i, v)| (x.mid(i), y.at(*v))).collect() };
            canvas.ribbon(&edge(&band.high), &edge(&band.low), "band");
        }
        if let Some(demand) = &self.demand {
            let steps: Vec<_> = demand
                .iter()
                .enumerate()
                .flat_map(|(i, v)| [Some((x.left(i), y.at(*v))), Some((x.left(i + 1), y.at(*v)))])
                .collect();
            canvas.polyline(&steps, "ln ln-demand");
        }
        let line = |v: &[f64]| -> Vec<Option<(f64, f64)>> {
            v.iter().enumerate().map(|(i, v)| v.is_finite().then(|| (x.mid(i), y.at(*v)))).collect()
        };
        if let Some(plan) = &self.plan {
            canvas.polyline(&line(plan), "ln ln-plan");
        }
        if let Some(median) = &self.median {
            canvas.polyline(&line(median), "ln ln-accent");
        }
        time_axis(canvas, &x, n, bottom, marks);
        let blocks: Vec<Vec<String>> = labels.iter().map(|l| wrap(l.1, BASE, right_room + 4.0)).collect();
        let gap = 15.0 * crate::svg::count_f64(blocks.iter().map(Vec::len).max().unwrap_or(1));
        let wanted: Vec<f64> = labels.iter().map(|l| y.at(l.0) + 4.0).collect();
        let placed = spread(&wanted, gap.min(30.0), top + 6.0, bottom - 2.0);
        for (((_, _, class), block), y) in labels.iter().zip(&blocks).zip(placed) {
            canvas.lines((right + 6.0, y), Anchor::Start, class, block, 13.0);
        }
    }
}

impl Chart for Fan {
    fn draw(&self, canvas: &mut Canvas) -> f64 {
        let columns = if canvas.is_narrow() || self.panels.len() == 1 { 1 } else { 2 };
        let air = 28.0;
        let width = (canvas.width - air * crate::svg::count_f64(columns - 1)) / crate::svg::count_f64(columns);
        let mut height = 0.0_f64;
        for (i, panel) in self.panels.iter().enumerate() {
            let at = (
                crate::svg::count_f64(i % columns) * (width + air),
                crate::svg::count_f64(i / columns) * (PANEL_HEIGHT + 14.0),
            );
            panel.draw(canvas, at, width, self.periods.len(), &self.marks);
            height = height.max(at.1 + PANEL_HEIGHT);
        }
        height
    }

    fn table(&self) -> Table {
        let mut columns = vec![Column::text("Period")];
        let mut series: Vec<&[f64]> = Vec::new();
        for p in &self.panels {
            let lines = [("demand", &p.demand), ("plan", &p.plan), ("middle run", &p.median)];
            let lines = lines.into_iter().filter_map(|(name, v)| v.as_deref().map(|v| (name.to_owned(), v)));
            let band = p.band.iter().flat_map(|b| {
                [(format!("{}, low", b.label), b.low.as_slice()), (format!("{}, high", b.label), b.high.as_slice())]
            });
            for (name, values) in lines.chain(band) {
                columns.push(Column::number(format!("{}: {name} ({})", p.title, p.unit)));
                series.push(values);
            }
        }
        let mut table = Table::new(self.caption.clone(), columns);
        for (i, period) in self.periods.iter().enumerate() {
            let values = series.iter().map(|s| Cell::from(s.get(i).map_or_else(String::new, |v| dec(*v, self.places))));
            table.row(core::iter::once(Cell::from(period.as_str())).chain(values));
        }
        table
    }

    fn describe(&self) -> String {
        let panels: Vec<String> = self
            .panels
            .iter()
            .map(|p| {
                let ends: Vec<String> = p
                    .end_labels()
                    .iter()
                    .map(|(v, name, _)| format!("{} {}", name.to_lowercase(), dec(*v, self.places)))
                    .collect();
                format!("{} in {}: in the last period {}.", p.title, p.unit, ends.join(", "))
            })
            .collect();
        format!("Lines over {} periods. {}", self.periods.len(), panels.join(" "))
    }
}
