//! Statistics of samples: means and intervals, quantiles, tails, dependent series, exact sums.

mod batch;
mod histogram;
mod interval;
mod ks;
mod order;
mod selection;
mod sequential;
mod welford;

pub use batch::{batch_means, mser5};
pub use histogram::Histogram;
pub use interval::{Interval, mean_interval, proportion_interval};
pub use ks::{ks_p_value, ks_statistic};
pub use order::{QuantileEstimate, cvar_high, quantile, quantile_interval};
pub use selection::{Selected, Selection};
pub use sequential::replications_needed;
pub use welford::Welford;
