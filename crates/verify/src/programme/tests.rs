//! The tiny programme holds; with anything altered it does not; and each constraint speaks up when the ring tightens it.

use super::programme;
use model::results::{Programme, Status};
use model::{Address, Ring};
use testring::{tiny, tiny_designs, tiny_programme};
use units::{Id, Money, Quantity};

fn ring() -> Ring {
    Ring::build(&tiny()).unwrap()
}

/// Rules broken, as the labels of the diagnostics name them.
fn broken(ring: &Ring, p: &Programme) -> Vec<String> {
    let found = programme(ring, &tiny_designs(), p);
    let rule = |d: diag::Diagnostic| d.labels[0].text.trim_start_matches("breaks: ").to_owned();
    let mut rules: Vec<String> = found.into_iter().map(rule).collect();
    rules.dedup();
    rules
}

#[test]
fn a_programme_worked_out_on_paper_holds() {
    let found = programme(&ring(), &tiny_designs(), &tiny_programme());
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn costs_worked_out_on_paper_are_those_of_the_rules() {
    let rows = rules::cost::rows(&ring(), &tiny_designs(), &tiny_programme());
    assert_eq!(rows, tiny_programme().costs);
}

/// Alters one number of every row of a list, one step up and one step down, and demands a diagnostic each time.
macro_rules! every_field_of {
    ($list:ident: $($field:ident by $step:expr),+) => {{
        let (ring, whole) = (ring(), tiny_programme());
        assert!(!whole.$list.is_empty());
        for row in 0..whole.$list.len() {$(
            for up in [true, false] {
                let mut altered = whole.clone();
                let value = &mut altered.$list[row].$field;
                let Some(new) = $step(*value, up) else { continue };
                *value = new;
                assert!(!broken(&ring, &altered).is_empty(), "{} {row} {} up {up}", stringify!($list), stringify!($field));
            }
        )+}
    }};
}

fn id<I: Id>(value: I, up: bool) -> Option<I> {
    let next = if up { Some(value.index() + 1) } else { value.index().checked_sub(1) };
    next.map(I::from_index)
}
fn count(value: i64, up: bool) -> Option<i64> {
    Some(if up { value + 1 } else { value - 1 })
}
fn index(value: usize, up: bool) -> Option<usize> {
    if up { Some(value + 1) } else { value.checked_sub(1) }
}
/// A hundredth of a piece: five times the widest tolerance.
fn pieces(value: Quantity, up: bool) -> Option<Quantity> {
    Some(Quantity::from_ticks(value.ticks() + if up { 10 } else { -10 }))
}
/// Two cents: twice the tolerance of a row.
fn cents(value: Money, up: bool) -> Option<Money> {
    Some(Money::from_ticks(value.ticks() + if up { 2 } else { -2 }))
}

#[test]
fn no_number_of_a_programme_can_be_altered() {
    every_field_of!(sites: site by id, period by id, ready by id);
    every_field_of!(lines: capability by id, option by index, ordered by id, count by count, first_piece by id, output_from by id);
    every_field_of!(people: site by id, skill by id, ready by id, people by count, hire_from by id, train_from by id);
    every_field_of!(make: capability by id, period by id, quantity by pieces);
    every_field_of!(shipments: lane by id, item by id, period by id, quantity by pieces);
    every_field_of!(orders: supply by id, site by id, period by id, quantity by pieces);
    every_field_of!(stock: site by id, item by id, period by id, quantity by pieces);
    every_field_of!(deliveries: customer by id, item by id, period by id, replenishment by pieces, pool by pieces);
    every_field_of!(backlog: customer by id, item by id, period by id, quantity by pieces);
    every_field_of!(draws: exercise by id, met by pieces);
    every_field_of!(costs: period by id, amount by cents);
    for up in [true, false] {
        let whole = tiny_programme();
        let altered = Programme { cost: cents(whole.cost, up).unwrap(), ..whole };
        assert_eq!(broken(&ring(), &altered), ["the cost is the sum of its rows"]);
    }
    let whole = tiny_programme();
    let altered = Programme { bound: whole.cost + Money::from_ticks(1), ..whole };
    assert_eq!(broken(&ring(), &altered), ["the bound lies between nothing and the cost"]);
    let optimal = Programme { status: Status::Optimal, ..tiny_programme() };
    assert_eq!(broken(&ring(), &optimal), ["a programme is optimal when it meets its bound"]);
    let met = Programme { bound: optimal.cost, ..optimal };
    assert!(broken(&ring(), &met).is_empty());
    let modest = Programme { status: Status::WorkLimited, ..met };
    assert_eq!(broken(&ring(), &modest), ["a programme that meets its bound is optimal"]);
}

#[test]
fn no_row_of_a_programme_can_be_left_out_doubled_or_moved() {
    macro_rules! every_row_of {
        ($($list:ident),+) => {$(
            for row in 0..tiny_programme().$list.len() {
                let mut less = tiny_programme();
                let taken = less.$list.remove(row);
                assert!(!broken(&ring(), &less).is_empty(), "{} without {row}", stringify!($list));
                let mut twice = tiny_programme();
                twice.$list.insert(row, taken.clone());
                assert!(!broken(&ring(), &twice).is_empty(), "{} with {row} twice", stringify!($list));
                let mut last = less;
                last.$list.push(taken);
                if row + 1 < last.$list.len() {
                    assert!(!broken(&ring(), &last).is_empty(), "{} with {row} at the end", stringify!($list));
                }
            }
        )+};
    }
    every_row_of!(sites, lines, people, make, shipments, orders, stock, deliveries, backlog, draws, costs);
}

/// A ring in which one number is another, so that the programme breaks just the rule named.
fn tightened(address: &str, value: &str) -> Vec<String> {
    let address: Address = address.parse().unwrap();
    let raw = tiny().with(&address, value).unwrap_or_else(|| panic!("{address} points nowhere"));
    let ring = Ring::build(&raw).unwrap_or_else(|faults| panic!("{address}: {faults:#?}"));
    let costs = rules::cost::rows(&ring, &tiny_designs(), &tiny_programme());
    let cost = costs.iter().map(|c| c.amount).sum();
    broken(&ring, &Programme { costs, cost, bound: Money::ZERO, ..tiny_programme() })
}

#[test]
fn every_constraint_bites() {
    let cases = [
        ("sites/A/open_from", "2027-01-05", "sites are opened in a period of decision, not before their first day"),
        ("ring/policy.open_every_periods", "2", "lines are ordered in a period of decision, at a site that is ready"),
        ("sites/A/floor_m2", "27.9", "lines fit on the floor of their site"),
        ("capability/A:P:/lines_max", "0", "lines of a capability row are at most its lines_max"),
        (
            "capability/A:P:/licence",
            "none",
            "first piece and output follow from order, lead, licence and first article",
        ),
        ("ring/training.support_hours", "9.9", "remote support is enough for the young lines"),
        ("workforce/w/absence", "0.4", "people ready are those the lines of that period need"),
        ("workforce/w/hire_periods", "2", "hiring and training end when people are ready"),
        ("opening/people:H:w/quantity", "1", "people already there are used once"),
        ("ring/training.home_places", "1", "trainees do not exceed the places to train"),
        ("ring/training.site_places", "1", "trainees do not exceed the places to train"),
        ("sites/A/labour_pool", "3", "people do not exceed the labour pool"),
        ("ring/policy.line_efficiency", "0.2", "nothing is made beyond the capacity of the lines"),
        ("items/S/stock_max", "15", "stock does not exceed what may be stored"),
        ("opening/stock:H:S/quantity", "5", "stock is what was there, plus in, minus out"),
        ("bom/S:a:/quantity", "4", "parts have arrived before they are used"),
        ("supply/sa/until", "2027-01-26", "orders are placed while the source is qualified and not stopped"),
        ("supply/sa/lot_min", "13", "orders are at least the smallest lot"),
        ("supply/sa/capacity", "23", "orders do not exceed the source's capacity"),
        ("lanes/HA/capacity", "15", "shipments do not exceed the lane's capacity"),
        ("lanes/AC/days", "3", "only what has arrived is handed over"),
        ("opening/pool:c:P/quantity", "0", "exercises draw only what is in the pool"),
        ("ring/customers.c.floor", "0.95", "customers receive their contractual floor"),
        ("ring/policy.qualified_sites_min", "2", "enough sites are qualified for every made item"),
        ("ring/partners.host.workshare_min", "0.8", "partners have their workshare"),
        ("ring/partners.maker.budget.first.ceiling", "6999.99", "partners spend no more than their ceilings"),
    ];
    let wrong = cases.iter().filter_map(|(address, value, rule)| {
        let found = tightened(address, value);
        (found != [*rule]).then(|| format!("{address} = {value}: {found:?}, not {rule}"))
    });
    let wrong: Vec<String> = wrong.collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn an_exercise_draws_no_more_than_it_asks_for() {
    let mut p = tiny_programme();
    p.draws[0].met = Quantity::from_ticks(2_001);
    assert!(broken(&ring(), &p).contains(&"no exercise draws more than it asks for".to_owned()));
}

#[test]
fn dated_outages_stop_lanes_suppliers_and_lines() {
    let with_outage = |target: &str| {
        let mut b = testring::Builder::of(tiny());
        let cells: [(&str, &dyn ToString); 5] =
            [("outage", &"o"), ("target", &target), ("cause", &"stop"), ("from", &"2027-01-25"), ("to", &"2027-02-14")];
        b.row("outages", &cells);
        broken(&Ring::build(&b.build()).unwrap(), &tiny_programme())
    };
    assert_eq!(with_outage("lane:AC"), ["nothing is sent on a stopped lane"]);
    assert_eq!(with_outage("supplier:Works"), ["orders are placed while the source is qualified and not stopped"]);
    let of_site = with_outage("site:A");
    assert!(of_site.contains(&"nothing is made beyond the capacity of the lines".to_owned()), "{of_site:?}");
    assert!(of_site.contains(&"nothing is sent on a stopped lane".to_owned()), "{of_site:?}");
}

#[test]
fn what_no_ring_has_is_refused_without_a_crash() {
    let ring = ring();
    let mut p = tiny_programme();
    p.make[0].quantity = Quantity::from_ticks(i64::MAX);
    p.lines[0].count = i64::MAX;
    p.shipments[0].lane = model::ids::LaneId::from_index(99);
    p.draws.clear();
    assert!(broken(&ring, &p).iter().all(|r| r.starts_with("lists are sorted")));
    assert_eq!(programme(&ring, &[], &tiny_programme()).len(), 1);
}
