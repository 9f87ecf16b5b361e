//! Named people: every head of the line is somebody who holds the skills of that head's tasks.

use crate::practice::job::{Load, Place};
use crate::practice::rule::Rule;

/// Each head of each station copy is filled by a person of its own who holds all skills asked of it.
///
/// Heads of a station are ranked: head `i` takes part in the tasks with a crew of `i` or more, and needs all their skills. So
/// the first head masters every task of the station, and a second one only those that take two.
///
/// The line is covered when the heads can be matched to different people: a maximum flow from kinds of heads (sets of
/// skills) to people.
#[derive(Debug, Clone)]
pub struct People {
    /// The rule as a sentence.
    pub says: String,
    /// Skills of each person, as bits.
    pub people: Vec<u32>,
    /// Skill of each task, `0..32`.
    pub skill: Vec<u32>,
    /// People each task needs at once.
    pub crew: Vec<u32>,
}

/// The skills asked of each head of one copy of a station, first head first, as bits.
#[must_use]
pub fn slots(tasks: &[u32], skill: &[u32], crew: &[u32]) -> Vec<u32> {
    let heads = tasks.iter().map(|&t| crew[t as usize]).max().unwrap_or(0);
    let of_head = |i: u32| {
        let busy = tasks.iter().filter(|&&t| crew[t as usize] >= i);
        busy.fold(0, |skills, &t| skills | 1 << skill[t as usize])
    };
    (1..=heads).map(of_head).collect()
}

impl People {
    fn can(&self, skills: u32) -> impl Iterator<Item = usize> + '_ {
        (0..self.people.len()).filter(move |&p| self.people[p] & skills == skills)
    }

    /// Somebody else for every head, or none: the person of each of `heads` (sets of skills).
    #[must_use]
    pub fn seat(&self, heads: &[u32]) -> Option<Vec<usize>> {
        let mut head_of: Vec<Option<usize>> = vec![None; self.people.len()];
        for start in 0..heads.len() {
            let mut seen = vec![false; self.people.len()];
            if !self.place(heads, start, &mut seen, &mut head_of) {
                return None;
            }
        }
        let mut person_of = vec![0; heads.len()];
        for (person, head) in head_of.iter().enumerate() {
            if let Some(head) = head {
                person_of[*head] = person;
            }
        }
        Some(person_of)
    }

    /// One augmenting step of bipartite matching (Kuhn 1955).
    fn place(&self, heads: &[u32], head: usize, seen: &mut [bool], head_of: &mut [Option<usize>]) -> bool {
        let able: Vec<usize> = self.can(heads[head]).collect();
        for person in able {
            if std::mem::replace(&mut seen[person], true) {
                continue;
            }
            let free = match head_of[person] {
                None => true,
                Some(other) => self.place(heads, other, seen, head_of),
            };
            if free {
                head_of[person] = Some(head);
                return true;
            }
        }
        false
    }
}

impl Rule for People {
    fn says(&self) -> String {
        self.says.clone()
    }

    fn spoils(&self, load: &Load<'_>) -> bool {
        slots(load.tasks, &self.skill, &self.crew).into_iter().any(|skills| self.can(skills).next().is_none())
    }

    fn takes(&self, load: &Load<'_>, _place: Place, taken: &mut Vec<(u32, u32)>) {
        for skills in slots(load.tasks, &self.skill, &self.crew) {
            match taken.iter_mut().find(|(kind, _)| *kind == skills) {
                Some((_, n)) => *n += load.copies,
                None => taken.push((skills, load.copies)),
            }
        }
    }

    fn covers(&self, taken: &[(u32, u32)]) -> bool {
        let wanted: u64 = taken.iter().map(|&(_, n)| u64::from(n)).sum();
        if wanted > self.people.len() as u64 {
            return false;
        }
        let heads: Vec<u32> = taken.iter().flat_map(|&(skills, n)| std::iter::repeat_n(skills, n as usize)).collect();
        self.seat(&heads).is_some()
    }
}
