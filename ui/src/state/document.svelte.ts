import { type ChangeSet, type EditorState, Text, Transaction } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import type { Failure } from '../bindings/Failure';
import type { SaveState } from '../bindings/SaveState';
import type { TextChange } from '../bindings/TextChange';
import { blockField, showFront, showSource } from '../editor/blocks-field';
import { createEditor, foreign } from '../editor/create';
import { type FieldValue, type FrontMatter, readFrontMatter, setField } from '../editor/frontmatter';
import { asLeft, lineAtTop } from '../editor/hold';
import type { EditorHost } from '../editor/host';
import { readSettings, setSetting, type Setting } from '../editor/settings';
import { Sync } from '../editor/sync';
import { act } from '../ipc';

export type DocumentKind = 'briefing' | 'snippet' | 'other';

function kindOf(file: string): DocumentKind {
  if (file.startsWith('snippets/')) return 'snippet';
  return file.endsWith('.md') && !file.includes('/') ? 'briefing' : 'other';
}

/** Heading of a text, by its offset. */
export interface Heading {
  level: number;
  title: string;
  offset: number;
}

/** A document that is open: its editor, and how it stands with the engine and with its file. */
export class OpenDocument {
  file = $state('');
  readonly kind: DocumentKind = $derived(kindOf(this.file));
  saving = $state.raw<SaveState>({ type: 'saved', at: 0, version: 0 });
  /** Why edits do not reach the engine, where they do not. */
  unsent = $state.raw<Failure | null>(null);
  front = $state.raw<FrontMatter | null>(null);
  /** What the front matter's `settings` hold. */
  settings = $state.raw<Setting[]>([]);
  headings = $state.raw<Heading[]>([]);
  cursor = $state({ offset: 0, line: 1, column: 1 });
  sourceShown = $state(false);
  frontShown = $state(false);
  /** Whether the text is empty behind its front matter. */
  empty = $state(false);
  readonly view: EditorView;
  #sync: Sync;
  #top: number | null = null;
  #frontText: string | null = null;
  #onMove: (document: OpenDocument, docChanged: boolean) => void;
  scroll: ReturnType<EditorView['scrollSnapshot']> | null = null;

