import { SvelteSet } from 'svelte/reactivity';
import type { LibraryFilter } from '../bindings/LibraryFilter';
import type { SnippetCard } from '../bindings/SnippetCard';
import { ask } from '../ipc';

/** How many rows one question fetches when ids are all that is wanted. */
const PAGE = 1000;

/** The list that a selection is made in. */
export interface Rows {
  readonly filter: LibraryFilter;
  readonly matched: number;
  row(index: number): SnippetCard | undefined;
}

const idOf = (file: string): string => file.replace(/^.*\//, '').replace(/\.md$/, '');

/** Snippets selected in the library: some by their ids, or all that the filter leaves but for a few. */
export class Selection {
  #rows: Rows;
  #ids = new SvelteSet<string>();
  #all = $state(false);
  /** Where a stretch starts, and what was selected before it. */
  #anchor = -1;
  #before: string[] = [];
  #turn = 0;

  constructor(rows: Rows) {
    this.#rows = rows;
  }

  /** How many snippets are selected. */
  get count(): number {
    return this.#all ? Math.max(this.#rows.matched - this.#ids.size, 0) : this.#ids.size;
  }

  /** Returns whether a snippet is selected. */
  has(id: string): boolean {
    return this.#ids.has(id) !== this.#all;
  }

  /** Selects one more, or one less. */
  toggle(id: string, index: number): void {
    this.#turn += 1;
    if (this.#ids.has(id)) this.#ids.delete(id);
    else this.#ids.add(id);
    this.#start(index);
  }

  /** Makes a row the start of the next stretch. */
  #start(index: number): void {
    this.#anchor = index;
    this.#before = [...this.#ids];
  }

  /** Selects everything from the start of the stretch to a row, in place of the stretch of before. */
  async extend(from: number, to: number): Promise<void> {
    const turn = ++this.#turn;
    if (this.#all) {
      this.#all = false;
      this.#ids.clear();
      this.#anchor = -1;
    }
    if (this.#anchor < 0) this.#start(Math.max(from, 0));
    const [first, last] = [Math.min(this.#anchor, to), Math.max(this.#anchor, to)];
    const known: string[] = [];
    for (let index = first; index <= last; index++) {
      const card = this.#rows.row(index);
      if (!card) break;
      known.push(card.id);
    }
    const ids = known.length === last - first + 1 ? known : await this.#fetch(first, last);
    if (turn !== this.#turn) return;
    const wanted = new Set([...this.#before, ...ids]);
    for (const id of [...this.#ids]) if (!wanted.has(id)) this.#ids.delete(id);
    for (const id of wanted) this.#ids.add(id);
  }

  /** Selects all that the filter leaves. */
  everything(): void {
    this.#turn += 1;
    this.#ids.clear();
    this.#all = true;
    this.#anchor = -1;
  }

  /** Selects nothing. */
  clear(): void {
    this.#turn += 1;
    this.#ids.clear();
    this.#all = false;
    this.forgetStart();
  }

  /** Forgets where a stretch started, once rows stand elsewhere. */
  forgetStart(): void {
    this.#anchor = -1;
    this.#before = [];
  }

  /** Takes that a file has another name now, or is gone. */
  moved(file: string, to: string | null): void {
    if (!this.#ids.delete(idOf(file)) || to === null) return;
    this.#ids.add(idOf(to));
  }

  /** Returns the ids of all that is selected. */
  async resolve(): Promise<string[]> {
    if (!this.#all) return [...this.#ids];
    const ids = await this.#fetch(0, this.#rows.matched - 1);
    return ids.filter((id) => !this.#ids.has(id));
  }

  async #fetch(first: number, last: number): Promise<string[]> {
    const filter = $state.snapshot(this.#rows.filter);
    const ids: string[] = [];
    for (let offset = first; offset <= last; offset += PAGE) {
      const { page } = await ask({ type: 'library', filter, offset, limit: Math.min(PAGE, last - offset + 1) }, 'library');
      ids.push(...page.cards.map((card) => card.id));
    }
    return ids;
  }
}
