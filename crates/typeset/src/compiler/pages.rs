//! The finished pages: what identifies them, and what in them must not leave.

use super::body::body;
use super::world::{ProjectWorld, Sources};
use crate::{Body, Diagnostic, DiagnosticKind, Page};
use chancery_model::Severity;
use rayon::prelude::*;
use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::sync::Arc;
use typst::layout::{Frame, FrameItem};
use typst::model::{Destination, Document};
use typst::syntax::{Span, SyntaxKind};
use typst::text::TextItem;
use typst::utils::hash128;
use typst_layout::PagedDocument;

/// The schemes that a link may have.
const SCHEMES: [&str; 3] = ["http", "https", "mailto"];

/// More findings than these about one document help nobody.
const FINDINGS: usize = 50;

/// What was found on pages, by hash, so that each page is looked through once.
#[derive(Default)]
pub(super) struct Inspector {
    seen: HashMap<u128, Arc<Facts>>,
}

/// What is wrong on one page, and how much stands on it.
#[derive(Default)]
struct Facts {
    body: Body,
    links: Vec<String>,
    uncovered: Vec<Uncovered>,
}

/// Text that no font covers: which, and where in its syntax node.
struct Uncovered {
    text: String,
    span: Span,
    offset: usize,
}

/// A document without what must not leave, its pages, and what was found.
pub(super) struct Inspected {
    pub document: PagedDocument,
    pub pages: Vec<Page>,
    pub findings: Vec<Diagnostic>,
}

impl Inspector {
    /// Looks through the pages that are new, and leaves links out whose scheme is not allowed.
    pub fn inspect(&mut self, world: &ProjectWorld, document: PagedDocument) -> Inspected {
        let look = |layout: &typst_layout::Page| {
            let page = page(layout);
            let facts = self.seen.get(&page.hash).cloned().unwrap_or_else(|| Arc::new(Facts::of(&layout.frame)));
            (Page { body: facts.body, ..page }, facts)
        };
        let (pages, facts): (Vec<_>, Vec<_>) = document.pages().par_iter().map(look).unzip();
        self.seen = pages.iter().map(|page| page.hash).zip(facts.iter().cloned()).collect();
        let findings = findings(world, &facts);
        let document = if facts.iter().any(|facts| !facts.links.is_empty()) { strip(&document) } else { document };
        Inspected { document, pages, findings }
    }
}

/// Returns what identifies a page; the hash covers all that is drawn.
fn page(layout: &typst_layout::Page) -> Page {
    let size = layout.frame.size();
    let hash = hash128(&(&layout.frame, &layout.fill, &layout.bleed));
    Page { hash, width: size.x.to_pt(), height: size.y.to_pt(), body: Body::default() }
}

impl Facts {
    fn of(frame: &Frame) -> Self {
        let mut facts = Self { body: body(frame), ..Self::default() };
        facts.walk(frame);
        facts
    }

    fn walk(&mut self, frame: &Frame) {
        for (_, item) in frame.items() {
            match item {
                FrameItem::Group(group) => self.walk(&group.frame),
                FrameItem::Text(text) => self.look_for_gaps(text),
                FrameItem::Link(Destination::Url(url), _) if !allowed(url) => self.links.push(url.to_string()),
                _ => {}
            }
        }
    }

    fn look_for_gaps(&mut self, text: &TextItem) {
        for glyph in text.glyphs.iter().filter(|glyph| glyph.id == 0) {
            let (span, offset) = glyph.span;
            let text = text.text.get(glyph.range()).unwrap_or_default().to_owned();
            self.uncovered.push(Uncovered { text, span, offset: offset.into() });
        }
    }
}

fn allowed(url: &str) -> bool {
    let scheme = url.split(':').next().filter(|scheme| scheme.len() < url.len());
    scheme.is_some_and(|scheme| SCHEMES.iter().any(|own| own.eq_ignore_ascii_case(scheme)))
}

fn strip(document: &PagedDocument) -> PagedDocument {
    let mut pages: Vec<_> = document.pages().to_vec();
    for page in &mut pages {
        strip_frame(&mut page.frame);
    }
    PagedDocument::new(pages.into_iter().collect(), document.info().clone())
}

fn strip_frame(frame: &mut Frame) {
    frame.retain(|item| match item {
        FrameItem::Link(Destination::Url(url), _) => allowed(url),
        FrameItem::Group(group) => {
            strip_frame(&mut group.frame);
            true
        }
        _ => true,
    });
}

fn findings(world: &ProjectWorld, facts: &[Arc<Facts>]) -> Vec<Diagnostic> {
    let links: HashSet<_> = facts.iter().flat_map(|facts| &facts.links).collect();
    let mut findings: Vec<_> = links.into_iter().map(|url| link(url)).collect();
    findings.sort_by(|a, b| a.message.cmp(&b.message));
    let mut seen = HashSet::new();
    for uncovered in facts.iter().flat_map(|facts| &facts.uncovered) {
        let finding = uncovered.diagnose(world);
        if findings.len() < FINDINGS
            && seen.insert((finding.message.clone(), finding.file.clone(), finding.range.clone()))
        {
            findings.push(finding);
        }
    }
    findings
}

fn link(url: &str) -> Diagnostic {
    let message = format!("a link to `{url}` was left out");
    let mut finding = Diagnostic::new(Severity::Warning, DiagnosticKind::Link, message);
    finding.hints.push("links may begin with http:, https: or mailto:".to_owned());
    finding
}

impl Uncovered {
    fn diagnose(&self, world: &ProjectWorld) -> Diagnostic {
        let codes: Vec<_> = self.text.chars().map(|char| format!("U+{:04X}", u32::from(char))).collect();
        let message = format!("no font has `{}` ({})", self.text, codes.join(" "));
        let mut finding = Diagnostic::new(Severity::Warning, DiagnosticKind::Glyph, message);
        let (file, range) = world.place(self.span).unzip();
        finding.file = file;
        finding.range = self.exact(world).or(range.flatten());

        finding
    }

    /// Returns the bytes of the text itself, where it was written as such.
    fn exact(&self, world: &ProjectWorld) -> Option<Range<usize>> {
        let source = world.get(self.span.id()?)?;
        let node = source.find(self.span)?;
        let start = node.offset() + self.offset;
        let range = start..start + self.text.len();
        (node.kind() == SyntaxKind::Text && source.text().get(range.clone()) == Some(&self.text)).then_some(range)
    }
}

#[cfg(test)]
mod tests {
    use super::allowed;

    #[test]
    fn only_three_schemes_are_allowed() {
        assert!(["https://a.b", "HTTP://a.b", "mailto:a@b.c"].into_iter().all(allowed));
        assert!(
            !["javascript:alert(1)", "file:///etc", "data:text/html,x", "//a.b", "a.html"].into_iter().any(allowed)
        );
    }
}
