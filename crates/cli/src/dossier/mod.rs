//! A dossier on disk: the page, the tables, the inputs it was made from, and the results in full for `verify`.
//!
//! ```text
//! DIR/report.html          the page
//! DIR/tables/NAME.csv      a table each, and all together in results.xlsx and results.json
//! DIR/ring/                the inputs as they were read
//! DIR/proof.json           provenance and results without loss; `ringworks verify DIR` reads it
//! ```

mod form;
pub(crate) mod kept;
mod results;

use std::fs;
use std::path::Path;

use anyhow::{Context, anyhow};
use diag::{Code, Diagnostic};
use model::Ring;
use model::results::{Decision, Evidence, LineDesign, Programme, Provenance};
use report::compare::Comparison;
use ring_io::{Loaded, NewFolder};
use serde_json::Value;
use study::Study;

use crate::exit::Failure;
use crate::{output, stop};
use form::{Form, field};

/// The file that marks a folder as a dossier of this program, so that another run may replace it.
pub(crate) const PROOF: &str = "proof.json";
/// The folder of the inputs.
pub(crate) const RING: &str = "ring";

/// The version of `proof.json`: raised whenever a result has more or other fields.
const VERSION: u64 = 2;
/// A `proof.json` larger than this is refused, bytes.
const PROOF_BYTES_MAX: u64 = 1 << 30;

/// The results of a dossier, in full.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Proof {
    /// What made them.
    pub(crate) provenance: Provenance,
    /// Menus of lines.
    pub(crate) line_designs: Vec<LineDesign>,
    /// The plan.
    pub(crate) programme: Option<Programme>,
    /// What simulation saw.
    pub(crate) evidence: Option<Evidence>,
    /// Gates, questions, options.
    pub(crate) decision: Option<Decision>,
}

form::records! {
    Proof { provenance, line_designs, programme, evidence, decision }
}

impl Proof {
    /// The results of a study.
    pub(crate) fn of(study: &Study) -> Self {
        Self {
            provenance: study.provenance.clone(),
            line_designs: study.designs.clone(),
            programme: study.programme.clone(),
            evidence: study.evidence.clone(),
            decision: study.decision.clone(),
        }
    }

    /// The results as a study, without what was found about them.
    pub(crate) fn into_study(self) -> Study {
        Study {
            designs: self.line_designs,
            programme: self.programme,
            evidence: self.evidence,
            decision: self.decision,
            provenance: self.provenance,
            ..Study::default()
        }
    }

    /// The bytes of `proof.json`.
    pub(crate) fn bytes(&self) -> Vec<u8> {
        let mut value = self.put();
        value["version"] = Value::from(VERSION);
        let mut bytes = value.to_string().into_bytes();
        bytes.push(b'\n');
        bytes
    }

    /// Reads the results of a dossier back.
    ///
    /// # Errors
    /// RW0505 when it is of another version; else when it is missing, too large, or not what this program writes about this ring.
    pub(crate) fn read(folder: &Path, ring: &Ring) -> Result<Self, Failure> {
        let path = folder.join(PROOF);
        let shown = path.display();
        let size = fs::metadata(&path).with_context(|| format!("`{shown}` cannot be read; is this a dossier?"))?.len();
        if size > PROOF_BYTES_MAX {
            return Err(anyhow!("`{shown}` is larger than 1 GiB").into());
        }
        let bytes = fs::read(&path).with_context(|| format!("`{shown}` cannot be read"))?;
        let value: Value = serde_json::from_slice(&bytes).with_context(|| format!("`{shown}` is not JSON"))?;
        let version: u64 = field(&value, "version", ring).map_err(|fault| anyhow!("{shown}: {fault}"))?;
        if version != VERSION {
            return Err(other_version(folder, version).into());
        }
        Self::take(&value, ring).map_err(|fault| anyhow!("{shown}: {fault}").into())
    }
}

/// A dossier that another version of the program wrote.
fn other_version(folder: &Path, version: u64) -> Box<Diagnostic> {
    let (shown, ring) = (folder.display(), folder.join(RING));
    let age = if version < VERSION { "an older" } else { "a newer" };
    let fact = format!(
        "the dossier `{shown}` was written by {age} program: its `{PROOF}` is of version {version}, this one reads version {VERSION}"
    );
    let help = match version < VERSION {
        true => format!("make it anew from the inputs it holds: `ringworks study {} --out DIR`", ring.display()),
        false => "read it with the program that wrote it, or a newer one".to_owned(),
    };
    Box::new(Diagnostic::error(Code(505), fact, help))
}

/// Says when a folder is no dossier.
///
/// # Errors
/// RW0504.
pub(crate) fn expect(folder: &Path) -> Result<(), Box<Diagnostic>> {
    if folder.join(PROOF).is_file() {
        return Ok(());
    }
    let shown = folder.display();
    let (fact, help) = if folder.join("ring.toml").is_file() || !folder.is_dir() && folder.is_file() {
        (format!("`{shown}` is no dossier"), format!("make one from the ring: `ringworks study {shown} --out DIR`"))
    } else if folder.is_dir() {
        let help = "name the folder that `ringworks study RING --out DIR` wrote";
        (format!("`{shown}` is no dossier: it holds no `{PROOF}`"), help.to_owned())
    } else {
        (
            format!("there is no folder `{shown}`"),
            "name the folder that `ringworks study RING --out DIR` wrote".to_owned(),
        )
    };
    Err(Box::new(Diagnostic::error(Code(504), fact, help)))
}

/// Begins a dossier at a path; what stands there is replaced only when it is a dossier or empty.
///
/// # Errors
/// RW0501, RW0502.
pub(crate) fn begin(out: &Path) -> Result<NewFolder, Box<Diagnostic>> {
    NewFolder::begin(out, Some(PROOF))
}

/// Writes a dossier, whole or not at all.
///
/// # Errors
/// RW0501, RW0502; what stood at the path before is then unchanged.
pub(crate) fn write(
    out: &Path,
    loaded: &Loaded,
    study: &Study,
    moved: Option<&Comparison>,
) -> Result<(), Box<Diagnostic>> {
    let folder = begin(out)?;
    stop::unfinished(folder.path());
    let dossier = report::Dossier { moved, ..output::dossier(loaded, study) };
    let tables = report::tables(&dossier);
    for table in &tables {
        folder.write(&format!("tables/{}.csv", table.name), ring_io::results_csv(table).as_bytes())?;
    }
    folder.write("results.xlsx", &ring_io::results_workbook(&tables, &study.provenance)?)?;
    let json = ring_io::results_json(&tables, &study.provenance);
    folder.write("results.json", format!("{json}\n").as_bytes())?;
    for (name, text) in ring_io::folder_files(&loaded.raw) {
        folder.write(&format!("{RING}/{name}"), text.as_bytes())?;
    }
    folder.write("report.html", report::page(&dossier).as_bytes())?;
    folder.write(PROOF, &Proof::of(study).bytes())?;
    folder.finish()
}
