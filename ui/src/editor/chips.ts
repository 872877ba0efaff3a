/** Shows values, references and citations in a line as chips that say what they refer to. */

import { syntaxTree } from '@codemirror/language';
import type { SyntaxNode } from '@lezer/common';
import { type EditorState, type Extension, type Range, RangeSet, StateEffect } from '@codemirror/state';
import { Decoration, type DecorationSet, EditorView, ViewPlugin, type ViewUpdate, WidgetType } from '@codemirror/view';
import { keyLabel } from '../commands/keys';
import { m } from '../paraglide/messages.js';
import { language } from '../state/language.svelte';
import { type EmbedCall, isPicture, parseCall } from './blocks';
import { blockField, CARDS_UP_TO } from './blocks-field';
import { citationOf } from './citation';
import { type EditorHost, host } from './host';
import { openLocator } from './locator';

/** Says that cards or sources arrived, or the language changed. */
export const refresh = StateEffect.define<null>();

interface Look {
  className: string;
  parts: { text: string; faint?: boolean; item?: number }[];
  /** Whether it is a citation, whose locators can be edited. */
  cites?: boolean;
  label: string;
  snippet?: string;
  /** The sources cited, where they link to something that a click with the key opens; none of the others. */
  linked?: ({ key: string; locator: string } | null)[];
}

class Chip extends WidgetType {
  constructor(readonly look: Look) {
    super();
  }

  override eq(other: Chip): boolean {
    return JSON.stringify(other.look) === JSON.stringify(this.look);
  }

  override toDOM(view: EditorView): HTMLElement {
    const chip = document.createElement('span');
    chip.className = this.look.className;
    chip.title = this.look.label;
    for (const part of this.look.parts) {
      const element = document.createElement(part.faint ? 'b' : 'span');
      element.textContent = part.text;
      if (part.item !== undefined) element.dataset['item'] = String(part.item);
      chip.append(element);
    }
    chip.addEventListener('mousedown', (event) => {
      event.preventDefault();
      const { snippet: id, linked = [] } = this.look;
      const follow = event.ctrlKey || event.metaKey;
      const item = (event.target as Element).closest<HTMLElement>('[data-item]')?.dataset['item'];
      const source = linked[Number(item ?? 0)] ?? linked.find((source) => source !== null);
      if (id !== undefined && follow) view.state.facet(host)?.openSnippet(id);
      else if (source && follow) view.state.facet(host)?.openSource(source.key, source.locator);
      else {
        view.dispatch({ selection: { anchor: view.posAtDOM(chip) + 1 } });
        view.focus();
        if (this.look.cites && event.button === 0) openLocator(view, Number(item ?? 0));
      }
    });
    return chip;
  }

  override ignoreEvent(): boolean {
    return true;
  }
}

function embedLook(around: EditorHost, call: EmbedCall): Look {
  const card = around.evidence.card(call.target);
  if (card === null) {
    return { className: 'cite bad', parts: [{ text: call.target }], label: m.chip_no_snippet({ id: call.target }) };
  }
  const stale = (card?.overdue ?? null) !== null ? ' stale' : '';
  const label = card ? `${card.title} (${call.target})` : call.target;
  if (call.field !== null) {
    const text = (call.unit && call.field === 'value' ? card?.value : card?.texts[call.field]) ?? `${call.target} · ${call.field}`;
    return { className: `chip${stale}`, parts: [{ text }], label: `${label}, ${call.field}`, snippet: call.target };
  }
  const text = call.variant === 'title' ? card?.title : call.variant === 'full' ? card?.excerpt : (card?.short ?? card?.title);
  return { className: `chip long${stale}`, parts: [{ text: text ?? call.target }], label, snippet: call.target };
}

function referenceLook(around: EditorHost, call: EmbedCall): Look {
  const card = around.evidence.card(call.target);
  const text = call.variant ?? card?.title ?? call.target;
  const className = card === null ? 'cite bad' : 'ref';
  const label = card === null ? m.chip_no_snippet({ id: call.target }) : (card?.title ?? call.target);
  return { className, parts: [{ text }], label, snippet: call.target };
}

function citationLook(around: EditorHost, source: string): Look {
  const items = citationOf(source);
  const found = items.map((item) => around.evidence.source(item.key));
  const bad = items.filter((_, index) => found[index] === null).map((item) => item.key);
  const parts = items.flatMap((item, index) => [
    ...(index > 0 ? [{ text: '; ', faint: true }] : []),
    ...(item.prefix ? [{ text: `${item.prefix} `, faint: true }] : []),
    { text: found[index]?.short ?? item.key, item: index },
    ...(item.locator ? [{ text: `, ${item.locator}`, faint: true, item: index }] : []),
  ]);
  const label = bad.length > 0 ? m.chip_no_source({ key: bad.join(', ') }) : found.map((card) => card?.reference ?? '').join('\n');
  const linked = items.map(({ key, locator }, index) => ((found[index]?.document ?? found[index]?.url ?? null) !== null ? { key, locator } : null));
  const className = bad.length > 0 ? 'cite bad' : 'cite';
  if (!linked.some((source) => source !== null)) return { className, parts, label };
  return { className, parts, label: `${label}\n${m.chip_opens({ key: keyLabel('Mod') })}`, linked };
}

