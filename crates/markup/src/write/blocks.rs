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
        BlockKind::Quote(blocks) if blocks.is_empty() => {}
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
    let mut args: Vec<String> = Vec::new();
    if let Some((start, delimiter)) = list.ordered {
        args.extend((start != 1).then(|| format!("start: {start}")));
        args.extend((delimiter == Delimiter::Paren).then(|| "numbering: \"1)\"".to_owned()));
    }
    args.extend((!list.tight).then(|| "tight: false".to_owned()));
    out.code(if list.ordered.is_some() { "#enum(" } else { "#list(" });
    out.code(&args.join(", "));
    for (index, item) in list.items.iter().enumerate() {
        if index > 0 || !args.is_empty() {
            out.code(", ");
        }
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
    let align: Vec<&str> = table.align.iter().map(|align| align_name(*align)).collect();
    // An array of one needs a comma.
    let comma = if align.len() == 1 { "," } else { "" };
    out.code(&format!("#table(columns: {}, align: ({}{comma}), table.header(", align.len().max(1), align.join(", ")));
    write_cells(&table.header, scope, resolver, out);
    out.code(")");
    for row in &table.rows {
        out.code(", ");
        write_cells(row, scope, resolver, out);
    }
    out.code(")");
}

fn align_name(align: Align) -> &'static str {
    match align {
        Align::Auto => "auto",
        Align::Left => "left",
        Align::Center => "center",
        Align::Right => "right",
    }
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
