import type { Fit } from '../../bindings/Fit';
import type { PageSet } from '../../bindings/PageSet';
import { m } from '../../paraglide/messages.js';

/** By how much a page is too long: in words, and as short as a thumbnail has room for. */
export interface TooLong {
  text: string;
  short: string;
}

/** Returns by how much the slide on a page, counted from 0, does not fit on it, or how far beyond its limit the briefing is there. */
export function tooLong(set: PageSet | null, at: number): TooLong | null {
  const over = set?.pages[at]?.over;
  if (over) {
    return over.lines > 0 ? { text: m.lines_over({ count: over.lines }), short: `+${over.lines}` }
      : { text: m.millimetres_over({ count: over.millimetres }), short: `+${over.millimetres} mm` };
  }
  const fit = set?.fit;
  return fit && at >= fit.pages ? { text: beyond(fit), short: fit.lines > 0 ? `+${fit.lines}` : '' } : null;
}

/** Returns in words how far a briefing goes beyond the pages that it may have. */
export function beyond(fit: Fit): string {
  return fit.over > 1 || fit.lines === 0 ? m.pages_over({ count: fit.over }) : m.lines_over({ count: fit.lines });
}

/** Returns the name of a page for who hears it, with what does not fit on it. */
export function pageName(set: PageSet | null, at: number): string {
  const from = set?.pages[at]?.runsOnFrom ?? null;
  const name = m.page_of({ page: at + 1, count: set?.pages.length ?? 0 });
  return [name, tooLong(set, at)?.text, from === null ? null : m.page_runs_on({ from })].filter(Boolean).join(', ');
}

/** Returns the pages, counted from 0, whose slides do not fit on them. */
export function longSlides(set: PageSet | null): number[] {
  return (set?.pages ?? []).flatMap((page, at) => (page.over ? [at] : []));
}
