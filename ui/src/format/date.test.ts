import { afterEach, describe, expect, it } from 'vitest';
import { language } from '../state/language.svelte';
import { formatDate, formatModified, shortDate } from './date';

afterEach(() => language.set('en'));

describe('formatDate', () => {
  it('writes EDTF in English', () => {
    expect(formatDate('2023')).toBe('2023');
    expect(formatDate('2023-07')).toBe('Jul 2023');
    expect(formatDate('2023-07-11', 'long')).toBe('11 July 2023');
    expect(formatDate('2017/2022')).toBe('2017–2022');
    expect(formatDate('2021/..')).toBe('2021–');
    expect(formatDate('2024-10~')).toBe('c. Oct 2024');
    expect(formatDate('someday')).toBe('someday');
  });

  it('writes EDTF in Korean', () => {
    language.set('ko');
    expect(formatDate('2023-07')).toBe('2023. 7.');
    expect(formatDate('2023-07-11', 'long')).toBe('2023년 7월 11일');
    expect(formatDate('2023', 'long')).toBe('2023년');
  });
});

describe('shortDate', () => {
  it("takes the engine's words in English and the date in Korean", () => {
    const card = { date: 'late 2020', edtf: '2020-11' };
    expect(shortDate(card)).toBe('late 2020');
    language.set('ko');
    expect(shortDate(card)).toBe('2020. 11.');
  });
});

describe('formatModified', () => {
  it('says today, else the day', () => {
    const now = new Date(2025, 1, 3, 12);
    expect(formatModified(new Date(2025, 1, 3, 9).getTime(), 'today', now)).toBe('today');
    expect(formatModified(new Date(2025, 0, 31).getTime(), 'today', now)).toBe('31 Jan');
    expect(formatModified(new Date(2024, 0, 31).getTime(), 'today', now)).toBe('31 Jan 2024');
  });
});
