//! Blocks from the parser's nodes.

use super::align::Writing;
use super::notes::Notes;
use super::source::Source;
use super::text;
use crate::block::{AlertKind, Block, BlockKind, CodeBlock, Delimiter, Directive, Item, List, View};
use crate::document::{Document, Footnote};
use crate::finding::Findings;
use crate::inline::{Inline, InlineKind};
use crate::origin::{FileRef, Text};
use chancery_model::Problem;
use comrak::nodes::{
    AlertType, ListDelimType, ListType, Node, NodeAlert, NodeBlockDirective, NodeCodeBlock, NodeValue,
};
use std::collections::HashSet;
use std::ops::Range;

/// What the blocks around a block may cost together. Typst stops at 64 show rules in one another; a quotation takes about
/// five and a list two, and packs and inlines need the rest.
const BUDGET: u32 = 30;
/// What a quotation, an alert or a directive costs.
const QUOTE: u32 = 5;
/// What a list with its item costs.
const LIST: u32 = 2;

/// Turns the parser's nodes into blocks and inlines.
pub(super) struct Converter<'s, 'a> {
    pub(super) source: &'s Source<'s>,
    pub(super) findings: Findings,
    pub(super) notes: Notes<'a>,
    /// The depth of the footnote that is being read, 0 in the running text.
    pub(super) note_depth: u8,
    /// Whether what is being read may be printed several times or never: headings, a table's header, speaker notes.
    pub(super) alone: bool,
    /// Whether this is inside a link.
    pub(super) in_link: bool,
    /// Where the cell that is being read has backslashes before bars, which the parser does not count.
    pub(super) bars: Vec<usize>,
    /// Labels of links that the parser left as text, though they are defined.
    pub(super) unresolved: HashSet<String>,
}

impl<'s, 'a> Converter<'s, 'a> {
    /// Returns a converter for the document `root`.
    pub(super) fn new(source: &'s Source<'s>, root: Node<'a>, unresolved: HashSet<String>) -> Self {
        Self {
            source,
            findings: Findings::default(),
            notes: Notes::of(root),
            note_depth: 0,
            alone: false,
            in_link: false,
            bars: Vec::new(),
            unresolved,
        }
    }

    /// Returns the document.
    pub(super) fn document(mut self, root: Node<'a>, file: FileRef) -> Document {
        let blocks = self.blocks(root, BUDGET);
        let mut footnotes = Vec::new();
        while let Some(note) = self.notes.get(footnotes.len()) {
            (self.note_depth, self.alone) = (note.depth, !note.printed);
            let span = self.span(note.node);
            footnotes.push(Footnote {
                name: note.name,
                span,
                blocks: self.blocks(note.node, BUDGET - QUOTE),
                uses: note.uses,
            });
        }
        Document { file, blocks, footnotes, findings: self.findings.into_sorted() }
    }

    /// Returns the bytes of the file that a node stands at.
    pub(super) fn span(&self, node: Node<'a>) -> Range<usize> {
        self.source.span(self.source.range(node.data().sourcepos))
    }

    fn blocks(&mut self, parent: Node<'a>, budget: u32) -> Vec<Block> {
        let mut blocks = Vec::new();
        for node in parent.children() {
            self.push_block(node, budget, &mut blocks);
        }
        blocks
    }

    fn push_block(&mut self, node: Node<'a>, budget: u32, out: &mut Vec<Block>) {
        let span = self.span(node);
        let cost = cost(&node.data().value);
        let Some(left) = budget.checked_sub(cost) else {
            self.findings.push(span, too_deep());
            return self.push_leaf_blocks(node, out);
        };
        let kind = match &node.data().value {
            NodeValue::Paragraph => return self.push_paragraph(node, out),
            NodeValue::Heading(heading) => {
                let content = self.apart(|this| this.inlines(node));
                if content.is_empty() {
                    return self.findings.push(span, empty_heading());
                }
                BlockKind::Heading { level: heading.level, content }
            }
            NodeValue::BlockQuote => BlockKind::Quote(self.blocks(node, left)),
            NodeValue::List(list) => BlockKind::List(List {
                ordered: (list.list_type == ListType::Ordered).then(|| (list.start, delimiter(list.delimiter))),
                tight: list.tight,
                items: node.children().map(|item| self.item(item, left)).collect(),
            }),
            NodeValue::CodeBlock(code) => self.code(node, code, span.clone()),
            NodeValue::HtmlBlock(html) => {
                self.findings.push(span.clone(), raw_html());
                BlockKind::Html(self.lines(html.literal.trim_end_matches(['\n', '\r']), node, 0))
            }
            NodeValue::ThematicBreak => BlockKind::ThematicBreak,
            NodeValue::Table(table) => BlockKind::Table(self.table(node, table)),
            NodeValue::Alert(alert) => BlockKind::Alert {
                kind: alert_kind(alert.alert_type),
                title: self.alert_title(node, alert),
                blocks: self.blocks(node, left),
            },
            NodeValue::BlockDirective(directive) => self.directive(node, directive, left),
            NodeValue::FootnoteDefinition(definition) => {
                if definition.total_references == 0 {
                    self.findings.push(span, unused_note(&definition.name));
                }
                return;
            }
            _ => return,
        };
        out.push(Block { span, kind });
    }

