/** Keeps a syllable that is being composed in its place. */

import type { Extension } from '@codemirror/state';
import { EditorView } from '@codemirror/view';

/**
 * Lays the text out at once after each letter of a composition.
 *
 * WebKit looks for the letter that it put in as soon as the editor has taken it. Where a chip beside it was drawn anew, the line has no
 * layout by then: WebKit would lose the syllable, and put the next letter at the start of the line.
 */
export function composeInPlace(): Extension {
  return EditorView.updateListener.of(({ view }) => {
    if (view.composing) void view.contentDOM.offsetHeight;
  });
}
