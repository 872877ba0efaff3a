/** One source in a citation. */
export interface CiteItem {
  prefix: string;
  key: string;
  locator: string;
}

const ITEM = /^(.*?)-?@(\{[^}]+\}|[\p{L}\p{N}_](?:[\p{L}\p{N}_:.#$%&+?<>~/-]*[\p{L}\p{N}_])?)(?:,?\s*(.*))?$/u;

/** Returns the sources of `[see @a, pp. 3–4; @b]`, as Pandoc reads it. */
export function citationOf(text: string): CiteItem[] {
  const inner = text.replace(/^\[|\]$/g, '');
  const items: CiteItem[] = [];
  for (const part of inner.split(';')) {
    const found = ITEM.exec(part.trim());
    if (!found) continue;
    const key = (found[2] ?? '').replace(/^\{|\}$/g, '');
    items.push({ prefix: (found[1] ?? '').trim(), key, locator: (found[3] ?? '').trim() });
  }
  return items;
}
