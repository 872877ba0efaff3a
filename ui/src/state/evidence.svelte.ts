import { SvelteMap } from 'svelte/reactivity';
import type { SnippetCard } from '../bindings/SnippetCard';
import type { SourceCard } from '../bindings/SourceCard';
import type { ViewCard } from '../bindings/ViewCard';
import { ask } from '../ipc';

/** How long the workspace is quiet before all cards are asked for again, in milliseconds. */
const SOON = 800;

function same(one: SnippetCard | null | undefined, other: SnippetCard | null): boolean {
  return one !== undefined && JSON.stringify(one) === JSON.stringify(other);
}

/** What the text refers to: cards of snippets, sources and views, fetched once and kept until they change. */
export class Evidence {
  #cards = new SvelteMap<string, SnippetCard | null>();
  #sources = $state.raw(new Map<string, SourceCard>());
  #wanted = new Set<string>();
  #asking = false;
  #listeners = new Set<() => void>();
  #later: ReturnType<typeof setTimeout> | undefined;
  sourcesKnown = $state(false);
  views = $state.raw<ViewCard[]>([]);

  /** Returns a snippet's card; null where no snippet has the id, undefined while it is asked for. */
  card(id: string): SnippetCard | null | undefined {
    const card = this.#cards.get(id);
    if (card === undefined) this.#want(id);
    return card;
  }

  /** Returns a source's card; null where the bibliography has no such key, undefined while it is not known. */
  source(key: string): SourceCard | null | undefined {
    return this.#sources.get(key) ?? (this.sourcesKnown ? null : undefined);
  }

  /** Returns all sources, in the engine's order. */
  get sources(): SourceCard[] {
    return [...this.#sources.values()];
  }

  /** Calls `listener` whenever something arrived; returns what ends that. */
  onArrival(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Forgets everything and asks again for what is general. */
  async reset(): Promise<void> {
    clearTimeout(this.#later);
    this.#cards.clear();
    this.sourcesKnown = false;
    await this.refreshSources();
    const views = await ask({ type: 'complete', what: 'view', text: '', limit: 50 }, 'views');
    this.views = views.views;
  }

  /** Asks for the bibliography again. */
  async refreshSources(): Promise<void> {
    const { sources } = await ask({ type: 'sources', text: '' }, 'sources');
    this.#sources = new Map(sources.map((source) => [source.key, source]));
    this.sourcesKnown = true;
    this.#tell();
  }

  /** Asks again for snippets that changed, for their copies, and for all that were unknown; soon for the others as well. */
  changed(ids: string[]): void {
    const stale = new Set(ids);
    for (const [id, card] of this.#cards) {
      const copied = card?.copyOf ?? null;
      if (ids.length === 0 || card === null || stale.has(id) || (copied !== null && stale.has(copied))) this.#want(id);
    }
    if (ids.length === 0) return;
    // How often a snippet is used, and whether another supersedes it, is said elsewhere than in itself.
    clearTimeout(this.#later);
    this.#later = setTimeout(() => this.changed([]), SOON);
  }

  /** Takes in cards that another query brought. */
  learn(cards: SnippetCard[]): void {
    for (const card of cards) this.#cards.set(card.id, card);
  }

  #want(id: string): void {
    this.#wanted.add(id);
    if (this.#asking) return;
    this.#asking = true;
    queueMicrotask(() => void this.#fetch());
  }

  async #fetch(): Promise<void> {
    const ids = [...this.#wanted];
    this.#wanted.clear();
    try {
      const { cards } = await ask({ type: 'cards', ids }, 'cards');
      const found = new Map(cards.map((card) => [card.id, card]));
      const news = ids.filter((id) => !same(this.#cards.get(id), found.get(id) ?? null));
      for (const id of news) this.#cards.set(id, found.get(id) ?? null);
      if (news.length > 0) this.#tell();
    } catch {
      // The engine says elsewhere what is wrong with it; the chips stay plain until it answers again.
    } finally {
      this.#asking = false;
      if (this.#wanted.size > 0) this.#want([...this.#wanted][0] as string);
    }
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}
