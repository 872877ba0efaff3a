import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/svelte';
import { tick } from 'svelte';
import { afterEach, describe, expect, it } from 'vitest';
import { openWindow, press } from '../../testing/window';

afterEach(cleanup);

async function searching(text: string) {
  const { app, engine } = await openWindow();
  await press('F', { ctrlKey: true, shiftKey: true });
  const field = await screen.findByRole('combobox', { name: 'Text to find' });
  await waitFor(() => expect(document.activeElement).toBe(field));
  await fireEvent.input(field, { target: { value: text } });
  const pane = screen.getByRole('search', { name: 'Search in all' });
  return { app, engine, field, pane };
}

describe('search in all', () => {
  it('finds a text in briefings and snippets, by file, and goes there by keyboard', async () => {
    const { app, pane, field } = await searching('programme');
    await waitFor(() => expect(within(pane).getByRole('status').textContent).toContain('in 3 files'));
    expect(within(pane).getByRole('group', { name: 'Priority areas' })).toBeTruthy();
    expect(within(pane).getAllByRole('option')[0]?.querySelector('mark')?.textContent?.toLowerCase()).toBe('programme');
    await fireEvent.keyDown(field, { key: 'ArrowDown' });
    await fireEvent.keyDown(field, { key: 'Enter' });
    await waitFor(() => expect(app.documents.beside?.file).toBe('snippets/itpp-2023.md'));
    await waitFor(() => {
      const state = app.documents.beside?.view.state;
      expect(state?.sliceDoc(state.selection.main.from, state.selection.main.to).toLowerCase()).toBe('programme');
    });
  });

  it('comes back with its place in the list, and the library with its list and place', async () => {
    const { app, pane } = await searching('programme');
    await waitFor(() => expect(within(pane).getAllByRole('option').length).toBeGreaterThan(2));
    const list = within(pane).getByRole('listbox');
    list.scrollTop = 40;
    await fireEvent.scroll(list);
    await press('Escape');
    await waitFor(() => expect(screen.queryByRole('search')).toBeNull());
    await press('F', { ctrlKey: true, shiftKey: true });
    await waitFor(() => expect(screen.getByRole('listbox', { name: 'Places found' }).scrollTop).toBe(40));
    await press('Escape');
    const rows = screen.getByRole('listbox', { name: 'Snippets' });
    rows.scrollTop = 30;
    await fireEvent.scroll(rows);
    app.library.tab = 'sources';
    await waitFor(() => expect(screen.queryByRole('listbox', { name: 'Snippets' })).toBeNull());
    app.panes.toggle('library');
    await tick();
    app.panes.toggle('library');
    await waitFor(() => expect(screen.getByRole('tab', { name: 'Sources' }).getAttribute('aria-selected')).toBe('true'));
    app.library.tab = 'snippets';
    expect((await screen.findByRole('listbox', { name: 'Snippets' })).scrollTop).toBe(30);
  });

  it('tells at the field what is wrong with a regular expression, and keeps what was found before', async () => {
    const { field, pane } = await searching('ITPP');
    await waitFor(() => expect(within(pane).getAllByRole('option').length).toBeGreaterThan(0));
    await fireEvent.click(within(pane).getByRole('button', { name: 'Regular expression' }));
    await fireEvent.input(field, { target: { value: 'ITPP(' } });
    await waitFor(() => expect(within(pane).getByRole('alert').textContent).toContain('Not a regular expression'));
    expect(field.getAttribute('aria-invalid')).toBe('true');
    expect(within(pane).getAllByRole('option').length).toBeGreaterThan(0);
  });

  it('shows only the answer to what was typed last', async () => {
    const { app, field } = await searching('programme');
    await fireEvent.input(field, { target: { value: 'eleven areas' } });
    await waitFor(() => expect(app.search.found?.places).toBe(1));
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(app.search.found?.places).toBe(1);
  });

  it('replaces all places but those left out, and takes it back', async () => {
    const { app, engine, pane } = await searching('programme');
    await waitFor(() => expect(within(pane).getAllByRole('option').length).toBeGreaterThan(2));
    const places = app.search.found?.places ?? 0;
    await fireEvent.click(within(pane).getByRole('button', { name: 'Replace' }));
    await fireEvent.input(within(pane).getByRole('textbox', { name: 'Replace by' }), { target: { value: 'scheme' } });
    const list = within(pane).getByRole('listbox');
    await fireEvent.keyDown(list, { key: ' ' });
    expect(within(pane).getAllByRole('option')[0]?.getAttribute('aria-checked')).toBe('false');
    await fireEvent.click(within(pane).getByRole('button', { name: new RegExp(`^Replace in ${places - 1} places`) }));
    await waitFor(() => expect(screen.getByText(new RegExp(`Replaced in ${places - 1} places`))).toBeTruthy());
    expect(engine.files.get('snippets/itpp-areas.md')).toContain('The scheme has');
    expect(app.documents.front?.view.state.doc.toString()).toContain('The programme covers');
    await fireEvent.click(screen.getByRole('button', { name: 'Undo' }));
    await waitFor(() => expect(engine.files.get('snippets/itpp-areas.md')).toContain('The programme has'));
  });

  it('goes away with Escape, and gives the text its focus back', async () => {
    const { app, field } = await searching('x');
    await fireEvent.keyDown(field, { key: 'Escape' });
    expect(app.search.open).toBe(false);
    expect(app.documents.front?.view.hasFocus).toBe(true);
  });
});

describe('a file that moves', () => {
  it('keeps its tab, its text, its cursor and what can be undone', async () => {
    const { app, engine } = await openWindow();
    const document = app.documents.front;
    if (!document) return;
    document.view.dispatch({ changes: { from: 200, insert: 'Seoul ' }, selection: { anchor: 206 }, userEvent: 'input' });
    await document.whenSettled();
    engine.move('brief.md', 'areas.md');
    expect(app.documents.front).toBe(document);
    expect(document.file).toBe('areas.md');
    expect(app.pages.briefing).toBe('areas.md');
    expect(document.view.state.selection.main.head).toBe(206);
    document.view.dispatch({ changes: { from: 0, insert: '' } });
    await press('z', { ctrlKey: true });
    expect(document.view.state.doc.toString()).not.toContain('Seoul S');
    await waitFor(() => expect(engine.actions.some((action) => action.type === 'edit' && action.file === 'areas.md')).toBe(true));
  });

  it('closes with a notice when it is gone', async () => {
    const { app, engine } = await openWindow();
    await app.navigation.openSnippet('itpp-2023');
    await waitFor(() => expect(app.documents.beside).not.toBeNull());
    engine.emit({ type: 'fileMoved', file: 'snippets/itpp-2023.md', to: null });
    expect(app.documents.beside).toBeNull();
    await screen.findByText(/itpp-2023\.md is gone/);
  });
});
