import { m } from '../../paraglide/messages.js';

/** How a field of front matter is shown. */
export interface FieldForm {
  name: string;
  form: 'text' | 'date' | 'marking' | 'choice';
  list?: boolean;
  choices?: readonly string[];
  /** Shown even where it is not written. */
  always?: boolean;
  /** Takes the whole row. */
  wide?: boolean;
}

const text = (name: string, more: Partial<FieldForm> = {}): FieldForm => ({ name, form: 'text', ...more });
const date = (name: string, more: Partial<FieldForm> = {}): FieldForm => ({ name, form: 'date', ...more });
const list = (name: string, more: Partial<FieldForm> = {}): FieldForm => ({ name, form: 'text', list: true, ...more });
const choice = (name: string, choices: readonly string[], more: Partial<FieldForm> = {}): FieldForm => ({ name, form: 'choice', choices, ...more });

/** Fields of a briefing, in the order in which they are written. */
export function briefingFields(): FieldForm[] {
  return [
    text('template', { always: true }), text('lang', { always: true }), text('author', { always: true }),
    { name: 'marking', form: 'marking', always: true }, date('date', { always: true }), text('fit', { always: true }),
    text('subtitle', { wide: true }), text('version'),
  ];
}

const STATUS = ['signed', 'in force', 'applied', 'proposed', 'talks'];

const OWN: Record<string, FieldForm[]> = {
  event: [text('place')],
  agreement: [choice('status', STATUS), list('parties')],
  figure: [text('value', { always: true }), text('unit', { always: true }), date('period'), text('series'), choice('approx', ['true', 'false'])],
  deal: [text('buyer', { always: true }), text('supplier', { always: true }), list('items'), text('value', { always: true }), text('unit', { always: true }), choice('status', STATUS)],
  assessment: [text('holder', { always: true })],
  comparison: [text('dimension', { always: true })],
  recommendation: [list('addressee'), list('grounds'), text('condition', { wide: true }), choice('explicit', ['true', 'false'])],
  programme: [date('period')],
  area: [text('programme'), text('number'), list('department'), text('timeline')],
  actor: [text('role'), date('from'), date('to')],
  quote: [text('speaker', { always: true }), date('said')],
  term: [text('abbr', { always: true }), text('expansion', { always: true })],
};

const KINDS = ['event', 'agreement', 'figure', 'deal', 'assessment', 'comparison', 'recommendation', 'programme', 'area', 'actor', 'quote', 'term', 'text'];

/** Fields of a snippet of a kind: its own first, then the common ones. */
export function snippetFields(kind: string | null): FieldForm[] {
  return [
    choice('kind', KINDS, { always: true }), date('date', { always: true }),
    ...(OWN[kind ?? ''] ?? []),
    list('actors', { always: true }), list('topics', { always: true }), list('areas'), list('sources', { always: true }),
    choice('confidence', ['low', 'moderate', 'high']),
    text('likelihood'), { name: 'marking', form: 'marking', always: true }, date('review', { always: true }),
    text('short', { always: true, wide: true }), date('as-of'), text('date-text'), list('supersedes'), text('lang'), text('translation-of'), list('same-origin'),
  ];
}

const LABELS: Record<string, () => string> = {
  template: m.field_template, settings: m.field_settings, lang: m.field_lang, author: m.field_author, marking: m.field_marking, date: m.field_date,
  fit: m.field_fit, subtitle: m.field_subtitle, kind: m.facet_kind, actors: m.field_actors, topics: m.field_topics, areas: m.field_areas,
  sources: m.field_sources, review: m.field_review, short: m.field_short, confidence: m.field_confidence, value: m.field_value,
  unit: m.field_unit, status: m.field_status, buyer: m.field_buyer, supplier: m.field_supplier, items: m.field_items,
};

/** Returns a field's label; its own name where the interface has none. */
export function fieldLabel(name: string): string {
  return LABELS[name]?.() ?? name;
}

const DAY = String.raw`\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?[~?]?`;
const EDTF = new RegExp(`^(${DAY}|(${DAY}|\\.\\.)?/(${DAY}|\\.\\.)?)$`);

/** Returns whether a text is a date as Chancery reads it. */
export function isEdtf(text: string): boolean {
  return EDTF.test(text.trim());
}
