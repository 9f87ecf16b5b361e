//! What is looked at, with names for facts.

use model::Ring;
use model::ids::{CapabilityId, Component, SiteId};
use model::results::{LineDesign, LineOption, Programme};
use rules::calendar::WorkTime;
use rules::line::option_of;

/// A programme whose lists are in order, with its ring.
pub(super) struct Subject<'a> {
    pub(super) ring: &'a Ring,
    pub(super) designs: &'a [LineDesign],
    pub(super) programme: &'a Programme,
    pub(super) time: WorkTime,
    /// Periods of the horizon.
    pub(super) n: usize,
}

impl<'a> Subject<'a> {
    pub(super) fn new(ring: &'a Ring, designs: &'a [LineDesign], programme: &'a Programme) -> Self {
        Self { ring, designs, programme, time: WorkTime::new(ring), n: ring.settings.n_periods }
    }

    /// The option of an ordered line.
    pub(super) fn option(&self, capability: CapabilityId, option: usize) -> &'a LineOption {
        option_of(self.ring, self.designs, capability, option).expect("shape::check found the option")
    }

    pub(super) fn site(&self, capability: CapabilityId) -> SiteId {
        self.ring.capability[capability].site
    }

    /// A site's name in quotes.
    pub(super) fn site_name(&self, site: SiteId) -> String {
        format!("`{}`", self.ring.sites[site].key)
    }

    /// A capability as `site:item:type`.
    pub(super) fn capability_name(&self, capability: CapabilityId) -> String {
        let row = &self.ring.capability[capability];
        format!("`{}:{}:{}`", self.ring.sites[row.site].key, self.ring.items[row.item].key, row.line_type)
    }

    pub(super) fn component_name(&self, component: Component) -> String {
        format!("`{}`", self.ring.component_key(component))
    }
}

/// A period as readers count it, from 1.
pub(super) fn shown(period: usize) -> usize {
    period + 1
}
