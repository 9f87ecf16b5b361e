//! What a stop costs and how long the network outlives it: time to recover and time to survive.
//!
//! A network is nodes with stock and capacity that take inputs from other nodes; an input may have several sources. A stop
//! takes some nodes out for a time. *Lost in the time to recover*: the least value of demand that cannot be met until
//! they are back. *Time to survive*: how long all demand can still be met.
//!
//! # Source
//! Simchi-Levi, Schmidt, Wei, Zhang, Combs, Ge, Gusikhin, Sanders and Zhang 2015, Identifying risks and mitigating disruptions in
//! the automotive supply chain, Interfaces 45(5): the two linear programs.
//!
//! # Differs from the source
//! Before a program is written, all of the network that cannot be short is set aside (`reduce.rs`), and what is left falls
//! into parts that do not touch; programs of these parts are a few rows each, and the same part is solved once.
//!
//! # Not handled
//! Lead times: stock and capacity flow at once, as in the source. What stops while it is stopped makes nothing, in full.

mod net;
mod of_ring;
mod part;
mod reduce;
mod stress;
#[cfg(test)]
mod tests;
mod view;

pub use net::{Demand, Fault, Input, Net, Node, Plant};
pub use stress::{Lost, Stopped, lost_in, survived};
pub use view::{ResilienceOptions, resilience};
