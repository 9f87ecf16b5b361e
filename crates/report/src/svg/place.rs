//! Where labels go so that they do not lie on each other.

/// Moves label centres apart to at least `gap` px within `[lo, hi]`, changing each as little as a pass allows; order is kept.
///
/// # Cost
/// O(n log n). When the labels do not fit at all, they are spaced evenly.
#[must_use]
pub fn spread(wanted: &[f64], gap: f64, lo: f64, hi: f64) -> Vec<f64> {
    let n = wanted.len();
    let mut order: Vec<usize> = (0..n).collect();
    order.sort_by(|a, b| wanted[*a].total_cmp(&wanted[*b]).then(a.cmp(b)));
    let room = (hi - lo).max(0.0);
    let gap = if n > 1 { gap.min(room / super::scale::to_f64(n - 1)) } else { gap };
    let mut placed = vec![0.0; n];
    let mut floor = lo;
    for &i in &order {
        placed[i] = wanted[i].max(floor);
        floor = placed[i] + gap;
    }
    let mut ceiling = hi;
    for &i in order.iter().rev() {
        placed[i] = placed[i].min(ceiling);
        ceiling = placed[i] - gap;
    }
    placed
}

/// Which of the labels at `(centre, width)`, in order, to draw so that none touch: the first, then each that has room.
#[must_use]
pub fn thin(labels: &[(f64, f64)], air: f64) -> Vec<bool> {
    let mut edge = f64::NEG_INFINITY;
    labels
        .iter()
        .map(|(centre, width)| {
            let free = centre - width / 2.0 >= edge;
            if free {
                edge = centre + width / 2.0 + air;
            }
            free
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spread_keeps_gap_order_and_range() {
        let placed = spread(&[50.0, 51.0, 52.0, 10.0], 12.0, 0.0, 60.0);
        assert!(placed[1] - placed[0] >= 12.0 - 1e-9 && placed[2] - placed[1] >= 12.0 - 1e-9);
        assert!(placed.iter().all(|p| (0.0..=60.0).contains(p)) && placed[3] < placed[0]);
        let tight = spread(&[5.0, 5.0, 5.0], 12.0, 0.0, 10.0);
        assert_eq!(tight, [0.0, 5.0, 10.0]);
    }

    #[test]
    fn thin_drops_what_would_touch() {
        assert_eq!(thin(&[(10.0, 10.0), (18.0, 10.0), (26.0, 10.0)], 2.0), [true, false, true]);
    }
}
