import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Work } from './work.svelte';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const progress = (name: string, done: number, total: number) => ({ type: 'progress' as const, name, done, total });

describe('long work', () => {
  it('is not shown before it has lasted 400 ms', () => {
    const work = new Work();
    work.begin('opening');
    vi.advanceTimersByTime(399);
    expect(work.shown).toBe(false);
    work.end();
    vi.advanceTimersByTime(1000);
    expect(work.shown).toBe(false);
  });

  it('tells how far it is, and how long it may still take', () => {
    const work = new Work();
    work.receive(progress('indexing', 0, 1000));
    vi.advanceTimersByTime(2000);
    work.receive(progress('indexing', 250, 1000));
    expect(work.shown).toBe(true);
    expect(work.share).toBe(25);
    expect(work.left).toBe(6000);
    work.receive(progress('indexing', 1000, 1000));
    expect(work.shown).toBe(false);
  });

  it('knows no share where the extent is unknown', () => {
    const work = new Work();
    work.receive(progress('opening', 3, 0));
    expect(work.share).toBeNull();
    expect(work.left).toBeNull();
  });
});
