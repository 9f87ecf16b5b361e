//! Business rules, one implementation each: calendars, learning, recovery, effectivity, first article, allocation.
