import type { SaveState } from '../bindings/SaveState';
import { act } from '../ipc';
import type { EditorHost } from '../editor/host';
import { OpenDocument } from './document.svelte';

/** A place in a document, for going back to. */
interface Visit {
  file: string;
  offset: number;
}

/** The open documents: a row of tabs, one of them in front, and one beside it. */
export class Documents {
  tabs = $state.raw<OpenDocument[]>([]);
  front = $state.raw<OpenDocument | null>(null);
  beside = $state.raw<OpenDocument | null>(null);
  #past = $state.raw<Visit[]>([]);
  #future = $state.raw<Visit[]>([]);
  #around: Omit<EditorHost, 'document'>;
  #onMove: (document: OpenDocument, docChanged: boolean) => void;
  #opening = new Map<string, Promise<OpenDocument>>();
  #ending = new Map<string, Promise<unknown>>();

  readonly canGoBack = $derived(this.#past.length > 0);
  readonly canGoForward = $derived(this.#future.length > 0);

  constructor(around: Omit<EditorHost, 'document'>, onMove: (document: OpenDocument, docChanged: boolean) => void) {
    this.#around = around;
    this.#onMove = onMove;
  }

  /** Returns an open document. */
  find(file: string): OpenDocument | undefined {
    return this.all.find((document) => document.file === file);
  }

  get all(): OpenDocument[] {
    return this.beside ? [...this.tabs, this.beside] : this.tabs;
  }

  /** Opens a file as a tab and puts it in front. */
  async open(file: string, offset: number | null = null): Promise<OpenDocument> {
    const document = await this.#load(file);
    this.#remember();
    if (this.beside === document) this.beside = null;
    if (!this.tabs.includes(document)) this.tabs = [...this.tabs, document];
    this.front = document;
    if (offset !== null) document.jump(offset);
    return document;
  }

  /** Opens a file beside the document in front. */
  async openBeside(file: string, offset: number | null = null): Promise<OpenDocument> {
    const document = await this.#load(file);
    if (this.tabs.includes(document)) {
      this.front = document;
    } else if (this.beside !== document) {
      const before = this.beside;
      this.beside = document;
      if (before) this.#end(before);
    }
    if (offset !== null) document.jump(offset);
    return document;
  }

  /** Puts a tab in front. */
  show(document: OpenDocument): void {
    if (document === this.front) return;
    this.#remember();
    this.front = document;
  }

  /** Closes a document; its text is with the engine already. */
  close(document: OpenDocument): void {
    this.#takeOut(document);
    this.#end(document);
  }

  #takeOut(document: OpenDocument): void {
    if (this.beside === document) this.beside = null;
    const at = this.tabs.indexOf(document);
    if (at < 0) return;
    this.tabs = this.tabs.filter((tab) => tab !== document);
    if (this.front === document) this.front = this.tabs[Math.min(at, this.tabs.length - 1)] ?? null;
  }

  /** Follows a file that got another name, or with null is gone; returns the document that had to close. */
  moved(file: string, to: string | null): OpenDocument | null {
    const follow = (visits: Visit[]): Visit[] =>
      visits.flatMap((visit) => (visit.file !== file ? [visit] : to === null ? [] : [{ ...visit, file: to }]));
    this.#past = follow(this.#past);
    this.#future = follow(this.#future);
    const document = this.find(file);
    if (!document) return null;
    if (to !== null) {
      document.moved(to);
      return null;
    }
    this.#takeOut(document);
    document.destroy();
    return document;
  }

  /** Makes the document beside a tab. */
  promote(): void {
    const document = this.beside;
    if (!document) return;
    this.beside = null;
    this.tabs = [...this.tabs, document];
    this.front = document;
  }

  /** Resolves once all that was typed has reached the engine. */
  async settle(): Promise<void> {
    await Promise.all([...this.all.map((document) => document.whenSettled()), ...this.#ending.values()]);
  }

  /** Closes everything. */
  reset(): void {
    for (const document of this.all) document.destroy();
    this.tabs = [];
    this.front = null;
    this.beside = null;
    this.#past = [];
    this.#future = [];
    this.#opening.clear();
  }

  /** Takes how a document stands with its file. */
  saved(file: string, state: SaveState): void {
    const document = this.find(file);
    if (!document) return;
    // What is on disk is older than what is on screen while edits are on their way.
    document.saving = state.type === 'saved' && !document.settled ? { type: 'unsaved' } : state;
  }

  async back(): Promise<void> {
    await this.#travel('back');
  }

  async forward(): Promise<void> {
    await this.#travel('forward');
  }

  async #travel(way: 'back' | 'forward'): Promise<void> {
    const from = way === 'back' ? this.#past : this.#future;
    const target = from.at(-1);
    if (!target) return;
    const here = this.#here();
    if (way === 'back') {
      this.#past = from.slice(0, -1);
      if (here) this.#future = [...this.#future, here];
    } else {
      this.#future = from.slice(0, -1);
      if (here) this.#past = [...this.#past, here];
    }
    const document = await this.#load(target.file);
    if (!this.tabs.includes(document)) this.tabs = [...this.tabs, document];
    this.front = document;
    document.jump(target.offset);
  }

  /** Remembers where the cursor is, before it goes elsewhere. */
  #remember(): void {
    const here = this.#here();
    if (!here) return;
    this.#past = [...this.#past.slice(-49), here];
    this.#future = [];
  }

  /** Forgets the places visited so far. */
  forgetPast(): void {
    this.#past = [];
    this.#future = [];
  }

  /** Remembers the place in front, before a jump within it. */
  mark(): void {
    this.#remember();
  }

  #here(): Visit | null {
    return this.front ? { file: this.front.file, offset: this.front.cursor.offset } : null;
  }

  #load(file: string): Promise<OpenDocument> {
    const open = this.find(file);
    if (open) return Promise.resolve(open);
    const under = this.#opening.get(file);
    if (under) return under;
    const opening = Promise.resolve(this.#ending.get(file)).then(() => act({ type: 'openDocument', file })).then((reply) => {
      if (reply.type !== 'document') throw new Error(`the engine sent no text for ${file}`);
      return new OpenDocument(reply.file, reply.text, reply.version, this.#around, this.#onMove);
    }).finally(() => this.#opening.delete(file));
    this.#opening.set(file, opening);
    return opening;
  }

  /** Ends a document once the engine has all of it; opening it again waits for that. */
  #end(document: OpenDocument): void {
    const ending = document.whenSettled().then(() => {
      document.destroy();
      return act({ type: 'closeDocument', file: document.file });
    }).catch(() => undefined).finally(() => this.#ending.delete(document.file));
    this.#ending.set(document.file, ending);
  }
}
