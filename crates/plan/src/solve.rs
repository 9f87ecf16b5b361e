//! The search: relaxation first, then the integer program, then the programme of its sites and lines.

use crate::build::{Build, Detail};
use crate::coarse::Coarse;
use crate::conflict;
use crate::data::LineKey;
use crate::data::{Choice, Data};
use crate::fewest;
use crate::freeze;
use crate::greedy;
use crate::key::Key;
use crate::lp::{End, Heuristics, Highs, Limits, Solver};
use crate::needs;
use crate::primal::{self, Found};
use crate::problem::{Options, Outcome, Problem, Stats};
use crate::recourse::{self, Blocked, Fixed};
use crate::round;
use diag::{Code, Diagnostic, Place};
use model::control::Control;
use model::results::{Programme, Status};
use rules::moves::{self, Decision};
use std::collections::BTreeSet;
use units::{Id, Money};

/// Finds a programme and a proof of how good it is.
///
/// One unit of the control's work is one program solved; the limit that counts is [`Options::iterations_max`], the
/// same on every machine. Asked to stop, the search returns the best programme it has.
///
/// # Errors
/// `RW0303` when no programme meets every rule, naming rules in conflict and by how much each would have to give way;
/// `RW0305` when the limit of work came before any programme; `RW0503` when somebody stopped it before that.
///
/// # Not handled
/// Smallest lots and rounding to thousandths are not part of the proof: they are paid for in `cost` and not in `bound`.
pub fn solve(problem: &Problem<'_>, options: &Options, control: &Control<'_>) -> Result<Outcome, Vec<Diagnostic>> {
    let mut data = Data::new(problem.ring, problem.designs, &Choice::All);
    check_rw0311_layouts_of_standing_lines(problem)?;
    data.kept.given_way = freeze::given_way(&data, control)?;
    let mut search =
        Search { data: &data, options, control, stats: Stats::default(), bound: f64::NEG_INFINITY, start: None };
    let whole = Build::new(&data, Detail::default());
    let too_large = whole.program.bounds().len() > ROWS_MANY;
    let (mut detail, mut best) = if too_large {
        (Detail::default(), search.by_blocks(&whole)?)
    } else {
        control.tell("plan", "relaxation", None);
        let (detail, used) = search.relaxation()?;
        let best = search.first_programme(&detail, used);
        (detail, best)
    };
    drop(whole);
    if let Some(kept) = search.kept_programme()
        && best.as_ref().is_none_or(|(found, _)| kept.cost < found.cost)
    {
        best = Some((kept, End::Limit));
    }
    let passes = if too_large && best.is_some() { 0 } else { 3 };
    // The integer program leaves out what rarely binds; when its sites and lines turn out to need that, it runs again.
    for pass in 0..passes {
        control.tell("plan", "integer program", Some(0.2 + 0.2 * f64::from(pass)));
        let (programme, end, refined) = match search.integer_program(&detail) {
            Ok(found) => found,
            Err(faults) if best.is_none() => return Err(faults),
            Err(_) => break,
        };
        let better = programme.as_ref().is_some_and(|p| best.as_ref().is_none_or(|(b, _)| p.cost < b.cost));
        if let (Some(programme), true) = (programme, better) {
            best = Some((programme, end));
        }
        let settled = best.as_ref().is_some_and(|(p, _)| search.gap(p) <= options.gap.max(1e-6));
        let hopeless = best.is_some() && end != End::Solved;
        if settled || hopeless || refined == detail || control.is_stopped() {
            break;
        }
        detail = refined;
    }
    let Some((mut programme, end)) = best else {
        return Err(vec![search.nothing_found()]);
    };
    if let Some(fewer) = search.with_fewer_moves(&programme, &detail) {
        programme = fewer;
    }
    programme.bound = Money::from_f64(search.bound.max(0.0)).min(programme.cost);
    programme.status = search.status(&programme, end);
    if programme.status != Status::Optimal {
        programme.notes.push(if programme.bound.is_zero() {
            "no least cost is proven".to_owned()
        } else {
            format!("the search ended {} % above the least cost proven", format_percent(programme.gap()))
        });
    }
    Ok(Outcome { status: programme.status, best: programme, stats: search.stats })
}

fn format_percent(share: f64) -> String {
    format!("{:.2}", share * 100.0)
}

/// Candidate lines above which a first programme is looked for among few of them.
const LINES_MANY: usize = 30;

/// Least and most periods of a block.
const BLOCK: (usize, usize) = (4, 13);

/// Rows above which the program is solved over blocks of periods only, and whole with sites and lines decided.
const ROWS_MANY: usize = 20_000;

/// Simplex iterations that a relaxation may take, whatever the integer program may.
const RELAXATION_LEAST: u64 = 60_000;

