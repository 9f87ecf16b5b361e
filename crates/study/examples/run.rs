//! Scratch runner.
#![allow(clippy::unwrap_used, clippy::print_stdout, clippy::disallowed_methods, reason = "scratch")]
use model::control::Effort;
fn main() {
    let p = std::env::args().nth(1).unwrap();
    let threads: usize = std::env::args().nth(2).map_or(1, |t| t.parse().unwrap());
    let until = match std::env::args().nth(3).as_deref() {
        Some("plan") => study::Stage::Plan,
        Some("simulate") => study::Stage::Simulate,
        _ => study::Stage::Verify,
    };
    let l = ring_io::read_ring(std::path::Path::new(&p), &ring_io::Limits::default()).unwrap();
    let begun = std::time::Instant::now();
    let mut o = study::Options::of(Effort::Quick);
    o.threads = threads;
    o.until = until;
    if let Ok(n) = std::env::var("ITER") {
        o.limits.plan.iterations_max = n.parse().unwrap();
    }
    let clock = || begun.elapsed().as_secs_f64();
    let listen = |p: model::control::Progress| {
        eprintln!("{:.2} {} {} {:?}", begun.elapsed().as_secs_f64(), p.stage, p.what, p.done);
    };
    let stop = std::sync::atomic::AtomicBool::new(false);
    let hands = study::Hands { stop: &stop, listen: &listen, clock: &clock };
    let out = study::solve(&study::Problem { ring: &l.ring, raw: &l.raw }, &o, hands);
    let r = &l.ring;
    println!("{:?} {:?}", out.status, out.stats);
    for f in out.best.refusals.iter().chain(&out.best.findings).take(30) {
        println!("{:?} {}", f.code, f.fact);
        println!("      {}", f.help);
    }
    if let Some(p) = &out.best.programme {
        println!("cost {} bound {} gap {:.4} {:?}", p.cost, p.bound, p.gap(), p.status);
        for s in &p.sites {
            println!(
                " site {} at {} ready {}",
                r.sites[s.site].key,
                units::Id::index(s.period),
                units::Id::index(s.ready)
            );
        }
        for s in &p.lines {
            let c = &r.capability[s.capability];
            println!(
                " line {} {} {} opt {} x{} ordered {} first {} out {}",
                r.sites[c.site].key,
                r.items[c.item].key,
                c.line_type,
                s.option,
                s.count,
                units::Id::index(s.ordered),
                units::Id::index(s.first_piece),
                units::Id::index(s.output_from)
            );
        }
        let mut by = std::collections::BTreeMap::new();
        for c in &p.costs {
            *by.entry(format!("{}", c.kind)).or_insert(0.0) += c.amount.as_f64();
        }
        for (k, v) in by {
            println!(" {k:14} {v:12.0}");
        }
        let people: i64 = p.people.iter().map(|s| s.people).sum();
        println!(" people {people} make rows {} orders {} ship {}", p.make.len(), p.orders.len(), p.shipments.len());
        let mut made = std::collections::BTreeMap::new();
        for m in &p.make {
            let c = &r.capability[m.capability];
            *made.entry(format!("{} {}", r.sites[c.site].key, r.items[c.item].key)).or_insert(0.0) +=
                m.quantity.as_f64();
        }
        println!(" made {made:?}");
        println!(" draws {:?}", p.draws.iter().map(|d| d.met.as_f64()).collect::<Vec<_>>());
        let b: f64 = p.backlog.iter().map(|d| d.quantity.as_f64()).sum();
        println!(" backlog piece-weeks {b}; value {:?}", study::value_of(r, p));
        for n in &p.notes {
            println!(" note {n}");
        }
        for part in r.partners.iter() {
            for b in &part.budgets {
                let spent: f64 = p
                    .costs
                    .iter()
                    .filter(|c| part.pays.contains(&c.kind))
                    .filter(|c| {
                        let d = r.settings.first_day(units::Id::index(c.period));
                        d >= b.from && d <= b.to
                    })
                    .map(|c| c.amount.as_f64())
                    .sum();
                println!(" budget {} {} spent {spent:.0} of {}", part.key, b.key, b.ceiling);
            }
        }
    }
    if let Some(e) = &out.best.evidence {
        println!("evidence {:?} reps {} visits {}", e.status, e.replications.len(), e.station_visits);
        for l in &e.lost {
            println!("  lost {} {:.2} +- {:.2}", l.cause.word(), l.mean, l.half_width);
        }
        let fin: f64 = e.replications.iter().map(|x| x.finished as f64).sum::<f64>() / e.replications.len() as f64;
        println!("  finished mean {fin}");
        for n in &e.notes {
            println!("  {n}");
        }
    }
    if let Some(d) = &out.best.decision {
        println!("{:?} {:?}", d.answer, d.base);
        for x in &d.reasons {
            println!("  {x}");
        }
        for q in &d.questions {
            println!(
                "  {} low {:?} high {:?} swing {} {:.3} {}",
                r.assumptions[q.assumption].address,
                q.low.map(|v| (v.cost.as_f64(), v.served)),
                q.high.map(|v| (v.cost.as_f64(), v.served)),
                q.cost_swing,
                q.served_swing,
                q.flips
            );
        }
        for o in &d.options {
            println!(
                "  option {} {:?} {}",
                o.name,
                o.value.map(|v| (v.cost.as_f64(), v.served, v.rate_period)),
                o.refusal
            );
        }
    }
}
