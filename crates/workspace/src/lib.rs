//! The folder on disk: what an analyst keeps in a workspace, read, searched, watched and saved.
//!
//! Files are read to a [`chancery_model::Workspace`] and a list of problems: a broken file is a finding, never a failure,
//! and leaves the rest. [`Session`] keeps both up to date while files and unsaved texts change. What is not understood is
//! kept byte for byte: nothing here writes a file from what was parsed, edits change the bytes of a text.

mod bibliography;
mod briefing;
pub mod cache;
pub mod change;
mod check;
pub mod cites;
mod config;
pub mod edit;
mod fields;
mod files;
mod front_matter;
pub mod index;
pub mod journal;
mod load;
pub mod paths;
pub mod save;
pub mod scaffold;
mod session;
mod snippet;
pub mod uses;
pub mod watch;
mod yaml;

pub use bibliography::{
    Import, ImportError, entry_span, import_sources, linked_document, parse_bibliography, same_sources,
};
pub use briefing::parse_briefing;
pub use cache::Cache;
pub use check::{check, check_briefing, check_snippet};
pub use config::{CONFIG_FILE, add_source_file, parse_config};
pub use fields::normalise_id;
pub use files::{LARGEST_FILE, Stamp};
pub use front_matter::{FrontMatter, split_front_matter};
pub use load::{Loaded, OpenError, find_root, load, load_cached};
pub use session::{Changed, Session};
pub use snippet::{id_of, parse_snippet};
pub use yaml::parse as parse_yaml;
