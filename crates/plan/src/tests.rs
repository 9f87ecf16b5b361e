//! The parts of the search on their own: what a rule puts together, what few lines give, what blocks of periods bound.

use crate::build::{Build, Detail};
use crate::coarse::Coarse;
use crate::data::{Choice, Data};
use crate::key::Key;
use crate::lp::{End, Heuristics, Highs, Limits, Program, Solver};
use crate::menu::menus;
use crate::problem::{Options, Outcome, Problem, Stats};
use crate::recourse::{self, Fixed};
use crate::{greedy, primal, solve};
use model::control::{Control, Effort};
use model::results::{LineDesign, Programme, Status};
use model::{RawRing, Ring};
use std::collections::BTreeSet;
use testring::{Shape, generate};

/// A ring with its menus.
struct Case {
    ring: Ring,
    designs: Vec<LineDesign>,
}

impl Case {
    fn new(raw: &RawRing) -> Self {
        let ring = Ring::build(raw).unwrap();
        let designs = menus(&ring);
        Self { ring, designs }
    }

    fn data(&self) -> Data<'_> {
        Data::new(&self.ring, &self.designs, &Choice::All)
    }

    /// The plan with no gap allowed; none when there is no programme.
    fn exact(&self) -> Option<Outcome> {
        let options = Options { gap: 0.0, iterations_max: 1_000_000, ..Options::of(Effort::Full) };
        solve(&Problem { ring: &self.ring, designs: &self.designs }, &options, &Control::unlimited()).ok()
    }

    /// The programme of sites and lines, held to every rule by the verifier.
    fn finish(&self, fixed: &Fixed) -> Option<Programme> {
        let kept = |l: &crate::data::Line| fixed.lines.contains_key(&primal::key_of(l));
        let data = Data::new(&self.ring, &self.designs, &Choice::Only(&kept));
        let mut stats = Stats::default();
        let found = recourse::finish(&data, fixed, Detail::default(), &Control::unlimited(), &mut stats);
        let (mut programme, _) = found.ok()?;
        programme.status = Status::WorkLimited;
        let faults = verify::programme(&self.ring, &self.designs, &programme);
        assert!(faults.is_empty(), "{faults:#?}");
        Some(programme)
    }
}

fn limits() -> Limits {
    Limits { gap: 0.0, iterations_max: 1_000_000, start: None, heuristics: Heuristics::All }
}

fn least(program: &Program) -> f64 {
    let answer = Highs.solve(program, &limits(), &Control::unlimited());
    assert_eq!(answer.end, End::Solved);
    answer.bound
}

#[test]
fn a_programme_by_rule_holds_and_is_never_below_the_least_cost_proven() {
    let mut finished = 0;
    for seed in 0..20 {
        let case = Case::new(&generate(
            seed,
            &Shape { plants: 2, items: 2, customers: 1, periods: 8, tasks: 2, extras: false },
        ));
        let (Some(exact), Some(by_rule)) = (case.exact(), case.finish(&greedy::first_stage(&case.data()))) else {
            continue;
        };
        finished += 1;
        assert!(
            by_rule.cost >= exact.best.bound,
            "seed {seed}: {} by rule, {} is the least",
            by_rule.cost,
            exact.best.bound
        );
        assert!(!by_rule.lines.is_empty(), "seed {seed}: the rule orders lines for demand");
    }
    assert!(finished >= 10, "{finished} finished");
}

#[test]
fn the_rule_orders_no_more_than_there_is_room_for() {
    let mut ordered = 0;
    for seed in 0..30 {
        let case = Case::new(&with_column(generate(seed, &Shape::small()), "sites", "floor_m2", "70"));
        let fixed = greedy::first_stage(&case.data());
        ordered += fixed.lines.values().sum::<i64>();
        for (site, row) in case.ring.sites.enumerate() {
            let own = fixed.lines.iter().filter(|((c, ..), _)| case.ring.capability[*c].site == site);
            let (mut floor, mut people) = (0.0, 0);
            for ((capability, option, ..), count) in own {
                let layout = rules::line::option_of(&case.ring, &case.designs, *capability, *option).unwrap();
                floor += layout.floor_m2 * *count as f64;
                people += rules::people::of_line(&case.ring, site, layout).iter().map(|(_, n)| n * count).sum::<i64>();
                assert!(*count <= case.ring.capability[*capability].lines_max, "seed {seed}");
            }
            assert!(floor <= row.floor_m2 + 1e-6 && people <= row.labour_pool, "seed {seed}: {floor} m2, {people}");
        }
    }
    assert!(ordered >= 15, "{ordered} lines");
}

