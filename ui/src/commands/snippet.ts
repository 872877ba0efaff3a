/** Commands on one snippet: the one selected in the library, the one beside the text, or the embed at the cursor. */

import { blockField } from '../editor/blocks-field';
import { parseCall } from '../editor/blocks';
import { m } from '../paraglide/messages.js';
import type { App } from '../state/app.svelte';
import type { OpenDocument } from '../state/document.svelte';
import { checkedToday } from '../state/review';
import { deleteRow, detachSnippet, duplicateSnippet, idOf, openWhereUsed } from '../state/snippet-life';
import type { Command } from './registry';

/** An entry of a snippet's menus. */
export interface SnippetEntry {
  id: string;
  title: () => string;
  keys?: string[];
  run: (app: App, snippet: string) => void | Promise<unknown>;
}

/** What can be done with any snippet, in the order of the menus. */
export const SNIPPET_ENTRIES: SnippetEntry[] = [
  { id: 'snippet.whereUsed', title: m.life_open_where_used, run: openWhereUsed },
  { id: 'snippet.uses', title: m.life_uses, run: (app, id) => void (app.overlay = { type: 'uses', id }) },
  { id: 'snippet.checked', title: m.life_checked, run: checkedToday },
  { id: 'snippet.rename', title: m.life_rename, keys: ['F2'], run: (app, id) => void (app.overlay = { type: 'rename', id }) },
  { id: 'snippet.duplicate', title: m.life_duplicate, run: duplicateSnippet },
  { id: 'snippet.versions', title: m.life_versions, run: (app, id) => showVersionsOf(app, id) },
  { id: 'snippet.delete', title: m.life_delete, run: (app, id) => (inLibrary() ? deleteRow(app, id) : void (app.overlay = { type: 'delete', ids: [id] })) },
];

/** Whether the keys are in the library. */
function inLibrary(): boolean {
  return document.activeElement?.closest('[data-region="library"]') != null;
}

async function showVersionsOf(app: App, id: string): Promise<void> {
  const card = app.evidence.card(id) ?? app.library.current;
  await app.navigation.openSnippet(id);
  const file = app.documents.all.find((document) => document.kind === 'snippet' && idOf(document.file) === id)?.file ?? card?.file;
  if (file) app.overlay = { type: 'versions', file };
}

/** Returns the embed at a document's cursor: where it starts, and what it names. */
export function embedAt(document: OpenDocument): { from: number; id: string } | null {
  const { state } = document.view;
  const { head } = state.selection.main;
  const block = state.field(blockField).blocks.find((block) => block.type === 'embed' && block.from <= head && head <= block.to);
  if (block?.type === 'embed') return { from: block.from, id: block.call.target };
  const line = state.doc.lineAt(head);
  for (const found of line.text.matchAll(/!\[\[([^[\]]+)\]\]/g)) {
    const from = line.from + found.index;
    if (from <= head && head <= from + found[0].length) return { from, id: parseCall(found[1] ?? '').target };
  }
  return null;
}

/** Returns the snippet that a command is about. */
export function snippetAtHand(app: App): string | null {
  if (inLibrary() && app.library.current) return app.library.current.id;
  const { beside, front } = app.documents;
  const at = beside?.view.hasFocus ? null : front && embedAt(front);
  if (at) return at.id;
  const open = beside?.kind === 'snippet' ? beside : front?.kind === 'snippet' ? front : null;
  return open ? idOf(open.file) : (app.library.current?.id ?? null);
}

const detach = (app: App): void => {
  const { front } = app.documents;
  const at = front && embedAt(front);
  if (front && at) void detachSnippet(app, at.id, front.view, () => embedAt(front)?.from ?? at.from);
};

/** The commands that the registry lists. */
export const SNIPPET_COMMANDS: Command[] = [
  ...SNIPPET_ENTRIES.map((entry): Command => ({
    id: entry.id, group: 'edit', title: entry.title, keys: entry.keys, when: (app) => snippetAtHand(app) !== null,
    run: async (app) => {
      const id = snippetAtHand(app);
      if (id !== null) await entry.run(app, id);
    },
  })),
  { id: 'snippet.detach', group: 'edit', title: m.life_detach, when: (app) => app.documents.front !== null && embedAt(app.documents.front) !== null, run: detach },
  {
    id: 'file.versions', group: 'file', title: m.life_versions_of_document, when: (app) => app.documents.front !== null,
    run: (app) => {
      const document = app.documents.beside?.view.hasFocus ? app.documents.beside : app.documents.front;
      if (document) app.overlay = { type: 'versions', file: document.file };
    },
  },
];
