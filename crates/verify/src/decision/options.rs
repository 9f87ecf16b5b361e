//! Options: in the order they are first named, each once; a refusal exactly where there is no value.

use crate::faults::{DECISION, Faults};
use model::Ring;
use model::results::decision::OptionValue;
use model::results::resilience::Exposure;
use model::results::{Decision, Status};

/// How many sites for each item an option is the cheapest plan with; none where it is no design on the frontier of this ring.
fn frontier(ring: &Ring, option: &OptionValue) -> Option<usize> {
    let sites: usize = option.name.strip_prefix("frontier-")?.parse().ok()?;
    let label = match sites {
        1 => "Cheapest with one site for each item".to_owned(),
        n => format!("Cheapest with {n} sites for each item"),
    };
    (sites > 0 && sites != ring.settings.qualified_sites_min && option.label == label).then_some(sites)
}

/// Checks every option.
pub(super) fn check(ring: &Ring, decision: &Decision, faults: &mut Faults) {
    let mut names: Vec<&str> = Vec::new();
    for row in ring.alternatives.iter() {
        if !names.contains(&row.name.as_str()) {
            names.push(&row.name);
        }
    }
    let said: Vec<&str> = decision.options.iter().map(|o| o.name.as_str()).collect();
    let all = decision.status == Status::Optimal;
    // Designs on the frontier stand behind the ring's own options, by rising number of sites.
    let own = names.len().min(said.len());
    let designs: Vec<usize> = decision.options[own..].iter().filter_map(|o| frontier(ring, o)).collect();
    let designs_hold = designs.len() == said.len() - own && designs.windows(2).all(|pair| pair[0] < pair[1]);
    if !names.starts_with(&said[..own]) || !designs_hold || all && said.len() < names.len() {
        let fact = format!("the options are {}, the ring names {}", said.join(", "), names.join(", "));
        faults.tell(DECISION, "options are those of the ring, in order", fact);
    }
    for option in &decision.options {
        if option.value.is_some() != option.refusal.is_empty() {
            let fact = format!("option `{}` has both a value and a refusal, or neither", option.name);
            faults.tell(DECISION, "an option has a value or a refusal", fact);
        }
        let beyond = option.bound.zip(option.value.as_ref()).is_some_and(|(bound, value)| bound > value.cost);
        if beyond || option.bound.is_some() != option.value.is_some() {
            let fact = format!("the least cost proven for option `{}` is not there, or is above its cost", option.name);
            faults.tell(DECISION, "an option costs no less than the least proven", fact);
        }
        let share = |share: f64| (0.0..=1.0).contains(&share);
        let odd = |e: &Exposure| !share(e.kept_worst) || !share(e.kept_mean) || e.kept_worst > e.kept_mean + 1e-9;
        if option.exposure.as_ref().is_some_and(|e| odd(e) || option.value.is_none()) {
            let fact = format!("what stops do to option `{}` is no share, or it has no value", option.name);
            faults.tell(DECISION, "what an option keeps of its deliveries is a share", fact);
        }
    }
}
