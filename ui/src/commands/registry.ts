/** The one list of commands, which feeds palette, shortcuts, menu and cheat-sheet. */

import { addCursorAbove, addCursorBelow, redo, selectAll, undo } from '@codemirror/commands';
import { findNext, findPrevious, openSearchPanel } from '@codemirror/search';
import { fixHere } from '../components/frame/fixes';
import { selectEverywhere, selectNext } from '../editor/cursors';
import { openReplace } from '../editor/find.svelte';
import { focusForm } from '../editor/form-focus';
import { isAtCitation, openLocator } from '../editor/locator';
import { type Insertable, insert, insertables } from '../editor/slash';
import { host } from '../editor/host';
import { moveBlock } from '../editor/top-blocks';
import { act, pickFolder } from '../ipc';
import { m } from '../paraglide/messages.js';
import type { App } from '../state/app.svelte';
import type { OpenDocument } from '../state/document.svelte';
import { foldSlips } from '../state/folds.svelte';
import { deleteSelected } from '../state/snippet-life';
import { sayTimes } from '../state/times';
import { composing, matches } from './keys';
import { cycleRegions } from './regions';
import { SNIPPET_COMMANDS } from './snippet';
import { SOURCE_COMMANDS } from './sources';

/** Groups of the cheat-sheet, in order. */
export const GROUPS = ['file', 'edit', 'insert', 'view', 'go', 'pages'] as const;
export type Group = (typeof GROUPS)[number];

export interface Command {
  /** A stable name, which the platform's menu sends. */
  id: string;
  group: Group;
  title: () => string;
  /** Other words by which the palette finds it. */
  also?: () => string;
  /** Shortcuts; the first is shown. */
  keys?: string[];
  /** Whether the editor itself handles the keys. */
  editorKeys?: boolean;
  when?: (app: App) => boolean;
  run: (app: App) => void | Promise<void>;
}

const opened = (app: App): boolean => app.workspace !== null;
const editing = (app: App): boolean => app.documents.front !== null;
const hasPages = (app: App): boolean => app.pages.count > 0;

/** The document that has the focus, else the one in front. */
export function active(app: App): OpenDocument | null {
  const { beside, front } = app.documents;
  return beside?.view.hasFocus ? beside : front;
}

function edit(run: (document: OpenDocument) => unknown): (app: App) => void {
  return (app) => {
    const document = active(app);
    if (document) run(document);
  };
}

function selectedText(app: App): string {
  const state = active(app)?.view.state;
  return state ? state.sliceDoc(state.selection.main.from, state.selection.main.to) : '';
}

/** Whether text is selected, in front or beside: a palette that lies over both has the focus itself. */
const selecting = (app: App): boolean =>
  [app.documents.front, app.documents.beside].some((document) => document?.view.state.selection.main.empty === false);

async function chooseFolder(app: App, title: string, then: (folder: string) => Promise<unknown>): Promise<void> {
  await app.try(async () => {
    const folder = await pickFolder(title);
    if (folder !== null) await then(folder);
  });
}

function newSnippet(app: App): void {
  const body = selectedText(app).trim();
  app.overlay = { type: 'snippet', title: '', body, from: body === '' ? undefined : (active(app) ?? undefined) };
}

function toggleProblems(app: App): void {
  app.problems.open = !app.problems.open;
}

function nextProblem(app: App, by: number): void {
  const list = app.problems.of(app.problems.narrow ? (app.documents.front?.file ?? null) : null);
  if (list.length === 0) return;
  const wasOpen = app.problems.open;
  app.problems.open = true;
  app.problems.selected = wasOpen ? (app.problems.selected + by + list.length) % list.length : 0;
  const problem = list[app.problems.selected];
  if (problem) void app.navigation.goTo(problem);
}

function nextTab(app: App, by: number): void {
  const { tabs, front } = app.documents;
  const at = front ? tabs.indexOf(front) : -1;
  const next = tabs[(at + by + tabs.length) % tabs.length];
  if (next) app.navigation.show(next);
}

