//! Pictures as small files: a window has few colours.

use image::codecs::png::{CompressionType, FilterType, PngEncoder};
use image::{RgbImage, RgbaImage};
use std::collections::HashMap;
use std::fs::File;
use std::io::BufWriter;
use std::path::Path;

/// Writes a picture with the 256 colours that it has most of; each other one becomes the nearest of them.
pub fn save(picture: &RgbaImage, path: &Path) {
    let mut counts: HashMap<[u8; 3], usize> = HashMap::new();
    for pixel in picture.pixels() {
        *counts.entry([pixel.0[0], pixel.0[1], pixel.0[2]]).or_default() += 1;
    }
    let palette = palette(&counts);
    let mut nearest: HashMap<[u8; 3], [u8; 3]> = HashMap::new();
    let mut small = RgbImage::new(picture.width(), picture.height());
    for (pixel, reduced) in picture.pixels().zip(small.pixels_mut()) {
        let color = [pixel.0[0], pixel.0[1], pixel.0[2]];
        reduced.0 = *nearest.entry(color).or_insert_with(|| nearest_of(&palette, color));
    }
    let file = BufWriter::new(File::create(path).expect("a picture file"));
    let encoder = PngEncoder::new_with_quality(file, CompressionType::Best, FilterType::NoFilter);
    small.write_with_encoder(encoder).expect("PNG");
}

/// Returns up to 256 colours: those there is most of, none of them hardly another than one before it.
fn palette(counts: &HashMap<[u8; 3], usize>) -> Vec<[u8; 3]> {
    let mut colors: Vec<([u8; 3], usize)> = counts.iter().map(|(color, count)| (*color, *count)).collect();
    colors.sort_by_key(|(color, count)| (std::cmp::Reverse(*count), *color));
    let mut chosen: Vec<[u8; 3]> = Vec::new();
    for (color, count) in colors {
        // Grounds are kept as they are; shades of letters only where none is near.
        if count > 2000 || chosen.iter().all(|other| distance(*other, color) > 40) {
            chosen.push(color);
        }
        if chosen.len() == 256 {
            break;
        }
    }
    chosen
}

fn nearest_of(palette: &[[u8; 3]], color: [u8; 3]) -> [u8; 3] {
    palette.iter().copied().min_by_key(|other| distance(*other, color)).unwrap_or(color)
}

/// Returns the square of how far two colours are from each other.
fn distance(a: [u8; 3], b: [u8; 3]) -> u32 {
    (0..3).map(|channel| u32::from(a[channel].abs_diff(b[channel])).pow(2)).sum()
}
