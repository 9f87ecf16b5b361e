//! Results as JSON without loss, and back: each type says once which fields it has.

use std::fmt;

use model::Ring;
use model::ids::*;
use serde_json::{Map, Value, json};
use units::{Date, Id, Minutes, Money, Quantity};

/// Why a value cannot be read back: where it stands and what was expected there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Unreadable {
    /// Fields and positions from the inside out.
    path: Vec<String>,
    wanted: &'static str,
}

impl Unreadable {
    /// Something else was wanted here.
    pub(crate) fn wanted(wanted: &'static str) -> Self {
        Self { path: Vec::new(), wanted }
    }

    /// The same, one step further out.
    pub(crate) fn inside(mut self, step: impl fmt::Display) -> Self {
        self.path.push(step.to_string());
        self
    }
}

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path: Vec<&str> = self.path.iter().rev().map(String::as_str).collect();
        write!(f, "`{}` should be {}", path.join("."), self.wanted)
    }
}

/// A type that can be written as JSON and read back as the same value.
pub(crate) trait Form: Sized {
    /// The value as JSON.
    fn put(&self) -> Value;
    /// The value from JSON, of a result about this ring.
    ///
    /// # Errors
    /// Where the JSON is not what [`Form::put`] writes, or names something that the ring does not have.
    fn take(value: &Value, ring: &Ring) -> Result<Self, Unreadable>;
}

/// A field of an object.
///
/// # Errors
/// When it is missing or of another form.
pub(crate) fn field<T: Form>(value: &Value, name: &'static str, ring: &Ring) -> Result<T, Unreadable> {
    let found = value.get(name).ok_or_else(|| Unreadable::wanted("there").inside(name))?;
    T::take(found, ring).map_err(|fault| fault.inside(name))
}

/// Declares the form of structs: an object with these fields; one forgotten does not compile.
macro_rules! records {
    ($($type:ty { $($field:ident),+ $(,)? })+) => {$(
        impl $crate::dossier::form::Form for $type {
            fn put(&self) -> serde_json::Value {
                let mut object = serde_json::Map::new();
                $(object.insert(stringify!($field).to_owned(), self.$field.put());)+
                serde_json::Value::Object(object)
            }
            fn take(value: &serde_json::Value, ring: &model::Ring) -> Result<Self, $crate::dossier::form::Unreadable> {
                Ok(Self { $($field: $crate::dossier::form::field(value, stringify!($field), ring)?),+ })
            }
        }
    )+};
}

/// Declares the form of plain enums: the variant's name.
macro_rules! words {
    ($($type:ty { $($variant:ident),+ $(,)? })+) => {$(
        impl $crate::dossier::form::Form for $type {
            fn put(&self) -> serde_json::Value {
                serde_json::Value::from(match self { $(Self::$variant => stringify!($variant)),+ })
            }
            fn take(value: &serde_json::Value, _: &model::Ring) -> Result<Self, $crate::dossier::form::Unreadable> {
                match value.as_str() {
                    $(Some(stringify!($variant)) => Ok(Self::$variant),)+
                    _ => Err($crate::dossier::form::Unreadable::wanted(concat!("one of", $(" ", stringify!($variant)),+))),
                }
            }
        }
    )+};
}

pub(crate) use {records, words};

impl<T: Form> Form for Vec<T> {
    fn put(&self) -> Value {
        self.iter().map(Form::put).collect()
    }
    fn take(value: &Value, ring: &Ring) -> Result<Self, Unreadable> {
        let list = value.as_array().ok_or_else(|| Unreadable::wanted("a list"))?;
        list.iter().enumerate().map(|(i, v)| T::take(v, ring).map_err(|fault| fault.inside(i))).collect()
    }
}

impl<T: Form> Form for Option<T> {
    fn put(&self) -> Value {
        self.as_ref().map_or(Value::Null, Form::put)
    }
    fn take(value: &Value, ring: &Ring) -> Result<Self, Unreadable> {
        if value.is_null() { Ok(None) } else { T::take(value, ring).map(Some) }
    }
}

impl<A: Form, B: Form> Form for (A, B) {
    fn put(&self) -> Value {
        json!([self.0.put(), self.1.put()])
    }
    fn take(value: &Value, ring: &Ring) -> Result<Self, Unreadable> {
        match value.as_array().map(Vec::as_slice) {
            Some([a, b]) => Ok((A::take(a, ring)?, B::take(b, ring)?)),
            _ => Err(Unreadable::wanted("a pair")),
        }
    }
}

impl<T: Form, const N: usize> Form for [T; N] {
    fn put(&self) -> Value {
        self.iter().map(Form::put).collect()
    }
    fn take(value: &Value, ring: &Ring) -> Result<Self, Unreadable> {
        Vec::take(value, ring)?.try_into().map_err(|_| Unreadable::wanted("a list of another length"))
    }
}

