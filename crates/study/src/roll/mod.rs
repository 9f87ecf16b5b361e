//! A ring as of a later day: what its plan has done by then becomes what is there, and the rest of the plan is kept.
//!
//! Every table speaks of the new first day: `opening` and `under_way` say what is there and comes, `standing_sites` and
//! `standing_lines` what is built, `kept` what the plan still meant to do. Actual figures then take the place of planned ones,
//! row by row.
//!
//! # Source
//! Rolling horizon with frozen periods: V. Sridharan, W. Berry, V. Udayabhanu, Freezing the master production schedule under
//! rolling planning horizons, Management Science 33(9), 1987. MRP begins in the same way from stock on hand and scheduled
//! receipts, and firm planned orders stay: J. Orlicky, Material Requirements Planning, 1975.

mod actual;
mod addresses;
mod built;
mod customers;
mod goods;
mod money;
mod people;
mod plan;

pub use actual::Change;

use diag::{Code, Diagnostic, Place};
use model::results::{LineDesign, Programme};
use model::{RawRing, RawTable, Ring, Setting};
use std::collections::BTreeMap;
use units::{Date, Quantity};

/// What a plan is carried over from.
#[derive(Debug, Clone, Copy)]
pub struct Before<'a> {
    /// The ring the plan was made for.
    pub ring: &'a Ring,
    /// The same as written.
    pub raw: &'a RawRing,
    /// The menus the plan chose from.
    pub designs: &'a [LineDesign],
    /// The plan.
    pub programme: &'a Programme,
}

/// How far a new plan may move from the old one.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Keep {
    /// Until this day, not included, nothing moves.
    pub freeze_until: Option<Date>,
    /// Most moves after that.
    pub moves_max: Option<i64>,
    /// Cost of each, as written.
    pub move_cost: Option<String>,
}

/// A ring as of a later day, if everything had gone as planned.
#[derive(Debug, Clone, PartialEq)]
pub struct Rolled {
    raw: RawRing,
    /// Replenishment due before the day, by the names of customer and item.
    due: BTreeMap<(String, String), Quantity>,
}

/// Carries a ring and its plan over to a day, as if everything had gone as planned until then.
///
/// # Errors
/// RW0312 when the day is not the first of a period after the first one.
///
/// # Not handled
/// Pieces on the stations of a line: they are made in their period or they are not. Revisions by serial.
pub fn roll(before: &Before<'_>, to: Date, keep: &Keep) -> Result<Rolled, Vec<Diagnostic>> {
    let periods = check_rw0312_day_begins_a_period(before.ring, to)?;
    let at = At { before: *before, periods };
    let mut raw = before.raw.clone();
    at.settings(&mut raw, to, keep);
    let (opening, under_way) = (at.opening(), at.under_way());
    raw.put("opening", opening);
    raw.put("under_way", under_way);
    raw.put("standing_sites", at.standing_sites());
    raw.put("standing_lines", at.standing_lines());
    raw.put("kept", at.kept());
    let due = at.demand(&mut raw);
    addresses::follow(&mut raw, periods);
    Ok(Rolled { raw, due })
}

impl Rolled {
    /// The ring with actual figures in the place of planned ones, and what differs.
    ///
    /// A row whose key is there replaces it, another is added, and one with a quantity of 0 is taken away. What customers are
    /// owed follows from what they have accepted: it is due in the first period.
    #[must_use]
    pub fn with(mut self, tables: &[RawTable]) -> (RawRing, Vec<Change>) {
        let changes = actual::overlay(&mut self.raw, tables);
        customers::owe(&mut self.raw, &self.due);
        self.raw.tables.retain(|t| !t.rows.is_empty());
        self.raw.sort_tables();
        (self.raw, changes)
    }
}

/// The plan before, cut at a period.
struct At<'a> {
    before: Before<'a>,
    /// Periods that are over.
    periods: usize,
}

impl At<'_> {
    fn ring(&self) -> &Ring {
        self.before.ring
    }

    /// The day on which a period begins, counted from the old first day.
    fn day(&self, period: usize) -> String {
        self.ring().settings.first_day(period).to_string()
    }

    fn settings(&self, raw: &mut RawRing, to: Date, keep: &Keep) {
        let settings = &self.ring().settings;
        let every = settings.open_every_periods.max(1);
        let offset = (settings.open_offset_periods % every + every - self.periods % every) % every;
        set(raw, "ring.start", &to.to_string());
        set(raw, "ring.periods", &(settings.n_periods - self.periods).to_string());
        set(raw, "policy.open_offset_periods", &offset.to_string());
        let text = |value: Option<String>| value.unwrap_or_default();
        set(raw, "policy.freeze_until", &text(keep.freeze_until.map(|day| day.to_string())));
        set(raw, "policy.moves_max", &text(keep.moves_max.map(|n| n.to_string())));
        set(raw, "policy.move_cost", keep.move_cost.as_deref().unwrap_or("0"));
        self.spent(raw);
    }
}

/// Sets a setting, at its section's end when it is new.
fn set(raw: &mut RawRing, path: &str, value: &str) {
    if let Some(setting) = raw.settings.iter_mut().find(|s| s.path == path) {
        value.clone_into(&mut setting.value);
        return;
    }
    let section = path.rsplit_once('.').map_or(path, |(section, _)| section);
    let inside = |s: &Setting| s.path.rsplit_once('.').is_some_and(|(of, _)| of == section);
    let after = raw.settings.iter().rposition(inside).map_or(raw.settings.len(), |at| at + 1);
    raw.settings.insert(after, Setting { path: path.to_owned(), value: value.to_owned() });
}

/// The number of periods before a day.
fn check_rw0312_day_begins_a_period(ring: &Ring, to: Date) -> Result<usize, Vec<Diagnostic>> {
    let settings = &ring.settings;
    if let Some(period) = settings.period_of(to).filter(|p| *p > 0 && settings.first_day(*p) == to) {
        return Ok(period);
    }
    let near = settings.period_of(to).unwrap_or(0).max(1);
    let last = settings.n_periods.saturating_sub(1);
    let help = format!(
        "name the first day of a period from {} to {}; near it lie {} and {}",
        settings.first_day(1),
        settings.first_day(last),
        settings.first_day(near.min(last)),
        settings.first_day((near + 1).min(last))
    );
    let fact = format!("no period of the plan begins on {to}");
    Err(vec![
        Diagnostic::error(Code(312), fact, help).at(Place::Setting("ring.start".to_owned()), "the plan's first day"),
    ])
}
