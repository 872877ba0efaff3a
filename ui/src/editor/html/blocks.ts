/** Blocks of HTML as blocks of Markdown. */

import { escapeStart, inline, isHidden, styleOf } from './inline';

export interface Block {
  type: 'text' | 'heading' | 'list' | 'table' | 'other';
  text: string;
}

const BLOCK = new RegExp('^(?:P|DIV|UL|OL|DL|DT|DD|LI|TABLE|H[1-6]|PRE|BLOCKQUOTE|HR|SECTION|ARTICLE|MAIN|HEADER|FOOTER|NAV|ASIDE|FIGURE|' +
  'FIGCAPTION|ADDRESS|CENTER)$');
const INSIDE = 'p,div,ul,ol,table,h1,h2,h3,h4,h5,h6,pre,blockquote,hr';

const paragraphs = (nodes: Iterable<Node>): Block[] => inline(nodes).map((text) => ({ type: 'text', text: escapeStart(text) }));

/** Returns which heading a paragraph is, by its tag, its role or its style in a word processor; 0 for none. */
function headingLevel(element: Element): number {
  const tag = /^H([1-6])$/.exec(element.tagName)?.[1];
  if (tag) return Number(tag);
  if (element.getAttribute('role') === 'heading') return Math.min(Number(element.getAttribute('aria-level') ?? 2), 6);
  if (element.tagName !== 'P') return 0;
  if (/\bMsoTitle\b/.test(element.className)) return 1;
  return Math.min(Number(/^[1-9]$/.exec(styleOf(element, 'mso-outline-level'))?.[0] ?? 0), 6);
}

const indented = (text: string, width: number): string => text.replace(/\n(?!\n|$)/g, `\n${' '.repeat(width)}`);

function list(element: Element): Block {
  const ordered = element.tagName === 'OL';
  let number = Number(element.getAttribute('start') ?? 1) || 1;
  const items: string[] = [];
  for (const child of element.children) {
    if (/^(UL|OL)$/.test(child.tagName)) {
      // Some put a nested list beside the item that it belongs to.
      const width = ordered ? `${number - 1}. `.length : 2;
      const nested = list(child).text;
      const last = items.pop();
      items.push(last === undefined ? nested : `${last}\n${' '.repeat(width)}${indented(nested, width)}`);
      continue;
    }
    if (isHidden(child)) continue;
    const mark = ordered ? `${number++}. ` : '- ';
    const checked = child.getAttribute('role') === 'checkbox' ? (child.getAttribute('aria-checked') === 'true' ? '[x] ' : '[ ] ') : '';
    const inner = blocks(child.childNodes).reduce((text, block) =>
      (text === '' ? block.text : text + (block.type === 'list' ? '\n' : '\n\n') + block.text), '');
    items.push(mark + checked + indented(inner, mark.length));
  }
  return { type: 'list', text: items.join('\n') };
}

function cellText(cell: Element, head: boolean): string {
  const strong = !head && cell.tagName !== 'TH';
  const parts = cell.querySelector('ul, ol, table') ? blocks(cell.childNodes).map(({ type, text }) =>
    (type === 'list' ? text.split('\n').map((line) => line.replace(/^\s*(?:-|\d+\.) /, '')).join('; ') : text))
    : [...lines(cell)].flatMap((nodes) => inline(nodes, strong));
  const text = parts.join(' ').replaceAll('\\\n', ' ').replace(/\s*\n\s*/g, ' ').replaceAll('|', '\\|');
  return cell.tagName === 'TH' && !head && text !== '' ? `**${text}**` : text;
}

/** Returns what stands on lines of its own in a cell. */
function lines(cell: Element): Iterable<Node[]> {
  return cell.querySelector('p, div') ? [...cell.childNodes].map((node) => [node]) : [[...cell.childNodes]];
}

interface Cell {
  text: string;
  right: boolean;
  center: boolean;
}

