import { type Component, getContext, mount, setContext, unmount } from 'svelte';
import type { BriefingCard } from '../bindings/BriefingCard';
import type { EditInfo } from '../bindings/EditInfo';
import type { Event } from '../bindings/Event';
import type { ExportRequest } from '../bindings/ExportRequest';
import type { ExportState } from '../bindings/ExportState';
import type { Failure } from '../bindings/Failure';
import type { Problem } from '../bindings/Problem';
import type { WorkspaceInfo } from '../bindings/WorkspaceInfo';
import { insertSnippet } from '../editor/gestures';
import { type Mark, setMarks } from '../editor/marks';
import { act, ask, failureOf, query, setTitle, subscribe } from '../ipc';
import { formatNumber } from '../format/date';
import { fileName } from '../format/names';
import { m } from '../paraglide/messages.js';
import { Bibliography } from './bibliography.svelte';
import type { OpenDocument } from './document.svelte';
import { Documents } from './documents.svelte';
import { Evidence } from './evidence.svelte';
import { Forms } from './forms.svelte';
import { Keeper } from './keeper.svelte';
import { forgetFolder, forgottenFolders, keptWindow } from './kept';
import { emptyFilter, Library } from './library.svelte';
import { Pages } from './pages.svelte';
import { Preferences } from './preferences.svelte';
import { offsetOf, placeOf, Problems } from './problems.svelte';
import { Search } from './search.svelte';
import { openSource } from './source-links';
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

/** Something that happened, with a way on. */
export interface Notice {
  text: string;
  detail?: string;
  failed?: boolean;
  action?: { label: string; run: () => void };
}

const KEY = Symbol('app');
/** How long after a keystroke, in milliseconds, new pages still are its doing. */
const FOLLOW_FOR = 3000;

/** The whole window's state; what the engine says comes in here. */
export class App {
  readonly preferences = new Preferences();
  readonly bibliography = new Bibliography(this);
  readonly evidence = new Evidence();
  readonly forms = new Forms();
  readonly library = new Library();
  readonly pages = new Pages();
  readonly problems = new Problems();
  readonly search = new Search();
  readonly work = new Work();
  readonly documents: Documents;
  workspace = $state.raw<WorkspaceInfo | null>(null);
  briefings = $state.raw<BriefingCard[]>([]);
  /** Folders of workspaces opened before, newest first. */
  recent = $state.raw<string[]>([]);
  ready = $state(false);
  /** Whether a workspace is being opened. */
  opening = $state(false);
  overlay = $state.raw<Overlay | null>(null);
  notice = $state.raw<Notice | null>(null);
  exporting = $state.raw<ExportState | null>(null);
  /** Which panes lie over the text, for want of room beside it, and which of them is shown. */
  narrow = $state.raw({ pages: false, library: false });
  overText = $state<'pages' | 'library' | null>(null);
  readonly #keeper: Keeper;
  #typedAt = 0;
  #ended = false;
  #unname: () => void;
  #placing: ReturnType<typeof setTimeout> | undefined;
  #noticeTimer: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    const context = new Map<symbol, App>([[KEY, this]]);
    this.documents = new Documents(
      {
        evidence: this.evidence,
        openSnippet: (id) => void this.openSnippet(id),
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
    this.#keeper = new Keeper(this);
    this.#unname = $effect.root(() => {
      $effect(() => this.#nameWindow());
    });
  }

  /** Lets go of everything, when its window is gone: nothing is kept, asked or heard any more. */
  end(): void {
    this.#ended = true;
    this.#keeper.end();
    this.#unname();
    clearTimeout(this.#placing);
    clearTimeout(this.#noticeTimer);
    this.search.open = false;
    this.search.refreshSoon();
  }

  /** Starts listening, and shows the workspace that is open already. */
  async start(): Promise<void> {
    try {
      await subscribe((event) => this.receive(event));
      const { workspace } = await ask({ type: 'workspace' }, 'workspace');
      await this.#refreshRecent();
      if (workspace) await this.#enter(workspace);
    } catch (error) {
      this.fail(error);
    } finally {
      this.ready = true;
    }
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
      await this.documents.settle();
      await act({ type: 'closeWorkspace' });
      this.#keeper.keep();
      this.#leave();
      await this.#refreshRecent();
    });
  }

  /** Opens a snippet beside the text. */
  async openSnippet(id: string): Promise<void> {
    this.#leaveDrawer();
    await this.try(async () => {
      const { cards } = await ask({ type: 'cards', ids: [id] }, 'cards');
      if (cards[0]) await this.documents.openBeside(cards[0].file);
    });
  }

