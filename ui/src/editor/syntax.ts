/** Chancery's own Markdown: embeds, references, citations and block directives, as Lezer nodes. */

import { markdown, markdownLanguage } from '@codemirror/lang-markdown';
import { HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import type { Extension } from '@codemirror/state';
import { Tag, tags as t } from '@lezer/highlight';
import type { InlineContext, MarkdownConfig } from '@lezer/markdown';
import { bareLength } from './citation';

const embedTag = Tag.define(t.link);
const citationTag = Tag.define(t.link);
const directiveTag = Tag.define(t.meta);

const BRACKET = 91;
const BANG = 33;
const AT = 64;

function close(cx: InlineContext, from: number, mark: string): number {
  const rest = cx.slice(from, Math.min(cx.end, from + 600));
  const at = rest.indexOf(mark);
  const inner = at < 0 ? '' : rest.slice(0, at);
  return at < 0 || inner.includes('\n') || inner.includes('[') ? -1 : from + at + mark.length;
}

function embed(cx: InlineContext, next: number, pos: number): number {
  if (next !== BANG || cx.char(pos + 1) !== BRACKET || cx.char(pos + 2) !== BRACKET) return -1;
  const end = close(cx, pos + 3, ']]');
  return end < 0 ? -1 : cx.addElement(cx.elt('Embed', pos, end));
}

function reference(cx: InlineContext, next: number, pos: number): number {
  if (next !== BRACKET || cx.char(pos + 1) !== BRACKET) return -1;
  const end = close(cx, pos + 2, ']]');
  return end < 0 ? -1 : cx.addElement(cx.elt('Reference', pos, end));
}

const CITATION = /^\[(?:[^[\]\n]*?[\s;(])??-?@[\p{L}\p{N}_][^[\]\n]*\](?![([])/u;

function citation(cx: InlineContext, next: number, pos: number): number {
  if (next !== BRACKET) return -1;
  const found = CITATION.exec(cx.slice(pos, Math.min(cx.end, pos + 600)));
  return found ? cx.addElement(cx.elt('Citation', pos, pos + found[0].length)) : -1;
}

function bareCitation(cx: InlineContext, next: number, pos: number): number {
  if (next !== AT || (pos > cx.offset && /[\p{L}\p{N}_@.]/u.test(cx.slice(pos - 1, pos)))) return -1;
  const length = bareLength(cx.slice(pos, Math.min(cx.end, pos + 300)));
  return length > 0 ? cx.addElement(cx.elt('BareCitation', pos, pos + length)) : -1;
}

const chanceryMarkdown: MarkdownConfig = {
  defineNodes: [
    { name: 'Embed', style: embedTag },
    { name: 'Reference', style: embedTag },
    { name: 'Citation', style: citationTag },
    { name: 'BareCitation', style: citationTag },
  ],
  parseInline: [
    { name: 'Embed', parse: embed, before: 'Link' },
    { name: 'Reference', parse: reference, before: 'Link' },
    { name: 'Citation', parse: citation, before: 'Link' },
    { name: 'BareCitation', parse: bareCitation, before: 'Link' },
  ],
};

const style = HighlightStyle.define([
  { tag: t.heading1, class: 'tok-h1' },
  { tag: t.heading2, class: 'tok-h2' },
  { tag: [t.heading3, t.heading4, t.heading5, t.heading6], class: 'tok-h3' },
  { tag: t.strong, class: 'tok-strong' },
  { tag: t.emphasis, class: 'tok-emphasis' },
  { tag: t.strikethrough, class: 'tok-strike' },
  { tag: t.monospace, class: 'tok-code' },
  { tag: t.quote, class: 'tok-quote' },
  { tag: t.url, class: 'tok-url' },
  { tag: [t.processingInstruction, t.contentSeparator], class: 'tok-mark' },
  { tag: [embedTag, citationTag], class: 'tok-ref' },
  { tag: [directiveTag, t.comment, t.labelName], class: 'tok-mark' },
]);

/** Markdown as analysts write it, with its colours. */
export function chancerySyntax(): Extension {
  return [
    markdown({ base: markdownLanguage, extensions: [chanceryMarkdown], addKeymap: true, completeHTMLTags: false }),
    syntaxHighlighting(style),
  ];
}
