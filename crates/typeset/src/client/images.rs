//! Page images that came from the worker, the newest ones kept.

use std::collections::{HashMap, VecDeque};
use std::sync::Arc;

/// Bytes to keep: a hundred pages and more.
const LIMIT: usize = 64 << 20;

/// SVG by page hash.
#[derive(Debug, Default)]
pub(super) struct Images {
    svgs: HashMap<u128, Arc<str>>,
    order: VecDeque<u128>,
    bytes: usize,
}

impl Images {
    pub fn get(&self, hash: u128) -> Option<Arc<str>> {
        self.svgs.get(&hash).cloned()
    }

    pub fn insert(&mut self, hash: u128, svg: Arc<str>) {
        self.bytes += svg.len();
        match self.svgs.insert(hash, svg) {
            Some(old) => self.bytes -= old.len(),
            None => self.order.push_back(hash),
        }
        while self.bytes > LIMIT && self.order.len() > 1 {
            let oldest = self.order.pop_front().and_then(|hash| self.svgs.remove(&hash));
            self.bytes -= oldest.map_or(0, |svg| svg.len());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_oldest_go_first() {
        let mut images = Images::default();
        let half: Arc<str> = " ".repeat(LIMIT / 2).into();
        for hash in [1, 2, 2, 3] {
            images.insert(hash, half.clone());
        }
        assert_eq!([1, 2, 3].map(|hash| images.get(hash).is_some()), [false, true, true]);
    }
}
