//! What one piece uses, by capability and period.

use model::Ring;
use model::ids::{CapabilityId, Component, ItemId};
use rules::components;
use units::{IdVec, Quantity};

/// What one piece of a capability row uses, and how much work is in it.
#[derive(Debug, Clone)]
pub(crate) struct Recipe {
    versions: Vec<Uses>,
    by_period: Vec<usize>,
    /// Labour minutes of one piece.
    pub(crate) labour: f64,
}

/// Components of one piece.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Uses {
    /// Made items taken from stock.
    pub(crate) made: Vec<(ItemId, Quantity)>,
    /// Parts and bought items.
    pub(crate) bought: Vec<(Component, Quantity)>,
}

impl Recipe {
    /// What a piece made in a period uses.
    pub(crate) fn uses(&self, period: usize) -> &Uses {
        &self.versions[self.by_period[period]]
    }

    /// Pieces of a bought component in one piece made in a period.
    pub(crate) fn pieces_of(&self, component: Component, period: usize) -> Quantity {
        let found = self.uses(period).bought.iter().find(|(c, _)| *c == component);
        found.map_or(Quantity::ZERO, |(_, pieces)| *pieces)
    }

    /// All bought components of all periods.
    pub(crate) fn all_bought(&self) -> impl Iterator<Item = Component> + '_ {
        self.versions.iter().flat_map(|v| v.bought.iter().map(|(c, _)| *c))
    }

    /// All made items used in any period.
    pub(crate) fn all_made(&self) -> impl Iterator<Item = ItemId> + '_ {
        self.versions.iter().flat_map(|v| v.made.iter().map(|(i, _)| *i))
    }
}

/// The recipes of all capability rows.
pub(crate) fn recipes(ring: &Ring) -> IdVec<CapabilityId, Recipe> {
    ring.capability
        .iter()
        .map(|row| {
            let mut recipe = Recipe {
                versions: Vec::new(),
                by_period: Vec::new(),
                labour: rules::labour::per_piece(ring, row.item, row.line_type).as_f64(),
            };
            for period in 0..ring.settings.n_periods {
                let day = ring.settings.first_day(period);
                let mut uses = Uses { made: Vec::new(), bought: Vec::new() };
                for (component, pieces) in components::used(ring, row.item, row.line_type, day) {
                    match component {
                        Component::Item(item) if !components::is_bought(ring, component) => {
                            uses.made.push((item, pieces));
                        }
                        _ => uses.bought.push((component, pieces)),
                    }
                }
                let known = recipe.versions.iter().position(|v| *v == uses);
                let version = known.unwrap_or_else(|| {
                    recipe.versions.push(uses);
                    recipe.versions.len() - 1
                });
                recipe.by_period.push(version);
            }
            recipe
        })
        .collect()
}
