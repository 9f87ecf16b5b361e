//! Headline numbers of both.

use crate::context::Context;
use crate::fmt::{UNKNOWN, dec, pct};

/// What a figure counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// Money.
    Money,
    /// A share, shown in percent.
    Share,
    /// Pieces.
    Pieces,
    /// People.
    People,
    /// A period, counted from 1.
    Period,
    /// Not a number.
    Word,
}

impl Unit {
    /// As written in JSON.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Money => "money",
            Self::Share => "share",
            Self::Pieces => "pieces",
            Self::People => "people",
            Self::Period => "period",
            Self::Word => "",
        }
    }
}

/// One number of both.
#[derive(Debug, Clone, PartialEq)]
pub struct Figure {
    /// What it is.
    pub name: &'static str,
    /// What it counts.
    pub unit: Unit,
    /// Its value in each; none where it is not known or no number.
    pub values: [Option<f64>; 2],
    /// The same in words.
    pub words: [String; 2],
}

pub(super) fn figures(c: [&Context<'_>; 2]) -> Vec<Figure> {
    type Of = fn(&Context<'_>) -> Option<f64>;
    let numbers: [(&'static str, Unit, Of); 10] = [
        ("cost without penalties", Unit::Money, |c| Some(c.plan.as_ref()?.cash.as_f64())),
        ("penalties", Unit::Money, |c| Some(c.plan.as_ref()?.penalties.as_f64())),
        ("cost of a delivered piece", Unit::Money, |c| c.plan.as_ref()?.unit_cost()),
        ("served by the plan", Unit::Share, |c| Some(c.plan.as_ref()?.served())),
        ("delivered by the plan", Unit::Pieces, |c| Some(c.plan.as_ref()?.delivered.as_f64())),
        ("delivered in the middle run", Unit::Pieces, |c| Some(c.runs.as_ref()?.delivered.p50)),
        ("full rate from period", Unit::Period, |c| Some(crate::svg::count_f64(c.plan.as_ref()?.rate_period? + 1))),
        ("people at the peak", Unit::People, |c| Some(c.plan.as_ref()?.people_peak().0)),
        ("knowing everything saves", Unit::Money, |c| Some(c.d.decision?.analysis.as_ref()?.perfect.value.as_f64())),
        ("cheapest alternative costs", Unit::Money, |c| {
            let analysis = c.d.decision?.analysis.as_ref()?;
            Some(analysis.alternatives.get(analysis.best)?.mean.value.as_f64())
        }),
    ];
    let answer = |c: &Context<'_>| c.d.decision.map_or(UNKNOWN, |d| d.answer.word()).to_owned();
    let best = |c: &Context<'_>| {
        let analysis = c.d.decision.and_then(|d| d.analysis.as_ref());
        analysis.and_then(|a| Some(a.alternatives.get(a.best)?.label.clone()))
    };
    let word = |name, words| Figure { name, unit: Unit::Word, values: [None; 2], words };
    let mut all = vec![word("answer", c.map(answer))];
    if c.iter().any(|c| best(c).is_some()) {
        all.push(word("cheapest alternative", c.map(|c| best(c).unwrap_or_else(|| UNKNOWN.to_owned()))));
    }
    for (name, unit, of) in numbers {
        let values = c.map(of);
        if values.iter().any(Option::is_some) {
            let words = [0, 1].map(|side| values[side].map_or_else(|| UNKNOWN.to_owned(), |v| shown(c[side], unit, v)));
            all.push(Figure { name, unit, values, words });
        }
    }
    all
}

fn shown(c: &Context<'_>, unit: Unit, value: f64) -> String {
    match unit {
        Unit::Money => crate::fmt::money(value, &c.ring().settings.currency),
        Unit::Share => pct(value, 1),
        _ => dec(value, 0),
    }
}
