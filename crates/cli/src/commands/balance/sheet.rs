//! Balancing one line under all its rules: zoning, limits, people, late pieces, few moves, several items.

use balance::budget::Budget;
use balance::ring::{
    Elsewhere, Frontier, Line, LineRequest, Phase, SheetOptions, ThenAim, frontier, phases, sheet, shifts, why,
};
use diag::{Code, Diagnostic};
use model::Ring;
use model::control::Control;
use model::ids::TaskId;
use model::results::{LineLimits, LineSheet, Provenance, SharedItem};
use model::tables::capability::LineType;
use serde_json::{Value, json};
use units::{Minutes, Quantity};

use super::Args;
use super::ring::{item, line, no_takt, unknown};
use crate::args::Cli;
use crate::exit::{Answer, Failure};
use crate::input;
use crate::output::tell;
use crate::progress::Watch;
use crate::show::sheet as show;
use crate::stop;
use crate::talk::{Format, give, give_json};
use crate::work::complete;

/// What one line is to keep, and what is to be told of it.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "One line under its rules")]
pub(super) struct Rules {
    /// Tell one line in full
    #[arg(long)]
    sheet: bool,

    /// Most heads of a shift
    #[arg(long, alias = "max-heads", value_name = "N")]
    heads_max: Option<i64>,

    /// Most of a kind of equipment
    #[arg(long, alias = "max-equipment", value_name = "KIND=N", value_delimiter = ',')]
    equipment_max: Vec<String>,

    /// Most tasks moved from `today.csv`
    #[arg(long, alias = "max-moves", value_name = "N")]
    moves_max: Option<i64>,

    /// Most late pieces per station, 0 to 1
    #[arg(long, value_name = "SHARE")]
    overflow: Option<f64>,

    /// Other items made in turn
    #[arg(long, value_name = "ITEM=N", value_delimiter = ',')]
    mix: Vec<String>,

    /// Most takts of one item per station
    #[arg(long, value_name = "X")]
    peak: Option<f64>,

    /// Run by the people of a site
    #[arg(long, value_name = "SITE")]
    people: Option<String>,

    /// Made small after stations, in this order
    #[arg(long, value_name = "AIM,...", value_delimiter = ',')]
    then: Vec<String>,

    /// Why a task stands where it stands
    #[arg(long, value_name = "TASK")]
    why: Vec<String>,

    /// Stations against moves
    #[arg(long)]
    frontier: bool,

    /// A line from each of these pieces on
    #[arg(long, value_name = "N,...", value_delimiter = ',')]
    phases: Vec<i64>,
}

impl Rules {
    /// True when one line is to be told in full.
    pub(super) fn are_asked(&self) -> bool {
        let limited = self.heads_max.or(self.moves_max).is_some() || !self.equipment_max.is_empty();
        let kept = self.overflow.or(self.peak).is_some() || self.people.is_some() || !self.mix.is_empty();
        self.sheet
            || limited
            || kept
            || !self.then.is_empty()
            || !self.why.is_empty()
            || self.frontier
            || !self.phases.is_empty()
    }
}

/// What is told of one line.
pub(crate) struct Told {
    pub(crate) sheet: LineSheet,
    pub(crate) frontier: Vec<Frontier>,
    pub(crate) phases: Vec<Phase>,
    pub(crate) why: Vec<(TaskId, Vec<Elsewhere>)>,
}

