/** Keeps one text and the engine's copy of it the same: one edit under way at a time, the rest composed behind it. */

import { ChangeSet, type Text } from '@codemirror/state';
import type { TextChange } from '../bindings/TextChange';
import type { Failure } from '../bindings/Failure';
import { failureOf } from '../ipc';

/** What a [`Sync`] needs of the world. */
export interface SyncPort {
  /** Sends an edit; rejects where the engine refused it. */
  send(version: number, changes: TextChange[]): Promise<void>;
  /** Applies somebody else's change to the text on screen. */
  apply(changes: ChangeSet): void;
  /** Returns the engine's text and its version. */
  reload(): Promise<{ text: Text; version: number }>;
  /** Says that an edit did not arrive, or with null that all is well again. */
  report(failure: Failure | null): void;
}

/** How long to wait for the change that made an edit stale, and before trying again. */
const PATIENCE = 400;

/** Returns a change set as the engine reads it. */
export function toTextChanges(changes: ChangeSet): TextChange[] {
  const list: TextChange[] = [];
  changes.iterChanges((from, to, _a, _b, insert) => list.push({ from, to, insert: insert.toString() }));
  return list;
}

/** Returns the engine's changes as a change set over a text of `length`. */
export function toChangeSet(changes: TextChange[], length: number): ChangeSet {
  return ChangeSet.of(changes, length);
}

/** Returns the smallest single change that makes `to` of `from`. */
export function difference(from: Text, to: Text): ChangeSet {
  const a = from.toString();
  const b = to.toString();
  let start = 0;
  const shorter = Math.min(a.length, b.length);
  while (start < shorter && a[start] === b[start]) start++;
  let end = 0;
  while (end < shorter - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end++;
  return ChangeSet.of({ from: start, to: a.length - end, insert: b.slice(start, b.length - end) }, a.length);
}

export class Sync {
  #version: number;
  /** The text as the engine has it at `#version`. */
  #base: Text;
  #flight: { changes: ChangeSet; version: number } | null = null;
  #queue: ChangeSet | null = null;
  #port: SyncPort;
  #waiting: (() => void)[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(base: Text, version: number, port: SyncPort) {
    this.#base = base;
    this.#version = version;
    this.#port = port;
  }

  /** Whether everything typed has reached the engine. */
  get settled(): boolean {
    return this.#flight === null && this.#queue === null;
  }

  /** Whether a version that the engine tells of has everything typed: it may tell so before it confirms the edit. */
  covers(version: number): boolean {
    return this.#queue === null && (this.#flight === null || this.#flight.version <= version);
  }

  /** The version that the engine confirmed last. */
  get version(): number {
    return this.#version;
  }

  /** Takes a change that the user made. */
  local(changes: ChangeSet): void {
    this.#queue = this.#queue ? this.#queue.compose(changes) : changes;
    this.#next();
  }

  /** Takes a change that somebody else made, as `version`. */
  remote(version: number, changes: TextChange[]): void {
    if (version <= this.#version) return;
    if (this.#flight && version > this.#flight.version) this.#confirm();
    if (version !== this.#version + 1) {
      void this.#resume();
      return;
    }
    this.#rebase(toChangeSet(changes, this.#base.length), version);
    this.#next();
  }

  /** Resolves once everything typed has reached the engine. */
  whenSettled(): Promise<void> {
    return this.settled ? Promise.resolve() : new Promise((resolve) => this.#waiting.push(resolve));
  }

  /** Ends waiting; nothing is sent any more. */
  stop(): void {
    clearTimeout(this.#timer);
  }

  #next(): void {
    if (this.settled) for (const resolve of this.#waiting.splice(0)) resolve();
    if (this.#flight || !this.#queue) return;
    const flight = { changes: this.#queue, version: this.#version + 1 };
    this.#flight = flight;
    this.#queue = null;
    this.#port.send(flight.version, toTextChanges(flight.changes)).then(
      () => {
        if (this.#flight !== flight) return;
        this.#confirm();
        this.#port.report(null);
        this.#next();
      },
      (error: unknown) => {
        // Where a foreign change took this version, `remote` has put the edit back into the queue already.
        if (this.#flight !== flight) return;
        const failure = failureOf(error);
        if (failure.kind === 'machine') this.#port.report(failure);
        clearTimeout(this.#timer);
        this.#timer = setTimeout(() => void this.#resume(), PATIENCE);
      },
    );
  }

  /** The edit under way has arrived. */
  #confirm(): void {
    if (!this.#flight) return;
    this.#base = this.#flight.changes.apply(this.#base);
    this.#version = this.#flight.version;
    this.#flight = null;
  }

  /** Puts a foreign change before everything that the engine does not know yet. */
  #rebase(foreign: ChangeSet, version: number): void {
    const own = this.#takeBack();
    this.#base = foreign.apply(this.#base);
    this.#version = version;
    this.#queue = own ? own.map(foreign, true) : null;
    this.#port.apply(own ? foreign.map(own) : foreign);
  }

  #takeBack(): ChangeSet | null {
    const flight = this.#flight?.changes ?? null;
    const own = flight && this.#queue ? flight.compose(this.#queue) : (flight ?? this.#queue);
    this.#flight = null;
    this.#queue = null;
    return own;
  }

  /** Asks the engine for its text, and goes on from there; nothing typed is lost. */
  async #resume(): Promise<void> {
    try {
      const { text, version } = await this.#port.reload();
      if (this.#flight && version >= this.#flight.version && text.eq(this.#flight.changes.apply(this.#base))) this.#confirm();
      this.#rebase(difference(this.#base, text), version);
      this.#port.report(null);
      this.#next();
    } catch (error) {
      this.#port.report(failureOf(error));
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => void this.#resume(), PATIENCE * 5);
    }
  }
}
