//! What the window keeps for its next start: how it was left, and what the user chose about it.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// Texts by name, in one file of the user's data folder. They are the window's own; nothing here reads them.
#[derive(Debug)]
pub struct Memory {
    file: PathBuf,
    texts: BTreeMap<String, String>,
}

impl Memory {
    /// Returns what is kept in the user's data folder; a file that cannot be read holds nothing.
    pub fn new(data: &Path) -> Self {
        let file = data.join("window.json");
        let texts = fs::read(&file).ok().and_then(|text| serde_json::from_slice(&text).ok()).unwrap_or_default();
        Self { file, texts }
    }

    /// Returns all that is kept.
    pub fn texts(&self) -> &BTreeMap<String, String> {
        &self.texts
    }

    /// Keeps a text under a name, in the place of the one before; it is in the file when this returns.
    pub fn keep(&mut self, name: String, text: String) {
        if self.texts.get(&name) == Some(&text) {
            return;
        }
        self.texts.insert(name, text);
        if let Err(error) = self.write() {
            log::warn!("how the window is was not written: {error}");
        }
    }

    /// Writes the file beside itself first: whoever kills the program leaves the old one or the new one.
    fn write(&self) -> io::Result<()> {
        let text = serde_json::to_vec(&self.texts)?;
        let new = self.file.with_extension("json.new");
        self.file.parent().map_or(Ok(()), fs::create_dir_all)?;
        fs::write(&new, text)?;
        fs::rename(&new, &self.file)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_kept_is_there_at_the_next_start() {
        let folder = tempfile::tempdir().expect("a folder");
        let data = folder.path().join("data");
        let mut memory = Memory::new(&data);
        memory.keep("window:/a".to_owned(), "left".to_owned());
        memory.keep("window:/a".to_owned(), "left again".to_owned());
        memory.keep("theme".to_owned(), "어둡게".to_owned());
        let memory = Memory::new(&data);
        assert_eq!(memory.texts()["window:/a"], "left again");
        assert_eq!(memory.texts()["theme"], "어둡게");
        fs::write(data.join("window.json"), "{ half").expect("a file");
        assert!(Memory::new(&data).texts().is_empty());
    }
}
