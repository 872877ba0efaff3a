import type { Problem } from '../bindings/Problem';
import { fileName } from '../format/names';
import { ask } from '../ipc';
import { m } from '../paraglide/messages.js';
import type { App } from './app.svelte';
import type { OpenDocument } from './document.svelte';
import { offsetOf, placeOf } from './problems.svelte';

/** Goes to files and places: as tabs, beside the text, back and forward. Pages and underlines come along. */
export class Navigation {
  readonly #app: App;

  constructor(app: App) {
    this.#app = app;
  }

  /** Opens a snippet beside the text. */
  async openSnippet(id: string): Promise<void> {
    const { panes, documents } = this.#app;
    panes.leaveDrawer();
    await this.#app.try(async () => {
      const { cards } = await ask({ type: 'cards', ids: [id] }, 'cards');
      if (cards[0]) await documents.openBeside(cards[0].file);
    });
  }

  /** Opens a file: briefings as tabs, all else beside the text. */
  async openFile(file: string, offset: number | null = null): Promise<void> {
    const { panes, documents } = this.#app;
    panes.leaveDrawer();
    await this.#app.try(async () => {
      const tab = !file.includes('/') || documents.front === null;
      await (tab ? documents.open(file, offset) : documents.openBeside(file, offset));
      this.#arrived();
    });
  }

  /** Opens a file beside the one in front, whatever it is. */
  async openBeside(file: string): Promise<void> {
    const { documents } = this.#app;
    await this.#app.try(async () => {
      const tab = documents.tabs.find((tab) => tab.file === file);
      if (tab && tab !== documents.front) documents.split(tab);
      else await documents.openBeside(file);
      this.#app.underline();
    });
  }

  /** Opens a file at a line, counted from 1. */
  async openLine(file: string, line: number): Promise<void> {
    await this.openFile(file);
    const document = this.#app.documents.find(file);
    if (!document) return;
    const { doc } = document.view.state;
    document.jump(doc.line(Math.min(Math.max(line, 1), doc.lines)).from);
  }

  /** Goes to where a problem is. */
  async goTo(problem: Problem): Promise<void> {
    const place = placeOf(problem);
    if (!place) return;
    await this.openFile(place.file);
    const { documents } = this.#app;
    const document = documents.find(place.file);
    if (!document) return;
    const { doc } = document.view.state;
    const line = doc.line(Math.min(Math.max(place.line, 1), doc.lines));
    documents.mark();
    document.jump(line.from + offsetOf(line.text, place.column));
  }

  /** Opens the tab again that was closed last. */
  async reopen(): Promise<void> {
    await this.#app.try(async () => void (await this.#app.documents.reopen()));
    this.#arrived();
  }

  /** Goes back or forward among the places visited. */
  async travel(way: 'back' | 'forward'): Promise<void> {
    await this.#app.try(() => this.#app.documents[way]());
    this.#app.following.front();
  }

  /** Puts a tab in front, with its pages. */
  show(document: OpenDocument): void {
    this.#app.documents.show(document);
    this.#app.following.front();
    this.#app.following.place(false);
  }

  /** Shows a second briefing beside the one in front, or puts it back; without another one, asks which. */
  split(): void {
    const { documents } = this.#app;
    const { front, beside } = documents;
    if (beside?.kind === 'briefing') return documents.split(null);
    const others = documents.recent.map((file) => documents.tabs.find((tab) => tab.file === file && tab !== front && tab.kind === 'briefing'));
    const other = others.find((tab) => tab !== undefined) ?? documents.tabs.find((tab) => tab !== front && tab.kind === 'briefing');
    if (other) documents.split(other);
    else this.#app.overlay = { type: 'palette', mode: 'beside' };
  }

  /** Closes a document, with its pages. */
  close(document: OpenDocument): void {
    const { documents, pages } = this.#app;
    documents.close(document);
    if (pages.briefing === document.file) {
      const next = documents.front?.kind === 'briefing' ? documents.front.file : null;
      pages.show(next);
    }
  }

  /** Follows a file to its new name; what shows one that is gone closes. */
  follow(file: string, to: string | null): void {
    const { documents, pages, library } = this.#app;
    const lost = documents.moved(file, to);
    pages.moved(file, to);
    if (lost) this.#app.say({ text: m.file_gone({ file: fileName(file) }), detail: lost.settled ? undefined : m.file_gone_more() });
    this.#arrived();
    library.selection.moved(file, to);
  }

  #arrived(): void {
    this.#app.following.front();
    this.#app.underline();
  }
}
