//! What is built into the program: the pages of the codes and the sample rings.

include!(concat!(env!("OUT_DIR"), "/embedded.rs"));
