/** Completion behind `![[`, `[[`, `[@`, `@`, a fence's `{` and `/`, by the engine's ranking. */

import {
  acceptCompletion, autocompletion, type Completion, type CompletionContext, type CompletionResult, type CompletionSource, startCompletion,
} from '@codemirror/autocomplete';
import { type Extension, Prec } from '@codemirror/state';
import { type EditorView, keymap } from '@codemirror/view';
import type { SnippetCard } from '../bindings/SnippetCard';
import type { SourceCard } from '../bindings/SourceCard';
import { shortDate } from '../format/date';
import { kindName, viewName, withoutLocator } from '../format/names';
import { ask } from '../ipc';
import { m } from '../paraglide/messages.js';
import { composingList, onceListed } from './composing-list';
import { insertBlock } from './gestures';
import { host } from './host';
import { openLocator } from './locator';
import { slashOptions } from './slash';

const LIMIT = 12;
const SLASH_LIMIT = 8;

interface Shown extends Completion {
  /** The kind or the sort of entry, for its icon. */
  icon: string;
  meta: string;
}

/** Replaces `from..to` and what closes the call already, and puts the cursor behind `insert` less `back`. */
function put(view: EditorView, from: number, to: number, insert: string, close: string, then?: (view: EditorView) => unknown): void {
  const after = view.state.sliceDoc(to, to + close.length);
  const end = after === close ? to + close.length : to;
  view.dispatch({
    changes: { from, to: end, insert: insert + close },
    selection: { anchor: from + insert.length + (then ? 0 : close.length) },
    userEvent: 'input.complete',
    scrollIntoView: true,
  });
  then?.(view);
}

function snippetOption(card: SnippetCard): Shown {
  const meta = [shortDate(card), withoutLocator(card.sources[0]) || kindName(card.kind)].filter(Boolean).join(' · ');
  return {
    label: card.title, icon: card.kind, meta,
    apply: (view, _completion, from, to) => put(view, from, to, card.id, ']]'),
  };
}

