import { currentCompletions, startCompletion } from '@codemirror/autocomplete';
import { undo } from '@codemirror/commands';
import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/svelte';
import { afterEach, describe, expect, it } from 'vitest';
import { runCommand } from '../commands/registry';
import { useTransport } from '../ipc';
import { folds } from '../state/folds.svelte';
import { DOCS } from '../testing/clipboard';
import { openWindow, press, type as typeInto } from '../testing/window';

afterEach(cleanup);

async function writing() {
  const { app, engine } = await openWindow();
  const view = app.documents.front?.view;
  if (!view) throw new Error('no briefing');
  // A window of an earlier test may have kept a snippet beside.
  if (app.documents.beside) app.navigation.close(app.documents.beside);
  view.focus();
  const text = () => view.state.doc.toString();
  /** Puts the cursor behind what is found. */
  const behind = (found: string) => view.dispatch({ selection: { anchor: text().indexOf(found) + found.length } });
  const select = (found: string) => view.dispatch({ selection: { anchor: text().indexOf(found), head: text().indexOf(found) + found.length } });
  const type = (typed: string) => {
    const { head } = view.state.selection.main;
    view.dispatch({ changes: { from: head, insert: typed }, selection: { anchor: head + typed.length }, userEvent: 'input.type' });
  };
  const choose = async (label: string) => {
    await waitFor(() => expect(currentCompletions(view.state).map((option) => option.label)).toContain(label));
    const option = currentCompletions(view.state).find((option) => option.label === label);
    const { head } = view.state.selection.main;
    const from = head - (/[^[\]@/ ]*$/.exec(view.state.sliceDoc(view.state.doc.lineAt(head).from, head))?.[0].length ?? 0);
    if (option && typeof option.apply === 'function') option.apply(view, option, label.includes('  ') ? from : view.state.doc.lineAt(head).from, head);
  };
  return { app, engine, view, text, behind, select, type, choose };
}

const locatorField = () => screen.findByRole('textbox', { name: 'Locator in Ballbach 2025' });

describe('citing', () => {
  it('asks for the locator behind a chosen source and writes it as one change', async () => {
    const { view, text, behind, type, choose } = await writing();
    behind('Two governments built this');
    type(' [@ball');
    startCompletion(view);
    await choose('Ballbach 2025  Ever-closer relations');
    const field = await locatorField();
    await waitFor(() => expect(document.activeElement).toBe(field));
    expect(text()).toContain('this [@ballbach-2025] [');
    await fireEvent.input(field, { target: { value: '4-6' } });
    await press('Enter');
    expect(text()).toContain('this [@ballbach-2025, pp. 4–6] [');
    expect(view.state.sliceDoc(0, view.state.selection.main.head).endsWith('pp. 4–6]')).toBe(true);
    expect(screen.queryByRole('textbox', { name: 'Locator in Ballbach 2025' })).toBeNull();
    undo(view);
    expect(text()).toContain('this [@ballbach-2025] [');
  });

  it('leaves the citation bare on Enter, and closes on Escape', async () => {
    const again = await writing();
    again.behind('[@ballbach-2025');
    runCommand(again.app, 'edit.locator');
    let field = await locatorField();
    expect((field as HTMLInputElement).value).toBe('4');
    await waitFor(() => expect(document.activeElement).toBe(field));
    await fireEvent.input(field, { target: { value: '9' } });
    await press('Escape');
    expect(again.text()).toContain('[@ballbach-2025, p. 4]');
    runCommand(again.app, 'edit.locator');
    field = await locatorField();
    await waitFor(() => expect(document.activeElement).toBe(field));
    await fireEvent.input(field, { target: { value: '' } });
    await press('Enter');
    expect(again.text()).toContain('areas [@ballbach-2025].');
  });

  it('asks for it also where the source is named in the sentence itself', async () => {
    const { app, text, behind, type, choose, view } = await writing();
    behind('Two governments built this');
    type(', as @ball');
    startCompletion(view);
    await choose('Ballbach 2025  Ever-closer relations');
    await fireEvent.input(await locatorField(), { target: { value: '4' } });
    await press('Enter');
    expect(text()).toContain('as @ballbach-2025 [p. 4] [@ballbach-2024]');
    behind('@ballbach-2025 [');
    runCommand(app, 'edit.locator');
    const field = await locatorField();
    expect((field as HTMLInputElement).value).toBe('4');
    await waitFor(() => expect(document.activeElement).toBe(field));
    await fireEvent.input(field, { target: { value: '' } });
    await press('Enter');
    expect(text()).toContain('as @ballbach-2025 [@ballbach-2024]');
  });

  it('edits the locator of a chip that is clicked, its kind by the arrow keys', async () => {
    const { text } = await writing();
    const chip = await waitFor(() => {
      const found = [...document.querySelectorAll<HTMLElement>('.cite')].find((chip) => chip.textContent?.includes('Ballbach 2025'));
      if (!found) throw new Error('no chip');
      return found;
    });
    await fireEvent.mouseDown(chip.querySelector('span') as HTMLElement, { button: 0 });
    const field = await locatorField();
    await waitFor(() => expect(document.activeElement).toBe(field));
    await press('ArrowDown');
    await press('ArrowDown');
    expect((screen.getByRole('combobox', { name: 'Kind of locator' }) as HTMLSelectElement).value).toBe('sec.');
    await press('Enter', { isComposing: true });
    expect(text()).toContain('[@ballbach-2025, p. 4]');
    await press('Enter');
    expect(text()).toContain('[@ballbach-2025, sec. 4]');
  });
});

