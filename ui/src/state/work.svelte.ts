import type { Event } from '../bindings/Event';
import type { ExportState } from '../bindings/ExportState';

/** How long work may last before it is shown, in milliseconds. */
const SHOW_AFTER = 400;
/** How much has to be done, as a share, before the time left is told. */
const SURE = 0.05;

/** True once something has been so for a while. */
class Lasting {
  shown = $state(false);
  #timer: ReturnType<typeof setTimeout> | undefined;

  set(on: boolean): void {
    if (on && (this.shown || this.#timer !== undefined)) return;
    clearTimeout(this.#timer);
    this.#timer = on ? setTimeout(() => (this.shown = true), SHOW_AFTER) : undefined;
    if (!on) this.shown = false;
  }
}

/** Long work of the engine: how far it is, and how long it may still take. */
export class Work {
  /** `opening`, `indexing`, `importing` or `exporting`; null where nothing is under way. */
  name = $state<string | null>(null);
  done = $state(0);
  total = $state(0);
  /** Milliseconds that it may still take, where that can be told. */
  left = $state<number | null>(null);
  #since = 0;
  #lasting = new Lasting();

  /** Whether the work has lasted long enough to be shown. */
  get shown(): boolean {
    return this.name !== null && this.#lasting.shown;
  }

  /** How much is done, from 0 to 100; null where nobody knows. */
  get share(): number | null {
    return this.total > 1 ? Math.min((this.done / this.total) * 100, 100) : null;
  }

  /** Work starts whose extent is not known yet. */
  begin(name: string): void {
    this.name = name;
    this.done = 0;
    this.total = 0;
    this.left = null;
    this.#since = Date.now();
    this.#lasting.set(true);
  }

  /** Takes news of the work; all done, it ends. */
  receive({ name, done, total }: Extract<Event, { type: 'progress' }>): void {
    if (total > 0 && done >= total) return this.end();
    if (name !== this.name) this.begin(name);
    this.done = done;
    this.total = total;
    const share = total > 1 ? done / total : 0;
    this.left = share > SURE ? ((Date.now() - this.#since) / share) * (1 - share) : null;
  }

  end(): void {
    this.name = null;
    this.#lasting.set(false);
  }

  /** Takes how an export stands. */
  export(state: ExportState): void {
    if (state.type === 'running') this.receive({ type: 'progress', name: 'exporting', done: state.done, total: state.total ?? 0 });
    else this.end();
  }
}
