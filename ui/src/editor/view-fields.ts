/** What the body of a view can say: a query, options that every view has, and its own. */

import { fieldLabel } from '../components/form/labels';
import type { FieldSpec, Form, ValuesOf } from '../components/form/schema';
import { ALL_KINDS } from '../format/names';

type Entry = [name: string, form: Form, more?: { list?: boolean; choices?: readonly string[]; values?: ValuesOf }];

const QUERY: Entry[] = [
  ['kind', 'choice', { list: true, choices: ALL_KINDS }], ['topics', 'list', { list: true, values: 'topics' }], ['actors', 'list', { list: true, values: 'actors' }],
  ['areas', 'snippets', { list: true, values: 'areas' }], ['programme', 'snippet', { values: 'programmes' }], ['from', 'date'], ['to', 'date'],
  ['sort', 'choice', { choices: ['date', '-date', 'title', 'id'] }], ['limit', 'number'], ['ids', 'snippets', { list: true }],
];
const COMMON: Entry[] = [
  ['title', 'markdown'], ['caption', 'markdown'], ['note', 'markdown'], ['unit-line', 'markdown'], ['layout', 'choice', { choices: ['auto', 'wide', 'side'] }],
  ['alt', 'text'], ['sources', 'choice', { choices: ['line', 'rows', 'none'] }],
];
const SHOW: Entry = ['show', 'choice', { choices: ['full', 'short', 'title'] }];
const OWN: Record<string, Entry[]> = {
  timeline: [['bands', 'list', { list: true, values: 'actors' }], ['highlight', 'snippets', { list: true }], ['axis', 'boolean']],
  comparison: [['dimensions', 'list', { list: true }], ['sides', 'list', { list: true }]],
  figures: [['as', 'choice', { choices: ['table', 'bar', 'line', 'numbers'] }], ['series', 'list', { list: true }], ['per-year', 'boolean'], ['highlight', 'snippets', { list: true }]],
  deals: [['totals', 'boolean']],
  recommendations: [['by', 'choice', { choices: ['area', 'addressee'] }], SHOW, ['ranks', 'boolean'], ['grounds', 'boolean']],
  priorities: [['weights', 'structured'], ['reasons', 'boolean']],
  evidence: [SHOW],
};

/** Returns the fields of a view's form, those of its query first. */
export function viewFields(view: string): FieldSpec[] {
  return [...QUERY, ...(OWN[view] ?? []), ...COMMON].map(([name, form, { list = false, choices = [], values = null } = {}]) =>
    ({ name, form, list, choices: [...choices], values, label: fieldLabel(name), required: false, fallback: null }));
}
