//! Consignments of pieces that are made elsewhere than planned: where they go, and where what they need goes.

use super::flows::{Flows, Route};
use super::plant::Plant;
use model::ids::*;
use units::Id;

impl Flows {
    /// Routes of an item from a site.
    pub(super) fn routes_of(&self, plant: &Plant<'_>, site: usize, item: ItemId) -> impl Iterator<Item = usize> {
        let from = |r: &Route| plant.ring.lanes[LaneId::from_index(r.lane)].from.index();
        self.routes.iter().enumerate().filter(move |(_, r)| r.item == item && from(r) == site).map(|(at, _)| at)
    }

    /// Pieces made elsewhere go from there to where they would have gone, or by the first route there is.
    pub(super) fn redirect_output(
        &mut self,
        plant: &Plant<'_>,
        (old, new): (SiteId, SiteId),
        item: ItemId,
        period: usize,
        pieces: i64,
    ) {
        let to = |r: &Route| plant.ring.lanes[LaneId::from_index(r.lane)].to;
        let before: Vec<usize> = self.routes_of(plant, old.index(), item).collect();
        let after: Vec<usize> = self.routes_of(plant, new.index(), item).collect();
        let planned: Vec<i64> = before.iter().map(|r| self.routes[*r].of_period(period)).collect();
        let all: i64 = planned.iter().sum();
        let mut left = pieces;
        for (route, own) in before.iter().zip(planned) {
            let mine = if all > 0 { (pieces * own / all).min(left) } else { 0 };
            let goal = after.iter().find(|a| to(&self.routes[**a]) == to(&self.routes[*route])).or(after.first());
            if let Some(goal) = goal {
                self.routes[*route].change(period, -mine);
                self.routes[*goal].change(period, mine);
                left -= mine;
            }
        }
        if let Some(first) = after.first() {
            self.routes[*first].change(period, left);
        }
    }

    /// Pieces of an item that were to go to one site go to another, by routes that serve both from one place.
    pub(super) fn redirect_input(
        &mut self,
        plant: &Plant<'_>,
        (old, new): (SiteId, SiteId),
        item: ItemId,
        period: usize,
        pieces: i64,
    ) {
        let lane = |r: &Route| &plant.ring.lanes[LaneId::from_index(r.lane)];
        let mut left = pieces;
        for at in 0..self.routes.len() {
            if self.routes[at].item != item || lane(&self.routes[at]).to != Node::Site(old) {
                continue;
            }
            let from = lane(&self.routes[at]).from;
            let mate = |r: &Route| r.item == item && lane(r).from == from && lane(r).to == Node::Site(new);
            if let Some(mate) = self.routes.iter().position(mate) {
                let moved = self.routes[at].of_period(period).clamp(0, left);
                self.routes[at].change(period, -moved);
                self.routes[mate].change(period, moved);
                left -= moved;
            }
        }
    }
}

impl Route {
    /// Pieces planned for a period.
    fn of_period(&self, period: usize) -> i64 {
        self.planned[period] - if period > 0 { self.planned[period - 1] } else { 0 }
    }

    /// Plans more or fewer pieces from a period on.
    fn change(&mut self, period: usize, pieces: i64) {
        self.planned[period..].iter_mut().for_each(|p| *p += pieces);
    }
}
