import { describe, expect, it } from 'vitest';
import { citationAt, citationOf, itemAt, joinLocator, locatorChange, splitLocator } from './citation';

const changed = (text: string, item: number, locator: string): string => {
  const change = locatorChange(text, item, locator);
  return change ? text.slice(0, change.from) + change.insert + text.slice(change.to) : text;
};

describe('a citation', () => {
  it('is found around the cursor, with the source there', () => {
    const line = 'So [see @a, p. 4; @b] and [mail x@y.org] it is.';
    expect(citationAt(line, 3)?.text).toBe('[see @a, p. 4; @b]');
    expect(citationAt(line, 30)).toBeNull();
    expect(itemAt('[see @a, p. 4; @b]', 8)).toBe(0);
    expect(itemAt('[see @a, p. 4; @b]', 17)).toBe(1);
    expect(citationOf('[see @a, p. 4; @{b c}]')).toEqual([{ prefix: 'see', key: 'a', locator: 'p. 4' }, { prefix: '', key: 'b c', locator: '' }]);
  });

  it('gets another locator, or none, and nothing else changes', () => {
    expect(changed('[see @a, p. 4; @b]', 0, 'pp. 5–6')).toBe('[see @a, pp. 5–6; @b]');
    expect(changed('[see @a, p. 4; @b]', 1, 'sec. 2')).toBe('[see @a, p. 4; @b, sec. 2]');
    expect(changed('[@a, p. 4]', 0, '')).toBe('[@a]');
    expect(changed('[@a]', 0, 'p. 4; [5]')).toBe('[@a, p. 4, 5]');
    expect(locatorChange('[@a, p. 4]', 0, 'p. 4')).toBeNull();
  });

  it('is found in the sentence itself, its place in brackets behind it', () => {
    const line = 'As @a-2025 [p. 4] says, and @b; mail x@y.org [here] or [@c [d]].';
    expect(citationAt(line, 5)?.text).toBe('@a-2025 [p. 4]');
    expect(citationAt(line, 15)?.text).toBe('@a-2025 [p. 4]');
    expect(citationAt(line, 29)?.text).toBe('@b');
    expect(citationAt(line, line.indexOf('@y') + 1)).toBeNull();
    expect(citationAt('@a [link](x)', 1)?.text).toBe('@a');
    expect(citationAt('@a [^note]', 1)?.text).toBe('@a');
    expect(citationOf('@a-2025 [p. 4]')).toEqual([{ prefix: '', key: 'a-2025', locator: 'p. 4' }]);
    expect(changed('@a', 0, 'p. 4')).toBe('@a [p. 4]');
    expect(changed('@a [p. 4]', 0, 'sec. [2]')).toBe('@a [sec. 2]');
    expect(changed('@a [p. 4]', 0, '')).toBe('@a');
  });
});

describe('a locator', () => {
  it('joins its kind and what was typed', () => {
    expect(joinLocator('p.', ' 4 ')).toBe('p. 4');
    expect(joinLocator('p.', '4-6')).toBe('pp. 4–6');
    expect(joinLocator('para.', '12')).toBe('para. 12');
    expect(joinLocator('p.', 'xiv')).toBe('p. xiv');
    expect(joinLocator('fig.', 'A3')).toBe('fig. A3');
    expect(joinLocator('p.', '4쪽')).toBe('4쪽');
    expect(joinLocator('p.', 'sec. 3')).toBe('sec. 3');
    expect(joinLocator('sec.', 'The Yoon administration')).toBe('sec. The Yoon administration');
    expect(joinLocator('p.', 'annex A')).toBe('annex A');
    expect(joinLocator('', 'passim')).toBe('passim');
    expect(joinLocator('p.', '')).toBe('');
    expect(splitLocator('pp. 3–4')).toEqual({ kind: 'pp.', rest: '3–4' });
    expect(splitLocator('4쪽')).toEqual({ kind: '', rest: '4쪽' });
  });
});
