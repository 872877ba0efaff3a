/** How a workspace's window was left, kept on this computer. */

import type { LibraryFilter } from '../bindings/LibraryFilter';
import { isTab, type LibraryTab } from './library-tab';
import type { Zoom } from './pages.svelte';

/** A document as it was left. */
export interface KeptDocument {
  file: string;
  cursor: number;
  /** Offset of the line at the top of the pane. */
  top: number;
}

export interface KeptWindow {
  tabs: KeptDocument[];
  front: string | null;
  beside: KeptDocument | null;
  /** Files in front before, newest first. */
  recent: string[];
  filter: LibraryFilter | null;
  zoom: Zoom;
  tab: LibraryTab;
  /** Slips that are folded, as `file#id`. */
  folded: string[];
}

const KEY = 'chancery.window:';
const FORGOTTEN = 'chancery.forgotten';
const EMPTY: KeptWindow = { tabs: [], front: null, beside: null, recent: [], filter: null, zoom: 'width', tab: 'snippets', folded: [] };

function read<T>(key: string): Partial<T> {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(key) ?? '{}');
    return typeof value === 'object' && value !== null ? (value as Partial<T>) : {};
  } catch {
    return {};
  }
}

const strings = (list: unknown): string[] => (Array.isArray(list) ? list.filter((entry) => typeof entry === 'string') : []);
const isDocument = (value: unknown): value is KeptDocument => typeof (value as KeptDocument | null)?.file === 'string';

/** Returns how a workspace's window was left. */
export function keptWindow(folder: string): KeptWindow {
  const kept = { ...EMPTY, ...read<KeptWindow>(KEY + folder) };
  return {
    ...kept,
    tabs: Array.isArray(kept.tabs) ? kept.tabs.filter(isDocument) : [],
    tab: isTab(kept.tab) ? kept.tab : 'snippets',
    beside: isDocument(kept.beside) ? kept.beside : null,
    recent: strings(kept.recent),
    folded: strings(kept.folded),
  };
}

/** Keeps how a workspace's window is. */
export function keepWindow(folder: string, window: KeptWindow): void {
  localStorage.setItem(KEY + folder, JSON.stringify(window));
}

/** Returns the folders that the list of recent workspaces leaves out. */
export function forgottenFolders(): string[] {
  const kept = read<{ folders: string[] }>(FORGOTTEN).folders;
  return Array.isArray(kept) ? kept : [];
}

/** Leaves a folder out of the list of recent workspaces, or takes it in again. */
export function forgetFolder(folder: string, forget: boolean): void {
  const others = forgottenFolders().filter((other) => other !== folder);
  localStorage.setItem(FORGOTTEN, JSON.stringify({ folders: forget ? [...others, folder] : others }));
}
