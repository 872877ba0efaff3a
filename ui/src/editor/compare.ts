/** Differences of two texts: by words for a line or two, and as a view of whole files. */

import { presentableDiff, unifiedMergeView } from '@codemirror/merge';
import { EditorState, type Extension } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
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

/** Shows `text` with what it changes of `original`; ends with the returned function. */
export function showDifference(parent: HTMLElement, original: string, text: string, label: string): () => void {
  const extensions: Extension = [
    EditorState.readOnly.of(true), EditorView.editable.of(false), EditorView.lineWrapping, chancerySyntax(),
    EditorView.contentAttributes.of({ 'aria-label': label, tabindex: '0' }),
    unifiedMergeView({ original, mergeControls: false, gutter: true, highlightChanges: true, collapseUnchanged: { margin: 3, minSize: 6 } }),
  ];
  const view = new EditorView({ doc: text, extensions, parent });
  return () => view.destroy();
}
