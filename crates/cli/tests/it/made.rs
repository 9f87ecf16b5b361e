//! Pages of codes that no command line brings about on a small ring: the engine is asked, and its refusal rendered.

use super::harness::Room;
use super::pages::{compare, page_of};
use diag::Diagnostic;
use model::control::{Control, Effort};
use ring_io::render::{Colour, render_text};
use ring_io::{Limits, Loaded, read_ring_as};
use std::fs;

/// The small ring, its menus and its plan.
fn small() -> (Room, Loaded) {
    let room = Room::with_case("base");
    let loaded = read_ring_as(&room.path("ring"), "ring", &Limits::default()).unwrap();
    (room, loaded)
}

fn assert_page(code: &str, loaded: &Loaded, faults: Vec<Diagnostic>) {
    let located: Vec<_> = faults.into_iter().map(|fault| loaded.sources.locate_all(fault)).collect();
    let said = render_text(&located, Colour::Never);
    assert!(said.contains(&format!("[{code}]")), "{said}");
    let path = page_of(code);
    let page = fs::read_to_string(&path).unwrap();
    assert_eq!(compare(&path, &page, &said), None);
}

fn study(loaded: &Loaded) -> study::Study {
    let options = study::Options { until: study::Stage::Plan, ..study::Options::of(Effort::Quick) };
    let problem = study::Problem { ring: &loaded.ring, raw: &loaded.raw };
    study::solve(&problem, &options, study::Hands::free()).best
}

#[test]
fn a_programme_with_a_layout_that_is_not_there_is_refused() {
    let (_room, loaded) = small();
    let mut study = study(&loaded);
    let mut programme = study.programme.take().unwrap();
    programme.lines[0].option = 99;
    let problem = simulate::ring::Problem { ring: &loaded.ring, designs: &study.designs, programme: &programme };
    let options =
        simulate::ring::Options { seed: 1, replications: 1, threads: 1, engine: simulate::ring::Engine::Epochs };
    let outcome = simulate::ring::solve(&problem, &options, &mut Control::unlimited());
    assert_page("RW0304", &loaded, outcome.diagnostics);
}

#[test]
fn a_planner_without_a_step_to_take_says_so() {
    // Easier rings have a programme before the solver's first step.
    let room = Room::with("ring");
    let loaded = read_ring_as(&room.path("ring"), "ring", &Limits::default()).unwrap();
    let serial = loaded.ring.alternatives.iter().filter(|change| change.name == "serial");
    let changed = loaded.raw.with_all(serial.map(|change| (change.address.clone(), change.value.clone()))).unwrap();
    let ring = model::Ring::build(&changed).unwrap();
    let menus = balance::ring::MenuOptions::of(Effort::Quick);
    let designs = balance::ring::menus(&ring, &menus, &mut Control::unlimited()).unwrap();
    let problem = plan::Problem { ring: &ring, designs: &designs };
    let options = plan::Options { iterations_max: 0, rounds: 0, ..plan::Options::of(Effort::Quick) };
    assert_page("RW0305", &loaded, plan::solve(&problem, &options, &Control::unlimited()).unwrap_err());
}
