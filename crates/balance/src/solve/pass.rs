//! The engines of one pass: who searches in which direction for how many stations.

use crate::certificate::SearchEngine;
use crate::exact::engine::{Engine, Setup, remember};
use crate::instance::Instance;

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
pub(super) struct Seat<'a> {
    pub(super) aim: Aim,
    kind: SearchEngine,
    engine: Option<(u32, Box<dyn Engine + 'a>)>,
    /// Target at which the engine ended without an answer.
    closed: Option<u32>,
}

/// All seats, with the limits they share.
pub(super) struct Pass<'a> {
    instance: &'a Instance,
    reversed: &'a Instance,
    steps_per_state: u64,
    memory_bytes_max: usize,
    pub(super) seats: Vec<Seat<'a>>,
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
        memory_bytes_max: usize,
    ) -> Self {
        let seat = |aim, kind| Seat { aim, kind, engine: None, closed: None };
        let seats: Vec<Seat<'a>> = [Aim::Improve, Aim::Meet, Aim::Halve]
            .into_iter()
            .flat_map(|aim| [seat(aim, SearchEngine::Forward), seat(aim, SearchEngine::Backward)])
            .collect();
        Self {
            instance,
            reversed,
            steps_per_state,
            memory_bytes_max,
            seats,
            nodes_gone: 0,
            truncated: false,
            memory_full: false,
        }
    }

    /// The engine of a seat, ready for a target; none when the line is too wide or the seat is closed at it.
    pub(super) fn engine(&mut self, seat: usize, cycle_time: u32, target: u32) -> Option<&mut (dyn Engine + 'a)> {
        if self.seats[seat].closed == Some(target) {
            return None;
        }
        // All engines together keep within the limit.
        let others = self.seats.iter().enumerate().filter(|(at, _)| *at != seat);
        let taken: usize = others.filter_map(|(_, s)| s.engine.as_ref()).map(|(_, e)| e.bytes()).sum();
        let place = &mut self.seats[seat];
        // An engine that only improves keeps what it remembers; another aim starts afresh.
        let keep =
            matches!(&place.engine, Some((now, _)) if *now == target || (*now > target && place.aim == Aim::Improve));
        if !keep {
            self.nodes_gone += place.engine.as_ref().map_or(0, |(_, engine)| engine.nodes());
            let setup = Setup { cycle_time, target, steps_per_state: self.steps_per_state, memory_bytes_max: 0 };
            let line = if place.kind == SearchEngine::Backward { self.reversed } else { self.instance };
            place.engine = Some((target, remember(line, setup, place.kind)?));
        }
        let (now, engine) = place.engine.as_mut()?;
        *now = target;
        engine.lower_target(target);
        engine.allow(self.memory_bytes_max.saturating_sub(taken));
        Some(engine.as_mut())
    }

    /// Ends a seat at a target without an answer and frees its memory.
    pub(super) fn close(&mut self, seat: usize, target: u32, memory_full: bool) {
        let place = &mut self.seats[seat];
        place.closed = Some(target);
        self.nodes_gone += place.engine.take().map_or(0, |(_, engine)| engine.nodes());
        self.memory_full |= memory_full;
        self.truncated |= !memory_full;
    }

    /// Frees a seat that has nothing to seek now; always none, for use where a target is wanted.
    pub(super) fn vacate(&mut self, seat: usize) -> Option<u32> {
        self.nodes_gone += self.seats[seat].engine.take().map_or(0, |(_, engine)| engine.nodes());
        None
    }

    /// States kept by all engines, those gone included.
    pub(super) fn nodes(&self) -> u64 {
        self.nodes_gone + self.seats.iter().filter_map(|s| s.engine.as_ref()).map(|(_, e)| e.nodes()).sum::<u64>()
    }
}
