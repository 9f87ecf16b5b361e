//! The pieces a page is made of: tables, figures, numbers with a source, the gate board.

mod figure;
mod gates;
mod notice;
mod number;
mod prose;
mod table;

pub use figure::Figure;
pub use gates::{GateCard, GateState, gate_board};
pub use notice::{Tone, badge, notice};
pub use number::{Headline, Source, headline_band, sources};
pub use prose::{prose, sentence};
pub use table::{Cell, Column, Table};
