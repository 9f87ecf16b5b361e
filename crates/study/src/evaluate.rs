//! Values of versions of the ring for `decide`: changed, checked, planned.

use crate::cache::{Digest, Known};
use crate::memory::Memory;
use crate::retime::retime;
use crate::simulated::simulated;
use crate::value::value_of;
use decide::{Case, Change, Evaluate, Evaluation, Kept, Pilot, Settled};
use diag::{Code, Diagnostic};
use model::control::Control;
use model::results::decision::Value;
use model::results::programme::Make;
use model::results::{LineDesign, Programme};
use model::{RawRing, Ring};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use units::{Id, Money};

/// Puts values on versions of a ring, side by side on several threads.
///
/// A version is the raw ring with the changes, built and checked anew; its menus are those of the base with the times and
/// prices of the version ([`retime`]). In recourse the sites and lines of the programme stay.
pub struct Evaluator<'a> {
    /// The ring as written.
    pub raw: &'a RawRing,
    /// Menus of the base.
    pub designs: &'a [LineDesign],
    /// The programme whose sites and lines stay in recourse; none when the base cannot be planned.
    pub programme: Option<&'a Programme>,
    /// Limits when a version is planned anew, tried in order until one finds a programme.
    pub replan: &'a [plan::Options],
    /// Threads, at least 1; no influence on the values.
    pub threads: usize,
    /// Seed of simulated runs.
    pub seed: u64,
    /// Stop flag.
    pub stop: &'a AtomicBool,
    /// Sites and lines of the options settled so far; none where an option could not be planned.
    pub kept: Vec<Option<plan::FirstStage>>,
    /// What earlier runs found; none to find everything.
    pub memory: Option<Memory<'a>>,
}

