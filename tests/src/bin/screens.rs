//! Takes the pictures of the documentation from the real window and from exported pages: `cargo xtask screens [SCREEN…]`.

use chancery_tests::folder::Folder;
use chancery_tests::programs::{chancery, printed, root, run};
use chancery_tests::small;
use chancery_tests::window::{CONTROL, RELEASE, SHIFT, Window};
use fantoccini::key::Key;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// The sizes of the window, as the design has them.
const SIZES: [(&str, &str); 2] = [("1280", "1280x800"), ("1920", "1920x1080")];

/// How often a picture is taken anew until it is like the one before; a cursor that blinks is never the same for long.
const SETTLES: usize = 8;

#[tokio::main(flavor = "multi_thread")]
async fn main() {
    let out = root().join("docs/screens");
    fs::create_dir_all(&out).expect("a folder for the pictures");
    let only: Vec<String> = std::env::args().skip(1).collect();
    pages(&out);
    for (width, size) in SIZES {
        for theme in ["light", "dark"] {
            for language in ["en", "ko"] {
                let (out, only) = (out.clone(), only.clone());
                let shooting = Shooting { out, only, name: format!("{width}-{theme}-{language}"), theme, language };
                shooting.all(size).await;
            }
        }
    }
    fs::copy(out.join("main-1920-light-en.png"), out.join("main.png")).expect("the picture of the README");
}

/// Exports the brief and draws its first page.
fn pages(out: &std::path::Path) {
    let folder = Folder::with_rok_nato();
    let pdf = folder.path("brief.pdf");
    let mut export = chancery(&folder.home());
    export.current_dir(folder.workspace()).args(["export", "itpp-priorities.md", "-o"]).arg(&pdf);
    let done = run(&mut export);
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    let stem = out.join("page");
    printed(
        "pdftoppm",
        &[
            "-png",
            "-r",
            "110",
            "-f",
            "1",
            "-l",
            "1",
            "-singlefile",
            pdf.to_str().expect("UTF-8"),
            stem.to_str().expect("UTF-8"),
        ],
    );
}

/// A round of pictures in one size, theme and language.
struct Shooting {
    out: PathBuf,
    /// The screens to take, or none for all.
    only: Vec<String>,
    name: String,
    theme: &'static str,
    language: &'static str,
}

impl Shooting {
    async fn all(&self, size: &str) {
        let folder = Folder::new();
        let window = Window::start(&folder, &[], size).await;
        self.prepare(&window, "main.first").await;
        self.take(&window, "first").await;
        window.close().await;

        let folder = Folder::with(&[]);
        let window = self.open(&folder, size).await;
        self.take(&window, "empty").await;
        window.close().await;

        let folder = Folder::with_rok_nato();
        let pack = folder.workspace().join("templates/policy-brief");
        copy(&root().join("templates/policy-brief"), &pack);
        let window = self.open(&folder, size).await;
        self.texts(&window).await;
        self.library(&window).await;
        self.dialogues(&window).await;
        self.failure(&window, &pack).await;
        self.deck(&window).await;
        window.close().await;
    }

    /// The text with its pages, a snippet beside it, properties, and what completes and what is wrong.
    async fn texts(&self, window: &Window) {
        if self.language == "ko" {
            window.open_file("minister-one-pager.ko.md").await;
            window.first_page().await;
            window.cursor_behind("lang: ko").await;
            self.take(window, "main").await;
        }
        window.open_file("itpp-priorities.md").await;
        window.first_page().await;
        if self.language == "en" {
            self.take(window, "main").await;
        }
        window.click(".ed .props-line").await;
        window.find(".ed .props label").await;
        self.take(window, "properties").await;
        window.click(".ed .props-line").await;
        window.open_snippet("itpp-2023").await;
        self.take(window, "snippet").await;
        window.press_control('w').await;
        window.until("the snippet is gone", "document.querySelector('.snip') === null").await;
        window.cursor_behind("Ballbach's.").await;
        window.type_text(" ![[ccd").await;
        window.find(".cm-tooltip-autocomplete [role=option]").await;
        self.take(window, "completion").await;
        window.type_text("x]] ").await;
        chord(window, 'm').await;
        window.find(".prob .pr").await;
        self.take(window, "problems").await;
        chord(window, 'm').await;
    }