async function variants(context: CompletionContext, found: { from: number; text: string }): Promise<CompletionResult | null> {
  const call = /^!?\[\[([^#|]+)([#|])(.*)$/.exec(found.text);
  if (!call) return null;
  const [, id = '', mark = '', typed = ''] = call;
  const from = context.pos - typed.length;
  if (mark === '|') {
    const names = [['short', m.variant_short()], ['full', m.variant_full()], ['title', m.variant_title()]];
    return { from, options: names.map(([value = '', name = '']) => ({ label: value, detail: name, apply: closing(value) })) };
  }
  const { cards } = await ask({ type: 'cards', ids: [id.trim()] }, 'cards');
  const fields = cards[0]?.fields ?? [];
  const options = fields.flatMap((field) => [
    { label: field, apply: closing(field) },
    ...(field === 'value' ? [{ label: 'value+unit', apply: closing('value+unit') }] : []),
  ]);
  return { from, options };
}

function closing(insert: string): Completion['apply'] {
  return (view, _completion, from, to) => put(view, from, to, insert, ']]');
}

async function snippets(context: CompletionContext): Promise<CompletionResult | null> {
  const found = context.matchBefore(/!?\[\[[^[\]\n]*$/);
  if (!found) return null;
  if (/[#|]/.test(found.text)) return variants(context, found);
  const start = found.text.indexOf('[[') + 2;
  const text = found.text.slice(start);
  const { cards } = await ask({ type: 'complete', what: 'snippet', text, limit: LIMIT }, 'cards');
  context.state.facet(host)?.evidence.learn(cards);
  const options = cards.map(snippetOption);
  return { from: found.from + start, options, filter: false, getMatch: matcher(text) };
}

function sourceOption(source: SourceCard): Shown {
  return {
    label: `${source.short}  ${source.title}`, icon: 'source', meta: source.key,
    apply(view, _completion, from, to) {
      // Within a citation that is closed already, the key alone goes in.
      const closed = /^[^[\]\n]*\]/.test(view.state.sliceDoc(to, view.state.doc.lineAt(to).to));
      put(view, from, to, source.key, closed ? '' : ']', openLocator);
    },
  };
}

/** A source named in the sentence itself, as in `@key says`. */
function bareOption(source: SourceCard): Shown {
  return { ...sourceOption(source), apply: (view, _completion, from, to) => put(view, from, to, source.key, '', openLocator) };
}

async function sources(context: CompletionContext): Promise<CompletionResult | null> {
  const found = context.matchBefore(/\[[^[\]\n]*@[^\s,;\][]*$/);
  const bare = found ? null : context.matchBefore(/(?<![^\s(“‘"'])@[\p{L}\p{N}_][^\s,;\][]*$/u);
  const at = found ?? bare;
  if (!at) return null;
  const text = at.text.slice(at.text.lastIndexOf('@') + 1);
  const { sources } = await ask({ type: 'complete', what: 'source', text, limit: LIMIT }, 'sources');
  if (bare && sources.length === 0) return null;
  const options = sources.map(found ? sourceOption : bareOption);
  return { from: context.pos - text.length, options, filter: false, getMatch: matcher(text) };
}

async function views(context: CompletionContext): Promise<CompletionResult | null> {
  const found = context.matchBefore(/^`{3,}\{[a-z-]*$/);
  if (!found) return null;
  const brace = found.text.indexOf('{');
  const text = found.text.slice(brace + 1);
  const { views } = await ask({ type: 'complete', what: 'view', text, limit: 20 }, 'views');
  const fence = found.text.slice(0, brace);
  const options = views.map((view): Shown => ({
    label: view.name, detail: viewName(view.name), icon: `view-${view.name}`, meta: '',
    apply: (editor, _completion, from, to) => {
      const starter = view.starter.replace(/\n$/, '');
      const end = editor.state.sliceDoc(to, to + 1) === '}' ? to + 1 : to;
      const insert = `${view.name}}\n${starter}\n${fence}\n`;
      const anchor = from + view.name.length + 2 + starter.length;
      editor.dispatch({ changes: { from, to: end, insert }, selection: { anchor }, userEvent: 'input.complete' });
    },
  }));
  return { from: found.from + brace + 1, options, filter: false };
}

async function slash(context: CompletionContext): Promise<CompletionResult | null> {
  const found = context.matchBefore(/^\/(?:[\p{L}\p{N}_.-][\p{L}\p{N}_. -]{0,60})?$/u);
  const around = context.state.facet(host);
  if (!found || !around) return null;
  const text = found.text.slice(1);
  const { cards } = await ask({ type: 'complete', what: 'snippet', text, limit: SLASH_LIMIT }, 'cards');
  around.evidence.learn(cards);
  const options = [...slashOptions(around, text), ...cards.map((card): Shown => ({ ...snippetOption(card), apply: asBlock(card.id) }))];
  // What leads nowhere was a slash and no more.
  return options.length === 0 ? null : { from: found.from, options, filter: false, getMatch: matcher(text) };
}

function asBlock(id: string): Completion['apply'] {
  return (view, _completion, from, to) => view.dispatch(insertBlock(view.state, from, `![[${id}]]`, to));
}

/** Marks where the label has what was typed. */
function matcher(typed: string): (completion: Completion) => readonly number[] {
  const words = typed.toLowerCase().split(/[\s-]+/).filter((word) => word !== '');
  return (completion) => {
    const label = completion.label.toLowerCase();
    const ranges = words.map((word) => [label.indexOf(word), word.length] as const).filter(([at]) => at >= 0);
    return ranges.sort((a, b) => a[0] - b[0]).reduce<number[]>((list, [at, length]) => {
      if (at >= (list.at(-1) ?? 0)) list.push(at, at + length);
      return list;
    }, []);
  };
}

/** Takes the entry and goes on to its variant. */
function acceptWithVariant(view: EditorView): boolean {
  const before = view.state.sliceDoc(Math.max(0, view.state.selection.main.head - 200), view.state.selection.main.head);
  if (!acceptCompletion(view)) return false;
  const head = view.state.selection.main.head;
  if (!/!\[\[[^[\]\n#|]*$/.test(before) || view.state.sliceDoc(head - 2, head) !== ']]') return true;
  view.dispatch({ changes: { from: head - 2, insert: '|' }, selection: { anchor: head - 1 }, userEvent: 'input' });
  startCompletion(view);
  return true;
}

function meta(completion: Completion): Node | null {
  const text = (completion as Partial<Shown>).meta;
  if (!text) return null;
  const element = document.createElement('span');
  element.className = 'cm-option-meta';
  element.textContent = text;
  return element;
}

const SVG = 'http://www.w3.org/2000/svg';

function icon(completion: Completion): Node {
  const element = document.createElement('span');
  element.className = 'cm-option-icon';
  const name = (completion as Partial<Shown>).icon;
  if (name === undefined) return element;
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('class', 'k');
  svg.setAttribute('aria-hidden', 'true');
  const use = document.createElementNS(SVG, 'use');
  use.setAttribute('href', `#icon-${name}`);
  svg.append(use);
  element.append(svg);
  return element;
}

/** Answers with an empty list instead of none: a source that answered none while somebody typed on is not asked again (autocomplete 6.20). */
function asked(source: CompletionSource): CompletionSource {
  return async (context) => (await source(context)) ?? { from: context.pos, options: [] };
}

export function completion(): Extension {
  return [
    composingList(),
    Prec.highest(keymap.of([{ key: 'Tab', run: onceListed(acceptWithVariant) }])),
    autocompletion({
      override: [snippets, sources, views, slash].map(asked),
      icons: false,
      activateOnTyping: true,
      activateOnTypingDelay: 40,
      maxRenderedOptions: 40,
      addToOptions: [
        { render: icon, position: 10 },
        { render: meta, position: 90 },
      ],
      tooltipClass: () => 'pop complete',
    }),
  ];
}
