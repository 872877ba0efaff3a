//! Page images that were handed out lately.

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex, PoisonError};

/// How many images are kept: some screens full.
const KEPT: usize = 96;

/// A page's hash, and how many pixels wide its image is.
pub type Size = (u128, u32);

/// Page images as PNG, the newest kept.
#[derive(Debug, Default)]
pub struct PageImages {
    kept: Mutex<Kept>,
}

#[derive(Debug, Default)]
struct Kept {
    images: HashMap<Size, Arc<[u8]>>,
    order: VecDeque<Size>,
}

impl PageImages {
    /// Keeps an image.
    pub fn keep(&self, size: Size, image: Arc<[u8]>) {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.images.insert(size, image).is_none() {
            kept.order.push_back(size);
        }
        while kept.order.len() > KEPT {
            if let Some(oldest) = kept.order.pop_front() {
                kept.images.remove(&oldest);
            }
        }
    }

    /// Returns an image that is still kept.
    pub fn get(&self, size: Size) -> Option<Arc<[u8]>> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner).images.get(&size).cloned()
    }
}

/// Returns the name of a page's image.
pub fn name(hash: u128) -> String {
    format!("{hash:032x}")
}

/// Returns the hash that a name spells.
pub fn parse(name: &str) -> Option<u128> {
    u128::from_str_radix(name, 16).ok()
}
