/** Text pasted from a browser or a word processor becomes Markdown. */

import type { EditorState, Extension, TransactionSpec } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import { blockField } from './blocks-field';
import type { Block } from './html/blocks';
import { htmlToBlocks } from './html/markdown';

/** Whether plain text says as much as the blocks do. */
function isPlain(found: Block[], plain: string): boolean {
  const [only, more] = found;
  const bare = (text: string): string => text.replace(/\s/g, '');
  if (!only || more) return !only;
  return only.type === 'text' && bare(only.text.replace(/\\(?=[^\p{L}\p{N}\s])/gu, '')) === bare(plain);
}

/** Whether text at the cursor is not Markdown: properties, a view's query, or code. */
function isVerbatim(state: EditorState): boolean {
  const { head } = state.selection.main;
  return state.field(blockField).blocks.some((block) =>
    (block.type === 'front' || block.type === 'view' || block.type === 'fence') && block.from <= head && head <= block.to);
}

/** Returns the change that puts blocks in the place of the selection, with empty lines where they need them. */
function placed(state: EditorState, found: Block[]): TransactionSpec {
  const { from, to } = state.selection.main;
  const text = found.map((block) => block.text).join('\n\n');
  const before = state.sliceDoc(Math.max(0, from - 2), from);
  const after = state.sliceDoc(to, to + 2);
  const joins = (block: Block | undefined): boolean => block?.type === 'text';
  const apart = before === '' || before.endsWith('\n\n') || (from === 1 && before === '\n');
  const lead = apart || joins(found[0]) ? '' : before.endsWith('\n') ? '\n' : '\n\n';
  const tail = after === '' || after.startsWith('\n\n') || joins(found.at(-1)) ? '' : after.startsWith('\n') ? '\n' : '\n\n';
  return {
    changes: { from, to, insert: lead + text + tail },
    selection: { anchor: from + lead.length + text.length },
    userEvent: 'input.paste',
    scrollIntoView: true,
  };
}

export function pasting(): Extension {
  return EditorView.domEventHandlers({
    paste(event, view) {
      const html = event.clipboardData?.getData('text/html') ?? '';
      if (html === '' || /\bvscode-|data-pm-slice|class="cm-/.test(html) || isVerbatim(view.state)) return false;
      const labels = new Set([...view.state.doc.toString().matchAll(/\[\^([^\]\s]+)\]/g)].map(([, label = '']) => label));
      const found = htmlToBlocks(html, labels);
      if (isPlain(found, event.clipboardData?.getData('text/plain') ?? '')) return false;
      event.preventDefault();
      view.dispatch(placed(view.state, found));
      return true;
    },
  });
}
