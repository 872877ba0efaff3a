/** One source in a citation. */
export interface CiteItem {
  prefix: string;
  key: string;
  locator: string;
}

/** A citation, in brackets or in the sentence itself, where it stands in the text. */
export interface CitationSpan {
  from: number;
  to: number;
  text: string;
}

/** What can stand before the place in a work; anything else is written as it is. */
export const LOCATOR_KINDS = ['p.', 'pp.', 'sec.', 'para.', 'ch.', 'fig.'] as const;

const ITEM = /^(.*?)-?@(\{[^}]+\}|[\p{L}\p{N}_](?:[\p{L}\p{N}_:.#$%&+?<>~/-]*[\p{L}\p{N}_])?)(,?\s*(.*))?$/u;
/** A source named in the sentence itself, with the place in it: `@key [p. 4]`. */
const BARE_KEY = String.raw`@(?:\{[^}\n]+\}|[\p{L}\p{N}_](?:[\p{L}\p{N}_:.#$%&+?<>~/-]*[\p{L}\p{N}_])?)`;
const BARE_LOCATOR = String.raw` \[(?!\^|\s*\])[^[\]@\n]+\](?![([])`;
const BARE = new RegExp(String.raw`(?<![\p{L}\p{N}_@.])${BARE_KEY}(?:${BARE_LOCATOR})?`, 'gu');
const LEADING_BARE = new RegExp(`^${BARE_KEY}(?:${BARE_LOCATOR})?`, 'u');
const WHOLE_BARE = new RegExp(`^(${BARE_KEY})(${BARE_LOCATOR})?$`, 'u');
const CITATION = /\[(?:[^[\]\n]*?[\s;(])??-?@[\p{L}\p{N}_{][^[\]\n]*\]/gu;

interface Part extends CiteItem {
  /** Offsets of the locator in the citation, the comma before it included. */
  from: number;
  to: number;
}

/** Returns the one source of `@key [p. 4]`. */
function bareOf(text: string): Part | null {
  const found = WHOLE_BARE.exec(text);
  if (!found) return null;
  const [, key = '', locator = ''] = found;
  return { prefix: '', key: key.slice(1).replace(/^\{|\}$/g, ''), locator: locator.slice(2, -1).trim(), from: key.length, to: text.length };
}

/** Returns the length of a citation in the sentence itself that a text starts with, else 0. */
export function bareLength(text: string): number {
  return LEADING_BARE.exec(text)?.[0].length ?? 0;
}

function partsOf(text: string): Part[] {
  const bare = bareOf(text);
  if (bare) return [bare];
  const parts: Part[] = [];
  let at = text.startsWith('[') ? 1 : 0;
  for (const part of text.slice(at).replace(/\]$/, '').split(';')) {
    const own = part.trim();
    const found = ITEM.exec(own);
    if (found) {
      const to = at + part.indexOf(own) + own.length;
      const key = (found[2] ?? '').replace(/^\{|\}$/g, '');
      parts.push({ prefix: (found[1] ?? '').trim(), key, locator: (found[4] ?? '').replace(/^\[/, '').trim(), from: to - (found[3] ?? '').length, to });
    }
    at += part.length + 1;
  }
  return parts;
}

/** Returns the sources of `[see @a, pp. 3–4; @b]`, as Pandoc reads it. */
export function citationOf(text: string): CiteItem[] {
  return partsOf(text).map(({ prefix, key, locator }) => ({ prefix, key, locator }));
}

/** Returns the citation in a line that holds or touches an offset of it; one in brackets goes before a bare key. */
export function citationAt(line: string, offset: number): CitationSpan | null {
  for (const form of [CITATION, BARE]) {
    for (const found of line.matchAll(form)) {
      const to = found.index + found[0].length;
      if (found.index <= offset && offset <= to) return { from: found.index, to, text: found[0] };
    }
  }
  return null;
}

/** Returns which source of a citation stands at an offset of its text. */
export function itemAt(text: string, offset: number): number {
  const at = partsOf(text).findIndex((part) => offset <= part.to);
  return Math.max(at, 0);
}

/** Returns the change of a citation's text that gives one of its sources another locator; an empty one leaves it bare. */
export function locatorChange(text: string, item: number, locator: string): { from: number; to: number; insert: string } | null {
  const part = partsOf(text)[item];
  // Brackets and semicolons end what they would stand in.
  const clean = locator.replace(/[[\]]/g, '').replaceAll(';', ',').replace(/\s+/g, ' ').trim();
  if (!part || part.locator === clean) return null;
  const insert = clean === '' ? '' : bareOf(text) ? ` [${clean}]` : `, ${clean}`;
  return { from: part.from, to: part.to, insert };
}

/** Splits a locator into its kind and what follows it; the kind is empty where it is written freely. */
export function splitLocator(locator: string): { kind: string; rest: string } {
  const kind = LOCATOR_KINDS.find((kind) => locator.startsWith(kind));
  return kind ? { kind, rest: locator.slice(kind.length).trim() } : { kind: '', rest: locator };
}

const LABELS = 'pages?|pp?|sections?|secs?|paragraphs?|paras?|chapters?|chaps?|chs?|figures?|figs?|tables?|tab|notes?|nn?|vols?|nos?|parts?|' +
  'articles?|arts?|cols?|lines?|ll?';
/** A label in front of a number, as the bibliography knows them, or a Korean one behind it. */
const OWN_LABEL = new RegExp(`^(?:(?:${LABELS})\\.?\\s*(?:\\d|[ivxlcdm]+\\b)|(?:appendix|app\\.|annex|box)\\s|[§¶]|passim$|\\d+\\s*\\p{Script=Hangul})`, 'iu');
const ROMAN = /^[ivxlcdm]+(?:[\s,–-]|$)/i;

/** Joins a kind and what was typed: several pages are `pp.`, and a label typed by hand stays as it is. */
export function joinLocator(kind: string, typed: string): string {
  const rest = typed.trim();
  if (rest === '' || kind === '' || (OWN_LABEL.test(rest) && !ROMAN.test(rest))) return rest;
  const several = /\d\s*[-–,]\s*\d/.test(rest);
  const dashed = kind.startsWith('p') && kind !== 'para.' ? rest.replace(/(\d)\s*-\s*(?=\d)/g, '$1–') : rest;
  return `${kind === 'p.' && several ? 'pp.' : kind} ${dashed}`;
}
