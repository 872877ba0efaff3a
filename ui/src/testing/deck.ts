/** Slides of a deck, for the engine in memory: a title, and one a heading. */

import type { Slide } from '../bindings/Slide';
import { readFrontMatter } from '../editor/frontmatter';
import type { Line } from './pages';

/** A slide's size, in points. */
export const SLIDE = { width: 842, height: 474 };

/** Returns whether a briefing is a deck. */
export function isDeck(text: string): boolean {
  return (readFrontMatter(text)?.fields.find((field) => field.name === 'template')?.value ?? '').includes('deck');
}

interface Part {
  title: string;
  lines: Line[];
  notes: string[];
}

function parts(text: string): Part[] {
  const front = readFrontMatter(text);
  const title = front?.fields.find((field) => field.name === 'title')?.value ?? '';
  const list: Part[] = [{ title, lines: [{ text: title, offset: 0, size: 26, weight: 400 }], notes: [] }];
  let offset = 0;
  let noting = false;
  for (const line of text.slice(front ? text.indexOf('\n', front.end) : 0).split('\n')) {
    const heading = /^#{1,2} (.*)$/.exec(line)?.[1];
    const slide = list.at(-1) as Part;
    if (/^::: notes/.test(line)) noting = true;
    else if (noting && line.startsWith(':::')) noting = false;
    else if (noting && line.trim() !== '') slide.notes.push(line.replace(/ ?\[@[^\]]*\]/g, ''));
    else if (heading !== undefined) list.push({ title: heading, lines: [{ text: heading, offset, size: 24, weight: 400 }], notes: [] });
    else if (!noting && line.trim() !== '' && slide.lines.length < 12) {
      slide.lines.push({ text: line.replace(/ ?\[@[^\]]*\]/g, '').replace(/\*\*/g, '').slice(0, 70), offset, size: 15, weight: 400 });
    }
    offset += line.length + 1;
  }
  return list;
}

/** Returns the lines of a deck's slides; offsets count from behind the front matter. */
export const slideLines = (text: string): Line[][] => parts(text).map((part) => part.lines);

/** Returns a deck's slides with their notes. */
export const slidesOf = (text: string): Slide[] => parts(text).map(({ title, notes }, at) => ({ page: at + 1, title, notes }));
