//! `verify` hears every number of a real study that is altered.

use crate::common::{example, study};
use model::results::decision::GateStage;
use model::results::{Decision, Evidence, LineDesign, Programme};
use units::{Minutes, Money, Quantity};

/// One altered copy and what was altered.
type Altered<T> = Vec<(String, T)>;

fn alter<T: Clone>(of: &T, told: &str, change: impl FnOnce(&mut T), into: &mut Altered<T>) {
    let mut copy = of.clone();
    change(&mut copy);
    into.push((told.to_owned(), copy));
}

/// Rows of a list that are altered: the first, one in the middle, the last.
fn some(len: usize) -> Vec<usize> {
    let mut at = vec![0, len / 2, len.saturating_sub(1)];
    at.dedup();
    at.retain(|i| *i < len);
    at
}

const MORE: Quantity = Quantity::from_ticks(250);

fn programmes(p: &Programme) -> Altered<Programme> {
    let mut out = Vec::new();
    alter(p, "cost", |x| x.cost += Money::whole(1), &mut out);
    alter(p, "bound above the cost", |x| x.bound = x.cost + Money::whole(1), &mut out);
    macro_rules! quantities {
        ($($list:ident . $field:ident),*) => {$(
            for i in some(p.$list.len()) {
                let what = concat!(stringify!($list), ".", stringify!($field));
                alter(p, &format!("{what} {i} more"), |x| x.$list[i].$field += MORE, &mut out);
                alter(p, &format!("{what} {i} less"), |x| x.$list[i].$field -= MORE, &mut out);
                alter(p, &format!("{} {i} gone", stringify!($list)), |x| { x.$list.remove(i); }, &mut out);
            }
        )*};
    }
    quantities!(make.quantity, shipments.quantity, orders.quantity, stock.quantity, backlog.quantity);
    quantities!(deliveries.replenishment);
    for i in some(p.costs.len()) {
        alter(p, &format!("cost row {i}"), |x| x.costs[i].amount += Money::from_ticks(5), &mut out);
    }
    macro_rules! later {
        ($($list:ident . $field:ident),*) => {$(
            for i in some(p.$list.len()) {
                use units::Id;
                let what = concat!(stringify!($list), ".", stringify!($field));
                alter(p, &format!("{what} {i} later"), |x| {
                    let t = x.$list[i].$field.index();
                    x.$list[i].$field = Id::from_index(t + 1);
                }, &mut out);
            }
        )*};
    }
    later!(sites.period, sites.ready, lines.ordered, lines.first_piece, lines.output_from, make.period);
    later!(people.ready, people.hire_from, people.train_from, shipments.period, orders.period, stock.period);
    later!(deliveries.period, backlog.period, costs.period);
    for i in some(p.lines.len()) {
        alter(p, &format!("lines.count {i}"), |x| x.lines[i].count += 1, &mut out);
        alter(p, &format!("lines.option {i}"), |x| x.lines[i].option += 1, &mut out);
    }
    for i in some(p.people.len()) {
        alter(p, &format!("people.people {i}"), |x| x.people[i].people += 1, &mut out);
    }
    out
}

fn designs(d: &[LineDesign]) -> Altered<Vec<LineDesign>> {
    let d = d.to_vec();
    let mut out = Vec::new();
    for o in 0..d[0].options.len() {
        let tick = Minutes::whole(1);
        alter(&d, &format!("cycle time {o}"), |x| x[0].options[o].cycle_time += tick, &mut out);
        alter(&d, &format!("planned {o}"), |x| x[0].options[o].cycle_time_planned += tick, &mut out);
        alter(&d, &format!("bound {o}"), |x| x[0].options[o].bound += 1, &mut out);
        alter(&d, &format!("heads {o}"), |x| x[0].options[o].heads[0].1 += 1, &mut out);
        alter(&d, &format!("equipment {o}"), |x| x[0].options[o].equipment[0].1 += 1, &mut out);
        alter(&d, &format!("price {o}"), |x| x[0].options[o].equipment_cost = Money::whole(1), &mut out);
        alter(&d, &format!("floor {o}"), |x| x[0].options[o].floor_m2 += 0.5, &mut out);
        alter(&d, &format!("load {o}"), |x| x[0].options[o].stations[0].load = tick, &mut out);
        alter(&d, &format!("copies {o}"), |x| x[0].options[o].stations[0].copies += 1, &mut out);
        alter(
            &d,
            &format!("task twice {o}"),
            |x| {
                let task = x[0].options[o].stations[0].tasks[0];
                x[0].options[o].stations[0].tasks.push(task);
            },
            &mut out,
        );
    }
    out
}

