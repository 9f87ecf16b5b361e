//! `simulate RING --trace RUN`: the visits of a replication, a site's day drawn from them, the passport of a piece.

use super::harness::Room;

/// The rows of a CSV text as columns by name.
fn rows(csv: &str) -> Vec<std::collections::BTreeMap<String, String>> {
    let mut lines = csv.lines().filter(|l| !l.starts_with('#'));
    let heads: Vec<&str> = lines.next().unwrap().split(',').collect();
    lines.map(|l| heads.iter().map(ToString::to_string).zip(l.split(',').map(str::to_owned)).collect()).collect()
}

#[test]
fn a_day_is_drawn_and_a_passport_given_from_the_visits() {
    let room = Room::with_case("base");
    let replay = |more: &[&str]| room.run(&[&["simulate", "ring", "--trace", "1"], more].concat());
    let all = replay(&[]);
    assert_eq!(all.code, 0, "{}", all.err);
    let visits = rows(&all.out);
    let of = |row: &std::collections::BTreeMap<String, String>, column: &str| row[column].clone();
    let middle = &visits[visits.len() / 2];
    let (line, piece) = (of(middle, "line"), of(middle, "piece"));
    let passport = rows(&replay(&["--piece", &format!("{line}:{piece}")]).out);
    let mine: Vec<_> = visits.iter().filter(|v| of(v, "line") == line && of(v, "piece") == piece).cloned().collect();
    assert_eq!(passport, mine);
    let minutes = |row: &std::collections::BTreeMap<String, String>, column: &str| {
        row[column].parse::<f64>().unwrap_or(f64::INFINITY)
    };
    let day = (minutes(middle, "arrived") / 1_440.0).floor();
    let site = of(middle, "site");
    let drawn = replay(&["--gantt", &site, "--day", &format!("{}", day + 1.0)]);
    assert_eq!(drawn.code, 0, "{}", drawn.err);
    assert!(drawn.out.starts_with("<svg xmlns=") && drawn.out.trim_end().ends_with("</svg>"));
    // As many bars of work as visits with some work on that day, but for those too short to be seen.
    let (from, to) = (day * 1_440.0, (day + 1.0) * 1_440.0);
    let worked = |v: &&std::collections::BTreeMap<String, String>| {
        of(v, "site") == site && minutes(v, "done").min(to) - minutes(v, "begun").max(from) > 1.0
    };
    let bars = drawn.out.matches("<title>Piece ").count();
    let work = drawn.out.matches(": work, ").count();
    let expected = visits.iter().filter(worked).count();
    assert!(expected > 0 && work == expected && bars >= work, "{work} bars of work for {expected} visits");
    assert!(drawn.out.contains("class=\"closed\""), "nights are paler");
}

#[test]
fn what_is_not_there_is_said() {
    let room = Room::with_case("base");
    let replay = |more: &[&str]| room.run(&[&["simulate", "ring", "--trace", "1"], more].concat());
    let nowhere = replay(&["--gantt", "nowhere", "--day", "1"]);
    assert!(nowhere.code == 2 && nowhere.err.contains("there is no site nowhere"), "{}", nowhere.err);
    assert!(nowhere.out.is_empty());
    assert_eq!(replay(&["--piece", "5"]).code, 2);
    let nobody = replay(&["--piece", "1:99999999"]);
    assert!(nobody.code == 1 && nobody.out.is_empty(), "{}", nobody.out);
}
