//! The command line on real folders: what an analyst, or a script, gets from it.

use chancery_tests::folder::Folder;
use chancery_tests::pdf;
use chancery_tests::programs::{chancery, printed, root, run};
use chancery_typeset::{Compiler, FontSources, Project, Wanted};
use serde_json::Value;
use std::fs;
use std::process::Output;

/// A run of `chancery` in the folder’s workspace.
struct Run {
    status: i32,
    out: String,
    err: String,
}

fn chancery_in(folder: &Folder, arguments: &[&str]) -> Run {
    let mut command = chancery(&folder.home());
    command.current_dir(folder.workspace()).args(arguments);
    Run::of(run(&mut command))
}

impl Run {
    fn of(output: Output) -> Self {
        Self {
            status: output.status.code().unwrap_or(-1),
            out: String::from_utf8_lossy(&output.stdout).into_owned(),
            err: String::from_utf8_lossy(&output.stderr).into_owned(),
        }
    }

    #[track_caller]
    fn ended(self, status: i32) -> Self {
        assert_eq!(self.status, status, "standard output:\n{}\nstandard error:\n{}", self.out, self.err);
        self
    }

    #[track_caller]
    fn says(self, parts: &[&str]) -> Self {
        for part in parts {
            assert!(self.err.contains(part), "`{part}` is not said:\n{}", self.err);
        }
        self
    }

    fn objects(&self) -> Vec<Value> {
        self.out.lines().map(|line| serde_json::from_str(line).expect("a JSON object a line")).collect()
    }
}

const BRIEF: &str = "---\ntitle: A brief\ndate: 2025-02-03\nlang: en\n---\n\n";

fn brief(text: &str) -> String {
    format!("{BRIEF}{text}")
}

const SNIPPET: &str =
    "---\nkind: event\ntitle: Talks in Seoul\ndate: 2023-02\nshort: Staff talks opened.\n---\nThe two sides met.\n";

#[test]
fn the_priorities_brief_becomes_an_archivable_pdf() {
    let folder = Folder::with_rok_nato();
    let out = folder.path("brief.pdf");
    chancery_in(&folder, &["export", "itpp-priorities.md", "-o", out.to_str().expect("UTF-8")]).ended(0);
    assert_eq!(pdf::pages(&out), 4, "the page budget of the brief");
    assert_eq!(pdf::info(&out, "Tagged"), "yes");
    assert!(pdf::fonts_embedded(&out));
    let text = pdf::text(&out);
    assert!(text.contains("윤석열"), "Hangul is extracted as written");
    assert!(pdf::links(&out).iter().any(|link| link.contains("10.18449/2025C04")), "the report’s DOI is a link");
    assert_compliant(&out);
}

#[test]
fn the_deck_becomes_an_archivable_pdf() {
    let folder = Folder::with_rok_nato();
    let out = folder.path("deck.pdf");
    chancery_in(&folder, &["export", "itpp-priorities-deck.md", "-o", out.to_str().expect("UTF-8")]).ended(0);
    let pages = pdf::pages(&out);
    assert!((14..=18).contains(&pages), "a title, four sections and about twelve slides, not {pages}");
    assert!(pdf::text(&out).contains("문재인"));
    assert_compliant(&out);
}

#[test]
fn notes_pages_print_each_footnote_once_and_hold_snippets() {
    let text = "---\ntitle: Deck\ntemplate: briefing-deck\nsettings: { notes: pages, cover: false }\n---\n\n\
        ## One\n\nA claim.[^a] Again.[^a]\n\n[^a]: Said by a minister.\n\n\
        ::: notes\nSay this.\n\n![[talks]]\n:::\n\n## Two\n\nMore.[^b]\n\n[^b]: Said by nobody.\n";
    let folder = Folder::with(&[("deck.md", text), ("snippets/talks.md", SNIPPET)]);
    let out = folder.path("deck.pdf");
    chancery_in(&folder, &["export", "deck.md", "-o", out.to_str().expect("UTF-8")]).ended(0);
    let printed = pdf::text(&out);
    assert_eq!(printed.matches("Said by a minister.").count(), 1, "{printed}");
    assert_eq!(pdf::pages(&out), 3, "the notes fit beside their slide:\n{printed}");
    let lines = |text: &str| text.lines().map(str::trim).collect::<Vec<_>>().join(" ");
    assert!(lines(&printed).contains("The two sides met."), "one line, not a column of words:\n{printed}");
    assert!(lines(&printed).contains("2Said by nobody."), "the second note is the second:\n{printed}");
    assert_compliant(&out);
}