function look(around: EditorHost, name: string, text: string): Look | null {
  if (name === 'Embed') {
    const call = parseCall(text.slice(3, -2));
    return isPicture(call) ? null : embedLook(around, call);
  }
  if (name === 'Reference') return referenceLook(around, parseCall(text.slice(2, -2)));
  if (name === 'Citation') return { ...citationLook(around, text), cites: true };
  if (name === 'BareCitation') return around.evidence.source(citationOf(text)[0]?.key ?? '') ? { ...citationLook(around, text), cites: true } : null;
  return null;
}

function touched(state: EditorState, from: number, to: number): boolean {
  return state.selection.ranges.some((range) => range.from < to && range.to > from);
}

class Chips {
  decorations: DecorationSet = Decoration.none;
  atomic: DecorationSet = Decoration.none;
  #locale = language.current;

  constructor(view: EditorView) {
    this.#build(view);
  }

  update(update: ViewUpdate): void {
    const told = update.transactions.some((transaction) => transaction.effects.some((effect) => effect.is(refresh)));
    const parsed = syntaxTree(update.startState) !== syntaxTree(update.state);
    const moved = update.docChanged || update.selectionSet || update.viewportChanged || update.focusChanged;
    const switched = update.startState.field(blockField).source !== update.state.field(blockField).source;
    if (told || parsed || moved || switched || this.#locale !== language.current) this.#build(update.view);
  }

  #build(view: EditorView): void {
    this.#locale = language.current;
    const around = view.state.facet(host);
    const field = view.state.field(blockField);
    if (!around || field.source || view.state.doc.length > CARDS_UP_TO) {
      this.decorations = this.atomic = Decoration.none;
      return;
    }
    const chips: Range<Decoration>[] = [];
    const marks: Range<Decoration>[] = [];
    for (const { from, to } of view.visibleRanges) {
      syntaxTree(view.state).iterate({
        from,
        to,
        enter: (node) => {
          if (node.name === 'HeaderMark' && node.from === view.state.doc.lineAt(node.from).from) {
            const end = Math.min(node.to + 1, view.state.doc.lineAt(node.from).to);
            marks.push(Decoration.mark({ class: 'cm-hang' }).range(node.from, Math.max(end, node.to)));
          }
          marks.push(...lineMarks(view.state, node.node));
          if (touched(view.state, node.from, node.to)) return;
          if (hidden(view.state, node.node)) chips.push(nothing.range(node.from, node.to));
          if (node.name === 'Embed' && field.blocks.some((block) => block.type === 'embed' && block.from <= node.from && node.to <= block.to)) return;
          const looks = look(around, node.name, view.state.sliceDoc(node.from, node.to));
          if (looks) chips.push(Decoration.replace({ widget: new Chip(looks) }).range(node.from, node.to));
        },
      });
      marks.push(...blankLines(view.state, from, to));
    }
    this.atomic = Decoration.set(chips, true);
    this.decorations = RangeSet.join([this.atomic, Decoration.set(marks, true)]);
  }
}

const nothing = Decoration.replace({});
const HIDING: Record<string, string[]> = {
  EmphasisMark: ['Emphasis', 'StrongEmphasis'], StrikethroughMark: ['Strikethrough'], CodeMark: ['InlineCode'], LinkMark: ['Link'], URL: ['Link'],
};

/** Returns whether a mark only says how its parent looks, and the cursor is elsewhere. */
function hidden(state: EditorState, node: SyntaxNode): boolean {
  const { parent } = node;
  if (!parent || node.from === node.to || !HIDING[node.name]?.includes(parent.name)) return false;
  if (parent.name === 'Link' && !parent.getChild('URL')) return false;
  return !state.selection.ranges.some((range) => range.from <= parent.to && range.to >= parent.from);
}

/** Returns how the lines of a list or quotation are set. */
function lineMarks(state: EditorState, node: SyntaxNode): Range<Decoration>[] {
  if (node.name === 'ListMark') {
    const line = state.doc.lineAt(node.from);
    if (/\S/.test(state.sliceDoc(line.from, node.from))) return [];
    const depth = 1 + Math.floor((node.from - line.from) / 2);
    const end = Math.min(node.to + 1, line.to);
    return [
      Decoration.line({ class: 'cm-list-line', attributes: { style: `--list-depth: ${depth}` } }).range(line.from),
      Decoration.mark({ class: 'cm-bullet' }).range(node.from, Math.max(end, node.to)),
    ];
  }
  if (node.name === 'QuoteMark') return [Decoration.line({ class: 'cm-quote-line' }).range(state.doc.lineAt(node.from).from)];
  return [];
}

const blank = Decoration.line({ class: 'cm-blank' });

function blankLines(state: EditorState, from: number, to: number): Range<Decoration>[] {
  const found: Range<Decoration>[] = [];
  for (let at = from; at <= to; ) {
    const line = state.doc.lineAt(at);
    if (line.length === 0) found.push(blank.range(line.from));
    at = line.to + 1;
  }
  return found;
}

/** Chips in the lines in sight, kept up to date with the app's cards. */
export function chips(): Extension {
  return [
    ViewPlugin.fromClass(Chips, { decorations: (plugin) => plugin.decorations }),
    ViewPlugin.define((view) => {
      const stop = view.state.facet(host)?.evidence.onArrival(() => view.dispatch({ effects: refresh.of(null) }));
      return { destroy: () => stop?.() };
    }),
  ];
}
