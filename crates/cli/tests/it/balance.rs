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
