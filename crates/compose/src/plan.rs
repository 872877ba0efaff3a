//! How a briefing's blocks are parted: one file a top-level block; in a deck, slides and sections around them.

use chancery_markup::{Block, BlockKind, Inline, Levels};
use std::ops::Range;

/// One file of the composed briefing.
#[derive(Debug, Clone)]
pub(crate) struct Unit<'a> {
    /// What stands in it.
    pub part: Part<'a>,
    /// Bytes of the briefing.
    pub span: Range<usize>,
    /// The levels of headings before it.
    pub levels: Levels,
}

/// What stands in a file.
#[derive(Debug, Clone)]
pub(crate) enum Part<'a> {
    /// A block of the text.
    Block(&'a Block),
    /// A slide or section around blocks in files of their own.
    Frame(Frame<'a>),
}

/// A slide or a section.
#[derive(Debug, Clone)]
pub(crate) struct Frame<'a> {
    /// Which of the two.
    pub kind: FrameKind,
    /// Its number, from 1.
    pub number: usize,
    /// Its title.
    pub title: Option<&'a [Inline]>,
    /// The level of its heading.
    pub level: u8,
    /// The title of the section around a slide.
    pub section: Option<&'a [Inline]>,
    /// Whether it goes on with the slide before.
    pub continued: bool,
    /// The blocks of its speaker notes.
    pub notes: Vec<&'a [Block]>,
    /// How many of the following units stand in it.
    pub blocks: usize,
}

/// A slide or a section.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum FrameKind {
    Section,
    Slide,
}

impl FrameKind {
    /// Returns the block that draws it.
    pub fn block(self) -> &'static str {
        match self {
            Self::Section => "section",
            Self::Slide => "slide",
        }
    }
}

/// Returns the files of a note: one a block.
pub(crate) fn note(blocks: &[Block]) -> Vec<Unit<'_>> {
    let mut levels = Levels::new();
    let mut units = Vec::with_capacity(blocks.len());
    for block in blocks.iter().filter(|block| !is_left_out(block)) {
        units.push(Unit { part: Part::Block(block), span: block.span.clone(), levels: levels.clone() });
        take_headings(block, &mut levels);
    }
    units
}

/// Returns the files of a deck: `#` starts a section, `##` a slide, `---` splits one.
pub(crate) fn deck(blocks: &[Block]) -> Vec<Unit<'_>> {
    let mut deck = Deck::default();
    for block in blocks {
        deck.take(block);
    }
    deck.units
}

#[derive(Default)]
struct Deck<'a> {
    units: Vec<Unit<'a>>,
    /// The frame that takes the next block: its index.
    open: Option<usize>,
    section: Option<&'a [Inline]>,
    sections: usize,
    slides: usize,
    levels: Levels,
}

impl<'a> Deck<'a> {
    fn take(&mut self, block: &'a Block) {
        match &block.kind {
            BlockKind::Heading { level: 1, content } => {
                self.section = Some(content);
                self.sections += 1;
                self.frame(FrameKind::Section, self.sections, Some(content), false, block.span.clone());
            }
            BlockKind::Heading { level: 2, content } => self.slide(Some(content), false, block.span.clone()),
            BlockKind::ThematicBreak => {
                let title = self.open_slide().and_then(|frame| frame.title);
                self.slide(title, title.is_some(), block.span.clone());
            }
            BlockKind::Directive(directive) if directive.name == "notes" => {
                if self.open.is_none() {
                    self.slide(None, false, block.span.start..block.span.start);
                }
                if let Some(frame) = self.open_frame() {
                    frame.notes.push(&directive.blocks);
                }
            }
            _ => self.block(block),
        }
    }

    fn block(&mut self, block: &'a Block) {
        if self.open.is_none() {
            self.slide(None, false, block.span.start..block.span.start);
        }
        if let Some(frame) = self.open_frame() {
            frame.blocks += 1;
        }
        self.units.push(Unit { part: Part::Block(block), span: block.span.clone(), levels: self.levels.clone() });
        take_headings(block, &mut self.levels);
    }

    fn slide(&mut self, title: Option<&'a [Inline]>, continued: bool, span: Range<usize>) {
        self.slides += 1;
        self.frame(FrameKind::Slide, self.slides, title, continued, span);
    }

    fn frame(
        &mut self,
        kind: FrameKind,
        number: usize,
        title: Option<&'a [Inline]>,
        continued: bool,
        span: Range<usize>,
    ) {
        let level = if kind == FrameKind::Section || self.section.is_none() { 1 } else { 2 };
        let section = self.section.filter(|_| kind == FrameKind::Slide);
        let frame = Frame { kind, number, title, level, section, continued, notes: Vec::new(), blocks: 0 };
        self.levels = Levels::below(if title.is_some() { level } else { level - 1 });
        self.open = Some(self.units.len());
        self.units.push(Unit { part: Part::Frame(frame), span, levels: self.levels.clone() });
    }

    fn open_frame(&mut self) -> Option<&mut Frame<'a>> {
        match &mut self.units.get_mut(self.open?)?.part {
            Part::Frame(frame) => Some(frame),
            Part::Block(_) => None,
        }
    }

    fn open_slide(&mut self) -> Option<&mut Frame<'a>> {
        self.open_frame().filter(|frame| frame.kind == FrameKind::Slide)
    }
}

/// Speaker notes have no place in a note.
fn is_left_out(block: &Block) -> bool {
    matches!(&block.kind, BlockKind::Directive(directive) if directive.name == "notes")
}

/// Goes past the headings of a block, in the order in which they are written.
fn take_headings(block: &Block, levels: &mut Levels) {
    match &block.kind {
        BlockKind::Heading { level, .. } => {
            levels.next(*level);
        }
        BlockKind::Quote(blocks) | BlockKind::Alert { blocks, .. } => {
            blocks.iter().for_each(|b| take_headings(b, levels))
        }
        BlockKind::List(list) => {
            list.items.iter().flat_map(|item| &item.blocks).for_each(|block| take_headings(block, levels));
        }
        BlockKind::Directive(directive) => directive.blocks.iter().for_each(|block| take_headings(block, levels)),
        _ => {}
    }
}
