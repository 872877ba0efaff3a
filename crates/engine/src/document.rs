//! An open document: the text as the editor sees it, and as the file has it.
//!
//! The editor counts in UTF-16 code units of a text with LF and without byte order mark. The file keeps its
//! mark and each line its own ending, so that a save changes only what the analyst changed.

use crate::ipc::TextChange;
use chancery_workspace::change::Change;
use thiserror::Error;

/// The text of a file that is being edited.
#[derive(Debug, Clone)]
pub struct Document {
    /// The text as the file would have it: byte order mark and line ends included.
    full: String,
    /// Where lines start: (byte in `full`, UTF-16 offset in the editor’s text).
    lines: Vec<(usize, u32)>,
    /// The UTF-16 length of the editor’s text.
    length: u32,
    /// The number of the last edit.
    version: u32,
}

/// Why an edit was refused.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[allow(missing_docs, reason = "the messages say what the fields are")]
pub enum EditError {
    /// Edits must come one after the other.
    #[error("edit {got} came where edit {wanted} was due")]
    Order { wanted: u32, got: u32 },
    /// An offset past the end, backwards, overlapping, or inside a character.
    #[error("the edit reaches from {from} to {to} in a text of {length} units")]
    Range { from: u32, to: u32, length: u32 },
}

const MARK: char = '\u{feff}';

impl Document {
    /// Returns the document of a file’s text.
    pub fn new(full: String) -> Self {
        let mut document = Self { full, lines: Vec::new(), length: 0, version: 0 };
        document.count();
        document
    }

    /// Returns the text as the file would have it.
    pub fn full(&self) -> &str {
        &self.full
    }

    /// Returns the number of the last edit.
    pub fn version(&self) -> u32 {
        self.version
    }

    /// Returns the editor’s text: LF, no byte order mark.
    pub fn text(&self) -> String {
        self.full.trim_start_matches(MARK).replace("\r\n", "\n").replace('\r', "\n")
    }

    /// Applies one edit of the editor, whose offsets all refer to the text before it, and returns what it changes in the
    /// file's text.
    ///
    /// # Errors
    /// When the edit is out of order or does not fit the text; the text stays as it was.
    pub fn edit(&mut self, version: u32, changes: &[TextChange]) -> Result<Vec<Change>, EditError> {
        if version != self.version + 1 {
            return Err(EditError::Order { wanted: self.version + 1, got: version });
        }
        let mut edits = Vec::with_capacity(changes.len());
        let mut behind = 0;
        for change in changes {
            let error = EditError::Range { from: change.from, to: change.to, length: self.length };
            if change.from < behind || change.to < change.from {
                return Err(error);
            }
            behind = change.to;
            let (Some(from), Some(to)) = (self.byte(change.from), self.byte(change.to)) else {
                return Err(error);
            };
            edits.push(Change { range: from..to, insert: self.with_endings(&change.insert, from) });
        }
        for edit in edits.iter().rev() {
            self.full.replace_range(edit.range.clone(), &edit.insert);
        }
        self.count();
        self.version = version;
        Ok(edits)
    }

    /// Replaces the text by what the file now has, and returns what that changes for the editor.
    pub fn replace(&mut self, full: String) -> Vec<TextChange> {
        let before = self.text();
        self.full = full;
        self.count();
        let change = difference(&before, &self.text());
        if change.is_some() {
            self.version += 1;
        }
        change.into_iter().collect()
    }

    /// Returns the byte in the file’s text of an editor’s offset; none past the end or inside a character.
    pub fn byte(&self, offset: u32) -> Option<usize> {
        if offset > self.length {
            return None;
        }
        let line = self.lines.partition_point(|(_, start)| *start <= offset).saturating_sub(1);
        let (mut at, mut units) = *self.lines.get(line)?;
        let mut letters = self.full[at..].chars();
        while units < offset {
            let letter = letters.next()?;
            at += letter.len_utf8();
            units += letter.len_utf16() as u32;
        }
        (units == offset).then_some(at)
    }

    /// Returns the editor’s offset of a byte in the file’s text.
    pub fn offset(&self, byte: usize) -> u32 {
        let byte = self.full.floor_char_boundary(byte.min(self.full.len()));
        let line = self.lines.partition_point(|(start, _)| *start <= byte).saturating_sub(1);
        let (start, units) = self.lines.get(line).copied().unwrap_or_default();
        let text = self.full.get(start..byte).unwrap_or_default();
        let inside: usize = text.trim_end_matches(['\r', '\n']).chars().map(char::len_utf16).sum();
        units + inside as u32
    }

