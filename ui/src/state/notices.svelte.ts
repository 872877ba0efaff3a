import type { Failure } from '../bindings/Failure';
import { failureOf } from '../ipc';
import { m } from '../paraglide/messages.js';

/** Something that happened, with a way on. */
export interface Notice {
  text: string;
  detail?: string;
  failed?: boolean;
  action?: { label: string; run: () => void };
}

/** How long a notice of what went well stays, in milliseconds. */
const STAYS = 12_000;

/** What the window says about what happened, one thing at a time. */
export class Notices {
  current = $state.raw<Notice | null>(null);
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** Shows a notice; failures stay until they are closed. */
  say(notice: Notice | null): void {
    clearTimeout(this.#timer);
    this.current = notice;
    if (notice && !notice.failed) this.#timer = setTimeout(() => (this.current = null), STAYS);
  }

  /** Says what failed. */
  fail(error: unknown): void {
    const failure: Failure = failureOf(error);
    // What the user stopped did not fail.
    if (failure.code === 'stopped') return this.say({ text: m.opening_stopped() });
    this.say({ text: failure.message, detail: failure.hint ?? undefined, failed: true });
  }

  /** Takes nothing away any more by itself. */
  end(): void {
    clearTimeout(this.#timer);
  }
}
