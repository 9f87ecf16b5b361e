//! Every chart and part on invented data, for the eye: `cargo run -p ringworks-report --example gallery -- OUT.html`.

use report::chart::{
    BarRow, Bars, Budget, BudgetRow, Fan, FanBand, FanPanel, Frontier, FrontierPoint, Gantt, GanttBar, GanttGroup,
    GanttKind, GanttRow, Lane, LaneKind, Mark, Node, NodeKind, RingMap, Segment, Stack, StackRow, StationLoad, Step,
    Strip, StripRow, Survival, SurvivalRow, Swing, Tornado, Waterfall, Yamazumi,
};
use report::fmt::money;
use report::frame::{Page, Section};
use report::html::Html;
use report::part::{Figure, GateCard, GateState, Headline, Source, Tone, badge, gate_board, headline_band, notice};

const WEEKS: usize = 52;

fn marks() -> Vec<Mark> {
    let names = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    names.iter().enumerate().map(|(i, n)| Mark { at: i * 52 / 12, label: (*n).to_owned() }).collect()
}

fn periods() -> Vec<String> {
    (1..=WEEKS).map(|w| format!("week {w}")).collect()
}

fn ramp(rate: f64, start: f64) -> Vec<f64> {
    (0..WEEKS).map(|w| (rate * ((w as f64 - start) / 12.0).clamp(0.0, 1.0)).round()).collect()
}

fn fan() -> Fan {
    let panel = |title: &str, rate: f64, ask: f64, start: f64| {
        let plan = ramp(rate, start);
        FanPanel {
            title: title.into(),
            unit: "units a week".into(),
            demand: Some(
                (0..WEEKS)
                    .map(|w| {
                        if w < 18 {
                            0.0
                        } else if w < 34 {
                            ask * 0.5
                        } else {
                            ask
                        }
                    })
                    .collect(),
            ),
            median: Some(plan.iter().map(|v| v * 0.91).collect()),
            band: Some(FanBand {
                label: "8 in 10 runs".into(),
                low: plan.iter().map(|v| v * 0.68).collect(),
                high: plan.iter().map(|v| v * 1.01).collect(),
            }),
            plan: Some(plan),
        }
    };
    Fan {
        periods: periods(),
        marks: marks(),
        panels: vec![panel("Home forces", 34.0, 36.0, 10.0), panel("Exercise centre", 12.0, 10.0, 14.0)],
        places: 1,
        caption: "Deliveries by week".into(),
    }
}

fn yamazumi() -> Yamazumi {
    let groups: Vec<String> =
        ["airframe", "wings", "tail", "electronics", "propulsion", "battery", "camera", "final", "ground test", "pack"]
            .map(String::from)
            .to_vec();
    let prefix = ["A", "B", "T", "C", "D", "E", "F", "G", "H", "K"];
    let stations = (0..21)
        .map(|i| StationLoad {
            label: format!("{}", i + 1),
            heads: 1.0,
            segments: (0..2 + i % 3)
                .map(|k| {
                    let g = (i * 10 / 21 + k / 2) % 10;
                    Segment {
                        task: format!("{}{:02}", prefix[g], i % 9 + k + 1),
                        name: "Fit, fasten and check".into(),
                        minutes: (56.0 - (i % 4) as f64 * 2.0) / (2 + i % 3) as f64 + if k == 0 { 2.0 } else { 0.0 },
                        group: g,
                    }
                })
                .collect(),
        })
        .collect();
    Yamazumi { title: "final line at Alder".into(), stations, groups, cycle: 58.0, takt: Some(60.0) }
}

fn gantt() -> Gantt {
    let bar = |start, end, kind, label: &str| GanttBar { start, end, kind, label: label.into() };
    let site = |name: &str, at: usize| GanttGroup {
        label: name.into(),
        rows: vec![
            GanttRow {
                label: "wing set".into(),
                bars: vec![
                    bar(at, at + 6, GanttKind::Wait, "licence"),
                    bar(at + 6, at + 10, GanttKind::Prepare, "line opens"),
                    bar(at + 12, at + 12, GanttKind::Run, "first article"),
                    bar(at + 13, 52, GanttKind::Run, "makes up to 24 a week"),
                ],
            },
            GanttRow {
                label: "hiring and training".into(),
                bars: vec![
                    bar(at + 2, at + 9, GanttKind::Prepare, "26 hired"),
                    bar(at + 9, at + 12, GanttKind::Prepare, "at home plant"),
                ],
            },
        ],
    };
    Gantt { periods: periods(), marks: marks(), groups: vec![site("Alder", 2), site("Birch", 6), site("Cedar", 14)] }
}

