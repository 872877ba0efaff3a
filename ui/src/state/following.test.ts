import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Documents } from './documents.svelte';
import { Following } from './following';
import type { Pages } from './pages.svelte';

describe('Following', () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  function following() {
    const locate = vi.fn();
    const front = { file: 'a.md', kind: 'briefing', cursor: { offset: 7 }, view: { hasFocus: true } };
    const pages = { set: {}, locate } as unknown as Pages;
    return { following: new Following({ front, beside: null } as unknown as Documents, pages), locate };
  }

  it('brings the cursor into sight though pages come while it rests', () => {
    const { following: follows, locate } = following();
    follows.place(true);
    follows.paged();
    vi.runAllTimers();
    expect(locate.mock.calls).toEqual([['a.md', 7, true]]);
  });

  it('leaves the pages where they are when others come by themselves', () => {
    const { following: follows, locate } = following();
    follows.place(true);
    vi.runAllTimers();
    follows.paged();
    vi.runAllTimers();
    expect(locate.mock.calls.at(-1)).toEqual(['a.md', 7, false]);
  });
});
