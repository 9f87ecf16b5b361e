//! `ring.toml`: the flattening reader and the writer.

mod read;
mod write;

pub(crate) use read::read_settings;
pub use write::settings_toml;
