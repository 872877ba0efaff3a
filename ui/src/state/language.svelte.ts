import { baseLocale, isLocale, overwriteGetLocale, type Locale } from '../paraglide/runtime.js';

/** The language of the interface; every message read in a template follows it at once. */
class Language {
  current = $state<Locale>(baseLocale);

  constructor() {
    overwriteGetLocale(() => this.current);
  }

  /** Returns the language that the system asks for, where the interface speaks it. */
  static ofSystem(): Locale {
    const wanted = navigator.languages.map((tag) => tag.split('-')[0]).find(isLocale);
    return wanted ?? baseLocale;
  }

  /** Switches the interface to `locale`. */
  set(locale: Locale): void {
    this.current = locale;
    document.documentElement.lang = locale;
  }
}

export { Language };
export const language = new Language();
