/** Several cursors and selections: the first is the system's own, which input methods know; the others are drawn. */

import { SearchQuery, selectNextOccurrence } from '@codemirror/search';
import { EditorSelection, EditorState, type Extension, type SelectionRange } from '@codemirror/state';
import { EditorView, layer, RectangleMarker, type ViewUpdate } from '@codemirror/view';
import { m } from '../paraglide/messages.js';

/** How many places are selected at once at most. */
const MOST = 1000;

const others = ({ selection }: EditorState): readonly SelectionRange[] => selection.ranges.filter((range) => range !== selection.main);

const changed = (update: ViewUpdate): boolean => update.docChanged || update.selectionSet || update.viewportChanged || update.geometryChanged;

const selections = layer({
  above: false,
  class: 'cm-others-layer',
  update: changed,
  markers: (view) => others(view.state).filter((range) => !range.empty).flatMap((range) => [...RectangleMarker.forRange(view, 'cm-other-selection', range)]),
});

const cursorLayer = layer({
  above: true,
  class: 'cm-others-layer',
  update: changed,
  markers: (view) => others(view.state).flatMap((range) => {
    const at = EditorSelection.cursor(range.head, range.empty || range.head > range.anchor ? -1 : 1);
    return [...RectangleMarker.forRange(view, 'cm-other-cursor', at)];
  }),
});

/** Runs what adds selections, and says how many there are. */
function adding(command: (view: EditorView) => boolean): (view: EditorView) => boolean {
  return (view) => {
    if (!command(view)) return false;
    const count = view.state.selection.ranges.length;
    if (count > 1) view.dispatch({ effects: EditorView.announce.of(m.count_selections({ count })) });
    return true;
  };
}

/** Selects the word at the cursor, then each next place that it stands at as well. */
export const selectNext = adding((view) => selectNextOccurrence(view));

/** Selects all places that the selected text stands at; of a cursor, those of its word. */
export const selectEverywhere = adding((view) => {
  const { state } = view;
  const { main } = state.selection;
  const wanted = main.empty ? state.wordAt(main.head) : main;
  if (!wanted) return false;
  const query = new SearchQuery({ search: state.sliceDoc(wanted.from, wanted.to), caseSensitive: true, literal: true, wholeWord: main.empty });
  const ranges: SelectionRange[] = [];
  const cursor = query.getCursor(state);
  for (let next = cursor.next(); !next.done && ranges.length < MOST; next = cursor.next()) ranges.push(EditorSelection.range(next.value.from, next.value.to));
  const own = ranges.findIndex((range) => range.from === wanted.from);
  if (own >= 0) view.dispatch({ selection: EditorSelection.create(ranges, own), userEvent: 'select' });
  return own >= 0;
});

/** Allows several selections, and shows them. */
export function cursors(): Extension {
  return [EditorState.allowMultipleSelections.of(true), selections, cursorLayer];
}
