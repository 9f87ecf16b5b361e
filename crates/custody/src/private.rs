//! Private values: the log holds a salted commitment, and who is shown value and salt can check it.

use crate::encode::canonical_struct;
use crate::event::Commitment;
use crate::hash::Hash;
use crate::name::Word;

/// Bytes of a salt. Without one, a short value could be guessed and checked.
pub const SALT: usize = 32;

/// A private value with the salt that hides it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Private {
    /// What it is called.
    pub name: Word,
    /// Its salt, new for each value, from the system's random source.
    pub salt: [u8; SALT],
    /// The value.
    pub value: String,
}

canonical_struct!(Private { name, salt, value });

impl Private {
    /// The commitment that stands in the log.
    ///
    /// The salt and the name have lengths of their own, so no other triple gives the same bytes.
    #[must_use]
    pub fn commit(&self) -> Commitment {
        let name = self.name.as_str().as_bytes();
        let length = (name.len() as u64).to_be_bytes();
        let hash = Hash::of(&[b"ringworks private value 1\n", &self.salt, &length, name, self.value.as_bytes()]);
        Commitment { name: self.name.clone(), hash }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn name_salt_and_value_all_bind() {
        let one = Private { name: Word::new("price").unwrap(), salt: [7; SALT], value: "120".to_owned() };
        let others = [
            Private { salt: [8; SALT], ..one.clone() },
            Private { value: "121".to_owned(), ..one.clone() },
            Private { name: Word::new("pric").unwrap(), value: "e120".to_owned(), ..one.clone() },
        ];
        assert!(others.iter().all(|other| other.commit().hash != one.commit().hash));
        assert_eq!(one.clone().commit(), one.commit());
    }
}