fn ring_map() -> RingMap {
    let node = |label: &str, note: &str, kind, ring, output| Node {
        label: label.into(),
        note: note.into(),
        kind,
        ring,
        output,
    };
    let lane = |from, to, kind, flow, unit: &str| Lane { from, to, kind, flow, unit: unit.into() };
    RingMap {
        rings: vec!["0\u{2013}40 km".into(), "40\u{2013}120 km".into(), "120\u{2013}400 km".into()],
        nodes: vec![
            node("Home plant", "kits, training", NodeKind::Home, None, 300.0),
            node("Home forces", "1 180 units", NodeKind::Customer, None, 0.0),
            node("Exercise centre", "350 units", NodeKind::Customer, None, 0.0),
            node("Alder", "final, ground test", NodeKind::Site, Some(2), 1530.0),
            node("Birch", "wings", NodeKind::Site, Some(2), 900.0),
            node("Cedar", "wings, electronics", NodeKind::Site, Some(1), 640.0),
            node("Dogwood", "battery", NodeKind::Site, Some(1), 1530.0),
            node("Elm", "", NodeKind::Candidate, Some(0), 0.0),
            node("Fir", "", NodeKind::Candidate, Some(0), 0.0),
        ],
        lanes: vec![
            lane(0, 3, LaneKind::Parts, 1200.0, "kits"),
            lane(0, 4, LaneKind::Parts, 700.0, "kits"),
            lane(0, 5, LaneKind::Parts, 300.0, "kits"),
            lane(4, 3, LaneKind::Items, 900.0, "wing sets"),
            lane(5, 3, LaneKind::Items, 640.0, "wing sets"),
            lane(6, 3, LaneKind::Items, 1530.0, "packs"),
            lane(3, 1, LaneKind::Units, 1180.0, "units"),
            lane(3, 2, LaneKind::Units, 350.0, "units"),
        ],
    }
}

fn waterfall() -> Waterfall {
    let step = |label: &str, amount: f64| Step { label: label.into(), amount, text: money(amount, "EUR") };
    let steps = vec![
        step("Bought parts", 8_120_000.0),
        step("Direct labour", 2_340_000.0),
        step("Line opening and tooling", 1_610_000.0),
        step("Hiring and training", 420_000.0),
        step("Site rent and overhead", 680_000.0),
        step("Transport", 214_000.0),
        step("Stock holding", 96_000.0),
    ];
    let total = money(steps.iter().map(|s| s.amount).sum(), "EUR");
    Waterfall { caption: "Cost by category".into(), steps, total }
}

fn budget() -> Budget {
    let row = |payer: &str, amount: f64, ceiling: Option<f64>| BudgetRow {
        payer: payer.into(),
        amount,
        text: money(amount, "EUR"),
        ceiling: ceiling.map(|c| (c, money(c, "EUR"))),
    };
    Budget {
        rows: vec![
            row("Ministry", 9_800_000.0, Some(12_000_000.0)),
            row("Car maker", 2_900_000.0, Some(2_500_000.0)),
            row("Aircraft firm", 780_000.0, None),
        ],
    }
}

fn tornado() -> Tornado {
    let swing = |label: &str, low: &str, a, high: &str, b| Swing {
        label: label.into(),
        low: (low.into(), a),
        high: (high.into(), b),
    };
    Tornado {
        result: "units delivered in the year".into(),
        base: 1412.0,
        places: 0,
        swings: vec![
            swing("Share of alarm time worked", "0 %", 980.0, "70 %", 1530.0),
            swing("Weeks from request to licence", "4", 1490.0, "16", 1105.0),
            swing("Learning rate", "0.80", 1475.0, "0.92", 1260.0),
            swing("First-pass yield of flight acceptance", "0.85", 1340.0, "0.97", 1450.0),
            swing("Lead time of motors", "3 weeks", 1412.0, "12 weeks", 1350.0),
        ],
    }
}

fn states() -> Vec<(String, String)> {
    [
        ("working", "s-work"),
        ("waiting for work", "s-wait"),
        ("blocked", "s-block"),
        ("alarm", "s-alarm"),
        ("no power", "s-power"),
        ("down", "s-down"),
    ]
    .map(|(a, b)| (a.to_owned(), b.to_owned()))
    .to_vec()
}

