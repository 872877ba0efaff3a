import { afterEach, describe, expect, it } from 'vitest';
import type { PageSet } from '../../bindings/PageSet';
import { overwriteGetLocale } from '../../paraglide/runtime.js';
import { longSlides, pageName, tooLong } from './over';

const page = { hash: 'a', width: 842, height: 474, over: null, runsOnFrom: null };
const set: PageSet = {
  briefing: 'deck.md', version: 1, outline: [], fit: null, words: 1, marking: null, kind: 'deck', stages: { edit: 0, compose: 0, compile: 0, image: 0, transport: 0 },
  pages: [page, { ...page, over: { lines: 4, millimetres: 31 } }, { ...page, runsOnFrom: 2 }, { ...page, over: { lines: 0, millimetres: 84 } }],
};

afterEach(() => overwriteGetLocale(() => 'en'));

describe('a page that is too long', () => {
  it('says by how many lines, or how many millimetres where a picture is among it', () => {
    expect(tooLong(set, 0)).toBeNull();
    expect(tooLong(set, 1)).toEqual({ text: '4 lines over', short: '+4' });
    expect(tooLong(set, 2)).toBeNull();
    expect(tooLong(set, 3)).toEqual({ text: '84 mm over', short: '+84 mm' });
    expect(longSlides(set)).toEqual([1, 3]);
  });

  it('says how far the briefing is beyond its limit on each page that is too many', () => {
    const over = { ...set, fit: { pages: 3, over: 1, lines: 7 }, pages: set.pages.map((own) => ({ ...own, over: null })) };
    expect(tooLong(over, 2)).toBeNull();
    expect(tooLong(over, 3)?.text).toBe('7 lines over');
    expect(tooLong({ ...over, fit: { pages: 2, over: 2, lines: 40 } }, 3)?.text).toBe('2 pages over');
  });

  it('is named so for who hears it, in both languages', () => {
    expect(pageName(set, 1)).toBe('Page 2 of 4, 4 lines over');
    expect(pageName(set, 2)).toBe('Page 3 of 4, running on from page 2');
    overwriteGetLocale(() => 'ko');
    expect(pageName(set, 1)).toBe('4쪽 중 2쪽, 4줄 넘침');
    expect(pageName(set, 2)).toBe('4쪽 중 3쪽, 2쪽에서 이어짐');
    expect(tooLong(set, 3)?.text).toBe('84mm 넘침');
  });
});
