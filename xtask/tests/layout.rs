//! The house: the table in `docs/architecture.md` against what cargo says the crates import.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use cargo_metadata::{DependencyKind, MetadataCommand};

/// A crate's name to the crates of this workspace it imports, both without the prefix `ringworks-`.
type Imports = BTreeMap<String, BTreeSet<String>>;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// Reads the rows of the table whose header starts with `crate`: name, the names it may import.
fn table(markdown: &str) -> Vec<(String, BTreeSet<String>)> {
    let names = |cell: &str| -> Vec<String> {
        let quoted = cell.split('`').skip(1).step_by(2);
        quoted.map(str::to_owned).collect()
    };
    let rows = markdown.lines().skip_while(|line| !line.starts_with("| crate |"));
    let rows = rows.skip(2).take_while(|line| line.starts_with('|'));
    rows.map(|line| {
        let cells: Vec<&str> = line.trim_matches('|').split('|').collect();
        assert!(cells.len() >= 2, "a row of the table has two columns at least: {line}");
        let name = names(cells[0]).pop().expect("the first column names a crate");
        (name, names(cells[1]).into_iter().collect())
    })
    .collect()
}

/// What each crate of the workspace imports from it, apart from imports of its tests.
fn imports() -> Imports {
    let mut command = MetadataCommand::new();
    command.manifest_path(root().join("Cargo.toml")).no_deps();
    let metadata = command.exec().expect("cargo metadata answers");
    let short = |name: &str| name.trim_start_matches("ringworks-").to_owned();
    let packages = metadata.packages.iter().map(|package| {
        let ours = package
            .dependencies
            .iter()
            .filter(|d| d.kind != DependencyKind::Development && d.name.starts_with("ringworks-"));
        let set = ours.map(|d| short(&d.name)).collect();
        (short(&package.name), set)
    });
    packages.collect()
}

/// The faults of the crates against the table, as sentences.
fn faults(table: &[(String, BTreeSet<String>)], imports: &Imports) -> Vec<String> {
    let mut faults = Vec::new();
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    for (name, allowed) in table {
        for other in allowed.iter().filter(|other| !seen.contains(other.as_str())) {
            faults.push(format!("the table lets `{name}` import `{other}`, which does not stand above it"));
        }
        seen.insert(name);
        match imports.get(name) {
            None => faults.push(format!("the table names `{name}`, which is not a crate")),
            Some(real) => {
                let beyond = real.difference(allowed);
                faults.extend(beyond.map(|o| format!("`{name}` imports `{o}`, which the table forbids")));
            }
        }
    }
    let strangers = imports.keys().filter(|name| !seen.contains(name.as_str()));
    faults.extend(strangers.map(|name| format!("`{name}` is not in the table")));
    faults
}

#[test]
fn crates_import_only_what_the_architecture_allows() {
    let markdown =
        std::fs::read_to_string(root().join("docs/architecture.md")).expect("the architecture is written down");
    let found = faults(&table(&markdown), &imports());
    assert!(found.is_empty(), "docs/architecture.md and the crates disagree:\n{}", found.join("\n"));
}

#[test]
fn a_forbidden_import_is_found() {
    let markdown = "| crate | may import |\n|---|---|\n| `low` | |\n| `left` | `low` |\n| `right` | `low` |\n";
    let real = |pairs: &[(&str, &str)]| -> Imports {
        let mut all: Imports = ["low", "left", "right"].map(|n| (n.to_owned(), BTreeSet::new())).into();
        for (from, to) in pairs {
            all.entry((*from).to_owned()).or_default().insert((*to).to_owned());
        }
        all
    };
    let rows = table(markdown);
    assert_eq!(faults(&rows, &real(&[("left", "low")])), Vec::<String>::new());
    assert_eq!(faults(&rows, &real(&[("left", "right")])).len(), 1, "siblings");
    assert_eq!(faults(&rows, &real(&[("low", "left")])).len(), 1, "upwards");
    assert_eq!(faults(&rows, &real(&[("new", "low")])).len(), 1, "a crate without a row");
}

#[test]
fn every_crate_asserts_in_continuous_integration() {
    let settings = std::fs::read_to_string(root().join(".cargo/ci.toml")).expect("the settings are there");
    let heads = settings.lines().filter_map(|line| line.strip_prefix("[profile.release.package."));
    let named: BTreeSet<String> =
        heads.map(|head| head.trim_end_matches(']').trim_start_matches("ringworks-").to_owned()).collect();
    let crates: BTreeSet<String> = imports().into_keys().collect();
    assert_eq!(named, crates);
}