describe('the menu behind a slash', () => {
  it('finds blocks and views by their names, and snippets after them', async () => {
    const { view, text, type, choose } = await writing();
    view.dispatch({ selection: { anchor: text().length } });
    type('\n/');
    startCompletion(view);
    await waitFor(() => expect(currentCompletions(view.state).length).toBeGreaterThan(10));
    const labels = currentCompletions(view.state).map((option) => option.label);
    expect(labels.indexOf('Areas of the ITPP')).toBeGreaterThan(labels.indexOf('Table'));
    type('areas');
    startCompletion(view);
    await waitFor(() => expect(currentCompletions(view.state).map((option) => option.label)).toEqual(['Areas of the ITPP']));
    await choose('Areas of the ITPP');
    expect(text().endsWith('\n\n![[itpp-areas]]\n')).toBe(true);
  });
});

describe('a slow engine', () => {
  it('is asked again for what was typed while it found nothing for what stood there before', async () => {
    const { engine, view, text, type } = await writing();
    view.dispatch({ selection: { anchor: text().length } });
    const answer: { nothing?: () => void } = {};
    useTransport({
      ...engine,
      query: async (query) => {
        if (query.type === 'complete' && query.text === 'areaz') await new Promise<void>((resolve) => (answer.nothing = resolve));
        return engine.query(query);
      },
    });
    type('\n/areaz');
    await waitFor(() => expect(answer.nothing).toBeDefined());
    // As an input method does: the letter becomes another one. What finds nothing at once is done with meanwhile.
    const end = text().length;
    view.dispatch({ changes: { from: end - 1, to: end, insert: 's' }, selection: { anchor: end }, userEvent: 'input.type' });
    await new Promise((resolve) => setTimeout(resolve, 300));
    answer.nothing?.();
    await waitFor(() => expect(currentCompletions(view.state).map((option) => option.label)).toEqual(['Areas of the ITPP']));
  });
});

