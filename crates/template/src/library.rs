//! The library: where packs and the packages that they import are found.

use crate::files::{self, Stamp};
use crate::{Lock, Manifest, Origin, Pack, builtin, imports, pack};
use chancery_model::{PackRef, Problem, nearest};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock, Mutex, PoisonError};
use thiserror::Error;

/// A package as an import spells it: `@chancery/policy-brief:1.0.0`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PackageName {
    /// `chancery` for packs, `preview` for Typst's own index, `local`, or another.
    pub namespace: String,
    /// The name.
    pub name: String,
    /// The exact version.
    pub version: semver::Version,
}

/// Why a pack was not found.
#[derive(Debug, Error)]
pub enum FindError {
    /// No pack of that name; the nearest name that there is.
    #[error("there is no template `{name}`")]
    Unknown {
        /// The name asked for.
        name: String,
        /// The nearest one.
        nearest: Option<String>,
    },
    /// The pack is there, in other versions.
    #[error("there is no version {version} of the template `{name}`")]
    Version {
        /// The name asked for.
        name: String,
        /// The version asked for.
        version: String,
        /// The versions that there are, newest first.
        installed: Vec<String>,
    },
    /// The pack's manifest cannot be used.
    #[error("the template `{name}` cannot be used")]
    Broken {
        /// The name asked for.
        name: String,
        /// What is wrong with it.
        problems: Vec<Problem>,
    },
}

/// Finds packs and packages: the workspace's, the user's, the built-in ones and Typst's.
#[derive(Debug)]
pub struct Library {
    workspace: Option<PathBuf>,
    user: Option<PathBuf>,
    typst: Vec<PathBuf>,
    read: Mutex<HashMap<PathBuf, (Stamp, Found)>>,
    /// What packages import, by the hash of their files.
    named: Mutex<HashMap<String, Arc<[PackageName]>>>,
}

/// A package that was read, or what is wrong with it.
type Found = Result<Arc<Pack>, Vec<Problem>>;

impl PackageName {
    /// The namespace of packs.
    pub const PACKS: &'static str = "chancery";

    /// Returns the package that `@namespace/name:1.2.3` spells.
    pub fn parse(text: &str) -> Option<Self> {
        let (namespace, rest) = text.strip_prefix('@')?.split_once('/')?;
        let (name, version) = rest.split_once(':')?;
        let is_name =
            |name: &str| !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_');
        let version = semver::Version::parse(version).ok().filter(|v| v.pre.is_empty() && v.build.is_empty())?;
        (is_name(namespace) && is_name(name)).then(|| Self {
            namespace: namespace.to_owned(),
            name: name.to_owned(),
            version,
        })
    }

    /// Returns its folder below a folder of packages: `chancery/policy-brief/1.0.0`.
    pub fn folder(&self) -> String {
        format!("{}/{}/{}", self.namespace, self.name, self.version)
    }
}

impl fmt::Display for PackageName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "@{}/{}:{}", self.namespace, self.name, self.version)
    }
}

impl FindError {
    /// Returns the error as a problem without a place.
    pub fn problem(&self) -> Problem {
        let problem = Problem::error(self.code(), self.to_string());
        match self {
            Self::Unknown { nearest: Some(near), .. } => problem.hint(format!("did you mean `{near}`?")),
            Self::Unknown { .. } => problem.hint("`chancery template list` shows the templates that there are"),
            Self::Version { installed, .. } => problem.hint(format!("there is {}", installed.join(", "))),
            Self::Broken { problems, .. } => match problems.first() {
                Some(first) => problem.hint(first.message.clone()),
                None => problem,
            },
        }
    }

    fn code(&self) -> &'static str {
        match self {
            Self::Unknown { .. } => "unknown-template",
            Self::Version { .. } => "unknown-template-version",
            Self::Broken { .. } => "broken-template",
        }
    }
}

impl Library {
    /// Returns the library of a workspace and of the folder with the packs installed for the user.
    pub fn new(workspace_root: Option<&Path>, user_dir: Option<PathBuf>) -> Self {
        Self {
            workspace: workspace_root.map(|root| root.join("templates")),
            user: user_dir,
            typst: typst_folders(),
            read: Mutex::default(),
            named: Mutex::default(),
        }
    }

    /// Replaces Typst's own package folders.
    #[must_use]
    pub fn with_typst_folders(mut self, folders: Vec<PathBuf>) -> Self {
        self.typst = folders;
        self
    }

