//! Paths inside of a workspace: relative, with `/`, and never leading out.

use std::path::{Component, Path, PathBuf};

/// Returns a path as the workspace names it: relative, with `/`; none where it leads out.
pub fn inside(path: &str) -> Option<String> {
    let path = path.replace('\\', "/");
    let mut parts: Vec<&str> = Vec::new();
    for component in Path::new(&path).components() {
        match component {
            Component::Normal(part) => parts.push(part.to_str()?),
            Component::CurDir => {}
            Component::ParentDir => drop(parts.pop()?),
            Component::RootDir | Component::Prefix(_) => return None,
        }
    }
    (!parts.is_empty()).then(|| parts.join("/"))
}

/// Returns the name in the workspace of a path on disk; none where it lies outside or is no Unicode.
pub fn relative(root: &Path, path: &Path) -> Option<String> {
    let rest = path.strip_prefix(root).ok()?;
    let parts: Option<Vec<&str>> = rest.components().map(|part| part.as_os_str().to_str()).collect();
    Some(parts?.join("/")).filter(|name| !name.is_empty())
}

/// Returns where a file of the workspace lies, symbolic links resolved; none where that is outside.
pub fn resolve(root: &Path, file: &str) -> Option<PathBuf> {
    let path = root.join(inside(file)?);
    let (real_root, real) = (root.canonicalize().ok()?, path.canonicalize().ok()?);
    real.starts_with(real_root).then_some(real)
}

/// What a file of a workspace is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Role {
    /// `chancery.toml`.
    Config,
    /// A Markdown file at the root: a briefing where it has a title.
    Briefing,
    /// A Markdown file under `snippets/`.
    Snippet,
    /// Anything else.
    Other,
}

impl Role {
    /// Returns the role of a file by its path inside the workspace.
    pub fn of(file: &str) -> Self {
        let hidden = file.split('/').any(|part| part.starts_with('.'));
        let markdown = file.len() > 3
            && file.is_char_boundary(file.len() - 3)
            && file[file.len() - 3..].eq_ignore_ascii_case(".md");
        match file {
            crate::config::CONFIG_FILE => Self::Config,
            _ if hidden || !markdown => Self::Other,
            _ if file.starts_with("snippets/") => Self::Snippet,
            _ if !file.contains('/') => Self::Briefing,
            _ => Self::Other,
        }
    }
}