#[test]
fn few_lines_give_a_programme_that_starts_the_whole_search() {
    let mut started = 0;
    for seed in 0..20 {
        let case = Case::new(&generate(seed, &Shape::small()));
        let (data, detail) = (case.data(), Detail::default());
        let all: BTreeSet<_> = data.lines.iter().map(primal::key_of).collect();
        let (found, answer) = primal::among(&data, &all, &detail, &limits(), &Control::unlimited());
        let (Some(found), Some(exact)) = (found, case.exact()) else {
            continue;
        };
        assert_eq!(answer.end, End::Solved);
        if let Some(programme) = case.finish(&found.fixed) {
            assert!(programme.cost >= exact.best.bound, "seed {seed}");
        }
        let build = Build::new(&data, detail);
        if build.program.violation(&found.start(&build)) < 1e-5 {
            started += 1;
        }
        let near = primal::near(&data, &found.lines);
        assert!(near.is_superset(&found.lines) && near.is_subset(&all), "seed {seed}");
    }
    assert!(started >= 10, "{started} points start the whole program");
}

/// A ring as written with every cell of a column set.
fn with_column(mut raw: RawRing, table: &str, column: &str, value: &str) -> RawRing {
    let found = raw.tables.iter_mut().find(|t| t.name == table).unwrap();
    let at = found.column(column).unwrap();
    found.rows.iter_mut().for_each(|row| value.clone_into(&mut row[at]));
    raw
}

#[test]
fn every_point_of_the_whole_program_is_one_over_blocks_that_costs_no_more() {
    let mut dearer = 0;
    for seed in 0..12 {
        let case = Case::new(&generate(seed, &Shape::small()));
        let data = case.data();
        let mut build = Build::new(&data, Detail::default());
        // Prices that change from period to period, so that merged columns differ in cost.
        for (key, col) in build.columns().collect::<Vec<_>>() {
            if let Key::Make(_, t) = key {
                build.program.add_cost(col, (t * 7 % 5) as f64);
            }
        }
        let answer = Highs.solve(&build.program.relaxed(), &limits(), &Control::unlimited());
        let Some(point) = answer.point else {
            continue;
        };
        let coarse = Coarse::new(&build, 3);
        let merged = coarse.merged(&point);
        assert!(coarse.program.relaxed().violation(&merged) < 1e-6, "seed {seed}");
        let (cost, whole) = (coarse.program.cost(&merged) + coarse.constant, build.program.cost(&point));
        assert!(cost <= whole + 1e-6 * whole.abs(), "seed {seed}: {cost} over blocks, {whole} period by period");
        dearer += usize::from(cost < whole - 1e-6 * whole.abs());
    }
    assert!(dearer >= 5, "in {dearer} rings blocks give something up");
}

#[test]
fn blocks_never_prove_more_than_is_true() {
    let (mut compared, mut tight) = (0, 0);
    for seed in 0..25 {
        let case = Case::new(&generate(seed, &Shape::smallest()));
        let Some(exact) = case.exact() else {
            continue;
        };
        let data = case.data();
        let build = Build::new(&data, Detail::default());
        let whole = least(&build.program.relaxed()) + build.constant;
        let mut before = f64::INFINITY;
        for length in [1, 2, 4] {
            let coarse = Coarse::new(&build, length);
            let constant = build.constant + coarse.constant;
            let (relaxed, integer) = (least(&coarse.program.relaxed()) + constant, least(&coarse.program) + constant);
            let room = 1e-6 * exact.best.cost.as_f64() + 0.05;
            assert!(integer <= exact.best.cost.as_f64() + room, "seed {seed}, blocks of {length}: {integer}");
            assert!(relaxed <= integer + room && relaxed <= whole + room, "seed {seed}, blocks of {length}");
            assert!(relaxed <= before + room, "seed {seed}: blocks of {length} prove more than shorter ones");
            if length == 1 {
                assert!((relaxed - whole).abs() <= room, "seed {seed}: blocks of one period are the program itself");
            }
            tight += usize::from(length == 2 && integer > 0.9 * exact.best.bound.as_f64());
            before = relaxed;
        }
        compared += 1;
    }
    assert!(compared >= 15 && tight >= 8, "{compared} compared, {tight} within a tenth");
}