/// Lays out the line and tells it.
pub(super) fn run(args: &Args, cli: &Cli) -> Result<Answer, Failure> {
    if args.stations.is_some() || args.threads.is_some() || args.time_max.is_some() {
        let fact = "--stations, --threads and --time-max say nothing for one line under its rules";
        let help = "limit stations with --stations-max; give the takt with --takt";
        return Err(Box::new(Diagnostic::error(Code(504), fact, help)).into());
    }
    let loaded = match input::load(&args.input, cli)? {
        Ok(loaded) => loaded,
        Err(answer) => return Ok(answer),
    };
    let ring = &loaded.ring;
    let [takt] = args.takt.as_slice() else {
        let help = "give one, such as --takt 60";
        return Err(Box::new(Diagnostic::error(Code(504), "a line in full needs one takt", help)).into());
    };
    let takt =
        takt.trim().parse::<Minutes>().ok().filter(|t| *t > Minutes::ZERO).ok_or_else(|| Box::new(no_takt(takt)))?;
    let then = then(&args.rules.then)?;
    let options = SheetOptions { limits: limits(args, ring)?, then, ..SheetOptions::of(args.effort.effort()) };
    let tasks = args.rules.why.iter().map(|key| task(ring, key)).collect::<Result<Vec<_>, _>>()?;
    let line = shared(args, ring)?;
    if let Ok(line) = &line {
        today_is_known(args, ring, line)?;
    }
    let watch = Watch::new(cli.quiet);
    let listen = |progress| watch.tell(&progress);
    let control = Control::new(stop::flag(), u64::MAX, &listen);
    let told = line.and_then(|line| all(args, ring, &line, takt, &options, &tasks, &control));
    drop(watch);
    let told = match told {
        Ok(told) => told,
        Err(refusal) => {
            tell(&loaded, &[refusal]);
            return Ok(Answer::No);
        }
    };
    let faults = verify::line_sheet(ring, &told.sheet);
    tell(&loaded, &faults);
    match cli.format {
        Format::Json => {
            let provenance = complete(Provenance { options: asked(args), ..Provenance::default() }, &loaded);
            give_json(&as_json(ring, &told, &provenance))?;
        }
        Format::Text => give(&show::text(ring, &told))?,
    }
    Ok(if !faults.is_empty() {
        Answer::No
    } else if stop::is_asked() {
        Answer::Stopped
    } else {
        Answer::Yes
    })
}

fn all(
    args: &Args,
    ring: &Ring,
    line: &Line,
    takt: Minutes,
    options: &SheetOptions,
    tasks: &[TaskId],
    control: &Control<'_>,
) -> Result<Told, Diagnostic> {
    let mut budget = Budget::new(control);
    let sheet = sheet(ring, line, takt, options, &mut budget)?;
    let frontier = if args.rules.frontier { frontier(ring, line, takt, options, &mut budget)? } else { Vec::new() };
    let phases = phases(ring, line, takt, &args.rules.phases, options, &mut budget)?;
    let why =
        tasks.iter().map(|&t| Ok((t, why(ring, line, &sheet, options, t)?))).collect::<Result<_, Diagnostic>>()?;
    Ok(Told { sheet, frontier, phases, why })
}

/// Moves are counted from the line that stands today, which has to be known.
fn today_is_known(args: &Args, ring: &Ring, line: &Line) -> Result<(), Failure> {
    let asked = match (args.rules.moves_max, args.rules.frontier) {
        (Some(_), _) => "--moves-max",
        (None, true) => "--frontier",
        (None, false) => return Ok(()),
    };
    let request = &line.request;
    if ring.today.iter().any(|row| (row.item, row.line_type) == (request.item, request.line_type)) {
        return Ok(());
    }
    let key = &ring.items[request.item].key;
    let fact = format!("{asked} counts moves from today's line of `{key}`, which `today.csv` does not tell");
    let help = "list item, line_type, task and station of each task as it stands";
    Err(Box::new(Diagnostic::error(Code(504), fact, help)).into())
}

/// The line asked for, with the items of `--mix` made in turn.
fn shared(args: &Args, ring: &Ring) -> Result<Result<Line, Diagnostic>, Failure> {
    if args.rules.mix.is_empty() {
        return line(args, ring);
    }
    let mut pieces = Vec::new();
    for text in &args.rules.mix {
        let (name, n) = pair(text)?;
        pieces.push((item(ring, name)?, n));
    }
    let sum: i64 = pieces.iter().map(|p| p.1).sum();
    let line_type = if args.whole { LineType::Complete } else { LineType::Cell };
    let share = |n: i64| Quantity::from_f64(n as f64 / sum.max(1) as f64);
    let items: Vec<SharedItem> =
        pieces.iter().map(|&(item, n)| SharedItem { item, line_type, share: share(n) }).collect();
    let request = LineRequest { item: items[0].item, line_type, without_areas: args.without_area.clone() };
    Ok(Line::mixed(ring, request, items))
}

