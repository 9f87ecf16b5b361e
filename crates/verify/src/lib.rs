//! Recomputes feasibility and cost of every result from the model and the rules alone; sees no engine.
