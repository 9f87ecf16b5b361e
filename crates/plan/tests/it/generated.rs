//! Generated rings have a programme, quickly.

use crate::menu::menus;
use model::Ring;
use model::control::{Control, Effort};
use plan::{Options, Problem, solve};
use testring::{Shape, generate};

#[test]
fn generated_rings_are_planned() {
    let mut counts = [0; 4];
    for seed in 0..300 {
        let ring = Ring::build(&generate(seed, &Shape::small())).unwrap();
        let designs = menus(&ring);
        let start = std::time::Instant::now();
        let result = solve(&Problem { ring: &ring, designs: &designs }, &Options::of(Effort::Quick), &Control::unlimited());
        let took = start.elapsed().as_secs_f64();
        match result {
            Ok(out) => {
                counts[0] += 1;
                if took > 0.3 { println!("seed {seed} {took:.3}s {:?} gap {:.4} cost {} {:?}", out.status, out.best.gap(), out.best.cost, out.stats); }
                if out.best.gap() > 0.01 { counts[2] += 1; println!("seed {seed} gap {:.4} cost {} bound {} notes {:?}", out.best.gap(), out.best.cost, out.best.bound, out.best.notes); }
            }
            Err(d) => {
                counts[1] += 1;
                println!("seed {seed} {took:.3}s {:?}", d.iter().map(|x| format!("{} {} | {:?}", x.code, x.fact, x.labels.iter().map(|l| format!("{:?}: {}", l.place, l.text)).collect::<Vec<_>>())).collect::<Vec<_>>());
            }
        }
    }
    println!("{counts:?}");
}