  /** Opens a file: briefings as tabs, all else beside the text. */
  async openFile(file: string, offset: number | null = null): Promise<void> {
    this.#leaveDrawer();
    await this.try(async () => {
      const tab = !file.includes('/') || this.documents.front === null;
      await (tab ? this.documents.open(file, offset) : this.documents.openBeside(file, offset));
      this.#followFront();
      this.#underline();
    });
  }

  /** What was chosen in the library lies under it where the library lies over the text. */
  #leaveDrawer(): void {
    if (this.overText === 'library') this.overText = null;
  }

  /** Opens a file beside the one in front, whatever it is. */
  async openBeside(file: string): Promise<void> {
    await this.try(async () => {
      const tab = this.documents.tabs.find((tab) => tab.file === file);
      if (tab && tab !== this.documents.front) this.documents.split(tab);
      else await this.documents.openBeside(file);
      this.#underline();
    });
  }

  /** Opens a file at a line, counted from 1. */
  async openLine(file: string, line: number): Promise<void> {
    await this.openFile(file);
    const document = this.documents.find(file);
    if (!document) return;
    const { doc } = document.view.state;
    document.jump(doc.line(Math.min(Math.max(line, 1), doc.lines)).from);
  }

  /** Opens the tab again that was closed last. */
  async reopen(): Promise<void> {
    await this.try(async () => void (await this.documents.reopen()));
    this.#followFront();
    this.#underline();
  }

  /** Goes to where a problem is. */
  async goTo(problem: Problem): Promise<void> {
    const place = placeOf(problem);
    if (!place) return;
    await this.openFile(place.file);
    const document = this.documents.find(place.file);
    if (!document) return;
    const { doc } = document.view.state;
    const line = doc.line(Math.min(Math.max(place.line, 1), doc.lines));
    this.documents.mark();
    document.jump(line.from + offsetOf(line.text, place.column));
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

  /** Goes back or forward among the places visited. */
  async travel(way: 'back' | 'forward'): Promise<void> {
    await this.try(() => this.documents[way]());
    this.#followFront();
  }

  /** Shows or hides the library or the pages, beside the text or over it. */
  togglePane(pane: 'library' | 'pages'): void {
    if (this.narrow[pane]) this.overText = this.overText === pane ? null : pane;
    else if (pane === 'library') this.preferences.showLibrary = !this.preferences.showLibrary;
    else this.preferences.showPages = !this.preferences.showPages;
  }

  /** Returns whether a pane is shown. */
  showsPane(pane: 'library' | 'pages'): boolean {
    if (this.narrow[pane]) return this.overText === pane;
    return pane === 'library' ? this.preferences.showLibrary : this.preferences.showPages;
  }

  /** Hides all but the text, or shows it again. */
  toggleZen(): void {
    const zen = this.preferences.showLibrary || this.preferences.showPages;
    this.preferences.showLibrary = !zen;
    this.preferences.showPages = !zen;
  }

  /** Says how long each stage of the last typesetting took. */
  sayTimes(): void {
    const stages = this.pages.set?.stages;
    if (!stages) return;
    const names = { edit: m.stage_edit, compose: m.stage_compose, compile: m.stage_compile, image: m.stage_image, transport: m.stage_transport };
    const tenths = (value: number): number => Math.round(value * 10) / 10;
    const detail = (Object.keys(names) as (keyof typeof names)[]).map((name) => `${names[name]()} ${formatNumber(tenths(stages[name]))} ms`).join(' · ');
    this.say({ text: m.cmd_times(), detail });
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
    const failure: Failure = failureOf(error);
    // What the user stopped did not fail.
    if (failure.code === 'stopped') return this.say({ text: m.opening_stopped() });
    this.say({ text: failure.message, detail: failure.hint ?? undefined, failed: true });
  }

  /** Shows a notice; failures stay until they are closed. */
  say(notice: Notice | null): void {
    clearTimeout(this.#noticeTimer);
    this.notice = notice;
    if (notice && !notice.failed) this.#noticeTimer = setTimeout(() => (this.notice = null), 12_000);
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
        this.workspace = event.workspace;
        this.evidence.changed(event.ids);
        this.forms.changed();
        void this.evidence.refreshSources().catch(() => undefined);
        void this.library.refresh(true);
        this.search.refreshSoon();
        void this.#refreshBriefings();
        break;
      case 'pages':
        this.pages.receive(event.pages);
        this.#place(Date.now() - this.#typedAt < FOLLOW_FOR);
        break;
      case 'typesetFailed':
        this.pages.fail(event.briefing, event.failure);
        break;
      case 'problems':
        this.problems.set(event.problems);
        this.#underline();
        break;
      case 'saving':
        this.documents.saved(event.file, event.state);
        break;
      case 'documentChanged':
        this.documents.find(event.file)?.receive(event.version, event.changes);
        break;
      case 'fileMoved':
        this.#follow(event.file, event.to);
        this.library.selection.moved(event.file, event.to);
        break;
      case 'export':
        this.exporting = event.state;
        this.work.export(event.state.type === 'running');
        break;
      case 'progress':
        this.work.receive(event);
        break;
    }
  }

  async #change(action: Parameters<typeof act>[0]): Promise<boolean> {
    this.#keeper.keep();
    this.opening = true;
    this.work.begin('opening');
    const done = await this.try(async () => {
      await this.documents.settle();
      const reply = await act(action);
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
    forgetFolder(workspace.folder, false);
    void this.#refreshRecent().catch(() => undefined);
    this.#followFront();
    this.#underline();
  }

  /** Leaves a folder out of the recent workspaces. */
  forget(folder: string): void {
    forgetFolder(folder, true);
    this.recent = this.recent.filter((other) => other !== folder);
  }

  async #refreshRecent(): Promise<void> {
    const forgotten = forgottenFolders();
    const { folders } = await ask({ type: 'recent' }, 'recent');
    this.recent = folders.filter((folder) => !forgotten.includes(folder));
  }

  #leave(): void {
    this.workspace = null;
    this.forms.reset();
    this.documents.reset();
    this.pages.reset();
    this.problems.set([]);
    this.search.reset();
    this.briefings = [];
    this.overlay = null;
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

  /** Shows the pages of the briefing in front. */
  #followFront(): void {
    const leading = this.#leading;
    if (leading?.kind === 'briefing') this.pages.show(leading.file);
  }

  /** The briefing that the pages belong to: the one beside while it is written in, else the one in front. */
  get #leading(): OpenDocument | null {
    const { front, beside } = this.documents;
    return beside?.kind === 'briefing' && beside.view.hasFocus ? beside : front;
  }

  /** Puts a tab in front, with its pages. */
  show(document: OpenDocument): void {
    this.documents.show(document);
    this.#followFront();
    this.#place(false);
  }

  /** Shows a second briefing beside the one in front, or puts it back; without another one, asks which. */
  split(): void {
    const { documents } = this;
    const { front, beside } = documents;
    if (beside?.kind === 'briefing') return documents.split(null);
    const others = documents.recent.map((file) => documents.tabs.find((tab) => tab.file === file && tab !== front && tab.kind === 'briefing'));
    const other = others.find((tab) => tab !== undefined) ?? documents.tabs.find((tab) => tab !== front && tab.kind === 'briefing');
    if (other) documents.split(other);
    else this.overlay = { type: 'palette', mode: 'beside' };
  }

  /** Closes a document, with its pages. */
  close(document: OpenDocument): void {
    this.documents.close(document);
    if (this.pages.briefing === document.file) {
      const next = this.documents.front?.kind === 'briefing' ? this.documents.front.file : null;
      this.pages.show(next);
    }
  }

  /** Follows a file to its new name; what shows one that is gone closes. */
  #follow(file: string, to: string | null): void {
    const lost = this.documents.moved(file, to);
    this.pages.moved(file, to);
    if (lost) this.say({ text: m.file_gone({ file: fileName(file) }), detail: lost.settled ? undefined : m.file_gone_more() });
    this.#followFront();
    this.#underline();
  }

  #moved(document: OpenDocument, docChanged: boolean): void {
    if (document !== this.documents.front && document !== this.documents.beside) return;
    if (document.view.hasFocus && document.kind === 'briefing') this.pages.show(document.file);
    if (docChanged) {
      this.#typedAt = Date.now();
      this.search.refreshSoon(400);
    } else this.#place(true);
  }

  /** Marks the cursor's place on the pages, once it rests. */
  #place(follow: boolean): void {
    clearTimeout(this.#placing);
    if (this.#ended) return;
    this.#placing = setTimeout(() => {
      const leading = this.#leading;
      if (leading && this.pages.set) void this.pages.locate(leading.file, leading.cursor.offset, follow && leading.view.hasFocus);
    }, 60);
  }

  /** Underlines the problems of open documents. */
  #underline(): void {
    for (const document of this.documents.all) {
      const { doc } = document.view.state;
      const marks = this.problems.of(document.file).flatMap((problem): Mark[] => {
        const place = placeOf(problem);
        if (!place || place.endLine > doc.lines) return [];
        const start = doc.line(place.line);
        const end = doc.line(place.endLine);
        const from = start.from + offsetOf(start.text, place.column);
        const to = end.from + offsetOf(end.text, place.endColumn);
        return [{ from, to, severity: problem.severity, message: problem.message }];
      });
      document.view.dispatch({ effects: setMarks.of(marks) });
    }
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
