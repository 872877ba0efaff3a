/** A snippet that was checked holds for another year. */

import { getLocalTimeZone, today } from '@internationalized/date';
import { undo } from '@codemirror/commands';
import { formatDate } from '../format/date';
import { act } from '../ipc';
import { m } from '../paraglide/messages.js';
import type { App } from './app.svelte';

/** For how long a check holds, in years. */
const HOLDS = 1;

/** Returns when something that is checked today is to be checked again. */
export function nextReview(): string {
  return today(getLocalTimeZone()).add({ years: HOLDS }).toString();
}

/** Says that a snippet was checked today; one step of undoing, in its text where that is open. */
export function checkedToday(app: App, id: string): Promise<boolean> {
  return app.try(async () => {
    const review = nextReview();
    const text = m.checked_until({ date: formatDate(review) });
    const file = app.evidence.card(id)?.file;
    const open = file === undefined ? undefined : app.documents.find(file);
    if (open) {
      open.setField('review', review);
      return app.say({ text, action: { label: m.notice_undo(), run: () => void undo(open.view) } });
    }
    await app.documents.settle();
    const reply = await act({ type: 'setFields', ids: [id], changes: [{ field: 'review', how: 'set', values: [review] }] });
    if (reply.type === 'edited') app.edited(reply.edit, text);
  });
}
