//! Manifests: `typst.toml` with its `[tool.chancery]` table.

use crate::{SettingSpec, SettingType, toml};
use chancery_model::{Node, Problem, Value, nearest};
use indexmap::IndexMap;
use std::ops::Range;

/// The version of the interface between Chancery and packs that this build speaks.
pub const CONTRACT: u32 = 1;

const KEYS: [&str; 8] = ["contract", "kind", "uses", "fonts", "starter", "thumbnail", "settings", "translations"];
const SETTING_KEYS: [&str; 4] = ["type", "label", "default", "choices"];
const TRANSLATION_KEYS: [&str; 2] = ["description", "labels"];

/// What a pack makes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PackKind {
    /// Running text on pages.
    Note,
    /// Slides.
    Deck,
}

/// What a pack, or another Typst package, says about itself.
#[derive(Debug, Clone, PartialEq)]
pub struct Manifest {
    /// The package's name.
    pub name: String,
    /// Its exact version.
    pub version: semver::Version,
    /// The file that an import evaluates.
    pub entrypoint: String,
    /// One sentence.
    pub description: String,
    /// Who made it.
    pub authors: Vec<String>,
    /// Its licence, an SPDX expression.
    pub license: Option<String>,
    /// Path patterns that are not part of the package for those who import it.
    pub exclude: Vec<String>,
    /// The pack's part; none for a Typst package that is no pack, as the kit.
    pub pack: Option<PackManifest>,
}

/// The `[tool.chancery]` table.
#[derive(Debug, Clone, PartialEq)]
pub struct PackManifest {
    /// What it makes.
    pub kind: PackKind,
    /// Font families that Chancery carries and the pack uses.
    pub uses: Vec<String>,
    /// Folders with fonts inside the pack.
    pub fonts: Vec<String>,
    /// The briefing that "New from template" starts with.
    pub starter: Option<String>,
    /// Its picture.
    pub thumbnail: Option<String>,
    /// What can be set, in the manifest's order.
    pub settings: IndexMap<String, SettingSpec>,
    /// Its description in other languages than the manifest's, by BCP 47 tag.
    pub descriptions: IndexMap<String, String>,
}

impl PackKind {
    /// Returns its name in manifests.
    pub fn name(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Deck => "deck",
        }
    }
}

impl Manifest {
    /// Reads a manifest; what is wrong with it, but leaves it usable, is in the problems.
    ///
    /// `file` is the name that problems give. There is no manifest where a required part is missing.
    pub fn parse(file: &str, text: &str) -> (Option<Self>, Vec<Problem>) {
        let mut reader = Reader { file, text, problems: Vec::new() };
        let manifest = match toml::parse(text) {
            Ok(root) => reader.manifest(&root),
            Err(error) => {
                reader.error("bad-manifest", format!("this is no TOML: {}", error.message), &error.span, None);
                None
            }
        };
        (manifest, reader.problems)
    }
}

struct Reader<'a> {
    file: &'a str,
    text: &'a str,
    problems: Vec<Problem>,
}

