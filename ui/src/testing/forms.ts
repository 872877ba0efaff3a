/** Forms, values and bulk changes of the engine in memory: as the engine answers them, for the kinds that tests use. */

import type { FieldChange } from '../bindings/FieldChange';
import type { Kind } from '../bindings/Kind';
import type { Values } from '../bindings/Values';
import { type FieldValue, readFrontMatter, setField } from '../editor/frontmatter';
import type { FileEdit } from './edits';

type Files = Map<string, string>;
type Property = Record<string, unknown>;

const text = (form = 'text', more: Property = {}): Property => ({ type: 'string', 'x-form': form, ...more });
const list = (form = 'list', more: Property = {}): Property => ({ type: 'array', items: { type: 'string' }, 'x-form': form, ...more });
const date: Property = text('date', { format: 'edtf' });
const choice = (...choices: string[]): Property => text('choice', { enum: choices });
const KINDS: Kind[] = ['event', 'agreement', 'figure', 'deal', 'assessment', 'comparison', 'recommendation', 'programme', 'area', 'actor', 'quote', 'term', 'text'];
const STATUS = choice('signed', 'in force', 'applied', 'proposed', 'talks');

const OWN: Partial<Record<Kind, Record<string, Property>>> = {
  event: { place: text() },
  agreement: { status: STATUS, parties: list('list', { 'x-values': 'actors' }) },
  figure: { value: { type: 'number', 'x-form': 'number' }, unit: text(), period: date, series: text(), approx: { type: 'boolean', 'x-form': 'boolean' } },
  deal: { buyer: text('text', { 'x-values': 'actors' }), supplier: text('text', { 'x-values': 'actors' }), items: list(), value: { type: 'number', 'x-form': 'number' }, unit: text(), status: STATUS },
  assessment: { holder: text() },
  comparison: { dimension: text(), sides: { type: 'object', 'x-form': 'structured' } },
  recommendation: { addressee: list(), grounds: list('snippets'), condition: text('markdown'), explicit: { type: 'boolean', 'x-form': 'boolean' } },
  area: { programme: text('snippet', { 'x-values': 'programmes' }), number: { type: 'number', 'x-form': 'number' }, department: list(), timeline: text(), scores: { type: 'object', 'x-form': 'structured' } },
  quote: { speaker: text(), said: date },
  term: { abbr: text(), expansion: text() },
};

/** Returns the schema of a kind of snippet, of a briefing where none is given. */
export function formOf(kind: Kind | null): unknown {
  if (kind === null) {
    return {
      type: 'object', required: ['title'], properties: {
        title: text('markdown'), subtitle: text('markdown'), template: text('template'), lang: text('text', { 'x-values': 'languages' }), author: list(),
        marking: text('marking'), date, fit: text(), version: text(), settings: { type: 'object', 'x-form': 'structured' },
      },
    };
  }
  return {
    type: 'object', required: ['title', 'kind'], properties: {
      title: text('markdown'), kind: choice(...KINDS), ...OWN[kind], date, 'date-text': text(), actors: list('list', { 'x-values': 'actors' }),
      topics: list('list', { 'x-values': 'topics' }), areas: list('snippets', { 'x-values': 'areas' }), sources: list('sources'),
      confidence: choice('low', 'moderate', 'high'), likelihood: choice('unlikely', 'roughly even chance', 'likely'), marking: text('marking'), 'as-of': date,
      review: date, supersedes: list('snippets'), short: text('markdown'), lang: text('text', { 'x-values': 'languages' }), 'translation-of': text('snippet'),
      conflicts: { type: 'array', 'x-form': 'structured' }, 'same-origin': list('snippets'),
    },
  };
}

/** Returns the schema of a pack's settings. */
export function settingsFormOf(template: string | null): unknown {
  if (template === null) return null;
  return {
    type: 'object', properties: {
      accent: text('color', { title: 'Accent colour', default: '#1f3a5f' }), logo: text('image', { title: 'Logo', 'x-values': 'images' }),
      organisation: text('text', { title: 'Organisation' }), contact: text('markdown', { title: 'Contact line' }),
      ...(template.startsWith('briefing-deck') ? {
        cover: { type: 'boolean', 'x-form': 'boolean', title: 'Title slide', 'x-titles': { ko: '표지 슬라이드' }, default: true },
        notes: text('choice', { title: 'Speaker notes', enum: ['none', 'pages'], default: 'none' }),
      } : { margin: text('length', { title: 'Outer margin', default: '24mm' }) }),
    },
  };
}

