/** Dragging with the pointer: snippets from the library, and blocks of the text, to a line between two blocks. */

import type { EditorView } from '@codemirror/view';
import type { OpenDocument } from '../state/document.svelte';
import { insertBlock, moveBlockTo, topBlocks } from './gestures';

/** What is being dragged. */
export type Load = { type: 'snippet'; id: string; title: string } | { type: 'block'; view: EditorView; from: number; to: number };

const targets = new Map<HTMLElement, OpenDocument>();
const THRESHOLD = 5;

/** Makes an element a place where loads can be dropped into `document`. */
export function dropTarget(element: HTMLElement, document: OpenDocument): { update: (document: OpenDocument) => void; destroy: () => void } {
  targets.set(element, document);
  return {
    update: (next) => void targets.set(element, next),
    destroy: () => void targets.delete(element),
  };
}

interface Spot {
  element: HTMLElement;
  document: OpenDocument;
  offset: number;
  y: number;
}

/** Returns the gap between blocks that is nearest to a point. */
function spotAt(x: number, y: number): Spot | null {
  for (const [element, document] of targets) {
    const box = element.getBoundingClientRect();
    if (x < box.left || x > box.right || y < box.top || y > box.bottom) continue;
    const { view } = document;
    const spans = topBlocks(view.state);
    let best: Spot | null = null;
    for (const [at, span] of spans.entries()) {
      const top = view.documentTop + view.lineBlockAt(span.from).top;
      const bottom = view.documentTop + view.lineBlockAt(span.to).bottom;
      const gaps = at === spans.length - 1 ? [[top, span.from], [bottom, view.state.doc.length]] : [[top, span.from]];
      for (const [edge = 0, offset = 0] of gaps) {
        if (!best || Math.abs(edge - y) < Math.abs(best.y - y)) best = { element, document, offset, y: edge };
      }
    }
    return best ?? { element, document, offset: view.state.doc.length, y: box.top + 40 };
  }
  return null;
}

function drop(load: Load, spot: Spot): void {
  const { view } = spot.document;
  if (load.type === 'snippet') {
    view.dispatch(insertBlock(view.state, spot.offset, `![[${load.id}]]`));
  } else if (load.view === view) {
    const changes = moveBlockTo(view.state, load, spot.offset);
    if (changes) view.dispatch({ changes, userEvent: 'move.block' });
  }
  view.focus();
}

/** Follows the pointer from a press on; a press without a move stays a click. */
export function drag(event: PointerEvent, load: Load, label: string): void {
  if (event.button !== 0) return;
  const start = { x: event.clientX, y: event.clientY };
  const line = document.createElement('div');
  line.className = 'drop';
  const ghost = document.createElement('div');
  ghost.className = 'drag-ghost';
  ghost.textContent = label;
  let under = false;
  let spot: Spot | null = null;

  const move = (event: PointerEvent): void => {
    if (!under && Math.hypot(event.clientX - start.x, event.clientY - start.y) < THRESHOLD) return;
    if (!under) document.body.append(ghost);
    under = true;
    document.body.classList.add('dragging');
    ghost.style.transform = `translate(${event.clientX + 12}px, ${event.clientY + 8}px)`;
    spot = spotAt(event.clientX, event.clientY);
    if (!spot) {
      line.remove();
      return;
    }
    const box = spot.element.getBoundingClientRect();
    const text = spot.document.view.contentDOM.getBoundingClientRect();
    line.style.top = `${Math.min(Math.max(spot.y - box.top, 0), box.height - 2)}px`;
    line.style.left = `${text.left - box.left + 36}px`;
    line.style.width = `${text.width - 72}px`;
    spot.element.append(line);
  };
  const end = (event: Event): void => {
    window.removeEventListener('pointermove', move);
    window.removeEventListener('pointerup', end);
    window.removeEventListener('pointercancel', end);
    window.removeEventListener('keydown', cancel, true);
    document.body.classList.remove('dragging');
    line.remove();
    ghost.remove();
    if (under && spot && event.type === 'pointerup') drop(load, spot);
  };
  const cancel = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') end(event);
  };
  window.addEventListener('pointermove', move);
  window.addEventListener('pointerup', end);
  window.addEventListener('pointercancel', end);
  window.addEventListener('keydown', cancel, true);
}
