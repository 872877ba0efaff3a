//! Whole sentences: alternative texts, and what a table of ranks says in words.

use super::Words;

impl Words {
    /// Returns what stands where a source has no date.
    pub fn no_date(self) -> &'static str {
        self.pick("n.d.", "연도 미상")
    }

    /// Returns what stands in the preview where a view has nothing to show.
    pub fn nothing_selected(self) -> &'static str {
        self.pick("nothing to show", "표시할 내용 없음")
    }
}
