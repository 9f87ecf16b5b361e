//! Cumulative deliveries per customer, item and period: mean, interval, quantiles and the share on time, from the samples.

use super::counts::deliveries;
use super::statistics::{close, mean, quantile, total};
use crate::faults::{EVIDENCE, Faults};
use model::Ring;
use model::results::Evidence;
use units::Id;

const RULE: &str = "fans follow from the samples";

/// Checks that there is one fan for each series and period, in order, and every number of it.
pub(super) fn check(ring: &Ring, evidence: &Evidence, faults: &mut Faults) {
    let n = evidence.runs;
    let periods = ring.settings.n_periods;
    let series = Evidence::series(ring);
    let expected = if n == 0 { 0 } else { series.len() * periods };
    if evidence.fans.len() != expected {
        let fact = format!("there are {} fans, {expected} series and periods", evidence.fans.len());
        faults.tell(EVIDENCE, RULE, fact);
        return;
    }
    let mut fans = evidence.fans.iter();
    for (at, (customer, item)) in series.into_iter().enumerate() {
        let mut due = 0_i64;
        for period in 0..periods {
            let Some(fan) = fans.next() else { return };
            let asked =
                ring.demand.iter().filter(|d| (d.customer, d.item, d.period.index()) == (customer, item, period));
            due += asked.map(|d| d.quantity.ticks()).sum::<i64>();
            let sums = deliveries(ring, evidence, at, period);
            let who = format!("`{}` ({}) in period {}", ring.customers[customer].key, ring.items[item].key, period + 1);
            if (fan.customer, fan.item, fan.period.index()) != (customer, item, period) {
                faults.tell(EVIDENCE, RULE, format!("where the fan of {who} should stand, another does"));
                continue;
            }
            let (mean, half) = mean(&sums);
            let enough: Vec<(i64, u64)> = sums.iter().copied().filter(|(s, _)| *s * 1_000 >= due).collect();
            let on_time = total(&enough) as f64 / n as f64;
            let floats = [
                ("mean", fan.mean, mean),
                ("half width", fan.half_width, half),
                ("share on time", fan.on_time, on_time),
            ];
            for (name, said, is) in floats.into_iter().filter(|(_, said, is)| !close(*said, *is)) {
                faults.tell(EVIDENCE, RULE, format!("the {name} of {who} is {said}, the samples give {is}"));
            }
            for (percent, said) in [(10, fan.p10), (50, fan.p50), (90, fan.p90)] {
                let is = quantile(&sums, percent);
                if said != is {
                    let fact = format!("the {percent} % quantile of {who} is {said}, the samples give {is}");
                    faults.tell(EVIDENCE, RULE, fact);
                }
            }
        }
    }
}
