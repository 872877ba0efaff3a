import type { App } from '../../state/app.svelte';

const WIDE = 1600;
const PAGES_OVER = 1100;
const DRAWER = 860;

/** Returns which panes the window has room for, and how wide they are. */
export function frameLayout(app: App) {
  let windowWidth = $state(globalThis.innerWidth ?? 1280);
  const logical = $derived(windowWidth / app.preferences.zoom);
  const wide = $derived(logical >= WIDE);
  const snippet = $derived(app.documents.beside !== null);
  const pagesOver = $derived(logical < PAGES_OVER);
  const drawer = $derived(logical < DRAWER);
  // Where there is no room for both, the pages give way to the snippet.
  const pages = $derived(pagesOver ? app.panes.overText === 'pages' : app.preferences.showPages && !(snippet && !wide));
  const library = $derived(drawer ? app.panes.overText === 'library' : app.preferences.showLibrary);
  const zoom = $derived(app.preferences.zoom);
  /** Two briefings beside each other share what room there is. */
  const split = $derived(app.documents.beside?.kind === 'briefing');
  const libraryWidth = $derived(app.preferences.libraryWidth ?? (snippet ? (wide ? 280 : 252) : wide ? 308 : 273) * zoom);
  const sideWidth = $derived.by(() => {
    if (split && !wide) return Math.max(Math.round((windowWidth - (library ? libraryWidth : 0)) / 2), 320);
    const own = snippet ? (wide ? 420 : 504) : wide ? 742 : 434;
    const kept = snippet ? null : app.preferences.sideWidth;
    return Math.min(kept ?? own * zoom, Math.max(windowWidth - (library ? libraryWidth : 0) - 320, 320));
  });
  $effect(() => {
    app.panes.narrow = { pages: pagesOver, library: drawer };
  });
  return {
    get windowWidth() { return windowWidth; },
    set windowWidth(width: number) { windowWidth = width; },
    get snippet() { return snippet; },
    get pages() { return pages; },
    get pagesOver() { return pagesOver; },
    get drawer() { return drawer; },
    get library() { return library; },
    get libraryWidth() { return Math.round(libraryWidth); },
    get sideWidth() { return Math.round(snippet && wide ? 420 * zoom : sideWidth); },
    get snippetWidth() {
      if (split) return Math.round((windowWidth - (library ? libraryWidth : 0) - (pages ? 420 * zoom : 0)) / 2);
      return Math.round((wide ? 532 : 504) * zoom);
    },
  };
}
