//! Which numbers have no source, and which sources carry the result.

use crate::dossier::Dossier;
use model::Address;
use model::ids::AssumptionId;
use model::schema;
use model::tables::assumptions::Grade;
use std::collections::{BTreeMap, BTreeSet};
use units::Money;

/// Numbers and days of one table, or of the settings.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Covered {
    /// Table, or `ring`.
    pub(crate) table: String,
    /// Written.
    pub(crate) numbers: usize,
    /// Of these, with a graded source.
    pub(crate) sourced: usize,
    /// Of these, recorded as an assumption without a source.
    pub(crate) assumed: usize,
    /// Empty and planned with an assumed value; not among `numbers`.
    pub(crate) missing: usize,
}

impl Covered {
    /// Written and neither sourced nor recorded.
    pub(crate) fn bare(&self) -> usize {
        self.numbers.saturating_sub(self.sourced + self.assumed)
    }
}

/// Tables that are records of their own: nobody asks for the source of a day of signing.
const RECORDS: &[&str] = &["assumptions", "gates", "decisions", "readiness"];

/// Addresses of all numbers and days as written, empty cells left out.
fn written(d: &Dossier<'_>) -> BTreeSet<Address> {
    let mut numbers: BTreeSet<Address> = BTreeSet::new();
    for schema in schema::TABLES.iter().filter(|t| !RECORDS.contains(&t.name)) {
        let Some(raw) = d.raw.table(schema.name) else { continue };
        for row in 0..raw.rows.len() {
            let key = schema.key_of(raw, row);
            let is_number = |name: &&str| schema.column(name).is_some_and(|k| k.kind.range().is_some());
            for column in raw.columns.iter().map(String::as_str).filter(is_number) {
                if raw.cell(row, column).is_some_and(|v| !v.trim().is_empty()) {
                    numbers.insert(Address::cell(schema.name, &key, column));
                }
            }
        }
    }
    for s in &d.raw.settings {
        if model::settings::spec_of(&s.path).is_some_and(|k| k.kind.range().is_some()) && !s.value.trim().is_empty() {
            numbers.insert(Address::setting(&s.path));
        }
    }
    numbers
}

fn table_of(address: &Address) -> &str {
    match address {
        Address::Setting(_) => "ring",
        Address::Cell { table, .. } => table,
    }
}

/// Coverage by table, settings first, then tables in the order of the schema; tables without numbers are left out.
pub(crate) fn by_table(d: &Dossier<'_>) -> Vec<Covered> {
    let mut found: BTreeMap<&str, Covered> = BTreeMap::new();
    let numbers = written(d);
    for address in &numbers {
        found.entry(table_of(address)).or_default().numbers += 1;
    }
    for a in d.ring.assumptions.iter() {
        let row = found.entry(table_of(&a.address)).or_default();
        match (a.is_missing, numbers.contains(&a.address), a.grade) {
            (true, ..) => row.missing += 1,
            (_, true, Grade::Assumed) => row.assumed += 1,
            (_, true, _) => row.sourced += 1,
            _ => {}
        }
    }
    let order = core::iter::once("ring").chain(schema::TABLES.iter().map(|t| t.name));
    order.filter_map(|name| found.remove(name).map(|row| Covered { table: name.to_owned(), ..row })).collect()
}

/// A source and what hangs on it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Carrier {
    /// The source in its own words.
    pub(crate) source: String,
    /// Its grades, the best first.
    pub(crate) grades: Vec<Grade>,
    /// Numbers that rest on it.
    pub(crate) numbers: usize,
    /// Questions among them that were weighed.
    pub(crate) questions: usize,
    /// Share of all squared changes of cost, one question at a time.
    pub(crate) swing_share: f64,
    /// Share of the cost's variance over sampled futures that its questions bring alone; none where none were sampled.
    pub(crate) variance_share: Option<f64>,
    /// What answers to its questions are worth, each alone; none where none were valued.
    pub(crate) worth: Option<Money>,
}

/// Sources by how much of the result they carry: by variance where futures were sampled, else by squared changes of cost.
///
/// A question of several numbers counts for each source of them in equal parts.
pub(crate) fn carriers(d: &Dossier<'_>) -> Vec<Carrier> {
    let ring = d.ring;
    let Some(decision) = d.decision else { return Vec::new() };
    let mut found: BTreeMap<&str, Carrier> = BTreeMap::new();
    for a in ring.assumptions.iter() {
        let carrier = found.entry(a.source.as_str()).or_insert_with(|| Carrier {
            source: a.source.clone(),
            grades: Vec::new(),
            numbers: 0,
            questions: 0,
            swing_share: 0.0,
            variance_share: decision.analysis.as_ref().map(|_| 0.0),
            worth: decision.analysis.as_ref().map(|_| Money::ZERO),
        });
        carrier.numbers += 1;
        if !carrier.grades.contains(&a.grade) {
            carrier.grades.push(a.grade);
        }
    }
    found.values_mut().for_each(|c| c.grades.sort_unstable());
    let squared = |amount: Money| amount.as_f64() * amount.as_f64();
    let all: f64 = decision.questions.iter().map(|q| squared(q.cost_swing)).sum();
    for question in &decision.questions {
        let sources = sources(d, question.assumption);
        let part = 1.0 / crate::svg::count_f64(sources.len());
        for source in sources {
            let Some(carrier) = found.get_mut(source) else { continue };
            carrier.questions += 1;
            if all > 0.0 {
                carrier.swing_share += part * squared(question.cost_swing) / all;
            }
        }
    }
    for known in decision.analysis.iter().flat_map(|a| &a.knowing) {
        let sources = sources(d, known.assumption);
        let part = 1.0 / crate::svg::count_f64(sources.len());
        for source in sources {
            let Some(carrier) = found.get_mut(source) else { continue };
            carrier.variance_share = carrier.variance_share.map(|share| share + part * known.share);
            carrier.worth = carrier.worth.map(|worth| worth + Money::from_f64(part * known.worth.value.as_f64()));
        }
    }
    let mut all: Vec<Carrier> = found.into_values().collect();
    let weight = |c: &Carrier| c.variance_share.unwrap_or(c.swing_share);
    all.sort_by(|a, b| {
        weight(b).total_cmp(&weight(a)).then(b.swing_share.total_cmp(&a.swing_share)).then(a.source.cmp(&b.source))
    });
    all
}

/// The distinct sources of the numbers of one question.
fn sources<'a>(d: &Dossier<'a>, question: AssumptionId) -> BTreeSet<&'a str> {
    let named = &d.ring.assumptions[question];
    match &named.group {
        None => BTreeSet::from([named.source.as_str()]),
        Some(_) => {
            let tied = d.ring.assumptions.iter().filter(|a| a.is_range() && a.group == named.group);
            tied.map(|a| a.source.as_str()).collect()
        }
    }
}
