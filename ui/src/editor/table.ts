/** Tab goes from cell to cell of a table, and behind the last one adds a row. */

import type { EditorState } from '@codemirror/state';
import type { EditorView } from '@codemirror/view';

const ROW = /^\s*\|.*\|\s*$/;
const DIVIDER = /^\s*\|?(?:\s*:?-+:?\s*\|)+(?:\s*:?-+:?\s*)?$/;

/** What a cell holds, without the spaces around it. */
interface Cell {
  from: number;
  to: number;
}

function cellsOf(text: string, start: number): Cell[] {
  const bars = [...text.matchAll(/(?<!\\)\|/g)].map((bar) => bar.index);
  return bars.slice(0, -1).map((bar, at) => {
    const inner = text.slice(bar + 1, bars[at + 1]);
    const lead = inner.trim() === '' ? Math.min(1, inner.length) : inner.length - inner.trimStart().length;
    const from = start + bar + 1 + lead;
    return { from, to: from + inner.trim().length };
  });
}

/** Returns the cells of the table at the cursor, row by row; null where there is none. */
function tableAt(state: EditorState): { rows: Cell[][]; end: number } | null {
  const { doc } = state;
  const own = doc.lineAt(state.selection.main.head).number;
  if (!ROW.test(doc.line(own).text)) return null;
  let first = own;
  let last = own;
  while (first > 1 && ROW.test(doc.line(first - 1).text)) first -= 1;
  while (last < doc.lines && ROW.test(doc.line(last + 1).text)) last += 1;
  if (last === first || !DIVIDER.test(doc.line(first + 1).text)) return null;
  const rows: Cell[][] = [];
  for (let number = first; number <= last; number += 1) {
    if (number !== first + 1) rows.push(cellsOf(doc.line(number).text, doc.line(number).from));
  }
  return { rows, end: doc.line(last).to };
}

/** Goes to the next cell (1) or the one before (-1); returns whether the cursor is in a table. */
export function goCell(view: EditorView, by: -1 | 1): boolean {
  const { state } = view;
  const table = tableAt(state);
  if (!table) return false;
  const { head } = state.selection.main;
  const cells = table.rows.flat();
  // A cursor at the edge of a cell, before its bar, is in that cell.
  const at = Math.max(cells.findLastIndex((cell) => cell.from <= head + 1), 0);
  const next = cells[at + by];
  if (next) view.dispatch({ selection: { anchor: next.from, head: next.to }, scrollIntoView: true });
  else if (by > 0) {
    const insert = `\n|${'  |'.repeat(table.rows[0]?.length ?? 1)}`;
    view.dispatch({ changes: { from: table.end, insert }, selection: { anchor: table.end + 3 }, userEvent: 'input', scrollIntoView: true });
  }
  return true;
}