impl Form for String {
    fn put(&self) -> Value {
        json!(self)
    }
    fn take(value: &Value, _: &Ring) -> Result<Self, Unreadable> {
        value.as_str().map(str::to_owned).ok_or_else(|| Unreadable::wanted("a text"))
    }
}

impl Form for bool {
    fn put(&self) -> Value {
        json!(self)
    }
    fn take(value: &Value, _: &Ring) -> Result<Self, Unreadable> {
        value.as_bool().ok_or_else(|| Unreadable::wanted("true or false"))
    }
}

impl Form for i64 {
    fn put(&self) -> Value {
        json!(self)
    }
    fn take(value: &Value, _: &Ring) -> Result<Self, Unreadable> {
        value.as_i64().ok_or_else(|| Unreadable::wanted("a whole number"))
    }
}

/// Sums of squares may be larger than a number of JSON: text.
impl Form for i128 {
    fn put(&self) -> Value {
        json!(self.to_string())
    }
    fn take(value: &Value, _: &Ring) -> Result<Self, Unreadable> {
        let number = value.as_str().and_then(|text| text.parse().ok());
        number.ok_or_else(|| Unreadable::wanted("a whole number as text"))
    }
}

impl Form for u64 {
    fn put(&self) -> Value {
        json!(self)
    }
    fn take(value: &Value, _: &Ring) -> Result<Self, Unreadable> {
        value.as_u64().ok_or_else(|| Unreadable::wanted("a whole number from 0"))
    }
}

impl Form for usize {
    fn put(&self) -> Value {
        json!(self)
    }
    fn take(value: &Value, _: &Ring) -> Result<Self, Unreadable> {
        let number = value.as_u64().and_then(|n| Self::try_from(n).ok());
        number.ok_or_else(|| Unreadable::wanted("a whole number from 0"))
    }
}

/// What JSON has no number for is written as text.
impl Form for f64 {
    fn put(&self) -> Value {
        if self.is_finite() { json!(self) } else { json!(self.to_string()) }
    }
    fn take(value: &Value, _: &Ring) -> Result<Self, Unreadable> {
        let odd = || value.as_str().and_then(|text| text.parse().ok());
        value.as_f64().or_else(odd).ok_or_else(|| Unreadable::wanted("a number"))
    }
}

/// Quantities in their integer ticks.
macro_rules! ticks {
    ($($type:ty)+) => {$(
        impl Form for $type {
            fn put(&self) -> Value {
                json!(self.ticks())
            }
            fn take(value: &Value, ring: &Ring) -> Result<Self, Unreadable> {
                i64::take(value, ring).map(Self::from_ticks)
            }
        }
    )+};
}

ticks! { Minutes Money Quantity }

impl Form for Date {
    fn put(&self) -> Value {
        let (year, month, day) = self.ymd();
        json!([year, month, day])
    }
    fn take(value: &Value, ring: &Ring) -> Result<Self, Unreadable> {
        let list: Vec<i64> = Vec::take(value, ring)?;
        let date = match list.as_slice() {
            [y, m, d] => match (i16::try_from(*y), i8::try_from(*m), i8::try_from(*d)) {
                (Ok(y), Ok(m), Ok(d)) => Self::new(y, m, d),
                _ => None,
            },
            _ => None,
        };
        date.ok_or_else(|| Unreadable::wanted("a date as year, month, day"))
    }
}

/// Ids as positions in their table, checked against the ring.
macro_rules! ids {
    ($($type:ty => $table:ident),+ $(,)?) => {$(
        impl Form for $type {
            fn put(&self) -> Value {
                json!(self.index())
            }
            fn take(value: &Value, ring: &Ring) -> Result<Self, Unreadable> {
                let index = usize::take(value, ring)?;
                if index < ring.$table.len() {
                    Ok(Self::from_index(index))
                } else {
                    Err(Unreadable::wanted(concat!("a row of ", stringify!($table))))
                }
            }
        }
    )+};
}

ids! {
    ItemId => items, TaskId => tasks, EquipmentId => equipment, SiteId => sites, CapabilityId => capability,
    LaneId => lanes, SupplyId => supply, SkillId => skills, ExerciseId => exercises, GateId => gates,
    GateEvidenceId => gate_evidence, AssumptionId => assumptions, CustomerId => customers, SupplierId => suppliers,
    PartId => parts, RevisionId => revisions, GateDecisionId => gate_decisions,
    StandingLineId => standing_lines,
}

/// A period may lie past the horizon: what never happens is written so.
impl Form for PeriodId {
    fn put(&self) -> Value {
        json!(self.index())
    }
    fn take(value: &Value, ring: &Ring) -> Result<Self, Unreadable> {
        let index = usize::take(value, ring)?;
        if index <= 1_000_000 { Ok(Self::from_index(index)) } else { Err(Unreadable::wanted("a period")) }
    }
}

/// An object with one field, for enums whose variants carry data.
pub(crate) fn tagged(tag: &str, value: Value) -> Value {
    let mut object = Map::new();
    object.insert(tag.to_owned(), value);
    Value::Object(object)
}
