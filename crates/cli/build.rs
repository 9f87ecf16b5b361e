//! Puts the pages of `docs/codes` and the sample rings of `examples` into the program.

use std::env;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

/// The sample rings, in the order they are offered.
const TEMPLATES: &[&str] = &["pilot", "ring", "large"];

fn main() {
    let here = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").expect("cargo sets it"));
    let root = here.join("../..");
    let mut code = String::new();

    let pages = files(&root.join("docs/codes"));
    code.push_str("/// Pages of the codes: name without ending, text.\npub(crate) const PAGES: &[(&str, &str)] = &[\n");
    for path in pages.iter().filter(|p| p.extension().is_some_and(|e| e == "md")) {
        let stem = path.file_stem().expect("a page has a name").to_string_lossy();
        let _ = writeln!(code, "    ({stem:?}, include_str!({:?})),", path.display());
    }
    code.push_str("];\n\n/// A template: its name, and its files with their bytes.\n");
    code.push_str("pub(crate) type Template = (&'static str, &'static [(&'static str, &'static [u8])]);\n\n");
    code.push_str("/// The sample rings.\npub(crate) const TEMPLATES: &[Template] = &[\n");
    for name in TEMPLATES {
        let _ = writeln!(code, "    ({name:?}, &[");
        for path in files(&root.join("examples").join(name)) {
            let file = path.file_name().expect("a file has a name").to_string_lossy();
            let _ = writeln!(code, "        ({file:?}, include_bytes!({:?})),", path.display());
        }
        code.push_str("    ]),\n");
    }
    code.push_str("];\n");

    println!("cargo:rustc-env=HIGHS_VERSION={}", locked_version(&root, "highs-sys"));
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets it"));
    fs::write(out.join("embedded.rs"), code).expect("the build folder can be written");
}

/// The version of a library in Cargo.lock; that of `highs-sys` is the version of the HiGHS it brings.
fn locked_version(root: &Path, name: &str) -> String {
    let path = root.join("Cargo.lock");
    println!("cargo:rerun-if-changed={}", path.display());
    let lock = fs::read_to_string(path).expect("the workspace has a lock file");
    let mut lines = lock.lines().skip_while(|line| *line != format!("name = {name:?}"));
    let version = lines.nth(1).and_then(|line| line.split('"').nth(1));
    version.expect("the lock file names the library and its version").to_owned()
}

/// The plain files of a folder, sorted; cargo is told to look at it again when it changes.
fn files(folder: &Path) -> Vec<PathBuf> {
    println!("cargo:rerun-if-changed={}", folder.display());
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let paths = entries.filter_map(|entry| entry.ok().map(|e| e.path()));
    let mut paths: Vec<PathBuf> = paths.filter(|p| p.is_file() && !hidden(p)).collect();
    paths.sort();
    for path in &paths {
        println!("cargo:rerun-if-changed={}", path.display());
    }
    paths
}

fn hidden(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'))
}
