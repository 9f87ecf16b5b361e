//! The decision on the sample ring, written by hand.

use super::id;
use model::results::Status;
use model::results::decision::*;
use model::results::resilience::{DeliveryRate, Exposure, LostDelivery, Resilience, SingleSource, StopEffect};
use model::tables::outages::Target;
use units::Money;

/// Numbers that only have to be shown.
fn analysis() -> Analysis {
    let worth = |value, error| Worth { value: Money::whole(value), error: Money::whole(error) };
    let alternative = |name: &str, label: &str, mean, regret, best| AlternativeWorth {
        name: name.into(),
        label: label.into(),
        mean: worth(mean, 300),
        low: Money::whole(mean - 6_000),
        high: Money::whole(mean + 9_000),
        tail: Money::whole(mean + 11_000),
        regret: Money::whole(regret),
        regret_max: Money::whole(3 * regret),
        best_share: best,
        whole_share: 1.0 - best / 2.0,
        minimum_shares: vec![1.0 - best / 4.0; 2],
        served_tail: 0.5,
        simulated: Some(SimulatedWorth {
            mean: worth(mean + 700, 350),
            more: worth(700, 90),
            served: 0.9,
            whole_share: 0.25,
            minimum_shares: vec![0.75; 2],
        }),
    };
    let run = |cost| Simulated { cost: Money::whole(cost), served: 0.9, customers: vec![0.8, 0.7] };
    let future = |k: usize| Future {
        index: k,
        costs: [60_000, 57_000].map(Money::whole).to_vec(),
        served: vec![0.96, 0.5],
        customers: vec![vec![0.9, 0.8], vec![0.4, 0.3]],
        simulated: if k < 32 { vec![run(60_500), run(58_000)] } else { Vec::new() },
    };
    Analysis {
        seed: 7,
        alternatives: vec![
            alternative("", "As planned", 62_000, 1_500, 0.6),
            alternative("slow", "A slower start", 63_000, 2_500, 0.4),
        ],
        futures: (0..64).map(future).collect(),
        left_behind: Vec::new(),
        futures_left: 1,
        nothing: Some(Money::whole(90_000)),
        best: 0,
        simulated_best: Some(0),
        perfect: worth(1_500, 120),
        knowing: vec![
            Knowing { assumption: id(0), worth: worth(1_100, 130), price: Money::whole(400), share: 0.7 },
            Knowing { assumption: id(1), worth: worth(20, 60), price: Money::ZERO, share: 0.1 },
        ],
        asking: vec![Asking {
            assumption: id(0),
            together: worth(1_100, 130),
            price: Money::whole(400),
            days: Some(14),
        }],
        strategies: vec![
            Strategy {
                timing: Timing::Now,
                saves: worth(0, 0),
                price: Money::ZERO,
                days: Some(0),
                delay: Some(Money::ZERO),
            },
            Strategy {
                timing: Timing::Ask(1),
                saves: worth(1_100, 130),
                price: Money::whole(400),
                days: Some(14),
                delay: Some(Money::whole(200)),
            },
            Strategy { timing: Timing::Pilot(5), saves: worth(300, 90), price: Money::ZERO, days: None, delay: None },
        ],
        flips: vec![BreakEven { assumption: id(1), at: 31.0, low: 30.5, high: 31.5, below: 0, above: 1 }],
        screening: vec![Screened {
            assumption: id(0),
            strength: [9_000, 7_000, 11_000].map(Money::whole),
            mean: Money::whole(-8_000),
            spread: Money::whole(2_000),
        }],
        shares: vec![VarianceShare { assumption: id(0), first: [0.7, 0.6, 0.8], total: [0.75, 0.65, 0.85] }],
    }
}

/// The decision on the sample.
pub(super) fn decision() -> Decision {
    let value = |cost, served| Value {
        cost: Money::whole(cost),
        cash: Money::whole(cost - 400),
        served,
        rate_period: Some(id(8)),
        customers: vec![served; 2],
        simulated: None,
    };
    let question = |a, low: Option<Value>, high: Option<Value>, swing, flips| QuestionEffect {
        assumption: id(a),
        low,
        high,
        cost_swing: Money::whole(swing),
        served_swing: 0.25,
        flips,
    };
    Decision {
        status: Status::Optimal,
        answer: Answer::AskFirst,
        reasons: vec!["The licence decides: without it by April 0.25 of demand is lost.".into()],
        base: value(61_000, 0.95),
        gates: vec![
            GateState {
                gate: id(0),
                accepted: 1,
                asked: 1,
                stage: GateStage::Passed,
                open: Vec::new(),
                blocking: None,
                due: None,
                decision: Some(id(0)),
                is_ready: true,
            },
            GateState {
                gate: id(1),
                accepted: 0,
                asked: 1,
                stage: GateStage::Open,
                open: vec![id(1)],
                blocking: Some(id(1)),
                due: None,
                decision: None,
                is_ready: false,
            },
        ],
        readiness: vec![SiteReadiness {
            site: id(0),
            levels: vec![Some(6), Some(5), None, Some(6), Some(4), Some(6), Some(6), Some(6), Some(6)],
            least: None,
        }],
        resilience: Some(Resilience {
            from: id(10),
            horizon_days: 140.0,
            undisturbed_days: None,
            rates: vec![DeliveryRate { customer: id(0), item: id(0), pieces_day: 0.5 }],
            stops: vec![
                StopEffect {
                    targets: vec![Target::Site(id(0))],
                    recover_days: Some(40.0),
                    missed_days: Some(20.0),
                    survive_days: Some(6.5),
                    lost_value: Some(Money::whole(3_000)),
                    lost: vec![LostDelivery { customer: id(0), item: id(0), pieces: 6.0 }],
                    ended: vec![(id(0), id(0))],
                },
                StopEffect {
                    targets: vec![Target::Supplier(id(0))],
                    recover_days: None,
                    missed_days: None,
                    survive_days: None,
                    lost_value: None,
                    lost: Vec::new(),
                    ended: Vec::new(),
                },
            ],
            single_sources: vec![SingleSource::Site(id(0), id(0))],
        }),
        first_articles: vec![FirstArticle {
            period: id(2),
            capability: id(0),
            item: id(0),
            cause: ArticleCause::Site,
            lines: 1,
        }],
        questions: vec![
            question(0, Some(value(60_000, 0.95)), None, 20_000, true),
            question(1, Some(value(59_000, 1.0)), Some(value(66_000, 0.70)), 5_000, false),
        ],
        options: vec![
            OptionValue {
                name: "slow".into(),
                label: "A slower start".into(),
                value: Some(value(50_000, 0.5)),
                bound: Some(Money::whole(48_000)),
                exposure: Some(Exposure {
                    stops: 1,
                    kept_worst: 0.25,
                    kept_mean: 0.25,
                    survive_least: Some(4.0),
                    single_points: 1,
                    single_sources: 2,
                }),
                refusal: String::new(),
            },
            OptionValue {
                name: "none".into(),
                label: String::new(),
                value: None,
                bound: None,
                exposure: None,
                refusal: "No site may make WING.".into(),
            },
        ],
        analysis: Some(analysis()),
    }
}
