//! The packs that ship with Chancery.

use include_dir::{Dir, include_dir};
use std::collections::BTreeMap;
use std::sync::Arc;

static TEMPLATES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../templates");

/// Returns the files of each built-in package, by folder.
pub(crate) fn packages() -> BTreeMap<String, BTreeMap<String, Arc<[u8]>>> {
    let name = |dir: &Dir<'_>| dir.path().to_string_lossy().into_owned();
    TEMPLATES.dirs().map(|dir| (name(dir), files(dir))).filter(|(_, files)| files.contains_key("typst.toml")).collect()
}

fn files(root: &Dir<'_>) -> BTreeMap<String, Arc<[u8]>> {
    let mut found = BTreeMap::new();
    let mut folders = vec![root];
    while let Some(folder) = folders.pop() {
        folders.extend(folder.dirs());
        for file in folder.files() {
            let path = file.path().strip_prefix(root.path()).unwrap_or(file.path());
            found.insert(path.to_string_lossy().replace('\\', "/"), Arc::from(file.contents()));
        }
    }
    found
}
