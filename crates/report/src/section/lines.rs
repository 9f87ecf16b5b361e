//! Lines: the layout of each line the plan uses, and the menu it chose from.

use super::{absent, make};
use crate::chart::{Segment, StationLoad, Yamazumi};
use crate::context::Context;
use crate::fmt::{count, dec, int, pct, short};
use crate::frame::Section;
use crate::html::Html;
use crate::part::{Cell, Column, Figure, Table, Tone, badge};
use crate::svg::count_f64;
use model::ids::{ItemId, TaskId};
use model::results::{LineDesign, LineOption, Status};
use std::collections::BTreeMap;
use units::Minutes;

/// Layouts drawn at most; the others stand in the menu.
const DRAWN: usize = 8;
/// Stations up to which a layout takes half the width.
const HALF_STATIONS: usize = 6;
/// Rows of the menu at most.
const MENU_ROWS: usize = 120;

pub(super) fn section(c: &Context<'_>) -> Section {
    let mut body = Html::new();
    if c.d.line_designs.is_empty() {
        body.push(&absent("No line was laid out.", "Balancing gave no result for this ring."));
    }
    let used = used_options(c);
    let mut chosen: Vec<(&LineDesign, usize, i64)> =
        c.d.line_designs
            .iter()
            .flat_map(|d| (0..d.options.len()).map(move |o| (d, o)))
            .filter_map(|(d, o)| used.get(&key(d, o)).map(|n| (d, o, *n)))
            .collect();
    let from_plan = !chosen.is_empty();
    if !from_plan {
        chosen =
            c.d.line_designs.iter().filter(|d| !d.options.is_empty()).map(|d| (d, d.options.len() / 2, 0)).collect();
    }
    chosen.sort_by_key(|(d, o, n)| (-n * d.options[*o].n_heads(), -d.options[*o].n_heads()));
    if !chosen.is_empty() {
        body.para(if from_plan {
            "Every layout the plan uses. A bar is one station, its parts are tasks; the line keeps the pace of its fullest station. The second limit is the \
             pace the layout was asked for."
        } else {
            "There is no plan that chooses, so one layout from the middle of each menu is shown."
        });
    }
    let mut drawn = Html::new();
    for (k, (design, option, lines)) in chosen.iter().take(DRAWN).enumerate() {
        drawn.push(&figure(c, design, &design.options[*option], *lines, k));
    }
    body.push(&drawn.wrap("div", "duo"));
    if chosen.len() > DRAWN {
        body.para(&format!(
            "{} more stand in the menu below and in tables/line_stations.csv.",
            count(chosen.len() - DRAWN, "layout", "layouts")
        ));
    }
    if !c.d.line_designs.is_empty() {
        body.push(&Html::text("The menu").wrap("h3", ""));
        body.push(&menu(c, &used));
    }
    make("lines", "Lines and stations", "Lines", body)
}

fn key(design: &LineDesign, option: usize) -> (ItemId, &'static str, usize) {
    (design.item, line_word(design), option)
}

pub(super) fn line_word(design: &LineDesign) -> &'static str {
    use model::Choice as _;
    design.line_type.word()
}

/// Lines the plan orders of each layout.
fn used_options(c: &Context<'_>) -> BTreeMap<(ItemId, &'static str, usize), i64> {
    use model::Choice as _;
    let mut used = BTreeMap::new();
    for l in c.d.programme.iter().flat_map(|p| &p.lines) {
        let row = &c.ring().capability[l.capability];
        *used.entry((row.item, row.line_type.word(), l.option)).or_insert(0) += l.count;
    }
    used
}

fn title(c: &Context<'_>, design: &LineDesign) -> String {
    format!("{}, {} line", c.item(design.item), line_word(design))
}

fn proof_badge(option: &LineOption) -> Html {
    let n = option.n_stations();
    let stations = count(usize::try_from(n).unwrap_or(0), "station", "stations");
    if option.status == Status::Optimal || n <= option.bound {
        badge(Tone::Good, &format!("{stations}, proven least ({})", option.proof.word()))
    } else {
        badge(
            Tone::Plain,
            &format!(
                "{stations}; at least {} needed ({}); {}",
                option.bound,
                option.proof.word(),
                option.status.word()
            ),
        )
    }
}

fn figure(c: &Context<'_>, design: &LineDesign, option: &LineOption, lines: i64, k: usize) -> Html {
    let yamazumi = yamazumi(c, design, option);
    let n = option.n_stations();
    let load: f64 = option.stations.iter().map(|s| s.load.as_f64()).sum();
    let efficiency = load / (count_f64(usize::try_from(n.max(1)).unwrap_or(1)) * option.cycle_time.as_f64().max(1e-9));
    let where_used = if lines > 0 {
        format!(" The plan orders {}.", count(usize::try_from(lines).unwrap_or(0), "line", "lines"))
    } else {
        String::new()
    };
    let finding = format!(
        "{}: {} a piece every {} min, stations filled to {}",
        title(c, design),
        count(usize::try_from(n).unwrap_or(0), "station gives", "stations give"),
        short(option.cycle_time.as_f64(), 1),
        pct(efficiency, 0)
    );
    let note = format!(
        "Minutes of a trained crew for one piece at each station. With expected rework the line plans {} min; asked for at most {}. {} a shift, equipment {}.{where_used}",
        short(option.cycle_time_planned.as_f64(), 1),
        short(option.takt.as_f64(), 1),
        count(usize::try_from(option.n_heads()).unwrap_or(0), "person", "people"),
        c.money(option.equipment_cost),
    );
    let is_small = option.stations.len() <= HALF_STATIONS;
    let mut html = proof_badge(option).wrap("p", "badges");
    let id = format!("fig-line-{}", k + 1);
    let sources = c.sources("lines", &["tasks", "items", "equipment"]);
    let figure = Figure { id: &id, finding, note, chart: &yamazumi, sources };
    html.push(&if is_small { figure.half() } else { figure.html() });
    html.push(&reasons(c, design, option));
    html.wrap("div", if is_small { "one" } else { "both" })
}

