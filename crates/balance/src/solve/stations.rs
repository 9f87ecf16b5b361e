//! SALBP-1: bounds, then rules, then exact engines in growing slices of work.

use crate::bounds;
use crate::bounds::heads::Heads;
use crate::bounds::matching::long_tasks;
use crate::bounds::prices::{self, PriceProof};
use crate::budget::Budget;
use crate::certificate::{Certificate, Proof, SearchLog};
use crate::exact::engine::Ended;
use crate::instance::Instance;
use crate::priority::anneal::Anneal;
use crate::priority::construct::{Direction, construct};
use crate::priority::eject::Eject;
use crate::priority::hoffmann;
use crate::priority::pairs::{Pairs, Partner};
use crate::priority::rules::Rule;
use crate::problem::{Assignment, Effort, Options, Stats};
use crate::random::Random;

use super::pass::{Aim, Pass};

/// One line at one cycle time, its best assignment and its bound so far.
pub(super) struct Search<'a> {
    instance: &'a Instance,
    cycle_time: u32,
    pub(super) best: Assignment,
    pub(super) certificate: Certificate,
    /// The best prices of tasks, once asked for.
    prices: Option<PriceProof>,
    /// Whether a search that drags on is helped by annealing, and the annealing under way.
    anneals: bool,
    shaken: Option<(u32, Anneal<'a>)>,
    /// The search by waiting tasks under way.
    ejecting: Option<Eject<'a>>,
    pub(super) stats: Stats,
}

/// Steps of load enumeration per station in the first and the second round of Hoffmann's rule.
const HOFFMANN_STEPS: [u64; 2] = [500, 10_000];

/// The first slice of an exact engine, in steps; it doubles with every turn.
const SLICE: u64 = 200_000;

/// Steps per state in the first pass of an exact engine; sixteen times more with every pass.
const STEPS_PER_STATE: u64 = 10_000;

/// From slices of this length on, annealing takes a turn after each round.
const ANNEAL_SLICE: u64 = 800_000;

/// Steps that the search for prices may take.
const PRICES_STEPS: u64 = 100_000_000;

/// Attempts to build the line pair by pair, and the steps after which no further attempt starts.
const PAIRS_ROUNDS: u32 = 12;
const PAIRS_STEPS: u64 = 2_000_000;

/// Steps per task for one station fewer before the exact engines have their first turn.
const EJECT_STEPS: u64 = 10_000;

impl<'a> Search<'a> {
    /// `cycle_time` in ticks, at least the longest task.
    pub(super) fn new(instance: &'a Instance, cycle_time: u32) -> Self {
        Self {
            instance,
            cycle_time,
            best: Assignment::new((0..instance.n_tasks() as u32).collect()),
            certificate: bounds::root(instance, cycle_time),
            prices: None,
            anneals: false,
            shaken: None,
            ejecting: None,
            stats: Stats::default(),
        }
    }

    /// Goes on until best and bound meet, the question "at most `enough` stations?" is settled, or the
    /// work runs out.
    pub(super) fn run(&mut self, enough: u32, options: &Options, budget: &mut Budget<'_, '_>) {
        let reversed = self.instance.reversed();
        self.best = by_order(self.instance, self.cycle_time);
        self.rules(&reversed, enough, budget);
        if self.pairs_decide() {
            self.hoffmann(&reversed, HOFFMANN_STEPS[0], enough, budget);
            self.eject(enough, EJECT_STEPS * self.instance.n_tasks() as u64, budget);
            self.pairs(&reversed, enough, budget);
        } else {
            for steps in HOFFMANN_STEPS {
                self.hoffmann(&reversed, steps, enough, budget);
            }
        }
        if options.effort == Effort::Exact {
            // Where pairs decide, shifts and swaps lead nowhere.
            self.anneals = !self.pairs_decide();
            self.exact(&reversed, enough, options, budget);
        }
        self.check();
    }