const VIEWS: Record<string, Record<string, Property>> = {
  timeline: { bands: list('list', { 'x-values': 'roles' }), highlight: list('snippets'), axis: { type: 'boolean', 'x-form': 'boolean' } },
  comparison: { dimensions: list('list', { 'x-values': 'dimensions' }), sides: list('list', { 'x-values': 'sides' }) },
  figures: {
    as: choice('table', 'bar', 'line', 'numbers'), series: list('list', { 'x-values': 'series' }), 'per-year': { type: 'boolean', 'x-form': 'boolean' },
    highlight: list('snippets'),
  },
  deals: { totals: { type: 'boolean', 'x-form': 'boolean' } },
  recommendations: {
    by: choice('area', 'addressee'), show: choice('full', 'short', 'title'), ranks: { type: 'boolean', 'x-form': 'boolean' }, grounds: { type: 'boolean', 'x-form': 'boolean' },
  },
  priorities: { weights: { type: 'object', 'x-form': 'structured' }, reasons: { type: 'boolean', 'x-form': 'boolean' } },
  acronyms: {},
  sources: {},
  evidence: { show: choice('full', 'short', 'title') },
};

/** Returns the schema of a view's options. */
export function viewFormOf(view: string): unknown {
  const own = VIEWS[view];
  if (!own) return null;
  const kinds: Property = { type: 'array', items: { type: 'string', enum: KINDS }, 'x-form': 'choice' };
  return {
    type: 'object', additionalProperties: false, properties: {
      kind: kinds, topics: list('list', { 'x-values': 'topics' }), actors: list('list', { 'x-values': 'actors' }), areas: list('snippets', { 'x-values': 'areas' }),
      programme: text('snippet', { 'x-values': 'programmes' }), from: date, to: date, sort: choice('date', '-date', 'title', 'id'),
      limit: { type: 'number', minimum: 0, 'x-form': 'number' }, ids: list('snippets'), ...own, title: text('markdown'), caption: text('markdown'),
      note: text('markdown'), 'unit-line': text('markdown'), layout: choice('auto', 'wide', 'side'), alt: text(), sources: choice('line', 'rows', 'none'),
    },
  };
}

/** Returns the entries of a field of front matter. */
export function listOf(text: string, name: string): string[] {
  const field = readFrontMatter(text)?.fields.find((field) => field.name === name);
  return field?.list ?? (field && field.value !== '' ? [field.value] : []);
}

function byUse(entries: string[]): string[] {
  const counts = new Map<string, number>();
  for (const entry of entries) counts.set(entry, (counts.get(entry) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1]).map(([entry]) => entry);
}

/** Returns the values that fields of the workspace have. */
export function valuesOf(files: Files): Values {
  const snippets = [...files].filter(([file]) => file.startsWith('snippets/'));
  const all = (name: string) => byUse(snippets.flatMap(([, text]) => listOf(text, name)));
  const named = (kind: Kind) => snippets.filter(([, text]) => listOf(text, 'kind')[0] === kind).map(([file, text]) => ({
    id: file.replace(/^.*\//, '').replace(/\.md$/, ''), title: listOf(text, 'title')[0] ?? file,
  }));
  return {
    topics: all('topics'), actors: all('actors'), areas: named('area'), programmes: named('programme'),
    images: byUse([...files.values()].flatMap((text) => text.match(/images\/[\w.-]+/g) ?? [])), languages: byUse(['en', 'ko', ...all('lang')]),
    roles: all('role'), series: all('series'), dimensions: all('dimension'), sides: [],
  };
}

function changed(text: string, change: FieldChange): string {
  const before = listOf(text, change.field);
  const single = ['review', 'marking', 'confidence', 'date'].includes(change.field);
  const after = change.how === 'set' ? change.values
    : change.how === 'add' ? [...before, ...change.values.filter((value) => !before.includes(value))]
      : before.filter((value) => !change.values.includes(value));
  if (after.join('\n') === before.join('\n')) return text;
  const value: FieldValue = after.length === 0 ? null : single ? (after[0] ?? null) : after;
  const edit = setField(text, change.field, value);
  return edit ? text.slice(0, edit.from) + edit.insert + text.slice(edit.to) : text;
}

/** Returns the edit that changes fields of snippets. */
export function setFields(files: Files, read: (file: string) => string, ids: string[], changes: FieldChange[]): FileEdit {
  const texts = new Map<string, string>();
  let places = 0;
  for (const file of files.keys()) {
    if (!file.startsWith('snippets/') || !ids.includes(file.replace(/^.*\//, '').replace(/\.md$/, ''))) continue;
    const before = read(file);
    let text = before;
    for (const change of changes) {
      const next = changed(text, change);
      if (next !== text) places += 1;
      text = next;
    }
    if (text !== before) texts.set(file, text);
  }
  return { texts, places };
}
