//! The engines of one pass: who searches in which direction for how many stations.

use crate::bounds::prices::PriceProof;
use crate::budget::Budget;
use crate::certificate::SearchEngine;
use crate::exact::engine::{Ended, Engine, Setup, pairing, remember};
use crate::exact::halves::Half;
use crate::exact::meet::meet;
use crate::instance::Instance;
use crate::problem::Assignment;

/// What a search aims at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Aim {
    /// One station fewer than the best line: its exhaustion is the proof.
    Improve,
    /// As many stations as the bound says: found, it is the proof; exhausted, it raises the bound.
    Meet,
    /// Half way between, where both are far apart.
    Halve,
}

/// A place at the table: an aim, a direction, and the engine that sits there now.
struct Seat<'a> {
    aim: Aim,
    kind: SearchEngine,
    engine: Option<Sitting<'a>>,
    /// Target at which the engine ended without an answer.
    closed: Option<u32>,
}

struct Sitting<'a> {
    engine: Box<dyn Engine + Send + 'a>,
    target: u32,
    /// Stations below which nothing is sought.
    floor: u32,
    /// States as of the last turn heard.
    nodes: u64,
    /// All lines of its half are looked at.
    half_done: bool,
    /// States for which the memory of the search from the other end was asked.
    met: usize,
}

/// What one seat did in its share of a round.
pub(super) struct Turn {
    seat: usize,
    pub(super) kind: SearchEngine,
    pub(super) target: u32,
    pub(super) ended: Ended,
    pub(super) found: Option<Assignment>,
    pub(super) spent: u64,
    pub(super) nodes: u64,
}

/// All seats, with the limits they share.
pub(super) struct Pass<'a> {
    instance: &'a Instance,
    reversed: &'a Instance,
    steps_per_state: u64,
    /// For all engines together.
    pub(super) memory_bytes_max: usize,
    prices: Option<PriceProof>,
    seats: Vec<Seat<'a>>,
    /// Pairs of long tasks decide the line.
    pub(super) pairs: bool,
    nodes_gone: u64,
    /// Some engine ended with loads left untried.
    pub(super) truncated: bool,
    /// Some engine ended for lack of memory.
    pub(super) memory_full: bool,
}

impl<'a> Pass<'a> {
    pub(super) fn new(
        instance: &'a Instance,
        reversed: &'a Instance,
        steps_per_state: u64,
        prices: Option<PriceProof>,
        pairs: bool,
    ) -> Self {
        let seat = |aim, kind| Seat { aim, kind, engine: None, closed: None };
        let stationwise = [Aim::Improve, Aim::Meet, Aim::Halve]
            .into_iter()
            .flat_map(|aim| [seat(aim, SearchEngine::Forward), seat(aim, SearchEngine::Backward)]);
        let seats: Vec<Seat<'a>> =
            stationwise.chain(pairs.then(|| seat(Aim::Improve, SearchEngine::Pairing))).collect();
        Self {
            instance,
            reversed,
            steps_per_state,
            memory_bytes_max: usize::MAX,
            prices,
            seats,
            pairs,
            nodes_gone: 0,
            truncated: false,
            memory_full: false,
        }
    }

