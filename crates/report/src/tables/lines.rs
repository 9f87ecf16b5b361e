//! Menus of lines and their stations.

use super::build::{Head, minutes, money, number, size, table, text, whole};
use crate::context::Context;
use model::Choice as _;
use model::results::ResultTable;

const MENU: &[Head] = &[
    ("item", "", "Item the line makes."),
    ("line_type", "", "Own tasks only, or the complete item."),
    ("option", "", "Place in the menu, from 0."),
    ("takt", "min", "Cycle time asked for."),
    ("cycle_time", "min", "Largest station load."),
    ("cycle_time_planned", "min", "The same with expected rework."),
    ("stations", "", "Station copies."),
    ("stations_bound", "", "Proven least number of station copies."),
    ("proof", "", "What proves the bound."),
    ("status", "", "How the search ended."),
    ("heads", "people", "People of one crew."),
    ("equipment_cost", "money", "Price of the equipment."),
    ("floor_m2", "m2", "Floor of one line."),
];
const STATIONS: &[Head] = &[
    ("item", "", "Item the line makes."),
    ("line_type", "", "Own tasks only, or the complete item."),
    ("option", "", "Place in the menu, from 0."),
    ("station", "", "Station in order of the flow, from 1."),
    ("copies", "", "Identical copies side by side."),
    ("heads", "people", "People at one copy."),
    ("skill", "", "Skill its people are counted under."),
    ("task", "", "Task."),
    ("minutes", "min", "Minutes of the task."),
    ("reason", "", "Why the task is here."),
];

pub(super) fn tables(c: &Context<'_>) -> Vec<ResultTable> {
    let ring = c.ring();
    let (mut menu, mut stations) = (Vec::new(), Vec::new());
    for d in c.d.line_designs {
        let head = |o: usize| vec![text(&ring.items[d.item].key), text(d.line_type.word()), size(o)];
        for (o, option) in d.options.iter().enumerate() {
            let mut row = head(o);
            row.extend([
                minutes(option.takt),
                minutes(option.cycle_time),
                minutes(option.cycle_time_planned),
                whole(option.n_stations()),
                whole(option.bound),
                text(option.proof.word()),
                text(option.status.word()),
                whole(option.n_heads()),
                money(option.equipment_cost),
                number(option.floor_m2, 1),
            ]);
            menu.push(row);
            for (k, s) in option.stations.iter().enumerate() {
                for (i, t) in s.tasks.iter().enumerate() {
                    let task = &ring.tasks[*t];
                    let mut row = head(o);
                    row.extend([
                        size(k + 1),
                        whole(s.copies),
                        whole(s.heads),
                        text(&ring.skills[s.skill].key),
                        text(&task.key),
                        minutes(task.minutes),
                        text(s.reasons.get(i).map_or("", String::as_str)),
                    ]);
                    stations.push(row);
                }
            }
        }
    }
    vec![
        table("line_menu", "Layouts per item and line type that the plan may choose from.", MENU, menu),
        table("line_stations", "Tasks of every station of every layout.", STATIONS, stations),
    ]
}
