//! Checks of calendars, windows and recovery.

use crate::ring::Ring;
use crate::tables::calendars::EntryKind;
use crate::tables::outages::When;
use diag::{Code, Diagnostic, Place};
use units::{Date, Id};

pub(super) fn check_rw0213_recovery_is_a_staircase(ring: &Ring) -> Vec<Diagnostic> {
    let mut faults = Vec::new();
    for (id, name) in ring.recovery.enumerate() {
        let mut steps: Vec<_> = ring.recovery_steps.enumerate().filter(|(_, s)| s.profile == id).collect();
        steps.sort_by_key(|(_, s)| s.day);
        let falls = steps.windows(2).find(|w| w[1].1.share < w[0].1.share).map(|w| w[1].0);
        let last = steps.last().filter(|(_, s)| s.share.get() < 1.0).map(|(at, _)| *at);
        if let Some(at) = falls.or(last) {
            let why = if falls.is_some() { "falls again" } else { "does not end at 1" };
            faults.push(
                Diagnostic::error(
                    Code(213),
                    format!("the recovery profile `{name}` {why}"),
                    "let the share rise with the day and end at 1, full output",
                )
                .at(Place::cell("recovery", at.index(), "share"), "this step"),
            );
        }
    }
    faults
}

pub(super) fn check_rw0215_windows_are_in_order(ring: &Ring) -> Vec<Diagnostic> {
    let mut windows: Vec<(Place, Date, Date)> = Vec::new();
    for (id, entry) in ring.calendar_entries.enumerate() {
        if let (Some(from), Some(to)) = (entry.from, entry.to) {
            windows.push((Place::cell("calendars", id.index(), "to"), from, to));
        }
    }
    for (id, outage) in ring.outages.enumerate() {
        if let When::Dated(from, to) = outage.when {
            windows.push((Place::cell("outages", id.index(), "to"), from, to));
        }
    }
    for (id, supply) in ring.supply.enumerate() {
        if let (Some(from), Some(to)) = (supply.qualified_from, supply.until) {
            windows.push((Place::cell("supply", id.index(), "until"), from, to));
        }
    }
    for partner in ring.partners.iter() {
        for budget in &partner.budgets {
            let path = format!("partners.{}.budget.{}.to", partner.key, budget.key);
            windows.push((Place::Setting(path), budget.from, budget.to));
        }
    }
    let wrong = windows.into_iter().filter(|(_, from, to)| to < from);
    wrong
        .map(|(place, from, to)| {
            Diagnostic::error(
                Code(215),
                format!("the window ends on {to}, before it starts on {from}"),
                "swap the two days, or correct one of them",
            )
            .at(place, "ends too early")
        })
        .collect()
}

pub(super) fn check_rw0220_calendar_has_a_shift(ring: &Ring) -> Vec<Diagnostic> {
    let bare = ring
        .calendars
        .enumerate()
        .filter(|(id, _)| !ring.calendar_entries.iter().any(|e| e.calendar == *id && e.kind == EntryKind::Shift));
    bare.map(|(id, name)| {
        let row = ring.calendar_entries.enumerate().find(|(_, e)| e.calendar == id).map_or(0, |(at, _)| at.index());
        Diagnostic::error(
            Code(220),
            format!("the calendar `{name}` has no shift"),
            "add a row of kind shift with days, start and minutes",
        )
        .at(Place::cell("calendars", row, "calendar"), "nobody ever works here")
    })
    .collect()
}