fn evidences(e: &Evidence) -> Altered<Evidence> {
    let mut out = Vec::new();
    alter(e, "a piece finished", |x| x.replications[3].finished += 1, &mut out);
    alter(e, "a piece started", |x| x.replications[3].started += 1, &mut out);
    alter(e, "a delivery", |x| *x.replications[5].delivered[0].last_mut().unwrap() += 1, &mut out);
    alter(e, "a loss", |x| x.replications[5].lost[0] += MORE, &mut out);
    let last = e.fans.len() - 1;
    alter(e, "a mean", |x| x.fans[last].mean += 1e-4, &mut out);
    alter(e, "a half width", |x| x.fans[last].half_width += 1e-4, &mut out);
    alter(e, "a quantile", |x| x.fans[last].p10 += 1, &mut out);
    alter(e, "a share on time", |x| x.fans[last].on_time += 0.01, &mut out);
    alter(e, "a mean loss", |x| x.lost[5].mean += 1e-4, &mut out);
    alter(
        e,
        "a replication gone",
        |x| {
            x.replications.pop();
        },
        &mut out,
    );
    out
}

fn decisions(d: &Decision) -> Altered<Decision> {
    let mut out = Vec::new();
    use model::results::decision::Answer;
    let other = if d.answer == Answer::Go { Answer::Stop } else { Answer::Go };
    alter(d, "the answer", |x| x.answer = other, &mut out);
    alter(d, "a swing", |x| x.questions[0].cost_swing += Money::whole(1), &mut out);
    alter(d, "a flip", |x| x.questions[0].flips = !x.questions[0].flips, &mut out);
    let last = d.questions.len() - 1;
    alter(d, "the order", |x| x.questions.swap(0, last), &mut out);
    alter(d, "a gate", |x| x.gates[0].stage = GateStage::Stopped, &mut out);
    alter(d, "a first article", |x| x.first_articles[0].lines += 1, &mut out);
    alter(d, "a level", |x| x.readiness[0].least = Some(10), &mut out);
    alter(d, "a count", |x| x.gates[0].accepted += 1, &mut out);
    out
}

#[test]
fn no_altered_number_of_the_pilot_goes_unheard() {
    let (raw, ring) = example("pilot");
    let best = study(&raw, &ring, 2).best;
    let programme = best.programme.as_ref().unwrap();
    let evidence = best.evidence.as_ref().unwrap();
    let mut silent = Vec::new();
    let mut heard = 0;
    let mut judge = |what: String, findings: usize| {
        if findings == 0 { silent.push(what) } else { heard += 1 }
    };
    for (what, copy) in programmes(programme) {
        judge(format!("programme: {what}"), verify::programme(&ring, &best.designs, &copy).len());
    }
    for (what, copy) in designs(&best.designs) {
        judge(format!("designs: {what}"), verify::line_designs(&ring, &copy).len());
    }
    for (what, copy) in evidences(evidence) {
        judge(format!("evidence: {what}"), verify::evidence(&ring, &best.designs, programme, &copy).len());
    }
    for (what, copy) in decisions(best.decision.as_ref().unwrap()) {
        judge(format!("decision: {what}"), verify::decision(&ring, Some(programme), &copy).len());
    }
    assert!(silent.is_empty(), "{} heard, {} not: {silent:#?}", heard, silent.len());
    assert!(heard > 120, "only {heard} altered numbers were tried");
}
