//! Pages as pictures for a screen.

use image::codecs::png::{CompressionType, FilterType, PngEncoder};
use image::{RgbaImage, imageops};
use std::panic::{AssertUnwindSafe, catch_unwind};
use typst::utils::Scalar;
use typst_layout::Page;
use typst_render::RenderOptions;

/// Larger ones are not drawn; 32 million pixels take 128 MB.
const MAX_PIXELS: f64 = 32e6;

/// Pixels a point that a page is drawn with at least: fine hatching would be less than a pixel, which Typst cannot draw.
const LEAST: f64 = 0.5;

/// How many times finer than that a page is drawn where Typst cannot draw it otherwise.
const FINER: [f64; 5] = [1.0, 2.0, 4.0, 8.0, 16.0];

/// Returns what draws so many pixels a point.
pub(super) fn options(scale: f64) -> RenderOptions {
    RenderOptions { pixel_per_pt: Scalar::new(scale), ..RenderOptions::default() }
}

/// Returns a page as PNG, so many pixels wide but for one that is too large; none where Typst cannot draw it. It is written for
/// speed, as it is looked at and not kept.
pub(super) fn draw(page: &Page, width: u32) -> Option<Vec<u8>> {
    let size = page.frame.size();
    let (points, area) = (size.x.to_pt(), size.x.to_pt() * size.y.to_pt());
    let scale = (f64::from(width) / points).min((MAX_PIXELS / area).sqrt());
    let scale = if scale.is_finite() { scale } else { 1.0 };
    let fits = |finer: f64| (scale * finer).powi(2) * area <= MAX_PIXELS;
    let least = (LEAST / scale).ceil().max(1.0);
    let least = if fits(least) { least } else { 1.0 };
    let mut steps = FINER.into_iter().map(|more| least * more).take_while(|finer| *finer == least || fits(*finer));
    let (picture, finer) = steps.find_map(|finer| {
        let picture = catch_unwind(AssertUnwindSafe(|| render(page, scale * finer))).ok()??;
        Some((picture, finer))
    })?;
    encode(&reduce(picture, finer))
}

fn render(page: &Page, scale: f64) -> Option<RgbaImage> {
    let pixmap = typst_render::render(page, &options(scale));
    let (width, height) = (pixmap.width(), pixmap.height());
    RgbaImage::from_raw(width, height, pixmap.take_demultiplied())
}

fn reduce(picture: RgbaImage, by: f64) -> RgbaImage {
    if by == 1.0 {
        return picture;
    }
    let side = |pixels: u32| (f64::from(pixels) / by).round().max(1.0) as u32;
    imageops::thumbnail(&picture, side(picture.width()), side(picture.height()))
}

fn encode(picture: &RgbaImage) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    let encoder = PngEncoder::new_with_quality(&mut bytes, CompressionType::Fast, FilterType::Adaptive);
    picture.write_with_encoder(encoder).ok()?;
    Some(bytes)
}
