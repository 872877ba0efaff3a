//! Suites over the whole of Chancery.
