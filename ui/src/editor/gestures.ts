/** Gestures as changes of text: inserting a snippet, changing a variant. */

import { isolateHistory } from '@codemirror/commands';
import type { EditorState, TransactionSpec } from '@codemirror/state';
import type { EditorView } from '@codemirror/view';
import { blockField } from './blocks-field';

/** Returns the change that puts `![[id]]` at the cursor: as a block on an empty line, else within the line. */
export function insertSnippet(state: EditorState, id: string): TransactionSpec {
  const front = state.field(blockField).blocks.find((block) => block.type === 'front');
  const head = Math.max(state.selection.main.head, front ? Math.min(front.to + 1, state.doc.length) : 0);
  const range = head === state.selection.main.head ? state.selection.main : { from: head, to: head };
  const line = state.doc.lineAt(range.from);
  const call = `![[${id}]]`;
  if (line.text.trim() === '' && range.to <= line.to) return insertBlock(state, line.from, call, line.to);
  if (line.text.startsWith('![[') && line.text.trimEnd().endsWith(']]')) return insertBlock(state, line.to, call);
  const before = range.from > line.from && !/[\s(]$/.test(state.sliceDoc(line.from, range.from)) ? ' ' : '';
  return {
    changes: { from: range.from, to: range.to, insert: before + call },
    selection: { anchor: range.from + before.length + call.length },
    userEvent: 'input.snippet',
    scrollIntoView: true,
  };
}

/** Returns the change that puts a block between two lines, empty lines around it. */
export function insertBlock(state: EditorState, from: number, block: string, to = from): TransactionSpec {
  const before = state.sliceDoc(Math.max(0, from - 2), from);
  const after = state.sliceDoc(to, to + 2);
  const lead = from === 0 || before.endsWith('\n\n') ? '' : before.endsWith('\n') ? '\n' : '\n\n';
  const tail = after.startsWith('\n\n') ? '' : after.startsWith('\n') ? '\n' : to === state.doc.length ? '\n' : '\n\n';
  const insert = lead + block + tail;
  const anchor = Math.min(from + lead.length + block.length + 1, from + insert.length);
  return { changes: { from, to, insert }, selection: { anchor }, userEvent: 'input.snippet', scrollIntoView: true };
}

/** Steps from a line into the block that stands as a card above (-1) or below (1) it, where there is one. */
export function enterBlock(view: EditorView, by: -1 | 1): boolean {
  const { state } = view;
  const { main } = state.selection;
  const { blocks, source } = state.field(blockField);
  if (source || !main.empty) return false;
  const line = state.doc.lineAt(main.head);
  const next = by < 0 ? line.from - 1 : line.to + 1;
  const block = blocks.find((block) => ['embed', 'picture', 'view'].includes(block.type) && (by < 0 ? block.to === next : block.from === next));
  if (!block || (block.from <= main.head && main.head <= block.to)) return false;
  // A wrapped line has rows of its own to go through first.
  const row = view.moveVertically(main, by > 0);
  if (row.head !== main.head && row.head >= line.from && row.head <= line.to) return false;
  view.dispatch({ selection: { anchor: by < 0 ? block.to : block.from }, scrollIntoView: true });
  return true;
}

/** Sets the variant of the embed whose call starts at `from`. */
export function setVariant(view: EditorView, from: number, variant: string): void {
  const line = view.state.doc.lineAt(from);
  const found = /!\[\[([^[\]|\\]+)(\\?\|[^\]]*)?\]\]/.exec(view.state.sliceDoc(from, line.to));
  if (!found) return;
  const start = from + found.index;
  const insert = `![[${found[1]}${variant === 'full' ? '' : `|${variant}`}]]`;
  view.dispatch({ changes: { from: start, to: start + found[0].length, insert }, userEvent: 'input.variant' });
}

/** Makes the embed of `id` at or behind `from`, in its line, name another snippet. */
export function setTarget(view: EditorView, from: number, id: string, to: string): void {
  const line = view.state.doc.lineAt(Math.min(from, view.state.doc.length));
  const at = line.text.indexOf(`[[${id}`, from - line.from);
  if (at < 0) return;
  const start = line.from + at + 2;
  view.dispatch({ changes: { from: start, to: start + id.length, insert: to }, userEvent: 'input.detach' });
}

/** Returns the change that puts `![[id]]` in the place of what is selected, as a block where that was whole lines; one step of undoing. */
export function replaceByEmbed(state: EditorState, id: string): TransactionSpec {
  const { from } = state.selection.main;
  const selected = state.sliceDoc(from, state.selection.main.to);
  const to = from + selected.trimEnd().length;
  if (to === from) return insertSnippet(state, id);
  const start = from + selected.length - selected.trimStart().length;
  const whole = start === state.doc.lineAt(start).from && to === state.doc.lineAt(to).to;
  const call = `![[${id}]]`;
  const spec = whole || selected.includes('\n\n') ? insertBlock(state, start, call, to)
    : { changes: { from: start, to, insert: call }, selection: { anchor: start + call.length }, userEvent: 'input.snippet', scrollIntoView: true };
  return { ...spec, annotations: isolateHistory.of('full') };
}
