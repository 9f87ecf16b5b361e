//! The menu of a line: a handful of layouts from few stations to many, none beaten by another.

use super::layout::{LayoutOptions, layout};
use super::line::{Line, LineRequest};
use super::takts;
use crate::budget::Budget;
use diag::Diagnostic;
use model::Ring;
use model::control::{Control, Effort};
use model::ids::ItemId;
use model::results::{LineDesign, LineOption};
use model::tables::capability::LineType;
use rules::calendar::WorkTime;
use units::Minutes;

/// How menus are made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MenuOptions {
    /// Limits of one layout.
    pub layout: LayoutOptions,
    /// Most options of a menu, at least 1.
    pub options_max: usize,
    /// Takts to lay out instead of those that demand asks for; none means the latter.
    pub takts: Option<Vec<Minutes>>,
}

impl MenuOptions {
    /// The limits of an effort: six options at most.
    #[must_use]
    pub fn of(effort: Effort) -> Self {
        Self { layout: LayoutOptions::of(effort), options_max: 6, takts: None }
    }
}

/// The menus of every item and line type that some site may make, in item order, cells before complete lines.
///
/// # Errors
/// The refusals of all lines, in the same order.
pub fn menus(
    ring: &Ring,
    options: &MenuOptions,
    control: &mut Control<'_>,
) -> Result<Vec<LineDesign>, Vec<Diagnostic>> {
    let mut wanted: Vec<(ItemId, LineType)> = ring.capability.iter().map(|row| (row.item, row.line_type)).collect();
    wanted.sort_unstable();
    wanted.dedup();
    let time = WorkTime::new(ring);
    let mut designs = Vec::new();
    let mut refusals = Vec::new();
    for (done, &(item, line_type)) in wanted.iter().enumerate() {
        let share = done as f64 / wanted.len() as f64;
        control.tell("balance", format!("{} ({line_type:?})", ring.items[item].key), Some(share));
        let request = LineRequest { item, line_type, without_areas: Vec::new() };
        let menu = Line::new(ring, request).and_then(|line| menu(ring, &line, &time, options, control));
        match menu {
            Ok(design) => designs.push(design),
            Err(refusal) => refusals.push(refusal),
        }
    }
    if refusals.is_empty() { Ok(designs) } else { Err(refusals) }
}

/// The menu of one line.
///
/// # Errors
/// As [`layout()`], for the first takt that is refused.
pub fn menu(
    ring: &Ring,
    line: &Line,
    time: &WorkTime,
    options: &MenuOptions,
    control: &mut Control<'_>,
) -> Result<LineDesign, Diagnostic> {
    let takts = match &options.takts {
        Some(takts) => takts.clone(),
        None => takts::candidates(ring, line, time),
    };
    let mut found: Vec<LineOption> = Vec::new();
    let mut budget = Budget::new(control);
    for takt in takts {
        found.push(layout(ring, line, takt, options.layout, &mut budget)?);
    }
    Ok(LineDesign {
        item: line.request.item,
        line_type: line.request.line_type,
        options: thinned(undominated(found), options.options_max),
    })
}

/// Options of which none is at least as good as another in cycle time, copies, heads and equipment cost;
/// by falling cycle time.
fn undominated(mut all: Vec<LineOption>) -> Vec<LineOption> {
    let key = |o: &LineOption| (o.cycle_time_planned, o.n_stations(), o.n_heads(), o.equipment_cost);
    // Of equals, the one with the tighter proof and the longer takt stays.
    all.sort_by_key(|o| (std::cmp::Reverse(key(o).0), key(o), o.n_stations() - o.bound, std::cmp::Reverse(o.takt)));
    all.dedup_by(|later, first| key(later) == key(first));
    let beats = |a: &LineOption, b: &LineOption| {
        let (a, b) = (key(a), key(b));
        a != b && a.0 <= b.0 && a.1 <= b.1 && a.2 <= b.2 && a.3 <= b.3
    };
    let kept: Vec<bool> = all.iter().map(|o| !all.iter().any(|other| beats(other, o))).collect();
    let mut keep = kept.iter();
    all.retain(|_| *keep.next().expect("one mark per option"));
    all
}

/// At most `most` options: the ends stay, and of the rest those go first that lie closest to a neighbour.
fn thinned(mut options: Vec<LineOption>, most: usize) -> Vec<LineOption> {
    while options.len() > most.max(1) {
        if options.len() == 2 {
            options.remove(0);
            continue;
        }
        let cycle = |i: usize| options[i].cycle_time_planned.as_f64().max(1e-9);
        // How much slower the neighbour before is than the neighbour after, were this one gone.
        let gap = |i: &usize| cycle(i - 1) / cycle(i + 1);
        let closest = (1..options.len() - 1).min_by(|a, b| gap(a).total_cmp(&gap(b)));
        options.remove(closest.expect("there is an option between the ends"));
    }
    options
}