    /// As [`Search::run`], by the exact engines alone.
    pub(super) fn prove(&mut self, enough: u32, options: &Options, budget: &mut Budget<'_, '_>) {
        let reversed = self.instance.reversed();
        self.best = by_order(self.instance, self.cycle_time);
        self.pairs(&reversed, enough, budget);
        self.exact(&reversed, enough, options, budget);
        self.check();
    }

    fn check(&self) {
        assert!(
            self.best.fits(self.instance, self.cycle_time),
            "an engine returned a line that breaks precedence or cycle time"
        );
    }

    /// True when more than half of the tasks are long.
    fn pairs_decide(&self) -> bool {
        long_tasks(self.instance, self.cycle_time).len() * 2 > self.instance.n_tasks()
    }

    fn settled(&self, enough: u32) -> bool {
        let bound = self.certificate.stations_min;
        self.best.stations <= bound.max(enough) || (enough > 0 && bound > enough)
    }

    fn offer(&mut self, found: Assignment) {
        if found.stations < self.best.stations {
            self.best = found;
        }
    }

    fn rules(&mut self, reversed: &Instance, enough: u32, budget: &mut Budget<'_, '_>) {
        let heads = Heads::new(self.instance, self.cycle_time);
        let tails = Heads { head: heads.tail.clone(), tail: heads.head.clone() };
        for rule in Rule::ALL {
            if self.settled(enough) {
                return;
            }
            let stations = self.best.stations;
            let front = rule.values(self.instance, &heads, self.cycle_time, stations);
            let back = rule.values(reversed, &tails, self.cycle_time, stations);
            for direction in [Direction::Forward, Direction::Backward, Direction::Both] {
                self.offer(construct(self.instance, self.cycle_time, direction, &front, &back));
                budget.step(self.instance.n_tasks() as u64 * 4);
            }
        }
    }

    fn hoffmann(&mut self, reversed: &Instance, steps: u64, enough: u32, budget: &mut Budget<'_, '_>) {
        for taste in hoffmann::TASTES {
            for (line, backward) in [(self.instance, false), (reversed, true)] {
                if self.settled(enough) || budget.is_over() {
                    return;
                }
                let below = self.best.stations - 1;
                let (found, taken) = hoffmann::construct(line, self.cycle_time, taste, steps, below);
                budget.step(taken);
                if let Some(found) = found {
                    self.offer(if backward { found.mirrored() } else { found });
                }
            }
        }
    }

    /// Lines of pairs, by positional weight shaken more and more.
    fn pairs(&mut self, reversed: &Instance, enough: u32, budget: &mut Budget<'_, '_>) {
        let (front, back) = (Pairs::new(self.instance, self.cycle_time), Pairs::new(reversed, self.cycle_time));
        if !front.decide() {
            return;
        }
        let until = budget.spent() + PAIRS_STEPS;
        let mut random = Random::new(0);
        for round in 0..PAIRS_ROUNDS {
            for (line, pairs, backward) in [(self.instance, &front, false), (reversed, &back, true)] {
                if self.settled(enough) || budget.is_over() || budget.spent() > until {
                    return;
                }
                let values = weights(line, round, &mut random);
                let partner = [Partner::Matched, Partner::Longest, Partner::Valued][round as usize % 3];
                let below = self.best.stations - 1;
                let found = pairs.construct(&values, partner, below, budget);
                if let Some(found) = found {
                    self.offer(if backward { found.mirrored() } else { found });
                }
            }
        }
    }

    /// Lets tasks wait and take each other's place, for one station fewer as long as each is found within `steps`.
    fn eject(&mut self, enough: u32, steps: u64, budget: &mut Budget<'_, '_>) {
        while !self.settled(enough) && !budget.is_over() {
            let target = self.best.stations - 1;
            let (instance, c, best) = (self.instance, self.cycle_time, &self.best);
            let engine = match &mut self.ejecting {
                Some(engine) if engine.stations() == target => engine,
                stale => stale.insert(Eject::new(instance, c, &emptied(instance, best), target, 0)),
            };
            let Some(found) = budget.within(steps, |budget| engine.run(budget)) else { return };
            self.offer(found.without_gaps());
        }
    }

