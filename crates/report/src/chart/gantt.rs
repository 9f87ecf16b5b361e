//! Bars and milestones over time, grouped by site.

use super::Chart;
use super::axis::{BASE, Mark, SMALL, time_axis, widest};
use crate::part::{Cell, Column, Table};
use crate::svg::{Anchor, Band, Canvas, count_f64, fit, text_width};

/// What happens during a bar or at a milestone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GanttKind {
    /// Waiting for a licence, tooling or parts.
    Wait,
    /// Building up: opening, hiring, training.
    Prepare,
    /// Making units.
    Run,
    /// Stopped.
    Stop,
}

impl GanttKind {
    fn class(self) -> &'static str {
        match self {
            Self::Wait => "g-wait",
            Self::Prepare => "g-prep",
            Self::Run => "g-run",
            Self::Stop => "g-stop",
        }
    }
}

/// A stretch of time; `end` is the first period after it, a milestone has `end == start`.
#[derive(Clone, Debug)]
pub struct GanttBar {
    /// First period.
    pub start: usize,
    /// First period after it.
    pub end: usize,
    /// What happens.
    pub kind: GanttKind,
    /// Text in or beside it.
    pub label: String,
}

/// One row.
#[derive(Clone, Debug)]
pub struct GanttRow {
    /// What the row is about.
    pub label: String,
    /// Its bars in order of time.
    pub bars: Vec<GanttBar>,
}

/// Rows that belong together.
#[derive(Clone, Debug)]
pub struct GanttGroup {
    /// Heading.
    pub label: String,
    /// Rows.
    pub rows: Vec<GanttRow>,
}

/// The whole chart.
#[derive(Clone, Debug)]
pub struct Gantt {
    /// Name of every period, for the table.
    pub periods: Vec<String>,
    /// Labels of the time axis.
    pub marks: Vec<Mark>,
    /// Groups in order.
    pub groups: Vec<GanttGroup>,
}

const BAR: f64 = 16.0;

impl Gantt {
    fn period(&self, i: usize) -> &str {
        self.periods.get(i).or(self.periods.last()).map_or("", String::as_str)
    }

    fn draw_row(&self, canvas: &mut Canvas, x: &Band, y: f64, row: &GanttRow) {
        let right = x.left(self.periods.len());
        for (i, bar) in row.bars.iter().enumerate() {
            let (x0, x1) = (x.left(bar.start), x.left(bar.end.max(bar.start)));
            let tip = format!("{}: {}, {}", row.label, bar.label, self.span(bar));
            let wide = text_width(&bar.label, SMALL);
            if bar.end <= bar.start {
                canvas.diamond((x0, y + BAR / 2.0), 6.0, bar.kind.class(), &tip);
            } else {
                canvas.rect_tip(x0, y, x1 - x0, BAR, bar.kind.class(), &tip);
            }
            let next = row.bars.get(i + 1).map_or(right, |b| x.left(b.start) - 8.0);
            let before =
                i.checked_sub(1).and_then(|j| row.bars.get(j)).map_or(x.start, |b| x.left(b.end.max(b.start)) + 8.0);
            let baseline = y + BAR / 2.0 + 4.2;
            let after = if bar.end <= bar.start { x0 + 9.0 } else { x1 + 5.0 };
            if bar.end > bar.start && wide + 8.0 <= x1 - x0 {
                canvas.text((x0 + 5.0, baseline), Anchor::Start, "ton2", &bar.label);
            } else if after + wide <= next {
                canvas.text((after, baseline), Anchor::Start, "tm halo", &bar.label);
            } else if x0 - 9.0 - wide >= before {
                canvas.text((x0 - 9.0, baseline), Anchor::End, "tm halo", &bar.label);
            }
        }
    }

    fn span(&self, bar: &GanttBar) -> String {
        if bar.end <= bar.start + 1 {
            self.period(bar.start).to_owned()
        } else {
            format!("{} to {}", self.period(bar.start), self.period(bar.end - 1))
        }
    }
}

impl Chart for Gantt {
    fn draw(&self, canvas: &mut Canvas) -> f64 {
        let narrow = canvas.is_narrow();
        let labels = widest(self.groups.iter().flat_map(|g| &g.rows).map(|r| r.label.as_str()), BASE).min(190.0);
        let left = if narrow { 0.0 } else { labels + 14.0 };
        let x = Band::new(self.periods.len(), left, canvas.width - 6.0);
        let step = if narrow { 40.0 } else { 24.0 };
        let rows: usize = self.groups.iter().map(|g| g.rows.len()).sum();
        let bottom = 8.0 + count_f64(self.groups.len()) * 30.0 + count_f64(rows) * step;
        for mark in self.marks.iter().filter(|m| m.at <= self.periods.len()) {
            canvas.line((x.left(mark.at), 4.0), (x.left(mark.at), bottom), "grid");
        }
        let mut y = 0.0;
        for group in &self.groups {
            y += 22.0;
            canvas.text((0.0, y - 2.0), Anchor::Start, "tb halo", &group.label);
            y += 8.0;
            for row in &group.rows {
                if narrow {
                    canvas.text((0.0, y + 12.0), Anchor::Start, "t halo", &row.label);
                    self.draw_row(canvas, &x, y + 18.0, row);
                } else {
                    canvas.text((left - 12.0, y + 14.0), Anchor::End, "t", &fit(&row.label, BASE, labels + 6.0));
                    self.draw_row(canvas, &x, y + 2.0, row);
                }
                y += step;
            }
        }
        time_axis(canvas, &x, self.periods.len(), bottom, &self.marks);
        bottom + 24.0
    }

    fn table(&self) -> Table {
        let columns = ["Where", "What", "Step", "From", "To"].map(Column::text).to_vec();
        let mut table = Table::new("Openings, licences, first articles, hiring and training", columns);
        for g in &self.groups {
            for r in &g.rows {
                for b in &r.bars {
                    let to = if b.end <= b.start + 1 { b.start } else { b.end - 1 };
                    table.row([
                        Cell::from(g.label.as_str()),
                        r.label.as_str().into(),
                        b.label.as_str().into(),
                        self.period(b.start).into(),
                        self.period(to).into(),
                    ]);
                }
            }
        }
        table
    }

    fn describe(&self) -> String {
        let groups: Vec<&str> = self.groups.iter().map(|g| g.label.as_str()).collect();
        format!(
            "Time chart over {} periods with a group of rows for each of: {}.",
            self.periods.len(),
            groups.join(", ")
        )
    }
}
