//! Runs the engines in order and confirms each result.