    /// Appends the blocks inside a node that is nested too deeply, one after the other, without recursion.
    fn push_leaf_blocks(&mut self, node: Node<'a>, out: &mut Vec<Block>) {
        let mut stack = vec![node];
        while let Some(node) = stack.pop() {
            if cost(&node.data().value) > 0 || matches!(node.data().value, NodeValue::Item(_) | NodeValue::TaskItem(_))
            {
                stack.extend(node.reverse_children());
            } else {
                self.push_block(node, 0, out);
            }
        }
    }

    /// Appends a paragraph, or the embeds and pictures that stand in it alone, each in a line of its own.
    fn push_paragraph(&mut self, node: Node<'a>, out: &mut Vec<Block>) {
        let inlines = self.inlines(node);
        let alone = |inline: &Inline| match &inline.kind {
            InlineKind::Embed(call) => call.field.is_none(),
            InlineKind::Picture(_) => true,
            _ => false,
        };
        let is_break = |inline: &Inline| matches!(inline.kind, InlineKind::SoftBreak | InlineKind::HardBreak);
        if inlines.chunks(2).all(|pair| alone(&pair[0]) && pair.get(1).is_none_or(is_break)) {
            out.extend(inlines.into_iter().filter_map(|inline| {
                let kind = match inline.kind {
                    InlineKind::Embed(call) => BlockKind::Embed(call),
                    InlineKind::Picture(picture) => BlockKind::Picture(picture),
                    _ => return None,
                };
                Some(Block { span: inline.span, kind })
            }));
        } else {
            out.push(Block { span: self.span(node), kind: BlockKind::Paragraph(inlines) });
        }
    }

    fn item(&mut self, node: Node<'a>, budget: u32) -> Item {
        let task = match &node.data().value {
            NodeValue::TaskItem(task) => Some(task.symbol.is_some()),
            _ => None,
        };
        Item { span: self.span(node), task, blocks: self.blocks(node, budget) }
    }

    fn code(&mut self, node: Node<'a>, code: &NodeCodeBlock, span: Range<usize>) -> BlockKind {
        if code.fenced && !code.closed {
            self.findings.push(span.clone(), unclosed_fence());
        }
        let text = self.lines(code.literal.strip_suffix('\n').unwrap_or(&code.literal), node, usize::from(code.fenced));
        match code.info.trim().strip_prefix('{').and_then(|name| name.strip_suffix('}')).map(str::trim) {
            Some(name) if code.fenced && is_view_name(name) => {
                let name_span = self.name_span(node, name);
                BlockKind::View(View { name: name.to_owned(), name_span, body: text, span })
            }
            _ => {
                text::check_characters(&text, &mut self.findings);
                let lang = code.info.split_whitespace().next().filter(|word| is_lang(word));
                BlockKind::Code(CodeBlock { lang: lang.map(str::to_owned), text })
            }
        }
    }

    /// Returns lines of a block, the first of which stands `skip` lines below the block's first.
    fn lines(&mut self, value: &str, node: Node<'a>, skip: usize) -> Text {
        text::lines(value, node.data().sourcepos.start.line + skip, self.source)
    }

    fn alert_title(&mut self, node: Node<'a>, alert: &NodeAlert) -> Option<Text> {
        let title = alert.title.as_deref().map(str::trim).filter(|title| !title.is_empty())?;
        let line = self.source.line_range(node.data().sourcepos.start.line);
        let start = self.source.text[line.clone()].find(']').map_or(line.start, |at| line.start + at + 1);
        let blanks = self.source.text[start..line.end].len() - self.source.text[start..line.end].trim_start().len();
        let text = text::aligned(title, start + blanks..line.end, self.source, Writing::Escaped);
        text::check_characters(&text, &mut self.findings);
        Some(text)
    }

