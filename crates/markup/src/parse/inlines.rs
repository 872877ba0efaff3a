//! Inlines from the parser's nodes.

use super::align::Writing;
use super::blocks::{Converter, raw_html, too_deep};
use super::{brackets, link, references, text, wikilink};
use crate::inline::{Inline, InlineKind, Link, Picture};
use crate::origin::Text;
use chancery_model::Problem;
use comrak::nodes::{Node, NodeCode, NodeLink, NodeValue};
use std::ops::Range;

/// How deep emphasis and links stand in one another.
const DEEPEST: u32 = 8;

impl<'a> Converter<'_, 'a> {
    /// Returns the inlines of a block.
    pub(super) fn inlines(&mut self, parent: Node<'a>) -> Vec<Inline> {
        self.content(parent, DEEPEST)
    }

    fn content(&mut self, parent: Node<'a>, depth: u32) -> Vec<Inline> {
        let mut out = Vec::new();
        for node in parent.children() {
            self.push_inline(node, depth, &mut out);
        }
        brackets::resolve(out, self.source, self.in_link, &mut self.findings)
    }

    fn push_inline(&mut self, node: Node<'a>, depth: u32, out: &mut Vec<Inline>) {
        let range = self.place(node);
        let span = self.source.span(range.clone());
        let Some(left) = depth.checked_sub(u32::from(is_container(&node.data().value))) else {
            self.findings.push(span, too_deep());
            return self.push_leaf_inlines(node, out);
        };
        let kind = match &node.data().value {
            // The parenthesis that keeps a line from being anything but a paragraph stands in no file.
            NodeValue::Text(value) if self.source.is_line() && range.start == 0 => {
                let value = value.strip_prefix('(').unwrap_or(value);
                if value.is_empty() {
                    return;
                }
                InlineKind::Text(self.text(value, 1..range.end, Writing::Escaped))
            }
            NodeValue::Text(value) => {
                let text = self.text(value, range, Writing::Escaped);
                brackets::note_undefined_notes(&text, &mut self.findings);
                references::note(&text, &self.unresolved, &mut self.findings);
                InlineKind::Text(text)
            }
            NodeValue::SoftBreak => InlineKind::SoftBreak,
            NodeValue::LineBreak => InlineKind::HardBreak,
            NodeValue::Code(code) => InlineKind::Code(self.code_span(code, range)),
            NodeValue::HtmlInline(html) => {
                self.findings.push(span.clone(), raw_html());
                InlineKind::Html(self.text(html, range, Writing::Verbatim))
            }
            NodeValue::Emph => InlineKind::Emph(self.content(node, left)),
            NodeValue::Strong => InlineKind::Strong(self.content(node, left)),
            NodeValue::Strikethrough => InlineKind::Strike(self.content(node, left)),
            NodeValue::Link(target) => return self.push_link(node, target, left, out),
            NodeValue::Image(target) => InlineKind::Picture(picture(node, target, span.clone())),
            NodeValue::FootnoteReference(reference) => {
                match self.notes.use_of(&reference.name, self.note_depth, self.alone) {
                    Some(usage) => InlineKind::Footnote(usage),
                    None => self.note_as_text(&reference.name, span.clone()),
                }
            }
            NodeValue::WikiLink(link) => {
                let raw = &self.source.text[range];
                match wikilink::parse(raw, span.clone()) {
                    Some(inline) => inline.kind,
                    None if raw.ends_with("]]") => InlineKind::Text(Text::whole(raw, span.clone())),
                    None => InlineKind::Text(Text::whole(link.url.as_str(), span.clone())),
                }
            }
            _ => {
                out.extend(self.content(node, left));
                return;
            }
        };
        out.push(Inline { span, kind });
    }

    /// Appends the inlines inside a node that is nested too deeply, one after the other, without recursion.
    fn push_leaf_inlines(&mut self, node: Node<'a>, out: &mut Vec<Inline>) {
        let mut stack = vec![node];
        while let Some(node) = stack.pop() {
            if is_container(&node.data().value) {
                stack.extend(node.reverse_children());
            } else {
                self.push_inline(node, 0, out);
            }
        }
    }

    /// Returns the bytes of the text that a node stands at.
    fn place(&self, node: Node<'a>) -> Range<usize> {
        let mut range = self.source.range(node.data().sourcepos);
        if !self.bars.is_empty() {
            let text = &self.source.text;
            let within = |at: usize| text.floor_char_boundary(self.past_bars(at).min(text.len()));
            range = within(range.start)..within(range.end);
        }
        match &node.data().value {
            NodeValue::WikiLink(link) => self.wikilink_place(range, &link.url),
            _ => range,
        }
    }

    /// Returns the bytes of a wikilink that the parser places at `range`.
    ///
    /// Where a paragraph begins with link definitions the parser may count from a line before: then it is the next
    /// wikilink with that target.
    fn wikilink_place(&self, range: Range<usize>, target: &str) -> Range<usize> {
        let text = &self.source.text;
        let raw = &text[range.clone()];
        if raw.trim_start_matches('!').starts_with("[[") && raw.ends_with("]]") {
            return range;
        }
        let places = text[range.start..].match_indices("[[").map(|(at, _)| range.start + at);
        let found = places.take(64).find_map(|start| {
            let inside = text[start + 2..].split("]]").next()?;
            let end = start + 2 + inside.len() + 2;
            let embeds = text[..start].ends_with('!');
            let fits = end <= text.len() && inside.trim_start().starts_with(target.trim());
            fits.then(|| start - usize::from(embeds)..end)
        });
        found.unwrap_or(range)
    }

    fn text(&mut self, value: &str, range: Range<usize>, writing: Writing) -> Text {
        let text = text::aligned(value, range, self.source, writing);
        text::check_characters(&text, &mut self.findings);
        text
    }

    fn code_span(&mut self, code: &NodeCode, range: Range<usize>) -> Text {
        let raw = &self.source.text[range.clone()];
        let ticks = raw.bytes().take_while(|byte| *byte == b'`').count().min(raw.len() / 2);
        self.text(&code.literal, range.start + ticks..range.end - ticks, Writing::Verbatim)
    }

    fn push_link(&mut self, node: Node<'a>, target: &NodeLink, depth: u32, out: &mut Vec<Inline>) {
        let span = self.source.span(self.place(node));
        let outer = std::mem::replace(&mut self.in_link, true);
        let content = self.content(node, depth);
        self.in_link = outer;
        match link::check(&target.url) {
            Ok(()) if content.is_empty() => self.findings.push(span, empty_link(&target.url)),
            Ok(()) => out.push(Inline { span, kind: InlineKind::Link(Link { url: target.url.clone(), content }) }),
            Err(problem) => {
                self.findings.push(span, problem);
                out.extend(content);
            }
        }
    }

    fn note_as_text(&mut self, name: &str, span: Range<usize>) -> InlineKind {
        let problem =
            Problem::warning("nested-footnote", format!("[^{name}] is shown as text: it stands in a footnote."))
                .hint("Say it in the footnote itself, or refer to it from the running text too.");
        self.findings.push(span.clone(), problem);
        InlineKind::Text(Text::whole(format!("[^{name}]"), span))
    }
}

fn is_container(value: &NodeValue) -> bool {
    matches!(value, NodeValue::Emph | NodeValue::Strong | NodeValue::Strikethrough | NodeValue::Link(_))
}

fn picture(node: Node<'_>, target: &NodeLink, span: Range<usize>) -> Picture {
    let mut alt = String::new();
    for inner in node.descendants().skip(1) {
        match &inner.data().value {
            NodeValue::Text(text) => alt.push_str(text),
            NodeValue::Code(code) => alt.push_str(&code.literal),
            NodeValue::SoftBreak | NodeValue::LineBreak => alt.push(' '),
            _ => {}
        }
    }
    let title = Some(target.title.clone()).filter(|title| !title.is_empty());
    Picture { target: target.url.clone(), alt, title, width: None, span }
}

fn empty_link(url: &str) -> Problem {
    Problem::warning("empty-link", format!("The link to {url} has no text and is left out."))
        .hint("Write what it should say between its brackets.")
}
