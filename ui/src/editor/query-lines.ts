import { changeField, type FieldValue, readFields, type Replacement } from './frontmatter';

/** A line of a view's body, as its token shows it. */
export interface QueryLine {
  name: string;
  value: string;
  /** Offsets in the body, the line's end included. */
  from: number;
  to: number;
}

/** Returns the top-level entries of a view's YAML, as written. */
export function queryLines(body: string): QueryLine[] {
  const lines: QueryLine[] = [];
  let offset = 0;
  for (const line of body.split('\n')) {
    const to = Math.min(offset + line.length + 1, body.length + 1);
    const found = /^([a-z][\w-]*):\s*(.*)$/i.exec(line);
    const last = lines.at(-1);
    if (found) lines.push({ name: found[1] ?? '', value: plain(found[2] ?? ''), from: offset, to });
    else if (last && line.trim() !== '') {
      last.value = [last.value, plain(line.trim().replace(/^- /, ''))].filter((part) => part !== '').join(', ');
      last.to = to;
    }
    offset += line.length + 1;
  }
  return lines;
}

function plain(value: string): string {
  return value.trim().replace(/^\[(.*)\]$/, '$1').replace(/^"(.*)"$/, '$1');
}

/** Returns the stretch of the body to delete so that a field is gone. */
export function withoutLine(body: string, name: string): { from: number; to: number } | null {
  const line = queryLines(body).find((line) => line.name === name);
  return line ? { from: line.from, to: line.to } : null;
}

/** Returns the change of the body that sets a field of a view, adds it, or with null takes it away. */
export function setQuery(body: string, name: string, value: FieldValue): Replacement | null {
  if (value !== null) return changeField(body, readFields(body, 0), name, value);
  const line = withoutLine(body, name);
  return line && { ...line, insert: '' };
}
