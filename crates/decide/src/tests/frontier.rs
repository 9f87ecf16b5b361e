//! Designs on the frontier of cost against resilience, beside the options that the ring names.

use super::{Formula, raw};
use crate::{Options, Problem, frontier, solve};
use model::control::Control;
use model::{Ring, Setting};
use units::Money;

fn ring(sites_min: &str, alternatives: &str) -> Ring {
    let mut raw = raw(&[("alternatives", alternatives)]);
    raw.settings.push(Setting { path: "policy.qualified_sites_min".to_owned(), value: sites_min.to_owned() });
    Ring::build(&raw).unwrap()
}

#[test]
fn every_number_of_sites_but_the_ring_s_own_is_a_design() {
    let names = |ring: &Ring, most| frontier(ring, most).into_iter().map(|c| c.name).collect::<Vec<_>>();
    assert_eq!(names(&ring("1", ""), 3), ["frontier-2", "frontier-3"]);
    assert_eq!(names(&ring("2", ""), 3), ["frontier-1", "frontier-3"]);
    assert!(names(&ring("1", ""), 0).is_empty());
    let taken = "name,address,value\nfrontier-2,sites/p/open_cost,250";
    assert_eq!(names(&ring("1", taken), 3), ["frontier-3"], "a name that the ring gives stays the ring's");
}

#[test]
fn designs_are_planned_like_options_and_stand_behind_them() {
    let ring = ring("1", "name,address,value\ndear,sites/p/open_cost,250");
    let problem = Problem { ring: &ring, programme: None, resilience: None };
    let options = Options { frontier: 3, ..Options::default() };
    let found = solve(&problem, &options, &mut Formula::default(), &mut Control::unlimited()).best;
    let told: Vec<_> = found.options.iter().map(|o| (o.name.as_str(), o.value.as_ref().unwrap().cost)).collect();
    let cost = Money::whole;
    assert_eq!(told, [("dear", cost(1_250)), ("frontier-2", cost(1_100)), ("frontier-3", cost(1_200))]);
    assert_eq!(found.options[1].label, "Cheapest with 2 sites for each item");
}