    /// Seats an engine wherever `aim` has a target for it, with its share of the memory; which seats those are.
    pub(super) fn seat(&mut self, cycle_time: u32, floor: u32, aim: impl Fn(Aim) -> Option<u32>) -> Vec<usize> {
        let mut seated = Vec::new();
        for at in 0..self.seats.len() {
            let target = aim(self.seats[at].aim);
            let Some(target) = target.filter(|&t| self.seats[at].closed != Some(t)) else {
                self.vacate(at);
                continue;
            };
            let place = &self.seats[at];
            // An engine that only improves keeps what it remembers; another aim starts afresh.
            let keep = place
                .engine
                .as_ref()
                .is_some_and(|s| s.target == target || (s.target > target && place.aim == Aim::Improve));
            if !keep {
                let kind = place.kind;
                self.vacate(at);
                let (steps_per_state, prices) = (self.steps_per_state, self.prices.as_ref());
                // Where pairs decide, the rules that a half does without prune most.
                let half = if self.pairs { None } else { Half::of(kind, self.instance, cycle_time, target) };
                let setup =
                    Setup { cycle_time, target, steps_per_state, memory_bytes_max: 0, prices, half, corridor: None };
                let line = if kind == SearchEngine::Backward { self.reversed } else { self.instance };
                let engine = match kind {
                    SearchEngine::Pairing => pairing(line, setup).map(|engine| engine as Box<dyn Engine + Send + 'a>),
                    _ => remember(line, setup, kind),
                };
                let Some(engine) = engine else { continue };
                self.seats[at].engine = Some(Sitting { engine, target, floor, nodes: 0, half_done: false, met: 0 });
            }
            if let Some(sitting) = &mut self.seats[at].engine {
                sitting.target = target;
                sitting.floor = floor;
                sitting.engine.lower_target(target);
                seated.push(at);
            }
        }
        // All engines together keep within the limit; each may take as much more as any other.
        let more = self.memory_bytes_max.saturating_sub(self.bytes()) / seated.len().max(1);
        for seat in &mut self.seats {
            if let Some(sitting) = &mut seat.engine {
                sitting.engine.allow(sitting.engine.bytes() + more);
            }
        }
        seated
    }

    /// Bytes that the engines hold.
    pub(super) fn bytes(&self) -> usize {
        self.seats.iter().filter_map(|s| s.engine.as_ref()).map(|s| s.engine.bytes()).sum()
    }

    /// Lets some seats run at once, each with all of `share`; what they did, in their order.
    pub(super) fn run(&mut self, group: &[usize], share: &Budget<'_, '_>) -> Vec<Turn> {
        let places = self.seats.iter_mut().enumerate().filter(|(at, _)| group.contains(at));
        let mut turns: Vec<_> = places
            .filter_map(|(at, place)| {
                let (aim, kind) = (place.aim, place.kind);
                let part = share.apart(share.left());
                place.engine.as_mut().map(|sitting| move || turn(at, aim, kind, sitting, part))
            })
            .collect();
        if turns.len() == 1 {
            return turns.drain(..).map(|run| run()).collect();
        }
        std::thread::scope(|scope| {
            let handles: Vec<_> = turns.into_iter().map(|run| scope.spawn(run)).collect();
            let joined = handles.into_iter().map(|h| h.join());
            joined.map(|turn| turn.unwrap_or_else(|panic| std::panic::resume_unwind(panic))).collect()
        })
    }

    /// Notes what a turn did to its seat.
    pub(super) fn hear(&mut self, turn: &Turn) {
        let place = &mut self.seats[turn.seat];
        if let Some(sitting) = &mut place.engine {
            sitting.nodes = turn.nodes;
            sitting.half_done |= turn.ended == Ended::Half;
        }
        match turn.ended {
            Ended::Truncated | Ended::MemoryFull => {
                place.closed = Some(turn.target);
                self.vacate(turn.seat);
                self.memory_full |= turn.ended == Ended::MemoryFull;
                self.truncated |= turn.ended == Ended::Truncated;
            }
            Ended::Exhausted | Ended::Half | Ended::Paused => {}
        }
    }

    /// True when a turn refutes what it sought: alone, or because the search from the other end had looked at its half.
    pub(super) fn refutes(&self, turn: &Turn) -> bool {
        turn.ended == Ended::Exhausted
            || self.pairs_of_seats().into_iter().any(|(front, back)| {
                let done = |seat: usize| self.sitting(seat).is_some_and(|s| s.half_done && s.target == turn.target);
                turn.ended == Ended::Half && (front == turn.seat || back == turn.seat) && done(front) && done(back)
            })
    }

    /// A line whose halves the searches from both ends know, if one has come up since last asked; and the states looked at.
    pub(super) fn meet(&mut self) -> (Option<Assignment>, u64) {
        let n = self.instance.n_tasks();
        let (mut found, mut looked) = (None, 0);
        for (front, back) in self.pairs_of_seats() {
            let (Some(first), Some(second)) = (self.sitting(front), self.sitting(back)) else { continue };
            let (Some(a), Some(b)) = (first.engine.reached(), second.engine.reached()) else { continue };
            let target = first.target.min(second.target);
            let line = meet(a, first.met, b, n, target);
            let line = line.or_else(|| meet(b, second.met, a, n, target).map(|line| line.mirrored()));
            looked += (a.count() - first.met + b.count() - second.met) as u64;
            let met = [(front, a.count()), (back, b.count())];
            for (seat, count) in met {
                if let Some(sitting) = &mut self.seats[seat].engine {
                    sitting.met = count;
                }
            }
            found = found.or(line);
        }
        (found, looked)
    }

    fn sitting(&self, seat: usize) -> Option<&Sitting<'a>> {
        self.seats[seat].engine.as_ref()
    }

    /// Seats with the same aim at both ends of the line.
    fn pairs_of_seats(&self) -> Vec<(usize, usize)> {
        let seat = |aim: Aim, kind: SearchEngine| self.seats.iter().position(|s| s.aim == aim && s.kind == kind);
        let both = |aim| Some((seat(aim, SearchEngine::Forward)?, seat(aim, SearchEngine::Backward)?));
        [Aim::Improve, Aim::Meet, Aim::Halve].into_iter().filter_map(both).collect()
    }

    /// Frees a seat and its memory.
    fn vacate(&mut self, seat: usize) {
        self.nodes_gone += self.seats[seat].engine.take().map_or(0, |sitting| sitting.nodes);
    }

    /// States kept by all engines in the turns heard, those gone included.
    pub(super) fn nodes(&self) -> u64 {
        self.nodes_gone + self.seats.iter().filter_map(|s| s.engine.as_ref()).map(|s| s.nodes).sum::<u64>()
    }
}

/// One seat's share of a round: an engine that improves goes on after a find, unless nothing better is wanted.
fn turn(seat: usize, aim: Aim, kind: SearchEngine, sitting: &mut Sitting<'_>, mut part: Budget<'_, '_>) -> Turn {
    let mut found = None;
    let ended = loop {
        let left = part.left();
        let ended = sitting.engine.run(&mut part, left);
        let better = sitting.engine.take_best();
        let goes_on = aim == Aim::Improve && better.as_ref().is_some_and(|b: &Assignment| b.stations > sitting.floor);
        found = better.or(found);
        if !goes_on || ended != Ended::Paused || part.is_over() {
            break ended;
        }
    };
    let (spent, nodes) = (part.spent(), sitting.engine.nodes());
    Turn { seat, kind, target: sitting.target, ended, found, spent, nodes }
}
