/** Reads the JSON Schemas that the engine makes of its model and of packs. */

import { language } from '../../state/language.svelte';
import { fieldLabel } from './labels';

const FORMS = [
  'text', 'markdown', 'list', 'number', 'date', 'boolean', 'choice', 'sources', 'snippet', 'snippets', 'marking', 'structured', 'color', 'length', 'image',
  'template',
] as const;
const VALUES = ['topics', 'actors', 'areas', 'programmes', 'images', 'languages', 'roles', 'series', 'dimensions', 'sides'] as const;

/** How a field's value is written. */
export type Form = (typeof FORMS)[number];
/** Which values of the workspace a field chooses from. */
export type ValuesOf = (typeof VALUES)[number];

/** A field of a form. */
export interface FieldSpec {
  name: string;
  label: string;
  form: Form;
  list: boolean;
  choices: string[];
  values: ValuesOf | null;
  required: boolean;
  /** What holds where the field is not written. */
  fallback: string | null;
}

type Json = Record<string, unknown>;

const isMap = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);
const texts = (value: unknown): string[] => (Array.isArray(value) ? value.filter((entry) => typeof entry === 'string') : []);

/** Returns the fields of a schema in its order; none where it is none. `titled` takes the schema's own labels. */
export function readSchema(schema: unknown, titled = false): FieldSpec[] {
  if (!isMap(schema) || !isMap(schema.properties)) return [];
  const required = texts(schema.required);
  const { properties } = schema;
  // Names in an order of their own may not keep it on their way here: `x-order` says it.
  const order = Array.isArray(schema['x-order']) ? schema['x-order'].map(String) : [];
  const names = [...order.filter((name) => name in properties), ...Object.keys(properties).filter((name) => !order.includes(name))];
  return names.flatMap((name) => {
    const entry = properties[name];
    return isMap(entry) ? [readField(name, entry, required, titled)] : [];
  });
}

function readField(name: string, entry: Json, required: string[], titled: boolean): FieldSpec {
  const list = entry.type === 'array';
  const items = isMap(entry.items) ? entry.items : {};
  const { default: fallback } = entry;
  const label = isMap(entry['x-titles']) ? (entry['x-titles'][language.current] ?? entry.title) : entry.title;
  return {
    name, list, label: titled && typeof label === 'string' ? label : fieldLabel(name),
    form: FORMS.find((form) => form === entry['x-form']) ?? (list ? 'list' : 'text'),
    choices: texts(entry.enum ?? items.enum),
    values: VALUES.find((values) => values === entry['x-values']) ?? null,
    required: required.includes(name),
    fallback: fallback === undefined || fallback === null ? null : String(fallback),
  };
}

/** Returns whether a field takes a whole row. */
export function isWide(spec: FieldSpec): boolean {
  return spec.list || ['markdown', 'list', 'sources', 'snippets', 'structured'].includes(spec.form);
}
