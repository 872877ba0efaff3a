/** Text within a paragraph of HTML as Markdown: runs of one look, joined where they touch, marked once. */

/** What marks a reference to a footnote, by its label. */
export const NOTE = 'data-note';

interface Look {
  strong: boolean;
  emphasis: boolean;
  strike: boolean;
  code: boolean;
  href: string | null;
}

interface Run extends Look {
  text: string;
  /** Whether the text is Markdown already. */
  ready: boolean;
}

const PLAIN: Look = { strong: false, emphasis: false, strike: false, code: false, href: null };
const SKIPPED = /^(STYLE|SCRIPT|META|TITLE|LINK|TEMPLATE|XML|HEAD|BUTTON|SVG)$/i;
/** Kept apart from what is typed until the text is whole. */
const BREAK = '\uE000';

/** Returns the value of a style as written; word processors have properties of their own, which no style sheet knows. */
export function styleOf(element: Element, property: string): string {
  const style = element.getAttribute('style') ?? '';
  const found = new RegExp(`(?:^|;)\\s*${property}\\s*:\\s*([^;]*)`, 'i').exec(style);
  return found?.[1]?.trim().toLowerCase() ?? '';
}

/** Returns whether an element is not shown: hidden, a mark of a list, a comment, or text deleted by a tracked change. */
export function isHidden(element: Element): boolean {
  return SKIPPED.test(element.tagName) || styleOf(element, 'display') === 'none' || styleOf(element, 'mso-hide') === 'all' ||
    styleOf(element, 'mso-list') === 'ignore' || /comment-list/.test(styleOf(element, 'mso-element')) ||
    /\bMsoCommentReference\b/.test(element.className) || (element.tagName === 'DEL' && element.hasAttribute('datetime'));
}

function lookOf(element: Element, look: Look): Look {
  const weight = styleOf(element, 'font-weight');
  const slant = styleOf(element, 'font-style');
  const line = styleOf(element, 'text-decoration') + styleOf(element, 'text-decoration-line');
  const { tagName } = element;
  const heavy = weight === 'bold' || weight === 'bolder' || Number(weight) >= 600;
  const light = weight === 'normal' || (weight !== '' && Number(weight) < 600);
  return {
    strong: heavy || (!light && (look.strong || tagName === 'B' || tagName === 'STRONG')),
    emphasis: slant === 'italic' || (slant !== 'normal' && (look.emphasis || tagName === 'I' || tagName === 'EM' || tagName === 'CITE')),
    strike: look.strike || tagName === 'S' || tagName === 'STRIKE' || tagName === 'DEL' || line.includes('line-through'),
    code: look.code || tagName === 'CODE' || tagName === 'KBD' || tagName === 'SAMP',
    href: tagName === 'A' ? addressOf(element) : look.href,
  };
}

/** Returns the address of a link to the web or to a mailbox, without the detour of a search engine. */
function addressOf(anchor: Element): string | null {
  const href = (anchor.getAttribute('href') ?? '').trim();
  if (!/^(https?|mailto):/i.test(href)) return null;
  const detour = /^https?:\/\/www\.google\.[a-z.]+\/url\?(.*)$/.exec(href)?.[1];
  const meant = detour === undefined ? null : new URLSearchParams(detour).get('q');
  return (meant ?? href).replace(/[()\s<>]/g, (sign) => `%${sign.charCodeAt(0).toString(16).padStart(2, '0')}`);
}

function collect(node: Node, look: Look, runs: Run[]): void {
  if (node.nodeType === Node.TEXT_NODE) {
    runs.push({ ...look, text: (node.textContent ?? '').replace(/[ \t\r\n\f\u00A0]+/g, ' '), ready: false });
    return;
  }
  if (!(node instanceof Element) || isHidden(node)) return;
  const note = node.getAttribute(NOTE);
  if (note !== null) runs.push({ ...PLAIN, text: `[^${note}]`, ready: true });
  else if (node.tagName === 'BR') runs.push({ ...look, code: false, text: BREAK, ready: true });
  else for (const child of node.childNodes) collect(child, lookOf(node, look), runs);
}

const same = (a: Look, b: Look): boolean =>
  a.strong === b.strong && a.emphasis === b.emphasis && a.strike === b.strike && a.code === b.code && a.href === b.href;

