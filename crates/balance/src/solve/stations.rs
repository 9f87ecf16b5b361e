//! SALBP-1: bounds, then rules, then exact engines in growing slices of work.

use crate::bounds;
use crate::bounds::heads::Heads;
use crate::bounds::matching::long_tasks;
use crate::bounds::prices::{self, PriceProof};
use crate::budget::Budget;
use crate::certificate::{Certificate, Proof, SearchLog};
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
    reversed: &'a Instance,
    /// The best prices of tasks so far, the steps of the last attempt, and whether a longer one may find better.
    prices: Option<PriceProof>,
    prices_steps: u64,
    prices_end: bool,
    /// The exact engines under way.
    pass: Option<Pass<'a>>,
    steps_per_state: u64,
    /// What an engine gets of a round, and what it had of this one.
    slice: u64,
    had: u64,
    /// Something was found or refuted in this round.
    news: bool,
    root_bound: u32,
    /// No engine has anything left to do, and still there is no answer.
    pub(super) stuck: bool,
    /// Whether a search that drags on is helped by annealing, and the annealing under way.
    anneals: bool,
    shaken: Option<(u32, Anneal<'a>)>,
    /// Turns of annealing since the last one that helped.
    in_vain: u32,
    /// The search by waiting tasks under way.
    ejecting: Option<Eject<'a>>,
    pub(super) stats: Stats,
}

/// Steps of load enumeration per station in the first and the second round of Hoffmann's rule.
const HOFFMANN_STEPS: [u64; 2] = [500, 10_000];

/// The first slice of an exact engine, in steps; it doubles with every turn.
const SLICE: u64 = 200_000;

/// After so many steps of each engine, those from both ends look whether they meet.
const MEET_SLICE: u64 = 1_600_000;

/// Steps per state in the first pass of an exact engine; sixteen times more with every pass.
const STEPS_PER_STATE: u64 = 10_000;

/// From slices of this length on, annealing takes a turn after each round.
const ANNEAL_SLICE: u64 = 800_000;

/// Each turn of annealing in vain halves the next, so many times at most.
const IN_VAIN_MAX: u32 = 2;

/// Steps that the search for prices may take.
const PRICES_STEPS: u64 = 100_000_000;

/// Searches begin anew with prices of which a line is worth so much more than at those they began with.
const WORTH_GROWS: f64 = 1.000_1;

/// Attempts to build the line pair by pair, and the steps after which no further attempt starts.
const PAIRS_ROUNDS: u32 = 12;
const PAIRS_STEPS: u64 = 2_000_000;

/// Steps per task for one station fewer before the exact engines have their first turn.
const EJECT_STEPS: u64 = 10_000;

impl<'a> Search<'a> {
    /// `cycle_time` in ticks, at least the longest task.
    ///
    /// `reversed`: the same line from its other end.
    pub(super) fn new(instance: &'a Instance, reversed: &'a Instance, cycle_time: u32) -> Self {
        Self {
            instance,
            cycle_time,
            best: Assignment::new((0..instance.n_tasks() as u32).collect()),
            certificate: bounds::root(instance, cycle_time),
            reversed,
            prices: None,
            prices_steps: 0,
            prices_end: false,
            pass: None,
            steps_per_state: STEPS_PER_STATE,
            slice: SLICE,
            had: 0,
            news: false,
            root_bound: 0,
            stuck: false,
            anneals: true,
            shaken: None,
            in_vain: 0,
            ejecting: None,
            stats: Stats::default(),
        }
    }

    /// Goes on until best and bound meet, the question "at most `enough` stations?" is settled, or the
    /// work runs out.
    pub(super) fn run(&mut self, enough: u32, options: &Options, budget: &mut Budget<'_, '_>) {
        self.construct(enough, budget);
        if options.effort == Effort::Exact {
            self.exact(enough, options, budget);
        }
        self.check();
    }

    /// Lines by rules, by loads and, where pairs decide, by pairs and waiting tasks.
    fn construct(&mut self, enough: u32, budget: &mut Budget<'_, '_>) {
        self.best = by_order(self.instance, self.cycle_time);
        self.rules(enough, budget);
        if self.pairs_decide() {
            self.hoffmann(HOFFMANN_STEPS[0], enough, budget);
            self.eject(enough, EJECT_STEPS * self.instance.n_tasks() as u64, budget);
            self.pairs(enough, budget);
        } else {
            for steps in HOFFMANN_STEPS {
                self.hoffmann(steps, enough, budget);
            }
        }
    }

