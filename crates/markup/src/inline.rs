//! Inlines: what stands in a line.

use crate::origin::Text;
use std::ops::Range;

/// An inline and its bytes in the file.
#[derive(Debug, Clone, PartialEq)]
pub struct Inline {
    /// Bytes in the file.
    pub span: Range<usize>,
    /// What the inline is.
    pub kind: InlineKind,
}

/// What an inline is.
#[derive(Debug, Clone, PartialEq)]
pub enum InlineKind {
    /// Text, its escapes and entities resolved.
    Text(Text),
    /// A line end within a paragraph.
    SoftBreak,
    /// A hard line break.
    HardBreak,
    /// A code span.
    Code(Text),
    /// Raw HTML: its source text.
    Html(Text),
    /// Emphasis.
    Emph(Vec<Inline>),
    /// Strong emphasis.
    Strong(Vec<Inline>),
    /// Strikethrough.
    Strike(Vec<Inline>),
    /// A link of an allowed scheme.
    Link(Link),
    /// A picture within a line.
    Picture(Picture),
    /// The use of a footnote.
    Footnote(FootnoteUse),
    /// `![[id]]` within a line.
    Embed(EmbedCall),
    /// `[[id]]`.
    Reference(Reference),
    /// `[@key, p. 4]` or `@key`.
    Citation(Citation),
}

/// A link; its address begins with `http:`, `https:` or `mailto:`.
#[derive(Debug, Clone, PartialEq)]
pub struct Link {
    /// The address.
    pub url: String,
    /// What stands between the brackets.
    pub content: Vec<Inline>,
}

/// A picture: `![alt](target "title")` or `![[target.png|alt]]`.
#[derive(Debug, Clone, PartialEq)]
pub struct Picture {
    /// The address as written, its escapes resolved.
    pub target: String,
    /// The alternative text.
    pub alt: String,
    /// The title; a caption where the picture stands alone.
    pub title: Option<String>,
    /// The width in CSS pixels that Obsidian writes after the bar.
    pub width: Option<u32>,
    /// Bytes in the file.
    pub span: Range<usize>,
}

/// The use of a footnote.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FootnoteUse {
    /// Which of [`crate::Document::footnotes`].
    pub note: usize,
    /// How the note is printed here.
    pub print: NotePrint,
}

/// How a use of a footnote is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotePrint {
    /// In full, and labelled where [`crate::Resolver::note_label`] names a label: other uses refer to it.
    First,
    /// As the mark of the one printed already, where it has a label.
    Again,
    /// In full, on its own: the text has no other use, or this one may not be printed or be printed often (a table's header,
    /// speaker notes).
    Alone,
}

/// `![[target]]`, with what follows the target.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EmbedCall {
    /// The snippet's id.
    pub target: String,
    /// The target's bytes in the file.
    pub target_span: Range<usize>,
    /// `#field`, whose value is shown.
    pub field: Option<Field>,
    /// `|short`, `|title`, `|full`, or what else stands there.
    pub variant: Option<String>,
    /// Bytes in the file.
    pub span: Range<usize>,
}

/// The field of a snippet that an embed shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// The field's name.
    pub name: String,
    /// `+unit`: whether the unit is shown too.
    pub with_unit: bool,
}

/// `[[id]]` or `[[id|text]]`.
#[derive(Debug, Clone, PartialEq)]
pub struct Reference {
    /// The snippet's id.
    pub target: String,
    /// The target's bytes in the file.
    pub target_span: Range<usize>,
    /// What is printed; none for the snippet's title.
    pub text: Option<Vec<Inline>>,
    /// Bytes in the file.
    pub span: Range<usize>,
}

/// One citation of one or more sources.
#[derive(Debug, Clone, PartialEq)]
pub struct Citation {
    /// The sources, in order.
    pub items: Vec<CiteItem>,
    /// How it was written.
    pub form: CiteForm,
    /// The same characters as plain text, for where an `@word` is no source.
    pub literal: Vec<Inline>,
    /// Bytes in the file.
    pub span: Range<usize>,
}

/// How a citation is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CiteForm {
    /// `[@key, p. 4]`
    Bracketed,
    /// `@key` or `@key [p. 4]` in the running text; text where no source has that key.
    InText,
}

/// One source of a citation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CiteItem {
    /// What stands before the key, trimmed: `see`.
    pub prefix: String,
    /// The source's key.
    pub key: String,
    /// The key's bytes in the file, without the `@`.
    pub key_span: Range<usize>,
    /// What stands behind the key, its comma and blanks taken away: `pp. 3–4 and elsewhere`.
    pub locator: String,
    /// `-@key`: whether the author's name is left out.
    pub suppress_author: bool,
    /// The item's bytes in the file.
    pub span: Range<usize>,
}

/// Returns the text of inlines without their formatting; an embed, a reference without text and a citation as written.
pub fn plain_text(inlines: &[Inline]) -> String {
    let mut out = String::new();
    push_plain(inlines, &mut out);
    out
}

fn push_plain(inlines: &[Inline], out: &mut String) {
    for inline in inlines {
        match &inline.kind {
            InlineKind::Text(text) | InlineKind::Code(text) | InlineKind::Html(text) => out.push_str(text.as_str()),
            InlineKind::SoftBreak | InlineKind::HardBreak => out.push(' '),
            InlineKind::Emph(content) | InlineKind::Strong(content) | InlineKind::Strike(content) => {
                push_plain(content, out)
            }
            InlineKind::Link(link) => push_plain(&link.content, out),
            InlineKind::Picture(picture) => out.push_str(&picture.alt),
            InlineKind::Footnote(_) => {}
            InlineKind::Embed(call) => out.push_str(&call.to_string()),
            InlineKind::Reference(reference) => match &reference.text {
                Some(text) => push_plain(text, out),
                None => out.push_str(&reference.target),
            },
            InlineKind::Citation(citation) => push_plain(&citation.literal, out),
        }
    }
}

impl std::fmt::Display for EmbedCall {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "![[{}", self.target)?;
        if let Some(field) = &self.field {
            write!(f, "#{}{}", field.name, if field.with_unit { "+unit" } else { "" })?;
        }
        if let Some(variant) = &self.variant {
            write!(f, "|{variant}")?;
        }
        f.write_str("]]")
    }
}