fn limits(args: &Args, ring: &Ring) -> Result<LineLimits, Failure> {
    let rules = &args.rules;
    let within = |name: &str, value: Option<f64>, low: f64, high: f64| match value {
        Some(v) if !(low..=high).contains(&v) => {
            let fact = format!("--{name} {v} has no meaning");
            Err(Box::new(Diagnostic::error(Code(504), fact, format!("write a number from {low} to {high}"))))
        }
        _ => Ok(value),
    };
    let mut equipment_max = Vec::new();
    for text in &rules.equipment_max {
        let (name, n) = pair(text)?;
        let known = ring.equipment.enumerate().find(|(_, e)| e.key == name);
        let Some((kind, _)) = known else {
            return Err(unknown("equipment", name, ring.equipment.iter().map(|e| e.key.as_str())));
        };
        equipment_max.push((kind, n));
    }
    let site = |name: &String| {
        let known = ring.sites.enumerate().find(|(_, s)| s.key == *name).map(|(id, _)| id);
        known.ok_or_else(|| unknown("site", name, ring.sites.iter().map(|s| s.key.as_str())))
    };
    Ok(LineLimits {
        is_single: args.no_copies,
        stations_max: args.stations_max.map(i64::from),
        heads_max: rules.heads_max,
        equipment_max,
        moves_max: rules.moves_max,
        overflow: within("overflow", rules.overflow, 0.0, 1.0)?,
        peak: within("peak", rules.peak, 1.0, 1_000.0)?,
        people_of: rules.people.as_ref().map(site).transpose()?,
    })
}

/// The aims after stations: those named, in their order, or all.
fn then(names: &[String]) -> Result<Vec<ThenAim>, Failure> {
    let mut all = Vec::new();
    for name in names {
        let known = ThenAim::ALL.into_iter().find(|aim| aim.word() == name.trim());
        let Some(aim) = known.filter(|aim| !all.contains(aim)) else {
            let words: Vec<&str> = ThenAim::ALL.iter().map(|aim| aim.word()).collect();
            let help = format!("name each once: {}", words.join(", "));
            return Err(
                Box::new(Diagnostic::error(Code(504), format!("`{name}` is no aim, or twice one"), help)).into()
            );
        };
        all.push(aim);
    }
    Ok(if all.is_empty() { ThenAim::ALL.to_vec() } else { all })
}

/// `NAME=N` with a whole number above 0.
fn pair(text: &str) -> Result<(&str, i64), Failure> {
    let parts = text.split_once('=').and_then(|(name, n)| Some((name.trim(), n.trim().parse::<i64>().ok()?)));
    parts.filter(|(_, n)| (1..=1_000_000).contains(n)).ok_or_else(|| {
        let help = "write a name, `=` and a whole number above 0, such as camera=2";
        Failure::from(Box::new(Diagnostic::error(Code(504), format!("`{text}` is not NAME=N"), help)))
    })
}

fn task(ring: &Ring, key: &str) -> Result<TaskId, Failure> {
    let known = ring.tasks.enumerate().find(|(_, t)| t.key == key).map(|(id, _)| id);
    known.ok_or_else(|| unknown("task", key, ring.tasks.iter().map(|t| t.key.as_str())))
}

/// The options the line depends on, in name order.
fn asked(args: &Args) -> Vec<(String, String)> {
    let rules = &args.rules;
    let mut all = vec![("effort", args.effort.word().to_owned()), ("whole", args.whole.to_string())];
    all.push(("copies", (!args.no_copies).to_string()));
    all.push(("takt", args.takt.join(",")));
    let lists = [
        ("equipment_max", &rules.equipment_max),
        ("mix", &rules.mix),
        ("then", &rules.then),
        ("without_area", &args.without_area),
    ];
    all.extend(lists.into_iter().filter(|(_, list)| !list.is_empty()).map(|(name, list)| (name, list.join(","))));
    let numbers = [
        ("stations_max", args.stations_max.map(i64::from)),
        ("heads_max", rules.heads_max),
        ("moves_max", rules.moves_max),
    ];
    all.extend(numbers.into_iter().filter_map(|(name, n)| Some((name, n?.to_string()))));
    let shares = [("overflow", rules.overflow), ("peak", rules.peak)];
    all.extend(shares.into_iter().filter_map(|(name, n)| Some((name, n?.to_string()))));
    all.extend(args.item.iter().map(|item| ("item", item.clone())));
    all.extend(rules.people.iter().map(|site| ("people", site.clone())));
    all.sort_unstable();
    all.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}

