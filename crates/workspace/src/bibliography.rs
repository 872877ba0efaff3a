//! Sources: BibLaTeX and Hayagriva files, entry by entry, so that a broken one leaves the rest.

mod biblatex;
mod entry;
mod hayagriva;
mod import;

pub use entry::{entry_span, linked_document};
pub use import::{Import, ImportError, import_sources, same_sources};

use chancery_model::{LineIndex, Problem, Source};

/// Reads a bibliography by its file's ending: `.bib`, or `.yml` and `.yaml`.
///
/// Entries come in the order of the file; of two with one key the first counts.
pub fn parse_bibliography(file: &str, text: &str) -> (Vec<Source>, Vec<Problem>) {
    let ending = file.rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
    match ending.as_str() {
        "bib" => biblatex::parse(file, text),
        "yml" | "yaml" => hayagriva::parse(file, text),
        _ => {
            let problem = Problem::error("unknown-format", "a bibliography is a .bib, .yml or .yaml file")
                .hint("export it as BibLaTeX, or take it out of `sources`");
            (Vec::new(), vec![problem.at_file(file)])
        }
    }
}

/// Makes the source of an entry that stands at a byte of its file.
fn source(file: &str, lines: &LineIndex, at: usize, entry: ::hayagriva::Entry) -> Source {
    let line = u32::try_from(lines.line(at) + 1).unwrap_or(u32::MAX);
    Source { key: entry.key().to_owned(), file: file.to_owned(), line, entry }
}
