//! A plan to keep, what stands on the first day, and safety stock: each rule bites.

use super::programme;
use model::Ring;
use model::results::Programme;
use rules::moves::{self, Decision};
use testring::{Builder, tiny, tiny_designs, tiny_programme};
use units::{Id, Money, Quantity};

/// Rules broken by a programme whose costs are those of the rules.
fn broken(ring: &Ring, p: &Programme) -> Vec<String> {
    let costs = rules::cost::rows(ring, &tiny_designs(), p);
    let cost = costs.iter().map(|c| c.amount).sum();
    let p = Programme { costs, cost, bound: Money::ZERO, ..p.clone() };
    let found = programme(ring, &tiny_designs(), &p);
    let rule = |d: diag::Diagnostic| d.labels[0].text.trim_start_matches("breaks: ").to_owned();
    let mut rules: Vec<String> = found.into_iter().map(rule).collect();
    rules.dedup();
    rules
}

/// The tiny ring with its programme as the plan to keep.
fn keeping(freeze_until: &str, moves_max: &str, cost: &str) -> Builder {
    let plain = Ring::build(&tiny()).unwrap();
    let mut b = Builder::of(tiny());
    b.set("policy.freeze_until", freeze_until).set("policy.moves_max", moves_max).set("policy.move_cost", cost);
    for (decision, quantity) in moves::decided(&plain, &tiny_programme()) {
        let site = plain.sites[decision.site(&plain)].key.clone();
        let (what, capability, layout) = match decision {
            Decision::Site(..) => ("site", None, String::new()),
            Decision::Line(c, option, _) => ("line", Some(c), (option + 1).to_string()),
            Decision::Make(c, _) => ("make", Some(c), String::new()),
        };
        let item = capability.map_or_else(String::new, |c| plain.items[plain.capability[c].item].key.clone());
        let line_type = capability.map_or_else(String::new, |c| plain.capability[c].line_type.to_string());
        b.row(
            "kept",
            &[
                ("what", &what),
                ("site", &site),
                ("item", &item),
                ("line_type", &line_type),
                ("layout", &layout),
                ("period", &(decision.period() + 1)),
                ("quantity", &quantity),
            ],
        );
    }
    b
}

fn build(b: &Builder) -> Ring {
    Ring::build(&b.build()).unwrap_or_else(|faults| panic!("{faults:#?}"))
}

#[test]
fn the_plan_kept_as_it_stood_moves_nothing() {
    let ring = build(&keeping("2027-02-08", "0", "7"));
    assert_eq!(moves::of(&ring, &tiny_programme()), []);
    assert_eq!(broken(&ring, &tiny_programme()), Vec::<String>::new());
}

/// Seven and five pieces of P instead of eight and four, with the S that waits for them.
fn moved() -> Programme {
    let mut p = tiny_programme();
    p.make[2].quantity = Quantity::whole(7);
    p.make[3].quantity = Quantity::whole(5);
    let waits = p.stock.last_mut().unwrap();
    (waits.item, waits.quantity) = (p.shipments[0].item, Quantity::whole(2));
    p
}

#[test]
fn what_is_frozen_stays_and_no_more_moves_than_may() {
    let p = moved();
    let frozen = build(&keeping("2027-02-15", "9", "0"));
    assert!(
        broken(&frozen, &p).contains(&"what is frozen is kept where it can be".to_owned()),
        "{:?}",
        broken(&frozen, &p)
    );
    let free = build(&keeping("", "0", "0"));
    assert!(broken(&free, &p).contains(&"no more decisions move than may".to_owned()));
    let two = build(&keeping("", "2", "0"));
    assert_eq!(broken(&two, &p), Vec::<String>::new());
}

#[test]
fn moves_cost_what_the_ring_says() {
    let ring = build(&keeping("", "", "7"));
    let p = moved();
    let costs = rules::cost::rows(&ring, &tiny_designs(), &p);
    let paid: Money = costs.iter().filter(|c| c.kind == model::settings::CostKind::Moves).map(|c| c.amount).sum();
    assert_eq!(paid, Money::whole(14));
}

