//! What every simulation here stands on: the event list and the running of replications.

mod event_list;
mod replicate;

pub use event_list::{Event, EventList};
pub use replicate::{replicate, replicate_into};
