import type { SaveState } from '../bindings/SaveState';
import { act } from '../ipc';
import type { EditorHost } from '../editor/host';
import { OpenDocument } from './document.svelte';

/** A place in a document, for going back to. */
interface Visit {
  file: string;
  offset: number;
  /** Whether it was beside the text. */
  beside: boolean;
}

/** How many files are remembered as recent, and how many closed tabs. */
const RECENT = 30;

/** The open documents: a row of tabs, one of them in front, and one beside it. */
export class Documents {
  tabs = $state.raw<OpenDocument[]>([]);
  front = $state.raw<OpenDocument | null>(null);
  beside = $state.raw<OpenDocument | null>(null);
  /** Files that were in front or beside, newest first. */
  recent = $state.raw<string[]>([]);
  /** Tabs that were closed, newest last. */
  #closed = $state.raw<{ file: string; at: number; offset: number }[]>([]);
  #past = $state.raw<Visit[]>([]);
  #future = $state.raw<Visit[]>([]);
  #around: Omit<EditorHost, 'document'>;
  #onMove: (document: OpenDocument, docChanged: boolean) => void;
  #opening = new Map<string, Promise<OpenDocument>>();
  #ending = new Map<string, Promise<unknown>>();

  readonly canGoBack = $derived(this.#past.length > 0);
  readonly canGoForward = $derived(this.#future.length > 0);
  readonly canReopen = $derived(this.#closed.length > 0);

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
    this.#seen(document.file);
    if (offset !== null) document.jump(offset);
    return document;
  }

  /** Opens a file beside the document in front. */
  async openBeside(file: string, offset: number | null = null): Promise<OpenDocument> {
    const document = await this.#load(file);
    this.#remember();
    this.#seen(file);
    if (this.tabs.includes(document)) {
      this.front = document;
    } else if (this.beside !== document) {
      this.#putBeside(document);
    }
    if (offset !== null) document.jump(offset);
    return document;
  }

  /** Puts a tab in front. */
  show(document: OpenDocument): void {
    if (document === this.front) return;
    this.#remember();
    this.front = document;
    this.#seen(document.file);
  }

  /** Puts a tab beside the one in front, or with null what is beside among the tabs again. */
  split(document: OpenDocument | null): void {
    if (document) this.#leaveTabs(document);
    this.#putBeside(document);
  }

  /** A briefing that has to make room goes back among the tabs; a snippet closes. */
  #putBeside(document: OpenDocument | null): void {
    const before = this.beside;
    if (before === document) return;
    this.beside = document;
    if (before?.kind === 'briefing') this.tabs = [...this.tabs, before];
    else if (before) this.#end(before);
  }

  /** Moves a tab to another place in the row. */
  place(document: OpenDocument, at: number): void {
    const others = this.tabs.filter((tab) => tab !== document);
    if (others.length === this.tabs.length) return;
    others.splice(Math.min(Math.max(at, 0), others.length), 0, document);
    this.tabs = others;
  }

  /** Opens the tab again that was closed last; returns whether there was one. */
  async reopen(): Promise<boolean> {
    const last = this.#closed.at(-1);
    if (!last) return false;
    this.#closed = this.#closed.slice(0, -1);
    const document = await this.open(last.file, last.offset);
    this.place(document, last.at);
    return true;
  }

  /** Closes a document; its text is with the engine already. */
  close(document: OpenDocument): void {
    const at = this.tabs.indexOf(document);
    if (at >= 0) this.#closed = [...this.#closed.slice(1 - RECENT), { file: document.file, at, offset: document.cursor.offset }];
    this.#takeOut(document);
    this.#end(document);
  }

  #takeOut(document: OpenDocument): void {
    if (this.beside === document) this.beside = null;
    this.#leaveTabs(document);
  }

  #leaveTabs(document: OpenDocument): void {
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
    this.recent = this.recent.flatMap((other) => (other !== file ? [other] : to === null ? [] : [to]));
    this.#closed = this.#closed.flatMap((tab) => (tab.file !== file ? [tab] : to === null ? [] : [{ ...tab, file: to }]));
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

  /** Has the pen laid down: what was typed, a syllable under way as well, reaches the engine, and no more is. */
  async lay(): Promise<void> {
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
    // The editor takes a syllable that ended after the event that ended it.
    await new Promise((resolve) => setTimeout(resolve));
    await this.settle();
  }

  /** Closes everything. */
  reset(): void {
    for (const document of this.all) document.destroy();
    this.tabs = [];
    this.front = null;
    this.beside = null;
    this.#past = [];
    this.#future = [];
    this.#closed = [];
    this.recent = [];
    this.#opening.clear();
  }

  /** Takes how a document stands with its file. */
  saved(file: string, state: SaveState): void {
    this.find(file)?.saved(state);
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
    if (target.beside && !this.tabs.includes(document)) {
      this.#putBeside(document);
    } else if (document !== this.beside) {
      if (!this.tabs.includes(document)) this.tabs = [...this.tabs, document];
      this.front = document;
    }
    this.#seen(target.file);
    document.jump(target.offset);
  }

  /** Remembers where the cursor is, before it goes elsewhere. */
  #remember(): void {
    const here = this.#here();
    const last = this.#past.at(-1);
    if (!here || (last && last.file === here.file && last.offset === here.offset)) return;
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
    const document = this.beside?.view.hasFocus ? this.beside : this.front;
    return document ? { file: document.file, offset: document.cursor.offset, beside: document === this.beside } : null;
  }

  #seen(file: string): void {
    this.recent = [file, ...this.recent.filter((other) => other !== file)].slice(0, RECENT);
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
