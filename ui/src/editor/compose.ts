/** Keeps a syllable that is being composed in its place, and the key that ends it. */

import type { Extension } from '@codemirror/state';
import { EditorView, ViewPlugin } from '@codemirror/view';
import { composing } from '../commands/keys';

const COMPOSED = /^insert\w*Composition/;

/**
 * Lays the text out at once before and after each letter of a composition.
 *
 * WebKit takes out what is selected before it puts the first letter in, and looks for the letter that it put in as soon as the editor has
 * taken it. Where the line was drawn anew, or a chip in it, it has no layout by then: WebKit would lose the syllable, or put it at the
 * start of the line.
 */
function composeInPlace(): Extension {
  const layOut = (view: EditorView): void => void view.contentDOM.offsetHeight;
  return [
    EditorView.domEventObservers({ beforeinput: (event, view) => { if (COMPOSED.test(event.inputType)) layOut(view); } }),
    EditorView.updateListener.of(({ view }) => { if (view.composing) layOut(view); }),
  ];
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
