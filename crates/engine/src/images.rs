//! Page images that were handed out lately, by hash.

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex, PoisonError};

/// How many images are kept: some screens full.
const KEPT: usize = 96;

/// Page images by hash, the newest kept.
#[derive(Debug, Default)]
pub struct PageImages {
    kept: Mutex<Kept>,
}

#[derive(Debug, Default)]
struct Kept {
    images: HashMap<u128, Arc<str>>,
    order: VecDeque<u128>,
}

impl PageImages {
    /// Keeps an image.
    pub fn keep(&self, hash: u128, image: Arc<str>) {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.images.insert(hash, image).is_none() {
            kept.order.push_back(hash);
        }
        while kept.order.len() > KEPT {
            if let Some(oldest) = kept.order.pop_front() {
                kept.images.remove(&oldest);
            }
        }
    }

    /// Returns an image that is still kept.
    pub fn get(&self, hash: u128) -> Option<Arc<str>> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner).images.get(&hash).cloned()
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