    /// Prices of tasks: where stations hold few tasks they often settle what no other bound does.
    fn prices(&mut self, enough: u32, budget: &mut Budget<'_, '_>) {
        if self.settled(enough) || budget.is_over() {
            return;
        }
        let wanted = if enough > 0 { enough + 1 } else { self.best.stations };
        let part = PRICES_STEPS.min(budget.left() / 4);
        let found = budget.within(part, |budget| prices::best(self.instance, self.cycle_time, wanted, budget));
        if let Some(proof) = found {
            self.prices = Some(proof.clone());
            let stations_min = proof.stations_min();
            if stations_min > self.certificate.stations_min {
                self.certificate =
                    Certificate { cycle_time: self.cycle_time, stations_min, proof: Proof::Prices(proof) };
            }
        }
    }

    /// Shakes the best line until it fits one station fewer, or the number asked for.
    fn anneal(&mut self, enough: u32, steps: u64, budget: &mut Budget<'_, '_>) -> bool {
        let target = self.target(enough);
        if self.settled(enough) || target < self.certificate.stations_min || target == 0 {
            return false;
        }
        let line = squeezed(&self.best, target);
        if self.shaken.as_ref().is_none_or(|(m, _)| *m != target) {
            self.shaken = Some((target, Anneal::new(self.instance, &line, target, u64::from(target))));
        }
        let Some((_, engine)) = &mut self.shaken else { return false };
        let c = self.cycle_time;
        let found = budget.within(steps, |budget| engine.run(&line, c, c + 1, budget));
        let better = found.is_some();
        if let Some(found) = found {
            self.offer(found.without_gaps());
        }
        better
    }

    /// Exact engines in turn, in passes that show more loads of every state.
    fn exact(&mut self, reversed: &Instance, enough: u32, options: &Options, budget: &mut Budget<'_, '_>) {
        self.prices(enough, budget);
        let root_bound = self.certificate.stations_min;
        let prices = self.prices.take();
        let pairs = self.pairs_decide();
        let mut steps_per_state = STEPS_PER_STATE;
        while !self.settled(enough) && !budget.is_over() {
            let mut pass =
                Pass::new(self.instance, reversed, steps_per_state, options.memory_bytes_max, prices.as_ref(), pairs);
            let again = self.turns(&mut pass, root_bound, enough, options.threads, budget);
            self.stats.states += pass.nodes();
            self.stats.memory_full |= pass.memory_full;
            if !again {
                return;
            }
            steps_per_state *= 16;
        }
    }

    /// Stations the last engine is to seek: one fewer than the best, or what is asked for.
    fn target(&self, enough: u32) -> u32 {
        let below = self.best.stations - 1;
        if enough > 0 { below.min(enough) } else { below }
    }

    /// What a seat seeks now; none when another seat seeks the same.
    fn aim(&self, aim: Aim, enough: u32) -> Option<u32> {
        let (low, high) = (self.certificate.stations_min, self.target(enough));
        match aim {
            Aim::Improve => Some(high),
            // Is so many enough? Nobody asked for fewer.
            Aim::Meet | Aim::Halve if enough > 0 => None,
            Aim::Meet => (low < high).then_some(low),
            Aim::Halve => (low + 1 < high).then_some(low + (high - low) / 2),
        }
    }

