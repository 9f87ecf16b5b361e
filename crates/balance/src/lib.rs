//! Line balancing: from tasks to stations, with bounds and proofs.
