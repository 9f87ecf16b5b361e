//! `compare`, and what moved since an earlier dossier.

use std::fs;

use super::harness::Room;

/// The pilot and the same with a dearer piece of equipment.
fn two() -> Room {
    let room = Room::with("pilot");
    let study = |out: &str| {
        let said = room.run(&["study", "ring", "--out", out, "--threads", "1"]);
        assert_eq!(said.code, 0, "{}{}", said.out, said.err);
        said
    };
    study("a");
    let text = fs::read_to_string(room.path("ring/sites.csv")).unwrap();
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    let wage = lines[0].split(',').position(|c| c == "wage_hour").unwrap();
    for line in lines.iter_mut().skip(1) {
        let mut cells: Vec<String> = line.split(',').map(str::to_owned).collect();
        cells[wage] = format!("{}", cells[wage].parse::<f64>().unwrap() + 1.0);
        *line = cells.join(",");
    }
    fs::write(room.path("ring/sites.csv"), lines.join("\n") + "\n").unwrap();
    study("b");
    room
}

#[test]
fn the_difference_adds_up_and_is_explained() {
    let room = two();
    let said = room.run(&["compare", "a", "b"]);
    assert_eq!(said.code, 1, "{}{}", said.out, said.err);
    assert!(said.out.lines().all(|line| line.chars().count() <= 80), "80 columns:\n{}", said.out);
    assert!(said.out.contains("sites/") && said.out.contains("wage_hour"), "{}", said.out);

    let json = room.run(&["compare", "a", "b", "--format", "json", "--out", "page.html"]).json();
    let cost = |name: &str| -> f64 {
        let proof = fs::read_to_string(room.path(name).join("proof.json")).unwrap();
        let value: serde_json::Value = serde_json::from_str(&proof).unwrap();
        value["programme"]["cost"].as_f64().unwrap() / 100.0
    };
    let difference = cost("b") - cost("a");
    assert!(difference.abs() > 1.0);
    let sum = |list: &str, field: &str| -> f64 {
        json[list].as_array().unwrap().iter().map(|row| row[field].as_f64().unwrap()).sum()
    };
    assert!((sum("costs", "change") - difference).abs() < 0.005, "{difference}");
    // Causes start and end with plans made for their sites and lines anew, so they are near, not equal.
    let causes = sum("causes", "cost");
    assert!((causes - difference).abs() < 0.02 * cost("a"), "{causes} {difference}");
    let inputs = json["inputs"].as_array().unwrap();
    assert!(inputs.iter().all(|row| row["address"].as_str().unwrap().ends_with("/wage_hour")), "{inputs:?}");

    let page = fs::read_to_string(room.path("page.html")).unwrap();
    assert!(page.contains("Why the cost differs") && !page.contains("://"), "the page is there and whole");
    let again = room.run(&["compare", "a", "b", "--out", "page.html"]);
    assert!(again.code == 2 && again.err.contains("RW0502"), "{}", again.err);
    assert_eq!(room.run(&["compare", "a", "b", "--out", "page.html", "--replace", "--no-causes"]).code, 1);
}

#[test]
fn nothing_differs_from_itself_and_a_replaced_dossier_says_what_moved() {
    let room = two();
    let said = room.run(&["compare", "a", "a"]);
    assert_eq!((said.code, said.out.as_str()), (0, "Nothing differs: the same inputs, the same results.\n"));
    let said = room.run(&["study", "ring", "--out", "a", "--since", "b", "--threads", "1"]);
    assert!(said.err.contains("since the dossier that this one replaces"), "{}", said.err);
    assert!(fs::read_to_string(room.path("a/report.html")).unwrap().contains("What moved since b"));
    let said = room.run(&["report", "a", "--out", "a/proof.json"]);
    assert!(said.code == 2 && said.err.contains("RW0502"), "a file is not replaced unasked: {}", said.err);
    assert_eq!(room.run(&["compare", "a", "ring"]).code, 2);
}
