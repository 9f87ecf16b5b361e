//! The ring: items, tasks, parts, sites, lanes, customers, assumptions, checked once; and the plain results that pass between stages.
