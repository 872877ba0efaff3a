import type { Kind } from '../bindings/Kind';
import { m } from '../paraglide/messages.js';

const KINDS: Record<Kind, () => string> = {
  event: m.kind_event, agreement: m.kind_agreement, figure: m.kind_figure, deal: m.kind_deal,
  assessment: m.kind_assessment, comparison: m.kind_comparison, recommendation: m.kind_recommendation,
  programme: m.kind_programme, area: m.kind_area, actor: m.kind_actor, quote: m.kind_quote, term: m.kind_term,
  text: m.kind_text,
};

export const ALL_KINDS = Object.keys(KINDS) as Kind[];

/** Returns a kind's name in the language of the interface. */
export function kindName(kind: Kind): string {
  return KINDS[kind]();
}

const VIEWS: Record<string, () => string> = {
  timeline: m.view_timeline, comparison: m.view_comparison, figures: m.view_figures, deals: m.view_deals,
  recommendations: m.view_recommendations, priorities: m.view_priorities, acronyms: m.view_acronyms,
  sources: m.view_sources, evidence: m.view_evidence,
};

/** Returns a view's name in the language of the interface; its own where there is none. */
export function viewName(name: string): string {
  return VIEWS[name]?.() ?? name;
}

/** Returns the class of a marking's colour: TLP's, and none for other schemes. */
export function markingClass(marking: string): string {
  const level = /^TLP:(CLEAR|GREEN|AMBER|RED)/.exec(marking)?.[1];
  return level === undefined ? 'plain' : level.toLowerCase();
}

/** Returns a marking without its scheme, for lists. */
export function markingShort(marking: string): string {
  return marking.replace(/^TLP:/, '');
}

/** Returns the name of a file in the list of tabs, where it has no title. */
export function fileName(file: string): string {
  return file.replace(/^.*\//, '');
}

/** Returns a message as a sentence: with a capital at its start, unless that is a name in code. */
export function sentence(message: string): string {
  return /^\p{Ll}+(?:[\s,;:]|[.!?](?:\s|$)|$)/u.test(message) ? message.charAt(0).toUpperCase() + message.slice(1) : message;
}

/** Returns a short citation without its locator, for where room is short. */
export function withoutLocator(citation: string | undefined): string {
  return citation?.split(',')[0] ?? '';
}
