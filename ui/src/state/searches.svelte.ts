import type { LibraryFilter } from '../bindings/LibraryFilter';
import { keep, kept } from './memory';

const KEY = 'searches:';

/** A filter of the library that has a name. */
export interface SavedSearch {
  name: string;
  filter: LibraryFilter;
}

function isSearch(value: unknown): value is SavedSearch {
  return typeof value === 'object' && value !== null && 'name' in value && typeof value.name === 'string' && 'filter' in value && typeof value.filter === 'object';
}

/** The searches that were saved in a workspace; they are kept on this computer, by folder. */
export class Searches {
  list = $state.raw<SavedSearch[]>([]);
  #folder: string | null = null;

  /** Takes another workspace's. */
  load(folder: string): void {
    this.#folder = folder;
    const list = kept(KEY + folder);
    this.list = Array.isArray(list) ? list.filter(isSearch) : [];
  }

  /** Saves a filter; the one that had the name gives way. */
  save(name: string, filter: LibraryFilter): void {
    this.#keep([...this.list.filter((search) => search.name !== name), { name, filter }]);
  }

  /** Gives a search another name. */
  rename(from: string, to: string): void {
    if (to === '' || to === from) return;
    this.#keep(this.list.filter((search) => search.name !== to).map((search) => (search.name === from ? { ...search, name: to } : search)));
  }

  /** Removes a search. */
  remove(name: string): void {
    this.#keep(this.list.filter((search) => search.name !== name));
  }

  #keep(list: SavedSearch[]): void {
    this.list = list.toSorted((a, b) => a.name.localeCompare(b.name));
    if (this.#folder !== null) void keep(KEY + this.#folder, this.list);
  }
}