/// Checks a PDF against PDF/A-3a and PDF/UA-1.
#[track_caller]
fn assert_compliant(file: &std::path::Path) {
    use page_validation::{ValidationOptions, ValidationProfile, validate_pdf};
    for profile in [ValidationProfile::PdfA3a, ValidationProfile::PdfUa1] {
        let report = validate_pdf(file, &ValidationOptions::default().profile(profile)).expect("a PDF");
        assert!(report.is_compliant, "{profile:?}: {:#?}", report.failures);
    }
}

#[test]
fn the_shipped_workspace_has_no_problems() {
    let folder = Folder::with_rok_nato();
    chancery_in(&folder, &["check", "--deny", "warnings"]).ended(0);
}

#[test]
fn the_same_briefing_gives_the_same_bytes_in_any_folder() {
    let (a, b) = (Folder::with_rok_nato(), Folder::with_rok_nato());
    let export = |folder: &Folder| {
        chancery_in(folder, &["export", "itpp-priorities.md", "-o", "brief.pdf"]).ended(0);
        fs::read(folder.workspace().join("brief.pdf")).expect("the PDF")
    };
    assert!(export(&a) == export(&b));
}

#[test]
fn a_new_workspace_checks_clean() {
    for from in ["blank", "rok-nato"] {
        let folder = Folder::new();
        let dir = folder.workspace();
        let made = run(chancery(&folder.home()).args(["new", dir.to_str().expect("UTF-8"), "--from", from]));
        Run::of(made).ended(0);
        chancery_in(&folder, &["check", "--deny", "warnings"]).ended(0);
    }
}

#[test]
fn a_workspace_is_not_made_over_other_files() {
    let folder = Folder::new();
    folder.write("letter.txt", "keep me");
    let made = run(chancery(&folder.home()).arg("new").arg(folder.workspace()));
    Run::of(made).ended(2).says(&["error[not-empty]", "help:"]);
    assert_eq!(folder.read("letter.txt"), "keep me");
}

#[test]
fn pages_come_as_pictures_and_drawings() {
    let folder = Folder::with(&[("b.md", &brief("One page.\n"))]);
    chancery_in(&folder, &["export", "b.md", "-o", "page.png"]).ended(0);
    let picture = image::open(folder.workspace().join("page-1.png")).expect("a picture");
    assert!(picture.width() > 1000 && picture.height() > picture.width());
    chancery_in(&folder, &["export", "b.md", "-o", "page.svg"]).ended(0);
    assert!(folder.read("page-1.svg").starts_with("<svg"));
}

#[test]
fn markdown_comes_with_everything_resolved() {
    let folder =
        Folder::with(&[("snippets/talks.md", SNIPPET), ("b.md", &brief("In 2023: ![[talks]]\n\n![[talks]]\n"))]);
    chancery_in(&folder, &["export", "b.md", "--format", "md", "-o", "out.md"]).ended(0);
    let text = folder.read("out.md");
    assert!(text.contains("Staff talks opened.") && text.contains("The two sides met."), "{text}");
    assert!(!text.contains("![["), "{text}");
}

#[test]
fn the_typst_folder_holds_all_that_plain_typst_needs() {
    let folder = Folder::with_rok_nato();
    chancery_in(&folder, &["export", "itpp-priorities.md", "--format", "typst", "-o", "sources"]).ended(0);
    let made = folder.workspace().join("sources");
    for path in
        ["main.typ", "api.typ", "data/meta.json", "packages/chancery/kit", "packages/chancery/policy-brief", "fonts"]
    {
        assert!(made.join(path).exists(), "{path} is missing");
    }
    // The folder is the very input of our own pages: compiled here, it gives as many.
    let mut files = std::collections::BTreeMap::new();
    for entry in walk(&made) {
        let name = entry.strip_prefix(&made).expect("inside").to_string_lossy().replace('\\', "/");
        files.insert(name, fs::read(&entry).expect("a file").into());
    }
    let mut compiler = Compiler::new(FontSources::default());
    compiler.load(&Project::new(files));
    let pages = compiler.typeset(&Wanted::default()).expect("plain sources compile").pages.len();
    assert_eq!(pages, 4);
}

fn walk(folder: &std::path::Path) -> Vec<std::path::PathBuf> {
    let entries = fs::read_dir(folder).expect("a folder").flatten().map(|entry| entry.path());
    entries.flat_map(|path| if path.is_dir() { walk(&path) } else { vec![path] }).collect()
}

