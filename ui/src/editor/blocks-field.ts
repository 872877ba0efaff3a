/** Shows blocks as what they are: front matter as title and properties, embeds as slips, pictures, views as frames. */

import { type EditorState, type Extension, type Range, StateEffect, StateField } from '@codemirror/state';
import { Decoration, type DecorationSet, EditorView } from '@codemirror/view';
import { type Block, findBlocks } from './blocks';
import { host } from './host';
import { FrontWidget, PictureWidget, SlipWidget, ViewWidget } from './widgets';

/** Texts longer than this are shown as their source: nobody reads cards in ten megabytes. */
export const CARDS_UP_TO = 1_000_000;

/** Switches between cards and the source as it is. */
export const showSource = StateEffect.define<boolean>();
/** Shows front matter as text, or as properties again. */
export const showFront = StateEffect.define<boolean>();

interface Shown {
  blocks: Block[];
  source: boolean;
  front: boolean;
  decorations: DecorationSet;
}

function touches(state: EditorState, from: number, to: number): boolean {
  return state.selection.ranges.some((range) => range.from <= to && range.to >= from);
}

function lines(state: EditorState, from: number, to: number, cls: string): Range<Decoration>[] {
  const marks: Range<Decoration>[] = [];
  for (let at = from; at <= to; ) {
    const line = state.doc.lineAt(at);
    marks.push(Decoration.line({ class: line.to >= to ? `${cls} is-last` : cls }).range(line.from));
    at = line.to + 1;
  }
  return marks;
}

function decorate(state: EditorState, blocks: Block[], front: boolean): DecorationSet {
  const marks: Range<Decoration>[] = [];
  for (const block of blocks) {
    const { from, to } = block;
    switch (block.type) {
      case 'front':
        if (front) marks.push(...lines(state, from, to, 'cm-front-line'));
        marks.push(
          front
            ? Decoration.widget({ widget: new FrontWidget(), block: true, side: -1 }).range(from)
            : Decoration.replace({ widget: new FrontWidget(), block: true }).range(from, to),
        );
        break;
      case 'embed': case 'picture': {
        const open = touches(state, from, to);
        const widget = block.type === 'embed' ? new SlipWidget(block.call, open) : new PictureWidget(block.file, block.alt, open);
        if (open) {
          marks.push(Decoration.line({ class: 'cm-source-line' }).range(from));
          marks.push(Decoration.widget({ widget, block: true, side: 1 }).range(to));
        } else marks.push(Decoration.replace({ widget, block: true }).range(from, to));
        break;
      }
      case 'view': {
        const open = touches(state, from, to);
        const widget = new ViewWidget(block.name, block.body, open);
        if (open) {
          marks.push(Decoration.widget({ widget, block: true, side: -1 }).range(from));
          marks.push(...lines(state, from, to, 'cm-view-line'));
        } else marks.push(Decoration.replace({ widget, block: true }).range(from, to));
        break;
      }
      case 'fence':
        marks.push(...lines(state, from, to, 'cm-fence-line'));
        break;
      case 'directive':
        marks.push(Decoration.line({ class: 'cm-directive-line' }).range(from));
        break;
      case 'heading':
        marks.push(Decoration.line({ class: `cm-heading-line cm-heading-${Math.min(block.level, 3)}` }).range(from));
        break;
    }
  }
  return Decoration.set(marks, true);
}

function shown(state: EditorState, blocks: Block[], source: boolean, front: boolean): Shown {
  const plain = source || state.doc.length > CARDS_UP_TO || state.facet(host) === null;
  return { blocks, source, front, decorations: plain ? Decoration.none : decorate(state, blocks, front) };
}

/** The blocks of the text and how they are shown. */
export const blockField = StateField.define<Shown>({
  create: (state) => shown(state, state.doc.length > CARDS_UP_TO ? [] : findBlocks(state.doc), false, false),
  update(value, transaction) {
    let { blocks, source, front } = value;
    if (transaction.docChanged) blocks = transaction.newDoc.length > CARDS_UP_TO ? [] : findBlocks(transaction.newDoc);
    for (const effect of transaction.effects) {
      if (effect.is(showSource)) source = effect.value;
      if (effect.is(showFront)) front = effect.value;
    }
    const same = !transaction.docChanged && !transaction.selection && source === value.source && front === value.front;
    return same ? value : shown(transaction.state, blocks, source, front);
  },
  provide: (field) => [
    EditorView.decorations.from(field, (value) => value.decorations),
    EditorView.editorAttributes.from(field, (value) => ({ class: value.source ? 'is-source' : 'is-cards' })),
  ],
});

/** Keeps the cursor out of folded front matter. */
const outOfFront = EditorView.atomicRanges.of((view) => {
  const { blocks, front, source } = view.state.field(blockField);
  const block = blocks[0];
  if (front || source || block?.type !== 'front') return Decoration.none;
  return Decoration.set(Decoration.mark({}).range(block.from, Math.max(block.to, block.from + 1)));
});

export function blocks(): Extension {
  return [blockField, outOfFront];
}
