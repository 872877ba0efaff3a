import { describe, expect, it } from 'vitest';
import { type FieldValue, quote, readFrontMatter, setField, unquote } from './frontmatter';

const TEXT = `---
title: "Priority: areas"   # as agreed
author: [Asia desk, "Smith, Adam"]
topics:
  - frameworks
  - itpp
settings: { accent: "#1f3a5f" }
desk-ref: AD-2025-014
---
Text.
`;

const apply = (text: string, name: string, value: FieldValue) => {
  const change = setField(text, name, value);
  return change ? text.slice(0, change.from) + change.insert + text.slice(change.to) : text;
};

describe('readFrontMatter', () => {
  it('reads scalars, flow lists and block lists', () => {
    const fields = new Map(readFrontMatter(TEXT)?.fields.map((field) => [field.name, field]));
    expect(fields.get('title')?.value).toBe('Priority: areas');
    expect(fields.get('author')?.list).toEqual(['Asia desk', 'Smith, Adam']);
    expect(fields.get('topics')?.list).toEqual(['frameworks', 'itpp']);
    expect(fields.get('settings')?.value).toBe('{ accent: "#1f3a5f" }');
  });

  it('says nothing where there is none', () => {
    expect(readFrontMatter('text\n---\n')).toBeNull();
    expect(readFrontMatter('---\ntitle: never closed\n')).toBeNull();
  });
});

describe('setField', () => {
  it('changes the bytes of its field only', () => {
    const changed = apply(TEXT, 'desk-ref', 'AD-2025-015');
    expect(changed).toBe(TEXT.replace('AD-2025-014', 'AD-2025-015'));
  });

  it('replaces a list, adds a field, and takes one away', () => {
    expect(apply(TEXT, 'author', ['cyber'])).toContain('\nauthor: [cyber]\ntopics');
    expect(apply(TEXT, 'fit', '4 pages')).toContain('desk-ref: AD-2025-014\nfit: 4 pages\n---\n');
    expect(apply(TEXT, 'settings', null)).not.toContain('accent');
  });

  it('keeps the comment behind a value and the way a list is written', () => {
    expect(apply(TEXT, 'title', 'Areas')).toContain('title: Areas   # as agreed\n');
    expect(apply(TEXT, 'topics', ['frameworks', 'cyber, space'])).toContain('\ntopics:\n  - frameworks\n  - "cyber, space"\nsettings');
    expect(apply(TEXT, 'topics', [])).toContain('\ntopics: []\nsettings');
    expect(apply(TEXT.replace('desk-ref: AD-2025-014', 'x: [a] # why'), 'x', ['b'])).toContain('x: [b] # why\n');
  });

  it('keeps the lines of entries that stay in a list', () => {
    const text = '---\nactors:\n- ROK   # ours\n- \'NATO\'\n- ROK\n---\n';
    expect(apply(text, 'actors', ['NATO', 'ROK', '일본'])).toBe("---\nactors:\n- 'NATO'\n- ROK   # ours\n- 일본\n---\n");
  });

  it('writes yes and no as they were written before', () => {
    expect(apply(TEXT, 'approx', true)).toContain('\napprox: true\n---');
    expect(apply(TEXT.replace('desk-ref: AD-2025-014', 'approx: yes'), 'approx', false)).toContain('\napprox: no\n---');
  });

  it('writes what reads back as it was given', () => {
    for (const value of ['plain', 'with: colon', '- dash', '#hash', '', 'yes', '007', "it's", '"quoted"', 'tail ', '한국: 나토', '[x]']) {
      expect(unquote(quote(value)), value).toBe(value);
      const changed = apply(TEXT, 'title', value);
      expect(readFrontMatter(changed)?.fields[0]?.value, value).toBe(value);
    }
  });
});
