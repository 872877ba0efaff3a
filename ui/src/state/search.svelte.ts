import type { EditInfo } from '../bindings/EditInfo';
import type { FileHits } from '../bindings/FileHits';
import type { Hit } from '../bindings/Hit';
import type { SearchFound } from '../bindings/SearchFound';
import type { TextPoint } from '../bindings/TextPoint';
import type { TextSearch } from '../bindings/TextSearch';
import { act, ask, failureOf } from '../ipc';

/** A place in the list of results. */
export interface Found {
  file: FileHits;
  hit: Hit;
}

/** How many places are listed; all that are found are replaced. */
const LIMIT = 500;
const PATIENCE = 120;

const placeName = (file: string, offset: number): string => `${offset}:${file}`;

/** The search of all briefings and snippets, and what is replaced of it. */
export class Search {
  open = $state(false);
  /** Counts the wishes to type into the field. */
  asked = $state(0);
  text = $state('');
  case = $state(false);
  words = $state(false);
  regex = $state(false);
  replacing = $state(false);
  with = $state('');
  found = $state.raw<SearchFound | null>(null);
  /** Why there is no answer, where there is none. */
  error = $state<string | null>(null);
  selected = $state(0);
  /** How far the list is scrolled, in pixels; it comes back there. */
  top = 0;
  #folded = $state.raw(new Set<string>());
  #skipped = $state.raw(new Map<string, TextPoint>());
  #timer: ReturnType<typeof setTimeout> | undefined;
  #generation = 0;

  /** The places in the files that are not folded. */
  readonly list: Found[] = $derived(
    (this.found?.hits ?? []).flatMap((file) => (this.#folded.has(file.file) ? [] : file.hits.map((hit) => ({ file, hit })))),
  );
  /** How many places a replacement would change. */
  readonly count = $derived(Math.max((this.found?.places ?? 0) - this.#skipped.size, 0));

  /** Shows the panel, with `text` in its field where there is any. */
  show(text: string, replacing = this.replacing): void {
    this.open = true;
    this.replacing = replacing;
    this.asked += 1;
    if (text !== '' && text !== this.text) this.look({ text });
    else this.refreshSoon();
  }

  /** Changes what is looked for, and looks. */
  look(change: Partial<TextSearch>): void {
    Object.assign(this, change);
    this.#skipped = new Map();
    this.#folded = new Set();
    this.selected = 0;
    this.top = 0;
    this.refreshSoon();
  }

  /** Looks again shortly, where the panel is open; only the last call counts. */
  refreshSoon(after = PATIENCE): void {
    clearTimeout(this.#timer);
    if (this.open) this.#timer = setTimeout(() => void this.refresh(), after);
  }

  /** Looks again; an answer that another search has overtaken is dropped. */
  async refresh(): Promise<void> {
    const generation = ++this.#generation;
    try {
      const found = this.text === '' ? null : (await ask({ type: 'search', search: this.#search, limit: LIMIT }, 'search')).found;
      if (generation !== this.#generation) return;
      this.error = found?.error ?? null;
      // What was found before stays in sight while an expression is being written.
      if (this.error === null) this.found = found;
      this.selected = Math.min(this.selected, Math.max(this.list.length - 1, 0));
    } catch (error) {
      if (generation === this.#generation) this.error = failureOf(error).message;
    }
  }

  isFolded(file: string): boolean {
    return this.#folded.has(file);
  }

  /** Folds the places of a file away, or shows them. */
  fold(file: string): void {
    const folded = new Set(this.#folded);
    if (!folded.delete(file)) folded.add(file);
    this.#folded = folded;
    this.selected = Math.min(this.selected, Math.max(this.list.length - 1, 0));
  }

  isSkipped({ file, hit }: Found): boolean {
    return this.#skipped.has(placeName(file.file, hit.offset));
  }

  /** Leaves a place as it is, or takes it in again. */
  skip({ file, hit }: Found): void {
    const skipped = new Map(this.#skipped);
    const name = placeName(file.file, hit.offset);
    if (!skipped.delete(name)) skipped.set(name, { file: file.file, offset: hit.offset });
    this.#skipped = skipped;
  }

  /** Replaces what is found and not skipped. */
  async replace(): Promise<EditInfo | null> {
    const reply = await act({ type: 'replaceAll', search: this.#search, with: this.with, skip: [...this.#skipped.values()] });
    this.#skipped = new Map();
    await this.refresh();
    return reply.type === 'edited' ? reply.edit : null;
  }

  /** Forgets what was found; another workspace comes. */
  reset(): void {
    clearTimeout(this.#timer);
    this.#generation += 1;
    this.open = false;
    this.text = '';
    this.with = '';
    this.found = null;
    this.error = null;
    this.top = 0;
    this.#skipped = new Map();
  }

  get #search(): TextSearch {
    return { text: this.text, case: this.case, words: this.words, regex: this.regex };
  }
}
