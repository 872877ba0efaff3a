/** Word's lists are paragraphs that only say which level they are on: this makes lists of them. */

import { styleOf } from './inline';

interface Item {
  level: number;
  ordered: boolean;
  start: number;
  nodes: Node[];
}

const MARK = /^\s*(?:[·•▪◦●○■§o–-]|\(?(?:\d{1,3}|[a-z]{1,4})[.)])(?=[\s\u00A0])/i;

/** Takes the mark off the beginning of a paragraph's text, where Word did not set it apart. */
function takeMark(paragraph: Element): string {
  const apart = [...paragraph.querySelectorAll('span')].find((span) => styleOf(span, 'mso-list') === 'ignore');
  if (apart) {
    apart.remove();
    return apart.textContent ?? '';
  }
  const mark = MARK.exec(paragraph.textContent ?? '')?.[0] ?? '';
  takeText(paragraph, mark.length);
  return mark;
}

/** Takes as many characters off the beginning of an element's text. */
function takeText(element: Element, length: number): void {
  let left = length;
  const texts = element.ownerDocument.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  while (left > 0 && texts.nextNode()) {
    const text = texts.currentNode;
    const all = text.textContent ?? '';
    text.textContent = all.slice(left);
    left -= Math.min(left, all.length);
  }
}

const POINTS: Record<string, number> = { pt: 1, px: 0.75, in: 72, cm: 28.35, mm: 2.835 };

/** Returns how far in a paragraph stands, in steps of Word's: all that WebKit leaves of its level. */
function depthOf(paragraph: HTMLElement): number {
  const [, size = '0', unit = 'pt'] = /^(-?[\d.]+)([a-z]+)$/.exec(paragraph.style.marginLeft) ?? [];
  return 1 + Math.max(Math.round((Number(size) * (POINTS[unit] ?? 0)) / 36), 0);
}

/** Returns the level of the item that a paragraph is, where it is one. */
function levelOf(element: Element): number | null {
  if (element.tagName !== 'P') return null;
  const said = /\blevel(\d)/.exec(styleOf(element, 'mso-list'))?.[1];
  if (said !== undefined) return Number(said);
  const listed = /\bMsoListParagraph/.test(element.className) && MARK.test(element.textContent ?? '');
  return listed ? depthOf(element as HTMLElement) : null;
}

/** Takes the number off a heading that Word numbers itself: it is set apart by more than one space. */
function takeNumber(heading: Element): void {
  const number = /^\s*(?:\d+\.)+\d*(?=[\s\u00A0]*\u00A0)[\s\u00A0]{2,}/.exec(heading.textContent ?? '')?.[0];
  if (number !== undefined) takeText(heading, number.length);
}

function itemOf(element: Element): Item | null {
  // Word on the web wraps each item in a list of its own.
  const wrapped = element.matches('div.ListContainerWrapper') ? element.querySelector('li') : null;
  if (wrapped) {
    const list = wrapped.closest('ul, ol');
    const level = Number(wrapped.getAttribute('data-aria-level') ?? wrapped.getAttribute('aria-level') ?? 1);
    return { level, ordered: list?.tagName === 'OL', start: Number(list?.getAttribute('start') ?? 1), nodes: [...wrapped.childNodes] };
  }
  const level = levelOf(element);
  if (level === null) return null;
  const mark = takeMark(element).replace(/[\s\u00A0]/g, '');
  const number = /^\(?(\d+)[.)]?$/.exec(mark)?.[1];
  const ordered = number !== undefined || /^\(?[a-z]{1,4}[.)]$/i.test(mark);
  return { level, ordered, start: Number(number ?? 1), nodes: [...element.childNodes] };
}

/** Whether a paragraph goes on what the item before it says. */
function continues(element: Element): boolean {
  return element.tagName === 'P' &&
    /\bMsoList(?:Continue|ParagraphCxSp(?:Middle|Last))/.test(element.className) && styleOf(element, 'mso-list') === '';
}

function makeList(items: Item[], page: Document): Element[] {
  const roots: Element[] = [];
  const open: { level: number; list: Element }[] = [];
  for (const { level, ordered, start, nodes } of items) {
    while (open.length > 1 && (open.at(-1)?.level ?? 0) > level) open.pop();
    const name = ordered ? 'OL' : 'UL';
    let top = open.at(-1);
    const fits = top && (top.level === level || (open.length === 1 && top.level > level));
    if (!top || !fits || top.list.tagName !== name) {
      if (fits) open.pop();
      const list = page.createElement(name);
      if (ordered && start !== 1) list.setAttribute('start', String(start));
      const parent = open.at(-1)?.list.lastElementChild;
      if (parent) parent.append(list);
      else roots.push(list);
      top = { level, list };
      open.push(top);
    }
    const item = page.createElement('li');
    item.append(...nodes);
    top.list.append(item);
  }
  return roots;
}

/** Puts lists into the place of the paragraphs and wrappers that stand for items. */
export function makeLists(page: Document): void {
  for (const heading of page.body.querySelectorAll('h1, h2, h3, h4, h5, h6')) {
    if (!heading.querySelector('[style*="mso-list"]')) takeNumber(heading);
  }
  const parents = new Set<Element>();
  for (const { parentElement } of page.body.querySelectorAll('p, div.ListContainerWrapper')) if (parentElement) parents.add(parentElement);
  for (const parent of parents) {
    let items: Item[] = [];
    let first: Element | null = null;
    const flush = (): void => {
      if (first) first.before(...makeList(items, page));
      first?.remove();
      [items, first] = [[], null];
    };
    for (const element of [...parent.children]) {
      const item = itemOf(element);
      const last = items.at(-1);
      if (item) items.push(item);
      else if (last && continues(element)) {
        const paragraph = page.createElement('p');
        paragraph.append(...element.childNodes);
        last.nodes.push(paragraph);
      } else {
        flush();
        continue;
      }
      // The first one keeps the place.
      if (first) element.remove();
      else first = element;
    }
    flush();
  }
}
