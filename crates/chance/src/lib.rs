//! Random streams, distributions and statistics, portable to the last bit.
