//! The charts: each holds plain data and knows its drawing, its table twin and a description in words.

use crate::part::Table;
use crate::svg::Canvas;

mod axis;
mod bars;
mod budget;
mod fan;
mod frontier;
mod gantt;
mod ring_map;
mod stack;
mod strip;
mod survival;
mod tornado;
mod waterfall;
mod yamazumi;

pub use axis::Mark;
pub use bars::{BarRow, Bars};
pub use budget::{Budget, BudgetRow};
pub use fan::{Fan, FanBand, FanPanel};
pub use frontier::{Frontier, FrontierPoint};
pub use gantt::{Gantt, GanttBar, GanttGroup, GanttKind, GanttRow};
pub use ring_map::{Lane, LaneKind, Node, NodeKind, RingMap};
pub use stack::{Stack, StackRow};
pub use strip::{Strip, StripRow};
pub use survival::{Survival, SurvivalRow};
pub use tornado::{Swing, Tornado};
pub use waterfall::{Step, Waterfall};
pub use yamazumi::{Segment, StationLoad, Yamazumi};

/// A drawing made from data, and the same data as a table.
pub trait Chart {
    /// Draws at the canvas's width; returns the height used, px.
    fn draw(&self, canvas: &mut Canvas) -> f64;
    /// The data as a table.
    fn table(&self) -> Table;
    /// What is drawn, in words, for those who do not see it.
    fn describe(&self) -> String;
}
