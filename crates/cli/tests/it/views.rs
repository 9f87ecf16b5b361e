//! What `plan` tells of its programme besides: stops and safety stock.

use super::harness::Room;

#[test]
fn stops_and_stock_of_the_pilot_are_told_in_80_columns_and_as_tables() {
    let room = Room::with("pilot");
    let wanted =
        ["plan", "ring", "--resilience", "--pairs", "--stop-days", "30", "--stock", "--demand-variation", "0.5"];
    let said = room.run(&wanted);
    assert_eq!(said.code, 0, "{}{}", said.out, said.err);
    assert!(said.out.lines().all(|line| line.chars().count() <= 80), "80 columns:\n{}", said.out);
    for part in ["Single stops", "Pairs of stops", "single point", "One source only", "Safety stock", "proven least"] {
        let words = said.out.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(words.contains(part), "{part}:\n{}", said.out);
    }
    let mut command = wanted.to_vec();
    command.extend(["--format", "json"]);
    let json: serde_json::Value = serde_json::from_str(&room.run(&command).out).unwrap();
    let names: Vec<&str> = json["tables"].as_array().unwrap().iter().filter_map(|t| t["name"].as_str()).collect();
    assert_eq!(names, ["resilience", "single_sources", "stock_targets"]);
    assert!(json["tables"].as_array().unwrap().iter().all(|t| !t["rows"].as_array().unwrap().is_empty()));
}

#[test]
fn what_has_no_default_must_be_said() {
    let room = Room::with("pilot");
    for arguments in [&["--stock"][..], &["--pairs"], &["--stop-days", "3"], &["--resilience", "--stop-days", "0"]] {
        let mut command = vec!["plan", "ring"];
        command.extend(arguments);
        assert_eq!(room.run(&command).code, 2, "{arguments:?}");
    }
}
