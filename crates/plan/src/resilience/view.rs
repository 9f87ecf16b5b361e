//! The ring's own view: every single stop and pair of stops of a programme, and what has no second source.

use super::of_ring::OfRing;
use super::stress::{Lost, Stopped, lost_in, survived};
use crate::problem::Problem;
use model::ids::PeriodId;
use model::results::Programme;
use model::results::resilience::{LostDelivery, Resilience, StopEffect};
use model::tables::outages::Target;
use rules::time_to_recover::{TimeOut, of};
use units::{Id, Money};

/// What to look at.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ResilienceOptions {
    /// Days at zero output of what `outages.csv` tells nothing of; there is no default.
    pub asked_days: Option<f64>,
    /// Two stops at once as well.
    pub pairs: bool,
    /// Threads; the result does not depend on them.
    pub threads: usize,
}

/// What stops cost a programme and how long deliveries hold; none when nothing is delivered in its last weeks, or when the
/// solver failed.
#[must_use]
pub fn resilience(problem: &Problem<'_>, programme: &Programme, options: &ResilienceOptions) -> Option<Resilience> {
    let ring = problem.ring;
    let network = OfRing::new(problem, programme)?;
    let horizon = (ring.settings.n_periods as i64 * ring.settings.period_days) as f64;
    let targets = network.targets(ring);
    let mut stops: Vec<Vec<Target>> = targets.iter().map(|t| vec![t.clone()]).collect();
    if options.pairs {
        for (at, one) in targets.iter().enumerate() {
            stops.extend(targets[at + 1..].iter().map(|other| vec![one.clone(), other.clone()]));
        }
    }
    let nodes: Vec<Vec<usize>> =
        stops.iter().map(|s| s.iter().flat_map(|t| network.nodes(ring, t)).collect()).collect();
    let times: Vec<Option<TimeOut>> = stops.iter().map(|s| time_out(problem, s, options.asked_days)).collect();
    let survive = survived(&network.net, &nodes, horizon, options.threads);
    let undisturbed = survived(&network.net, &[Vec::new()], horizon, 1)[0]?;
    let out = |time: &Option<TimeOut>| time.map(|t| t.missed_days).filter(|days| *days > 0.0);
    let stopped: Vec<Stopped> = nodes
        .iter()
        .zip(&times)
        .filter_map(|(nodes, time)| Some(Stopped { nodes: nodes.clone(), time: out(time)? }))
        .collect();
    let mut lost = lost_in(&network.net, &stopped, options.threads).into_iter();
    let mut effects = Vec::new();
    for (at, targets) in stops.into_iter().enumerate() {
        let lost = match out(&times[at]) {
            Some(_) => Some(lost.next()??),
            None => times[at].map(|_| Lost::default()),
        };
        let survive = survive[at]?;
        let goes_on = network.net.goes_on(&nodes[at]);
        effects.push(StopEffect {
            targets,
            recover_days: times[at].map(|t| t.recover_days),
            missed_days: times[at].map(|t| t.missed_days),
            survive_days: (survive < horizon * (1.0 - 1e-9)).then_some(survive),
            lost_value: lost.as_ref().map(|l| Money::from_f64(l.value)),
            lost: lost.map_or_else(Vec::new, |l| pieces(&network, &l)),
            ended: network
                .net
                .demands()
                .iter()
                .zip(&network.rates)
                .filter(|(demand, _)| !goes_on[demand.node])
                .map(|(_, rate)| (rate.customer, rate.item))
                .collect(),
        });
    }
    Some(Resilience {
        from: PeriodId::from_index(network.from),
        horizon_days: horizon,
        undisturbed_days: (undisturbed < horizon * (1.0 - 1e-9)).then_some(undisturbed),
        rates: network.rates.clone(),
        stops: effects,
        single_sources: rules::single_source::of(ring, programme, network.from),
    })
}

/// Two stops at once last as long as the longer of them.
fn time_out(problem: &Problem<'_>, targets: &[Target], asked: Option<f64>) -> Option<TimeOut> {
    let mut all = TimeOut { recover_days: 0.0, missed_days: 0.0 };
    for target in targets {
        let one = of(problem.ring, target, asked)?;
        all.recover_days = all.recover_days.max(one.recover_days);
        all.missed_days = all.missed_days.max(one.missed_days);
    }
    Some(all)
}

fn pieces(network: &OfRing, lost: &Lost) -> Vec<LostDelivery> {
    let row = |(demand, pieces): &(usize, f64)| {
        let rate = &network.rates[*demand];
        LostDelivery { customer: rate.customer, item: rate.item, pieces: *pieces }
    };
    lost.pieces.iter().map(row).collect()
}
