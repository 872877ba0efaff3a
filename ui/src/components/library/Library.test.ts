import { cleanup, configure, fireEvent, screen, waitFor, within } from '@testing-library/svelte';
import { tick } from 'svelte';
import { afterEach, describe, expect, it } from 'vitest';
import type { MemoryOptions } from '../../testing/engine';
import { FIXTURE } from '../../testing/fixture';
import type { App } from '../../state/app.svelte';
import { openWindow } from '../../testing/window';

configure({ asyncUtilTimeout: 5000 });
afterEach(cleanup);

/** The fixture with more snippets, of one area. */
function manySnippets(count: number): Record<string, string> {
  const files: Record<string, string> = { ...FIXTURE, 'snippets/industry.md': '---\nkind: area\ntitle: Defence industry\n---\n' };
  for (let at = 0; at < count; at++) {
    files[`snippets/step-${at}.md`] = `---\nkind: event\ntitle: Step ${at}\ndate: ${2000 + (at % 20)}\ntopics: [steps]\nareas: [industry]\n---\nIt happened.\n`;
  }
  return files;
}

/** Presses the pointer; a mouse event stands for it where there are no pointer events. */
async function down(row: HTMLElement | undefined, more: MouseEventInit = {}) {
  if (row) await fireEvent(row, new MouseEvent('pointerdown', { bubbles: true, cancelable: true, button: 0, ...more }));
}

async function openLibrary(options: MemoryOptions = {}) {
  const { engine, app } = await openWindow(options);
  // A window of another test may have kept its filter meanwhile.
  app.library.clear();
  const list = await screen.findByRole('listbox', { name: 'Snippets' });
  await waitFor(() => expect(within(list).queryAllByRole('option').length).toBeGreaterThanOrEqual(3));
  const rows = () => within(list).getAllByRole('option');
  const selected = () => rows().filter((row) => row.getAttribute('aria-selected') === 'true').map((row) => row.textContent);
  const press = async (key: string, more: KeyboardEventInit = {}) => {
    await fireEvent.keyDown(list, { key, ...more });
    await tick();
  };
  return { engine, app, list, rows, selected, press };
}

describe('selecting several snippets', () => {
  it('selects with Ctrl and Shift, and opens nothing then', async () => {
    const { app, list, rows, selected } = await openLibrary();
    expect(list.getAttribute('aria-multiselectable')).toBe('true');
    await down(rows()[0]);
    await down(rows()[2], { ctrlKey: true });
    await fireEvent.click(rows()[2] as HTMLElement, { ctrlKey: true });
    expect(selected()).toHaveLength(2);
    expect(app.documents.beside).toBeNull();
    expect(screen.getByText('2 selected')).toBeTruthy();
    await down(rows()[0]);
    await down(rows()[2], { shiftKey: true });
    await waitFor(() => expect(selected()).toHaveLength(3));
    await down(rows()[1]);
    expect(app.library.selection.count).toBe(0);
    expect(selected()).toHaveLength(1);
  });

  it('selects by keyboard: stretches, all of them, one less, none', async () => {
    const { app, selected, press } = await openLibrary();
    await press('ArrowDown');
    await press('ArrowDown', { shiftKey: true });
    await waitFor(() => expect(selected()).toHaveLength(2));
    await press('ArrowDown', { shiftKey: true });
    await waitFor(() => expect(selected()).toHaveLength(3));
    await press('ArrowUp', { shiftKey: true });
    await waitFor(() => expect(selected()).toHaveLength(2));
    await press('a', { ctrlKey: true, code: 'KeyA' });
    expect(app.library.selection.count).toBe(3);
    await press(' ', { ctrlKey: true });
    expect(app.library.selection.count).toBe(2);
    await press('Escape');
    expect(app.library.selection.count).toBe(0);
  });

  it('knows all ids of what is selected, those included that no row shows', async () => {
    const { app, press } = await openLibrary({ files: manySnippets(2500) });
    await press('Home');
    await press('a', { ctrlKey: true, code: 'KeyA' });
    expect(app.library.selection.count).toBe(2504);
    expect(await app.library.selection.resolve()).toHaveLength(2504);
    await press('Escape');
    await press('Home');
    await press('End', { shiftKey: true });
    await waitFor(() => expect(app.library.selection.count).toBe(2504));
    expect(document.querySelectorAll('.rows .row').length).toBeLessThan(60);
  });
});