fn strip() -> Strip {
    let rows = ["Alder", "Birch", "Cedar", "Dogwood"]
        .iter()
        .enumerate()
        .map(|(k, name)| StripRow {
            label: (*name).to_owned(),
            shares: (0..WEEKS)
                .map(|w| {
                    if w < 6 + 4 * k {
                        return vec![0.0; 6];
                    }
                    let down = if (w + 7 * k) % 23 < 2 { 0.8 } else { 0.0 };
                    let alarm = 0.08 + 0.05 * ((w * (k + 3)) % 5) as f64 / 5.0;
                    let rest = 1.0 - down - alarm * (1.0 - down);
                    vec![rest * 0.78, rest * 0.09, rest * 0.07, alarm * (1.0 - down), rest * 0.06, down]
                })
                .collect(),
        })
        .collect();
    Strip { states: states(), periods: periods(), marks: marks(), rows }
}

fn stack() -> Stack {
    let row = |label: &str, marked, shares: [f64; 6]| StackRow {
        label: label.into(),
        is_marked: marked,
        shares: shares.to_vec(),
    };
    Stack {
        caption: "States of stations".into(),
        row_head: "Station".into(),
        states: states(),
        rows: vec![
            row("Alder \u{b7} station 4", true, [0.86, 0.02, 0.01, 0.07, 0.03, 0.01]),
            row("Alder \u{b7} station 7", false, [0.74, 0.11, 0.05, 0.07, 0.02, 0.01]),
            row("Birch \u{b7} station 2", false, [0.61, 0.22, 0.06, 0.07, 0.02, 0.02]),
            row("Cedar \u{b7} station 1", false, [0.48, 0.31, 0.03, 0.12, 0.04, 0.02]),
        ],
    }
}

fn bars() -> Bars {
    let row = |label: &str, value: f64, lo, hi| BarRow {
        label: label.into(),
        value,
        text: report::fmt::dec(value, 0),
        interval: Some((lo, hi)),
        interval_text: format!("{lo} to {hi}"),
    };
    Bars {
        caption: "Units lost by cause".into(),
        row_head: "Cause".into(),
        value_head: "Units".into(),
        rows: vec![
            row("Alarms", 61.0, 55.0, 67.0),
            row("Missing parts", 44.0, 36.0, 52.0),
            row("Power", 29.0, 26.0, 32.0),
            row("Absence", 18.0, 16.0, 20.0),
            row("Rework", 12.0, 11.0, 13.0),
        ],
    }
}

fn survival() -> Survival {
    let row = |label: &str, recover, survive, short, lost: &str, ends: &str| SurvivalRow {
        label: label.into(),
        recover,
        missed: recover.map(|days: f64| 0.6 * days),
        survive,
        short,
        lost: lost.into(),
        ends: ends.into(),
    };
    Survival {
        horizon: 364.0,
        rows: vec![
            row("Alder", Some(62.0), Some(21.0), true, "1.4 M EUR", "North customer"),
            row("motor maker", Some(45.0), Some(33.0), true, "210 k EUR", ""),
            row("all of zone river", Some(30.0), Some(48.0), false, "", ""),
            row("lane alder_quay", None, Some(12.0), false, "not known", ""),
            row("box printer", Some(14.0), None, false, "", ""),
        ],
    }
}

fn frontier() -> Frontier {
    let p = |label: &str, x, y, f, c| FrontierPoint { label: label.into(), x, y, on_frontier: f, is_chosen: c };
    Frontier {
        x_label: "total cost, M EUR".into(),
        y_label: "units still delivered when the worst site stops, %".into(),
        places: (1, 0),
        points: vec![
            p("One large site", 11.2, 8.0, true, false),
            p("Serial, four sites", 12.1, 14.0, true, false),
            p("Parallel, two sites", 13.5, 55.0, true, true),
            p("Parallel, three sites", 15.4, 70.0, true, false),
            p("At home", 14.6, 48.0, false, false),
        ],
    }
}

fn gates() -> Html {
    let card = |id: &str, q: &str, state, evidence: &[(&str, bool, &str)], blocking: &str| GateCard {
        id: id.into(),
        question: q.into(),
        state,
        evidence: evidence.iter().map(|(a, b, c)| ((*a).to_owned(), *b, (*c).to_owned())).collect(),
        blocking: Html::text(blocking),
    };
    gate_board(&[
        card(
            "G0",
            "Is there a mandate?",
            GateState::Passed,
            &[("Request letter", true, "ministry"), ("Owner for every question", true, "ministry")],
            "",
        ),
        card(
            "G1",
            "Can it be done, where, at what cost?",
            GateState::Open,
            &[("Scenario runs", true, "car maker"), ("Legal check", false, "ministry, due week 9")],
            "",
        ),
        card(
            "G2",
            "Who owns what?",
            GateState::Blocked,
            &[("Licence and workshare", false, "aircraft firm, due week 14"), ("Funding", false, "no owner")],
            "Waits for the share of alarm time that may be worked.",
        ),
        card(
            "G3",
            "Will the line make rate?",
            GateState::Ahead,
            &[("Balance", true, "car maker"), ("Training matrix", false, "car maker")],
            "",
        ),
        card("G4", "Does it work?", GateState::Ahead, &[("First articles", false, "aircraft firm")], ""),
    ])
}

