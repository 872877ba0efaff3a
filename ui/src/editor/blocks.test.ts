import { Text } from '@codemirror/state';
import { describe, expect, it } from 'vitest';
import { findBlocks, parseCall } from './blocks';

const blocks = (text: string) => findBlocks(Text.of(text.split('\n')));
const types = (text: string) => blocks(text).map((block) => block.type);

describe('findBlocks', () => {
  it('finds front matter only at the start', () => {
    expect(types('---\ntitle: x\n---\n\ntext')).toEqual(['front']);
    expect(types('text\n\n---\ntitle: x\n---')).toEqual([]);
  });

  it('takes a picture of the workspace that is alone in its paragraph for a block', () => {
    expect(blocks('![A \\[map\\]](images/a%20b.png "Title"){width=50%}')[0]).toMatchObject({ type: 'picture', file: 'images/a b.png', alt: 'A [map]' });
    expect(blocks('![[images/desk.svg|The desk]]')[0]).toMatchObject({ type: 'picture', file: 'images/desk.svg', alt: 'The desk' });
    expect(types('![x](<images/a b.png>)')).toEqual(['picture']);
    expect(types('![x](https://example.org/a.png)')).toEqual([]);
    expect(types('text\n![x](images/a.png)')).toEqual([]);
    expect(types('See ![x](images/a.png).')).toEqual([]);
  });

  it('takes an embed for a block only where it is alone in its paragraph', () => {
    expect(types('![[a]]')).toEqual(['embed']);
    expect(types('text\n![[a]]')).toEqual([]);
    expect(types('![[a]]\ntext')).toEqual([]);
    expect(types('![[a]]\n![[b]]')).toEqual([]);
    expect(types('# Heading\n![[a]]')).toEqual(['heading', 'embed']);
    expect(types('![[a]] and text')).toEqual([]);
    expect(types('![[a#value]]')).toEqual([]);
  });

  it('tells views from other fences, and looks into neither', () => {
    const [view] = blocks('```{timeline}\ntopics: [a]\nfrom: 2005\n```');
    expect(view).toMatchObject({ type: 'view', name: 'timeline', body: 'topics: [a]\nfrom: 2005', bodyFrom: 14 });
    expect(types('```\n![[a]]\n# no heading\n```\n\n![[b]]')).toEqual(['fence', 'embed']);
    expect(types('```{timeline}\nnever closed')).toEqual([]);
  });

  it('gives offsets in the text', () => {
    const text = '# Über\n\n![[a|short]]\n';
    const [heading, embed] = blocks(text);
    expect(heading && text.slice(heading.from, heading.to)).toBe('# Über');
    expect(embed && text.slice(embed.from, embed.to)).toBe('![[a|short]]');
  });
});

describe('parseCall', () => {
  it('reads variants, fields and units', () => {
    expect(parseCall('a')).toEqual({ target: 'a', field: null, unit: false, variant: null });
    expect(parseCall('a|short')).toMatchObject({ target: 'a', variant: 'short' });
    expect(parseCall('a\\|short')).toMatchObject({ target: 'a', variant: 'short' });
    expect(parseCall('a#value+unit')).toMatchObject({ target: 'a', field: 'value', unit: true });
  });
});
