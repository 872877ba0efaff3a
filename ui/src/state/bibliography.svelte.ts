import type { Failure } from '../bindings/Failure';
import { readText } from '../format/files';
import { act, ask, failureOf } from '../ipc';
import { m } from '../paraglide/messages.js';
import type { App } from './app.svelte';

const READABLE = /\.(bib|ris|json)$/i;
/** How many keys a notice lists. */
const LISTED = 6;

/** What came in of one text or several. */
interface Taken {
  added: string[];
  known: string[];
  file: string;
  /** How many changes of the bibliography it took; one of them can be taken back by the notice. */
  changes: number;
}

/** Adding to the bibliography, and making one entry of several. */
export class Bibliography {
  /** Whether the panel for adding is open, and the one for merging. */
  adding = $state(false);
  merging = $state(false);
  running = $state(false);
  /** What is pasted, until it came in, and why it did not. */
  draft = $state('');
  failure = $state.raw<Failure | null>(null);
  /** Keys of entries that seem to be one work each. */
  groups = $state.raw<string[][]>([]);
  /** The entry that came in, for the list to show. */
  latest = $state<string | null>(null);
  readonly #app: App;

  constructor(app: App) {
    this.#app = app;
  }

  /** Asks again which entries seem to be the same. */
  async refreshGroups(): Promise<void> {
    try {
      this.groups = (await ask({ type: 'sameSources' }, 'sameSources')).groups;
    } catch {
      // What was found before stays; the engine says elsewhere what is wrong with it.
    }
  }

  /** Opens the panel for adding, or the one for merging. */
  show(panel: 'adding' | 'merging'): void {
    this.adding = panel === 'adding';
    this.merging = panel === 'merging';
  }

  /** Gives the focus back to where it was, else to the text. */
  leave(before: Element | null): void {
    if (before instanceof HTMLElement && before.isConnected && before !== document.body) before.focus();
    else this.#app.documents.front?.view.focus();
  }

  /** Adds what is pasted; it stays where it does not come in. */
  async addDraft(): Promise<boolean> {
    const done = await this.add(this.draft);
    if (done) this.draft = '';
    return done;
  }

  /** Adds what files hold; what does not come in stands in the panel, with the reason. */
  async addFiles(files: File[]): Promise<boolean> {
    const readable = files.filter((file) => READABLE.test(file.name));
    if (readable.length === 0) {
      this.failure = { kind: 'input', code: 'no-bibliography', message: m.sources_no_file(), hint: null };
      this.show('adding');
      return false;
    }
    let left: string[] = [];
    const read = await this.#app.try(async () => void (left = await this.#run(await Promise.all(readable.map(readText)))));
    if (read && left.length === 0) return true;
    if (left.length > 0) {
      this.draft = [...left, this.draft].filter((text) => text.trim() !== '').join('\n\n');
      this.show('adding');
    }
    return false;
  }

  /** Adds entries to the bibliography; returns whether they came in. */
  async add(text: string): Promise<boolean> {
    return (await this.#run([text])).length === 0;
  }

  /** Adds one text after the other, and says what came in and what was there; returns those that did not come in. */
  async #run(texts: string[]): Promise<string[]> {
    if (this.running) return texts;
    this.running = true;
    this.failure = null;
    const taken: Taken = { added: [], known: [], file: '', changes: 0 };
    let at = 0;
    try {
      await this.#app.documents.settle();
      for (; at < texts.length; at++) await this.#take(texts[at] ?? '', taken);
    } catch (error) {
      const failure = failureOf(error);
      // What the user stopped did not fail.
      if (failure.code === 'import-stopped') this.#app.say({ text: m.import_stopped() });
      else this.failure = failure;
    }
    this.running = false;
    if (taken.added.length + taken.known.length > 0) this.#say(taken);
    return texts.slice(at);
  }

  /** Makes one entry of several: `drop` go, and what cites them cites `keep`. */
  merge(keep: string, drop: string[]): Promise<boolean> {
    const app = this.#app;
    return app.try(async () => {
      await app.documents.settle();
      const reply = await act({ type: 'mergeSources', keep, drop });
      if (reply.type === 'edited') app.edited(reply.edit, m.sources_merged({ count: drop.length + 1, key: keep }));
      this.latest = keep;
      await this.refreshGroups();
    });
  }

  async #take(text: string, taken: Taken): Promise<void> {
    const reply = await act({ type: 'addSources', text });
    if (reply.type !== 'sourcesAdded') return;
    taken.added.push(...reply.added);
    taken.known.push(...reply.known);
    taken.file = reply.file;
    if (reply.added.length > 0) taken.changes += 1;
  }

  #say({ added, known, file, changes }: Taken): void {
    this.latest = added[0] ?? known[0] ?? null;
    const text = added.length > 0 ? m.sources_added({ count: added.length, file }) : m.sources_none_new();
    const detail = [added.length > 0 ? listed(added) : '', known.length > 0 ? m.sources_known({ keys: listed(known) }) : ''];
    const action = changes === 1 ? { label: m.notice_undo(), run: () => void this.#app.undoFiles() } : undefined;
    this.#app.say({ text, detail: detail.filter((part) => part !== '').join(' · '), action });
  }
}

function listed(keys: string[]): string {
  return keys.length > LISTED ? `${keys.slice(0, LISTED).join(', ')}, …` : keys.join(', ');
}
