//! Writes `examples/large`: 40 candidate sites, 12 items, 2,300 units a week, two years by week.
//!
//! `cargo run -p ringworks-study --example large -- examples/large`. No random numbers: the same files every time.
//! The rate is the one public figure of scale, a claim about something else, and serves as a stress size only.
#![allow(clippy::unwrap_used, reason = "a chore that may stop with a panic")]

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

/// Item, name, minutes of one piece, tasks, skill.
const ITEMS: [(&str, &str, usize, usize, &str); 12] = [
    ("sv9", "SV-9 survey aircraft", 430, 22, "mechanical"),
    ("airframe", "Airframe", 60, 5, "composite"),
    ("fuselage", "Fuselage", 130, 8, "composite"),
    ("wings", "Pair of wings", 138, 8, "composite"),
    ("tail", "Tail", 46, 4, "composite"),
    ("electronics", "Electronics tray", 146, 9, "electronics"),
    ("harness", "Harness", 97, 5, "electronics"),
    ("propulsion", "Propulsion unit", 46, 3, "electronics"),
    ("battery", "Flight battery", 59, 4, "battery"),
    ("camera", "Camera bay", 55, 3, "test"),
    ("mast", "Antenna mast", 28, 3, "electronics"),
    ("ground", "Packed ground kit", 40, 4, "material"),
];

/// Parent and component of made items.
const INTO: [(&str, &str); 11] = [
    ("sv9", "airframe"),
    ("sv9", "electronics"),
    ("sv9", "propulsion"),
    ("sv9", "battery"),
    ("sv9", "camera"),
    ("sv9", "mast"),
    ("sv9", "ground"),
    ("airframe", "fuselage"),
    ("airframe", "wings"),
    ("airframe", "tail"),
    ("electronics", "harness"),
];

const SITES: usize = 40;
const PERIODS: usize = 104;
const RINGS: [(&str, usize); 4] = [("near", 50), ("middle", 180), ("far", 420), ("outer", 760)];
const DEPOTS: [&str; 3] = ["north_depot", "middle_depot", "south_depot"];

struct Tables {
    folder: PathBuf,
}

impl Tables {
    fn write(&self, name: &str, header: &str, rows: impl Iterator<Item = String>) {
        let mut text = format!("{header}\n");
        for row in rows {
            assert_eq!(row.matches(',').count(), header.matches(',').count(), "{name}: {row}");
            let _ = writeln!(text, "{row}");
        }
        fs::write(self.folder.join(format!("{name}.csv")), text).unwrap();
    }
}

fn site(i: usize) -> String {
    format!("s{:02}", i + 1)
}

fn makes_product(i: usize) -> bool {
    i % 4 == 1
}

fn main() {
    let folder = std::env::args().nth(1).expect("the folder to write to");
    fs::create_dir_all(&folder).unwrap();
    let tables = Tables { folder: Path::new(&folder).to_owned() };
    products(&tables);
    parts(&tables);
    places(&tables);
    roads(&tables);
    people(&tables);
    wishes(&tables);
    fs::write(tables.folder.join("ring.toml"), SETTINGS).unwrap();
    fs::write(tables.folder.join("README.md"), README).unwrap();
}

