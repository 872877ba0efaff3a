/** Reads and changes front matter field by field, without touching the bytes of any other field. */

/** A field as written: where its line or lines stand, and its value as text. */
export interface Field {
  name: string;
  /** UTF-16 offsets of the whole field, without the last line's end. */
  from: number;
  to: number;
  /** Offsets of the value. */
  valueFrom: number;
  valueTo: number;
  /** The value without quotes; lists and maps as written. */
  value: string;
  /** Entries, where the value is a flat list. */
  list: string[] | null;
  /** How the list is written: in brackets, or an entry a line, each behind this much space. */
  indent: string | null;
}

export interface FrontMatter {
  fields: Field[];
  /** Where the closing line starts. */
  end: number;
}

/** What an entry of a list with an entry a line starts with. */
const ENTRY = /^[ \t]*-[ \t]+/;

/** Returns the front matter at the start of `text`; none where there is none. */
export function readFrontMatter(text: string): FrontMatter | null {
  const open = /^---[ \t]*\n/.exec(text);
  if (!open) return null;
  const { fields, end, closed } = readFields(text, open[0].length);
  return closed ? { fields, end } : null;
}

/** Returns the fields from `at` on, up to a line that closes front matter or to the end. */
export function readFields(text: string, at: number): FrontMatter & { closed: boolean } {
  const fields: Field[] = [];
  while (at <= text.length) {
    const lineEnd = text.indexOf('\n', at);
    const to = lineEnd < 0 ? text.length : lineEnd;
    const line = text.slice(at, to);
    if (/^(---|\.\.\.)[ \t]*$/.test(line)) return { fields: fields.map((field) => finish(text, field)), end: at, closed: true };
    const head = /^([^\s#:][^:]*?)[ \t]*:(?:[ \t]+|$)/.exec(line);
    const last = fields.at(-1);
    if (head) {
      const valueFrom = at + head[0].length;
      fields.push({ name: unquote(head[1] ?? ''), from: at, to, valueFrom, valueTo: to, value: '', list: null, indent: null });
    } else if (last && line.trim() !== '' && /^([ \t]|-)/.test(line)) {
      last.to = to;
      last.valueTo = to;
    }
    if (lineEnd < 0) break;
    at = lineEnd + 1;
  }
  return { fields: fields.map((field) => finish(text, field)), end: text.length, closed: false };
}

function finish(text: string, field: Field): Field {
  const raw = text.slice(field.valueFrom, field.valueTo);
  if (!raw.includes('\n')) field.valueTo = field.valueFrom + withoutComment(raw).length;
  const flow = /^\[([\s\S]*)\]\s*(#.*)?$/.exec(raw.trim());
  if (flow) return { ...field, value: raw.trim(), list: splitFlow(flow[1] ?? '').map(unquote) };
  const items = raw.includes('\n') ? raw.split('\n').filter((line) => line.trim() !== '') : [];
  if (items.length > 0 && items.every((line) => /^[ \t]*-[ \t]/.test(line) && !/^[ \t]*-[ \t]*(\{|[\w-]+:[ \t]|[\w-]+:$)/.test(line))) {
    const list = items.map((line) => unquote(line.replace(ENTRY, '')));
    return { ...field, value: raw, list, indent: /^[ \t]*/.exec(items[0] ?? '')?.[0] ?? '' };
  }
  const block = /^[|>][-+]?[ \t]*\n/.exec(raw);
  if (block) {
    const value = raw.slice(block[0].length).split('\n').map((line) => line.trim()).join(' ');
    return { ...field, value, list: null };
  }
  return { ...field, value: raw.includes('\n') ? raw.replace(/^\n/, '') : unquote(raw), list: null };
}

/** Returns a line's value without the comment behind it. */
function withoutComment(raw: string): string {
  const quoted = /^\s*("(?:[^"\\]|\\.)*"|'(?:[^']|'')*')/.exec(raw);
  if (quoted) return quoted[0];
  const text = raw.trimStart();
  if (/^[[{]/.test(text)) {
    const close = text.startsWith('[') ? ']' : '}';
    const comment = new RegExp(`\\${close}[ \\t]+#[^\\n]*$`).exec(raw);
    return comment ? raw.slice(0, comment.index + 1) : raw.trimEnd();
  }
  return raw.replace(/(^|[ \t])#.*$/, '').trimEnd();
}

export function splitFlow(inner: string): string[] {
  return inner.match(/\s*(?:"(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|[^,]+)/g)?.map((part) => part.trim()).filter((part) => part !== '') ?? [];
}

/** Returns the text of a YAML scalar. */
export function unquote(raw: string): string {
  const text = raw.trim();
  const double = /^"((?:[^"\\]|\\.)*)"/.exec(text);
  if (double) {
    try {
      return JSON.parse(`"${double[1]}"`) as string;
    } catch {
      return double[1] ?? '';
    }
  }
  const single = /^'((?:[^']|'')*)'/.exec(text);
  if (single) return (single[1] ?? '').replaceAll("''", "'");
  return text.replace(/[ \t]+#.*$/, '');
}

/** Returns a YAML scalar that reads back as `text`. */
export function quote(text: string): string {
  const risky = text === '' || /^[\s\-?:,[\]{}#&*!|>'"%@`]|:\s|:$|\s#|\s$/.test(text) ||
    /^(true|false|yes|no|null|~|on|off)$/i.test(text);
  const looksOther = /^[+-]?(\d[\d_]*)?(\.\d+)?(e[+-]?\d+)?$/i.test(text) && text !== '';
  return risky || (looksOther && /^0\d/.test(text)) ? JSON.stringify(text) : text;
}

/** A change of text. */
export interface Replacement {
  from: number;
  to: number;
  insert: string;
}

/** What a field can be set to; null takes it away. */
export type FieldValue = string | string[] | boolean | null;

/** Returns the change that sets a field of front matter, adds it, or with null takes it away. */
export function setField(text: string, name: string, value: FieldValue): Replacement | null {
  const front = readFrontMatter(text);
  return front ? changeField(text, front, name, value) : null;
}

/** Returns the change that sets one of the fields that were read from `text`. */
export function changeField(text: string, { fields, end }: FrontMatter, name: string, value: FieldValue): Replacement | null {
  const field = fields.find((field) => field.name === name);
  if (value === null) {
    if (!field) return null;
    // The last line of a text has no end of its own: the one before it goes.
    const last = field.to >= text.length;
    return { from: last ? Math.max(field.from - 1, 0) : field.from, to: Math.min(field.to + 1, text.length), insert: '' };
  }
  if (!field) {
    const bare = end === text.length && end > 0 && !text.endsWith('\n');
    return { from: end, to: end, insert: `${bare ? '\n' : ''}${name}: ${written(value)}${bare ? '' : '\n'}` };
  }
  if (Array.isArray(value) && field.indent !== null && value.length > 0) {
    // Entries that stay keep their line, with its quotes and comments.
    const old = text.slice(field.valueFrom, field.valueTo).split('\n').filter((line) => line.trim() !== '');
    const lineOf = (entry: string): string => {
      const at = old.findIndex((line) => unquote(line.replace(ENTRY, '')) === entry);
      return at < 0 ? `${field.indent}- ${quoteLine(entry)}` : (old.splice(at, 1)[0] ?? '');
    };
    const lines = value.map((entry) => `\n${lineOf(entry)}`).join('');
    return { from: text.indexOf(':', field.from) + 1, to: field.valueTo, insert: lines };
  }
  const old = text.slice(field.valueFrom, field.valueTo).trim();
  const gap = /:$/.test(text.slice(field.from, field.valueFrom)) ? ' ' : '';
  return { from: field.valueFrom, to: field.valueTo, insert: gap + written(value, old) };
}

/** Returns a value as YAML on one line; yes and no stay the words that they were. */
export function written(value: string | string[] | boolean, old = ''): string {
  if (typeof value === 'boolean') {
    if (/^(yes|no)$/.test(old)) return value ? 'yes' : 'no';
    return value ? 'true' : 'false';
  }
  if (Array.isArray(value)) return `[${value.map(quoteInFlow).join(', ')}]`;
  return quote(value);
}

/** Returns a scalar that reads back as `text` within brackets or braces. */
export function quoteInFlow(text: string): string {
  return /[,[\]{}]/.test(text) ? JSON.stringify(text) : quote(text);
}

/** Returns an entry of a list with an entry a line; what has a comma is quoted, as people do. */
function quoteLine(text: string): string {
  return text.includes(',') ? JSON.stringify(text) : quote(text);
}
