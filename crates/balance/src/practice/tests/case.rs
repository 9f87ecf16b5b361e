//! A small line with wishes, as plain data: what the oracle reads, and what the rules are made from.

use crate::instance::Instance;
use crate::practice::rules::{
    Apart, At, EnoughCopies, EnoughEquipment, EnoughHeads, Mixed, MoveLimit, Overflow, People, Spot, Spread, Stay,
    Together,
};
use crate::practice::{Aim, Job, Rule, Side, aims};

#[derive(Debug, Clone)]
pub(super) enum Wish {
    Apart(Vec<u32>),
    Together(Vec<u32>),
    At(u32, Spot),
    Stay(Vec<u32>),
    MoveLimit(u32),
    EnoughEquipment(u32, u32),
    EnoughHeads(u32),
    EnoughCopies(u32),
    /// Times of a second item that makes up half of the pieces, and the limit.
    Mixed(Vec<u64>, u64),
    People(Vec<u32>),
    Overflow(f64),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Goal {
    Copies,
    Heads,
    Equipment,
    Moves,
    Evenness,
}

#[derive(Debug, Clone)]
pub(super) struct Case {
    pub(super) instance: Instance,
    pub(super) takt: u32,
    pub(super) side: Side,
    pub(super) crew: Vec<u32>,
    pub(super) skill: Vec<u32>,
    /// Kind and busy ticks.
    pub(super) used: Vec<Option<(u32, u64)>>,
    pub(super) price: Vec<u64>,
    pub(super) spread: Vec<Spread>,
    pub(super) today: Option<Vec<u32>>,
    pub(super) stations_max: u32,
    pub(super) wishes: Vec<Wish>,
    pub(super) goals: Vec<Goal>,
}

impl Case {
    fn rule(&self, wish: &Wish) -> Box<dyn Rule> {
        let says = format!("{wish:?}");
        let today: Vec<u32> = self.today.clone().unwrap_or_default();
        let moves = aims::Moves { today: today.iter().copied().map(Some).collect() };
        let used = self.used.iter().map(|u| u.map(|(kind, busy)| aims::Use { kind, busy })).collect();
        let takt = u64::from(self.takt);
        match wish.clone() {
            Wish::Apart(tasks) => Box::new(Apart { says, tasks }),
            Wish::Together(tasks) => Box::new(Together { says, tasks }),
            Wish::At(task, spot) => Box::new(At { says, task, spot }),
            Wish::Stay(tasks) => {
                Box::new(Stay { says, tasks: tasks.into_iter().map(|t| (t, today[t as usize])).collect() })
            }
            Wish::MoveLimit(most) => Box::new(MoveLimit { says, moves, most }),
            Wish::EnoughEquipment(kind, most) => Box::new(EnoughEquipment { says, used, kind, most, takt }),
            Wish::EnoughHeads(most) => {
                Box::new(EnoughHeads { says, heads: aims::Heads { crew: self.crew.clone() }, most })
            }
            Wish::EnoughCopies(most) => Box::new(EnoughCopies { says, most }),
            Wish::Mixed(times, limit) => {
                let widens = self.instance.times().iter().any(|&t| t > self.takt);
                let own = self.instance.times().iter().map(|&t| u64::from(t)).collect();
                Box::new(Mixed { says, times: vec![own, times], limit, widens })
            }
            Wish::People(people) => {
                Box::new(People { says, people, skill: self.skill.clone(), crew: self.crew.clone() })
            }
            Wish::Overflow(share) => Box::new(Overflow::new(says, share, self.spread.clone(), f64::from(self.takt))),
        }
    }

    fn aim(&self, goal: Goal) -> Box<dyn Aim> {
        match goal {
            Goal::Copies => Box::new(aims::Copies),
            Goal::Heads => Box::new(aims::Heads { crew: self.crew.clone() }),
            Goal::Equipment => Box::new(aims::Equipment {
                used: self.used.iter().map(|u| u.map(|(kind, busy)| aims::Use { kind, busy })).collect(),
                price: self.price.clone(),
                takt: u64::from(self.takt),
            }),
            Goal::Moves => {
                let today = self.today.iter().flatten().copied().map(Some).collect();
                Box::new(aims::Moves { today })
            }
            Goal::Evenness => Box::new(aims::Evenness),
        }
    }

    /// The same as a job for the solver.
    pub(super) fn with_job<T>(&self, visit: impl FnOnce(&Job<'_>) -> T) -> T {
        let rules: Vec<Box<dyn Rule>> = self.wishes.iter().map(|w| self.rule(w)).collect();
        let aims: Vec<Box<dyn Aim>> = self.goals.iter().map(|g| self.aim(*g)).collect();
        let mut job = Job::new(&self.instance, self.takt, self.side);
        job.rules = rules.iter().map(AsRef::as_ref).collect();
        job.aims = aims.iter().map(AsRef::as_ref).collect();
        job.today = self.today.as_ref().map(|today| today.iter().copied().map(Some).collect());
        job.stations_max = self.stations_max;
        visit(&job)
    }
}
