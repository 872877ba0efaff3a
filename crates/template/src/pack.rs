//! Packs in memory.

use crate::{Manifest, PackKind, SettingSpec, library::PackageName};
use chancery_model::Problem;
use indexmap::IndexMap;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Where a pack was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Origin {
    /// In the workspace's `templates/`; never locked.
    Workspace,
    /// Installed for the user.
    User,
    /// Shipped with Chancery.
    BuiltIn,
    /// In one of Typst's own package folders.
    Typst,
}

/// A pack, or another Typst package, with all its files.
#[derive(Debug, Clone)]
pub struct Pack {
    /// Namespace, name and version, as imports spell them.
    pub package: PackageName,
    /// What it says about itself.
    pub manifest: Manifest,
    /// Its files by path, with `/`.
    pub files: BTreeMap<String, Arc<[u8]>>,
    /// Where it was found.
    pub origin: Origin,
    /// SHA-256 over its files' paths and bytes, in hexadecimal.
    pub sha256: String,
    /// What is wrong with its manifest but leaves it usable.
    pub problems: Vec<Problem>,
}

impl Origin {
    /// Returns its name: `workspace`, `user`, `built-in` or `typst`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Workspace => "workspace",
            Self::User => "user",
            Self::BuiltIn => "built-in",
            Self::Typst => "typst",
        }
    }
}

impl Pack {
    /// Returns what it makes; a package that is no pack counts as a note.
    pub fn kind(&self) -> PackKind {
        self.manifest.pack.as_ref().map_or(PackKind::Note, |pack| pack.kind)
    }

    /// Returns what can be set.
    pub fn settings(&self) -> &IndexMap<String, SettingSpec> {
        static NONE: std::sync::LazyLock<IndexMap<String, SettingSpec>> = std::sync::LazyLock::new(IndexMap::new);
        self.manifest.pack.as_ref().map_or(&NONE, |pack| &pack.settings)
    }

    /// Returns what the pack says of itself in other languages than the manifest's, by BCP 47 tag.
    pub fn descriptions(&self) -> impl Iterator<Item = (&str, &str)> {
        let pack = self.manifest.pack.as_ref().into_iter();
        pack.flat_map(|pack| &pack.descriptions).map(|(language, text)| (language.as_str(), text.as_str()))
    }

    /// Returns the briefing to start with, where the pack has one that is text.
    pub fn starter(&self) -> Option<&str> {
        let path = self.manifest.pack.as_ref()?.starter.as_ref()?;
        std::str::from_utf8(self.files.get(path)?).ok()
    }

    /// Returns its picture's path and bytes, where the pack has one.
    pub fn thumbnail(&self) -> Option<(&str, &Arc<[u8]>)> {
        let path = self.manifest.pack.as_ref()?.thumbnail.as_ref()?;
        Some((path, self.files.get(path)?))
    }

    /// Returns the files that an import needs: all but those which the manifest excludes.
    pub fn imported_files(&self) -> impl Iterator<Item = (&String, &Arc<[u8]>)> {
        self.files.iter().filter(|(path, _)| !self.excludes(path))
    }

    fn excludes(&self, path: &str) -> bool {
        let pack = self.manifest.pack.as_ref();
        let own = [pack.and_then(|p| p.starter.as_deref()), pack.and_then(|p| p.thumbnail.as_deref())];
        own.contains(&Some(path)) || self.manifest.exclude.iter().any(|pattern| is_under(path, pattern))
    }
}

/// Whether a path is the pattern's, or under it; `*` at its end or start stands for anything.
fn is_under(path: &str, pattern: &str) -> bool {
    let pattern = pattern.trim_start_matches("./").trim_start_matches('/').trim_end_matches('/');
    if let Some(ending) = pattern.strip_prefix('*') {
        return path.ends_with(ending);
    }
    let stem = pattern.trim_end_matches("/**").trim_end_matches("/*");
    path == stem || path.strip_prefix(stem).is_some_and(|rest| rest.starts_with('/'))
}

/// Returns the hash of a pack's files: for each in order its path, a NUL, its length and its bytes.
pub(crate) fn hash(files: &BTreeMap<String, Arc<[u8]>>) -> String {
    let mut hasher = Sha256::new();
    for (path, bytes) in files {
        hasher.update(path.as_bytes());
        hasher.update([0]);
        hasher.update((bytes.len() as u64).to_le_bytes());
        hasher.update(bytes);
    }
    hex::encode(hasher.finalize())
}
