//! An invented ring with three sites, two customers and an exercise, and results for it written by hand.

#[path = "sample/decision.rs"]
mod decision;

use model::ids::*;
use model::results::answers::RateReached;
use model::results::decision::Decision;
use model::results::evidence::{Cause, Evidence, Fan, LostSummary, Replication, StationUse};
use model::results::line_design::{LineDesign, LineOption, Proof, Station};
use model::results::programme::{
    Backlog, Cost, Delivery, Draw, LineOpening, Make, Order, Programme, Shipment, SiteOpening, Staffing, Stock, Trained,
};
use model::results::{Provenance, Status};
use model::settings::CostKind;
use model::tables::capability::LineType;
use model::{RawRing, RawTable, Ring, Setting};
use report::Dossier;
use units::{Id, Minutes, Money, Quantity};

const SETTINGS: &[(&str, &str)] = &[
    ("ring.name", "Test ring <&>"),
    ("ring.product", "PLANE"),
    ("ring.currency", "EUR"),
    ("ring.start", "2027-01-04"),
    ("ring.periods", "20"),
    ("partners.maker.name", "Car maker"),
    ("partners.maker.role", "maker"),
    ("partners.maker.pays", "line;wages"),
    ("partners.maker.budget.first.from", "2027-01-01"),
    ("partners.maker.budget.first.to", "2027-12-31"),
    ("partners.maker.budget.first.ceiling", "50000"),
    ("partners.ministry.name", "Ministry"),
    ("partners.ministry.role", "ministry"),
    ("partners.ministry.pays", "parts;site-opening"),
    ("partners.firm.name", "Aircraft firm"),
    ("partners.firm.role", "design-owner"),
    ("customers.forces.name", "Forces"),
    ("customers.forces.backlog_cost", "100"),
    ("customers.forces.unmet_cost", "500"),
    ("customers.school.name", "Exercise centre"),
    ("customers.school.backlog_cost", "100"),
    ("customers.school.unmet_cost", "500"),
    ("gates.G0.name", "Intent"),
    ("gates.G0.question", "Is there a mandate?"),
    ("gates.G1.name", "Feasibility"),
    ("gates.G1.question", "Can it be done?"),
];

const TABLES: &[(&str, &str)] = &[
    ("items", "item,name,make\nPLANE,Aircraft,make\nWING,Wing <set>,make"),
    ("bom", "parent,component,quantity\nPLANE,WING,1\nPLANE,MOTOR,1"),
    ("parts", "part,name\nMOTOR,Motor"),
    (
        "tasks",
        "task,item,name,area,minutes,crew,predecessors,skill,first_pass_yield,rework_minutes\n\
         W1,WING,Bond wing,wings,40,1,,hand,0.98,20\nP1,PLANE,Join wing,final,30,2,,hand,1,0\nP2,PLANE,\"Check, sign\",test,25,1,P1,hand,0.95,15",
    ),
    ("task_parts", "task,component,quantity\nP1,MOTOR,1"),
    (
        "sites",
        "site,name,kind,ring,distance_km,floor_m2,labour_pool,wage_hour,calendar,zone\n\
         alder,Alder,plant,middle,120,900,60,9.50,week,north\nbirch,Birch,plant,far,300,700,40,8,week,north\nhome,Home plant,home,home,900,5000,100,30,week,",
    ),
    (
        "capability",
        "site,item,line_type,licence,licence_from,open_days,first_article_days\n\
         alder,PLANE,cell,granted,2027-01-04,14,7\nbirch,WING,cell,pending,,14,7",
    ),
    ("lanes", "lane,from,to,days,cost_unit\nb-a,birch,alder,1,20\na-f,alder,forces,2,30\na-s,alder,school,2,30"),
    ("supply", "supply,part,supplier,mode,price,freight,lead_days\nm1,MOTOR,Motor works,kit,140,10,20"),
    ("workforce", "skill,name,hire_periods,train_site_periods,absence\nhand,Assembler,2,1,0.05"),
    ("calendars", "calendar,entry,kind,days,start,minutes\nweek,day,shift,mon-fri,07:00,450"),
    ("demand", "customer,item,period,quantity\nforces,PLANE,10,4\nforces,PLANE,15,6\nforces,PLANE,20,6"),
    (
        "exercises",
        "exercise,customer,item,start,days,draw,return_share,repair_share,write_off_share\nspring,school,PLANE,2027-04-19,14,4,0.5,0.25,0.25",
    ),
    (
        "gates",
        "gate,evidence,name,owner,due,state,signer,question\n\
         G0,letter,Request letter,ministry,2027-01-10,accepted,maker,\nG1,legal,Legal check,ministry,2027-02-01,open,,Which law holds?",
    ),
    (
        "decisions",
        "gate,day,decision,taken_by,agreed_by,dissent,reason,reopen\n\
         G0,2027-01-11,go,ministry,maker,firm,\"The firm asks for <more> time\",The letter is withdrawn",
    ),
    (
        "readiness",
        "site,thread,level,assessor,day,shows\nalder,technology,6,maker,2027-01-08,Trial line\nalder,process,4,maker,,Gluing by hand",
    ),
    ("alternatives", "name,address,value,label\nslow,capability/birch:WING:cell/open_days,60,A slower start"),
    (
        "assumptions",
        "address,low,mode,high,source,grade,owner,question,due,cost,days\n\
         capability/birch:WING:cell/licence_from,2027-01-11,2027-01-25,2027-04-05,nobody has said,assumed,ministry,When is the licence granted?,2027-02-01,0,20\n\
         tasks/P1/minutes,25,30,45,time study,measured,maker,How long does joining take?,,5000,10\n\
         sites/alder/wage_hour,9,9.50,11,survey,a,,,,,",
    ),
];

