//! Fewest heads: a station has as many people at each copy as the largest crew of its tasks.

use super::copies::floors_of;
use crate::practice::aim::{Aim, Floor, Term};
use crate::practice::job::{Job, Load, Place};

/// Heads of one shift.
///
/// Cost of a station: largest crew of its tasks, times its copies.
///
/// Floors: with crews of `h1 < h2 < ...`, each station copy that holds a task of a crew of `h` or more has that many
/// heads, so heads are the sum over steps of `(h - h before) x copies that such tasks need`; and labour minutes over takt.
#[derive(Debug, Clone)]
pub struct Heads {
    /// People each task needs at once, at least 1.
    pub crew: Vec<u32>,
}

impl Aim for Heads {
    fn name(&self) -> &'static str {
        "heads"
    }

    fn cost(&self, load: &Load<'_>, _place: Place) -> u64 {
        let crew = load.tasks.iter().map(|&t| self.crew[t as usize]).max().unwrap_or(1);
        u64::from(crew) * u64::from(load.copies)
    }

    fn floors(&self, job: &Job<'_>) -> Vec<Floor> {
        let mut steps: Vec<u32> = self.crew.clone();
        steps.sort_unstable();
        steps.dedup();
        let layers: Vec<(u64, Vec<Floor>)> = steps
            .iter()
            .scan(0, |below, &step| {
                let price = u64::from(step - std::mem::replace(below, step));
                Some((price, floors_of(job, &|t| self.crew[t as usize] >= step, 2)))
            })
            .collect();
        let kinds = layers.iter().map(|(_, floors)| floors.len()).max().unwrap_or(0);
        let mixed = (0..kinds).map(|kind| {
            let term = |(price, floors): &(u64, Vec<Floor>)| {
                let term = &floors.get(kind).unwrap_or(&floors[0]).terms[0];
                Term { weight: term.weight.clone(), unit: term.unit, price: *price }
            };
            Floor { terms: layers.iter().map(term).collect() }
        });
        let labour = |(t, crew): (usize, &u32)| u64::from(job.instance.time(t)) * u64::from(*crew);
        let labour = Floor::one(self.crew.iter().enumerate().map(labour).collect(), u64::from(job.takt), 1);
        mixed.chain([labour]).collect()
    }
}
