/** How a workspace's window was left, kept on this computer. */

import type { LibraryFilter } from '../bindings/LibraryFilter';
import { isTab, type LibraryTab } from './library-tab';
import { keep, kept } from './memory';
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

const KEY = 'window:';
const FORGOTTEN = 'forgotten';
const EMPTY: KeptWindow = { tabs: [], front: null, beside: null, recent: [], filter: null, zoom: 'width', tab: 'snippets', folded: [] };

function read<T>(name: string): Partial<T> {
  const value = kept(name);
  return typeof value === 'object' && value !== null ? (value as Partial<T>) : {};
}

const strings = (list: unknown): string[] => (Array.isArray(list) ? list.filter((entry) => typeof entry === 'string') : []);
const isDocument = (value: unknown): value is KeptDocument => typeof (value as KeptDocument | null)?.file === 'string';

/** Returns how a workspace's window was left. */
export function keptWindow(folder: string): KeptWindow {
  const left = { ...EMPTY, ...read<KeptWindow>(KEY + folder) };
  return {
    ...left,
    tabs: Array.isArray(left.tabs) ? left.tabs.filter(isDocument) : [],
    tab: isTab(left.tab) ? left.tab : 'snippets',
    beside: isDocument(left.beside) ? left.beside : null,
    recent: strings(left.recent),
    folded: strings(left.folded),
  };
}

/** Keeps how a workspace's window is. */
export function keepWindow(folder: string, window: KeptWindow): Promise<void> {
  return keep(KEY + folder, window);
}

/** Returns the folders that the list of recent workspaces leaves out. */
export function forgottenFolders(): string[] {
  return strings(kept(FORGOTTEN));
}

/** Leaves a folder out of the list of recent workspaces, or takes it in again. */
export function forgetFolder(folder: string, forget: boolean): void {
  const others = forgottenFolders().filter((other) => other !== folder);
  void keep(FORGOTTEN, forget ? [...others, folder] : others);
}
