import composed from '../../messages/engine/ko/composed.json';
import compose from '../../messages/engine/ko/compose.json';
import engine from '../../messages/engine/ko/engine.json';
import libraries from '../../messages/engine/ko/libraries.json';
import markup from '../../messages/engine/ko/markup.json';
import model from '../../messages/engine/ko/model.json';
import shell from '../../messages/engine/ko/shell.json';
import system from '../../messages/engine/ko/system.json';
import template from '../../messages/engine/ko/template.json';
import typeset from '../../messages/engine/ko/typeset.json';
import typst from '../../messages/engine/ko/typst.json';
import workspace from '../../messages/engine/ko/workspace.json';
import { getLocale, type Locale } from '../paraglide/runtime.js';
import { Phrasebook } from './phrasebook';
import { sentence } from './names';

/** What the engine says in Korean, by where it is said; the engine itself speaks English. */
export const KOREAN = { compose, engine, markup, model, shell, template, typeset, workspace, composed, system, libraries, typst };

const phrasebooks: Partial<Record<Locale, Phrasebook>> = { ko: new Phrasebook(Object.assign({}, ...Object.values(KOREAN))) };

/**
 * Returns what the engine says in the language of the interface, which it follows wherever it is shown; in English where
 * the phrasebook has no such sentence, as with what Typst's compiler seldom says.
 */
export function said(message: string): string {
  return phrasebooks[getLocale()]?.tell(message) ?? message;
}

/** Returns what the engine says as a sentence, with a capital at its start. */
export function saidSentence(message: string): string {
  return sentence(said(message));
}
