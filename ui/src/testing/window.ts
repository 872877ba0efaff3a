/** Opens the whole window on an engine in memory, for tests. */

import { fireEvent, render, waitFor } from '@testing-library/svelte';
import { tick } from 'svelte';
import { expect } from 'vitest';
import { useTransport } from '../ipc';
import { App } from '../state/app.svelte';
import { recall } from '../state/memory';
import Window from '../Window.svelte';
import { memoryEngine, type MemoryEngine, type MemoryOptions } from './engine';

/** The window of a test: its engine, its state, and what the text in front is now. */
export interface TestWindow {
  engine: MemoryEngine;
  app: App;
  text: () => string;
}

/** Opens the window; where a workspace is open, its first briefing is in front. */
export async function openWindow(options: MemoryOptions & { keep?: boolean } = {}): Promise<TestWindow> {
  const engine = memoryEngine(options);
  useTransport(engine);
  if (!options.keep) await recall();
  const app = new App();
  render(Window, { props: { app } });
  await app.start();
  await waitFor(() => expect(app.ready).toBe(true));
  if (options.open !== false) await waitFor(() => expect(app.documents.front).not.toBeNull());
  return { engine, app, text: () => app.documents.front?.view.state.doc.toString() ?? '' };
}

/** Presses a key where the focus is. */
export const press = (key: string, more: KeyboardEventInit = {}): Promise<boolean> =>
  fireEvent.keyDown(document.activeElement ?? document.body, { key, ...more });

/** Writes a value into a field, and where a key is named presses it there. */
export async function type(input: HTMLElement, value: string, key?: string): Promise<void> {
  input.focus();
  await tick();
  await fireEvent.input(input, { target: { value } });
  if (key === undefined) return;
  await tick();
  await fireEvent.keyDown(input, { key });
}
