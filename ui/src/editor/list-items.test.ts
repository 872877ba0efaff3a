import { history, undo } from '@codemirror/commands';
import { EditorState } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import { describe, expect, it } from 'vitest';
import { blocks } from './blocks-field';
import { chancerySyntax } from './syntax';
import { moveBlock } from './top-blocks';

/** Moves what stands at `|`, up and down by one sign each, and returns the text with the cursor in it. */
function moved(text: string, steps: string): string {
  const at = text.indexOf('|');
  const state = EditorState.create({ doc: text.replace('|', ''), selection: { anchor: at }, extensions: [chancerySyntax(), blocks(), history()] });
  const view = new EditorView({ state });
  for (const step of steps) moveBlock(view, step === '+' ? 1 : -1);
  const { head } = view.state.selection.main;
  const after = view.state.doc.toString();
  for (let step = 0; step < steps.length; step += 1) undo(view);
  expect(view.state.doc.toString()).toBe(text.replace('|', ''));
  return `${after.slice(0, head)}|${after.slice(head)}`;
}

describe('an item of a list', () => {
  it('changes places with its neighbours, with all that is below it', () => {
    expect(moved('- a\n- b|b\n  more\n  - b1\n- c\n', '-')).toBe('- b|b\n  more\n  - b1\n- a\n- c\n');
    expect(moved('- a\n- b|b\n  more\n  - b1\n- c\n', '+')).toBe('- a\n- c\n- b|b\n  more\n  - b1\n');
    expect(moved('- a\n- b|\n', '-+')).toBe('- a\n- b|\n');
    expect(moved('- a\n\n- |b\n\n\n- c\n', '+')).toBe('- a\n\n- c\n\n\n- |b\n');
    expect(moved('> - a\n> - b|\n', '-')).toBe('> - b|\n> - a\n');
  });

  it('stays at the edge of its list, and the list with it', () => {
    expect(moved('One\n\n- a|\n- b\n\nTwo\n', '-')).toBe('One\n\n- a|\n- b\n\nTwo\n');
    expect(moved('One\n\n- a\n- b|\n\nTwo\n', '+')).toBe('One\n\n- a\n- b|\n\nTwo\n');
    expect(moved('One\n\n- a|\n\nTwo\n', '-')).toBe('- a|\n\nOne\n\nTwo\n');
  });

  it('leaves the numbers in order, and further lines in step with them', () => {
    expect(moved('1. a\n2. b|\n', '-')).toBe('1. b|\n2. a\n');
    expect(moved('9. a|\n   more\n10. b\n    less\n', '+')).toBe('9. b\n   less\n10. a|\n    more\n');
  });

  it('goes on below the next item where it was the last below its own', () => {
    expect(moved('- A\n  - x\n  - y|\n- B\n  - z\n', '+')).toBe('- A\n  - x\n- B\n  - y|\n  - z\n');
    expect(moved('- A\n  - x|\n- B\n', '+')).toBe('- A\n- B\n  - x|\n');
    expect(moved('- A\n  - x\n- B\n  - y|\n  - z\n', '-')).toBe('- A\n  - x\n  - y|\n- B\n  - z\n');
    expect(moved('- A\n- B\n  - y|\n', '-')).toBe('- A\n  - y|\n- B\n');
    expect(moved('- A\n  - x|\n', '-')).toBe('- A\n  - x|\n');
    expect(moved('1. A\n   - x|\n2. B\n', '+')).toBe('1. A\n2. B\n   - x|\n');
  });

  it('moves as a block of the text where more than it is selected', () => {
    const state = EditorState.create({ doc: 'One\n\n- a\n- b\n', selection: { anchor: 5, head: 12 }, extensions: [chancerySyntax(), blocks()] });
    const view = new EditorView({ state });
    moveBlock(view, -1);
    expect(view.state.doc.toString()).toBe('- a\n- b\n\nOne\n');
  });
});
