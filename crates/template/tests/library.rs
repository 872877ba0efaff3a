//! Packs in folders: which one is found, what is wrong with it, what the lock says.

#![allow(clippy::expect_used)]

use chancery_model::{Briefing, Config, Node, PackRef, Severity, Value};
use chancery_template::{
    FindError, Layers, Library, Lock, Manifest, Origin, Pack, PackageName, Setter, SettingValue, resolve,
};
use std::fs;
use std::path::Path;
use std::sync::Arc;
use tempfile::TempDir;

fn manifest(name: &str, version: &str) -> String {
    format!(
        "[package]\nname = \"{name}\"\nversion = \"{version}\"\nentrypoint = \"lib.typ\"\n\n[tool.chancery]\ncontract = 1\nkind = \"note\"\n\n\
         [tool.chancery.settings.accent]\ntype = \"color\"\ndefault = \"#1f3a5f\"\n\n\
         [tool.chancery.settings.notes]\ntype = \"choice\"\nchoices = [\"none\", \"pages\"]\ndefault = \"none\"\n"
    )
}

fn install(place: &Path, folder: &str, manifest: &str, lib: &str) {
    let folder = place.join(folder);
    fs::create_dir_all(&folder).expect("a folder");
    fs::write(folder.join("typst.toml"), manifest).expect("a manifest");
    fs::write(folder.join("lib.typ"), lib).expect("a library");
}

struct Places {
    workspace: TempDir,
    user: TempDir,
    typst: TempDir,
}

impl Places {
    fn new() -> Self {
        let folder = || tempfile::tempdir().expect("a folder");
        Self { workspace: folder(), user: folder(), typst: folder() }
    }

    fn library(&self) -> Library {
        Library::new(Some(self.workspace.path()), Some(self.user.path().to_owned()))
            .with_typst_folders(vec![self.typst.path().to_owned()])
    }
}

fn find(library: &Library, name: &str, lock: &Lock) -> Result<Arc<Pack>, FindError> {
    library.find(&PackRef::parse(name, 0..0), lock)
}

#[test]
fn the_lock_counts_then_the_newest_and_the_workspaces_own_before_both() {
    let places = Places::new();
    for version in ["1.0.0", "1.9.0", "1.10.0"] {
        install(places.user.path(), &format!("house/{version}"), &manifest("house", version), "");
    }
    let library = places.library();
    let version = |pack: &Arc<Pack>| pack.package.version.to_string();
    let newest = find(&library, "house", &Lock::default()).expect("the newest");
    assert_eq!((version(&newest).as_str(), newest.origin), ("1.10.0", Origin::User));
    let named = find(&library, "house@1.0.0", &Lock::default()).expect("the one named");
    assert_eq!(version(&named), "1.0.0");

    let mut lock = Lock::default();
    assert!(lock.note(&named));
    assert!(!lock.note(&named));
    assert_eq!(version(&find(&library, "house", &lock).expect("the one locked")), "1.0.0");
    assert!(lock.verify(&named).is_none());

    install(&places.workspace.path().join("templates"), "house", &manifest("house", "0.1.0"), "");
    let own = find(&library, "house", &lock).expect("the workspace's own");
    assert_eq!((version(&own).as_str(), own.origin), ("0.1.0", Origin::Workspace));
    assert!(!lock.note(&own));
}

#[test]
fn a_locked_pack_that_changes_is_found_out() {
    let places = Places::new();
    install(places.user.path(), "house/1.0.0", &manifest("house", "1.0.0"), "#let a = 1");
    let library = places.library();
    let mut lock = Lock::default();
    lock.note(&find(&library, "house", &lock.clone()).expect("the pack"));
    let (read, problems) = Lock::parse("chancery.lock", &lock.to_toml());
    assert_eq!((read, problems), (lock.clone(), Vec::new()));

    fs::write(places.user.path().join("house/1.0.0/lib.typ"), "#let a = 1000").expect("a file");
    let problem = lock.verify(&find(&library, "house", &lock).expect("the pack")).expect("a problem");
    assert_eq!((problem.severity, &*problem.code), (Severity::Error, "pack-changed"));
}

#[test]
fn what_is_missing_or_broken_is_named() {
    let places = Places::new();
    install(places.user.path(), "house/1.0.0", &manifest("house", "1.0.0"), "");
    install(places.user.path(), "old/1.0.0", &manifest("old", "1.0.0").replace("contract = 1", "contract = 9"), "");
    let library = places.library();
    let problem = |name: &str| find(&library, name, &Lock::default()).expect_err("an error").problem();
    assert_eq!(problem("hous").hint.as_deref(), Some("did you mean `house`?"));
    assert_eq!(problem("house@2.0.0").hint.as_deref(), Some("there is 1.0.0"));
    assert_eq!(&*problem("old").code, "broken-template");
    assert!(problem("old").hint.expect("a hint").contains("contract 9"));
}

#[test]
fn imports_are_followed_and_missing_ones_named() {
    let places = Places::new();
    let lib = "#import \"@preview/one:1.0.0\": a\n#import \"@local/none:1.0.0\"\n#import \"@chancery/kit:1.0.0\"";
    install(places.user.path(), "house/1.0.0", &manifest("house", "1.0.0"), lib);
    let plain = |name: &str| format!("[package]\nname = \"{name}\"\nversion = \"1.0.0\"\nentrypoint = \"lib.typ\"\n");
    install(places.typst.path(), "preview/one/1.0.0", &plain("one"), "#import \"@preview/two:1.0.0\"");
    install(&places.workspace.path().join("templates"), "preview/two/1.0.0", &plain("two"), "");
    let library = places.library();
    let pack = find(&library, "house", &Lock::default()).expect("the pack");
    let (found, missing) = library.imports(&pack);
    let names: Vec<String> = found.iter().map(|pack| format!("{} {}", pack.package, pack.origin.name())).collect();
    assert_eq!(names, ["@chancery/kit:1.0.0 built-in", "@preview/one:1.0.0 typst", "@preview/two:1.0.0 workspace"]);
    assert_eq!(missing.iter().map(PackageName::to_string).collect::<Vec<_>>(), ["@local/none:1.0.0"]);
}

