//! The program under construction: columns by key, rows by rule, costs by kind.

use crate::data::Data;
use crate::key::{Group, Key, Series};
use crate::lp::{Col, Program, Row};
use crate::{column, constraint};
use model::ids::{Component, PartnerId, SiteId, SupplyId};
use model::settings::CostKind;
use rules::moves::Decision;
use std::collections::{BTreeMap, BTreeSet};

/// Money spent per unit of a column: what on, in which period, how much.
pub(crate) type Spend = (CostKind, usize, f64);

/// How closely purchases are modelled. Less is a relaxation: its bound holds, its plan may need more.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Detail {
    /// Components whose orders and stock have columns of their own, because a source's capacity binds.
    pub(crate) ordered: BTreeSet<Component>,
    /// Sources whose smallest lots do not fit their capacity together; nothing more is ordered there.
    pub(crate) left_out: BTreeSet<SupplyId>,
    /// Whether purchases count against ceilings, in the period of the latest possible order.
    pub(crate) parts_in_budgets: bool,
    /// Whether contracts, ceilings, workshare and qualified sites may be missed, at a penalty outside the cost.
    pub(crate) soft: bool,
    /// Whether frozen decisions may give way, to find which must.
    pub(crate) frozen_may_give_way: bool,
}

impl Detail {
    /// True when every programme of the ring is a point of the program, so that its bound holds for the ring.
    pub(crate) fn is_relaxation(&self) -> bool {
        !self.parts_in_budgets && self.left_out.is_empty() && !self.soft
    }
}

/// A ceiling with what counts against it.
pub(crate) struct Ceiling {
    pub(crate) partner: PartnerId,
    pub(crate) index: usize,
    kinds: Vec<CostKind>,
    /// Periods whose first day lies in the window.
    periods: std::ops::Range<usize>,
    pub(crate) most: f64,
    terms: Vec<(Col, f64)>,
    pub(crate) constant: f64,
    row: Option<Row>,
}

/// A program with the meaning of its columns and rows.
pub(crate) struct Build<'a> {
    pub(crate) data: &'a Data<'a>,
    pub(crate) detail: Detail,
    pub(crate) program: Program,
    columns: BTreeMap<Key, Col>,
    keys: Vec<Key>,
    groups: Vec<Group>,
    series: Vec<Option<(Series, usize)>>,
    pub(crate) ceilings: Vec<Ceiling>,
    /// Cost that no decision changes.
    pub(crate) constant: f64,
}

impl<'a> Build<'a> {
    /// The whole program of a plan.
    pub(crate) fn new(data: &'a Data<'a>, detail: Detail) -> Self {
        let mut build = Self {
            data,
            detail,
            program: Program::default(),
            columns: BTreeMap::new(),
            keys: Vec::new(),
            groups: Vec::new(),
            series: Vec::new(),
            ceilings: ceilings(data),
            constant: 0.0,
        };
        column::add_all(&mut build);
        constraint::add_all(&mut build);
        build
    }

    /// Adds a column of real values.
    pub(crate) fn real(&mut self, key: Key, high: f64, spend: &[Spend]) -> Col {
        let col = self.program.real(0.0, 0.0, high);
        self.know(key, col, spend)
    }

    /// Adds a column of whole values.
    pub(crate) fn whole(&mut self, key: Key, high: f64, spend: &[Spend]) -> Col {
        let col = self.program.whole(0.0, 0.0, high);
        self.know(key, col, spend)
    }

    fn know(&mut self, key: Key, col: Col, spend: &[Spend]) -> Col {
        let before = self.columns.insert(key, col);
        self.keys.push(key);
        debug_assert!(before.is_none(), "{key:?} has one column");
        for (kind, period, amount) in spend {
            self.program.add_cost(col, *amount);
            // What stock on hand saves is not credited to a ceiling: when it saves is not known.
            let bought = self.detail.parts_in_budgets && !matches!(key, Key::FromStock(..));
            let counts = *kind != CostKind::Parts || bought;
            for ceiling in self.ceilings.iter_mut().filter(|c| counts && c.counts(*kind, *period)) {
                ceiling.terms.push((col, *amount));
            }
        }
        col
    }

    /// Counts money that is spent whatever is decided.
    pub(crate) fn spend_always(&mut self, kind: CostKind, period: usize, amount: f64) {
        self.constant += amount;
        for ceiling in self.ceilings.iter_mut().filter(|c| c.counts(kind, period)) {
            ceiling.constant += amount;
        }
    }

    /// The column of a key; none when the plan has no such choice.
    pub(crate) fn col(&self, key: Key) -> Option<Col> {
        self.columns.get(&key).copied()
    }

    /// The key of a column.
    pub(crate) fn key_of(&self, col: Col) -> Key {
        self.keys[col.index()]
    }

    /// The key of each column, in order of the columns.
    pub(crate) fn keys(&self) -> &[Key] {
        &self.keys
    }

