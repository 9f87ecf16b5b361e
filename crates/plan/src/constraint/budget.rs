//! `costs of the kinds a partner pays, in periods whose first day lies in the window  <=  ceiling`.

use crate::build::Build;

pub(super) fn add(build: &mut Build<'_>) {
    build.close_ceilings();
}
