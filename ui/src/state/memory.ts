/**
 * What the window keeps for its next start, by name. The engine writes it: what a browser keeps for itself reaches the disk
 * too late for somebody who closes the window at once.
 */

import { act, ask } from '../ipc';

const texts = new Map<string, string>();

/** Reads what was kept; before that, nothing is. */
export async function recall(): Promise<void> {
  const kept = await ask({ type: 'kept' }, 'kept');
  texts.clear();
  for (const [name, text] of Object.entries(kept.texts)) texts.set(name, text);
}

/** Returns the value kept under a name, whatever it is; none where there is none that can be read. */
export function kept(name: string): unknown {
  try {
    return JSON.parse(texts.get(name) ?? 'null') as unknown;
  } catch {
    return null;
  }
}

/** Keeps a value under a name. Resolves once it is on the disk, as far as the disk takes it. */
export async function keep(name: string, value: unknown): Promise<void> {
  const text = JSON.stringify(value);
  if (texts.get(name) === text) return;
  texts.set(name, text);
  await act({ type: 'keep', name, text }).catch(() => undefined);
}
