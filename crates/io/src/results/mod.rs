//! Result tables as files: CSV one by one, JSON and a workbook all together.

mod csv;
mod json;
mod workbook;

pub use csv::results_csv;
pub use json::results_json;
pub use workbook::results_workbook;

#[cfg(test)]
mod tests;
