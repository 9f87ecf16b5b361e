//! Manners that hold for every command.

use super::harness::Room;

const COMMANDS: [&str; 15] = [
    "study",
    "check",
    "balance",
    "plan",
    "simulate",
    "decide",
    "report",
    "new",
    "import",
    "export",
    "verify",
    "ledger",
    "explain",
    "doctor",
    "completions",
];

#[test]
fn help_goes_to_stdout_in_80_columns_and_is_no_fault() {
    let room = Room::new();
    let mut helps = vec![room.run(&["--help"])];
    helps.extend(COMMANDS.map(|command| room.run(&[command, "--help"])));
    for help in helps {
        assert_eq!((help.code, help.err.as_str()), (0, ""));
        let wide: Vec<&str> = help.out.lines().filter(|line| line.chars().count() > 80).collect();
        assert!(wide.is_empty(), "wider than 80 columns: {wide:#?}");
        assert!(help.out.len() > 100, "says something: {}", help.out);
    }
}

#[test]
fn a_wrong_command_line_could_not_run() {
    let room = Room::new();
    for arguments in [&["chekc"][..], &["check"], &["check", "--colour", "a"], &["balance", "r", "--stations", "x"]] {
        let said = room.run(arguments);
        assert_eq!((said.code, said.out.as_str()), (2, ""), "{arguments:?}");
        assert!(said.err.starts_with("error:"), "{}", said.err);
    }
    assert!(room.run(&["chekc"]).err.contains("check"), "the near miss is offered");
}

#[test]
fn colours_only_where_they_are_wanted() {
    let room = Room::new();
    let plain = room.run(&["check", "nowhere"]);
    assert!(!plain.err.contains('\u{1b}'), "a pipe has no colours: {}", plain.err);
    let forced = room.run(&["check", "nowhere", "--color", "always"]);
    assert!(forced.err.contains("\u{1b}["), "{}", forced.err);
    let mut command = room.command(&["check", "nowhere"]);
    let asked_not_to = command.env("NO_COLOR", "1").env("CLICOLOR_FORCE", "1").output().unwrap();
    assert!(!asked_not_to.stderr.contains(&0x1b));
}

#[test]
fn doctor_finds_this_machine_sound() {
    let said = Room::new().run(&["doctor", "--format", "json"]);
    let json = said.json();
    assert_eq!((said.code, &json["version"], &json["sound"]), (0, &1.into(), &true.into()), "{json:#}");
    let text = Room::new().run(&["doctor"]);
    assert!(text.out.contains("HiGHS 1.") && text.out.contains("solves its test program"), "{}", text.out);
}

#[test]
fn completions_speak_of_every_command() {
    let room = Room::new();
    for shell in ["bash", "zsh", "fish"] {
        let said = room.run(&["completions", shell]);
        assert_eq!(said.code, 0);
        assert!(COMMANDS.iter().all(|command| said.out.contains(command)), "{shell}");
    }
}

#[test]
fn a_reader_that_goes_away_is_no_fault() {
    let room = Room::new();
    let mut child = room.command(&["explain"]).stdout(std::process::Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    assert_eq!(child.wait().unwrap().code(), Some(0));
}