describe('changing several snippets', () => {
  it('says how many, changes them as one, and takes it back', async () => {
    const { engine, app, press } = await openLibrary();
    await press('a', { ctrlKey: true, code: 'KeyA' });
    await fireEvent.click(screen.getByRole('button', { name: 'Change…' }));
    const panel = await screen.findByRole('dialog', { name: 'Change 3 snippets' });
    const topics = await within(panel).findByLabelText('Topics', { selector: 'input' });
    topics.focus();
    await fireEvent.input(topics, { target: { value: 'checked' } });
    await fireEvent.keyDown(topics, { key: 'Enter' });
    await fireEvent.change(within(panel).getByLabelText('Marking', { selector: 'select' }), { target: { value: 'TLP:AMBER' } });
    const review = within(panel).getByLabelText('Review', { selector: 'input' });
    review.focus();
    await tick();
    await fireEvent.input(review, { target: { value: '2027-01-01' } });
    await fireEvent.blur(review);
    await fireEvent.click(within(panel).getByRole('button', { name: 'Change 3 snippets' }));
    await waitFor(() => expect(app.notices.current?.text).toBe('3 snippets changed'));
    const action = engine.actions.find((action) => action.type === 'setFields');
    expect(action).toMatchObject({
      changes: [
        { field: 'topics', how: 'add', values: ['checked'] }, { field: 'marking', how: 'set', values: ['TLP:AMBER'] },
        { field: 'review', how: 'set', values: ['2027-01-01'] },
      ],
    });
    expect(engine.files.get('snippets/itpp-2023.md')).toContain('topics: [frameworks, itpp, checked]');
    expect(app.library.selection.count).toBe(3);
    await fireEvent.click(screen.getByRole('button', { name: 'Undo' }));
    await waitFor(() => expect(engine.files.get('snippets/itpp-2023.md')).toBe(FIXTURE['snippets/itpp-2023.md']));
  });
});

describe('deleting several snippets', () => {
  it('says where they are used, deletes them as one, and brings them back', async () => {
    const { engine, app, press } = await openLibrary();
    await press('a', { ctrlKey: true, code: 'KeyA' });
    await press('Delete');
    const dialog = await screen.findByRole('dialog', { name: 'Delete “3 snippets”' });
    await within(dialog).findByText(/2 places use it/);
    expect(within(dialog).getByRole('heading', { name: 'Areas of the ITPP' })).toBeTruthy();
    await fireEvent.submit(document.querySelector('#delete-snippet') as HTMLFormElement);
    await waitFor(() => expect([...engine.files.keys()].some((file) => file.startsWith('snippets/'))).toBe(false));
    const deletion = engine.actions.filter((action) => action.type === 'deleteSnippets');
    expect(deletion).toHaveLength(1);
    expect(deletion[0]).toMatchObject({ ids: expect.arrayContaining(['itpp-2023', 'itpp-areas', 'ccdcoe']) });
    expect(app.library.selection.count).toBe(0);
    await fireEvent.click(screen.getByRole('button', { name: 'Undo' }));
    await waitFor(() => expect(engine.files.has('snippets/itpp-areas.md')).toBe(true));
  });

  it('deletes what is selected from its bar, and one row where nothing is', async () => {
    const { app, rows, press } = await openLibrary();
    await down(rows()[0]);
    await down(rows()[2], { ctrlKey: true });
    await fireEvent.click(screen.getByRole('button', { name: 'Delete…' }));
    await waitFor(() => expect(app.overlay).toMatchObject({ type: 'delete', ids: { length: 2 } }));
    app.overlay = null;
    await press('Escape');
    await press('Delete');
    expect(app.overlay).toMatchObject({ type: 'delete', ids: { length: 1 } });
    app.overlay = null;
  });
});

