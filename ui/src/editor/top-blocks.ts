/** The blocks that a text consists of, and moving them: whole lines, with the empty lines between them left as they are. */

import { ensureSyntaxTree, syntaxTree } from '@codemirror/language';
import type { ChangeSpec, EditorState } from '@codemirror/state';
import type { EditorView } from '@codemirror/view';
import { blockField } from './blocks-field';
import { moveItem } from './list-items';

/** A stretch that moves as one. */
export interface Span {
  from: number;
  to: number;
}

/** How long parsing a long text to its end may take, in milliseconds. */
const PATIENCE = 100;

/** Returns the top-level blocks of the text behind its front matter; a directive is one with all that it holds. */
export function topBlocks(state: EditorState): Span[] {
  const front = state.field(blockField).blocks.find((block) => block.type === 'front')?.to ?? -1;
  const around = directives(state);
  const spans: Span[] = [];
  const tree = ensureSyntaxTree(state, state.doc.length, PATIENCE) ?? syntaxTree(state);
  for (let node = tree.topNode.firstChild; node; node = node.nextSibling) {
    if (node.from <= front) continue;
    const outer = around.find((span) => span.from <= node.from && node.from <= span.to);
    const span = outer ?? { from: state.doc.lineAt(node.from).from, to: node.to };
    const last = spans.at(-1);
    if (last && span.from <= last.to) last.to = Math.max(last.to, span.to);
    else spans.push({ ...span });
  }
  return spans;
}

/** Returns the directives that are closed, the outermost only. */
function directives(state: EditorState): Span[] {
  const closed: Span[] = [];
  const open: number[] = [];
  for (const block of state.field(blockField).blocks) {
    if (block.type !== 'directive') continue;
    if (block.name !== '') open.push(block.from);
    else {
      const from = open.pop();
      if (from !== undefined && open.length === 0) closed.push({ from, to: block.to });
    }
  }
  return closed;
}

/** Returns what parts two blocks, an empty line at least. */
function gap(state: EditorState, before: Span, after: Span): string {
  const between = state.sliceDoc(before.to, after.from);
  return isGap(between) ? between : '\n\n';
}

function isGap(between: string): boolean {
  return /\n[ \t]*\n/.test(between);
}

/** A block's way to another place: the change, and where the block starts after it. */
export interface Move {
  changes: ChangeSpec[];
  from: number;
}

/** Returns how a block comes to stand before another one, or with their number behind the last; null where it stands there. */
export function moveTo(state: EditorState, spans: Span[], at: number, target: number): Move | null {
  const own = spans[at];
  if (!own || target === at || target === at + 1) return null;
  const text = state.sliceDoc(own.from, own.to);
  const [before, after] = [spans[target - 1], spans[target]];
  const glued = before && after && !isGap(state.sliceDoc(before.to, after.from)) ? '\n' : '';
  if (target < at) {
    const above = spans[at - 1];
    if (!above || !after) return null;
    const insert = glued + text + gap(state, above, own);
    return { changes: [{ from: after.from, insert }, { from: above.to, to: own.to }], from: after.from + glued.length };
  }
  const below = spans[at + 1];
  if (!below || !before) return null;
  const lead = gap(state, own, below);
  return {
    changes: [{ from: own.from, to: below.from }, { from: before.to, insert: lead + text + glued }],
    from: before.to - (below.from - own.from) + lead.length,
  };
}

/** Moves the block at the cursor up (-1) or down (1), in a list the item; at the edge it stays. Returns whether the cursor is in a block. */
export function moveBlock(view: EditorView, by: -1 | 1): boolean {
  const { state } = view;
  const item = moveItem(state, by);
  if (item) {
    if (item !== 'stays') view.dispatch(item);
    return true;
  }
  const { anchor, head } = state.selection.main;
  const spans = topBlocks(state);
  const at = spans.findIndex((span) => span.from <= head && head <= span.to);
  const own = spans[at];
  // Lines of the front matter, and empty ones, move as lines do.
  if (!own) return false;
  const move = moveTo(state, spans, at, by < 0 ? at - 1 : at + 2);
  if (!move) return true;
  const moved = (offset: number): number => Math.min(Math.max(offset, own.from), own.to) - own.from + move.from;
  view.dispatch({
    changes: move.changes,
    selection: { anchor: moved(anchor), head: moved(head) },
    userEvent: 'move.block',
    scrollIntoView: true,
  });
  return true;
}
