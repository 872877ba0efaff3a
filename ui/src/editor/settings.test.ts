import { describe, expect, it } from 'vitest';
import type { FieldValue } from './frontmatter';
import { readSettings, setSetting } from './settings';

const around = (settings: string) => `---\ntitle: T\n${settings}fit: 4 pages\n---\nText.\n`;
const apply = (text: string, name: string, value: FieldValue) => {
  const change = setSetting(text, name, value);
  return change ? text.slice(0, change.from) + change.insert + text.slice(change.to) : text;
};
const read = (text: string) => Object.fromEntries(readSettings(text).map((setting) => [setting.name, setting.list ?? setting.value]));

const FLOW = around('settings: { accent: "#1f3a5f", logo: images/desk.svg, to: [A, "B, C"] } # ours\n');
const BLOCK = around('settings:\n  accent: "#1f3a5f" # blue\n  to:\n    - A\n    - B\n  logo: images/desk.svg\n');

describe('settings', () => {
  it('reads maps in braces and maps with an entry a line', () => {
    expect(read(FLOW)).toEqual({ accent: '#1f3a5f', logo: 'images/desk.svg', to: ['A', 'B, C'] });
    expect(read(BLOCK)).toEqual({ accent: '#1f3a5f', logo: 'images/desk.svg', to: ['A', 'B'] });
    expect(read(around(''))).toEqual({});
  });

  it('changes the bytes of one setting only', () => {
    expect(apply(FLOW, 'accent', '#aa0000')).toBe(FLOW.replace('#1f3a5f', '#aa0000'));
    expect(apply(BLOCK, 'accent', '#aa0000')).toBe(BLOCK.replace('#1f3a5f', '#aa0000'));
    expect(apply(FLOW, 'logo', 'a, b.svg')).toBe(FLOW.replace('images/desk.svg', '"a, b.svg"'));
  });

  it('adds a setting, with the map where there is none', () => {
    expect(apply(FLOW, 'cover', false)).toContain('"B, C"], cover: false } # ours\n');
    expect(apply(BLOCK, 'cover', false)).toContain('\n  logo: images/desk.svg\n  cover: false\nfit');
    expect(apply(around(''), 'accent', '#1f3a5f')).toContain('fit: 4 pages\nsettings: { accent: "#1f3a5f" }\n---');
    expect(apply(around('settings:\n'), 'accent', 'red')).toContain('T\nsettings: { accent: red }\nfit');
    expect(apply(around('settings: {}\n'), 'accent', 'red')).toContain('T\nsettings: { accent: red }\nfit');
  });

  it('takes a setting away, and the map with the last one', () => {
    expect(apply(FLOW, 'accent', null)).toContain('settings: { logo: images/desk.svg, to:');
    expect(apply(FLOW, 'to', null)).toContain('logo: images/desk.svg } # ours');
    expect(apply(BLOCK, 'to', null)).toContain('# blue\n  logo: images/desk.svg\nfit');
    expect(apply(around('settings: { accent: red }\n'), 'accent', null)).toBe(around(''));
  });
});
