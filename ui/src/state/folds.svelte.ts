import { SvelteSet } from 'svelte/reactivity';

/** Slips that are folded to one line, as `file#id`; a way of looking, never a change of the text. */
export const folds = new SvelteSet<string>();

/** Folds a slip, or opens it again. */
export function toggleFold(key: string): void {
  if (!folds.delete(key)) folds.add(key);
}
