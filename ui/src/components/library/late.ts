/** Keys that are faster than the list. */

import { tick } from 'svelte';
import type { Library } from '../../state/library.svelte';

/** Keys that mean a row. */
const ROWS = ['ArrowDown', 'ArrowUp', 'PageDown', 'PageUp', 'Enter'];

/** Has a key taken; one that means a row waits for the rows of what was typed: quick fingers do not mean those of before. */
export function onceThere(library: Library, event: KeyboardEvent, take: (event: KeyboardEvent) => void): void {
  if (!library.late || !ROWS.includes(event.key)) return take(event);
  event.preventDefault();
  const meant = new KeyboardEvent(event.type, event);
  void library.arrived().then(tick).then(() => take(meant));
}
