import { type Component, getContext, mount, setContext, unmount, untrack } from 'svelte';
import type { BriefingCard } from '../bindings/BriefingCard';
import type { EditInfo } from '../bindings/EditInfo';
import type { Event } from '../bindings/Event';
import type { ExportRequest } from '../bindings/ExportRequest';
import type { ExportState } from '../bindings/ExportState';
import type { WorkspaceInfo } from '../bindings/WorkspaceInfo';
import { insertSnippet } from '../editor/gestures';
import { act, ask, query, setTitle, subscribe } from '../ipc';
import { m } from '../paraglide/messages.js';
import { Bibliography } from './bibliography.svelte';
import type { OpenDocument } from './document.svelte';
import { Documents } from './documents.svelte';
import { Evidence } from './evidence.svelte';
import { Following } from './following';
import { Forms } from './forms.svelte';
import { Keeper } from './keeper.svelte';
import { keptWindow } from './kept';
import { language } from './language.svelte';
import { emptyFilter, Library } from './library.svelte';
import { Navigation } from './navigation';
import { type Notice, Notices } from './notices.svelte';
import { Pages } from './pages.svelte';
import { Panes } from './panes.svelte';
import { Preferences } from './preferences.svelte';
import { Problems } from './problems.svelte';
import { Recent } from './recent.svelte';
import { Search } from './search.svelte';
import { openSource } from './source-links';
import { underline } from './underlines';
import { Work } from './work.svelte';

/** What can lie over the window. */
export type Overlay =
  | { type: 'palette'; mode: 'all' | 'files' | 'beside' }
  | { type: 'export' }
  | { type: 'briefing' }
  | { type: 'snippet'; title: string; body: string; from?: OpenDocument }
  | { type: 'rename' | 'uses' | 'compare'; id: string }
  | { type: 'delete'; ids: string[] }
  | { type: 'versions'; file: string }
  | { type: 'shortcuts' };

const KEY = Symbol('app');
/** How long the text of briefings rests before lists follow it, in milliseconds. */
const RESTS = 300;

/** The whole window's state; what the engine says comes in here. */
export class App {
  readonly preferences = new Preferences();
  readonly bibliography = new Bibliography(this);
  readonly evidence = new Evidence();
  readonly forms = new Forms();
  readonly library = new Library();
  readonly navigation = new Navigation(this);
  readonly notices = new Notices();
  readonly pages = new Pages();
  readonly panes = new Panes(this.preferences);
  readonly problems = new Problems();
  readonly recent = new Recent();
  readonly search = new Search();
  readonly work = new Work();
  readonly exportWork = new Work();
  readonly documents: Documents;
  readonly following: Following;
  workspace = $state.raw<WorkspaceInfo | null>(null);
  briefings = $state.raw<BriefingCard[]>([]);
  ready = $state(false);
  /** Whether all of the workspace that is open is known. */
  entered = $state(false);
  /** Whether a workspace is being opened. */
  opening = $state(false);
  overlay = $state.raw<Overlay | null>(null);
  exporting = $state.raw<ExportState | null>(null);
  readonly #keeper: Keeper;
  #ended = false;
  #resting: ReturnType<typeof setTimeout> | undefined;
  #unname: () => void;

