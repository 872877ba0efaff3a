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
}

export interface FrontMatter {
  fields: Field[];
  /** Where the closing line starts. */
  end: number;
}

/** Returns the front matter at the start of `text`; none where there is none. */
export function readFrontMatter(text: string): FrontMatter | null {
  const open = /^---[ \t]*\n/.exec(text);
  if (!open) return null;
  const fields: Field[] = [];
  let at = open[0].length;
  while (at <= text.length) {
    const lineEnd = text.indexOf('\n', at);
    const to = lineEnd < 0 ? text.length : lineEnd;
    const line = text.slice(at, to);
    if (/^(---|\.\.\.)[ \t]*$/.test(line)) return { fields: fields.map((field) => finish(text, field)), end: at };
    const head = /^([^\s#:][^:]*?)[ \t]*:(?:[ \t]+|$)/.exec(line);
    const last = fields.at(-1);
    if (head) {
      const valueFrom = at + head[0].length;
      fields.push({ name: head[1] ?? '', from: at, to, valueFrom, valueTo: to, value: '', list: null });
    } else if (last && line.trim() !== '' && /^([ \t]|-)/.test(line)) {
      last.to = to;
      last.valueTo = to;
    }
    if (lineEnd < 0) break;
    at = lineEnd + 1;
  }
  return null;
}

function finish(text: string, field: Field): Field {
  const raw = text.slice(field.valueFrom, field.valueTo);
  const flow = /^\[([\s\S]*)\]\s*(#.*)?$/.exec(raw.trim());
  if (flow) return { ...field, value: raw.trim(), list: splitFlow(flow[1] ?? '').map(unquote) };
  const items = raw.includes('\n') ? raw.split('\n').filter((line) => line.trim() !== '') : [];
  if (items.length > 0 && items.every((line) => /^[ \t]*-[ \t]/.test(line) && !/^[ \t]*-[ \t]*\{/.test(line))) {
    return { ...field, value: raw, list: items.map((line) => unquote(line.replace(/^[ \t]*-[ \t]+/, ''))) };
  }
  const block = /^[|>][-+]?[ \t]*\n/.exec(raw);
  if (block) {
    const value = raw.slice(block[0].length).split('\n').map((line) => line.trim()).join(' ');
    return { ...field, value, list: null };
  }
  return { ...field, value: unquote(raw), list: null };
}

function splitFlow(inner: string): string[] {
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

/** Returns the change that sets a field, adds it, or with null takes it away. */
export function setField(text: string, name: string, value: string | string[] | null): Replacement | null {
  const front = readFrontMatter(text);
  if (!front) return null;
  const field = front.fields.find((field) => field.name === name);
  if (value === null) return field ? { from: field.from, to: field.to + 1, insert: '' } : null;
  const written = Array.isArray(value) ? `[${value.map(quoteInList).join(', ')}]` : quote(value);
  if (!field) return { from: front.end, to: front.end, insert: `${name}: ${written}\n` };
  const gap = /:$/.test(text.slice(field.from, field.valueFrom)) ? ' ' : '';
  return { from: field.valueFrom, to: field.valueTo, insert: gap + written };
}

function quoteInList(text: string): string {
  return /[,[\]{}]/.test(text) ? JSON.stringify(text) : quote(text);
}
