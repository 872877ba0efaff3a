import { isLocale, type Locale } from '../paraglide/runtime.js';
import { Language, language } from './language.svelte';
import { keep, kept } from './memory';

export type Theme = 'system' | 'light' | 'dark';

interface Stored {
  theme: Theme;
  locale: Locale | null;
  libraryWidth: number | null;
  sideWidth: number | null;
  showLibrary: boolean;
  showPages: boolean;
  zoom: number;
  thumbnails: boolean;
  singlePage: boolean;
}

const KEY = 'preferences';
const DEFAULTS: Stored = {
  theme: 'system', locale: null, libraryWidth: null, sideWidth: null,
  showLibrary: true, showPages: true, zoom: 1, thumbnails: true, singlePage: false,
};

/** Steps of the interface's size. */
export const ZOOMS = [1, 1.1, 1.25, 1.5, 1.75, 2];

function stored(): Stored {
  const value = { ...DEFAULTS, ...(kept(KEY) as Partial<Stored> | null) };
  return { ...value, locale: isLocale(value.locale) ? value.locale : null };
}

/** What the user chose about the window itself, kept on this computer. */
export class Preferences {
  #value = $state<Stored>(stored());
  #systemDark = $state(false);
  /** Whether the window is dark now. */
  readonly dark = $derived(this.#value.theme === 'dark' || (this.#value.theme === 'system' && this.#systemDark));

  constructor() {
    const system = globalThis.matchMedia?.('(prefers-color-scheme: dark)');
    this.#systemDark = system?.matches ?? false;
    system?.addEventListener('change', (event) => (this.#systemDark = event.matches));
    language.set(this.locale);
    $effect.root(() => {
      $effect(() => {
        document.documentElement.dataset.theme = this.dark ? 'dark' : 'light';
        document.documentElement.style.fontSize = `${14 * this.#value.zoom}px`;
      });
    });
  }

  get theme(): Theme { return this.#value.theme; }
  set theme(theme: Theme) { this.#set({ theme }); }

  get locale(): Locale { return this.#value.locale ?? Language.ofSystem(); }
  set locale(locale: Locale) {
    this.#set({ locale });
    language.set(locale);
  }

  get libraryWidth(): number | null { return this.#value.libraryWidth; }
  set libraryWidth(libraryWidth: number | null) { this.#set({ libraryWidth }); }

  get sideWidth(): number | null { return this.#value.sideWidth; }
  set sideWidth(sideWidth: number | null) { this.#set({ sideWidth }); }

  get showLibrary(): boolean { return this.#value.showLibrary; }
  set showLibrary(showLibrary: boolean) { this.#set({ showLibrary }); }

  get showPages(): boolean { return this.#value.showPages; }
  set showPages(showPages: boolean) { this.#set({ showPages }); }

  get thumbnails(): boolean { return this.#value.thumbnails; }
  set thumbnails(thumbnails: boolean) { this.#set({ thumbnails }); }

  get singlePage(): boolean { return this.#value.singlePage; }
  set singlePage(singlePage: boolean) { this.#set({ singlePage }); }

  get zoom(): number { return this.#value.zoom; }

  /** Makes the interface larger (1) or smaller (-1) by a step, or its own size again (0). */
  zoomBy(step: -1 | 0 | 1): void {
    const at = ZOOMS.findIndex((zoom) => zoom >= this.zoom);
    const next = step === 0 ? 0 : Math.min(Math.max(at + step, 0), ZOOMS.length - 1);
    this.#set({ zoom: ZOOMS[next] ?? 1 });
  }

  #set(change: Partial<Stored>): void {
    Object.assign(this.#value, change);
    void keep(KEY, this.#value);
  }
}