  constructor(file: string, text: string, version: number, around: Omit<EditorHost, 'document'>, onMove: (document: OpenDocument, docChanged: boolean) => void) {
    this.file = file;
    this.#onMove = onMove;
    this.view = createEditor(text, { ...around, document: this }, {
      edited: (transaction) => this.#edited(transaction),
      moved: (state, docChanged) => this.#moved(state, docChanged),
    });
    this.#sync = new Sync(this.view.state.doc, version, {
      send: async (version, changes) => void (await act({ type: 'edit', file: this.file, version, changes })),
      apply: (changes) => this.#apply(changes),
      reload: () => this.#reload(),
      report: (failure) => (this.unsent = failure),
    });
    this.#moved(this.view.state, true);
    const start = this.front ? (this.view.state.field(blockField).blocks[0]?.to ?? -1) + 1 : 0;
    this.view.dispatch({ selection: { anchor: Math.min(start, this.view.state.doc.length) } });
    // What is no Markdown has no cards: a bibliography, a pack's files.
    if (!file.endsWith('.md')) this.toggleSource();
  }

  /** The title in the front matter, else the first heading, else nothing. */
  get title(): string {
    return this.field('title') ?? this.headings[0]?.title ?? '';
  }

  /** The version that the engine has. */
  get version(): number {
    return this.#sync.version;
  }

  /** Whether everything typed has reached the engine. */
  get settled(): boolean {
    return this.#sync.settled;
  }

  /** Takes how the text stands with its file. */
  saved(state: SaveState): void {
    // What is on disk is older than what is on screen while edits are on their way.
    this.saving = state.type === 'saved' && !this.#sync.covers(state.version) ? { type: 'unsaved' } : state;
  }

  /** Returns a front matter field's text. */
  field(name: string): string | null {
    return this.front?.fields.find((field) => field.name === name)?.value ?? null;
  }

  /** Sets a front matter field, or with null takes it away; one step of undoing. */
  setField(name: string, value: FieldValue): void {
    const change = setField(this.view.state.doc.toString(), name, value);
    if (change) this.view.dispatch({ changes: change, userEvent: 'input.type.field' });
  }

  /** Sets one of the pack's settings, or with null takes it away; one step of undoing. */
  setSetting(name: string, value: FieldValue): void {
    const change = setSetting(this.view.state.doc.toString(), name, value);
    if (change) this.view.dispatch({ changes: change, userEvent: 'input.type.field' });
  }

  /** Takes a change that somebody else made to the file. */
  receive(version: number, changes: TextChange[]): void {
    this.#sync.remote(version, changes);
  }

  /** Goes on under another name; text, cursor and undo history stay. */
  moved(file: string): void {
    this.file = file;
  }

  /** Puts the cursor to `offset` and shows it. */
  jump(offset: number, focus = true): void {
    const anchor = Math.min(Math.max(offset, 0), this.view.state.doc.length);
    const front = this.view.state.field(blockField).blocks.find((block) => block.type === 'front');
    if (front && anchor <= front.to && !this.frontShown) this.showFront(true);
    this.view.dispatch({ selection: { anchor } });
    // Widgets below get their height only when drawn: the second scroll lands where the first aimed.
    this.#scrollTo(anchor);
    requestAnimationFrame(() => this.#scrollTo(anchor));
    if (focus) this.view.focus();
  }

  /** Returns the offset of the line at the top of the pane. */
  get top(): number {
    return this.view.dom.isConnected ? lineAtTop(this.view) : (this.#top ?? 0);
  }

  /** Puts cursor and scroll where they were left; an editor that is not shown yet scrolls when it is. */
  restore(cursor: number, top: number): void {
    const { length } = this.view.state.doc;
    this.#top = Math.min(Math.max(top, 0), length);
    this.view.dispatch(asLeft(Math.min(Math.max(cursor, 0), length), this.#top));
  }

  /** Selects a stretch of the text. */
  select(from: number, to: number): void {
    const { length } = this.view.state.doc;
    this.view.dispatch({ selection: { anchor: Math.min(from, length), head: Math.min(to, length) } });
  }

  /** Shows the source as it is, or cards again. */
  toggleSource(): void {
    this.sourceShown = !this.sourceShown;
    this.view.dispatch({ effects: showSource.of(this.sourceShown) });
  }

  /** Shows front matter as text, or as properties again. */
  showFront(shown: boolean): void {
    this.frontShown = shown;
    this.view.dispatch({ effects: showFront.of(shown) });
  }

  /** Resolves once everything typed has reached the engine. */
  whenSettled(): Promise<void> {
    return this.#sync.whenSettled();
  }

  /** Ends the editor, whose text is with the engine. */
  destroy(): void {
    this.#sync.stop();
    this.view.destroy();
  }

  #scrollTo(anchor: number): void {
    this.view.dispatch({ effects: EditorView.scrollIntoView(anchor, { y: 'center' }) });
  }

  #edited(transaction: Transaction): void {
    if (this.saving.type === 'saved') this.saving = { type: 'unsaved' };
    this.#sync.local(transaction.changes);
  }

  #moved(state: EditorState, docChanged: boolean): void {
    const offset = state.selection.main.head;
    const line = state.doc.lineAt(offset);
    this.cursor = { offset, line: line.number, column: offset - line.from + 1 };
    if (docChanged) {
      const blocks = state.field(blockField).blocks;
      const front = blocks[0]?.type === 'front' ? blocks[0] : null;
      this.#readFront(front ? state.sliceDoc(0, front.to) : null);
      this.headings = blocks.flatMap((block) =>
        block.type === 'heading' ? [{ level: block.level, title: block.title, offset: block.from }] : []);
      this.empty = state.sliceDoc(front ? front.to : 0, Math.min(state.doc.length, (front?.to ?? 0) + 200)).trim() === '';
    }
    this.#onMove(this, docChanged);
  }

  /** Reads the front matter again where it changed: forms hang on it. */
  #readFront(text: string | null): void {
    if (text === this.#frontText) return;
    this.#frontText = text;
    this.front = text === null ? null : readFrontMatter(text);
    this.settings = text === null ? [] : readSettings(text);
  }

  #apply(changes: ChangeSet): void {
    this.view.dispatch({ changes, annotations: [foreign.of(true), Transaction.addToHistory.of(false)] });
  }

  async #reload(): Promise<{ text: Text; version: number }> {
    const reply = await act({ type: 'openDocument', file: this.file });
    if (reply.type !== 'document') throw new Error(`no text for ${this.file}`);
    return { text: Text.of(reply.text.split('\n')), version: reply.version };
  }
}