/** Returns the cells of a table's rows, those filled in that others span. */
function grid(rows: HTMLTableRowElement[], head: boolean): Cell[][] {
  const found: Cell[][] = rows.map(() => []);
  for (const [at, row] of rows.entries()) {
    let column = 0;
    for (const cell of row.children) {
      while (found[at]?.[column]) column += 1;
      const align = styleOf(cell, 'text-align') || cell.getAttribute('align') || styleOf(cell.querySelector('p') ?? cell, 'text-align');
      const across = Math.min(Number(cell.getAttribute('colspan') ?? 1) || 1, 50);
      const down = Math.min(Number(cell.getAttribute('rowspan') ?? 1) || 1, rows.length - at);
      for (let y = 0; y < down; y++) {
        for (let x = 0; x < across; x++) {
          const line = found[at + y];
          const text = x + y === 0 ? cellText(cell, head && at === 0) : '';
          if (line) line[column + x] = { text, right: /right|end/.test(align), center: align === 'center' };
        }
      }
      column += across;
    }
  }
  return found;
}

function table(element: HTMLTableElement): Block[] {
  const rows = [...element.rows].filter((row) => row.cells.length > 0);
  const [only] = rows;
  // A table of one cell is a frame.
  if (rows.length === 1 && only?.cells.length === 1) return blocks(only.cells[0]?.childNodes ?? []);
  const [head = [], ...body] = grid(rows, true);
  const width = Math.max(0, head.length, ...body.map((row) => row.length));
  if (width === 0) return [];
  const columns = Array.from({ length: width }, (_, at) => at);
  const line = (cells: string[]): string => `| ${cells.join(' | ')} |`;
  const rule = columns.map((at) => {
    const cells = body.map((row) => row[at]).filter((cell) => cell !== undefined && cell.text !== '');
    if (cells.length === 0) return '---';
    return cells.every((cell) => cell?.right) ? '---:' : cells.every((cell) => cell?.center) ? ':---:' : '---';
  });
  const shown = (row: Cell[]): string => line(columns.map((at) => row[at]?.text ?? ''));
  const text = [shown(head), line(rule), ...body.map(shown)].join('\n');
  const caption = element.caption ? inline(element.caption.childNodes).map((text): Block => ({ type: 'text', text })) : [];
  return [...caption, { type: 'table', text }];
}

function pre(element: Element): Block {
  const text = (element.textContent ?? '').replace(/\n$/, '');
  const longest = Math.max(2, ...[...text.matchAll(/`{3,}/g)].map(([found]) => found.length));
  const fence = '`'.repeat(longest + 1);
  return { type: 'other', text: `${fence}\n${text}\n${fence}` };
}

function block(element: Element): Block[] {
  const level = headingLevel(element);
  if (level > 0) return [inline(element.childNodes, false).join(' ').replaceAll('\\\n', ' ')].filter((text) => text !== '')
    .map((text) => ({ type: 'heading', text: `${'#'.repeat(level)} ${text}` }));
  switch (element.tagName) {
    case 'UL': case 'OL': return [list(element)].filter(({ text }) => text !== '');
    case 'TABLE': return table(element as HTMLTableElement);
    case 'HR': return [{ type: 'other', text: '---' }];
    case 'PRE': return [pre(element)];
    case 'BLOCKQUOTE': {
      const inner = blocks(element.childNodes).map(({ text }) => text).join('\n\n');
      return inner === '' ? [] : [{ type: 'other', text: inner.replace(/^/gm, '> ').replace(/^> $/gm, '>') }];
    }
    default: return blocks(element.childNodes);
  }
}

/** Returns nodes as blocks of Markdown. */
export function blocks(nodes: Iterable<Node>): Block[] {
  const found: Block[] = [];
  let line: Node[] = [];
  const flush = (): void => {
    found.push(...paragraphs(line));
    line = [];
  };
  for (const child of nodes) {
    if (child instanceof Element && isHidden(child)) continue;
    if (child instanceof Element && (BLOCK.test(child.tagName) || child.querySelector(INSIDE) !== null)) {
      flush();
      found.push(...block(child));
    } else if (child.nodeType === Node.TEXT_NODE || child instanceof Element) line.push(child);
  }
  flush();
  return found;
}
