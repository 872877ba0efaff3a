import type { PagePoint } from '../bindings/PagePoint';
import type { PageSet } from '../bindings/PageSet';
import type { TypesetFailure } from '../bindings/TypesetFailure';
import { act, ask } from '../ipc';

/** How pages are scaled: to the pane's width, to the whole page, or by a factor of 96 dots to the inch. */
export type Zoom = 'width' | 'page' | number;

export const PAGE_ZOOMS = [0.5, 0.75, 1, 1.25, 1.5, 2, 3];

/** Points to CSS pixels at 100 %. */
export const PIXELS_PER_POINT = 96 / 72;

/** The pages of the briefing in front, and where the cursor is on them. */
export class Pages {
  briefing = $state<string | null>(null);
  set = $state.raw<PageSet | null>(null);
  failure = $state.raw<TypesetFailure | null>(null);
  /** When the pages on show were made, in milliseconds since 1970. */
  madeAt = $state(0);
  zoom = $state<Zoom>('width');
  /** The page that is mostly in sight, from 1. */
  current = $state(1);
  mark = $state.raw<PagePoint | null>(null);
  /** A page to bring into sight; the number makes two wishes for one page two wishes. */
  wish = $state.raw<{ page: number; y: number | null; again: number } | null>(null);
  #sight = { first: 1, last: 2, scale: 1 };
  #asked = '';
  #wishes = 0;
  #known = new Map<string, PageSet>();

  readonly count = $derived(this.set?.pages.length ?? 0);

  /** Shows the pages of a briefing from now on, or none. */
  show(briefing: string | null): void {
    if (briefing === this.briefing) return;
    this.briefing = briefing;
    this.set = briefing === null ? null : (this.#known.get(briefing) ?? null);
    this.failure = null;
    this.mark = null;
    this.current = 1;
    this.#sight = { ...this.#sight, first: 1, last: 2 };
    this.#tell();
  }

  /** Says which pages are in sight, and at how many pixels of the screen a point. */
  see(first: number, last: number, scale: number): void {
    this.#sight = { first, last, scale };
    this.#tell();
  }

  /** Has the pages typeset once more. */
  async retry(): Promise<void> {
    await act({ type: 'showPages', briefing: null, ...this.#sight });
    await act({ type: 'showPages', briefing: this.briefing, ...this.#sight });
  }

  /** Takes new pages. */
  receive(set: PageSet): void {
    this.#known.set(set.briefing, set);
    if (set.briefing !== this.briefing) return;
    this.set = set;
    this.failure = null;
    this.madeAt = Date.now();
    this.current = Math.min(this.current, Math.max(set.pages.length, 1));
  }

  /** Takes the news that there are no new pages. */
  fail(briefing: string, failure: TypesetFailure): void {
    if (briefing === this.briefing) this.failure = failure;
  }

  /** Brings a page into sight. */
  go(page: number, y: number | null = null): void {
    this.wish = { page: Math.min(Math.max(page, 1), Math.max(this.count, 1)), y, again: ++this.#wishes };
  }

  /** Goes a step of zoom in (1) or out (-1) from the scale in use. */
  zoomBy(step: -1 | 1, scale: number): void {
    const now = scale / PIXELS_PER_POINT;
    const next = step > 0 ? PAGE_ZOOMS.find((zoom) => zoom > now + 0.01) : PAGE_ZOOMS.findLast((zoom) => zoom < now - 0.01);
    if (next !== undefined) this.zoom = next;
  }

  /** Asks where a place of the text is on the pages, and marks it. */
  async locate(file: string, offset: number, follow: boolean): Promise<void> {
    const { briefing } = this;
    if (briefing === null) return;
    try {
      const { points } = await ask({ type: 'pageAt', briefing, file, offset }, 'pageAt');
      if (briefing !== this.briefing) return;
      this.mark = points[0] ?? null;
      if (follow && this.mark) this.wish = { page: this.mark.page, y: this.mark.y, again: ++this.#wishes };
    } catch {
      this.mark = null;
    }
  }

  /** Follows a briefing to its new name; with null its pages are gone. */
  moved(briefing: string, to: string | null): void {
    const known = this.#known.get(briefing);
    this.#known.delete(briefing);
    if (to !== null && known) this.#known.set(to, { ...known, briefing: to });
    if (this.briefing !== briefing) return;
    if (to === null) return this.show(null);
    this.briefing = to;
    if (known) this.set = { ...known, briefing: to };
    this.#tell();
  }

  /** Forgets everything; another workspace comes. */
  reset(): void {
    this.#known.clear();
    this.#asked = '';
    this.briefing = null;
    this.set = null;
    this.failure = null;
    this.mark = null;
  }

  #tell(): void {
    const request = JSON.stringify([this.briefing, this.#sight]);
    if (request === this.#asked) return;
    this.#asked = request;
    act({ type: 'showPages', briefing: this.briefing, ...this.#sight }).catch(() => (this.#asked = ''));
  }
}
