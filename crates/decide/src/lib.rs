//! Decision: gates, open questions and what would change the answer.
