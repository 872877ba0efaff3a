import { describe, expect, it } from 'vitest';
import { DOCS, WORD, WORD_IN_WEBKIT } from '../../testing/clipboard';
import { htmlToBlocks, htmlToMarkdown } from './markdown';

describe('text of Word', () => {
  it('becomes headings, lists, a table and a footnote', () => {
    expect(htmlToMarkdown(WORD)).toBe(`# Where things stand

**Seoul and Brussels** signed the *Individually Tailored* Partnership Programme[^1] in 2023; see [the text](https://www.nato.int/docs_%28new%29).

- Cyber
  1. CCDCOE
  2. Locked ~~Shields~~
- Arms control

| Deal | Value\\|EUR bn |
| --- | ---: |
| K2 tanks (first lot) | 3.4 |
| K9 | 2.6 |

[^1]: NATO press release, 11 July 2023.`);
  });

  it('becomes the same where WebKit took its own styles away', () => {
    expect(htmlToMarkdown(WORD_IN_WEBKIT)).toBe(`# Where things stand

**Seoul and Brussels** signed the *Individually Tailored* Partnership Programme[^1] in 2023; see [the text](https://www.nato.int/docs_%28new%29).

- Cyber
  1. CCDCOE
  2. Locked ~~Shields~~
- Arms control

[^1]: NATO press release, 11 July 2023.`);
    expect(htmlToMarkdown('<p class="MsoListParagraph">No mark, no item.</p><h2>3. Plain number</h2>')).toBe('No mark, no item.\n\n## 3. Plain number');
  });

  it('gives a footnote a label that the text does not have', () => {
    const text = htmlToBlocks(WORD, new Set(['1', '2'])).map((block) => block.text).join('\n');
    expect(text).toContain('Programme[^3] in');
    expect(text).toContain('[^3]: NATO');
  });

  it('reads the mark of an item where it stands in the text, and numbers that do not start at one', () => {
    const item = (text: string) => `<p class="MsoListParagraph" style="mso-list:l1 level1 lfo2">${text}</p>`;
    expect(htmlToMarkdown(item('4.&nbsp;&nbsp; four') + item('5.&nbsp; five'))).toBe('4. four\n5. five');
    expect(htmlToMarkdown(item('<span>·</span>&nbsp;&nbsp; point') + '<p>after</p>')).toBe('- point\n\nafter');
  });

  it('leaves out comments and what a tracked change deleted', () => {
    expect(htmlToMarkdown('<p>Kept <del cite="mailto:x" datetime="2025-01-01">gone</del><a class=MsoCommentReference href="#_msocom_1">[A1]</a>text</p>'))
      .toBe('Kept text');
  });
});

describe('text of Google Docs', () => {
  it('is bold where its letters are, with lists, links and a table', () => {
    expect(htmlToMarkdown(DOCS)).toBe(`## What both kept

Two governments **built *this***, 2019–2024; [source](https://example.org/a).

- one
  - within
- ~~two~~

| Year | Step |
| --- | --- |
| 2023 | ITPP |`);
  });
});

describe('text of a website', () => {
  it('takes footnotes that link back', () => {
    expect(htmlToMarkdown(`<p>So<sup id="cite_ref-1" class="reference"><a href="#cite_note-1"><span>[</span>1<span>]</span></a></sup> it is.</p>
      <ol><li id="cite_note-1"><a href="#cite_ref-1">^</a> <i>Report</i>, p. 4</li></ol>`)).toBe('So[^1] it is.\n\n[^1]: *Report*, p. 4');
  });

  it('keeps what Markdown would read as markup as it was written', () => {
    expect(htmlToMarkdown('<p>2023. 5. 3 @NATO, snake_case, ~5 to ~6, mail a@b.org</p><p># 1 of 2</p>'))
      .toBe('2023\\. 5. 3 \\@NATO, snake_case, \\~5 to \\~6, mail a@b.org\n\n\\# 1 of 2');
  });

  it('reads breaks, addresses, quotations, code, tasks and cells that span', () => {
    expect(htmlToMarkdown('<div>one<br>two<br><br>three<br></div>')).toBe('one\\\ntwo\n\nthree');
    expect(htmlToMarkdown('<p><a href="https://example.org/">https://example.org/</a></p>')).toBe('<https://example.org/>');
    expect(htmlToMarkdown('<blockquote><p>a</p><p>b</p></blockquote><pre>x\n  y</pre>')).toBe('> a\n>\n> b\n\n```\nx\n  y\n```');
    expect(htmlToMarkdown('<ol start="3"><li><p>a</p><p>b</p></li><li>c</li></ol>')).toBe('3. a\n\n   b\n4. c');
    expect(htmlToMarkdown('<table><tr><th colspan="2">ab</th></tr><tr><th>r</th><td>1<br>2</td></tr></table>'))
      .toBe('| ab |  |\n| --- | --- |\n| **r** | 1 2 |');
  });
});
