import { ChangeSet, Text } from '@codemirror/state';
import { describe, expect, it, vi } from 'vitest';
import type { TextChange } from '../bindings/TextChange';
import { difference, Sync, toChangeSet } from './sync';

/** An editor and an engine with a wire between them that delivers when told. */
function setUp(text: string) {
  let screen = Text.of(text.split('\n'));
  let engine = screen;
  let engineVersion = 0;
  const wire: { version: number; changes: TextChange[]; done: () => void; refuse: (error: unknown) => void }[] = [];
  const port = {
    send: (version: number, changes: TextChange[]) =>
      new Promise<void>((done, refuse) => wire.push({ version, changes, done, refuse })),
    apply: (changes: ChangeSet) => void (screen = changes.apply(screen)),
    reload: () => Promise.resolve({ text: engine, version: engineVersion }),
    report: vi.fn(),
  };
  const sync = new Sync(screen, 0, port);
  return {
    sync, port, wire,
    get screen() { return screen.toString(); },
    get engine() { return engine.toString(); },
    type(from: number, insert: string, to = from) {
      const changes = ChangeSet.of({ from, to, insert }, screen.length);
      screen = changes.apply(screen);
      sync.local(changes);
    },
    /** The engine takes the oldest edit, or refuses it because the version is taken. */
    async deliver() {
      const edit = wire.shift();
      if (!edit) throw new Error('nothing on the wire');
      if (edit.version === engineVersion + 1) {
        engine = toChangeSet(edit.changes, engine.length).apply(engine);
        engineVersion = edit.version;
        edit.done();
      } else edit.refuse({ kind: 'usage', code: 'stale-version', message: 'stale', hint: null });
      await Promise.resolve();
      await Promise.resolve();
    },
    /** Somebody else changes the file. */
    foreign(from: number, insert: string, to = from) {
      engine = ChangeSet.of({ from, to, insert }, engine.length).apply(engine);
      engineVersion += 1;
      return { version: engineVersion, changes: [{ from, to, insert }] };
    },
  };
}

describe('Sync', () => {
  it('knows a saved text for the one on the screen, also before its last edit is confirmed', async () => {
    const world = setUp('a');
    expect(world.sync.covers(0)).toBe(true);
    world.type(1, 'b');
    expect([world.sync.covers(0), world.sync.covers(1)]).toEqual([false, true]);
    world.type(2, 'c');
    expect(world.sync.covers(1)).toBe(false);
    await world.deliver();
    expect(world.sync.covers(2)).toBe(true);
  });

  it('sends edits in order, one at a time, and composes what is typed meanwhile', async () => {
    const world = setUp('a');
    world.type(1, 'b');
    world.type(2, 'c');
    world.type(3, 'd');
    expect(world.wire).toHaveLength(1);
    await world.deliver();
    expect(world.wire).toHaveLength(1);
    expect(world.wire[0]).toMatchObject({ version: 2, changes: [{ from: 2, to: 2, insert: 'cd' }] });
    await world.deliver();
    expect(world.engine).toBe('abcd');
    expect(world.sync.settled).toBe(true);
  });

  it('counts offsets in UTF-16 code units', async () => {
    const world = setUp('😀 한국');
    world.type(5, '어');
    expect(world.wire[0]?.changes).toEqual([{ from: 5, to: 5, insert: '어' }]);
    await world.deliver();
    expect(world.engine).toBe('😀 한국어');
  });

  it('puts a foreign change under an edit that is on its way', async () => {
    const world = setUp('one two');
    world.type(7, ' three');
    const foreign = world.foreign(0, 'zero ');
    world.sync.remote(foreign.version, foreign.changes);
    await world.deliver();
    await world.deliver();
    expect(world.screen).toBe('zero one two three');
    expect(world.engine).toBe(world.screen);
  });

  it('takes a later foreign change as the arrival of the edit before it', async () => {
    const world = setUp('one');
    world.type(3, ' two');
    const edit = world.wire[0];
    await world.deliver();
    const foreign = world.foreign(0, 'x ');
    world.sync.remote(foreign.version, foreign.changes);
    edit?.done();
    expect(world.screen).toBe('x one two');
    expect(world.engine).toBe(world.screen);
  });

  it('asks for the text again when an edit is refused and nobody says why', async () => {
    vi.useFakeTimers();
    const world = setUp('one');
    world.type(3, '!');
    world.foreign(0, 'zero ');
    await world.deliver();
    let settled = false;
    void world.sync.whenSettled().then(() => (settled = true));
    expect(settled).toBe(false);
    await vi.advanceTimersByTimeAsync(1000);
    await world.deliver();
    vi.useRealTimers();
    await world.sync.whenSettled();
    expect(settled).toBe(true);
    expect(world.screen).toBe('zero one!');
    expect(world.engine).toBe(world.screen);
    expect(world.port.report).toHaveBeenLastCalledWith(null);
  });

  it('stays the same on both sides whatever order things happen in', async () => {
    for (let seed = 1; seed <= 60; seed++) {
      let state = seed;
      const random = (below: number) => (state = (state * 48271) % 2147483647) % below;
      const world = setUp('The quick brown fox\njumps');
      const news: ReturnType<typeof world.foreign>[] = [];
      for (let step = 0; step < 40; step++) {
        const what = random(4);
        if (what === 0) world.type(random(world.screen.length + 1), `${step} `);
        else if (what === 1 && world.wire.length > 0 && news.length === 0) await world.deliver();
        else if (what === 2) news.push(world.foreign(random(world.engine.length + 1), `<${step}>`));
        else {
          const foreign = news.shift();
          if (foreign) world.sync.remote(foreign.version, foreign.changes);
        }
      }
      for (const foreign of news) world.sync.remote(foreign.version, foreign.changes);
      while (world.wire.length > 0) await world.deliver();
      expect(world.engine, `seed ${seed}`).toBe(world.screen);
    }
  });
});

describe('difference', () => {
  it('is the smallest single change', () => {
    const from = Text.of(['abc', 'def']);
    const to = Text.of(['abc', 'xef']);
    const changes = difference(from, to);
    expect(changes.apply(from).eq(to)).toBe(true);
    expect(changes.toJSON()).toEqual([4, [1, 'x'], 2]);
  });
});