function moveTab(app: App, by: number): void {
  const { tabs, front } = app.documents;
  if (front) app.documents.place(front, tabs.indexOf(front) + by);
}

function switchTheme(app: App): void {
  app.preferences.theme = app.preferences.dark ? 'light' : 'dark';
}

function searchAll(app: App, replacing?: boolean): void {
  app.panes.show('library');
  const text = selectedText(app);
  app.search.show(text.includes('\n') ? '' : text, replacing);
}

function focusLibrary(app: App): void {
  app.search.open = false;
  app.panes.show('library');
  requestAnimationFrame(() => document.querySelector<HTMLElement>('#library-search')?.focus());
}

export const COMMANDS: Command[] = [
  { id: 'file.newBriefing', group: 'file', title: m.cmd_new_briefing, also: m.also_new_briefing, keys: ['Mod+Shift+N'], when: opened, run: (app) => void (app.overlay = { type: 'briefing' }) },
  { id: 'file.newSnippet', group: 'file', title: m.cmd_new_snippet, keys: ['Mod+N'], when: opened, run: newSnippet },
  { id: 'file.openFolder', group: 'file', title: m.cmd_open_folder, keys: ['Mod+Shift+O'], run: (app) => chooseFolder(app, m.cmd_open_folder(), (folder) => app.openWorkspace(folder)) },
  { id: 'file.newWorkspace', group: 'file', title: m.cmd_new_workspace, run: (app) => chooseFolder(app, m.pick_new_folder(), (folder) => app.newWorkspace(folder, 'blank')) },
  { id: 'file.example', group: 'file', title: m.cmd_example, run: (app) => chooseFolder(app, m.pick_example_folder(), (folder) => app.newWorkspace(folder, 'rok-nato')) },
  { id: 'file.save', group: 'file', title: m.cmd_save, keys: ['Mod+S'], when: editing, run: (app) => app.save() },
  { id: 'file.export', group: 'file', title: m.cmd_export, also: m.also_export, keys: ['Mod+Shift+E'], when: (app) => app.pages.briefing !== null, run: (app) => void (app.overlay = { type: 'export' }) },
  { id: 'file.close', group: 'file', title: m.cmd_close, keys: ['Mod+W'], when: editing, run: (app) => { const document = active(app); if (document) app.navigation.close(document); } },
  { id: 'file.reopen', group: 'file', title: m.cmd_reopen, keys: ['Mod+Shift+T'], when: (app) => app.documents.canReopen, run: (app) => app.navigation.reopen() },
  { id: 'file.closeWorkspace', group: 'file', title: m.cmd_close_workspace, when: opened, run: (app) => app.closeWorkspace() },

  { id: 'edit.undo', group: 'edit', title: m.cmd_undo, keys: ['Mod+Z'], editorKeys: true, when: editing, run: edit(({ view }) => undo(view)) },
  { id: 'edit.redo', group: 'edit', title: m.cmd_redo, keys: ['Mod+Shift+Z'], editorKeys: true, when: editing, run: edit(({ view }) => redo(view)) },
  { id: 'edit.undoFiles', group: 'edit', title: m.cmd_undo_files, keys: ['Mod+Alt+Z'], when: opened, run: (app) => app.undoFiles() },
  { id: 'edit.selectAll', group: 'edit', title: m.cmd_select_all, keys: ['Mod+A'], editorKeys: true, when: editing, run: edit(({ view }) => selectAll(view)) },
  { id: 'edit.find', group: 'edit', title: m.cmd_find, keys: ['Mod+F'], when: editing, run: edit(({ view }) => { openSearchPanel(view); }) },
  { id: 'edit.findNext', group: 'edit', title: m.cmd_find_next, keys: ['F3', 'Mod+G'], editorKeys: true, when: editing, run: edit(({ view }) => findNext(view)) },
  { id: 'edit.findPrevious', group: 'edit', title: m.cmd_find_previous, keys: ['Shift+F3', 'Mod+Shift+G'], editorKeys: true, when: editing, run: edit(({ view }) => findPrevious(view)) },
  { id: 'edit.replace', group: 'edit', title: m.cmd_replace, keys: ['Ctrl+H'], when: editing, run: edit(({ view }) => openReplace(view)) },
  { id: 'edit.selectNext', group: 'edit', title: m.cmd_select_next, keys: ['Mod+D'], editorKeys: true, when: editing, run: edit(({ view }) => selectNext(view)) },
  { id: 'edit.selectEverywhere', group: 'edit', title: m.cmd_select_everywhere, keys: ['Mod+F2'], editorKeys: true, when: editing, run: edit(({ view }) => selectEverywhere(view)) },
  { id: 'edit.cursorAbove', group: 'edit', title: m.cmd_cursor_above, keys: ['Mod+Alt+ArrowUp'], editorKeys: true, when: editing, run: edit(({ view }) => addCursorAbove(view)) },
  { id: 'edit.cursorBelow', group: 'edit', title: m.cmd_cursor_below, keys: ['Mod+Alt+ArrowDown'], editorKeys: true, when: editing, run: edit(({ view }) => addCursorBelow(view)) },
  { id: 'edit.moveUp', group: 'edit', title: m.cmd_move_up, keys: ['Alt+ArrowUp'], editorKeys: true, when: editing, run: edit(({ view }) => moveBlock(view, -1)) },
  { id: 'edit.moveDown', group: 'edit', title: m.cmd_move_down, keys: ['Alt+ArrowDown'], editorKeys: true, when: editing, run: edit(({ view }) => moveBlock(view, 1)) },
  { id: 'edit.source', group: 'edit', title: m.cmd_source, also: m.also_source, keys: ['Mod+E'], when: editing, run: edit((document) => document.toggleSource()) },
  { id: 'edit.fix', group: 'edit', title: m.cmd_fix, keys: ['Mod+Dot'], when: editing, run: (app) => { const document = active(app); if (document) fixHere(app, document); } },
  { id: 'edit.form', group: 'edit', title: m.cmd_form, also: m.also_form, keys: ['Mod+Semicolon'], when: editing, run: edit(focusForm) },
  { id: 'edit.snippets', group: 'edit', title: m.cmd_change_fields, keys: ['Mod+Shift+B'], when: (app) => app.library.selection.count > 0, run: (app) => { app.panes.show('library'); app.library.changing = true; } },
  { id: 'edit.properties', group: 'edit', title: m.cmd_properties, when: editing, run: edit((document) => document.showFront(!document.frontShown)) },

  { id: 'edit.locator', group: 'edit', title: m.cmd_locator, keys: ['Mod+Shift+Comma'], when: (app) => { const document = active(app); return document !== null && isAtCitation(document.view.state); }, run: edit(({ view }) => openLocator(view)) },

  { id: 'snippet.ofSelection', group: 'edit', title: m.cmd_snippet_of_selection, keys: ['Mod+Shift+D'], when: selecting, run: newSnippet },
  { id: 'library.delete', group: 'edit', title: m.cmd_delete_selected, when: (app) => app.library.selection.count > 0, run: deleteSelected },
  ...SNIPPET_COMMANDS,
  ...SOURCE_COMMANDS,

  { id: 'view.palette', group: 'view', title: m.cmd_palette, keys: ['Mod+K'], run: (app) => void (app.overlay = { type: 'palette', mode: 'all' }) },
  { id: 'view.library', group: 'view', title: m.cmd_toggle_library, keys: ['Mod+Shift+L'], when: opened, run: (app) => app.panes.toggle('library') },
  { id: 'view.pages', group: 'view', title: m.cmd_toggle_pages, keys: ['Mod+Shift+P'], when: opened, run: (app) => app.panes.toggle('pages') },
  { id: 'view.problems', group: 'view', title: m.cmd_problems, keys: ['Mod+Shift+M'], when: opened, run: toggleProblems },
  { id: 'view.zen', group: 'view', title: m.cmd_zen, also: m.also_zen, keys: ['Mod+Shift+Enter'], when: opened, run: (app) => app.panes.toggleZen() },
  { id: 'view.split', group: 'view', title: m.cmd_split, also: m.also_split, keys: ['Mod+Backslash'], when: editing, run: (app) => app.navigation.split() },
  { id: 'view.foldSlips', group: 'view', title: m.cmd_fold_slips, keys: ['Mod+Shift+Minus'], when: editing, run: edit(foldSlips) },
  { id: 'view.theme', group: 'view', title: m.cmd_theme, also: m.also_theme, run: switchTheme },
  { id: 'view.themeSystem', group: 'view', title: m.cmd_theme_system, run: (app) => void (app.preferences.theme = 'system') },
  { id: 'view.english', group: 'view', title: () => 'English', also: m.also_language, run: (app) => void (app.preferences.locale = 'en') },
  { id: 'view.korean', group: 'view', title: () => '한국어', also: m.also_language, run: (app) => void (app.preferences.locale = 'ko') },
  { id: 'view.larger', group: 'view', title: m.cmd_larger, keys: ['Mod+Plus'], run: (app) => app.preferences.zoomBy(1) },
  { id: 'view.smaller', group: 'view', title: m.cmd_smaller, keys: ['Mod+Minus'], run: (app) => app.preferences.zoomBy(-1) },
  { id: 'view.actualSize', group: 'view', title: m.cmd_actual_size, keys: ['Mod+0'], run: (app) => app.preferences.zoomBy(0) },
  { id: 'view.shortcuts', group: 'view', title: m.cmd_shortcuts, also: m.also_shortcuts, keys: ['Mod+Slash'], run: (app) => void (app.overlay = { type: 'shortcuts' }) },

  { id: 'go.switcher', group: 'go', title: m.cmd_switcher, also: m.also_switcher, keys: ['Mod+O'], when: opened, run: (app) => void (app.overlay = { type: 'palette', mode: 'files' }) },
  { id: 'go.search', group: 'go', title: m.cmd_search, also: m.also_search, keys: ['Mod+Shift+F'], when: opened, run: (app) => searchAll(app) },
  { id: 'go.replace', group: 'go', title: m.cmd_replace_all, keys: ['Mod+Shift+H'], when: opened, run: (app) => searchAll(app, true) },
  { id: 'go.library', group: 'go', title: m.cmd_search_library, keys: ['Mod+Alt+F'], when: opened, run: focusLibrary },
  { id: 'go.savedSearches', group: 'go', title: m.cmd_save_search, keys: ['Mod+Shift+S'], when: opened, run: (app) => { app.panes.show('library'); app.library.searchesOpen = true; } },
  { id: 'go.back', group: 'go', title: m.cmd_back, keys: ['Alt+ArrowLeft'], when: (app) => app.documents.canGoBack, run: (app) => app.navigation.travel('back') },
  { id: 'go.forward', group: 'go', title: m.cmd_forward, keys: ['Alt+ArrowRight'], when: (app) => app.documents.canGoForward, run: (app) => app.navigation.travel('forward') },
  { id: 'go.nextProblem', group: 'go', title: m.cmd_next_problem, keys: ['F8'], when: opened, run: (app) => nextProblem(app, 1) },
  { id: 'go.previousProblem', group: 'go', title: m.cmd_previous_problem, keys: ['Shift+F8'], when: opened, run: (app) => nextProblem(app, -1) },
  { id: 'go.nextPane', group: 'go', title: m.cmd_next_pane, keys: ['F6'], when: opened, run: () => cycleRegions(1) },
  { id: 'go.previousPane', group: 'go', title: m.cmd_previous_pane, keys: ['Shift+F6'], when: opened, run: () => cycleRegions(-1) },
  { id: 'go.nextTab', group: 'go', title: m.cmd_next_tab, keys: ['Ctrl+Tab', 'Mod+PageDown'], when: editing, run: (app) => nextTab(app, 1) },
  { id: 'go.previousTab', group: 'go', title: m.cmd_previous_tab, keys: ['Ctrl+Shift+Tab', 'Mod+PageUp'], when: editing, run: (app) => nextTab(app, -1) },

  { id: 'go.tabLeft', group: 'go', title: m.cmd_tab_left, keys: ['Mod+Shift+PageUp'], when: editing, run: (app) => moveTab(app, -1) },
  { id: 'go.tabRight', group: 'go', title: m.cmd_tab_right, keys: ['Mod+Shift+PageDown'], when: editing, run: (app) => moveTab(app, 1) },

  { id: 'pages.width', group: 'pages', title: m.cmd_fit_width, when: hasPages, run: (app) => void (app.pages.zoom = 'width') },
  { id: 'pages.page', group: 'pages', title: m.cmd_fit_page, when: hasPages, run: (app) => void (app.pages.zoom = 'page') },
  { id: 'pages.actual', group: 'pages', title: m.cmd_actual_pages, when: hasPages, run: (app) => void (app.pages.zoom = 1) },
  { id: 'pages.thumbnails', group: 'pages', title: m.cmd_thumbnails, when: hasPages, run: (app) => void (app.preferences.thumbnails = !app.preferences.thumbnails) },
  { id: 'pages.single', group: 'pages', title: m.cmd_single_page, when: hasPages, run: (app) => void (app.preferences.singlePage = !app.preferences.singlePage) },
  { id: 'pages.next', group: 'pages', title: m.cmd_next_page, when: hasPages, run: (app) => app.pages.go(app.pages.current + 1) },
  { id: 'pages.previous', group: 'pages', title: m.cmd_previous_page, when: hasPages, run: (app) => app.pages.go(app.pages.current - 1) },
  { id: 'pages.present', group: 'pages', title: m.cmd_present, also: m.also_present, keys: ['F5'], when: (app) => app.pages.set?.kind === 'deck', run: (app) => app.try(async () => void (await act({ type: 'present', open: true }))).then(() => undefined) },
  { id: 'pages.times', group: 'pages', title: m.cmd_times, when: hasPages, run: (app) => sayTimes(app) },
];

