//! Maximum matching in a general graph, and the witness that it is maximum.
//!
//! # Source
//! Edmonds (1965), "Paths, trees, and flowers", Canadian Journal of Mathematics 17; witness by the
//! Gallai-Edmonds decomposition (Lovasz and Plummer 1986, Matching Theory, section 3.2).
//!
//! # Cost
//! `O(V E)` searches with array contraction, `O(V^3)` in the worst case.

use std::collections::VecDeque;

const NONE: u32 = u32::MAX;

/// A graph and a matching in it that can be grown to maximum size.
#[derive(Debug, Clone)]
pub struct Matching<'a> {
    adjacent: &'a [Vec<u32>],
    mate: Vec<u32>,
    parent: Vec<u32>,
    base: Vec<u32>,
    even: Vec<bool>,
    frozen: Vec<bool>,
    queue: VecDeque<u32>,
}

impl<'a> Matching<'a> {
    /// Grows `mate` (vertex -> partner, `u32::MAX` for none) among the vertices not `removed`, to maximum size or
    /// to `enough` pairs, whichever comes first.
    ///
    /// `adjacent`: symmetric neighbour lists without loops; `mate` pairs no removed vertex.
    #[must_use]
    pub fn grown(adjacent: &'a [Vec<u32>], mate: Vec<u32>, removed: Vec<bool>, enough: usize) -> Self {
        let n = adjacent.len();
        let mut matching = Self {
            adjacent,
            mate,
            parent: vec![NONE; n],
            base: vec![0; n],
            even: vec![false; n],
            frozen: removed,
            queue: VecDeque::new(),
        };
        let mut size = matching.size();
        if size < enough {
            matching.greedy();
            size = matching.size();
        }
        for root in 0..n as u32 {
            if size >= enough {
                break;
            }
            if matching.mate[root as usize] == NONE && !matching.frozen[root as usize] {
                size += usize::from(matching.augment(root));
            }
        }
        matching
    }

    /// Grows `mate` from the vertices given only; returns it with the number of pairs gained.
    ///
    /// Enough to be maximum again after these lost their partners to `removed`: a path that gains a pair must end
    /// in one of them.
    #[must_use]
    pub fn repaired(
        adjacent: &'a [Vec<u32>],
        mate: Vec<u32>,
        removed: Vec<bool>,
        exposed: &[u32],
    ) -> (Vec<u32>, usize) {
        let mut matching = Self::grown(adjacent, mate, removed, 0);
        let mut gained = 0;
        for &root in exposed {
            if matching.mate[root as usize] == NONE && !matching.frozen[root as usize] {
                gained += usize::from(matching.augment(root));
            }
        }
        (matching.mate, gained)
    }

    /// A maximum matching of the whole graph.
    #[must_use]
    pub fn of(adjacent: &'a [Vec<u32>]) -> Self {
        let n = adjacent.len();
        Self::grown(adjacent, vec![NONE; n], vec![false; n], usize::MAX)
    }

    /// Number of matched pairs.
    #[must_use]
    pub fn size(&self) -> usize {
        self.mate.iter().filter(|&&m| m != NONE).count() / 2
    }

    /// Partner of each vertex, `u32::MAX` for none.
    #[must_use]
    pub fn mates(&self) -> &[u32] {
        &self.mate
    }

    /// Partner of each vertex, `u32::MAX` for none, without the rest.
    #[must_use]
    pub fn into_mates(self) -> Vec<u32> {
        self.mate
    }

    /// The Tutte-Berge witness: without these vertices, more odd components are left than these can match.
    #[must_use]
    pub fn witness(&self) -> Vec<u32> {
        // `even` of the failed searches is the set D; the witness is its neighbourhood outside D.
        let n = self.adjacent.len();
        let inner = |v: usize| self.frozen[v] && self.even[v];
        (0..n).filter(|&v| !inner(v) && self.adjacent[v].iter().any(|&w| inner(w as usize))).map(|v| v as u32).collect()
    }

    fn greedy(&mut self) {
        for v in 0..self.adjacent.len() {
            if self.mate[v] == NONE && !self.frozen[v] {
                let free = self.adjacent[v]
                    .iter()
                    .copied()
                    .filter(|&w| self.mate[w as usize] == NONE && !self.frozen[w as usize])
                    .min_by_key(|&w| self.adjacent[w as usize].len());
                if let Some(w) = free {
                    self.mate[v] = w;
                    self.mate[w as usize] = v as u32;
                }
            }
        }
    }

