//! The search: relaxation first, then the integer program, then the programme of its sites and lines.

use crate::build::{Build, Detail};
use crate::conflict;
use crate::data::{Choice, Data};
use crate::lp::{End, Highs, Limits, Solver};
use crate::needs;
use crate::problem::{Options, Outcome, Problem, Stats};
use crate::recourse::{self, Blocked};
use crate::round;
use diag::{Code, Diagnostic};
use model::control::Control;
use model::results::{Programme, Status};
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
    let data = Data::new(problem.ring, problem.designs, &Choice::All);
    let mut search = Search { data: &data, options, control, stats: Stats::default(), bound: f64::NEG_INFINITY };
    control.tell("plan", "relaxation", None);
    let mut detail = search.relaxation()?;
    let mut best: Option<(Programme, End)> = None;
    // The integer program leaves out what rarely binds; when its sites and lines turn out to need that, it runs again.
    for pass in 0..3 {
        control.tell("plan", "integer program", Some(0.2 + 0.2 * f64::from(pass)));
        let (programme, end, refined) = match search.integer_program(&detail, best.as_ref().map(|(p, _)| p)) {
            Ok(found) => found,
            Err(faults) if best.is_none() => return Err(faults),
            Err(_) => break,
        };
        let better = programme.as_ref().is_some_and(|p| best.as_ref().is_none_or(|(b, _)| p.cost < b.cost));
        if let (Some(programme), true) = (programme, better) {
            best = Some((programme, end));
        }
        let settled = best.as_ref().is_some_and(|(p, _)| search.gap(p) <= options.gap.max(1e-6));
        if settled || refined == detail || control.is_stopped() {
            break;
        }
        detail = refined;
    }
    let Some((mut programme, end)) = best else {
        return Err(vec![search.nothing_found()]);
    };
    programme.bound = Money::from_f64(search.bound.max(0.0)).min(programme.cost);
    programme.status = search.status(&programme, end);
    if programme.status != Status::Optimal {
        programme
            .notes
            .push(format!("the search ended {} % above the least cost proven", format_percent(programme.gap())));
    }
    Ok(Outcome { status: programme.status, best: programme, stats: search.stats })
}

fn format_percent(share: f64) -> String {
    format!("{:.2}", share * 100.0)
}

struct Search<'s, 'a> {
    data: &'s Data<'a>,
    options: &'s Options,
    control: &'s Control<'s>,
    stats: Stats,
    /// Least cost proven so far.
    bound: f64,
}

impl Search<'_, '_> {
    /// Solves the linear relaxation, and says what of the purchases must be modelled more closely.
    fn relaxation(&mut self) -> Result<Detail, Vec<Diagnostic>> {
        let mut detail = Detail::default();
        for _ in 0..4 {
            let build = Build::new(self.data, detail.clone());
            let limits = Limits { gap: 0.0, iterations_max: self.options.iterations_max, start: None };
            let answer = Highs.solve(&build.program.relaxed(), &limits, self.control);
            self.count(&build, answer.iterations, 0);
            if answer.end == End::Infeasible {
                return Err(conflict::explain(&build, self.control));
            }
            if answer.end == End::Solved && !detail.parts_in_budgets {
                self.bound = self.bound.max(answer.bound + build.constant);
            }
            let Some(point) = answer.point else {
                break;
            };
            let more = needs::of_point(&build, &point);
            if more == detail {
                break;
            }
            detail = more;
        }
        Ok(detail)
    }

    /// Solves the integer program and finishes its sites and lines.
    #[expect(clippy::type_complexity, reason = "three parts of one answer, taken apart at once")]
    fn integer_program(
        &mut self,
        detail: &Detail,
        _known: Option<&Programme>,
    ) -> Result<(Option<Programme>, End, Detail), Vec<Diagnostic>> {
        let build = Build::new(self.data, detail.clone());
        let limits = Limits { gap: self.options.gap, iterations_max: self.options.iterations_max, start: None };
        let answer = Highs.solve(&build.program, &limits, self.control);
        self.count(&build, answer.iterations, answer.nodes);
        if answer.end == End::Infeasible {
            return Err(conflict::explain(&build, self.control));
        }
        if !detail.parts_in_budgets {
            self.bound = self.bound.max(answer.bound + build.constant);
        }
        let Some(point) = answer.point else {
            return Ok((None, answer.end, detail.clone()));
        };
        let (sites, lines) = round::first_stage(&build, &point);
        let mut fixed = recourse::fixed_of(&sites, &lines);
        fixed.people = Some(recourse::people_of(&build, &point));
        let kept = |l: &crate::data::Line| fixed.lines.contains_key(&(l.capability, l.option, l.ordered));
        let small = Data::new(self.data.ring, self.data.designs, &Choice::Only(&kept));
        // The rest is finished even when stopped: it is short, and without it there is nothing to return.
        let calm = Control::unlimited();
        match recourse::finish(&small, &fixed, detail.clone(), &calm, &mut self.stats) {
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

/// Finds the best programme for sites and lines that are decided already.
///
/// Sites, options, counts and periods of order stay; first pieces, people, production, purchases and deliveries follow
/// from the ring as it is now. The programme's bound is its cost: it is the best for this first stage, not for the ring.
///
/// # Errors
/// `RW0303` when the first stage leaves no programme, saying why.
pub fn evaluate(
    problem: &Problem<'_>,
    first: &crate::problem::FirstStage,
    control: &Control<'_>,
) -> Result<Programme, Vec<Diagnostic>> {
    let fixed = recourse::fixed_of(&first.sites, &first.lines);
    let kept = |l: &crate::data::Line| fixed.lines.contains_key(&(l.capability, l.option, l.ordered));
    let data = Data::new(problem.ring, problem.designs, &Choice::Only(&kept));
    for line in &first.lines {
        let same = (line.option, line.ordered.index());
        if !data.lines_of(line.capability).any(|(_, l)| (l.option, l.ordered) == same) {
            return Err(vec![conflict::lost_line(problem.ring, line)]);
        }
    }
    let mut stats = Stats::default();
    match recourse::finish(&data, &fixed, Detail::default(), control, &mut stats) {
        Ok((mut programme, _)) => {
            programme.bound = programme.cost;
            Ok(programme)
        }
        Err(Blocked::Stopped) => Err(vec![Diagnostic::error(
            Code(503),
            "the planner was stopped before it had a programme",
            "let it run longer",
        )]),
        Err(Blocked::Infeasible | Blocked::Failed) => Err(conflict::first_stage(&data, &fixed, control)),
    }
}
