//! Checkpoints: a node's signed word on the size and root of its log, which partners keep and co-sign.
//!
//! # Source
//! The text form of C2SP `tlog-checkpoint` and `signed-note`, co-signatures as C2SP `tlog-cosignature` (cosignature/v1),
//! with Ed25519 (RFC 8032). Tools of transparency logs read these checkpoints.

use std::fmt::Write as _;

use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};

use crate::hash::{Hash, base64, unbase64};
use crate::name::{Node, Word};

/// A log's size and root.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Head {
    /// The ring.
    pub ring: Word,
    /// Whose log.
    pub node: Node,
    /// Records.
    pub size: u64,
    /// Root of the tree over them.
    pub root: Hash,
}

impl Head {
    /// The text that is signed.
    #[must_use]
    pub fn text(&self) -> String {
        format!("ringworks/{}/{}\n{}\n{}\n", self.ring, self.node, self.size, base64(&self.root.0))
    }

    fn read(text: &str) -> Option<Self> {
        let mut lines = text.lines();
        let mut origin = lines.next()?.strip_prefix("ringworks/")?.rsplitn(2, '/');
        let (node, ring) = (Node::new(origin.next()?)?, Word::new(origin.next()?)?);
        let size = lines.next()?.parse().ok()?;
        let root = Hash(unbase64(lines.next()?)?.try_into().ok()?);
        let head = Self { ring, node, size, root };
        (head.text() == text).then_some(head)
    }
}

/// A signature under a checkpoint.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// The node that signed.
    pub node: Node,
    /// First four bytes of the hash of name and key, to find the key.
    pub key_id: [u8; 4],
    /// For a co-signature: seconds since 1970 at which the co-signer saw the checkpoint.
    pub seen_s: Option<u64>,
    /// The signature.
    pub signature: [u8; 64],
}

/// A head with the signatures of its node and of those who saw it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checkpoint {
    /// What is signed.
    pub head: Head,
    /// Who signed.
    pub marks: Vec<Mark>,
}

/// The kinds of signature, as C2SP numbers them.
const SIGNED: u8 = 1;
const COSIGNED: u8 = 4;

fn key_id(node: &Node, kind: u8, key: &[u8; 32]) -> [u8; 4] {
    let hash = Hash::of(&[node.as_str().as_bytes(), b"\n", &[kind], key]);
    [hash.0[0], hash.0[1], hash.0[2], hash.0[3]]
}

fn cosigned_text(head: &Head, seen_s: u64) -> String {
    format!("cosignature/v1\ntime {seen_s}\n{}", head.text())
}

/// A node's key, from 32 secret bytes.
pub struct Key(SigningKey);

impl Key {
    /// The key of a seed.
    #[must_use]
    pub fn new(seed: &[u8; 32]) -> Self {
        Self(SigningKey::from_bytes(seed))
    }

    /// The public half.
    #[must_use]
    pub fn public(&self) -> [u8; 32] {
        self.0.verifying_key().to_bytes()
    }

    /// A node's signature under the head of its own log.
    #[must_use]
    pub fn sign(&self, head: &Head) -> Mark {
        let signature = self.0.sign(head.text().as_bytes()).to_bytes();
        Mark { node: head.node.clone(), key_id: key_id(&head.node, SIGNED, &self.public()), seen_s: None, signature }
    }

    /// The signature of another node that saw this head at a time.
    #[must_use]
    pub fn cosign(&self, node: &Node, head: &Head, seen_s: u64) -> Mark {
        let signature = self.0.sign(cosigned_text(head, seen_s).as_bytes()).to_bytes();
        Mark { node: node.clone(), key_id: key_id(node, COSIGNED, &self.public()), seen_s: Some(seen_s), signature }
    }
}

