import { describe, expect, it } from 'vitest';
import type { Problem } from '../bindings/Problem';
import { offsetOf, placeOf, Problems } from './problems.svelte';

describe('offsetOf', () => {
  it('turns a column of characters into UTF-16 code units', () => {
    expect(offsetOf('abc', 2)).toBe(1);
    expect(offsetOf('😀한 x', 2)).toBe(2);
    expect(offsetOf('😀한 x', 4)).toBe(4);
    expect(offsetOf('ab', 9)).toBe(2);
  });
});

describe('Problems', () => {
  it('puts errors first and knows their places', () => {
    const problems = new Problems();
    const at = { file: 'a.md', line: 1, column: 1, endLine: 1, endColumn: 2 };
    problems.set([
      { severity: 'warning', code: 'w', message: 'w', ...at } as Problem,
      { severity: 'error', code: 'e', message: 'e' } as Problem,
    ]);
    expect(problems.all.map((problem) => problem.code)).toEqual(['e', 'w']);
    expect(problems.of('a.md').map((problem) => problem.code)).toEqual(['w']);
    expect(problems.all.map(placeOf)).toEqual([null, expect.objectContaining(at)]);
    expect([problems.errors, problems.warnings]).toEqual([1, 1]);
  });
});
