//! `balance`: lines of a ring and instances of the literature.

use std::fs;

use super::harness::Room;

/// Stations and their bound at takts 45, 60, 90, 120 and 180 for the whole product without flight acceptance.
/// Ranked positional weight needs 29, 21, 14, 10 and 7; the sum of minutes asks for at least 26, 20, 13, 10 and 7.
#[test]
fn the_whole_product_needs_no_more_stations_than_ranked_positional_weight() {
    let room = Room::with("ring");
    let arguments = [
        "balance",
        "ring",
        "--whole",
        "--without-area",
        "flight_accept",
        "--takt",
        "45,60,90,120,180",
        "--format",
        "json",
    ];
    let json = room.run(&arguments).json();
    let tables = json["tables"].as_array().unwrap();
    let menu = tables.iter().find(|t| t["name"] == "line_menu").unwrap();
    let column = |name: &str| {
        let columns = menu["columns"].as_array().unwrap();
        let at =
            columns.iter().position(|c| c["name"] == name).unwrap_or_else(|| panic!("column {name} in {columns:#?}"));
        let rows = menu["rows"].as_array().unwrap().iter();
        rows.map(|row| row[at].as_i64().unwrap()).collect::<Vec<_>>()
    };
    let (stations, bound) = (column("stations"), column("stations_bound"));
    for (i, (most, least)) in [(29, 26), (21, 20), (14, 13), (10, 10), (7, 7)].into_iter().enumerate() {
        assert!(stations[i] <= most, "stations {stations:?}");
        assert!(bound[i] >= least && bound[i] <= stations[i], "bounds {bound:?} of {stations:?}");
    }
}

#[test]
fn an_instance_of_the_literature_is_solved() {
    let room = Room::new();
    let text =
        "<number of tasks>\n3\n<cycle time>\n10\n<task times>\n1 6\n2 6\n3 4\n<precedence relations>\n1,3\n<end>\n";
    fs::write(room.path("a.alb"), text).unwrap();
    let said = room.run(&["balance", "a.alb"]);
    assert_eq!((said.code, said.out.as_str()), (0, "3 tasks: stations 2, at least 2 (optimal)\n"), "{}", said.err);
    let shortest = room.run(&["balance", "a.alb", "--stations", "3", "--format", "json"]).json();
    assert_eq!((&shortest["found"], &shortest["bound"]), (&6.into(), &6.into()));
    fs::write(room.path("b.alb"), "nonsense").unwrap();
    let broken = room.run(&["balance", "b.alb"]);
    assert_eq!(broken.code, 2);
    assert!(broken.err.contains("error[RW0306]") && broken.err.contains("b.alb"), "{}", broken.err);
}

#[test]
fn names_that_are_not_there_are_told() {
    let room = Room::with("pilot");
    let said = room.run(&["balance", "ring", "--whole", "--without-area", "flight_acept"]);
    assert_eq!(said.code, 2);
    assert!(said.err.contains("did you mean `flight_accept`?"), "{}", said.err);
}

/// Every question that an instance file can be asked, with what the verifier said to its proof.
#[test]
fn an_instance_answers_with_its_certificate() {
    let room = Room::new();
    // Four tasks of 6 at 10: one to a station, by pairing.
    let text = "<number of tasks>\n4\n<cycle time>\n10\n<task times>\n1 6\n2 6\n3 6\n4 4\n<precedence relations>\n1,2\n<end>\n";
    fs::write(room.path("a.alb"), text).unwrap();
    let ask = |more: &[&str]| room.run(&[&["balance", "a.alb", "--format", "json"], more].concat()).json();
    let fewest = ask(&["--threads", "2", "--time-limit", "20"]);
    assert_eq!((&fewest["status"], &fewest["stations"]), (&"optimal".into(), &3.into()));
    assert_eq!(fewest["certificate"][0]["verified"], true, "{fewest:#}");
    assert_eq!(fewest["assignment"]["station_of"].as_array().unwrap().len(), 4);
    assert!(fewest["seconds"].as_f64().unwrap() < 20.0);
    assert_eq!(ask(&["--takt", "10", "--stations", "2"])["status"], "infeasible");
    assert_eq!(ask(&["--takt", "12", "--stations", "2"])["status"], "optimal");
    // One station of 22, two of 12, three of 10, four of 6.
    let least = ask(&["--stations", "1", "--stations-max", "4"]);
    assert_eq!((&least["found"], &least["bound"]), (&22.into(), &22.into()));
    let refused = room.run(&["balance", "a.alb", "--takt", "10", "--stations", "1", "--stations-max", "4"]);
    assert_eq!(refused.code, 2);
}

#[test]
fn a_line_of_named_workers_is_solved() {
    let room = Room::new();
    fs::write(room.path("workers"), "3\n4 Inf\n3 5\n9 4\n1 2\n-1 -1\n").unwrap();
    let said = room.run(&["balance", "workers"]);
    let expected = "3 tasks, 2 workers: cycle time 7, at least 7 (optimal)\n";
    assert_eq!((said.code, said.out.as_str()), (0, expected), "{}", said.err);
    let json = room.run(&["balance", "workers", "--format", "json"]).json();
    assert_eq!(json["assignment"]["worker_of"].as_array().unwrap().len(), 2);
    assert_ne!(json["certificate"]["verified"], false);
    fs::write(room.path("broken"), "3\n4 Inf\n3\n").unwrap();
    let broken = room.run(&["balance", "broken"]);
    assert_eq!(broken.code, 2);
    assert!(broken.err.contains("error[RW0306]"), "{}", broken.err);
}
