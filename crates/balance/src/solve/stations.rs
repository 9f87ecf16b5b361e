//! SALBP-1: bounds, then rules, then exact engines in growing slices of work.

use crate::bounds;
use crate::bounds::heads::Heads;
use crate::budget::Budget;
use crate::certificate::{Certificate, Proof, SearchEngine, SearchLog};
use crate::exact::engine::{Ended, Engine, Setup, remember};
use crate::instance::Instance;
use crate::priority::construct::{Direction, construct};
use crate::priority::hoffmann;
use crate::priority::rules::Rule;
use crate::problem::{Assignment, Effort, Options, Stats};

/// One line at one cycle time, its best assignment and its bound so far.
pub(super) struct Search<'a> {
    instance: &'a Instance,
    cycle_time: u32,
    pub(super) best: Assignment,
    pub(super) certificate: Certificate,
    pub(super) stats: Stats,
}

/// Steps of load enumeration per station in the first and the second round of Hoffmann's rule.
const HOFFMANN_STEPS: [u64; 2] = [500, 10_000];

/// The first slice of an exact engine, in steps; it doubles with every turn.
const SLICE: u64 = 200_000;

/// Steps per state in the first pass of an exact engine; sixteen times more with every pass.
const STEPS_PER_STATE: u64 = 10_000;

impl<'a> Search<'a> {
    /// `cycle_time` in ticks, at least the longest task.
    pub(super) fn new(instance: &'a Instance, cycle_time: u32) -> Self {
        Self {
            instance,
            cycle_time,
            best: Assignment::new((0..instance.n_tasks() as u32).collect()),
            certificate: bounds::root(instance, cycle_time),
            stats: Stats::default(),
        }
    }

    /// Goes on until best and bound meet, the question "at most `enough` stations?" is settled, or the
    /// work runs out.
    pub(super) fn run(&mut self, enough: u32, options: &Options, budget: &mut Budget<'_, '_>) {
        let reversed = self.instance.reversed();
        self.best = by_order(self.instance, self.cycle_time);
        self.rules(&reversed, enough, budget);
        for steps in HOFFMANN_STEPS {
            self.hoffmann(&reversed, steps, enough, budget);
        }
        if options.effort == Effort::Exact {
            self.exact(&reversed, enough, options, budget);
        }
        assert!(
            self.best.fits(self.instance, self.cycle_time),
            "an engine returned a line that breaks precedence or cycle time"
        );
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

    /// Forward and backward search in turn, each slice twice as long as the one before.
    fn exact(&mut self, reversed: &Instance, enough: u32, options: &Options, budget: &mut Budget<'_, '_>) {
        let root_bound = self.certificate.stations_min;
        let mut steps_per_state = STEPS_PER_STATE;
        while !self.settled(enough) && !budget.is_over() {
            let setup = Setup {
                cycle_time: self.cycle_time,
                target: self.target(enough),
                steps_per_state,
                memory_bytes_max: options.memory_bytes_max / 2,
            };
            let mut engines: Vec<Box<dyn Engine + '_>> = [
                remember(self.instance, setup, SearchEngine::Forward),
                remember(reversed, setup, SearchEngine::Backward),
            ]
            .into_iter()
            .flatten()
            .collect();
            let again = self.turns(&mut engines, root_bound, enough, budget);
            for engine in &engines {
                self.stats.states += engine.nodes();
            }
            if !again {
                return;
            }
            steps_per_state *= 16;
        }
    }

    /// Stations the exact engines are to seek.
    fn target(&self, enough: u32) -> u32 {
        let below = self.best.stations - 1;
        if enough > 0 { below.min(enough) } else { below }
    }

    /// Lets the engines run in turn; true when another pass with more steps per state makes sense.
    fn turns(
        &mut self,
        engines: &mut [Box<dyn Engine + '_>],
        root_bound: u32,
        enough: u32,
        budget: &mut Budget<'_, '_>,
    ) -> bool {
        let mut slice = SLICE;
        let mut live = vec![true; engines.len()];
        let mut truncated = false;
        while live.contains(&true) {
            for (engine, live) in engines.iter_mut().zip(&mut live) {
                if !*live {
                    continue;
                }
                let until = budget.spent() + slice;
                loop {
                    let left = until.saturating_sub(budget.spent());
                    let target = self.target(enough);
                    engine.lower_target(target);
                    let ended = engine.run(budget, left.max(1));
                    let improved = engine.take_best();
                    let found = improved.is_some();
                    if let Some(best) = improved {
                        self.offer(best);
                        if self.settled(enough) {
                            return false;
                        }
                    }
                    match ended {
                        Ended::Exhausted => {
                            self.prove(self.target(enough) + 1, engine.as_ref(), root_bound, budget);
                            return false;
                        }
                        Ended::Truncated => {
                            truncated = true;
                            *live = false;
                            break;
                        }
                        Ended::MemoryFull => {
                            self.stats.memory_full = true;
                            *live = false;
                            break;
                        }
                        Ended::Paused if budget.is_over() => return false,
                        Ended::Paused if found && left > 1 => {}
                        Ended::Paused => break,
                    }
                }
            }
            slice *= 2;
        }
        truncated
    }

    fn prove(&mut self, stations_min: u32, engine: &dyn Engine, root_bound: u32, budget: &Budget<'_, '_>) {
        if stations_min > self.certificate.stations_min {
            self.certificate = Certificate {
                cycle_time: self.cycle_time,
                stations_min,
                proof: Proof::Search(SearchLog {
                    engine: engine.kind(),
                    work: budget.spent(),
                    nodes: engine.nodes(),
                    root_bound,
                }),
            };
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
