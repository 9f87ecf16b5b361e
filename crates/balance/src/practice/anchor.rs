//! Which of today's stations the stations of a line stand at, so that fewest tasks move.

use super::job::Job;

/// For each station one of today's or a new place: ascending, each once, with the most tasks staying. Tasks that were not
/// there yet count for nothing.
///
/// # Cost
/// Stations of the line times stations of today: the best chain of pairs, as for longest common subsequences.
#[must_use]
pub(super) fn anchored(job: &Job<'_>, stations: &[Vec<u32>]) -> Vec<Option<u32>> {
    let Some(today) = &job.today else { return vec![None; stations.len()] };
    let places = today.iter().flatten().max().map_or(0, |&q| q as usize + 1);
    // most[s][q]: tasks that stay in stations from `s` on, at places from `q` on.
    let mut most = vec![vec![0u32; places + 1]; stations.len() + 1];
    let stay = |s: usize, q: usize| stations[s].iter().filter(|&&t| today[t as usize] == Some(q as u32)).count() as u32;
    for s in (0..stations.len()).rev() {
        for q in (0..places).rev() {
            let own = stay(s, q);
            let here = if own > 0 { own + most[s + 1][q + 1] } else { 0 };
            most[s][q] = here.max(most[s + 1][q]).max(most[s][q + 1]);
        }
    }
    let (mut s, mut q) = (0, 0);
    let mut at = vec![None; stations.len()];
    while s < stations.len() && q < places {
        let own = stay(s, q);
        if own > 0 && most[s][q] == own + most[s + 1][q + 1] {
            at[s] = Some(q as u32);
            (s, q) = (s + 1, q + 1);
        } else if most[s][q] == most[s + 1][q] {
            s += 1;
        } else {
            q += 1;
        }
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::instance::Instance;
    use crate::practice::Side;

    #[test]
    fn most_tasks_stay_and_places_ascend() {
        let instance = Instance::new(&[1; 6], &[]).unwrap();
        let mut job = Job::new(&instance, 10, Side::Single);
        job.today = Some([0, 0, 1, 1, 2, 2].map(Some).to_vec());
        assert_eq!(anchored(&job, &[vec![4, 5], vec![0, 1, 2], vec![3]]), [None, Some(0), Some(1)]);
        assert_eq!(anchored(&job, &[vec![0], vec![1], vec![2, 3, 4, 5]]), [Some(0), None, Some(1)]);
    }
}
