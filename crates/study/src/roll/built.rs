//! Sites that are open on the day and lines that stand or are on order.

use super::At;
use model::Choice as _;
use model::ids::CapabilityId;
use rules::{calendar::WorkTime, capacity, line, standing};
use std::collections::BTreeMap;
use units::{Id, Quantity};

/// Lines that look alike: capability row, layout, days of first piece and of output.
type Alike = (CapabilityId, usize, String, String);

impl At<'_> {
    /// `standing_sites.csv` of the day.
    pub(super) fn standing_sites(&self) -> Vec<Vec<String>> {
        let open = self.before.programme.sites.iter().filter(|site| {
            site.period.index() < self.periods || standing::site_ready(self.ring(), site.site).is_some()
        });
        open.map(|site| {
            let ready = site.ready.index();
            let day = if ready > self.periods { self.day(ready) } else { String::new() };
            vec![self.ring().sites[site.site].key.clone(), day]
        })
        .collect()
    }

    /// `standing_lines.csv` of the day.
    pub(super) fn standing_lines(&self) -> Vec<Vec<String>> {
        let ring = self.ring();
        let time = WorkTime::new(ring);
        let mut alike: BTreeMap<Alike, (i64, i64)> = BTreeMap::new();
        for row in &self.before.programme.lines {
            if row.stands.is_none() && row.ordered.index() >= self.periods {
                continue;
            }
            let Some(option) = line::option_of(ring, self.before.designs, row.capability, row.option) else {
                continue;
            };
            let (first, output) = (row.first_piece.index(), row.output_from.index());
            // Days before the old first day stay as they were written.
            let old = row.stands.map(|id| &ring.standing_lines[id]);
            let days = old.map_or_else(
                || (self.day(first), self.day(output)),
                |old| {
                    let shown = |day: units::Date, period: usize| {
                        if day < ring.settings.start { day.to_string() } else { self.day(period) }
                    };
                    (shown(old.first_piece, first), shown(old.output_from, output))
                },
            );
            let planned = &time.planned[ring.capability[row.capability].site];
            let made = line::experience_of(ring, row);
            let cycle = option.cycle_time_planned;
            let all = capacity::of_line(ring, row.capability, cycle, output, made, planned);
            let since: Quantity = all.iter().take(self.periods).copied().sum();
            let behind = Quantity::from_f64(made).ticks() + since.ticks();
            let entry = alike.entry((row.capability, row.option, days.0, days.1)).or_default();
            // Lines of one row are counted together; where they have learnt differently, the mean is kept.
            entry.1 = (entry.1 * entry.0 + behind * row.count) / (entry.0 + row.count);
            entry.0 += row.count;
        }
        let mut made = self.made();
        alike
            .into_iter()
            .map(|((capability, option, first, output), (lines, behind))| {
                let row = &ring.capability[capability];
                // What was made counts once, with the first of a capability's lines.
                let made = made.remove(&capability).unwrap_or_default();
                vec![
                    ring.sites[row.site].key.clone(),
                    ring.items[row.item].key.clone(),
                    row.line_type.word().to_owned(),
                    (option + 1).to_string(),
                    first,
                    output,
                    lines.to_string(),
                    Quantity::from_ticks(behind).to_string(),
                    made.to_string(),
                ]
            })
            .collect()
    }

    /// Pieces made by the day, by capability row.
    fn made(&self) -> BTreeMap<CapabilityId, Quantity> {
        let mut all: BTreeMap<CapabilityId, Quantity> = BTreeMap::new();
        for row in self.ring().standing_lines.iter() {
            *all.entry(row.capability).or_default() += row.made;
        }
        for row in self.before.programme.make.iter().filter(|m| m.period.index() < self.periods) {
            *all.entry(row.capability).or_default() += row.quantity;
        }
        all
    }
}
