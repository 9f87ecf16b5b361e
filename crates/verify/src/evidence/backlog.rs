//! Backlog per customer, item and period: what was asked for and not delivered, `max(0, due - delivered)`, from the samples.

use super::counts::{counted_late, deliveries};
use super::statistics::{close, mean, quantile};
use crate::faults::{EVIDENCE, Faults};
use model::Ring;
use model::results::Evidence;
use units::{Id, Quantity};

const RULE: &str = "backlog follows from the samples";

/// Checks that there is one for each series and period, in order, and every number of it.
pub(super) fn check(ring: &Ring, evidence: &Evidence, faults: &mut Faults) {
    let periods = ring.settings.n_periods;
    let series = Evidence::series(ring);
    let expected = if evidence.runs == 0 { 0 } else { series.len() * periods };
    if evidence.backlog.len() != expected {
        let fact = format!("there are {} backlogs, {expected} series and periods", evidence.backlog.len());
        faults.tell(EVIDENCE, RULE, fact);
        return;
    }
    for (index, said) in evidence.backlog.iter().enumerate() {
        let (at, period) = (index / periods, index % periods);
        let (customer, item) = series[at];
        let who = format!("`{}` ({}) in period {}", ring.customers[customer].key, ring.items[item].key, period + 1);
        if (said.customer, said.item, said.period.index()) != (customer, item, period) {
            faults.tell(EVIDENCE, RULE, format!("where the backlog of {who} should stand, another does"));
            continue;
        }
        let asked =
            ring.demand.iter().filter(|d| (d.customer, d.item) == (customer, item) && d.period.index() <= period);
        let due: i64 = asked.map(|d| d.quantity.ticks()).sum();
        let late = counted_late(&deliveries(ring, evidence, at, period), due);
        let (middle, half) = mean(&late);
        if !close(said.mean, middle / 1e3) || !close(said.half_width, half / 1e3) {
            let fact = format!(
                "the backlog of {who} is {} +- {}, the samples give {} +- {}",
                said.mean,
                said.half_width,
                middle / 1e3,
                half / 1e3
            );
            faults.tell(EVIDENCE, RULE, fact);
        }
        for (percent, said) in [(10, said.p10), (50, said.p50), (90, said.p90)] {
            let is = Quantity::from_ticks(quantile(&late, percent));
            if said != is {
                let fact = format!("the {percent} % quantile of the backlog of {who} is {said}, the samples give {is}");
                faults.tell(EVIDENCE, RULE, fact);
            }
        }
    }
}
