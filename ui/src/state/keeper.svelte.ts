import type { App } from './app.svelte';
import type { OpenDocument } from './document.svelte';
import { folds } from './folds.svelte';
import { type KeptDocument, keepWindow, type KeptWindow } from './kept';

/** How long the window may have changed before that is kept, in milliseconds. */
const KEEP_AFTER = 400;

/** Keeps how a workspace's window is left, and opens it so again. */
export class Keeper {
  #app: App;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #unwatch: () => void;

  constructor(app: App) {
    this.#app = app;
    this.#unwatch = $effect.root(() => {
      $effect(() => this.#watch());
    });
  }

  /** Keeps nothing any more. */
  end(): void {
    clearTimeout(this.#timer);
    this.#unwatch();
  }

  /** Opens what was open when the window was left, as far as it is still there. */
  async restore(kept: KeptWindow): Promise<void> {
    const { documents, briefings, library, pages } = this.#app;
    folds.clear();
    for (const fold of kept.folded) folds.add(fold);
    const open = async ({ file, cursor, top }: KeptDocument, beside: boolean): Promise<void> => {
      try {
        (await (beside ? documents.openBeside(file) : documents.open(file))).restore(cursor, top);
      } catch {
        // The file is gone since.
      }
    };
    for (const tab of kept.tabs) await open(tab, false);
    const newest = briefings[0];
    if (documents.tabs.length === 0 && newest) await documents.open(newest.file);
    const first = documents.tabs.find((tab) => tab.file === kept.front) ?? documents.tabs[0];
    if (first) documents.show(first);
    if (kept.beside) await open(kept.beside, true);
    if (kept.recent.length > 0) documents.recent = kept.recent;
    pages.zoom = kept.zoom;
    library.tab = kept.tab;
    documents.forgetPast();
  }

  /** Keeps how the window is; resolves once that is on the disk. */
  async keep(): Promise<void> {
    clearTimeout(this.#timer);
    const { workspace, opening, ready, documents, library, pages } = this.#app;
    if (!workspace || opening || !ready) return;
    const { tabs, front, beside, recent } = documents;
    const asLeft = (document: OpenDocument): KeptDocument => ({ file: document.file, cursor: document.cursor.offset, top: document.top });
    await keepWindow(workspace.folder, {
      tabs: tabs.map(asLeft), front: front?.file ?? null, beside: beside ? asLeft(beside) : null, recent,
      filter: $state.snapshot(library.filter), zoom: pages.zoom, tab: library.tab, folded: [...folds],
    });
  }

  /** Keeps the window a little after it changed. */
  #watch(): void {
    const { documents, library, pages } = this.#app;
    for (const document of [...documents.tabs, documents.beside]) void document?.cursor.offset;
    void [documents.front, documents.recent, pages.zoom, library.tab, JSON.stringify(library.filter), [...folds]];
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.keep(), KEEP_AFTER);
  }
}
