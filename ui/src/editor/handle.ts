/** The handle in the margin of the block under the pointer: pressed and moved it takes the block along, pressed alone it selects it. */

import type { Extension } from '@codemirror/state';
import { type EditorView, ViewPlugin, type ViewUpdate } from '@codemirror/view';
import { m } from '../paraglide/messages.js';
import { drag } from './drop';
import { host } from './host';
import { type Span, topBlocks } from './top-blocks';

const SVG = 'http://www.w3.org/2000/svg';
/** What says how a line looks, and is not said again beside the pointer. */
const SIGNS = /^(?:[#>\-*+`:|\s]+|\d+[.)]\s+)|[*_`[\]{}|]|!\[\[/g;

class Handle {
  readonly #dom = document.createElement('span');
  #span: Span | null = null;
  /** Where the pointer is; the block is looked for once a frame. */
  #y: number | null = null;
  readonly #stop: () => void;

  constructor(readonly view: EditorView) {
    const icon = document.createElementNS(SVG, 'svg');
    const use = document.createElementNS(SVG, 'use');
    icon.setAttribute('class', 'i');
    use.setAttribute('href', '#icon-grip');
    icon.append(use);
    this.#dom.className = 'grip';
    this.#dom.hidden = true;
    this.#dom.ariaHidden = 'true';
    this.#dom.append(icon);
    view.dom.append(this.#dom);
    const point = (event: PointerEvent): void => this.#point(event);
    const hide = (): void => this.#hide();
    const press = (event: PointerEvent): void => this.#press(event);
    view.dom.addEventListener('pointermove', point);
    view.dom.addEventListener('pointerleave', hide);
    view.scrollDOM.addEventListener('scroll', hide, { passive: true });
    this.#dom.addEventListener('pointerdown', press);
    this.#stop = () => {
      view.dom.removeEventListener('pointermove', point);
      view.dom.removeEventListener('pointerleave', hide);
      view.scrollDOM.removeEventListener('scroll', hide);
      this.#dom.remove();
    };
  }

  update(update: ViewUpdate): void {
    if (update.docChanged) this.#hide();
  }

  destroy(): void {
    this.#stop();
  }

  #point(event: PointerEvent): void {
    if (event.buttons !== 0 || this.#dom.contains(event.target as Node)) return;
    const waiting = this.#y !== null;
    this.#y = event.clientY;
    if (!waiting) requestAnimationFrame(() => this.#show());
  }

  #hide(): void {
    this.#y = null;
    this.#span = null;
    this.#dom.hidden = true;
  }

  #show(): void {
    const { view } = this;
    const y = this.#y;
    this.#y = null;
    if (y === null || !view.dom.isConnected) return;
    const line = view.lineBlockAtHeight(y - view.documentTop);
    const span = topBlocks(view.state).find((span) => span.from <= line.from && line.from <= span.to) ?? null;
    this.#span = span;
    this.#dom.hidden = span === null;
    if (!span) return;
    this.#dom.title = m.drag_block();
    const box = view.dom.getBoundingClientRect();
    const content = view.contentDOM.getBoundingClientRect();
    const block = view.lineBlockAt(span.from);
    const top = view.documentTop + block.top;
    const text = view.coordsAtPos(span.from, 1);
    // A card has its first line at its head; a line of text is as high as its letters.
    const middle = text && text.bottom - text.top < 60 ? (text.top + text.bottom) / 2 : top + 20;
    this.#dom.style.left = `${content.left - box.left + 2}px`;
    this.#dom.style.top = `${middle - box.top - this.#dom.offsetHeight / 2}px`;
  }

  #press(event: PointerEvent): void {
    const { view } = this;
    const span = this.#span;
    if (!span || event.button !== 0) return;
    event.preventDefault();
    event.stopPropagation();
    const { doc } = view.state;
    const { text } = doc.lineAt(span.from);
    const card = /^!\[\[([^\]#|]+)/.exec(text)?.[1];
    const title = card === undefined ? undefined : view.state.facet(host)?.evidence.card(card)?.title;
    drag(event, { type: 'block', view, doc, from: span.from }, title ?? text.replace(SIGNS, '').trim().slice(0, 60), () => {
      if (view.state.doc !== doc) return;
      view.dispatch({ selection: { anchor: span.from, head: span.to } });
      view.focus();
    });
  }
}

/** The handle of the block under the pointer. */
export function handle(): Extension {
  return ViewPlugin.fromClass(Handle);
}
