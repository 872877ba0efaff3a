//! From a point of a page to what was written there, and back.

use super::outline::point as of_typst;
use super::world::{Sources, file_id, file_name};
use crate::{Found, Link, Point as Place};
use typst::layout::{Abs, Frame, FrameItem, GroupItem, Point, Size};
use typst::model::Destination;
use typst::syntax::{FileId, Source, Span, SyntaxKind, VirtualRoot};
use typst::text::{Glyph, TextItem};
use typst::visualize::FillRule;
use typst_layout::PagedDocument;

/// How far from a text, in points, a click still means it.
const REACH: f64 = 24.0;

/// Returns what was written at a place of the pages, or next to it.
pub(super) fn text_at(sources: &impl Sources, document: &PagedDocument, at: Place) -> Option<Found> {
    let page = document.pages().get(at.page)?;
    let mut search = Search::default();
    search.walk(&page.frame, Some(Point::new(Abs::pt(at.x), Abs::pt(at.y))));
    let link = search.link.and_then(|to| link(document, to));
    let hit = search.text.or(search.near.map(|(_, hit)| hit)).or(search.other)?;
    let (id, offset) = hit.resolve(sources)?;
    let within = is_package(id).then(|| hit.outer.or_else(|| outer_before(document, at.page))).flatten();
    let within = within.and_then(|span| Some((file_name(span.id()?), sources.place(span)?.1?.start)));
    Some(Found { file: file_name(id), offset, within, link })
}

fn link(document: &PagedDocument, to: &Destination) -> Option<Link> {
    match to {
        Destination::Url(url) => Some(Link::Url(url.to_string())),
        Destination::Position(position) => Some(Link::Page(of_typst(*position))),
        Destination::Location(location) => document.introspector().position(*location).map(of_typst).map(Link::Page),
    }
}

fn is_package(id: FileId) -> bool {
    matches!(id.root(), VirtualRoot::Package(_))
}

/// Returns the last element written outside of packages on the pages before one.
fn outer_before(document: &PagedDocument, page: usize) -> Option<Span> {
    document.pages()[..page].iter().rev().find_map(|page| {
        let mut search = Search::default();
        search.walk(&page.frame, None);
        search.outer
    })
}

/// A walk through a page for what is under a point; what is drawn later lies above.
#[derive(Default)]
struct Search<'a> {
    link: Option<&'a Destination>,
    text: Option<Hit>,
    near: Option<(Abs, Hit)>,
    other: Option<Hit>,
    outer: Option<Span>,
}

/// A span, bytes into its node, and the element outside of packages that it belongs to.
#[derive(Clone, Copy)]
struct Hit {
    span: Span,
    offset: usize,
    outer: Option<Span>,
}

impl<'a> Search<'a> {
    fn walk(&mut self, frame: &'a Frame, click: Option<Point>) {
        for (pos, item) in frame.items() {
            let click = click.map(|click| click - *pos);
            match item {
                FrameItem::Group(group) => self.walk(&group.frame, click.and_then(|click| into_group(group, click))),
                FrameItem::Text(text) => self.look_at(text, click),
                FrameItem::Link(to, size) if click.is_some_and(|click| contains(*size, click)) => self.link = Some(to),
                FrameItem::Image(_, size, span) if click.is_some_and(|click| contains(*size, click)) => {
                    self.other = Some(self.hit(*span, 0));
                }
                FrameItem::Shape(shape, span) => {
                    let bounds = shape.bbox(true);
                    if click.is_some_and(|click| contains(bounds.size(), click - bounds.min)) {
                        self.other = Some(self.hit(*span, 0));
                    }
                }
                FrameItem::Tag(typst::introspection::Tag::Start(element, _)) => {
                    let span = element.span();
                    if span.id().is_some_and(|id| !is_package(id)) {
                        self.outer = Some(span);
                    }
                }
                _ => {}
            }
        }
    }

    fn hit(&self, span: Span, offset: usize) -> Hit {
        Hit { span, offset, outer: self.outer }
    }

    fn look_at(&mut self, text: &TextItem, click: Option<Point>) {
        let Some(click) = click else { return };
        let Some((glyph, after)) = glyph_at(text, click.x) else { return };
        let offset = usize::from(glyph.span.1) + if after { glyph.range().len() } else { 0 };
        let distance = distance(text, click);
        if distance == Abs::zero() {
            self.text = Some(self.hit(glyph.span.0, offset));
        } else if distance <= Abs::pt(REACH) && self.near.is_none_or(|(other, _)| distance < other) {
            self.near = Some((distance, self.hit(glyph.span.0, offset)));
        }
    }
}

fn into_group(group: &GroupItem, click: Point) -> Option<Point> {
    let clipped = group.clip.as_ref().is_some_and(|clip| !clip.contains(FillRule::NonZero, click));
    let inverse = group.transform.invert().filter(|_| !clipped)?;
    Some(click.transform_inf(inverse))
}

