//! The files of one unit of a briefing, drawn or kept from the last time.

use crate::draw::Drawer;
use crate::finding::Found;
use crate::plan::{Part, Unit};
use crate::scene::Scene;
use crate::texts::{Parsed, Texts};
use chancery_markup::{Scope, SourceMap, Writer, write_blocks};
use std::sync::Arc;

/// The first line of each block's file.
const PREAMBLE: &str = "#import \"../api.typ\": draw, kit\n";

/// A unit's files.
#[derive(Debug)]
pub(crate) struct DrawnUnit {
    /// Its number.
    pub number: usize,
    /// Where it started in the briefing when it was drawn.
    pub start: usize,
    /// Its Typst.
    pub code: Arc<[u8]>,
    /// Where that comes from.
    pub map: Arc<SourceMap>,
    /// Data and pictures, by path.
    pub files: Vec<(String, Arc<[u8]>)>,
    /// What is wrong in it.
    pub found: Vec<Found>,
    /// Words that snippets add to its text.
    pub words: u32,
}

/// Returns the path of the file of that number.
pub(crate) fn block_path(number: usize) -> String {
    format!("blocks/{number:03}.typ")
}

/// Draws a unit; `inner` are the numbers of the units in a slide or section.
pub(crate) fn draw(
    scene: &Scene<'_>,
    texts: &mut Texts,
    unit: &Unit<'_>,
    parsed: &Parsed,
    number: usize,
    inner: &[usize],
) -> DrawnUnit {
    let mut drawer = Drawer::new(scene, texts, number, unit.levels.clone());
    let mut out = Writer::new();
    out.code(PREAMBLE);
    match &unit.part {
        Part::Block(block) => {
            write_blocks(std::slice::from_ref(block), &Scope::of(&parsed.document), &mut drawer, &mut out)
        }
        Part::Frame(frame) => drawer.frame(frame, parsed, inner, &mut out),
    }
    out.code("\n");
    let extras = drawer.out;
    let typst = out.finish();
    let data = extras.data.into_iter().map(|(path, json)| (path, json.into()));
    DrawnUnit {
        number,
        start: unit.span.start,
        code: typst.code.into_bytes().into(),
        map: Arc::new(typst.map),
        files: data.chain(extras.pictures).collect(),
        found: extras.found,
        words: extras.words,
    }
}
