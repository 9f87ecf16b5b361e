//! What must hold of the ring as a whole: one function per code, grouped by subject.

pub(crate) mod alternatives;
mod bom;
mod calendar;
mod capability;
mod customer;
mod gates;
mod shares;
mod standing;
mod tasks;

use crate::ids::Component;
use crate::ring::Ring;
use crate::tables::bom::BomLine;
use diag::Diagnostic;
use units::Id;

/// A check with the tables it reads; it runs when those could be read without a fault.
pub(crate) struct Check {
    tables: &'static [&'static str],
    run: fn(&Ring) -> Vec<Diagnostic>,
}

/// All checks, in the order their faults are told.
const CHECKS: &[Check] = &[
    Check { tables: &["tasks"], run: tasks::check_rw0201_precedence_is_no_circle },
    Check { tables: &["tasks", "bom", "items"], run: tasks::check_rw0204_predecessor_goes_into_the_item },
    Check { tables: &["tasks", "items"], run: tasks::check_rw0205_made_item_has_a_task },
    Check { tables: &["tasks", "task_parts", "bom"], run: tasks::check_rw0206_task_parts_add_up },
    Check { tables: &["bom", "items"], run: bom::check_rw0202_bom_is_no_circle },
    Check { tables: &["items", "parts"], run: bom::check_rw0203_names_are_apart },
    Check { tables: &["bom", "items", "parts", "supply"], run: bom::check_rw0210_component_has_a_source },
    Check { tables: &["ring", "items"], run: bom::check_rw0221_product_is_made },
    Check { tables: &["items", "tasks", "capability", "bom"], run: bom::check_rw0223_bought_item_is_not_made },
    Check { tables: &["revisions", "ring", "bom"], run: bom::check_rw0219_revisions_follow_each_other },
    Check { tables: &["capability", "items", "bom", "sites"], run: capability::check_rw0211_item_may_be_made },
    Check { tables: &["capability", "sites"], run: capability::check_rw0222_site_can_host },
    Check { tables: &["capability"], run: capability::check_rw0226_granted_licence_has_a_day },
    Check { tables: &["lanes", "sites"], run: customer::check_rw0212_lane_goes_somewhere },
    Check {
        tables: &["lanes", "sites", "capability", "demand", "exercises", "ring"],
        run: customer::check_rw0216_customer_is_reached,
    },
    Check { tables: &["demand", "ring"], run: customer::check_rw0214_period_is_in_the_horizon },
    Check { tables: &["demand", "exercises", "ring"], run: customer::check_rw0227_quantities_can_be_planned },
    Check { tables: &["bom", "items", "ring"], run: bom::check_rw0227_pieces_can_be_counted },
    Check { tables: &["recovery"], run: calendar::check_rw0213_recovery_is_a_staircase },
    Check { tables: &["calendars", "outages", "supply", "ring"], run: calendar::check_rw0215_windows_are_in_order },
    Check { tables: &["calendars"], run: calendar::check_rw0220_calendar_has_a_shift },
    Check { tables: &["ring"], run: shares::check_rw0217_shares_add_up },
    Check { tables: &["ring"], run: shares::check_rw0224_one_payer_per_cost },
    Check { tables: &["exercises"], run: shares::check_rw0228_exercise_shares_fit },
    Check { tables: &["decisions", "ring"], run: gates::check_rw0231_decision_is_whole },
    Check { tables: &["decisions", "gates", "ring"], run: gates::check_rw0232_go_has_its_evidence },
    Check {
        tables: &["standing_lines", "standing_sites", "capability", "sites", "items"],
        run: standing::check_rw0234_standing_lines_can_stand,
    },
    Check { tables: &["kept", "capability", "ring"], run: standing::check_rw0235_kept_plan_is_in_the_horizon },
    Check { tables: &["readiness", "sites"], run: gates::check_rw0233_only_makers_are_assessed },
];

pub(crate) fn run(ring: &Ring, is_clean: impl Fn(&[&str]) -> bool) -> Vec<Diagnostic> {
    CHECKS.iter().filter(|check| is_clean(check.tables)).flat_map(|check| (check.run)(ring)).collect()
}

/// The items that go into each item, in any revision.
pub(crate) fn children(ring: &Ring) -> Vec<Vec<usize>> {
    children_by(ring, |_| true)
}

/// The items that go into each item in every revision.
pub(crate) fn children_in_every_revision(ring: &Ring) -> Vec<Vec<usize>> {
    children_by(ring, |line| line.revision.is_none())
}

fn children_by(ring: &Ring, holds: impl Fn(&BomLine) -> bool) -> Vec<Vec<usize>> {
    let mut children = vec![Vec::new(); ring.items.len()];
    for line in ring.bom.iter().filter(|line| holds(line)) {
        if let Component::Item(child) = line.component {
            children[line.parent.index()].push(child.index());
        }
    }
    children
}

/// The members of one circle of a graph `node -> successors`, or `None` when there is none.
///
/// # Source
/// Depth-first search with three colours (Cormen et al., Introduction to Algorithms, section 22.3), without recursion.
pub(crate) fn find_circle(successors: &[Vec<usize>]) -> Option<Vec<usize>> {
    let mut state = vec![0u8; successors.len()];
    for start in 0..successors.len() {
        if state[start] != 0 {
            continue;
        }
        let mut path: Vec<(usize, usize)> = vec![(start, 0)];
        state[start] = 1;
        while let Some((node, next)) = path.last_mut() {
            let Some(to) = successors[*node].get(*next).copied() else {
                state[*node] = 2;
                path.pop();
                continue;
            };
            *next += 1;
            match state[to] {
                0 => {
                    state[to] = 1;
                    path.push((to, 0));
                }
                1 => {
                    let from = path.iter().position(|(n, _)| *n == to).expect("a grey node is on the path");
                    return Some(path[from..].iter().map(|(n, _)| *n).collect());
                }
                _ => {}
            }
        }
    }
    None
}