  constructor() {
    const context = new Map<symbol, App>([[KEY, this]]);
    this.documents = new Documents(
      {
        evidence: this.evidence,
        openSnippet: (id) => void this.navigation.openSnippet(id),
        openSource: (key, locator) => void openSource(this, key, locator),
        say: (notice) => this.say(notice),
        fail: (error) => this.fail(error),
        createSnippet: (title) => (this.overlay = { type: 'snippet', title, body: '' }),
        mount: (component, target, props) => {
          const mounted = mount(component as Component<Record<string, unknown>>, { target, props, context });
          return () => void unmount(mounted);
        },
      },
      (document, docChanged) => this.#moved(document, docChanged),
    );
    this.following = new Following(this.documents, this.pages);
    this.#keeper = new Keeper(this);
    this.#unname = $effect.root(() => {
      $effect(() => this.#nameWindow());
      // What the underlines say is in the language that the window speaks.
      $effect(() => void [language.current, untrack(() => this.underline())]);
    });
  }

  /** Lets go of everything, when its window is gone: nothing is kept, asked or heard any more. */
  end(): void {
    this.#ended = true;
    clearTimeout(this.#resting);
    this.#keeper.end();
    this.#unname();
    this.following.end();
    this.notices.end();
    this.search.open = false;
    this.search.refreshSoon();
  }

  /** Starts listening, and shows the workspace that is open already. */
  async start(): Promise<void> {
    try {
      await subscribe((event) => this.receive(event));
      const { workspace } = await ask({ type: 'workspace' }, 'workspace');
      await this.recent.refresh();
      if (!workspace) return;
      await this.#enter(workspace);
      // A page that is loaded anew has no change to wait for.
      const { pages } = await ask({ type: 'pages' }, 'pages');
      if (pages) this.receive({ type: 'pages', pages });
    } catch (error) {
      this.fail(error);
    } finally {
      this.ready = true;
    }
  }

  /** Has the last word before the window closes: what was typed reaches the engine, and how the window is left the disk. */
  async close(): Promise<void> {
    await Promise.all([this.documents.lay(), this.#keeper.keep()]);
  }

  /** Opens a folder as workspace. */
  async openWorkspace(folder: string): Promise<boolean> {
    return this.#change({ type: 'openWorkspace', folder });
  }

  /** Makes a workspace and opens it. */
  async newWorkspace(folder: string, from: 'blank' | 'rok-nato'): Promise<boolean> {
    return this.#change({ type: 'newWorkspace', folder, from });
  }

  /** Closes the workspace. */
  async closeWorkspace(): Promise<void> {
    await this.try(async () => {
      await this.documents.lay();
      await this.#keeper.keep();
      await act({ type: 'closeWorkspace' });
      this.#leave();
      await this.recent.refresh();
    });
  }

  /** Puts a snippet into the briefing in front, at its cursor. */
  insert(id: string): void {
    const document = this.documents.front;
    if (!document) return;
    document.view.dispatch(insertSnippet(document.view.state, id));
    document.view.focus();
  }

  /** Has the engine export; the outcome comes as an event. */
  async export(request: ExportRequest): Promise<void> {
    await this.try(async () => {
      await act({ type: 'export', request });
    });
  }

  /** Writes the document with the focus to disk at once. */
  async save(): Promise<void> {
    const { front, beside } = this.documents;
    for (const document of [front, beside]) {
      if (document) await this.try(async () => void (await act({ type: 'save', file: document.file })));
    }
  }

  /** Runs `work`, and says what went wrong where something did. */
  async try(work: () => Promise<void>): Promise<boolean> {
    try {
      await work();
      return true;
    } catch (error) {
      this.fail(error);
      return false;
    }
  }

  /** Says what failed. */
  fail(error: unknown): void {
    this.notices.fail(error);
  }

  /** Shows a notice, or takes it away. */
  say(notice: Notice | null): void {
    this.notices.say(notice);
  }

  /** Says that several files were changed, with the way back. */
  edited(edit: EditInfo, text: string): void {
    const action = edit.undoable ? { label: m.notice_undo(), run: () => void this.undoFiles() } : undefined;
    this.say({ text, action });
  }

  /** Takes the last change of several files back. */
  async undoFiles(): Promise<void> {
    await this.try(async () => {
      await this.documents.settle();
      const reply = await act({ type: 'undoEdit' });
      if (reply.type === 'edited') this.say({ text: m.notice_undone({ count: reply.edit.files }) });
    });
  }

  /** Takes an event of the engine. */
  receive(event: Event): void {
    if (this.#ended) return;
    switch (event.type) {
      case 'workspaceChanged':
        clearTimeout(this.#resting);
        if (event.briefingsOnly) this.#resting = setTimeout(() => this.#follow(event), RESTS);
        else this.#follow(event);
        break;
      case 'pages':
        this.pages.receive(event.pages);
        this.following.paged();
        break;
      case 'typesetFailed':
        this.pages.fail(event.briefing, event.failure);
        break;
      case 'problems':
        this.problems.set(event.problems);
        this.underline();
        break;
      case 'saving':
        this.documents.saved(event.file, event.state);
        break;
      case 'documentChanged':
        this.documents.find(event.file)?.receive(event.version, event.changes);
        break;
      case 'fileMoved':
        this.navigation.follow(event.file, event.to);
        break;
      case 'export':
        this.exporting = event.state;
        this.exportWork.export(event.state);
        break;
      case 'progress':
        this.work.receive(event);
        break;
    }
  }

  async #change(action: Parameters<typeof act>[0]): Promise<boolean> {
    this.work.begin('opening');
    const done = await this.try(async () => {
      await act(action);
      // Until here one goes on writing; what is written from now on would belong to neither workspace.
      await this.documents.lay();
      await this.#keeper.keep();
      this.opening = true;
      const reply = await act({ type: 'enterWorkspace' });
      if (reply.type === 'workspace') await this.#enter(reply.workspace);
    });
    this.opening = false;
    this.work.end();
    return done;
  }

  async #enter(workspace: WorkspaceInfo): Promise<void> {
    this.#leave();
    this.workspace = workspace;
    const kept = keptWindow(workspace.folder);
    Object.assign(this.library.filter, emptyFilter(), kept.filter ?? {});
    this.library.searches.load(workspace.folder);
    await Promise.all([this.evidence.reset(), this.library.refresh(), this.#refreshBriefings(), this.#refreshProblems()]);
    await this.#keeper.restore(kept);
    this.recent.opened(workspace.folder);
    this.following.front();
    this.underline();
    this.entered = true;
  }

  #leave(): void {
    clearTimeout(this.#resting);
    this.workspace = null;
    this.entered = false;
    this.forms.reset();
    this.documents.reset();
    this.pages.reset();
    this.problems.set([]);
    this.search.reset();
    this.briefings = [];
    this.overlay = null;
  }

  /** Has all lists ask again. */
  #follow(event: Event & { type: 'workspaceChanged' }): void {
    this.workspace = event.workspace;
    this.evidence.changed(event.ids);
    this.forms.changed();
    void this.evidence.refreshSources().catch(() => undefined);
    void this.library.refresh(true);
    this.search.refreshSoon();
    void this.#refreshBriefings();
  }

  async #refreshBriefings(): Promise<void> {
    try {
      this.briefings = (await ask({ type: 'briefings' }, 'briefings')).briefings;
    } catch {
      // The list stays as it was; the engine reports its trouble by itself.
    }
  }

  async #refreshProblems(): Promise<void> {
    const reply = await query({ type: 'problems' });
    if (reply.type === 'problems') this.problems.set(reply.problems);
  }

  /** Underlines the problems of open documents. */
  underline(): void {
    underline(this.documents, this.problems);
  }

  #moved(document: OpenDocument, docChanged: boolean): void {
    if (document !== this.documents.front && document !== this.documents.beside) return;
    if (document.view.hasFocus && document.kind === 'briefing') this.pages.show(document.file);
    if (docChanged) {
      this.following.typed();
      this.search.refreshSoon(400);
    } else this.following.place(true);
  }

  #nameWindow(): void {
    const parts = [this.documents.front?.title, this.workspace?.name, 'Chancery'];
    setTitle(parts.filter((part) => part !== undefined && part !== '').join(' – '));
  }
}

/** Makes the app known to the components below. */
export function provideApp(app: App): void {
  setContext(KEY, app);
}

/** Returns the app. */
export function useApp(): App {
  return getContext<App>(KEY);
}