    /// Takes the question up, or where it was left: as [`Search::run`], without the rules and annealing, which have been
    /// asked at cycle times all around.
    pub(super) fn go_on(&mut self, enough: u32, options: &Options, budget: &mut Budget<'_, '_>) {
        if self.pass.is_none() && !self.stuck {
            self.best = by_order(self.instance, self.cycle_time);
            self.pairs(enough, budget);
            self.anneals = false;
        }
        self.exact(enough, options, budget);
        self.check();
    }

    /// In ticks.
    pub(super) fn cycle_time(&self) -> u32 {
        self.cycle_time
    }

    /// States kept so far.
    pub(super) fn states(&self) -> u64 {
        self.stats.states + self.pass.as_ref().map_or(0, Pass::nodes)
    }

    /// Bytes that remembered states take.
    pub(super) fn bytes(&self) -> usize {
        self.pass.as_ref().map_or(0, Pass::bytes)
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

    fn rules(&mut self, enough: u32, budget: &mut Budget<'_, '_>) {
        let heads = Heads::new(self.instance, self.cycle_time);
        let tails = Heads { head: heads.tail.clone(), tail: heads.head.clone() };
        for rule in Rule::ALL {
            if self.settled(enough) {
                return;
            }
            let stations = self.best.stations;
            let front = rule.values(self.instance, &heads, self.cycle_time, stations);
            let back = rule.values(self.reversed, &tails, self.cycle_time, stations);
            for direction in [Direction::Forward, Direction::Backward, Direction::Both] {
                self.offer(construct(self.instance, self.cycle_time, direction, &front, &back));
                budget.step(self.instance.n_tasks() as u64 * 4);
            }
        }
    }

    fn hoffmann(&mut self, steps: u64, enough: u32, budget: &mut Budget<'_, '_>) {
        for taste in hoffmann::TASTES {
            for (line, backward) in [(self.instance, false), (self.reversed, true)] {
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
    fn pairs(&mut self, enough: u32, budget: &mut Budget<'_, '_>) {
        let (front, back) = (Pairs::new(self.instance, self.cycle_time), Pairs::new(self.reversed, self.cycle_time));
        if !front.decide() {
            return;
        }
        let until = budget.spent() + PAIRS_STEPS;
        let mut random = Random::new(0);
        for round in 0..PAIRS_ROUNDS {
            for (line, pairs, backward) in [(self.instance, &front, false), (self.reversed, &back, true)] {
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

    /// Prices of tasks: where stations hold few tasks they often settle what no other bound does. An attempt that ended
    /// for lack of work is made again with four times as much.
    fn prices(&mut self, enough: u32, budget: &mut Budget<'_, '_>) {
        let part = PRICES_STEPS.min(budget.left() / 4);
        if self.prices_end || part < self.prices_steps * 4 || self.settled(enough) || budget.is_over() {
            return;
        }
        let wanted = if enough > 0 { enough + 1 } else { self.best.stations };
        self.prices_steps = part;
        let before = budget.spent();
        let found = budget.within(part, |budget| prices::best(self.instance, self.cycle_time, wanted, budget));
        self.prices_end = budget.spent() - before < part;
        if let Some(proof) = found {
            let stations_min = proof.stations_min();
            if stations_min > self.certificate.stations_min {
                let proof = Proof::Prices(proof.clone());
                self.certificate = Certificate { cycle_time: self.cycle_time, stations_min, proof };
            }
            if self.prices.as_ref().is_none_or(|before| worth(&proof) > worth(before) * WORTH_GROWS) {
                self.prices = Some(proof);
                // Engines under way know only the prices of before.
                if let Some(pass) = self.pass.take() {
                    self.stats.states += pass.nodes();
                    (self.slice, self.had) = (SLICE, 0);
                }
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

    /// Exact engines in turn, in passes that show more loads of every state; from where they were left.
    fn exact(&mut self, enough: u32, options: &Options, budget: &mut Budget<'_, '_>) {
        self.prices(enough, budget);
        let pairs = self.pairs_decide();
        self.root_bound = self.root_bound.max(if self.pass.is_none() { self.certificate.stations_min } else { 0 });
        while !self.stuck && !self.settled(enough) && !budget.is_over() {
            let mut pass = self.pass.take().unwrap_or_else(|| {
                Pass::new(self.instance, self.reversed, self.steps_per_state, self.prices.clone(), pairs)
            });
            pass.memory_bytes_max = options.memory_bytes_max;
            match self.turns(&mut pass, enough, options.threads, budget) {
                Turns::Over => self.pass = Some(pass),
                Turns::Closed { again } => {
                    self.stats.states += pass.nodes();
                    self.stuck = !again;
                    self.steps_per_state *= 16;
                    (self.slice, self.had) = (SLICE, 0);
                }
            }
            self.stats.memory_full |= self.pass.as_ref().is_some_and(|p| p.memory_full);
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

    /// Lets the engines run in rounds.
    ///
    /// What a seat seeks and how far it may go is settled before a round, and what it found is heard in the order of
    /// the seats; so the threads that run them change nothing but the time.
    fn turns(&mut self, pass: &mut Pass<'a>, enough: u32, threads: usize, budget: &mut Budget<'_, '_>) -> Turns {
        loop {
            let floor = self.certificate.stations_min.max(enough);
            let seated = pass.seat(self.cycle_time, floor, |aim| self.aim(aim, enough));
            if seated.is_empty() {
                return Turns::Closed { again: pass.truncated };
            }
            // Of what is left now, not of what those before leave.
            let part = (self.slice - self.had).min(MEET_SLICE);
            let share = budget.apart(part.min(budget.left() / seated.len() as u64).max(1));
            for group in seated.chunks(threads.max(1)) {
                for turn in pass.run(group, &share) {
                    budget.step(turn.spent);
                    pass.hear(&turn);
                    let refutes = pass.refutes(&turn);
                    if let Some(found) = turn.found {
                        self.offer(found);
                        self.news = true;
                    }
                    if refutes {
                        // What was sought may have sunk below the target while the engine found lines.
                        let refuted = turn.target.min(self.best.stations - 1);
                        let root_bound = self.root_bound;
                        let log = SearchLog { engine: turn.kind, work: budget.spent(), nodes: turn.nodes, root_bound };
                        self.refuted(refuted + 1, log);
                        self.news = true;
                    }
                    if self.settled(enough) || budget.is_over() {
                        return Turns::Over;
                    }
                }
            }
            let (met, looked) = pass.meet();
            budget.step(looked);
            if let Some(found) = met {
                self.offer(found);
                self.news = true;
            }
            if self.settled(enough) || budget.is_over() {
                return Turns::Over;
            }
            self.had += part;
            if self.had < self.slice {
                continue;
            }
            self.had = 0;
            if !std::mem::take(&mut self.news) {
                self.slice *= 2;
            }
            // As long as all engines together.
            if pass.pairs && self.slice >= ANNEAL_SLICE {
                self.eject(enough, self.slice.saturating_mul(seated.len() as u64), budget);
            }
            // Where pairs decide, shifts and swaps lead nowhere.
            if self.anneals && !pass.pairs && self.slice >= ANNEAL_SLICE {
                let mut better = false;
                while self.anneal(enough, self.slice >> self.in_vain, budget) {
                    better = true;
                }
                self.in_vain = if better { 0 } else { (self.in_vain + 1).min(IN_VAIN_MAX) };
            }
            if self.settled(enough) || budget.is_over() {
                return Turns::Over;
            }
        }
    }

    fn refuted(&mut self, stations_min: u32, log: SearchLog) {
        if stations_min > self.certificate.stations_min {
            self.certificate = Certificate { cycle_time: self.cycle_time, stations_min, proof: Proof::Search(log) };
        }
    }
}

/// How the rounds of a pass ended.
enum Turns {
    /// With an answer, or with the work granted.
    Over,
    /// No engine has anything left to do; `again`: another pass with more steps per state makes sense.
    Closed { again: bool },
}

/// Stations that all tasks are worth at some prices.
fn worth(proof: &PriceProof) -> f64 {
    proof.prices.iter().sum::<u64>() as f64 / proof.scale as f64
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