function insertion(entry: Insertable): Command {
  return {
    id: `insert.${entry.name}`, group: 'insert', title: () => m.cmd_insert({ name: entry.label }), when: editing,
    run: edit(({ view }) => {
      const line = view.state.doc.lineAt(view.state.selection.main.head);
      const blank = line.text.trim() === '';
      const at = blank ? line.from : line.to;
      insert(view, blank ? entry : { ...entry, text: `\n\n${entry.text}` }, at, blank ? line.to : line.to);
    }),
  };
}

/** Returns all commands, those included that insert what the workspace offers. */
export function commands(app: App): Command[] {
  const around = app.documents.front?.view.state.facet(host);
  const searches = app.library.searches.list.map((search): Command => ({
    id: `library.search.${search.name}`, group: 'go', title: () => m.search_named({ name: search.name }), when: opened,
    run: () => { app.panes.show('library'); app.library.apply(search.filter); },
  }));
  return around ? [...COMMANDS, ...searches, ...insertables(around).map(insertion)] : [...COMMANDS, ...searches];
}

/** Returns the commands that the cheat-sheet shows. */
export function withKeys(): Command[] {
  return COMMANDS.filter((command) => command.keys !== undefined);
}

/** Returns a command's first shortcut. */
export function keysOf(id: string): string | undefined {
  return COMMANDS.find((command) => command.id === id)?.keys?.[0];
}

/** Runs a command by its id, where it applies. */
export function runCommand(app: App, id: string): void {
  const command = commands(app).find((command) => command.id === id);
  if (command && (command.when?.(app) ?? true)) void command.run(app);
}

/** Runs what a key event stands for; returns whether there was anything. */
export function runShortcut(app: App, event: KeyboardEvent): boolean {
  if (composing(event) || app.overlay !== null) return false;
  const command = COMMANDS.find((command) => !command.editorKeys && command.keys?.some((keys) => matches(event, keys)));
  if (!command || !(command.when?.(app) ?? true)) return false;
  event.preventDefault();
  event.stopPropagation();
  void command.run(app);
  return true;
}
