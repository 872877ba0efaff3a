import { SvelteSet } from 'svelte/reactivity';
import { blockField } from '../editor/blocks-field';
import type { OpenDocument } from './document.svelte';

/** Slips that are folded to one line, as `file#id`; a way of looking, never a change of the text. */
export const folds = new SvelteSet<string>();

/** Folds a slip, or opens it again. */
export function toggleFold(key: string): void {
  if (!folds.delete(key)) folds.add(key);
}

/** Folds all slips of a document to one line, or where they are all folded opens them again. */
export function foldSlips(document: OpenDocument): void {
  const { blocks } = document.view.state.field(blockField);
  const keys = blocks.flatMap((block) => (block.type === 'embed' ? [`${document.file}#${block.call.target}`] : []));
  const open = keys.filter((key) => !folds.has(key));
  if (open.length > 0) for (const key of open) folds.add(key);
  else for (const key of keys) folds.delete(key);
}
