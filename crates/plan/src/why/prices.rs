//! What one more piece would be worth, place by place and period by period, and what it is made of.

use crate::build::{Build, Detail};
use crate::data::LineKey;
use crate::data::{Choice, Data};
use crate::hedge::purchases;
use crate::key::{Group, Key, Series};
use crate::lp::{Col, Warm};
use crate::problem::Problem;
use model::ids::{CapabilityId, PeriodId, SiteId};
use model::results::Programme;
use model::results::why::{Cause, LineWorth};
use std::collections::{BTreeMap, BTreeSet};
use units::{Id, Money};

/// Prices below this are none, in units of money for each piece.
const NONE: f64 = 1e-6;

/// The program with sites and lines as decided, and its duals.
pub(super) struct Prices<'a> {
    pub(super) build: Build<'a>,
    duals: Vec<f64>,
    reduced: Vec<f64>,
    /// Columns by row, with their factors.
    by_row: Vec<Vec<(Col, f64)>>,
    by_col: Vec<Vec<(usize, f64)>>,
    /// Row of what a customer holds, by account and period.
    held: BTreeMap<(usize, usize), usize>,
    /// Lines ordered by capability: candidate and number.
    ordered: BTreeMap<CapabilityId, Vec<(usize, f64)>>,
    capabilities: BTreeSet<CapabilityId>,
    /// First period in which a line may be ordered at each site opened.
    ready: BTreeMap<SiteId, usize>,
}

/// The ring with every line of the kinds that the programme orders.
pub(super) fn data<'a>(problem: &Problem<'a>, programme: &Programme) -> Data<'a> {
    let used: BTreeSet<CapabilityId> = programme.lines.iter().map(|l| l.capability).collect();
    let all = Data::new(problem.ring, problem.designs, &Choice::Only(&|l| used.contains(&l.capability)));
    let mut keys: BTreeSet<LineKey> = all.lines.iter().map(crate::primal::key_of).collect();
    keys.extend(programme.lines.iter().map(crate::data::key_of_row));
    let keys: Vec<LineKey> = keys.into_iter().collect();
    Data::new(problem.ring, problem.designs, &Choice::These(&keys))
}

impl<'a> Prices<'a> {
    /// Prices of a programme; none when its sites and lines leave no plan.
    pub(super) fn new(data: &'a Data<'a>, programme: &Programme) -> Option<Self> {
        let detail = purchases(data.ring);
        // Ceilings and contracts as they are; where rounding leaves no point, at a high price.
        [false, true].into_iter().find_map(|soft| Self::priced(data, programme, Detail { soft, ..detail.clone() }))
    }

    fn priced(data: &'a Data<'a>, programme: &Programme, detail: Detail) -> Option<Self> {
        let mut build = Build::new(data, detail);
        let mut ordered: BTreeMap<CapabilityId, Vec<(usize, f64)>> = BTreeMap::new();
        let open: BTreeSet<Key> = programme.sites.iter().map(|s| Key::Open(s.site, s.period.index())).collect();
        for (key, col) in build.columns().collect::<Vec<_>>() {
            let value = match key {
                Key::Open(..) => f64::from(u8::from(open.contains(&key))),
                Key::Lines(at) => {
                    let l = &data.lines[at];
                    let same = programme.lines.iter().filter(|o| crate::data::key_of_row(o) == l.key());
                    let count = same.map(|o| o.count).sum::<i64>() as f64;
                    if count > 0.0 {
                        ordered.entry(l.capability).or_default().push((at, count));
                    }
                    count
                }
                _ => continue,
            };
            build.program.set_bounds(col, value, value);
        }
        let solved = Warm::new(&build.program)?.solve()?;
        let mut by_row = Vec::new();
        let mut by_col: Vec<Vec<(usize, f64)>> = vec![Vec::new(); build.program.cols().len()];
        for row in 0..build.program.bounds().len() {
            let terms = build.program.terms(row).to_vec();
            for (col, factor) in &terms {
                by_col[col.index()].push((row, *factor));
            }
            by_row.push(terms);
        }
        let held = held_rows(&build, &by_col);
        let capabilities = programme.lines.iter().map(|l| l.capability).collect();
        let (duals, reduced) = (solved.duals, solved.reduced);
        let ready = programme.sites.iter().map(|s| (s.site, s.ready.index())).collect();
        Some(Self { build, duals, reduced, by_row, by_col, held, ordered, capabilities, ready })
    }

    /// What stands in the way of one more piece at a customer in a period, with its price for each piece.
    pub(super) fn causes(&self, account: usize, period: usize) -> Vec<(Cause, f64)> {
        let mut walk = Walk { causes: BTreeMap::new(), seen: BTreeSet::new(), dearer: 0.0 };
        if let Some(row) = self.held.get(&(account, period)) {
            self.follow(*row, 1.0, &mut walk);
        }
        let mut causes: Vec<(Cause, f64)> = walk.causes.into_iter().collect();
        if causes.is_empty() {
            causes.push((Cause::Dearer, walk.dearer));
        }
        causes.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        causes
    }