    /// One search from an unmatched root, true when it found a pair more; a failed search freezes its tree, which
    /// no later path can use.
    fn augment(&mut self, root: u32) -> bool {
        let n = self.adjacent.len();
        for v in 0..n {
            if !self.frozen[v] {
                self.even[v] = false;
                self.parent[v] = NONE;
            }
            self.base[v] = v as u32;
        }
        self.even[root as usize] = true;
        self.queue.clear();
        self.queue.push_back(root);
        let adjacent = self.adjacent;
        let mut touched = vec![root];
        while let Some(v) = self.queue.pop_front() {
            for &w in &adjacent[v as usize] {
                if self.frozen[w as usize]
                    || self.base[v as usize] == self.base[w as usize]
                    || self.mate[v as usize] == w
                {
                    continue;
                }
                let partner = self.mate[w as usize];
                if w == root || (partner != NONE && self.parent[partner as usize] != NONE) {
                    self.contract(v, w);
                } else if self.parent[w as usize] == NONE {
                    self.parent[w as usize] = v;
                    if partner == NONE {
                        self.flip(w);
                        return true;
                    }
                    self.even[partner as usize] = true;
                    touched.push(w);
                    touched.push(partner);
                    self.queue.push_back(partner);
                }
            }
        }
        for v in touched {
            self.frozen[v as usize] = true;
        }
        false
    }

    /// Matches along the tree path that ends in the free vertex `end`.
    fn flip(&mut self, end: u32) {
        let mut v = end;
        while v != NONE {
            let before = self.parent[v as usize];
            let next = self.mate[before as usize];
            self.mate[v as usize] = before;
            self.mate[before as usize] = v;
            v = next;
        }
    }

    /// Shrinks the odd circle closed by the edge `v-w`.
    fn contract(&mut self, v: u32, w: u32) {
        let top = self.common_base(v, w);
        let mut inside = vec![false; self.adjacent.len()];
        self.mark(v, top, w, &mut inside);
        self.mark(w, top, v, &mut inside);
        for u in 0..self.adjacent.len() {
            if inside[self.base[u] as usize] {
                self.base[u] = top;
                if !self.even[u] {
                    self.even[u] = true;
                    self.queue.push_back(u as u32);
                }
            }
        }
    }

    fn mark(&mut self, from: u32, top: u32, child: u32, inside: &mut [bool]) {
        let (mut v, mut child) = (from, child);
        while self.base[v as usize] != top {
            let partner = self.mate[v as usize];
            inside[self.base[v as usize] as usize] = true;
            inside[self.base[partner as usize] as usize] = true;
            self.parent[v as usize] = child;
            child = partner;
            v = self.parent[partner as usize];
        }
    }

    fn common_base(&self, a: u32, b: u32) -> u32 {
        let mut seen = vec![false; self.adjacent.len()];
        let mut v = a;
        loop {
            v = self.base[v as usize];
            seen[v as usize] = true;
            if self.mate[v as usize] == NONE {
                break;
            }
            v = self.parent[self.mate[v as usize] as usize];
        }
        let mut v = b;
        loop {
            v = self.base[v as usize];
            if seen[v as usize] {
                return v;
            }
            v = self.parent[self.mate[v as usize] as usize];
        }
    }
}

/// The largest matching that `witness` allows: `(n + |witness| - odd components without it) / 2`.
///
/// # Source
/// Berge (1958), C. R. Acad. Sci. Paris 247: the Tutte-Berge formula.
#[must_use]
pub fn pairs_allowed(adjacent: &[Vec<u32>], witness: &[u32]) -> usize {
    let n = adjacent.len();
    let mut seen = vec![false; n];
    for &v in witness {
        seen[v as usize] = true;
    }
    let removed = seen.iter().filter(|&&s| s).count();
    let mut odd = 0;
    let mut stack = Vec::new();
    for start in 0..n {
        if seen[start] {
            continue;
        }
        seen[start] = true;
        stack.push(start);
        let mut size = 0;
        while let Some(v) = stack.pop() {
            size += 1;
            for &w in &adjacent[v] {
                if !seen[w as usize] {
                    seen[w as usize] = true;
                    stack.push(w as usize);
                }
            }
        }
        odd += size % 2;
    }
    (n + removed - odd) / 2
}

#[cfg(test)]
mod tests {
    use super::*;

    fn brute(adjacent: &[Vec<u32>], used: u32, from: usize) -> usize {
        let n = adjacent.len();
        let Some(v) = (from..n).find(|&v| used >> v & 1 == 0) else {
            return 0;
        };
        let mut best = brute(adjacent, used | 1 << v, v + 1);
        for &w in &adjacent[v] {
            if used >> w & 1 == 0 {
                best = best.max(1 + brute(adjacent, used | 1 << v | 1 << w, v + 1));
            }
        }
        best
    }

    #[test]
    fn agrees_with_brute_force_and_its_witness() {
        let mut random = crate::testing::Random::new(7);
        for round in 0..3_000 {
            let n = 1 + random.below(10) as usize;
            let density = 5 + random.below(70);
            let mut adjacent = vec![Vec::new(); n];
            for a in 0..n {
                for b in a + 1..n {
                    if random.below(100) < density {
                        adjacent[a].push(b as u32);
                        adjacent[b].push(a as u32);
                    }
                }
            }
            let matching = Matching::of(&adjacent);
            let best = brute(&adjacent, 0, 0);
            assert_eq!(matching.size(), best, "round {round}: {adjacent:?}");
            assert_eq!(pairs_allowed(&adjacent, &matching.witness()), best, "round {round}: {adjacent:?}");
            for (v, &m) in matching.mates().iter().enumerate() {
                assert!(m == NONE || matching.mates()[m as usize] == v as u32);
            }
        }
    }
}
