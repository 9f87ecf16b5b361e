//! Values of many versions within the limit of work, and amounts rounded to money.

use crate::evaluate::{Case, Evaluate, Evaluation};
use crate::worth;
use model::control::Control;
use model::results::decision::Worth;
use units::Money;

/// Where values come from, and how many may be asked for at once.
pub(super) struct Values<'a, 'c> {
    pub(super) evaluator: &'a mut dyn Evaluate,
    pub(super) control: &'a Control<'c>,
    pub(super) batch: usize,
}

impl Values<'_, '_> {
    /// The values of as many of the cases as work allows, in their order.
    pub(super) fn of(&mut self, cases: &[Case], told: &str, done: f64) -> Vec<Evaluation> {
        self.control.tell("decide", told.to_owned(), Some(done));
        let allowed = cases.iter().take_while(|_| !self.control.is_stopped() && self.control.work(1)).count();
        self.evaluator.evaluate_close(&cases[..allowed])
    }
}

/// A value of information in money.
pub(super) fn worth(found: worth::Worth) -> Worth {
    Worth { value: Money::from_f64(found.value), error: Money::from_f64(found.error) }
}