    /// Follows the cheapest way by which one more piece could come into a row.
    fn follow(&self, row: usize, pieces: f64, walk: &mut Walk) {
        if !walk.seen.insert(row) {
            return;
        }
        let comes = self.by_row[row].iter().filter(|(col, factor)| {
            let key = self.build.key_of(*col);
            *factor > 0.0 && !matches!(key, Key::Serve(..) | Key::Excess(_)) && self.may_grow(*col)
        });
        let cheapest = comes.min_by(|(a, _), (b, _)| {
            self.extra(*a).total_cmp(&self.extra(*b)).then(self.order(*a).cmp(&self.order(*b)))
        });
        let Some((col, factor)) = cheapest else {
            let price = (self.duals[row] * pieces).abs();
            *walk.causes.entry(self.not_yet(row)).or_default() += price;
            return;
        };
        let each = pieces / factor;
        let reduced = self.reduced[col.index()];
        if reduced > NONE {
            walk.dearer += reduced * each;
        } else if reduced < -NONE
            && let Some(cause) = self.bound_of(*col)
        {
            *walk.causes.entry(cause).or_default() += -reduced * each;
        }
        for (other, used) in self.by_col[col.index()].iter().filter(|(other, _)| *other != row) {
            let (low, high) = self.build.program.bounds()[*other];
            if low == high {
                if *used < 0.0 {
                    self.follow(*other, -used * each, walk);
                }
                continue;
            }
            let price = -self.duals[*other] * used * each;
            if price > NONE
                && let Some(cause) = self.limit(*other, *col)
            {
                *walk.causes.entry(cause).or_default() += price;
            }
        }
    }

    /// What the way through a column costs more than the piece is worth, nothing when it is used.
    fn extra(&self, col: Col) -> f64 {
        let reduced = self.reduced[col.index()];
        if reduced.abs() <= NONE { 0.0 } else { reduced.max(0.0) }
    }

    /// Of ways that cost the same, the ones that lead on come first and those that only wait come last.
    fn order(&self, col: Col) -> (u8, Key) {
        let key = self.build.key_of(col);
        let waits = matches!(key, Key::Held(..) | Key::Stock(..) | Key::PartStock(..) | Key::Pool(..));
        (u8::from(waits), key)
    }

    fn may_grow(&self, col: Col) -> bool {
        self.build.program.cols()[col.index()].high > 0.0
    }

    /// A row into which nothing can come: why.
    fn not_yet(&self, row: usize) -> Cause {
        let period = |t: usize| PeriodId::from_index(t);
        match self.build.series()[row] {
            Some((Series::PartStock(_, component), _)) => Cause::PartsNotYet(component),
            Some((Series::Stock(site, item), _)) => {
                let mut makes = self.ordered.iter().filter(|(c, _)| {
                    let row = &self.build.data.ring.capability[**c];
                    (row.site, row.item) == (site, item)
                });
                match makes.next() {
                    Some((capability, _)) => {
                        let first = self.first_make(*capability).map(period);
                        Cause::LinesNotYet(*capability, first)
                    }
                    None => Cause::NotArrivedYet(
                        item,
                        self.first_arrival(|k| {
                            matches!(k, Key::Send(lane, i, _)
                        if i == item && self.build.data.ring.lanes[lane].to == model::ids::Node::Site(site))
                        }),
                    ),
                }
            }
            _ => {
                let account = self.held.iter().find(|(_, r)| **r == row).map_or(0, |((a, _), _)| *a);
                let account = &self.build.data.accounts[account];
                let to = model::ids::Node::Customer(account.customer);
                let first = self.first_arrival(|k| {
                    matches!(k, Key::Send(lane, i, _)
                    if i == account.item && self.build.data.ring.lanes[lane].to == to)
                });
                Cause::NotArrivedYet(account.item, first)
            }
        }
    }

    /// First period in which lines of a kind may make something.
    fn first_make(&self, capability: CapabilityId) -> Option<usize> {
        let lines = self.ordered.get(&capability)?.iter().map(|(at, _)| self.build.data.lines[*at].timing.output_from);
        let first = lines.min()?;
        (first..self.build.data.n).find(|t| self.build.col(Key::Make(capability, *t)).is_some())
    }

    /// First period in which something sent can arrive.
    fn first_arrival(&self, is: impl Fn(Key) -> bool) -> Option<PeriodId> {
        let arrives = |key| match key {
            Key::Send(lane, _, t) => t + self.build.data.network.lanes[lane].lag,
            _ => 0,
        };
        let first = self.build.columns().map(|(k, _)| k).filter(|k| is(*k)).map(arrives).min();
        first.map(PeriodId::from_index)
    }

