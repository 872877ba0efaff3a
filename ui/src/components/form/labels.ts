/** Names of fields and choices in the language of the interface. */

import type { Kind } from '../../bindings/Kind';
import type { TemplateCard } from '../../bindings/TemplateCard';
import { ALL_KINDS, kindName } from '../../format/names';
import { m } from '../../paraglide/messages.js';
import { language } from '../../state/language.svelte';

const messages = m as unknown as Record<string, (() => string) | undefined>;
const key = (name: string): string => name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '_');

/** Returns a field's label; its own name where the interface has none. */
export function fieldLabel(name: string): string {
  return messages[`field_${key(name)}`]?.() ?? name;
}

/** Returns what a pack says of itself, in the language of the interface where it has that. */
export function describe(pack: TemplateCard): string {
  return pack.descriptions[language.current] ?? pack.description;
}

/** Returns the name of one of a field's choices. */
export function choiceLabel(field: string, choice: string): string {
  if (field === 'kind' && ALL_KINDS.includes(choice as Kind)) return kindName(choice as Kind);
  return messages[`choice_${key(choice)}`]?.() ?? choice;
}
