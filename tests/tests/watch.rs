//! `chancery watch`: the PDF follows the text, an error is said and mended, and nothing is written for nothing.

use chancery_tests::folder::Folder;
use chancery_tests::pdf;
use chancery_tests::programs::chancery;
use std::io::{BufRead, BufReader};
use std::process::{Child, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

struct Watching {
    child: Child,
    lines: Receiver<String>,
}

impl Watching {
    fn start(folder: &Folder) -> Self {
        let mut command = chancery(&folder.home());
        command.current_dir(folder.workspace()).args(["watch", "brief.md", "-o", "brief.pdf", "--json"]);
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().expect("a process");
        let output = child.stdout.take().expect("its output");
        let (sender, lines) = channel();
        std::thread::spawn(move || {
            for line in BufReader::new(output).lines().map_while(Result::ok) {
                let _ = sender.send(line);
            }
        });
        Self { child, lines }
    }

    /// Waits for an object of a type.
    fn until(&self, kind: &str) {
        loop {
            let line = self.lines.recv_timeout(Duration::from_secs(60)).expect("a line in a minute");
            let object: serde_json::Value = serde_json::from_str(&line).expect("one JSON object a line");
            if object["type"] == kind {
                return;
            }
        }
    }
}

impl Drop for Watching {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn the_pdf_follows_the_text_and_an_error_waits_for_its_mending() {
    let folder = Folder::with(&[
        ("brief.md", "---\ntitle: Brief\n---\n\nThe first text. ![[fact|short]]\n"),
        ("snippets/fact.md", "---\nkind: text\ntitle: Fact\nshort: Seoul 서울 agrees.\n---\nBody.\n"),
    ]);
    let watching = Watching::start(&folder);
    watching.until("exported");
    let output = folder.workspace().join("brief.pdf");
    assert!(pdf::text(&output).contains("The first text. Seoul 서울 agrees."));
    folder.write("snippets/fact.md", "---\nkind: text\ntitle: Fact\nshort: Seoul 서울 waits.\n---\nBody.\n");
    watching.until("exported");
    assert!(pdf::text(&output).contains("서울 waits."), "a snippet's change reaches the page");
    folder.write("brief.md", "---\ntitle: Brief\n---\n\nThe second text. ![[nothing]]\n");
    watching.until("failed");
    assert!(pdf::text(&output).contains("The first text."), "what was written last stays");
    folder.write("brief.md", "---\ntitle: Brief\n---\n\nThe second text.\n");
    watching.until("exported");
    assert!(pdf::text(&output).contains("The second text."));
}