    /// The library by its facets, several snippets, sources, and the search in all.
    async fn library(&self, window: &Window) {
        // A narrow window shows all facets when it is asked to.
        let all = "((b) => { if (b?.offsetParent) b.click(); return true; })(document.querySelector('.facets dd.all button'))";
        window.evaluate(all).await;
        window.until("facets are open", "document.querySelectorAll('.facets dt').length > 4").await;
        self.take(window, "library").await;
        window.evaluate(all).await;
        window.click(".lib .ptab-list [role=tab]:nth-child(2)").await;
        window.click(".source-list li:nth-child(2) .source").await;
        window.find(".source-more").await;
        self.take(window, "sources").await;
        window.click(".lib .ptab-list [role=tab]:nth-child(1)").await;
        chord(window, 'h').await;
        window.find("[role=search] input").await;
        window.type_text("Vilnius").await;
        window.find("[role=search] [role=option]").await;
        window
            .find("[role=search] .search + .search input, [role=search] .search ~ .search input")
            .await
            .click()
            .await
            .expect("a click");
        window.type_text("Vilna").await;
        self.take(window, "search").await;
        window.press(Key::Escape).await;
    }

    async fn dialogues(&self, window: &Window) {
        window.press_control('k').await;
        window.find("dialog.palette").await;
        window.type_text(if self.language == "ko" { "보기" } else { "text" }).await;
        window.until("commands are found", "document.querySelectorAll('#palette-list [role=option]').length > 2").await;
        self.take(window, "palette").await;
        leave(window).await;
        chord(window, 'e').await;
        window.find("dialog input[name=path]").await;
        self.take(window, "export").await;
        leave(window).await;
        // A version is kept where a text was changed after it was saved.
        window.press_control('k').await;
        window.find("dialog.palette input").await;
        window.type_text(if self.language == "ko" { "문서의 버전" } else { "Versions of the document" }).await;
        window
            .until("one command is found", "document.querySelector('#palette-list [aria-selected=true]') !== null")
            .await;
        window.press(Key::Enter).await;
        window.find("dialog.dialog").await;
        self.take(window, "versions").await;
        leave(window).await;
    }

    /// What is seen while a template is broken.
    async fn failure(&self, window: &Window, pack: &Path) {
        let library = pack.join("lib.typ");
        let whole = fs::read_to_string(&library).expect("the pack's library");
        fs::write(&library, format!("{whole}\n#let broken = (\n")).expect("a broken pack");
        window.find(".fail").await;
        self.take(window, "failure").await;
        fs::write(&library, whole).expect("the pack as it was");
        window.until("the pages are back", "document.querySelector('.fail') === null").await;
    }

    /// A deck, and its presenter in a window of its own.
    async fn deck(&self, window: &Window) {
        window.open_file("itpp-priorities-deck.md").await;
        let wide = "((i) => i?.naturalWidth > i?.naturalHeight)(document.querySelector('[data-page=\"1\"] img'))";
        window.until("the deck is drawn", wide).await;
        self.take(window, "deck").await;
        window.press(Key::F5).await;
        let presenter = window.other_window().await;
        window.client.switch_to_window(presenter).await.expect("the presenter");
        window.find(".pres .strip img").await;
        window.press(Key::Right).await;
        window.until("notes are shown", "document.querySelector('.note-text p:not(.last)') !== null").await;
        self.take(window, "presenter").await;
    }

    async fn open(&self, folder: &Folder, size: &str) -> Window {
        let window = Window::start(folder, &[&folder.workspace().to_string_lossy()], size).await;
        self.prepare(&window, ".lib").await;
        window
    }

    /// Sets theme and language as the user's choice and starts the window anew.
    async fn prepare(&self, window: &Window, ready: &str) {
        window.find(ready).await;
        window.prefer(self.theme, self.language).await;
        window.find(ready).await;
    }

    async fn take(&self, window: &Window, screen: &str) {
        if !self.only.is_empty() && !self.only.iter().any(|own| own == screen) {
            return;
        }
        window
            .until(
                "pictures are loaded",
                "[...document.images].every((i) => i.complete) && document.fonts.status === 'loaded'",
            )
            .await;
        // Fonts that are used for the first time, fades and news settle: two pictures in a row are the same.
        let mut picture = window.picture().await;
        for _ in 0..SETTLES {
            tokio::time::sleep(Duration::from_millis(700)).await;
            let next = window.picture().await;
            if std::mem::replace(&mut picture, next) == picture {
                break;
            }
        }
        small::save(&picture, &self.out.join(format!("{screen}-{}.png", self.name)));
    }
}

/// Presses a letter with Control and Shift.
async fn chord(window: &Window, letter: char) {
    window.type_text(&format!("{CONTROL}{SHIFT}{letter}{RELEASE}")).await;
}

/// Closes the dialogue that lies over the window.
async fn leave(window: &Window) {
    window.press(Key::Escape).await;
    window.until("the dialogue is gone", "document.querySelector('dialog') === null").await;
}

/// Copies the files of a pack.
fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for file in fs::read_dir(from).expect("a pack").flatten() {
        fs::copy(file.path(), to.join(file.file_name())).expect("a file of the pack");
    }
}
