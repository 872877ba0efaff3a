//! Lines, offsets and near misses.

use std::ops::Range;

/// Where the lines of a text start: byte offsets to lines and UTF-16 offsets and back.
#[derive(Debug, Clone)]
pub struct LineIndex {
    starts: Vec<usize>,
    len: usize,
}

impl LineIndex {
    /// Returns the index of `text`.
    pub fn new(text: &str) -> Self {
        let starts = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        Self { starts, len: text.len() }
    }

    /// Returns the line of a byte offset, from 0.
    pub fn line(&self, offset: usize) -> usize {
        self.starts.partition_point(|start| *start <= offset).saturating_sub(1)
    }

    /// Returns the bytes of a line, its end included; empty past the last one.
    pub fn range(&self, line: usize) -> Range<usize> {
        let start = self.starts.get(line).copied().unwrap_or(self.len);
        start..self.starts.get(line + 1).copied().unwrap_or(self.len)
    }

    /// Returns the number of lines; a text that ends in a line end has an empty last one.
    pub fn lines(&self) -> usize {
        self.starts.len()
    }
}

/// Returns the candidate nearest to `word`, where at most a third of its letters differ, capitals aside.
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let length = word.chars().count();
    let limit = if length < 3 { 0 } else { length / 3 };
    let letters = letters(word);
    candidates
        .into_iter()
        // Among 100,000 ids most are ruled out by their length or letters alone.
        .filter(|candidate| candidate.chars().count().abs_diff(length) <= limit)
        .filter(|candidate| (self::letters(candidate) ^ letters).count_ones() as usize <= 2 * limit)
        .map(|candidate| (distance(word, candidate, limit), candidate))
        .filter(|(distance, _)| *distance <= limit)
        .min()
        .map(|(_, candidate)| candidate)
}

/// A set of a word's letters; one edit changes at most two of them.
fn letters(word: &str) -> u64 {
    word.chars().flat_map(char::to_lowercase).fold(0, |set, c| set | 1 << (c as u32 % 64))
}

/// Edits (insert, delete, replace, swap of neighbours) between two words; past `limit` any larger number.
fn distance(a: &str, b: &str, limit: usize) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.to_lowercase().chars().collect(), b.to_lowercase().chars().collect());
    if a.len().abs_diff(b.len()) > limit {
        return limit + 1;
    }
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, y) in b.iter().enumerate() {
            let mut best = (last[j] + usize::from(x != y)).min(last[j + 1] + 1).min(row[j] + 1);
            if i > 0 && j > 0 && *x == b[j - 1] && a[i - 1] == *y {
                best = best.min(before[j - 1] + 1);
            }
            row.push(best);
        }
        before = std::mem::replace(&mut last, row);
    }
    last[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_name_is_found_and_far_ones_are_not() {
        let ids = ["itpp-2023", "ipcp-2012", "ccdcoe-accession"];
        assert_eq!(nearest("ittp-2023", ids), Some("itpp-2023"));
        assert_eq!(nearest("ccdcoe-acession", ids), Some("ccdcoe-accession"));
        assert_eq!(nearest("budget", ids), None);
    }
}
