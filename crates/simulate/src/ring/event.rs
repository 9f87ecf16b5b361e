//! The kinds of events of lines, in the top bits of the payload; the rest names who.

/// A visit of a station copy ends.
pub(super) const DONE: u32 = 0;
/// A piece has waited out its unattended time.
pub(super) const RACK: u32 = 1 << 28;
/// A line is set up.
pub(super) const OPEN: u32 = 2 << 28;
/// The output of a line counts from now on.
pub(super) const COUNT: u32 = 3 << 28;
/// A line may release what another period plans.
pub(super) const RELEASE: u32 = 4 << 28;

/// A copy breaks down where repair crews are few.
pub(super) const BREAK: u32 = 5 << 28;
/// It is repaired.
pub(super) const REPAIRED: u32 = 6 << 28;

/// The bits that say who.
pub(super) const WHO: u32 = (1 << 28) - 1;
