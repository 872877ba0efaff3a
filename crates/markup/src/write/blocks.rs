//! Blocks as Typst.

use super::inlines::{content, write_inlines};
use crate::block::{Align, Block, BlockKind, CodeBlock, Delimiter, Directive, Item, List, Table};
use crate::inline::Inline;
use crate::origin::{Origin, Text};
use crate::resolver::{Resolver, Scope};
use crate::writer::Writer;

/// Appends blocks to markup, a blank line between two.
pub fn write_blocks(blocks: &[Block], scope: &Scope<'_>, resolver: &mut dyn Resolver, out: &mut Writer) {
    let mut separate = false;
    for block in blocks {
        let mut one = Writer::new();
        let origin = Origin::new(scope.document.file, block.span.clone());
        one.within(&origin, |one| write_block(block, scope, resolver, one));
        if one.is_empty() {
            continue;
        }
        if separate {
            out.code("\n\n");
        }
        separate = true;
        out.append(one);
    }
}

fn write_block(block: &Block, scope: &Scope<'_>, resolver: &mut dyn Resolver, out: &mut Writer) {
    match &block.kind {
        BlockKind::Paragraph(inlines) => write_inlines(inlines, scope, resolver, out),
        BlockKind::Heading { level, content } => write_heading(*level, content, scope, resolver, out),
        BlockKind::Quote(blocks) => {
            out.code("#quote(block: true)");
            write_body(blocks, scope, resolver, out);
        }
        BlockKind::List(list) => write_list(list, scope, resolver, out),
        BlockKind::Code(code) => write_code(code, scope, out),
        BlockKind::Html(source) => write_raw(source, scope, out),
        BlockKind::Table(table) => write_table(table, scope, resolver, out),
        BlockKind::ThematicBreak => out.code("#line(length: 100%)"),
        BlockKind::Alert { kind, title, blocks } => {
            out.code(&format!("#kit.alert(\"{}\", ", kind.name()));
            match title {
                Some(title) => write_text_content(title, scope, out),
                None => out.code("none"),
            }
            out.code(")");
            write_body(blocks, scope, resolver, out);
        }
        BlockKind::Embed(call) => resolver.embed_block(call, scope, out),
        BlockKind::Picture(picture) => resolver.picture_block(picture, scope, out),
        BlockKind::View(view) => resolver.view(view, scope, out),
        BlockKind::Directive(directive) => write_directive(directive, scope, resolver, out),
    }
}

/// Appends blocks as a content block.
fn write_body(blocks: &[Block], scope: &Scope<'_>, resolver: &mut dyn Resolver, out: &mut Writer) {
    out.code("[");
    write_blocks(blocks, scope, resolver, out);
    out.code("]");
}

fn write_text_content(text: &Text, scope: &Scope<'_>, out: &mut Writer) {
    out.code("[");
    out.text(text, scope.document.file);
    out.code("]");
}

fn write_heading(level: u8, inlines: &[Inline], scope: &Scope<'_>, resolver: &mut dyn Resolver, out: &mut Writer) {
    let level = resolver.heading_level(level, scope);
    out.code(&format!("#heading(level: {})", level.max(1)));
    content(inlines, &Scope { in_heading: true, ..*scope }, resolver, out);
}

fn write_list(list: &List, scope: &Scope<'_>, resolver: &mut dyn Resolver, out: &mut Writer) {
    match list.ordered {
        Some((start, delimiter)) => {
            out.code(&format!("#enum(start: {start}, tight: {}", list.tight));
            if delimiter == Delimiter::Paren {
                out.code(", numbering: \"1)\"");
            }
        }
        None => out.code(&format!("#list(tight: {}", list.tight)),
    }
    for item in &list.items {
        out.code(", ");
        let origin = Origin::new(scope.document.file, item.span.clone());
        out.within(&origin, |out| write_item(item, scope, resolver, out));
    }
    out.code(")");
}

fn write_item(item: &Item, scope: &Scope<'_>, resolver: &mut dyn Resolver, out: &mut Writer) {
    out.code("[");
    if let Some(done) = item.task {
        out.code(&format!("#kit.task({done}) "));
    }
    write_blocks(&item.blocks, scope, resolver, out);
    out.code("]");
}

fn write_code(code: &CodeBlock, scope: &Scope<'_>, out: &mut Writer) {
    out.code("#raw(block: true, ");
    if let Some(lang) = &code.lang {
        out.code("lang: ");
        out.literal(lang);
        out.code(", ");
    }
    out.string(&code.text, scope.document.file);
    out.code(")");
}

fn write_raw(source: &Text, scope: &Scope<'_>, out: &mut Writer) {
    out.code("#raw(block: true, ");
    out.string(source, scope.document.file);
    out.code(")");
}

fn write_table(table: &Table, scope: &Scope<'_>, resolver: &mut dyn Resolver, out: &mut Writer) {
    out.code(&format!("#table(columns: {}, align: (", table.align.len().max(1)));
    for align in &table.align {
        out.code(match align {
            Align::Auto => "auto, ",
            Align::Left => "left, ",
            Align::Center => "center, ",
            Align::Right => "right, ",
        });
    }
    out.code("), table.header(");
    write_cells(&table.header, scope, resolver, out);
    out.code(")");
    for row in &table.rows {
        out.code(", ");
        write_cells(row, scope, resolver, out);
    }
    out.code(")");
}

fn write_cells(cells: &[Vec<Inline>], scope: &Scope<'_>, resolver: &mut dyn Resolver, out: &mut Writer) {
    for (index, cell) in cells.iter().enumerate() {
        if index > 0 {
            out.code(", ");
        }
        content(cell, scope, resolver, out);
    }
}

fn write_directive(directive: &Directive, scope: &Scope<'_>, resolver: &mut dyn Resolver, out: &mut Writer) {
    if !resolver.directive(directive, scope, out) {
        write_blocks(&directive.blocks, scope, resolver, out);
    }
}
