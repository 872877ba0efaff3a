//! The lock: `chancery.lock`, the packs in use with their versions and hashes.

use crate::{Origin, Pack, library::PackageName, toml};
use chancery_model::{Node, Problem};
use std::fmt::Write;

/// A package as locked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Locked {
    /// Namespace, name and version.
    pub package: PackageName,
    /// The hash that its files had, in hexadecimal.
    pub sha256: String,
}

/// The packages that a workspace uses.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Lock {
    /// One entry a namespace and name, in order.
    pub packages: Vec<Locked>,
}

impl Lock {
    /// Reads a lock; entries that are not understood are problems and left out.
    pub fn parse(file: &str, text: &str) -> (Self, Vec<Problem>) {
        let root = match toml::parse(text) {
            Ok(root) => root,
            Err(error) => {
                let problem = Problem::error("bad-lock", format!("this is no TOML: {}", error.message))
                    .hint("delete the file: it is written again when packs are chosen")
                    .at(file, text, error.span);
                return (Self::default(), vec![problem]);
            }
        };
        let mut lock = Self::default();
        let mut problems = Vec::new();
        for entry in root.get("pack").map(Node::items).unwrap_or_default() {
            match locked(entry) {
                Some(locked) => lock.packages.push(locked),
                None => problems.push(
                    Problem::warning("bad-lock", "this entry lacks a name, an exact version or a hash").at(
                        file,
                        text,
                        entry.span.clone(),
                    ),
                ),
            }
        }
        (lock, problems)
    }

    /// Returns the entry of a package.
    pub fn get(&self, namespace: &str, name: &str) -> Option<&Locked> {
        self.packages.iter().find(|locked| locked.package.namespace == namespace && locked.package.name == name)
    }

    /// Returns what is wrong where a package's files are not those that were locked.
    ///
    /// Packs in the workspace are not locked. A built-in one changes with Chancery itself: a warning.
    pub fn verify(&self, pack: &Pack) -> Option<Problem> {
        let locked = self.get(&pack.package.namespace, &pack.package.name)?;
        let same = locked.package.version != pack.package.version || locked.sha256 == pack.sha256;
        if same || pack.origin == Origin::Workspace {
            return None;
        }
        let message = format!("{} is not what chancery.lock holds: its files changed", pack.package);
        let problem = match pack.origin {
            Origin::BuiltIn => Problem::warning("pack-changed", message),
            _ => Problem::error("pack-changed", message),
        };
        let hint = "look at the pages, then run `chancery template update` to accept the pack as it is";
        Some(problem.hint(hint).at_file("chancery.lock"))
    }

    /// Notes a package as it is; returns whether that changed the lock. Packs in the workspace are left out.
    pub fn note(&mut self, pack: &Pack) -> bool {
        if pack.origin == Origin::Workspace {
            return false;
        }
        let locked = Locked { package: pack.package.clone(), sha256: pack.sha256.clone() };
        let same =
            |old: &Locked| old.package.namespace == locked.package.namespace && old.package.name == locked.package.name;
        match self.packages.iter_mut().find(|old| same(old)) {
            Some(old) if *old == locked => return false,
            Some(old) => *old = locked,
            None => self.packages.push(locked),
        }
        self.packages.sort_by(|a, b| a.package.cmp(&b.package));
        true
    }

    /// Returns the lock as TOML.
    pub fn to_toml(&self) -> String {
        let mut text = String::from("# Written by Chancery: the packs that this workspace uses.\n");
        for Locked { package, sha256 } in &self.packages {
            let PackageName { namespace, name, version } = package;
            // Writing to a string cannot fail.
            let _ = write!(text, "\n[[pack]]\n");
            if namespace != PackageName::PACKS {
                let _ = writeln!(text, "namespace = \"{namespace}\"");
            }
            let _ = write!(text, "name = \"{name}\"\nversion = \"{version}\"\nsha256 = \"{sha256}\"\n");
        }
        text
    }
}

fn locked(entry: &Node) -> Option<Locked> {
    let text = |key: &str| entry.get(key).and_then(Node::text);
    let namespace = text("namespace").unwrap_or_else(|| PackageName::PACKS.to_owned());
    let package = PackageName::parse(&format!("@{namespace}/{}:{}", text("name")?, text("version")?))?;
    Some(Locked { package, sha256: text("sha256")? })
}
