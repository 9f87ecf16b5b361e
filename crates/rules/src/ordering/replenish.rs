//! Replenish: what pieces moved here use and what went past its shelf life is ordered again, in whole lots.

use super::Position;

pub(super) fn beyond(position: &Position) -> i64 {
    let missing = position.moved + position.expired - position.again;
    let lot = position.lot.max(1);
    missing.max(0).div_euclid(lot) * lot + if missing > 0 && missing % lot != 0 { lot } else { 0 }
}
