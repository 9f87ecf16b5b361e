//! The tree against the roots that Certificate Transparency publishes, and against the definition written out.

use super::*;
use crate::hash::unhex;

/// Inputs and roots of the reference implementation of Certificate Transparency (its Merkle tree tests).
const INPUTS: [&str; 8] =
    ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"];
const ROOTS: [&str; 8] = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
];

/// The definition of RFC 6962, section 2.1, word by word.
fn defined(leaves: &[Hash]) -> Hash {
    match leaves {
        [] => empty_root(),
        [leaf] => *leaf,
        _ => {
            let mut k = 1;
            while k * 2 < leaves.len() {
                k *= 2;
            }
            Hash::node(defined(&leaves[..k]), defined(&leaves[k..]))
        }
    }
}

fn leaves(n: u64) -> Vec<Hash> {
    (0..n).map(|i| Hash::leaf(&i.to_be_bytes())).collect()
}

#[test]
fn published_roots() {
    assert_eq!(empty_root().to_string(), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    let leaves: Vec<Hash> = INPUTS.iter().map(|text| Hash::leaf(&unhex(text).unwrap())).collect();
    for n in 1..=8 {
        assert_eq!(root(&leaves[..n]).to_string(), ROOTS[n - 1], "{n} leaves");
    }
}

#[test]
fn roots_follow_the_definition() {
    let leaves = leaves(70);
    for n in 0..=leaves.len() {
        assert_eq!(root(&leaves[..n]), defined(&leaves[..n]), "{n} leaves");
    }
}

#[test]
fn every_inclusion_is_proven_and_nothing_else() {
    let leaves = leaves(20);
    for size in 1..=20 {
        let top = root(&leaves[..size as usize]);
        for index in 0..size {
            let path = inclusion(&leaves[..], index, size);
            assert!(includes(top, size, index, leaves[index as usize], &path));
            for other in 0..size + 2 {
                assert_eq!(includes(top, size, other, leaves[index as usize], &path), other == index);
            }
            for cut in 0..path.len() {
                assert!(!includes(top, size, index, leaves[index as usize], &path[..cut]));
                let mut forged = path.clone();
                forged[cut].0[0] ^= 1;
                assert!(!includes(top, size, index, leaves[index as usize], &forged));
            }
        }
    }
}

#[test]
fn every_continuation_is_proven_and_nothing_else() {
    let leaves = leaves(20);
    for size in 1..=20_u64 {
        let top = root(&leaves[..size as usize]);
        for old in 1..=size {
            let was = root(&leaves[..old as usize]);
            let path = consistency(&leaves[..], old, size);
            assert!(continues(old, was, size, top, &path), "{old} to {size}");
            let mut forged = was;
            forged.0[31] ^= 1;
            assert!(!continues(old, forged, size, top, &path));
            for place in 0..path.len() {
                let mut forged = path.clone();
                forged[place].0[5] ^= 4;
                assert!(!continues(old, was, size, top, &forged));
                assert!(!continues(old, was, size, top, &path[..place]));
            }
        }
    }
}
