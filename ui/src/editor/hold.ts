import { type Extension, StateEffect, type TransactionSpec } from '@codemirror/state';
import { EditorView, ViewPlugin, type ViewUpdate } from '@codemirror/view';

/** The line at this offset goes to the top of the pane and stays there until the user does something. */
const hold = StateEffect.define<number>();

/** What a user does that may move the text. */
const ACTS = ['wheel', 'pointerdown', 'touchstart', 'keydown'] as const;

/** A line's edge may stand between two pixels, which scrolling cannot. */
const PIXEL = 1;

/** Returns the offset of the line at the top of the pane. */
export function lineAtTop(view: EditorView): number {
  return view.lineBlockAtHeight(view.scrollDOM.getBoundingClientRect().top + PIXEL - view.documentTop).from;
}

/** Returns the transaction that puts the cursor to an offset, and a line to the top of the pane while what stands above it gets its height. */
export function asLeft(cursor: number, top: number): TransactionSpec {
  return { selection: { anchor: cursor }, effects: top > 0 ? hold.of(top) : [] };
}

/** Lets an editor that comes back show what it showed. */
export function holding(): Extension {
  return ViewPlugin.fromClass(Hold);
}

class Hold {
  #view: EditorView;
  #top: number | null = null;
  #frame: number | null = null;
  #release = (): void => void (this.#top = null);

  constructor(view: EditorView) {
    this.#view = view;
    for (const act of ACTS) view.scrollDOM.addEventListener(act, this.#release, { capture: true, passive: true });
  }

  update(update: ViewUpdate): void {
    for (const transaction of update.transactions) {
      if (this.#top !== null) this.#top = transaction.changes.mapPos(this.#top);
      // A jump to another place ends it.
      if (transaction.selection) this.#top = null;
      for (const effect of transaction.effects) if (effect.is(hold)) this.#top = effect.value;
    }
    if (this.#top !== null && (update.geometryChanged || update.transactions.length > 0)) this.#later();
  }

  destroy(): void {
    if (this.#frame !== null) cancelAnimationFrame(this.#frame);
    for (const act of ACTS) this.#view.scrollDOM.removeEventListener(act, this.#release, { capture: true });
  }

  /** Scrolls once the update is over; what is not drawn yet gets its height then, which is an update again. */
  #later(): void {
    this.#frame ??= requestAnimationFrame(() => {
      this.#frame = null;
      const view = this.#view;
      if (this.#top === null || !view.dom.isConnected || lineAtTop(view) === view.state.doc.lineAt(this.#top).from) return;
      view.dispatch({ effects: EditorView.scrollIntoView(this.#top, { y: 'start', yMargin: 0 }) });
    });
  }
}
