/** The one file that knows the shell: queries, actions, events, dialogs, menu and window title. */

import { Channel, invoke } from '@tauri-apps/api/core';
import { listen } from '@tauri-apps/api/event';
import { getCurrentWindow } from '@tauri-apps/api/window';
import { open, save } from '@tauri-apps/plugin-dialog';
import type { Action } from './bindings/Action';
import type { ActionReply } from './bindings/ActionReply';
import type { Event } from './bindings/Event';
import type { ExportFormat } from './bindings/ExportFormat';
import type { Failure } from './bindings/Failure';
import type { Query } from './bindings/Query';
import type { QueryReply } from './bindings/QueryReply';

/** A menu of the platform's menu bar; entries carry the ids of commands. */
export interface Menu {
  title: string;
  items: { type: 'command'; id: string; label: string; accelerator: string | null }[];
}

/** What carries calls to an engine; the shell in the app, a double in tests. */
export interface Transport {
  query(query: Query): Promise<QueryReply>;
  act(action: Action): Promise<ActionReply>;
  subscribe(handler: (event: Event) => void): Promise<void>;
  pageUrl(hash: string, pixels: number | null): string;
  pictureUrl(path: string): string;
  pickFolder(title: string): Promise<string | null>;
  pickFile(title: string, suggested: string, format: ExportFormat): Promise<string | null>;
  showMenu(menus: Menu[]): Promise<void>;
  onMenu(handler: (command: string) => void): Promise<void>;
  onClose(handler: () => Promise<void>): Promise<void>;
  setTitle(title: string): Promise<void>;
}

const EXTENSIONS: Partial<Record<ExportFormat, string>> = { pdf: 'pdf', png: 'png', svg: 'svg', md: 'md' };

/** Windows and Android give custom schemes an http address. */
const PAGE_ORIGIN = /Windows|Android/.test(navigator.userAgent) ? 'http://page.localhost' : 'page://localhost';

const shell: Transport = {
  query: (query) => invoke('query', { query }),
  act: (action) => invoke('act', { action }),
  subscribe(handler) {
    const channel = new Channel<Event>();
    channel.onmessage = handler;
    return invoke('subscribe', { channel });
  },
  pageUrl: (hash, pixels) => `${PAGE_ORIGIN}/${hash}${pixels === null ? '.svg' : `-${pixels}.png`}`,
  pictureUrl: (path) => `${PAGE_ORIGIN}/${path.split('/').map(encodeURIComponent).join('/')}`,
  pickFolder: (title) => open({ title, directory: true, multiple: false }),
  pickFile(title, suggested, format) {
    const extension = EXTENSIONS[format];
    return save({
      title,
      defaultPath: suggested,
      filters: extension ? [{ name: extension.toUpperCase(), extensions: [extension] }] : [],
    });
  },
  showMenu: (menus) => invoke('menu', { menus }),
  async onMenu(handler) {
    await listen<string>('menu', (event) => handler(event.payload));
  },
  async onClose(handler) {
    await listen('closing', async () => {
      await handler().catch(() => undefined);
      await getCurrentWindow().destroy();
    });
  },
  setTitle: (title) => getCurrentWindow().setTitle(title),
};

let transport: Transport = shell;

/** Puts another transport in the shell's place. */
export function useTransport(other: Transport): void {
  transport = other;
}

/** Returns whether the page runs inside the shell. */
export function inShell(): boolean {
  return '__TAURI_INTERNALS__' in window;
}

/** Makes a failure of whatever a call threw. */
export function failureOf(error: unknown): Failure {
  if (typeof error === 'object' && error !== null && 'code' in error && 'message' in error) return error as Failure;
  const message = error instanceof Error ? error.message : String(error);
  return { kind: 'machine', code: 'ipc', message, hint: null };
}

async function failing<T>(call: Promise<T>): Promise<T> {
  try {
    return await call;
  } catch (error) {
    throw failureOf(error);
  }
}

/** Asks the engine something. */
export const query = (query: Query): Promise<QueryReply> => failing(transport.query(query));

/** Has the engine do something. */
export const act = (action: Action): Promise<ActionReply> => failing(transport.act(action));

/** Hands all events of the engine to `handler` from now on. */
export const subscribe = (handler: (event: Event) => void): Promise<void> => failing(transport.subscribe(handler));

/** Returns the address of a page's image. */
export const pageUrl = (hash: string, pixels: number | null): string => transport.pageUrl(hash, pixels);

/** Returns the address of a picture below the workspace's `images/`, small. */
export const pictureUrl = (path: string): string => transport.pictureUrl(path);

/** Lets the user choose a folder. */
export const pickFolder = (title: string): Promise<string | null> => failing(transport.pickFolder(title));

/** Lets the user choose a file to write. */
export const pickFile = (title: string, suggested: string, format: ExportFormat): Promise<string | null> =>
  failing(transport.pickFile(title, suggested, format));

/** Shows the platform's menus. */
export const showMenu = (menus: Menu[]): Promise<void> => failing(transport.showMenu(menus));

/** Hands the ids of chosen menu entries to `handler`. */
export const onMenu = (handler: (command: string) => void): Promise<void> => failing(transport.onMenu(handler));

/** Has `handler` do what is left to do before the window closes. */
export const onClose = (handler: () => Promise<void>): Promise<void> => failing(transport.onClose(handler));

/** Names the window. */
export function setTitle(title: string): void {
  document.title = title;
  transport.setTitle(title).catch(() => undefined);
}

type Reply<T extends QueryReply['type']> = Extract<QueryReply, { type: T }>;

/** Asks, and expects an answer of one type. */
export async function ask<T extends QueryReply['type']>(question: Query, type: T): Promise<Reply<T>> {
  const reply = await query(question);
  if (reply.type === type) return reply as Reply<T>;
  throw failureOf(new Error(`the engine answered ${reply.type} to ${question.type}`));
}
