//! Looking into an exported PDF with poppler and qpdf, as an archive would.

use crate::programs::printed;
use std::path::Path;

fn path(file: &Path) -> &str {
    file.to_str().expect("a path in UTF-8")
}

/// Returns the text of the pages, in reading order.
pub fn text(file: &Path) -> String {
    printed("pdftotext", &["-enc", "UTF-8", path(file), "-"])
}

/// Returns a line of `pdfinfo`, such as `Pages` or `Tagged`.
pub fn info(file: &Path, name: &str) -> String {
    let lines = printed("pdfinfo", &[path(file)]);
    let found = lines.lines().find_map(|line| line.strip_prefix(name)?.trim_start().strip_prefix(':'));
    found.unwrap_or_default().trim().to_owned()
}

/// Returns the number of pages.
pub fn pages(file: &Path) -> u32 {
    info(file, "Pages").parse().expect("a number of pages")
}

/// Returns whether all fonts are embedded, and at least one is there.
pub fn fonts_embedded(file: &Path) -> bool {
    let listed = printed("pdffonts", &[path(file)]);
    let fonts: Vec<&str> = listed.lines().skip(2).collect();
    // Columns from the right: object (two), uni, sub, emb.
    let embedded = |line: &&str| line.split_whitespace().rev().nth(4) == Some("yes");
    !fonts.is_empty() && fonts.iter().all(embedded)
}

/// Returns the addresses of the links.
pub fn links(file: &Path) -> Vec<String> {
    let listed = printed("pdfinfo", &["-url", path(file)]);
    listed.lines().skip(1).filter_map(|line| line.split_whitespace().last()).map(str::to_owned).collect()
}
