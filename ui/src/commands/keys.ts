/** Shortcuts as text: `Mod+Shift+F`, where Mod is ⌘ on Apple's keyboards and Ctrl on all others. */

const apple = /Mac|iPhone|iPad/.test(navigator.userAgent);

const NAMES: Record<string, string> = {
  ArrowUp: '↑', ArrowDown: '↓', ArrowLeft: '←', ArrowRight: '→', Comma: ',', Slash: '/', Backslash: '\\', Plus: '+', Minus: '−', Dot: '.', Semicolon: ';',
};
const APPLE: Record<string, string> = { Mod: '⌘', Shift: '⇧', Alt: '⌥', Ctrl: '⌃' };
const OTHERS: Record<string, string> = { Mod: 'Ctrl' };

/** Returns a shortcut as the platform writes it. */
export function keyLabel(shortcut: string): string {
  const names = apple ? APPLE : OTHERS;
  return shortcut.split('+').map((part) => names[part] ?? NAMES[part] ?? part).join(' ');
}

const SIGNS: Record<string, string> = { Plus: '+', Minus: '-' };
const CODES: Record<string, string> = { Comma: 'Comma', Slash: 'Slash', Backslash: 'Backslash', Plus: 'Equal', Minus: 'Minus', Dot: 'Period', Semicolon: 'Semicolon', Tab: 'Tab' };

function sameKey(event: KeyboardEvent, key: string): boolean {
  if (event.key.toLowerCase() === key.toLowerCase() || event.key === SIGNS[key]) return true;
  // Under a Hangul layout `key` is a syllable's part: the key's place counts then.
  if (/^[A-Z]$/.test(key)) return event.code === `Key${key}`;
  if (/^\d$/.test(key)) return event.code === `Digit${key}`;
  return CODES[key] !== undefined && event.code === CODES[key];
}

/** Returns whether an event is a shortcut. */
export function matches(event: KeyboardEvent, shortcut: string): boolean {
  const parts = shortcut.split('+');
  const key = parts.pop() ?? '';
  const mod = parts.includes('Mod');
  const ctrl = parts.includes('Ctrl') || (mod && !apple);
  const meta = mod && apple;
  // On most layouts the plus sign is typed with Shift.
  const shift = event.shiftKey === parts.includes('Shift') || (key === 'Plus' && event.key === '+');
  return event.ctrlKey === ctrl && event.metaKey === meta && event.altKey === parts.includes('Alt') && shift && sameKey(event, key);
}

/** Returns whether an input method is composing: no shortcut fires then. */
export function composing(event: KeyboardEvent): boolean {
  return event.isComposing || event.keyCode === 229;
}
