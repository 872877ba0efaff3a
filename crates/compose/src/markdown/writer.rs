//! Blocks as Markdown.

use super::{Markdown, escape, words};
use crate::data::Variant;
use crate::query::Pick;
use crate::views::snippet_block;
use chancery_markup::{
    Align, Block, BlockKind, Delimiter, Directive, Document, EmbedCall, Inline, Levels, List, Table, View,
};

impl Markdown<'_> {
    /// Returns blocks with blank lines between them.
    pub(super) fn blocks(&mut self, blocks: &[Block], document: &Document) -> String {
        self.apart(blocks, document, "\n\n")
    }

    fn apart(&mut self, blocks: &[Block], document: &Document, gap: &str) -> String {
        let written: Vec<String> = blocks.iter().map(|block| self.block(block, document)).collect();
        let written: Vec<String> = written.into_iter().filter(|block| !block.is_empty()).collect();
        written.join(gap)
    }

    fn block(&mut self, block: &Block, document: &Document) -> String {
        match &block.kind {
            BlockKind::Paragraph(inlines) => escape::paragraph(&self.inlines(inlines, document)),
            BlockKind::Heading { level, content } => {
                // The document's title is the heading of level 1.
                let level = self.levels.next(*level).saturating_add(1).min(6);
                format!("{} {}", "#".repeat(usize::from(level)), one_line(&self.inlines(content, document)))
            }
            BlockKind::Quote(blocks) => quoted(&self.blocks(blocks, document)),
            BlockKind::List(list) => self.list(list, document),
            BlockKind::Code(code) => escape::fenced(code.lang.as_deref().unwrap_or_default(), code.text.as_str()),
            BlockKind::Html(source) => escape::fenced("html", source.as_str()),
            BlockKind::Table(table) => self.table(table, document),
            BlockKind::ThematicBreak => "---".to_owned(),
            BlockKind::Alert { kind, title, blocks } => {
                let inner = self.blocks(blocks, document);
                let title = title.as_ref().map(|title| format!("**{}**\n\n", escape::text(title.as_str())));
                quoted(&format!("[!{}]\n{}{inner}", kind.name().to_uppercase(), title.unwrap_or_default()))
            }
            BlockKind::Embed(call) => self.embed(call),
            BlockKind::Picture(picture) => self.picture(picture, document),
            BlockKind::View(view) => self.view(view, document),
            BlockKind::Directive(directive) => self.directive(directive, document),
        }
    }

    fn list(&mut self, list: &List, document: &Document) -> String {
        let mut items = Vec::new();
        for (at, item) in list.items.iter().enumerate() {
            let marker = match list.ordered {
                Some((start, delimiter)) => {
                    format!("{}{} ", start + at, if delimiter == Delimiter::Paren { ')' } else { '.' })
                }
                None => "- ".to_owned(),
            };
            let task = match item.task {
                Some(true) => "[x] ",
                Some(false) => "[ ] ",
                None => "",
            };
            let content = self.apart(&item.blocks, document, if list.tight { "\n" } else { "\n\n" });
            items.push(format!("{marker}{task}{}", indented(&content, &" ".repeat(marker.len()))));
        }
        items.join(if list.tight { "\n" } else { "\n\n" })
    }

    fn table(&mut self, table: &Table, document: &Document) -> String {
        let head: Vec<String> = table.header.iter().map(|cell| self.inlines(cell, document)).collect();
        let mut rows = Vec::new();
        for row in &table.rows {
            rows.push(row.iter().map(|cell| self.inlines(cell, document)).collect());
        }
        grid(&head, &table.align, &rows)
    }

    fn embed(&mut self, call: &EmbedCall) -> String {
        if call.field.is_some() {
            return self.inline_embed(call);
        }
        let Some(pick) = self.embedded(call) else { return escape::text(&call.to_string()) };
        let variant = match call.variant.as_deref().map(str::trim) {
            Some("short") => Variant::Short,
            Some("title") => Variant::Title,
            _ => Variant::Full,
        };
        let block = snippet_block(&pick, variant, false, &self.scene.context);
        self.around(&pick, |writer| {
            let prose: Vec<String> = block.prose.iter().map(|piece| writer.piece(piece)).collect();
            writer.snippet(&block.data, &prose)
        })
    }

    fn view(&mut self, view: &View, document: &Document) -> String {
        let Some(drawn) = self.scene.views.get(&(document.file, view.span.start)).cloned() else {
            return String::new();
        };
        let Some(data) = &drawn.drawn.data else { return escape::text(&drawn.drawn.placeholder) };
        let prose: Vec<String> = drawn.drawn.prose.iter().map(|piece| self.piece(piece)).collect();
        self.exhibit(drawn.drawn.block, data, &prose)
    }

    fn directive(&mut self, directive: &Directive, document: &Document) -> String {
        match directive.name.as_str() {
            "notes" => String::new(),
            "key-points" => {
                let points = self.blocks(&directive.blocks, document);
                format!("**{}**\n\n{points}", words::key_points(self.scene.words))
            }
            _ => self.blocks(&directive.blocks, document),
        }
    }

    /// Runs `write` with a snippet around what it writes.
    pub(super) fn around<T>(&mut self, pick: &Pick, write: impl FnOnce(&mut Self) -> T) -> T {
        let levels = std::mem::replace(&mut self.levels, Levels::new());
        self.levels = Levels::below(levels.current());
        let outside = self.stack.len();
        self.stack.extend([pick.facts.id.clone(), pick.text.id.clone()]);
        let result = write(self);
        self.stack.truncate(outside);
        self.levels = levels;
        result
    }

    /// Returns the inlines of one line of Markdown.
    pub(super) fn line(&mut self, markdown: &str) -> String {
        let options = chancery_markup::Options { file: crate::texts::Texts::NOWHERE };
        let document = chancery_markup::parse_inline(markdown, 0, &options);
        let inlines: &[Inline] = crate::draw::line(&document).unwrap_or_default();
        one_line(&self.inlines(inlines, &document))
    }
}

/// Returns a table.
pub(super) fn grid(head: &[String], align: &[Align], rows: &[Vec<String>]) -> String {
    let row = |cells: &[String]| {
        format!("| {} |", cells.iter().map(|cell| escape::cell(cell)).collect::<Vec<_>>().join(" | "))
    };
    let rule = |at: usize| match align.get(at) {
        Some(Align::Left) => ":---",
        Some(Align::Center) => ":---:",
        Some(Align::Right) => "---:",
        _ => "---",
    };
    let rules: Vec<&str> = (0..head.len()).map(rule).collect();
    let mut lines = vec![row(head), format!("| {} |", rules.join(" | "))];
    lines.extend(rows.iter().map(|cells| row(cells)));
    lines.join("\n")
}

/// Returns blocks as a block quotation.
pub(super) fn quoted(text: &str) -> String {
    let line = |line: &str| if line.is_empty() { ">".to_owned() } else { format!("> {line}") };
    text.lines().map(line).collect::<Vec<_>>().join("\n")
}

/// Returns text whose lines behind the first are indented.
pub(super) fn indented(text: &str, by: &str) -> String {
    let mut lines = text.lines();
    let mut out = lines.next().unwrap_or_default().to_owned();
    for line in lines {
        out.push('\n');
        if !line.is_empty() {
            out.push_str(by);
            out.push_str(line);
        }
    }
    out
}

/// Returns text on one line.
pub(super) fn one_line(text: &str) -> String {
    text.replace("\\\n", " ").replace('\n', " ")
}