fn products(tables: &Tables) {
    tables.write(
        "items",
        "item,name,learning_slope,learning_floor,learning_credit,learning_mature,buffer,stock_max",
        ITEMS.iter().map(|(key, name, ..)| format!("{key},{name},0.87,0.35,60,1500,3,20000")),
    );
    let mut rows = Vec::new();
    for (item, _, minutes, n, skill) in ITEMS {
        for t in 0..n {
            // Shares of the minutes rise and fall along the line; the last task takes what is left.
            let weight = |t: usize| 3 + (t * 5 + item.len()) % 5;
            let all: usize = (0..n).map(weight).sum();
            let so_far: usize = (0..t).map(|t| minutes * weight(t) / all).sum();
            let own = if t + 1 == n { minutes - so_far } else { minutes * weight(t) / all };
            let before = match t {
                0 | 1 => String::new(),
                _ if t % 3 == 0 => format!("{item}_{:02};{item}_{:02}", t - 1, t),
                _ => format!("{item}_{:02}", t - 1),
            };
            let (unattended, skill) = match (t + 2 == n, t + 1 == n, item) {
                (true, _, "fuselage" | "wings" | "tail") => (90, skill),
                (true, _, "battery") => (180, skill),
                (true, _, "sv9") => (240, "test"),
                (_, true, _) => (0, "test"),
                _ => (0, skill),
            };
            let equipment = match (unattended > 0, t % 4, item) {
                (true, _, "battery") => "charger",
                (true, _, "sv9") => "soak_rack",
                (true, ..) => "jig",
                (_, 2, "electronics" | "harness" | "mast") => "tester",
                _ => "",
            };
            let passes = if skill == "test" { "0.95" } else { "0.985" };
            rows.push(format!(
                "{item}_{:02},{item},Step {} of {item},{item},{own},0.2,1,{unattended},{before},{skill},{equipment},{passes},{}",
                t + 1,
                t + 1,
                8 + own / 2
            ));
        }
    }
    tables.write(
        "tasks",
        "task,item,name,area,minutes,spread,crew,unattended_minutes,predecessors,skill,equipment,first_pass_yield,rework_minutes",
        rows.into_iter(),
    );
    let equipment = [("jig", 16_000, 12), ("charger", 9_500, 4), ("soak_rack", 7_000, 4), ("tester", 12_000, 5)];
    tables.write(
        "equipment",
        "equipment,name,cost,lead_days,floor_m2,breakdown_minutes,repair_minutes",
        equipment.iter().map(|(key, cost, floor)| format!("{key},{key},{cost},35,{floor},20000,180")),
    );
}

fn parts(tables: &Tables) {
    let keys: Vec<(String, usize)> = (0..60).map(|p| (format!("p{:02}", p + 1), p % ITEMS.len())).collect();
    tables.write(
        "parts",
        "part,name,class,lot_size",
        keys.iter().map(|(key, item)| format!("{key},Part {key} of {},{},50", ITEMS[*item].0, ITEMS[*item].0)),
    );
    let made = INTO.iter().map(|(parent, child)| format!("{parent},{child},1"));
    let bought = keys
        .iter()
        .enumerate()
        .map(|(p, (key, item))| format!("{},{key},{}", ITEMS[*item].0, 1 + usize::from(p % 7 == 0)));
    tables.write("bom", "parent,component,quantity", made.chain(bought));
    let supply = keys.iter().enumerate().flat_map(|(p, (key, _))| {
        let price = 8 + (p * 37) % 190;
        let lead = 21 + (p * 11) % 49;
        [
            format!("kit_{key},{key},home kit store,kit,europe,{price},1.5,{lead},0.2,,"),
            format!(
                "direct_{key},{key},maker {},direct,region {},{},0.8,{},0.35,500,4000",
                p % 9,
                p % 4,
                price * 9 / 10,
                lead + 14
            ),
        ]
    });
    tables.write(
        "supply",
        "supply,part,supplier,mode,region,price,freight,lead_days,lead_spread,lot_min,capacity",
        supply,
    );
}

