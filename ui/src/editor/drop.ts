/** Dragging with the pointer: snippets from the library, and blocks of the text, to a line between two blocks. */

import type { Text } from '@codemirror/state';
import type { EditorView } from '@codemirror/view';
import type { OpenDocument } from '../state/document.svelte';
import { insertBlock } from './gestures';
import { moveTo, topBlocks } from './top-blocks';

/** What is being dragged; a block is where it was in the text that it was taken up from. */
export type Load = { type: 'snippet'; id: string; title: string } | { type: 'block'; view: EditorView; doc: Text; from: number };

const targets = new Map<HTMLElement, OpenDocument>();
const THRESHOLD = 5;
/** How near to the edge of the text the pointer scrolls it, and by how much in a frame at most, in pixels. */
const EDGE = 48;
const SPEED = 14;

/** Makes an element a place where loads can be dropped into `document`. */
export function dropTarget(element: HTMLElement, document: OpenDocument): { update: (document: OpenDocument) => void; destroy: () => void } {
  targets.set(element, document);
  return {
    update: (next) => void targets.set(element, next),
    destroy: () => void targets.delete(element),
  };
}

/** A gap between two blocks of a text: before the block of that number, or behind the last. */
interface Spot {
  element: HTMLElement;
  document: OpenDocument;
  gap: number;
  offset: number;
  y: number;
}

/** Returns the element and its document that a point is in. */
function targetAt(x: number, y: number): [HTMLElement, OpenDocument] | null {
  for (const [element, document] of targets) {
    const box = element.getBoundingClientRect();
    if (x >= box.left && x <= box.right && y >= box.top && y <= box.bottom) return [element, document];
  }
  return null;
}

/** Returns the gap between blocks that is nearest to a point; a block goes only where it changes its place, in its own text. */
function spotAt(x: number, y: number, load: Load): Spot | null {
  const [element, document] = targetAt(x, y) ?? [];
  if (!element || !document) return null;
  const { view } = document;
  if (load.type === 'block' && (load.view !== view || load.doc !== view.state.doc)) return null;
  const spans = topBlocks(view.state);
  const own = load.type === 'block' ? spans.findIndex((span) => span.from === load.from) : -1;
  const edges = spans.map((span) => view.documentTop + view.lineBlockAt(span.from).top);
  const last = spans.at(-1);
  if (last) edges.push(view.documentTop + view.lineBlockAt(last.to).bottom);
  const nearest = edges.reduce((best, edge, gap) => (best < 0 || Math.abs(edge - y) < Math.abs((edges[best] ?? 0) - y) ? gap : best), -1);
  if (nearest < 0) return { element, document, gap: 0, offset: view.state.doc.length, y: element.getBoundingClientRect().top + 40 };
  if (own >= 0 && (nearest === own || nearest === own + 1)) return null;
  return { element, document, gap: nearest, offset: spans[nearest]?.from ?? view.state.doc.length, y: edges[nearest] ?? 0 };
}

function drop(load: Load, { document, gap, offset }: Spot): void {
  const { view } = document;
  if (load.type === 'snippet') view.dispatch(insertBlock(view.state, offset, `![[${load.id}]]`));
  else {
    const spans = topBlocks(view.state);
    const move = moveTo(view.state, spans, spans.findIndex((span) => span.from === load.from), gap);
    if (move) view.dispatch({ changes: move.changes, userEvent: 'move.block' });
  }
  view.focus();
}

/** Scrolls the text under the pointer where that is at its edge. */
function scrollAt(x: number, y: number): void {
  const [element, document] = targetAt(x, y) ?? [];
  if (!element || !document) return;
  const box = element.getBoundingClientRect();
  const over = y < box.top + EDGE ? y - box.top - EDGE : y > box.bottom - EDGE ? y - box.bottom + EDGE : 0;
  document.view.scrollDOM.scrollTop += Math.round((over / EDGE) * SPEED);
}

/** Returns what says whether the gaps at a point are where they were: the text, where it starts in the window, and its height. */
function layoutAt(x: number, y: number): readonly unknown[] {
  const view = targetAt(x, y)?.[1].view;
  return [view?.state.doc, view?.documentTop, view?.contentHeight];
}

/** Follows the pointer from a press on; a press without a move stays a click. */
export function drag(event: PointerEvent, load: Load, label: string, click?: () => void): void {
  if (event.button !== 0) return;
  const start = { x: event.clientX, y: event.clientY };
  let at = start;
  const line = document.createElement('div');
  line.className = 'drop';
  const ghost = document.createElement('div');
  ghost.className = 'drag-ghost';
  ghost.textContent = label;
  let under = false;
  let spot: Spot | null = null;
  let layout: readonly unknown[] = [];
  let frame = 0;

  const show = (): void => {
    spot = spotAt(at.x, at.y, load);
    layout = layoutAt(at.x, at.y);
    if (!spot) {
      line.remove();
      return;
    }
    const box = spot.element.getBoundingClientRect();
    const text = spot.document.view.contentDOM.getBoundingClientRect();
    line.style.top = `${Math.min(Math.max(spot.y - box.top, 0), box.height - 2)}px`;
    line.style.left = `${text.left - box.left + 36}px`;
    line.style.width = `${text.width - 72}px`;
    if (line.parentElement !== spot.element) spot.element.append(line);
  };
  // Under a hand that is still the text scrolls, cards get their height and others may write.
  const follow = (): void => {
    scrollAt(at.x, at.y);
    if (layoutAt(at.x, at.y).some((value, index) => value !== layout[index])) show();
    frame = requestAnimationFrame(follow);
  };
  const move = (event: PointerEvent): void => {
    if (!under && Math.hypot(event.clientX - start.x, event.clientY - start.y) < THRESHOLD) return;
    if (!under) {
      document.body.append(ghost);
      document.body.classList.add('dragging');
      frame = requestAnimationFrame(follow);
    }
    under = true;
    at = { x: event.clientX, y: event.clientY };
    ghost.style.transform = `translate(${at.x + 12}px, ${at.y + 8}px)`;
    show();
  };
  const end = (event: Event): void => {
    window.removeEventListener('pointermove', move);
    window.removeEventListener('pointerup', end);
    window.removeEventListener('pointercancel', end);
    window.removeEventListener('keydown', cancel, true);
    window.removeEventListener('selectstart', still, true);
    cancelAnimationFrame(frame);
    if (under) show();
    document.body.classList.remove('dragging');
    line.remove();
    ghost.remove();
    if (event.type !== 'pointerup') return;
    if (!under) click?.();
    else if (spot) drop(load, spot);
  };
  const cancel = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape') return;
    if (under) {
      event.preventDefault();
      event.stopPropagation();
    }
    end(event);
  };
  // The text under the pointer is not selected on the way.
  const still = (event: Event): void => event.preventDefault();
  window.addEventListener('pointermove', move);
  window.addEventListener('pointerup', end);
  window.addEventListener('pointercancel', end);
  window.addEventListener('keydown', cancel, true);
  window.addEventListener('selectstart', still, true);
}
