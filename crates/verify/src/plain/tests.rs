//! Answers worked out by hand hold; altered ones do not.

use super::*;

const TIMES: [u32; 5] = [4, 4, 4, 4, 4];
/// 0 before 1 before 2; 3 and 4 free.
const ARCS: [(usize, usize); 2] = [(0, 1), (1, 2)];

fn line() -> PlainLine<'static> {
    PlainLine { times: &TIMES, arcs: &ARCS }
}

#[test]
fn an_assignment_holds_and_an_altered_one_does_not() {
    let good = [0, 0, 1, 1, 2];
    assert_eq!(check_assignment(line(), &good, 3, 10), Ok(()));
    assert!(check_assignment(line(), &good, 3, 7).unwrap_err().contains("holds 8"));
    assert!(check_assignment(line(), &good, 4, 10).unwrap_err().contains("empty"));
    assert!(check_assignment(line(), &good, 2, 10).is_err());
    assert!(check_assignment(line(), &good[..4], 3, 10).is_err());
    assert!(check_assignment(line(), &[1, 0, 1, 0, 2], 3, 10).unwrap_err().contains("before"));
}

#[test]
fn bounds_hold_as_far_as_they_are_proven() {
    // 20 ticks in stations of 10; five tasks of which no three share one: three stations.
    assert_eq!(check_bound(line(), 10, 2, &PlainProof::Counting), Ok(Checked::Holds));
    assert!(check_bound(line(), 10, 3, &PlainProof::Counting).is_err());
    assert_eq!(check_bound(line(), 10, 3, &PlainProof::BinPacking), Ok(Checked::Holds));
    assert!(check_bound(line(), 10, 4, &PlainProof::BinPacking).is_err());
    let matching =
        |long: &[u32], witness: &[u32]| PlainProof::Matching { long: long.to_vec(), witness: witness.to_vec() };
    assert_eq!(check_bound(line(), 10, 3, &matching(&[0, 1, 2, 3, 4], &[])), Ok(Checked::Holds));
    assert!(check_bound(line(), 10, 4, &matching(&[0, 1, 2, 3, 4], &[])).is_err());
    assert!(check_bound(line(), 10, 2, &matching(&[0, 0, 1], &[])).is_err());
    assert!(check_bound(line(), 10, 3, &matching(&[0, 1, 2, 3, 4], &[4, 4])).is_err());
    assert!(check_bound(line(), 12, 1, &matching(&[0, 1], &[])).unwrap_err().contains("third"));
    assert_eq!(check_bound(line(), 3, u32::MAX, &PlainProof::TaskTooLong { task: 1 }), Ok(Checked::Holds));
    assert!(check_bound(line(), 4, u32::MAX, &PlainProof::TaskTooLong { task: 1 }).is_err());
    // Of five tasks of 4 two fit 10 ticks; the chain 0-1-2 keeps 0 and 2 apart at 10 but not at 12.
    let prices = |prices: [u64; 5], scale| PlainProof::Prices { prices: prices.to_vec(), scale };
    assert_eq!(check_bound(line(), 10, 3, &prices([1; 5], 2)), Ok(Checked::Holds));
    assert!(check_bound(line(), 10, 4, &prices([1; 5], 2)).is_err());
    assert!(check_bound(line(), 10, 3, &prices([1, 1, 1, 1, 2], 2)).unwrap_err().contains("cost more"));
    assert_eq!(check_bound(line(), 10, 2, &prices([1, 0, 1, 0, 0], 1)), Ok(Checked::Holds));
    assert!(check_bound(line(), 12, 2, &prices([1, 0, 1, 0, 0], 1)).is_err());
    assert!(check_bound(line(), 10, 3, &PlainProof::Prices { prices: vec![1; 4], scale: 2 }).is_err());
    assert!(check_bound(line(), 10, 1, &prices([0; 5], 0)).is_err());
    assert_eq!(check_bound(line(), 10, 9, &PlainProof::Engine), Ok(Checked::NotRechecked));
}

#[test]
fn forced_tasks_between_keep_a_pair_apart() {
    // Only 0, 1, 2 in a chain at 10: 0 and 2 would bring 1 along. The path 0-1-2 has one pair at most: two stations.
    let line = PlainLine { times: &TIMES[..3], arcs: &ARCS };
    let proof = PlainProof::Matching { long: vec![0, 1, 2], witness: vec![1] };
    assert_eq!(check_bound(line, 10, 2, &proof), Ok(Checked::Holds));
    // Four in a star around 1: with 1 gone three stay alone, so one pair.
    let line = PlainLine { times: &[6, 4, 6, 6], arcs: &[] };
    let proof = PlainProof::Matching { long: vec![0, 1, 2, 3], witness: vec![1] };
    assert_eq!(check_bound(line, 10, 3, &proof), Ok(Checked::Holds));
    assert!(check_bound(line, 10, 4, &proof).is_err());
}

#[test]
fn lines_of_workers() {
    let rows = [vec![4, u32::MAX], vec![3, 5], vec![9, 4]];
    let arcs = [(0, 1)];
    assert_eq!(check_workers(&rows, &arcs, &[0, 0, 1], &[0, 1], 7), Ok(()));
    assert!(check_workers(&rows, &arcs, &[0, 0, 1], &[0, 1], 6).is_err());
    assert!(check_workers(&rows, &arcs, &[0, 0, 1], &[1, 0], 20).unwrap_err().contains("cannot"));
    assert!(check_workers(&rows, &arcs, &[0, 0, 1], &[0, 0], 20).is_err());
    assert!(check_workers(&rows, &arcs, &[1, 0, 1], &[1, 0], 20).unwrap_err().contains("before"));
    // Prices 1 and 1: 4 + 3 + 4 = 11 over 2.
    assert_eq!(check_workers_bound(&rows, 6, &WorkerProof::WorkerPrices(vec![1, 1])), Ok(Checked::Holds));
    assert!(check_workers_bound(&rows, 7, &WorkerProof::WorkerPrices(vec![1, 1])).is_err());
    assert!(check_workers_bound(&rows, 1, &WorkerProof::WorkerPrices(vec![1])).is_err());
    assert_eq!(check_workers_bound(&rows, 4, &WorkerProof::LongestTask(0)), Ok(Checked::Holds));
    assert!(check_workers_bound(&rows, 5, &WorkerProof::LongestTask(0)).is_err());
    // Within 6 ticks the first can do task 0 or 1, the second 1 or 2: three tasks do not fit.
    assert_eq!(check_workers_bound(&rows, 7, &WorkerProof::TaskPrices(vec![1, 1, 1])), Ok(Checked::Holds));
    assert!(check_workers_bound(&rows, 8, &WorkerProof::TaskPrices(vec![1, 1, 1])).is_err());
    assert_eq!(check_workers_bound(&rows, 99, &WorkerProof::Engine), Ok(Checked::NotRechecked));
}
