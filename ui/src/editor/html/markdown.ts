import { type Block, blocks } from './blocks';
import { takeNotes } from './notes';
import { makeLists } from './word';

/** Returns a page's HTML as blocks of Markdown, its footnotes last; labels of `taken` are given to none of them. */
export function htmlToBlocks(html: string, taken: ReadonlySet<string> = new Set()): Block[] {
  const page = new DOMParser().parseFromString(html, 'text/html');
  const notes = takeNotes(page, taken);
  makeLists(page);
  const found = blocks(page.body.childNodes);
  // The rule above footnotes goes with them.
  if (notes.length > 0 && found.at(-1)?.text === '---') found.pop();
  for (const { label, body } of notes) {
    const text = blocks([body]).map((block) => block.text).join('\n\n');
    found.push({ type: 'other', text: `[^${label}]: ${text.replace(/\n(?!\n|$)/g, '\n    ')}` });
  }
  return found;
}

/** Returns a page's HTML as Markdown. */
export function htmlToMarkdown(html: string): string {
  return htmlToBlocks(html).map((block) => block.text).join('\n\n');
}
