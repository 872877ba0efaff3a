import { describe, expect, it } from 'vitest';
import { layoutPages, pagesBetween, scaleFor } from './geometry';

const page = { over: null, runsOnFrom: null };
const a4 = { ...page, hash: 'a', width: 595, height: 842 };
const slide = { ...page, hash: 'b', width: 842, height: 474 };

describe('scaleFor', () => {
  it('fits the widest page to the width, or the tallest to the pane', () => {
    expect(scaleFor('width', [a4, slide], 421, 1000)).toBeCloseTo(0.5);
    expect(scaleFor('page', [a4], 595, 421)).toBeCloseTo(0.5);
    expect(scaleFor(1.5, [a4], 10, 10)).toBeCloseTo(2);
  });
});

describe('layoutPages', () => {
  it('gives each page whole pixels of the screen', () => {
    window.devicePixelRatio = 2;
    const [box] = layoutPages([a4], 0.5733, 12).boxes;
    window.devicePixelRatio = 1;
    expect(box).toEqual({ top: 12, width: 341, height: 482.5 });
    expect(layoutPages([a4, slide], 0.5733, 12).boxes).toEqual([{ top: 12, width: 341, height: 483 }, { top: 507, width: 483, height: 272 }]);
  });
});

describe('pagesBetween', () => {
  const layout = layoutPages([a4, a4, a4], 1, 10);
  it('names the pages in sight and the one that is mostly there', () => {
    expect(pagesBetween(layout, 0, 400)).toEqual({ first: 0, last: 0, main: 0 });
    expect(pagesBetween(layout, 800, 1500)).toEqual({ first: 0, last: 1, main: 1 });
    expect(pagesBetween(layout, 0, layout.height)).toEqual({ first: 0, last: 2, main: 0 });
    expect(pagesBetween(layoutPages([], 1, 10), 0, 100)).toEqual({ first: 0, last: 0, main: 0 });
  });
});
