//! Planning: which sites make which item, when, how much and for whom.
