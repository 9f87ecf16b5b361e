//! Station loads as stacked tasks against the cycle time and the takt.

use super::Chart;
use super::axis::{SMALL, key, value_grid, widest};
use crate::fmt::{dec, short};
use crate::part::{Cell, Column, Table};
use crate::svg::{Anchor, Band, Canvas, Linear, count_f64, nice_ticks, text_width};

/// Width of one station at most, px.
const WIDEST: f64 = 76.0;

/// One task at a station.
#[derive(Clone, Debug)]
pub struct Segment {
    /// Task id.
    pub task: String,
    /// What is done.
    pub name: String,
    /// Minutes of the station it fills.
    pub minutes: f64,
    /// Index into the groups.
    pub group: usize,
}

/// One station.
#[derive(Clone, Debug)]
pub struct StationLoad {
    /// Name or number.
    pub label: String,
    /// People at the station.
    pub heads: f64,
    /// Its tasks in order.
    pub segments: Vec<Segment>,
}

/// Stations of one line.
#[derive(Clone, Debug)]
pub struct Yamazumi {
    /// The line, for the table's caption.
    pub title: String,
    /// Stations in order.
    pub stations: Vec<StationLoad>,
    /// Work areas, coloured in this order.
    pub groups: Vec<String>,
    /// What the line does, minutes a unit.
    pub cycle: f64,
    /// What demand asks, minutes a unit.
    pub takt: Option<f64>,
}

impl StationLoad {
    fn total(&self) -> f64 {
        self.segments.iter().map(|s| s.minutes).sum()
    }
}

impl Yamazumi {
    fn limit(&self) -> f64 {
        let load = self.stations.iter().map(StationLoad::total).fold(0.0, f64::max);
        load.max(self.cycle).max(self.takt.unwrap_or(0.0))
    }

    fn fill(group: usize) -> String {
        format!("f{}", group % 12 + 1)
    }

    fn tip(station: &StationLoad, s: &Segment) -> String {
        format!("Station {}: {} {}, {} min", station.label, s.task, s.name, short(s.minutes, 1))
    }

    /// The limit lines: value, label, class.
    fn lines(&self) -> Vec<(f64, String, &'static str)> {
        let mut lines = vec![(self.cycle, format!("cycle {}", short(self.cycle, 1)), "ln ln-accent")];
        if let Some(takt) = self.takt {
            lines.push((takt, format!("takt {}", short(takt, 1)), "ln ln-demand"));
        }
        lines
    }

    fn columns(&self, canvas: &mut Canvas, top: f64) -> f64 {
        let height = 280.0;
        let (ticks, places) = nice_ticks(0.0, self.limit(), 4);
        let ticks: Vec<(f64, String)> = ticks.into_iter().map(|t| (t, dec(t, places))).collect();
        let lines = self.lines();
        let left = widest(ticks.iter().map(|t| t.1.as_str()), SMALL) + 8.0;
        let room = canvas.width - widest(lines.iter().map(|l| l.1.as_str()), SMALL) - 8.0;
        let right = room.min(left + WIDEST * count_f64(self.stations.len().max(3)));
        let bottom = top + height;
        let y = Linear::new((0.0, ticks[ticks.len() - 1].0), (bottom, top));
        let x = Band::new(self.stations.len(), left, right);
        canvas.text((0.0, top - 14.0), Anchor::Start, "tm", "minutes a unit");
        value_grid(canvas, &y, &ticks, (left, right));
        let air = if x.step > 16.0 { 3.0 } else { 1.0 };
        let mut label_end = f64::NEG_INFINITY;
        for (i, station) in self.stations.iter().enumerate() {
            let mut level = 0.0;
            for s in &station.segments {
                let (y1, y0) = (y.at(level + s.minutes), y.at(level));
                let w = x.step - air;
                canvas.rect_tip(
                    x.left(i) + air / 2.0,
                    y1,
                    w,
                    y0 - y1,
                    &format!("{} cut", Self::fill(s.group)),
                    &Self::tip(station, s),
                );
                if y0 - y1 >= 11.0 && text_width(&s.task, 10.0) <= w - 2.0 {
                    canvas.text((x.mid(i), (y0 + y1) / 2.0 + 3.5), Anchor::Middle, "ton", &s.task);
                }
                level += s.minutes;
            }
            // Labels stand where they do not run into the one before.
            let half = text_width(&station.label, SMALL) / 2.0;
            if x.mid(i) - half >= label_end + 3.0 {
                canvas.text((x.mid(i), bottom + 15.0), Anchor::Middle, "tm", &station.label);
                label_end = x.mid(i) + half;
            }
        }
        let wanted: Vec<f64> = lines.iter().map(|l| y.at(l.0) + 4.0).collect();
        let placed = crate::svg::spread(&wanted, 15.0, top - 4.0, bottom);
        for ((value, label, class), label_y) in lines.iter().zip(placed) {
            canvas.line((left, y.at(*value)), (right, y.at(*value)), class);
            canvas.text((right + 6.0, label_y), Anchor::Start, "tm", label);
        }
        canvas.text((left, bottom + 33.0), Anchor::Start, "tm", "station");
        bottom + 40.0
    }

