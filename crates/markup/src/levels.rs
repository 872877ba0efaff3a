//! Levels of headings.

/// Makes the levels of headings fit a page: the first is the highest, and none is skipped.
///
/// A heading goes one level below the nearest one before it that was written with fewer `#`.
#[derive(Debug, Clone, Default)]
pub struct Levels {
    base: u8,
    written: Vec<u8>,
}

impl Levels {
    /// Returns levels that start at 1.
    pub fn new() -> Self {
        Self::default()
    }

    /// Returns levels that start below a heading of level `above`, for what is embedded under it.
    pub fn below(above: u8) -> Self {
        Self { base: above, written: Vec::new() }
    }

    /// Returns the level for the next heading, written with the level `written`.
    pub fn next(&mut self, written: u8) -> u8 {
        while self.written.last().is_some_and(|above| *above >= written) {
            self.written.pop();
        }
        self.written.push(written);
        self.current()
    }

    /// Returns the level of the heading that the text now stands under; 0, or that above, before the first.
    pub fn current(&self) -> u8 {
        self.base.saturating_add(u8::try_from(self.written.len()).unwrap_or(u8::MAX))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_is_the_highest_and_none_is_skipped() {
        let mut levels = Levels::new();
        let got: Vec<u8> = [3, 3, 5, 4, 2, 6, 1, 3].into_iter().map(|level| levels.next(level)).collect();
        assert_eq!(got, [1, 1, 2, 2, 1, 2, 1, 2]);
    }

    #[test]
    fn an_embed_stays_below_the_heading_it_stands_under() {
        let mut levels = Levels::below(2);
        assert_eq!([levels.current(), levels.next(1), levels.next(2), levels.next(1)], [2, 3, 4, 3]);
    }
}