fn places(tables: &Tables) {
    let plants = (0..SITES).map(|i| {
        let (ring, base) = RINGS[i % 4];
        let km = base + (i * 13) % 90;
        let (floor, open, wage) =
            (3_000 + (i * 370) % 2_500, 260_000 + (i * 7_919) % 150_000, 52 + (i % 4) * 6 + (i * 3) % 7);
        format!(
            "{},Site {},plant,host,{ring},{km},{floor},{open},{},{},0.9,{},{}.{},zone{},{ring},staircase",
            site(i),
            i + 1,
            56 + (i * 7) % 42,
            2_200 + (i * 130) % 1_900,
            220 + (i * 17) % 120,
            wage / 10,
            wage % 10,
            i % 10
        )
    });
    let home = "home,Home plant,home,maker,home,2100,4000,0,0,6000,1.6,160,36,,home,staircase".to_owned();
    let depots = DEPOTS.iter().map(|d| format!("{d},{d},depot,ministry,far,500,4000,0,0,0,0,0,0,,,"));
    tables.write(
        "sites",
        "site,name,kind,partner,ring,distance_km,floor_m2,open_cost,open_days,fixed_cost,floor_cost,labour_pool,wage_hour,zone,calendar,recovery",
        plants.chain([home]).chain(depots),
    );
    let mut rows = Vec::new();
    let mut row = |place: &str, item: &str, kind: &str, productivity: &str, lines: usize| {
        let licence = if item == "sv9" { "2027-03-01" } else { "2027-02-01" };
        rows.push(format!("{place},{item},{kind},granted,{licence},28,21,6000,{productivity},{lines},15000"));
    };
    for i in 0..SITES {
        let productivity = ["0.87", "0.9", "0.92", "0.93"][i % 4];
        if makes_product(i) {
            row(&site(i), "sv9", "cell", productivity, 4);
        }
        if i % 10 == 7 {
            row(&site(i), "sv9", "complete", productivity, 2);
        }
        for k in 0..3 {
            let item = ITEMS[1 + (i * 3 + k) % 11].0;
            row(&site(i), item, "cell", productivity, 4);
        }
    }
    row("home", "sv9", "complete", "1", 1);
    tables.write(
        "capability",
        "site,item,line_type,licence,licence_from,open_days,first_article_days,first_article_cost,productivity,lines_max,line_cost",
        rows.into_iter(),
    );
}

fn roads(tables: &Tables) {
    let mut rows = Vec::new();
    let mut lane = |from: &str, to: &str, km: usize, border: usize| {
        let days = km as f64 / 450.0 + 0.5;
        rows.push(format!("{from}-{to},{from},{to},{km},{days:.1},{border},0.3,{:.2}", 2.0 + km as f64 * 0.02));
    };
    for i in 0..SITES {
        // Sub-assemblies and aircraft go over the depot of their part of the country, which stands in for a crossdock.
        let depot = DEPOTS[i % 3];
        lane(&site(i), depot, 60 + (i * 17) % 180, 0);
        if makes_product(i) {
            lane(depot, &site(i), 60 + (i * 17) % 180, 0);
        }
    }
    lane(DEPOTS[0], DEPOTS[1], 240, 0);
    lane(DEPOTS[1], DEPOTS[0], 240, 0);
    lane(DEPOTS[1], DEPOTS[2], 260, 0);
    lane(DEPOTS[2], DEPOTS[1], 260, 0);
    lane("home", DEPOTS[1], 1_500, 8);
    for (at, customer) in ["north_service", "middle_service", "south_service"].iter().enumerate() {
        lane(DEPOTS[at], customer, 90, 0);
    }
    tables.write("lanes", "lane,from,to,km,days,border_hours,spread,cost_unit", rows.into_iter());
}

