import { markdown, markdownLanguage } from '@codemirror/lang-markdown';
import { history, undo } from '@codemirror/commands';
import { EditorState } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import { describe, expect, it } from 'vitest';
import { blocks } from './blocks-field';
import { goCell } from './table';
import { moveBlock, moveTo, topBlocks } from './top-blocks';

const extensions = [markdown({ base: markdownLanguage }), blocks(), history()];
const state = (doc: string) => EditorState.create({ doc, extensions });

function moved(doc: string, at: number, target: number): string | null {
  const before = state(doc);
  const move = moveTo(before, topBlocks(before), at, target);
  if (!move) return null;
  const after = before.update({ changes: move.changes }).state.doc;
  const { from, to } = topBlocks(before)[at] ?? { from: 0, to: 0 };
  expect(after.sliceString(move.from, move.from + to - from)).toBe(before.sliceDoc(from, to));
  return after.toString();
}

describe('blocks of a text', () => {
  it('are paragraphs, lists, fences, and directives with all that they hold', () => {
    const doc = '---\ntitle: T\n---\n\nOne\nmore\n\n::: key-points\n1. a\n2. b\n:::\n\n- x\n- y\n\n```{deals}\nids: [a]\n```\n';
    const before = state(doc);
    expect(topBlocks(before).map(({ from, to }) => before.sliceDoc(from, to))).toEqual([
      'One\nmore', '::: key-points\n1. a\n2. b\n:::', '- x\n- y', '```{deals}\nids: [a]\n```',
    ]);
  });

  it('move with the empty lines between them left as they are', () => {
    expect(moved('One\n\nTwo\n\n\nThree\n', 0, 2)).toBe('Two\n\nOne\n\n\nThree\n');
    expect(moved('One\n\nTwo\n\n\nThree\n', 2, 0)).toBe('Three\n\n\nOne\n\nTwo\n');
    expect(moved('One\n\nTwo\n\n\nThree', 0, 3)).toBe('Two\n\n\nThree\n\nOne');
    expect(moved('One\n\nTwo\n', 0, 1)).toBeNull();
    expect(moved('One\n\nTwo\n', 0, 0)).toBeNull();
  });

  it('do not run into one another where no empty line was', () => {
    expect(moved('# H\ntext\n\nlast\n', 2, 1)).toBe('# H\n\nlast\n\ntext\n');
    expect(moved('# H\ntext\n\nlast\n', 1, 0)).toBe('text\n\n# H\n\nlast\n');
  });

  it('stop at the edges, and leave lines between blocks to the editor', () => {
    const view = new EditorView({ state: state('One\n\nTwo\n') });
    expect(moveBlock(view, -1)).toBe(true);
    expect(view.state.doc.toString()).toBe('One\n\nTwo\n');
    view.dispatch({ selection: { anchor: 2 } });
    moveBlock(view, 1);
    expect([view.state.doc.toString(), view.state.selection.main.head]).toEqual(['Two\n\nOne\n', 7]);
    undo(view);
    expect(view.state.doc.toString()).toBe('One\n\nTwo\n');
    view.dispatch({ selection: { anchor: 4 } });
    expect(moveBlock(view, 1)).toBe(false);
  });
});

describe('Tab in a table', () => {
  it('goes from cell to cell and adds a row behind the last', () => {
    const view = new EditorView({ state: state('| a | b |\n| --- | --- |\n| c |  |\n\nText\n') });
    view.dispatch({ selection: { anchor: 3 } });
    const chosen = () => view.state.sliceDoc(view.state.selection.main.from, view.state.selection.main.to);
    expect([goCell(view, 1), chosen()]).toEqual([true, 'b']);
    expect([goCell(view, 1), chosen()]).toEqual([true, 'c']);
    expect([goCell(view, -1), chosen()]).toEqual([true, 'b']);
    goCell(view, 1);
    goCell(view, 1);
    goCell(view, 1);
    expect(view.state.doc.toString()).toBe('| a | b |\n| --- | --- |\n| c |  |\n|  |  |\n\nText\n');
    view.dispatch({ selection: { anchor: view.state.doc.length } });
    expect(goCell(view, 1)).toBe(false);
  });
});
