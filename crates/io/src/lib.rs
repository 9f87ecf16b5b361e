//! Reads and writes rings: folders of TOML and CSV, workbooks, result tables.
