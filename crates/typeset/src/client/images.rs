//! Page images that came from the worker, the newest ones kept.

use std::collections::{HashMap, VecDeque};
use std::sync::Arc;

/// Bytes to keep: a hundred pages and more at any size.
const LIMIT: usize = 64 << 20;

/// A page's hash, and how many pixels wide its image is.
pub(super) type Size = (u128, u32);

/// PNG by page and size.
#[derive(Debug, Default)]
pub(super) struct Images {
    kept: HashMap<Size, Arc<[u8]>>,
    order: VecDeque<Size>,
    bytes: usize,
}

impl Images {
    pub fn get(&self, size: Size) -> Option<Arc<[u8]>> {
        self.kept.get(&size).cloned()
    }

    pub fn insert(&mut self, size: Size, png: Arc<[u8]>) {
        self.bytes += png.len();
        match self.kept.insert(size, png) {
            Some(old) => self.bytes -= old.len(),
            None => self.order.push_back(size),
        }
        while self.bytes > LIMIT && self.order.len() > 1 {
            let oldest = self.order.pop_front().and_then(|size| self.kept.remove(&size));
            self.bytes -= oldest.map_or(0, |png| png.len());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_oldest_go_first() {
        let mut images = Images::default();
        let half: Arc<[u8]> = vec![0; LIMIT / 2].into();
        for hash in [1, 2, 2, 3] {
            images.insert((hash, 100), half.clone());
        }
        assert_eq!([1, 2, 3].map(|hash| images.get((hash, 100)).is_some()), [false, true, true]);
    }
}