impl Mark {
    /// Whether this is the signature of the key's owner under the head.
    #[must_use]
    pub fn holds(&self, head: &Head, key: &[u8; 32]) -> bool {
        let kind = if self.seen_s.is_some() { COSIGNED } else { SIGNED };
        let text = self.seen_s.map_or_else(|| head.text(), |seen| cosigned_text(head, seen));
        let Ok(public) = VerifyingKey::from_bytes(key) else { return false };
        self.key_id == key_id(&self.node, kind, key)
            && public.verify_strict(text.as_bytes(), &Signature::from_bytes(&self.signature)).is_ok()
    }
}

impl Checkpoint {
    /// Whether the log's own node signed it with this key.
    #[must_use]
    pub fn is_signed_with(&self, key: &[u8; 32]) -> bool {
        self.marks
            .iter()
            .any(|mark| mark.seen_s.is_none() && mark.node == self.head.node && mark.holds(&self.head, key))
    }

    /// The text in which it is kept and sent.
    #[must_use]
    pub fn text(&self) -> String {
        let mut text = self.head.text();
        text.push('\n');
        for mark in &self.marks {
            let mut bytes = mark.key_id.to_vec();
            bytes.extend(mark.seen_s.iter().flat_map(|seen| seen.to_be_bytes()));
            bytes.extend(mark.signature);
            let _ = writeln!(text, "\u{2014} {} {}", mark.node, base64(&bytes));
        }
        text
    }

    /// Reads the text of a checkpoint; whether its signatures hold is another question.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let (head, marks) = text.split_once("\n\n")?;
        let head = Head::read(&format!("{head}\n"))?;
        let mark = |line: &str| {
            let (node, bytes) = line.strip_prefix("\u{2014} ")?.split_once(' ')?;
            let bytes = unbase64(bytes)?;
            let (key_id, rest) = bytes.split_first_chunk::<4>()?;
            let (seen_s, signature) = match rest.len() {
                64 => (None, rest),
                72 => (Some(u64::from_be_bytes(*rest.first_chunk()?)), &rest[8..]),
                _ => return None,
            };
            Some(Mark { node: Node::new(node)?, key_id: *key_id, seen_s, signature: signature.try_into().ok()? })
        };
        let marks: Option<Vec<Mark>> = marks.lines().map(mark).collect();
        Some(Self { head, marks: marks.filter(|marks| !marks.is_empty())? })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn head(size: u64) -> Head {
        let (ring, node) = (Word::new("kite").unwrap(), Node::new("yard").unwrap());
        Head { ring, node, size, root: Hash::leaf(b"x") }
    }

    #[test]
    fn a_checkpoint_reads_back_with_both_kinds_of_signature() {
        let (key, other) = (Key::new(&[1; 32]), Key::new(&[2; 32]));
        let partner = Node::new("depot").unwrap();
        let marks = vec![key.sign(&head(7)), other.cosign(&partner, &head(7), 1_770_000_000)];
        let checkpoint = Checkpoint { head: head(7), marks };
        let read = Checkpoint::read(&checkpoint.text()).unwrap();
        assert_eq!(read, checkpoint);
        assert!(read.is_signed_with(&key.public()));
        assert!(!read.is_signed_with(&other.public()));
        assert!(read.marks[1].holds(&read.head, &other.public()));
        assert!(!read.marks[1].holds(&head(8), &other.public()), "another head");
        let mut later = read.marks[1].clone();
        later.seen_s = Some(1_770_000_001);
        assert!(!later.holds(&read.head, &other.public()), "another time");
    }

    #[test]
    fn what_is_no_checkpoint_is_refused() {
        let text = Checkpoint { head: head(7), marks: vec![Key::new(&[1; 32]).sign(&head(7))] }.text();
        for (from, to) in [("7\n", "07\n"), ("ringworks/", "rw/"), ("\u{2014} yard ", "yard "), ("\n\n", "\n")] {
            assert_eq!(Checkpoint::read(&text.replacen(from, to, 1)), None, "{from:?} for {to:?}");
        }
    }
}
