//! Plain lines and queues: stations in series with finite buffers, as in the textbooks.
//!
//! The description ([`Line`]) is data; [`run`] is one replication, a pure function of
//! (line, options, random source, index); [`replicate_line`] runs many.

mod counting;
mod engine;
mod gradient;
mod interrupt;
mod kits;
mod model;
mod moves;
mod prepare;
mod recursion;
mod result;
mod ticks;

pub use engine::{replicate_line, run};
pub use gradient::Makespan;
pub use model::{
    Arrivals, Blocking, Breakdown, BreakdownClock, Fault, Line, LineOptions, Shifts, Station, Stop, Stoppage, Supply,
};
pub use prepare::Prepared;
pub(crate) use prepare::purpose;
pub use recursion::departures_by_recursion;
pub use result::{LineRun, StationTimes};
pub(crate) use ticks::{factor, ticks, whole};
