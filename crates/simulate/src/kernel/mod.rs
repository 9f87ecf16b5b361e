//! What every simulation here stands on: the event list and the running of replications.

mod event_list;
mod replicate;
mod short_list;

pub use event_list::{Event, EventList};
pub use replicate::{replicate, replicate_into};
pub use short_list::ShortList;
