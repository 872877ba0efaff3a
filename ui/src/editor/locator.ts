/** Asks at the cursor for the place in a work that is cited. */

import { type EditorState, type Extension, StateEffect, StateField } from '@codemirror/state';
import { type EditorView, showTooltip, type Tooltip, type TooltipView } from '@codemirror/view';
import Locator from '../components/editor/Locator.svelte';
import { citationAt, citationOf, itemAt, locatorChange } from './citation';
import { host } from './host';

interface Asked {
  /** Where the citation starts, and which of its sources is asked about. */
  from: number;
  item: number;
}

const askLocator = StateEffect.define<Asked | null>();

function citationFrom(state: EditorState, from: number): ReturnType<typeof citationAt> {
  const line = state.doc.lineAt(Math.min(from, state.doc.length));
  const found = citationAt(line.text, from - line.from + 1);
  return found && line.from + found.from === from ? { ...found, from, to: line.from + found.to } : null;
}

function field(view: EditorView, { from, item }: Asked): TooltipView {
  const dom = document.createElement('div');
  dom.className = 'pop locate';
  const found = citationFrom(view.state, from);
  const cited = citationOf(found?.text ?? '')[item];
  const around = view.state.facet(host);
  if (!cited || !around) return { dom };
  const name = around.evidence.source(cited.key)?.short ?? cited.key;
  const destroy = around.mount(Locator, dom, {
    name, locator: cited.locator,
    leave: (locator: string | null, way: 'on' | 'back' | 'away') => leave(view, locator, way),
  });
  return { dom, destroy };
}

const locatorField = StateField.define<{ asked: Asked; tooltip: Tooltip } | null>({
  create: () => null,
  update(value, transaction) {
    for (const effect of transaction.effects) {
      if (!effect.is(askLocator)) continue;
      const asked = effect.value;
      return asked && { asked, tooltip: { pos: asked.from, create: (view) => field(view, asked) } };
    }
    if (!value || !transaction.docChanged) return value;
    const from = transaction.changes.mapPos(value.asked.from, 1);
    if (!citationFrom(transaction.state, from)) return null;
    return { asked: { ...value.asked, from }, tooltip: { ...value.tooltip, pos: from } };
  },
  provide: (field) => showTooltip.from(field, (value) => value?.tooltip ?? null),
});

/** Closes the field with its locator, or with null without a change, and goes on behind the citation or back into it. */
function leave(view: EditorView, locator: string | null, way: 'on' | 'back' | 'away'): void {
  const asked = view.state.field(locatorField)?.asked;
  if (!asked) return;
  const found = citationFrom(view.state, asked.from);
  const change = found && locator !== null ? locatorChange(found.text, asked.item, locator) : null;
  const longer = change ? change.insert.length - (change.to - change.from) : 0;
  view.dispatch({
    changes: change && found ? { from: found.from + change.from, to: found.from + change.to, insert: change.insert } : undefined,
    selection: found && way === 'on' ? { anchor: found.to + longer } : undefined,
    effects: askLocator.of(null),
    userEvent: change ? 'input.locator' : undefined,
    scrollIntoView: way === 'on',
  });
  if (way !== 'away') view.focus();
}

/** Returns the citation at the cursor; a bare key that no source has is text. */
function citationHere(state: EditorState): ReturnType<typeof citationAt> {
  const { head } = state.selection.main;
  const line = state.doc.lineAt(head);
  const found = citationAt(line.text, head - line.from);
  if (!found || (!found.text.startsWith('[') && !state.facet(host)?.evidence.source(citationOf(found.text)[0]?.key ?? ''))) return null;
  return { ...found, from: line.from + found.from, to: line.from + found.to };
}

/** Returns whether there is a citation at the cursor. */
export function isAtCitation(state: EditorState): boolean {
  return citationHere(state) !== null;
}

/** Asks for the locator of the citation at the cursor: of its source there, or of the one named. */
export function openLocator(view: EditorView, item?: number): boolean {
  const { state } = view;
  const found = citationHere(state);
  if (!found || state.facet(host) === null) return false;
  const at = item ?? itemAt(found.text, state.selection.main.head - found.from);
  view.dispatch({ effects: askLocator.of({ from: found.from, item: at }) });
  return true;
}

/** The field that asks for a locator. */
export function locating(): Extension {
  return locatorField;
}