fn main() {
    let fig = |id: &'static str, finding: &str, note: &str, chart: &dyn report::chart::Chart| {
        Figure {
            id,
            finding: finding.into(),
            note: note.into(),
            chart,
            sources: Html::text("Source: invented for this gallery"),
        }
        .html()
    };
    let section = |id: &str, title: &str, bodies: Vec<Html>| {
        let mut body = Html::new();
        for b in &bodies {
            body.push(b);
        }
        Section { id: id.into(), title: title.into(), short: title.into(), body }
    };
    let mut summary = notice(
        Tone::Warn,
        "The plan was cut by its work limit.",
        &Html::text("The cost may be up to 2.4 % above the best; everything else on this page holds."),
    );
    let n = |label: &str, value: &str, note: &str| Headline {
        label: label.into(),
        value: value.into(),
        note: note.into(),
        source: Source::new("how it is worked out", "where"),
    };
    summary.push(&headline_band(&[
        n(
            "Units delivered, middle run",
            "1\u{202f}412",
            "of 1\u{202f}530 asked; 8 in 10 runs give 1\u{202f}190 to 1\u{202f}488",
        ),
        n("Full rate reached", "week 31", "6 weeks after it is asked"),
        n("Total cost", "13.5\u{a0}M\u{a0}EUR", "within 2.4 % of the best"),
        n("Cost of a unit", "9\u{202f}560\u{a0}EUR", "without demand lost"),
        n("People at the peak", "148", "at four sites"),
        n("Chance to meet both customers", "0.62", "0.59 to 0.65, 1\u{202f}000 runs"),
    ]));
    let page = Page {
        language: "en".into(),
        title: "Gallery \u{b7} Ringworks".into(),
        kicker: "Gallery of charts on invented data".into(),
        answer: "The ring can meet demand, six weeks late, if Alder may work through most alarms".into(),
        standfirst: Html::text("Four sites make 1 412 of the 1 530 units asked in the year in the middle run, for 13.5 M EUR. Alarms cost most; the licence for the second wing line decides the ramp.").wrap("p", ""),
        summary,
        sections: vec![
            section("map", "The ring", vec![fig("fig-map", "Final assembly at Alder feeds both customers; two sites make wings", "Circles by units made, lines by quantity. Distances are rings, bearings are invented.", &ring_map())]),
            section("lines", "Lines", vec![badge(Tone::Good, "21 stations, bound 20"), fig("fig-yama", "Twenty-one stations keep a takt of 60 minutes; one is at the limit", "Minutes of work a unit at each station, by task. Single operators.", &yamazumi())]),
            section("ramp", "Ramp and deliveries", vec![fig("fig-fan", "Home forces wait until July; the exercise centre is served in full from June", "Units a week. The band holds 8 in 10 simulated runs.", &fan())]),
            section("time", "Openings and people", vec![fig("fig-gantt", "Licences set the pace: each line waits six weeks for one", "Weeks of the year.", &gantt())]),
            section("cost", "Cost", vec![fig("fig-cost", "Bought parts are three fifths of the cost", "Over the year.", &waterfall()), fig("fig-budget", "The car maker would pay more than it promised", "The frame is the ceiling, the bar what falls to the payer.", &budget())]),
            section("where", "Where time goes", vec![fig("fig-bars", "Alarms and missing parts cost two thirds of the lost units", "Units lost a year; whiskers hold 95 % of the uncertainty of the mean.", &bars()), fig("fig-stack", "Station 4 at Alder is the bottleneck", "Share of shift time.", &stack()), fig("fig-strip", "Every site loses weeks", "Share of each week; the figure at the right is the mean share worked.", &strip())]),
            section("choice", "What would change the answer", vec![fig("fig-tornado", "Alarm rules move the result most", "Result when one number goes to its low or high end.", &tornado()), fig("fig-frontier", "A second final line buys the most resilience for its money", "Joined: nothing else is both cheaper and stronger.", &frontier()), fig("fig-survival", "Deliveries are lost through 2 of 4 stops whose length is known", "Bold: more is lost than without a stop.", &survival())]),
            section("gates", "Gates", vec![gates()]),
        ],
        colophon: Html::trusted("<span id=\"where\">Invented data.</span>"),
    };
    let out = std::env::args().nth(1).unwrap_or_else(|| "gallery.html".into());
    std::fs::write(&out, page.render()).expect("the path can be written");
}
