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
    for refused in [&["--stations-max", "4"][..], &["--takt", "10", "--heads-max", "3"], &["--whole"]] {
        assert_eq!(room.run(&[&["balance", "a.alb"], refused].concat()).code, 2, "{refused:?}");
    }
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

/// One line in full: proofs of stations and heads, the reasons, and a rule that leaves no line named with its code.
#[test]
fn a_line_under_its_rules_is_told_in_full() {
    let room = Room::with("pilot");
    let takt = ["balance", "ring", "--takt", "200"];
    let with = |more: &[&str]| room.run(&takt.iter().chain(more).copied().collect::<Vec<_>>());
    let said = with(&["--why", "join", "--phases", "1,50"]);
    assert_eq!(said.code, 0, "{}", said.err);
    for words in ["What was made small", "Yamazumi", "Why `join` stands where it stands", "Phases of the ramp"] {
        assert!(said.out.contains(words), "{words} in {}", said.out);
    }
    assert!(said.out.lines().all(|line| line.chars().count() <= 80), "{}", said.out);
    let json = with(&["--heads-max", "1000", "--format", "json"]).json();
    assert_eq!((&json["command"], &json["version"]), (&"balance".into(), &1.into()));
    assert!(json["bound"].as_i64() <= json["stations"].as_i64() && json["aims"][0]["aim"] == "stations", "{json}");
    // The spelling of before is still understood.
    assert_eq!(with(&["--max-heads", "1000", "--format", "json"]).json()["assignment"], json["assignment"]);
    let none = with(&["--stations-max", "2"]);
    assert_eq!(none.code, 1, "{}", none.out);
    assert!(none.err.contains("error[RW0308]") && none.err.contains("keeps this rule: at most 2"), "{}", none.err);
    let wrong = room.run(&["balance", "ring", "--sheet"]);
    assert!(wrong.code == 2 && wrong.err.contains("one takt"), "{}", wrong.err);
    assert_eq!(with(&["--sheet", "--stations", "3"]).code, 2);
    let even = with(&["--then", "evenness", "--format", "json"]).json();
    let aims: Vec<&str> = even["aims"].as_array().unwrap().iter().map(|a| a["aim"].as_str().unwrap()).collect();
    assert_eq!(aims, ["stations", "evenness"]);
    assert_eq!(with(&["--then", "evenness,evenness"]).code, 2);
    for moves in [&["--moves-max", "3"][..], &["--frontier"]] {
        let said = with(moves);
        assert!(said.code == 2 && said.err.contains("today.csv"), "{}", said.err);
    }
}

/// Rules of `zoning.csv` and the line of `today.csv` are read from the ring.
#[test]
fn a_standing_line_is_rebalanced_with_few_moves() {
    let room = Room::with("pilot");
    let takt = ["balance", "ring", "--takt", "200", "--format", "json"];
    let first = room.run(&[&takt[..], &["--sheet"]].concat()).json();
    let mut today = "item,line_type,task,station\n".to_owned();
    for (at, station) in first["assignment"].as_array().unwrap().iter().enumerate() {
        for task in station["tasks"].as_array().unwrap() {
            today.push_str(&format!("sv5,cell,{},{}\n", task.as_str().unwrap(), at + 1));
        }
    }
    fs::write(room.path("ring/today.csv"), today).unwrap();
    let again = room.run(&[&takt[..], &["--frontier"]].concat()).json();
    assert_eq!(again["moved"].as_array().unwrap().len(), 0, "{again}");
    assert_eq!(again["frontier"].as_array().unwrap().len(), 1, "{again}");
}
