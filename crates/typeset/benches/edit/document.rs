//! A document like a briefing's: a file a block, running text, footnotes, tables, and a page run styled by a pack.

use chancery_typeset::Project;
use std::fmt::Write;
use std::sync::Arc;

const BLOCKS_A_PAGE: usize = 4;

const MAIN: &str = r#"#set document(title: "Cooperation", date: datetime(year: 2025, month: 2, day: 3))
#set page(paper: "a4", numbering: "1", header: context [Cooperation #h(1fr) #counter(page).display()])
#set text(font: ("Source Serif 4", "Pretendard"), size: 10.5pt, lang: "en")
#set par(justify: true)
#show heading: set text(font: ("Source Sans 3", "Pretendard"))
"#;

/// A project of about that many pages.
pub struct Document {
    project: Project,
    blocks: usize,
}

impl Document {
    pub fn of_pages(pages: usize) -> Self {
        let blocks = pages * BLOCKS_A_PAGE;
        let mut document = Self { project: Project::default(), blocks };
        let mut main = MAIN.to_owned();
        for number in 0..blocks {
            let _ = writeln!(main, "#include \"{}\"", path(number));
            document.set(path(number), block(number, "first"));
        }
        document.set("main.typ".to_owned(), main);
        document
    }

    /// Returns the path and text of the block in the middle with another word in it, and takes it over.
    pub fn edit(&mut self, turn: usize) -> (String, String) {
        let number = self.blocks / 2 + 2;
        let (path, text) = (path(number), block(number, &format!("word{turn}")));
        self.set(path.clone(), text.clone());
        (path, text)
    }

    pub fn project(&self) -> &Project {
        &self.project
    }

    fn set(&mut self, path: String, text: String) {
        self.project.files.insert(path, Arc::from(text.into_bytes()));
    }
}

fn path(number: usize) -> String {
    format!("blocks/{number:03}.typ")
}

fn block(number: usize, word: &str) -> String {
    let sentence =
        "The programme covers eleven areas and names, for each, the steps, the dates and the offices in charge. ";
    let text = sentence.repeat(5);
    match number % BLOCKS_A_PAGE {
        0 => format!("= Part {number} on {word}\n\n{text}\n"),
        1 => format!(
            "#table(columns: 3, table.header[Year][Step][Note], ..range(6).map(n => (str(2000 + n), [Step {number}], [{word}])).flatten())\n"
        ),
        2 => format!(
            "{text} The *{word}* of 대한민국 stays.#footnote[See part {number}, as agreed in the summer.] {text}\n"
        ),
        _ => format!("- {text}\n- {word} {number}\n- {sentence}\n\n{text}\n"),
    }
}