    /// Returns the pack that a briefing names.
    ///
    /// Without a version the workspace's own pack counts, then the lock's version, then the newest.
    ///
    /// # Errors
    /// When there is no such pack or version, or its manifest cannot be used.
    pub fn find(&self, wanted: &PackRef, lock: &Lock) -> Result<Arc<Pack>, FindError> {
        let named: Vec<Found> =
            self.all().into_iter().filter(|found| found.is_named(&wanted.name)).map(|f| f.found).collect();
        let packs: Vec<&Arc<Pack>> = named.iter().filter_map(|found| found.as_ref().ok()).collect();
        if packs.is_empty() {
            return Err(self.not_found(&wanted.name, named));
        }
        if let Some(version) = &wanted.version {
            let exact = packs.iter().find(|pack| pack.package.version.to_string() == *version);
            return exact.map(|pack| Arc::clone(pack)).ok_or_else(|| FindError::Version {
                name: wanted.name.clone(),
                version: version.clone(),
                installed: versions(&packs),
            });
        }
        let own = packs.iter().find(|pack| pack.origin == Origin::Workspace);
        let locked = || {
            let version = &lock.get(PackageName::PACKS, &wanted.name)?.package.version;
            packs.iter().find(|pack| pack.package.version == *version)
        };
        let newest = || packs.iter().rev().max_by(|a, b| a.package.version.cmp(&b.package.version));
        let chosen = own.or_else(locked).or_else(newest);
        chosen.map(|pack| Arc::clone(pack)).ok_or_else(|| self.not_found(&wanted.name, Vec::new()))
    }

    /// Returns all packs that briefings can use, by name, the newest version of each and origin first.
    pub fn list(&self) -> Vec<Arc<Pack>> {
        let mut packs: Vec<Arc<Pack>> = self.all().into_iter().filter_map(|found| found.found.ok()).collect();
        packs.retain(|pack| pack.manifest.pack.is_some());
        packs.sort_by(|a, b| {
            a.package.name.cmp(&b.package.name).then_with(|| b.package.version.cmp(&a.package.version))
        });
        packs.dedup_by(|later, first| later.package == first.package);
        packs
    }

    /// Returns a package that an import names: from the places of packs, then from Typst's own folders.
    ///
    /// # Errors
    /// When there is none, or its manifest cannot be used.
    pub fn package(&self, name: &PackageName) -> Result<Arc<Pack>, FindError> {
        let in_places = if name.namespace == PackageName::PACKS {
            self.all().into_iter().map(|found| found.found).find(|found| is_package(found, name))
        } else {
            self.places().into_iter().find_map(|(place, origin)| self.read(&place.join(name.folder()), name, origin))
        };
        let typst = || self.typst.iter().find_map(|place| self.read(&place.join(name.folder()), name, Origin::Typst));
        match in_places.or_else(typst) {
            Some(Ok(pack)) => Ok(pack),
            Some(Err(problems)) => Err(FindError::Broken { name: name.to_string(), problems }),
            None => Err(FindError::Unknown { name: name.to_string(), nearest: None }),
        }
    }

    /// Returns the newest kit that speaks this build's contract.
    pub fn kit(&self) -> Option<Arc<Pack>> {
        let kits = self.all().into_iter().filter_map(|candidate| candidate.found.ok());
        let fits =
            |pack: &Arc<Pack>| pack.package.name == "kit" && pack.package.version.major == u64::from(crate::CONTRACT);
        kits.filter(fits).max_by(|a, b| a.package.version.cmp(&b.package.version))
    }

    /// Returns the packages that a pack imports, and those that these import, in order; and those not found.
    pub fn imports(&self, pack: &Pack) -> (Vec<Arc<Pack>>, BTreeSet<PackageName>) {
        let mut found: BTreeMap<PackageName, Arc<Pack>> = BTreeMap::new();
        let mut missing = BTreeSet::new();
        let mut wanted: Vec<PackageName> = self.named_in(pack).to_vec();
        while let Some(name) = wanted.pop() {
            if name == pack.package || found.contains_key(&name) || missing.contains(&name) {
                continue;
            }
            match self.package(&name) {
                Ok(imported) => {
                    wanted.extend(self.named_in(&imported).iter().cloned());
                    found.insert(name, imported);
                }
                Err(_) => {
                    missing.insert(name);
                }
            }
        }
        (found.into_values().collect(), missing)
    }

    /// What a package's sources import; they are read once for each state of the package.
    fn named_in(&self, pack: &Pack) -> Arc<[PackageName]> {
        let mut named = self.named.lock().unwrap_or_else(PoisonError::into_inner);
        let read = || {
            let sources = pack.imported_files().filter(|(path, _)| path.ends_with(".typ"));
            let texts = sources.filter_map(|(_, bytes)| std::str::from_utf8(bytes).ok());
            texts.flat_map(imports::packages).collect::<BTreeSet<_>>().into_iter().collect()
        };
        Arc::clone(named.entry(pack.sha256.clone()).or_insert_with(read))
    }

    fn not_found(&self, name: &str, named: Vec<Found>) -> FindError {
        let problems: Vec<Problem> = named.into_iter().filter_map(Result::err).flatten().collect();
        if !problems.is_empty() {
            return FindError::Broken { name: name.to_owned(), problems };
        }
        let packs = self.list();
        let near = nearest(name, packs.iter().map(|pack| pack.package.name.as_str())).map(str::to_owned);
        FindError::Unknown { name: name.to_owned(), nearest: near }
    }

    fn places(&self) -> Vec<(&Path, Origin)> {
        let workspace = self.workspace.as_deref().map(|place| (place, Origin::Workspace));
        let user = self.user.as_deref().map(|place| (place, Origin::User));
        workspace.into_iter().chain(user).collect()
    }

