/** Differences of two texts: by words for a line or two, and as a view of whole files. */

import { getChunks, goToNextChunk, goToPreviousChunk, MergeView, presentableDiff, unifiedMergeView } from '@codemirror/merge';
import { EditorState, type Extension } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import { phrases } from './phrases';
import { chancerySyntax } from './syntax';

/** A stretch that two texts share, or that only one of them has. */
export interface Piece {
  how: 'same' | 'del' | 'ins';
  text: string;
}

/** Returns what goes and what comes from `before` to `after`. */
export function wordDiff(before: string, after: string): Piece[] {
  const pieces: Piece[] = [];
  const add = (how: Piece['how'], text: string): void => {
    if (text !== '') pieces.push({ how, text });
  };
  let at = 0;
  for (const { fromA, toA, fromB, toB } of presentableDiff(before, after)) {
    // Half a word says nothing to a reader: what both share of it goes along.
    const lead = Math.min(/[\p{L}\p{N}]*$/u.exec(before.slice(at, fromA))?.[0].length ?? 0, fromA - at);
    const tail = /^[\p{L}\p{N}]*/u.exec(before.slice(toA))?.[0].length ?? 0;
    const end = after.slice(toB, toB + tail) === before.slice(toA, toA + tail) ? tail : 0;
    if (toA + end < at) continue;
    add('same', before.slice(at, fromA - lead));
    add('del', before.slice(fromA - lead, toA + end));
    add('ins', after.slice(fromB - lead, toB + end));
    at = toA + end;
  }
  add('same', before.slice(at));
  return pieces;
}

/** Returns a text without its front matter. */
export function bodyOf(text: string): string {
  return text.replace(/^---\n[\s\S]*?\n(?:---|\.\.\.)[ \t]*(?:\n|$)/, '').trim();
}

/** Two texts to be compared: what each is called, and what it says. */
export interface Compared {
  before: { name: string; text: string };
  after: { name: string; text: string };
}

/** A comparison on show. */
export interface Comparison {
  /** How many stretches differ. */
  count: number;
  /** Shows the next stretch that differs, or the one before. */
  go(by: 1 | -1): void;
  end(): void;
}

/** Shows two texts side by side, or where there is no room for that, the second with what it changes of the first. */
export function showDifference(parent: HTMLElement, { before, after }: Compared, beside: boolean): Comparison {
  const reading = (label: string): Extension => [
    EditorState.readOnly.of(true), EditorView.editable.of(false), EditorView.lineWrapping, chancerySyntax(), phrases(),
    EditorView.contentAttributes.of({ 'aria-label': label, tabindex: '0' }),
  ];
  const collapseUnchanged = { margin: 3, minSize: 6 };
  const goIn = (view: EditorView, by: 1 | -1): void => void (by > 0 ? goToNextChunk : goToPreviousChunk)(view);
  if (beside) {
    const view = new MergeView({
      a: { doc: before.text, extensions: reading(before.name) }, b: { doc: after.text, extensions: reading(after.name) }, parent, collapseUnchanged,
    });
    return { count: view.chunks.length, go: (by) => goIn(view.b, by), end: () => view.destroy() };
  }
  const merged = unifiedMergeView({ original: before.text, mergeControls: false, collapseUnchanged });
  const view = new EditorView({ doc: after.text, extensions: [reading(after.name), merged], parent });
  return { count: getChunks(view.state)?.chunks.length ?? 0, go: (by) => goIn(view, by), end: () => view.destroy() };
}
