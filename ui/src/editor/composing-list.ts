/** Keeps the list of completions up while a syllable is composed, and lets Enter wait for the list that it is meant for. */

import { acceptCompletion, completionStatus } from '@codemirror/autocomplete';
import { insertNewlineAndIndent } from '@codemirror/commands';
import { EditorState, type Extension, Prec, StateField, type Transaction } from '@codemirror/state';
import { EditorView, keymap } from '@codemirror/view';

const COMPOSES = 'input.type.compose';

/** Whether the last thing that happened was a step of a composition. */
const composed = StateField.define<boolean>({
  create: () => false,
  update: (value, transaction) => transaction.isUserEvent(COMPOSES) || (value && !transaction.docChanged && !transaction.selection),
});

/** Whether the input method puts the cursor behind the letter that it has just put in; for the list that is a move of the user's, which closes it. */
function isOwnMove(transaction: Transaction): boolean {
  const { startState, newSelection } = transaction;
  return startState.field(composed) && !transaction.docChanged && transaction.isUserEvent('select') && newSelection.main.empty
    && newSelection.main.head === startState.selection.main.to;
}

const asStep = EditorState.transactionFilter.of((transaction) =>
  isOwnMove(transaction) ? { selection: transaction.newSelection, effects: transaction.effects, userEvent: COMPOSES } : transaction);

type Key = (view: EditorView) => boolean;
const waiting = new WeakMap<EditorView, Key>();

/**
 * Has a key that takes an entry wait while the list in sight is looked up anew: quick fingers get the best entry of what they typed. Where there is
 * none in the end, the key does what it does `otherwise`.
 *
 * The end of each syllable is such a time: WebKit takes it out and puts it in again before it gives on the key that ended it.
 */
export function onceListed(take: Key, otherwise?: Key): Key {
  return (view) => {
    if (completionStatus(view.state) !== 'pending' || !view.dom.querySelector('.cm-tooltip-autocomplete')) return take(view);
    waiting.set(view, (later) => take(later) || (otherwise?.(later) ?? false));
    return true;
  };
}

const listed = EditorView.updateListener.of(({ view, state }) => {
  const take = waiting.get(view);
  if (!take || completionStatus(state) === 'pending') return;
  waiting.delete(view);
  // An update is under way.
  setTimeout(() => take(view));
});

/** Completion while composing. */
export function composingList(): Extension {
  const enter = onceListed(acceptCompletion, insertNewlineAndIndent);
  return [
    composed, asStep, listed,
    Prec.highest(keymap.of([{ key: 'Enter', run: enter }])),
  ];
}
