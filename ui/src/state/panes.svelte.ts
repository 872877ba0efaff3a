import type { Preferences } from './preferences.svelte';

/** A pane beside the text. */
export type Pane = 'library' | 'pages';

/** Which panes are shown: beside the text, or over it where there is no room beside it. */
export class Panes {
  /** Which panes lie over the text, for want of room beside it. */
  narrow = $state.raw<Record<Pane, boolean>>({ pages: false, library: false });
  /** Which of them is shown. */
  overText = $state<Pane | null>(null);
  readonly #preferences: Preferences;

  constructor(preferences: Preferences) {
    this.#preferences = preferences;
  }

  /** Shows or hides a pane, beside the text or over it. */
  toggle(pane: Pane): void {
    const preferences = this.#preferences;
    if (this.narrow[pane]) this.overText = this.overText === pane ? null : pane;
    else if (pane === 'library') preferences.showLibrary = !preferences.showLibrary;
    else preferences.showPages = !preferences.showPages;
  }

  /** Returns whether a pane is shown. */
  shows(pane: Pane): boolean {
    if (this.narrow[pane]) return this.overText === pane;
    return pane === 'library' ? this.#preferences.showLibrary : this.#preferences.showPages;
  }

  /** Shows a pane that may be hidden. */
  show(pane: Pane): void {
    if (!this.shows(pane)) this.toggle(pane);
  }

  /** Hides all but the text, or shows it again. */
  toggleZen(): void {
    const preferences = this.#preferences;
    const zen = preferences.showLibrary || preferences.showPages;
    preferences.showLibrary = !zen;
    preferences.showPages = !zen;
  }

  /** What was chosen in the library lies under it where the library lies over the text. */
  leaveDrawer(): void {
    if (this.overText === 'library') this.overText = null;
  }
}
