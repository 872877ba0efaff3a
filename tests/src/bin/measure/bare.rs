//! Typst alone, on the same sources, in this process.

use crate::stats::Times;
use chancery_compose::Cache;
use chancery_engine::{Desk, Wish};
use chancery_tests::folder::Folder;
use chancery_tests::material::config;
use chancery_typeset::{Compiler, FontSources, Wanted};
use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// What Typst alone needs: compiling, and drawing the wanted pages that changed.
pub struct Bare {
    desk: Desk,
    compiler: Compiler,
    cache: Cache,
    wanted: Wanted,
    text: String,
    sent: BTreeMap<String, Arc<[u8]>>,
}

impl Bare {
    /// Reads `long.md` of a folder; nothing is typeset yet.
    pub fn new(folder: &Folder, wanted: Wanted) -> Self {
        Self {
            desk: Desk::open(&folder.workspace(), &config(folder)).expect("the workspace"),
            compiler: Compiler::new(FontSources::default()),
            cache: Cache::default(),
            wanted,
            text: folder.read("long.md"),
            sent: BTreeMap::new(),
        }
    }

    /// The text as it is now.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Puts a word at a byte of the text, and returns how long compiling and drawing took.
    pub fn insert(&mut self, at: usize, word: &str) -> Duration {
        self.text.insert_str(at, word);
        self.desk.set_text("long.md", Some(self.text.clone()));
        let briefing = self.desk.briefing("long.md").expect("the briefing");
        let draft = self.desk.compose(briefing, &Wish::preview(), &mut self.cache).expect("a draft");
        for (path, bytes) in &draft.composed.files {
            if self.sent.get(path) != Some(bytes) {
                self.compiler.write(path, bytes.to_vec());
                self.sent.insert(path.clone(), bytes.clone());
            }
        }
        let compiled = self.compiler.typeset(&self.wanted).expect("pages");
        let start = Instant::now();
        self.compiler.rest();
        let rest = start.elapsed();
        self.compiler.tidy();
        compiled.timings.compile + compiled.timings.image + rest
    }
}

/// Returns what a key may take beside Typst alone, at the median and the 95th percentile, as cells of a table.
pub fn allowed(alone: &Times) -> String {
    [0.5, 0.95].map(|share| format!("{:.1}", 1.5 * alone.quantile(share) + 5.0)).join(" | ")
}
