//! What a document tells about itself: headings, and the marks of a deck.

use super::world::{ProjectWorld, Sources};
use crate::{Heading, Point, Slide};
use typst::foundations::{Content, Label, NativeElement, Selector, StyleChain};
use typst::introspection::{Introspector, MetadataElem, PagedPosition};
use typst::model::HeadingElem;
use typst::utils::PicoStr;
use typst_layout::PagedDocument;

const SLIDE: &str = "chancery-slide";

/// Returns the headings in order.
pub(super) fn headings(world: &ProjectWorld, document: &PagedDocument) -> Vec<Heading> {
    let found = document.introspector().query(&HeadingElem::ELEM.select());
    found.iter().filter_map(|element| heading(world, document, element)).collect()
}

fn heading(world: &ProjectWorld, document: &PagedDocument, element: &Content) -> Option<Heading> {
    let heading = element.to_packed::<HeadingElem>()?;
    let (file, range) = world.place(element.span()).unzip();
    Some(Heading {
        level: heading.resolve_level(StyleChain::default()).get(),
        title: heading.body.plain_text().trim().to_owned(),
        at: position(document, element)?,
        file,
        range: range.flatten(),
    })
}

/// Returns the marks that a deck pack sets, in order.
pub(super) fn slides(document: &PagedDocument) -> Vec<Slide> {
    let Some(label) = Label::new(PicoStr::intern(SLIDE)) else { return vec![] };
    let found = document.introspector().query(&Selector::Label(label));
    found.iter().filter_map(|element| slide(document, element)).collect()
}

fn slide(document: &PagedDocument, element: &Content) -> Option<Slide> {
    let metadata = element.to_packed::<MetadataElem>()?;
    let value = serde_json::to_value(&metadata.value).ok()?;
    Some(Slide { at: position(document, element)?, value })
}

fn position(document: &PagedDocument, element: &Content) -> Option<Point> {
    document.introspector().position(element.location()?).map(point)
}

/// Returns a place of ours for one of Typst's.
pub(super) fn point(position: PagedPosition) -> Point {
    Point { page: position.page.get() - 1, x: position.point.x.to_pt(), y: position.point.y.to_pt() }
}
