//! Acyclic pairing: which long tasks share a station is decided first, in any order, not station by station.
//!
//! Of tasks longer than a third of the cycle time at most two share a station. A pair is chosen, contracted to a block
//! with all that precedence forces between, and what the contraction makes impossible is struck out: pairs that would
//! run in a circle with it, or that would have to take it in. So no two pairs ever wait for each other, and no longer
//! circle of pairs can close. A node is given up when the most pairs that a matching still finds are too few. When all long
//! tasks are settled, the short ones are folded in the same way, each into a station or into one of its own.
//!
//! # Source
//! Our own; contraction of a partial order as in the proof of Fujii, Kasami and Ninomiya (1969), SIAM Journal on Applied
//! Mathematics 17, where no time limits the pairs. Restarts with growing limits: Gomes, Selman and Kautz (1998), AAAI-98.
//! # Cost
//! A node copies three squares of bits and matches once: about `n^2 / 64` steps, booked as such.

mod blocks;

use super::engine::{Ended, Engine, Setup};
use super::memory::Set;
use crate::bounds::blossom::Matching;
use crate::budget::Budget;
use crate::certificate::SearchEngine;
use crate::instance::Instance;
use crate::problem::Assignment;
use crate::random::Random;
use blocks::{Blocks, and, count, has, put};

const NONE: u32 = u32::MAX;

/// Nodes given up before the first restart; twice as many before each further one.
const FAILS: u64 = 64;

/// The search for a line of at most `target` stations.
#[derive(Debug)]
pub struct Pairing<const W: usize> {
    cycle_time: u32,
    target: u32,
    root: Blocks<W>,
    /// The path from the root to the node that is open.
    path: Vec<Node<W>>,
    started: bool,
    best: Option<Assignment>,
    nodes: u64,
    fails: u64,
    fails_max: u64,
    random: Random,
    memory_bytes_max: usize,
}

/// A choice: one block, and what may happen to it.
#[derive(Debug)]
struct Node<const W: usize> {
    state: State<W>,
    block: u32,
    options: Vec<Choice>,
    next: usize,
}

#[derive(Debug, Clone)]
struct State<const W: usize> {
    blocks: Blocks<W>,
    /// Blocks that get a station and no long partner any more: long tasks alone, and short ones that open a station.
    settled: Set<W>,
    /// The pairs of the last matching, by block.
    mate: Vec<u32>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Choice {
    /// Share a station with this block.
    Join(u32),
    /// Get a station without a partner.
    Alone,
}

/// What a state turned out to be.
enum Seen {
    Hopeless,
    Line(Assignment),
    Choose(u32, Vec<Choice>),
}

impl<const W: usize> Pairing<W> {
    /// Prepares the search.
    #[must_use]
    pub fn new(instance: &Instance, setup: Setup<'_>) -> Self {
        Self {
            cycle_time: setup.cycle_time,
            target: setup.target,
            root: Blocks::new(instance, setup.cycle_time),
            path: Vec::new(),
            started: false,
            best: None,
            nodes: 0,
            fails: 0,
            fails_max: FAILS,
            random: Random::new(0),
            memory_bytes_max: setup.memory_bytes_max,
        }
    }

    fn start(&mut self) {
        self.started = true;
        self.path.clear();
        self.fails = 0;
        let n = self.root.time.len();
        let state = State { blocks: self.root.clone(), settled: [0; W], mate: vec![NONE; n] };
        self.visit(state);
    }

    /// Looks at a state and opens it where it may lead to a line.
    fn visit(&mut self, mut state: State<W>) {
        self.nodes += 1;
        match self.look(&mut state) {
            Seen::Hopeless => self.fails += 1,
            Seen::Line(line) => {
                self.target = line.stations - 1;
                self.best = Some(line);
                self.started = false;
            }
            Seen::Choose(block, options) => self.path.push(Node { state, block, options, next: 0 }),
        }
    }

    fn look(&mut self, state: &mut State<W>) -> Seen {
        let blocks = &state.blocks;
        let (mut free, mut based, mut short) = ([0; W], 0u32, [0; W]);
        let mut lonely = 0u32;
        for block in crate::bits::ones(&blocks.alive) {
            let settled = has(&state.settled, block);
            match blocks.longs[block] {
                1 if !settled => put(&mut free, block),
                0 if !settled => {
                    lonely += u32::from(blocks.mates(block).iter().all(|&w| w == 0));
                    put(&mut short, block);
                }
                _ => based += 1,
            }
        }
        let n_free = count(&free) as u32;
        let Some(room) = self.target.checked_sub(based + lonely) else { return Seen::Hopeless };
        let pairs = n_free.saturating_sub(room);
        if pairs > 0 && !enough_pairs(state, &free, pairs) {
            return Seen::Hopeless;
        }
        let blocks = &state.blocks;
        // The long task with fewest partners left decides next.
        let partners = |&block: &usize| count(&and(blocks.mates(block), &free));
        let next = crate::bits::ones(&free)
            .filter(|b| partners(b) > 0)
            .min_by_key(|b| (partners(b), std::cmp::Reverse(blocks.time[*b]), *b));
        if let Some(block) = next {
            let shaken = self.fails_max > FAILS;
            let mut options: Vec<(u64, Choice)> = crate::bits::ones(&and(blocks.mates(block), &free))
                .map(|other| {
                    let few = partners(&other);
                    let harm = blocks.harm(block, other) + 4 * few;
                    let shake = if shaken { 64 + self.random.below(32) } else { 64 };
                    (harm * shake, Choice::Join(other as u32))
                })
                .collect();
            options.sort_by_key(|&(harm, _)| harm);
            let mut options: Vec<Choice> = options.into_iter().map(|(_, choice)| choice).collect();
            options.push(Choice::Alone);
            return Seen::Choose(block as u32, options);
        }
        // No pairs of long tasks any more: all of them have their stations.
        let stations = based + n_free;
        if stations > self.target {
            return Seen::Hopeless;
        }
        let mut bases = state.settled;
        for block in crate::bits::ones(&blocks.alive).filter(|&b| blocks.longs[b] > 0) {
            put(&mut bases, block);
        }
        let homes = |&block: &usize| count(&and(blocks.mates(block), &bases));
        let Some(block) = crate::bits::ones(&short).min_by_key(|b| (homes(b), std::cmp::Reverse(blocks.time[*b]), *b))
        else {
            return Seen::Line(Assignment::new(blocks.stations()));
        };
        let mut options: Vec<(u64, Choice)> = crate::bits::ones(&and(blocks.mates(block), &bases))
            .map(|home| {
                let idle = self.cycle_time - blocks.time[home] - blocks.time[block];
                (
                    blocks.harm(block, home) * 64 + u64::from(idle) * 64 / u64::from(self.cycle_time),
                    Choice::Join(home as u32),
                )
            })
            .collect();
        options.sort_by_key(|&(harm, _)| harm);
        let mut options: Vec<Choice> = options.into_iter().map(|(_, choice)| choice).collect();
        if stations < self.target {
            options.push(Choice::Alone);
        }
        Seen::Choose(block as u32, options)
    }

