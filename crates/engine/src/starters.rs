//! What new files start with.

use chancery_model::{Kind, Workspace};
use chancery_template::Pack;
use chancery_workspace::edit::{FieldValue, set_field};
use std::path::PathBuf;

/// A new file.
pub struct Starter {
    /// Its folder in the workspace, empty for the root.
    pub folder: String,
    /// The stem that it would have.
    pub stem: String,
    /// Its text.
    pub text: String,
}

impl Starter {
    /// Returns a name that no file has yet, and its path.
    pub fn free_path(&self, workspace: &Workspace) -> (String, PathBuf) {
        let folder = if self.folder.is_empty() { String::new() } else { format!("{}/", self.folder) };
        let names = (1..).map(|n| if n == 1 { self.stem.clone() } else { format!("{}-{n}", self.stem) });
        let free = names.map(|stem| {
            let file = format!("{folder}{stem}.md");
            let path = workspace.root.join(&file);
            (stem, file, path)
        });
        let taken = |stem: &str| !self.folder.is_empty() && workspace.snippets.contains_key(stem);
        let mut free = free.filter(|(stem, _, path)| !path.exists() && !taken(stem));
        free.next().map(|(_, file, path)| (file, path)).unwrap_or_default()
    }
}

/// Returns a new briefing: the pack's starter with this title.
pub fn briefing(pack: &Pack, title: &str, workspace: &Workspace) -> Starter {
    let bare = format!("---\ntitle: {}\ntemplate: {}\n---\n\n", yaml_text(title), pack.package.name);
    let mut text = pack.starter().map_or(bare, str::to_owned);
    let set = |text: &str, field: &str, value: &str| set_field(text, field, Some(&FieldValue::Text(value.to_owned())));
    text = set(&text, "title", title);
    text = set(&text, "lang", &workspace.config.language);
    if let Some(marking) = &workspace.config.default_marking {
        text = set(&text, "marking", marking);
    }
    Starter { folder: String::new(), stem: stem(title, "briefing"), text }
}

/// Returns a new snippet.
pub fn snippet(kind: Kind, title: &str, body: &str, source: Option<&str>) -> Starter {
    let mut text = format!("---\nkind: {}\ntitle: {}\n", kind.name(), yaml_text(title));
    if let Some(source) = source {
        text.push_str(&format!("sources: [{}]\n", yaml_text(source)));
    }
    text.push_str("---\n");
    text.push_str(body);
    if !body.is_empty() && !body.ends_with('\n') {
        text.push('\n');
    }
    Starter { folder: "snippets".to_owned(), stem: stem(title, kind.name()), text }
}

/// Returns a file's stem made of a title: small letters, digits and hyphens; Hangul and other letters stay.
fn stem(title: &str, otherwise: &str) -> String {
    let mut stem = String::new();
    for letter in title.chars().flat_map(char::to_lowercase) {
        if letter.is_alphanumeric() {
            stem.push(letter);
        } else if !stem.is_empty() && !stem.ends_with('-') {
            stem.push('-');
        }
    }
    // File systems count bytes, and a name should still be read at a glance.
    let end = stem.char_indices().map(|(at, _)| at).find(|at| *at >= 60).unwrap_or(stem.len());
    let stem = stem[..end].trim_matches('-');
    if stem.is_empty() { otherwise.to_owned() } else { stem.to_owned() }
}

/// Returns a text as a YAML value: double-quoted, which every text can be.
fn yaml_text(text: &str) -> String {
    // JSON strings are YAML strings.
    serde_json::to_string(text).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_becomes_a_name_that_can_be_read() {
        assert_eq!(stem("ROK–NATO: what’s next?", "x"), "rok-nato-what-s-next");
        assert_eq!(stem("한국과 나토", "x"), "한국과-나토");
        assert_eq!(stem("???", "event"), "event");
    }
}