    /// Keys with their columns, in order of the keys.
    pub(crate) fn columns(&self) -> impl Iterator<Item = (Key, Col)> {
        self.columns.iter().map(|(k, c)| (*k, *c))
    }

    /// The decision that a column takes, in the terms of the plan as it stood; none for other columns and for what stands.
    pub(crate) fn decision_of(&self, key: Key) -> Option<Decision> {
        match key {
            Key::Open(site, opened) => {
                let stands = rules::standing::site_ready(self.data.ring, site).is_some();
                (!stands).then_some(Decision::Site(site, opened))
            }
            Key::Lines(at) => {
                let line = &self.data.lines[at];
                let decision = Decision::Line(line.capability, line.option, line.ordered);
                line.stands.is_none().then_some(decision)
            }
            Key::Make(capability, t) => Some(Decision::Make(capability, t)),
            _ => None,
        }
    }

    /// A term of a key when it has a column.
    pub(crate) fn term(&self, key: Key, factor: f64) -> Option<(Col, f64)> {
        self.col(key).map(|col| (col, factor))
    }

    /// Adds a row of a rule.
    pub(crate) fn row(&mut self, group: Group, low: f64, high: f64, mut terms: Vec<(Col, f64)>) -> Row {
        if let (true, Some(penalty)) = (self.detail.soft, self.penalty(group)) {
            let excess = self.real(Key::Excess(self.groups.len()), f64::INFINITY, &[]);
            self.program.add_cost(excess, penalty);
            terms.push((excess, if low.is_finite() { 1.0 } else { -1.0 }));
        }
        self.groups.push(group);
        self.series.push(None);
        self.program.row(low, high, terms)
    }

    /// Adds a row of a rule that stands in every period alike.
    pub(crate) fn row_in(&mut self, at: (Series, usize), group: Group, low: f64, high: f64, terms: Vec<(Col, f64)>) {
        self.row(group, low, high, terms);
        *self.series.last_mut().expect("a row was just added") = Some(at);
    }

    /// The series and period of each row that belongs to one.
    pub(crate) fn series(&self) -> &[Option<(Series, usize)>] {
        &self.series
    }

    /// What missing a soft rule by one unit of its row weighs; none for rules that always hold.
    fn penalty(&self, group: Group) -> Option<f64> {
        match group {
            Group::Contract(customer) => Some(100.0 * (1.0 + self.data.ring.customers[customer].unmet_cost.as_f64())),
            Group::Budget(..) => Some(20.0),
            Group::Workshare(_) => Some(100.0),
            Group::Qualified(_) => Some(1e7),
            Group::SafetyStock(_) => Some(1e5),
            _ => None,
        }
    }

    /// Adds the row of each ceiling, once all columns are there.
    pub(crate) fn close_ceilings(&mut self) {
        for at in 0..self.ceilings.len() {
            let ceiling = &mut self.ceilings[at];
            let (group, left) = (Group::Budget(ceiling.partner, ceiling.index), ceiling.most - ceiling.constant);
            let terms = std::mem::take(&mut ceiling.terms);
            self.ceilings[at].row = Some(self.row(group, f64::NEG_INFINITY, left, terms));
        }
    }

    /// What counts against a ceiling.
    pub(crate) fn terms_of(&self, ceiling: &Ceiling) -> &[(Col, f64)] {
        ceiling.row.map_or(&[], |row| self.program.terms(row.index()))
    }

    /// The rule of each row.
    pub(crate) fn groups(&self) -> &[Group] {
        &self.groups
    }

    /// True when a component's orders at a site have columns of their own.
    pub(crate) fn is_ordered(&self, site: SiteId, component: Component) -> bool {
        let parts = &self.data.parts;
        let on_hand = parts.opening(site, component).is_some();
        let simple = parts.deliveries(site, component).is_some();
        self.detail.ordered.contains(&component) || on_hand && !simple
    }
}

impl Ceiling {
    fn counts(&self, kind: CostKind, period: usize) -> bool {
        self.periods.contains(&period) && self.kinds.contains(&kind)
    }

    /// True when purchases count against it.
    pub(crate) fn covers_parts(&self) -> bool {
        self.kinds.contains(&CostKind::Parts)
    }
}

fn ceilings(data: &Data<'_>) -> Vec<Ceiling> {
    let mut ceilings = Vec::new();
    for (partner, row) in data.ring.partners.enumerate() {
        for (index, budget) in row.budgets.iter().enumerate() {
            let day = |t: usize| data.ring.settings.first_day(t);
            let first = (0..data.n).find(|t| day(*t) >= budget.from).unwrap_or(data.n);
            let past = (first..data.n).find(|t| day(*t) > budget.to).unwrap_or(data.n);
            ceilings.push(Ceiling {
                partner,
                index,
                kinds: row.pays.clone(),
                periods: first..past,
                most: (budget.ceiling - budget.spent).as_f64(),
                terms: Vec::new(),
                constant: 0.0,
                row: None,
            });
        }
    }
    ceilings
}
