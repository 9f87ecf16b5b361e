//! Against trying everything: all ways to open sites and order lines of tiny rings, each with the best of the rest.

use crate::common::Case;
use model::control::Control;
use model::ids::PeriodId;
use model::results::Status;
use model::results::programme::{LineOpening, SiteOpening};
use plan::{FirstStage, evaluate};
use testring::{Shape, generate};
use units::Id;

/// Every first stage of a ring with one site that may make.
fn first_stages(case: &Case) -> Vec<FirstStage> {
    let (ring, n) = (&case.ring, case.ring.settings.n_periods);
    let mut all = vec![FirstStage::default()];
    for site in ring.sites.ids() {
        for opened in (0..n).filter(|t| rules::line::may_open(ring, site, *t)) {
            let ready = rules::line::site_ready(ring, site, opened);
            let mut keys = Vec::new();
            for (capability, row) in ring.capability.enumerate().filter(|(_, c)| c.site == site) {
                let design = rules::line::design_of(&case.designs, row.item, row.line_type).unwrap();
                for option in 0..design.options.len() {
                    let orders = (ready..n).filter(|u| rules::line::may_decide(ring, *u));
                    keys.extend(orders.map(|u| (capability, option, u)));
                }
            }
            let opening =
                SiteOpening { site, period: PeriodId::from_index(opened), ready: PeriodId::from_index(ready) };
            for counts in counts(keys.len(), 2) {
                let lines = keys.iter().zip(&counts).filter(|(_, n)| **n > 0).map(|((capability, option, u), n)| {
                    let layout = rules::line::option_of(ring, &case.designs, *capability, *option).unwrap();
                    let timing = rules::line::timing(ring, *capability, layout, *u);
                    timing.map(|t| LineOpening {
                        capability: *capability,
                        option: *option,
                        ordered: PeriodId::from_index(*u),
                        count: *n,
                        first_piece: PeriodId::from_index(t.first_piece),
                        output_from: PeriodId::from_index(t.output_from),
                        stands: None,
                    })
                });
                if let Some(lines) = lines.collect::<Option<Vec<_>>>() {
                    all.push(FirstStage { sites: vec![opening.clone()], lines });
                }
            }
        }
    }
    all
}

/// All vectors of `n` counts that add up to at most `most`.
fn counts(n: usize, most: i64) -> Vec<Vec<i64>> {
    if n == 0 {
        return vec![Vec::new()];
    }
    let mut all = Vec::new();
    for first in 0..=most {
        for mut rest in counts(n - 1, most - first) {
            rest.insert(0, first);
            all.push(rest);
        }
    }
    all
}

#[test]
fn equals_trying_everything_where_optimal_and_is_never_better() {
    let (mut proven, mut planned) = (0, 0);
    for seed in 0..25 {
        let case = Case::new(&generate(seed, &Shape::smallest()));
        let tried = first_stages(&case).into_iter().filter_map(|first| {
            let programme = evaluate(&case.problem(), &first, &Control::unlimited()).ok()?;
            let same = programme.lines == first.lines && programme.sites == first.sites;
            let holds = same && verify::programme(&case.ring, &case.designs, &programme).is_empty();
            holds.then_some(programme.cost)
        });
        let best = tried.min();
        let out = case.exact();
        assert_eq!(best.is_some(), out.is_some(), "seed {seed}: one finds a programme, the other does not");
        let (Some(best), Some(out)) = (best, out) else {
            continue;
        };
        planned += 1;
        let cents = 0.02 * (out.best.costs.len() + 1) as f64;
        let (best, cost, bound) = (best.as_f64(), out.best.cost.as_f64(), out.best.bound.as_f64());
        assert!(bound <= best + cents, "seed {seed}: bound {bound}, but {best} is possible");
        assert!(cost >= best - cents, "seed {seed}: planned at {cost}, nothing tried is below {best}");
        if out.status == Status::Optimal {
            proven += 1;
            assert!(cost <= best + cents, "seed {seed}: called optimal at {cost}, but {best} is possible");
        }
    }
    assert!(planned >= 15 && proven >= 5, "{planned} planned, {proven} proven optimal");
}
