/** Draws a text as pages, so that a browser has something to show. */

import type { PageInfo } from '../bindings/PageInfo';

const WIDTH = 595;
const HEIGHT = 842;
const escape = (text: string): string => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);

export interface Line {
  text: string;
  offset: number;
  size: number;
  weight: number;
}

function wrap(text: string, offset: number, width: number): { text: string; offset: number }[] {
  const lines: { text: string; offset: number }[] = [];
  let line = '';
  let start = offset;
  for (const word of text.split(/(?<= )/)) {
    if (line.length + word.length > width) {
      lines.push({ text: line, offset: start });
      start += line.length;
      line = '';
    }
    line += word;
  }
  return [...lines, { text: line, offset: start }];
}

/** Returns the lines of a text's pages, with the offset that each comes from. */
export function paginate(text: string): Line[][] {
  const pages: Line[][] = [[]];
  let room = HEIGHT - 144;
  let offset = 0;
  for (const paragraph of text.split('\n')) {
    const heading = /^#{1,6} /.test(paragraph);
    for (const part of wrap(paragraph, offset, heading ? 60 : 88)) {
      const size = heading ? 15 : 10.5;
      if (room < size * 1.6) {
        pages.push([]);
        room = HEIGHT - 144;
      }
      pages.at(-1)?.push({ ...part, size, weight: heading ? 600 : 400 });
      room -= part.text === '' ? 7 : size * 1.5;
    }
    offset += paragraph.length + 1;
  }
  return pages;
}

/** Returns where each line of a page stands, in points from the top. */
export function positions(lines: Line[]): number[] {
  let y = 72;
  return lines.map((line) => (y += line.text === '' ? 7 : line.size * 1.5));
}

function draw(lines: Line[], { width, height }: { width: number; height: number }): string {
  const y = positions(lines);
  const body = lines.map((line, at) =>
    `<text x="72" y="${y[at]}" font-family="Source Serif 4, serif" font-size="${line.size}" font-weight="${line.weight}">${escape(line.text)}</text>`).join('');
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}"><rect width="100%" height="100%" fill="white"/>${body}</svg>`;
}

function hashOf(text: string): string {
  let hash = 5381;
  for (let at = 0; at < text.length; at++) hash = ((hash * 33) ^ text.charCodeAt(at)) >>> 0;
  return hash.toString(16).padStart(8, '0');
}

/** Draws all pages; their images are kept in `images` by hash. */
export function drawPages(pages: Line[][], images: Map<string, string>, size = { width: WIDTH, height: HEIGHT }): PageInfo[] {
  return pages.map((lines) => {
    const image = draw(lines, size);
    const hash = hashOf(image);
    images.set(hash, `data:image/svg+xml,${encodeURIComponent(image)}`);
    return { hash, ...size, over: null, runsOnFrom: null };
  });
}
