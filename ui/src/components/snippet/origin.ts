import type { CopyChanges } from '../../bindings/CopyChanges';
import type { SnippetCard } from '../../bindings/SnippetCard';
import { bodyOf } from '../../editor/compare';
import { ask } from '../../ipc';

/** Returns what a copy's origin says anew; null where the origin is gone. */
export async function originChanges(copy: SnippetCard): Promise<CopyChanges | null> {
  return (await ask({ type: 'copyChanges', id: copy.id }, 'copyChanges')).changes;
}

/** Returns the bodies of a copy and of its origin; null where the origin is gone. */
export async function originTexts(copy: SnippetCard): Promise<{ copy: string; origin: string } | null> {
  if (copy.copyOf === null) return null;
  const { cards } = await ask({ type: 'cards', ids: [copy.copyOf] }, 'cards');
  const origin = cards[0];
  if (!origin) return null;
  const [own, other] = await Promise.all([copy.file, origin.file].map((file) => ask({ type: 'text', file }, 'text')));
  return { copy: bodyOf(own?.text ?? ''), origin: bodyOf(other?.text ?? '') };
}