impl Evaluator<'_> {
    /// The value of a case with the sites and lines it keeps; its program begins where that of the case before ended.
    fn value(&self, case: &Case, near: &mut plan::Near) -> Evaluation {
        let first = self.first(case.kept);
        let plan = |problem: &plan::Problem<'_>, control: &Control<'_>| match &first {
            Some(first) => plan::evaluate_near(problem, first, near, control),
            None => self.replan(problem, control),
        };
        self.planned(&case.changes, plan, |problem, programme| {
            let value = value_of(problem.ring, programme);
            let run = simulate::ring::Problem { ring: problem.ring, designs: problem.designs, programme };
            let simulated = case.replication.and_then(|index| simulated(&run, &value, self.seed, index));
            Value { simulated, ..value }
        })
    }

    /// The sites and lines that a case keeps; none where there are none to keep.
    fn first(&self, kept: Kept) -> Option<plan::FirstStage> {
        match kept {
            Kept::Base => self.programme.map(plan::FirstStage::of),
            Kept::Option(at) => self.kept.get(at).cloned().flatten(),
            Kept::Nothing => Some(plan::FirstStage { sites: Vec::new(), lines: Vec::new() }),
        }
    }

    /// The values of cases, those of one chain one after the other.
    fn values(&mut self, cases: &[Case], chains: &[Vec<usize>]) -> Vec<Evaluation> {
        let digests: Vec<_> = cases.iter().map(|case| self.digest(case)).collect();
        let known = self.known(cases, chains, &digests, |own, chain| {
            let mut near = plan::Near::default();
            let value = |case: &&Case| match own.value(case, &mut near) {
                Ok(value) => Known::Value(value),
                Err(faults) => Known::Refused(faults),
            };
            chain.iter().map(value).collect()
        });
        let told = |known| match known {
            Known::Value(value) | Known::Settled(Settled { value, .. }, _) => Ok(value),
            Known::Refused(faults) => Err(faults),
        };
        known.into_iter().map(told).collect()
    }

    /// The digest of a case by what it keeps and changes; none without a memory.
    fn digest(&self, case: &Case) -> Option<Digest> {
        let memory = self.memory.as_ref()?;
        let kept = match case.kept {
            Kept::Base => "base".to_owned(),
            Kept::Option(at) => format!("{:?}", self.kept.get(at)),
            Kept::Nothing => "nothing".to_owned(),
        };
        let simulated = case.replication.map_or_else(String::new, |index| format!(" {} {index}", self.seed));
        Some(memory.digest(&format!("{kept}{simulated}"), &case.changes))
    }

    /// What is known about each entry of a list: remembered, or found now and learned.
    ///
    /// Entries of one group are found one after the other, by one thread; unless all of a group are remembered, all are found anew,
    /// so that what is found depends on the list alone and not on what was remembered of it.
    fn known<I: Sync>(
        &mut self,
        list: &[I],
        groups: &[Vec<usize>],
        digests: &[Option<Digest>],
        find: impl Fn(&Self, &[&I]) -> Vec<Known> + Sync,
    ) -> Vec<Known> {
        let mut known: Vec<Option<Known>> = digests
            .iter()
            .map(|digest| self.memory.as_mut().zip(digest.as_ref()).and_then(|(memory, digest)| memory.recall(digest)))
            .collect();
        let missing: Vec<&Vec<usize>> = groups.iter().filter(|g| g.iter().any(|at| known[*at].is_none())).collect();
        let own = &*self;
        let entries = |group: &Vec<usize>| group.iter().map(|at| &list[*at]).collect::<Vec<&I>>();
        let found = own.side_by_side(&missing, |group| find(own, &entries(group)));
        for (at, found) in missing.into_iter().flatten().zip(found.into_iter().flatten()) {
            if let Some((memory, digest)) = self.memory.as_mut().zip(digests[*at]) {
                memory.learn(digest, found.clone());
            }
            known[*at] = Some(found);
        }
        known.into_iter().map(|known| known.expect("what was missing was found")).collect()
    }

    /// A changed ring, planned in some way: what is told of its programme.
    fn planned<T>(
        &self,
        changes: &[Change],
        plan: impl FnOnce(&plan::Problem<'_>, &Control<'_>) -> Result<Programme, Vec<Diagnostic>>,
        tell: impl Fn(&plan::Problem<'_>, &Programme) -> T,
    ) -> Result<T, Vec<Diagnostic>> {
        let raw = self.raw.with_all(changes.iter().cloned())?;
        let ring = Ring::build(&raw)?;
        let designs = retime(&ring, self.designs);
        let problem = plan::Problem { ring: &ring, designs: &designs };
        let programme = plan(&problem, &Control::new(self.stop, u64::MAX, &|_| {}))?;
        Ok(tell(&problem, &programme))
    }

    /// Works through a list on all threads: each takes the next entry, and results are put back by index.
    fn side_by_side<I: Sync, O: Send>(&self, list: &[I], work: impl Fn(&I) -> O + Sync) -> Vec<O> {
        let next = AtomicUsize::new(0);
        let run = || {
            let mut found = Vec::new();
            while let Some((at, entry)) =
                Some(next.fetch_add(1, Ordering::Relaxed)).and_then(|i| Some((i, list.get(i)?)))
            {
                found.push((at, work(entry)));
            }
            found
        };
        let mut found: Vec<(usize, O)> = std::thread::scope(|scope| {
            let others: Vec<_> = (1..self.threads.clamp(1, list.len().max(1))).map(|_| scope.spawn(run)).collect();
            let own = run();
            let others = others.into_iter().flat_map(|h| h.join().expect("an evaluation does not panic"));
            own.into_iter().chain(others).collect()
        });
        found.sort_by_key(|(at, _)| *at);
        found.into_iter().map(|(_, value)| value).collect()
    }

    /// The first programme that the limits find; other refusals than a limit too low are final.
    fn replan(&self, problem: &plan::Problem<'_>, control: &Control<'_>) -> Result<Programme, Vec<Diagnostic>> {
        let mut refusal = Vec::new();
        for limits in self.replan {
            match plan::solve(problem, limits, control) {
                Ok(outcome) => return Ok(outcome.best),
                Err(faults) => refusal = faults,
            }
            if control.is_stopped() || refusal.iter().all(|f| f.code != LIMIT_BEFORE_PROGRAMME) {
                break;
            }
        }
        Err(refusal)
    }
}

/// Cases of one chain at most. Longer ones save little more, and leave threads without work at the end of a list.
const CHAIN: usize = 16;

/// Cases with the same sites and lines, in their order: programs much alike, each of which begins where the one before ended.
///
/// Alternatives that chose the same sites and lines are of one chain, so that their cases of one future, often one program, stand
/// side by side.
fn chains(cases: &[Case], first: impl Fn(Kept) -> Option<plan::FirstStage>) -> Vec<Vec<usize>> {
    let mut kept: Vec<Kept> = cases.iter().map(|case| case.kept).collect();
    kept.sort_unstable();
    kept.dedup();
    let mut groups: Vec<(Option<plan::FirstStage>, Vec<Kept>)> = Vec::new();
    for one in kept {
        let stage = first(one);
        match groups.iter_mut().find(|(other, _)| stage.is_some() && *other == stage) {
            Some((_, same)) => same.push(one),
            None => groups.push((stage, vec![one])),
        }
    }
    let of = |same: &[Kept]| (0..cases.len()).filter(|at| same.contains(&cases[*at].kept)).collect::<Vec<usize>>();
    groups.iter().flat_map(|(_, same)| of(same).chunks(CHAIN).map(<[usize]>::to_vec).collect::<Vec<_>>()).collect()
}

/// What an option planned anew is worth, and the sites and lines it chose.
fn settled(problem: &plan::Problem<'_>, programme: &Programme) -> (Settled, plan::FirstStage) {
    // One thread, since options lie side by side.
    let view = plan::resilience::resilience(problem, programme, &single_stops(problem.ring, 1));
    let exposure = view.map(|view| rules::exposure::of(problem.ring, &view));
    let value = value_of(problem.ring, programme);
    (Settled { value, bound: programme.bound, exposure }, plan::FirstStage::of(programme))
}

