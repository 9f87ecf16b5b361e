//! Generated rings have a programme, quickly.

use crate::menu::menus;
use model::Ring;
use model::control::{Control, Effort};
use plan::{Options, Problem, solve};
use testring::{Shape, generate};

#[test]
fn generated_rings_are_planned() {
    let mut counts = [0; 4];
    let to: u64 = std::env::var("SEEDS").map_or(100, |s| s.parse().unwrap());
    for seed in 0..to {
        let ring = Ring::build(&generate(seed, &Shape::small())).unwrap();
        let designs = menus(&ring);
        let start = std::time::Instant::now();
        let result =
            solve(&Problem { ring: &ring, designs: &designs }, &Options::of(Effort::Quick), &Control::unlimited());
        let took = start.elapsed().as_secs_f64();
        match result {
            Ok(out) => {
                counts[0] += 1;
                let faults = verify::programme(&ring, &designs, &out.best);
                if !faults.is_empty() {
                    counts[3] += 1;
                    println!(
                        "seed {seed} VERIFY {:?}",
                        faults
                            .iter()
                            .take(4)
                            .map(|f| format!("{} {:?}", f.fact, f.labels.iter().map(|l| &l.text).collect::<Vec<_>>()))
                            .collect::<Vec<_>>()
                    );
                }
                if took > 3.0 {
                    println!(
                        "seed {seed} {took:.3}s {:?} gap {:.4} cost {} {:?}",
                        out.status,
                        out.best.gap(),
                        out.best.cost,
                        out.stats
                    );
                }
                if out.best.gap() > 0.01 {
                    counts[2] += 1;
                    println!(
                        "seed {seed} gap {:.4} cost {} bound {} notes {:?}",
                        out.best.gap(),
                        out.best.cost,
                        out.best.bound,
                        out.best.notes
                    );
                }
            }
            Err(d) => {
                counts[1] += 1;
                println!(
                    "seed {seed} {took:.3}s {:?}",
                    d.iter()
                        .map(|x| format!(
                            "{} {} | {:?}",
                            x.code,
                            x.fact,
                            x.labels.iter().map(|l| format!("{:?}: {}", l.place, l.text)).collect::<Vec<_>>()
                        ))
                        .collect::<Vec<_>>()
                );
            }
        }
    }
    println!("{counts:?}");
}