struct Search<'s, 'a> {
    data: &'s Data<'a>,
    options: &'s Options,
    control: &'s Control<'s>,
    stats: Stats,
    /// Least cost proven so far.
    bound: f64,
    /// The point behind the best programme found among few lines.
    start: Option<Found>,
}

impl Search<'_, '_> {
    /// Solves the linear relaxation; says what of the purchases must be modelled more closely, and which lines it uses.
    fn relaxation(&mut self) -> Result<(Detail, BTreeSet<LineKey>), Vec<Diagnostic>> {
        let mut detail = Detail::default();
        let mut used = BTreeSet::new();
        for _ in 0..4 {
            let build = Build::new(self.data, detail.clone());
            let iterations_max = self.options.iterations_max.max(RELAXATION_LEAST);
            let limits = Limits { gap: 0.0, iterations_max, start: None, heuristics: Heuristics::All };
            let answer = Highs.solve(&build.program.relaxed(), &limits, self.control);
            self.count(&build, answer.iterations, 0);
            if answer.end == End::Infeasible {
                return Err(conflict::explain(&build, self.control));
            }
            if answer.end == End::Solved && detail.is_relaxation() {
                self.bound = self.bound.max(answer.bound + build.constant);
            }
            let (End::Solved, Some(point)) = (answer.end, answer.point) else {
                break;
            };
            used = primal::used(&build, &point);
            let more = needs::of_point(&build, &point);
            if more == detail {
                break;
            }
            detail = more;
        }
        Ok((detail, used))
    }

    /// A programme found among few lines, for rings whose integer program is too large to give one soon.
    fn first_programme(&mut self, detail: &Detail, used: BTreeSet<LineKey>) -> Option<(Programme, End)> {
        if self.data.lines.len() < LINES_MANY {
            return None;
        }
        let mut best: Option<(Programme, End)> = None;
        let (mut kept, mut detail) = (used, detail.clone());
        let as_it_stood = |l: &&crate::data::Line| {
            let decision = Decision::Line(l.capability, l.option, l.ordered);
            l.stands.is_some() || !self.data.kept.planned(decision).is_zero()
        };
        kept.extend(self.data.lines.iter().filter(as_it_stood).map(primal::key_of));
        for round in 0..self.options.rounds {
            let done = 0.02 + 0.18 * f64::from(round) / f64::from(self.options.rounds);
            self.control.tell("plan", format!("programme among {} lines", kept.len()), Some(done));
            let limits = Limits {
                gap: self.options.gap / 2.0,
                iterations_max: self.options.iterations_round,
                start: None,
                heuristics: Heuristics::Few,
            };
            let (found, answer) = primal::among(self.data, &kept, &detail, &limits, self.control);
            self.stats.programs += 1;
            self.stats.iterations += answer.iterations;
            let Some(found) = found else { break };
            kept = primal::near(self.data, &found.lines);
            let improved = match self.finish(&found.fixed, &detail) {
                Ok((programme, refined)) => {
                    detail = refined;
                    let better = best.as_ref().is_none_or(|(b, _)| programme.cost < b.cost);
                    if better {
                        best = Some((programme, End::Limit));
                        self.start = Some(found);
                    }
                    better
                }
                Err(_) => true,
            };
            let settled = best.as_ref().is_some_and(|(p, _)| self.gap(p) <= self.options.gap);
            if !improved || settled || self.control.is_stopped() {
                break;
            }
        }
        best
    }

    /// The plan as it stood, with as few moves as it takes: none where that can be. None when the ring keeps no plan.
    fn kept_programme(&mut self) -> Option<Programme> {
        let data = self.data;
        if !data.kept.is_kept {
            return None;
        }
        let mut fixed = Fixed { moved: Some(BTreeSet::new()), ..Fixed::default() };
        for (decision, _) in data.kept.all() {
            let held =
                if data.kept.is_frozen(decision) { data.kept.held(decision) } else { data.kept.planned(decision) };
            let count = held.ticks() / 1_000;
            match decision {
                Decision::Site(site, opened) if count > 0 => drop(fixed.open.insert(Key::Open(site, opened), 1.0)),
                Decision::Line(capability, option, ordered) if count > 0 => {
                    fixed.lines.insert((capability, option, ordered, None), count);
                }
                _ => {}
            }
        }
        for slot in data.slots.iter().filter(|s| rules::standing::site_ready(data.ring, s.site).is_some()) {
            fixed.open.insert(Key::Open(slot.site, slot.opened), 1.0);
        }
        for (id, row) in data.ring.standing_lines.enumerate() {
            if let Some(line) = data.lines.iter().find(|l| l.stands == Some(id)) {
                fixed.lines.insert(line.key(), row.lines);
            }
        }
        self.control.tell("plan", "the plan as it stood", None);
        if data.kept.counts()
            && let Ok((programme, _)) = self.finish(&fixed, &Detail::default())
        {
            return Some(programme);
        }
        fixed.moved = None;
        self.finish(&fixed, &Detail::default()).ok().map(|(programme, _)| programme)
    }

