/** What a field suggests, and how it shows what is chosen. */

import { ask, pictureUrl } from '../../ipc';
import type { App } from '../../state/app.svelte';
import { choiceLabel, describe } from './labels';
import { matching, type Option } from './match';
import type { FieldSpec } from './schema';

const plain = (value: string): Option => ({ value, label: value });

function languageName(app: App, tag: string): string {
  try {
    return new Intl.DisplayNames([app.preferences.locale], { type: 'language' }).of(tag) ?? tag;
  } catch {
    return tag;
  }
}

async function valuesOf(app: App, spec: FieldSpec): Promise<Option[]> {
  const values = await app.forms.known();
  switch (spec.values) {
    case 'areas': case 'programmes': return values[spec.values].map(({ id, title }) =>
      ({ value: id, label: title, detail: id, icon: spec.values === 'areas' ? 'area' : 'programme' }));
    case 'languages': return values.languages.map((tag) => ({ value: tag, label: languageName(app, tag), detail: tag }));
    case 'topics': case 'actors': case 'images': case 'roles': case 'series': case 'dimensions': case 'sides': return values[spec.values].map(plain);
    case null: return spec.choices.map((choice) => ({ value: choice, label: choiceLabel(spec.name, choice) }));
  }
}

async function snippets(app: App, text: string): Promise<Option[]> {
  const { cards } = await ask({ type: 'complete', what: 'snippet', text, limit: 20 }, 'cards');
  app.evidence.learn(cards);
  return cards.map((card) => ({ value: card.id, label: card.title, detail: card.id, icon: card.kind }));
}

/** Returns what finds a field's suggestions. */
export function finder(app: App, spec: FieldSpec): (text: string) => Option[] | Promise<Option[]> {
  if (spec.form === 'template') {
    return async (text) => matching((await app.forms.templates()).map((card) =>
      ({ value: `${card.name}@${card.version}`, label: `${card.name} ${card.version}`, detail: describe(card) })), text);
  }
  if (spec.values === null && (spec.form === 'snippet' || spec.form === 'snippets')) return (text) => snippets(app, text);
  if (spec.form === 'image') return async (text) => matching((await app.forms.known()).images.map((value) => ({ ...plain(value), picture: pictureUrl(value) })), text);
  return async (text) => matching(await valuesOf(app, spec), text);
}

/** Returns a value as the form shows it while nobody edits it. */
export function shownAs(app: App, spec: FieldSpec, value: string): string {
  if (value === '') return '';
  if (spec.form === 'template') return value.replace('@', ' ');
  if (spec.values === 'languages') return languageName(app, value);
  if (spec.values === 'areas' || spec.values === 'programmes') return app.forms.titleOf(value);
  if (spec.form === 'snippet' || spec.form === 'snippets') return app.evidence.card(value)?.title ?? value;
  return spec.choices.length > 0 ? choiceLabel(spec.name, value) : value;
}

/** Returns whether a snippet has an id, as far as is known. */
export function isKnownSnippet(app: App, id: string): boolean {
  return app.evidence.card(id) !== null;
}