    /// Tries the next choice of the deepest node; false when the path is at its end.
    fn step(&mut self) -> bool {
        let Some(node) = self.path.last_mut() else { return false };
        let Some(&choice) = node.options.get(node.next) else {
            self.path.pop();
            return true;
        };
        node.next += 1;
        let block = node.block as usize;
        let last = node.next == node.options.len();
        let mut state = if last {
            let n = node.state.mate.len();
            let gone = State { blocks: node.state.blocks.clone(), settled: node.state.settled, mate: vec![NONE; n] };
            std::mem::replace(&mut node.state, gone)
        } else {
            node.state.clone()
        };
        match choice {
            Choice::Alone => put(&mut state.settled, block),
            Choice::Join(other) => {
                let other = other as usize;
                let rep = state.blocks.join(block, other, self.cycle_time);
                if and(&state.blocks.tasks(rep), &state.settled).iter().any(|&w| w != 0) {
                    put(&mut state.settled, rep);
                }
                // What follows is about lines in which these two do not meet.
                node.state.blocks.part(block, other);
            }
        }
        self.visit(state);
        true
    }

    fn node_bytes(&self) -> usize {
        self.root.bytes() + self.root.time.len() * 4
    }
}

/// True when a matching among the free long blocks still finds so many pairs.
fn enough_pairs<const W: usize>(state: &mut State<W>, free: &Set<W>, pairs: u32) -> bool {
    let list: Vec<usize> = crate::bits::ones(free).collect();
    let mut position = vec![NONE; state.mate.len()];
    for (at, &block) in list.iter().enumerate() {
        position[block] = at as u32;
    }
    let mut mate = vec![NONE; list.len()];
    for (at, &block) in list.iter().enumerate() {
        let other = state.mate[block];
        if other != NONE && has(free, other as usize) && has(state.blocks.mates(block), other as usize) {
            mate[at] = position[other as usize];
        }
    }
    let kept = mate.iter().filter(|&&m| m != NONE).count() / 2;
    if kept >= pairs as usize {
        return true;
    }
    let adjacent: Vec<Vec<u32>> = list
        .iter()
        .map(|&b| crate::bits::ones(&and(state.blocks.mates(b), free)).map(|o| position[o]).collect())
        .collect();
    let removed = vec![false; list.len()];
    let grown = Matching::grown(&adjacent, mate, removed, pairs as usize);
    let enough = grown.size() >= pairs as usize;
    state.mate.fill(NONE);
    for (at, &other) in grown.mates().iter().enumerate() {
        if other != NONE {
            state.mate[list[at]] = list[other as usize] as u32;
        }
    }
    enough
}

impl<const W: usize> Engine for Pairing<W> {
    fn kind(&self) -> SearchEngine {
        SearchEngine::Pairing
    }

    fn run(&mut self, budget: &mut Budget<'_, '_>, work: u64) -> Ended {
        let n = self.root.time.len() as u64;
        let price = n * n / 64 + 8;
        let mut left = work;
        loop {
            if !self.started {
                if self.target == 0 {
                    return Ended::Exhausted;
                }
                self.start();
            } else if !self.step() {
                return Ended::Exhausted;
            }
            if self.bytes() > self.memory_bytes_max {
                return Ended::MemoryFull;
            }
            if self.fails > self.fails_max && !self.path.is_empty() {
                self.fails_max *= 2;
                self.start();
            }
            left = left.saturating_sub(price);
            if !budget.step(price) || left == 0 || self.best.is_some() {
                return Ended::Paused;
            }
        }
    }

    fn take_best(&mut self) -> Option<Assignment> {
        self.best.take()
    }

    fn lower_target(&mut self, target: u32) {
        if target < self.target {
            self.target = target;
        }
    }

    fn bytes(&self) -> usize {
        (self.path.len() + 2) * self.node_bytes()
    }

    fn allow(&mut self, memory_bytes_max: usize) {
        self.memory_bytes_max = memory_bytes_max;
    }

    fn nodes(&self) -> u64 {
        self.nodes
    }
}
