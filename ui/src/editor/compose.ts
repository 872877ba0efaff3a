/** Keeps a syllable that is being composed in its place, and the key that ends it. */

import type { Extension } from '@codemirror/state';
import { EditorView, ViewPlugin } from '@codemirror/view';
import { composing } from '../commands/keys';

/**
 * Lays the text out at once after each letter of a composition.
 *
 * WebKit looks for the letter that it put in as soon as the editor has taken it. Where a chip beside it was drawn anew, the line has no
 * layout by then: WebKit would lose the syllable, and put the next letter at the start of the line.
 */
function composeInPlace(): Extension {
  return EditorView.updateListener.of(({ view }) => {
    if (view.composing) void view.contentDOM.offsetHeight;
  });
}

/**
 * Gives the editor the key that ended a composition, such as an arrow.
 *
 * In any browser of Apple's name the editor takes the first key after a composition for part of it and leaves it to the browser; what the
 * browser does is lost where the editor draws its cursor in between. WebKitGTK tells a key that the input method took from one that it did not.
 */
const keyAfterwards = ViewPlugin.define((view) => {
  const give = (event: KeyboardEvent & { synthetic?: boolean }) => {
    if (!composing(event)) event.synthetic = true;
  };
  view.dom.addEventListener('keydown', give, true);
  return { destroy: () => view.dom.removeEventListener('keydown', give, true) };
});

/** Composes syllables in the text. */
export function composition(): Extension {
  return [composeInPlace(), keyAfterwards];
}
