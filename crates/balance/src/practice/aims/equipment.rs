//! Least money for equipment: jigs, rigs and testers at the stations whose tasks need them.

use crate::practice::aim::{Aim, Floor, Term};
use crate::practice::job::{Job, Load, Place};

/// The equipment a task occupies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Use {
    /// Its kind, from 0.
    pub kind: u32,
    /// Ticks it is occupied for one piece, unattended time included.
    pub busy: u64,
}

/// Price of equipment.
///
/// Cost of a station: over its kinds, `price x max(copies, ceil(busy ticks of its tasks / takt))`. Unattended minutes (the
/// piece waits, the person does not) occupy equipment and nothing else.
#[derive(Debug, Clone)]
pub struct Equipment {
    /// What each task occupies.
    pub used: Vec<Option<Use>>,
    /// Price of one of each kind.
    pub price: Vec<u64>,
    /// Ticks one piece of equipment may be occupied for a piece: the takt.
    pub takt: u64,
}

/// Pieces of each kind that a station needs, kinds ascending.
pub(crate) fn pieces(used: &[Option<Use>], takt: u64, load: &Load<'_>) -> Vec<(u32, u64)> {
    let mut busy: Vec<(u32, u64)> = Vec::new();
    for used in load.tasks.iter().filter_map(|&t| used[t as usize]) {
        match busy.binary_search_by_key(&used.kind, |b| b.0) {
            Ok(at) => busy[at].1 += used.busy,
            Err(at) => busy.insert(at, (used.kind, used.busy)),
        }
    }
    let copies = u64::from(load.copies);
    busy.into_iter().map(|(kind, ticks)| (kind, ticks.div_ceil(takt.max(1)).max(copies))).collect()
}

impl Aim for Equipment {
    fn name(&self) -> &'static str {
        "equipment"
    }

    fn cost(&self, load: &Load<'_>, _place: Place) -> u64 {
        pieces(&self.used, self.takt, load).into_iter().map(|(kind, n)| n * self.price[kind as usize]).sum()
    }

    /// Each kind costs at least its busy ticks over the takt, as if all stood at one station.
    fn floors(&self, _job: &Job<'_>) -> Vec<Floor> {
        let of_kind = |(kind, &price): (usize, &u64)| {
            let weight = |used: &Option<Use>| used.filter(|u| u.kind as usize == kind).map_or(0, |u| u.busy);
            Term { weight: self.used.iter().map(weight).collect(), unit: self.takt.max(1), price }
        };
        vec![Floor { terms: self.price.iter().enumerate().map(of_kind).collect() }]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Instance;
    use crate::practice::Side;

    /// A task that needs a kind but does not occupy it may share what another one occupies to the last tick.
    #[test]
    fn the_floor_is_not_above_what_one_station_costs() {
        let line = Instance::new(&[4, 7], &[]).unwrap();
        let used = vec![Some(Use { kind: 0, busy: 26 }), Some(Use { kind: 0, busy: 0 })];
        let aim = Equipment { used, price: vec![9], takt: 13 };
        let floors = aim.floors(&Job::new(&line, 13, Side::Single));
        let term = &floors[0].terms[0];
        assert_eq!(term.weight.iter().sum::<u64>().div_ceil(term.unit) * term.price, 18);
    }
}
