//! From places in the Typst to places in the Markdown and back.

use crate::origin::{FileRef, Origin};
use std::ops::Range;

/// Which bytes of the Markdown each piece of Typst was made from.
///
/// *Pieces* are runs of text, sorted and apart; *regions* are what was made from a block or an inline as a whole, and nest.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SourceMap {
    pieces: Vec<Piece>,
    regions: Vec<Region>,
}

/// A run of text; byte for byte where both ranges are equally long.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Piece {
    out: Range<u32>,
    file: FileRef,
    src: Range<u32>,
}

/// What a block or an inline became as a whole.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Region {
    out: Range<u32>,
    file: FileRef,
    src: Range<u32>,
    parent: Option<u32>,
}

impl SourceMap {
    /// Returns what the bytes `out` of the Typst were made from: exactly where they are text, else the nearest block or
    /// inline around them. An empty range asks for a place.
    pub fn origin(&self, out: Range<usize>) -> Option<Origin> {
        let start = self.exact(out.start, false);
        let end = if out.is_empty() { start.clone() } else { self.exact(out.end, true) };
        match (start, end) {
            (Some(start), Some(end)) if start.file == end.file && start.span.start <= end.span.end => {
                Some(Origin::new(start.file, start.span.start..end.span.end))
            }
            _ => self.region(&out),
        }
    }

    /// Returns where in the Typst the byte `at` of a file went to, first place first; several where it is printed several
    /// times. A byte that is not printed goes to the start of the block or inline around it.
    pub fn places(&self, file: FileRef, at: usize) -> Vec<usize> {
        let at = narrow(at);
        let exact: Vec<usize> = self
            .pieces
            .iter()
            .filter(|piece| piece.file == file && piece.src.start <= at && at < piece.src.end.max(piece.src.start + 1))
            .map(|piece| if piece.is_exact() { piece.out.start + (at - piece.src.start) } else { piece.out.start } as usize)
            .collect();
        if !exact.is_empty() {
            return exact;
        }
        let around = |region: &&Region| region.file == file && region.src.start <= at && at < region.src.end;
        let smallest = self.regions.iter().filter(around).map(|region| region.src.len()).min();
        self.regions
            .iter()
            .filter(around)
            .filter(|region| Some(region.src.len()) == smallest)
            .map(|region| region.out.start as usize)
            .collect()
    }

    /// Returns the runs of text: bytes of the Typst and what they were made from.
    pub fn pieces(&self) -> impl Iterator<Item = (Range<usize>, Origin)> + '_ {
        self.pieces.iter().map(|piece| (widen(&piece.out), Origin::new(piece.file, widen(&piece.src))))
    }

    /// Where the byte `at` comes from, if it is (the end of) text.
    fn exact(&self, at: usize, end: bool) -> Option<Origin> {
        let at = narrow(at);
        let index = if end {
            self.pieces.partition_point(|piece| piece.out.end < at)
        } else {
            self.pieces.partition_point(|piece| piece.out.end <= at)
        };
        let piece = self.pieces.get(index)?;
        let inside = if end { piece.out.start < at } else { piece.out.start <= at };
        inside.then(|| {
            let src = if piece.is_exact() {
                let src = piece.src.start + (at - piece.out.start);
                src..src
            } else {
                piece.src.clone()
            };
            Origin::new(piece.file, widen(&src))
        })
    }

    /// The innermost region around `out`.
    fn region(&self, out: &Range<usize>) -> Option<Origin> {
        let (start, end) = (narrow(out.start), narrow(out.end));
        let mut at = self.regions.partition_point(|region| region.out.start <= start).checked_sub(1)?;
        loop {
            let region = &self.regions[at];
            if region.out.start <= start && end <= region.out.end && start < region.out.end.max(region.out.start + 1) {
                return Some(Origin::new(region.file, widen(&region.src)));
            }
            at = region.parent? as usize;
        }
    }

    pub(crate) fn push_piece(&mut self, out: Range<usize>, file: FileRef, src: Range<usize>) {
        let piece = Piece { out: shrink(&out), file, src: shrink(&src) };
        if let Some(last) = self.pieces.last_mut()
            && last.continues_with(&piece)
        {
            last.out.end = piece.out.end;
            last.src.end = piece.src.end;
            return;
        }
        self.pieces.push(piece);
    }

    pub(crate) fn open(&mut self, at: usize, origin: &Origin, parent: Option<u32>) -> u32 {
        let region = Region { out: narrow(at)..narrow(at), file: origin.file, src: shrink(&origin.span), parent };
        self.regions.push(region);
        narrow(self.regions.len() - 1)
    }

    pub(crate) fn close(&mut self, region: u32, at: usize) {
        if let Some(region) = self.regions.get_mut(region as usize) {
            region.out.end = narrow(at);
        }
    }

    /// Appends the map of a text that follows at `at`, inside the region `parent`.
    pub(crate) fn append(&mut self, other: SourceMap, at: usize, parent: Option<u32>) {
        let (at, first) = (narrow(at), narrow(self.regions.len()));
        let moved = |range: Range<u32>| range.start + at..range.end + at;
        self.pieces.extend(other.pieces.into_iter().map(|piece| Piece { out: moved(piece.out), ..piece }));
        self.regions.extend(other.regions.into_iter().map(|region| Region {
            out: moved(region.out),
            parent: region.parent.map(|index| index + first).or(parent),
            ..region
        }));
    }
}

impl Piece {
    fn is_exact(&self) -> bool {
        self.out.len() == self.src.len()
    }

    fn continues_with(&self, next: &Piece) -> bool {
        let same_whole = !self.is_exact() && !next.is_exact() && self.src == next.src;
        let goes_on = self.is_exact() && next.is_exact() && self.src.end == next.src.start;
        self.file == next.file && self.out.end == next.out.start && (same_whole || goes_on)
    }
}

/// Texts are far below 4 GB; past that, places are no longer told apart.
fn narrow(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

fn shrink(range: &Range<usize>) -> Range<u32> {
    narrow(range.start)..narrow(range.end)
}

fn widen(range: &Range<u32>) -> Range<usize> {
    range.start as usize..range.end as usize
}
