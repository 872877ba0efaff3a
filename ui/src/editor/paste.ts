/** Text pasted from a browser or a word processor becomes Markdown. */

import type { Extension } from '@codemirror/state';
import { EditorView } from '@codemirror/view';

/** Escapes what Markdown would read as markup. */
function escape(text: string): string {
  return text.replace(/([\\`*_[\]<>])/g, '\\$1').replace(/\s+/g, ' ');
}

function inline(node: Node): string {
  if (node.nodeType === Node.TEXT_NODE) return escape(node.textContent ?? '');
  if (!(node instanceof HTMLElement)) return '';
  const inner = [...node.childNodes].map(inline).join('');
  if (inner.trim() === '' && node.tagName !== 'BR') return inner;
  switch (node.tagName) {
    case 'STRONG': case 'B':
      return node.style.fontWeight === 'normal' ? inner : wrap(inner, '**');
    case 'EM': case 'I': return wrap(inner, '*');
    case 'S': case 'DEL': return wrap(inner, '~~');
    case 'CODE': return `\`${node.textContent ?? ''}\``;
    case 'BR': return '\\\n';
    case 'A': return link(node as HTMLAnchorElement, inner);
    default: return inner;
  }
}

function wrap(inner: string, mark: string): string {
  const [, lead = '', text = '', tail = ''] = /^(\s*)([\s\S]*?)(\s*)$/.exec(inner) ?? [];
  return `${lead}${mark}${text}${mark}${tail}`;
}

function link(anchor: HTMLAnchorElement, inner: string): string {
  const href = anchor.getAttribute('href') ?? '';
  return /^(https?|mailto):/.test(href) ? `[${inner}](${href.replace(/[()\s]/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`)})` : inner;
}

function table(node: HTMLElement): string {
  const rows = [...node.querySelectorAll('tr')].map((row) =>
    [...row.children].map((cell) => inline(cell).trim().replaceAll('|', '\\|').replaceAll('\\\n', ' ')));
  const width = Math.max(0, ...rows.map((row) => row.length));
  if (width === 0) return '';
  const line = (cells: string[]): string => `| ${Array.from({ length: width }, (_, at) => cells[at] ?? '').join(' | ')} |`;
  const [head = [], ...body] = rows;
  return [line(head), line(Array.from({ length: width }, () => '---')), ...body.map(line)].join('\n');
}

function list(node: HTMLElement, indent: string): string {
  const ordered = node.tagName === 'OL';
  return [...node.children].map((item, at) => {
    const mark = ordered ? `${at + 1}. ` : '- ';
    const nested = [...item.children].filter((child) => /^(UL|OL)$/.test(child.tagName)) as HTMLElement[];
    const own = [...item.childNodes].filter((child) => !nested.includes(child as HTMLElement)).map(inline).join('').trim();
    return [indent + mark + own, ...nested.map((child) => list(child, indent + ' '.repeat(mark.length)))].join('\n');
  }).join('\n');
}

function block(node: Node): string[] {
  if (!(node instanceof HTMLElement)) {
    const text = inline(node).trim();
    return text === '' ? [] : [text];
  }
  const heading = /^H([1-6])$/.exec(node.tagName);
  if (heading) return [`${'#'.repeat(Number(heading[1]))} ${inline(node).trim()}`];
  switch (node.tagName) {
    case 'UL': case 'OL': return [list(node, '')];
    case 'TABLE': return [table(node)];
    case 'HR': return ['---'];
    case 'PRE': return [`\`\`\`\n${node.textContent ?? ''}\n\`\`\``];
    case 'BLOCKQUOTE': return [blocks(node).join('\n\n').replace(/^/gm, '> ')];
    case 'STYLE': case 'SCRIPT': case 'META': case 'TITLE': return [];
    case 'P': return [inline(node).trim()];
    default: return blocks(node);
  }
}

const BLOCK = /^(P|DIV|UL|OL|TABLE|H[1-6]|PRE|BLOCKQUOTE|HR|SECTION|ARTICLE|MAIN|HEADER|FOOTER|STYLE|SCRIPT|META|TITLE)$/;

function blocks(parent: Node): string[] {
  const found: string[] = [];
  let line = '';
  const flush = (): void => {
    if (line.trim() !== '') found.push(line.trim());
    line = '';
  };
  for (const child of parent.childNodes) {
    const holdsBlocks = child instanceof HTMLElement && (BLOCK.test(child.tagName) || child.querySelector('p,ul,ol,table,h1,h2,h3') !== null);
    if (holdsBlocks) {
      flush();
      found.push(...block(child));
    } else line += inline(child);
  }
  flush();
  return found;
}

/** Returns a page's HTML as Markdown. */
export function htmlToMarkdown(html: string): string {
  const page = new DOMParser().parseFromString(html, 'text/html');
  return blocks(page.body).filter((part) => part.trim() !== '').join('\n\n');
}

/** Whether plain text says as much as the HTML does. */
function isPlain(html: string): boolean {
  return !/<(b|strong|i|em|a|ul|ol|table|h[1-6]|blockquote|pre|code|del|s)\b/i.test(html);
}

export function pasting(): Extension {
  return EditorView.domEventHandlers({
    paste(event, view) {
      const html = event.clipboardData?.getData('text/html') ?? '';
      if (html === '' || isPlain(html) || /\bvscode-|data-pm-slice|class="cm-/.test(html)) return false;
      const text = htmlToMarkdown(html);
      if (text === '') return false;
      event.preventDefault();
      view.dispatch(view.state.replaceSelection(text), { userEvent: 'input.paste', scrollIntoView: true });
      return true;
    },
  });
}
