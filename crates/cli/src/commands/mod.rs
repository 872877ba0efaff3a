//! The subcommands.

pub mod check;
pub mod export;
pub mod new;
pub mod search;
pub mod snippet;
pub mod watch;
