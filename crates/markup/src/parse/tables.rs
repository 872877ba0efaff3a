//! Tables from the parser's nodes.

use super::blocks::Converter;
use crate::block::{Align, Table};
use crate::inline::Inline;
use comrak::nodes::{Node, NodeTable, NodeValue, TableAlignment};

impl<'a> Converter<'_, 'a> {
    pub(super) fn table(&mut self, node: Node<'a>, table: &NodeTable) -> Table {
        let align = table.alignments.iter().map(|align| alignment(*align)).collect();
        let (mut header, mut rows) = (Vec::new(), Vec::new());
        for row in node.children() {
            if matches!(row.data().value, NodeValue::TableRow(true)) {
                header = self.apart(|this| this.row(row));
            } else {
                rows.push(self.row(row));
            }
        }
        Table { align, header, rows }
    }

    fn row(&mut self, row: Node<'a>) -> Vec<Vec<Inline>> {
        row.children().map(|cell| self.cell(cell)).collect()
    }

    fn cell(&mut self, cell: Node<'a>) -> Vec<Inline> {
        let range = self.source.range(cell.data().sourcepos);
        let source = self.source;
        self.bars = escaped_bars(&source.text[range.clone()]).map(|at| range.start + at).collect();
        let inlines = self.inlines(cell);
        self.bars.clear();
        inlines
    }

    /// Returns where the byte stands that the parser puts at `at`: it counts without the backslashes before bars.
    pub(super) fn past_bars(&self, at: usize) -> usize {
        let before = self.bars.iter().enumerate().take_while(|(index, bar)| *bar - index < at).count();
        at + before
    }
}

/// Offsets of the backslashes that make the bar behind them part of a cell.
fn escaped_bars(cell: &str) -> impl Iterator<Item = usize> + '_ {
    let bytes = cell.as_bytes();
    let mut at = 0;
    std::iter::from_fn(move || {
        while at + 1 < bytes.len() {
            let escape = bytes[at] == b'\\';
            let here = at;
            at += if escape { 2 } else { 1 };
            if escape && bytes[here + 1] == b'|' {
                return Some(here);
            }
        }
        None
    })
}

fn alignment(align: TableAlignment) -> Align {
    match align {
        TableAlignment::None => Align::Auto,
        TableAlignment::Left => Align::Left,
        TableAlignment::Center => Align::Center,
        TableAlignment::Right => Align::Right,
    }
}
