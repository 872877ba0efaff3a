//! A workspace in memory: everything that the analyst's folder says.

use crate::{Briefing, MarkingScheme, PackRef, Snippets, Source};
use indexmap::IndexMap;
use std::path::PathBuf;
use std::sync::Arc;

/// Everything in a workspace that could be read.
#[derive(Debug, Clone, Default)]
pub struct Workspace {
    /// The folder.
    pub root: PathBuf,
    /// What `chancery.toml` says.
    pub config: Config,
    /// Snippets by id, in the order of their files.
    pub snippets: Snippets,
    /// Sources by key, in the order of their files.
    pub sources: IndexMap<String, Arc<Source>>,
    /// Briefings by file, in the order of their names.
    pub briefings: IndexMap<String, Arc<Briefing>>,
}

/// The settings of `chancery.toml`.
#[derive(Debug, Clone)]
pub struct Config {
    /// The workspace's name, as printed.
    pub name: String,
    /// BCP 47 language.
    pub language: String,
    /// The pack used where a briefing names none.
    pub template: Option<PackRef>,
    /// Bibliography files, inside the workspace.
    pub sources: Vec<String>,
    /// Citation style: a name that hayagriva carries, or a `.csl` file in the workspace.
    pub csl: String,
    /// Whether fonts of the system may be used.
    pub system_fonts: bool,
    /// The levels that texts are marked with.
    pub marking: MarkingScheme,
    /// The marking of what names none.
    pub default_marking: Option<String>,
    /// The pack settings that the workspace sets, by name, as TOML.
    pub settings: IndexMap<String, crate::Node>,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            name: String::new(),
            language: "en".to_owned(),
            template: None,
            sources: Vec::new(),
            csl: "chicago-notes".to_owned(),
            system_fonts: false,
            marking: MarkingScheme::default(),
            default_marking: None,
            settings: IndexMap::new(),
        }
    }
}