fn people(tables: &Tables) {
    let skills = ["material", "composite", "mechanical", "electronics", "test", "battery"];
    tables.write(
        "workforce",
        "skill,name,hire_periods,hire_cost,train_home_periods,train_home_cost,train_site_periods,train_site_cost,absence,turnover_year",
        skills.iter().enumerate().map(|(i, s)| format!("{s},{s},4,450,4,4200,{},{},0.05,0.29", 4 + i % 4, 700 + 100 * i)),
    );
    let mut rows = Vec::new();
    for (calendar, alarm, power) in
        [("near", "0.3", "0.08"), ("middle", "0.15", "0.05"), ("far", "0.08", "0.04"), ("outer", "0.05", "0.03")]
    {
        for (shift, start) in [("early", "06:00"), ("late", "14:00")] {
            rows.push(format!("{calendar},{shift},shift,mon-sat,{start},450,,,,,"));
        }
        rows.push(format!("{calendar},alarm,alarm,,,,,,{alarm},50,0.35"));
        rows.push(format!("{calendar},power,power,,,,,,{power},120,1"));
    }
    rows.push("home,day,shift,mon-fri,07:30,468,,,,,".to_owned());
    tables.write(
        "calendars",
        "calendar,entry,kind,days,start,minutes,from,to,share,mean_minutes,stop_share",
        rows.into_iter(),
    );
    let steps = [(0, "0"), (1, "0.1"), (7, "0.3"), (13, "0.5"), (44, "0.88"), (68, "1")];
    tables.write("recovery", "profile,day,share", steps.iter().map(|(day, share)| format!("staircase,{day},{share}")));
    let outages = (0..10)
        .map(|zone| format!("zone{zone},zone:zone{zone},example input: rate stated by the user of this sample,0.2,5"));
    tables.write("outages", "outage,target,cause,rate_year,days", outages);
}

fn wishes(tables: &Tables) {
    // From week 26 the rate rises by steps of four weeks to 2,300 a week in week 78 and stays there.
    let weekly = |week: usize| -> usize { if week < 26 { 0 } else { (2_300 * ((week - 22) / 4) / 14).min(2_300) } };
    let customers = [("north_service", 1_000), ("middle_service", 900), ("south_service", 400)];
    let rows = customers.iter().flat_map(|(customer, share)| {
        (1..=PERIODS).filter_map(move |week| {
            let quantity = weekly(week) * share / 2_300;
            (quantity > 0).then(|| format!("{customer},sv9,{week},{quantity}"))
        })
    });
    tables.write("demand", "customer,item,period,quantity", rows);
    let assumptions = [
        "ring/policy.line_efficiency,0.5,0.8,0.85,,trade pages on equipment effectiveness,c",
        "items/sv9/learning_slope,0.8,0.87,0.92,learning,review of learning curves,a",
        "calendars/near:alarm/share,0.15,0.3,0.54,alarm,public alarm statistics,b",
        "calendars/middle:alarm/share,0.1,0.15,0.25,alarm,public alarm statistics,b",
    ];
    tables.write(
        "assumptions",
        "address,low,mode,high,group,source,grade",
        assumptions.iter().map(|a| (*a).to_owned()),
    );
}

const SETTINGS: &str = r#"# A ring of stress size, written by `cargo run -p ringworks-study --example large`.

[ring]
name = "Large ring"
product = "sv9"
currency = "EUR"
start = 2027-01-04
periods = 104

[policy]
allocation = "priority"
line_efficiency = 0.8
open_every_periods = 8
qualified_sites_min = 2
wages_until_line_days = 14

[partners.maker]
name = "Car maker"
role = "maker"
[partners.ministry]
name = "Ministry"
role = "ministry"
[partners.host]
name = "Host country works"
role = "host"
workshare_min = 0.5

[customers.north_service]
name = "Northern survey service"
class = 1
backlog_cost = 40
unmet_cost = 9000
[customers.middle_service]
name = "Middle survey service"
class = 1
backlog_cost = 40
unmet_cost = 9000
[customers.south_service]
name = "Southern survey service"
class = 2
backlog_cost = 30
unmet_cost = 8000
"#;

const README: &str = "# The large ring

A ring of stress size: 40 candidate sites in four distance rings, 12 items in three levels, 3 customers, two years by week, 2,300
aircraft a week at the end. The rate is the one public figure of scale, a claim about something else; here it is only a
size. Everything is generated by `cargo run -p ringworks-study --example large -- examples/large`, without random numbers.

It is there to see where time and memory go. Its plan may be cut by the limit of work; the dossier then says so.
";