#[test]
fn snippets_are_found_by_word_kind_and_hangul() {
    let folder = Folder::with_rok_nato();
    let found = |arguments: &[&str]| {
        let mut all = vec!["--json", "search"];
        all.extend(arguments);
        let objects = chancery_in(&folder, &all).ended(0).objects();
        objects.into_iter().map(|object| object["id"].as_str().expect("an id").to_owned()).collect::<Vec<_>>()
    };
    assert!(!found(&["CCDCOE"]).is_empty());
    assert!(!found(&["사이버"]).is_empty());
    let deals = found(&["Poland", "--kind", "deal", "--limit", "3"]);
    assert!((1..=3).contains(&deals.len()));
}

#[test]
fn a_snippet_says_where_it_is_used() {
    let folder = Folder::with(&[("snippets/talks.md", SNIPPET), ("b.md", &brief("x\n\n![[talks]]\n"))]);
    let uses = chancery_in(&folder, &["--json", "snippet", "uses", "talks"]).ended(0).objects();
    assert_eq!((uses[0]["file"].as_str(), uses[0]["line"].as_u64()), (Some("b.md"), Some(9)));
    assert!(chancery_in(&folder, &["snippet", "show", "talks"]).ended(0).out.contains("The two sides met."));
    chancery_in(&folder, &["snippet", "show", "talk"]).ended(1).says(&["unknown-snippet", "`talks`"]);
}

// ---------- bad input: a clear error, and nothing lost ----------

/// Exports `b.md` with this text and returns what was said.
fn refused(files: &[(&str, &str)], text: &str) -> Run {
    let folder = Folder::with(files);
    folder.write("b.md", brief(text));
    let run = chancery_in(&folder, &["export", "b.md", "-o", "b.pdf"]).ended(1);
    assert!(!folder.workspace().join("b.pdf").exists(), "nothing is written");
    run
}

#[test]
fn a_folder_that_is_no_workspace() {
    let folder = Folder::new();
    folder.write("b.md", brief("text"));
    chancery_in(&folder, &["check"]).ended(2).says(&["error[no-workspace]", "chancery new"]);
    chancery_in(&folder, &["check", "--workspace", "."]).ended(1).says(&["error[no-workspace]", "chancery.toml"]);
}

#[test]
fn a_briefing_that_is_not_there_names_the_nearest() {
    let folder = Folder::with(&[("brief.md", &brief("text"))]);
    chancery_in(&folder, &["export", "breif.md"]).ended(1).says(&["unknown-briefing", "`brief.md`"]);
}

#[test]
fn a_pack_that_is_missing() {
    let folder = Folder::with(&[("b.md", "---\ntitle: B\ntemplate: polcy-brief\n---\nText.\n")]);
    chancery_in(&folder, &["export", "b.md"]).ended(1).says(&["b.md:3:11", "polcy-brief", "help:", "policy-brief"]);
}

#[test]
fn an_embed_of_an_unknown_snippet_names_the_nearest() {
    refused(&[("snippets/talks.md", SNIPPET)], "See:\n\n![[taks]]\n").says(&["b.md:9:", "![[taks]]", "`talks`"]);
}

#[test]
fn embeds_in_a_circle() {
    let circle = |title: &str, other: &str| format!("---\nkind: text\ntitle: {title}\n---\n![[{other}]]\n");
    refused(&[("snippets/a.md", &circle("A", "b")), ("snippets/b.md", &circle("B", "a"))], "![[a]]\n")
        .says(&["circle", "snippets/"]);
}

#[test]
fn a_view_with_an_unknown_option() {
    let run = refused(&[("snippets/talks.md", SNIPPET)], "```{timeline}\nkind: event\nform: 2020\n```\n");
    run.says(&["b.md:9:1", "form", "from"]);
}

#[test]
fn pictures_that_are_missing_no_pictures_or_outside() {
    refused(&[], "![A map](images/map.png)\n").says(&["images/map.png", "b.md:7:"]);
    refused(&[("images/map.png", "no picture")], "![A map](images/map.png)\n").says(&["images/map.png"]);
    refused(&[], "![A map](../secret.png)\n").says(&["outside"]);
}

#[test]
fn a_citation_of_an_unknown_key() {
    let bib = "@book{ballbach-2025, author={Ballbach, Eric}, title={T}, year={2025}}\n";
    let config = "[workspace]\nname = \"T\"\nlanguage = \"en\"\ntemplate = \"policy-brief\"\nsources = [\"s.bib\"]\n";
    refused(&[("chancery.toml", config), ("s.bib", bib)], "As said [@balbach-2025, p. 4].\n").says(&[
        "b.md:7:",
        "balbach-2025",
        "`ballbach-2025`",
    ]);
}

