/** Footnotes as word processors and websites write them: a link to a passage further down that links back. */

import { NOTE } from './inline';

/** A footnote's label, and what holds its text. */
export interface Note {
  label: string;
  body: Element;
}

const OWN = ['[style*="mso-element:footnote"]', '[style*="mso-element:endnote"]', 'div[id^="ftn"]', 'div[id^="edn"]',
  'div[id^="sdfootnote"]', 'div[id^="sdendnote"]'].join();

/** Returns what an anchor leads to in its page. */
function targetOf(page: Document, anchor: Element): Element | null {
  const name = (anchor.getAttribute('href') ?? '').replace(/^[^#]*#/, '');
  return name === '' ? null : (page.getElementById(name) ?? page.getElementsByName(name)[0] ?? null);
}

function wayBack(page: Document, body: Element, anchor: Element): Element[] {
  return [...body.querySelectorAll('a[href*="#"]')].filter((link) => {
    const target = targetOf(page, link);
    return target !== null && (target === anchor || target.contains(anchor) || anchor.contains(target));
  });
}

/** Takes the footnotes out of a page and leaves their labels where they are called; labels of `taken` are given to none. */
export function takeNotes(page: Document, taken: ReadonlySet<string>): Note[] {
  const labels = new Map<Element, string>();
  const used = new Set(taken);
  for (const anchor of page.body.querySelectorAll('a[href*="#"]')) {
    const target = anchor.isConnected ? targetOf(page, anchor) : null;
    if (!target || !(anchor.compareDocumentPosition(target) & Node.DOCUMENT_POSITION_FOLLOWING)) continue;
    const body = target.closest(OWN) ?? target.closest('li, p, dd, aside, div');
    if (!body || body.contains(anchor)) continue;
    const back = wayBack(page, body, anchor);
    if (back.length === 0 && !labels.has(body)) continue;
    const label = labels.get(body) ?? free(/\d+/.exec(anchor.textContent ?? '')?.[0] ?? String(labels.size + 1), used);
    labels.set(body, label);
    used.add(label);
    for (const link of back) (link.closest('sup') ?? link).remove();
    const mark = page.createElement('span');
    mark.setAttribute(NOTE, label);
    anchor.replaceWith(mark);
  }
  const notes = [...labels].map(([body, label]) => ({ label, body }));
  for (const { body } of notes) body.remove();
  return notes;
}

function free(wanted: string, used: ReadonlySet<string>): string {
  let label = wanted;
  for (let number = Number(wanted) || 1; used.has(label); number++) label = String(number);
  return label;
}
