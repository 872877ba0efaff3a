/** Says what is wrong with a value that is written; the value itself stays. */

import { m } from '../../paraglide/messages.js';
import { isEdtf } from './edtf';
import { choiceLabel } from './labels';
import type { FieldSpec } from './schema';

const COLOR = /^#([0-9a-f]{3}|[0-9a-f]{6})$/i;
const LENGTH = /^[+-]?(\d[\d_]*\.?\d*|\.\d+)\s*(pt|mm|cm|in)?$/;

function isNumber(text: string): boolean {
  const plain = text.replaceAll(/[_ ]/g, '');
  return plain !== '' && Number.isFinite(Number(plain));
}

/** Returns what is wrong with a field's value; nothing where it is right or not written. */
export function faultOf(spec: FieldSpec, value: string, markings: string[]): string | null {
  const text = value.trim();
  if (text === '') return null;
  const choices = spec.form === 'marking' ? markings : spec.choices;
  switch (spec.form) {
    case 'date': return isEdtf(text) ? null : m.no_date();
    case 'number': return isNumber(text) ? null : m.no_number();
    case 'color': return COLOR.test(text) ? null : m.no_color();
    case 'length': return LENGTH.test(text) ? null : m.no_length();
    case 'boolean': return /^(true|false|yes|no)$/i.test(text) ? null : m.no_boolean();
    case 'choice': case 'marking': {
      if (choices.length === 0 || choices.includes(text) || choices.includes(text.toLowerCase())) return null;
      return m.no_choice({ choices: choices.map((choice) => choiceLabel(spec.name, choice)).join(', ') });
    }
    default: return null;
  }
}
