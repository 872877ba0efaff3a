/** Reads cards out of a workspace's files, well enough for tests and for a look at the window in a browser. */

import type { BriefingCard } from '../bindings/BriefingCard';
import type { Facet } from '../bindings/Facet';
import type { Facets } from '../bindings/Facets';
import type { Kind } from '../bindings/Kind';
import type { LibraryFilter } from '../bindings/LibraryFilter';
import type { SnippetCard } from '../bindings/SnippetCard';
import type { SourceCard } from '../bindings/SourceCard';
import { readFrontMatter } from '../editor/frontmatter';
import { formatDate } from '../format/date';
import { originChanged } from './snippets';

type Files = Map<string, string>;

function fields(text: string): { get: (name: string) => string | null; list: (name: string) => string[]; names: string[]; body: string } {
  const front = readFrontMatter(text);
  const find = (name: string) => front?.fields.find((field) => field.name === name);
  return {
    get: (name) => find(name)?.value ?? null,
    list: (name) => find(name)?.list ?? (find(name)?.value ? [find(name)?.value ?? ''] : []),
    names: front?.fields.map((field) => field.name) ?? [],
    body: front ? text.slice(text.indexOf('\n', front.end) + 1) : text,
  };
}

const plain = (text: string): string => text.replace(/\[@[^\]]*\]/g, '').replace(/[*_`#>]/g, '').replace(/\s+/g, ' ').trim();

export function sourcesOf(files: Files): SourceCard[] {
  const found: SourceCard[] = [];
  for (const [file, text] of files) {
    if (!file.endsWith('.bib')) continue;
    for (const entry of text.matchAll(/@\w+\{([^,\s]+),([\s\S]*?)\n\}/g)) {
      const [, key = '', body = ''] = entry;
      const field = (name: string) => new RegExp(`\\b${name}\\s*=\\s*[{"](.*?)[}"],?\\s*$`, 'm').exec(body)?.[1]?.replace(/[{}]/g, '') ?? '';
      const author = field('author').split(/,| and /)[0] ?? key;
      const year = /\d{4}/.exec(field('date') || field('year'))?.[0] ?? '';
      const line = text.slice(0, entry.index).split('\n').length;
      const used = [...files.values()].filter((other) => other.includes(key)).length - 1;
      found.push({
        key, short: `${author} ${year}`.trim(), title: field('title'), reference: `${field('author')}. ${field('title')}. ${year}.`,
        url: field('url') || null, document: field('file') || null, file, line, used,
      });
    }
  }
  return found;
}

export function cardOf(file: string, text: string, sources: SourceCard[]): SnippetCard {
  const front = fields(text);
  const edtf = front.get('date');
  const cite = (source: string): string => {
    const [key = '', ...rest] = source.split(',');
    return [sources.find((card) => card.key === key.trim())?.short ?? key, ...rest].join(',');
  };
  const review = front.get('review');
  const days = review ? Math.floor((Date.now() - Date.parse(review)) / 86_400_000) : -1;
  const value = front.get('value');
  return {
    id: file.replace(/^.*\//, '').replace(/\.md$/, ''), file, kind: (front.get('kind') ?? 'text') as Kind, title: plain(front.get('title') ?? file),
    short: front.get('short'), excerpt: plain(front.body).slice(0, 400), date: front.get('date-text') ?? (edtf ? formatDate(edtf) : null), edtf,
    sources: front.list('sources').map(cite), value: value === null ? null : `${value} ${front.get('unit') ?? ''}`.trim(),
    marking: front.get('marking') ?? 'TLP:CLEAR', topics: front.list('topics'), actors: front.list('actors'),
    fields: front.names, texts: Object.fromEntries(front.names.map((name) => [name, front.get(name) ?? ''])), overdue: days > 0 ? days : null, conflict: front.get('conflicts') !== null, superseded: front.get('superseded') !== null,
    used: 0, lang: front.get('lang') ?? 'en', copyOf: front.get('copy-of'), originChanged: false,
  };
}

export function cardsOf(files: Files): SnippetCard[] {
  const sources = sourcesOf(files);
  const briefings = [...files].filter(([file]) => !file.includes('/') && file.endsWith('.md')).map(([, text]) => text);
  return [...files].filter(([file]) => file.startsWith('snippets/')).map(([file, text]) => {
    const card = cardOf(file, text, sources);
    return { ...card, originChanged: originChanged(files, files.get(card.file) ?? ''), used: briefings.filter((text) => text.includes(`[[${card.id}`)).length };
  });
}

export function briefingsOf(files: Files): BriefingCard[] {
  return [...files].filter(([file, text]) => !file.includes('/') && file.endsWith('.md') && fields(text).get('title') !== null).map(([file, text], at) => {
    const front = fields(text);
    return {
      file, title: front.get('title') ?? file, template: front.get('template'), date: front.get('date'), marking: front.get('marking'),
      modified: Date.now() - at * 86_400_000,
    };
  });
}

function count(values: string[]): Facet[] {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].map(([value, count]) => ({ value, count })).sort((a, b) => b.count - a.count);
}

export function facetsOf(cards: SnippetCard[], keys: (card: SnippetCard) => string[], areas: (card: SnippetCard) => string[]): Facets {
  return {
    kinds: count(cards.map((card) => card.kind)), topics: count(cards.flatMap((card) => card.topics)), actors: count(cards.flatMap((card) => card.actors)),
    areas: count(cards.flatMap(areas)), sources: count(cards.flatMap(keys)), years: count(cards.flatMap((card) => card.edtf?.slice(0, 4) ?? [])).sort((a, b) => b.value.localeCompare(a.value)),
    markings: count(cards.flatMap((card) => card.marking ?? [])),
    review: cards.some((card) => card.overdue !== null) ? [{ value: 'overdue', count: cards.filter((card) => card.overdue !== null).length }] : [],
  };
}

export function select(cards: SnippetCard[], filter: LibraryFilter, keys: (card: SnippetCard) => string[], areas: (card: SnippetCard) => string[]): SnippetCard[] {
  const any = (wanted: string[], has: string[]) => wanted.length === 0 || wanted.some((value) => has.includes(value));
  const words = filter.text.toLowerCase().split(/\s+/).filter((word) => word !== '');
  const left = cards.filter((card) => {
    const text = [card.title, card.id, card.excerpt, ...card.actors].join(' ').toLowerCase();
    return words.every((word) => text.includes(word)) && any(filter.kinds, [card.kind]) && any(filter.topics, card.topics) && any(filter.actors, card.actors) &&
      any(filter.years, card.edtf ? [card.edtf.slice(0, 4)] : []) && any(filter.markings, card.marking ? [card.marking] : []) &&
      any(filter.review, card.overdue === null ? [] : ['overdue']) && (filter.sources.length === 0 || any(filter.sources, keys(card))) &&
      (filter.areas.length === 0 || any(filter.areas, areas(card)));
  });
  const by = filter.sort === 'title' ? (a: SnippetCard, b: SnippetCard) => a.title.localeCompare(b.title)
    : (a: SnippetCard, b: SnippetCard) => (b.edtf ?? '').localeCompare(a.edtf ?? '') * (filter.sort === 'oldest' ? -1 : 1);
  return left.sort(by);
}