#[test]
fn ten_megabytes_in_one_file_are_typeset_or_refused_but_never_hang() {
    let line = "Word after word after word, as a machine would write them. ";
    let folder = Folder::with(&[]);
    folder.write("b.md", brief(&line.repeat(10 * 1024 * 1024 / line.len())));
    let run = chancery_in(&folder, &["export", "b.md", "-o", "b.pdf", "--timeout", "20"]);
    assert!(matches!(run.status, 0 | 1), "{}", run.err);
    if run.status == 1 {
        run.says(&["error[", "help:"]);
    }
}

#[test]
fn an_output_path_that_cannot_be_written() {
    let folder = Folder::with(&[("b.md", &brief("Text.\n")), ("file", "a file, no folder")]);
    let run = chancery_in(&folder, &["export", "b.md", "-o", "file/b.pdf"]).ended(3);
    run.says(&["error[not-written]", "help:"]);
    assert_eq!(folder.read("file"), "a file, no folder");
}

/// Exports with a pack of the workspace whose `lib.typ` has this body, and returns what was said.
fn with_template(body: &str, timeout: &str) -> Run {
    let manifest = "[package]\nname = \"own\"\nversion = \"1.0.0\"\nentrypoint = \"lib.typ\"\nauthors = [\"A\"]\n\
        license = \"MIT\"\ndescription = \"Own.\"\n\n[tool.chancery]\ncontract = 1\nkind = \"note\"\n";
    let lib = format!("#let briefing(meta: (:), settings: (:), body) = {{\n{body}\nbody\n}}\n");
    let folder = Folder::with(&[
        ("templates/own/typst.toml", manifest),
        ("templates/own/lib.typ", &lib),
        ("b.md", "---\ntitle: B\ntemplate: own\ndate: 2025-01-01\n---\nText.\n"),
    ]);
    let run = chancery_in(&folder, &["export", "b.md", "-o", "b.pdf", "--timeout", timeout]).ended(1);
    assert!(!folder.workspace().join("b.pdf").exists(), "nothing is written");
    run
}

#[test]
fn a_template_with_an_error_names_its_line() {
    with_template("let x = 1 + \"a\"", "60").says(&["templates/own/lib.typ:2:", "template"]);
}

#[test]
fn a_template_that_loops_for_ever_is_stopped() {
    with_template("while true {}", "60").says(&["error["]);
    let loops = "for a in range(1000000) { for b in range(1000000) { for c in range(1000000) { } } }";
    with_template(loops, "3").says(&["error[deadline]", "help:"]);
}

#[test]
fn a_template_that_eats_all_memory_is_stopped() {
    with_template("let x = range(1000000000)", "60").says(&["error[", "help:"]);
}

#[test]
fn problems_are_json_for_programs() {
    let folder = Folder::with(&[("snippets/x.md", "---\nkind: evnt\ntitle: X\n---\n")]);
    let objects = chancery_in(&folder, &["--json", "check"]).ended(1).objects();
    let problem = objects.iter().find(|object| object["type"] == "problem").expect("a problem");
    assert_eq!(problem["severity"], "error");
    assert_eq!(problem["file"], "snippets/x.md");
    assert_eq!((problem["line"].as_u64(), problem["column"].as_u64()), (Some(2), Some(7)));
    assert!(problem["hint"].as_str().is_some_and(|hint| hint.contains("event")));
}

#[test]
fn wrong_usage_ends_with_two() {
    let folder = Folder::with(&[("b.md", &brief("Text.\n"))]);
    chancery_in(&folder, &["export"]).ended(2);
    chancery_in(&folder, &["export", "b.md", "-o", "b.docx"]).ended(2).says(&["format"]);
    chancery_in(&folder, &["export", "b.md", "--standard", "a-9z"]).ended(2).says(&["standard"]);
    chancery_in(&folder, &["export", "b.md", "--set", "accent"]).ended(2).says(&["name=value"]);
}

#[test]
fn a_plain_pdf_can_be_asked_for() {
    let folder = Folder::with(&[("b.md", &brief("Text.\n"))]);
    let run = chancery_in(&folder, &["--json", "export", "b.md", "-o", "b.pdf", "--standard", "none"]).ended(0);
    let objects = run.objects();
    assert_eq!(objects.last().expect("a result")["standards"].as_array().map(Vec::len), Some(0));
}

#[test]
fn help_names_every_command() {
    let help = printed(&chancery_tests::programs::built("chancery").to_string_lossy(), &["--help"]);
    for command in ["new", "check", "export", "watch", "search", "snippet"] {
        assert!(help.contains(command), "{command}");
    }
    assert!(root().join("README.md").is_file());
}
