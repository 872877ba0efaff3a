import type { PageInfo } from '../../bindings/PageInfo';
import { PIXELS_PER_POINT, type Zoom } from '../../state/pages.svelte';

/** Where a page is, in CSS pixels. */
export interface Box {
  top: number;
  width: number;
  height: number;
}

export interface Layout {
  boxes: Box[];
  width: number;
  height: number;
}

/** Returns how many pixels of the screen there are to a CSS pixel. */
export const screenRatio = (): number => window.devicePixelRatio || 1;

/** Returns how large a page is drawn: whole pixels of the screen, so that each pixel of its image is one of them. */
export function sizeOf(page: PageInfo, scale: number): { width: number; height: number } {
  const ratio = screenRatio();
  const pixels = Math.max(Math.round(page.width * scale * ratio), 1);
  return { width: pixels / ratio, height: Math.max(Math.round((page.height * pixels) / page.width), 1) / ratio };
}

/** Returns CSS pixels to the point for a zoom in a pane of that size. */
export function scaleFor(zoom: Zoom, pages: PageInfo[], width: number, height: number): number {
  if (typeof zoom === 'number') return zoom * PIXELS_PER_POINT;
  const widest = Math.max(1, ...pages.map((page) => page.width));
  const byWidth = Math.max(width, 40) / widest;
  if (zoom === 'width') return byWidth;
  const tallest = Math.max(1, ...pages.map((page) => page.height));
  return Math.min(byWidth, Math.max(height, 40) / tallest);
}

/** Returns where each page is when they stand below each other. */
export function layoutPages(pages: PageInfo[], scale: number, gap: number): Layout {
  let top = gap;
  const boxes = pages.map((page) => {
    const box = { top, ...sizeOf(page, scale) };
    top += box.height + gap;
    return box;
  });
  return { boxes, width: Math.max(0, ...boxes.map((box) => box.width)), height: top };
}

/** Returns the pages that a stretch shows, from 0, and the one that it shows most of. */
export function pagesBetween(layout: Layout, top: number, bottom: number): { first: number; last: number; main: number } {
  let first = -1;
  let last = 0;
  let main = 0;
  let most = -1;
  for (const [index, box] of layout.boxes.entries()) {
    const seen = Math.min(bottom, box.top + box.height) - Math.max(top, box.top);
    if (seen <= 0) continue;
    if (first < 0) first = index;
    last = index;
    if (seen > most) {
      most = seen;
      main = index;
    }
  }
  return { first: Math.max(first, 0), last: Math.max(last, 0), main };
}
