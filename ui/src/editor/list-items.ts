/** Moving an item of a list, with all that is below it, among its neighbours; markers and their numbers stay where they are. */

import { ensureSyntaxTree, syntaxTree } from '@codemirror/language';
import type { EditorState, TransactionSpec } from '@codemirror/state';
import type { SyntaxNode } from '@lezer/common';

/** How long parsing a long text to the cursor may take, in milliseconds. */
const PATIENCE = 100;

/** An item as whole lines: what leads to its marker, the marker, and the rest. */
interface Item {
  from: number;
  to: number;
  lead: string;
  mark: string;
  rest: string;
}

const isList = (node: SyntaxNode): boolean => node.name === 'BulletList' || node.name === 'OrderedList';

function itemOf(state: EditorState, node: SyntaxNode): Item {
  const { from } = state.doc.lineAt(node.from);
  const lead = state.sliceDoc(from, node.from);
  const text = state.sliceDoc(node.from, node.to);
  const mark = /^(?:[-+*]|\d+[.)])[ \t]*/.exec(text)?.[0] ?? '';
  return { from, to: node.to, lead, mark, rest: text.slice(mark.length) };
}

/** Returns the item before or behind one in its list. */
function neighbour(node: SyntaxNode, by: -1 | 1): SyntaxNode | null {
  let other = by < 0 ? node.prevSibling : node.nextSibling;
  while (other && other.name !== 'ListItem') other = by < 0 ? other.prevSibling : other.nextSibling;
  return other;
}

/** Returns the innermost item at an offset. */
function itemAt(state: EditorState, offset: number): SyntaxNode | null {
  const tree = ensureSyntaxTree(state, offset, PATIENCE) ?? syntaxTree(state);
  const line = state.doc.lineAt(offset);
  const first = line.from + Math.max(line.text.search(/[^\s>]/), 0);
  for (let node: SyntaxNode | null = tree.resolveInner(Math.max(offset, first), offset > first ? -1 : 1); node; node = node.parent) {
    if (node.name === 'ListItem') return node;
  }
  return null;
}

/** Returns the rest of an item as it stands behind another lead and marker: its further lines keep in step with the marker. */
function behind(item: Item, lead: string, mark: string): string {
  const by = lead.length + mark.length - item.lead.length - item.mark.length;
  const [first = '', ...more] = item.rest.split('\n');
  const shift = (line: string): string => (line.trim() === '' ? line : by > 0 ? ' '.repeat(by) + line : line.replace(new RegExp(`^[ \\t]{0,${-by}}`), ''));
  // Lines of a quotation start with its marks.
  return [first, ...(/\S/.test(lead) ? more : more.map(shift))].join('\n');
}

/** Returns the change that lets an item and its neighbour below change places, and where the text of either starts then. */
function swap(state: EditorState, above: Item, below: Item, moved: Item): { changes: TransactionSpec['changes']; start: number } {
  const head = above.lead + above.mark;
  const upper = head + behind(below, above.lead, above.mark);
  const between = state.sliceDoc(above.to, below.from);
  const next = below.lead + below.mark;
  return {
    changes: { from: above.from, to: below.to, insert: upper + between + next + behind(above, below.lead, below.mark) },
    start: above.from + (moved === below ? head.length : upper.length + between.length + next.length),
  };
}

/** Returns the change that moves an item below the item before or behind the one that it is below. */
function adopt(state: EditorState, node: SyntaxNode, by: -1 | 1): { changes: TransactionSpec['changes']; start: number } | null {
  const parent = node.parent?.parent;
  const other = parent?.name === 'ListItem' ? neighbour(parent, by) : null;
  if (!other) return null;
  const item = itemOf(state, node);
  const host = itemOf(state, other);
  if (/\S/.test(item.lead)) return null;
  const list = other.getChildren('BulletList').concat(other.getChildren('OrderedList')).at(by < 0 ? -1 : 0);
  const near = list && (by < 0 ? list.lastChild : list.firstChild);
  const lead = near ? itemOf(state, near).lead : host.lead + ' '.repeat(host.mark.length);
  const mark = near && /^\d/.test(itemOf(state, near).mark) === /^\d/.test(item.mark) ? itemOf(state, near).mark : item.mark;
  const text = lead + mark + behind(item, lead, mark);
  const cut = { from: state.sliceDoc(0, item.from).trimEnd().length, to: item.to };
  const at = by < 0 ? host.to : near ? state.doc.lineAt(near.from).from : host.to;
  const below = by < 0 || !near;
  const insert = below ? `\n${text}` : `${text}\n`;
  const start = at + (below ? 1 : 0) + lead.length + mark.length - (by > 0 ? cut.to - cut.from : 0);
  return { changes: [cut, { from: at, insert }], start };
}

/**
 * Returns the change that moves the item at the cursor up (-1) or down (1). The first item below another goes on to the end of what is below
 * the item before that one, the last accordingly; at the edge of the whole list an item stays, and a list of one item is no list to move in.
 */
export function moveItem(state: EditorState, by: -1 | 1): TransactionSpec | 'stays' | null {
  const { anchor, head } = state.selection.main;
  const node = itemAt(state, head);
  const list = node?.parent;
  if (!node || !list || !isList(list)) return null;
  const item = itemOf(state, node);
  if (/[^\s>]/.test(item.lead)) return null;
  // What is selected beyond the item is more than the item.
  if (Math.min(anchor, head) < item.from || Math.max(anchor, head) > item.to) return null;
  const other = neighbour(node, by);
  if (!other && list.parent?.name !== 'ListItem' && !neighbour(node, by < 0 ? 1 : -1)) return null;
  const next = other && itemOf(state, other);
  const move = !next ? adopt(state, node, by) : by < 0 ? swap(state, next, item, item) : swap(state, item, next, item);
  if (!move) return 'stays';
  const text = item.from + item.lead.length + item.mark.length;
  const put = (offset: number): number => Math.max(move.start + offset - text, move.start);
  return { changes: move.changes, selection: { anchor: put(anchor), head: put(head) }, userEvent: 'move.item', scrollIntoView: true };
}
