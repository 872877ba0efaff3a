import type { Facets } from '../bindings/Facets';
import type { LibraryFilter } from '../bindings/LibraryFilter';
import type { LibraryPage } from '../bindings/LibraryPage';
import type { SnippetCard } from '../bindings/SnippetCard';
import { ask } from '../ipc';
import type { LibraryTab } from './library-tab';
import { Searches } from './searches.svelte';
import { Selection } from './selection.svelte';

/** Facets that a filter can choose from. */
export type FacetName = 'kinds' | 'topics' | 'actors' | 'areas' | 'sources' | 'years' | 'markings' | 'review';

export const SORTS = ['newest', 'oldest', 'title', 'relevance'] as const;

const CHUNK = 80;

export function emptyFilter(): LibraryFilter {
  return {
    text: '', kinds: [], topics: [], actors: [], areas: [], sources: [], years: [], markings: [], review: [],
    sort: 'newest',
  };
}

/** The list of snippets: a filter, and windows of what it leaves, asked for as they come into sight. */
export class Library {
  filter = $state<LibraryFilter>(emptyFilter());
  total = $state(0);
  matched = $state(0);
  facets = $state.raw<Facets | null>(null);
  selected = $state(-1);
  /** What the pane of the library shows. */
  tab = $state<LibraryTab>('snippets');
  /** How far the list is scrolled, in pixels; it comes back there. */
  top = 0;
  readonly selection = new Selection(this);
  readonly searches = new Searches();
  /** Whether the panel for changing what is selected is open, and the one of saved searches. */
  changing = $state(false);
  searchesOpen = $state(false);
  #chunks = $state.raw(new Map<number, SnippetCard[]>());
  #asked = new Set<number>();
  #wanted: number[] = [];
  #loading: Promise<void> | null = null;
  #generation = $state(0);
  /** The generation that the first rows on show are of. */
  #shown = 0;
  /** The words that were looked for last, and a search for others that is about to begin. */
  #words = '';
  #about: Promise<void> | null = null;

  /** Whether the filter leaves anything out. */
  readonly filtered = $derived(
    this.filter.text !== '' ||
      (['kinds', 'topics', 'actors', 'areas', 'sources', 'years', 'markings', 'review'] as const)
        .some((name) => this.filter[name].length > 0),
  );

  /** Returns the row at `index`, where it has arrived. */
  row(index: number): SnippetCard | undefined {
    return this.#chunks.get(Math.floor(index / CHUNK))?.[index % CHUNK];
  }

  /** The selected row. */
  get current(): SnippetCard | undefined {
    return this.selected < 0 ? undefined : this.row(this.selected);
  }

  /** Asks for the rows from `first` to `last`, where they are not there; what went out of sight meanwhile is left out. */
  need(first: number, last: number): void {
    void this.#generation;
    const windows = (from: number, to: number): number[] => {
      const start = Math.floor(Math.max(from, 0) / CHUNK);
      return Array.from({ length: Math.floor(Math.max(Math.min(to, this.matched - 1), 0) / CHUNK) - start + 1 }, (_, at) => start + at);
    };
    // The first rows come with the counts; what lies next is there before the list is scrolled to it.
    void this.#load([0, ...windows(first, last), ...windows(first - CHUNK / 2, last + CHUNK / 2)]);
  }

  /** Asks again from the start, after a change of the filter or of the workspace. */
  async refresh(keepSelection = false): Promise<void> {
    const generation = ++this.#generation;
    this.#words = this.filter.text;
    this.#asked.clear();
    const selected = this.current?.id;
    if (!keepSelection) {
      this.selection.clear();
      this.selected = -1;
      return this.#load([0]);
    }
    this.selection.forgetStart();
    await this.#load([0]);
    if (generation !== this.#generation || selected === undefined) return;
    const index = (this.#chunks.get(0) ?? []).findIndex((card) => card.id === selected);
    if (index >= 0) this.selected = index;
  }

  /** Sets the words to look for; where an input method takes a syllable out and puts it in again at once, nothing was changed. */
  search(text: string): void {
    this.filter.text = text;
    this.#about ??= new Promise((done) => {
      setTimeout(() => {
        this.#about = null;
        if (this.filter.text !== this.#words) void this.refresh();
        done();
      });
    });
  }

  /** Whether the rows on show are those of before. */
  get late(): boolean {
    return this.#about !== null || this.#shown !== this.#generation;
  }

  /** Waits for the rows that were asked for. */
  async arrived(): Promise<void> {
    await this.#about;
    await this.#loading;
  }

  /** Chooses or drops a value of a facet. */
  toggle(facet: FacetName, value: string): void {
    const values = this.filter[facet] as string[];
    const at = values.indexOf(value);
    if (at < 0) values.push(value);
    else values.splice(at, 1);
    void this.refresh();
  }

  /** Sets the order. */
  sort(order: string): void {
    this.filter.sort = order;
    void this.refresh(true);
  }

  /** Takes a whole filter, as a saved search has it. */
  apply(filter: LibraryFilter): void {
    this.filter = { ...emptyFilter(), ...structuredClone(filter) };
    void this.refresh();
  }

  /** Shows the snippets that rest on a source, and nothing else. */
  ofSource(key: string): void {
    this.tab = 'snippets';
    this.apply({ ...emptyFilter(), sources: [key], sort: this.filter.sort });
  }

  /** Drops the whole filter. */
  clear(): void {
    this.filter = { ...emptyFilter(), sort: this.filter.sort };
    void this.refresh();
  }

  /** Has these windows asked for, in place of those that wait; one is under way at a time, so that none is late for long. */
  #load(chunks: number[]): Promise<void> {
    this.#wanted = [...new Set(chunks)].filter((chunk) => !this.#asked.has(chunk));
    if (this.#loading || this.#wanted.length === 0) return this.#loading ?? Promise.resolve();
    return (this.#loading = this.#fetch());
  }

  async #fetch(): Promise<void> {
    for (let chunk = this.#wanted.shift(); chunk !== undefined; chunk = this.#wanted.shift()) {
      const generation = this.#generation;
      this.#asked.add(chunk);
      try {
        const filter = $state.snapshot(this.filter);
        const { page } = await ask({ type: 'library', filter, offset: chunk * CHUNK, limit: CHUNK }, 'library');
        if (generation === this.#generation) this.#take(chunk, page);
      } catch {
        if (generation === this.#generation) this.#asked.delete(chunk);
      }
    }
    this.#loading = null;
  }

  #take(chunk: number, page: LibraryPage): void {
    // Rows of before stay on show until the new ones are there.
    this.#chunks = new Map(this.#chunks).set(chunk, page.cards);
    this.total = page.total;
    this.matched = page.matched;
    if (chunk !== 0) return;
    this.facets = page.facets;
    this.#shown = this.#generation;
  }
}