    fn count(&mut self) {
        let mark = if self.full.starts_with(MARK) { MARK.len_utf8() } else { 0 };
        self.lines.clear();
        self.lines.push((mark, 0));
        let bytes = self.full.as_bytes();
        let (mut at, mut units) = (mark, 0);
        while at < bytes.len() {
            let byte = bytes[at];
            // Continuation bytes add nothing; what UTF-8 writes in four bytes takes two units.
            units += match byte {
                0x80..=0xbf => 0,
                0xf0.. => 2,
                _ => 1,
            };
            at += 1;
            if byte == b'\r' && bytes.get(at) == Some(&b'\n') {
                at += 1;
            }
            if byte == b'\n' || byte == b'\r' {
                self.lines.push((at, units));
            }
        }
        self.length = units;
    }

    /// Returns inserted text with the line ends that its surroundings have.
    fn with_endings(&self, insert: &str, at: usize) -> String {
        let ending = self.ending_near(at);
        if ending == "\n" || !insert.contains('\n') { insert.to_owned() } else { insert.replace('\n', ending) }
    }

    /// Returns the end of the line that a byte stands in, or of the one before it.
    fn ending_near(&self, at: usize) -> &'static str {
        let next = self.lines.partition_point(|(start, _)| *start <= at);
        let start = self.lines.get(next).or_else(|| self.lines.get(next.saturating_sub(1))).map_or(0, |line| line.0);
        let before = &self.full[..start];
        match before {
            _ if before.ends_with("\r\n") => "\r\n",
            _ if before.ends_with('\r') => "\r",
            _ => "\n",
        }
    }
}

/// Returns the one change that makes `after` of `before`; none where they are equal.
fn difference(before: &str, after: &str) -> Option<TextChange> {
    if before == after {
        return None;
    }
    let start: usize = before.chars().zip(after.chars()).take_while(|(a, b)| a == b).map(|(a, _)| a.len_utf8()).sum();
    let (b, a) = (&before[start..], &after[start..]);
    let end: usize = b.chars().rev().zip(a.chars().rev()).take_while(|(x, y)| x == y).map(|(x, _)| x.len_utf8()).sum();
    let units = |text: &str| text.encode_utf16().count() as u32;
    let from = units(&before[..start]);
    Some(TextChange { from, to: from + units(&b[..b.len() - end]), insert: a[..a.len() - end].to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn change(from: u32, to: u32, insert: &str) -> TextChange {
        TextChange { from, to, insert: insert.to_owned() }
    }

    #[test]
    fn an_edit_leaves_mark_and_line_ends_as_they_were() {
        let mut document = Document::new("\u{feff}eins\r\nzwei\ndrei\r\n".to_owned());
        assert_eq!(document.text(), "eins\nzwei\ndrei\n");
        document.edit(1, &[change(4, 4, "\nneu"), change(9, 9, "!")]).expect("an edit");
        assert_eq!(document.full(), "\u{feff}eins\r\nneu\r\nzwei!\ndrei\r\n");
        assert_eq!(document.text(), "eins\nneu\nzwei!\ndrei\n");
    }

    #[test]
    fn offsets_count_utf16_units() {
        let mut document = Document::new("한😀b\r\n나".to_owned());
        assert_eq!(document.byte(1), Some(3));
        assert_eq!(document.byte(2), None, "inside a character");
        assert_eq!(document.byte(3), Some(7));
        assert_eq!(document.offset(7), 3);
        assert_eq!(document.offset(10), 5, "behind the line end");
        document.edit(1, &[change(5, 6, "다")]).expect("an edit");
        assert_eq!(document.full(), "한😀b\r\n다");
    }

    #[test]
    fn an_edit_that_does_not_fit_changes_nothing() {
        let mut document = Document::new("abc".to_owned());
        assert!(matches!(document.edit(2, &[]), Err(EditError::Order { wanted: 1, got: 2 })));
        assert!(matches!(document.edit(1, &[change(2, 9, "")]), Err(EditError::Range { .. })));
        assert!(matches!(document.edit(1, &[change(2, 3, ""), change(1, 1, "x")]), Err(EditError::Range { .. })));
        assert_eq!((document.full(), document.version()), ("abc", 0));
    }

    #[test]
    fn what_another_program_wrote_comes_as_one_change() {
        let mut document = Document::new("alpha beta gamma".to_owned());
        assert_eq!(document.replace("alpha 베타 gamma".to_owned()), vec![change(6, 10, "베타")]);
        assert_eq!(document.version(), 1);
        assert!(document.replace("alpha 베타 gamma".to_owned()).is_empty());
        assert_eq!(document.version(), 1);
    }
}
