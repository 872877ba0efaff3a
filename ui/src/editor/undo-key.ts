/** Undoing from a form that stands in the text: its changes are changes of the text. */

import { redo, undo } from '@codemirror/commands';
import type { EditorView } from '@codemirror/view';
import { composing, matches } from '../commands/keys';

/** Whether a field holds what is not in the text yet: that is the field's own to undo. */
function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLInputElement && target.type === 'text' && target.dataset.written === undefined;
}

/** Undoes or redoes the last change of the text where the keys say so; what is in sight stays there. */
export function undoKey(view: EditorView, event: KeyboardEvent): void {
  if (composing(event) || event.defaultPrevented || isTyping(event.target)) return;
  const command = matches(event, 'Mod+Z') ? undo : matches(event, 'Mod+Shift+Z') || matches(event, 'Mod+Y') ? redo : null;
  if (!command) return;
  event.preventDefault();
  event.stopPropagation();
  const place = view.scrollSnapshot();
  if (command(view)) view.dispatch({ effects: place });
}