    /// The limit of a column's own bound.
    fn bound_of(&self, col: Col) -> Option<Cause> {
        match self.build.key_of(col) {
            Key::Stock(site, item, _) => Some(Cause::StockFull(site, item)),
            _ => None,
        }
    }

    /// The limit that a row sets on a column.
    fn limit(&self, row: usize, col: Col) -> Option<Cause> {
        let series = self.build.series()[row];
        match (self.build.groups()[row], series) {
            (_, Some((Series::Capacity(capability), t))) => Some(self.lines_at(capability, t)),
            (Group::SourceCapacity(supply), _) => Some(Cause::SourceFull(supply)),
            (Group::LaneCapacity(lane), _) => Some(Cause::LaneFull(lane)),
            (Group::Contract(customer), _) => Some(Cause::Contract(customer)),
            (Group::Workshare(partner), _) => Some(Cause::Workshare(partner)),
            (Group::Budget(partner, index), _) => Some(Cause::Budget(partner, index)),
            (Group::PartsInTime(component), _) => Some(Cause::PartsNotYet(component)),
            _ => match self.build.key_of(col) {
                Key::FromStock(_, component, _) => Some(Cause::PartsNotYet(component)),
                _ => None,
            },
        }
    }

    /// Why lines make no more in a period.
    fn lines_at(&self, capability: CapabilityId, t: usize) -> Cause {
        let data = self.build.data;
        let lines = self.ordered.get(&capability).map_or(&[][..], Vec::as_slice);
        let of = |t: usize| lines.iter().map(|(at, n)| n * data.lines[*at].capacity_in(t).as_f64()).sum::<f64>();
        let now = of(t);
        if now <= 0.0 && !self.is_stopped(capability, t) {
            return Cause::LinesNotYet(capability, self.first_make(capability).map(PeriodId::from_index));
        }
        if self.is_stopped(capability, t) {
            return Cause::LinesStopped(capability);
        }
        let later = (t + 1..data.n).map(of).fold(0.0, f64::max);
        if later > now * 1.02 { Cause::LinesLearning(capability) } else { Cause::LinesFull(capability) }
    }

    /// True when a dated stop, or recovery from one, falls into a period.
    fn is_stopped(&self, capability: CapabilityId, t: usize) -> bool {
        let ring = self.build.data.ring;
        let site = self.build.data.site_of(capability);
        let first = ring.settings.first_day(t);
        rules::outage::of_site(ring, site).any(|(_, outage)| {
            let model::tables::outages::When::Dated(from, to) = outage.when else { return false };
            let profile = rules::recovery::profile(ring, outage, site);
            (0..ring.settings.period_days).map(|d| first.plus_days(d)).any(|day| {
                day >= from && (day <= to || rules::recovery::share(ring, profile, day.days_since(to) - 1) < 1.0)
            })
        })
    }

    /// What one more line of each kind ordered would gain at the most.
    pub(super) fn lines(&self) -> Vec<LineWorth> {
        let mut worth = Vec::new();
        for capability in &self.capabilities {
            // Before the site is ready nothing can be ordered, whatever its price.
            let site = self.build.data.site_of(*capability);
            let ready = self.ready.get(&site).copied().unwrap_or(usize::MAX);
            let own = self.build.data.lines_of(*capability).filter(|(_, line)| line.ordered >= ready);
            let own = own.filter_map(|(at, line)| {
                let col = self.build.col(Key::Lines(at))?;
                Some((-self.reduced[col.index()], line.option, line.ordered))
            });
            let best = own.max_by(|a, b| a.0.total_cmp(&b.0).then((b.1, b.2).cmp(&(a.1, a.2))));
            worth.extend(best.map(|(gain, option, ordered)| LineWorth {
                capability: *capability,
                option,
                ordered: PeriodId::from_index(ordered),
                gain: Money::from_f64(gain),
            }));
        }
        worth.sort_by_key(|w| (std::cmp::Reverse(w.gain), w.capability));
        worth
    }
}

struct Walk {
    causes: BTreeMap<Cause, f64>,
    seen: BTreeSet<usize>,
    /// What the cheapest way costs beyond the piece's worth.
    dearer: f64,
}

/// The row of what each customer holds, told by the column that serves from it.
fn held_rows(build: &Build<'_>, by_col: &[Vec<(usize, f64)>]) -> BTreeMap<(usize, usize), usize> {
    let mut held = BTreeMap::new();
    for (key, col) in build.columns() {
        if let Key::Serve(account, t) | Key::IntoPool(account, t) = key {
            let row = by_col[col.index()].iter().find(|(row, factor)| {
                let (low, high) = build.program.bounds()[*row];
                *factor < 0.0 && low == high && low == 0.0
            });
            held.extend(row.map(|(row, _)| ((account, t), *row)));
        }
    }
    held
}