fn contains(size: Size, click: Point) -> bool {
    let within = |at: Abs, length: Abs| Abs::zero() <= at && at <= length;
    within(click.x, size.x) && within(click.y, size.y)
}

/// Returns how far a click, from the start of a text's baseline, is from its line.
fn distance(text: &TextItem, click: Point) -> Abs {
    let beyond = |at: Abs, from: Abs, to: Abs| (from - at).max(at - to).max(Abs::zero());
    let across = beyond(click.x, Abs::zero(), text.width());
    let down = beyond(click.y, -text.size, text.size * 0.3);
    Point::new(across, down).hypot()
}

/// Returns the glyph at a distance from a text's start, or the nearest, and whether its second half was meant.
fn glyph_at(text: &TextItem, x: Abs) -> Option<(&Glyph, bool)> {
    let mut start = Abs::zero();
    for glyph in &text.glyphs {
        let width = glyph.x_advance.at(text.size);
        if x <= start + width {
            return Some((glyph, x > start + width / 2.0));
        }
        start += width;
    }
    text.glyphs.last().map(|glyph| (glyph, true))
}

impl Hit {
    fn resolve(&self, sources: &impl Sources) -> Option<(FileId, usize)> {
        let id = self.span.id()?;
        let source = sources.get(id)?;
        let range = source.find(self.span)?;
        let offset = if is_text(range.kind()) { self.offset.min(range.range().len()) } else { 0 };
        Some((id, range.offset() + offset))
    }
}

fn is_text(kind: SyntaxKind) -> bool {
    matches!(kind, SyntaxKind::Text | SyntaxKind::MathText)
}

/// Returns where the text at, or next to, a byte offset of a file stands: once for each page that shows it.
pub(super) fn page_at(sources: &impl Sources, document: &PagedDocument, file: &str, offset: usize) -> Vec<Place> {
    let Some(source) = file_id(file).and_then(|id| sources.get(id)) else { return vec![] };
    let mut search = Places { source: &source, offset, node: None, best: None, found: vec![] };
    for (page, layout) in document.pages().iter().enumerate() {
        search.walk(&layout.frame, &mut |point| Place { page, x: point.x.to_pt(), y: point.y.to_pt() });
    }
    search.found.dedup_by_key(|place| place.page);
    if search.found.is_empty() { elements_of(document, &source, offset) } else { search.found }
}

/// A walk through the pages for the text nearest to an offset of one file.
struct Places<'a> {
    source: &'a Source,
    offset: usize,
    /// The node that the last glyph belonged to, and where it starts.
    node: Option<(Span, Option<usize>)>,
    best: Option<usize>,
    found: Vec<Place>,
}

impl Places<'_> {
    fn walk(&mut self, frame: &Frame, place: &mut dyn FnMut(Point) -> Place) {
        for (pos, item) in frame.items() {
            match item {
                FrameItem::Group(group) => {
                    self.walk(&group.frame, &mut |point| place(*pos + point.transform(group.transform)));
                }
                FrameItem::Text(text) => self.look_at(text, *pos, place),
                _ => {}
            }
        }
    }

    fn look_at(&mut self, text: &TextItem, mut pos: Point, place: &mut dyn FnMut(Point) -> Place) {
        for glyph in &text.glyphs {
            if let Some(distance) = self.distance(glyph) {
                if self.best.is_none_or(|best| distance < best) {
                    self.best = Some(distance);
                    self.found.clear();
                }
                if self.best == Some(distance) {
                    self.found.push(place(pos));
                }
            }
            pos.x += glyph.x_advance.at(text.size);
        }
    }

    /// Returns how many bytes a glyph is away; text before the offset is preferred to text behind it.
    fn distance(&mut self, glyph: &Glyph) -> Option<usize> {
        let (span, within) = glyph.span;
        if span.id() != Some(self.source.id()) {
            return None;
        }
        let start = match self.node {
            Some((own, start)) if own == span => start,
            _ => self.source.find(span).map(|node| node.offset()),
        };
        self.node = Some((span, start));
        let at = start? + usize::from(within);
        Some(if at <= self.offset { 2 * (self.offset - at) } else { 2 * (at - self.offset) + 1 })
    }
}

/// Returns the place of the element of a file that is nearest to an offset, for a file that no text comes from.
fn elements_of(document: &PagedDocument, source: &Source, offset: usize) -> Vec<Place> {
    let introspector = document.introspector();
    let elements = introspector.elements().all().filter(|element| element.span().id() == Some(source.id()));
    let placed = elements.filter_map(|element| {
        let start = source.find(element.span())?.offset();
        Some((start.abs_diff(offset), introspector.position(element.location()?)?))
    });
    placed.min_by_key(|(distance, _)| *distance).map(|(_, position)| of_typst(position)).into_iter().collect()
}
