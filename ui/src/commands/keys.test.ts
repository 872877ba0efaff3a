import { describe, expect, it } from 'vitest';
import { composing, keyLabel, matches } from './keys';

const press = (key: string, more: KeyboardEventInit = {}) => new KeyboardEvent('keydown', { key, ...more });

describe('matches', () => {
  it('wants exactly its modifiers', () => {
    expect(matches(press('k', { ctrlKey: true }), 'Mod+K')).toBe(true);
    expect(matches(press('k', { ctrlKey: true, shiftKey: true }), 'Mod+K')).toBe(false);
    expect(matches(press('k'), 'Mod+K')).toBe(false);
    expect(matches(press('F8', { shiftKey: true }), 'Shift+F8')).toBe(true);
  });

  it('takes the plus sign with Shift and without', () => {
    expect(matches(press('+', { ctrlKey: true, shiftKey: true, code: 'Equal' }), 'Mod+Plus')).toBe(true);
    expect(matches(press('=', { ctrlKey: true, code: 'Equal' }), 'Mod+Plus')).toBe(true);
    expect(matches(press('+', { ctrlKey: true, code: 'NumpadAdd' }), 'Mod+Plus')).toBe(true);
    expect(matches(press('=', { ctrlKey: true, shiftKey: true, code: 'Digit0' }), 'Mod+Plus')).toBe(false);
  });

  it('knows a key by its place under a Hangul layout', () => {
    expect(matches(press('ㅏ', { ctrlKey: true, code: 'KeyK' }), 'Mod+K')).toBe(true);
    expect(matches(press('?', { ctrlKey: true, code: 'Slash' }), 'Mod+Slash')).toBe(true);
  });
});

describe('composing', () => {
  it('is true while an input method is at work', () => {
    expect(composing(press('k', { isComposing: true }))).toBe(true);
    expect(composing(press('k'))).toBe(false);
  });
});

describe('keyLabel', () => {
  it('writes shortcuts as the platform does', () => {
    expect(keyLabel('Mod+Shift+F')).toBe('Ctrl Shift F');
    expect(keyLabel('Alt+ArrowUp')).toBe('Alt ↑');
  });
});
