//! Line designs and a programme of the tiny ring, worked out on paper: every quantity, date and cost is written here.

use model::ids::*;
use model::results::line_design::Proof;
use model::results::programme::*;
use model::results::{LineDesign, LineOption, Programme, Station, Status};
use model::settings::CostKind;
use model::tables::capability::LineType;
use units::{Id, Minutes, Money, Quantity};

const W: usize = 0;
const P: usize = 0;
const S: usize = 1;
const H: usize = 0;
const A: usize = 1;

/// The menus of the tiny ring: `P` as a cell (two stations), `P` complete (one), `S` as a cell (one).
#[must_use]
pub fn tiny_designs() -> Vec<LineDesign> {
    let station = |tasks: &[usize], load: i64, heads: i64| Station {
        tasks: tasks.iter().map(|t| TaskId::from_index(*t)).collect(),
        copies: 1,
        load: Minutes::whole(load),
        heads,
        skill: SkillId::from_index(W),
        reasons: tasks.iter().map(|_| "fits".to_owned()).collect(),
    };
    let option = |stations: Vec<Station>, cycle: i64, planned: i64, jigs: i64| {
        let n = stations.len() as i64;
        LineOption {
            takt: Minutes::whole(cycle),
            cycle_time: Minutes::whole(cycle),
            cycle_time_planned: Minutes::whole(planned),
            bound: n,
            proof: Proof::Counting,
            status: Status::Optimal,
            heads: vec![(SkillId::from_index(W), stations.iter().map(|s| s.heads).sum())],
            equipment: (0..jigs).map(|_| (EquipmentId::from_index(0), 1)).collect(),
            equipment_cost: Money::whole(1_000 * jigs),
            floor_m2: (4 * jigs + 12 * n) as f64,
            stations,
        }
    };
    let design =
        |item, line_type, option| LineDesign { item: ItemId::from_index(item), line_type, options: vec![option] };
    vec![
        // p1 60 min, p2 30 min with 10 % of 20 min rework: 32 planned, still below 60.
        design(P, LineType::Cell, option(vec![station(&[0], 60, 1), station(&[1], 30, 2)], 60, 60, 1)),
        // 60 + 30 + 2 x 20 = 130, with rework 132.
        design(P, LineType::Complete, option(vec![station(&[0, 1, 2], 130, 2)], 130, 132, 1)),
        design(S, LineType::Cell, option(vec![station(&[2], 20, 1)], 20, 20, 0)),
    ]
}

/// A programme of the tiny ring that holds; its cost is 32 024.38.
///
/// `H` makes 20 `S` with the 4 that are there, `A` makes 8 and 4 `P` once its people and jig have come; of 12 due the
/// customer receives 11 and has 1 for its pool, which the exercise draws together with the one there.
#[must_use]
pub fn tiny_programme() -> Programme {
    let (product, sub) = (ItemId::from_index(P), ItemId::from_index(S));
    let (home, alder) = (SiteId::from_index(H), SiteId::from_index(A));
    let (skill, customer) = (SkillId::from_index(W), CustomerId::from_index(0));
    let (period, q) = (PeriodId::from_index, Quantity::whole);
    let line = |capability, ordered, first_piece, output_from| LineOpening {
        capability: CapabilityId::from_index(capability),
        option: 0,
        ordered: period(ordered),
        count: 1,
        first_piece: period(first_piece),
        output_from: period(output_from),
        stands: None,
    };
    let people = |site, ready, trained, hire_from, train_from| Staffing {
        site,
        skill,
        ready: period(ready),
        trained,
        people: 2,
        hire_from: period(hire_from),
        train_from: period(train_from),
    };
    let make = |capability, at, n| Make {
        capability: CapabilityId::from_index(capability),
        period: period(at),
        quantity: q(n),
    };
    let ship =
        |lane, item, at, n| Shipment { lane: LaneId::from_index(lane), item, period: period(at), quantity: q(n) };
    let order = |at, n| Order { supply: SupplyId::from_index(0), site: alder, period: period(at), quantity: q(n) };
    let stock = |site, item, at, n| Stock { site, item, period: period(at), quantity: q(n) };
    let late = |at, n| Backlog { customer, item: product, period: period(at), quantity: q(n) };
    let handed = |at, replenishment, pool| Delivery {
        customer,
        item: product,
        period: period(at),
        replenishment: q(replenishment),
        pool: q(pool),
    };
    let costs = costs();
    Programme {
        status: Status::WorkLimited,
        cost: Money::from_ticks(3_202_438),
        bound: Money::whole(30_000),
        sites: vec![
            SiteOpening { site: home, period: period(0), ready: period(0) },
            SiteOpening { site: alder, period: period(0), ready: period(1) },
        ],
        lines: vec![line(0, 0, 0, 0), line(1, 1, 3, 4)],
        people: vec![
            people(home, 0, Trained::Already, 0, 0),
            people(alder, 3, Trained::Home, 1, 2),
            people(alder, 3, Trained::Site, 0, 1),
        ],
        make: vec![make(0, 2, 12), make(0, 3, 8), make(1, 4, 8), make(1, 5, 4)],
        shipments: vec![ship(0, sub, 3, 16), ship(0, sub, 4, 8), ship(1, product, 4, 7), ship(1, product, 5, 5)],
        orders: vec![order(3, 24), order(4, 12)],
        stock: vec![
            stock(home, sub, 0, 4),
            stock(home, sub, 1, 4),
            stock(home, sub, 2, 16),
            stock(home, sub, 3, 8),
            stock(alder, product, 4, 1),
        ],
        deliveries: vec![handed(4, 5, 1), handed(5, 6, 0)],
        backlog: vec![late(3, 5), late(5, 1)],
        draws: vec![Draw { exercise: ExerciseId::from_index(0), met: q(2) }],
        costs,
        notes: Vec::new(),
    }
}

