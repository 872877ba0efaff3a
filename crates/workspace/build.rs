//! The workspaces that new ones start from are part of this crate, and what is cached depends on its code.

use std::collections::BTreeMap;
use std::error::Error;
use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::Path;

fn main() -> Result<(), Box<dyn Error>> {
    for path in ["blank", "../../briefings/rok-nato"] {
        println!("cargo:rerun-if-changed={path}");
    }
    // A cache of an older build must not be taken for one of this build: its values may mean something else.
    let mut sources = BTreeMap::new();
    for path in ["src", "../model/src"] {
        println!("cargo:rerun-if-changed={path}");
        collect(Path::new(path), &mut sources)?;
    }
    let mut hasher = DefaultHasher::new();
    sources.hash(&mut hasher);
    println!("cargo:rustc-env=CHANCERY_SOURCES={:016x}", hasher.finish());
    Ok(())
}

fn collect(folder: &Path, sources: &mut BTreeMap<String, Vec<u8>>) -> Result<(), Box<dyn Error>> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(&path, sources)?;
        } else {
            sources.insert(path.to_string_lossy().into_owned(), fs::read(&path)?);
        }
    }
    Ok(())
}