fn as_json(ring: &Ring, told: &Told, provenance: &Provenance) -> Value {
    let sheet = &told.sheet;
    let option = &sheet.option;
    let key = |t: &TaskId| ring.tasks[*t].key.clone();
    let station = |at: usize| {
        let s = &option.stations[at];
        json!({
            "tasks": s.tasks.iter().map(key).collect::<Vec<_>>(), "copies": s.copies, "minutes": s.load.as_f64(),
            "heads": s.heads, "skill": ring.skills[s.skill].key, "reasons": s.reasons,
            "late": sheet.overflow.get(at), "today": sheet.stands_at.get(at).copied().flatten(),
            "people": sheet.people.get(at).map(|all| all.iter().map(|p| ring.people[*p].key.clone()).collect::<Vec<_>>()),
            "minutes_by_item": sheet.minutes_of[at].iter().map(|m| m.as_f64()).collect::<Vec<_>>(),
        })
    };
    json!({
        "version": 1, "command": "balance", "program": concat!("ringworks ", env!("CARGO_PKG_VERSION")),
        "options": provenance.options.iter().map(|(n, v)| json!({"name": n, "value": v})).collect::<Vec<_>>(),
        "items": sheet.items.iter()
            .map(|i| json!({"item": ring.items[i.item].key, "share": i.share.as_f64()})).collect::<Vec<_>>(),
        "takt": option.takt.as_f64(), "cycle_time": option.cycle_time.as_f64(),
        "cycle_time_planned": option.cycle_time_planned.as_f64(),
        "stations": option.n_stations(), "bound": option.bound, "status": option.status.word(),
        "certificate": option.proof.word(), "heads": option.n_heads(),
        "equipment_cost": option.equipment_cost.as_f64(), "floor_m2": option.floor_m2,
        "aims": sheet.aims.iter()
            .map(|a| json!({"aim": a.name, "value": a.value, "proven": a.is_proven})).collect::<Vec<_>>(),
        "moved": sheet.moved.iter().map(key).collect::<Vec<_>>(),
        "assignment": (0..option.stations.len()).map(station).collect::<Vec<_>>(),
        "shifts": shifts(ring, sheet).iter().map(|s| json!({
            "site": ring.sites[s.site].key, "shift": ring.calendar_entries[s.shift].entry,
            "minutes": s.minutes.as_f64(), "heads": s.heads, "pieces": s.pieces, "utilisation": s.utilisation,
        })).collect::<Vec<_>>(),
        "frontier": told.frontier.iter()
            .map(|f| json!({"stations": f.stations, "moves": f.moves, "proven": f.is_proven})).collect::<Vec<_>>(),
        "phases": told.phases.iter().map(|p| json!({
            "from_piece": p.from_piece, "factor": p.factor, "takt": p.takt.as_f64(), "moves": p.moves,
            "stations": p.sheet.option.n_stations(), "heads": p.sheet.option.n_heads(), "proven": p.is_proven,
            "assignment": p.sheet.option.stations.iter()
                .map(|s| s.tasks.iter().map(key).collect::<Vec<_>>()).collect::<Vec<_>>(),
        })).collect::<Vec<_>>(),
        "why": told.why.iter().map(|(t, all)| json!({
            "task": key(t),
            "elsewhere": all.iter().map(|e| json!({"station": e.station, "against": e.against})).collect::<Vec<_>>(),
        })).collect::<Vec<_>>(),
    })
}
