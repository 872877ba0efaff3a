//! Every example of CommonMark, and of GFM's extensions, typesets, and its pages say what its HTML says.

mod page;
mod spec;

use chancery_tests::folder::Folder;
use chancery_tests::programs::{printed, root};
use chancery_typeset::{Compiler, FontSources, MAIN, PdfWanted, Project, Standards, Wanted};
use spec::{Example, collapsed};
use std::collections::BTreeMap;
use std::fmt::Write;
use std::sync::Arc;

/// Examples whose `[[…]]` and `![[…]]` are references and embeds here.
const OURS: [usize; 2] = [559, 590];

#[test]
fn commonmark_typesets_as_its_text() {
    let examples = spec::read(&root().join("tests/node_modules/commonmark-spec/spec.txt"));
    assert!(examples.len() >= 650, "{} examples", examples.len());
    compare(&examples, &OURS);
}

#[test]
fn gfm_typesets_as_its_text() {
    let examples = spec::read(&root().join("tests/suites/gfm.txt"));
    assert!(examples.len() >= 20, "{} examples", examples.len());
    compare(&examples, &[]);
}

/// What no font has that ships: it typesets, but a page's text does not tell it.
const WITHOUT_GLYPH: char = 'ആ';

/// Typesets each example on a page of its own, and compares the page's text with the HTML's.
fn compare(examples: &[Example], ours: &[usize]) {
    let pages = pages(examples);
    assert_eq!(pages.len(), examples.len(), "pages");
    let mut failures = String::new();
    for (example, page) in examples.iter().zip(&pages).filter(|(example, _)| !ours.contains(&example.number)) {
        let (wanted, found) =
            (collapsed(&example.text().replace(WITHOUT_GLYPH, "")), collapsed(&page.replace(WITHOUT_GLYPH, "")));
        if wanted != found {
            let number = example.number;
            writeln!(failures, "example {number}: {:?}\n  wanted {wanted:?}\n  found  {found:?}", example.markdown)
                .expect("a string takes all");
        }
    }
    assert!(failures.is_empty(), "{failures}");
}

/// The texts of the pages.
fn pages(examples: &[Example]) -> Vec<String> {
    let mut compiler = Compiler::new(FontSources { system: false });
    compiler.load(&project(examples));
    if let Err(problems) = compiler.typeset(&Wanted::default()) {
        panic!("{problems:#?}");
    }
    let wanted = PdfWanted { standards: Standards::none(), ..PdfWanted::default() };
    let pdf = compiler.pdf(&wanted).expect("a document").expect("a PDF");
    let folder = Folder::new();
    folder.write("examples.pdf", &pdf.bytes);
    let file = folder.workspace().join("examples.pdf");
    let text = printed("pdftotext", &["-raw", "-enc", "UTF-8", file.to_str().expect("a path in UTF-8"), "-"]);
    // A form feed ends each page.
    let mut pages: Vec<String> = text.split('\u{c}').map(str::to_owned).collect();
    pages.pop();
    pages
}

fn project(examples: &[Example]) -> Project {
    let mut main = page::MAIN.to_owned();
    let mut files =
        BTreeMap::from([("kit.typ", page::KIT), ("picture.svg", page::PICTURE)].map(|(path, text)| file(path, text)));
    for (index, example) in examples.iter().enumerate() {
        let path = format!("{:03}.typ", example.number);
        main += if index > 0 { "#pagebreak()\n" } else { "" };
        writeln!(main, "#include \"{path}\"").expect("a string takes all");
        files.extend([file(&path, &page::typst(&example.markdown))]);
    }
    files.extend([file(MAIN, &main)]);
    Project::new(files)
}

fn file(path: &str, text: &str) -> (String, Arc<[u8]>) {
    (path.to_owned(), Arc::from(text.as_bytes()))
}