    /// A programme of the same sites, lines and cost with fewer moves; none when there is none to be found.
    fn with_fewer_moves(&mut self, programme: &Programme, detail: &Detail) -> Option<Programme> {
        let ring = self.data.ring;
        let counted = |p: &Programme| moves::counted(&moves::of(ring, p));
        let now = counted(programme);
        if !self.data.kept.counts() || now == 0 || self.control.is_stopped() {
            return None;
        }
        self.control.tell("plan", "fewer moves at the same cost", Some(0.95));
        let keys: BTreeSet<LineKey> = programme.lines.iter().map(crate::data::key_of_row).collect();
        let own = |l: &crate::data::Line| keys.contains(&l.key());
        let small = self.among(&own);
        let fixed = fewest::moves(&small, programme, detail, self.control)?;
        let (found, _) = self.finish(&fixed, detail).ok()?;
        let costs_no_more = found.cost.as_f64() <= programme.cost.as_f64() + fewest::room(programme);
        (costs_no_more && counted(&found) < now).then_some(found)
    }

    /// For rings too large to be solved whole: bound, sites and lines from a program over blocks of periods, then the
    /// programme of these sites and lines period by period. By a rule where that finds none.
    ///
    /// # Errors
    /// `RW0303` when even the program over blocks has no point.
    fn by_blocks(&mut self, whole: &Build<'_>) -> Result<Option<(Programme, End)>, Vec<Diagnostic>> {
        let length = self.data.ring.settings.open_every_periods.clamp(BLOCK.0, BLOCK.1);
        self.control.tell("plan", format!("blocks of {length} periods"), None);
        let coarse = Coarse::new(whole, length);
        let constant = whole.constant + coarse.constant;
        let mut limits = Limits {
            gap: 0.0,
            iterations_max: self.options.iterations_max.max(RELAXATION_LEAST),
            start: None,
            heuristics: Heuristics::All,
        };
        let relaxed = Highs.solve(&coarse.program.relaxed(), &limits, self.control);
        self.count(whole, relaxed.iterations, 0);
        self.bound = self.bound.max(relaxed.bound + constant);
        if relaxed.end == End::Infeasible {
            return Err(conflict::explain(whole, self.control));
        }
        let mut found = None;
        if relaxed.end == End::Solved && !self.control.is_stopped() {
            self.control.tell("plan", "sites and lines over blocks", Some(0.1));
            limits.iterations_max = self.options.iterations_round;
            limits.gap = self.options.gap / 2.0;
            let answer = Highs.solve(&coarse.with_people_in_parts(whole), &limits, self.control);
            self.count(whole, answer.iterations, answer.nodes);
            self.bound = self.bound.max(answer.bound + constant);
            let point = answer.point.map(|point| coarse.spread(&point));
            found = point.map(|point| {
                let (sites, lines) = round::first_stage(whole, &point);
                Fixed { moved: recourse::moved_of(whole, &point), ..recourse::fixed_of(&sites, &lines) }
            });
        }
        self.control.tell("plan", "period by period", Some(0.8));
        let by_blocks = found.and_then(|fixed| self.finish_or_fewer(fixed));
        Ok(by_blocks.or_else(|| self.finish_or_fewer(greedy::first_stage(self.data))))
    }

    /// Finishes sites and lines, with fewer lines where not all can be had.
    fn finish_or_fewer(&mut self, mut fixed: Fixed) -> Option<(Programme, End)> {
        let mut found = self.finish(&fixed, &Detail::default());
        if found.is_err() {
            fixed.fewer = true;
            found = self.finish(&fixed, &Detail::default());
        }
        found.ok().map(|(programme, _)| (programme, End::Limit))
    }

    /// Finishes sites and lines that are decided; also when stopped: it is short, and without it there is nothing to return.
    fn finish(&mut self, fixed: &Fixed, detail: &Detail) -> Result<(Programme, Detail), Blocked> {
        let kept = |l: &crate::data::Line| fixed.lines.contains_key(&primal::key_of(l));
        let small = self.among(&kept);
        recourse::finish(&small, fixed, detail.clone(), &Control::unlimited(), &mut self.stats)
    }