/// A CSV text as a raw table; quotes guard commas.
fn table(name: &str, text: &str) -> RawTable {
    let split = |line: &str| -> Vec<String> {
        let (mut cells, mut quoted) = (vec![String::new()], false);
        for c in line.trim().chars() {
            match c {
                '"' => quoted = !quoted,
                ',' if !quoted => cells.push(String::new()),
                c => cells.last_mut().expect("there is a cell").push(c),
            }
        }
        cells
    };
    let mut lines = text.lines();
    RawTable { name: name.into(), columns: split(lines.next().expect("a heading")), rows: lines.map(split).collect() }
}

/// The ring as written.
pub(crate) fn raw() -> RawRing {
    RawRing {
        settings: SETTINGS.iter().map(|(p, v)| Setting { path: (*p).into(), value: (*v).into() }).collect(),
        tables: model::schema::TABLES
            .iter()
            .filter_map(|t| TABLES.iter().find(|(n, _)| *n == t.name))
            .map(|(n, t)| table(n, t))
            .collect(),
    }
}

/// Everything a dossier borrows.
pub(crate) struct Sample {
    pub(crate) raw: RawRing,
    pub(crate) ring: Ring,
    pub(crate) lines: Vec<LineDesign>,
    pub(crate) programme: Programme,
    pub(crate) evidence: Evidence,
    pub(crate) decision: Decision,
    pub(crate) provenance: Provenance,
}

impl Sample {
    pub(crate) fn new() -> Self {
        let raw = raw();
        let ring = Ring::build(&raw)
            .unwrap_or_else(|faults| panic!("{:#?}", faults.iter().map(|f| &f.fact).collect::<Vec<_>>()));
        let lines = lines(&ring);
        Self {
            programme: programme(),
            evidence: evidence(),
            decision: decision::decision(),
            provenance: provenance(),
            lines,
            ring,
            raw,
        }
    }

    pub(crate) fn dossier(&self) -> Dossier<'_> {
        Dossier {
            ring: &self.ring,
            raw: &self.raw,
            line_designs: &self.lines,
            programme: Some(&self.programme),
            why: None,
            hedge: None,
            evidence: Some(&self.evidence),
            decision: Some(&self.decision),
            provenance: &self.provenance,
            findings: Some(&[]),
            refusals: &[],
            moved: None,
        }
    }
}

fn id<I: Id>(i: usize) -> I {
    I::from_index(i)
}

fn pieces(n: i64) -> Quantity {
    Quantity::whole(n)
}

fn lines(ring: &Ring) -> Vec<LineDesign> {
    let station = |tasks: &[usize], load: i64| Station {
        tasks: tasks.iter().map(|t| id(*t)).collect(),
        copies: 1,
        load: Minutes::whole(load),
        heads: 1,
        skill: id(0),
        reasons: tasks
            .iter()
            .map(|t| format!("task {} fits here & nowhere else", ring.tasks[id::<TaskId>(*t)].key))
            .collect(),
    };
    let option = |stations: Vec<Station>, cycle: i64, bound: i64, status| LineOption {
        takt: Minutes::whole(cycle + 5),
        cycle_time: Minutes::whole(cycle),
        cycle_time_planned: Minutes::whole(cycle + 1),
        bound,
        proof: Proof::Counting,
        status,
        heads: vec![(id(0), 2)],
        equipment: Vec::new(),
        equipment_cost: Money::whole(12_000),
        floor_m2: 24.0,
        stations,
    };
    vec![
        LineDesign {
            item: id(0),
            line_type: LineType::Cell,
            options: vec![option(vec![station(&[1], 30), station(&[2], 25)], 30, 2, Status::Optimal)],
        },
        LineDesign {
            item: id(1),
            line_type: LineType::Cell,
            options: vec![option(vec![station(&[0], 40)], 40, 0, Status::WorkLimited)],
        },
    ]
}

