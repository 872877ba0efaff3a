//! Takes the pictures of the documentation from the real window and from exported pages: `cargo xtask screens`.

use chancery_tests::folder::Folder;
use chancery_tests::programs::{chancery, printed, root, run};
use chancery_tests::window::{CONTROL, RELEASE, SHIFT, Window};
use fantoccini::key::Key;
use std::fs;
use std::path::PathBuf;

/// The sizes of the window, as the design has them.
const SIZES: [(&str, &str); 2] = [("1280", "1280x800"), ("1920", "1920x1080")];

#[tokio::main(flavor = "multi_thread")]
async fn main() {
    let out = root().join("docs/screens");
    fs::create_dir_all(&out).expect("a folder for the pictures");
    pages(&out);
    for (width, size) in SIZES {
        for theme in ["light", "dark"] {
            for language in ["en", "ko"] {
                let shooting =
                    Shooting { out: out.clone(), name: format!("{width}-{theme}-{language}"), theme, language };
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

        let folder = Folder::with_rok_nato();
        let window = Window::start(&folder, &[&folder.workspace().to_string_lossy()], size).await;
        self.prepare(&window, ".lib").await;
        window.open_file("itpp-priorities.md").await;
        window.first_page().await;
        self.take(&window, "main").await;
        window.press_control('k').await;
        window.find("dialog.palette").await;
        self.take(&window, "palette").await;
        window.press(Key::Escape).await;
        window.cursor_behind("Ballbach's.").await;
        window.type_text(" ![[ccd").await;
        window.find(".cm-tooltip-autocomplete").await;
        self.take(&window, "completion").await;
        window.type_text("x]] ").await;
        window.type_text(&format!("{CONTROL}{SHIFT}m{RELEASE}")).await;
        window.find(".prob .pr").await;
        self.take(&window, "problems").await;
        window.type_text(&format!("{CONTROL}{SHIFT}e{RELEASE}")).await;
        window.find("dialog input[name=path]").await;
        self.take(&window, "export").await;
        window.press(Key::Escape).await;
        window.open_file("itpp-priorities-deck.md").await;
        window.until("the deck is drawn", "document.querySelector('[data-page=\"1\"] img')?.naturalWidth > document.querySelector('[data-page=\"1\"] img')?.naturalHeight").await;
        self.take(&window, "deck").await;
        window.close().await;
    }

    /// Sets theme and language as the user's choice and starts the window anew.
    async fn prepare(&self, window: &Window, ready: &str) {
        window.find(ready).await;
        let chosen = format!("{{\"theme\":\"{}\",\"locale\":\"{}\"}}", self.theme, self.language);
        window
            .evaluate(&format!("(localStorage.setItem('chancery.preferences', '{chosen}'), location.reload(), true)"))
            .await;
        window
            .until("the choice counts", &format!("document.documentElement.dataset.theme === '{}'", self.theme))
            .await;
        window.find(ready).await;
    }

    async fn take(&self, window: &Window, screen: &str) {
        window
            .until(
                "pictures are loaded",
                "[...document.images].every((i) => i.complete) && document.fonts.status === 'loaded'",
            )
            .await;
        // Fades settle.
        tokio::time::sleep(std::time::Duration::from_millis(700)).await;
        window.save_picture(&self.out.join(format!("{screen}-{}.png", self.name))).await;
    }
}
