import { cleanup, fireEvent, screen } from '@testing-library/svelte';
import { afterEach, describe, expect, it } from 'vitest';
import { openWindow } from '../testing/window';
import { runCommand } from './registry';

afterEach(cleanup);

async function opened() {
  const { app } = await openWindow();
  runCommand(app, 'file.newSnippet');
  const title = await screen.findByRole('textbox', { name: 'Title' });
  let heard = 0;
  title.addEventListener('keydown', () => (heard += 1));
  /** Presses a key, and returns whether the field hears it. */
  const hears = async (key: string): Promise<boolean> => {
    const before = heard;
    await fireEvent.keyDown(title, { key });
    return heard > before;
  };
  return { title, hears };
}

describe('Escape', () => {
  it('behind the end of a syllable is not pressed for anything else', async () => {
    const { title, hears } = await opened();
    await fireEvent.compositionStart(title);
    await fireEvent.compositionEnd(title, { data: '방' });
    expect(await hears('Escape')).toBe(false);
    // The next one is the user's.
    expect(await hears('Escape')).toBe(true);
  });

  it('counts where another key or the pointer ended the syllable', async () => {
    const { title, hears } = await opened();
    await fireEvent.compositionEnd(title, { data: '방' });
    await hears(' ');
    expect(await hears('Escape')).toBe(true);
    await fireEvent.compositionEnd(title, { data: '방' });
    await fireEvent.pointerDown(title);
    expect(await hears('Escape')).toBe(true);
  });
});