fn programme() -> Programme {
    let cost = |kind, period, site: Option<usize>, amount| Cost {
        kind,
        period: id(period),
        site: site.map(id),
        amount: Money::whole(amount),
    };
    let line = |capability, ordered| LineOpening {
        capability: id(capability),
        option: 0,
        ordered: id(ordered),
        count: 1,
        first_piece: id(ordered + 3),
        output_from: id(ordered + 4),
        stands: None,
    };
    Programme {
        status: Status::WorkLimited,
        cost: Money::whole(61_000),
        bound: Money::whole(60_000),
        sites: vec![
            SiteOpening { site: id(0), period: id(0), ready: id(1) },
            SiteOpening { site: id(1), period: id(0), ready: id(0) },
        ],
        lines: vec![line(0, 4), line(1, 0)],
        people: vec![Staffing {
            site: id(0),
            skill: id(0),
            ready: id(7),
            trained: Trained::Site,
            people: 3,
            hire_from: id(4),
            train_from: id(6),
        }],
        make: (8..20)
            .map(|t| Make { capability: id(0), period: id(t), quantity: pieces(2) })
            .chain((4..20).map(|t| Make { capability: id(1), period: id(t), quantity: pieces(2) }))
            .collect(),
        shipments: vec![
            Shipment { lane: id(0), item: id(1), period: id(8), quantity: pieces(20) },
            Shipment { lane: id(1), item: id(0), period: id(9), quantity: pieces(15) },
            Shipment { lane: id(2), item: id(0), period: id(9), quantity: pieces(4) },
        ],
        orders: vec![Order { supply: id(0), site: id(0), period: id(2), quantity: pieces(24) }],
        stock: vec![Stock { site: id(0), item: id(0), period: id(19), quantity: pieces(5) }],
        deliveries: vec![
            Delivery { customer: id(0), item: id(0), period: id(10), replenishment: pieces(4), pool: pieces(0) },
            Delivery { customer: id(0), item: id(0), period: id(15), replenishment: pieces(11), pool: pieces(0) },
            Delivery { customer: id(1), item: id(0), period: id(12), replenishment: pieces(0), pool: pieces(4) },
        ],
        backlog: vec![
            Backlog { customer: id(0), item: id(0), period: id(9), quantity: pieces(4) },
            Backlog { customer: id(0), item: id(0), period: id(19), quantity: pieces(1) },
        ],
        draws: vec![Draw { exercise: id(0), met: pieces(4) }],
        costs: vec![
            cost(CostKind::SiteOpening, 0, Some(0), 5_000),
            cost(CostKind::Line, 4, Some(0), 30_000),
            cost(CostKind::Wages, 8, Some(0), 22_000),
            cost(CostKind::Parts, 2, Some(0), 3_600),
            cost(CostKind::Backlog, 9, None, 400),
        ],
        notes: vec!["One order was raised to its smallest lot <24>.".into()],
    }
}

fn evidence() -> Evidence {
    let replication = |index: u64| {
        let mut forces = vec![0; 20];
        forces[11] = 4;
        forces[16] = 8 + i64::try_from(index % 4).expect("below four");
        let mut school = vec![0; 20];
        school[13] = 4;
        let mut lost = vec![Quantity::ZERO; Cause::ALL.len()];
        lost[1] = Quantity::from_ticks(2_500);
        lost[5] = Quantity::from_ticks(500);
        Replication {
            index,
            started: 24,
            finished: 21,
            scrapped: 0,
            in_process: 2,
            first_articles: 1,
            delivered: vec![forces, school],
            draws_met: vec![4],
            lost,
            rate_reached: index.is_multiple_of(2).then(|| id(9)),
        }
    };
    let fan = |customer, period, p50| Fan {
        customer: id(customer),
        item: id(0),
        period: id(period),
        mean: 10.0,
        half_width: 0.5,
        p10: p50 - 1,
        p50,
        p90: p50 + 1,
        on_time: 0.4,
    };
    let station = |capability, station, working: f64| StationUse {
        capability: id(capability),
        option: 0,
        station,
        pieces: 20.0,
        working,
        blocked: 0.1,
        starved: 0.8 - working,
        waiting_parts: 0.02,
        waiting_people: 0.03,
        down: 0.0,
        stopped: 0.05,
        minutes: Minutes::whole(40_000),
    };
    Evidence {
        status: Status::Optimal,
        seed: 7,
        runs: 40,
        counted: None,
        backlog: Vec::new(),
        rate: RateReached { share: 0.5, p10: Some(id(9)), p50: Some(id(9)), p90: None },
        bottlenecks: Vec::new(),
        in_process: Vec::new(),
        stops: Vec::new(),
        worth: Vec::new(),
        replications: (0..40).map(replication).collect(),
        fans: vec![fan(0, 4, 0), fan(0, 9, 0), fan(0, 14, 4), fan(0, 19, 13)],
        lost: Cause::ALL
            .iter()
            .map(|c| LostSummary { cause: *c, mean: if *c == Cause::Alarm { 2.5 } else { 0.0 }, half_width: 0.3 })
            .collect(),
        stations: vec![station(0, 0, 0.7), station(0, 1, 0.6), station(1, 0, 0.4)],
        station_visits: 120_000,
        notes: Vec::new(),
    }
}

fn provenance() -> Provenance {
    Provenance {
        version: "0.1.0".into(),
        inputs: vec![("ring.toml".into(), "ab".repeat(32))],
        seed: 7,
        options: vec![("effort".into(), "quick".into())],
    }
}
