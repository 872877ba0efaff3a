//! Footnotes: which are used, where each is printed in full, and which are not used at all.
//!
//! A note is printed in full once, at its first use in the running text; other uses refer to it. Within notes the same
//! holds down to a small depth, so that notes that name each other end somewhere.

use crate::inline::{FootnoteUse, NotePrint};
use comrak::nodes::{Node, NodeValue};
use std::collections::HashMap;

/// How deep notes stand in notes.
const DEEPEST: u8 = 2;

/// The footnotes of a text.
#[derive(Debug, Default)]
pub(super) struct Notes<'a> {
    definitions: HashMap<String, Definition<'a>>,
    used: Vec<Used<'a>>,
}

#[derive(Debug)]
struct Definition<'a> {
    node: Node<'a>,
    uses: usize,
    index: Option<usize>,
}

/// A footnote that is used.
#[derive(Debug, Clone)]
pub(super) struct Used<'a> {
    pub(super) name: String,
    pub(super) node: Node<'a>,
    pub(super) uses: usize,
    /// 1 for a note of the running text, 2 for one within such a note.
    pub(super) depth: u8,
    /// Whether one of its uses prints it in full for the others.
    pub(super) printed: bool,
}

impl<'a> Notes<'a> {
    /// Finds the definitions that the parser resolved uses to.
    pub(super) fn of(root: Node<'a>) -> Self {
        let mut definitions = HashMap::new();
        for node in root.descendants() {
            if let NodeValue::FootnoteDefinition(definition) = &node.data().value
                && definition.total_references > 0
            {
                let uses = definition.total_references as usize;
                definitions.insert(definition.name.clone(), Definition { node, uses, index: None });
            }
        }
        Self { definitions, used: Vec::new() }
    }

    /// Returns how a use of the note `name` is printed, or none where it can only be text: `depth` is 0 in the running text,
    /// else the depth of the note around it; `alone` is whether what stands here may be printed often or never.
    pub(super) fn use_of(&mut self, name: &str, depth: u8, alone: bool) -> Option<FootnoteUse> {
        let definition = self.definitions.get_mut(name)?;
        let printed = definition.index.and_then(|index| self.used.get(index)).is_some_and(|note| note.printed);
        let print = match (printed, alone, depth) {
            (true, false, _) | (true, true, 1..) => NotePrint::Again,
            (_, true, 0) => NotePrint::Alone,
            (false, false, 0..DEEPEST) => NotePrint::First,
            _ => return None,
        };
        let index = *definition.index.get_or_insert_with(|| {
            let (node, uses) = (definition.node, definition.uses);
            self.used.push(Used { name: name.to_owned(), node, uses, depth: depth + 1, printed: false });
            self.used.len() - 1
        });
        if let (Some(note), NotePrint::First) = (self.used.get_mut(index), print) {
            note.printed = true;
            note.depth = depth + 1;
        }
        Some(FootnoteUse { note: index, print })
    }

    /// Returns the n-th note that is used.
    pub(super) fn get(&self, index: usize) -> Option<Used<'a>> {
        self.used.get(index).cloned()
    }
}
