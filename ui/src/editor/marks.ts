/** Problems as underlines in the text. */

import { type Extension, StateEffect, StateField } from '@codemirror/state';
import { Decoration, type DecorationSet, EditorView } from '@codemirror/view';
import type { Severity } from '../bindings/Severity';

/** A problem's stretch of text. */
export interface Mark {
  from: number;
  to: number;
  severity: Severity;
  message: string;
}

/** Replaces all marks. */
export const setMarks = StateEffect.define<Mark[]>();

const field = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(value, transaction) {
    let marks = value.map(transaction.changes);
    for (const effect of transaction.effects) {
      if (!effect.is(setMarks)) continue;
      const ranges = effect.value
        .filter((mark) => mark.to > mark.from && mark.to <= transaction.newDoc.length)
        .map((mark) => Decoration.mark({ class: `cm-problem is-${mark.severity}`, attributes: { title: mark.message } })
          .range(mark.from, mark.to));
      marks = Decoration.set(ranges, true);
    }
    return marks;
  },
  provide: (field) => EditorView.decorations.from(field),
});

export function marks(): Extension {
  return field;
}
