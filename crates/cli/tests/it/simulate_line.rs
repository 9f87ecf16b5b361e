//! `simulate LINE.toml`: plain lines through the public command.

use std::fs;

use super::harness::Room;

const LINE: &str = "\
name = \"three\"
[[stations]]
time = \"exponential\"
mean = 1.0
[[stations]]
time = \"exponential\"
mean = 1.0
buffer = 0
count = 2
";

#[test]
fn a_line_is_simulated_and_its_interval_holds_the_exact_value() {
    let room = Room::new();
    fs::write(room.path("line.toml"), LINE).unwrap();
    let json = room.run(&["simulate", "line.toml", "--precision", "0.002", "--format", "json"]).json();
    let throughput = &json["measures"][0];
    let of = |key: &str| throughput[key].as_f64().unwrap();
    // Hillier and Boling: 22/39; four half widths are eight standard errors.
    assert!((of("mean") - 22.0 / 39.0).abs() < 4.0 * of("half_width"), "{json}");
    assert!(of("half_width") <= 0.002 * of("mean") * 1.000_001 && json["complete"] == true, "{json}");
    assert!(json["station_visits"].as_u64() > Some(10_000) && json["cpu_seconds"].as_f64() > Some(0.0));
    assert!(json["engines"][0]["engine"].as_str().unwrap().starts_with("recursion"), "{json}");
}

#[test]
fn engines_widths_and_threads_give_the_same_answers() {
    let room = Room::new();
    fs::write(room.path("line.toml"), LINE).unwrap();
    let run = |more: &[&str]| {
        let fixed = ["simulate", "line.toml", "--replications", "20", "--length", "300", "--format", "json"];
        room.run(&[&fixed, more].concat()).json()["measures"].clone()
    };
    let base = run(&["--simd", "sse2", "--threads", "1"]);
    assert_eq!(base.as_array().map(Vec::len), Some(5));
    assert_eq!(base, run(&["--threads", "2"]));
    assert_eq!(base, run(&["--events"]));
    assert_ne!(base, run(&["--seed", "2"]));
}

#[test]
fn a_file_that_is_no_line_is_refused_with_its_place() {
    let room = Room::new();
    let broken = [
        (LINE.replace("buffer", "bufer"), "`bufer` means nothing here"),
        (format!("conwip = 0\n{LINE}"), "waits for a departure"),
        (LINE.replace("count = 2", "supply = { stock = 0, lead = { mean = 1 } }"), "no kit ever comes"),
        ("stations = 3".to_owned(), "not a list"),
        ("[[stations]\n".to_owned(), "not well formed"),
        (String::new(), "at least one station"),
    ];
    for (text, fact) in broken {
        fs::write(room.path("line.toml"), &text).unwrap();
        let said = room.run(&["simulate", "line.toml"]);
        let one_line = said.err.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(
            said.code == 2 && one_line.contains("error[RW0310]") && one_line.contains(fact),
            "{text}: {}",
            said.err
        );
    }
    fs::write(room.path("line.toml"), LINE).unwrap();
    assert_eq!(room.run(&["simulate", "line.toml", "--simd", "mmx"]).code, 2);
    assert_eq!(room.run(&["simulate", "line.toml", "--length", "-1"]).code, 2);
}
