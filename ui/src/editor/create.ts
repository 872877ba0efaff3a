import { closeCompletion, completionStatus } from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands';
import { Annotation, EditorState, type Extension, Prec, type Transaction } from '@codemirror/state';
import { EditorView, keymap, placeholder, rectangularSelection, tooltips } from '@codemirror/view';
import { m } from '../paraglide/messages.js';
import { blocks } from './blocks-field';
import { chips } from './chips';
import { completion } from './completion';
import { composition } from './compose';
import { cursors, selectEverywhere, selectNext } from './cursors';
import { finding } from './find.svelte';
import { enterBlock } from './gestures';
import { handle } from './handle';
import { holding } from './hold';
import { type EditorHost, host } from './host';
import { locating } from './locator';
import { pasting } from './paste';
import { marks } from './marks';
import { phrases } from './phrases';
import { pictures } from './pictures';
import { chancerySyntax } from './syntax';
import { goCell } from './table';
import { moveBlock } from './top-blocks';

/** Marks changes that came from the engine; they are not sent back. */
export const foreign = Annotation.define<boolean>();

/** What the document wants to hear of its editor. */
export interface EditorListener {
  /** The user changed the text. */
  edited(transaction: Transaction): void;
  /** Text, selection or focus changed. */
  moved(state: EditorState, docChanged: boolean): void;
}

const ownKeys = Prec.high(
  keymap.of([
    { key: 'Alt-ArrowUp', run: (view) => moveBlock(view, -1) },
    { key: 'Alt-ArrowDown', run: (view) => moveBlock(view, 1) },
    { key: 'Mod-d', run: selectNext, preventDefault: true },
    { key: 'Mod-F2', run: selectEverywhere, preventDefault: true },
    { key: 'Tab', run: (view) => goCell(view, 1), shift: (view) => goCell(view, -1) },
    { key: 'ArrowUp', run: (view) => completionStatus(view.state) !== 'active' && enterBlock(view, -1) },
    { key: 'ArrowDown', run: (view) => completionStatus(view.state) !== 'active' && enterBlock(view, 1) },
    {
      key: 'Escape',
      run: (view) => completionStatus(view.state) !== null && closeCompletion(view),
    },
  ]),
);

/** Where a list or a field over the text may stand: within its pane, with room for its shadow. */
function room(view: EditorView): { left: number; right: number; top: number; bottom: number } {
  const { left, right, top, bottom } = view.scrollDOM.getBoundingClientRect();
  const EDGE = 12;
  return { left: left + EDGE, right: right - EDGE, top, bottom: bottom - EDGE };
}

/** Makes the editor of a document; it lives as long as the document is open. */
export function createEditor(text: string, around: EditorHost, listener: EditorListener, more: Extension = []): EditorView {
  const listening = EditorView.updateListener.of((update) => {
    if (update.docChanged || update.selectionSet || update.focusChanged) listener.moved(update.state, update.docChanged);
  });
  const extensions: Extension = [
    host.of(around),
    history({ newGroupDelay: 400 }),
    ownKeys,
    completion(),
    finding(),
    keymap.of([...defaultKeymap, ...historyKeymap, indentWithTab]),
    cursors(),
    phrases(),
    chancerySyntax(),
    blocks(),
    chips(),
    composition(),
    handle(),
    holding(),
    locating(),
    marks(),
    pictures(),
    pasting(),
    rectangularSelection(),
    placeholder(m.editor_placeholder()),
    EditorView.lineWrapping,
    // Popups stay inside the pane, which would clip them.
    tooltips({ tooltipSpace: room }),
    EditorView.contentAttributes.of({ 'aria-label': m.editor_label(), spellcheck: 'true' }),
    EditorState.tabSize.of(2),
    listening,
    more,
  ];
  const dispatchTransactions = (transactions: readonly Transaction[], view: EditorView): void => {
    // Told before the text is drawn: the engine typesets meanwhile.
    for (const transaction of transactions) {
      if (transaction.docChanged && !transaction.annotation(foreign)) listener.edited(transaction);
    }
    view.update(transactions);
  };
  return new EditorView({ doc: text, extensions, dispatchTransactions });
}
