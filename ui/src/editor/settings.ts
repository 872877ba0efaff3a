/** Reads and changes the map in a briefing's `settings`, whatever way it is written, without touching the rest of it. */

import { changeField, type Field, type FieldValue, quoteInFlow, readFields, readFrontMatter, type Replacement, setField, splitFlow, unquote, written } from './frontmatter';

/** A setting as written. */
export interface Setting {
  name: string;
  value: string;
  list: string[] | null;
  /** Offsets of the entry, and of its value. */
  from: number;
  to: number;
  valueFrom: number;
  valueTo: number;
}

/** Where entries start and end in a map that is written in braces. */
interface Flow {
  /** Offset behind the opening brace, and of the closing one. */
  open: number;
  close: number;
  entries: Setting[];
}

function settingsField(text: string): Field | null {
  return readFrontMatter(text)?.fields.find((field) => field.name === 'settings') ?? null;
}

/** Returns where a text ends that starts in brackets, braces or quotes at `at`, or at the next comma or closing sign. */
function endOfValue(text: string, at: number, end: number): number {
  let depth = 0;
  for (let i = at; i < end; i++) {
    const sign = text[i] ?? '';
    if (sign === '"' || sign === "'") {
      for (i++; i < end && text[i] !== sign; i++) if (sign === '"' && text[i] === '\\') i++;
    } else if (sign === '[' || sign === '{') depth++;
    else if (sign === ']' || sign === '}') {
      if (depth === 0) return i;
      depth--;
    } else if (sign === ',' && depth === 0) return i;
  }
  return end;
}

function readFlow(text: string, field: Field): Flow | null {
  const brace = text.indexOf('{', text.indexOf(':', field.from));
  if (brace < 0 || brace > field.to || text.slice(field.valueFrom, brace).trim() !== '') return null;
  const entries: Setting[] = [];
  let at = brace + 1;
  while (at < field.to) {
    const end = endOfValue(text, at, field.to);
    const raw = text.slice(at, end);
    const head = /^(\s*)("[^"]*"|'[^']*'|[^:,]+?)\s*:\s*/.exec(raw);
    if (head) {
      const value = raw.slice(head[0].length).trimEnd();
      const list = /^\[([\s\S]*)\]$/.exec(value);
      entries.push({
        name: unquote(head[2] ?? ''), value: list ? value : unquote(value), list: list ? splitFlow(list[1] ?? '').map(unquote) : null,
        from: at + (head[1]?.length ?? 0), to: at + head[0].length + value.length, valueFrom: at + head[0].length, valueTo: at + head[0].length + value.length,
      });
    }
    if (text[end] !== ',') return { open: brace + 1, close: end, entries };
    at = end + 1;
  }
  return null;
}

/** A map with an entry a line: its text, and where it stands. */
function readBlock(text: string, field: Field): { inner: string; base: number; indent: number } | null {
  const start = text.indexOf('\n', field.from) + 1;
  if (start === 0 || start > field.to) return null;
  const inner = text.slice(start, field.to);
  const indent = /^[ \t]+/.exec(inner)?.[0].length ?? 0;
  return indent === 0 ? null : { inner, base: start, indent };
}

/** Takes the indent off each line; offsets are kept by `back`. */
function dedented({ inner, base, indent }: { inner: string; base: number; indent: number }): { text: string; back: (offset: number) => number } {
  const text = inner.split('\n').map((line) => line.slice(Math.min(indent, /^[ \t]*/.exec(line)?.[0].length ?? 0))).join('\n');
  return { text, back: (offset) => base + offset + indent * text.slice(0, offset).split('\n').length };
}

/** Returns the settings that a text's front matter holds. */
export function readSettings(text: string): Setting[] {
  const field = settingsField(text);
  if (!field) return [];
  const flow = readFlow(text, field);
  if (flow) return flow.entries;
  const block = readBlock(text, field);
  if (!block) return [];
  const { text: inner, back } = dedented(block);
  return readFields(inner, 0).fields.map(({ name, value, list, from, to, valueFrom, valueTo }) =>
    ({ name, value, list, from: back(from), to: back(to), valueFrom: back(valueFrom), valueTo: back(valueTo) }));
}

/** Returns the change that sets a setting, adds it, or with null takes it away. */
export function setSetting(text: string, name: string, value: FieldValue): Replacement | null {
  const field = settingsField(text);
  if (!field || text.slice(field.valueFrom, field.valueTo).trim() === '') return value === null ? null : first(text, field, name, value);
  const flow = readFlow(text, field);
  if (flow) return setInFlow(text, flow, name, value);
  const block = readBlock(text, field);
  return block ? setInBlock(text, block, name, value) : null;
}

function first(text: string, field: Field | null, name: string, value: Exclude<FieldValue, null>): Replacement | null {
  const map = `{ ${name}: ${inFlow(value)} }`;
  if (field) return { from: text.indexOf(':', field.from) + 1, to: field.valueTo, insert: ` ${map}` };
  const added = setField(text, 'settings', 'x');
  return added ? { ...added, insert: `settings: ${map}\n` } : null;
}

function inFlow(value: Exclude<FieldValue, null>, old = ''): string {
  return typeof value === 'string' ? quoteInFlow(value) : written(value, old);
}

function setInFlow(text: string, { open, close, entries }: Flow, name: string, value: FieldValue): Replacement | null {
  const at = entries.findIndex((entry) => entry.name === name);
  const entry = entries[at];
  if (value === null) {
    if (!entry) return null;
    if (entries.length === 1) return setField(text, 'settings', null);
    const next = entries[at + 1];
    return next ? { from: entry.from, to: next.from, insert: '' } : { from: entries[at - 1]?.to ?? open, to: entry.to, insert: '' };
  }
  if (entry) return { from: entry.valueFrom, to: entry.valueTo, insert: inFlow(value, text.slice(entry.valueFrom, entry.valueTo)) };
  const last = entries.at(-1);
  const written = `${name}: ${inFlow(value)}`;
  return last ? { from: last.to, to: last.to, insert: `, ${written}` } : { from: open, to: close, insert: ` ${written} ` };
}

function setInBlock(text: string, block: { inner: string; base: number; indent: number }, name: string, value: FieldValue): Replacement | null {
  const { text: inner, back } = dedented(block);
  const front = readFields(inner, 0);
  const field = front.fields.find((field) => field.name === name);
  if (value === null) {
    if (!field) return null;
    if (front.fields.length === 1) return setField(text, 'settings', null);
    return { from: back(field.from) - block.indent, to: back(field.to) + 1, insert: '' };
  }
  if (!field) {
    const end = block.base + block.inner.length;
    return { from: end, to: end, insert: `\n${' '.repeat(block.indent)}${name}: ${written(value)}` };
  }
  const change = changeField(inner, front, name, value);
  if (!change) return null;
  return { from: back(change.from), to: back(change.to), insert: change.insert.replaceAll('\n', `\n${' '.repeat(block.indent)}`) };
}