/// The tiny ring whose home line stands, and the programme with it.
fn standing() -> (Builder, Programme) {
    let mut b = Builder::of(tiny());
    b.row("standing_sites", &[("site", &"H")]);
    let cells: [(&str, &dyn ToString); 5] = [
        ("site", &"H"),
        ("item", &"S"),
        ("layout", &1),
        ("first_piece", &"2027-01-04"),
        ("output_from", &"2027-01-04"),
    ];
    b.row("standing_lines", &cells);
    let mut p = tiny_programme();
    p.lines[0].stands = Some(model::ids::StandingLineId::from_index(0));
    (b, p)
}

#[test]
fn what_stands_is_kept_and_paid_for() {
    let (b, p) = standing();
    let ring = build(&b);
    assert_eq!(broken(&ring, &p), Vec::<String>::new());
    let line = |p: &Programme| -> Money {
        let rows = rules::cost::rows(&ring, &tiny_designs(), p);
        rows.iter().filter(|c| c.kind == model::settings::CostKind::Line).map(|c| c.amount).sum()
    };
    assert_eq!(line(&p), line(&tiny_programme()) - Money::whole(400), "what stands is not bought again");
    let kept = "sites and lines that stand are kept".to_owned();
    let mut without = p.clone();
    without.lines[0].stands = None;
    assert!(broken(&ring, &without).contains(&kept));
    let mut closed = p.clone();
    closed.sites.remove(0);
    assert!(broken(&ring, &closed).contains(&kept));
    let mut another = p.clone();
    another.lines[0].stands = Some(model::ids::StandingLineId::from_index(1));
    assert!(!programme(&ring, &tiny_designs(), &another).is_empty());
}

#[test]
fn people_in_training_are_used_when_they_are_ready_and_take_places_until_then() {
    let (mut b, p) = standing();
    let cells: [(&str, &dyn ToString); 5] =
        [("kind", &"training-home"), ("place", &"A"), ("thing", &"w"), ("due", &"2027-01-25"), ("quantity", &2)];
    b.row("under_way", &cells);
    let ring = build(&b);
    let mut used = p.clone();
    let row = used.people.iter().position(|r| r.trained == model::results::programme::Trained::Home).unwrap();
    let ready = used.people[row].ready;
    used.people[row].trained = model::results::programme::Trained::Already;
    (used.people[row].hire_from, used.people[row].train_from) = (ready, ready);
    used.people.sort();
    assert_eq!(broken(&ring, &used), Vec::<String>::new());
    b.set("training.home_places", "1");
    let mut settings = b.build();
    settings.settings.retain(|s| s.path != "training.home_places" || s.value == "1");
    let tight = Ring::build(&settings).unwrap();
    assert!(broken(&tight, &used).contains(&"trainees do not exceed the places to train".to_owned()));
}

#[test]
fn safety_stock_is_kept() {
    let rule = "safety stock is kept".to_owned();
    let with = |place: &str, thing: &str, pieces: &str, from: &str| {
        let mut b = Builder::of(tiny());
        b.row("safety_stock", &[("place", &place), ("thing", &thing), ("quantity", &pieces), ("from", &from)]);
        broken(&build(&b), &tiny_programme()).contains(&rule)
    };
    // H has 4, 4, 16, 8 pieces of S at the end of its first four periods, and then none.
    assert!(with("H", "S", "4.1", "2027-01-04") && with("H", "S", "1", "2027-02-01"));
    // A customer has nothing left at the end; of the 60 parts a at H, 20 are used.
    assert!(with("c", "P", "1", "2027-02-08") && with("H", "a", "40.1", "2027-01-04"));
    assert!(!with("H", "a", "40", "2027-01-04") && !with("H", "S", "4", "2027-02-15"));
}