impl Reader<'_> {
    fn push(&mut self, problem: Problem, span: &Range<usize>, hint: Option<String>) {
        let problem = problem.at(self.file, self.text, span.clone());
        self.problems.push(match hint {
            Some(hint) => problem.hint(hint),
            None => problem,
        });
    }

    fn error(&mut self, code: &'static str, message: String, span: &Range<usize>, hint: Option<String>) {
        self.push(Problem::error(code, message), span, hint);
    }

    fn manifest(&mut self, root: &Node) -> Option<Manifest> {
        let Some(package) = root.get("package") else {
            self.error("bad-manifest", "the `[package]` table is missing".into(), &(0..0), None);
            return None;
        };
        let name = self.required(package, "name");
        let version = self.version(package);
        let entrypoint = self.required(package, "entrypoint");
        let tool = root.get("tool").and_then(|tool| tool.get("chancery"));
        let pack = match tool {
            Some(table) => Some(self.pack(table)?),
            None => None,
        };
        let text = |key: &str| package.get(key).and_then(Node::text);
        Some(Manifest {
            name: name.filter(|name| self.is_name(name, package))?,
            version: version?,
            entrypoint: entrypoint?,
            description: text("description").unwrap_or_default(),
            authors: texts(package, "authors"),
            license: text("license"),
            exclude: texts(package, "exclude"),
            pack,
        })
    }

    fn required(&mut self, table: &Node, key: &str) -> Option<String> {
        let text = table.get(key).and_then(Node::text).filter(|text| !text.trim().is_empty());
        if text.is_none() {
            self.error("bad-manifest", format!("`{key}` is missing"), &table.span, None);
        }
        text
    }

    fn is_name(&mut self, name: &str, package: &Node) -> bool {
        let letters = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
        let good = name.bytes().all(letters) && name.starts_with(|first: char| first.is_ascii_alphabetic());
        if !good {
            let span = package.get("name").map_or(0..0, |node| node.span.clone());
            let hint = Some("use letters, digits and `-`, a letter first".to_owned());
            self.error("bad-manifest", format!("`{name}` is no package name"), &span, hint);
        }
        good
    }

    fn version(&mut self, package: &Node) -> Option<semver::Version> {
        let text = self.required(package, "version")?;
        let version = semver::Version::parse(&text).ok().filter(|v| v.pre.is_empty() && v.build.is_empty());
        if version.is_none() {
            let span = package.get("version").map_or(0..0, |node| node.span.clone());
            let hint = Some("an exact version has three numbers: 1.0.0".to_owned());
            self.error("bad-manifest", format!("`{text}` is no version"), &span, hint);
        }
        version
    }

    fn pack(&mut self, table: &Node) -> Option<PackManifest> {
        self.unknown_keys(table, &KEYS);
        if !self.speaks_contract(table) {
            return None;
        }
        let kind = self.kind(table)?;
        let mut settings = self.settings(table);
        let descriptions = self.translations(table, &mut settings);
        Some(PackManifest {
            kind,
            uses: texts(table, "uses"),
            fonts: texts(table, "fonts"),
            starter: table.get("starter").and_then(Node::text),
            thumbnail: table.get("thumbnail").and_then(Node::text),
            settings,
            descriptions,
        })
    }

    /// Reads the pack's words in other languages: gives the settings their labels and returns the descriptions.
    fn translations(&mut self, table: &Node, settings: &mut IndexMap<String, SettingSpec>) -> IndexMap<String, String> {
        let mut descriptions = IndexMap::new();
        let Some(Value::Map(languages)) = table.get("translations").map(|node| &node.value) else {
            return descriptions;
        };
        for (language, (_, words)) in languages {
            self.unknown_keys(words, &TRANSLATION_KEYS);
            if let Some(text) = words.get("description").and_then(Node::text) {
                descriptions.insert(language.clone(), text);
            }
            let Some(labels) = words.get("labels") else { continue };
            let names: Vec<String> = settings.keys().cloned().collect();
            self.unknown_keys(labels, &names.iter().map(String::as_str).collect::<Vec<_>>());
            for (name, spec) in settings.iter_mut() {
                if let Some(label) = labels.get(name).and_then(Node::text) {
                    spec.labels.insert(language.clone(), label);
                }
            }
        }
        descriptions
    }

    fn speaks_contract(&mut self, table: &Node) -> bool {
        let Some(node) = table.get("contract") else {
            let hint = Some(format!("add `contract = {CONTRACT}`"));
            self.error("bad-manifest", "`contract` is missing".into(), &table.span, hint);
            return false;
        };
        let ours = node.text().is_some_and(|text| text == CONTRACT.to_string());
        if !ours {
            let written = node.text().unwrap_or_default();
            let message = format!("the pack speaks contract {written}, this Chancery speaks contract {CONTRACT}");
            let hint = Some("use a version of the pack, or of Chancery, that fits".to_owned());
            self.error("wrong-contract", message, &node.span, hint);
        }
        ours
    }

    fn kind(&mut self, table: &Node) -> Option<PackKind> {
        let node = table.get("kind");
        let kind = match node.and_then(Node::text).as_deref() {
            Some("note") => Some(PackKind::Note),
            Some("deck") => Some(PackKind::Deck),
            _ => None,
        };
        if kind.is_none() {
            let span = node.unwrap_or(table).span.clone();
            self.error("bad-manifest", "`kind` must be \"note\" or \"deck\"".into(), &span, None);
        }
        kind
    }

    fn unknown_keys(&mut self, table: &Node, known: &[&str]) {
        let Value::Map(entries) = &table.value else { return };
        for (key, (span, _)) in entries.iter().filter(|(key, _)| !known.contains(&key.as_str())) {
            let hint = nearest(key, known.iter().copied()).map(|near| format!("did you mean `{near}`?"));
            self.push(Problem::warning("unknown-field", format!("`{key}` is not known here")), span, hint);
        }
    }

    fn settings(&mut self, table: &Node) -> IndexMap<String, SettingSpec> {
        let Some(Value::Map(entries)) = table.get("settings").map(|node| &node.value) else {
            return IndexMap::new();
        };
        let read = |(name, (_, node)): (&String, &(Range<usize>, Node))| {
            self.setting(name, node).map(|spec| (name.clone(), spec))
        };
        entries.iter().filter_map(read).collect()
    }

    fn setting(&mut self, name: &str, node: &Node) -> Option<SettingSpec> {
        self.unknown_keys(node, &SETTING_KEYS);
        let written = node.get("type").and_then(Node::text).unwrap_or_default();
        let Some(kind) = SettingType::parse(&written) else {
            let span = node.get("type").unwrap_or(node).span.clone();
            let hint = Some(format!("types are {}", SettingType::NAMES.join(", ")));
            self.error("bad-manifest", format!("the setting `{name}` has no known type"), &span, hint);
            return None;
        };
        let label = node.get("label").and_then(Node::text).unwrap_or_else(|| name.to_owned());
        let choices = texts(node, "choices");
        let labels = IndexMap::new();
        let mut spec = SettingSpec { name: name.to_owned(), kind, label, labels, default: None, choices };
        if kind == SettingType::Choice && spec.choices.is_empty() {
            let message = format!("the setting `{name}` lists no `choices`");
            self.error("bad-manifest", message, &node.span, None);
        }
        spec.default = self.default(&spec, node);
        Some(spec)
    }

    fn default(&mut self, spec: &SettingSpec, node: &Node) -> Option<crate::SettingValue> {
        let written = node.get("default")?;
        let value = spec.read(written);
        if value.is_none() {
            let message = format!("the default of `{}` is no {}", spec.name, spec.kind.name());
            self.error("bad-manifest", message, &written.span, Some(spec.kind.example().to_owned()));
        }
        value
    }
}

fn texts(table: &Node, key: &str) -> Vec<String> {
    table.get(key).map(|node| node.items().iter().filter_map(Node::text).collect()).unwrap_or_default()
}
