//! Which of several designs is best, with a stated chance of being right.

/// What is promised, and at which price.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Selection {
    /// The chance of picking the best, in (1/k, 1), when it is better than all others by `indifference`.
    pub confidence: f64,
    /// A difference of means that matters, positive; among designs closer to the best than this any may be picked.
    pub indifference: f64,
    /// Replications of every design before any is dropped, at least 2; ten or more are wise.
    pub first: usize,
}

/// What was picked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Selected {
    /// The design with, as promised, the largest mean.
    pub best: usize,
    /// Replications spent on each design.
    pub replications: Vec<usize>,
}

impl Selection {
    /// Picks one of `designs >= 1`, asking `sample(design, replication)` for one number at a time, replications from 0.
    ///
    /// Designs are dropped as soon as they are clearly worse, so few replications go to the bad ones. Numbers of one
    /// replication may depend on each other across designs (common random numbers), and then fewer are needed;
    /// replications must be independent and roughly normal, such as means over a long run.
    ///
    /// # Source
    /// S.-H. Kim, B. L. Nelson (2001), A fully sequential procedure for indifference-zone selection in simulation, ACM
    /// TOMACS 11(3), with c = 1.
    #[must_use]
    pub fn pick(&self, designs: usize, mut sample: impl FnMut(usize, usize) -> f64) -> Selected {
        let first = self.first.max(2);
        let mut numbers: Vec<Vec<f64>> = (0..designs).map(|i| (0..first).map(|r| sample(i, r)).collect()).collect();
        let mut sums: Vec<f64> = numbers.iter().map(|x| x.iter().sum()).collect();
        let free = (first - 1) as f64;
        let alpha = 1.0 - self.confidence;
        let pairs = designs.saturating_sub(1).max(1) as f64;
        let eta = 0.5 * (libm::pow(2.0 * alpha / pairs, -2.0 / free) - 1.0);
        let factor = 2.0 * eta * free / (self.indifference * self.indifference);
        // How many replications a pair takes at most: factor times the variance of its difference.
        let limits: Vec<f64> = (0..designs * designs)
            .map(|at| factor * variance_of_difference(&numbers[at / designs], &numbers[at % designs]))
            .collect();
        let mut left: Vec<usize> = (0..designs).collect();
        let mut r = first;
        loop {
            let n = r as f64;
            let stays = |i: usize| {
                left.iter().all(|l| {
                    let room = (0.5 * self.indifference / n * (limits[i * designs + l] - n)).max(0.0);
                    i == *l || (sums[i] - sums[*l]) / n >= -room
                })
            };
            let kept: Vec<usize> = left.iter().copied().filter(|i| stays(*i)).collect();
            // All means equal and no room left: nobody is worse.
            let over = kept.len() == 1 || limits.iter().all(|most| n > *most);
            if !kept.is_empty() {
                left = kept;
            }
            if over {
                break;
            }
            for i in &left {
                let x = sample(*i, r);
                sums[*i] += x;
                numbers[*i].push(x);
            }
            r += 1;
        }
        let mean = |i: usize| sums[i] / numbers[i].len() as f64;
        let best = left.iter().copied().reduce(|a, b| if mean(b) > mean(a) { b } else { a }).unwrap_or(0);
        Selected { best, replications: numbers.iter().map(Vec::len).collect() }
    }
}

fn variance_of_difference(a: &[f64], b: &[f64]) -> f64 {
    let sample: super::Welford = a.iter().zip(b).map(|(x, y)| x - y).collect();
    sample.variance()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::special::normal_quantile;
    use crate::stream::Source;

    /// The hardest case that the promise covers: every design but one is worse by exactly what matters.
    #[test]
    fn the_best_of_100_designs_is_picked_in_95_per_cent_of_500_trials() {
        let select = Selection { confidence: 0.95, indifference: 0.5, first: 15 };
        let mut right = 0;
        for trial in 0..500u32 {
            let best = trial as usize % 100;
            let picked = select.pick(100, |i, r| {
                let key = Source::new(8, trial).keyed(r as u32, i as u32, 0);
                normal_quantile((f64::from(key.at(0)) + 0.5) / 4_294_967_296.0) + if i == best { 0.5 } else { 0.0 }
            });
            right += u32::from(picked.best == best);
        }
        assert!(right >= 475, "{right}");
    }

    #[test]
    fn common_random_numbers_need_fewer_replications_and_bad_designs_fewest() {
        let select = Selection { confidence: 0.95, indifference: 0.2, first: 10 };
        let noise = |r: usize, i: usize| normal_quantile(Source::new(3, 0).stream(r as u32, i as u32, 0).uniform());
        let level = [0.0, 0.2, 0.4, 2.0];
        let alone = select.pick(4, |i, r| level[3 - i] + noise(r, i));
        let common = select.pick(4, |i, r| level[3 - i] + 0.9 * noise(r, 9) + 0.1 * noise(r, i));
        assert_eq!((alone.best, common.best), (0, 0));
        assert!(common.replications.iter().sum::<usize>() * 2 < alone.replications.iter().sum::<usize>() * 3);
        let narrow = Selection { indifference: 0.05, ..select }.pick(3, |i, r| [0.0, 0.1, -3.0][i] + noise(r, i));
        assert!(narrow.best == 1 && narrow.replications[2] < narrow.replications[0], "{narrow:?}");
    }
}
