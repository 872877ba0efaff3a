import type { OpenDocument } from './document.svelte';
import type { Documents } from './documents.svelte';
import type { Pages } from './pages.svelte';

/** How long after a keystroke, in milliseconds, new pages still are its doing. */
const FOLLOW_FOR = 3000;
/** How long the cursor has to rest, in milliseconds, before its place on the pages is looked for. */
const REST = 60;

/** Keeps the pages with the text: those of the briefing in front, at the cursor's place. */
export class Following {
  readonly #documents: Documents;
  readonly #pages: Pages;
  #typedAt = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** Whether the place that is waited for is to come into sight. */
  #follow = false;
  #ended = false;

  constructor(documents: Documents, pages: Pages) {
    this.#documents = documents;
    this.#pages = pages;
  }

  /** Shows the pages of the briefing in front. */
  front(): void {
    const leading = this.#leading;
    if (leading?.kind === 'briefing') this.#pages.show(leading.file);
  }

  /** Marks the cursor's place on the pages, once it rests. */
  place(follow: boolean): void {
    clearTimeout(this.#timer);
    if (this.#ended) return;
    // Pages that come in between do not take back what a move of the cursor asked for.
    this.#follow ||= follow;
    this.#timer = setTimeout(() => {
      const leading = this.#leading;
      const wanted = this.#follow;
      this.#follow = false;
      if (leading && this.#pages.set) void this.#pages.locate(leading.file, leading.cursor.offset, wanted && leading.view.hasFocus);
    }, REST);
  }

  /** Remembers that somebody typed: the pages that come are followed. */
  typed(): void {
    this.#typedAt = Date.now();
  }

  /** Marks the cursor's place on pages that just came. */
  paged(): void {
    this.place(Date.now() - this.#typedAt < FOLLOW_FOR);
  }

  /** Follows nothing any more. */
  end(): void {
    this.#ended = true;
    clearTimeout(this.#timer);
  }

  /** The briefing that the pages belong to: the one beside while it is written in, else the one in front. */
  get #leading(): OpenDocument | null {
    const { front, beside } = this.#documents;
    return beside?.kind === 'briefing' && beside.view.hasFocus ? beside : front;
  }
}