    /// Lets the engines run in rounds; true when another pass with more steps per state makes sense.
    ///
    /// What a seat seeks and how far it may go is settled before a round, and what it found is heard in the order of
    /// the seats; so the threads that run them change nothing but the time.
    fn turns(
        &mut self,
        pass: &mut Pass<'_>,
        root_bound: u32,
        enough: u32,
        threads: usize,
        budget: &mut Budget<'_, '_>,
    ) -> bool {
        let mut slice = SLICE;
        loop {
            let floor = self.certificate.stations_min.max(enough);
            let seated = pass.seat(self.cycle_time, floor, |aim| self.aim(aim, enough));
            if seated.is_empty() {
                return pass.truncated;
            }
            // Of what is left now, not of what those before leave.
            let share = budget.apart(slice.min(budget.left() / seated.len() as u64).max(1));
            let mut news = false;
            for group in seated.chunks(threads.max(1)) {
                for turn in pass.run(group, &share) {
                    budget.step(turn.spent);
                    pass.hear(&turn);
                    if let Some(found) = turn.found {
                        self.offer(found);
                        news = true;
                    }
                    if turn.ended == Ended::Exhausted {
                        // What was sought may have sunk below the target while the engine found lines.
                        let refuted = turn.target.min(self.best.stations - 1);
                        let log = SearchLog { engine: turn.kind, work: budget.spent(), nodes: turn.nodes, root_bound };
                        self.refuted(refuted + 1, log);
                        news = true;
                    }
                    if self.settled(enough) || budget.is_over() {
                        return false;
                    }
                }
            }
            if !news {
                slice *= 2;
            }
            // As long as all engines together.
            if pass.pairs && slice >= ANNEAL_SLICE {
                self.eject(enough, slice.saturating_mul(seated.len() as u64), budget);
                if self.settled(enough) || budget.is_over() {
                    return false;
                }
            }
            if self.anneals && slice >= ANNEAL_SLICE {
                while self.anneal(enough, slice, budget) {}
                if self.settled(enough) || budget.is_over() {
                    return false;
                }
            }
        }
    }

    fn refuted(&mut self, stations_min: u32, log: SearchLog) {
        if stations_min > self.certificate.stations_min {
            self.certificate = Certificate { cycle_time: self.cycle_time, stations_min, proof: Proof::Search(log) };
        }
    }
}

/// Tasks in topological order, each station filled until the next task does not fit.
fn by_order(instance: &Instance, cycle_time: u32) -> Assignment {
    let mut station_of = vec![0; instance.n_tasks()];
    let (mut station, mut load) = (0, 0);
    for &task in instance.order() {
        let time = instance.time(task as usize);
        if load + time > cycle_time {
            station += 1;
            load = 0;
        }
        load += time;
        station_of[task as usize] = station;
    }
    Assignment::new(station_of)
}

/// The line with the station that has least to do last, whatever precedence says.
fn emptied(instance: &Instance, line: &Assignment) -> Assignment {
    let loads = line.loads(instance);
    let least = (0..line.stations).min_by_key(|&s| (loads[s as usize], s)).unwrap_or(0);
    let last = line.stations.saturating_sub(1);
    let place = |&s: &u32| if s == least { last } else { s - u32::from(s > least) };
    Assignment::new(line.station_of.iter().map(place).collect())
}

/// The line with its stations pressed into `stations`: those in the middle share.
fn squeezed(line: &Assignment, stations: u32) -> Assignment {
    let surplus = line.stations.saturating_sub(stations);
    let middle = stations / 2;
    let place = |&s: &u32| if s <= middle { s } else { s.saturating_sub(surplus).max(middle) };
    Assignment::new(line.station_of.iter().map(place).collect())
}

/// Positional weights, each raised by up to `round / 8` of itself.
fn weights(line: &Instance, round: u32, random: &mut Random) -> Vec<f64> {
    let weight = |t: usize| {
        let after: u32 = line.after().ones(t).map(|s| line.time(s)).sum();
        f64::from(line.time(t) + after)
    };
    (0..line.n_tasks()).map(|t| weight(t) * (1.0 + random.share() * f64::from(round) / 8.0)).collect()
}
