//! Progress on a terminal, for whatever takes more than a second.

use std::sync::Mutex;
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressStyle};
use model::control::Progress;

use crate::talk;

/// Nobody needs to be told about work that is over in this time.
const PATIENCE: Duration = Duration::from_secs(1);
/// How often the line moves.
const TICK: Duration = Duration::from_millis(120);

/// One line on a terminal that says what is being done; nothing anywhere else.
pub(crate) struct Watch {
    started: Instant,
    bar: Mutex<Option<ProgressBar>>,
    shown: bool,
}

impl Watch {
    /// Starts to watch; `quiet` shows nothing.
    pub(crate) fn new(quiet: bool) -> Self {
        Self { started: Instant::now(), bar: Mutex::new(None), shown: !quiet && talk::is_watched() }
    }

    /// Shows what an engine tells.
    pub(crate) fn tell(&self, progress: &Progress) {
        if !self.shown || self.started.elapsed() < PATIENCE {
            return;
        }
        let Ok(mut bar) = self.bar.lock() else { return };
        let bar = bar.get_or_insert_with(|| line(self.started));
        bar.set_prefix(progress.stage);
        let share = progress.done.map(|d| format!(" {:.0} %", 100.0 * d));
        bar.set_message(format!("{}{}", progress.what, share.unwrap_or_default()));
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        if let Ok(Some(bar)) = self.bar.get_mut() {
            bar.finish_and_clear();
        }
    }
}

/// The line itself.
fn line(started: Instant) -> ProgressBar {
    let bar = ProgressBar::new_spinner().with_elapsed(started.elapsed());
    let style = ProgressStyle::with_template("{spinner} {prefix:9} {elapsed:>4}  {wide_msg}");
    if let Ok(style) = style {
        bar.set_style(style);
    }
    bar.enable_steady_tick(TICK);
    bar
}
