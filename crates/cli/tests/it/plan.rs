//! `plan`: hedging against stops, and why a plan is as it is.

use serde_json::Value;

use super::harness::Room;

fn table<'v>(json: &'v Value, name: &str) -> &'v Vec<Value> {
    let tables = json["tables"].as_array().unwrap();
    tables.iter().find(|t| t["name"] == name).unwrap_or_else(|| panic!("table {name}"))["rows"].as_array().unwrap()
}

fn figure(json: &Value, name: &str) -> f64 {
    table(json, "hedge").iter().find(|row| row[0] == name).unwrap_or_else(|| panic!("figure {name}"))[1]
        .as_f64()
        .unwrap()
}

/// The pilot with a stop at a rate.
fn pilot() -> Room {
    let room = Room::with("pilot");
    let sites = std::fs::read_to_string(room.path("ring/sites.csv")).unwrap();
    let site = sites.lines().nth(1).unwrap().split(',').next().unwrap().to_owned();
    let outages = format!("outage,target,cause,from,to,rate_year,days\nx,site:{site},test,,,2,14\n");
    std::fs::write(room.path("ring/outages.csv"), outages).unwrap();
    room
}

#[test]
fn a_hedge_is_a_verified_programme_with_its_proof() {
    let room = pilot();
    let arguments = ["plan", "ring", "--hedge", "sampled", "--futures", "6", "--check", "0", "--tail", "0.5"];
    let said = room.run(&arguments);
    assert_eq!(said.code, 0, "{}", said.err);
    assert!(said.out.contains("Hedged over 6 futures") && said.out.contains("The worst futures"), "{}", said.out);
    assert!(said.out.lines().all(|line| line.chars().count() <= 80), "{}", said.out);
    let json = room.run(&[&arguments[..], &["--format", "json", "--threads", "1"]].concat()).json();
    assert_eq!(table(&json, "hedge_futures").len(), 6);
    assert!(figure(&json, "bound") <= figure(&json, "objective") + 0.01);
    assert!(
        figure(&json, "objective") <= figure(&json, "plain_objective") * 1.000_001 + 0.01,
        "never worse than the start"
    );
    assert!(json["findings"].as_array().unwrap().is_empty());
    let again = room.run(&[&arguments[..], &["--format", "json", "--threads", "2"]].concat()).json();
    assert_eq!(json, again, "threads change nothing");
}

#[test]
fn single_stops_and_pairs_need_to_know_how_long() {
    let room = Room::with("pilot");
    let said = room.run(&["plan", "ring", "--hedge", "single"]);
    assert_eq!(said.code, 2);
    assert!(said.err.contains("error[RW0504]") && said.err.contains("--hedge-days"), "{}", said.err);
    let said = room.run(&["plan", "ring", "--hedge", "sampled"]);
    assert_eq!(said.code, 2);
    assert!(said.err.contains("rate_year"), "{}", said.err);
    let said = room.run(&["plan", "ring", "--hedge", "single", "--hedge-days", "20", "--hedge-from", "1999-01-01"]);
    assert_eq!(said.code, 2);
    assert!(said.err.contains("no day of the horizon"), "{}", said.err);
    let said = room.run(&["plan", "ring", "--hedge", "single", "--hedge-days", "20"]);
    assert_eq!(said.code, 0, "{}", said.err);
    assert!(said.out.contains("The worst futures"), "{}", said.out);
}

#[test]
fn why_tells_what_stands_in_the_way() {
    let room = Room::with("pilot");
    let said = room.run(&["plan", "ring", "--why"]);
    assert_eq!(said.code, 0, "{}", said.err);
    assert!(
        said.out.contains("what stands in the way") || said.out.contains("Nothing is late or lost"),
        "{}",
        said.out
    );
    assert!(said.out.lines().all(|line| line.chars().count() <= 80), "{}", said.out);
    let json = room.run(&["plan", "ring", "--format", "json"]).json();
    assert!(!table(&json, "why_pegs").is_empty());
}
