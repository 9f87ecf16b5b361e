//! The dossier's page: summary, map, charts and tables in one file.
