//! Small workspaces written as text: `==> path` starts a file.

#![allow(dead_code, clippy::expect_used, clippy::unwrap_used)]

use chancery_compose::{Cache, Composed, Folder, Mode, Request, compose};
use chancery_model::{Briefing, PackRef, Problem, Workspace};
use chancery_template::{Library, Lock, Pack};
use std::fs;
use std::path::Path;
use std::sync::Arc;
use tempfile::TempDir;

/// A workspace on disk, and what composing a briefing of it needs.
pub struct Fixture {
    pub folder: TempDir,
    pub workspace: Workspace,
    pub library: Library,
    pub images: Folder,
}

impl Fixture {
    /// Writes the files of a text and loads them as a workspace.
    pub fn new(text: &str) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        for (path, content) in sections(text, "==> ") {
            write(folder.path(), &path, content.as_bytes());
        }
        Self::open(folder)
    }

    /// Loads a folder as a workspace.
    pub fn open(folder: TempDir) -> Self {
        let workspace = chancery_workspace::load(folder.path()).expect("a workspace").workspace;
        let library = Library::new(Some(folder.path()), None).with_typst_folders(Vec::new());
        let images = Folder::new(folder.path());
        Self { folder, workspace, library, images }
    }

    /// Returns the pack that a briefing names.
    pub fn pack(&self, briefing: &Briefing) -> Arc<Pack> {
        let named = briefing.template.clone().or_else(|| self.workspace.config.template.clone());
        let named = named.unwrap_or_else(|| PackRef::parse("policy-brief", 0..0));
        self.library.find(&named, &Lock::default()).expect("the pack")
    }

    /// Composes a briefing.
    pub fn compose(&self, briefing: &Briefing, mode: Mode, set: &[(String, String)], cache: &mut Cache) -> Composed {
        let pack = self.pack(briefing);
        compose(&self.request(briefing, &pack, mode, set), cache)
    }

    /// Returns the request that composes a briefing.
    pub fn request<'a>(
        &'a self,
        briefing: &'a Briefing,
        pack: &'a Pack,
        mode: Mode,
        set: &'a [(String, String)],
    ) -> Request<'a> {
        Request {
            workspace: &self.workspace,
            revision: Some(1),
            briefing,
            pack,
            library: &self.library,
            set,
            mode,
            today: (2026, 11, 21),
            images: &self.images,
        }
    }

    /// Returns the workspace's briefing of that name.
    pub fn briefing(&self, file: &str) -> Briefing {
        (**self.workspace.briefings.get(file).expect("the briefing")).clone()
    }

    /// Returns a briefing with another text.
    pub fn edited(&self, briefing: &Briefing, text: &str) -> Briefing {
        chancery_workspace::parse_briefing(&briefing.file, text).0.expect("a briefing")
    }
}

/// Returns the sections of a text: each starts with a line of `mark` and a name.
pub fn sections(text: &str, mark: &str) -> Vec<(String, String)> {
    let mut sections: Vec<(String, String)> = Vec::new();
    for line in text.split_inclusive('\n') {
        if let Some(name) = line.strip_prefix(mark) {
            sections.push((name.trim().to_owned(), String::new()));
        } else if let Some((_, content)) = sections.last_mut() {
            content.push_str(line);
        }
    }
    sections
}

/// Returns a problem on one line.
pub fn describe(problem: &Problem) -> String {
    let place = problem.place.as_ref().map_or_else(
        || "-".to_owned(),
        |place| format!("{}:{}:{}-{}:{}", place.file, place.line, place.column, place.end_line, place.end_column),
    );
    let severity = format!("{:?}", problem.severity).to_lowercase();
    let hint = problem.hint.as_ref().map(|hint| format!("\n  help: {hint}")).unwrap_or_default();
    format!("{severity}[{}] {place} {}{hint}", problem.code, problem.message)
}

pub fn write(folder: &Path, path: &str, bytes: &[u8]) {
    let path = folder.join(path);
    fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
    fs::write(path, bytes).expect("a file");
}