    fn rows(&self, canvas: &mut Canvas, top: f64) -> f64 {
        let row = 22.0;
        let left = widest(self.stations.iter().map(|s| s.label.as_str()), SMALL) + 8.0;
        let right = canvas.width - 34.0;
        let x = Linear::new((0.0, self.limit()), (left, right));
        let bottom = top + row * count_f64(self.stations.len());
        for (i, station) in self.stations.iter().enumerate() {
            let y = top + row * count_f64(i);
            let mut level = 0.0;
            canvas.text((left - 6.0, y + 15.0), Anchor::End, "tm", &station.label);
            for s in &station.segments {
                let (x0, x1) = (x.at(level), x.at(level + s.minutes));
                canvas.rect_tip(
                    x0,
                    y + 2.0,
                    x1 - x0,
                    row - 4.0,
                    &format!("{} cut", Self::fill(s.group)),
                    &Self::tip(station, s),
                );
                if text_width(&s.task, 10.0) <= x1 - x0 - 3.0 {
                    canvas.text(((x0 + x1) / 2.0, y + 14.5), Anchor::Middle, "ton", &s.task);
                }
                level += s.minutes;
            }
            canvas.text((canvas.width, y + 15.0), Anchor::End, "tm", &dec(level, 0));
        }
        let mut y = bottom + 14.0;
        for (value, label, class) in self.lines() {
            canvas.line((x.at(value), top - 2.0), (x.at(value), y - 10.0), class);
            canvas.text((x.at(value), y), Anchor::End, "tm", &label);
            y += 15.0;
        }
        canvas.text((0.0, bottom + 14.0), Anchor::Start, "tm", "minutes a unit");
        y
    }
}

impl Chart for Yamazumi {
    fn draw(&self, canvas: &mut Canvas) -> f64 {
        let used: Vec<(String, String)> = self
            .groups
            .iter()
            .enumerate()
            .filter(|(g, _)| self.stations.iter().any(|s| s.segments.iter().any(|t| t.group == *g)))
            .map(|(g, name)| (Self::fill(g), name.clone()))
            .collect();
        let top = key(canvas, (0.0, 0.0), &used);
        if canvas.is_narrow() { self.rows(canvas, top + 6.0) } else { self.columns(canvas, top + 30.0) }
    }

    fn table(&self) -> Table {
        let columns = vec![
            Column::text("Station"),
            Column::number("Heads"),
            Column::number("Load (min)"),
            Column::number("Idle (min)"),
            Column::text("Tasks"),
        ];
        let mut table = Table::new(format!("Station loads, {}", self.title), columns);
        for s in &self.stations {
            let tasks: Vec<String> =
                s.segments.iter().map(|t| format!("{} {} ({} min)", t.task, t.name, short(t.minutes, 1))).collect();
            table.row([
                Cell::from(s.label.as_str()),
                short(s.heads, 1).into(),
                dec(s.total(), 1).into(),
                dec(self.cycle - s.total(), 1).into(),
                tasks.join("; ").into(),
            ]);
        }
        table
    }

    fn describe(&self) -> String {
        let fullest = self.stations.iter().max_by(|a, b| a.total().total_cmp(&b.total()));
        let fullest = fullest
            .map(|s| format!("The fullest is {} with {} minutes.", s.label, dec(s.total(), 1)))
            .unwrap_or_default();
        format!(
            "Stacked bars of {} stations against a cycle time of {} minutes. {fullest}",
            self.stations.len(),
            short(self.cycle, 1)
        )
    }
}
