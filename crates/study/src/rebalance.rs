//! The layouts a programme chose, balanced harder than the rest of their menus.

use balance::ring::{LayoutOptions, Line, LineRequest, MenuOptions, menu};
use model::Ring;
use model::control::Control;
use model::ids::ItemId;
use model::results::{LineDesign, LineOption, Programme, Status};
use model::tables::capability::LineType;
use rules::calendar::WorkTime;
use std::collections::BTreeSet;

/// An option of a menu: its item and line type, and its place.
pub type Place = (ItemId, LineType, usize);

/// What balancing again did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Rebalanced {
    /// Layouts that became better in something the plan reads: it has to be made again.
    pub improved: usize,
    /// Layouts whose bound rose or whose proof was found; the plan stands.
    pub proven: usize,
}

/// Balances every option that a programme uses with the exact limits, and puts what is better in its place.
///
/// Options keep their place in the menu, so that a programme whose options only got better proofs stays valid.
pub fn rebalance(
    ring: &Ring,
    designs: &mut [LineDesign],
    programme: &Programme,
    exact: LayoutOptions,
    done: &mut BTreeSet<Place>,
    control: &mut Control<'_>,
) -> Rebalanced {
    let time = WorkTime::new(ring);
    let mut told = Rebalanced::default();
    let used: BTreeSet<_> = programme.lines.iter().map(|l| (l.capability, l.option)).collect();
    let used: BTreeSet<_> = used
        .into_iter()
        .map(|(row, option)| (ring.capability[row].item, ring.capability[row].line_type, option))
        .collect();
    for key @ (item, line_type, at) in used {
        let Some(design) = designs.iter_mut().find(|d| d.item == item && d.line_type == line_type) else { continue };
        let old = &design.options[at];
        if control.is_stopped() || old.status == Status::Optimal || !done.insert(key) {
            continue;
        }
        control.tell("balance", format!("{} again, exactly", ring.items[item].key), None);
        let request = LineRequest { item, line_type, without_areas: Vec::new() };
        let options = MenuOptions { layout: exact, options_max: 1, takts: Some(vec![old.takt]) };
        let again = Line::new(ring, request).and_then(|line| menu(ring, &line, &time, &options, control));
        let Some(new) = again.ok().and_then(|d| d.options.into_iter().next()) else { continue };
        if is_better(&new, old) && keeps_order(&design.options, at, &new) {
            design.options[at] = new;
            told.improved += 1;
        } else if new.bound > old.bound || (new.status == Status::Optimal && new.n_stations() == old.n_stations()) {
            let old = &mut design.options[at];
            (old.bound, old.proof) = (new.bound, new.proof);
            if old.n_stations() == old.bound {
                old.status = Status::Optimal;
            }
            told.proven += 1;
        }
    }
    told
}

/// Not worse in anything the plan reads, and better in something.
fn is_better(new: &LineOption, old: &LineOption) -> bool {
    let key = |o: &LineOption| (o.cycle_time_planned, o.n_stations(), o.n_heads(), o.equipment_cost);
    let (n, o) = (key(new), key(old));
    n != o && n.0 <= o.0 && n.1 <= o.1 && n.2 <= o.2 && n.3 <= o.3
}

/// True when the menu still falls in cycle time, and the new option beats none of the others outright.
fn keeps_order(menu: &[LineOption], at: usize, new: &LineOption) -> bool {
    let before = at == 0 || menu[at - 1].cycle_time_planned > new.cycle_time_planned;
    let after = menu.get(at + 1).is_none_or(|o| o.cycle_time_planned < new.cycle_time_planned);
    before && after && menu.iter().enumerate().all(|(i, o)| i == at || !is_better(new, o))
}
