import { describe, expect, it } from 'vitest';
import { citationOf } from './citation';
import { htmlToMarkdown } from './html/markdown';
import { queryLines, withoutLine } from './query-lines';

describe('citationOf', () => {
  it('reads prefixes, keys and locators as Pandoc does', () => {
    expect(citationOf('[see @a-2025, pp. 3–4; @b]')).toEqual([
      { prefix: 'see', key: 'a-2025', locator: 'pp. 3–4' },
      { prefix: '', key: 'b', locator: '' },
    ]);
    expect(citationOf('[-@a]')).toEqual([{ prefix: '', key: 'a', locator: '' }]);
  });
});

describe('queryLines', () => {
  const body = 'topics: [frameworks, itpp]\nkind:\n  - event\n  - deal\ntitle: "A title"';
  it('shows each entry of the query', () => {
    expect(queryLines(body).map(({ name, value }) => [name, value])).toEqual([
      ['topics', 'frameworks, itpp'], ['kind', 'event, deal'], ['title', 'A title'],
    ]);
  });
  it('takes an entry away whole', () => {
    const gone = withoutLine(body, 'kind');
    expect(gone && body.slice(0, gone.from) + body.slice(gone.to)).toBe('topics: [frameworks, itpp]\ntitle: "A title"');
  });
});

describe('htmlToMarkdown', () => {
  it('keeps headings, emphasis, links, lists and tables', () => {
    expect(htmlToMarkdown('<h2>Head</h2><p>A <b>bold</b> <a href="https://example.org/a(b)">link</a>.</p>')).toBe(
      '## Head\n\nA **bold** [link](https://example.org/a%28b%29).');
    expect(htmlToMarkdown('<ul><li>one<ol><li>in</li></ol></li><li>two</li></ul>')).toBe('- one\n  1. in\n- two');
    expect(htmlToMarkdown('<table><tr><th>a</th><th>b|c</th></tr><tr><td>1</td></tr></table>')).toBe('| a | b\\|c |\n| --- | --- |\n| 1 |  |');
  });
  it('drops scripts and escapes what would be markup', () => {
    expect(htmlToMarkdown('<p>2 * 3 [x]</p><script>alert(1)</script>')).toBe('2 \\* 3 \\[x\\]');
    expect(htmlToMarkdown('<a href="javascript:alert(1)">x</a>')).toBe('x');
  });
});
