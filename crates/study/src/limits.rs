//! How much work each stage may take, by effort.

use balance::ring::{LayoutOptions, MenuOptions};
use model::control::Effort;

/// Limits of work, stage by stage; counts, never seconds, so that every machine ends at the same place.
#[derive(Debug, Clone, PartialEq)]
pub struct Limits {
    /// How menus are made.
    pub menus: MenuOptions,
    /// How hard a chosen layout is balanced again.
    pub exact: LayoutOptions,
    /// How the programme is searched for.
    pub plan: plan::Options,
    /// How an option of `alternatives.csv` is planned: one after the other, until one finds a programme.
    pub option: Vec<plan::Options>,
    /// Futures that the plan is hedged over, and futures drawn afresh to try that in; none where 0.
    pub hedge: (u32, u32),
    /// Most times the plan is repeated after the chosen layouts changed.
    pub rounds_max: usize,
    /// Replications of the simulation.
    pub replications: usize,
    /// Station visits of the simulation, after which it stops at the next block of replications.
    pub visits_max: u64,
    /// What to ask about stops of one place, in the simulation; nothing unless given.
    pub stops: Option<simulate::ring::Stops>,
    /// Whether to ask what one more of each thing is worth, in the simulation.
    pub worth: bool,
    /// Replications of each such question.
    pub what_if_replications: usize,
    /// Versions of the ring that decide may ask for.
    pub versions_max: u64,
    /// How much decide samples of what could come; its seed is that of the study.
    pub sampling: decide::Sampling,
    /// Most sites for each item in the designs on the frontier that decide adds to the ring's options; 0 for none.
    pub frontier: usize,
}

impl Limits {
    /// The limits of an effort.
    #[must_use]
    pub fn of(effort: Effort) -> Self {
        let menus = MenuOptions::of(effort);
        let plan = plan::Options::of(effort);
        match effort {
            Effort::Quick => Self {
                exact: LayoutOptions { work_stations: 6_000_000, work_cycle: 1_000_000, ..menus.layout },
                menus,
                option: vec![
                    plan::Options {
                        gap: 0.03,
                        iterations_max: plan.iterations_max / 10,
                        iterations_bound: plan.iterations_bound / 4,
                        rounds: 1,
                        iterations_round: plan.iterations_round / 2,
                    },
                    plan::Options {
                        gap: 0.03,
                        iterations_max: plan.iterations_max / 4,
                        iterations_bound: plan.iterations_bound / 2,
                        ..plan.clone()
                    },
                ],
                plan,
                hedge: (0, 0),
                rounds_max: 2,
                replications: 32,
                stops: None,
                worth: false,
                what_if_replications: 16,
                visits_max: 60_000_000,
                versions_max: 200,
                sampling: decide::Sampling::NONE,
                frontier: 0,
            },
            Effort::Full => Self {
                exact: LayoutOptions { work_stations: 2_000_000_000, work_cycle: 200_000_000, ..menus.layout },
                menus,
                // As hard as the ring itself is planned at quick effort: what counts is that all options are treated alike.
                option: vec![plan::Options::of(Effort::Quick)],
                plan,
                hedge: (64, 400),
                rounds_max: 5,
                replications: 400,
                stops: Some(simulate::ring::Stops::default()),
                worth: true,
                what_if_replications: 32,
                visits_max: 4_000_000_000,
                versions_max: 100_000,
                sampling: decide::Sampling {
                    seed: 0,
                    futures: 2_048,
                    simulated: 2_048,
                    walks: 8,
                    points: 128,
                    strongest: 8,
                },
                frontier: 3,
            },
        }
    }
}