/** Gives blanks the look that both their neighbours have, and joins runs that look the same. */
function joined(runs: Run[]): Run[] {
  const found: Run[] = [];
  for (const [at, run] of runs.entries()) {
    if (run.text === '') continue;
    const before = found.at(-1);
    const after = runs.slice(at + 1).find((other) => other.text.trim() !== '');
    const blank = run.text.trim() === '' || run.text === BREAK;
    const look = !blank ? run : before && after && same(before, after) ? before : PLAIN;
    if (before && before.ready === run.ready && same(before, look)) before.text += run.text;
    else found.push({ ...look, text: run.text, ready: run.ready });
  }
  return found;
}

/** Escapes what Markdown would read as markup within a line. */
function escape(text: string): string {
  return text.replace(/[\\`*[\]<~]/g, '\\$&').replace(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, '\\_')
    .replace(/(?<![\p{L}\p{N}_@.])@(?=[\p{L}\p{N}_{])/gu, '\\@').replace(/&(?=#?\w+;)/g, '\\&');
}

/** Escapes what Markdown would read as markup at the beginning of a line. */
export function escapeStart(text: string): string {
  return text.replace(/^(\d{1,9})([.)])(?=\s|$)/gm, '$1\\$2')
    .replace(/^([-+]|#{1,6})(?=\s|$)/gm, '\\$1').replace(/^(>|:::|\||---)/gm, '\\$1');
}

interface Mark {
  name: string;
  open: string;
  close: string;
}

function marksOf(run: Run, strong: boolean): Mark[] {
  const marks: Mark[] = [];
  if (run.href !== null) marks.push({ name: run.href, open: '[', close: `](${run.href})` });
  for (const [wanted, sign] of [[run.strike, '~~'], [run.strong && strong, '**'], [run.emphasis, '*']] as const) {
    if (wanted) marks.push({ name: sign, open: sign, close: sign });
  }
  return marks;
}

function written(run: Run): string {
  if (run.ready) return run.text;
  if (!run.code) return escape(run.text);
  const fence = /`/.test(run.text) ? '``' : '`';
  return run.text.trim() === '' ? run.text : `${fence}${run.text}${fence}`;
}

function render(runs: Run[], strong: boolean): string {
  let out = '';
  let open: Mark[] = [];
  const shut = (from: number): void => {
    const blank = /\s*$/.exec(out)?.[0] ?? '';
    out = out.slice(0, out.length - blank.length) + open.slice(from).reverse().map((mark) => mark.close).join('') + blank;
    open = open.slice(0, from);
  };
  for (const run of runs) {
    // An address that is its own text is a link by itself.
    const bare = run.href !== null && run.href.replace(/^mailto:/, '') === run.text.trim() && /^[\x21-\x7E]+$/.test(run.text.trim());
    const marks = bare ? [] : marksOf(run, strong);
    const apart = marks.findIndex((mark, at) => open[at]?.name !== mark.name);
    const kept = Math.min(apart < 0 ? marks.length : apart, open.length);
    if (open.length > kept) shut(kept);
    const text = bare ? `<${run.text.trim()}>` : written(run);
    const lead = /^\s*/.exec(text)?.[0] ?? '';
    out += lead + marks.slice(kept).map((mark) => mark.open).join('') + text.slice(lead.length);
    open = marks;
  }
  shut(0);
  return out;
}

/** Returns nodes within a line as paragraphs of Markdown; where `strong` is off, what is bold is so anyway. */
export function inline(nodes: Iterable<Node>, strong = true): string[] {
  const runs: Run[] = [];
  for (const node of nodes) collect(node, PLAIN, runs);
  const text = render(joined(runs), strong).replace(/ {2,}/g, ' ');
  // Two breaks are a new paragraph, and one at the end is none.
  return text.split(new RegExp(`(?:\\s*${BREAK}){2,}`)).map((part) =>
    part.replace(new RegExp(`^[\\s${BREAK}]+|[\\s${BREAK}]+$`, 'g'), '').replace(new RegExp(`\\s*${BREAK}\\s*`, 'g'), '\\\n'),
  ).filter((part) => part !== '');
}