describe('the search', () => {
  const field = () => screen.getByRole('combobox', { name: 'Search snippets' });
  const text = (app: App) => app.documents.front?.view.state.doc.toString();

  it('gives quick fingers a row of what they typed', async () => {
    const { app } = await openLibrary();
    await fireEvent.input(field(), { target: { value: '사이버' } });
    await fireEvent.keyDown(field(), { key: 'ArrowDown' });
    await fireEvent.keyDown(field(), { key: 'Enter' });
    await waitFor(() => expect(text(app)).toContain('![[ccdcoe]]'));
    expect(app.library.matched).toBe(1);
  });

  it('gives quick fingers a row where nothing was found before', async () => {
    const { app } = await openLibrary();
    await fireEvent.input(field(), { target: { value: '방ㅇ' } });
    await waitFor(() => expect(screen.queryByRole('listbox', { name: 'Snippets' })).toBeNull());
    await fireEvent.input(field(), { target: { value: '사이버' } });
    await fireEvent.keyDown(field(), { key: 'ArrowDown' });
    await waitFor(() => expect(app.library.current?.id).toBe('ccdcoe'));
  });

  it('leaves the row chosen where a syllable is taken out and put in again', async () => {
    const { app, selected } = await openLibrary();
    await fireEvent.input(field(), { target: { value: '사이버' } });
    await waitFor(() => expect(app.library.matched).toBe(1));
    void fireEvent.input(field(), { target: { value: '사이' } });
    void fireEvent.input(field(), { target: { value: '사이버' } });
    await fireEvent.keyDown(field(), { key: 'ArrowDown' });
    await new Promise((done) => setTimeout(done, 50));
    expect(selected()).toHaveLength(1);
  });
});

describe('the filter', () => {
  it('counts areas by their titles, and sorts by the order chosen', async () => {
    const { app, rows } = await openLibrary({ files: manySnippets(3) });
    const area = await screen.findByRole('button', { name: 'Defence industry 3' });
    await fireEvent.click(area);
    await waitFor(() => expect(app.library.matched).toBe(3));
    expect(app.library.filter.areas).toEqual(['industry']);
    await fireEvent.change(screen.getByRole('combobox', { name: 'Order' }), { target: { value: 'oldest' } });
    await waitFor(() => expect(rows()[0]?.textContent).toContain('Step 0'));
  });

  it('saves a search under a name, keeps it, applies, renames and deletes it', async () => {
    const { app } = await openLibrary();
    app.library.toggle('topics', 'itpp');
    await waitFor(() => expect(app.library.matched).toBe(2));
    await fireEvent.click(screen.getByRole('button', { name: 'Saved searches' }));
    await fireEvent.input(await screen.findByRole('textbox', { name: 'Name of the search' }), { target: { value: 'The programme' } });
    await fireEvent.submit(document.querySelector('.searches form') as HTMLFormElement);
    app.library.clear();
    await waitFor(() => expect(app.library.matched).toBe(3));

    cleanup();
    const { app: again } = await openWindow({ keep: true });
    again.library.clear();
    await fireEvent.click(await screen.findByRole('button', { name: 'Saved searches' }));
    await fireEvent.click(await screen.findByRole('button', { name: 'Saved search: The programme' }));
    await waitFor(() => expect(again.library.matched).toBe(2));
    await fireEvent.click(screen.getByRole('button', { name: 'Saved searches' }));
    await fireEvent.click(await screen.findByRole('button', { name: 'Rename The programme' }));
    const name = document.querySelector('.saved input') as HTMLInputElement;
    name.value = 'ITPP';
    await fireEvent.keyDown(name, { key: 'Enter' });
    await fireEvent.click(await screen.findByRole('button', { name: 'Delete ITPP' }));
    expect(again.library.searches.list).toEqual([]);
  });
});
