/** Opens the whole window on an engine in memory, for tests. */

import { fireEvent, render, waitFor } from '@testing-library/svelte';
import { expect } from 'vitest';
import { useTransport } from '../ipc';
import { App } from '../state/app.svelte';
import Window from '../Window.svelte';
import { memoryEngine, type MemoryEngine, type MemoryOptions } from './engine';

/** Opens the window; where a workspace is open, its first briefing is in front. */
export async function openWindow(options: MemoryOptions & { keep?: boolean } = {}): Promise<{ engine: MemoryEngine; app: App }> {
  if (!options.keep) localStorage.clear();
  const engine = memoryEngine(options);
  useTransport(engine);
  const app = new App();
  render(Window, { props: { app } });
  await app.start();
  await waitFor(() => expect(app.ready).toBe(true));
  if (options.open !== false) await waitFor(() => expect(app.documents.front).not.toBeNull());
  return { engine, app };
}

/** Presses a key where the focus is. */
export const press = (key: string, more: KeyboardEventInit = {}): Promise<boolean> =>
  fireEvent.keyDown(document.activeElement ?? document.body, { key, ...more });
