//! The spread of demand that each stage sees, from the customers it serves in the end.

use super::Refused;
use super::network::ordered;

/// What the spreads of inner stages follow from.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Pooled {
    /// Safety factor times deviation of the demand from outside in one period, pieces; 0 for inner stages.
    pub outside: f64,
    /// How spreads of several customers add up: 1 in full, 2 as independent demands do, larger for more pooling; `>= 1`.
    pub pooling: f64,
}

/// Safety factor times deviation of one period's demand at each stage, pieces: `(outside^p + sum of (quantity * spread of
/// the customer)^p)^(1/p)`, over links `(supplier, customer, pieces of the supplier in one of the customer)`.
///
/// # Errors
/// [`Refused`] when a link makes no sense or the links lead in a circle.
///
/// # Source
/// Graves and Willems 2000, section 3.1: potentially correlated demand streams combined with an exponent `p`.
pub fn pooled_spreads(stages: &[Pooled], links: &[(usize, usize, f64)]) -> Result<Vec<f64>, Refused> {
    let plain: Vec<(usize, usize)> = links.iter().map(|(from, to, _)| (*from, *to)).collect();
    let order = ordered(stages.len(), &plain)?;
    let mut spread = vec![0.0; stages.len()];
    for at in order.into_iter().rev() {
        let p = stages[at].pooling.max(1.0);
        let sum: f64 = links
            .iter()
            .filter(|(from, ..)| *from == at)
            .map(|(_, to, quantity)| libm::pow(quantity * spread[*to], p))
            .sum();
        spread[at] = libm::pow(libm::pow(stages[at].outside, p) + sum, 1.0 / p);
    }
    Ok(spread)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pools_independent_customers_and_adds_dependent_ones() {
        let end = |outside| Pooled { outside, pooling: 2.0 };
        let links = [(2, 0, 1.0), (2, 1, 2.0), (3, 2, 1.0)];
        let mut stages = [end(3.0), end(2.0), end(0.0), end(0.0)];
        assert_eq!(pooled_spreads(&stages, &links).unwrap()[2..], [5.0, 5.0]);
        stages[2].pooling = 1.0;
        assert_eq!(pooled_spreads(&stages, &links).unwrap()[2], 7.0);
        assert_eq!(pooled_spreads(&stages, &[(0, 1, 1.0), (1, 0, 1.0)]), Err(Refused::Circle));
    }
}
