import { undo } from '@codemirror/commands';
import { cleanup, fireEvent, screen, within } from '@testing-library/svelte';
import { afterEach, describe, expect, it } from 'vitest';
import { runCommand } from '../commands/registry';
import { FIXTURE } from '../testing/fixture';
import { openWindow, type } from '../testing/window';

afterEach(cleanup);

const TEXT = '---\ntitle: T\n---\n\nNato and nato, and nation.\n\nA third NATO.\n';

async function opened() {
  const { app, text } = await openWindow({ files: { ...FIXTURE, 'brief.md': TEXT } });
  const view = app.documents.front?.view;
  if (!view) throw new Error('no editor');
  return { app, view, text };
}
const field = (name: string): HTMLInputElement => screen.getByRole('textbox', { name });
const says = (): string | null | undefined => within(screen.getByRole('search', { name: 'Find in the text' })).getByRole('status').textContent;

describe('search within the text', () => {
  it('says how many places there are and which one is selected, and goes from one to the next', async () => {
    const { app, view } = await opened();
    runCommand(app, 'edit.find');
    await type(field('Text to find'), 'nato');
    expect(says()).toBe('3 places');
    await fireEvent.keyDown(field('Text to find'), { key: 'Enter' });
    expect(says()).toBe('1 of 3');
    await fireEvent.keyDown(field('Text to find'), { key: 'Enter', shiftKey: true });
    expect(says()).toBe('3 of 3');
    expect(view.state.sliceDoc(view.state.selection.main.from, view.state.selection.main.to)).toBe('NATO');
    await fireEvent.click(screen.getByRole('button', { name: 'Match capitals' }));
    expect(says()).toBe('1 place');
    await fireEvent.click(screen.getByRole('button', { name: 'Match capitals' }));
    await type(field('Text to find'), 'nat(o|ion');
    await fireEvent.click(screen.getByRole('button', { name: 'Regular expression' }));
    expect(says()).toBe('Not a regular expression');
    await type(field('Text to find'), 'nat(o|ion)');
    expect(says()).toBe('4 of 4');
    await type(field('Text to find'), 'Seoul');
    expect(says()).toBe('Not found');
  });

  it('replaces one place or all of them, each taken back by one undo', async () => {
    const { app, view, text } = await opened();
    runCommand(app, 'edit.replace');
    await type(field('Text to find'), 'nato');
    await type(field('Replace by'), 'the Alliance');
    await fireEvent.keyDown(field('Replace by'), { key: 'Enter' });
    await fireEvent.keyDown(field('Replace by'), { key: 'Enter' });
    expect(text()).toContain('the Alliance and nato,');
    await fireEvent.keyDown(field('Replace by'), { key: 'Enter', ctrlKey: true });
    expect(text()).toContain('the Alliance and the Alliance, and nation.\n\nA third the Alliance.');
    undo(view);
    expect(text()).toContain('the Alliance and nato,');
    undo(view);
    expect(text()).toBe(TEXT);
    await fireEvent.keyDown(field('Replace by'), { key: 'Escape' });
    expect(screen.queryByRole('search', { name: 'Find in the text' })).toBeNull();
  });

  it('lets a syllable that is composed be', async () => {
    const { app } = await opened();
    runCommand(app, 'edit.find');
    await type(field('Text to find'), '나');
    await fireEvent.keyDown(field('Text to find'), { key: 'Escape', isComposing: true });
    await fireEvent.keyDown(field('Text to find'), { key: 'Escape', keyCode: 229 });
    expect(field('Text to find').value).toBe('나');
  });
});

describe('several selections', () => {
  it('come one by one or all at once, and what is typed stands at each', async () => {
    const { app, view, text } = await opened();
    view.dispatch({ selection: { anchor: TEXT.indexOf('nato') + 1 } });
    runCommand(app, 'edit.selectNext');
    runCommand(app, 'edit.selectNext');
    expect(view.state.selection.ranges).toHaveLength(1);
    view.dispatch({ selection: { anchor: TEXT.indexOf('and') + 1 } });
    runCommand(app, 'edit.selectNext');
    runCommand(app, 'edit.selectNext');
    expect(view.state.selection.ranges).toHaveLength(2);
    view.dispatch(view.state.replaceSelection('or'));
    expect(text()).toContain('Nato or nato, or nation.');
    undo(view);
    expect(text()).toBe(TEXT);
    view.dispatch({ selection: { anchor: TEXT.indexOf('A third') + 1 } });
    runCommand(app, 'edit.selectEverywhere');
    expect(view.state.selection.ranges).toHaveLength(1);
  });
});