#[test]
fn built_in_packs_are_whole() {
    let library = Library::new(None, None).with_typst_folders(Vec::new());
    let packs = library.list();
    assert!(packs.iter().any(|pack| pack.package.name == "policy-brief"));
    assert!(packs.iter().any(|pack| pack.package.name == "briefing-deck"));
    for pack in &packs {
        let name = &pack.package.name;
        assert_eq!(pack.problems, Vec::new(), "{name}");
        assert!(library.imports(pack).1.is_empty(), "{name} imports what is not there");
        assert!(
            pack.imported_files().all(
                |(path, _)| Some(path.as_str()) != pack.manifest.pack.as_ref().and_then(|p| p.thumbnail.as_deref())
            )
        );
    }
    assert!(library.kit().is_some());
}

#[test]
fn manifests_say_what_is_wrong_and_where() {
    let text = manifest("house", "1.0").replace("default = \"none\"", "default = \"sometimes\"").replace("kind", "knd");
    let (manifest, problems) = Manifest::parse("typst.toml", &text);
    assert!(manifest.is_none());
    let lines: Vec<(String, Option<u32>)> = problems
        .iter()
        .map(|problem| (problem.message.clone(), problem.place.as_ref().map(|place| place.line)))
        .collect();
    assert!(lines.contains(&("`1.0` is no version".into(), Some(3))), "{lines:?}");
    assert!(lines.contains(&("`knd` is not known here".into(), Some(8))), "{lines:?}");
    let (none, problems) = Manifest::parse("typst.toml", "[package\n");
    assert!(none.is_none() && problems.len() == 1);
}

#[test]
fn a_pack_says_its_words_in_other_languages() {
    let text = manifest("house", "1.0.0")
        + "\n[tool.chancery.translations.ko]\ndescription = \"보고서\"\nlabels = { accent = \"강조색\", akcent = \"?\" }\n";
    let (manifest, problems) = Manifest::parse("typst.toml", &text);
    let pack = manifest.and_then(|manifest| manifest.pack).expect("a pack");
    assert_eq!(pack.descriptions["ko"], "보고서");
    assert_eq!(pack.settings["accent"].labels["ko"], "강조색");
    assert!(pack.settings["notes"].labels.is_empty());
    let [problem] = &problems[..] else { panic!("{problems:?}") };
    assert_eq!(
        (problem.message.as_str(), problem.hint.as_deref()),
        ("`akcent` is not known here", Some("did you mean `accent`?"))
    );
}

#[test]
fn what_is_built_in_is_named_in_english_and_korean() {
    for pack in Library::new(None, None).list() {
        let in_hangul = |text: &str| text.chars().any(|letter| ('가'..='힣').contains(&letter));
        let name = &pack.package.name;
        assert!(pack.descriptions().any(|(language, text)| language == "ko" && in_hangul(text)), "{name}");
        for spec in pack.settings().values() {
            let other = if in_hangul(&spec.label) { "en" } else { "ko" };
            assert!(spec.labels.contains_key(other), "{name}: {} has no label in {other}", spec.name);
        }
    }
}

#[test]
fn the_strongest_value_of_the_right_type_counts() {
    let places = Places::new();
    install(places.user.path(), "house/1.0.0", &manifest("house", "1.0.0"), "");
    let pack = find(&places.library(), "house", &Lock::default()).expect("the pack");
    let text = "settings: { accent: navy, nots: pages }";
    let node = |value: &str| Node {
        value: Value::Text(value.into()),
        span: text.find(value).map_or(0..0, |at| at..at + value.len()),
    };
    let mut briefing = Briefing {
        file: "note.md".into(),
        text: text.into(),
        body_start: text.len(),
        title: "T".into(),
        subtitle: None,
        template: None,
        author: Vec::new(),
        date: None,
        lang: None,
        marking: None,
        version: None,
        fit: None,
        settings: Default::default(),
        fields: Default::default(),
    };
    briefing.settings.insert("accent".into(), (12..18, node("navy")));
    briefing.settings.insert("nots".into(), (26..30, node("pages")));
    let mut config = Config::default();
    config.settings.insert("accent".into(), node("#abc"));
    config.settings.insert("other".into(), node("fine"));
    let set = [("notes".to_owned(), "pages".to_owned()), ("none".to_owned(), "1".to_owned())];
    let layers = Layers { set: &set, briefing: &briefing, config: &config, config_text: None };
    let (settings, problems) = resolve(&pack, &layers);
    assert_eq!(settings["accent"].value, SettingValue::Color("#aabbcc".into()));
    assert!(matches!(settings["accent"].by, Setter::Workspace(_)));
    assert_eq!(
        (&settings["notes"].value, &settings["notes"].by),
        (&SettingValue::Choice("pages".into()), &Setter::CommandLine)
    );
    let codes: Vec<(&str, Severity)> = problems.iter().map(|problem| (&*problem.code, problem.severity)).collect();
    assert_eq!(
        codes,
        [
            ("unknown-setting", Severity::Error),
            ("unknown-setting", Severity::Warning),
            ("bad-setting", Severity::Error)
        ]
    );
    assert_eq!(problems[1].hint.as_deref(), Some("did you mean `notes`?"));
    assert_eq!(problems[2].place.as_ref().map(|place| place.column), Some(21));
}
