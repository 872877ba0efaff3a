/** Search within a text: what is looked for, how many places there are, and the panel over the text that asks. */

import {
  closeSearchPanel, findNext, findPrevious, getSearchQuery, openSearchPanel, replaceAll, replaceNext, search, searchKeymap, SearchQuery, selectMatches,
  setSearchQuery,
} from '@codemirror/search';
import { type Extension, StateEffect } from '@codemirror/state';
import { type EditorView, keymap, type Panel, runScopeHandlers, type ViewUpdate } from '@codemirror/view';
import FindPanel from '../components/editor/FindPanel.svelte';
import { composing } from '../commands/keys';
import { host } from './host';

/** How many places are counted; more than that is "many". */
const COUNTED = 1000;
const showReplace = StateEffect.define<null>();

/** What the panel looks for, as its fields show it. */
export class Find {
  text = $state('');
  with = $state('');
  case = $state(false);
  words = $state(false);
  regex = $state(false);
  replacing = $state(false);
  /** How many places there are, and which of them is selected, from 1. */
  count = $state(0);
  at = $state(0);
  readonly many = $derived(this.count > COUNTED);
  /** Whether what is looked for is a regular expression that is none. */
  readonly wrong = $derived(this.regex && this.text !== '' && !this.#query.valid);
  #view: EditorView;
  #places: number[] = [];

  constructor(view: EditorView) {
    this.#view = view;
    this.#take(getSearchQuery(view.state));
    this.#recount();
  }

  get #query(): SearchQuery {
    return new SearchQuery({ search: this.text, replace: this.with, caseSensitive: this.case, wholeWord: this.words, regexp: this.regex, literal: !this.regex });
  }

  /** Looks for something else, or in another way. */
  look(change: Partial<Pick<Find, 'text' | 'with' | 'case' | 'words' | 'regex'>>): void {
    Object.assign(this, change);
    this.#view.dispatch({ effects: setSearchQuery.of(this.#query) });
  }

  /** Goes to the next place (1) or to the one before (-1). */
  go(by: 1 | -1): void {
    if (this.text !== '') (by > 0 ? findNext : findPrevious)(this.#view);
  }

  /** Selects all places, and goes to the text with them. */
  selectAll(): void {
    if (selectMatches(this.#view)) this.#view.focus();
  }

  /** Replaces the place that is selected and goes on, or all of them; one step of undoing. */
  replace(all: boolean): void {
    (all ? replaceAll : replaceNext)(this.#view);
  }

  close(): void {
    closeSearchPanel(this.#view);
    this.#view.focus();
  }

  /** Follows the text and what is looked for in it. */
  update(update: ViewUpdate): void {
    const effects = update.transactions.flatMap((transaction) => transaction.effects);
    if (effects.some((effect) => effect.is(showReplace))) this.replacing = true;
    const asked = effects.some((effect) => effect.is(setSearchQuery));
    if (asked) this.#take(getSearchQuery(update.state));
    if (asked || update.docChanged) this.#recount();
    else if (update.selectionSet) this.#place();
  }

  #take(query: SearchQuery): void {
    [this.text, this.with, this.case, this.words, this.regex] = [query.search, query.replace, query.caseSensitive, query.wholeWord, query.regexp];
  }

  #recount(): void {
    const { state } = this.#view;
    const query = getSearchQuery(state);
    this.#places = [];
    if (query.valid) {
      const cursor = query.getCursor(state);
      for (let next = cursor.next(); !next.done && this.#places.length <= COUNTED; next = cursor.next()) this.#places.push(next.value.from);
    }
    this.count = this.#places.length;
    this.#place();
  }

  #place(): void {
    const { main } = this.#view.state.selection;
    this.at = main.empty ? 0 : this.#places.indexOf(main.from) + 1;
  }
}

function panel(view: EditorView): Panel {
  const dom = document.createElement('div');
  dom.className = 'find-in-text';
  dom.addEventListener('keydown', (event) => {
    if (!composing(event) && runScopeHandlers(view, event, 'search-panel')) event.preventDefault();
  });
  const find = new Find(view);
  const destroy = view.state.facet(host)?.mount(FindPanel, dom, { find });
  return {
    dom, top: true, destroy,
    mount: () => dom.querySelector<HTMLInputElement>('[main-field]')?.select(),
    update: (update) => find.update(update),
  };
}

/** Opens the panel, with the field for what replaces. */
export function openReplace(view: EditorView): void {
  openSearchPanel(view);
  view.dispatch({ effects: showReplace.of(null) });
}

const KEYS = ['F3', 'Mod-g', 'Escape'];

/** Search within the text. */
export function finding(): Extension {
  return [
    search({ top: true, createPanel: panel, literal: true }),
    keymap.of(searchKeymap.filter(({ key }) => key !== undefined && KEYS.includes(key))),
  ];
}
