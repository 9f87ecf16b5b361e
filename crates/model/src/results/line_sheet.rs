//! One line laid out under the rules of a shop: the answer of `balance` for a single line, beyond the menu.

use super::LineOption;
use crate::ids::{EquipmentId, ItemId, PersonId, SiteId, TaskId};
use crate::tables::capability::LineType;
use units::{Minutes, Quantity};

/// One line at one takt, with what it was asked to keep and how far that is proven.
///
/// [`LineOption`] speaks of the average piece: with several items, minutes are weighted by their shares.
#[derive(Debug, Clone, PartialEq)]
pub struct LineSheet {
    /// What the line makes; shares are pieces of each item in one piece of the line.
    pub items: Vec<SharedItem>,
    /// Areas of the shop whose tasks are left out.
    pub without_areas: Vec<String>,
    /// What it was asked to keep, besides `zoning.csv`.
    pub limits: LineLimits,
    /// The layout.
    pub option: LineOption,
    /// What was made small, first the most important.
    pub aims: Vec<AimValue>,
    /// Chance that a piece is not ready in time, by station; empty when nothing spreads.
    pub overflow: Vec<f64>,
    /// Today's station, from 1, at which each station stands; `None` is a new place. Empty without `today.csv`.
    pub stands_at: Vec<Option<i64>>,
    /// Tasks that stand elsewhere than today, in table order.
    pub moved: Vec<TaskId>,
    /// People at each station, copy by copy, first heads first; empty unless named people were asked for.
    pub people: Vec<Vec<PersonId>>,
    /// Minutes of each item at each station, for one piece of the item: `stations x items`.
    pub minutes_of: Vec<Vec<Minutes>>,
}

/// An item of a line that makes several.
#[derive(Debug, Clone, PartialEq)]
pub struct SharedItem {
    /// The item.
    pub item: ItemId,
    /// Own tasks only, or the complete item.
    pub line_type: LineType,
    /// Pieces of it in one average piece of the line; 1 when it is the only item.
    pub share: Quantity,
}

/// What a line is asked to keep.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct LineLimits {
    /// Whether a task longer than the takt is refused instead of getting copies of its station.
    pub is_single: bool,
    /// Most station copies.
    pub stations_max: Option<i64>,
    /// Most heads of one shift.
    pub heads_max: Option<i64>,
    /// Most pieces of a kind of equipment, at the takt.
    pub equipment_max: Vec<(EquipmentId, i64)>,
    /// Most tasks that stand elsewhere than today.
    pub moves_max: Option<i64>,
    /// Most chance, `0..1`, that a piece is not ready at a station within the takt.
    pub overflow: Option<f64>,
    /// Most minutes of a piece of any one item at a station copy, as a multiple of the takt, at least 1.
    pub peak: Option<f64>,
    /// The line is run by the people of this site in `people.csv`.
    pub people_of: Option<SiteId>,
}

/// Something that was made small.
#[derive(Debug, Clone, PartialEq)]
pub struct AimValue {
    /// What is counted: `stations`, `heads`, `moves`, `equipment` (cents) or `evenness` (squared thousandths of a minute).
    pub name: &'static str,
    /// What the line costs.
    pub value: u64,
    /// Whether nothing less is possible with the aims before it as they are.
    pub is_proven: bool,
}