    fn directive(&mut self, node: Node<'a>, directive: &NodeBlockDirective, budget: u32) -> BlockKind {
        let span = self.span(node);
        let info = directive.info.trim();
        let bare = info.strip_prefix("{.").and_then(|info| info.strip_suffix('}')).unwrap_or(info);
        let name = bare.split_whitespace().next().unwrap_or_default();
        let name_span = self.name_span(node, name);
        if !matches!(name, "notes" | "key-points") {
            self.findings.push(name_span.clone(), unknown_directive(name));
        } else if !self.is_closed(node) {
            self.findings.push(name_span.clone(), unclosed_directive(name));
        }
        let blocks =
            if name == "notes" { self.apart(|this| this.blocks(node, budget)) } else { self.blocks(node, budget) };
        BlockKind::Directive(Directive { name: name.to_owned(), name_span, blocks, span })
    }

    /// Whether a directive ends with its own line of colons, not with what it stands in.
    fn is_closed(&self, node: Node<'a>) -> bool {
        let place = node.data().sourcepos;
        let last = &self.source.text[self.source.line_range(place.end.line)];
        place.end.line > place.start.line && last.trim_start_matches([' ', '\t', '>']).starts_with(":::")
    }

    /// The bytes of a name in the first line of a block, or that line.
    fn name_span(&self, node: Node<'a>, name: &str) -> Range<usize> {
        let line = self.source.line_range(node.data().sourcepos.start.line);
        let at = self.source.text[line.clone()].find(name).filter(|_| !name.is_empty());
        self.source.span(at.map_or(line.clone(), |at| line.start + at..line.start + at + name.len()))
    }

    /// Reads what may be printed several times or never.
    pub(super) fn apart<T>(&mut self, read: impl FnOnce(&mut Self) -> T) -> T {
        let before = std::mem::replace(&mut self.alone, true);
        let result = read(self);
        self.alone = before;
        result
    }
}

fn cost(value: &NodeValue) -> u32 {
    match value {
        NodeValue::BlockQuote | NodeValue::Alert(_) | NodeValue::BlockDirective(_) => QUOTE,
        NodeValue::List(_) => LIST,
        _ => 0,
    }
}

fn delimiter(delimiter: ListDelimType) -> Delimiter {
    match delimiter {
        ListDelimType::Period => Delimiter::Period,
        ListDelimType::Paren => Delimiter::Paren,
    }
}

fn alert_kind(kind: AlertType) -> AlertKind {
    match kind {
        AlertType::Note => AlertKind::Note,
        AlertType::Tip => AlertKind::Tip,
        AlertType::Important => AlertKind::Important,
        AlertType::Warning => AlertKind::Warning,
        AlertType::Caution => AlertKind::Caution,
    }
}

fn is_view_name(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name.chars().all(|c| c.is_ascii_alphanumeric() || "-_".contains(c))
}

fn is_lang(word: &str) -> bool {
    word.len() <= 32
        && word.starts_with(|c: char| c.is_ascii_alphanumeric())
        && word.chars().all(|c| c.is_ascii_alphanumeric() || "+#._-".contains(c))
}

/// What is said of raw HTML.
pub(super) fn raw_html() -> Problem {
    Problem::warning("raw-html", "HTML is shown as text.").hint("Write it in Markdown, or delete it.")
}

/// What is said of blocks or inlines inside too many others.
pub(super) fn too_deep() -> Problem {
    Problem::warning("nested-too-deep", "What is nested deeper than this is shown without its nesting.")
        .hint("Take some levels of quotation, list or emphasis away.")
}

fn empty_heading() -> Problem {
    Problem::warning("empty-heading", "A heading without text is left out.").hint("Give it a text, or delete the line.")
}

fn unused_note(name: &str) -> Problem {
    Problem::warning("unused-footnote", format!("The footnote “{name}” is not printed: no text refers to it."))
        .hint(format!("Write [^{name}] where it belongs. A second definition of the same name is not printed either."))
}

fn unclosed_fence() -> Problem {
    Problem::warning("unclosed-fence", "This code block is never closed, so that it takes in all that follows.")
        .hint("End it with a line of as many backticks or tildes as it begins with.")
}

fn unknown_directive(name: &str) -> Problem {
    let message = match name {
        "" => "A directive without a name is shown as if it were not there.".to_owned(),
        name => format!("The directive “{name}” is not known; what stands in it is shown as if it were not there."),
    };
    Problem::warning("unknown-directive", message).hint("There are ::: notes and ::: key-points.")
}

fn unclosed_directive(name: &str) -> Problem {
    Problem::warning("unclosed-directive", format!("::: {name} is never closed, so that it takes in all that follows."))
        .hint("End it with a line of three colons.")
}
