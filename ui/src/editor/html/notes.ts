/** Footnotes as word processors and websites write them: a link to a passage further down that links back. */

import { NOTE } from './inline';

/** A footnote's label, and what holds its text. */
export interface Note {
  label: string;
  body: Element;
}

const OWN = ['[style*="mso-element:footnote"]', '[style*="mso-element:endnote"]', 'div[id^="ftn"]', 'div[id^="edn"]',
  'div[id^="sdfootnote"]', 'div[id^="sdendnote"]'].join();

/** Anchors that can call a note, or lead back from it. WebKit takes away where they lead, and leaves their names. */
const ANCHORS = ['a[href*="#"]', ...['_ftn', '_edn', 'sdfootnote', 'sdendnote'].map((start) => `a[name^="${start}"]`), 'a[id^="ftnt"]'].join();

/** What names of calls end in or hold, and those of notes in the same place. */
const PAIRS: [RegExp, string][] = [
  [/^_(ftn|edn)ref(\d+)$/, '_$1$2'], [/^_(ftn|edn)(\d+)$/, '_$1ref$2'],
  [/^(sd\w+?)anc$/, '$1sym'], [/^(sd\w+?)sym$/, '$1anc'], [/^ftnt_ref(\d+)$/, 'ftnt$1'], [/^ftnt(\d+)$/, 'ftnt_ref$1'],
];

function nameOfOther(anchor: Element): string {
  const own = anchor.getAttribute('name') ?? anchor.id;
  const pair = PAIRS.find(([pattern]) => pattern.test(own));
  return pair ? own.replace(pair[0], pair[1]) : '';
}

/** Returns what an anchor leads to in its page. */
function targetOf(page: Document, anchor: Element): Element | null {
  const href = anchor.getAttribute('href');
  const name = href?.includes('#') ? href.replace(/^[^#]*#/, '') : nameOfOther(anchor);
  return name === '' ? null : (page.getElementById(name) ?? page.getElementsByName(name)[0] ?? null);
}

function wayBack(page: Document, body: Element, anchor: Element): Element[] {
  return [...body.querySelectorAll(ANCHORS)].filter((link) => {
    const target = targetOf(page, link);
    return target !== null && (target === anchor || target.contains(anchor) || anchor.contains(target));
  });
}

/** Takes the footnotes out of a page and leaves their labels where they are called; labels of `taken` are given to none. */
export function takeNotes(page: Document, taken: ReadonlySet<string>): Note[] {
  const labels = new Map<Element, string>();
  const used = new Set(taken);
  for (const anchor of page.body.querySelectorAll(ANCHORS)) {
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