    /// Solves the integer program and finishes its sites and lines.
    fn integer_program(&mut self, detail: &Detail) -> Result<(Option<Programme>, End, Detail), Vec<Diagnostic>> {
        let build = Build::new(self.data, detail.clone());
        let start = self.start.as_ref().map(|found| found.start(&build));
        // A programme found among few lines is hard to beat: what is left to do is to prove how good it is.
        let (iterations_max, heuristics) = match start {
            Some(_) => (self.options.iterations_bound, Heuristics::Leave),
            None => (self.options.iterations_max, Heuristics::All),
        };
        let limits = Limits { gap: self.options.gap, iterations_max, start, heuristics };
        let answer = Highs.solve(&build.program, &limits, self.control);
        self.count(&build, answer.iterations, answer.nodes);
        if answer.end == End::Infeasible {
            return Err(conflict::explain(&build, self.control));
        }
        if detail.is_relaxation() {
            self.bound = self.bound.max(answer.bound + build.constant);
        }
        let Some(point) = answer.point else {
            return Ok((None, answer.end, detail.clone()));
        };
        let (sites, lines) = round::first_stage(&build, &point);
        let mut fixed = recourse::fixed_of(&sites, &lines);
        fixed.people = Some(recourse::people_of(&build, &point));
        fixed.moved = recourse::moved_of(&build, &point);
        match self.finish(&fixed, detail) {
            Ok((programme, refined)) => Ok((Some(programme), answer.end, refined)),
            Err(Blocked::Infeasible | Blocked::Failed | Blocked::Stopped) => {
                let mut refined = needs::of_point(&build, &point);
                refined.parts_in_budgets |= build.ceilings.iter().any(|c| c.covers_parts());
                Ok((None, answer.end, refined))
            }
        }
    }

    fn count(&mut self, build: &Build<'_>, iterations: u64, nodes: u64) {
        self.control.work(1);
        self.stats.programs += 1;
        self.stats.iterations += iterations;
        self.stats.nodes += nodes;
        self.stats.columns = build.program.cols().len();
        self.stats.whole_columns = build.program.cols().iter().filter(|c| c.whole).count();
        self.stats.rows = build.program.bounds().len();
        self.stats.terms = build.program.n_terms();
    }

    fn gap(&self, programme: &Programme) -> f64 {
        let cost = programme.cost.as_f64();
        if cost <= 0.0 { 0.0 } else { ((cost - self.bound) / cost).max(0.0) }
    }

    /// Optimal when cost and bound agree to a millionth (and the cents that rounding makes).
    fn status(&self, programme: &Programme, end: End) -> Status {
        let cents = programme.costs.len() as f64 * 0.01 + 0.01;
        let apart = programme.cost.as_f64() - self.bound;
        if apart <= 1e-6 * programme.cost.as_f64() + cents {
            Status::Optimal
        } else if end == End::Stopped || self.control.is_stopped() {
            Status::TimeLimited
        } else {
            Status::WorkLimited
        }
    }

    fn nothing_found(&self) -> Diagnostic {
        if self.control.is_stopped() {
            return Diagnostic::error(
                Code(503),
                "the planner was stopped before it had a programme",
                "let it run longer, or start it with `--effort quick`",
            );
        }
        Diagnostic::error(
            Code(305),
            "the limit of work ended the planner before it had a programme",
            "use `--effort full`, or leave out sites, layouts or periods that are not in question",
        )
    }
}

impl<'a> Search<'_, 'a> {
    /// The data with some of the lines, in which the same frozen decisions give way.
    fn among(&self, kept: &dyn Fn(&crate::data::Line) -> bool) -> Data<'a> {
        let mut small = Data::new(self.data.ring, self.data.designs, &Choice::Only(kept));
        small.kept.given_way.clone_from(&self.data.kept.given_way);
        small
    }
}

/// The layouts that standing lines name are in the menus.
fn check_rw0311_layouts_of_standing_lines(problem: &Problem<'_>) -> Result<(), Vec<Diagnostic>> {
    let ring = problem.ring;
    let missing = ring
        .standing_lines
        .enumerate()
        .filter(|(_, row)| rules::line::option_of(ring, problem.designs, row.capability, row.option).is_none());
    let faults: Vec<Diagnostic> = missing
        .map(|(id, row)| {
            let capability = &ring.capability[row.capability];
            let item = &ring.items[capability.item].key;
            let menu = rules::line::design_of(problem.designs, capability.item, capability.line_type);
            let n = menu.map_or(0, |design| design.options.len());
            let fact = format!("there is no layout {} in the menu of {n} for `{item}`", row.option + 1);
            Diagnostic::error(Code(311), fact, "`ringworks balance RING` shows the menus: write a number that is there")
                .at(Place::cell("standing_lines", id.index(), "layout"), "not in the menu")
        })
        .collect();
    if faults.is_empty() { Ok(()) } else { Err(faults) }
}