/// Single stops, as long as the ring tells.
pub(crate) fn single_stops(ring: &Ring, threads: usize) -> plan::resilience::ResilienceOptions {
    plan::resilience::ResilienceOptions { asked_days: rules::exposure::asked_days(ring), pairs: false, threads }
}

/// The planner's code for a limit of work that came before any programme.
const LIMIT_BEFORE_PROGRAMME: Code = Code(305);

impl Evaluate for Evaluator<'_> {
    fn evaluate(&mut self, case: &Case) -> Evaluation {
        self.evaluate_all(std::slice::from_ref(case)).pop().expect("one value for one case")
    }

    fn settle(&mut self, options: &[Vec<Change>]) -> Vec<Result<Settled, Vec<Diagnostic>>> {
        let digests: Vec<_> =
            options.iter().map(|changes| self.memory.as_ref().map(|m| m.digest("settle", changes))).collect();
        let alone: Vec<Vec<usize>> = (0..options.len()).map(|at| vec![at]).collect();
        let settle = |own: &Self, changes: &[Change]| {
            let plan = |problem: &plan::Problem<'_>, control: &Control<'_>| own.replan(problem, control);
            match own.planned(changes, plan, settled) {
                Ok((settled, first)) => Known::Settled(settled, first),
                Err(faults) => Known::Refused(faults),
            }
        };
        let known = self.known(options, &alone, &digests, |own, group| group.iter().map(|o| settle(own, o)).collect());
        let told = |known| match known {
            Known::Settled(settled, first) => (Ok(settled), Some(first)),
            // Sites, lines and bound are kept with every settled value; a value alone proves nothing of other plans.
            Known::Value(value) => (Ok(Settled { value, bound: Money::ZERO, exposure: None }), None),
            Known::Refused(faults) => (Err(faults), None),
        };
        let (values, firsts): (Vec<_>, Vec<_>) = known.into_iter().map(told).unzip();
        self.kept.extend(firsts);
        values
    }

    fn pilot(&mut self, units: u32) -> Option<Pilot> {
        let (ring, programme) = (Ring::build(self.raw).ok()?, self.programme?);
        let site = |m: &Make| ring.capability[m.capability].site;
        let product = |m: &&Make| ring.capability[m.capability].item == ring.settings.product;
        let mut made = vec![0.0; ring.settings.n_periods];
        for row in programme.make.iter().filter(product) {
            made[row.period.index()] += row.quantity.as_f64();
        }
        let mut so_far = 0.0;
        let enough = |quantity: &f64| {
            so_far += quantity;
            so_far >= f64::from(units)
        };
        let last = made.iter().position(enough)?;
        let mut sites: Vec<_> = programme.make.iter().filter(|m| m.period.index() <= last).map(site).collect();
        sites.sort_unstable();
        sites.dedup();
        Some(Pilot { days: (last as i64 + 1) * ring.settings.period_days, sites })
    }

    fn evaluate_all(&mut self, cases: &[Case]) -> Vec<Evaluation> {
        let alone: Vec<Vec<usize>> = (0..cases.len()).map(|at| vec![at]).collect();
        self.values(cases, &alone)
    }

    fn evaluate_close(&mut self, cases: &[Case]) -> Vec<Evaluation> {
        let chains = chains(cases, |kept| self.first(kept));
        self.values(cases, &chains)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::ids::{PeriodId, SiteId};
    use model::results::programme::SiteOpening;

    #[test]
    fn alternatives_of_the_same_sites_and_lines_share_their_chains() {
        let stage = |period| {
            let (site, period) = (SiteId::from_index(0), PeriodId::from_index(period));
            Some(plan::FirstStage { sites: vec![SiteOpening { site, period, ready: period }], lines: Vec::new() })
        };
        let first = |kept| match kept {
            Kept::Base | Kept::Option(1) => stage(0),
            Kept::Option(0) => stage(3),
            _ => None,
        };
        let offered = [Kept::Base, Kept::Option(0), Kept::Option(1), Kept::Option(2), Kept::Option(3)];
        let case = |kept| Case { changes: Vec::new(), kept, replication: None };
        let cases: Vec<Case> = (0..9).flat_map(|_| offered.map(case)).collect();
        let chains = chains(&cases, first);
        assert_eq!(
            chains[0],
            [0, 2, 5, 7, 10, 12, 15, 17, 20, 22, 25, 27, 30, 32, 35, 37],
            "two by two, sixteen at most"
        );
        assert_eq!((chains[1].clone(), chains[2].len()), (vec![40, 42], 9));
        assert_eq!(chains.len(), 5, "cases that keep nothing known stay apart: {chains:?}");
    }
}
