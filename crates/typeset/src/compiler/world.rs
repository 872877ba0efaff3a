//! The world that Typst sees: the files that were sent, the fonts, a date. Nothing is ever read from a disk or network.

use super::fonts::Fonts;
use crate::{Date, MAIN, PACKAGES};
use std::collections::HashMap;
use std::ops::Range;
use std::sync::OnceLock;
use typst::diag::{FileError, FileResult, PackageError};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::package::{PackageSpec, PackageVersion};
use typst::syntax::{DiagSpan, DiagSpanKind, FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};

const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// The files, fonts and date of one project.
pub(super) struct ProjectWorld {
    library: LazyHash<Library>,
    fonts: Fonts,
    files: HashMap<FileId, File>,
    /// Sources of the last good document that have changed since, as they were; none for files that were not there.
    earlier: HashMap<FileId, Option<Source>>,
    main: FileId,
    pub today: Option<Date>,
}

/// A file, and its syntax tree as soon as Typst asked for it.
struct File {
    bytes: Bytes,
    source: OnceLock<FileResult<Source>>,
}

impl ProjectWorld {
    pub fn new(fonts: Fonts) -> Self {
        #[expect(clippy::expect_used, reason = "a constant")]
        let main = file_id(MAIN).expect("a relative path");
        Self {
            library: LazyHash::new(Library::default()),
            fonts,
            files: HashMap::new(),
            earlier: HashMap::new(),
            main,
            today: None,
        }
    }

    /// Takes a file over. A source that Typst has read already is edited in place, which keeps what did not change.
    pub fn write(&mut self, path: &str, bytes: Vec<u8>) {
        let Some(id) = file_id(path) else { return };
        if is_pack_font(path) {
            self.fonts.write(path, Bytes::new(bytes.clone()));
        }
        self.remember(id);
        match self.files.get_mut(&id) {
            Some(file) => file.replace(bytes),
            None => drop(self.files.insert(id, File::new(bytes))),
        }
    }

    pub fn remove(&mut self, path: &str) {
        if is_pack_font(path) {
            self.fonts.remove(path);
        }
        if let Some(id) = file_id(path) {
            self.remember(id);
            self.files.remove(&id);
        }
    }

    /// Whether no file has been sent.
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    /// Makes fonts that came with files known; to be called before compiling.
    pub fn refresh(&mut self) {
        self.fonts.refresh();
    }

    fn remember(&mut self, id: FileId) {
        let source = || self.files.get(&id).and_then(|file| file.source.get()?.clone().ok());
        self.earlier.entry(id).or_insert_with(source);
    }

    /// Says that the files as they are now made a good document.
    pub fn settle(&mut self) {
        self.earlier.clear();
    }

    /// Returns the sources of the last good document.
    pub fn settled(&self) -> Settled<'_> {
        Settled(self)
    }

    fn has_package(&self, package: &PackageSpec) -> bool {
        self.files.keys().any(|id| matches!(id.root(), VirtualRoot::Package(own) if own == package))
    }

    fn missing(&self, id: FileId) -> FileError {
        match id.root() {
            VirtualRoot::Package(package) if !self.has_package(package) => {
                FileError::Package(PackageError::NotFound(package.clone()))
            }
            _ => FileError::NotFound(file_name(id).into()),
        }
    }
}

/// Sources by id, and what spans in them stand for.
pub(super) trait Sources {
    /// Returns a source.
    fn get(&self, id: FileId) -> Option<Source>;

    /// Returns the file and bytes that a span stands for.
    fn place(&self, span: impl Into<DiagSpan>) -> Option<(String, Option<Range<usize>>)> {
        let span = span.into();
        let range = match span.get() {
            DiagSpanKind::Detached => None,
            DiagSpanKind::Number { id, num, sub_range } => self.get(id).and_then(|source| source.range(num, sub_range)),
            DiagSpanKind::Range { range, .. } => Some(range),
        };
        Some((file_name(span.id()?), range))
    }
}

impl Sources for ProjectWorld {
    fn get(&self, id: FileId) -> Option<Source> {
        self.source(id).ok()
    }
}

/// The sources of the last good document, which later ones with errors must not change.
pub(super) struct Settled<'a>(&'a ProjectWorld);

impl Sources for Settled<'_> {
    fn get(&self, id: FileId) -> Option<Source> {
        self.0.earlier.get(&id).cloned().unwrap_or_else(|| self.0.source(id).ok())
    }
}

impl World for ProjectWorld {
    fn library(&self) -> &LazyHash<Library> {
        &self.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        self.fonts.book()
    }

    fn main(&self) -> FileId {
        self.main
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        let file = self.files.get(&id).ok_or_else(|| self.missing(id))?;
        file.source.get_or_init(|| file.parse(id)).clone()
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        self.files.get(&id).map(|file| file.bytes.clone()).ok_or_else(|| self.missing(id))
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.fonts.font(index)
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        self.today.and_then(|day| Datetime::from_ymd(day.year, day.month, day.day))
    }
}

impl File {
    fn new(bytes: Vec<u8>) -> Self {
        Self { bytes: Bytes::new(bytes), source: OnceLock::new() }
    }

    fn parse(&self, id: FileId) -> FileResult<Source> {
        Ok(Source::new(id, text(&self.bytes)?.to_owned()))
    }

    fn replace(&mut self, bytes: Vec<u8>) {
        match (self.source.get_mut(), text(&bytes)) {
            (Some(Ok(source)), Ok(text)) => drop(source.replace(text)),
            _ => self.source = OnceLock::new(),
        }
        self.bytes = Bytes::new(bytes);
    }
}

/// Returns a source's text without byte order mark.
fn text(bytes: &[u8]) -> FileResult<&str> {
    Ok(std::str::from_utf8(bytes.strip_prefix(BYTE_ORDER_MARK).unwrap_or(bytes))?)
}

fn is_pack_font(path: &str) -> bool {
    let (folder, extension) = (path.split('/').next(), path.rsplit('.').next().unwrap_or_default());
    folder == Some(PACKAGES) && ["otf", "ttf", "otc", "ttc"].iter().any(|own| extension.eq_ignore_ascii_case(own))
}

/// Returns the id of a path of the project; none for one that leaves it.
pub(super) fn file_id(path: &str) -> Option<FileId> {
    let (root, rest) = match package_path(path) {
        Some((package, rest)) => (VirtualRoot::Package(package), rest),
        None => (VirtualRoot::Project, path),
    };
    Some(RootedPath::new(root, VirtualPath::new(rest).ok()?).intern())
}

/// Returns the path in the project that an id stands for.
pub(super) fn file_name(id: FileId) -> String {
    let path = id.vpath().get_without_slash();
    match id.root() {
        VirtualRoot::Project => path.to_owned(),
        VirtualRoot::Package(PackageSpec { namespace, name, version }) => {
            format!("{PACKAGES}/{namespace}/{name}/{version}/{path}")
        }
    }
}

/// Splits `packages/NAMESPACE/NAME/VERSION/REST`.
fn package_path(path: &str) -> Option<(PackageSpec, &str)> {
    let mut parts = path.strip_prefix(PACKAGES)?.strip_prefix('/')?.splitn(4, '/');
    let (namespace, name, version, rest) = (parts.next()?, parts.next()?, parts.next()?, parts.next()?);
    let version: PackageVersion = version.parse().ok()?;
    Some((PackageSpec { namespace: namespace.into(), name: name.into(), version }, rest))
}
