//! Words of a text.

use chancery_markup::{Block, BlockKind, Inline, plain_text};

/// Returns how many words blocks hold: what blanks part, and holds a letter or a digit. Embeds and code count nothing.
pub(crate) fn words(blocks: &[Block]) -> u32 {
    blocks.iter().map(block).sum()
}

/// Returns how many words a text holds.
pub(crate) fn words_of(text: &str) -> u32 {
    let count = text.split_whitespace().filter(|word| word.contains(char::is_alphanumeric)).count();
    u32::try_from(count).unwrap_or(u32::MAX)
}

fn block(block: &Block) -> u32 {
    match &block.kind {
        BlockKind::Paragraph(content) | BlockKind::Heading { content, .. } => words_in(content),
        BlockKind::Quote(blocks) | BlockKind::Alert { blocks, .. } => words(blocks),
        BlockKind::List(list) => list.items.iter().map(|item| words(&item.blocks)).sum(),
        BlockKind::Table(table) => {
            table.header.iter().chain(table.rows.iter().flatten()).map(|cell| words_in(cell)).sum()
        }
        BlockKind::Directive(directive) => words(&directive.blocks),
        BlockKind::Code(_)
        | BlockKind::Html(_)
        | BlockKind::ThematicBreak
        | BlockKind::Embed(_)
        | BlockKind::Picture(_)
        | BlockKind::View(_) => 0,
    }
}

/// Returns how many words inlines hold.
pub(crate) fn words_in(content: &[Inline]) -> u32 {
    words_of(&plain_text(content))
}