    /// All packages of the packs' namespace, the strongest place first.
    fn all(&self) -> Vec<Candidate> {
        let mut found = Vec::new();
        for (place, origin) in self.places() {
            for folder in folders(place) {
                self.candidates(&folder, origin, &mut found);
            }
        }
        found.extend(BUILT_IN.iter().map(|(folder, found)| Candidate { folder: folder.clone(), found: found.clone() }));
        found
    }

    /// A pack's folder is `NAME/` or `NAME/VERSION/`.
    fn candidates(&self, folder: &Path, origin: Origin, found: &mut Vec<Candidate>) {
        let name = file_name(folder);
        let versions = folders(folder).into_iter().filter(|inner| semver::Version::parse(&file_name(inner)).is_ok());
        for candidate in std::iter::once(folder.to_owned()).chain(versions) {
            if let Some(read) = self.read_folder(&candidate, PackageName::PACKS, origin) {
                found.push(Candidate { folder: name.clone(), found: read });
            }
        }
    }

    fn read(&self, folder: &Path, name: &PackageName, origin: Origin) -> Option<Found> {
        let found = self.read_folder(folder, &name.namespace, origin)?;
        match found {
            Ok(pack) if pack.package != *name => None,
            found => Some(found),
        }
    }

    /// Reads a package's folder again only where a file in it changed; none where it is no package's.
    fn read_folder(&self, folder: &Path, namespace: &str, origin: Origin) -> Option<Found> {
        if !folder.join("typst.toml").is_file() {
            return None;
        }
        let unreadable = |error: std::io::Error| {
            let message = format!("the template in {} cannot be read: {error}", folder.display());
            vec![Problem::error("unreadable-template", message)]
        };
        let stamp = match files::stamp(folder) {
            Ok(stamp) => stamp,
            Err(error) => return Some(Err(unreadable(error))),
        };
        let mut read = self.read.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((old, found)) = read.get(folder)
            && *old == stamp
        {
            return Some(found.clone());
        }
        let found = files::read(folder, &stamp)
            .map_err(unreadable)
            .and_then(|files| load(files, namespace, origin, &manifest_name(folder)));
        read.insert(folder.to_owned(), (stamp, found.clone()));
        Some(found)
    }
}

struct Candidate {
    folder: String,
    found: Found,
}

impl Candidate {
    fn is_named(&self, name: &str) -> bool {
        match &self.found {
            Ok(pack) => pack.package.name == name && pack.manifest.pack.is_some(),
            Err(_) => self.folder == name,
        }
    }
}

static BUILT_IN: LazyLock<Vec<(String, Found)>> = LazyLock::new(|| {
    let read = |(folder, files)| {
        let manifest = format!("templates/{folder}/typst.toml");
        (folder, load(files, PackageName::PACKS, Origin::BuiltIn, &manifest))
    };
    builtin::packages().into_iter().map(read).collect()
});

fn load(files: BTreeMap<String, Arc<[u8]>>, namespace: &str, origin: Origin, manifest_file: &str) -> Found {
    let text = files.get("typst.toml").map(|bytes| String::from_utf8_lossy(bytes)).unwrap_or_default();
    let (manifest, problems) = Manifest::parse(manifest_file, &text);
    let Some(manifest) = manifest else { return Err(problems) };
    let package =
        PackageName { namespace: namespace.to_owned(), name: manifest.name.clone(), version: manifest.version.clone() };
    let sha256 = pack::hash(&files);
    Ok(Arc::new(Pack { package, manifest, files, origin, sha256, problems }))
}

fn is_package(found: &Found, name: &PackageName) -> bool {
    found.as_ref().is_ok_and(|pack| pack.package == *name)
}

fn versions(packs: &[&Arc<Pack>]) -> Vec<String> {
    let mut versions: Vec<&semver::Version> = packs.iter().map(|pack| &pack.package.version).collect();
    versions.sort_unstable_by(|a, b| b.cmp(a));
    versions.dedup();
    versions.into_iter().map(ToString::to_string).collect()
}

/// The folders in a folder, in order; links are not followed.
fn folders(place: &Path) -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(place) else { return Vec::new() };
    let is_folder = |entry: &std::fs::DirEntry| entry.file_type().is_ok_and(|kind| kind.is_dir());
    let mut found: Vec<PathBuf> = entries.filter_map(Result::ok).filter(is_folder).map(|entry| entry.path()).collect();
    found.sort();
    found
}

fn file_name(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

fn manifest_name(folder: &Path) -> String {
    folder.join("typst.toml").display().to_string()
}

/// Typst's own folders: installed packages first, then downloaded ones.
fn typst_folders() -> Vec<PathBuf> {
    let variable = |name: &str| std::env::var_os(name).map(PathBuf::from);
    let dirs = directories::BaseDirs::new();
    let data = variable("TYPST_PACKAGE_PATH").or_else(|| Some(dirs.as_ref()?.data_dir().join("typst/packages")));
    let cache =
        variable("TYPST_PACKAGE_CACHE_PATH").or_else(|| Some(dirs.as_ref()?.cache_dir().join("typst/packages")));
    data.into_iter().chain(cache).collect()
}
