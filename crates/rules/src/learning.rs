//! Learning: how much longer a piece takes while a site is new to the item.

use model::Ring;
use model::ids::{ItemId, SiteId};
use model::tables::items::Item;
use model::tables::opening::Opening;

/// The learning curve of an item.
///
/// `factor(n) = f + (1 - f) * max(1, ((n + c) / M)^log2(q))` with floor `f`, credit `c`, maturity `M`, slope `q`.
///
/// # Source
/// Crawford's unit curve (J. R. Crawford, Learning Curve, Ship Curve, Ratios, Related Data, Lockheed, 1944);
/// the floor after J. R. de Jong, The effects of increasing skill on cycle time and its consequences for time
/// standards, Ergonomics 1(1), 1957.
///
/// # Differs from the source
/// The curve is tied to the unit `M` at which the minutes as written hold, not to unit 1, and stays there.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Curve {
    floor: f64,
    exponent: f64,
    credit: f64,
    mature: f64,
}

impl Curve {
    /// The curve of an item.
    #[must_use]
    pub fn of(item: &Item) -> Self {
        Self {
            floor: item.learning_floor.get(),
            exponent: libm::log2(item.learning_slope),
            credit: item.learning_credit as f64,
            mature: item.learning_mature as f64,
        }
    }

    /// What the minutes as written are multiplied with for the `n`-th piece at a site, `n >= 1`; at least 1.
    ///
    /// `n` counts pieces of the item at the site, opening experience included; between whole numbers it is smooth.
    #[must_use]
    pub fn factor(&self, n: f64) -> f64 {
        let unit = (n + self.credit) / self.mature;
        if unit >= 1.0 {
            return 1.0;
        }
        self.floor + (1.0 - self.floor) * libm::pow(unit, self.exponent).max(1.0)
    }
}

/// The experience left of `experience` pieces after days without a piece, when half of it is forgotten in `half_days`.
///
/// # Source
/// S. Globerson, N. Levin, A. Shtub, The impact of breaks on forgetting when performing a repetitive task, IIE Transactions
/// 21(4), 1989: what a break costs rises with its length and with what had been learnt.
///
/// # Differs from the source
/// They fit a power of the length of the break to one task; here experience halves in equal times, and the curve does the rest.
#[must_use]
pub fn remembered(experience: f64, idle_days: f64, half_days: f64) -> f64 {
    if idle_days <= 0.0 {
        return experience;
    }
    experience * libm::exp2(-idle_days / half_days)
}

/// Pieces of an item that a site had made before the first day.
#[must_use]
pub fn experience(ring: &Ring, site: SiteId, item: ItemId) -> f64 {
    let made = |o: &Opening| match o {
        Opening::Experience(s, i, n) if (*s, *i) == (site, item) => n.as_f64(),
        _ => 0.0,
    };
    ring.opening.iter().map(made).sum()
}