/// Every cost, in cents, by kind, site and period; worked out on paper.
fn costs() -> Vec<Cost> {
    let rows: [(CostKind, Option<usize>, [i64; 6]); 19] = [
        (CostKind::SiteOpening, Some(A), [500_000, 0, 0, 0, 0, 0]),
        (CostKind::SiteFixed, Some(H), [5_000; 6]),
        // 100 a period, from the order of the line 28 m2 at 2 more.
        (CostKind::SiteFixed, Some(A), [10_000, 15_600, 15_600, 15_600, 15_600, 15_600]),
        (CostKind::Line, Some(H), [40_000, 0, 0, 0, 0, 0]),
        // The jig 1 000, the line 600.
        (CostKind::Line, Some(A), [0, 160_000, 0, 0, 0, 0]),
        (CostKind::FirstArticle, Some(A), [0, 0, 0, 25_000, 0, 0]),
        // 2 people, of whom 0.02 leave in a period; 200 to hire, 100 to train on site.
        (CostKind::Hiring, Some(H), [400; 6]),
        (CostKind::Hiring, Some(A), [40_000, 40_000, 0, 800, 800, 800]),
        (CostKind::Training, Some(H), [200; 6]),
        (CostKind::Training, Some(A), [0, 20_000, 60_000, 400, 400, 400]),
        // 40 hours at 30, and at 10.
        (CostKind::Wages, Some(H), [240_000; 6]),
        (CostKind::Wages, Some(A), [0, 80_000, 160_000, 160_000, 160_000, 160_000]),
        (CostKind::Parts, Some(A), [0, 0, 0, 3_600, 1_800, 0]),
        (CostKind::Transport, Some(H), [0, 0, 0, 3_200, 1_600, 0]),
        (CostKind::Transport, Some(A), [0, 0, 0, 0, 3_500, 2_500]),
        // 1.50 for an S and 7.50 for a P, times 0.365 x 7 / 365.
        (CostKind::Holding, Some(H), [4, 4, 17, 8, 0, 0]),
        (CostKind::Holding, Some(A), [0, 0, 0, 0, 5, 0]),
        (CostKind::Backlog, None, [0, 0, 0, 5_000, 0, 1_000]),
        (CostKind::Unmet, None, [0, 0, 0, 0, 0, 10_000]),
    ];
    let mut costs: Vec<Cost> = Vec::new();
    for (kind, site, cents) in rows {
        for (period, amount) in cents.into_iter().enumerate().filter(|(_, cents)| *cents > 0) {
            costs.push(Cost {
                kind,
                period: PeriodId::from_index(period),
                site: site.map(SiteId::from_index),
                amount: Money::from_ticks(amount),
            });
        }
    }
    costs.sort();
    costs
}
