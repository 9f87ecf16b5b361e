//! Simulation: every unit at every station, with replications and intervals.
