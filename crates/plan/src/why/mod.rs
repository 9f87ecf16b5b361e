//! Why a programme is as it is: late and lost units, cheaper sources passed over, lines wanted, the way of each unit.
//!
//! Prices are those of the linear program in which sites, lines and people stay as decided: the dual of a row says what
//! one more piece there would save. From a late unit the cheapest way back is followed, and every limit met on it with a
//! price is a cause. By duality the price of the unit is the sum of what its way costs and of these limits.
//!
//! # Source
//! Bradley, Hax and Magnanti 1977, Applied Mathematical Programming, chapter 4: shadow prices and reduced costs.
//!
//! # Not handled
//! Where a program has several dual solutions, one is told. Smallest lots have no price here.

mod compare;
mod late;
mod peg;
mod prices;
mod source;
#[cfg(test)]
mod tests;

pub use compare::{Difference, LateSum, difference};

use crate::problem::Problem;
use diag::{Code, Diagnostic};
use model::results::{Programme, Why};
use prices::Prices;

/// Explains every late and lost unit, every order for which a cheaper source was passed over, and every unit's way.
///
/// # Errors
/// `RW0303` when the sites and lines of the programme leave no plan in this ring, so that nothing has a price.
///
/// # Cost
/// One linear program over the lines of the kinds that the programme orders.
pub fn why(problem: &Problem<'_>, programme: &Programme) -> Result<Why, Vec<Diagnostic>> {
    let none = || {
        let help = "explain a programme with the ring it was made for";
        vec![Diagnostic::error(Code(303), "the programme's sites and lines leave no plan in this ring", help)]
    };
    let data = prices::data(problem, programme);
    let prices = Prices::new(&data, programme).ok_or_else(none)?;
    Ok(Why {
        late: late::all(&prices, programme),
        sources: source::all(&data, programme),
        lines: prices.lines(),
        pegs: peg::all(&data, programme),
    })
}
