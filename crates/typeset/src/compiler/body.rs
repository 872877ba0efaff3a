//! How much stands on a page, apart from what stands on each page.

use crate::Body;
use typst::foundations::{Content, StyleChain};
use typst::introspection::{Location, Tag};
use typst::layout::{Abs, Frame, FrameItem, Point, Transform};
use typst::pdf::{ArtifactElem, ArtifactKind};

/// Lines that are nearer to each other than this share of their letters' size stand side by side.
const SIDE_BY_SIDE: f64 = 0.85;

/// A walk through a page for what stands in its text area.
#[derive(Default)]
struct Walk {
    /// Baselines and sizes of the text.
    lines: Vec<(Abs, Abs)>,
    /// From where to where something is drawn, text and pictures apart from shapes.
    drawn: Vec<(Abs, Abs)>,
    pictures: bool,
    /// The header, footer or ground that is being walked through, and whether it is a footer.
    aside: Option<(Location, bool)>,
    /// Where the footer begins.
    foot: Option<Abs>,
}

/// Returns how much stands on a page.
pub(super) fn body(frame: &Frame) -> Body {
    let mut walk = Walk::default();
    walk.frame(frame, Transform::identity());
    walk.lines.sort_by_key(|(baseline, _)| *baseline);
    let edge = frame.height();
    // Text that is drawn over the footer does not fit; a picture may reach as far as the page does.
    let text_ends = walk.foot.unwrap_or(edge).min(edge);
    let below = walk.drawn.iter().map(|(_, bottom)| *bottom - edge).fold(Abs::zero(), Abs::max);
    let low: Vec<_> = walk.lines.iter().filter(|(baseline, _)| *baseline > text_ends).copied().collect();
    let below = low.iter().map(|(baseline, _)| *baseline - text_ends).fold(below, Abs::max);
    let top = walk.drawn.iter().map(|(top, _)| *top).reduce(Abs::min);
    let bottom = walk.drawn.iter().map(|(_, bottom)| *bottom).reduce(Abs::max);
    Body {
        lines: rows(&walk.lines),
        height: top.zip(bottom).map_or(0.0, |(top, bottom)| (bottom - top).to_pt()),
        pictures: walk.pictures,
        lines_below: rows(&low),
        below: below.to_pt(),
    }
}

/// Returns how many rows of text baselines make, in order from the top; lines side by side make one.
fn rows(lines: &[(Abs, Abs)]) -> u32 {
    let mut count = 0;
    let mut last: Option<Abs> = None;
    for (baseline, size) in lines {
        if last.is_none_or(|last| *baseline - last > *size * SIDE_BY_SIDE) {
            count += 1;
            last = Some(*baseline);
        }
    }
    count
}

impl Walk {
    fn frame(&mut self, frame: &Frame, to_page: Transform) {
        for (at, item) in frame.items() {
            let here = to_page.pre_concat(Transform::translate(at.x, at.y));
            match item {
                FrameItem::Group(group) => self.frame(&group.frame, here.pre_concat(group.transform)),
                FrameItem::Text(text) => {
                    let baseline = Point::zero().transform(here).y;
                    let size = text.size * here.sy.get().abs();
                    self.draw(baseline - size, baseline);
                    if self.aside.is_none() {
                        self.lines.push((baseline, size));
                    }
                }
                FrameItem::Image(_, size, _) => {
                    self.draw(Point::zero().transform(here).y, Point::with_y(size.y).transform(here).y);
                    self.pictures |= self.aside.is_none();
                }
                FrameItem::Shape(shape, _) if matches!(self.aside, Some((_, true))) => {
                    let bounds = shape.bbox(false);
                    self.draw(bounds.min.transform(here).y, bounds.max.transform(here).y);
                }
                FrameItem::Tag(Tag::Start(element, _)) if self.aside.is_none() => {
                    self.aside = aside(element);
                }
                FrameItem::Tag(Tag::End(location, ..)) if self.aside.is_some_and(|(own, _)| own == *location) => {
                    self.aside = None;
                }
                FrameItem::Shape(..) | FrameItem::Link(..) | FrameItem::Tag(_) => {}
            }
        }
    }

    fn draw(&mut self, top: Abs, bottom: Abs) {
        match self.aside {
            None => self.drawn.push((top, bottom)),
            Some((_, true)) => self.foot = Some(self.foot.map_or(top, |foot| foot.min(top))),
            Some((_, false)) => {}
        }
    }
}

/// Returns where an element is that stands on each page, and whether it is the footer.
fn aside(element: &Content) -> Option<(Location, bool)> {
    let kind = element.to_packed::<ArtifactElem>()?.kind.get(StyleChain::default());
    let everywhere = matches!(
        kind,
        ArtifactKind::Header | ArtifactKind::Footer | ArtifactKind::Background | ArtifactKind::Watermark
    );
    Some((element.location()?, kind == ArtifactKind::Footer)).filter(|_| everywhere)
}
