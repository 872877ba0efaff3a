/** Makes snippets, of nothing or of selected text. */

import type { Kind } from '../bindings/Kind';
import { replaceByEmbed } from '../editor/gestures';
import { act } from '../ipc';
import { m } from '../paraglide/messages.js';
import type { App } from './app.svelte';
import type { OpenDocument } from './document.svelte';
import { idOf } from './snippet-life';

const TITLE = 90;

/** Returns what a text can be called: its first sentence as plain text, cut at a word where it is long. */
export function titleFrom(body: string): string {
  const first = body.trim().split(/\n/)[0] ?? '';
  const plain = first.replace(/!?\[\[[^\]]*\]\]|\[[^\]]*@[^\]]*\]/g, '').replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/^[#>\s-]+/, '').replace(/[*_`~\\]/g, '').replace(/\s+([.,;:])/g, '$1').trim();
  const sentence = (/^.*?[.!?。](?=\s|$)/u.exec(plain)?.[0] ?? plain).replace(/[.。]$/, '');
  return sentence.length <= TITLE ? sentence : `${sentence.slice(0, TITLE).replace(/\s+\S*$/, '')}…`;
}

/** Makes a snippet. Where its text was selected in a document, the embed takes the text's place there. */
export function makeSnippet(
  app: App, wanted: { title: string; kind: Kind; body: string; source: string | null }, from: OpenDocument | null,
): Promise<boolean> {
  return app.try(async () => {
    const reply = await act({ type: 'newSnippet', ...wanted });
    if (reply.type !== 'made') return;
    const { documents } = app;
    if (from && documents.all.includes(from)) {
      from.view.dispatch(replaceByEmbed(from.view.state, idOf(reply.file)));
      from.view.focus();
    }
    // What is being written in beside the text stays in sight.
    if (from && from === documents.beside) {
      const action = { label: m.open_snippet(), run: () => void app.navigation.openSnippet(idOf(reply.file)) };
      app.say({ text: m.snippet_made({ title: wanted.title }), action });
    } else await documents.openBeside(reply.file);
  });
}