describe('a snippet of selected text', () => {
  it('asks for kind, title and source, leaves the embed, and one undo brings the text back', async () => {
    const { app, engine, view, text, select } = await writing();
    const before = text();
    select('Two governments built this [@ballbach-2024].');
    runCommand(app, 'snippet.ofSelection');
    const dialog = await screen.findByRole('dialog', { name: 'Snippet of the selected text' });
    const title = within(dialog).getByLabelText('Title') as HTMLInputElement;
    await fireEvent.click(within(dialog).getByText('Add a source…'));
    await fireEvent.input(await within(dialog).findByRole('textbox', { name: /BibTeX/ }), { target: { value: '@book{new-2026,\n  title = {New},\n}' } });
    await fireEvent.submit(dialog.querySelector('.source-panel form') as HTMLFormElement);
    await waitFor(() => expect((within(dialog).getByRole('combobox', { name: 'Source' }) as HTMLInputElement).value).toContain('New'));
    expect(title.value).toBe('Two governments built this');
    await fireEvent.click(within(dialog).getByLabelText('Assessment'));
    await typeInto(within(dialog).getByRole('combobox', { name: 'Source' }), 'ballbach');
    await fireEvent.pointerDown(await within(dialog).findByRole('option', { name: /Ballbach 2025/ }));
    await fireEvent.input(within(dialog).getByLabelText('Locator'), { target: { value: '7' } });
    await fireEvent.submit(document.querySelector('#new-snippet') as HTMLFormElement);
    await waitFor(() => expect(engine.actions.find((action) => action.type === 'newSnippet')).toMatchObject({
      kind: 'assessment', title: 'Two governments built this', source: 'ballbach-2025, p. 7', body: 'Two governments built this [@ballbach-2024].',
    }));
    await waitFor(() => expect(text()).toContain('# What both kept\n\n![[two-governments-built-this]]\n'));
    await waitFor(() => expect(app.documents.beside?.file).toBe('snippets/two-governments-built-this.md'));
    undo(view);
    expect(text()).toBe(before);
  });

  it('leaves the embed in the pane beside where the text was selected there', async () => {
    const { app, text } = await writing();
    const front = text();
    await app.navigation.openSnippet('itpp-2023');
    const beside = app.documents.beside?.view;
    if (!beside) throw new Error('nothing beside');
    const before = beside.state.doc.toString();
    const at = before.indexOf('the programme of 2012');
    beside.dispatch({ selection: { anchor: at, head: at + 'the programme of 2012'.length } });
    await waitFor(() => expect(beside.dom.isConnected).toBe(true));
    beside.focus();
    runCommand(app, 'snippet.ofSelection');
    await screen.findByRole('dialog');
    await fireEvent.submit(document.querySelector('#new-snippet') as HTMLFormElement);
    await waitFor(() => expect(beside.state.doc.toString()).toContain('replaced ![[the-programme-of-2012]].'));
    expect(text()).toBe(front);
    expect(app.documents.beside?.file).toBe('snippets/itpp-2023.md');
    expect(app.notices.current?.text).toContain('the programme of 2012');
    undo(beside);
    expect(beside.state.doc.toString()).toBe(before);
  });
});

describe('pasting', () => {
  const holding = (html: string, plain = '') => ({ getData: (type: string) => (type === 'text/html' ? html : plain), files: [], types: ['text/html', 'text/plain'], items: [] });

  it('puts Markdown in with empty lines around its blocks, as one change', async () => {
    const { view, text, behind } = await writing();
    const before = text();
    behind('Two governments built this');
    await fireEvent.paste(view.contentDOM, { clipboardData: holding(DOCS) });
    expect(text()).toContain('built this\n\n## What both kept\n\nTwo governments **built *this***');
    expect(text()).toContain('| 2023 | ITPP |\n\n [@ballbach-2024].');
    undo(view);
    expect(text()).toBe(before);
  });

  it('leaves text without a format to the editor', async () => {
    const { view, text, behind } = await writing();
    behind('Two governments built this');
    await fireEvent.paste(view.contentDOM, { clipboardData: holding('<span style="color:red">and *that*</span>', 'and *that*') });
    expect(text()).toContain('built thisand *that* [');
  });
});

describe('folding', () => {
  it('folds all slips of the text to a line each, and opens them again', async () => {
    const { app } = await writing();
    folds.clear();
    runCommand(app, 'view.foldSlips');
    expect([...folds]).toEqual(['brief.md#itpp-2023']);
    await waitFor(() => expect(screen.getByRole('button', { name: 'Unfold' })).toBeTruthy());
    runCommand(app, 'view.foldSlips');
    expect([...folds]).toEqual([]);
  });
});
