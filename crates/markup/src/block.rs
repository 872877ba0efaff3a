//! Blocks: the structure of a text.

use crate::inline::{EmbedCall, Inline, Picture};
use crate::origin::Text;
use std::ops::Range;

/// A block and its bytes in the file.
#[derive(Debug, Clone, PartialEq)]
pub struct Block {
    /// Bytes in the file.
    pub span: Range<usize>,
    /// What the block is.
    pub kind: BlockKind,
}

/// What a block is.
#[derive(Debug, Clone, PartialEq)]
pub enum BlockKind {
    /// A paragraph.
    Paragraph(Vec<Inline>),
    /// A heading with the level that its text has, 1 to 6; [`crate::Levels`] makes it fit the page.
    Heading {
        /// As written, 1 to 6.
        level: u8,
        /// The heading's text.
        content: Vec<Inline>,
    },
    /// A block quotation.
    Quote(Vec<Block>),
    /// A bullet, ordered or task list.
    List(List),
    /// A fenced or indented code block.
    Code(CodeBlock),
    /// An HTML block: its source text.
    Html(Text),
    /// A table.
    Table(Table),
    /// A thematic break; in a deck it splits a slide.
    ThematicBreak,
    /// A GFM alert.
    Alert {
        /// Which of the five.
        kind: AlertKind,
        /// A title of its own, as text.
        title: Option<Text>,
        /// What stands in it.
        blocks: Vec<Block>,
    },
    /// `![[id]]` alone in a paragraph.
    Embed(EmbedCall),
    /// A picture alone in a paragraph.
    Picture(Picture),
    /// ` ```{name} `: a view.
    View(View),
    /// `::: name`: a directive.
    Directive(Directive),
}

/// A list.
#[derive(Debug, Clone, PartialEq)]
pub struct List {
    /// The first number and its delimiter; none for a bullet list.
    pub ordered: Option<(usize, Delimiter)>,
    /// Whether its items stand close together.
    pub tight: bool,
    /// The items.
    pub items: Vec<Item>,
}

/// What follows the number of an ordered list's item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Delimiter {
    /// `1.`
    Period,
    /// `1)`
    Paren,
}

/// An item of a list.
#[derive(Debug, Clone, PartialEq)]
pub struct Item {
    /// Bytes in the file.
    pub span: Range<usize>,
    /// For an item of a task list, whether it is done.
    pub task: Option<bool>,
    /// What stands in it.
    pub blocks: Vec<Block>,
}

/// A fenced or indented code block.
#[derive(Debug, Clone, PartialEq)]
pub struct CodeBlock {
    /// The first word of the info string, where it is a language's name (letters, digits and `+ # . _ -`).
    pub lang: Option<String>,
    /// The code.
    pub text: Text,
}

/// A pipe table.
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    /// One alignment a column.
    pub align: Vec<Align>,
    /// The cells of the header row.
    pub header: Vec<Vec<Inline>>,
    /// The cells of the other rows, as many in each as there are columns.
    pub rows: Vec<Vec<Vec<Inline>>>,
}

/// How a table's column is aligned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Align {
    /// As the pack has it.
    Auto,
    /// Left.
    Left,
    /// Centred.
    Center,
    /// Right.
    Right,
}

/// The kinds of GFM alerts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AlertKind {
    /// `[!NOTE]`
    Note,
    /// `[!TIP]`
    Tip,
    /// `[!IMPORTANT]`
    Important,
    /// `[!WARNING]`
    Warning,
    /// `[!CAUTION]`
    Caution,
}

impl AlertKind {
    /// Returns the kind's name in lower case, as the kit calls it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Tip => "tip",
            Self::Important => "important",
            Self::Warning => "warning",
            Self::Caution => "caution",
        }
    }
}

/// A view: a fenced block with the info string `{name}`.
#[derive(Debug, Clone, PartialEq)]
pub struct View {
    /// The name in the braces.
    pub name: String,
    /// The name's bytes in the file.
    pub name_span: Range<usize>,
    /// The body, its indentation in a list or quotation taken away; [`Text::span_of`] finds a part of it in the file.
    pub body: Text,
    /// The whole fenced block's bytes in the file.
    pub span: Range<usize>,
}

/// A directive: `::: name` … `:::`.
#[derive(Debug, Clone, PartialEq)]
pub struct Directive {
    /// What follows the opening colons: `notes`, `key-points`.
    pub name: String,
    /// The name's bytes in the file.
    pub name_span: Range<usize>,
    /// What stands between the fences.
    pub blocks: Vec<Block>,
    /// The whole directive's bytes in the file.
    pub span: Range<usize>,
}
