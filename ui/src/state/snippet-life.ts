/** What happens to a snippet as a whole: another id, a copy, its end, and the ways to where it is used. */

import type { EditorView } from '@codemirror/view';
import type { UsePlace } from '../bindings/UsePlace';
import { setTarget } from '../editor/gestures';
import { fileName } from '../format/names';
import { act, ask } from '../ipc';
import { m } from '../paraglide/messages.js';
import type { App } from './app.svelte';

const ID = /^[\p{L}\p{N}][\p{L}\p{N}_.-]*$/u;

/** Returns the id of a snippet's file. */
export function idOf(file: string): string {
  return fileName(file).replace(/\.md$/, '');
}

/** Returns what is wrong with a new id: nothing, a sign that ids do not have, or that it is taken. */
export async function idFault(id: string, own: string): Promise<'empty' | 'signs' | 'taken' | null> {
  if (id === '') return 'empty';
  if (!ID.test(id)) return 'signs';
  if (id === own) return null;
  const { cards } = await ask({ type: 'cards', ids: [id] }, 'cards');
  return cards.length > 0 ? 'taken' : null;
}

/** Gives a snippet another id everywhere. */
export function renameSnippet(app: App, id: string, to: string): Promise<boolean> {
  return app.try(async () => {
    await app.documents.settle();
    const reply = await act({ type: 'renameSnippet', id, to });
    if (reply.type === 'edited') app.edited(reply.edit, m.life_renamed({ count: reply.edit.files }));
  });
}

/** Deletes snippets; the notice takes them back. */
export function deleteSnippets(app: App, ids: string[]): Promise<boolean> {
  return app.try(async () => {
    await app.documents.settle();
    const reply = await act({ type: 'deleteSnippets', ids });
    if (reply.type !== 'edited') return;
    app.edited(reply.edit, m.life_deleted({ count: ids.length }));
    if (ids.length > 1) app.library.selection.clear();
  });
}

/** Asks about deleting all that is selected in the library. */
export async function deleteSelected(app: App): Promise<void> {
  await app.try(async () => void (app.overlay = { type: 'delete', ids: await app.library.selection.resolve() }));
}

/** Asks about deleting a row of the library, with all that are selected where it is one of them. */
export async function deleteRow(app: App, id: string): Promise<void> {
  const { selection } = app.library;
  if (selection.count > 0 && selection.has(id)) await deleteSelected(app);
  else app.overlay = { type: 'delete', ids: [id] };
}

/** A snippet and the places that use it. */
export interface UsedSnippet {
  id: string;
  uses: UsePlace[];
}

/** How many questions about uses are under way at once. */
const AT_ONCE = 40;

/** Asks where snippets are used, those apart that nothing uses; places in the snippets themselves do not count. */
export async function usesOfAll(ids: string[]): Promise<UsedSnippet[]> {
  const own = new Set(ids);
  const found: UsedSnippet[] = [];
  for (let at = 0; at < ids.length; at += AT_ONCE) {
    const some = ids.slice(at, at + AT_ONCE);
    const places = await Promise.all(some.map(usesOf));
    for (const [index, id] of some.entries()) {
      const uses = (places[index] ?? []).filter((use) => !use.file.startsWith('snippets/') || !own.has(idOf(use.file)));
      if (uses.length > 0) found.push({ id, uses });
    }
  }
  return found;
}

/** Makes a copy of a snippet and opens it beside the text. */
export function duplicateSnippet(app: App, id: string): Promise<boolean> {
  return app.try(async () => {
    await app.documents.settle();
    const reply = await act({ type: 'duplicateSnippet', id });
    if (reply.type === 'made') await app.documents.openBeside(reply.file);
  });
}

/** Puts a copy that remembers its origin in the place of the embed at `from`; one step of undoing. */
export function detachSnippet(app: App, id: string, view: EditorView, from: () => number): Promise<boolean> {
  return app.try(async () => {
    await app.documents.settle();
    const reply = await act({ type: 'detachSnippet', id });
    if (reply.type !== 'made') return;
    setTarget(view, from(), id, idOf(reply.file));
    // The menu that was chosen from is gone with the slip of the origin.
    view.focus();
  });
}

/** Settles a copy with its origin, which has changed. */
export function settleCopy(app: App, id: string, how: 'update' | 'keep'): Promise<boolean> {
  return app.try(async () => {
    await app.documents.settle();
    const reply = await act({ type: 'settleCopy', id, how });
    if (reply.type === 'edited') app.edited(reply.edit, how === 'update' ? m.copy_updated() : m.copy_kept());
  });
}

/** Asks where a snippet is used. */
export async function usesOf(id: string): Promise<UsePlace[]> {
  return (await ask({ type: 'uses', id }, 'uses')).uses;
}

/** Opens a file at a line. */
export async function goToLine(app: App, file: string, line: number): Promise<void> {
  await app.navigation.openFile(file);
  const document = app.documents.find(file);
  if (!document) return;
  const { doc } = document.view.state;
  app.documents.mark();
  document.jump(doc.line(Math.min(Math.max(line, 1), doc.lines)).from);
}

/** Goes to where a snippet is used; where there are several places, lists them. */
export async function openWhereUsed(app: App, id: string): Promise<void> {
  await app.try(async () => {
    const uses = await usesOf(id);
    const [only] = uses;
    if (only && uses.length === 1) await goToLine(app, only.file, only.line);
    else app.overlay = { type: 'uses', id };
  });
}
