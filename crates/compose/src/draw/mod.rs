//! Drawing: blocks of Markdown as Typst, with everything in them resolved.

mod citation;
mod directive;
mod embed;
mod frame;
mod picture;
mod prose;
mod resolver;
mod view;

use crate::finding::Found;
use crate::scene::Scene;
use crate::texts::Texts;
use crate::views::Prose;
use chancery_markup::{FileRef, Levels, Origin, View, Writer};
use chancery_model::Problem;
use std::ops::Range;
use std::sync::Arc;

pub(crate) use picture::{locate as locate_picture, picture_problem, project_path};
pub(crate) use prose::line;

/// Draws the content of one composed file.
pub(crate) struct Drawer<'a> {
    /// What is known of the whole briefing.
    pub scene: &'a Scene<'a>,
    /// The parsed files.
    pub texts: &'a mut Texts,
    /// The number of the file: `blocks/NNN.typ`.
    pub number: usize,
    /// What comes of it besides the content.
    pub out: Extras,
    levels: Levels,
    /// Snippets around what is being drawn.
    stack: Vec<String>,
    /// The embed or view in the briefing that is being drawn.
    outer: Option<Range<usize>>,
}

/// What comes of drawing besides content.
#[derive(Debug, Default)]
pub(crate) struct Extras {
    /// Data files: path and JSON.
    pub data: Vec<(String, Vec<u8>)>,
    /// Pictures: path and bytes.
    pub pictures: Vec<(String, Arc<[u8]>)>,
    /// What is wrong.
    pub found: Vec<Found>,
    /// Words that snippets add to the text.
    pub words: u32,
}

impl<'a> Drawer<'a> {
    /// Returns a drawer for the file of that number, whose headings go on from `levels`.
    pub fn new(scene: &'a Scene<'a>, texts: &'a mut Texts, number: usize, levels: Levels) -> Self {
        Self { scene, texts, number, levels, out: Extras::default(), stack: Vec::new(), outer: None }
    }

    fn find(&mut self, file: FileRef, span: &Range<usize>, problem: Problem) {
        self.out.found.push(Found::new(file, span.clone(), problem));
    }

    /// Runs `draw` with `span` as the part of the briefing that is drawn, unless that is inside another already.
    fn inside<T>(&mut self, file: FileRef, span: &Range<usize>, draw: impl FnOnce(&mut Self) -> T) -> T {
        if self.outer.is_some() || file != Texts::BRIEFING {
            return draw(self);
        }
        self.outer = Some(span.clone());
        let result = draw(self);
        self.outer = None;
        result
    }

    /// Writes a call of `draw` with data and the prose that it refers to.
    fn draw_data(
        &mut self,
        name: &str,
        json: Vec<u8>,
        prose: &[Prose],
        view: Option<(&View, FileRef)>,
        out: &mut Writer,
    ) {
        let slot = self.reserve();
        let written = prose.iter().map(|piece| self.piece(piece, view)).collect();
        self.draw_block(name, slot, json, written, out);
    }

    /// Writes a call of `draw`.
    fn draw_block(&mut self, name: &str, slot: usize, json: Vec<u8>, prose: Vec<Writer>, out: &mut Writer) {
        let Some((path, data)) = self.out.data.get_mut(slot) else { return };
        *data = json;
        out.code(&format!("#draw(\"{name}\", json(\"../{path}\")"));
        write_prose(prose, out);
        out.code(")");
    }

    /// Takes the next data file, before the prose inside takes others.
    fn reserve(&mut self) -> usize {
        let path = match self.out.data.len() {
            0 => format!("data/{:03}.json", self.number),
            more => format!("data/{:03}-{more}.json", self.number),
        };
        self.out.data.push((path, Vec::new()));
        self.out.data.len() - 1
    }

    /// Returns inlines of the briefing as plain text.
    pub fn plain(&self, inlines: &[chancery_markup::Inline]) -> String {
        crate::plain::text(inlines, self.scene.request, self.scene.words)
    }

    /// Writes a placeholder within a line.
    fn missing(&mut self, text: &str, out: &mut Writer) {
        out.code("#kit.missing(");
        out.literal(text);
        out.code(")");
    }

    /// Writes a placeholder as a block.
    fn missing_block(&mut self, text: &str, out: &mut Writer) {
        out.code("#kit.missing-block(");
        out.literal(text);
        out.code(")");
    }
}

/// Writes the argument `prose` of a call of `draw`; nothing where there is none.
fn write_prose(prose: Vec<Writer>, out: &mut Writer) {
    if prose.is_empty() {
        return;
    }
    out.code(", prose: (\n");
    for piece in prose {
        out.code("  [");
        out.append(piece);
        out.code("],\n");
    }
    out.code(")");
}

/// The place in its file that generated content stands for.
fn origin(file: FileRef, span: &Range<usize>) -> Origin {
    Origin::new(file, span.clone())
}
