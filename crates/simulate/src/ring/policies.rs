//! What the programme's policies decide while it runs: at the beginning of each period pieces of sites that stand still go to
//! others, and what will be missing is ordered again. The rules are those of the crate `rules`.

use super::flows::{Arrival, To};
use super::plant::{DAY, Thing};
use super::purpose;
use super::state::Run;
use model::ids::*;
use model::settings::{OnStop, Ordering};
use rules::ordering::Position;
use units::Id;

impl Run<'_> {
    /// The decisions of a period that begins now.
    pub(super) fn decide(&mut self, period: usize) {
        let settings = &self.plant.ring.settings;
        if settings.on_stop != OnStop::Wait {
            self.move_pieces(period);
        }
        if settings.ordering != Ordering::Planned {
            self.order_again(period);
        }
    }

    /// Pieces of sites that stand still today are taken over by other sites, as the policy says.
    fn move_pieces(&mut self, period: usize) {
        let plant = self.plant;
        for (at, group) in plant.groups.iter().enumerate() {
            let row = &plant.ring.capability[group.capability];
            let site = row.site.index();
            if !self.stands_still(site) || self.flows.routes_of(plant, site, row.item).next().is_none() {
                continue;
            }
            // What is planned for the period and has not begun.
            let left = self.planned[at][period] - self.released[at].max(self.planned_before(at, period));
            let others: Vec<usize> =
                (0..plant.groups.len()).filter(|o| *o != at && self.can_help(*o, row.item)).collect();
            let own: Vec<i64> = others.iter().map(|o| self.of_period(*o, period)).collect();
            let taken = rules::on_stop::taken_over(plant.ring.settings.on_stop, left.max(0), &own);
            for (other, pieces) in others.into_iter().zip(taken).filter(|(_, pieces)| *pieces > 0) {
                self.hand_over(at, other, period, pieces);
            }
        }
    }

    /// Whether a site gives no output today because of something that was not planned.
    fn stands_still(&self, site: usize) -> bool {
        self.sites[site].still.get((self.now / DAY) as usize).is_some_and(|still| *still)
    }

    /// Whether a group can take over pieces of an item: it makes it, its output counts, its site works and sends the item on.
    fn can_help(&self, group: usize, item: ItemId) -> bool {
        let plant = self.plant;
        let row = &plant.ring.capability[plant.groups[group].capability];
        let site = row.site.index();
        row.item == item
            && !self.stands_still(site)
            && plant.lines.iter().any(|l| l.group == group && l.counts_from <= self.now)
            && self.flows.routes_of(plant, site, item).next().is_some()
    }

    /// Pieces a group plans for a period.
    fn of_period(&self, group: usize, period: usize) -> i64 {
        self.planned[group][period] - self.planned_before(group, period)
    }

    /// Pieces a group plans for all periods before one.
    fn planned_before(&self, group: usize, period: usize) -> i64 {
        period.checked_sub(1).map_or(0, |before| self.planned[group][before])
    }

    /// Pieces of one group become those of another, with what they need and where they go.
    fn hand_over(&mut self, from: usize, to: usize, period: usize, pieces: i64) {
        let plant = self.plant;
        for (group, pieces) in [(from, -pieces), (to, pieces)] {
            self.planned[group][period..].iter_mut().for_each(|p| *p += pieces);
            self.planned_ticks[group] += pieces * 1_000;
            let site = plant.ring.capability[plant.groups[group].capability].site.index();
            for (thing, quantity) in self.kit(group) {
                self.sites[site].moved[thing as usize] += quantity * pieces;
            }
        }
        self.moved += pieces as u64;
        let row = |group: usize| &plant.ring.capability[plant.groups[group].capability];
        let (old, new) = (row(from).site, row(to).site);
        self.flows.redirect_output(plant, (old, new), row(to).item, period, pieces);
        for (thing, quantity) in self.kit(to) {
            if (thing as usize) < plant.ring.items.len() {
                let item = ItemId::from_index(thing as usize);
                self.flows.redirect_input(plant, (old, new), item, period, quantity * pieces / 1_000);
            }
        }
        for line in (0..plant.lines.len()).filter(|l| plant.lines[*l].group == to) {
            self.release(line);
        }
    }

    /// What one piece of a group takes in all at present, by thing, thousandths.
    fn kit(&self, group: usize) -> Vec<(Thing, i64)> {
        let plant = self.plant;
        let Some(line) = plant.lines.iter().find(|l| l.group == group) else {
            return Vec::new();
        };
        let kind = &plant.kinds[line.kind];
        let variant = kind.variant_at(self.now);
        let kits = plant.seats[kind.seats()].iter().filter_map(|s| s.kits.get(variant));
        kits.flatten().copied().collect()
    }

    /// Orders beyond the programme, through the source that the programme last used for the part at the site.
    fn order_again(&mut self, period: usize) {
        let plant = self.plant;
        let ring = plant.ring;
        for site in 0..self.sites.len() {
            for part in ring.parts.ids() {
                let thing = super::plant::thing(ring, Component::Part(part));
                let s = &self.sites[site];
                let at = thing as usize;
                let lot = ring.parts[part].lot_size.ticks();
                let position = Position { moved: s.moved[at], expired: s.expired[at], again: s.again[at], lot };
                let quantity = rules::ordering::beyond(ring.settings.ordering, &position);
                if quantity == 0 {
                    continue;
                }
                let mine = |o: &&model::results::programme::Order| {
                    o.site.index() == site
                        && o.period.index() <= period
                        && ring.supply[o.supply].component == Component::Part(part)
                        && rules::lag::takes_orders(ring, o.supply, period)
                };
                let last = plant.programme.orders.iter().filter(mine).max_by_key(|o| o.period);
                if let Some(source) = last.map(|o| o.supply) {
                    self.sites[site].again[at] += quantity;
                    self.place(site, thing, source, quantity);
                }
            }
        }
    }

    /// Places an order now.
    fn place(&mut self, site: usize, thing: Thing, source: SupplyId, quantity: i64) {
        let plant = self.plant;
        self.n_again += 1;
        // Named after the orders of the programme.
        let name = (plant.programme.orders.len() as u64 + self.n_again) as u32;
        let mut stream = self.source.stream(self.replication, name, purpose::LEAD);
        let draw = plant.samplers[plant.supply_samplers[source.index()]].draw(&mut stream);
        let time = self.flows.lead_end(plant, source, self.now, draw);
        if let Some(index) = self.flows.under_way(plant, time, Arrival { to: To::Site(site), thing, quantity }) {
            self.sites[site].incoming.schedule(time, index);
        }
    }
}
