//! Stopping HiGHS from within: by a count of simplex iterations, or because somebody asked.
//!
//! The safe crate has no callbacks, and HiGHS has no limit of work for integer programs that is the same on every
//! machine except nodes, of which a hard program has few and slow ones. So this module, and it alone, talks to the C
//! interface: HiGHS asks it between steps whether to go on.
#![allow(unsafe_code, reason = "HiGHS can only be interrupted through its C interface")]

use highs_sys::{
    Highs_setCallback, Highs_startCallback, HighsCallbackDataIn, HighsCallbackDataOut, STATUS_OK,
    kHighsCallbackMipInterrupt, kHighsCallbackSimplexInterrupt,
};
use model::control::Control;
use std::cell::Cell;
use std::ffi::{c_char, c_int, c_void};

/// Iterations between two words to the listener.
const TELL_EVERY: u64 = 5_000;

/// What the callback sees and leaves behind; lives longer than the solve.
pub(crate) struct Watch<'a> {
    control: &'a Control<'a>,
    iterations_max: u64,
    seen: Cell<u64>,
    nodes: Cell<u64>,
    told: Cell<u64>,
    limit_hit: Cell<bool>,
    stopped: Cell<bool>,
}

impl<'a> Watch<'a> {
    pub(crate) fn new(control: &'a Control<'a>, iterations_max: u64) -> Self {
        Self {
            control,
            iterations_max,
            seen: Cell::new(0),
            nodes: Cell::new(0),
            told: Cell::new(0),
            limit_hit: Cell::new(false),
            stopped: Cell::new(false),
        }
    }

    /// Iterations HiGHS last told.
    pub(crate) fn iterations(&self) -> u64 {
        self.seen.get()
    }

    /// Nodes HiGHS last told.
    pub(crate) fn nodes(&self) -> u64 {
        self.nodes.get()
    }

    /// The limit ended the solve.
    pub(crate) fn limit_hit(&self) -> bool {
        self.limit_hit.get()
    }

    /// Somebody ended the solve.
    pub(crate) fn stopped(&self) -> bool {
        self.stopped.get()
    }

    /// Tells the listener how far the search is, once every [`TELL_EVERY`] iterations.
    fn tell(&self, iterations: u64, primal: f64, dual: f64) {
        if iterations < self.told.get() + TELL_EVERY {
            return;
        }
        self.told.set(iterations);
        let what = if primal < 1e29 && primal.abs() > 0.0 {
            format!("within {:.1} % after {} k iterations", 100.0 * (primal - dual) / primal.abs(), iterations / 1_000)
        } else {
            format!("no programme yet after {} k iterations", iterations / 1_000)
        };
        self.control.tell("plan", what, None);
    }

    fn go_on(&self, iterations: Option<u64>) -> bool {
        if let Some(now) = iterations {
            self.seen.set(self.seen.get().max(now));
        }
        if self.control.is_stopped() {
            self.stopped.set(true);
        }
        if self.seen.get() > self.iterations_max {
            self.limit_hit.set(true);
        }
        !self.stopped.get() && !self.limit_hit.get()
    }

    /// Has HiGHS ask this watch while it solves `model`; the watch must outlive the solve.
    pub(crate) fn attach(&self, model: &mut highs::Model) -> bool {
        let data = std::ptr::from_ref(self).cast_mut().cast::<c_void>();
        let highs = model.as_mut_ptr();
        // SAFETY: `highs` is the live instance the model owns. `ask` has the signature HiGHS calls, and `data` points
        // to `self`, which the only caller (`highs.rs`) keeps alive until the solve has returned; HiGHS runs on one
        // thread here, so the cells are not shared between threads.
        unsafe {
            Highs_setCallback(highs, Some(ask), data) == STATUS_OK
                && Highs_startCallback(highs, kHighsCallbackMipInterrupt) == STATUS_OK
                && Highs_startCallback(highs, kHighsCallbackSimplexInterrupt) == STATUS_OK
        }
    }
}

/// Called by HiGHS between steps.
unsafe extern "C" fn ask(
    kind: c_int,
    _message: *const c_char,
    out: *const HighsCallbackDataOut,
    answer: *mut HighsCallbackDataIn,
    data: *mut c_void,
) {
    if out.is_null() || answer.is_null() || data.is_null() {
        return;
    }
    // SAFETY: HiGHS passes valid pointers for the length of this call (null is excluded above), and `data` is the
    // watch that `attach` handed over.
    unsafe {
        let watch = &*data.cast::<Watch<'_>>();
        // Simplex calls happen inside integer programs too, with counts of one relaxation: there they only ask
        // whether somebody stopped.
        let iterations = if kind == kHighsCallbackMipInterrupt {
            watch.nodes.set(u64::try_from((*out).mip_node_count).unwrap_or(0));
            let now = u64::try_from((*out).mip_total_lp_iterations).ok();
            watch.tell(now.unwrap_or(0), (*out).mip_primal_bound, (*out).mip_dual_bound);
            now
        } else {
            None
        };
        if !watch.go_on(iterations) {
            (*answer).user_interrupt = 1;
        }
    }
}