fn yamazumi(c: &Context<'_>, design: &LineDesign, option: &LineOption) -> Yamazumi {
    let ring = c.ring();
    let mut groups: Vec<String> = Vec::new();
    for task in &ring.tasks {
        if !groups.contains(&task.area) {
            groups.push(task.area.clone());
        }
    }
    let minutes: BTreeMap<TaskId, Minutes> = rules::labour::tasks(ring, design.item, design.line_type)
        .into_iter()
        .map(|t| (t.task, rules::labour::minutes(ring, t)))
        .collect();
    let stations = option
        .stations
        .iter()
        .enumerate()
        .map(|(i, s)| {
            let copies = count_f64(usize::try_from(s.copies.max(1)).unwrap_or(1));
            let segments = s.tasks.iter().map(|t| {
                let task = &ring.tasks[*t];
                Segment {
                    task: task.key.clone(),
                    name: task.name.clone(),
                    minutes: minutes.get(t).copied().unwrap_or(task.minutes).as_f64() / copies,
                    group: groups.iter().position(|g| *g == task.area).unwrap_or(0),
                }
            });
            StationLoad {
                label: if s.copies > 1 { format!("{}\u{d7}{}", i + 1, s.copies) } else { format!("{}", i + 1) },
                heads: count_f64(usize::try_from(s.heads * s.copies).unwrap_or(0)),
                segments: segments.collect(),
            }
        })
        .collect();
    let takt = (option.takt > option.cycle_time).then(|| option.takt.as_f64());
    for name in groups.iter_mut().filter(|g| g.is_empty()) {
        "no area given".clone_into(name);
    }
    Yamazumi {
        title: title(c, design),
        stations,
        groups: groups.iter().map(|g| g.replace('_', " ")).collect(),
        cycle: option.cycle_time.as_f64(),
        takt,
    }
}

/// Why each task stands where it does, with its minutes leading to the input.
fn reasons(c: &Context<'_>, design: &LineDesign, option: &LineOption) -> Html {
    let columns = vec![
        Column::text("Task"),
        Column::text("Station"),
        Column::number("Minutes"),
        Column::text("Needs"),
        Column::text("Why here"),
    ];
    let mut table = Table::new(format!("Tasks of {}", title(c, design)), columns);
    for (i, s) in option.stations.iter().enumerate() {
        for (k, t) in s.tasks.iter().enumerate() {
            let task = &c.ring().tasks[*t];
            let skill = &c.ring().skills[task.skill].name;
            table.row([
                Cell::from(format!("{} {}", task.key, task.name)),
                format!("{}", i + 1).into(),
                c.cell("tasks", &task.key, "minutes", &short(task.minutes.as_f64(), 3)).into(),
                skill.as_str().into(),
                s.reasons.get(k).map_or("", String::as_str).into(),
            ]);
        }
    }
    table.folded("Show why each task stands where it does")
}

fn menu(c: &Context<'_>, used: &BTreeMap<(ItemId, &'static str, usize), i64>) -> Html {
    let columns = vec![
        Column::text("Line"),
        Column::number("Asked pace (min)"),
        Column::number("Cycle time (min)"),
        Column::number("Stations"),
        Column::number("At least"),
        Column::text("Proven by"),
        Column::number("People a shift"),
        Column::number("Equipment"),
        Column::number("Floor (m\u{b2})"),
        Column::number("Lines in the plan"),
    ];
    let mut table = Table::new("Layouts the plan may choose from, per item and line type", columns);
    let rows =
        c.d.line_designs.iter().flat_map(|d| d.options.iter().enumerate().map(move |(o, option)| (d, o, option)));
    let mut left_out = 0;
    for (d, o, option) in rows {
        let lines = used.get(&key(d, o)).copied().unwrap_or(0);
        if table.len() >= MENU_ROWS && lines == 0 {
            left_out += 1;
            continue;
        }
        let minutes = |m: Minutes| short(m.as_f64(), 1);
        let proof = if option.n_stations() <= option.bound {
            option.proof.word().to_owned()
        } else {
            format!("{}, open", option.proof.word())
        };
        table.row([
            Cell::from(title(c, d)),
            minutes(option.takt).into(),
            minutes(option.cycle_time).into(),
            int(option.n_stations()).into(),
            int(option.bound).into(),
            proof.into(),
            int(option.n_heads()).into(),
            c.money(option.equipment_cost).into(),
            dec(option.floor_m2, 0).into(),
            if lines > 0 { int(lines) } else { "\u{2013}".to_owned() }.into(),
        ]);
    }
    let mut html = table.html();
    if left_out > 0 {
        html.para(&format!("{} more in tables/line_menu.csv.", count(left_out, "layout", "layouts")));
    }
    html
}
